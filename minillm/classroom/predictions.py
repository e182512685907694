"""A guess that is written down before its result.

Not here: whether it is right. What counts is that it was made.
"""

from __future__ import annotations  # a student's notebook imports this, and needs no nbformat

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

OPEN = "…"  # stands where the student is to write
QUESTION = re.compile(r"\s*keep\(\s*[\"']([\w.]+)[\"']\s*,\s*(.*?)\)?\s*$", re.S)


def keep(number: str, guess: str) -> None:
    """Say that a guess is kept, in one line; or that nothing is written yet.

    ValueError if the guess is no text.
    """
    if not isinstance(guess, str):
        raise ValueError(f"A guess is written between quotation marks; {guess!r} has none.")
    words = len(_written(guess).split())
    if words:
        print(f"Prediction {number} is kept ({words} word{'s' * (words > 1)}). Now run on.")
    else:
        print(f"Prediction {number}: nothing is written yet. Write in place of the {OPEN} first.")


def asking(number: str) -> str:
    """The source of the cell in which a guess is to be written."""
    return f'keep("{number}", """\n{OPEN}\n""")'


def made(notebook: NotebookNode) -> list[tuple[str, str, bool | None]]:
    """Each prediction of a student's notebook: (its number, the guess, whether it came first).

    The guess is "" if nothing is written. It came first if its cell ran before the next code cell,
    by their execution counts, or if that one has not run; None if its own cell has not run. The
    counts are those of the last run of each cell: that is all that a notebook stores.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    numbers = [_number(cell) for cell in code]
    found = []
    for at, (cell, number) in enumerate(zip(code, numbers)):
        if not number:
            continue
        after = (c for c, n in zip(code[at + 1 :], numbers[at + 1 :]) if not n)
        ran, then = cell.get("execution_count"), getattr(next(after, None), "execution_count", None)
        before = None if ran is None else then is None or ran < then
        found.append((number, _guess(cell.source), before))
    return found


def _number(cell: NotebookNode) -> str:
    """Which prediction a cell asks for; by its source, where a tool has dropped the metadata."""
    by_source = QUESTION.match(cell.source)
    known = cell.metadata.get("minillm")
    number = known.get("prediction") if isinstance(known, dict) else None
    return str(number or (by_source[1] if by_source else ""))


def _guess(source: str) -> str:
    """What stands as the second argument, also in a cell that is not Python any more."""
    try:
        calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
        call = next(c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "keep")
        given = [*call.args, *(k.value for k in call.keywords)][1]
    except (SyntaxError, ValueError, RecursionError, StopIteration, IndexError):
        text = QUESTION.match(source)
        return _written(text[2].strip("\"' \n")) if text else ""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return _written(given.value)
    return _written(ast.unparse(given))


def _written(guess: str) -> str:
    guess = guess.strip()
    return "" if guess in (OPEN, "...") else guess
