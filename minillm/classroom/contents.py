"""What a student's notebook holds: the lesson, the name, the attempts, the answers in words.

Not here: where it lies (`submissions`), and whether it is right (`verdicts`).
"""

import ast
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from .answers import python
from .handouts import ANSWER, student_notebook
from .lessons import Exercise, Lesson, keys, kinds, plain_heading, tags, uncovered, written_in

LONGEST_TEXT = 5000  # letters that are shown to the teacher
MINE = re.compile(rf"\s*\*{{,2}}{ANSWER.strip('*')}\*{{,2}}\s*", re.I)  # bold or not


def lesson_of(notebook: NotebookNode, stem: str, lessons: Sequence[Lesson]) -> Lesson:
    """The lesson that a notebook names, else that of its file's name, else of its functions.

    ValueError if none is found.
    """
    by_key = {lesson.key: lesson for lesson in lessons}
    said = notebook.metadata.get("minillm")
    key = said.get("lesson") if isinstance(said, dict) else None
    if not key and any("solution" in tags(cell) for cell in notebook.cells):
        raise ValueError(
            "This is the course's own notebook or the teacher's copy, with the solutions in it: "
            "hand in the one for students."
        )
    if isinstance(key, str) and key in by_key:
        return by_key[key]
    for lesson in lessons:
        if lesson.path.stem in stem:
            return lesson
    defined = {name for cell in code_cells(notebook) for name in _defined(cell.source)}
    shared = {x.key: len(defined & {one.name for one in x.exercises}) for x in lessons}
    if (most := max(shared.values())) and list(shared.values()).count(most) == 1:
        return by_key[max(shared, key=shared.__getitem__)]
    for number in re.findall(r"(?<!\d)\d{2}(?!\d)", stem):
        if number in by_key:
            return by_key[number]
    raise ValueError(
        "It does not say which lesson it is: give the file the name that it had, "
        f"with one of these in it: {keys(lessons)}."
    )


def name_in(notebook: NotebookNode) -> str:
    """What stands as `name = "…"` in the cell that asks for it; "" if nothing does."""
    name = " ".join((written_in(notebook, "name") or {}).get("name", "").split())
    name = unicodedata.normalize("NFC", name)[:80]
    name = "".join(c for c in name if c.isprintable())  # it will be shown in a terminal, too
    return name if name.strip(" …._") else ""


def one_name(a: str, b: str) -> bool:
    """Whether two names may be one person's: the words of one, accents aside, are in the other.

    Or both have the same letters: some names are written with spaces and without.
    """
    plain = (unicodedata.normalize("NFKD", name.casefold()) for name in (a, b))
    bare = (re.sub(r"[\u0300-\u036f'’]", "", name) for name in plain)
    first, second = (re.findall(r"[^\W_]+", name) for name in bare)
    if not (first and second):
        return False
    within = set(first) <= set(second) or set(second) <= set(first)
    return within or sorted("".join(first)) == sorted("".join(second))


@dataclass(frozen=True)
class Attempt:
    """A cell in which a student has worked on an exercise, and what its function is called."""

    source: str
    name: str


def attempts(notebook: NotebookNode, exercise: Exercise, lesson: Lesson) -> list[Attempt]:
    """What a student has written for an exercise, wherever the cell is now; the last one last."""
    place = {"exercise": f"{lesson.key}.{exercise.name}", "part": "stub"}
    found = []
    for cell in code_cells(notebook):
        meant = cell.metadata.get("minillm") == place
        defined = _defined(cell.source)
        name = exercise.name if exercise.name in defined or not meant else ["", *defined][-1]
        if name in defined:
            written = not defined[name]
        else:  # no Python any more, but more than comments
            named = meant or re.search(rf"^def {exercise.name}\b", cell.source, re.M)
            code = re.search(r"^\s*[^#\s]", cell.source, re.M)
            name, written = exercise.name, bool(named and code and not _parsed(cell.source))
        if written:
            found.append(Attempt(cell.source, name))
    return list(dict.fromkeys(found))


def helpers(notebook: NotebookNode, lesson: Lesson) -> list[str]:
    """The cells that a student has added, or written into, which may define what others use."""
    given = {uncovered(cell.source).strip() for cell in lesson.notebook.cells}
    ids = {c.get("id") for c in lesson.notebook.cells if "exercise" not in tags(c)}
    return [
        cell.source
        for cell in code_cells(notebook)
        if uncovered(cell.source).strip() not in given and cell.get("id") not in ids
    ]


def is_blank(notebook: NotebookNode, lesson: Lesson) -> bool:
    """Whether no code cell is another than in the hand-out, but for that of the name."""
    given = {cell.source for cell in student_notebook(lesson, []).cells}
    cells = [cell for cell in code_cells(notebook) if "name" not in kinds(cell)]
    return all(cell.source in given for cell in cells)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _parsed(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(python(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _defined(source: str) -> dict[str, bool]:
    """The functions of a cell, in order, and whether each is still empty."""
    found = {}
    for statement in _parsed(source):
        if isinstance(statement, ast.FunctionDef):
            found[statement.name] = all(
                isinstance(line, ast.Pass)
                or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
                for line in statement.body
            )
        elif isinstance(statement, ast.Assign) and not isinstance(statement.value, ast.Constant):
            found |= {t.id: False for t in statement.targets if isinstance(t, ast.Name)}
    return found


def words_in(notebook: NotebookNode, lesson: Lesson | None = None) -> list[dict[str, str]]:
    """What a student has written in words, for a teacher to read, each with where it stands."""
    found, heading, mine = [], "At the beginning", False
    kit = student_notebook(lesson, []).cells if lesson else []
    ids, sources = {cell.id for cell in kit}, {cell.source for cell in kit}
    kept = any(cell.get("id") in ids for cell in notebook.cells)  # some tools drop the ids
    for cell in notebook.cells:
        name, label = str(cell.get("id")), MINE.match(cell.source)
        below = mine and kept and name not in ids and cell.source not in sources
        mine = cell.cell_type == "markdown" and bool(
            label or below or name.startswith("answer-") or kinds(cell).get("own_world") == "words"
        )
        if mine:
            text = cell.source[label.end() if label else 0 :][:LONGEST_TEXT]
            found.append({"where": plain_heading(heading), "text": text})
        elif cell.cell_type == "markdown":
            heading = [heading, *re.findall(r"^##+ (.+)", cell.source, re.M)][-1]
    for kind in ("bug_lab", "own_world"):
        for name, text in (written_in(notebook, kind) or {}).items():
            found.append({"where": name, "text": text.strip()[:LONGEST_TEXT]})
    return [one for one in found if one["text"].strip(" …._*")]
