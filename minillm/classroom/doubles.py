"""What two students' hand-ins have in common: a hint for the teacher, and no deduction.

Not here: how it came about, which a talk tells.
"""

import ast
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from .answers import python
from .feedback import Record

EXPECTED = 50  # nodes of a syntax tree; shorter answers are often the same by themselves
FEW_WORDS = 12  # of an answer, of all guesses together; fewer are often the same by themselves
Key = TypeVar("Key", bound=Hashable)
Hint = tuple[int, str]  # (the number of a record, a sentence)


def with_hints(records: Sequence[Record]) -> list[Record]:
    """The records with a sentence for what each shares with those of other students."""
    hints: dict[int, list[str]] = {number: [] for number in range(len(records))}
    copied = _same_code(records)
    named = chain(_same_name(records), _same_world(records))
    for number, sentence in chain(
        named, _told(copied), _same_guesses(records), _same_words(records)
    ):
        hints[number].append(sentence)
    return [
        replace(record, hints=hints[number], copied=[*chain(*copied.get(number, {}).values())])
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
    named = ((number, (r.name.casefold(), r.lesson)) for number, r in enumerate(records))
    for group in _by_key((number, key) for number, key in named if key[1]).values():
        files = ", ".join(records[number].file for number in group)
        for number in group if len(group) > 1 else ():
            yield number, f"{len(group)} notebooks of this lesson bear this name: {files}."


def _same_world(records: Sequence[Record]) -> Iterator[Hint]:
    seeds = (
        (number, extra["seed"])
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
        (number, (record.lesson, verdict["exercise"], code))
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
        (number, (record.lesson, *(" ".join(p["guess"].casefold().split()) for p in made)))
        for number, record in enumerate(records)
        if (made := record.predictions)
    )
    long = ((number, key) for number, key in guesses if len(" ".join(key[1:]).split()) >= FEW_WORDS)
    for group in _by_key(long).values():
        for number, names in _others(records, group).items():
            yield number, f"The same guesses as {names}, word for word."


def _same_words(records: Sequence[Record]) -> Iterator[Hint]:
    answers = (
        (
            number,
            (record.lesson or record.title, answer["where"], *answer["text"].casefold().split()),
        )
        for number, record in enumerate(records)
        for answer in record.words
    )
    long = ((number, key) for number, key in answers if len(key) - 2 >= FEW_WORDS)
    for (_, where, *_words), group in _by_key(long).items():
        for number, names in _others(records, group).items():
            yield number, f"The same words as {names} under “{where}”."


def _by_key(pairs: Iterable[tuple[int, Key]]) -> dict[Key, list[int]]:
    """The numbers of the records that share a key."""
    found: dict[Key, list[int]] = {}
    for number, key in pairs:
        found.setdefault(key, []).append(number)
    return found


def _others(records: Sequence[Record], group: Sequence[int]) -> dict[int, str]:
    """Of each record of a group the names of the other students in it, if there are any."""
    names = {records[number].page: records[number].name for number in group}
    return {
        number: ", ".join(names[page] for page in names if page != records[number].page)
        for number in group
        if len(names) > 1
    }
