"""A class's notebooks are marked as they deserve, and no notebook can harm another or the teacher.

The functions of students run in a sandbox (`minillm.classroom.sandbox`), where each hostile program
here is tried as such; those that would fake a verdict are handed in.
"""

import csv
import io
import json
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
import torch
from nbformat.v4 import new_code_cell
from test_classroom_own_work import own_world, report

from minillm.classroom import doubles, feedback, lot, marks, worlds
from minillm.classroom.bugs import bug_lab_notebook
from minillm.classroom.contents import attempts, lesson_of, words_in
from minillm.classroom.handouts import student_notebook, teacher_notebook
from minillm.classroom.lessons import CHECKOUT, find_lessons
from minillm.classroom.messages import decode, encode
from minillm.classroom.sandbox import KEPT, Limits, Sandbox, StoppedError, weakness
from minillm.classroom.submissions import Submission, few_each, read_notebook, submissions
from minillm.classroom.verdicts import Examiner
from minillm.cli import main

LONG = 120  # seconds, so that a busy machine gets to what a test is about
SHORT = Limits(seconds=LONG, memory=300 << 20, file_size=1 << 20, disk=8 << 20)
WALLED = sys.platform == "linux" and not weakness()
BOTH = [
    pytest.param(True, marks=pytest.mark.skipif(not WALLED, reason=weakness()), id="namespaces"),
    pytest.param(False, id="hooks"),
]

# --- a sandbox -----------------------------------------------------------------------------------


def sandboxes():
    """The programs that run in sandboxes of this process, by their numbers."""
    mine = psutil.Process().children(recursive=True)
    return {p.pid for p in mine if "walls.py" in str(p.cmdline())}


@dataclass
class Outcome:
    output: str
    trouble: str


def run(program, namespaces, limits=SHORT, files=None):
    """Run a program to its end or to its limits."""
    before = sandboxes()
    program += "\nchannel.write(b'')\n"
    with Sandbox(program, files, limits, namespaces=namespaces) as box:
        with suppress(StoppedError):
            box.hear(limits.seconds)
        box.close()
    assert sandboxes() <= before
    return Outcome(box.output.decode(errors="replace"), box.trouble)


def test_there_are_walls_where_the_system_allows_them():
    """Else a wall that does not stand would only make the tests of it skip."""
    if not shutil.which("unshare"):
        pytest.skip("this system can't be asked")
    asked = ["unshare", "--map-root-user", "--mount", "--pid", "--net", "--fork", "true"]
    if subprocess.run(asked, capture_output=True).returncode:
        pytest.skip("this system allows no namespaces")
    assert weakness() == ""


@pytest.mark.parametrize("namespaces", BOTH)
def test_a_program_runs_in_a_folder_of_its_own(namespaces):
    program = "import os\nprint(open('a.txt').read(), os.listdir('.'), os.environ.get('SECRET'))"
    went = run(program, namespaces, files={"a.txt": b"hello"})
    assert (went.output, went.trouble) == ("hello ['a.txt'] None\n", "")
    assert not [p for p in Path("/tmp").glob("minillm-????????") if (p / "a.txt").exists()]


@pytest.mark.parametrize("namespaces", BOTH)
def test_files_of_others_can_neither_be_read_nor_deleted(namespaces, tmp_path):
    (tmp_path / "class").mkdir()
    neighbour = tmp_path / "class" / "neighbour.ipynb"
    neighbour.write_text("mine")
    home = Path.home()
    program = f"""
import os, shutil
for path in ({str(neighbour)!r}, {str(CHECKOUT / "notebooks" / "06_attention.ipynb")!r}):
    try:
        print("read", open(path).read()[:9])
    except OSError as error:
        print(type(error).__name__)
for path in (".", {str(neighbour.parent)!r}, {str(home / ".minillm-nothing")!r}):
    try:
        shutil.rmtree(path)
    except OSError as error:
        pass
try:
    os.remove({str(neighbour)!r})
except OSError as error:
    print(type(error).__name__)
try:
    open({str(neighbour)!r}, "w")
except OSError as error:
    print(type(error).__name__)
"""
    went = run(program, namespaces)
    assert "read" not in went.output
    assert went.output.count("Error") == 4
    assert neighbour.read_text() == "mine"


@pytest.mark.parametrize("namespaces", BOTH)
def test_there_is_no_network(namespaces):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        port = server.getsockname()[1]
        program = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 1)"
        went = run(program, namespaces)
        assert "Error" in went.output
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("namespaces", BOTH)
def test_its_parents_survive(namespaces):
    program = """
import os, signal
for process in (os.getppid(), 1, -1):
    try:
        os.kill(process, signal.SIGKILL)
    except OSError:
        pass
print("tried")
"""
    assert run(program, namespaces).output == "tried\n"


@pytest.mark.parametrize("namespaces", BOTH)
@pytest.mark.parametrize(
    "program",
    ["while True: pass", "while True:\n try:\n  while True: pass\n except BaseException: pass"],
    ids=["loop", "catches all"],
)
def test_an_endless_loop_ends(namespaces, program):
    went = run(program, namespaces, Limits(seconds=1))
    assert went.trouble == "The program was stopped after 1 seconds."


@pytest.mark.parametrize("namespaces", BOTH)
@pytest.mark.parametrize("end", ["import os\nos._exit(0)", "raise SystemExit", "1 / 0"])
def test_who_leaves_early_is_said_to_have_left(namespaces, end):
    assert run(end, namespaces).trouble == "The program ended by itself, before it had answered."


@pytest.mark.parametrize("namespaces", BOTH)
def test_only_the_beginning_of_what_is_printed_is_kept(namespaces):
    program = "import sys\nfor _ in range(64): sys.stdout.write('x' * (1 << 20))"
    went = run(program, namespaces, Limits(seconds=LONG))
    assert (went.output, went.trouble) == ("x" * KEPT, "")


@pytest.mark.parametrize("namespaces", BOTH)
def test_a_file_cannot_grow_without_end(namespaces):
    program = "with open('big', 'wb') as file:\n while True: file.write(bytes(1 << 16))"
    assert "File too large" in run(program, namespaces).output
    program = "for i in range(99): open(str(i), 'wb').write(bytes(900 << 10))"
    if namespaces:
        assert "No space left" in run(program, namespaces).output


@pytest.mark.parametrize("namespaces", BOTH)
def test_memory_is_limited(namespaces):
    assert "MemoryError" in run("x = bytearray(10 << 30)", namespaces).output


@pytest.mark.skipif(not WALLED, reason=weakness())
def test_memory_of_all_processes_is_limited():
    program = "import os\nfor _ in range(3): os.fork()\nx = []\nwhile True: x.append(b'x' * 10**6)"
    said = run(program, True, Limits(seconds=LONG, memory=200 << 20)).trouble
    assert said == "The program used more than 0.2 GB of memory."


@pytest.mark.skipif(not WALLED, reason=weakness())
def test_memory_that_is_taken_at_once_counts():
    """Before the first look at the processes, which took it for that of Python."""
    program = """
import os, time
for _ in range(2):
    os.fork()
x = b"x" * (60 << 20)
time.sleep(30)
"""
    said = run(program, True, Limits(seconds=LONG, memory=100 << 20)).trouble
    assert said == "The program used more than 0.1 GB of memory."


@pytest.mark.skipif(not WALLED, reason=weakness())
@pytest.mark.deep
def test_a_fork_bomb_is_stopped():
    program = "import os\nwhile True:\n try: os.fork()\n except OSError: pass"
    assert run(program, True).trouble == "The program started more than 16 processes."


@pytest.mark.skipif(not WALLED, reason=weakness())
def test_many_processes_are_stopped():
    program = (
        "import os, time\nfor _ in range(20):\n if os.fork() == 0: time.sleep(60)\ntime.sleep(60)"
    )
    assert run(program, True).trouble == "The program started more than 16 processes."


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere they can leave the group")
@pytest.mark.parametrize("namespaces", BOTH)
def test_what_hides_from_the_group_is_ended_too(namespaces):
    program = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(99)
    os._exit(0)
time.sleep(0.3)
"""
    before = {p.pid for p in psutil.process_iter()}
    assert run(program, namespaces).trouble == ""
    started = [p for p in psutil.process_iter(["cmdline"]) if p.pid not in before]
    assert [p for p in started if "walls.py" in str(p.info["cmdline"])] == []


@pytest.mark.skipif(not WALLED, reason=weakness())
def test_no_rights_are_left_and_none_can_be_had():
    program = """
import ctypes, os
system = ctypes.CDLL(None)
rights = [line for line in open("/proc/self/status") if line.startswith(("CapEff", "NoNew"))]
print(os.getuid() != 0, *map(str.split, rights))
print(system.unshare(1 << 28), system.umount2(b"/usr", 2))
try:
    open("/proc/1/mem", "wb")
except OSError as error:
    print("closed")
"""
    said = run(program, True).output
    assert said.startswith("True ['CapEff:', '0000000000000000'] ['NoNewPrivs:', '1']\n-1 -1\n")
    assert said.endswith("closed\n")


# --- answers from there --------------------------------------------------------------------------

VALUES = [
    None, True, -7, 10**40, 0.5, float("inf"), 2 + 1j, "小企鹅\ud800", b"\0\xff", [1, (2.0, "3")],
    {"a": [1], 2: None}, {1, 2}, frozenset("ab"), range(2, 9, 3), torch.ones(2, 3), torch.tensor(4),
    torch.zeros(0, 5, dtype=torch.bool), torch.randn(3, 2).T, torch.ones(2, dtype=torch.bfloat16),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_come_back_as_they_were(value):
    again = decode(json.loads(json.dumps(encode(value))))
    assert type(again) is type(value)
    if isinstance(value, torch.Tensor):
        assert (again.dtype, again.shape) == (value.dtype, value.shape)
        assert torch.equal(again, value)
    else:
        assert again == value


def test_only_data_comes_back():
    class Sneaky(list):
        def __len__(self):
            return 3

    assert decode(encode(Sneaky([1]))) == [1]
    assert type(decode(encode(Sneaky([1])))) is list
    assert type(decode(encode(object()))).__name__ == "object"
    assert list(decode(encode(i for i in range(3)))) == [0, 1, 2]
    with pytest.raises(ValueError, match="nested too deeply"):
        encode(deep := [deep_list()]) and deep
    for bad in ({"tensor": "", "dtype": "float32", "shape": [9], "grad": False}, {"eval": "1"}):
        with pytest.raises(ValueError, match=r"shape|kind"):
            decode(bad)


def deep_list():
    value = []
    for _ in range(100):
        value = [value]
    return value


# --- a class -------------------------------------------------------------------------------------

SIX = find_lessons(["06"])[0]
SOLUTIONS = {
    exercise.name: SIX.solution(exercise).replace("_solution", "") for exercise in SIX.exercises
}


def handed_out():
    return student_notebook(SIX, [])


def cell_of(notebook, name):
    return next(c for c in notebook.cells if c.cell_type == "code" and f"def {name}(" in c.source)


def written(solutions, name=""):
    """A hand-out with the functions of `solutions` in the places of the stubs."""
    notebook = handed_out()
    for function, source in solutions.items():
        cell_of(notebook, function).source = source
    if name:
        cell = next(c for c in notebook.cells if "name" in c.metadata.get("minillm", {}))
        cell.source = f'name = "{name}"\ndate = "today"'
    return notebook


@pytest.fixture(scope="module")
def examiner():
    made = Examiner(SIX)
    yield made
    made.close()


def judged(examiner, notebook):
    return {v.exercise: (v.state, v.sentence) for v in examiner.judge(notebook)}


def test_solutions_are_solved(examiner):
    verdicts = examiner.judge(written(SOLUTIONS))
    assert [v.state for v in verdicts] == ["solved"] * 3
    assert [v.points for v in verdicts] == [v.of for v in verdicts] == [1, 2, 3]
    assert [v.state for v in examiner.judge(SIX.notebook)] == ["untouched"] * 3


def test_a_wrong_answer_hears_what_the_check_says(examiner):
    verdicts = judged(
        examiner,
        written(
            {
                "scores_of": "def scores_of(q, k):\n    return q @ k.T",
                "window_mask": "def window_mask(T, width):\n    x = T\n    return undefined[x]",
                "weigh": "def weigh(scores, mask)\n    return 1",
            }
        ),
    )
    said = {name: sentence for name, (_, sentence) in verdicts.items()}
    assert {state for state, _ in verdicts.values()} == {"tried"}
    assert said["scores_of"] == "Scale: the standard deviation still grows with D."
    assert "NameError: name 'undefined' is not defined, in line 3" in said["window_mask"]
    assert "SyntaxError" in said["weigh"]


def test_an_answer_that_knows_the_checks_examples_is_found_out(examiner):
    source = SOLUTIONS["window_mask"].replace("return", "return None if T > 6 else")
    state, said = judged(examiner, written({"window_mask": source}))["window_mask"]
    assert state == "tried"
    assert said.startswith("The check of the notebook finds no mistake, but there is one. For ")


def test_cells_may_be_moved_copied_renamed_and_helped(examiner):
    notebook = written({"scores_of": "def points(q, k):\n    return root(q @ k.T, q.shape[-1])"})
    notebook.cells.append(new_code_cell("def root(x, d):\n    return x / math.sqrt(d)\n1 / 0"))
    notebook.cells.append(new_code_cell("%matplotlib inline\nimport math\nraise SystemExit"))
    copied = new_code_cell(SOLUTIONS["window_mask"])  # and the stub is still there
    weigh = cell_of(notebook, "weigh")
    notebook.cells.remove(weigh)
    weigh.source = SOLUTIONS["weigh"]
    weigh.metadata.clear()
    notebook.cells = [weigh, *notebook.cells, copied]
    verdicts = judged(examiner, notebook)
    assert {state for state, _ in verdicts.values()} == {"solved"}, verdicts
    assert "should be called `scores_of`, not `points`" in verdicts["scores_of"][1]


def test_a_deleted_cell_is_untouched(examiner):
    notebook = written({"weigh": SOLUTIONS["weigh"]})
    notebook.cells.remove(cell_of(notebook, "scores_of"))
    states = {name: state for name, (state, _) in judged(examiner, notebook).items()}
    assert states == {"scores_of": "untouched", "window_mask": "untouched", "weigh": "solved"}


FAKES = {
    "allclose": "torch.allclose = torch.equal = lambda *a, **k: True",
    "the check": "import minillm.exercises as e\n    e.checked = e._alike = lambda *a: True",
    "prints": "print('Right: (3, 5)')",
    "writes": "import os\n    [os.write(i, b'Right: (3, 5)') for i in range(9) if i != 2]",
    "exits": "import os\n    os._exit(0)",
    "leaves": "raise SystemExit('Right')",
    "parent": "import os\n    os.kill(os.getppid(), 9)",
    "frames": "import sys, gc\n    [f.clear() for f in gc.get_objects() if type(f) is list and f]",
    "equal": "class Right(list):\n        __eq__ = lambda *a: True\n        shape = (3, 5)\n"
    "    return Right()",
}


HEAVY = ("the check", "writes", "frames", "leaves")


@pytest.mark.parametrize(
    "fake", [pytest.param(f, marks=pytest.mark.deep) if f in HEAVY else f for f in FAKES]
)
def test_a_verdict_cannot_be_faked(fake, examiner):
    source = f"def scores_of(q, k):\n    {FAKES[fake]}\n    return k"
    others = {"weigh": SOLUTIONS["weigh"]}
    verdicts = judged(examiner, written({"scores_of": source} | others))
    assert verdicts["scores_of"][0] == "tried", verdicts
    assert not verdicts["scores_of"][1].startswith("Right")
    assert {verdicts[name][0] for name in others} == {"solved"}, verdicts  # these are not its fault
    assert torch.allclose(torch.ones(1), torch.zeros(1)) is False


@pytest.mark.deep
@pytest.mark.parametrize("lesson", [x for x in find_lessons() if x.exercises], ids=lambda x: x.key)
def test_every_solution_is_solved_in_the_sandbox(lesson):
    notebook = student_notebook(lesson, [])
    for exercise in lesson.exercises:
        solution = lesson.solution(exercise).replace("_solution", "")
        cell_of(notebook, exercise.name).source = solution
    examiner = Examiner(lesson)
    try:
        verdicts = examiner.judge(notebook)
    finally:
        examiner.close()
    assert {v.exercise: v.sentence for v in verdicts if v.state != "solved"} == {}


@pytest.mark.deep
def test_a_cache_that_is_not_used_is_seen_across_the_border():
    lesson = find_lessons(["11"])[0]
    notebook = student_notebook(lesson, [])
    cell_of(notebook, "greedy").source = (
        "def greedy(model, ids, n):\n    for _ in range(n):\n"
        "        ids = torch.cat([ids, model(ids)[:, -1:].argmax(dim=-1)], dim=1)\n    return ids"
    )
    examiner = Examiner(lesson)
    try:
        said = judged(examiner, notebook)["greedy"]
    finally:
        examiner.close()
    assert said[0] == "tried"
    assert "is there no cache" in said[1]


def save(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


LOOP = {
    "scores_of": "def scores_of(q, k):\n    while True:\n        try: 1 / 0\n        except: pass"
}


@pytest.mark.parametrize("lesson", [x for x in find_lessons() if x.exercises], ids=lambda x: x.key)
def test_the_number_of_an_exercise_is_that_of_its_heading(lesson):
    cells = lesson.notebook.cells
    headings = [cells[exercise.at - 1].source for exercise in lesson.exercises]
    numbers = [int(re.findall(r"^### (\d+) ·", text, re.M)[-1]) for text in headings]
    assert numbers == [*range(1, len(numbers) + 1)]


@pytest.mark.parametrize("lesson", find_lessons(), ids=lambda x: x.key)
def test_each_answer_in_words_finds_its_question(lesson):
    notebook = student_notebook(lesson, [])
    for cell in notebook.cells:
        cell.source = cell.source.replace("**My answer:** …", "**My answer:** because")
    assert [said["where"] for said in words_in(notebook)] == [*lesson.in_words]
    assert all(said["question"] and said["answer"] for said in lesson.in_words.values())


def test_a_class_is_marked(tmp_path, capsys, monkeypatch):
    folder, out = tmp_path / "class", tmp_path / "out"
    perfect = written(SOLUTIONS, "Ada <b>Lovelace</b>")
    guess = next(c for c in perfect.cells if "prediction" in c.metadata.get("minillm", {}))
    guess.source = guess.source.replace("…", "<script>alert(1)</script>")
    guess.execution_count = 1
    save(perfect, folder / "ada" / "06_attention.ipynb")
    save(written({}, "=HYPERLINK(1)"), folder / "eve" / "06_attention.ipynb")
    save(written(LOOP | {"weigh": SOLUTIONS["weigh"]}), folder / "mallory" / "06_attention.ipynb")
    (folder / "broken").mkdir()
    (folder / "broken" / "06.ipynb").write_text("{not json")
    (folder / "broken" / "06 deep.ipynb").write_text("[" * 100_000)
    with open(folder / "broken" / "huge.ipynb", "wb") as file:
        file.truncate(100 << 20)
    save(nbformat.v4.new_notebook(), folder / "broken" / "shopping.ipynb")
    monkeypatch.setattr(lot.viva, "questions", lambda *a: ["<i>Why?</i>\nAnswer: so."])
    marks.mark(folder, out)
    rows = list(csv.DictReader(io.StringIO((out / "marks.csv").read_text("utf-8-sig"))))
    by_file = {row["file"]: row for row in rows}
    assert len(rows) == 7
    ada, eve = by_file["ada/06_attention.ipynb"], by_file["eve/06_attention.ipynb"]
    assert (ada["solved"], ada["points"], ada["name"]) == ("3", "6.5", "Ada <b>Lovelace</b>")
    assert ada["predictions made"].startswith("1 of ")
    assert (eve["untouched"], eve["points"], eve["name"]) == ("3", "0", "'=HYPERLINK(1)")
    mallory = by_file["mallory/06_attention.ipynb"]
    assert (mallory["solved"], mallory["tried"], mallory["untouched"]) == ("1", "1", "1")
    assert "not JSON" in by_file["broken/06.ipynb"]["remarks"]
    assert "not JSON" in by_file["broken/06 deep.ipynb"]["remarks"]
    assert "larger than 20 MB" in by_file["broken/huge.ipynb"]["remarks"]
    assert "which lesson" in by_file["broken/shopping.ipynb"]["remarks"]
    pages = {path: path.read_text("utf-8") for path in out.rglob("*.html")}
    assert len(pages) == 2 + 7 - 0 - len([r for r in rows if r["file"].startswith("broken")]) + 1
    assert not [path for path, text in pages.items() if "<script" in text or "<b>" in text]
    assert any("&lt;script&gt;alert(1)" in text for text in pages.values())
    assert "This does not end" in next(t for p, t in pages.items() if "mallory" in p.name)
    # once more: nothing is judged again, but what has changed
    judged_now = []
    judge = Examiner.judge
    monkeypatch.setattr(
        Examiner, "judge", lambda self, nb: judged_now.append(nb) or judge(self, nb)
    )
    before = (out / "marks.csv").read_bytes()
    marks.mark(folder, out)
    assert (judged_now, (out / "marks.csv").read_bytes()) == ([], before)
    save(written({}, "Mallory"), folder / "mallory" / "06_attention.ipynb")
    capsys.readouterr()
    marks.mark(folder, out)
    assert len(judged_now) == 1
    said = capsys.readouterr().out
    assert said.count("(kept as marked before)") == 3 and said.count("\n[7/7] ") == 1
    for what in ("3 not marked", "3 kept as marked before", "1 marked now"):
        assert what in said.splitlines()[-1]
    assert said.endswith(f"; the table and all pages are in {out}\n")
    assert "Questions for Ada" not in said


def test_an_interrupt_keeps_what_is_marked(tmp_path, monkeypatch):
    folder, out = tmp_path / "class", tmp_path / "out"
    for name in ("a", "b", "c"):
        save(written({}), folder / f"{name}.ipynb")
    calls = []

    def judge(self, notebook):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return []

    monkeypatch.setattr(Examiner, "judge", judge)
    with pytest.raises(KeyboardInterrupt):
        marks.mark(folder, out)
    assert (out / "marks.csv").read_text("utf-8-sig").count("\n") == 2
    marks.mark(folder, out)
    assert len(calls) == 4
    assert (out / "marks.csv").read_text("utf-8-sig").count("\n") == 4


def test_other_things_are_never_overwritten(tmp_path):
    save(written({}), tmp_path / "class" / "a.ipynb")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(ValueError, match="holds no earlier marks"):
        marks.mark(tmp_path / "class", tmp_path / "out")
    with pytest.raises(ValueError, match="holds no notebook"):
        marks.mark(tmp_path / "out", tmp_path / "new")
    with pytest.raises(ValueError, match="does not exist"):
        marks.mark(tmp_path / "nowhere", tmp_path / "new")


# --- what is handed in ---------------------------------------------------------------------------


def test_moodles_zip(tmp_path):
    content = nbformat.writes(written({}, "Somebody Else"))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("mine/06_attention.ipynb", content)
        archive.writestr("__MACOSX/._06_attention.ipynb", "")
    with zipfile.ZipFile(tmp_path / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Ada Lovelace_123_assignsubmission_file_/06_attention.ipynb", content)
        archive.writestr("李 明_124_assignsubmission_file_/handed in.zip", inner.getvalue())
        archive.writestr("Eve_125_assignsubmission_file_/../../../evil.ipynb", content)
        archive.writestr("/Abs_126_assignsubmission_file_/06.ipynb", content)
        archive.writestr("Bomb_127_assignsubmission_file_/06.ipynb", b" " * (21 << 20))
    class_ = submissions(tmp_path / "class.zip")
    found = {one.moodle_name: one for one in class_ if one.is_notebook}
    assert set(found) == {"Ada Lovelace", "李 明", "Eve", "Abs", "Bomb"}
    assert found["李 明"].read() == found["Ada Lovelace"].read() == content.encode()
    for name, said in (("Eve", "leads out"), ("Abs", "leads out"), ("Bomb", "larger than 20 MB")):
        with pytest.raises(ValueError, match=said):
            found[name].read()
    assert not list(tmp_path.rglob("evil*"))


def test_who_hands_in_no_notebook_has_a_row(tmp_path):
    content = nbformat.writes(nbformat.v4.new_notebook())
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("Ada_1_assignsubmission_file_/06.ipynb", content)
        archive.writestr("Ada_1_assignsubmission_file_/essay.docx", "")
        archive.writestr("Ada_1_assignsubmission_onlinetext_/onlinetext.html", "")
        archive.writestr("Bob_2_assignsubmission_file_/a.PDF", "")
        archive.writestr("Bob_2_assignsubmission_file_/b.py", "")
        archive.writestr("Bob_2_assignsubmission_file_/Thumbs.db", "")
        archive.writestr("Cy_3_assignsubmission_file_/twice.zip", zipped("mine/inner.zip"))
    out = marks.mark(tmp_path / "class.zip", tmp_path / "out")
    rows = list(csv.DictReader(io.StringIO(read_csv(out))))
    assert [row["name"] for row in rows] == ["Ada", "Bob", "Cy"]
    said = "It is no notebook (*.ipynb), so it was not marked; hand in the notebook."
    assert [row["remarks"] for row in rows[1:]] == [said, said]
    assert rows[1]["file"] == "Bob_2_assignsubmission_file_/a.PDF"
    with zipfile.ZipFile(out / "feedback.zip") as archive:  # as Moodle wants it back
        page = archive.read("Bob_2_assignsubmission_file_/feedback.html").decode()
        assert said in page and len(archive.namelist()) == 3
    index = (out / "index.html").read_text("utf-8")
    assert "essay.docx, Ada_1_assignsubmission_onlinetext_/onlinetext.html, Bob_2" in index


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (("Ada/06.ipynb", "Bob/06.ipynb", "class_list.csv", "rubric.pdf"), ["Ada", "Bob"]),
        (("ada.ipynb", "ada.pdf", "data/world.txt"), ["ada"]),
        (("class/Ada/06.ipynb", "class/Bob/essay.docx", "class/Cy/x.pdf"), ["Ada", "Bob", "Cy"]),
        (("Ada/06.ipynb", "Ada/07.ipynb", "Bob/essay.docx"), ["Ada", "Ada", "Bob"]),
        (("hw_assign_a/6.ipynb", "hw_assign_b/x.pdf"), ["hw_assign_a", "hw_assign_b"]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_notebook_stands_for_whose_folder_it_lies_in(tmp_path, paths, names):
    for path in paths:
        (tmp_path / "class" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "class" / path).write_text(
            nbformat.writes(nbformat.v4.new_notebook()) if path.endswith("ipynb") else ""
        )
    out = marks.mark(tmp_path / "class", tmp_path / "out")
    assert [row["name"] for row in csv.DictReader(io.StringIO(read_csv(out)))] == names


def zipped(name):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "")
    return file.getvalue()


def test_a_zip_in_a_zip_that_is_too_large_is_said_to_be(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("06.ipynb", bytes(21 << 20))
    with zipfile.ZipFile(tmp_path / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/06.zip", inner.getvalue())
    (found,) = submissions(tmp_path / "class.zip")
    with pytest.raises(ValueError, match=r"^The zip is larger than 20 MB\.$"):
        found.read()


@pytest.mark.parametrize("shared", ["", "class/"])
def test_of_too_many_notebooks_of_one_student_the_first_are_marked(shared):
    paths = [f"{shared}ada/{n:03}.ipynb" for n in range(60)] + [f"{shared}bob/06.ipynb"]
    kept = few_each([Submission(path, lambda: b"") for path in paths], shared)
    assert [one.path for one in kept] == [*paths[:51], paths[60]]
    assert [one.read() for one in (kept[49], kept[51])] == [b"", b""]
    with pytest.raises(ValueError, match="ada holds more than 50 notebooks; from this one on"):
        kept[50].read()
    flat = [Submission(f"{n}.ipynb", lambda: b"") for n in range(60)]
    assert few_each(flat, "") == flat


def test_the_name_that_moodle_knows_counts(tmp_path):
    path = tmp_path / "class" / "Ada Lovelace_1_assignsubmission_file_" / "06_attention.ipynb"
    save(written({}, "Grace Hopper"), path)
    entry = marks._entry(submissions(tmp_path / "class")[0], "", find_lessons())
    assert entry.record.name == "Ada Lovelace"
    assert (entry.record.names, entry.record.remarks) == (
        ["The name in the notebook is Grace Hopper."],  # on no student's page
        [],
    )


@pytest.mark.parametrize("typed", ["ada", "LOVELACE, Ada", "Ada M. Lovelace", "Àda Lovelace"])
def test_a_name_in_other_letters_is_the_same_name(tmp_path, typed):
    path = tmp_path / "class" / "Ada Lovelace_1_assignsubmission_file_" / "06_attention.ipynb"
    save(written({}, typed), path)
    assert marks._entry(submissions(tmp_path / "class")[0], "", find_lessons()).record.names == []


def test_moodle_without_folders(tmp_path):
    """Its name, the lesson and the way back are found in the names of the files."""
    names = [f"{who}_assignsubmission_file_" for who in ("Ada Lovelace_11", "Bob_12")]
    save(written({}, ""), tmp_path / "class" / f"{names[0]}06.ipynb")
    save(written({}, ""), tmp_path / "class" / f"{names[1]}06_attention.ipynb")
    out = marks.mark(tmp_path / "class", tmp_path / "out")
    rows = list(csv.DictReader(io.StringIO(read_csv(out))))
    assert [(row["name"], row["lesson"], row["identifier"]) for row in rows] == [
        ("Ada Lovelace", "06", "Participant 11"),
        ("Bob", "06", "Participant 12"),
    ]
    assert all("No code, no guess and no answer" in row["remarks"] for row in rows)
    with zipfile.ZipFile(out / "feedback.zip") as archive:
        assert archive.namelist() == [f"{name}/feedback.html" for name in names]


def test_links_and_leftovers_are_not_read(tmp_path):
    save(written({}), tmp_path / "outside.ipynb")
    save(written({}), tmp_path / "class" / ".ipynb_checkpoints" / "06.ipynb")
    save(written({}), tmp_path / "class" / "06.ipynb")
    (tmp_path / "class" / "link.ipynb").symlink_to(tmp_path / "outside.ipynb")
    (tmp_path / "class" / "neighbour.ipynb").symlink_to(tmp_path / "class" / "06.ipynb")
    found = {one.path: one for one in submissions(tmp_path / "class")}
    assert set(found) == {"06.ipynb", "link.ipynb", "neighbour.ipynb"}
    for link in ("link.ipynb", "neighbour.ipynb"):
        with pytest.raises(ValueError, match="link"):
            found[link].read()


def test_a_lesson_is_found_by_what_it_says_then_by_its_name():
    lessons, notebook = find_lessons(), nbformat.v4.new_notebook()
    assert lesson_of(notebook, "ada_06_attention (2)", lessons).key == "06"
    assert lesson_of(notebook, "Lovelace 11", lessons).key == "11"
    assert lesson_of(handed_out(), "08", lessons).key == "06"
    with pytest.raises(ValueError, match="which lesson"):
        lesson_of(notebook, "2026", lessons)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b'{"cells": 3}', b'{"cells": [3]}', b'{"cells": [{"cell_type": "code"}]}',
     b'{"cells": [], "nbformat": "x"}', b'{"nbformat": 4, "cells": [{"cell_type": []}]}'],
)  # fmt: skip
def test_a_damaged_notebook_gets_a_sentence(content):
    with pytest.raises(ValueError, match=r"^It is (no|a damaged) notebook"):
        read_notebook(content)


def test_a_stub_with_comments_is_untouched():
    notebook = handed_out()
    cell_of(notebook, "scores_of").source += "\n    # no idea\n    pass"
    assert attempts(notebook, SIX.exercises[0], SIX) == []


# --- pages ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    verdict = {"exercise": "f", "title": "F", "state": "tried", "sentence": "<b>", "source": "x"}
    prediction = {"number": "06.1", "question": "[*Q*](a.ipynb)", "answer": "A", "said": "made"}
    prediction |= {"guess": "<i>", "result": "0.25 <i>"}
    words = {"where": "4 · Why?", "text": "<b>", "question": "Why `a < b`?", "answer": "So."}
    record = feedback.Record(
        "a.ipynb", "", "Ada & <Co>", "06", "06 · Attention",
        [verdict | {"points": 0, "of": 1}], [prediction | {"points": 0.5, "of": 0.5}],
        words=[words, {"where": "evidence", "text": "<i>"}], remarks=["-1+1"],
    )  # fmt: skip
    other = feedback.Record("b.ipynb", "x", "Ada & <Co>")
    viva = [{"name": "Ada", "exercise": "06.f", "source": "a <b>", "questions": ["Q\nAnswer: A"]}]
    feedback.write_feedback([record, other], viva, out, "On this system the sandbox is weaker.")
    return out


def test_nothing_that_a_student_wrote_is_markup(pages):
    for path in pages.rglob("*.html"):
        text = path.read_text("utf-8").partition("</style>")[2]
        assert "<b>" not in text
        assert "<i>" not in text
        assert "<Co>" not in text
    assert len(list((pages / "students").iterdir())) == 2  # one name, two folders
    assert "'-1+1" in (pages / "marks.csv").read_text("utf-8-sig")


def test_the_model_answer_is_on_the_teachers_page_only(pages):
    texts = {p.name: p.read_text("utf-8") for p in pages.rglob("*.html")}
    assert [name for name, text in texts.items() if "Model answer" in text] == ["teacher.html"]


def test_a_prediction_stands_between_its_question_and_what_came_out(pages):
    (page,) = (p for p in (pages / "students").iterdir() if "06.1" in p.read_text("utf-8"))
    text = " ".join(page.read_text("utf-8").split())
    result = "<p>What came out:</p> <pre>0.25 &lt;i&gt;</pre>"
    assert f"<p><em>Q</em></p> <p>Your guess:</p> <pre>&lt;i&gt;</pre> {result}" in text


def test_each_exercise_has_its_column_in_the_course_s_order():
    early = a_record("Bob", "04", verdicts=[solved("", "x") | {"state": "tried"}])
    late = a_record("Ada", "06", verdicts=[solved("", "z"), solved("", "y")])
    ada, bob = csv.DictReader(io.StringIO(feedback.table([late, early])))
    assert [*ada][-4:] == ["file", "04/1 x", "06/1 z", "06/2 y"]
    assert [*ada.values()][-3:] == ["", "solved", "solved"]
    assert [*bob.values()][-3:] == ["tried", "", ""]


def test_the_answers_of_a_talk_are_folded_away(pages):
    """So the sheet can be printed and laid on the table."""
    text = " ".join((pages / "teacher.html").read_text("utf-8").split())
    assert "<li>Q <details><summary>Answer</summary> A</details>" in text


def test_stars_in_code_are_no_emphasis():
    text = "a *b* and **c**, `x**2 * y**2` *d*"
    want = "a <em>b</em> and <em>c</em>, <code>x**2 * y**2</code> <em>d</em>"
    assert feedback._inline(text) == want


def test_axe_finds_nothing(pages):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright
    from test_browser import CHROMIUM

    if not CHROMIUM:
        pytest.skip("no Chromium found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for path in pages.rglob("*.html"):
            page.goto(path.as_uri())
            found = Axe().run(page).response["violations"]
            assert found == [], (path, found)


def test_what_a_teacher_has_to_read_and_to_ask_for_is_there(tmp_path):
    """Answers in words, files that are no notebooks, guesses that were not run, a missing name."""
    folder = tmp_path / "in"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / "essay.docx").write_bytes(b"PK")
    (folder / "ada" / "tokenizer").mkdir()
    (folder / "ada" / "tokenizer" / "tokenizer.json").write_text("{}")
    lesson = find_lessons(["06"])[0]
    notebook = student_notebook(lesson, [])
    for cell in notebook.cells:
        if cell.source.startswith("**My answer:**"):
            cell.source = "**My answer:** because of the <b>root</b>"
        if cell.metadata.get("minillm", {}).get("prediction") == "06.1":
            cell.source = cell.source.replace("\n…\n", "\non itself\n")
    nbformat.write(notebook, folder / "ada" / "06_attention.ipynb")
    lab = bug_lab_notebook()
    for cell in lab.cells:
        cell.source = cell.source.replace('evidence = """\n…', 'evidence = """\nthe curve is high')
    nbformat.write(lab, folder / "bob.ipynb")
    out = marks.mark(folder, tmp_path / "in-marks")
    teacher = (out / "teacher.html").read_text("utf-8")
    question, _, answers = teacher.partition("because of the &lt;b&gt;root&lt;/b&gt;")
    assert "It makes the forbidden scores 0" in question and "causal mask in one short" in question
    assert answers
    assert "the curve is high" in teacher
    index = (out / "index.html").read_text("utf-8")
    assert "Not marked, as they are no notebooks: ada/essay.docx.</p>" in index
    assert "Written and not run: 1 of the predictions" in index
    assert "this one is that of the folder" in index and "Bug lab" in index


@pytest.mark.parametrize("make", [lambda: SIX.notebook, lambda: teacher_notebook(SIX, [])])
def test_what_holds_the_solutions_is_no_hand_in(make):
    notebook = make()
    with pytest.raises(ValueError, match="the course's own notebook or the teacher's copy"):
        lesson_of(notebook, "06_attention.ipynb", [SIX])


def test_a_solution_that_is_pasted_into_a_hand_out_hides_nothing_of_it():
    notebook = handed_out()
    notebook.cells.append(SIX.notebook.cells[SIX.exercises[0].at + 2])
    assert lesson_of(notebook, "x.ipynb", [SIX]) is SIX


def handed_in(key, cells, more=()):
    """A hand-out of a lesson with these cells in place of the stubs of exercises."""
    notebook = student_notebook(find_lessons([key])[0], [])
    for cell in notebook.cells:
        known = cell.metadata.get("minillm", {})
        if known.get("part") == "stub" and known["exercise"].split(".")[1] in cells:
            cell.source = cells[known["exercise"].split(".")[1]]
    notebook.cells += [new_code_cell(source) for source in more]
    return notebook


def test_a_lambda_and_another_name_get_their_talk_too(tmp_path):
    (tmp_path / "in").mkdir()
    answers = {
        "ada": "weigh = lambda s, m: s.masked_fill(~m, -torch.inf).softmax(-1).nan_to_num()",
        "bob": "def mine(q, k):\n    return q @ k.T / q.shape[-1] ** 0.5\n\n\nscores_of = mine",
    }
    for name, source in answers.items():
        exercise = "weigh" if name == "ada" else "scores_of"
        nbformat.write(handed_in("06", {exercise: source}), tmp_path / "in" / f"{name}.ipynb")
    out = marks.mark(tmp_path / "in", tmp_path / "out")
    teacher = (out / "teacher.html").read_text("utf-8")
    assert "ada: 06.weigh" in teacher and "bob: 06.scores_of" in teacher
    assert "No question could be made" not in teacher


def test_a_slow_cell_that_no_answer_needs_costs_nothing():
    right = "def scores_of(q, k):\n    return q @ k.T / q.shape[-1] ** 0.5"
    needs = "def weigh(s, m):\n    return s.masked_fill(~m, LOW).softmax(-1).nan_to_num()"
    examiner = Examiner(find_lessons(["06"])[0])
    try:
        slow = handed_in("06", {"scores_of": right}, ["import time\nx = [time.sleep(99)]"])
        assert examiner.judge(slow)[0].state == "solved"
        helped = handed_in("06", {"weigh": needs}, ["LOW = float('-inf')"])
        assert examiner.judge(helped)[2].state == "solved"
    finally:
        examiner.close()


def test_a_model_that_one_student_spoils_is_whole_for_the_next():
    spoils = "def greedy(model, ids, n):\n    for p in model.parameters():\n"
    spoils += "        p.data.zero_()\n    return ids"
    examiner = Examiner(find_lessons(["11"])[0])
    try:
        model = vars(examiner._module)["model"]
        before = {name: t.clone() for name, t in model.state_dict().items()}
        assert examiner.judge(handed_in("11", {"greedy": spoils}))[2].state == "tried"
        assert all(torch.equal(t, before[name]) for name, t in model.state_dict().items())
    finally:
        examiner.close()


def test_odd_cells_stop_nobody(tmp_path):
    (tmp_path / "in").mkdir()
    odd = bug_lab_notebook()
    odd.cells.append(new_code_cell("name = " + "-" * 9000 + "1", metadata={"minillm": {"name": 1}}))
    odd.cells[0].metadata["minillm"] = {"own_world": "report"}
    odd.cells[0]["outputs"] = ["x", {"data": "y"}]
    (tmp_path / "in" / "odd.ipynb").write_text(json.dumps(odd), encoding="utf-8")
    nbformat.write(handed_in("06", {}), tmp_path / "in" / "ada.ipynb")
    out = marks.mark(tmp_path / "in", tmp_path / "out")
    names = [row["name"] for row in csv.DictReader(io.StringIO(read_csv(out)))]
    assert "ada" in names and len(names) == 2


def read_csv(out):
    return (out / "marks.csv").read_text("utf-8-sig")


def test_a_table_that_a_teacher_has_changed_is_kept(tmp_path):
    (tmp_path / "in").mkdir()
    nbformat.write(handed_in("06", {}), tmp_path / "in" / "ada.ipynb")
    out = marks.mark(tmp_path / "in", tmp_path / "out")
    (out / "marks.csv").write_text("mine", encoding="utf-8")
    marks.mark(tmp_path / "in", out)
    assert (out / "marks-1.csv").read_text("utf-8") == "mine" and "ada" in read_csv(out)
    marks.mark(tmp_path / "in", out)
    assert not (out / "marks-2.csv").exists()
    shutil.copytree(tmp_path / "in", tmp_path / "other")
    with pytest.raises(ValueError, match="holds the marks of"):
        marks.mark(tmp_path / "other", out)


@pytest.mark.parametrize("namespaces", BOTH)
def test_time_of_the_processor_is_told(namespaces):
    went = run("while True: pass", namespaces, Limits(seconds=LONG, cpu_seconds=2))
    assert went.trouble == "The program took more than 2 seconds of the processor."


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_time_of_the_processor_is_told_where_the_system_allows_less():
    """The signal that says so has to come before the one that kills."""
    program = """
import resource
from minillm.classroom import walls
resource.setrlimit(resource.RLIMIT_CPU, (50, 50))
walls._limit({"namespaces": False, "cpu_seconds": 120, "file_size": 1 << 20, "memory": 3 << 30})
print(resource.getrlimit(resource.RLIMIT_CPU))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout == "(49, 50)\n", ran.stderr


# --- what two hand-ins share ---------------------------------------------------------------------


def a_record(name, lesson="06", owner="", **more):
    return feedback.Record(f"{owner}/{name}.ipynb", owner, name, lesson, **more)


def guess(text, number=1):
    return {"number": f"06.{number}", "guess": text, "points": 0, "of": 0}


def solved(source, exercise="greedy"):
    return {"exercise": exercise, "title": "", "state": "solved", "sentence": "", "points": 1,
            "of": 1, "source": source}  # fmt: skip


def hints(*records):
    return [record.hints for record in doubles.with_hints(records)]


GREEDY = """
def greedy(model, ids, n):
    cache = None
    for _ in range(n):
        logits, cache = model(ids[:, -1:], cache=cache)
        ids = torch.cat([ids, logits.argmax(dim=-1)], dim=1)
    return ids
"""
RENAMED = """
def greedy(m, tokens: torch.Tensor, steps) -> torch.Tensor:
    '''Mine.'''
    kept = None  # nothing yet
    for i in range(steps):
        scores, kept = m(tokens[:, -1:], cache=kept)
        tokens = torch.cat([tokens, scores.argmax(dim=-1)], dim=1)
    return tokens
"""


def test_the_same_code_is_told_whatever_its_names_are():
    ana, ben = (
        a_record("Ana", verdicts=[solved(GREEDY)]),
        a_record("Ben", verdicts=[solved(RENAMED)]),
    )
    cy = a_record("Cy", verdicts=[solved(GREEDY.replace("dim=-1", "dim=2"))])
    told = [["The same code as Ben in greedy."], ["The same code as Ana in greedy."], []]
    assert hints(ana, ben, cy) == told
    assert hints(ana, a_record("Ben", "07", verdicts=[solved(GREEDY)])) == [[], []]
    short = "def scores_of(q, k):\n    return q @ k.T / q.shape[-1] ** 0.5"
    assert hints(*(a_record(name, verdicts=[solved(short)]) for name in "ab")) == [[], []]
    for odd in ("def (" * 99, "x = " + "1 + " * 3000 + "1"):
        assert hints(*(a_record(name, verdicts=[solved(odd)]) for name in "ab")) == [[], []]
    both = [solved(GREEDY), solved(RENAMED, "beam")]
    assert hints(*(a_record(name, verdicts=both) for name in "abc"))[0] == [
        "The same code as b, c in greedy, beam."
    ]
    again = a_record("Ana", verdicts=[solved(GREEDY)])  # two hand-ins of one student
    assert "code" not in str(hints(again, again))


def drawn(records, folder):
    lessons = find_lessons(["06", "08"])
    return lot.questions_by_lot(records, lessons, lambda _: SIX.notebook, folder, "")


@pytest.mark.parametrize(
    ("more", "first"),
    [
        ({}, "06.copied"),
        ({"predictions": [guess("word " * doubles.ENOUGH)]}, "08.late"),
    ],
    ids=["code", "guesses"],
)
def test_the_lot_falls_first_on_what_a_hint_is_about(tmp_path, monkeypatch, more, first):
    monkeypatch.setattr(lot.viva, "questions", lambda *_: ["Why?"])
    own = [solved(f"def f():\n    return {n}", f"own_{n}") for n in range(20)]
    shared = [solved(GREEDY, "copied")] if not more else []
    late = [solved("def late():\n    return 1", "late")]
    records = [
        a_record(name, lesson, verdicts=verdicts, **guesses)
        for name, theirs in (("Ana", own), ("Ben", []))
        for lesson, verdicts, guesses in (("06", [*theirs, *shared], {}), ("08", late, more))
    ]
    asked = drawn(doubles.with_hints(records), tmp_path)
    assert next(a["exercise"] for a in asked if a["name"] == "Ana") == first


def test_a_copied_exercise_handed_in_again_stays_in_the_lot(tmp_path, monkeypatch):
    monkeypatch.setattr(lot.viva, "questions", lambda *_: ["Why?"])
    own = [solved(f"def f():\n    return {n}", f"own_{n}") for n in range(20)]
    first = a_record("Ana", verdicts=[*own, solved(GREEDY, "greedy")])
    again = a_record("Ana", verdicts=[solved("def other():\n    return 1", "greedy")])
    other = a_record("Ben", verdicts=[solved(GREEDY, "greedy")])
    asked = drawn(doubles.with_hints([first, again, other]), tmp_path)
    assert (asked[0]["exercise"], asked[0]["source"]) == ("06.greedy", GREEDY)


def test_the_same_guesses_are_told():
    def guessing(name, *guesses):
        return a_record(name, predictions=[guess(text, n) for n, text in enumerate(guesses, 1)])

    long = "the second one takes most from the first", "about  a HALF of all"
    same = guessing("Ben", long[0], "about a half of all", "no idea")
    other = guessing("Cy", long[0], "a tenth of all")
    ana = guessing("Ana", *long, "the last")
    told = "The same guesses as {} for 06.1, 06.2, word for word."
    assert hints(ana, same, other) == [[told.format("Ben")], [told.format("Ana")], []]
    assert hints(guessing("a", "yes", ""), guessing("b", "yes", "")) == [[], []]
    for short in ("more of it", "[0.09, 0.24, 0.67]"):  # such are often the same
        assert hints(guessing("a", *[short] * 9), guessing("b", *[short] * 9)) == [[], []]
    chinese = "1个学生会看后面的词语，所以后面的要挡住"
    assert [len(told) for told in hints(guessing("a", chinese), guessing("b", chinese))] == [1, 1]


def test_the_same_answers_in_words_are_told():
    def writing(name, text, where="2 · Why?"):
        return a_record(name, words=[{"where": where, "text": text}])

    long = "since each number is divided by the root of the size, no weight becomes one"
    ana, ben = writing("Ana", long), writing("Ben", long.replace(" ", "  ").upper())
    others = writing("Cy", long, "3 · How?"), writing("Di", "long " + long)
    told = "The same words as {} under “2 · Why?”."
    assert hints(ana, ben, *others) == [[told.format("Ben")], [told.format("Ana")], [], []]
    assert hints(writing("a", "by the root"), writing("b", "by the root")) == [[], []]


def test_worlds_of_one_seed_are_told():
    def with_seed(name, seed):
        extra = {"what": "Own world", "points": 0, "of": 8, "sentence": "", "seed": seed}
        return a_record(name, "", extras=[extra])

    first, second, third, none = hints(*map(with_seed, "abcd", (7, 7, 8, None)))
    assert len(first) == 1 and first[0].startswith("The same world as b, of seed 7: either the")
    assert "as a, of seed 7" in second[0] and third == none == []


def test_hints_are_for_the_teacher_only(tmp_path):
    record = a_record("Ana", hints=["The same code as Ben in greedy."])
    feedback.write_feedback([record], [], tmp_path, "")
    pages = [tmp_path / "marks.csv", *tmp_path.rglob("*.html")]
    said = {path.name for path in pages if "The same code" in path.read_text("utf-8-sig")}
    assert said == {"marks.csv", "index.html"}


def test_other_sources_are_another_edition(tmp_path):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "a.py").write_text("1")
    first = marks.edition.__wrapped__(tmp_path)
    assert marks.edition.__wrapped__(tmp_path) == first
    (tmp_path / "room" / "a.py").write_text("2")
    assert marks.edition.__wrapped__(tmp_path) != first


def test_figures_are_compared_with_runs_made_again(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    nbformat.write(own_world("Ana"), tmp_path / "in" / "ana.ipynb")
    run_again = tmp_path / "again" / str(worlds.world_seed("Ana")) / "report.md"
    run_again.parent.mkdir(parents=True)
    words = ["classroom", "mark", str(tmp_path / "in"), "--reports", str(tmp_path / "again")]
    for loss, points in (("1.092", "8"), ("1.300", "7")):  # whose report has changed
        run_again.write_text(report(worlds.world_seed("Ana"), loss), "utf-8")
        assert main(words) == 0
        (row,) = csv.DictReader(io.StringIO(read_csv(tmp_path / "in-marks")))
        assert row["points"] == points and "the run made again" in row["remarks"]
    (kept, *_) = (tmp_path / "in-marks" / "marked").glob("[!w]*.json")
    assert json.loads(kept.read_text("utf-8"))["extras"][0]["seed"] == worlds.world_seed("Ana")
    assert capsys.readouterr().out.count("in-marks") == 2  # once in each of the two runs
    assert main([*words[:-1], str(tmp_path / "nowhere")]) == 2
    assert (
        "nowhere is no folder; one is needed that holds SEED/report.md" in capsys.readouterr().err
    )


def test_an_empty_zip_has_a_row(tmp_path):
    save(written({}), tmp_path / "class" / "ada" / "06.ipynb")
    with zipfile.ZipFile(tmp_path / "class" / "bob.zip", "w"):
        pass
    found = {one.path: one for one in submissions(tmp_path / "class")}
    with pytest.raises(ValueError, match=r"^The zip is empty\.$"):
        found["bob.zip"].read()


def test_two_students_of_one_name_have_a_section_each(tmp_path):
    """What they wrote of their own work stands under their own names."""
    said = [{"where": "A failure", "text": text} for text in ("mine", "yours")]
    both = [a_record("Ada", owner=owner, words=[one]) for owner, one in zip("ab", said)]
    feedback.write_feedback(both, [], tmp_path, "")
    page = (tmp_path / "teacher.html").read_text("utf-8")
    assert page.count("What was handed in: Ada</h3>") == 2


def test_a_question_in_words_is_named_without_its_level():
    lessons = {key for lesson in find_lessons() for key in lesson.in_words}
    assert lessons and not [key for key in lessons if "●" in key or "minute" in key]


def test_a_student_with_two_notebooks_has_a_sum(tmp_path):
    verdict = {"exercise": "x", "title": "X", "state": "solved", "sentence": "", "source": ""}
    verdict |= {"points": 1.5, "of": 2.0}
    both = [a_record("Ada", lesson, verdicts=[verdict]) for lesson in ("04", "06")]
    feedback.write_feedback([*both, a_record("Bob")], [], tmp_path, "")
    index = " ".join((tmp_path / "index.html").read_text("utf-8").split())
    assert ">Ada</th> <td>2</td><td>3 of 4</td>" in index


@pytest.mark.parametrize("code", ["def f(x):\n    return x", "f = lambda x: x"])
def test_the_lot_falls_on_code_where_there_is_any(tmp_path, monkeypatch, code):
    monkeypatch.setattr(lot.viva, "questions", lambda *_: ["Why?"])
    tables = [solved("answers = {}", f"table_{i}") for i in range(20)]
    record = a_record("Ada", verdicts=[*tables, solved(code, "code")])
    (asked,) = drawn([record], tmp_path)
    assert asked["exercise"] == "06.code"
