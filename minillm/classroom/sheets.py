"""Questions on paper: a page to print and its key, for A4, without scripts and requests.

Not here: what is asked (`questions`).
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..formats.files import write_text
from .html_page import PAGES, html_page
from .paper import Markdown

HEAD = """<p>Laptop closed. 25 minutes. Each map is of one head of the model; layers and heads are
counted from 0. Each row is a token that takes, each column one that it takes from; the darker, the
more, and the strip below the map says how much. Each token bears its number; ␣ is a space.</p>
<p>Name {name} &nbsp; Date ______________ &nbsp; Points ______ of {total}</p>
"""


@dataclass(frozen=True)
class Question:
    """On paper: a text in HTML, maps side by side, lines to write on; and what is right."""

    text: str
    answer: str
    maps: tuple[str, ...] = ()
    lines: int = 2
    points: int = 2


def write_sheets(file: Path, name: str, asked: Sequence[Question]) -> Path:
    """Write the page of questions, and its key beside it, whose place is returned.

    ValueError for a file that is no .html.
    """
    if file.suffix.lower() != ".html":
        raise ValueError(f"{file} is no name of a page; one that ends with .html is needed")
    whose = f": {name.strip()}" if name.strip() else ""
    total, numbered = sum(q.points for q in asked), list(enumerate(asked, 1))
    named = html.escape(name.strip()) or "_" * 28
    sheet = [HEAD.format(total=total, name=named), *(_sheet(n, q) for n, q in numbered)]
    answers = [f"<h2>{n}</h2>{q.text}<p><strong>{q.answer}</strong></p>" for n, q in numbered]
    rubric = (PAGES / "questions_rubric.md").read_text("utf-8")
    key = file.with_name(f"{file.stem}-key.html")
    _write(file, f"What the model looks at{whose}", sheet)
    _write(key, f"Key{whose}", [*answers, Markdown().render(rubric)])
    return key


def _sheet(number: int, question: Question) -> str:
    maps = "".join(question.maps)
    lines = '<div class="line"></div>' * question.lines
    points = f"{question.points} point{'s' * (question.points > 1)}"
    return (
        f'<section class="question"><h2>{number} ({points})</h2>\n{question.text}\n'
        f'<div class="maps">{maps}</div>\n{lines}</section>'
    )


def _write(file: Path, title: str, parts: Sequence[str]) -> None:
    body = "\n".join([f"<h1>{html.escape(title)}</h1>", *parts])
    write_text(file, html_page(title, body))
