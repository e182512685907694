"""Random choices that are the same on every platform and Python version."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A source of random choices, started from any number of seeds.

    Only `random.Random.random` is used: it is the one method whose sequence Python promises to
    keep.
    """

    def __init__(self, *seeds: object) -> None:
        self.random = random.Random("/".join(map(str, seeds))).random
        self._decks: dict[tuple[str, int], list[int]] = {}

    def below(self, n: int) -> int:
        """An integer from 0 to n - 1."""
        return int(self.random() * n)

    def between(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def chance(self, p: float) -> bool:
        """True with probability p."""
        return self.random() < p

    def choice(self, items: Sequence[T]) -> T:
        return items[int(self.random() * len(items))]

    def weighted_choice(self, table: Sequence[tuple[float, T]]) -> T:
        """One item of a table of (weight, item)."""
        at = self.random() * sum(weight for weight, _ in table)
        for weight, item in table:
            at -= weight
            if at < 0:
                return item
        return table[-1][1]  # rounding may leave `at` at 0

    def shuffled(self, items: Sequence[T]) -> list[T]:
        out = list(items)
        for i in range(len(out) - 1, 0, -1):
            j = int(self.random() * (i + 1))
            out[i], out[j] = out[j], out[i]
        return out

    def sample(self, items: Sequence[T], k: int) -> list[T]:
        """k different items, in random order."""
        if k * 4 > len(items):
            return self.shuffled(items)[:k]
        picked: list[int] = []  # few of many: quicker than to shuffle them all
        while len(picked) < k:
            i = self.below(len(items))
            if i not in picked:
                picked.append(i)
        return [items[i] for i in picked]

    def deal(self, items: Sequence[T], deck: str) -> T:
        """The next item of a shuffled deck, so that all items come up equally often."""
        left = self._decks.setdefault((deck, len(items)), [])
        if not left:
            left += self.shuffled(range(len(items)))
        return items[left.pop()]
