"""Short stories in which things happen in order, and the questions that can be asked about them.

A plot moves friends about a little board (who is where, who has what); the sentence banks tell it in either language.
What is true at the end can be asked, and the candidates of the right kind in the story are the choices.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from . import chinese, english
from .world import CAST, FEELINGS, PLACES, THINGS, Character, Concept, Draw, fill, reserved

BANKS = {"en": english, "zh": chinese}
Slots = dict[str, Concept]


def seen(wordings: tuple[str, ...]) -> tuple[str, ...]:
    """The wordings that training may use: all but the last two."""
    return wordings[:-2]


def unseen(wordings: tuple[str, ...]) -> tuple[str, ...]:
    return wordings[-2:]


def forms(slots: Slots, language: str) -> dict[str, str]:
    return {key: concept[language] for key, concept in slots.items()}


@dataclass(frozen=True)
class Asked:
    """A question about a story, with its one answer and the candidate answers that the story offers."""

    question: str
    answer: str
    choices: tuple[str, ...]


@dataclass
class Story:
    """What happened (events) and how the board stands now."""

    events: list[tuple[str, Slots]] = field(default_factory=list)
    place: dict[Character, Concept] = field(default_factory=dict)
    holds: dict[Character, list[Concept]] = field(default_factory=dict)
    found: list[tuple[Character, Concept]] = field(default_factory=list)
    given: list[tuple[Character, Character, Concept]] = field(default_factory=list)
    feels: dict[Character, Concept] = field(default_factory=dict)

    def tell(self, event: str, **slots: Concept) -> None:
        self.events.append((event, slots))

    def go(self, who: Character, place: Concept, event: str = "go") -> None:
        self.tell("go_on" if event == "go" and who in self.place else event, who=who, place=place)
        self.place[who] = place

    def find(self, who: Character, thing: Concept) -> None:
        self.tell("find", who=who, thing=thing, place=self.place[who])
        self.found.append((who, thing))
        self.holds.setdefault(who, []).append(thing)

    def take(self, who: Character, thing: Concept) -> None:
        self.tell("take", who=who, thing=thing)
        self.holds.setdefault(who, []).append(thing)

    def give(self, who: Character, other: Character, thing: Concept) -> None:
        self.tell("give", who=who, other=other, thing=thing)
        self.holds[who].remove(thing)
        self.holds.setdefault(other, []).append(thing)
        self.given.append((who, other, thing))

    def lose(self, who: Character, thing: Concept) -> None:
        self.tell("lose", who=who, thing=thing, place=self.place[who])

    def feel(self, who: Character, feeling: Concept) -> None:
        self.tell("feel", who=who, feeling=feeling)
        self.feels[who] = feeling

    def mentioned(self, *keys: str) -> list[Concept]:
        """Every concept that stood in one of these slots, in order of appearance."""
        return list(
            {
                id(slots[k]): slots[k] for _, slots in self.events for k in keys if k in slots
            }.values()
        )

    @property
    def key(self) -> str:
        """What happened, in a form that does not depend on language or wording."""
        return " ".join(
            f"{event} " + " ".join(map(str, (c.en for c in slots.values())))
            for event, slots in self.events
        )

    def facts(self) -> list[tuple[str, Slots]]:
        """All (kind, slots) that are true at the end and have exactly one answer."""
        out: list[tuple[str, Slots]] = []
        there = list(self.place.values())
        for who, place in self.place.items():
            out.append(("where", {"who": who, "place": place}))
            if there.count(place) == 1:
                out.append(("who_at", {"who": who, "place": place}))
        finders = [who for who, _ in self.found]
        for who, thing in self.found:
            out.append(("who_found", {"who": who, "thing": thing}))
            if finders.count(who) == 1:
                out.append(("found", {"who": who, "thing": thing}))
        for who, things in self.holds.items():
            if len(things) == 1:
                out.append(("has", {"who": who, "thing": things[0]}))
            out += [("who_has", {"who": who, "thing": thing}) for thing in things]
        pairs = [(who, other) for who, other, _ in self.given]
        for who, other, thing in self.given:
            out.append(("gave_who", {"who": who, "other": other, "thing": thing}))
            if pairs.count((who, other)) == 1:
                out.append(("gave_what", {"who": who, "other": other, "thing": thing}))
        out += [("feels", {"who": who, "feeling": feeling}) for who, feeling in self.feels.items()]
        return out

    def ask(self, draw: Draw, language: str, fact: tuple[str, Slots], wordings=seen) -> Asked:
        """The fact as a question, answered by a full sentence."""
        bank, (kind, slots) = BANKS[language], fact
        varied = {
            "where": "place", "found": "thing", "has": "thing", "gave_what": "thing", "feels": "feeling",
        }.get(kind, "who")  # fmt: skip
        answer = bank.READING_ANSWERS[kind]
        pool = self.mentioned("who", "other") if varied == "who" else self.mentioned(varied)
        if kind in ("gave_what", "gave_who") and varied == "who":
            pool = [friend for friend in pool if friend is not slots["other"]]
        choices = [
            fill(draw, answer, forms({**slots, varied: concept}, language)) for concept in pool
        ]
        question = fill(draw, draw.one(wordings(bank.QUESTIONS[kind])), forms(slots, language))
        return Asked(question, fill(draw, answer, forms(slots, language)), tuple(choices))

    def say(self, draw: Draw, language: str, facts: list[tuple[str, Slots]]) -> str:
        """These facts as sentences in a row, each in the wording of its answer, none twice."""
        bank = BANKS[language]
        return bank.SPACE.join(
            dict.fromkeys(
                fill(draw, bank.READING_ANSWERS[kind], forms(slots, language))
                for kind, slots in facts
            )
        )

    def summary(self) -> list[tuple[str, Slots]]:
        """The facts that sum the story up: who is where in the end, and who has what."""
        return [fact for fact in self.facts() if fact[0] in ("where", "has")]

    def text(self, draw: Draw, language: str, plain: bool = False) -> str:
        """The story told in one language, usually with a recap in which its facts are said once more; `plain`, what happened and no more."""
        bank, sentences = BANKS[language], []
        wordings = {event: draw.shuffled(bank.EVENTS[event]) for event, _ in self.events}
        for event, slots in self.events:
            wordings[event].append(wording := wordings[event].pop(0))
            sentences.append(fill(draw, wording, forms(slots, language)))
            if not plain and event in ("go", "go_on", "hide") and draw.chance(0.15):
                sentences.append(draw.one(bank.DETAILS[slots["place"].en.bare]))
        if plain:
            return bank.SPACE.join(sentences)
        if draw.chance(0.2):
            sentences.insert(draw.between(1, len(sentences)), draw.one(bank.ASIDES))
        opening = fill(draw, draw.one(bank.OPENINGS), {})
        if opening.endswith((", ", "，")) and not sentences[0].startswith(
            tuple(f[language] for f in self.place)
        ):
            opening = ""
        sentences[0] = opening + sentences[0]
        if draw.chance(0.15):
            hero = self.mentioned("who")[0]
            sentences.insert(0, fill(draw, draw.one(bank.INTRODUCED), hero.slots(language)))
        if draw.chance(0.75):
            sentences.append(self.recap(draw, language))
        sentences.append(fill(draw, draw.one(bank.ENDINGS), {}))
        return bank.SPACE.join(sentence for sentence in sentences if sentence)

    def recap(self, draw: Draw, language: str) -> str:
        """Some of what is true at the end, each thing once."""
        bank, said, sentences = BANKS[language], [], []
        facts = draw.shuffled([fact for fact in self.facts() if fact[0] in bank.RECAPS])
        for kind, slots in facts:
            about = (slots["who"], "place" if kind == "where" else "thing")
            if about not in said and len(said) < 4:
                said.append(about)
                sentences.append(fill(draw, draw.one(bank.RECAPS[kind]), forms(slots, language)))
        frame = draw.one(bank.RECAP_FRAMES)
        return fill(draw, frame, {"facts": bank.SPACE.join(sentences)})


# --- plots: each takes an empty story, its friends, some different places and some different things ------------------


def wander(draw: Draw, story: Story, friends: list, places: list, things: list) -> None:
    """Each goes somewhere; some find something; one may go on."""
    for who in friends:
        story.go(who, places.pop())
        if draw.chance(0.7):
            story.find(who, things.pop())
    if len(friends) == 1 or draw.chance(0.5):
        who = draw.one(friends)
        story.go(who, places.pop())
    if draw.chance(0.3):
        for who, feeling in zip(friends[:2], draw.some(FEELINGS, 2)):
            story.feel(who, feeling)


def gift(draw: Draw, story: Story, friends: list, places: list, things: list) -> None:
    """Someone finds or brings a thing and gives it to a friend somewhere else."""
    who, other = friends[:2]
    if draw.chance(0.5):
        story.go(other, places.pop(), "be")
    story.go(who, places.pop())
    story.find(who, things.pop())
    if other in story.place:
        story.go(who, story.place[other])
    else:
        story.go(other, story.place[who], "join")
    story.give(who, other, story.holds[who][0])
    if draw.chance(0.3):
        story.feel(other, draw.one(FEELINGS))
    for third in friends[2:]:
        story.go(third, places.pop())
        story.find(third, things.pop())


def lost(draw: Draw, story: Story, friends: list, places: list, things: list) -> None:
    """One loses a thing, another finds it, and may bring it back."""
    who, other = friends[:2]
    thing = things.pop()
    story.go(who, places.pop())
    story.lose(who, thing)
    story.go(who, places.pop())
    story.go(other, story.events[0][1]["place"])
    story.find(other, thing)
    if draw.chance(0.5):
        story.go(other, story.place[who])
        story.give(other, who, thing)
    for third in friends[2:]:
        story.go(third, places.pop())
        if draw.chance(0.5):
            story.find(third, things.pop())


def hide(draw: Draw, story: Story, friends: list, places: list, things: list) -> None:
    """Hide-and-seek: one counts, the others hide, and one of them finds something there."""
    story.go(friends[0], places.pop(), "count")
    finder = draw.one(friends[1:])
    for who in friends[1:]:
        story.go(who, places.pop(), "hide")
        if who is finder:
            story.find(who, things.pop())


def search(draw: Draw, story: Story, friends: list, places: list, things: list) -> None:
    """One looks for another in the wrong places first."""
    who, other = friends[:2]
    for _ in range(draw.between(1, 2)):
        story.tell("seek", who=who, other=other, place=places.pop())
    story.place[who] = story.place[other] = places.pop()
    story.tell("meet", who=who, other=other, place=story.place[who])
    for third in friends[2:]:
        story.go(third, places.pop())
        story.find(third, things.pop())
    if len(friends) == 2:
        story.find(other, things.pop())


def picnic(draw: Draw, story: Story, friends: list, places: list, things: list) -> None:
    """Each brings something; one gives his to another, or leaves early."""
    place = places.pop()
    for who in friends:
        story.go(who, place, "join" if who is not friends[0] else "go")
        story.take(who, things.pop())
    if draw.chance(0.5):
        who, other = draw.some(friends, 2)
        story.give(who, other, story.holds[who][0])
    else:
        story.go(draw.one(friends), places.pop())


def chain(draw: Draw, story: Story, friends: list, places: list, things: list) -> None:
    """A thing goes from hand to hand."""
    thing = things.pop()
    story.go(friends[0], places.pop())
    story.find(friends[0], thing)
    for who, other in zip(friends, friends[1:]):
        story.go(other, places.pop(), "be")
        story.go(who, story.place[other])
        story.give(who, other, thing)


PLOTS = {
    1: ((1, wander),),
    2: ((3, wander), (3, gift), (2, lost), (2, search), (2, picnic)),
    3: ((3, wander), (2, gift), (2, lost), (2, hide), (1, search), (2, picnic), (2, chain)),
    4: ((3, wander), (3, hide), (1, gift), (1, lost)),
}
SIZES = ((2, 1), (5, 2), (4, 3), (2, 4))


def make_story(draw: Draw, held_out: bool = False, most: int = 20) -> Story:
    """A story of one to four friends and at `most` so many events; whether it is held out depends on what happens in it, in any language."""
    while True:
        size = draw.weighted(SIZES)
        story = Story()
        plot = draw.weighted(PLOTS[size])
        plot(draw, story, draw.some(CAST, size), draw.some(PLACES, 7), draw.some(THINGS, 6))
        if len(story.events) <= most and reserved(story.key) == held_out:
            return story


def line_up(draw: Draw) -> Story:
    """Two to six friends, each somewhere or with something, and nothing else happens. Never held out.

    Who goes with what is all there is to find in it: stories are beyond a model that can't do this yet.
    """
    while True:
        story, size = Story(), draw.between(2, 6)
        somewhere = draw.one((0.0, 0.5, 1.0))
        for who, place, thing in zip(
            draw.some(CAST, size), draw.some(PLACES, size), draw.some(THINGS, size)
        ):
            if draw.chance(somewhere):
                story.go(who, place, "be")
            else:
                story.take(who, thing)
        if not reserved(story.key):
            return story
