"""What two students' hand-ins have in common: a hint for the teacher, and no deduction.

Not here: how it came about, which a talk tells.
"""

import ast
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, permutations
from typing import TypeVar

from .answers import python
from .feedback import Record

EXPECTED = 50  # nodes of a syntax tree; shorter answers are often the same by themselves
ENOUGH = 12  # words of an answer, of all guesses together; fewer are often the same by themselves
LONG = 5  # words of a guess; shorter ones prove nothing, however many there are
CJK = r"\u3040-\u30ff\u3400-\u9fff"  # where a letter is about a word
WORD = re.compile(rf"[{CJK}]|\d[\d.]*|[^\W\d{CJK}]+")
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Hint = tuple[int, str]  # (the number of a record, a sentence)


def with_hints(records: Sequence[Record]) -> list[Record]:
    """The records with a sentence for what each shares with those of other students."""
    copied = _same_code(records)
    shared = chain(
        _same_world(records), _told(copied), _same_guesses(records), _same_words(records)
    )
    hints, names = _by_key(shared), _by_key(_same_name(records))
    return [
        replace(
            record,
            names=record.names + names.get(number, []),
            hints=hints.get(number, []),
            copied=[*chain(*copied.get(number, {}).values())],
        )
        for number, record in enumerate(records)
    ]


def form(source: str) -> str:
    """Code without comments, docstrings, annotations and the names that it chooses.

    "" for what can't be read, or is so short that others write the same by themselves.
    """
    try:
        tree = ast.parse(python(source))
        return _renamed(tree) if sum(1 for _ in ast.walk(tree)) >= EXPECTED else ""
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def _renamed(tree: ast.Module) -> str:
    """A syntax tree as text, in which names are numbers in the order in which they are made."""
    own: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            own.setdefault(node.arg, f"_{len(own)}")
        elif isinstance(node, ast.FunctionDef):
            own.setdefault(node.name, f"_{len(own)}")
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            own.setdefault(node.id, f"_{len(own)}")
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.arg, node.annotation = own[node.arg], None
        elif isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            node.name, node.returns, node.body = own[node.name], None, body
        elif isinstance(node, ast.Name):
            node.id = own.get(node.id, node.id)
    return ast.dump(tree)


def _same_name(records: Sequence[Record]) -> Iterator[Hint]:
    named = (((r.name.casefold(), r.lesson), n) for n, r in enumerate(records) if r.lesson)
    for group in _by_key(named).values():
        files = ", ".join(records[number].file for number in group)
        for number in group if len(group) > 1 else ():
            yield number, f"{len(group)} notebooks of this lesson bear this name: {files}."


def _same_world(records: Sequence[Record]) -> Iterator[Hint]:
    seeds = (
        (extra["seed"], number)
        for number, record in enumerate(records)
        for extra in record.extras
        if extra.get("seed") is not None
    )
    for seed, group in _by_key(seeds).items():
        for number, names in _others(records, group).items():
            yield (
                number,
                (
                    f"The same world as {names}, of seed {seed}: either the names collide, and "
                    "one needs another, or a report was copied."
                ),
            )


def _same_code(records: Sequence[Record]) -> dict[int, dict[str, list[str]]]:
    """Of a record the exercises that it shares, by the names of those with whom."""
    forms = (
        ((record.lesson, verdict["exercise"], code), number)
        for number, record in enumerate(records)
        for verdict in record.verdicts
        if (code := form(verdict["source"]))
    )
    places: dict[int, dict[str, list[str]]] = {}
    for key, group in _by_key(forms).items():
        for number, names in _others(records, group).items():
            places.setdefault(number, {}).setdefault(names, []).append(key[1])
    return places


def _told(copied: Mapping[int, Mapping[str, Sequence[str]]]) -> Iterator[Hint]:
    for number, found in copied.items():
        for names, exercises in found.items():
            yield number, f"The same code as {names} in {', '.join(exercises)}."


def _same_guesses(records: Sequence[Record]) -> Iterator[Hint]:
    guesses = (
        ((guess["number"], *words), number)
        for number, record in enumerate(records)
        for guess in record.predictions
        if len(words := _words(guess["guess"])) >= LONG
    )
    by_pair = _by_key(
        (pair, key)
        for key, group in _by_key(guesses).items()
        for pair in permutations(dict.fromkeys(group), 2)
        if records[pair[0]].page != records[pair[1]].page
    )
    others = _by_key(
        ((number, tuple(place for place, *_ in keys)), other)
        for (number, other), keys in by_pair.items()
        if sum(len(words) for _, *words in keys) >= ENOUGH
    )
    for (number, places), group in others.items():
        names = _others(records, [number, *group])[number]
        same = "guess" if len(places) == 1 else "guesses"
        yield number, f"The same {same} as {names} for {', '.join(places)}, word for word."


def _same_words(records: Sequence[Record]) -> Iterator[Hint]:
    answers = (
        (
            (record.lesson or record.title, answer["where"], *_words(answer["text"])),
            number,
        )
        for number, record in enumerate(records)
        for answer in record.words
    )
    long = ((key, number) for key, number in answers if len(key) - 2 >= ENOUGH)
    for (_, where, *_said), group in _by_key(long).items():
        for number, names in _others(records, group).items():
            yield number, f"The same words as {names} under “{where}”."


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _by_key(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    """What shares a key."""
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _others(records: Sequence[Record], group: Sequence[int]) -> dict[int, str]:
    """Of each record of a group the names of the other students in it, if there are any."""
    names = {records[number].page: records[number].name for number in group}
    return {
        number: ", ".join(names[page] for page in names if page != records[number].page)
        for number in group
        if len(names) > 1
    }
