"""Tales: a hero who wants something, what happens, and an end one smiles at.

Unlike the `stories`, which are made to be asked about, these are made to be liked. A tale is a
plot from the tables, told about a hero, a friend, a thing and places; who asks for a tale chooses
as many of these as they like.
"""

from __future__ import annotations

from .held_out import is_held_out
from .sentences import BANKS
from .talk import TALES, TALKS, listed
from .templates import Turn, fill
from .world import BYSTANDERS, PLACES, THINGS, Character, Concept, WorldDraw

# What may be asked for: (weight, parts).
_ASKED: tuple[tuple[float, tuple[str, ...]], ...] = (
    (5, ()),
    (4, ("hero",)),
    (2, ("thing",)),
    (1, ("place",)),
    (4, ("hero", "thing")),
    (2, ("hero", "place")),
    (4, ("hero", "friend")),
    (1, ("thing", "place")),
    (3, ("hero", "friend", "thing")),
    (3, ("hero", "thing", "place")),
    (2, ("hero", "friend", "thing", "place")),
)

Parts = dict[str, Concept]


def tale_parts(draw: WorldDraw, held_out: bool = False) -> Parts:
    """Who and what a tale is about. The hero is mostly one of the eight main characters.

    Whether these parts are held out depends on hero, thing and place together.
    """
    while True:
        main = draw.chance(0.75)
        hero: Character = draw.choice(draw.world.main if main else draw.world.cast)
        friend = next(friend for friend in draw.friends(2) if friend is not hero)
        if draw.chance(0.65):
            friend = draw.world.best_friend(hero)
        place, place2 = draw.sample(PLACES, 2)
        parts: Parts = {
            "hero": hero,
            "friend": friend,
            "third": draw.choice(BYSTANDERS),
            "thing": draw.choice(THINGS),
            "place": place,
            "place2": place2,
        }
        key = " ".join(("tale", *(parts[part].en for part in ("hero", "thing", "place"))))
        if is_held_out(key) == held_out:
            return parts


MOST_CHARACTERS = {"en": 480, "zh": 130}  # about 110 tokens: it fits beside a question


def tell(draw: WorldDraw, language: str, parts: Parts, asked: tuple[str, ...] = ()) -> str:
    """A tale of these parts; those asked for are all in it (not every plot has a friend)."""
    names = [parts[part][language].bare for part in asked]
    while True:
        text = _told(draw, language, parts)
        if len(text) <= MOST_CHARACTERS[language] and all(name in text for name in names):
            return text


def _told(draw: WorldDraw, language: str, parts: Parts) -> str:
    bank, hero = BANKS[language], parts["hero"]
    assert isinstance(hero, Character)
    slots: dict[str, str] = {
        **hero.slots(language),  # what the friend's slot means here is overwritten below
        **{part: concept[language] for part, concept in parts.items()},
        **{name: concept[language] for name, concept in hero.trait.items()},
        "n": str(draw.between(3, 12)),
    }
    table = TALES[language]
    slots["thing_does"] = fill(draw, draw.choice(table.THING_DOES[parts["thing"].en]), slots)
    plot = draw.choice(tuple(table.TALES.values()))
    return bank.SPACE.join(fill(draw, draw.choice(beat), slots) for beat in plot)


def tale(draw: WorldDraw, language: str) -> str:
    """A tale to read, with or without a title."""
    parts = tale_parts(draw)
    text = tell(draw, language, parts)
    if draw.chance(0.7):
        return text
    title = draw.choice(TALKS[language].TALE_TITLES)
    slots = {part: concept[language] for part, concept in parts.items()}
    return fill(draw, title, slots) + "\n" + text


def asked_parts(language: str, parts: Parts, asked: tuple[str, ...]) -> str:
    """The parts asked for, in words: Kiki, Hugo and a lantern on the pier."""
    named: list[str] = [parts[part][language] for part in asked if part in ("hero", "friend")]
    if "thing" in asked:
        thing = parts["thing"][language]
        named.append(thing.shapes["a"] if language == "en" else thing)
    if "place" in asked and not named:
        return parts["place"][language]
    words = listed(language, named)
    if "place" in asked:
        words += TALKS[language].TALE_PLACE + parts["place"][language].shapes["at"]
    return words


def ask_tale(draw: WorldDraw, language: str, held_out: bool = False) -> tuple[Turn, list[str]]:
    """The request for a tale and a tale; and the names of the parts asked for."""
    talk = TALKS[language]
    parts, asked = tale_parts(draw, held_out), draw.weighted_choice(_ASKED)
    wordings = talk.TALE_REQUESTS_ABOUT if asked else talk.TALE_REQUESTS
    request = wordings.pick_as_visitors_do(draw, held_out)
    slots = {"parts": asked_parts(language, parts, asked) if asked else ""}
    names = [parts[part][language].bare for part in asked]
    return Turn(fill(draw, request, slots), tell(draw, language, parts, asked)), names


def ask_tale_of_a_stranger(draw: WorldDraw, language: str) -> Turn:
    """The request for a tale of somebody who is in none, and an honest answer with another tale."""
    talk, parts = TALKS[language], tale_parts(draw)
    stranger = draw.choice(talk.STRANGERS)
    slots = {"parts": stranger, "stranger": stranger, "hero": parts["hero"][language]}
    instead = fill(draw, draw.choice(talk.TALE_INSTEAD), slots)
    request = talk.TALE_REQUESTS_ABOUT.pick(draw, held_out=False)
    return Turn(fill(draw, request, slots), instead + tell(draw, language, parts, ("hero",)))
