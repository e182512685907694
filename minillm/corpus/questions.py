"""Held-out questions: what no training text asks, though everything needed to answer stands in it or in the question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from . import lessons
from .talk import Message, Turns, ask_echo, ask_rule, memory, messages
from .documents import ask_fact
from .stories import BANKS, make_story, unseen
from .world import HELD_OUT, LANGUAGES, Draw, Form, fill


@dataclass(frozen=True)
class Question:
    """Messages that end with the user's question, the one right answer, and for stories the candidate answers."""

    family: str
    language: str
    messages: tuple[Message, ...]
    answer: str
    choices: tuple[str, ...] = ()


Asker = Callable[[Draw, str], tuple[Turns, str, tuple[str, ...]]]


def single(ask: Callable[..., tuple[str, str]], **how: object) -> Asker:
    """A question of one turn."""

    def asker(draw: Draw, language: str) -> tuple[Turns, str, tuple[str, ...]]:
        question, answer = ask(draw, language, **how)
        return [(question, "")], answer, ()

    return asker


def ask_memory(draw: Draw, language: str) -> tuple[Turns, str, tuple[str, ...]]:
    *before, (question, answer) = memory(draw, language, held_out=True)
    return [*before, (question, "")], answer, ()


def ask_reading(draw: Draw, language: str) -> tuple[Turns, str, tuple[str, ...]]:
    """A question about a story that was never told; nearly always with several candidates."""
    story = make_story(draw, held_out=True)
    asked = [story.ask(draw, language, fact) for fact in story.facts()]
    one = draw.one([a for a in asked if len(a.choices) > 1 or draw.chance(0.05)] or asked)
    text = fill(
        draw,
        draw.one(BANKS[language].READ_THIS),
        {"story": Form(story.text(draw, language)), "q": one.question},
    )
    return [(text, "")], one.answer, one.choices


ASKERS: dict[str, Asker] = {
    "facts": single(ask_fact, friends=HELD_OUT),
    "wording": single(ask_fact, wordings=unseen),
    "sums": single(lessons.ask_sum, held_out=True),
    "opposites": single(lessons.ask_opposite, held_out=True),
    "translation": single(lessons.ask_translation, held_out=True),
    "echo": single(ask_echo, held_out=True),
    "rule": single(ask_rule, held_out=True),
    "memory": ask_memory,
    "reading": ask_reading,
}
FAMILIES = tuple(ASKERS)


def make_questions(draw: Draw) -> list[Question]:
    """50 different questions per family and language; the rule of 吗 is Chinese only and has 100."""
    out = []
    for family, asker in ASKERS.items():
        languages = ("zh", "zh") if family == "rule" else LANGUAGES
        asked: set[str] = set()
        for language in languages:
            left = 50
            while left:
                turns, answer, choices = asker(draw, language)
                text = "\n".join(turn[0] for turn in turns)
                if text not in asked:
                    asked |= {text} if family in ("wording", "facts", "reading") else {text, answer}
                    out.append(Question(family, language, tuple(messages(turns)), answer, choices))
                    left -= 1
    return out
