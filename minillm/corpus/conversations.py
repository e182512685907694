"""Dialogues of several turns, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from .as_typed import as_typed
from .exchanges import about, any_pronoun, made_up_word
from .held_out import is_held_out
from .quizzes import ask_opposite, ask_translation, number
from .sentences import BANKS, friend_names
from .story_plots import make_scene_at_home, make_situation, make_story
from .talk import TALKS
from .templates import Turn, fill
from .world import (
    ATTRIBUTES,
    COLOURS,
    FOODS,
    HOBBIES,
    PLACES,
    SPECIES,
    THINGS,
    USERS_ANIMALS,
    USERS_FOODS,
    USERS_HOBBIES,
    USERS_LIKES,
    Character,
    WorldDraw,
)

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


def words_in_turn(draw: WorldDraw, language: str) -> list[Turn]:
    """Opposites, or translations one way, of which only the first is asked for in full."""
    kind = draw.choice(("opposite", "to_other", "to_this"))
    ask = ask_opposite if kind == "opposite" else partial(ask_translation, kind=kind)
    asked = BANKS[language].AND_THIS
    others = (ask(draw, language, asked=asked) for _ in range(draw.between(1, 2)))
    return [ask(draw, language), *others]


def reading(draw: WorldDraw, language: str) -> list[Turn]:
    """A story or a situation with some questions, and half of the time a summary.

    Most are short and plain: who is where is learned more easily there, and from fewer tokens.
    """
    bank, plain = BANKS[language], draw.chance(0.75)
    if plain and draw.chance(0.6):
        at_home = draw.chance(0.5)
        story = make_scene_at_home(draw) if at_home else make_situation(draw)
        text = story.plain_text(draw, language)
        if not at_home and draw.chance(0.5):
            text = story.facts_text(draw, language, story.summary())
        if draw.chance(0.4):
            text = _in_one_sentence(draw, language, text)
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


def _in_one_sentence(draw: WorldDraw, language: str, text: str) -> str:
    """The sentences of a text, each of which begins with a name, as one: as people type."""
    if language == "zh":
        return text.replace("。", "，").removesuffix("，") + "。"
    return text.replace(". ", draw.choice((", ", " and ", ", and ")))


# What must not go wrong, and what people say first, come more often than the rest. What they tell
# of their own day is no end of things, and what they mourn must not be taken for one of them; and
# where comfort came as often as help, despair met comfort.
OFTEN = dict.fromkeys(
    (
        *("sad", "self_doubt", "lonely", "scared", "bad_day", "sick", "tired", "harm"),
        *("who_are_you", "name", "how_are_you", "thanks", "goodbye", "where_do_you_live"),
        *("how_old", "what_can_you_do", "who_made_you", "test"),
        *("are_you_human", "are_you_alive", "are_you_an_ai", "do_you_have_feelings"),
    ),
    4,
) | {
    "hello": 8,
    "my_day": 6,
    "misfortune": 6,
    "grief": 6,
    "emergency": 6,
    "good_news": 3,
    "despair": 14,
}


def smalltalk(draw: WorldDraw, language: str, held_out: bool = False) -> list[Turn]:
    """What people say to begin with, of themselves and to the penguin."""
    table = TALKS[language].SMALLTALK
    often = {} if held_out else OFTEN
    pool = [topic for topic in table for _ in range(often.get(topic, 1))]
    topics = draw.sample(pool, 1 if held_out else draw.between(1, 2))
    turns = []
    for user, assistant in (table[topic] for topic in dict.fromkeys(topics)):
        said = user.pick_as_visitors_do(draw, held_out)
        turns.append(Turn(fill(draw, said, {}), draw.choice(assistant)))
    return turns


def follow_ups(draw: WorldDraw, language: str, held_out: bool = False) -> list[Turn]:
    """Questions on a friend who is then only called he, she or it, or the same of another one."""
    bank, talk = BANKS[language], TALKS[language]
    friend, another = draw.sample(draw.world.train, 2)
    he = any_pronoun(draw)
    slots = friend.slots(language) | he
    first, *others = draw.sample(ATTRIBUTES, 2 if held_out else draw.between(2, 3))
    question = fill(draw, draw.choice(bank.QUESTIONS[first].train), slots)
    turns = [Turn(question, fill(draw, bank.FACT_ANSWERS[first], slots))]
    if not held_out and draw.chance(0.25):  # the friend who was told about, not the last one named
        first = ""
        turns = [
            Turn(fill(draw, draw.choice(talk.ABOUT.train), slots), about(draw, language, slots))
        ]
    for before, attribute in zip((first, *others), others):
        if before == "friend":  # he, she or it is now the friend who was named last
            friend = _best_friend(draw, friend, language)
            slots = friend.slots(language) | he
        question = fill(draw, talk.FOLLOW_UPS[attribute].pick(draw, held_out), slots)
        turns.append(Turn(question, fill(draw, bank.FACT_ANSWERS[attribute], slots)))
    if not held_out and draw.chance(0.4):
        slots = another.slots(language)
        question = fill(draw, draw.choice(talk.SAME_OF_ANOTHER), slots)
        attribute = others[-1]
        turns.append(Turn(question, fill(draw, bank.FACT_ANSWERS[attribute], slots)))
    return turns


def _best_friend(draw: WorldDraw, friend: Character, language: str) -> Character:
    """Who is meant after the best friend was named: that one.

    Where he and she tell the two apart, it is also the one who was meant before.
    """
    best = draw.world.best_friend(friend)
    told_apart = language == "en" and best.en.shapes["he"] != friend.en.shapes["he"]
    return friend if told_apart and draw.chance(0.5) else best


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


# What the user tells the name of: themselves, an animal, a friend, a sister, a brother.
NAMED = ("name", "pet", "friend", "sister", "brother")
PETS = {"pet", "animal"}
LIKED = {"like", "hobby", "food", "colour"}


def _user_likes(draw: WorldDraw, language: str) -> str:
    """Something that people like, half of the time a made-up one."""
    if draw.chance(0.5):
        return made_up_word(draw, language) + ("s" if language == "en" else "")
    return draw.choice(USERS_LIKES)[language]


def _told_and_slots(
    draw: WorldDraw, language: str, held_out: bool
) -> tuple[list[str], dict[str, str]]:
    """One or two kinds of things that a user tells, and what could be told of each."""
    bank = BANKS[language]
    while True:
        kinds = draw.sample(tuple(bank.MEMORY), draw.between(1, 2))
        if "like" in kinds and len(LIKED & set(kinds)) > 1:  # "what do I like?" has one answer
            continue
        names = [_user_name(draw, language, held_out) for _ in NAMED]
        slots: dict[str, str] = {
            **dict(zip(NAMED, names)),
            "hobby": draw.choice(HOBBIES + USERS_HOBBIES)[language],
            "like": _user_likes(draw, language),
            "colour": draw.choice(COLOURS)[language],
            "food": draw.choice(FOODS + USERS_FOODS)[language],
            "thing": draw.choice(THINGS)[language],
            "place": draw.choice(PLACES)[language],
            "animal": draw.choice(SPECIES + USERS_ANIMALS)[language],
            "city": _user_city(draw, language),
            "age": number(draw.between(3, 40), language),
        }
        content = " ".join(kind + slots[kind] for kind in sorted(kinds))
        if len(set(names)) == len(names) and is_held_out(content) == held_out:
            return kinds, slots


def memory(draw: WorldDraw, language: str, held_out: bool = False) -> list[Turn]:
    """The user says one or two things, talks of something else, and asks for them."""
    bank = BANKS[language]
    kinds, slots = _told_and_slots(draw, language, held_out)
    said = [fill(draw, draw.choice(bank.MEMORY[kind].statements), slots) for kind in kinds]
    replies = [bank.MEMORY[kind].replies for kind in kinds]
    if not held_out and kinds == ["name"] and draw.chance(0.3):
        said = [said[0] + bank.SPACE + draw.choice(bank.AND_YOU)]
        replies = [bank.NICE_TO_MEET]
    if not held_out and len(said) == 2 and draw.chance(0.5):  # both at once
        joint = draw.choice((", ", " and ", ". ") if language == "en" else ("，", "。"))
        second = said[1][0].lower() + said[1][1:] if said[1].startswith(("My ", "We ")) else said[1]
        said, replies = [said[0].rstrip(".!。！ ") + joint + second], replies[1:]
    if not held_out:
        said = [as_typed(draw, language, text, asks=False) for text in said]
        for kind in kinds:  # a name in lower case is said as it was typed
            if slots[kind] not in " ".join(said) and slots[kind].isalpha():
                slots[kind] = slots[kind].lower()
    turns = [Turn(text, fill(draw, draw.choice(r), slots)) for text, r in zip(said, replies)]
    fillers = [
        turn for turn in bank.CHAT_FILLER if "like" not in kinds or bank.LIKE not in turn.user
    ]
    for filler in draw.sample(fillers, draw.below(2 if held_out else 4 - len(kinds))):
        turns.insert(draw.between(1, len(turns)), filler)
    for kind in draw.sample(kinds, 1 if held_out else draw.between(1, len(kinds))):
        question = fill(draw, draw.choice(bank.MEMORY[kind].questions.train), slots)
        if not held_out:
            question = as_typed(draw, language, question)
        turns.append(Turn(question, fill(draw, bank.MEMORY[kind].answer, slots)))
    if not held_out and draw.chance(0.06):
        turns.insert(draw.below(len(turns)), _not_told(draw, language, kinds))
    return turns


def _not_told(draw: WorldDraw, language: str, told: list[str]) -> Turn:
    """A question for something that the user has not said, nor something near it.

    What the user likes is in one of the fillers, too.
    """
    known = {"like", *told}.union(*(near for near in (PETS, LIKED) if near & set(told)))
    kind = draw.choice([kind for kind in BANKS[language].MEMORY if kind not in known])
    animal = {"animal": draw.choice(USERS_ANIMALS)[language]}
    question = fill(draw, draw.choice(BANKS[language].MEMORY[kind].questions.train), animal)
    answers = TALKS[language].UNKNOWN["user_private"].answers
    return Turn(as_typed(draw, language, question), draw.choice(answers))


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
