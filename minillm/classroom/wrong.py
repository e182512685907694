"""The common wrong answers to the exercises, and what each check says to them: for the teacher.

Not here: the answers themselves (tests/wrong_answers).
"""

import ast
import contextlib
import html
import io
import re
import runpy
import textwrap
from dataclasses import dataclass

from .lessons import CHECKOUT, Lesson, namespace


@dataclass(frozen=True)
class WrongAnswers:
    """Plausible wrong answers to an exercise."""

    said: list[tuple[str, str]]  # the source of each, and what the check says to it
    helpers: str  # the source of what they use


def wrong_answers(lesson: Lesson) -> dict[str, WrongAnswers]:
    """The wrong answers to each exercise, by the name of the function that it asks for."""
    if not lesson.exercises:
        return {}
    path = CHECKOUT / "tests" / "wrong_answers" / f"{lesson.path.stem}.py"
    names = namespace(lesson)
    answers = runpy.run_path(str(path), init_globals=names)["WRONG"]
    found = {}
    for exercise in lesson.exercises:
        check = f"check_{exercise.name}"
        with contextlib.redirect_stdout(io.StringIO()):
            verdicts = [names[check](answer) for answer, _ in answers[check]]
        sources, helpers = _sources(path.read_text("utf-8"), check)
        found[exercise.name] = WrongAnswers(list(zip(sources, verdicts)), helpers)
    return found


def wrong_table(wrong: WrongAnswers) -> str:
    """Wrong answers and verdicts as an HTML table: Markdown's have no room for several lines."""
    rows = "\n".join(
        f'<tr><td align="left">{_shown(verdict)}</td>'
        f'<td align="left"><pre>{_shown(source)}</pre></td></tr>'
        for source, verdict in wrong.said
    )
    head = '<tr><th align="left">what the check says</th><th align="left">to the answer</th></tr>'
    below = f"\n\nIn which\n\n```python\n{wrong.helpers}\n```" if wrong.helpers else ""
    return f"#### Common wrong answers\n\n<table>\n{head}\n{rows}\n</table>{below}"


def _shown(text: str) -> str:
    """Text in a line of HTML of which Markdown takes nothing for its own."""
    return re.sub(r"[\n$*_`\\\[\]~|]", lambda mark: f"&#{ord(mark[0])};", html.escape(text))


def _sources(source: str, check: str) -> tuple[list[str], str]:
    """The source of each wrong answer to a check, and of the helpers that they use."""
    nodes: dict[str, ast.AST] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            nodes[node.name] = node
        elif isinstance(node, ast.Assign):
            nodes[ast.unparse(node.targets[0])] = node
    pairs = _listed(nodes.pop("WRONG"), check)
    answers = [nodes.get(ast.unparse(pair.elts[0]), pair.elts[0]) for pair in pairs]
    used: set[str] = set()
    waiting = list(answers)
    while waiting:
        for name in {getattr(node, "id", "") for node in ast.walk(waiting.pop())} & set(nodes):
            if name not in used:
                used.add(name)
                waiting.append(nodes[name])
    helpers = [nodes[name] for name in nodes if name in used and nodes[name] not in answers]
    return [_text(source, x) for x in answers], "\n\n".join(_text(source, x) for x in helpers)


def _listed(wrong: ast.AST, check: str) -> list[ast.Tuple]:
    """The pairs (answer, word) that `WRONG = {…}` lists for a check."""
    for node in ast.walk(wrong):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values):
                if isinstance(key, ast.Constant) and key.value == check:
                    return [
                        pair for pair in ast.iter_child_nodes(value) if isinstance(pair, ast.Tuple)
                    ]
    raise ValueError(f"no wrong answers are listed for {check}")


def _text(source: str, node: ast.AST) -> str:
    """The source of a node; its further lines may be indented more than its first."""
    first, _, rest = (ast.get_source_segment(source, node) or "").partition("\n")
    if isinstance(node, ast.expr):
        rest = textwrap.dedent(rest)
    return f"{first}\n{rest}".rstrip()
