"""Sentences with slots and choices, and how the sentence tables group them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .draw import Draw

Texts = tuple[str, ...]


class Form(str):
    """A word and the shapes in which sentences need it.

    `{thing}` is filled with the word itself, lantern; `{thing.a}` with its shape `a`, a lantern;
    `{place.at}` with the shape `at` of a place, on the pier.
    """

    shapes: dict[str, str]

    def __new__(cls, text: str, **shapes: str) -> Form:
        form = super().__new__(cls, text)
        form.shapes = shapes
        return form

    @property
    def bare(self) -> str:
        """The word without an article: for `the pier`, pier."""
        return self.shapes.get("bare", str(self))


class Slot(NamedTuple):
    """`{name}` or `{name.shape}`; written `{Name}`, it starts with a capital letter."""

    name: str
    shape: str
    capital: bool


class Choice(NamedTuple):
    """`[this|that]`: one of the options is picked."""

    options: tuple[tuple[Part, ...], ...]


Part = str | Slot | Choice


@cache
def _parse(template: str) -> tuple[Part, ...]:
    """Cut a template into text, slots and choices."""
    open_choices: list[list[list[Part]]] = [[[]]]  # the options of each, the innermost last
    for token in filter(None, re.split(r"(\{[^}]*\}|[\[|\]])", template)):
        if token == "[":
            open_choices.append([[]])
        elif token == "|":
            open_choices[-1].append([])
        elif token == "]":
            options = open_choices.pop()
            open_choices[-1][-1].append(Choice(tuple(tuple(option) for option in options)))
        elif token[0] == "{":
            name, _, shape = token[1:-1].partition(".")
            slot = Slot(name[0].lower() + name[1:], shape, capital=name[0].isupper())
            open_choices[-1][-1].append(slot)
        else:
            open_choices[-1][-1].append(token)
    ((parts,),) = open_choices  # anything else is a bracket without its partner, or a loose |
    return tuple(parts)


def _fill(draw: Draw, parts: tuple[Part, ...], slots: Mapping[str, str]) -> str:
    out: list[str] = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Choice):
            out.append(_fill(draw, draw.choice(part.options), slots))
        else:
            text = slots[part.name]
            if part.shape:
                if not isinstance(text, Form):
                    raise TypeError(f"{text!r} has no shape {part.shape!r}: it is not a Form")
                text = text.shapes[part.shape]
            out.append(text[:1].upper() + text[1:] if part.capital else text)
    return "".join(out)


def fill(draw: Draw, template: str, slots: Mapping[str, str]) -> str:
    """Fill the slots of a template and pick one option of each choice."""
    return _fill(draw, _parse(template), slots)


# --- groups of sentences --------------------------------------------------------------------------


@dataclass(frozen=True)
class Wordings:
    """The ways to ask one thing: those that training may use, and those it never uses."""

    train: Texts
    held_out: Texts

    def __post_init__(self) -> None:
        if not self.train or not self.held_out:
            raise ValueError("wordings need at least one for training and one held out")
        if both := set(self.train) & set(self.held_out):
            raise ValueError(f"wordings that are for training and also held out: {sorted(both)}")

    def pick(self, draw: Draw, held_out: bool) -> str:
        """One of those for training, or one of those held out."""
        return draw.choice(self.held_out if held_out else self.train)

    def pick_as_visitors_do(self, draw: Draw, held_out: bool) -> str:
        """As `pick`, the first three oftener: there belongs what people type most."""
        if not held_out and draw.chance(0.3):
            return draw.choice(self.train[:3])
        return self.pick(draw, held_out)


class Turn(NamedTuple):
    """One turn of a dialogue: what the user says, and what the assistant answers."""

    user: str
    assistant: str


class SmallTalk(NamedTuple):
    """What the user may say, and what may be answered to any of it."""

    user: Wordings
    assistant: Texts


class Unknown(NamedTuple):
    """Questions of a kind that nothing here answers, and how to say so."""

    questions: Wordings
    answers: Texts


class Memory(NamedTuple):
    """Something that users say of themselves, the replies to it, and how they ask for it later."""

    statements: Texts
    replies: Texts
    questions: Wordings
    answer: str


class Secret(NamedTuple):
    """What a made-up word means: statements, and questions with their answer."""

    statements: Texts
    questions: Texts
    answer: str
