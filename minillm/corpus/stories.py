"""Short stories in which things happen in order, and what can be asked about them.

A story is a list of events, in no language yet, and the state they lead to: who is where, who has
what. The sentence tables tell it in either language. What is true at the end can be asked; the
candidate answers are the concepts of the right kind that the story mentions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .sentences import BANKS
from .templates import Turn, fill
from .world import Character, Concept, WorldDraw


class Event(NamedTuple):
    """Something that happens: a key of `EVENTS` and the concepts in it."""

    kind: str
    slots: dict[str, Concept]


class Fact(NamedTuple):
    """Something true at the end: a key of `READING_ANSWERS` and the concepts in it."""

    kind: str
    slots: dict[str, Concept]


def in_language(slots: dict[str, Concept], language: str) -> dict[str, str]:
    return {name: concept[language] for name, concept in slots.items()}


# Which slot of a fact its question asks for, where that is not `who`.
_ASKED_SLOT = {
    "where": "place",
    "found": "thing",
    "has": "thing",
    "gave_what": "thing",
    "feels": "feeling",
    "does": "doing",
    "in_spot": "spot",
}

SUMMED_UP = ("where", "has", "does", "in_spot")


@dataclass
class Story:
    """What happened (events), and the state after it."""

    events: list[Event] = field(default_factory=list)
    location: dict[Character, Concept] = field(default_factory=dict)
    belongings: dict[Character, list[Concept]] = field(default_factory=dict)
    finds: list[tuple[Character, Concept]] = field(default_factory=list)
    gifts: list[tuple[Character, Character, Concept]] = field(default_factory=list)
    feelings: dict[Character, Concept] = field(default_factory=dict)
    doings: dict[Character, Concept] = field(default_factory=dict)
    put: list[tuple[Character, Concept, Concept]] = field(default_factory=list)

    # --- what happens ---------------------------------------------------------------------------

    def add(self, event: str, **slots: Concept) -> None:
        """An event that leaves the state as it is."""
        self.events.append(Event(event, slots))

    def go(self, who: Character, place: Concept, event: str = "go") -> None:
        if event == "go" and who in self.location:
            event = "go_on"
        self.add(event, who=who, place=place)
        self.location[who] = place

    def find(self, who: Character, thing: Concept) -> None:
        self.add("find", who=who, thing=thing, place=self.location[who])
        self.finds.append((who, thing))
        self.belongings.setdefault(who, []).append(thing)

    def take(self, who: Character, thing: Concept, event: str = "take") -> None:
        self.add(event, who=who, thing=thing)
        self.belongings.setdefault(who, []).append(thing)

    def give(self, who: Character, other: Character, thing: Concept) -> None:
        self.add("give", who=who, other=other, thing=thing)
        self.belongings[who].remove(thing)
        self.belongings.setdefault(other, []).append(thing)
        self.gifts.append((who, other, thing))

    def lose(self, who: Character, thing: Concept) -> None:
        self.add("lose", who=who, thing=thing, place=self.location[who])

    def meet(self, who: Character, other: Character, place: Concept) -> None:
        self.add("meet", who=who, other=other, place=place)
        self.location[who] = self.location[other] = place

    def feel(self, who: Character, feeling: Concept) -> None:
        self.add("feel", who=who, feeling=feeling)
        self.feelings[who] = feeling

    def do(self, who: Character, doing: Concept) -> None:
        self.add("do", who=who, doing=doing)
        self.doings[who] = doing

    def put_away(self, who: Character, thing: Concept, spot: Concept) -> None:
        self.add("put", who=who, thing=thing, spot=spot)
        self.put.append((who, thing, spot))

    # --- what is true at the end ----------------------------------------------------------------

    @property
    def key(self) -> str:
        """What happened, in a form that does not depend on language or wording."""
        return " ".join(
            " ".join((kind, *(concept.en for concept in slots.values())))
            for kind, slots in self.events
        )

    def mentioned(self, *names: str) -> list[Concept]:
        """Every concept in one of these slots of an event, in order of appearance."""
        return list(
            dict.fromkeys(
                slots[name] for _, slots in self.events for name in names if name in slots
            )
        )

    def facts(self) -> list[Fact]:
        """Everything that is true at the end and has exactly one answer."""
        out: list[Fact] = []
        places = list(self.location.values())
        for who, place in self.location.items():
            out.append(Fact("where", {"who": who, "place": place}))
            if places.count(place) == 1:
                out.append(Fact("who_at", {"who": who, "place": place}))
        finders = [who for who, _ in self.finds]
        for who, thing in self.finds:
            out.append(Fact("who_found", {"who": who, "thing": thing}))
            if finders.count(who) == 1:
                out.append(Fact("found", {"who": who, "thing": thing}))
        for who, things in self.belongings.items():
            if len(things) == 1:
                out.append(Fact("has", {"who": who, "thing": things[0]}))
            out += [Fact("who_has", {"who": who, "thing": thing}) for thing in things]
        pairs = [(who, other) for who, other, _ in self.gifts]
        for who, other, thing in self.gifts:
            out.append(Fact("gave_who", {"who": who, "other": other, "thing": thing}))
            if pairs.count((who, other)) == 1:
                out.append(Fact("gave_what", {"who": who, "other": other, "thing": thing}))
        for who, feeling in self.feelings.items():
            out.append(Fact("feels", {"who": who, "feeling": feeling}))
        for who, doing in self.doings.items():  # no two do the same
            out += [Fact(kind, {"who": who, "doing": doing}) for kind in ("does", "who_does")]
        for who, thing, spot in self.put:  # each thing once
            slots = {"who": who, "thing": thing, "spot": spot}
            out += [Fact(kind, slots) for kind in ("in_spot", "who_put")]
        return out

    def summary(self) -> list[Fact]:
        """The facts that sum the story up: where all is in the end, who has and who does what."""
        return [fact for fact in self.facts() if fact.kind in SUMMED_UP]

    # --- in words -------------------------------------------------------------------------------

    def ask(self, draw: WorldDraw, language: str, fact: Fact) -> Turn:
        """The fact as a question, answered by a full sentence."""
        bank, slots = BANKS[language], in_language(fact.slots, language)
        question = fill(draw, draw.choice(bank.QUESTIONS[fact.kind].train), slots)
        return Turn(question, fill(draw, bank.READING_ANSWERS[fact.kind], slots))

    def choices(self, draw: WorldDraw, language: str, fact: Fact) -> tuple[str, ...]:
        """The candidate answers to that question, the right one among them."""
        asked = _ASKED_SLOT.get(fact.kind, "who")
        candidates = self.mentioned(*(("who", "other") if asked == "who" else (asked,)))
        if fact.kind == "gave_who":
            candidates = [friend for friend in candidates if friend is not fact.slots["other"]]
        template = BANKS[language].READING_ANSWERS[fact.kind]
        return tuple(
            fill(draw, template, in_language({**fact.slots, asked: candidate}, language))
            for candidate in candidates
        )

    def facts_text(self, draw: WorldDraw, language: str, facts: Iterable[Fact]) -> str:
        """These facts as sentences, each in the wording of its answer, none twice."""
        bank = BANKS[language]
        sentences = [
            fill(draw, bank.READING_ANSWERS[kind], in_language(slots, language))
            for kind, slots in facts
        ]
        return bank.SPACE.join(dict.fromkeys(sentences))

    def plain_text(self, draw: WorldDraw, language: str) -> str:
        """What happens and no more."""
        return BANKS[language].SPACE.join(self._events(draw, language, details=False))

    def text(self, draw: WorldDraw, language: str) -> str:
        """The story with an opening, details and an ending, usually with a recap."""
        bank = BANKS[language]
        sentences = self._events(draw, language, details=True)
        if draw.chance(0.2):
            sentences.insert(draw.between(1, len(sentences)), draw.choice(bank.ASIDES))
        opening = fill(draw, draw.choice(bank.OPENINGS), {})
        names = tuple(friend[language] for friend in self.location)
        if opening.endswith((", ", "，")) and not sentences[0].startswith(names):
            opening = ""  # it is only the beginning of a sentence, which goes on with a name
        sentences[0] = opening + sentences[0]
        if draw.chance(0.15):
            hero = next(iter(self.location))
            introduction = fill(draw, draw.choice(bank.STORY_INTRODUCTIONS), hero.slots(language))
            sentences.insert(0, introduction)
        if draw.chance(0.75):
            sentences.append(self._recap(draw, language))
        sentences.append(fill(draw, draw.choice(bank.ENDINGS), {}))
        return bank.SPACE.join(sentence for sentence in sentences if sentence)

    def _events(self, draw: WorldDraw, language: str, details: bool) -> list[str]:
        """A sentence for each event; the wordings of one kind of event take turns."""
        bank, sentences = BANKS[language], []
        wordings = {kind: draw.shuffled(bank.EVENTS[kind]) for kind, _ in self.events}
        for kind, slots in self.events:
            wording = wordings[kind].pop(0)
            wordings[kind].append(wording)
            sentences.append(fill(draw, wording, in_language(slots, language)))
            if details and kind in ("go", "go_on", "hide") and draw.chance(0.15):
                sentences.append(draw.choice(bank.DETAILS[slots["place"].en.bare]))
        return sentences

    def _recap(self, draw: WorldDraw, language: str) -> str:
        """Some of what is true at the end, each thing once."""
        bank, sentences = BANKS[language], []
        stated: set[tuple[Concept, str]] = set()
        for kind, slots in draw.shuffled([f for f in self.facts() if f.kind in bank.RECAPS]):
            subject = (slots["who"], "place" if kind == "where" else "thing")
            if subject not in stated and len(stated) < 4:
                stated.add(subject)
                template = draw.choice(bank.RECAPS[kind])
                sentences.append(fill(draw, template, in_language(slots, language)))
        frame = draw.choice(bank.RECAP_FRAMES)
        return fill(draw, frame, {"facts": bank.SPACE.join(sentences)})
