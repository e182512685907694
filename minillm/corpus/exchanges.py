"""One question and its answer: on a friend, words to repeat, QdogBaby's rule."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from . import words
from .as_typed import as_typed
from .held_out import is_held_out
from .sentences import BANKS
from .talk import TALKS, listed
from .templates import Form, Turn, fill
from .world import (
    ATTRIBUTES,
    COLOURS,
    FACT_CONCEPTS,
    FOODS,
    NUMBERS,
    OPPOSITES,
    OTHER_WORDS,
    PLACES,
    SPECIES,
    THINGS,
    TRANSLATIONS,
    Character,
    Concept,
    WorldDraw,
)

# --- the friends ----------------------------------------------------------------------------------


def foreign_name(friend: Character, language: str) -> Form:
    """A name as the other language has it, with the pronouns of this one."""
    other = friend.zh if language == "en" else friend.en
    return Form(other, **friend[language].shapes)


def ask_fact(
    draw: WorldDraw,
    language: str,
    held_out_friend: bool = False,
    held_out_wording: bool = False,
) -> Turn:
    """A question about one of the friends."""
    bank, attribute = BANKS[language], draw.choice(ATTRIBUTES)
    friends = draw.world.held_out if held_out_friend else draw.world.train
    friend = draw.choice(friends)
    slots = friend.slots(language)
    if not held_out_friend and not held_out_wording and draw.chance(0.12):
        slots["name"] = foreign_name(friend, language)
    wordings = bank.QUESTIONS[attribute]
    question = wordings.pick(draw, held_out_wording)
    return Turn(fill(draw, question, slots), fill(draw, bank.FACT_ANSWERS[attribute], slots))


def ask_about(draw: WorldDraw, language: str, held_out: bool = False) -> Turn:
    """Who a friend is: four facts."""
    slots = draw.choice(draw.world.train).slots(language)
    return Turn(
        fill(draw, TALKS[language].ABOUT.pick(draw, held_out), slots), about(draw, language, slots)
    )


def about(draw: WorldDraw, language: str, slots: Mapping[str, str]) -> str:
    """Four facts of a friend: what it is, its home, its food and its best friend."""
    bank = BANKS[language]
    facts = (bank.FACT_ANSWERS[name] for name in ("species", "home", "food", "friend"))
    return bank.SPACE.join(fill(draw, fact, slots) for fact in facts)


def ask_why(draw: WorldDraw, language: str, held_out: bool = False) -> Turn:
    """Why a friend does what it does: because of a fact."""
    talk, attribute = TALKS[language], draw.choice(tuple(TALKS[language].WHYS))
    slots = draw.choice(draw.world.train).slots(language)
    fact = fill(draw, BANKS[language].FACT_ANSWERS[attribute], slots)
    answer = fill(draw, talk.BECAUSE, {"fact": fact})
    return Turn(fill(draw, talk.WHYS[attribute].pick(draw, held_out), slots), answer)


def any_pronoun(draw: WorldDraw) -> dict[str, str]:
    """The slot `he` of a Chinese text, where animals are called by all three; one in a dialogue."""
    return {"he": draw.choice(("它", "她", "他"))}


def ask_two(draw: WorldDraw, language: str, held_out: bool = False) -> Turn:
    """Two questions about a friend in one."""
    bank, talk = BANKS[language], TALKS[language]
    first, second = draw.sample(ATTRIBUTES, 2)
    slots = draw.choice(draw.world.train).slots(language)
    question = fill(draw, draw.choice(bank.QUESTIONS[first].train), slots).rstrip("?？.。")
    slots |= any_pronoun(draw)
    follow_up = fill(draw, talk.FOLLOW_UPS[second].pick(draw, held_out), slots)
    if language == "en":
        follow_up = follow_up[0].lower() + follow_up[1:]
        joint = draw.choice((", ", " ", "? ")) if follow_up.startswith("and ") else ", and "
        if joint == "? ":
            follow_up = follow_up[0].upper() + follow_up[1:]
    else:
        joint = draw.choice(("，", "？"))
    answers = (fill(draw, bank.FACT_ANSWERS[name], slots) for name in (first, second))
    return Turn(question + joint + follow_up, bank.SPACE.join(answers))


def who(draw: WorldDraw, language: str, attribute: str, value: Concept) -> str:
    """Everybody of whom this fact is true, in one sentence: friends that are held out, too."""
    friends = [f for f in draw.world.cast if f.facts[attribute] is value]
    names = listed(language, [friend[language] for friend in friends])
    template = TALKS[language].WHO_ANSWERS[attribute][len(friends) > 1]
    return fill(draw, template, {"names": names, "value": value[language]})


def ask_who(draw: WorldDraw, language: str, held_out: bool = False) -> Turn:
    """Whose home, food, hobby or scarf something is, or who is such an animal."""
    attribute = draw.choice(tuple(FACT_CONCEPTS))
    value = draw.choice(draw.world.cast).facts[attribute]
    slots = {"value": value[language]}
    question = fill(draw, TALKS[language].WHO[attribute].pick(draw, held_out), slots)
    return Turn(question, who(draw, language, attribute, value))


def ask_trait(draw: WorldDraw, language: str, held_out: bool = False) -> Turn:
    """What a main character wants, or what is difficult for it."""
    talk, friend = TALKS[language], draw.choice(draw.world.main)
    slots = {
        "name": friend[language],
        **{name: concept[language] for name, concept in friend.trait.items()},
    }
    wordings, answer = draw.choice(((talk.WANTS, talk.WANT_ANSWER), (talk.FLAWS, talk.FLAW_ANSWER)))
    return Turn(fill(draw, wordings.pick(draw, held_out), slots), fill(draw, answer, slots))


def ask_whether(draw: WorldDraw, language: str, held_out: bool = False) -> Turn:
    """Whether a fact is so, as it is in every second question; the answer is the fact.

    A "yes" or "no" after it was right half of the time, by chance (docs/LOG.md).
    """
    talk, attribute = TALKS[language], draw.choice(ATTRIBUTES)
    friend = draw.choice(draw.world.train)
    right = friend.facts[attribute]
    values = dict.fromkeys(other.facts[attribute] for other in draw.world.train)
    others = [value for value in values if value is not right and value.en != friend.en]
    value = right if draw.chance(0.5) else draw.choice(others)
    wordings = talk.WHETHER[attribute]
    if attribute in talk.LIKES and draw.chance(0.4):
        wordings = talk.LIKES[attribute]
    slots = {**friend.slots(language), "value": value[language]}
    question = fill(draw, wordings.pick(draw, held_out), slots)
    return Turn(question, fill(draw, BANKS[language].FACT_ANSWERS[attribute], slots))


# --- words to repeat ------------------------------------------------------------------------------

_SYLLABLES = {
    "en": ["".join(part) for part in product(words.CONSONANTS, words.VOWELS, words.CODAS)],
    "zh": list(words.CHINESE_SYLLABLES),
}
# Made-up words must not contradict an opposite or a translation, nor contain a held-out name.
_LESSON_WORDS = {
    *(word for pairs in OPPOSITES.values() for pair in pairs for word in (pair.left, pair.right)),
    *(word for pair in TRANSLATIONS for word in (pair.en, pair.zh)),
}
_HELD_OUT_NAMES = {
    language: [name.lower() for name in bank.HELD_OUT_NAMES] for language, bank in BANKS.items()
}
_UNFIT = {language: (*words.RUDE[language], *_HELD_OUT_NAMES[language]) for language in BANKS}


def made_up_word(draw: WorldDraw, language: str) -> str:
    """Two or three syllables: nearly always no word at all."""
    while True:
        word = "".join(draw.sample(_SYLLABLES[language], draw.between(2, 3)))
        if word[-1] in "aeiou":  # never a Chinese one
            word += draw.choice(words.ENGLISH_ENDINGS)
        if word not in _LESSON_WORDS and not any(part in word for part in _UNFIT[language]):
            return word


def words_to_repeat(draw: WorldDraw, language: str, held_out: bool = False) -> str:
    """A list of two to six different words: of the world, numbers, names, or made up."""
    while True:
        cast = draw.world.cast
        banks = draw.sample(
            (THINGS, PLACES, SPECIES, FOODS, COLOURS, NUMBERS[1:21], cast, OTHER_WORDS), 2
        )
        mixed, made_up = draw.chance(0.5), draw.chance(0.35)
        listed: list[str] = []
        for _ in range(draw.between(2, 6)):
            if made_up:
                listed.append(made_up_word(draw, language))
            else:
                bank = draw.choice(banks) if mixed else banks[0]
                listed.append(draw.choice(bank)[language].bare)
        separator = BANKS[language].LIST_SEPARATOR
        sentence = min(map(len, listed)) > 1 and draw.chance(0.25)
        if sentence and not held_out:  # as people say sentences, without commas
            separator = " " if language == "en" else ""
        text = separator.join(listed)
        named = any(name in text.lower() for name in _HELD_OUT_NAMES[language])
        if is_held_out(text) == held_out and len(set(listed)) == len(listed) and not named:
            return text


def _text_to_repeat(draw: WorldDraw, language: str) -> str:
    """What else is repeated: one word, things with their colours, a sentence."""
    kind = draw.choice(("word", "colours", "fact", "saying"))
    bank = BANKS[language]
    if kind == "saying":
        topic = draw.choice(("my_day", "my_day", "weather_remark", "good_news"))
        return fill(draw, draw.choice(TALKS[language].SMALLTALK[topic].user.train), {})
    if kind == "fact":
        attribute, friend = draw.choice(ATTRIBUTES), draw.choice(draw.world.train)
        return fill(draw, bank.FACT_ANSWERS[attribute], friend.slots(language))
    if kind == "word":
        return draw.choice((*THINGS, *FOODS, *SPECIES, *OTHER_WORDS))[language].bare
    colours, things = draw.sample(COLOURS, 3), draw.sample(THINGS, 3)
    pairs = [f"{c[language]}{bank.SPACE}{t[language]}" for c, t in zip(colours, things)]
    return bank.LIST_SEPARATOR.join(pairs[: draw.between(1, 3)])


def ask_echo(draw: WorldDraw, language: str, held_out: bool = False) -> Turn:
    """The request to repeat some words."""
    listed = words_to_repeat(draw, language, held_out)
    if not held_out and draw.chance(0.4):
        listed = _text_to_repeat(draw, language)
        listed = listed.lower() if draw.chance(0.25) else listed
    elif not held_out and draw.chance(0.35):
        listed = listed.replace(BANKS[language].LIST_SEPARATOR, " ")
    request = draw.choice(BANKS[language].QUESTIONS["echo"].train)
    if not held_out:  # the words themselves stay as they are
        request = as_typed(draw, language, request, asks=False)
    return Turn(fill(draw, request, {"words": listed}), listed)


# --- QdogBaby's rule ------------------------------------------------------------------------------


# What 吗 asks in small talk is answered there, and truthfully: a penguin does not fly.
_TALKED_OF = {
    text.removesuffix("吗？")
    for talk in TALKS["zh"].SMALLTALK.values()
    for text in (*talk.user.train, *talk.user.held_out)
}


def rule_phrase(draw: WorldDraw, held_out: bool = False) -> str:
    """A Chinese phrase that can stand before 吗."""
    while True:
        kind = draw.weighted_choice(((4, "verb"), (2, "state"), (3, "frame"), (1, "made up")))
        if kind == "verb":
            phrase = draw.choice(words.RULE_SUBJECTS)
            frame = draw.choice(words.RULE_VERB_FRAMES)
            phrase += fill(draw, frame, {"verb": draw.choice(words.RULE_VERBS)})
        elif kind == "state":
            topics, states = draw.choice(words.RULE_STATES)
            phrase = draw.choice(topics.split())
            phrase += draw.choice(words.RULE_DEGREES) + draw.choice(states.split())
        elif kind == "frame":
            frame = draw.choice(words.RULE_FRAMES)
            slots: dict[str, str] = {
                "thing": draw.choice(THINGS).zh,
                "friend": draw.choice(draw.world.cast).zh,
                "place": draw.choice(PLACES).zh,
                "food": draw.choice(FOODS).zh,
                "animal": draw.choice(SPECIES).zh,
                "colour": draw.choice(COLOURS).zh,
            }
            phrase = fill(draw, frame, slots)
        else:
            phrase = made_up_word(draw, "zh")
        if is_held_out(phrase) == held_out and phrase not in _TALKED_OF:
            return phrase


def ask_rule(draw: WorldDraw, language: str, held_out: bool = False) -> Turn:
    """QdogBaby's rule, which is Chinese in either language: 会飞吗? 会飞!"""
    phrase = rule_phrase(draw, held_out)
    mark = "?" if held_out else draw.choice(("?", "?", "？", ""))
    return Turn(phrase + "吗" + mark, phrase + "!")
