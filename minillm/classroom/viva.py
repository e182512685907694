"""Five minutes at the board: questions on a student's own solutions, and the answers.

One line of the code is changed by machine, and the student says which example shows it; one shape
or one value is asked for at a line; and one why. All follow from the name, so they can be asked
again. The student's code runs in a sandbox. Not here: how it is marked (pages/viva_rubric.md).
"""

import ast
import contextlib
import inspect
import io
import re
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any

import torch

from .. import exercises
from ..corpus.draw import Draw
from .answers import Answer, Room
from .bugs import normal_name
from .hidden import Example, alike, hidden_examples
from .lessons import Lesson, cells_for_sandbox, namespace
from .mutants import mutants
from .sandbox import Limits, StoppedError

SECONDS = 25.0  # for a sandbox; a line that never ends uses them up, twice at most
EXAMPLES = 12  # tried on each changed line
MOST = 40  # changed lines tried for a better example
ENOUGH = 220  # letters of an example and both results: so much can be said at a board
WHYS = (  # what stands in the code, what to ask, what to listen for
    (r"softmax", "Why softmax, and along which axis? What sums to 1?",
     "along the keys or the vocabulary: what is shared out is one row, that of one query"),
    (r"masked_fill\(|-inf", "Why minus infinity and not 0? And why before the softmax?",
     "e to the power of it is 0, so no weight is lost; a score of 0 would get some"),
    (r"\*\* ?0\.5|sqrt", "Why the root?",
     "the spread of a sum of D random products grows like √D, so dividing keeps it at 1"),
    (r"\blog(2|10)?\b", "Why a logarithm?",
     "products become sums, and a surprise of 0 is certainty"),
    (r"clone|copy", "Why a copy? What would go wrong without it?",
     "the caller's own tensor or list would be changed, and everything that shares it"),
    (r"@|matmul|einsum", "Why this product and no loop? What does one entry of the result mean?",
     "each entry is one dot product of a row with a column; all at once is faster, and equal"),
    (r"view|reshape|transpose|\.mT|\.T\b|permute", "Why are the axes moved here? What if not?",
     "the numbers must lie so that the next operation takes those that belong together"),
    (r"\b(mean|sum)\b", "Why this axis, and no other? What would the others give?",
     "the axis that is summed over disappears: it has to be that of the things that are counted"),
    (r"\b(arg|a)?max\b|topk|sort", "What happens if two are equally large?",
     "which comes first is decided by the function's rule, and a test should fix it"),
    (r"\bfor\b|\bwhile\b", "Why does this end, and how often does it go round?",
     "a count that follows from the input; for a `while` something gets smaller each time"),
    (r"", "Why is it right for the smallest input that is allowed? Which is that?",
     "one token, one row, an empty list: whether it has a meaning, and what the code then gives"),
)  # fmt: skip


def questions(
    name: str, lesson: Lesson, exercise: str, source: str, helpers: Sequence[str] = ()
) -> list[str]:
    """Questions on a solution, each with a second line for the teacher that begins with `Answer:`.

    `source` is the student's cell, `helpers` are other cells that it needs. ValueError for an
    exercise that the lesson does not have, and for code that is no solution: what does not run, or
    not as the reference solution does.
    """
    if exercise not in [one.name for one in lesson.exercises]:
        there = ", ".join(one.name for one in lesson.exercises)
        raise ValueError(f"lesson {lesson.key} has no exercise {exercise!r}; it has {there}")
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ValueError(f"the solution of {exercise} can't be read: {error}") from None
    random = Draw("viva", normal_name(name), lesson.key, exercise)
    with contextlib.redirect_stdout(io.StringIO()):
        names = namespace(lesson)
        check, reference = names[f"check_{exercise}"], names[f"{exercise}_solution"]
        examples = random.shuffled(hidden_examples(check, reference).examples)
    with _known(names), _Tried(lesson, exercise, helpers) as tried:
        right = tried.results(source, examples)
        wanted = [e.error("") if e.error else e.wanted for e in examples]
        if not all(map(_same, right, wanted)):
            raise ValueError(f"this is no solution of {exercise}: it differs from the reference")
        # Small ones first, but not the very smallest.
        pairs = sorted(zip(examples, right), key=lambda pair: abs(_size(pair[0].arguments) - 5))
        mine = _function(tree, exercise)
        called = [argument.arg for argument in mine.args.args] if mine else []
        called = called or list(inspect.signature(reference).parameters)
        # Of a function that an example hands over nothing can be said at a board.
        pairs = [p for p in pairs if not any(map(inspect.isfunction, p[0].arguments))]
        if not pairs:
            return [_why(source, random)]
        found = [
            _changed_line(tree, source, called, random, tried, pairs),
            _at_a_line(tree, source, called, exercise, random, tried, pairs),
        ]
    return [*filter(None, found), _why(source, random)]


# --- running it in a sandbox ------------------------------------------------------------------


class _Tried:
    """Variants of a solution, called in a sandbox in which the lesson is set up."""

    def __init__(self, lesson: Lesson, exercise: str, helpers: Sequence[str]) -> None:
        self.exercise, self.helpers = exercise, helpers
        self.cells = cells_for_sandbox(lesson)
        self.room = self._new()

    def _new(self) -> Room:
        return Room("minillm_viva", self.cells, Limits(seconds=SECONDS))

    def __enter__(self) -> "_Tried":
        return self

    def __exit__(self, *_: object) -> None:
        self.room.close()

    def results(self, source: str, examples: Sequence[Example]) -> list[Any]:
        """What it gives for each example; an error that it raises is a result, too.

        ValueError if it does not run, or does not end.
        """
        trouble = self.room.define(self.exercise, self.helpers, source, assignments=True)
        if trouble:
            raise ValueError(trouble)
        answer = Answer(self.room, self.exercise)
        found = []
        for example in examples:
            try:
                found.append(answer(*map(exercises._copy, example.arguments)))
            except StoppedError:
                raise ValueError("it does not end") from None
            except Exception as error:
                found.append(error)
        return found


@contextlib.contextmanager
def _known(names: dict[str, Any]) -> Iterator[None]:
    """Within it both sides of the sandbox find the lesson's classes in a module of one name."""
    module = types.ModuleType("minillm_viva")
    module.__dict__.update({k: v for k, v in names.items() if k != "__name__"})
    for value in names.values():
        if isinstance(value, type) and value.__module__ == "__main__":
            value.__module__ = "minillm_viva"
    sys.modules["minillm_viva"] = module
    try:
        yield
    finally:
        del sys.modules["minillm_viva"]


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, Exception) or isinstance(b, Exception):
        return type(a) is type(b)
    try:
        return alike(a, b, 1e-4)
    except Exception:  # of things that can't be compared
        return False


# --- the questions ----------------------------------------------------------------------------


def _function(tree: ast.Module, name: str) -> ast.FunctionDef | None:
    """The last function of that name; it may be a lambda, or called something else."""
    named = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name]
    return named[-1] if named else None


def _changed_line(
    tree: ast.Module,
    source: str,
    called: Sequence[str],
    random: Draw,
    tried: _Tried,
    pairs: list[tuple[Example, Any]],
) -> str:
    """One line changed; "" if no change can be shown by an example."""
    lines, best, endless = ast.unparse(tree).splitlines(), ("", 10**9), 0
    for number_tried, variant in enumerate(random.shuffled(mutants(source))):
        if best[1] < ENOUGH or endless == 2 or (best[0] and number_tried > MOST):
            break
        changed = variant.splitlines()
        at = [i for i, (a, b) in enumerate(zip(lines, changed)) if a != b]
        if len(changed) != len(lines) or len(at) != 1:
            continue
        if re.search(r"-0\b(?!\.)", changed[at[0]]):
            continue  # nobody writes that
        number, mine = _line_of(tree, source, lines[at[0]])
        new = changed[at[0]].strip()
        some = pairs[:EXAMPLES]
        try:
            results = tried.results(variant, [example for example, _ in some])
        except ValueError:  # a change that leaves no function, or no end
            if not tried.room.alive:
                tried.room, endless = tried._new(), endless + 1
            continue
        for (example, right), other in zip(some, results):
            if _same(right, other) or isinstance(right, Exception):
                continue
            shown = f"for {_listed(called, example)} {_difference(right, other)}"
            kinds = {(type(x), getattr(x, "shape", 0)) for x in (right, other)}
            vague = "shape" in shown or len(kinds) > 1
            if len(shown) + ENOUGH * vague < best[1]:
                text = (
                    f"Your line {number} reads `{mine}`. If it read `{new}` instead: which example "
                    f"would show it, and what would come out?\nAnswer: one is this: {shown}."
                )
                best = text, len(shown) + ENOUGH * vague
    return best[0]


def _at_a_line(
    tree: ast.Module,
    source: str,
    called: Sequence[str],
    exercise: str,
    random: Draw,
    tried: _Tried,
    pairs: list[tuple[Example, Any]],
) -> str:
    """What a name holds after a line: a shape or a value. Without such a line, what comes out."""
    function, example = _function(tree, exercise), pairs[0][0]
    for place in random.shuffled(range(len(function.body))) if function else ():
        assert function is not None
        line = function.body[place]
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
            continue
        held = line.targets[0].id
        body = [*function.body[: place + 1], ast.Return(ast.Name(held, ast.Load()))]
        cut = ast.FunctionDef(**{**vars(function), "body": body})
        others = [node if node is not function else cut for node in tree.body]
        stopped = ast.unparse(ast.fix_missing_locations(ast.Module(others, [])))
        try:
            (value,) = tried.results(stopped, [example])
        except ValueError:
            continue
        told = "" if isinstance(value, Exception) else _told(value)
        if not told or len(told) > ENOUGH or told in ("[]", "{}", "set()", "''", "0", "0.0"):
            continue
        what = "the shape of" if isinstance(value, torch.Tensor) and value.ndim else "in"
        return (
            f"For {_listed(called, example)}: "
            f"what is {what} `{held}` after your line {line.lineno}, "
            f"`{source.splitlines()[line.lineno - 1].strip()}`?\nAnswer: {told}."
        )
    (value,) = tried.results(source, [example])
    if isinstance(value, Exception):
        return ""
    has_shape = isinstance(value, torch.Tensor) and value.ndim
    what = "is the shape of what comes out" if has_shape else "comes out"
    return f"What {what} for {_listed(called, example)}?\nAnswer: {_told(value)}."


def _why(source: str, random: Draw) -> str:
    """A why of something that stands in the code."""
    fits = [(ask, listen) for sign, ask, listen in WHYS[:-1] if re.search(sign, source)]
    ask, listen = random.choice(fits or [WHYS[-1][1:]])
    return f"{ask}\nAnswer: listen for this: {listen}."


def _line_of(tree: ast.Module, source: str, line: str) -> tuple[int, str]:
    """The number and the text of the student's line that is this one when written anew."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and ast.unparse(node).splitlines()[0] == line.strip():
            if node.end_lineno == node.lineno or hasattr(node, "body"):
                line = source.splitlines()[node.lineno - 1]
            return node.lineno, line.strip()
    return 1, line.strip()


def _told(value: Any) -> str:
    """The shape of a tensor; of anything else, which has none, the value."""
    has_shape = isinstance(value, torch.Tensor) and value.ndim
    return str(tuple(value.shape)) if has_shape else _shown(value)


def _listed(called: Sequence[str], example: Example) -> str:
    """The arguments of a call, each with its name as far as they have one."""
    shown = [f"`{name} = {_shown(x)}`" for name, x in zip(called, example.arguments)]
    return ", ".join([*shown, *(f"`{_shown(x)}`" for x in example.arguments[len(shown) :])])


def _shown(value: Any) -> str:
    plain = (torch.Tensor, str, int, float, list, tuple, dict, set, type(None))
    if not isinstance(value, plain):
        return f"a {type(value).__name__}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list) and all(isinstance(x, float) for x in value):
        return f"[{', '.join(map(_shown, value))}]"
    return exercises._shown(value)


def _difference(right: Any, other: Any) -> str:
    """Both results; of large tensors the first number in which they differ."""
    if isinstance(other, Exception):
        return f"it gives {_shown(right)}, and it would stop with {type(other).__name__}"
    tensors = isinstance(right, torch.Tensor) and isinstance(other, torch.Tensor)
    if tensors and right.shape == other.shape and right.numel() > 12:
        apart = ~torch.isclose(right.double(), other.double(), 1e-4, 1e-4)
        at = apart.nonzero()[0].tolist()
        here, there = (_shown(t[tuple(at)].item()) for t in (right, other))
        return f"the number at {at} is {here}, and it would be {there}"
    return f"it gives {_shown(right)}, and it would give {_shown(other)}"


def _size(value: Any) -> int:
    """About how many numbers or letters an argument holds."""
    if isinstance(value, (list, tuple, set, dict)):
        return sum(map(_size, value))
    if isinstance(value, torch.Tensor):
        return value.numel()
    return len(value) if isinstance(value, str) else 1
