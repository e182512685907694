"""Marks for what a class has handed in: one notebook after the other, and nothing is done twice.

Not here: what a notebook may do (`sandbox`), what is right (`verdicts`), the pages (`feedback`).
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from ..formats.files import locked, read_json_object, write_json
from . import bugs, worlds
from .contents import is_blank, lesson_of, name_in, one_name, words_in
from .doubles import with_hints
from .feedback import NOT_RUN, Record, write_feedback
from .lessons import PREDICTION_POINTS, Lesson, find_lessons, kinds
from .lot import questions_by_lot
from .predictions import made
from .sandbox import weakness
from .submissions import Submission, few_each, namesakes, read_notebook, submissions
from .verdicts import SOLVED, Examiner

WRITTEN = "written.json"
KEPT = "marked"  # the folder of what is marked
PACKAGE = Path(__file__).parents[1]
OLD = "kept as marked before"
LONGEST_GUESS = 2000  # letters
SAID: dict[bool | None, str] = {
    True: "made before the result",
    False: "made after the result",
    None: NOT_RUN,
}


@dataclass(frozen=True)
class Entry:
    """A notebook that was handed in, before it is marked."""

    submission: Submission
    mark: str  # of its content, and of what it is marked by
    record: Record  # with what is known so far
    lesson: Lesson | None


def mark(folder: str | Path, out: str | Path, reports: str | Path | None = None) -> Path:
    """Mark the notebooks in FOLDER (or a zip), write tables and pages to OUT, and return OUT.

    What is marked is kept in OUT, so the same command goes on where it was stopped, and marks
    again only what has changed. The figures of own worlds are compared with REPORTS/SEED/report.md
    where that is. ValueError if there is nothing to mark, or OUT holds other things.
    """
    again = Path(reports) if reports else None
    if again and not again.is_dir():
        raise ValueError(f"--reports {again} is no folder; one is needed that holds SEED/report.md")
    found = submissions(folder)
    out = Path(out)
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / KEPT).is_dir())):
        raise ValueError(f"{out} exists and holds no earlier marks; choose another name")
    (out / KEPT).mkdir(parents=True, exist_ok=True)
    source = str(Path(folder).resolve())
    with locked(out):
        of = _written(out).get("of", source)
        if of != source:
            raise ValueError(f"{out} holds the marks of {of}; choose another name with --out")
        write_json(out / KEPT / WRITTEN, {**_written(out), "of": source})
        return _mark(found, out, again)


def _mark(found: Sequence[Submission], out: Path, reports: Path | None) -> Path:
    told, shared = [weakness()], _shared([one for one in found if one.owner or one.is_notebook])
    few = few_each(found, shared)
    with_row = {one.path for one in few}
    paths = [one.path for one in found if not one.is_notebook and one.path not in with_row]
    # What lies deeper than in a student's folder a notebook has written.
    if others := [path for path in paths if path.removeprefix(shared).count("/") < 2]:
        told.append(f"Not marked, as they are no notebooks: {', '.join(others)}.")
    if weak := " ".join(told).strip():
        print(weak)
    lessons = find_lessons()
    twins = namesakes(few)
    entries = [_entry(one, shared, lessons, reports, twins) for one in few]
    entries.sort(key=lambda e: (e.lesson.key if e.lesson else "", e.record.file))
    records: list[Record] = []
    done: Counter[str] = Counter()
    examiner: Examiner | None = None
    try:
        for number, entry in enumerate(entries, 1):
            kept = out / KEPT / f"{entry.mark}.json"
            record = _kept(kept)
            old = record is not None
            if (
                record is None
                and entry.lesson
                and (not examiner or examiner.lesson is not entry.lesson)
            ):
                if examiner:
                    examiner.close()
                examiner = Examiner(entry.lesson)
            if record is None:
                record = _marked(entry, examiner, kept, reports)
            records.append(record)
            what = OLD if old else "marked now" if kept.exists() else "not marked"
            done[what] += 1
            print(_line(number, len(entries), record, what), flush=True)
    finally:
        if examiner:
            examiner.close()
        later = (_kept(out / KEPT / f"{entry.mark}.json") for entry in entries[len(records) :])
        records += [record for record in later if record]  # of a run that was stopped
        records = sorted(with_hints(records), key=lambda r: (r.name, r.owner, r.lesson))
        _feedback(records, [], out, weak)
    by_file = {entry.record.file: entry.submission for entry in entries}
    asked = questions_by_lot(
        records,
        lessons,
        lambda record: read_notebook(by_file[record.file].read()),
        out / KEPT,
        edition(),
    )
    _feedback(records, asked, out, weak)
    counts = ", ".join(f"{number} {what}" for what, number in done.items())
    print(f"{counts}; the table and all pages are in {out}")
    return out


@cache
def edition(package: Path = PACKAGE) -> str:
    """The digest of the package's sources: what others have marked is marked again."""
    sources = (path.read_bytes() for path in sorted(package.rglob("*.py")))
    return hashlib.sha256(b"\0".join(sources)).hexdigest()


def _written(out: Path) -> dict[str, Any]:
    """What was written here: of which folder the marks are, and the table as it was."""
    path = out / KEPT / WRITTEN
    return read_json_object(path, "marks") if path.exists() else {}


def _feedback(records: Sequence[Record], asked: list[dict[str, Any]], out: Path, weak: str) -> None:
    """Write the pages; a table that a teacher has changed is kept beside the new one."""
    table, written = out / "marks.csv", _written(out)
    if table.exists() and hashlib.sha256(table.read_bytes()).hexdigest() != written.get("table"):
        names = (out / f"marks-{number}.csv" for number in count(1))
        kept = next(name for name in names if not name.exists())
        table.rename(kept)
        print(f"{table} was changed by hand; it is {kept} now")
    write_feedback(records, asked, out, weak)
    digest = hashlib.sha256(table.read_bytes()).hexdigest()
    write_json(out / KEPT / WRITTEN, {**written, "table": digest})


def _line(number: int, count: int, record: Record, what: str) -> str:
    said = f"[{number}/{count}] {record.name}"
    if record.verdicts:
        said += f", {record.lesson}: {record.count(SOLVED)} of {len(record.verdicts)} solved"
    said += f" ({what})" * (what == OLD)
    return " ".join([said + "." * bool(record.remarks), *record.remarks])


def _shared(found: Sequence[Submission]) -> str:
    """The folder in which all the students' files or folders lie, as zips often have one."""
    owners = {one.owner for one in found}
    alone = len(owners) == 1 and len(found) > 1 and not found[0].moodle_name
    return f"{owners.pop()}/" if alone and "" not in owners else ""


def _entry(
    submission: Submission,
    shared: str,
    lessons: Sequence[Lesson],
    reports: Path | None = None,
    twins: Collection[str] = (),
) -> Entry:
    """What can be said of a notebook without running any of it."""
    inside = Submission(submission.path.removeprefix(shared), submission.read)
    stem = inside.stem
    for lesson in lessons:
        stem = stem.replace(lesson.path.stem, "")
    known: dict[str, Any] = {"file": submission.path, "owner": inside.owner}
    name = inside.moodle_name or inside.owner or stem.strip(" _-.") or "?"
    if inside.moodle_name in twins:
        name += f" {inside.moodle_number}"
    try:
        data = submission.read()
        notebook = read_notebook(data)
    except ValueError as error:
        return Entry(submission, "", Record(name=name, remarks=[str(error)], **known), None)
    except OSError as error:
        told = f"It can't be read: {error.strerror}."
        return Entry(submission, "", Record(name=name, remarks=[told], **known), None)
    remarks, typed = [], name_in(notebook)
    if inside.moodle_name:
        if typed and not one_name(typed, inside.moodle_name):
            known["names"] = [f"The name in the notebook is {typed}."]
    elif typed:
        name = typed
    else:
        place = "the folder" if inside.owner else "the file"
        remarks.append(f"There is no name in the notebook; this one is that of {place}.")
    found, title, by = None, "A notebook", f"{edition()} {submission.path} {inside.owner} {name}"
    try:
        found = lesson_of(notebook, inside.stem, lessons)
        title, by = found.title, by + found.path.read_text(encoding="utf-8")
    except ValueError as error:
        if not any({"bug_lab", "own_world"} & set(kinds(cell)) for cell in notebook.cells):
            remarks.append(str(error))
    by += worlds.made_again(notebook, reports)
    record = Record(
        name=name, lesson=found.key if found else "", title=title, remarks=remarks, **known
    )
    return Entry(submission, hashlib.sha256(by.encode() + data).hexdigest()[:32], record, found)


def _kept(path: Path) -> Record | None:
    """What was found before; None if it is not there, or damaged."""
    try:
        return Record(**read_json_object(path, "marks"))
    except (ValueError, TypeError):
        return None


def _marked(entry: Entry, examiner: Examiner | None, kept: Path, reports: Path | None) -> Record:
    """The marks of a notebook, kept if they are whole."""
    if not entry.mark:
        return entry.record
    try:
        notebook = read_notebook(entry.submission.read())
        extras = _extras(notebook, reports)
        titles = " and ".join(extra["what"] for extra in extras)
        verdicts = examiner.judge(notebook) if examiner and entry.lesson else []
        predictions = _predictions(notebook, entry.lesson) if entry.lesson else []
        asked = entry.lesson.in_words if entry.lesson else {}
        remarks = [*entry.record.remarks]
        if late := sum(one["said"] == SAID[None] for one in predictions):
            remarks.append(
                f"Written and not run: {late} of the predictions. Choose Restart Kernel and "
                "Run All Cells, save, and hand the notebook in again."
            )
        words = [said | asked.get(said["where"], {}) for said in words_in(notebook, entry.lesson)]
        if entry.lesson and not (words or extras) and is_blank(notebook, entry.lesson):
            remarks.append("No code, no guess and no answer was found in it.")
        record = replace(
            entry.record,
            title=entry.record.title if entry.lesson else titles or entry.record.title,
            verdicts=[asdict(verdict) for verdict in verdicts],
            predictions=predictions,
            extras=extras,
            words=words,
            remarks=remarks,
        )
    except Exception as error:  # whatever it is, the others are marked
        said = f"It could not be marked ({type(error).__name__}: {error})."
        return replace(entry.record, remarks=[*entry.record.remarks, said])
    write_json(kept, asdict(record))
    return record


def _extras(notebook: NotebookNode, reports: Path | None) -> list[dict[str, Any]]:
    """The marks of a bug lab, or of a world of one's own."""
    found = {
        "Bug lab": (bugs.verdict(notebook), None),
        "Own world": (worlds.evaluate(notebook, reports), worlds.seed_in(notebook)),
    }
    return [
        {"what": what, "points": one.points, "of": one.of, "sentence": one.sentence, "seed": seed}
        for what, (one, seed) in found.items()
        if one is not None
    ]


def _predictions(notebook: NotebookNode, lesson: Lesson) -> list[dict[str, Any]]:
    """Each prediction of the lesson with the first guess for it, and its points."""
    guesses: dict[str, tuple[str, bool | None]] = {}
    there = set()
    for number, guess, before in made(notebook):
        there.add(number)
        if guess:
            guesses.setdefault(number, (guess[:LONGEST_GUESS], before))
    found = []
    for asked in lesson.predictions:
        guess, before = guesses.get(asked.number, ("", None))
        if asked.number in there or "minillm" in notebook.metadata:
            found.append(
                {
                    "number": asked.number,
                    "question": asked.question,
                    "answer": asked.answer,
                    "result": asked.result,
                    "guess": guess,
                    "said": SAID[before] if guess else "not made",
                    "points": PREDICTION_POINTS if guess and before else 0,
                    "of": PREDICTION_POINTS,
                }
            )
    return found
