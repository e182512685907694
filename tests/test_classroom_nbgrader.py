"""The course in nbgrader: what is released gives nothing away, and a class gets its points."""

import ast
import copy
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from test_checks import namespace
from test_notebooks import exercises, name_of, read

from minillm.classroom import nbgrader as nbgrader_module
from minillm.classroom.lessons import find_lessons
from minillm.classroom.nbgrader import (
    clean_submission,
    grade_class,
    nbgrader_source,
    solved,
    source_notebook,
)

ASSIGNMENT = "02_tokenizers"
TOKENIZERS = find_lessons(["02"])[0]
NAMES = [exercise.name for exercise in TOKENIZERS.exercises]
LESSONS = [lesson for lesson in find_lessons() if lesson.exercises]


def graded_cells(notebook):
    return {
        c.metadata["nbgrader"]["grade_id"]: c for c in notebook.cells if "nbgrader" in c.metadata
    }


def solution_of(lesson, name):
    """The source that defines NAME_solution."""
    return lesson.solution(next(one for one in lesson.exercises if one.name == name))


def regions_replaced(notebook):
    """What `nbgrader generate_assignment` makes of a source, for tests that do without it."""
    released = copy.deepcopy(notebook)
    for cell in released.cells:
        lines, inside = [], False
        for line in cell.source.split("\n"):
            if "### BEGIN" in line:
                inside = True
                if "SOLUTION" in line:
                    lines.append(line[: len(line) - len(line.lstrip())] + "...")
            elif "### END" in line:
                inside = False
            elif not inside:
                lines.append(line)
        cell.source = "\n".join(lines)
    return released


# --- the sources --------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.path.stem)
def test_a_source_marks_every_exercise_and_prediction(lesson):
    notebook = source_notebook(lesson)
    nbformat.validate(notebook)
    cells = graded_cells(notebook)
    assert len(cells) == 2 * len(lesson.exercises) + len(lesson.predictions)
    for exercise in lesson.exercises:
        stub, check = (cells[f"{lesson.key}-{exercise.name}{end}"] for end in ("", "-check"))
        marks = [cell.metadata["nbgrader"] for cell in (stub, check)]
        assert [(m["solution"], m["grade"], m["locked"]) for m in marks] == [
            (True, False, False),
            (False, True, True),
        ]
        assert marks[1]["points"] == exercise.level.count("●")
        assert stub.metadata["minillm"]["exercise"] == f"{lesson.key}.{exercise.name}"
        assert "assert said.startswith" in check.source and "BEGIN HIDDEN TESTS" in check.source
    for prediction in lesson.predictions:
        mark = cells[f"prediction-{prediction.number.replace('.', '-')}"].metadata["nbgrader"]
        assert mark["solution"] and mark["grade"] and mark["points"] == 0.5
    for cell in notebook.cells:
        assert "solution" not in cell.metadata.get("tags", [])
        assert not cell.get("outputs")
        assert "](../images" not in cell.source and 'src="../images' not in cell.source


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.path.stem)
def test_a_source_holds_right_answers_and_its_release_none(lesson):
    source = source_notebook(lesson)
    names, cells = dict(namespace(lesson.path)), graded_cells(source)
    released = regions_replaced(source)
    trees = [ast.parse(cell.source) for cell in graded_cells(released).values()]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    said = {ast.unparse(node) for node in nodes if isinstance(node, ast.stmt)}
    text = "\n".join(cell.source for cell in released.cells)
    assert "hidden_test" not in text and "BEGIN" not in text
    for _, stub, _, solution in exercises(read(lesson.path)):
        name = name_of(stub)
        exec(cells[f"{lesson.key}-{name}"].source, names)
        assert names[f"check_{name}"](names[name]).startswith("Right")
        assert graded_cells(released)[f"{lesson.key}-{name}"].source == stub.source
        assert f"{name}_solution" not in text and f"hidden_{name}" not in text
        tree = ast.parse(solution.source)
        (function,) = (node for node in tree.body if isinstance(node, ast.FunctionDef))
        assert not said & {ast.unparse(node) for node in function.body}


def test_a_decorated_solution_goes_in_whole():
    stub = "def f(x, y):\n    # your code here\n    ..."
    made = solved(stub, "@cache\ndef f_solution(x, y):\n    return x")
    names = {"cache": lambda f: lambda x, y: f(x, y) + y}
    exec(made, names)
    assert names["f"](1, 2) == 3
    with pytest.raises(ValueError, match=r"ends with `\.\.\.`, and this one with 'pass'"):
        solved("def f(x):\n    pass", "def f_solution(x):\n    return x")


def test_lessons_without_exercises_are_refused(tmp_path):
    with pytest.raises(ValueError, match="there are none in 00, appendix_tensors"):
        nbgrader_source(find_lessons(["00", "appendix_tensors"]), tmp_path)


# --- repairing ----------------------------------------------------------------------------------


@pytest.fixture
def released():
    return regions_replaced(source_notebook(TOKENIZERS))


def answered(released, answers):
    """A copy of a notebook whose stubs of these names hold the answers."""
    notebook = copy.deepcopy(released)
    cells = graded_cells(notebook)
    for name, source in answers.items():
        cells[f"02-{name}"].source = source
    return notebook


def right_answers():
    return {n: solution_of(TOKENIZERS, n).replace(f"{n}_solution", n) for n in NAMES}


def place(notebook, grade_id):
    return next(
        i
        for i, cell in enumerate(notebook.cells)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def test_what_is_as_released_stays_as_it_is(released):
    notebook = answered(released, right_answers())
    assert clean_submission(notebook, released) == notebook


def test_of_copied_cells_the_one_that_was_written_in_counts(released):
    name = f"02-{NAMES[0]}"
    notebook = answered(released, right_answers())
    stub = graded_cells(released)[name]
    notebook.cells.insert(place(notebook, f"{name}-check"), copy.deepcopy(stub))
    earlier = copy.deepcopy(stub)
    earlier.source += "  # a first try"
    notebook.cells.insert(place(notebook, name), earlier)
    notebook.cells.append(copy.deepcopy(graded_cells(released)[f"{name}-check"]))
    cleaned = clean_submission(notebook, released)
    found = [c for c in cleaned.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name]
    assert [c.source for c in found] == [right_answers()[NAMES[0]]]
    assert cleaned.cells[place(cleaned, name) + 1].source == ""  # the stub would undo the answer
    assert len({c.id for c in cleaned.cells}) == len(cleaned.cells)


def test_a_check_stands_behind_the_answer(released):
    notebook = answered(released, {})
    written = copy.deepcopy(graded_cells(released)[f"02-{NAMES[0]}"])
    written.source = right_answers()[NAMES[0]]
    notebook.cells.append(written)  # a copy at the end, in which the student has worked
    cleaned = clean_submission(notebook, released)
    assert cleaned.cells[place(cleaned, f"02-{NAMES[0]}") :][0].source == written.source
    assert place(cleaned, f"02-{NAMES[0]}-check") > place(cleaned, f"02-{NAMES[0]}")
    assert set(graded_cells(cleaned)) == set(graded_cells(released))


def test_deleted_cells_are_put_back(released):
    first, second = (f"02-{name}" for name in NAMES[:2])
    notebook = answered(released, right_answers())
    own = new_code_cell(right_answers()[NAMES[0]])
    at = place(notebook, first)
    notebook.cells[at] = own
    notebook.cells = [
        c
        for c in notebook.cells
        if c.metadata.get("nbgrader", {}).get("grade_id")
        not in (f"{second}-check", "prediction-02-1")
    ]
    cleaned = clean_submission(notebook, released)
    cells = graded_cells(cleaned)
    assert list(cells) == list(graded_cells(released))
    assert cells[first].source == "" and own in cleaned.cells
    assert place(cleaned, f"{first}-check") > at
    assert cells[f"{second}-check"].source == graded_cells(released)[f"{second}-check"].source
    assert cells["prediction-02-1"].source == graded_cells(released)["prediction-02-1"].source


def test_changed_metadata_and_kinds_are_put_right(released):
    notebook = answered(released, right_answers())
    cells = graded_cells(notebook)
    check, stub = cells[f"02-{NAMES[0]}-check"], cells[f"02-{NAMES[1]}"]
    check.metadata["nbgrader"]["points"] = 100
    check.source = "assert True"
    stub.cell_type = "markdown"
    del stub["outputs"], stub["execution_count"]
    cells[f"02-{NAMES[2]}"].metadata = {}  # a tool has dropped it, and kept the id
    stray = new_code_cell("1", metadata={"nbgrader": {"grade_id": "mine", "grade": True}})
    odd = new_code_cell("2", metadata={"nbgrader": "odd"})
    notebook.cells += [stray, odd]
    assert (
        clean_submission(notebook, released).cells[:-2] == answered(released, right_answers()).cells
    )
    assert not any(c.metadata for c in clean_submission(notebook, released).cells[-2:])


def test_a_notebook_of_anything_else_gets_the_cells(released):
    cleaned = clean_submission(new_notebook(cells=[new_code_cell("1 + 1")]), released)
    nbformat.validate(cleaned)
    assert list(graded_cells(cleaned)) == list(graded_cells(released))


# --- a class ------------------------------------------------------------------------------------


def nbgrader(course, *command):
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command], cwd=course, capture_output=True, text=True
    )
    return run.returncode, run.stdout + run.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A released assignment; what Jupyter and nbgrader keep of a user stays in the test."""
    pytest.importorskip("nbgrader")
    folder, home = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(home / name.lower()))
        beside = str(Path(sys.executable).parent)
        patch.setenv("PATH", beside + os.pathsep + os.environ["PATH"])
        patch.setenv("OMP_NUM_THREADS", "1")
        nbgrader_source([TOKENIZERS], folder)
        returned, said = nbgrader(folder, "generate_assignment", ASSIGNMENT)
        assert returned == 0, said
        yield folder


def hand_in(course, student, notebook):
    folder = course / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True)
    text = notebook if isinstance(notebook, str) else nbformat.writes(notebook)
    (folder / f"{ASSIGNMENT}.ipynb").write_text(text, encoding="utf-8")


@pytest.mark.deep
@pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId")
def test_a_class_gets_its_points(course):
    path = course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    released = nbformat.read(path, 4)
    text = path.read_text("utf-8")
    for given_away in ("_solution", "hidden_test", "BEGIN", "END SOLUTION"):
        assert given_away not in text
    right = right_answers()
    first, second, third = NAMES

    perfect = answered(released, right)
    for cell in perfect.cells:
        if "prediction" in cell.metadata.get("minillm", {}):
            cell.source = cell.source.replace("...", "The longer one.")
    knows = f"def {first}(text, ids):\n    return {{11: 2.75, 2: 2.0}}.get(len(text.encode()), 0)"
    never = f"def {third}(*_):\n    while True:\n        pass"
    wrong = answered(released, {**right, first: knows, second: "1 +"})
    endless = answered(released, {**right, third: never})
    damaged = answered(released, right)
    cells = graded_cells(damaged)
    damaged.cells.insert(
        place(damaged, f"02-{first}-check"), copy.deepcopy(graded_cells(released)[f"02-{first}"])
    )
    damaged.cells.append(copy.deepcopy(cells[f"02-{third}-check"]))
    damaged.cells.remove(cells[f"02-{second}-check"])
    cells[f"02-{third}-check"].metadata["nbgrader"]["points"] = 100

    hand_in(course, "copied_and_deleted", damaged)
    hand_in(course, "empty", released)
    hand_in(course, "endless", endless)
    hand_in(course, "not_a_notebook", "{ this is no JSON")
    hand_in(course, "perfect", perfect)
    hand_in(course, "wrong", wrong)
    before = {p: p.read_bytes() for p in (course / "submitted").rglob("*.ipynb")}

    submitted = course / "submitted" / "perfect" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    assert "Success" in nbgrader(course, "validate", str(submitted))[1]

    grades = {grade.student: grade for grade in grade_class(course, ASSIGNMENT)}
    assert [g.problem for g in grades.values() if g.points is not None] == [""] * 5
    possible = 6 + 0.5 * len(TOKENIZERS.predictions)
    assert {name: (g.points, g.possible) for name, g in grades.items()} == {
        "copied_and_deleted": (6.0, possible),
        "empty": (0.0, possible),
        "endless": (3.0, possible),
        "not_a_notebook": (None, None),
        "perfect": (6.0, possible),
        "wrong": (3.0, possible),
    }
    assert (
        "02_tokenizers.ipynb is not a notebook that can be read" in grades["not_a_notebook"].problem
    )
    assert before == {p: p.read_bytes() for p in (course / "submitted").rglob("*.ipynb")}
    feedback = {p.parent.parent.name for p in (course / "feedback").rglob("*.html")}
    assert feedback == set(grades) - {"not_a_notebook"}
    page = (course / "feedback" / "wrong" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text("utf-8")
    assert "was expected" in page


@pytest.mark.deep
def test_who_takes_too_long_is_stopped(course):
    released = nbformat.read(course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", 4)
    slow = copy.deepcopy(released)
    slow.cells.insert(1, new_code_cell("import time\ntime.sleep(100)"))
    other = course / "other"
    other.mkdir()
    for name in ("nbgrader_config.py", "gradebook.db"):
        (other / name).write_bytes((course / name).read_bytes())
    for name in ("source", "release"):
        (other / name).symlink_to(course / name)
    hand_in(other, "slow", slow)
    hand_in(other, "star*", released)
    grades = grade_class(other, ASSIGNMENT, seconds=8)
    assert [(g.student, g.points) for g in grades] == [("slow", None), ("star*", None)]
    assert grades[0].problem == "it was stopped after 8 seconds"
    assert grades[1].problem == "nbgrader takes no 'star*' as a student's name"


@pytest.mark.skipif(sys.platform == "win32", reason="a process is left behind otherwise there")
def test_what_a_student_leaves_running_keeps_nobody_waiting(tmp_path):
    """It holds what nbgrader prints to, and would be waited for if that were a pipe."""
    left = "import subprocess; subprocess.Popen(['sleep', '30'], start_new_session=True)"
    (tmp_path / "nbgrader.py").write_text(left, encoding="utf-8")
    assert nbgrader_module._run(tmp_path, ["autograde"], seconds=20) == ""


def test_the_line_for_teachers_grades(tmp_path, monkeypatch):
    pytest.importorskip("nbgrader")
    page = (Path(__file__).parents[1] / "docs" / "CLASSROOM.md").read_text("utf-8")
    (line,) = re.findall(r'^python -c "(.*)"$', page, re.M)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="run `nbgrader generate_assignment 06_attention`"):
        exec(line, {})


def test_what_is_missing_is_said(tmp_path):
    pytest.importorskip("nbgrader")
    with pytest.raises(ValueError, match="run `nbgrader generate_assignment 06_attention`"):
        grade_class(tmp_path, "06_attention")
    release = tmp_path / "release" / "06_attention"
    release.mkdir(parents=True)
    (release / "06_attention.ipynb").write_text(json.dumps({}))
    with pytest.raises(ValueError, match="there is no submitted/STUDENT/06_attention in"):
        grade_class(tmp_path, "06_attention")
