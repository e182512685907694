"""The lot: which of the solved exercises a student is asked about, and the questions on them.

Not here: what is asked (`viva`).
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from ..corpus.draw import Draw
from ..formats.files import read_json_object, write_json
from . import viva
from .bugs import normal_name
from .contents import helpers
from .feedback import Record
from .lessons import Lesson
from .verdicts import SOLVED

DRAWN = 2  # exercises that a student is asked about
Place = tuple[Record, dict[str, Any]]  # a solved exercise's notebook, and its verdict


def draw(name: str, *solved: Sequence[str]) -> list[str]:
    """The solved exercises, DRAWN at most, that a student is asked about: a lot, always the same.

    Of several lists the first is used up first. ValueError if there is none.
    """
    lots = [Draw("viva", normal_name(name)).shuffled(sorted(set(places))) for places in solved]
    if not any(lots):
        raise ValueError(f"{name} has solved no exercise, so there is nothing to draw")
    return list(dict.fromkeys(place for lot in lots for place in lot))[:DRAWN]


def questions_by_lot(
    records: Sequence[Record],
    lessons: Sequence[Lesson],
    read: Callable[[Record], NotebookNode],
    kept: Path,
    edition: str,
) -> list[dict[str, Any]]:
    """Questions to each student on exercises drawn by lot.

    Those that somebody else has come first, then those of a notebook with another hint.

    `read` gives the notebook of a record. What was made is kept in the folder `kept`, and made
    again for another edition of the package.
    """
    by_key = {lesson.key: lesson for lesson in lessons}
    solved: dict[str, dict[str, Place]] = {}
    for record in records:
        for verdict in record.verdicts:
            if verdict["state"] == SOLVED:
                theirs = solved.setdefault(record.page, {})
                place, new = f"{record.lesson}.{verdict['exercise']}", (record, verdict)
                # The last one counts, and does not hide what a hint is about.
                theirs[place] = max(new, theirs.get(place, new), key=_suspicion)
    drawn = [
        (page, place, *theirs[place])
        for page, theirs in solved.items()
        for place in _by_lot_of(theirs)
    ]
    found = []
    for page, place, record, verdict in drawn:
        name, source = record.name, verdict["source"]
        digest = hashlib.sha256(f"{edition} {page} {place} {source}".encode()).hexdigest()[:32]
        path = kept / f"board-{digest}.json"
        try:
            asked = read_json_object(path, "marks")
        except ValueError:
            lesson = by_key[record.lesson]
            added = helpers(read(record), lesson)
            try:
                questions = viva.questions(name, lesson, verdict["exercise"], source, added)
            except Exception as error:  # whatever it is, the others get theirs
                questions = [f"No question could be made ({type(error).__name__}: {error})."]
            asked = {"name": name, "exercise": place, "source": source, "questions": questions}
            write_json(path, asked)
            print(f"Questions for {name} on {place} are ready", flush=True)
        found.append(asked | {"page": page})
    return found


def _by_lot_of(theirs: dict[str, Place]) -> list[str]:
    """Of a student's solved exercises those that the lot falls on."""
    # Of an answer that is a table there is little to ask.
    code = [p for p, (_, v) in theirs.items() if re.search(r"\bdef |\blambda\b", v["source"])]
    there = code or [*theirs]
    lots = [[p for p in there if _suspicion(theirs[p]) >= least] for least in (2, 1, 0)]
    return draw(theirs[there[0]][0].name, *lots)


def _suspicion(place: Place) -> int:
    """2 for code that somebody else has, 1 for a notebook with another hint, else 0."""
    record, verdict = place
    return 2 if verdict["exercise"] in record.copied else int(bool(record.hints))
