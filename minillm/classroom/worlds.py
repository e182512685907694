"""One's own island: a world for each student, the notebook that trains on it, and its marks.

The seed follows from the name, so no two reports are alike and each can be checked: of a seed the
cast, the facts and the questions are known without any training. To make a student's run again:

    minillm train --preset nano --world-seed SEED --out REPORTS/SEED
"""

from __future__ import annotations  # a student's notebook imports this, and needs no nbformat

import contextlib
import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .. import corpus
from ..corpus import Question
from ..corpus.draw import Draw
from ..runs.recipe import RECIPES
from ..runs.report import run_seeds, ten_of
from ..runs.run import run_recipe
from ..runs.stage import DONE
from .bugs import Mark, normal_name
from .predictions import OPEN

if TYPE_CHECKING:
    from nbformat import NotebookNode

WORLDS = 999_999  # seeds from 1 on; 0 is the world of the course
FOLDER = "runs/my_world"
ASKED = ("wording", "facts", "why", "whether", "unknown")  # families of the five questions
FIGURES = ("loss", "counting", "right")  # that a student copies from the report
FEW_WORDS = 30  # an explanation has more
STATED = re.compile(r"^\| data \| the bundled world(?: of seed (\d{1,9}))? \|$", re.M)
NEAR = 0.1  # by how much figures of a run that was made again on another machine may differ


def world_seed(name: str) -> int:
    """The seed of a student's world, 1 to 999,999. ValueError for a name that is none.

    >>> world_seed("Ana María") == world_seed(" ana  MARÍA")
    True
    """
    digest = hashlib.sha256(normal_name(name).encode()).hexdigest()
    return int(digest, 16) % WORLDS + 1


def train(name: str, folder: str | Path = FOLDER) -> Path:
    """Train the preset `nano` on the world of that name, or go on where it stopped.

    About six minutes on two cores; nothing is done if it is there. ValueError for a folder that
    holds something else.
    """
    folder, seed = Path(folder), world_seed(name)
    if (folder / DONE).exists() and run_seeds(folder)[1] == seed:
        print(f"{folder} holds the model of world {seed}")
    else:
        run_recipe(replace(RECIPES["nano"], world_seed=seed), folder)
    return folder


def report(folder: str | Path = FOLDER) -> str:
    """The report of a run as Markdown, for a notebook that lies beside the run's folder."""
    path = Path(folder) / "report.md"
    return path.read_text(encoding="utf-8").replace("(loss.svg)", f"({path.with_name('loss.svg')})")


def five_questions(name: str) -> list[Question]:
    """Five questions in English about the island of that name, none of them in its training text.

    A fact in new words, one of a friend about whom nothing was asked in training, a why, a
    whether; and what nothing on the island answers.
    """
    seed = world_seed(name)
    questions, draw = corpus.held_out_questions(world_seed=seed), Draw("five questions", seed)
    return [
        draw.choice([q for q in questions if q.family == family and q.language == "en"])
        for family in ASKED
    ]


def texts(name: str, count: int = 20) -> list[str]:
    """English texts of that island that its model has not read."""
    written = corpus.validation_documents(megabytes=0.1, world_seed=world_seed(name))
    return [text for text in written if text.isascii()][:count]


def own_world_notebook() -> NotebookNode:
    """The notebook of one's own world, for students."""
    from .lessons import from_page

    return from_page("my_world")


# --- marking ----------------------------------------------------------------------------------


def check_world(name: str, text: str) -> str:
    """ "" if this report is of the world of that name, else one sentence.

    Compared are the seed that it states, and its ten questions and right answers with those of the
    world: nothing is trained.
    """
    seed = world_seed(name)
    stated = STATED.search(text)
    if not stated:
        return "This is no report of a run on a bundled world."
    if int(stated[1] or 0) != seed:
        return f"The report is of world {stated[1] or 0}; that of {name} is {seed}."
    wanted = [q.answer for q in ten_of(corpus.held_out_questions(world_seed=seed))]
    found = re.findall(r"^   - wanted: (.*)$", text, re.M)
    wrong = sum(a != b for a, b in zip(wanted, found)) + abs(len(wanted) - len(found))
    return f"{wrong} of its ten answers are not those of world {seed}." if wrong else ""


def scores(text: str) -> dict[str, float]:
    """The figures of a report: nats per token of the model (`loss`) and of the best that counting
    does (`counting`), per cent of right answers of all but reading after fine-tuning (`right`).

    ValueError if it lacks one.
    """
    rows = {
        row[0].strip(" *"): row[1:]
        for row in (line.strip("| ").split(" | ") for line in text.splitlines() if line[:1] == "|")
    }
    try:
        counted = [float(rows[f"{n}-gram"][0]) for n in range(1, 6)]
        right = rows["all but reading"][-1].strip("*% ")
        return {
            "loss": float(rows["this model"][0]),
            "counting": min(counted),
            "right": float(right),
        }
    except (KeyError, IndexError, ValueError):
        raise ValueError("a report of a whole run was expected, with its three figures") from None


def seed_in(notebook: NotebookNode) -> int | None:
    """Which world a report is of: the seed that it states, else that of the name; None without."""
    if stated := STATED.search(_report_in(notebook)):
        return int(stated[1] or 0)
    with contextlib.suppress(ValueError):
        return world_seed(_name_in(notebook))
    return None


def made_again(notebook: NotebookNode, reports: Path | None) -> str:
    """REPORTS/SEED/report.md of the notebook's name; "" if the teacher has not made that run."""
    with contextlib.suppress(ValueError, FileNotFoundError):
        if reports:
            path = reports / str(world_seed(_name_in(notebook))) / "report.md"
            return path.read_text(encoding="utf-8")
    return ""


def evaluate(notebook: NotebookNode, reports: Path | None = None) -> Mark | None:
    """What a marker can say of a report on one's own world; None if it is another notebook.

    The figures are compared with REPORTS/SEED/report.md if the teacher has made the run again, else
    with the report that the notebook shows. What is explained is for the teacher to read, by
    pages/world_rubric.md.
    """
    from .lessons import kinds, written_in

    written = written_in(notebook, "own_world")
    if written is None:
        return None
    name = _name_in(notebook)
    try:
        seed = world_seed(name)
    except ValueError as error:
        return Mark(0, 8, f"Own world: {error}.")
    shown, again = _report_in(notebook), made_again(notebook, reports)
    points, said = 0, []
    trouble = check_world(name, shown) if shown else "It shows no report of a run."
    points += not trouble
    said.append(trouble or f"The report is that of world {seed}.")
    if again or not trouble:
        try:
            right = scores(again or shown)
        except ValueError as error:
            said.append(f"Its figures can't be read: {error}.")
        else:
            wrong = [
                key for key in FIGURES if not _near(written.get(key, ""), right[key], bool(again))
            ]
            points += len(FIGURES) - len(wrong)
            of = "the run made again" if again else "the report that is shown"
            told = ", ".join(f"{key} ({right[key]:g})" for key in wrong)
            said.append(f"Not as in {of}: {told}." if wrong else f"All figures are those of {of}.")
    sorted_ = re.findall(r"[1-5]", written.get("knows", "") + written.get("invents", ""))
    if sorted(sorted_) == list("12345"):
        points += 1
    else:
        said.append("The five questions are not sorted into `knows` and `invents`.")
    head = re.search(r"\d+\.\d+", written.get("head", ""))
    if head and all(_number(written.get(key, "")) is not None for key in ("effect", "others")):
        points += 1
    else:
        said.append("The head, its effect or that of others is missing.")
    words = len(written.get("failure", "").replace(OPEN, "").split())
    points += words >= FEW_WORDS
    said.append(f"The failure is explained in {words} words, to be read.")
    pages = [c.source for c in notebook.cells if kinds(c).get("own_world") == "words"]
    left = sum(page.strip().endswith(OPEN) for page in pages)
    points += not left
    said += [f"{left} of {len(pages)} parts of the text are not written."] if left else []
    return Mark(points, 8, f"Own world: {' '.join(said)}")


def _name_in(notebook: NotebookNode) -> str:
    from .lessons import written_in

    return (written_in(notebook, "name") or {}).get("name", "")


def _report_in(notebook: NotebookNode) -> str:
    """The report that a notebook shows; "" if it shows none."""
    from .lessons import kinds

    return "\n".join(_shown(c) for c in notebook.cells if kinds(c).get("own_world") == "report")


def _shown(cell: NotebookNode) -> str:
    """The text that a cell has left."""
    found: list[object] = []
    for output in cell.get("outputs", []):
        data = output.get("data") if isinstance(output, dict) else None
        said = output.get("text") if isinstance(output, dict) else None
        found.append(said or (data.get("text/markdown") if isinstance(data, dict) else None))
    return "\n".join(text for text in found if isinstance(text, str))


def _number(text: str) -> float | None:
    found = re.search(r"-?\d+(?:[.,]\d+)?", text)
    return float(found[0].replace(",", ".")) if found else None


def _near(text: str, right: float, is_again: bool) -> bool:
    """Whether this number is that one, to the digits that are given, or of a run made again."""
    value = _number(text)
    if value is None:
        return False
    if is_again:
        return abs(value - right) <= NEAR * abs(right)
    digits = len((re.findall(r"\d[.,](\d+)", text) or [""])[0])
    return abs(value - right) <= 0.5 * 10**-digits + 1e-9 and (digits > 0 or right >= 10)
