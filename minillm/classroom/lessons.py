"""The notebooks of a checkout as lessons: what a reader does in each, and a copy that stands alone.

Not here: what a student or a teacher gets of them (`handouts`).
"""

import ast
import base64
import contextlib
import copy
import html
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from .html_page import PAGES

CHECKOUT = Path(__file__).parents[2]
EXERCISE = ("exercise", "check", "solution")  # the tags of its three cells, one after the other
POINTS = {"●○○": 1, "●●○": 2, "●●●": 3}  # of an exercise, by its level
PREDICTION_POINTS = 0.5  # of a prediction that was made before its result, be it right or wrong
COVER = "…\n"  # printed first, where JupyterLab would show the first line of a fold
PREDICT = "**Predict, then run.**"
FOLD = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.S)
IN_WORDS = ("nswer", "dangerous one")  # ends the summary of an answer in words
HEADING = re.compile(r"^### \d+ · (.+?) &nbsp; ([●○]{3}) &nbsp; (\d+) minutes?$", re.M)
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\((\.\./images/[\w.]+)\)")
SOURCE = re.compile(r"(<img\b[^>]*\bsrc=\")(\.\./images/[\w.]+)")


@dataclass(frozen=True)
class Exercise:
    """Three cells of a notebook: the stub at `at`, its check, its solution."""

    name: str  # of the function that is to be written
    title: str
    level: str  # ●○○ to ●●●
    minutes: int
    at: int

    @property
    def points(self) -> int:
        return POINTS[self.level]


@dataclass(frozen=True)
class Prediction:
    """A question that stands before its result."""

    number: str  # "06.1": the first in notebook 06
    at: int  # of the cell that asks, at whose end the question stands
    question: str
    answer: str  # what the folded text after the result says; "" if the text just goes on
    result: str  # what the next cell with outputs prints, and the words of its figures


@dataclass(frozen=True)
class Lesson:
    """A notebook of the course."""

    path: Path
    notebook: NotebookNode

    @property
    def key(self) -> str:
        """What it is called in a list of lessons: "06", or "appendix_tensors"."""
        number = self.path.stem[:2]
        return number if number.isdigit() else self.path.stem

    @property
    def title(self) -> str:
        return str(self.notebook.cells[0].source.splitlines()[0].lstrip("# "))

    @cached_property
    def exercises(self) -> list[Exercise]:
        found = []
        for at, cell in enumerate(self.notebook.cells):
            if "exercise" in tags(cell):
                heading = HEADING.findall(self.notebook.cells[at - 1].source)[-1]
                title, level, minutes = heading
                name = re.findall(r"^def (\w+)", cell.source, re.M)[-1]
                found.append(Exercise(name, title, level, int(minutes), at))
        return found

    def solution(self, exercise: Exercise) -> str:
        """The source that defines `NAME_solution`."""
        return definition(self.notebook.cells[exercise.at + 2].source)

    @cached_property
    def predictions(self) -> list[Prediction]:
        found: list[Prediction] = []
        cells = self.notebook.cells
        for at, cell in enumerate(cells):
            if cell.cell_type == "markdown" and PREDICT in cell.source:
                question = cell.source.rpartition(PREDICT)[2].strip()
                after = (c.source for c in cells[at + 1 : at + 4] if "<details>" in c.source)
                folded = FOLD.search(next(after, ""))
                answer = folded[2].strip() if folded else ""
                number = f"{self.key}.{len(found) + 1}"
                said = filter(None, map(_said, cells[at + 1 :]))
                found.append(Prediction(number, at, question, answer, next(said, "")))
        return found

    @cached_property
    def in_words(self) -> dict[str, dict[str, str]]:
        """Of each question in words, by its heading, the text and the answer, in Markdown."""
        fences = {"markdown": "{}", "code": "```python\n{}\n```"}
        cells = [fences[c.cell_type].format(uncovered(c.source)) for c in self.notebook.cells]
        found = {}
        for part in re.split(r"^### ", "\n\n".join(cells), flags=re.M):
            heading, _, text = part.partition("\n")
            for fold in FOLD.finditer(text):
                if HEADING.match(f"### {heading}") and fold[1].endswith(IN_WORDS):
                    question = FOLD.sub("", text[: fold.start()]).strip()
                    found[plain_heading(heading)] = {
                        "question": question,
                        "answer": fold[2].strip(),
                    }
        return found


def plain_heading(heading: str) -> str:
    """The heading of an exercise without its level and its minutes."""
    return heading.partition(" &nbsp;")[0]


def definition(source: str) -> str:
    """A check's cell, or a solution's, without the line that prints what it says."""
    return source[: source.rindex("\n\nprint(")].strip()


def uncovered(source: str) -> str:
    """A cell without the line that it prints first, which covers results that are stored."""
    return re.sub(rf'^print\("{COVER.strip()}"\)\n', "", source, flags=re.M)


def _said(cell: NotebookNode) -> str:
    """What a cell's outputs say in words; "" if it has none."""
    outputs = cell.get("outputs", [])
    said = (o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs)
    return "\n".join(text.removeprefix(COVER).strip("\n") for text in said if text)


def tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def find_lessons(chosen: Sequence[str] = ()) -> list[Lesson]:
    """The lessons of the checkout, or those of them that are named: "6", "06", "06_attention".

    Of one string several may be named, with commas between them.

    ValueError outside a checkout, or for a name that no notebook bears.
    """
    paths = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
    if not paths or not (CHECKOUT / "images").is_dir():
        raise ValueError(
            "`minillm classroom` makes its hand-outs of the course's notebooks, which an "
            "installed package does not hold; run it in a checkout of the project"
        )
    lessons = [Lesson(path, nbformat.read(path, as_version=4)) for path in paths]
    names = {lesson.path.stem: lesson for lesson in lessons} | {x.key: x for x in lessons}
    wanted = []
    for name in filter(None, re.split(r"[,\s]+", ",".join(chosen))):
        stem = Path(name).name.removesuffix(".ipynb")
        lesson = names.get(stem.zfill(2), names.get(stem))
        if lesson is None:
            raise ValueError(
                f"--lessons {name!r}: there is no such lesson; there are {keys(lessons)}"
            )
        wanted.append(lesson.key)
    if chosen and not wanted:
        raise ValueError(f"--lessons {chosen[0]!r} names none; there are {keys(lessons)}")
    return [lesson for lesson in lessons if not chosen or lesson.key in wanted]


def keys(lessons: Sequence[Lesson]) -> str:
    return ", ".join(lesson.key for lesson in lessons)


def sets_up(cell: NotebookNode) -> bool:
    """Whether exercises may need what a cell does: it is small data, or a definition."""
    return any(tag == "setup" or tag.startswith("minillm.") for tag in tags(cell))


def is_exercise(cell: NotebookNode) -> bool:
    """Whether a cell is one of an exercise's three."""
    return any(tag in EXERCISE for tag in tags(cell))


def cells_for_sandbox(lesson: Lesson) -> list[tuple[str, bool]]:
    """The code around a lesson's exercises, and of each cell whether all of it is needed."""
    return [
        (cell.source, sets_up(cell))
        for cell in lesson.notebook.cells
        if cell.cell_type == "code" and not is_exercise(cell)
    ]


def namespace(lesson: Lesson, module: str = "__main__") -> dict[str, Any]:
    """The names that a lesson's exercises need, and theirs: stubs, checks and solutions.

    Made by running its setup, its definitions and its exercises, without what they print. `module`
    is what its classes say they belong to.
    """
    names: dict[str, Any] = {"__name__": module}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in lesson.notebook.cells:
            if sets_up(cell) or is_exercise(cell):
                exec(compile(cell.source, lesson.path.name, "exec"), names)
    return names


def standing_alone(lesson: Lesson, beside: Sequence[str]) -> NotebookNode:
    """A copy whose pictures are inside it, and whose links lead to files that lie beside it.

    `beside` holds the names of those files. Of a link to another file the words are left.
    """
    notebook = copy.deepcopy(lesson.notebook)
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        cell.source = PICTURE.sub(_as_html, cell.source)
        cell.source = SOURCE.sub(lambda m: m[1] + _as_data(lesson.path.parent / m[2]), cell.source)
        cell.source = LINK.sub(lambda link: _mended(link, beside), cell.source)
    return notebook


def _as_html(picture: re.Match[str]) -> str:
    return f'<img alt="{html.escape(picture[1])}" src="{picture[2]}">'


def _as_data(picture: Path) -> str:
    """A picture inside its own address. JupyterLab shows no SVG that is a cell's attachment."""
    kind = "svg+xml" if picture.suffix == ".svg" else "png"
    return f"data:image/{kind};base64,{base64.b64encode(picture.read_bytes()).decode()}"


def _mended(link: re.Match[str], beside: Sequence[str]) -> str:
    words, target = link[1], link[2]
    if re.match(r"https?:|#", target):
        return link[0]
    file, mark, part = target.partition("#")
    name = Path(file).name
    return f"[{words}]({name}{mark}{part})" if name in beside else words


def from_page(name: str) -> NotebookNode:
    """A notebook of the kit's own, from pages/NAME.md.

    There each cell stands behind a line `<!-- markdown -->` or `<!-- code {"…": …} -->`, whose
    braces hold what the cell says of itself in its metadata.
    """
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    parts = re.split(r"^<!-- (code|markdown) ?(\{.*\})? ?-->\n", page, flags=re.M)[1:]
    for kind, said, source in zip(parts[::3], parts[1::3], parts[2::3]):
        make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        metadata = {"minillm": json.loads(said)} if said else {}
        number = f"{name.replace('_', '-')}-{len(notebook.cells)}"  # the same each time
        notebook.cells.append(make(source.strip("\n"), metadata=metadata, id=number))
    return notebook


def written_in(notebook: NotebookNode, kind: str) -> dict[str, str] | None:
    """The texts that are assigned in the code cells that say they are of that kind.

    None if there is no such cell. A cell that is not Python any more assigns nothing.
    """
    cells = [c for c in notebook.cells if c.cell_type == "code" and kind in kinds(c)]
    if not cells:
        return None
    found: dict[str, str] = {}
    for cell in cells:
        try:
            statements = ast.parse(cell.source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in statements:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                found |= {n: node.value.value for n in names if isinstance(node.value.value, str)}
    return found


def kinds(cell: NotebookNode) -> dict[str, object]:
    """What a cell of the kit says of itself in its metadata."""
    said = cell.metadata.get("minillm")
    if said is None and cell.get("id") == "name":  # some tools drop the metadata
        said = {"name": True}
    return said if isinstance(said, dict) else {}
