"""Held-out questions: no training text asks them.

All that is needed to answer them stands in training texts or in the question itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .conversations import Message, follow_ups, memory, smalltalk, to_messages
from .exchanges import (
    ask_about,
    ask_echo,
    ask_fact,
    ask_rule,
    ask_trait,
    ask_two,
    ask_whether,
    ask_who,
    ask_why,
)
from .honesty import ask_unknown, doubt
from .quizzes import ask_opposite, ask_sum, ask_translation
from .sentences import BANKS
from .story_plots import make_story
from .talk import TALKS
from .templates import Turn, fill
from .world import LANGUAGES, WorldDraw


@dataclass(frozen=True)
class Question:
    """Messages that end with the user's question, and the right answer.

    Any answer that begins with one of `accepted` is right as well: there are several greetings, and
    several ways to say "I don't know". For stories `choices` are the candidate answers.
    """

    family: str
    language: str
    messages: tuple[Message, ...]
    answer: str
    choices: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()

    def is_right(self, answer: str) -> bool:
        """Whether this answer is right to the letter, or begins as one that is accepted."""
        answer = answer.strip()
        return answer == self.answer or answer.startswith(self.accepted)


# A dialogue whose last answer is asked for, the candidate answers if there are any, and how else an
# answer may begin.
Asked = tuple[list[Turn], tuple[str, ...], tuple[str, ...]]
Asker = Callable[[WorldDraw, str], Asked]


def single_turn(ask: Callable[[WorldDraw, str], Turn]) -> Asker:
    """A family of one question and its only answer."""
    return lambda draw, language: ([ask(draw, language)], (), ())


def ask_memory(draw: WorldDraw, language: str) -> Asked:
    return memory(draw, language, held_out=True), (), ()


def ask_reading(draw: WorldDraw, language: str) -> Asked:
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
    return [Turn(fill(draw, request, slots), answer)], candidates, ()


def asked_unknown(held_out_kind: bool) -> Asker:
    """What nothing here answers: right is any answer that says so."""

    def asker(draw: WorldDraw, language: str) -> Asked:
        turn = ask_unknown(draw, language, held_out=True, held_out_kind=held_out_kind)
        return [turn], (), (TALKS[language].HONEST,)

    return asker


def asked_talk(draw: WorldDraw, language: str) -> Asked:
    """Small talk: right is any reply to what was said."""
    (turn,) = smalltalk(draw, language, held_out=True)
    topics = TALKS[language].SMALLTALK.values()
    replies = next(talk.assistant for talk in topics if turn.user in talk.user.held_out)
    return [turn], (), replies


def several_turns(make: Callable[[WorldDraw, str, bool], list[Turn]]) -> Asker:
    """A family of dialogues whose last question has one answer."""
    return lambda draw, language: (make(draw, language, True), (), ())


ASKERS: dict[str, Asker] = {
    "facts": single_turn(partial(ask_fact, held_out_friend=True)),
    "wording": single_turn(partial(ask_fact, held_out_wording=True)),
    "sums": single_turn(partial(ask_sum, held_out=True)),
    "opposites": single_turn(partial(ask_opposite, held_out=True)),
    "translation": single_turn(partial(ask_translation, held_out=True)),
    "echo": single_turn(partial(ask_echo, held_out=True)),
    "rule": single_turn(partial(ask_rule, held_out=True)),
    "memory": ask_memory,
    "reading": ask_reading,
    "unknown": asked_unknown(held_out_kind=False),
    "unknown kinds": asked_unknown(held_out_kind=True),
    "small talk": asked_talk,
    "doubt": several_turns(doubt),
    "follow-up": several_turns(follow_ups),
    "why": single_turn(partial(ask_why, held_out=True)),
    "two in one": single_turn(partial(ask_two, held_out=True)),
    "whether": single_turn(partial(ask_whether, held_out=True)),
    "who": single_turn(partial(ask_who, held_out=True)),
    "wants": single_turn(partial(ask_trait, held_out=True)),
    "about": single_turn(partial(ask_about, held_out=True)),
}
FAMILIES = tuple(ASKERS)
REPEATED = ("small talk", "wants")  # with few wordings, of which some are asked twice


def make_questions(draw: WorldDraw) -> list[Question]:
    """50 questions per family and language; the rule is Chinese only and has 100.

    They differ, but in the families of REPEATED.
    """
    out: list[Question] = []
    for family, asker in ASKERS.items():
        asked: set[str] = set()
        for language in ("zh", "zh") if family == "rule" else LANGUAGES:
            left = 50
            while left:
                turns, choices, accepted = asker(draw, language)
                text = "\n".join(turn.user for turn in turns)
                if text not in asked or family in REPEATED:
                    asked.add(text)
                    messages = tuple(to_messages(turns)[:-1])
                    answer = turns[-1].assistant
                    out.append(Question(family, language, messages, answer, choices, accepted))
                    left -= 1
    return out
