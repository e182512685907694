"""The course as nbgrader's: its sources, repaired submissions, and grades one student at a time.

nbgrader is needed to grade, and not to write the sources. Not here: marks without nbgrader
(`marks`). nbgrader runs what students wrote as you: do it in a container, or for students you know.
"""

import ast
import copy
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from .handouts import GLOSSARY, glossary, student_notebook, write_notebook
from .hidden import hidden_cell
from .lessons import PREDICTION_POINTS, Lesson
from .predictions import OPEN, asking

SECONDS = 900  # for one submission; a lesson runs in 90
CLEANED = "cleaned"  # the folder of the repaired submissions, beside nbgrader's own
PRINT = re.compile(r"^print\(check_\w+\(\w+\)\)$", re.M)
CONFIG = f'''\
# What nbgrader needs to know of this course. Run its commands in this folder.
c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "minillm"
c.ClearSolutions.code_stub = {{"python": "..."}}  # a check calls this "Not attempted yet"
c.Execute.timeout = 120  # seconds for one cell; no cell of the course takes as long
c.Autograde.exclude_overwriting = {{}}
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".*", "{CLEANED}"]
'''


@dataclass(frozen=True)
class Graded:
    """What nbgrader found in a submission."""

    student: str
    points: float | None  # None if it could not be graded
    possible: float | None
    problem: str  # "" if there was none


def nbgrader_source(lessons: Sequence[Lesson], folder: Path) -> None:
    """Write an nbgrader course into a folder: its sources, and nbgrader_config.py.

    Every lesson with exercises is an assignment of its own, source/06_attention/06_attention.ipynb.
    ValueError if none has exercises.
    """
    chosen = [lesson for lesson in lessons if lesson.exercises]
    if not chosen:
        named = ", ".join(lesson.key for lesson in lessons) or "no lesson"
        raise ValueError(f"nbgrader grades exercises, and there are none in {named}")
    for lesson in chosen:
        assignment = folder / "source" / lesson.path.stem
        assignment.mkdir(parents=True, exist_ok=True)
        write_notebook(source_notebook(lesson), assignment / lesson.path.name)
        beside = [lesson.path.name]
        (assignment / GLOSSARY).write_text(glossary(beside), encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")


def source_notebook(lesson: Lesson) -> NotebookNode:
    """The hand-out of a lesson with its solutions and hidden tests, marked for nbgrader."""
    notebook = student_notebook(lesson, [lesson.path.name, GLOSSARY])
    exercises = {f"{lesson.key}.{exercise.name}": exercise for exercise in lesson.exercises}
    for cell in notebook.cells:
        known = cell.metadata.get("minillm", {})
        if "prediction" in known:
            number = known["prediction"]
            regions = f"### BEGIN SOLUTION\n{OPEN}\n### END SOLUTION"
            cell.source = asking(number).replace(f"\n{OPEN}\n", f"\n{regions}\n")
            _mark(cell, f"prediction-{number}", solution=True, points=PREDICTION_POINTS)
        elif "exercise" in known:
            exercise = exercises[known["exercise"]]
            solution = lesson.solution(exercise)
            if known["part"] == "stub":
                cell.source = solved(cell.source, solution)
                _mark(cell, known["exercise"], solution=True)
            else:
                name = exercise.name
                cell.source = "\n\n".join(
                    [PRINT.sub(_asserting(name), cell.source), hidden_cell(name, solution)]
                )
                _mark(cell, f"{known['exercise']}-check", points=exercise.points)
    return notebook


def solved(stub: str, solution: str) -> str:
    """A stub that holds the solution in the region that nbgrader replaces by `...`."""
    tree = ast.parse(solution)
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef))
    lines = solution.splitlines()
    if function.decorator_list or len(tree.body) > 1:  # goes in whole
        given = ", ".join(argument.arg for argument in function.args.args)
        lines = [f"    {line}".rstrip() for line in lines]
        lines += [f"    return {function.name}({given})"]
    else:
        first = function.body[0].lineno - 1
        while lines[first - 1].lstrip().startswith("#"):
            first -= 1
        lines = lines[first:]
    head, dots = stub.rstrip().rsplit("\n", 1)
    if dots.strip() != "...":
        raise ValueError(f"a stub ends with `...`, and this one with {dots.strip()!r}")
    return "\n".join([head, "    ### BEGIN SOLUTION", *lines, "    ### END SOLUTION"])


def _asserting(name: str) -> str:
    return f'said = check_{name}({name})\nprint(said)\nassert said.startswith("Right"), said'


def _mark(cell: NotebookNode, name: str, solution: bool = False, points: float = 0) -> None:
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": name.replace(".", "-"),
        "solution": solution,
        "grade": points > 0,
        "locked": not solution,
        "task": False,
        "cell_type": cell.cell_type,
    } | ({"points": points} if points else {})


def clean_submission(notebook: NotebookNode, released: NotebookNode) -> NotebookNode:
    """A copy of a student's notebook with each of nbgrader's cells in it once, as it was released.

    nbgrader stops at a copied cell, and counts a lost one as wrong. Of copies the last counts that
    the student has written in, as in a run from top to bottom; a deleted cell is put back, that for
    an answer as an empty one; changed metadata is put right; and a check stands behind its answer.
    """
    cleaned = copy.deepcopy(notebook)
    cells: list[NotebookNode] = cleaned.cells
    wanted = {_grade_id(cell): cell for cell in released.cells if _grade_id(cell)}
    chosen: dict[str, NotebookNode] = {}
    for name, original in wanted.items():
        copies = [cell for cell in cells if _grade_id(cell) == name] or [
            cell for cell in cells if not _grade_id(cell) and cell.get("id") == original.id
        ]
        written = [cell for cell in copies if not _same_source(cell, original)]
        if copies:
            chosen[name] = ((_is_answer(original) and written) or copies)[-1]
    kept = [id(cell) for cell in chosen.values()]
    for cell in cells:
        if id(cell) not in kept:
            cell.metadata.pop("nbgrader", None)
            stub = (o for o in wanted.values() if _is_answer(o) and _same_source(cell, o))
            if next(stub, None) is not None:
                cell.source = ""  # it would take the place of the answer
    before: NotebookNode | None = None
    for name, original in wanted.items():
        if name in chosen:
            _restore(chosen[name], original)
        else:
            chosen[name] = cell = copy.deepcopy(original)
            if _is_answer(original) and not original.metadata["nbgrader"]["grade"]:
                cell.source = ""
            cells.insert(_place(cells, before) + 1, cell)
        answer = chosen.get(name.removesuffix("-check"))
        if answer is not None and _place(cells, chosen[name]) < _place(cells, answer):
            del cells[_place(cells, chosen[name])]
            cells.insert(_place(cells, answer) + 1, chosen[name])
        before = chosen[name]
    _number_anew(cells)
    cleaned.nbformat, cleaned.nbformat_minor = 4, max(5, cleaned.get("nbformat_minor", 5))
    return cleaned


def _grade_id(cell: NotebookNode) -> str:
    known = cell.metadata.get("nbgrader")
    return str(known.get("grade_id", "")) if isinstance(known, dict) else ""


def _is_answer(cell: NotebookNode) -> bool:
    return bool(cell.metadata["nbgrader"]["solution"])


def _same_source(cell: NotebookNode, original: NotebookNode) -> bool:
    return bool(cell.source.strip() == original.source.strip())


def _place(cells: Sequence[NotebookNode], cell: NotebookNode | None) -> int:
    """The index of this very cell; -1 if it is None."""
    return next((i for i, other in enumerate(cells) if other is cell), -1)


def _restore(cell: NotebookNode, original: NotebookNode) -> None:
    """Give a cell the kind and the metadata that it was released with."""
    cell.cell_type = original.cell_type
    cell.metadata = copy.deepcopy(original.metadata)
    cell.pop("attachments", None)
    cell.setdefault("outputs", [])
    cell.setdefault("execution_count", None)
    if not _is_answer(original):
        cell.source = original.source


def _number_anew(cells: Sequence[NotebookNode]) -> None:
    """Give cells that share an id, or have none, one of their own."""
    known: set[str] = set()
    for cell in cells:
        if not cell.get("id") or cell["id"] in known:
            cell["id"] = uuid.uuid4().hex[:8]
        known.add(cell["id"])


def grade_class(course: Path, assignment: str, seconds: int = SECONDS) -> list[Graded]:
    """Grade what is in submitted/STUDENT/ASSIGNMENT and write feedback, one student at a time.

    A submission that can't be read, or takes more than `seconds`, stops nobody else's. What is
    graded is a repaired copy (`clean_submission`) in the course's folder `cleaned`; what came in
    stays as it is. Predictions and other cells that are graded by hand count once you have. In
    alphabetical order. ValueError if the assignment is not released, or nobody has submitted it.
    """
    try:
        import nbgrader  # noqa: F401
    except ImportError:
        raise ValueError("grade_class needs nbgrader: pip install 'minillm[classroom]'") from None
    if not any((course / "release" / assignment).glob("*.ipynb")):
        raise ValueError(
            f"{course / 'release' / assignment} holds no notebook: run "
            f"`nbgrader generate_assignment {assignment}` in {course} first"
        )
    folders = sorted((course / "submitted").glob(f"*/{assignment}"))
    if not folders:
        raise ValueError(f"there is no submitted/STUDENT/{assignment} in {course}")
    return [_graded(course, assignment, folder.parent.name, seconds) for folder in folders]


def _graded(course: Path, assignment: str, student: str, seconds: int) -> Graded:
    if re.search(r"[*?\[\]+]", student):  # nbgrader would look for several
        return Graded(student, None, None, f"nbgrader takes no {student!r} as a student's name")
    problem = _clean(course, assignment, student)
    for command in ("autograde", "generate_feedback"):
        problem = problem or _run(course, [command, assignment, f"--student={student}"], seconds)
    points, possible = (None, None) if problem else _score(course, assignment, student)
    return Graded(student, points, possible, problem)


def _clean(course: Path, assignment: str, student: str) -> str:
    """Write a repaired copy of a submission; what is wrong with it, if it can't be."""
    submitted = course / "submitted" / student / assignment
    cleaned = course / CLEANED / student / assignment
    shutil.rmtree(cleaned, ignore_errors=True)
    try:
        shutil.copytree(submitted, cleaned, symlinks=True)  # a link may lead to the teacher's files
    except (OSError, shutil.Error) as error:
        return f"it can't be copied: {' '.join(str(error).split())[:200]}"
    for original in sorted((course / "release" / assignment).glob("*.ipynb")):
        path = cleaned / original.name
        if not path.is_file():
            return f"there is no {original.name}"
        try:
            notebook = nbformat.read(path, as_version=4)
            repaired = clean_submission(notebook, nbformat.read(original, as_version=4))
            write_notebook(repaired, path)
        except Exception as error:  # whatever a file holds, it stops nobody else
            told = " ".join(str(error).split())[:200]
            return f"{original.name} is not a notebook that can be read: {told}"
    return ""


def _run(course: Path, command: Sequence[str], seconds: int) -> str:
    """Run one of nbgrader's commands; what went wrong, if it did."""
    options = ["--force", f"--CourseDirectory.submitted_directory={CLEANED}"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    with tempfile.TemporaryFile() as output:  # a pipe might be kept open by what a student started
        process = subprocess.Popen(
            [sys.executable, "-m", "nbgrader", *command, *options],
            cwd=course,
            env={**os.environ, "PATH": path},  # nbgrader calls alembic, which stands beside Python
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.terminate()  # lets it end the notebook's kernel
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                _kill(process)
                process.wait()
            return f"it was stopped after {seconds} seconds"
        output.seek(0)
        said = output.read().decode(errors="replace")
    lines = [line for line in said.splitlines() if "ERROR" in line] or said.splitlines()
    return f"nbgrader {command[0]}: {lines[-1] if lines else '?'}" if process.returncode else ""


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _score(course: Path, assignment: str, student: str) -> tuple[float, float]:
    from nbgrader.api import Gradebook

    gradebook: Any = Gradebook(f"sqlite:///{(course / 'gradebook.db').resolve()}")
    with gradebook:
        submission = gradebook.find_submission(assignment, student)
        return float(submission.score), float(submission.max_score)
