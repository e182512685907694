"""Questions as people type them: lower case, no mark, a greeting before, a typo."""

from __future__ import annotations

import re
from collections.abc import Callable

from .talk import TALKS
from .world import WorldDraw


def _lower(draw: WorldDraw, language: str, text: str) -> str:
    return text.lower()


def _unmarked(draw: WorldDraw, language: str, text: str) -> str:
    """Without the mark at the end; of marks alone they are left."""
    return text.rstrip(".!?。！？ ") or text


def _other_mark(draw: WorldDraw, language: str, text: str) -> str:
    """The mark at the end as another keyboard writes it."""
    body = _unmarked(draw, language, text)
    mark = text[len(body) :].strip()
    return body + {"?": "？", "？": "?", ".": "", "。": ".", "!": "！", "！": "!"}.get(mark, mark)


def _other_quotes(draw: WorldDraw, language: str, text: str) -> str:
    """Straight quotes for curly ones and the other way round, apostrophes too."""
    if "“" in text or "”" in text:
        return re.sub("[“”]", '"', text)
    text = re.sub('"([^"]*)"', r"“\1”", text)
    return text.replace("'", "’")


def _no_quotes(draw: WorldDraw, language: str, text: str) -> str:
    return re.sub('[“”"]', "", text)


def _greeting(draw: WorldDraw, language: str, text: str) -> str:
    return draw.choice(TALKS[language].GREETINGS) + text


def _polite(draw: WorldDraw, language: str, text: str) -> str:
    """With a please before it or a thank-you after it."""
    talk = TALKS[language]
    if draw.chance(0.5):
        return draw.choice(talk.PLEASES) + text
    joint = "，" if language == "zh" and text == _unmarked(draw, language, text) else ""
    return text + joint + draw.choice(talk.THANKS_AFTER)


def _typo(draw: WorldDraw, language: str, text: str) -> str:
    """One of the common words mistyped."""
    wrong = TALKS[language].TYPED_WRONG
    if language == "zh":
        found = [word for word in wrong if word in text]
    else:
        found = [word for word in wrong if re.search(rf"\b{word}\b", text, re.IGNORECASE)]
    if not found:
        return text
    word = draw.choice(found)
    typed = draw.choice(wrong[word])
    if language == "zh":
        return text.replace(word, typed, 1)

    def with_case(match: re.Match[str]) -> str:
        return typed.capitalize() if match[0][0].isupper() else typed

    return re.sub(rf"\b{word}\b", with_case, text, count=1, flags=re.IGNORECASE)


def plain(text: str) -> str:
    """Without capitals, marks and spaces; of marks alone they are left."""
    return re.sub(r"[\s.!?,。！？，…'\"“”’]", "", text.lower()) or text


WAYS: dict[str, Callable[[WorldDraw, str, str], str]] = {
    "lower case": _lower,
    "no mark": _unmarked,
    "other mark": _other_mark,
    "other quotes": _other_quotes,
    "no quotes": _no_quotes,
    "greeting first": _greeting,
    "please": _polite,
    "typo": _typo,
}


# How often each way is taken by somebody who types without care.
HOW_OFTEN = {
    "lower case": 0.6,
    "no mark": 0.5,
    "other mark": 0.15,
    "other quotes": 0.15,
    "no quotes": 0.15,
    "greeting first": 0.1,
    "please": 0.1,
    "typo": 0.1,
}

_HELD_OUT = {
    plain(text)
    for talk in TALKS.values()
    for small_talk in talk.SMALLTALK.values()
    for text in small_talk.user.held_out
}


def as_typed(draw: WorldDraw, language: str, text: str, asks: bool = True) -> str:
    """A text as it is, or in some of the WAYS, as people type: mostly without care.

    Where the caller says that it `asks` for nothing, there is no please in it.
    """
    if draw.chance(0.5):
        return text
    typed = text
    for way, change in WAYS.items():
        if draw.chance(HOW_OFTEN[way]) and (asks or way != "please"):
            typed = change(draw, language, typed)
    return text if plain(typed) in _HELD_OUT else typed  # a greeting may make it another's
