"""Plots: what happens in a story, chosen at random."""

from __future__ import annotations

from collections.abc import Callable

from .draw import Draw
from .english import WOMEN
from .held_out import is_held_out
from .sentences import BANKS
from .stories import Story
from .templates import Form
from .words import FAMILY
from .world import (
    DOINGS,
    FEELINGS,
    HOBBIES,
    PLACES,
    SPOTS,
    THINGS,
    USERS_THINGS,
    Character,
    Concept,
    WorldDraw,
    person_name,
    rows,
)

Friends = list[Character]
Concepts = list[Concept]
# A plot fills an empty story. It gets friends, different places and different things; it may take
# any number of the places and things out of their lists.
Plot = Callable[[Draw, Story, Friends, Concepts, Concepts], None]


def wander(draw: Draw, story: Story, friends: Friends, places: Concepts, things: Concepts) -> None:
    """Each goes somewhere; some find something; one may go on."""
    for who in friends:
        story.go(who, places.pop())
        if draw.chance(0.7):
            story.find(who, things.pop())
    if len(friends) == 1 or draw.chance(0.5):
        who = draw.choice(friends)
        story.go(who, places.pop())
    if draw.chance(0.3):
        for who, feeling in zip(friends[:2], draw.sample(FEELINGS, 2)):
            story.feel(who, feeling)


def gift(draw: Draw, story: Story, friends: Friends, places: Concepts, things: Concepts) -> None:
    """Someone finds a thing and gives it to a friend."""
    who, other, *others = friends
    if draw.chance(0.5):
        story.go(other, places.pop(), "be")
    story.go(who, places.pop())
    thing = things.pop()
    story.find(who, thing)
    if other in story.location:
        story.go(who, story.location[other])
    else:
        story.go(other, story.location[who], "join")
    story.give(who, other, thing)
    if draw.chance(0.3):
        story.feel(other, draw.choice(FEELINGS))
    for third in others:
        story.go(third, places.pop())
        story.find(third, things.pop())


def lost(draw: Draw, story: Story, friends: Friends, places: Concepts, things: Concepts) -> None:
    """One loses a thing, another finds it, and may bring it back."""
    who, other, *others = friends
    thing, place = things.pop(), places.pop()
    story.go(who, place)
    story.lose(who, thing)
    story.go(who, places.pop())
    story.go(other, place)
    story.find(other, thing)
    if draw.chance(0.5):
        story.go(other, story.location[who])
        story.give(other, who, thing)
    for third in others:
        story.go(third, places.pop())
        if draw.chance(0.5):
            story.find(third, things.pop())


def hide(draw: Draw, story: Story, friends: Friends, places: Concepts, things: Concepts) -> None:
    """Hide-and-seek: one counts, the others hide, and one of them finds something there."""
    seeker, *hiders = friends
    story.go(seeker, places.pop(), "count")
    finder = draw.choice(hiders)
    for who in hiders:
        story.go(who, places.pop(), "hide")
        if who is finder:
            story.find(who, things.pop())


def search(draw: Draw, story: Story, friends: Friends, places: Concepts, things: Concepts) -> None:
    """One looks for another in the wrong places first."""
    who, other, *others = friends
    for _ in range(draw.between(1, 2)):
        story.add("seek", who=who, other=other, place=places.pop())
    story.meet(who, other, places.pop())
    for third in others:
        story.go(third, places.pop())
        story.find(third, things.pop())
    if not others:
        story.find(other, things.pop())


def picnic(draw: Draw, story: Story, friends: Friends, places: Concepts, things: Concepts) -> None:
    """Each brings something; one gives it to another, or leaves early."""
    place = places.pop()
    for who in friends:
        story.go(who, place, "join" if who is not friends[0] else "go")
        story.take(who, things.pop())
    if draw.chance(0.5):
        who, other = draw.sample(friends, 2)
        story.give(who, other, story.belongings[who][0])
    else:
        story.go(draw.choice(friends), places.pop())


def chain(draw: Draw, story: Story, friends: Friends, places: Concepts, things: Concepts) -> None:
    """A thing goes from hand to hand."""
    thing = things.pop()
    story.go(friends[0], places.pop())
    story.find(friends[0], thing)
    for who, other in zip(friends, friends[1:]):
        story.go(other, places.pop(), "be")
        story.go(who, story.location[other])
        story.give(who, other, thing)


# (weight, number of friends), and for each number (weight, plot)
SIZES = ((2, 1), (5, 2), (4, 3), (2, 4))
PLOTS: dict[int, tuple[tuple[float, Plot], ...]] = {
    1: ((1, wander),),
    2: ((3, wander), (3, gift), (2, lost), (2, search), (2, picnic)),
    3: ((3, wander), (2, gift), (2, lost), (2, hide), (1, search), (2, picnic), (2, chain)),
    4: ((3, wander), (3, hide), (1, gift), (1, lost)),
}


def make_story(draw: WorldDraw, held_out: bool = False, most_events: int = 20) -> Story:
    """A story of one to four friends.

    Whether it is held out depends on what happens in it, not on the language.
    """
    while True:
        size = draw.weighted_choice(SIZES)
        story = Story()
        plot = draw.weighted_choice(PLOTS[size])
        plot(draw, story, draw.friends(size), draw.sample(PLACES, 7), draw.sample(THINGS, 6))
        if len(story.events) <= most_events and is_held_out(story.key) == held_out:
            return story


def _strangers(draw: WorldDraw, k: int) -> Friends:
    """People who do not live on the island, such as users tell of."""
    names = zip(draw.sample(BANKS["en"].TRAIN_NAMES, k), draw.sample(BANKS["zh"].TRAIN_NAMES, k))
    return [_person(en, zh, "she" if en in WOMEN else "he") for en, zh in names]


def _person(en: str, zh: str, pronoun: str) -> Character:
    return Character(person_name(en, pronoun), Form(zh), {}, {}, False)


_FAMILY = [_person(*row) for row in rows(FAMILY)]


def make_scene_at_home(draw: WorldDraw) -> Story:
    """Two to four people who do something, or put things somewhere. Never held out."""
    while True:
        story, size = Story(), draw.between(2, 4)
        people = draw.sample([*_FAMILY, *_strangers(draw, 8)], size)
        doings = draw.sample(DOINGS + HOBBIES, size)
        things, spots = draw.sample(THINGS + USERS_THINGS, 2 * size), draw.sample(SPOTS, 2 * size)
        may = draw.choice((("do",), ("put",), ("do", "put"), ("do", "take"), ("put", "take")))
        for who, doing in zip(people, doings):
            what = draw.choice(may)
            if what == "do":
                story.do(who, doing)
            elif what == "take":
                story.take(who, things.pop(), "has")
            else:
                for _ in range(draw.between(1, 2)):
                    story.put_away(who, things.pop(), spots.pop())
        if not is_held_out(story.key):
            return story


def make_situation(draw: WorldDraw) -> Story:
    """Two to six friends or strangers, each somewhere or with something. Never held out.

    Who goes with what is all there is to find in it: stories are beyond a model that can't do this
    yet.
    """
    while True:
        story, size = Story(), draw.between(2, 6)
        chance_of_place = draw.choice((0.0, 0.5, 1.0))
        be, have = draw.choice((("be", "take"), ("is", "has")))
        friends = draw.friends(size) if draw.chance(0.7) else _strangers(draw, size)
        places, things = draw.sample(PLACES, size), draw.sample(THINGS + USERS_THINGS, size)
        for who, place, thing in zip(friends, places, things):
            if draw.chance(chance_of_place):
                story.go(who, place, be)
            else:
                story.take(who, thing, have)
        if not is_held_out(story.key):
            return story
