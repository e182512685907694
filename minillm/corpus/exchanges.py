"""One question and its answer: on a friend, a sum, an opposite, a translation, words to repeat."""

from __future__ import annotations

from collections.abc import Sequence

from . import words
from .draw import Draw
from .held_out import is_held_out, is_held_out_sum
from .sentences import BANKS
from .templates import Form, Turn, fill
from .world import (
    ATTRIBUTES,
    CAST,
    COLOURS,
    FOODS,
    NUMBERS,
    OPPOSITES,
    PLACES,
    SPECIES,
    THINGS,
    TRAIN_FRIENDS,
    TRANSLATIONS,
    Character,
)

# --- the friends ----------------------------------------------------------------------------------


def ask_fact(
    draw: Draw,
    language: str,
    friends: Sequence[Character] = TRAIN_FRIENDS,
    held_out_wording: bool = False,
) -> Turn:
    """A question about one of these friends."""
    bank, attribute = BANKS[language], draw.choice(ATTRIBUTES)
    slots = draw.choice(friends).slots(language)
    wordings = bank.QUESTIONS[attribute]
    question = draw.choice(wordings.held_out if held_out_wording else wordings.train)
    return Turn(fill(draw, question, slots), fill(draw, bank.FACT_ANSWERS[attribute], slots))


# --- words to repeat ------------------------------------------------------------------------------

_SYLLABLES = {
    "en": [consonant + vowel for consonant in words.CONSONANTS for vowel in words.VOWELS],
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


def made_up_word(draw: Draw, language: str) -> str:
    """Two or three syllables: nearly always no word at all."""
    while True:
        word = "".join(draw.sample(_SYLLABLES[language], draw.between(2, 3)))
        if language == "en":
            word += draw.choice(words.ENGLISH_ENDINGS)
        if word not in _LESSON_WORDS and not any(
            name in word for name in _HELD_OUT_NAMES[language]
        ):
            return word


def words_to_repeat(draw: Draw, language: str, held_out: bool = False) -> str:
    """A list of two to six different words: of the world, numbers, names, or made up."""
    while True:
        banks = draw.sample((THINGS, PLACES, SPECIES, FOODS, COLOURS, NUMBERS[1:21], CAST), 2)
        mixed, made_up = draw.chance(0.5), draw.chance(0.25)
        listed: list[str] = []
        for _ in range(draw.between(2, 6)):
            if made_up:
                listed.append(made_up_word(draw, language))
            else:
                bank = draw.choice(banks) if mixed else banks[0]
                listed.append(draw.choice(bank)[language].bare)
        text = BANKS[language].LIST_SEPARATOR.join(listed)
        if is_held_out(text) == held_out and len(set(listed)) == len(listed):
            return text


def ask_echo(draw: Draw, language: str, held_out: bool = False) -> Turn:
    """The request to repeat some words."""
    listed = words_to_repeat(draw, language, held_out)
    request = draw.choice(BANKS[language].QUESTIONS["echo"].train)
    return Turn(fill(draw, request, {"words": listed}), listed)


# --- sums, opposites and translations -------------------------------------------------------------


def _ask(draw: Draw, language: str, kind: str, slots: dict[str, str]) -> Turn:
    bank = BANKS[language]
    question = fill(draw, draw.choice(bank.QUESTIONS[kind].train), slots)
    return Turn(question, fill(draw, bank.LESSON_ANSWERS[kind], slots))


def operands(draw: Draw, held_out: bool = False) -> tuple[int, int]:
    """Two numbers from 1 to 20, half of the time from 1 to 10."""
    while True:
        most = draw.choice((10, 20))
        x, y = draw.between(1, most), draw.between(1, most)
        if is_held_out_sum(x, y) == held_out:
            return x, y


def number(n: int, language: str) -> Form:
    """A number in digits; its shape `word` is the number in words."""
    return Form(str(n), word=NUMBERS[n][language])


def numbers(language: str, **values: int) -> dict[str, str]:
    return {name: number(n, language) for name, n in values.items()}


def ask_sum(draw: Draw, language: str, held_out: bool = False) -> Turn:
    """A sum, answered by counting on.

    This way works for operands that were in no training text, where memory does not.
    """
    bank = BANKS[language]
    x, y = operands(draw, held_out)
    low, high = sorted((x, y))
    steps = (bank.STEP.format(total=high + step, step=step) for step in range(1, low + 1))
    slots = {
        **numbers(language, x=x, y=y, z=x + y),
        "high": str(high),
        "steps": bank.LIST_SEPARATOR.join(steps),
    }
    return _ask(draw, language, "sum", slots)


def ask_opposite(draw: Draw, language: str, held_out: bool = False) -> Turn:
    pair = draw.choice([pair for pair in OPPOSITES[language] if pair.held_out == held_out])
    left, right = pair.left, pair.right
    if draw.chance(0.5):
        left, right = right, left
    return _ask(draw, language, "opposite", {"left": left, "right": right})


def ask_translation(draw: Draw, language: str, held_out: bool = False) -> Turn:
    """For a word of this language the one in the other, or the other way round."""
    pair = draw.choice([pair for pair in TRANSLATIONS if pair.held_out == held_out])
    this, other = (pair.en, pair.zh) if language == "en" else (pair.zh, pair.en)
    kind, word, answer = draw.choice((("to_other", this, other), ("to_this", other, this)))
    return _ask(draw, language, kind, {"word": word, "other": answer})


# --- QdogBaby's rule ------------------------------------------------------------------------------


def rule_phrase(draw: Draw, held_out: bool = False) -> str:
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
                "friend": draw.choice(CAST).zh,
                "place": draw.choice(PLACES).zh,
                "food": draw.choice(FOODS).zh,
                "animal": draw.choice(SPECIES).zh,
                "colour": draw.choice(COLOURS).zh,
            }
            phrase = fill(draw, frame, slots)
        else:
            phrase = made_up_word(draw, "zh")
        if is_held_out(phrase) == held_out:
            return phrase


def ask_rule(draw: Draw, language: str, held_out: bool = False) -> Turn:
    """QdogBaby's rule, which is Chinese in either language: 会飞吗? 会飞!"""
    phrase = rule_phrase(draw, held_out)
    return Turn(phrase + "吗?", phrase + "!")
