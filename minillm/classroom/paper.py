"""Lessons as pages to print or to listen to: HTML with no script, no request and no fold.

Results that are to be predicted, answers and solutions are on pages of their own, so that they can
be handed out later. Not here: notebooks (`handouts`).
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from .handouts import GLOSSARY, glossary, said_otherwise
from .html_page import html_page
from .lessons import (
    COVER,
    FOLD,
    Lesson,
    definition,
    plain_heading,
    standing_alone,
    tags,
    uncovered,
)

ANSWERS = "answers"  # the folder of what is handed out later
SKIP = '<a class="skip" href="#main">Skip to the text</a>\n'
INDEX = "index.html"
NAV = f'<nav aria-label="Pages"><a href="{{up}}{INDEX}">All lessons</a></nav>\n'
INTERACTIVE = "Here the notebook shows something to play with: "
LATER = "The result stands among the answers, under {}."
CHINESE = re.compile("([\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+)")
LEVEL = re.compile("[●○]{3}")


def write_paper(lessons: Sequence[Lesson], folder: Path) -> None:
    """Write a page for each lesson, its answers, the glossary and a list to an existing folder."""
    (folder / ANSWERS).mkdir()
    beside = [lesson.path.name for lesson in lessons] + [GLOSSARY]
    for lesson in lessons:
        page = lesson_page(lesson, beside)
        name = f"{lesson.path.stem}.html"
        _write(folder / name, lesson.title, page.text())
        if page.answers:
            title = f"Answers to {lesson.title}"
            _write(folder / ANSWERS / name, title, page.answer_text(title, name), lesson=name)
    words = Markdown().render(glossary(beside))
    _write(folder / "glossary.html", "Glossary", words)
    _write(folder / INDEX, "Lessons", _index(lessons))


@dataclass
class Page:
    """A lesson in pieces of HTML."""

    body: list[str] = field(default_factory=list)
    hints: list[tuple[str, str]] = field(default_factory=list)  # (to what, the hint)
    answers: list[tuple[str, list[str]]] = field(default_factory=list)

    def answer(self, title: str, text: str) -> None:
        """Put something among the answers, under that title."""
        if not self.answers or self.answers[-1][0] != title:
            self.answers.append((title, []))
        self.answers[-1][1].append(text)

    def text(self) -> str:
        """The lesson's page, with the hints at its end."""
        hints = [f"<h3>{to}</h3>\n{hint}" for to, hint in self.hints]
        return "\n".join([*self.body, *(["<h2>Hints</h2>"] if hints else []), *hints])

    def answer_text(self, title: str, lesson: str) -> str:
        """The page of its answers."""
        parts = [f"<h1>{html.escape(title)}</h1>"]
        parts.append(f'<p>They belong to <a href="{lesson}">this lesson</a>.</p>')
        for to, texts in self.answers:
            parts += [f"<h2>{to}</h2>", *texts]
        return "\n".join(parts)


def lesson_page(lesson: Lesson, beside: Sequence[str]) -> Page:
    """A lesson as HTML. `beside` names the files to which links may lead, as notebooks."""
    page = Page()
    asked = {prediction.at: prediction.number for prediction in lesson.predictions}
    exercises = {exercise.at for exercise in lesson.exercises}
    markdown = Markdown()
    number = to = ""  # of the prediction whose answer is awaited; the latest exercise
    for at, cell in enumerate(standing_alone(lesson, beside).cells):
        if "import progress" in cell.source or cell.source.startswith("**Where you are.**"):
            continue  # counts what was solved, by running it
        if cell.cell_type == "markdown":
            if headings := re.findall(r"^### (.+)", cell.source, re.M):
                to = markdown.inline(plain_heading(headings[-1]))
            answered = len(page.answers)
            under = f"Prediction {number}" if number else to
            source = FOLD.sub(_folds(page, markdown, under), said_otherwise(cell.source))
            page.body.append(markdown.render(source))
            if len(page.answers) > answered and exercises and not number:
                page.body.append('<p class="write tall">My answer:</p>')
            number = asked.get(at, "")
            if number:
                page.body.append(f'<p class="write">My guess, {number}:</p>')
        elif "solution" in tags(cell):
            page.answer(to, _code(definition(cell.source)))
        elif "check" not in tags(cell):
            page.body.append(_code(uncovered(cell.source)))
            outputs = _outputs(cell)
            folded = cell.metadata.get("jupyter", {}).get("outputs_hidden")
            if outputs and (number or folded):
                under = f"Prediction {number}" if number else "Results"
                page.answer(under, outputs)
                outputs = f"<p>{LATER.format(under)}</p>"
            page.body.append(outputs)
            if at in exercises:
                page.body.append('<p class="write tall">My code:</p>')
    return page


def _folds(page: Page, markdown: "Markdown", to: str) -> Callable[[re.Match[str]], str]:
    """What takes a fold out of a text, to the hints or to the answers."""

    def moved(fold: re.Match[str]) -> str:
        summary, text = fold[1], markdown.render(fold[2])
        if summary == "Hint":
            page.hints.append((to, text))
            return "(A hint stands at the end.)"
        page.answer(to or summary, text)
        return ""

    return moved


def _index(lessons: Sequence[Lesson]) -> str:
    items = [
        f'<li><a href="{lesson.path.stem}.html">{html.escape(lesson.title)}</a></li>'
        for lesson in lessons
    ]
    items.append('<li><a href="glossary.html">Glossary</a></li>')
    return "<h1>Lessons</h1>\n<ul>\n" + "\n".join(items) + "\n</ul>"


def _write(path: Path, title: str, body: str, lesson: str = "") -> None:
    """Write a page; if it has a lesson's answers, links lead out of their folder."""
    if lesson:
        body = body.replace('href="#', f'href="{lesson}#')
        body = re.sub(r'href="(?!\w+:)', 'href="../', body)
    nav = "" if path.name == INDEX else NAV.format(up="../" if lesson else "")
    page = html_page(title, _spoken(body), before=SKIP + nav)
    path.write_text(page, encoding="utf-8", newline="\n")


def _spoken(body: str) -> str:
    """HTML for a screen reader: Chinese says that it is, and a level in circles how many."""
    parts = re.split(r"(<[^>]*>)", body)
    for at in range(0, len(parts), 2):  # what is not a tag
        parts[at] = CHINESE.sub(r'<span lang="zh-Hans">\1</span>', parts[at])
        parts[at] = LEVEL.sub(
            lambda m: f'<span role="img" aria-label="level {m[0].count("●")} of 3">{m[0]}</span>',
            parts[at],
        )
    return "".join(parts).replace("<th></th>", "<td></td>")  # a heading has to say something


def _code(source: str) -> str:
    return f'<div class="code"><p class="label">Code</p>{_highlighted(source)}</div>'


def _highlighted(source: str) -> str:
    marked = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    return f"<pre><code>{marked}</code></pre>"


def _outputs(cell: NotebookNode) -> str:
    """What a cell's outputs show, "" if nothing: text, and pictures with their words."""
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        words = html.escape(data.get("text/plain", ""))
        if "image/png" in data:
            picture = data["image/png"].replace("\n", "")
            parts.append(f'<img alt="{words}" src="data:image/png;base64,{picture}">')
        elif "application/vnd.jupyter.widget-view+json" in data:
            parts.append(f"<p>{INTERACTIVE}<code>{words}</code></p>")
        elif words:
            parts.append(f"<pre>{words}</pre>")
        elif output.get("name") == "stdout":
            text = output.text.removeprefix(COVER).rstrip("\n")
            parts.append(f"<pre>{html.escape(text)}</pre>")
    shown = "\n".join(parts)
    return f'<div class="output"><p class="label">Output</p>{shown}</div>' if parts else ""


class Markdown(IPythonRenderer):
    """Markdown as HTML."""

    def __init__(self) -> None:
        super().__init__(escape=False)  # what is HTML already stays

    def render(self, source: str) -> str:
        """HTML of a whole text."""
        return MarkdownWithMath(renderer=self).render(source).strip()

    def inline(self, source: str) -> str:
        """HTML of one line, without its paragraph."""
        return self.render(source).removeprefix("<p>").removesuffix("</p>")

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        name = re.sub(r"<[^>]*>", "", text)
        return f'<h{level} id="{html.escape(_anchor(name))}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if not re.match(r"https?:", url):
            file, mark, part = url.partition("#")
            file = file.replace(".ipynb", ".html").replace(GLOSSARY, "glossary.html")
            url = f"{file}{mark}{_anchor(part)}"
        return str(super().link(text, url, title))

    def block_code(self, code: str, info: str | None = None) -> str:
        if info == "python":
            return _highlighted(code)
        return f"<pre><code>{html.escape(code.rstrip())}</code></pre>\n"

    def block_math(self, body: str) -> str:
        return convert(body.strip(), display="block")

    def inline_math(self, body: str) -> str:
        return convert(body)


def _anchor(heading: str) -> str:
    """The name of a heading in a link, however a notebook or GitHub would spell it."""
    return re.sub(r"[^\w-]", "", html.unescape(heading).strip().lower().replace(" ", "-"))
