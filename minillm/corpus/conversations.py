"""Dialogues of several turns, in both languages."""

from __future__ import annotations

from collections.abc import Callable

from .as_typed import as_typed
from .exchanges import (
    ask_echo,
    ask_fact,
    ask_opposite,
    ask_rule,
    ask_sum,
    ask_translation,
    made_up_word,
    number,
)
from .held_out import is_held_out
from .sentences import BANKS, friend_names
from .story_plots import make_situation, make_story
from .talk import TALKS
from .templates import Turn, fill
from .world import ATTRIBUTES, COLOURS, FOODS, PLACES, SPECIES, THINGS, WorldDraw

Message = dict[str, str]
Ask = Callable[[WorldDraw, str], Turn]


def to_messages(turns: list[Turn]) -> list[Message]:
    """Turns as messages of user and assistant, in their order."""
    return [
        {"role": role, "content": content}
        for turn in turns
        for role, content in (("user", turn.user), ("assistant", turn.assistant))
    ]


def several(ask: Ask, most: int) -> Callable[[WorldDraw, str], list[Turn]]:
    """A dialogue of one to `most` turns of the same kind."""
    return lambda draw, language: [ask(draw, language) for _ in range(draw.between(1, most))]


def reading(draw: WorldDraw, language: str) -> list[Turn]:
    """A story or a situation with some questions, and half of the time a summary.

    Most are short and plain: who is where is learned more easily there, and from fewer tokens.
    """
    bank, plain = BANKS[language], draw.chance(0.75)
    if plain and draw.chance(0.5):
        story = make_situation(draw)
        text = story.facts_text(draw, language, story.summary())
    elif plain:
        story = make_story(draw, most_events=5)
        text = story.plain_text(draw, language)
    else:
        story = make_story(draw)
        text = story.text(draw, language)
    facts = story.facts()
    count = min(len(facts), draw.between(1, 8 if plain else 4))
    turns = [story.ask(draw, language, fact) for fact in draw.sample(facts, count)]
    if (summary := story.summary()) and draw.chance(0.5):
        at, request = draw.below(2), draw.choice(bank.SUMMARY_REQUESTS)
        turns.insert(at, Turn(request, story.facts_text(draw, language, summary)))
    (question, answer), *rest = turns
    request = fill(draw, draw.choice(bank.READING_REQUESTS), {"story": text, "q": question})
    return [Turn(request, answer), *rest]


# What must not go wrong, and what people say first: these come four times as often.
OFTEN = (
    *("despair", "sad", "grief", "self_doubt", "lonely", "scared", "bad_day", "sick", "tired"),
    *("hello", "who_are_you", "name", "how_are_you", "thanks", "goodbye", "are_you_human"),
)


def smalltalk(draw: WorldDraw, language: str, held_out: bool = False) -> list[Turn]:
    """What people say to begin with, of themselves and to the penguin."""
    table = TALKS[language].SMALLTALK
    pool = [topic for topic in table for _ in range(1 if held_out or topic not in OFTEN else 4)]
    topics = draw.sample(pool, 1 if held_out else draw.between(1, 2))
    turns = []
    for user, assistant in (table[topic] for topic in dict.fromkeys(topics)):
        said = user.pick(draw, held_out)
        turns.append(Turn(said, draw.choice(assistant)))
    return turns


def follow_ups(draw: WorldDraw, language: str, held_out: bool = False) -> list[Turn]:
    """Questions on a friend who is then only called he, she or it."""
    bank, talk = BANKS[language], TALKS[language]
    slots = draw.choice(draw.world.train).slots(language)
    first, *others = draw.sample(ATTRIBUTES, 2 if held_out else draw.between(2, 3))
    question = fill(draw, draw.choice(bank.QUESTIONS[first].train), slots)
    turns = [Turn(question, fill(draw, bank.FACT_ANSWERS[first], slots))]
    for attribute in others:
        question = fill(draw, talk.FOLLOW_UPS[attribute].pick(draw, held_out), slots)
        turns.append(Turn(question, fill(draw, bank.FACT_ANSWERS[attribute], slots)))
    return turns


def riddle(draw: WorldDraw, language: str, held_out: bool = False) -> list[Turn]:
    """The assistant asks who it is; the user guesses or gives up."""
    talk = TALKS[language]
    friend = draw.choice(draw.world.main)
    slots = friend.slots(language)
    request = talk.RIDDLE_REQUESTS.pick(draw, held_out)
    turns = [Turn(request, fill(draw, draw.choice(talk.RIDDLES), slots))]
    how = draw.choice(("right", "wrong", "give up"))
    guess = friend if how == "right" else draw.choice([f for f in draw.world.cast if f != friend])
    said = draw.choice(talk.RIDDLE_GIVE_UPS if how == "give up" else talk.RIDDLE_GUESSES)
    answers = {
        "right": talk.RIDDLE_RIGHT, "wrong": talk.RIDDLE_WRONG, "give up": talk.RIDDLE_ANSWER
    }  # fmt: skip
    slots["guess"] = guess[language]
    return [*turns, Turn(fill(draw, said, slots), fill(draw, answers[how], slots))]


def _user_name(draw: WorldDraw, language: str, held_out: bool) -> str:
    """A first name; in training also a made-up one, so that names are copied, not remembered."""
    bank = BANKS[language]
    if held_out:
        return draw.choice(bank.HELD_OUT_NAMES)
    if draw.chance(0.7):
        return made_up_word(draw, language).capitalize()
    return draw.choice(bank.TRAIN_NAMES)


def _user_city(draw: WorldDraw, language: str) -> str:
    """A town, half of the time a made-up one."""
    if draw.chance(0.5):
        return made_up_word(draw, language).capitalize()
    return draw.choice(TALKS[language].CITIES)


def memory(draw: WorldDraw, language: str, held_out: bool = False) -> list[Turn]:
    """The user says one or two things, talks of something else, and asks for them."""
    bank = BANKS[language]
    while True:
        kinds = draw.sample(tuple(bank.MEMORY), draw.between(1, 2))
        slots: dict[str, str] = {
            "name": _user_name(draw, language, held_out),
            "pet": _user_name(draw, language, held_out),
            "colour": draw.choice(COLOURS)[language],
            "food": draw.choice(FOODS)[language],
            "thing": draw.choice(THINGS)[language],
            "place": draw.choice(PLACES)[language],
            "animal": draw.choice(SPECIES)[language],
            "city": _user_city(draw, language),
            "age": number(draw.between(3, 40), language),
        }
        content = " ".join(kind + slots[kind] for kind in sorted(kinds))
        if slots["name"] != slots["pet"] and is_held_out(content) == held_out:
            break
    turns: list[Turn] = []
    for kind in kinds:
        statement = fill(draw, draw.choice(bank.MEMORY[kind].statements), slots)
        turns.append(Turn(statement, fill(draw, draw.choice(bank.MEMORY[kind].replies), slots)))
    for filler in draw.sample(bank.CHAT_FILLER, draw.below(2 if held_out else 4 - len(kinds))):
        turns.insert(draw.between(1, len(turns)), filler)
    for kind in draw.sample(kinds, 1 if held_out else draw.between(1, len(kinds))):
        question = draw.choice(bank.MEMORY[kind].questions.train)
        if not held_out:
            question = as_typed(draw, language, question)
        turns.append(Turn(question, fill(draw, bank.MEMORY[kind].answer, slots)))
    return turns


def secret_language(draw: WorldDraw, language: str) -> list[Turn]:
    """Made-up words, first explained, then asked for.

    Their meaning can only be taken from the text, letter by letter, and it stands in the same
    sentences in which real words are explained. Without them, a model learns by heart the few real
    words that it is asked about, and can't answer about any others.
    """
    bank, names = BANKS[language], friend_names(draw, language)
    kind = draw.choice(tuple(bank.SECRETS))
    secret = bank.SECRETS[kind]
    script = "zh" if language == "zh" and kind == "opposite" else "en"
    statements: list[str] = []
    turns: list[Turn] = []
    for meaning in draw.sample(THINGS + PLACES + SPECIES + FOODS, draw.between(1, 3)):
        slots = {
            **names,
            "word": made_up_word(draw, script),
            "plain": meaning[language].bare,
            "other_word": made_up_word(draw, script),
        }
        statements.append(fill(draw, draw.choice(secret.statements), slots))
        question = fill(draw, draw.choice(secret.questions), slots)
        turns.append(Turn(question, fill(draw, secret.answer, slots)))
    lines = {**names, "lines": bank.SPACE.join(statements)}
    explanation = fill(draw, draw.choice(bank.SECRET_FRAMES), lines)
    (question, answer), *rest = draw.shuffled(turns)
    return [Turn(explanation + "\n" + question, answer), *rest]


def mixed(draw: WorldDraw, language: str) -> list[Turn]:
    """Two or three turns of different kinds, sometimes after some small talk."""
    asks: tuple[Ask, ...] = (
        ask_fact,
        ask_sum,
        ask_opposite,
        ask_translation,
        ask_echo,
        ask_rule,
    )
    turns = [ask(draw, language) for ask in draw.sample(asks, draw.between(2, 3))]
    if draw.chance(0.3):
        turns = smalltalk(draw, language)[:1] + turns
    return turns
