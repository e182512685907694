"""The two mixtures: kinds of documents to pretrain on, families of dialogues to fine-tune on."""

from __future__ import annotations

from collections.abc import Callable

from .conversations import (
    Message,
    memory,
    mixed,
    reading,
    secret_language,
    several,
    smalltalk,
    to_messages,
)
from .documents import comparison, listing, portrait, prose, repeated_facts, story_with_questions
from .draw import Draw
from .exchanges import ask_echo, ask_fact, ask_opposite, ask_rule, ask_sum, ask_translation
from .held_out import is_validation
from .lessons import echo, opposites, rule, secrets, sums, translations
from .sentences import BANKS
from .templates import Turn, fill
from .world import LANGUAGES

DialogueMaker = Callable[[Draw, str], list[Turn]]
DocumentMaker = Callable[[Draw, str], str]

FAMILY_SHARES: tuple[tuple[float, DialogueMaker], ...] = (
    # share of the dialogues, family
    (0.23, reading),
    (0.12, several(ask_fact, 3)),
    (0.11, memory),
    (0.10, several(ask_sum, 2)),
    (0.10, several(ask_translation, 3)),
    (0.11, several(ask_opposite, 3)),
    (0.04, secret_language),
    (0.09, several(ask_echo, 2)),
    (0.04, several(ask_rule, 3)),
    (0.04, mixed),
    (0.02, smalltalk),
)


def make_dialogues(draw: Draw, count: int, validation: bool = False) -> list[list[Message]]:
    """Dialogues of all families, in random order."""
    out: list[list[Message]] = []
    while len(out) < count:
        language = LANGUAGES[len(out) % 2]
        dialogue = to_messages(draw.weighted_choice(FAMILY_SHARES)(draw, language))
        if is_validation("\n".join(message["content"] for message in dialogue)) == validation:
            out.append(dialogue)
    return draw.shuffled(out)


def interview(draw: Draw, language: str) -> str:
    """A dialogue written out as a text.

    So questions and answers are learned together with all else, and the chat format is all that
    fine-tuning has to add. Where fine-tuning teaches the questions too, the model forgets what it
    has read while it learns to answer.
    """
    template = BANKS[language].INTERVIEW
    turns = draw.weighted_choice(FAMILY_SHARES)(draw, language)
    return "\n".join(fill(draw, template, {"q": turn.user, "a": turn.assistant}) for turn in turns)


DOCUMENT_SHARES: tuple[tuple[float, DocumentMaker], ...] = (
    # share of the bytes, kind
    (0.26, interview),
    (0.17, portrait),
    (0.06, listing),
    (0.01, comparison),
    (0.03, story_with_questions),
    (0.22, repeated_facts),
    (0.04, echo),
    (0.02, rule),
    (0.04, sums),
    (0.06, opposites),
    (0.06, translations),
    (0.02, secrets),
    (0.01, prose),
)


def make_documents(draw: Draw, megabytes: float, validation: bool = False) -> list[str]:
    """Documents of all kinds, half of the bytes in each language, in random order."""
    budget, total = megabytes * 1e6, 0
    texts: list[str] = []
    share = {maker: share for share, maker in DOCUMENT_SHARES}
    used = {(language, maker): 0.0 for maker in share for language in LANGUAGES}
    while total < budget:
        # the language and kind that are furthest behind their share
        language, maker = min(used, key=lambda slot: used[slot] / share[slot[1]])
        text = maker(draw, language)
        if is_validation(text) == validation:
            size = len(text.encode())
            used[language, maker] += size
            total += size
            texts.append(text)
    return draw.shuffled(texts)
