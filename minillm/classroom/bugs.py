"""The bug lab: each student's own bug, three symptoms beside a healthy run, a diagnosis.

Which bug a name gets follows from the name, so that a marker knows it, too. Not here: the bugs and
what is measured of them (`planted`,
`symptoms`).
"""

from __future__ import annotations  # a student's notebook imports this, and needs no nbformat

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from .. import plots
from .planted import BUGS
from .predictions import OPEN
from .symptoms import EQUAL, UNEQUAL, Run, observed

if TYPE_CHECKING:
    from nbformat import NotebookNode

CHOICES = dict(zip("abcdefghijklmnopqrstuvwxyz", sorted(bug.name for bug in BUGS)))
FEW_WORDS = 12  # in two sentences there are more
MAP = {
    "future": "weight on names that come later",
    "lowest sum": "lowest sum of a row",
    "highest sum": "highest sum of a row",
    "largest": "largest weight of a row, on average",
    "three back": "weight on the name three back, in the best head of the first layer",
}


@dataclass(frozen=True)
class Mark:
    """What a marker says of a piece of own work."""

    points: int
    of: int
    sentence: str


def normal_name(name: str) -> str:
    """A name as it counts: case, spaces at the ends or doubled, and Unicode's forms do not.

    ValueError if nothing is left, or nothing was written.

    >>> normal_name("  Ana   MARÍA ") == normal_name("ana mari\u0301a")
    True
    """
    if not isinstance(name, str):
        raise ValueError(f"name={name!r} is not a text; write your name in quotation marks")
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    plain = unicodedata.normalize("NFKC", plain)  # folding may have made letters that combine
    if not plain.strip(f"{OPEN}. "):
        raise ValueError(f"name={name!r} holds no name; write your own in place of the {OPEN}")
    return plain


def number_of(name: str, count: int) -> int:
    """From 0 to count - 1, by a name. Names that differ by one in a number get neighbours."""
    plain = normal_name(name)
    letters, digits = re.sub(r"\d+", "", plain), re.findall(r"\d+", plain)
    by_letters = int(hashlib.sha256(letters.encode()).hexdigest(), 16)
    return (by_letters + sum(map(int, digits))) % count


class Lab:
    """A tiny model with one bug, that of this name. Each look takes a few seconds.

    ValueError for a name that is none.
    """

    def __init__(self, name: str) -> None:
        self._number = number_of(name, len(BUGS))
        self.name = name

    def __repr__(self) -> str:
        return f"Lab({self.name!r}): one bug, {len(CHOICES)} that it may be"

    def curve(self) -> plots.Chart:
        """The loss on held-out rhymes while the model trains, beside that of a healthy run."""
        return _curve(self._run())

    def map(self) -> plots.Chart:
        """The attention maps after training, beside those of a healthy run."""
        return _map(self._run())

    def equality(self) -> None:
        """Print what should be equal, and by how much it is not."""
        _equality(self._run())

    def repair(self, diagnosis: str) -> plots.Chart:
        """Put the code of one of the CHOICES back as the course has it, and train again.

        If it was another bug, that changes nothing. ValueError for what is no choice.
        """
        named = choice(diagnosis)
        bug = next(bug for bug in BUGS if bug.name == named)
        print(f"In `{bug.where.partition('::')[2]}` the course has\n\n    {_code(bug.old)}\n")
        print(f"and you suspect\n\n    {_code(bug.new)}\n\nWith the course's code there:\n")
        run = observed(None) if bug is BUGS[self._number] else self._run()
        _equality(run)
        return _curve(run)

    def _run(self) -> Run:
        return observed(BUGS[self._number])


def choices() -> None:
    """Print what the bug may be, with a letter for each."""
    print("\n".join(f"{letter}  {name}" for letter, name in CHOICES.items()))


def choice(diagnosis: str) -> str:
    """The name of the bug that a diagnosis names, by its letter or in full.

    ValueError for anything else.
    """
    said = " ".join(diagnosis.casefold().split()).strip(" .")
    for letter, name in CHOICES.items():
        if said in (letter, name.casefold(), f"{letter} {name}".casefold()):
            return name
    raise ValueError(
        f"diagnosis={diagnosis!r} is none of the choices; write a letter, a to {letter}"
    )


def _code(text: str) -> str:
    return text.replace("\n", "\n    ")


def _row(text: str, yours: float, healthy: float, digits: int = 2) -> None:
    print(f"{text:70} {yours:9.{digits}f} {healthy:9.{digits}f}")


def _head() -> None:
    print(f"{'':70} {'yours':>9} {'healthy':>9}")


def _curve(run: Run) -> plots.Chart:
    healthy = observed(None)
    _head()
    for at in (0, 1, 3, 5, -1):
        text = f"loss on held-out rhymes after {run.steps[at]} steps (nats per name)"
        _row(text, run.valid[at], healthy.valid[at])
    _row("training loss in the last steps", run.train[-1], healthy.train[-1])
    lowest = run.figures["lowest"]
    print(f"\nNobody who sees only earlier names can get below {lowest:.2f}: the first round of a")
    print("rhyme is drawn by lot.")
    top = 2 * healthy.valid[0]
    series = {
        "yours": [min(loss, top) for loss in run.valid],
        "healthy": healthy.valid,
        "lowest": [lowest] * len(run.steps),
    }
    return plots.lines(
        [*map(float, run.steps)], series, "step", "loss (nats per name)", "Held-out rhymes"
    )


def _map(run: Run) -> plots.Chart:
    healthy = observed(None)
    _head()
    for key, text in MAP.items():
        _row(text, run.figures[key], healthy.figures[key])
    print("\nHeads 0 and 1 are yours, heads 2 and 3 those of the healthy run.")
    return plots.heads(
        torch.cat([run.weights, healthy.weights], dim=1).numpy(), "Rows take from columns"
    )


def _equality(run: Run) -> None:
    healthy = observed(None)
    _head()
    for key, (text, _) in EQUAL.items():
        _row(text, run.figures[key], healthy.figures[key], 3)
    print("\nAnd what should not be equal:")
    for key, text in UNEQUAL.items():
        _row(text, run.figures[key], healthy.figures[key], 3)


def bug_lab_notebook() -> NotebookNode:
    """The notebook of the lab, for students."""
    from .lessons import from_page

    return from_page("bug_lab")


def verdict(notebook: NotebookNode) -> Mark | None:
    """What a marker can say of a bug lab: whether the diagnosis is right.

    The evidence is for a teacher to read, by pages/bug_rubric.md. None if it is another notebook.
    """
    from .lessons import written_in

    written = written_in(notebook, "bug_lab")
    if written is None:
        return None
    try:
        name = (written_in(notebook, "name") or {}).get("name") or written.get("name", "")
        bug = BUGS[number_of(name, len(BUGS))]
    except ValueError as error:
        return Mark(0, 2, f"Bug lab: {error}.")
    diagnosis, evidence = (written.get(key, "").strip() for key in ("diagnosis", "evidence"))
    words = len(evidence.split())
    read = f"{words} words of evidence to read" if words >= FEW_WORDS else "hardly any evidence"
    if diagnosis in ("", OPEN, "..."):
        return Mark(0, 2, "Bug lab: no diagnosis yet.")
    try:
        is_right = choice(diagnosis) == bug.name
    except ValueError as error:
        return Mark(0, 2, f"Bug lab: {error}; {read}.")
    said = "right" if is_right else f"not right, it was that {bug.name}"
    return Mark(2 * is_right, 2, f"Bug lab: the diagnosis “{choice(diagnosis)}” is {said}; {read}.")
