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
    """Questions to each student on exercises drawn by lot: those that somebody else has come first.

    `read` gives the notebook of a record. What was made is kept in the folder `kept`, and made
    again for another edition of the package.
    """
    by_key = {lesson.key: lesson for lesson in lessons}
    solved: dict[str, dict[str, Place]] = {}
    for record in records:
        theirs = solved.setdefault(record.page, {})
        for verdict in record.verdicts:
            if verdict["state"] == SOLVED:
                place = f"{record.lesson}.{verdict['exercise']}"
                # One handed in again does not hide a copied one.
                if place not in theirs or not _copied(theirs[place]):
                    theirs[place] = (record, verdict)
    drawn = [
        (page, place, *theirs[place])
        for page, theirs in solved.items()
        for place in (_drawn(theirs) if theirs else ())
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
        found.append(asked)
    return found


def _drawn(theirs: dict[str, Place]) -> list[str]:
    """Of a student's solved exercises those that the lot falls on."""
    # Of an answer that is a table there is little to ask.
    code = [p for p, (_, v) in theirs.items() if re.search(r"\bdef |\blambda\b", v["source"])]
    there = code or [*theirs]
    copied = [place for place in there if _copied(theirs[place])]
    flagged = [place for place in there if theirs[place][0].hints]
    return draw(theirs[there[0]][0].name, copied, flagged, there)


def _copied(place: Place) -> bool:
    record, verdict = place
    return verdict["exercise"] in record.copied
