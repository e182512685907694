"""The hand-outs of the classroom kit: they run alone, hold no solution, and can be read by all."""

import ast
import base64
import contextlib
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path

import nbclient
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from test_browser import CHROMIUM, browser  # noqa: F401  (a fixture)

from minillm.classroom import handouts
from minillm.classroom.handouts import (
    ASSISTANTS,
    student_notebook,
    teacher_notebook,
    write_student,
    write_teacher,
)
from minillm.classroom.lessons import (
    EXERCISE,
    Lesson,
    find_lessons,
    namespace,
    standing_alone,
    tags,
)
from minillm.classroom.paper import write_paper
from minillm.classroom.predictions import OPEN, asking, keep, made
from minillm.classroom.wrong import wrong_answers
from minillm.cli import classroom_commands, main
from minillm.exercises import sealed, unsealed
from minillm.formats.files import replacing_folder

ROOT = Path(__file__).parents[1]
LESSONS = find_lessons()
QUICK = ("01", "06")


def each(quick):
    """All lessons, those that are not among the quick ones for `make test-all`."""
    marks = {lesson.key: [] if lesson.key in quick else pytest.mark.deep for lesson in LESSONS}
    return [pytest.param(lesson, id=lesson.key, marks=marks[lesson.key]) for lesson in LESSONS]


BESIDE = [lesson.path.name for lesson in LESSONS] + ["GLOSSARY.md"]


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    folder = tmp_path_factory.mktemp("student")
    write_student(LESSONS, folder)
    return folder


@pytest.fixture(scope="module")
def teacher(tmp_path_factory):
    folder = tmp_path_factory.mktemp("teacher")
    write_teacher(find_lessons(QUICK), folder)
    return folder


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper")
    write_paper(LESSONS, folder)
    return folder


def read(folder, lesson):
    return nbformat.read(folder / lesson.path.name, as_version=4)


def by_kind(notebook, kind):
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def known(cell):
    return cell.metadata.get("minillm", {})


# --- predictions --------------------------------------------------------------------------------


def test_keep_says_what_is_kept_and_never_stops_a_run(capsys):
    keep("06.1", "\non itself\n")
    keep("06.2", f"\n{OPEN}\n")
    keep("06.3", "one")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Prediction 06.1 is kept (2 words). Now run on."
    assert said[1].startswith("Prediction 06.2: nothing is written yet.")
    assert "(1 word)" in said[2]
    with pytest.raises(ValueError, match=r"between quotation marks; 3 has none"):
        keep("06.1", 3)


def a_prediction(source, count, number="06.1", **metadata):
    known = {"minillm": {"prediction": number}} if number else {}
    return new_code_cell(source, execution_count=count, metadata={**known, **metadata})


@pytest.mark.parametrize(
    ("count", "then", "before"),
    [(3, 4, True), (4, 3, False), (None, 4, None), (None, None, None), (3, None, True)],
)
def test_what_ran_first_is_seen_by_the_counts(count, then, before):
    guess = asking("06.1").replace(OPEN, "on itself,\nI think")
    cells = [new_markdown_cell("?"), a_prediction(guess, count), new_markdown_cell("!")]
    cells += [a_prediction(asking("06.2"), 1, "06.2"), new_code_cell("1", execution_count=then)]
    first, second = made(new_notebook(cells=cells))
    assert first == ("06.1", "on itself,\nI think", before)
    assert second[:2] == ("06.2", "")


@pytest.mark.parametrize(
    ("source", "guess"),
    [
        ('keep("06.1", """\nthe "first" one\n""")', 'the "first" one'),
        ("keep('06.1', 'less')", "less"),
        ('keep("06.1", guess="less")', "less"),
        ('keep("06.1", """\n...\n""")', ""),
        ('keep("06.1", 42)', "42"),
        ('keep("06.1", """it says """less""" """)', 'it says """less'),
        ('keep("06.1", "less)', "less"),
        ("keep()", ""),
        ("", ""),
        ('# mine\nx = 1\nkeep("06.1", "a" "b")', "ab"),
    ],
)
def test_a_guess_is_found_in_whatever_a_student_has_made_of_its_cell(source, guess):
    (found,) = made(new_notebook(cells=[a_prediction(source, 1)]))
    assert found[0] == "06.1"
    assert found[1] == guess or (guess and guess in found[1])
    assert bool(found[1]) == bool(guess)


def test_a_guess_is_found_without_metadata_too():
    cells = [a_prediction('keep("06.1", "less")', 2, number="")]
    cells += [new_code_cell("1", execution_count=1, metadata={"minillm": "odd"})]
    assert made(new_notebook(cells=cells)) == [("06.1", "less", False)]


# --- what a student gets ------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_a_hand_out_has_what_a_student_needs_and_nothing_that_ran(student, lesson):
    notebook = read(student, lesson)
    nbformat.validate(notebook)
    assert notebook.metadata["minillm"] == {"lesson": lesson.key}
    assert all(
        not cell.outputs and cell.execution_count is None for cell in by_kind(notebook, "code")
    )
    names = [cell.source for cell in notebook.cells[:4] if known(cell).get("name")]
    assert names == [f'name = "{OPEN}"\ndate = "{OPEN}"']
    imports = [cell for cell in notebook.cells if "predictions import keep" in cell.source]
    assert len(imports) == 1
    asked = [known(cell)["prediction"] for cell in notebook.cells if "prediction" in known(cell)]
    assert asked == [prediction.number for prediction in lesson.predictions]
    assert [number for number, guess, before in made(notebook)] == asked
    for place, cell in enumerate(notebook.cells):
        if "prediction" in known(cell):
            number = known(cell)["prediction"]
            assert f"**Predict, then run ({number}).**" in notebook.cells[place - 1].source
            assert cell.source == f'keep("{number}", """\n{OPEN}\n""")'
    ours = [known(cell) for cell in notebook.cells if "exercise" in known(cell)]
    wanted = [f"{lesson.key}.{exercise.name}" for exercise in lesson.exercises]
    assert [mark["exercise"] for mark in ours] == [name for name in wanted for _ in "12"]
    assert [mark["part"] for mark in ours] == ["stub", "check"] * len(wanted)
    texts = "\n".join(cell.source for cell in by_kind(notebook, "markdown"))
    assert not re.search(r"folded into|holds a\s+worked|worked\s+solution uses", texts)
    assert set(re.findall(r"<summary>(\D*?)[ \d]*</summary>", texts)) <= {"Hint", "Answer"}
    assert "<summary>Answer</summary>" not in texts
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_results_that_are_not_stored_are_not_covered(student, paper):
    """The course prints "…" first where a fold would show the first line of a stored result."""
    covers = 0
    for lesson in LESSONS:
        covers += sum('print("…")' in cell.source for cell in lesson.notebook.cells)
        cells = by_kind(read(student, lesson), "code")
        assert not [cell for cell in cells if 'print("…")' in cell.source]
        assert not [cell for cell in cells if "outputs_hidden" in cell.metadata.get("jupyter", {})]
        page = Outline((paper / f"{lesson.path.stem}.html").read_text("utf-8")).text
        assert 'print("…")' not in page
        assert "Where you are" not in page and "progress(check" not in page
    assert covers > 50


def test_a_predictions_result_is_what_its_cell_prints():
    (lesson,) = find_lessons(["06"])
    results = {prediction.number: prediction.result for prediction in lesson.predictions}
    assert results["06.1"].startswith("   one vector: attention to itself 1.00")
    assert all(result for x in LESSONS for result in (p.result for p in x.predictions))


def test_questions_in_words_have_room_for_an_answer(student):
    (lesson,) = find_lessons(["01"])
    cells = read(student, lesson).cells
    rooms = [place for place, cell in enumerate(cells) if "My answer" in cell.source]
    assert len(rooms) == 3
    assert all(cells[place].cell_type == "markdown" for place in rooms)
    assert "In two sentences" in cells[rooms[2] - 1].source


def test_a_stub_stands_below_its_heading(student):
    for lesson in LESSONS:
        cells = read(student, lesson).cells
        stubs = [place for place, cell in enumerate(cells) if "exercise" in tags(cell)]
        assert all(cells[place - 1].source.lstrip().count("minutes") for place in stubs)
        assert all("check" in tags(cells[place + 1]) for place in stubs)


def links(text):
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
    return re.findall(r"\]\(([^)\s]+)\)", prose)


def broken(folder):
    """Links of the notebooks and pages in a folder that lead nowhere."""
    texts = [(path.name, path.read_text("utf-8")) for path in folder.glob("*.md")]
    for path in folder.glob("*.ipynb"):
        texts += [(path.name, c.source) for c in by_kind(nbformat.read(path, 4), "markdown")]
    targets = [(name, target) for name, text in texts for target in links(text)]
    return [
        (name, target)
        for name, target in targets
        if not re.match("https?:|#", target) and not (folder / target.split("#")[0]).exists()
    ]


def test_no_link_leads_nowhere(student, teacher):
    assert broken(student) == []
    assert sum(len(links(c.source)) for x in LESSONS for c in read(student, x).cells) > 100
    (teacher / "more.md").write_text("[a](nowhere.md) [b](01_qdogbaby.ipynb#x)", encoding="utf-8")
    assert broken(teacher) == [("more.md", "nowhere.md")]
    (teacher / "more.md").unlink()


def test_pictures_are_inside_with_their_words(student):
    count = 0
    for lesson in LESSONS:
        text = "\n".join(cell.source for cell in read(student, lesson).cells)
        assert "../images" not in text
        original = "\n".join(cell.source for cell in lesson.notebook.cells)
        wanted = re.findall(r"!\[([^\]]+)\]\(\.\./(images/[\w.]+)\)", original)
        shown = re.findall(r'<img alt="([^"]+)" src="data:image/svg\+xml;base64,([^"]+)">', text)
        assert [(html.unescape(words), base64.b64decode(data)) for words, data in shown] == [
            (words, (ROOT / name).read_bytes()) for words, name in wanted
        ]
        count += len(shown)
    assert count > 20


def test_a_picture_in_html_is_inside_too():
    source = '<img src="../images/rule.svg" width="9" alt="a rule"> ![a](../images/rule.svg)'
    notebook = new_notebook(cells=[new_markdown_cell(source)])
    lesson = Lesson(ROOT / "notebooks" / "x.ipynb", notebook)
    made_alone = standing_alone(lesson, []).cells[0].source
    assert made_alone.count("data:image/svg+xml;base64,PHN2") == 2
    assert 'width="9" alt="a rule">' in made_alone
    assert notebook.cells[0].source == source  # the lesson stays as it was


def test_an_assistant_is_told_to_be_a_tutor(student):
    rules = (student / "AGENTS.md").read_text("utf-8")
    for words in ("tutor", "Never write a solution", "Never predict", "Ask first", "hint"):
        assert words in rules
    for name in ASSISTANTS:
        assert "AGENTS.md" in (student / name).read_text("utf-8")


# --- no solution leaks --------------------------------------------------------------------------


def plain(node):
    """A syntax tree as text in which all names that are not attributes look alike."""
    tree = ast.parse(ast.unparse(node))
    for part in ast.walk(tree):
        if isinstance(part, ast.Name):
            part.id = "x"
        elif isinstance(part, ast.arg):
            part.arg, part.annotation = "x", None
        elif isinstance(part, ast.FunctionDef):
            part.name, part.returns = "x", None
    return ast.dump(tree)


def body_of(function):
    body = function.body
    return body[1:] if ast.get_docstring(function) else body


def functions(source):
    """Of each function and lambda in a source: its statements, in no order, names alike."""
    with contextlib.suppress(SyntaxError):
        for node in ast.walk(ast.parse(re.sub(r"^\s*[%!].*", "", source, flags=re.M))):
            if isinstance(node, ast.Lambda):
                yield Counter([plain(ast.Return(node.body))])
            elif isinstance(node, ast.FunctionDef):
                yield Counter(map(plain, body_of(node)))


def solutions():
    for lesson in LESSONS:
        for exercise in lesson.exercises:
            yield lesson.key, exercise.name, lesson.solution(exercise)


SOLUTIONS = list(solutions())


def leaks(cells):
    """(exercise, the way) of each solution that stands in the code of cells."""
    found = set()
    codes = [re.sub(r"#.*|\s+", "", source) for source in cells]
    bodies = [body for source in cells for body in functions(source)]
    for _, name, source in SOLUTIONS:
        (function, *_) = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)][-1:]
        if Counter(map(plain, body_of(function))) in bodies:
            found.add((name, "tree"))
        parts = [part.value if isinstance(part, ast.Return) else part for part in body_of(function)]
        lines = [re.sub(r"\s+", "", ast.unparse(part)) for part in parts if part is not None]
        if any(len(line) > 20 and line in code for line in lines for code in codes):
            found.add((name, "text"))
        if any(f"{name}_solution" in code for code in codes):
            found.add((name, "name"))
    return found


def code_and_quotes(notebook):
    """All the code of a notebook: of its cells, and what its text shows as code."""
    prose = "\n".join(cell.source for cell in by_kind(notebook, "markdown"))
    shown = re.findall(r"```python\n(.*?)```", prose, re.S) + re.findall(r"`([^`\n]+)`", prose)
    return [cell.source for cell in by_kind(notebook, "code")] + shown


def of_the_lessons():
    """All code that the lessons show outside of their exercises."""
    for lesson in LESSONS:
        cells = [c for c in lesson.notebook.cells if not set(EXERCISE) & set(tags(c))]
        yield from code_and_quotes(new_notebook(cells=cells))


def test_no_hand_out_holds_a_solution(student):
    taught = leaks(list(of_the_lessons()))
    handed = leaks([text for lesson in LESSONS for text in code_and_quotes(read(student, lesson))])
    assert handed <= taught  # nothing that the lesson itself does not show
    assert {name for name, way in taught} <= TAUGHT


# Lessons compute these themselves, as one step of several, in the course as in a hand-out.
TAUGHT = {"scores_of", "smooth"}


def test_a_leak_is_seen():
    (lesson,) = find_lessons(["06"])
    notebook = student_notebook(lesson, BESIDE)
    before = leaks(code_and_quotes(notebook))
    renamed = "def f(s, m):\n    a = s.masked_fill(~m, float('-inf')).softmax(dim=-1)\n"
    renamed += "    return a.masked_fill(~m, 0.0)"
    notebook.cells.append(new_code_cell(renamed))
    assert leaks(code_and_quotes(notebook)) - before == {("weigh", "tree")}
    for way in SOLUTIONS:
        assert {kind for name, kind in leaks([way[2]]) if name == way[1]} >= {"tree", "name"}
    checks = [x.notebook.cells[y.at + 1].source for x in LESSONS for y in x.exercises]
    assert len(leaks(checks)) > 5, "open checks have answers in them, for which they are sealed"


def test_a_sealed_check_says_what_the_open_one_says(student):
    for key in QUICK:
        (lesson,) = find_lessons([key])
        names = namespace(lesson)
        for cell in read(student, lesson).cells:
            if known(cell).get("part") == "check":
                name = known(cell)["exercise"].partition(".")[2]
                assert "torch" not in cell.source and "answer(" not in cell.source
                told = io.StringIO()
                with contextlib.redirect_stdout(told):
                    exec(compile(cell.source, "cell", "exec"), names)
                assert told.getvalue() == "Not attempted yet\n"
                check = names[f"check_{name}"]
                assert check(names[f"{name}_solution"]).startswith("Right")


def test_sealing_loses_nothing_and_damage_is_told():
    source = "def check(answer):\n    return '小企鹅 ●'\n"
    packed = sealed(source)
    assert unsealed(f"\n{packed[:40]}\n{packed[40:]}\n") == source
    assert "check" not in packed
    for harmed in (packed[:-6], packed[4:], "x", "", "…"):
        with pytest.raises(ValueError, match="The sealed check is damaged"):
            unsealed(harmed)


# --- what a teacher gets ------------------------------------------------------------------------


def test_a_teacher_gets_all_of_it_open(teacher):
    for key in QUICK:
        (lesson,) = find_lessons([key])
        notebook = read(teacher, lesson)
        assert [c.source for c in by_kind(notebook, "code")] == [
            c.source for c in by_kind(lesson.notebook, "code")
        ]
        assert [c.outputs for c in by_kind(notebook, "code")] == [
            c.outputs for c in by_kind(lesson.notebook, "code")
        ]
        assert not any("jupyter" in cell.metadata for cell in notebook.cells)
        text = "\n".join(cell.source for cell in notebook.cells)
        assert "<details>" not in text
        assert text.count("<details open>") == sum(
            cell.source.count("<details>") for cell in lesson.notebook.cells
        )
        assert text.count("Common wrong answers") == len(lesson.exercises)


def test_points_are_those_of_the_levels(teacher):
    (lesson,) = find_lessons(["06"])
    scheme = next(c.source for c in read(teacher, lesson).cells if "For the teacher" in c.source)
    assert "| Scores ●○○ | 5 | 1 |" in scheme
    assert "| Nobody to look at ●●● | 10 | 3 |" in scheme
    assert "| 5 predictions | | 2.5 |" in scheme
    assert "| **all** | | **8.5** |" in scheme


@pytest.mark.parametrize("lesson", each(QUICK))
def test_wrong_answers_are_shown_as_written_with_what_the_check_says(lesson):
    if not lesson.exercises:
        return
    wrong = wrong_answers(lesson)
    assert set(wrong) == {exercise.name for exercise in lesson.exercises}
    for name, answers in wrong.items():
        assert len(answers.said) >= 3
        for source, verdict in answers.said:
            ast.parse(source)
            assert not verdict.startswith(("Right", "Not attempted")), (name, source)
        ast.parse(answers.helpers)


def test_a_wrong_answer_is_the_right_one(teacher):
    (lesson,) = find_lessons(["06"])
    weigh = wrong_answers(lesson)["weigh"]
    assert weigh.said[1][0] == "lambda s, m: s.softmax(dim=-1) * m"
    assert weigh.said[1][1].startswith("Masked too late")
    assert any(source.startswith("def in_place(scores, mask):") for source, _ in weigh.said)
    text = "\n".join(cell.source for cell in read(teacher, lesson).cells)
    assert "<pre>lambda s, m: s.softmax(dim=-1) &#42; m</pre>" in text
    assert "```python\ndef ones(T):" in text


# --- they run alone -----------------------------------------------------------------------------


def run_alone(notebook, folder):
    """Run a notebook in a folder of its own, with a package that is not the checkout."""
    package = folder / "site" / "minillm"
    shutil.copytree(ROOT / "minillm", package, ignore=shutil.ignore_patterns("__pycache__"))
    work = folder / "work"
    work.mkdir()
    env = {**os.environ, "PYTHONPATH": str(package.parent), "PYTHONSAFEPATH": "1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        where = {"metadata": {"path": str(work)}}
        client = nbclient.NotebookClient(
            notebook, timeout=300, resources=where, kernel_name="python3"
        )
        client.execute()
    return notebook


def said(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


WHERE = new_code_cell("import minillm.classroom.predictions as p\nprint(p.__file__)")


# Those that read files, start commands or draw widgets; HANDOUTS=all runs each, in ten minutes.
ALONE = ("00", "05", "06", "10", "14", "15")


@pytest.mark.parametrize("lesson", each(["06"]))
def test_a_hand_out_runs_alone_with_nothing_attempted(lesson, tmp_path):
    if lesson.key not in ALONE and os.environ.get("HANDOUTS") != "all":
        pytest.skip("HANDOUTS=all runs this one, too")
    notebook = student_notebook(lesson, BESIDE)
    notebook.cells.append(WHERE.copy())
    run_alone(notebook, tmp_path)
    assert Path(said(notebook.cells[-1]).strip()).is_relative_to(tmp_path / "site")
    for cell in by_kind(notebook, "code"):
        if "prediction" in known(cell):
            assert "nothing is written yet" in said(cell)
        if known(cell).get("part") == "check":
            assert said(cell) == "Not attempted yet\n"
    assert all(before for _, _, before in made(notebook))


@pytest.mark.deep  # of two: what the others run is what nbval runs in the course
@pytest.mark.parametrize("lesson", find_lessons(QUICK), ids=lambda lesson: lesson.key)
def test_a_teachers_notebook_runs_alone(lesson, tmp_path):
    notebook = teacher_notebook(lesson, BESIDE)
    run_alone(notebook, tmp_path)
    solved = [said(c) for c in by_kind(notebook, "code") if "solution" in tags(c)]
    assert all(text.startswith("The solution: Right") for text in solved)
    assert len(solved) == len(lesson.exercises)


# --- pages to print -----------------------------------------------------------------------------


class Outline(HTMLParser):
    """What a page consists of."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, name, key):
        return [attrs.get(key) for tag, attrs in self.tags if tag == name]


def pages(paper):
    return [(path, Outline(path.read_text("utf-8"))) for path in sorted(paper.rglob("*.html"))]


def test_pages_have_headings_in_order_words_for_pictures_and_a_language(paper):
    shown = pages(paper)
    assert len(shown) == 2 * len(LESSONS) + 2
    for path, page in shown:
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
        assert levels.count(1) == 1 and levels[0] == 1, path
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), path
        assert page.all("html", "lang") == ["en"]
        assert all(words and " " in words for words in page.all("img", "alt")), path
        assert page.all("a", "class")[0] == "skip" and page.all("a", "href")[0] == "#main"
        assert not page.all("script", "src") and not page.all("link", "href")
        assert all(source.startswith("data:") for source in page.all("img", "src"))
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids)), path
        assert "$" not in re.sub(
            r"(?s)<pre>.*?</pre>|<code>.*?</code>", "", path.read_text("utf-8")
        )
    text = (paper / "01_qdogbaby.html").read_text("utf-8")
    assert '<span lang="zh-Hans">小企鹅</span>' in text
    assert text.count("<math") == 10
    assert '<span role="img" aria-label="level 2 of 3">●●○</span>' in text


def test_no_page_leads_to_itself(paper):
    for path, page in pages(paper):
        there = [(path.parent / target).resolve() for target in page.all("a", "href")]
        assert path.resolve() not in there, path


def test_links_between_pages_lead_somewhere(paper):
    ids = {path: {a["id"] for _, a in page.tags if "id" in a} for path, page in pages(paper)}
    count = 0
    for path, page in pages(paper):
        for target in page.all("a", "href"):
            if not re.match("https?:", target):
                file, _, part = target.partition("#")
                there = (path.parent / file).resolve() if file else path
                assert there in ids, (path, target)
                assert not part or part in ids[there], (path, target)
                count += 1
    assert count > 200


def test_results_answers_and_solutions_are_on_pages_of_their_own(paper):
    unfolded = 0
    for lesson in LESSONS:
        name = f"{lesson.path.stem}.html"
        page = Outline((paper / name).read_text("utf-8")).text
        answers = Outline((paper / "answers" / name).read_text("utf-8")).text
        for exercise in lesson.exercises:
            assert f"{exercise.name}_solution" not in page
            assert f"def check_{exercise.name}" not in page + answers
            assert f"def {exercise.name}(" in page or f"{exercise.name} =" in page
            assert f"{exercise.name}_solution" in answers
        for prediction in lesson.predictions:
            assert (
                f"The result stands among the answers, under Prediction {prediction.number}" in page
            )
            assert f"Prediction {prediction.number}" in answers
            first = re.sub(r"^\d+\. |[*`].*|\\n.*", "", prediction.answer, flags=re.S).strip()[:30]
            assert first in answers and (len(first) < 20 or first not in page), prediction.number
            unfolded += not prediction.answer
        assert page.count("My guess, ") == len(lesson.predictions)
        assert page.count("My code:") == len(lesson.exercises)
        assert "<summary" not in (paper / name).read_text("utf-8")
    assert unfolded <= 1
    assert "one vector: attention to itself" in (paper / "answers/06_attention.html").read_text()
    assert "one vector: attention to itself 1.00" not in (paper / "06_attention.html").read_text()


needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium found")
OUTSIDE = """() => {
  const width = document.documentElement.clientWidth, out = [];
  for (const e of document.querySelectorAll('main *, body > pre')) {
    const box = e.getBoundingClientRect();
    const wider = e.clientWidth && e.scrollWidth > e.clientWidth + 1;
    if (box.right > width + 1 || box.left < -1 || wider) out.push(e.outerHTML.slice(0, 100));
  }
  return out;
}"""
A4 = {"width": 658, "height": 986}  # 210 mm × 297 mm less the margins of 18 mm, at 96 dots an inch


def see_page(page, path):
    """What axe-core finds wrong with a page, and what sticks out of a sheet of paper."""
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(path.as_uri())
    wrong = [(one["id"], one["nodes"][0]["html"][:120]) for one in violations_of(page)]
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    return wrong, page.evaluate(OUTSIDE)


def violations_of(page):
    from axe_playwright_python.sync_playwright import Axe

    return Axe().run(page).response["violations"]


def see_pages(page, paths):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in paths:
        assert see_page(page, path) == ([], []), path
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    page.close()


@needs_chromium
def test_a_page_can_be_read_by_all_and_printed(paper, browser):  # noqa: F811
    names = ["02_tokenizers.html", "answers/06_attention.html", "index.html"]
    see_pages(browser.new_page(), [paper / name for name in names])


@needs_chromium
@pytest.mark.deep
def test_every_page_can_be_read_by_all_and_printed(paper, browser):  # noqa: F811
    see_pages(browser.new_page(), sorted(paper.rglob("*.html")))


@needs_chromium
def test_a_bad_page_is_seen(browser, tmp_path):  # noqa: F811
    path = tmp_path / "bad.html"
    path.write_text("<h3>x</h3><img src='x'><pre>" + "x" * 900 + "</pre>", encoding="utf-8")
    page = browser.new_page()
    wrong, outside = see_page(page, path)
    assert {"image-alt", "html-has-lang"} <= {name for name, _ in wrong}
    assert outside
    page.close()


# --- the command --------------------------------------------------------------------------------


def call(capsys, *words):
    """(code, what it prints, what it says of errors) of a command."""
    capsys.readouterr()
    code = main([*map(str, words)])
    out, err = capsys.readouterr()
    assert err.count("\n") == (1 if code else 0), err
    return code, out, err


@pytest.fixture
def quick_parts(monkeypatch):
    """The parts that take long left out."""
    from minillm.classroom import nbgrader, paper

    def one_file(lessons, folder):
        (folder / "deeper").mkdir()
        (folder / "deeper" / "x.txt").write_text("x", encoding="utf-8")

    monkeypatch.setattr(nbgrader, "nbgrader_source", one_file)
    monkeypatch.setattr(paper, "write_paper", one_file)
    monkeypatch.setattr(handouts, "write_teacher", one_file)


def test_a_build_has_all_parts(tmp_path, capsys):
    out = tmp_path / "class"
    code, said, _ = call(capsys, "classroom", "build", out, "--lessons", "6", "00")
    assert code == 0
    assert {path.name for path in out.iterdir() if not path.name.startswith(".")} == {
        "student", "teacher", "paper", "nbgrader", "README.md",
    }  # fmt: skip
    assert "2 lessons are in" in said
    names = {path.name for path in (out / "student").iterdir()}
    assert {"00_meet_the_penguin.ipynb", "06_attention.ipynb", "AGENTS.md", "CLAUDE.md"} <= names
    assert "05_embeddings.ipynb" not in names
    for name in ("my_world", "bug_lab"):
        nbformat.validate(nbformat.read(out / "student" / f"{name}.ipynb", as_version=4))
    assert len(list((out / "teacher").glob("*_rubric.md"))) == 4
    assert broken_in_few(out / "student") == []
    assert [path.name for path in tmp_path.iterdir()] == ["class"]


def broken_in_few(folder):
    found = []
    for path in folder.glob("*.ipynb"):
        for cell in by_kind(nbformat.read(path, 4), "markdown"):
            found += [t for t in links(cell.source) if not re.match("https?:|#", t)]
    return [target for target in found if not (folder / target.split("#")[0]).exists()]


def test_an_earlier_build_is_replaced_whole(tmp_path, capsys, quick_parts):
    out = tmp_path / "class"
    assert call(capsys, "classroom", "build", out, "--lessons", "06", "01")[0] == 0
    (out / "student" / ".ipynb_checkpoints").mkdir()
    (out / "student" / ".ipynb_checkpoints" / "06.ipynb").write_text("{}", encoding="utf-8")
    assert call(capsys, "classroom", "build", out, "--lessons", "06")[0] == 0
    assert [path.name for path in (out / "student").glob("0*")] == ["06_attention.ipynb"]
    assert not (out / "student" / ".ipynb_checkpoints").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["class"]


@pytest.mark.parametrize("what", ["added", "changed"])
def test_what_somebody_has_put_there_is_not_lost(what, tmp_path, capsys, quick_parts):
    out = tmp_path / "class"
    assert call(capsys, "classroom", "build", out, "--lessons", "06")[0] == 0
    mine = out / "student" / ("marks.csv" if what == "added" else "06_attention.ipynb")
    mine.write_text("mine", encoding="utf-8")
    code, _, err = call(capsys, "classroom", "build", out, "--lessons", "06")
    assert code == 2
    assert f"{mine}: added or changed since the build" in err
    assert mine.read_text("utf-8") == "mine"


@pytest.mark.parametrize("what", ["folder", "file", "empty", "link"])
def test_what_is_no_earlier_build_is_refused(what, tmp_path, capsys):
    out = tmp_path / "class"
    if what == "file":
        out.write_text("mine", encoding="utf-8")
    elif what == "link":
        out.symlink_to(tmp_path / "nowhere")
    else:
        out.mkdir()
        if what == "folder":
            (out / "mine.txt").write_text("mine", encoding="utf-8")
    code, _, err = call(capsys, "classroom", "build", out)
    assert code == 2
    assert err == f"minillm: {out} exists and is no earlier build; choose another name\n"


def test_a_build_that_is_interrupted_leaves_the_earlier_one(
    tmp_path, capsys, monkeypatch, quick_parts
):
    out = tmp_path / "class"
    assert call(capsys, "classroom", "build", out, "--lessons", "06")[0] == 0
    before = classroom_commands._hashes(out)

    def stopped(lessons, folder):
        raise KeyboardInterrupt

    from minillm.classroom import nbgrader

    monkeypatch.setattr(nbgrader, "nbgrader_source", stopped)
    assert main(["classroom", "build", str(out), "--lessons", "01"]) == 130
    assert classroom_commands._hashes(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["class"]


def test_killed_between_the_two_renames_nothing_is_lost(tmp_path, monkeypatch):
    folder = tmp_path / "class"
    with replacing_folder(folder) as new:
        (new / "a").mkdir()
        (new / "a" / "x").write_text("old")
    killed = (
        "import os, sys; from minillm.formats import files; rename = os.replace\n"
        "def once(a, b):\n"
        "    if str(a).endswith('partial/class'): os._exit(9)\n"
        "    rename(a, b)\n"
        "files.os.replace = once\n"
        "with files.replacing_folder(sys.argv[1]) as new: (new / 'y').write_text('new')\n"
    )
    run = [sys.executable, "-c", killed, str(folder)]
    assert subprocess.run(run, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode == 9
    assert not folder.exists()
    with suppress(InterruptedError), replacing_folder(folder):
        assert (folder / "a" / "x").read_text() == "old"  # it has its name again
        raise InterruptedError
    assert (folder / "a" / "x").read_text() == "old"
    with replacing_folder(folder) as new:
        (new / "y").write_text("new")
    assert [path.name for path in folder.iterdir()] == ["y"]
    assert [path.name for path in tmp_path.iterdir()] == ["class"]


def test_lessons_are_named_with_spaces_or_commas():
    assert [one.key for one in find_lessons(["8", "05,06_attention"])] == ["05", "06", "08"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["build"], "the following arguments are required: out"),
        ([], "the following arguments are required: task"),
        (["grade"], "invalid choice: 'grade'"),
        (["build", ""], "an empty name"),
        (
            ["build", "new", "--lessons", "16"],
            "--lessons '16': there is no such lesson; there are 00,",
        ),
        (["mark"], "the following arguments are required: folder"),
        (["questions", "model"], "the following arguments are required: --out"),
        (["mark", "nowhere"], "nowhere"),
        (["questions", "nowhere", "--out", "x.html"], "nowhere"),
    ],
)
def test_bad_words_get_a_sentence(words, part, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = call(capsys, "classroom", *words)
    assert code == 2
    assert part in err
    assert list(tmp_path.iterdir()) == []


def test_outside_a_checkout_one_sentence_says_so(tmp_path):
    """As from a wheel: the package in another place, without the notebooks."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "minillm").symlink_to(ROOT / "minillm")
    run = [sys.executable, "-m", "minillm", "classroom", "build", "out"]
    work = tmp_path / "work"
    work.mkdir()
    result = subprocess.run(
        run, cwd=work, env={**os.environ, "PYTHONPATH": str(site)}, capture_output=True, text=True
    )
    assert result.returncode == 2
    assert result.stderr.startswith("minillm: `minillm classroom` makes its hand-outs of")
    assert result.stderr.count("\n") == 1
    assert list(work.iterdir()) == []


def test_without_its_packages_one_sentence_names_them(capsys, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "minillm.classroom.lessons", None)
    monkeypatch.chdir(tmp_path)
    code, _, err = call(capsys, "classroom", "build", "out")
    assert code == 2
    assert "pip install 'minillm[classroom]'" in err


def test_a_dev_container_installs_the_course():
    settings = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert (
        settings["postCreateCommand"]
        == "pip install -c constraints.txt -e '.[course,test,classroom]'"
    )
    assert settings["forwardPorts"] == [8888]
    assert "--port=8888" in settings["postAttachCommand"]
