"""The sentence tables by language, and a turn written as plain text."""

from __future__ import annotations

from typing import Protocol

from . import chinese, english
from .templates import Form, Memory, Secret, Texts, Turn, Wordings, fill
from .world import WorldDraw


class Sentences(Protocol):
    """What a module of sentences defines: so mypy compares the two languages."""

    SPACE: str
    LIST_SEPARATOR: str
    # facts about the friends
    FACT_ANSWERS: dict[str, str]
    FACTS: dict[str, Texts]
    SELF_FACTS: dict[str, Texts]
    CARD_TITLES: Texts
    CARD: dict[str, str]
    PORTRAITS: Texts
    LETTERS: Texts
    INTRODUCTIONS: Texts
    LIST_TITLES: dict[str, Texts]
    COMPARISONS: dict[str, Texts]
    COMPARISON_FRAMES: Texts
    SCENES: Texts
    # questions and answers
    QUESTIONS: dict[str, Wordings]
    READING_ANSWERS: dict[str, str]
    LESSON_ANSWERS: dict[str, str]
    ASK_VERB: str
    REQUEST_VERB: str
    INTERVIEW: str
    LAYOUTS: Texts
    # stories
    OPENINGS: Texts
    STORY_INTRODUCTIONS: Texts
    EVENTS: dict[str, Texts]
    DETAILS: dict[str, Texts]
    ASIDES: Texts
    RECAPS: dict[str, Texts]
    RECAP_FRAMES: Texts
    ENDINGS: Texts
    READING_REQUESTS: Texts
    SUMMARY_REQUESTS: Texts
    PROSE: Texts
    # lessons
    ADD: str
    STEP: str
    SUMS: Texts
    SUMS_OF_EQUALS: Texts
    SUM_FRAMES: Texts
    COUNTABLE: Texts
    WORD_SUMS: Texts
    ASKED_WORD_SUMS: Texts
    ONE_MORE: Texts
    BIGGER: Texts
    COUNTING: Texts
    COUNTING_FROM_ONE: Texts
    OPPOSITE_BOTH_WAYS: Texts
    OPPOSITE_LINES: Texts
    OPPOSITE_FRAMES: Texts
    TRANSLATION_BOTH_WAYS: Texts
    TRANSLATION_LINES: Texts
    TRANSLATION_FRAMES: Texts
    SECRETS: dict[str, Secret]
    SECRET_FRAMES: Texts
    ECHOES: Texts
    SONGS: Texts
    SONG_LINES: Texts
    RULE_STORIES: Texts
    # dialogues
    AND_THIS: Texts
    AND_YOU: Texts
    NICE_TO_MEET: Texts
    CHAT_FILLER: tuple[Turn, ...]
    TRAIN_NAMES: Texts
    HELD_OUT_NAMES: Texts
    LIKE: str  # what is said of anything that one likes
    MEMORY: dict[str, Memory]


BANKS: dict[str, Sentences] = {"en": english, "zh": chinese}


def friend_names(draw: WorldDraw, language: str) -> dict[str, str]:
    """Two friends: `who` and `other`, and in `who2` the other by the name in the other language."""
    x, y = draw.friends(2)
    other_language = "zh" if language == "en" else "en"
    return {"who": x[language], "other": y[language], "who2": y[other_language]}


def _with_comma(sentence: str) -> str:
    """A sentence as it stands inside English quotation marks, before "said"."""
    return sentence[:-1] + "," if sentence.endswith(".") else sentence


def turn_as_text(draw: WorldDraw, language: str, turn: Turn) -> str:
    """A question and its answer as plain text, in one of many layouts."""
    bank, (question, answer) = BANKS[language], turn
    named = question + answer
    x, y = draw.sample([friend for friend in draw.world.cast if friend[language] not in named], 2)
    verb = bank.ASK_VERB if question[-1] in "?？" else bank.REQUEST_VERB
    slots = {
        "q": Form(question, asked=verb, quoted=_with_comma(question)),
        "a": Form(answer, comma=_with_comma(answer)),
        "x": x[language],
        "y": y[language],
    }
    return fill(draw, draw.choice(bank.LAYOUTS), slots)
