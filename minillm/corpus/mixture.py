"""The two mixtures: which kinds of text to pretrain on, which families of dialogue to fine-tune on, in which shares."""

from __future__ import annotations

import zlib
from typing import Callable

from . import lessons
from .documents import ask_fact, comparison, listing, portrait, prose, retold, story
from .stories import BANKS
from .talk import (
    Message,
    Turns,
    ask_echo,
    ask_rule,
    memory,
    messages,
    mixed,
    reading,
    several,
    smalltalk,
)
from .world import LANGUAGES, Draw, fill


def for_validation(text: str) -> bool:
    """Whether a text belongs to the validation side (one in eight): by its bytes, so the two sides never meet."""
    return zlib.crc32(text.encode()) % 8 == 3


FAMILY_WEIGHTS: tuple[tuple[float, Callable[[Draw, str], Turns]], ...] = (
    # share of the dialogues, family
    (0.23, reading),
    (0.12, several(ask_fact, 3)),
    (0.11, memory),
    (0.10, several(lessons.ask_sum, 2)),
    (0.10, several(lessons.ask_translation, 3)),
    (0.11, several(lessons.ask_opposite, 3)),
    (0.04, lessons.secret_words),
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
        dialogue = messages(draw.weighted(FAMILY_WEIGHTS)(draw, language))
        if for_validation("\n".join(message["content"] for message in dialogue)) == validation:
            out.append(dialogue)
    return draw.shuffled(out)


def interview(draw: Draw, language: str) -> str:
    """A dialogue written out as a text.

    So questions and answers are learned while all else is, and the chat form is all that fine-tuning has to add.
    Taught the other way round, the model forgets what it has read while it learns to answer.
    """
    turns = draw.weighted(FAMILY_WEIGHTS)(draw, language)
    return "\n".join(
        fill(draw, BANKS[language].ASKED[0], {"q": question, "a": answer})
        for question, answer in turns
    )


KINDS: tuple[tuple[float, Callable[[Draw, str], str]], ...] = (
    # share of the bytes, kind
    (0.26, interview),
    (0.17, portrait),
    (0.06, listing),
    (0.01, comparison),
    (0.03, story),
    (0.22, retold),
    (0.04, lessons.echo),
    (0.02, lessons.rule),
    (0.04, lessons.sums),
    (0.06, lessons.opposites),
    (0.06, lessons.translations),
    (0.02, lessons.secrets),
    (0.01, prose),
)


def make_documents(draw: Draw, megabytes: float, validation: bool = False) -> list[str]:
    """Documents of all kinds, half of the bytes in each language, in random order."""
    budget, total, texts = megabytes * 1e6, 0, []
    used = {(language, maker): 0.0 for _, maker in KINDS for language in LANGUAGES}
    share = {maker: weight for weight, maker in KINDS}
    while total < budget:
        language, maker = min(used, key=lambda slot: used[slot] / share[slot[1]])
        text = maker(draw, language)
        if for_validation(text) == validation:
            size = len(text.encode())
            used[language, maker] += size
            total += size
            texts.append(text)
    return draw.shuffled(texts)
