"""The little world: who lives on the island, where they go, what they carry, in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from . import words
from .draw import Draw
from .held_out import is_held_out_translation
from .templates import Form

LANGUAGES = ("en", "zh")


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
    trait: dict[str, Concept]  # want, flaw, better
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


def rows(table: str) -> list[list[str]]:
    """The cells of a table of `words`."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def _with_article(noun: str) -> str:
    return ("an " if noun[0] in "aeiou" else "a ") + noun


def _things(table: str) -> tuple[Concept, ...]:
    return tuple(
        Concept(
            Form(en, a=_with_article(en), the="the " + en),
            Form(zh, a="一" + measure + zh, the="那" + measure + zh, this="这" + measure + zh),
        )
        for en, measure, zh in rows(table)
    )


def _places(table: str) -> tuple[Concept, ...]:
    return tuple(
        Concept(
            Form("the " + en, at=f"{preposition} the {en}", bare=en),
            Form(zh, at=zh + side),
        )
        for preposition, en, zh, side in rows(table)
    )


def _animals(table: str) -> tuple[Concept, ...]:
    return tuple(
        Concept(Form(en, a=_with_article(en)), Form(zh, a="一" + (measure or ["只"])[0] + zh))
        for en, zh, *measure in rows(table)
    )


def _bystanders(table: str) -> tuple[Concept, ...]:
    return tuple(Concept(Form("the " + en), Form(zh)) for en, zh in rows(table))


def _words(table: str) -> tuple[Concept, ...]:
    return tuple(Concept(Form(en, a=_with_article(en)), Form(zh, a=zh)) for en, zh in rows(table))


_TRANSLATED_THINGS = _things(words.TRANSLATED_THINGS)
_TRANSLATED_FOODS = _words(words.TRANSLATED_FOODS)
_TRANSLATED_COLOURS = _words(words.TRANSLATED_COLOURS)

THINGS = _TRANSLATED_THINGS + _things(words.OTHER_THINGS)
PLACES = _places(words.PLACES)
HOMES = _places(words.HOMES)
# Who else comes by in a tale: no third name, which a small model takes for one of the other two.
BYSTANDERS = _bystanders(words.BYSTANDERS)
SPECIES = _animals(words.SPECIES)
FOODS = _TRANSLATED_FOODS + _words(words.OTHER_FOODS)
HOBBIES = _words(words.HOBBIES)
USERS_ANIMALS = _animals(words.USERS_ANIMALS)
USERS_THINGS = _things(words.USERS_THINGS)
USERS_LIKES = _words(words.USERS_LIKES)
DOINGS = _words(words.DOINGS)
SPOTS = _words(words.SPOTS)
USERS_FOODS = _words(words.USERS_FOODS)
USERS_HOBBIES = _words(words.USERS_HOBBIES)
COLOURS = _TRANSLATED_COLOURS + _words(words.OTHER_COLOURS)
FEELINGS = _words(words.FEELINGS)
OTHER_WORDS = _words(words.MORE_WORDS)

FACT_CONCEPTS = {
    "species": SPECIES,
    "home": HOMES,
    "food": FOODS,
    "hobby": HOBBIES,
    "scarf": COLOURS,
}
ATTRIBUTES = (*FACT_CONCEPTS, "friend")


# --- the friends ----------------------------------------------------------------------------------

CAST_SIZE, MAIN_SIZE, HELD_OUT_SIZE = 60, 8, 16


@dataclass(frozen=True)
class World:
    """One island: who lives there, with which facts. Its first eight friends are the main ones."""

    cast: tuple[Character, ...]

    @property
    def main(self) -> tuple[Character, ...]:
        return self.cast[:MAIN_SIZE]

    @cached_property
    def train(self) -> tuple[Character, ...]:
        return tuple(friend for friend in self.cast if not friend.held_out)

    @cached_property
    def held_out(self) -> tuple[Character, ...]:
        return tuple(friend for friend in self.cast if friend.held_out)

    def best_friend(self, friend: Character) -> Character:
        """Held out if the friend is."""
        return next(other for other in self.cast if other.en == friend.facts["friend"].en)


class WorldDraw(Draw):
    """Random choices among the friends, places and things of one world."""

    def __init__(self, *seeds: object, world_seed: int = 0) -> None:
        super().__init__(*seeds, *([f"world {world_seed}"] if world_seed else []))
        self.world = make_world(world_seed)

    def friends(self, k: int) -> list[Character]:
        """k different friends, in random order."""
        return self.sample(self.world.cast, k)


def person_name(name: str, pronoun: str) -> Form:
    """An English name and the pronouns that go with it: "he" or "she"."""
    him, his = ("her", "her") if pronoun == "she" else ("him", "his")
    return Form(name, he=pronoun, him=him, his=his)


def _name(en: str, zh: str, pronoun: str) -> Concept:
    return Concept(person_name(en, pronoun), Form(zh))


_NAMES = tuple(_name(*row) for row in rows(words.NAMES))
_TRAITS = tuple(
    {
        "want": Concept(Form(row[0]), Form(row[3])),
        "flaw": Concept(Form(row[1]), Form(row[4])),
        "better": Concept(Form(row[2]), Form(row[5])),
    }
    for row in rows(words.TRAITS)
)


@cache
def make_world(seed: int = 0) -> World:
    """The world of a seed: 0 is the one of the course, any other has another cast and other facts.

    Facts are dealt from shuffled decks, one for those called she and one for those called he: so
    no hobby, animal or food belongs to one of them.
    """
    draw = Draw("world", seed)
    names = list(_NAMES) if seed == 0 else draw.shuffled(_NAMES)
    names = names[:CAST_SIZE]
    main, others = names[:MAIN_SIZE], draw.shuffled(names[MAIN_SIZE:])
    ordered = main + others  # neighbours are best friends; the last ones are held out
    traits = _TRAITS if seed == 0 else draw.shuffled(_TRAITS)
    cast: list[Character] = []
    for i, name in enumerate(ordered):
        facts: dict[str, Concept] = {
            attribute: draw.deal(concepts, f"{attribute} {name.en.shapes['he']}")
            for attribute, concepts in FACT_CONCEPTS.items()
        }
        facts["friend"] = ordered[i ^ 1]
        trait = traits[i] if i < MAIN_SIZE else draw.deal(_TRAITS, "trait")
        held_out = i >= CAST_SIZE - HELD_OUT_SIZE
        cast.append(Character(name.en, name.zh, facts, trait, held_out))
    return World(tuple(cast))


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
        for left, right in rows(table)
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
    OTHER_WORDS,
)
