"""The tables of talk and tales by language."""

from __future__ import annotations

from typing import Protocol

from . import tales_chinese, tales_english, talk_chinese, talk_english
from .sentences import BANKS
from .templates import SmallTalk, Texts, Unknown, Wordings


class Talk(Protocol):
    """What a module of talk defines: so mypy compares the two languages."""

    SMALLTALK: dict[str, SmallTalk]
    UNKNOWN: dict[str, Unknown]
    HELD_OUT_UNKNOWN: Texts
    # questions that lean on what was said
    FOLLOW_UPS: dict[str, Wordings]
    SAME_OF_ANOTHER: Texts  # and the same of another friend
    WHYS: dict[str, Wordings]
    BECAUSE: str
    ABOUT: Wordings
    WHO: dict[str, Wordings]
    WHO_ANSWERS: dict[str, tuple[str, str]]  # where it is one friend, and where several
    WANTS: Wordings
    WANT_ANSWER: str
    FLAWS: Wordings
    FLAW_ANSWER: str
    WHETHER: dict[str, Wordings]
    LIKES: dict[str, Wordings]
    # how it knows
    DOUBTS: Wordings
    SOURCES: dict[str, str]
    OBJECTIONS: Wordings
    INSISTENCE: dict[str, str]
    WRONG_SUM: str
    NOBODY_ANSWERS: Texts
    HONEST: str
    # riddles
    RIDDLE_REQUESTS: Wordings
    RIDDLES: Texts
    RIDDLE_GIVE_UPS: Texts
    RIDDLE_GUESSES: Texts
    RIDDLE_RIGHT: str
    RIDDLE_WRONG: str
    RIDDLE_ANSWER: str
    # tales on request
    AND: str
    TALE_PLACE: str
    TALE_TITLES: Texts
    TALE_REQUESTS: Wordings
    TALE_REQUESTS_ABOUT: Wordings
    STRANGERS: Texts  # of whom no tale is told
    TALE_INSTEAD: Texts
    # the frame
    SYSTEM_MESSAGES: Texts
    REGISTERS: Texts
    CITIES: Texts
    # as people type
    GREETINGS: Texts
    PLEASES: Texts
    THANKS_AFTER: Texts
    TYPED_WRONG: dict[str, Texts]


class Tales(Protocol):
    """What a module of tales defines."""

    TALES: dict[str, tuple[Texts, ...]]  # beats, in order; one wording of each is told
    THING_DOES: dict[str, Texts]


TALKS: dict[str, Talk] = {"en": talk_english, "zh": talk_chinese}
TALES: dict[str, Tales] = {"en": tales_english, "zh": tales_chinese}


def listed(language: str, names: list[str]) -> str:
    """One name or several in a sentence: Kiki, Hugo and Mimi."""
    *first, last = names
    return TALKS[language].AND.join(
        filter(None, (BANKS[language].LIST_SEPARATOR.join(first), last))
    )
