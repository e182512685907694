"""Held-out questions: no training text asks them.

All that is needed to answer them stands in training texts or in the question itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .conversations import Message, memory, to_messages
from .draw import Draw
from .exchanges import ask_echo, ask_fact, ask_opposite, ask_rule, ask_sum, ask_translation
from .sentences import BANKS
from .story_plots import make_story
from .templates import Turn, fill
from .world import HELD_OUT_FRIENDS, LANGUAGES


@dataclass(frozen=True)
class Question:
    """Messages that end with the user's question, and the one right answer.

    For stories there are also the candidate answers.
    """

    family: str
    language: str
    messages: tuple[Message, ...]
    answer: str
    choices: tuple[str, ...] = ()


# A dialogue whose last answer is asked for, and the candidate answers if there are any.
Asked = tuple[list[Turn], tuple[str, ...]]
Asker = Callable[[Draw, str], Asked]


def single_turn(ask: Callable[[Draw, str], Turn]) -> Asker:
    return lambda draw, language: ([ask(draw, language)], ())


def ask_memory(draw: Draw, language: str) -> Asked:
    return memory(draw, language, held_out=True), ()


def ask_reading(draw: Draw, language: str) -> Asked:
    """A question about a story that is in no training text, nearly always with several choices."""
    story = make_story(draw, held_out=True)
    facts = story.facts()
    turns = [story.ask(draw, language, fact) for fact in facts]
    choices = [story.choices(draw, language, fact) for fact in facts]
    asked = list(zip(turns, choices))
    not_obvious = [pair for pair in asked if len(pair[1]) > 1 or draw.chance(0.05)]
    (question, answer), candidates = draw.choice(not_obvious or asked)
    request = draw.choice(BANKS[language].READING_REQUESTS)
    slots = {"story": story.text(draw, language), "q": question}
    return [Turn(fill(draw, request, slots), answer)], candidates


ASKERS: dict[str, Asker] = {
    "facts": single_turn(partial(ask_fact, friends=HELD_OUT_FRIENDS)),
    "wording": single_turn(partial(ask_fact, held_out_wording=True)),
    "sums": single_turn(partial(ask_sum, held_out=True)),
    "opposites": single_turn(partial(ask_opposite, held_out=True)),
    "translation": single_turn(partial(ask_translation, held_out=True)),
    "echo": single_turn(partial(ask_echo, held_out=True)),
    "rule": single_turn(partial(ask_rule, held_out=True)),
    "memory": ask_memory,
    "reading": ask_reading,
}
FAMILIES = tuple(ASKERS)


def make_questions(draw: Draw) -> list[Question]:
    """50 different questions per family and language; the rule is Chinese only and has 100."""
    out: list[Question] = []
    for family, asker in ASKERS.items():
        asked: set[str] = set()
        for language in ("zh", "zh") if family == "rule" else LANGUAGES:
            left = 50
            while left:
                turns, choices = asker(draw, language)
                text = "\n".join(turn.user for turn in turns)
                if text not in asked:
                    asked.add(text)
                    messages = tuple(to_messages(turns)[:-1])
                    answer = turns[-1].assistant
                    out.append(Question(family, language, messages, answer, choices))
                    left -= 1
    return out
