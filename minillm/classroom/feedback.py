"""The marks of a class as a table and as pages: marks.csv, a page for each student, the teacher's.

Everything that a student wrote is escaped; the pages hold no script and make no request.
Not here: how marks come about (`marks`).
"""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2

from ..formats.files import replacing, write_text
from .html_page import html_page
from .lessons import LINK
from .paper import Markdown
from .submissions import MOODLE

COLUMNS: tuple[str, ...] = (
    "name",
    "lesson",
    "solved",
    "tried",
    "untouched",
    "predictions made",
)
COLUMNS += ("points", "of", "remarks", "file")
PAGE = re.compile(r"-[0-9a-f]{8}\.html$")  # ends the name of a student's page
NOT_RUN = "not run"  # said of a guess whose result is still to come
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # begins what a spreadsheet would run
INDEX = """{% if weakness %}<p>{{ weakness }}</p>{% endif %}
<p>{{ records | length }} hand-ins of {{ pages | length }} students.
<a href="marks.csv">The table as marks.csv</a>,
and <a href="teacher.html">what to read and to ask</a>.</p>
<table class="marks">
<caption>Points of each notebook</caption>
<thead><tr><th scope="col">Student</th><th scope="col">Lesson</th><th scope="col">Solved</th>
<th scope="col">Predictions made</th><th scope="col">Points</th>
<th scope="col">Remarks</th></tr></thead>
<tbody>
{% for r in records %}<tr><th scope="row"><a href="students/{{ r.page }}">{{ r.name }}</a></th>
<td>{{ r.lesson or r.title }}</td>
<td>{% if r.of %}{{ r.count("solved") }} of {{ r.verdicts | length }}{% endif %}</td>
<td>{% if r.of %}{{ r.made }} of {{ r.predictions | length }}{% endif %}</td>
<td>{% if r.of %}{{ r.points | number }} of {{ r.of | number }}{% else %}not marked{% endif %}</td>
<td>{{ (r.remarks + r.names + r.hints) | join(" ") }}
{{ r.extras | map(attribute="sentence") | join(" ") }}</td></tr>
{% endfor %}</tbody>
</table>
{% if pages | length < records | length %}<table class="marks">
<caption>Points of each student, in all</caption>
<thead><tr><th scope="col">Student</th><th scope="col">Notebooks</th>
<th scope="col">Points</th></tr></thead>
<tbody>
{% for theirs in pages.values() %}<tr><th scope="row">{{ theirs[0].name }}</th>
<td>{{ theirs | length }}</td><td>{{ theirs | sum("points") | number }}
of {{ theirs | sum("of") | number }}</td></tr>
{% endfor %}</tbody>
</table>
{% endif %}"""
STUDENT = """{% for r in records %}<section>
<h2>{{ r.title }}{% if not r.of %} ({{ r.file.rpartition("/")[2] }}){% endif %}</h2>
<p><strong>{% if r.of %}{{ r.points | number }} of {{ r.of | number }} points.
{%- else %}Not marked.{% endif %}</strong></p>
{% for remark in r.remarks %}<p>{{ remark }}</p>
{% endfor %}{% for extra in r.extras %}<p>{{ extra.sentence }}</p>
{% endfor %}{% if r.verdicts %}<table class="marks">
<caption>Exercises of {{ r.title }}</caption>
<thead><tr><th scope="col">Exercise</th><th scope="col">State</th><th scope="col">Points</th>
<th scope="col">What was found</th></tr></thead>
<tbody>
{% for v in r.verdicts %}<tr><th scope="row">{{ v.title }} (<code>{{ v.exercise }}</code>)</th>
<td>{{ v.state }}</td><td>{{ v.points | number }} of {{ v.of | number }}</td>
<td>{{ v.sentence }}</td></tr>
{% endfor %}</tbody>
</table>
{% endif %}{% if r.predictions %}<h3>Predictions</h3>
<p>{{ r.made }} of {{ r.predictions | length }} made
before their results: {{ r.predictions | sum("points") | number }} of
{{ r.predictions | sum("of") | number }} points. Whether a guess was right does not count.</p>
{% for p in r.predictions %}<h4>{{ p.number }}: {{ p.said }}</h4>
{{ p.question | markdown | safe }}
{% if p.guess %}<p>Your guess:</p>
<pre>{{ p.guess }}</pre>
{% if p.result and p.said != open %}<p>What came out:</p>
<pre>{{ p.result }}</pre>
{% endif %}{% endif %}{% endfor %}{% endif %}
{% if r.words %}<h3>In your words</h3>
<p>For your teacher to read: {{ r.words | map(attribute="where") | unique | join("; ") }}.</p>
{% endif %}</section>
{% endfor %}"""
TEACHER = """<p>This page is for the teacher: it holds model answers.</p>
<h2>At the board</h2>
{% for v in viva %}<section class="talk">
<h3>{{ v.name }}: {{ v.exercise }}</h3>
<pre>{{ v.source }}</pre>
<ol>{% for q in v.questions %}{% set question, _, answer = q.partition("\nAnswer: ") %}
<li>{{ question | e | inline | safe }}
{% if answer %}<details><summary>Answer</summary>
{{ answer | e | inline | safe }}</details>
{% endif %}</li>
{% endfor %}</ol>
</section>
{% else %}<p>Nobody has solved an exercise yet.</p>
{% endfor %}{% set talked = viva | map(attribute="page") | list %}
{% set silent = records | unique(attribute="page") | rejectattr("page", "in", talked) | list %}
{% if talked and silent %}<p>No solved exercise to talk about:
{{ silent | map(attribute="name") | join(", ") }}.</p>
{% endif %}<h2>Predictions beside the model answers</h2>
{% for p in predictions %}<section>
<h3>{{ p.number }}</h3>
{{ p.question | markdown | safe }}
{% if p.result %}<p><strong>Result.</strong></p>
<pre>{{ p.result }}</pre>
{% endif %}<p><strong>Model answer.</strong></p>
{{ p.answer | markdown | safe }}
<table>
<caption>Guesses for {{ p.number }}</caption>
<thead><tr><th scope="col">Student</th><th scope="col">Guess</th>
<th scope="col">Made</th></tr></thead>
<tbody>
{% for name, guess, said in p.guesses %}<tr><th scope="row">{{ name }}</th><td>{{ guess }}</td>
<td>{{ said }}</td></tr>
{% endfor %}</tbody>
</table>
</section>
{% else %}<p>There are no predictions in these notebooks.</p>
{% endfor %}<h2>In their words</h2>
{% for (_, title, of, _), w in words.items() %}<section>
<h3>{{ title }}: {{ of }}</h3>
{% if w.question %}{{ w.question | markdown | safe }}
<p><strong>Model answer.</strong></p>
{{ w.answer | markdown | safe }}
{% endif %}{% for label, text in w.texts %}<h4>{{ label }}</h4>
<pre>{{ text }}</pre>
{% endfor %}</section>
{% else %}<p>Nobody has written an answer in words.</p>
{% endfor %}"""


@dataclass(frozen=True)
class Record:
    """What was found in one notebook, as JSON holds it."""

    file: str
    owner: str  # the folder of the student or what Moodle has put before the name, or ""
    name: str
    lesson: str = ""
    title: str = "What was handed in"
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    predictions: list[dict[str, Any]] = field(default_factory=list)
    extras: list[dict[str, Any]] = field(default_factory=list)  # bug lab, own world
    words: list[dict[str, str]] = field(default_factory=list)  # for the teacher to read
    remarks: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # for the teacher only: whose it may be
    hints: list[str] = field(default_factory=list)  # for the teacher only: what others have, too
    copied: list[str] = field(default_factory=list)  # exercises with another student's code

    @property
    def points(self) -> float:
        return sum(part["points"] for part in self._parts())

    @property
    def of(self) -> float:
        return sum(part["of"] for part in self._parts())

    def _parts(self) -> list[dict[str, Any]]:
        return [*self.verdicts, *self.predictions, *self.extras]

    def count(self, state: str) -> int:
        return sum(verdict["state"] == state for verdict in self.verdicts)

    @property
    def made(self) -> int:
        """How many predictions were made before their results."""
        return sum(prediction["points"] > 0 for prediction in self.predictions)

    @property
    def identifier(self) -> str:
        """What Moodle's grading worksheet calls the student; "" if the hand-in isn't Moodle's."""
        found = MOODLE.match(self.owner)
        return f"Participant {found['number']}" if found else ""

    @property
    def states(self) -> dict[str, str]:
        """Of each exercise, by its lesson, number and function: 05/1 alone looks like a day."""
        numbered = enumerate(self.verdicts, 1)
        return {f"{self.lesson}/{n} {v['exercise']}": v["state"] for n, v in numbered}

    @property
    def page(self) -> str:
        """The name of the student's page; two students of one name in two folders have two."""
        words = re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")[:40] or "student"
        mark = hashlib.sha256(f"{self.owner}\n{self.name}".encode()).hexdigest()[:8]
        return f"{words}-{mark}.html"


def write_feedback(
    records: Sequence[Record], viva: Sequence[Mapping[str, Any]], out: Path, weakness: str
) -> None:
    """Write marks.csv, index.html, teacher.html and students/*.html to an existing folder.

    Of what Moodle has named also feedback.zip, which Moodle takes back.
    """
    pages: dict[str, list[Record]] = {}
    for record in records:
        pages.setdefault(record.page, []).append(record)
    write_text(out / "marks.csv", "\ufeff" + table(records))  # with which a spreadsheet sees UTF-8
    title = f"Marks of {out.name.removesuffix('-marks')}"
    _write(out / "index.html", INDEX, title, records=records, pages=pages, weakness=weakness)
    asked = _predictions(records)
    about = {"viva": viva, "predictions": asked, "records": records, "words": _words(records)}
    _write(out / "teacher.html", TEACHER, "To read and to ask", **about)
    (out / "students").mkdir(exist_ok=True)
    for old in (out / "students").glob("*.html"):
        if old.name not in pages and PAGE.search(old.name):
            old.unlink()
    for page, theirs in pages.items():
        name = theirs[0].name
        _write(
            out / "students" / page, STUDENT, f"Feedback for {name}", records=theirs, open=NOT_RUN
        )
    owners = {theirs[0].owner: page for page, theirs in pages.items()}
    if moodle := sorted(owner for owner in owners if MOODLE.match(owner)):
        with (
            replacing(out / "feedback.zip") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for owner in moodle:  # the number in it says to Moodle whose page it is
                archive.write(out / "students" / owners[owner], f"{owner}/feedback.html")


def _predictions(records: Sequence[Record]) -> list[dict[str, Any]]:
    """Each prediction with all guesses."""
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        for p in record.predictions:
            guesses = found.setdefault(p["number"], p | {"guesses": []})["guesses"]
            guesses.append((record.name, p["guess"], p["said"]))
    return [found[number] for number in sorted(found)]


def _words(records: Sequence[Record]) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    """Each question in words with all answers to it; of own work all texts of each student."""
    found: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for record in records:
        for said in record.words:
            of, label, page = said["where"], record.name, ""
            if "question" not in said:
                of, label, page = label, of, record.page
            key = record.lesson, record.title, of, page
            texts = found.setdefault(key, said | {"texts": []})
            texts["texts"].append((label, said["text"]))
    return dict(sorted(found.items()))


def _write(path: Path, template: str, title: str, **values: Any) -> None:
    pages = jinja2.Environment(autoescape=True)
    pages.filters |= {"number": _number, "inline": _inline, "markdown": _markdown}
    body = pages.from_string("<h1>{{ title }}</h1>\n" + template).render(title=title, **values)
    write_text(path, html_page(title, body))


def table(records: Sequence[Record]) -> str:
    """marks.csv: a row for each notebook, and a column for each exercise of its lessons."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    by_lesson = sorted(records, key=lambda r: r.lesson)
    exercises = list(dict.fromkeys(exercise for r in by_lesson for exercise in r.states))
    by_moodle = any(r.identifier for r in records)
    writer.writerow([*COLUMNS, *exercises, *["identifier"] * by_moodle])
    for r in records:
        counts = [r.count(state) for state in ("solved", "tried", "untouched")]
        remarks = " ".join(
            r.remarks + r.names + r.hints + [extra["sentence"] for extra in r.extras]
        )
        cells: list[Any] = [r.name, r.lesson]
        cells += [*counts, f"{r.made} of {len(r.predictions)}"] if r.of else [""] * 4
        cells += [_number(r.points), _number(r.of)] if r.of else ["not marked", ""]
        cells += [remarks, r.file, *(r.states.get(exercise, "") for exercise in exercises)]
        cells += [r.identifier] * by_moodle
        writer.writerow([_cell(cell) for cell in cells])
    return file.getvalue()


def _cell(value: Any) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = " ".join(str(value).replace("\0", " ").split()) if str(value).strip() else ""
    text = re.sub(r"(;\s*)([=+\-@])", r"\1'\2", text)  # some take `;` for the end of a cell
    return f"'{text}" if text.startswith(FORMULA) else text


def _markdown(text: str) -> str:
    """HTML of a lesson's text; no lesson lies beside a page of feedback, so links are left out."""
    return Markdown().render(LINK.sub(r"\1", text))


def _inline(text: str) -> str:
    """Markdown's code and emphasis in a text that is escaped already."""
    parts = re.split(r"`([^`]+)`", str(text))  # of which every second one is code
    for at, part in enumerate(parts):
        emphasized = re.sub(r"\*\*?([^*\s][^*]*)\*\*?", r"<em>\1</em>", part)
        parts[at] = f"<code>{part}</code>" if at % 2 else emphasized
    return "".join(parts)


def _number(value: float) -> str:
    return f"{value:g}"
