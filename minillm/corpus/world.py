"""The little world: who lives on the island, where they go, what they carry, in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from . import words
from .held_out import is_held_out_translation
from .templates import Form

LANGUAGES = ("en", "zh")
ATTRIBUTES = ("species", "home", "food", "hobby", "scarf", "friend")


@dataclass(frozen=True, eq=False)
class Concept:
    """One thing of the world, with its word in each language."""

    en: Form
    zh: Form

    def __getitem__(self, language: str) -> Form:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, eq=False)
class Character(Concept):
    """A friend on the island: a name in each language and one Concept for each attribute."""

    facts: dict[str, Concept]
    held_out: bool

    def slots(self, language: str) -> dict[str, str]:
        """The slots of a sentence about this character: name and every fact."""
        return {
            "name": self[language],
            **{attribute: value[language] for attribute, value in self.facts.items()},
        }


class Opposites(NamedTuple):
    left: str
    right: str
    held_out: bool


class Translation(NamedTuple):
    en: str
    zh: str
    held_out: bool


# --- from tables to concepts ----------------------------------------------------------------------


def _rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def _with_article(noun: str) -> str:
    return ("an " if noun[0] in "aeiou" else "a ") + noun


def _things(table: str) -> tuple[Concept, ...]:
    return tuple(
        Concept(
            Form(en, a=_with_article(en), the="the " + en),
            Form(zh, a="一" + measure + zh, the="那" + measure + zh, this="这" + measure + zh),
        )
        for en, measure, zh in _rows(table)
    )


def _places(table: str) -> tuple[Concept, ...]:
    return tuple(
        Concept(
            Form("the " + en, at=f"{preposition} the {en}", bare=en),
            Form(zh, at=zh + side),
        )
        for preposition, en, zh, side in _rows(table)
    )


def _animals(table: str) -> tuple[Concept, ...]:
    return tuple(
        Concept(Form(en, a=_with_article(en)), Form(zh, a="一只" + zh)) for en, zh in _rows(table)
    )


def _words(table: str) -> tuple[Concept, ...]:
    return tuple(Concept(Form(en, a=_with_article(en)), Form(zh, a=zh)) for en, zh in _rows(table))


_TRANSLATED_THINGS = _things(words.TRANSLATED_THINGS)
_TRANSLATED_FOODS = _words(words.TRANSLATED_FOODS)
_TRANSLATED_COLOURS = _words(words.TRANSLATED_COLOURS)

THINGS = _TRANSLATED_THINGS + _things(words.OTHER_THINGS)
PLACES = _places(words.PLACES)
HOMES = _places(words.HOMES)
SPECIES = _animals(words.SPECIES)
FOODS = _TRANSLATED_FOODS + _words(words.OTHER_FOODS)
HOBBIES = _words(words.HOBBIES)
COLOURS = _TRANSLATED_COLOURS + _words(words.OTHER_COLOURS)
FEELINGS = _words(words.FEELINGS)


# --- the friends ----------------------------------------------------------------------------------


def _name(en: str, zh: str, pronoun: str) -> Concept:
    him, his = ("her", "her") if pronoun == "she" else ("him", "his")
    return Concept(Form(en, he=pronoun, him=him, his=his), Form(zh))


def _cast(table: str) -> tuple[Character, ...]:
    rows = _rows(table)
    names = {en: _name(en, zh, pronoun) for en, zh, pronoun, *_ in rows}
    species, homes, foods, hobbies, colours = (
        {concept.en.bare: concept for concept in concepts}
        for concepts in (SPECIES, HOMES, FOODS, HOBBIES, COLOURS)
    )
    return tuple(
        Character(
            names[en].en,
            names[en].zh,
            facts={
                "species": species[animal],
                "home": homes[home],
                "food": foods[food],
                "hobby": hobbies[hobby],
                "scarf": colours[colour],
                "friend": names[friend],
            },
            held_out={"train": False, "held out": True}[split],
        )
        for en, _, _, animal, home, food, hobby, colour, friend, split in rows
    )


CAST = _cast(words.CAST)
TRAIN_FRIENDS = tuple(friend for friend in CAST if not friend.held_out)
HELD_OUT_FRIENDS = tuple(friend for friend in CAST if friend.held_out)


# --- numbers, opposites, translations -------------------------------------------------------------


def _number(n: int) -> Concept:
    """0 to 49 in words."""
    tens, units = divmod(n, 10)
    digits = words.CHINESE_DIGITS
    if n < 20:
        en = words.NUMBERS_BELOW_20[n]
    else:
        en = words.TENS[n - units] + (f"-{words.NUMBERS_BELOW_20[units]}" if units else "")
    if n < 10:
        zh = digits[n]
    else:
        zh = (digits[tens] if tens > 1 else "") + "十" + (digits[units] if units else "")
    return Concept(Form(en), Form(zh))


NUMBERS = tuple(_number(n) for n in range(41))


def _opposites(table: str) -> tuple[Opposites, ...]:
    return tuple(
        Opposites(left.removeprefix("* "), right, held_out=left.startswith("*"))
        for left, right in _rows(table)
    )


OPPOSITES = {"en": _opposites(words.OPPOSITES_EN), "zh": _opposites(words.OPPOSITES_ZH)}


def _translations(*banks: tuple[Concept, ...]) -> tuple[Translation, ...]:
    """Pairs of words, none of them in two pairs."""
    pairs: dict[str, str] = {}
    for concept in (concept for bank in banks for concept in bank):
        en, zh = concept.en.bare, concept.zh.bare
        if en not in pairs and zh not in pairs.values():
            pairs[en] = zh
    return tuple(Translation(en, zh, is_held_out_translation(en)) for en, zh in pairs.items())


TRANSLATIONS = _translations(
    _TRANSLATED_THINGS,
    PLACES,
    SPECIES,
    _TRANSLATED_FOODS,
    _TRANSLATED_COLOURS,
    _words(words.MORE_WORDS),
)
