"""Other inputs like those that a check uses: of the same kinds, and within what these allow.

What holds of all the inputs of a check may be what the exercise promises, so it holds here: numbers
that are never negative stay so, rows that sum to 1 still do, a mask stays causal, two sizes that
agree still agree, and of two whole numbers the smaller stays the smaller. Not here: which inputs
an exercise makes sense for; `hidden` keeps those for which the reference solution has a result.
"""

import copy
import dataclasses
import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

Arguments = tuple[Any, ...]
PLAIN = (Tensor, str, bytes, bool, int, float, list, tuple, dict, set, type(None))
WORDS = ("penguin", "the", "小企鹅", "海", "Ö", " ", "\n", "")
LARGEST = 4096  # numbers in a tensor


def variations(calls: Sequence[Arguments], seed: int = 0) -> Iterator[Arguments]:
    """Endlessly many arguments like those of `calls`, the same ones for the same seed.

    Models, tokenizers, functions and other objects are handed on as they are.
    """
    rng = random.Random(seed)
    traits: dict[tuple[int, int], _Traits] = {}
    for call in calls:
        for i, value in enumerate(call):
            traits.setdefault((len(call), i), _Traits()).meet(value)
    while calls:
        for call in calls:
            vary = _Variation(call, rng)
            yield tuple(vary.argument(x, traits[len(call), i]) for i, x in enumerate(call))


class _Traits:
    """What is true of one argument in all calls."""

    def __init__(self) -> None:
        self.never_negative = self.positive = self.whole = self.up_to_one = True
        self.rows_sum_to_one = self.causal = True
        self.zeros = self.outer_blanks = False

    def meet(self, value: Any) -> None:
        if not isinstance(value, (Tensor, int, float)):
            self.outer_blanks |= any(text != text.strip() for text in _strings(value))
            value = [x for x in value if isinstance(x, float)] if isinstance(value, list) else []
            if not value:
                return
        x = torch.as_tensor(value).detach().double()
        self.never_negative &= bool((x >= 0).all())
        self.positive &= bool((x > 0).all())
        self.up_to_one &= bool((x <= 1).all())
        self.whole &= bool((x == x.round()).all())
        self.zeros |= bool((x == 0).any())
        sums = x.sum(dim=-1) if x.ndim else x + 2
        self.rows_sum_to_one &= bool(((sums - 1).abs() < 1e-4).all()) and x.numel() > 0
        square = x.ndim > 1 and x.shape[-1] == x.shape[-2]
        self.causal &= square and bool((x.triu(1) == 0).all())


def _whole_numbers(value: Any) -> Iterator[int]:
    """The sizes, lengths and whole numbers above 0 in a value."""
    if isinstance(value, Tensor):
        yield from value.shape
        if not value.is_floating_point() and value.dtype != torch.bool:
            yield from (n for n in value.unique().tolist() if n > 0)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from [value] if value > 0 else []
    elif isinstance(value, (list, tuple, set)):
        yield from [len(value)] if isinstance(value, list) and value else []
        for part in value:
            yield from _whole_numbers(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _whole_numbers(key)
            yield from _whole_numbers(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _whole_numbers(getattr(value, field.name))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple, set)):
        for part in sorted(value) if isinstance(value, set) else value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from () if key == "role" else _strings(part)


class _Variation:
    """One variation of a call. What is equal in it stays equal, so it is looked up here."""

    def __init__(self, call: Arguments, rng: random.Random) -> None:
        self.rng = rng
        self.generator = torch.Generator().manual_seed(rng.randrange(2**31))
        fixed = any(not isinstance(v, PLAIN) and not is_config(v) for v in call)
        self.numbers = self._increasing(sorted(set(_whole_numbers(call))), fixed)
        self.order: dict[int, list[int]] = {}  # which elements of a list, for each length
        self.texts: dict[str, str] = {}
        self.pool = list(_strings(call))
        self.traits = _Traits()  # of the argument at hand
        self.text_ways = rng.sample(TEXT_WAYS, 2)

    def _increasing(self, numbers: list[int], only_smaller: bool) -> dict[int, int]:
        """Other numbers in the same order. An object may have room for the given ones only."""
        if self.rng.random() < 0.3:
            return {n: n for n in numbers}
        changed: dict[int, int] = {}
        last = before = 0
        loose, scale = self.rng.choice([0.2, 0.6, 1.0]), self.rng.choice([1, 1, 1, 0.01])
        for n in numbers:
            gap = n - before
            new = last + gap
            if self.rng.random() < loose:
                new = last + max(1, round(gap * self.rng.uniform(0.3, 2.5) * scale))
            if only_smaller:
                new = min(new, n)
            changed[n], last, before = new, new, n
        return changed

    def argument(self, value: Any, traits: _Traits) -> Any:
        """Another value for an argument."""
        self.traits = traits
        return self._value(value)

    def _value(self, value: Any) -> Any:
        if isinstance(value, Tensor):
            return self._tensor(value, self.traits)
        if isinstance(value, bool):
            return value if self.rng.random() < 0.7 else not value
        if isinstance(value, int):
            return self.numbers.get(value, value)
        if isinstance(value, float):
            return self._number(value) if self.rng.random() < 0.7 else value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return self._list(value)
        if isinstance(value, tuple):
            return tuple(self._value(part) for part in value)
        if isinstance(value, set):
            parts = sorted(value, key=repr)
            return {self._value(part) if self.rng.random() < 0.5 else part for part in parts} - {""}
        if isinstance(value, dict):
            return self._dictionary(value)
        return self._config(value) if is_config(value) else value

    def _number(self, value: float) -> float:
        traits = self.traits
        new = value * 2 ** self.rng.gauss(0, 1) + (0 if traits.positive else self.rng.gauss(0, 1))
        new = abs(new) if traits.never_negative else new
        return min(new, 1.0) if traits.up_to_one else new

    def _list(self, value: list[Any]) -> list[Any]:
        if not value:
            return []
        if isinstance(value[0], dict):  # messages take turns
            turns = value[: len(value) - 2 * self.rng.randrange((len(value) + 1) // 2)]
            return [self._value(part) for part in turns]
        if len(value) not in self.order:
            length, places = self.numbers[len(value)], list(range(len(value)))
            way = self.rng.randrange(4)
            if way < 2:  # as it was or shuffled, longer or shorter
                again = places if way else self.rng.sample(places, len(places))
                order = (again * (length // len(value) + 1))[:length]
            elif way == 2:
                few = self.rng.sample(places, min(3, len(places)))
                order = self.rng.choices(few, k=length)
            else:
                order = self.rng.choices(places, k=length)
            self.order[len(value)] = order
        parts = [value[i] for i in self.order[len(value)]]
        if self.rng.random() < 0.3:  # else lists of one length go together
            self.rng.shuffle(parts)
        return [self._value(part) for part in parts]

    def _dictionary(self, value: dict[Any, Any]) -> dict[Any, Any]:
        if all(isinstance(key, str) for key in value):
            return {k: v if k == "role" else self._value(v) for k, v in value.items()}
        items = self.rng.sample(list(value.items()), self.rng.randint(1, len(value)))
        parts = list(value.values())
        return {
            self._value(key): self._value(part if self.rng.random() < 0.5 else choice)
            for (key, part), choice in zip(items, self.rng.choices(parts, k=len(items)))
        }

    def _config(self, value: Any) -> Any:
        names = [f.name for f in dataclasses.fields(value)]
        changes = {n: self.numbers.get(getattr(value, n), 0) for n in names}
        kept = {n: new for n, new in changes.items() if new and self.rng.random() < 0.5}
        try:
            return dataclasses.replace(value, **kept)
        except (TypeError, ValueError):  # numbers that do not go together
            return copy.copy(value)

    def _text(self, value: str) -> str:
        if value not in self.texts:
            way = self.rng.choice(self.text_ways)
            parts = re.findall(r"\s+|\S+", value) if " " in value else list(value)
            self.texts[value] = "".join(way(self, parts))
        text = self.texts[value]
        return text if self.traits.outer_blanks else text.strip()

    def _tensor(self, value: Tensor, traits: _Traits) -> Tensor:
        shape = [self.numbers.get(size, size) for size in value.shape]
        numel = 1
        for size in shape:
            numel *= size
        if numel > max(LARGEST, value.numel()):
            shape = list(value.shape)
        if value.dtype == torch.bool:
            share = self.rng.choice([value.double().mean().item(), 0.0, 0.3, 0.7, 1.0])
            return torch.rand(shape, generator=self.generator) < share
        if value.is_floating_point():
            return self._floats(value, shape, traits).to(value.dtype)
        return self._ids(value, shape)

    def _ids(self, value: Tensor, shape: list[int]) -> Tensor:
        old = [self.numbers.get(n, n) for n in value.flatten().tolist()]
        size = torch.Size(shape).numel()
        if not old:
            return value.clone()
        low = min([n for n in old if n >= 0], default=0)
        ways: list[Callable[[], int]] = [lambda: self.rng.choice(old)]
        if max(old) > 0:
            ways.append(lambda: self.rng.randint(min(low, 1), max(old)))
        way = self.rng.choice(ways)
        special = [n for n in old if n < 0]  # as the target that does not count
        drawn = [
            self.rng.choice(special) if special and self.rng.random() < 0.3 else way()
            for _ in range(size)
        ]
        if shape == list(value.shape) and self.rng.random() < 0.2:
            drawn = old
        return torch.tensor(drawn, dtype=value.dtype).view(shape)

    def _floats(self, value: Tensor, shape: list[int], traits: _Traits) -> Tensor:
        of_same_shape = shape == list(value.shape)
        x = torch.randn(shape, generator=self.generator)
        spread = value.double().std().item() if value.numel() > 1 else 1.0
        x = x * max(spread if spread == spread else 1.0, 0.3) * 2 ** self.rng.gauss(0, 1)
        if not traits.never_negative:
            x = x + self.rng.choice([0.0, value.double().mean().item()])
        if of_same_shape and self.rng.random() < 0.25:
            x = value.detach() * 2 ** self.rng.gauss(0, 1) + (0 if traits.never_negative else 0.5)
        if traits.never_negative:
            x = x.abs() + (1e-3 if traits.positive else 0)
        if traits.whole:
            x = (x * self.rng.choice([1, 3])).round()
        if traits.zeros and self.rng.random() < 0.7 and x.ndim:
            x = x * (torch.rand(shape, generator=self.generator) < 0.7)
        if traits.causal:
            x = x.tril()
        if traits.rows_sum_to_one:
            empty = x.sum(dim=-1, keepdim=True) == 0
            first = torch.arange(shape[-1]) == 0
            x = torch.where(empty, first.to(x.dtype), x)
            x = x / x.sum(dim=-1, keepdim=True)
        elif traits.up_to_one and traits.never_negative:
            x = x / max(1.0, x.max().item() if x.numel() else 1.0)
        return x


def is_config(value: Any) -> bool:
    """Whether a value is a dataclass, which has fields to vary."""
    return dataclasses.is_dataclass(value) and not isinstance(value, type)


def _cut(vary: _Variation, parts: list[str]) -> list[str]:
    start = vary.rng.randint(0, len(parts) // 2)
    return parts[start : start + vary.rng.randint(0, len(parts))]


def _shuffled(vary: _Variation, parts: list[str]) -> list[str]:
    return vary.rng.sample(parts, len(parts))


def _repeated(vary: _Variation, parts: list[str]) -> list[str]:
    return vary.rng.choices(parts, k=len(parts) + vary.rng.randint(0, 4)) if parts else parts


def _joined(vary: _Variation, parts: list[str]) -> list[str]:
    others = vary.rng.choices(vary.pool, k=vary.rng.randint(1, 3))
    return [vary.rng.choice(["", " "]).join([*others, "".join(parts)][vary.rng.randint(0, 1) :])]


def _mixed(vary: _Variation, parts: list[str]) -> list[str]:
    at = vary.rng.randint(0, len(parts))
    return [*parts[:at], vary.rng.choice(WORDS), *parts[at:]]


def _one_of_the_others(vary: _Variation, parts: list[str]) -> list[str]:
    return [vary.rng.choice(vary.pool)]


def _same(vary: _Variation, parts: list[str]) -> list[str]:
    return parts


TextWay = Callable[[_Variation, list[str]], list[str]]
TEXT_WAYS: list[TextWay] = [
    _cut,
    _shuffled,
    _repeated,
    _joined,
    _mixed,
    _one_of_the_others,
    _same,
]
