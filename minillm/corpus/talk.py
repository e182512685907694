"""Dialogues by family: turns of a user and an assistant, one and several, in both languages."""

from __future__ import annotations

from typing import Callable

from . import lessons
from .documents import ask_fact
from .stories import BANKS, line_up, make_story, seen
from .world import COLOURS, FOODS, PLACES, SPECIES, THINGS, Draw, Form, fill, reserved

Message = dict[str, str]
Turns = list[tuple[str, str]]


def messages(turns: Turns) -> list[Message]:
    """(user, assistant) turns as messages; an empty last answer leaves the question open."""
    return [
        {"role": role, "content": content}
        for turn in turns
        for role, content in zip(("user", "assistant"), turn)
        if content
    ]


def several(ask: Callable[[Draw, str], tuple[str, str]], most: int) -> Callable[[Draw, str], Turns]:
    """A dialogue of one to `most` turns of the same kind."""
    return lambda draw, language: [ask(draw, language) for _ in range(draw.between(1, most))]


def ask_echo(draw: Draw, language: str, held_out: bool = False, wordings=seen) -> tuple[str, str]:
    words = lessons.echo_words(draw, language, held_out)
    return fill(
        draw, draw.one(wordings(BANKS[language].QUESTIONS["echo"])), {"words": words}
    ), words


def ask_rule(draw: Draw, language: str, held_out: bool = False) -> tuple[str, str]:
    phrase = lessons.rule_phrase(draw, held_out)
    return phrase + "吗?", phrase + "!"


def reading(draw: Draw, language: str) -> Turns:
    """A story or a line-up with some questions, and as often as not a summary. Most are short and plain: who is where is learned more easily there, and from fewer tokens."""
    bank, plain = BANKS[language], draw.chance(0.75)
    if plain and draw.chance(0.5):
        story = line_up(draw)
        text = story.say(draw, language, story.summary())
    else:
        story = make_story(draw, most=5) if plain else make_story(draw)
        text = story.text(draw, language, plain)
    facts = story.facts()
    asked = [
        story.ask(draw, language, fact)
        for fact in draw.some(facts, min(len(facts), draw.between(1, 8 if plain else 4)))
    ]
    turns = [(one.question, one.answer) for one in asked]
    if (summary := story.summary()) and draw.chance(0.5):
        turns.insert(draw.below(2), (draw.one(bank.SUM_UP), story.say(draw, language, summary)))
    (question, answer), *rest = turns
    slots = {"story": Form(text), "q": question}
    return [(fill(draw, draw.one(bank.READ_THIS), slots), answer), *rest]


def smalltalk(draw: Draw, language: str) -> Turns:
    bank = BANKS[language]
    turns = []
    for questions, answers in draw.some(bank.SMALLTALK, draw.between(1, 2)):
        turns.append((draw.one(questions), draw.one(answers)))
    return turns


def user_name(draw: Draw, language: str, held_out: bool) -> str:
    """A first name; in training also a made-up one, so that names are copied and not only remembered."""
    bank = BANKS[language]
    if held_out:
        return draw.one(bank.NEW_NAMES)
    if draw.chance(0.7):
        return lessons.made_up_word(draw, language).capitalize()
    return draw.one(bank.USER_NAMES)


def memory(draw: Draw, language: str, held_out: bool = False) -> Turns:
    """The user says one or two things, talks of something else, and asks back."""
    bank = BANKS[language]
    while True:
        kinds = draw.some(tuple(bank.MEMORY), draw.between(1, 2))
        slots = {
            "name": user_name(draw, language, held_out),
            "pet": user_name(draw, language, held_out),
            "colour": draw.one(COLOURS)[language],
            "food": draw.one(FOODS)[language],
            "thing": draw.one(THINGS)[language],
            "place": draw.one(PLACES)[language],
            "animal": draw.one(SPECIES)[language],
        }
        told = " ".join(kind + slots[kind] for kind in sorted(kinds))
        if slots["name"] != slots["pet"] and reserved(told) == held_out:
            break
    turns: Turns = []
    for kind in kinds:
        tells, replies, _, _ = bank.MEMORY[kind]
        turns.append((fill(draw, draw.one(tells), slots), fill(draw, draw.one(replies), slots)))
    for filler in draw.some(bank.CHAT_FILLER, draw.below(2 if held_out else 4 - len(kinds))):
        turns.insert(draw.between(1, len(turns)), filler)
    for kind in draw.some(kinds, 1 if held_out else draw.between(1, len(kinds))):
        _, _, questions, answer = bank.MEMORY[kind]
        turns.append((draw.one(seen(questions)), fill(draw, answer, slots)))
    return turns


def mixed(draw: Draw, language: str) -> Turns:
    """Two or three short exchanges of different kinds in one conversation."""
    asks = [
        ask_fact,
        lessons.ask_sum,
        lessons.ask_opposite,
        lessons.ask_translation,
        ask_echo,
        ask_rule,
    ]
    turns = [ask(draw, language) for ask in draw.some(asks, draw.between(2, 3))]
    if draw.chance(0.3):
        turns = smalltalk(draw, language)[:1] + turns
    return turns
