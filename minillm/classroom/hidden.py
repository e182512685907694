"""Hidden tests: an answer beside the reference solution, on inputs that nobody has seen.

They are made from an exercise's check: the inputs on which it calls an answer, and variations of
them (`variations`). Not here: what kind of mistake it is; that says the check, which everybody may
read.
"""

import copy
import itertools
import math
import re
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from .. import exercises
from ..exercises import Check, checked
from .variations import PLAIN, Arguments, is_config, variations

MOST, LEAST = 40, 12  # variations that are kept, and those that are whatever time they take
TRIED = 200
SECONDS_EACH = 0.5  # of the processor; slower variations are left out
SECONDS = 1.0  # for all variations
LENIENT = 0.003  # how far off a number may be where the check allows it
Answer = Callable[..., Any]


@dataclass(frozen=True)
class Example:
    """Arguments, and what the reference solution makes of them: a result, or a kind of error."""

    arguments: Arguments
    wanted: Any
    error: type[Exception] | None = None


@dataclass(frozen=True)
class HiddenExamples:
    """What an answer is tried on, and how far off its numbers may be."""

    examples: list[Example]
    atol: float


def hidden_test(check: Check, answer: Answer, reference: Answer) -> str:
    """What is wrong with an answer, in a sentence; "" if it gives what `reference` gives.

    The inputs are those on which `check` calls an answer, and variations of them. ValueError if
    `check` does not call `reference` right.
    """
    return compared(hidden_examples(check, reference), answer)


def hidden_examples(check: Check, reference: Answer) -> HiddenExamples:
    """The inputs of a hidden test and what should come out: the same ones each time, but that a
    slow machine may stop after the first LEAST.

    ValueError if `check` does not call `reference` right.
    """
    name = getattr(check, "__name__", "the check")
    recorded: list[Arguments] = []

    def recorder(*args: Any) -> Any:
        recorded.append(tuple(map(_copied, args)))
        return reference(*args)

    def a_little_off(*args: Any) -> Any:
        return _shifted(reference(*args))

    said = _verdict(check, recorder)
    if not said.startswith("Right"):
        raise ValueError(f"{name} refuses the reference solution: {said}")
    found: dict[str, Example] = {}
    for arguments in recorded:
        if example := _example(reference, arguments, (Exception,)):
            found[_key(arguments)] = example
    meant = tuple({example.error for example in found.values() if example.error})
    asked, start = len(found), time.thread_time()
    others = variations(recorded, zlib.crc32(name.encode()))
    for arguments in itertools.islice(others, TRIED):
        late = time.thread_time() - start > SECONDS
        if len(found) - asked >= (LEAST if late else MOST):
            break
        key = _key(arguments)
        if key not in found and (example := _example(reference, arguments, meant)):
            found[key] = example
    lenient = _verdict(check, a_little_off).startswith("Right")
    return HiddenExamples(list(found.values()), LENIENT if lenient else 1e-5)


def _verdict(check: Check, answer: Answer) -> str:
    """What a check says, without its guard: that would give the answer copies of its own."""
    try:
        return str(getattr(check, "__wrapped__", check)(answer))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _key(arguments: Arguments) -> str:
    """The same for the same data; of models and functions it is asked which one it is."""
    return "; ".join(map(_key_of, arguments))


def _key_of(value: Any) -> str:
    if isinstance(value, Tensor):
        return f"{tuple(value.shape)} {value.tolist()}"
    if isinstance(value, set):
        return repr(sorted(value, key=repr))
    return repr(value) if isinstance(value, PLAIN) or is_config(value) else repr(id(value))


def _example(
    reference: Answer, arguments: Arguments, meant: tuple[type[Exception], ...]
) -> Example | None:
    """None where the reference solution is slow, has no result, or not the same one twice."""
    start = time.thread_time()
    try:
        wanted = reference(*map(_copied, arguments))
        again = reference(*map(_copied, arguments))
    except meant as error:
        return Example(arguments, None, type(error))
    except Exception:
        return None
    slow = time.thread_time() - start > 2 * SECONDS_EACH
    return None if slow or not alike(again, wanted, 0.0) else Example(arguments, wanted)


def compared(hidden: HiddenExamples, answer: Answer) -> str:
    """What is wrong with an answer on the examples, in a sentence; "" if nothing is.

    The answer gets copies, and has as much time as for a check.
    """
    models = _models(hidden.examples)
    before = [(model, _state(model)) for model in models]

    @checked
    def check_hidden(watched: Answer) -> str:
        for example in hidden.examples:
            if wrong := _wrong(example, watched, hidden.atol):
                return wrong
            for model, state in before:
                if not _unchanged(model, state):
                    return "The model that was given is left changed."
        return "Right"

    try:
        verdict = check_hidden(answer)
    finally:
        for model, state in before:
            if not _unchanged(model, state):
                model.load_state_dict(state[0])
                model.train(state[1])
    return "" if verdict.startswith("Right") else verdict


def _wrong(example: Example, answer: Answer, atol: float) -> str:
    asked = _listed(example.arguments)
    if example.error:
        try:
            got = answer(*example.arguments)
        except example.error:
            return ""
        return f"For {asked} there should be a {example.error.__name__}, not {_shown(got)}."
    got = answer(*example.arguments)
    if alike(got, example.wanted, atol):
        return ""
    return f"For {asked} it gives {_shown(got)}, and {_shown(example.wanted)} was expected."


def alike(got: Any, want: Any, atol: float) -> bool:
    """Whether two results are the same: of a tensor with no axis the number counts, of a number
    with a fraction what is within `atol` or a ten-thousandth of it."""
    got, want = _number_of(got), _number_of(want)
    if isinstance(want, Tensor) and isinstance(got, Tensor):
        if (got.dtype == torch.bool) != (want.dtype == torch.bool) or got.shape != want.shape:
            return False
        fraction = got.is_floating_point() or want.is_floating_point()
        got, want = (got.double(), want.double()) if fraction else (got, want)
        return torch.allclose(got, want, 1e-4, atol) if fraction else torch.equal(got, want)
    if isinstance(want, (list, tuple)) and isinstance(got, (list, tuple)):
        return len(got) == len(want) and all(alike(g, w, atol) for g, w in zip(got, want))
    if isinstance(want, float) and isinstance(got, (int, float)):
        return math.isclose(got, want, rel_tol=1e-4, abs_tol=atol)
    return not isinstance(got, Tensor) and not isinstance(want, Tensor) and bool(got == want)


def _number_of(value: Any) -> Any:
    return value.item() if isinstance(value, Tensor) and value.ndim == 0 else value


def _shifted(value: Any) -> Any:
    """A result whose every number with a fraction is off by LENIENT."""
    if isinstance(value, Tensor) and value.is_floating_point():
        return value + LENIENT
    if isinstance(value, (list, tuple)):
        return type(value)(map(_shifted, value))
    return value + LENIENT if isinstance(value, float) else value


def _copied(value: Any) -> Any:
    return exercises._copy(value)


def _models(examples: Sequence[Example]) -> list[nn.Module]:
    found = {
        id(value): value
        for example in examples
        for value in example.arguments
        if isinstance(value, nn.Module)
    }
    return list(found.values())


def _state(model: nn.Module) -> tuple[dict[str, Tensor], bool]:
    return copy.deepcopy(model.state_dict()), model.training


def _unchanged(model: nn.Module, state: tuple[dict[str, Tensor], bool]) -> bool:
    now = model.state_dict()
    return model.training == state[1] and all(
        torch.equal(now[name], was) for name, was in state[0].items()
    )


def _listed(arguments: Arguments) -> str:
    return ", ".join(map(_shown, arguments))


def _shown(value: Any) -> str:
    if not isinstance(value, PLAIN) and not is_config(value):
        return f"a {type(value).__name__}"
    shown = exercises._shown(value)
    return shown if len(shown) < 120 else shown[:100] + " …"


def hidden_cell(name: str, solution: str) -> str:
    """The source of the hidden part of a test cell in nbgrader, for the exercise `name`.

    `solution` is the source that defines `NAME_solution`. The cell raises AssertionError with the
    sentence of `hidden_test` if the answer is wrong.
    """
    if not re.search(rf"^def {name}_solution\(", solution, re.M):
        raise ValueError(f"the solution of {name} does not define {name}_solution")
    reference = re.sub(rf"\b{name}_solution\b", f"hidden_{name}", solution).strip()
    return f"""\
### BEGIN HIDDEN TESTS
from minillm.classroom.hidden import hidden_test


{reference}


said = hidden_test(check_{name}, {name}, hidden_{name})
assert not said, said
### END HIDDEN TESTS"""
