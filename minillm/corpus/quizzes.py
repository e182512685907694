"""One question and its answer: a sum, an opposite, a translation."""

from __future__ import annotations

from .held_out import is_held_out_sum
from .sentences import BANKS
from .templates import Form, Texts, Turn, fill
from .world import NUMBERS, OPPOSITES, TRANSLATIONS, WorldDraw


def _ask(
    draw: WorldDraw, language: str, kind: str, slots: dict[str, str], asked: Texts = ()
) -> Turn:
    bank = BANKS[language]
    question = fill(draw, draw.choice(asked or bank.QUESTIONS[kind].train), slots)
    return Turn(question, fill(draw, bank.LESSON_ANSWERS[kind], slots))


def operands(draw: WorldDraw, held_out: bool = False) -> tuple[int, int]:
    """Two numbers from 1 to 20, half of the time from 1 to 10."""
    while True:
        most = draw.choice((10, 20))
        x, y = draw.between(1, most), draw.between(1, most)
        if is_held_out_sum(x, y) == held_out:
            return x, y


def number(n: int, language: str) -> Form:
    """A number in digits; its shape `word` is the number in words, `count` that before things."""
    word = NUMBERS[n][language]
    return Form(str(n), word=word, count="两" if word == "二" else word)


def numbers(language: str, **values: int) -> dict[str, str]:
    return {name: number(n, language) for name, n in values.items()}


def ask_sum(
    draw: WorldDraw,
    language: str,
    held_out: bool = False,
    pair: tuple[int, int] | None = None,
) -> Turn:
    """A sum, of this pair or any, answered by counting on.

    This way works for operands that were in no training text, where memory does not.
    """
    slots = _counted(language, *(pair or operands(draw, held_out)))
    return _ask(draw, language, "sum", slots)


def ask_word_sum(draw: WorldDraw, language: str) -> Turn:
    """A sum of things or in words, answered as those in digits are. Never held out."""
    x, y = operands(draw)
    while min(x, y) < 2:  # nobody has "1 boats"
        x, y = operands(draw)
    slots = _counted(language, x, y) | of_somebody(draw, language)
    return _ask(draw, language, "sum", slots, BANKS[language].ASKED_WORD_SUMS)


def of_somebody(draw: WorldDraw, language: str) -> dict[str, str]:
    """Things to count, and two who may have them."""
    who, other = draw.sample(BANKS[language].TRAIN_NAMES, 2)
    return {"things": draw.choice(BANKS[language].COUNTABLE), "who": who, "other": other}


def _counted(language: str, x: int, y: int) -> dict[str, str]:
    """A sum, its total and the steps that count up to it."""
    bank = BANKS[language]
    low, high = sorted((x, y))
    steps = (bank.STEP.format(total=high + step, step=step) for step in range(1, low + 1))
    return {
        **numbers(language, x=x, y=y, z=x + y),
        "high": str(high),
        "steps": bank.LIST_SEPARATOR.join(steps),
    }


def ask_opposite(draw: WorldDraw, language: str, held_out: bool = False, asked: Texts = ()) -> Turn:
    """The opposite of a word, either way round."""
    pair = draw.choice([pair for pair in OPPOSITES[language] if pair.held_out == held_out])
    left, right = pair.left, pair.right
    if draw.chance(0.5):
        left, right = right, left
    return _ask(draw, language, "opposite", {"left": left, "right": right, "word": left}, asked)


def ask_translation(
    draw: WorldDraw, language: str, held_out: bool = False, kind: str = "", asked: Texts = ()
) -> Turn:
    """For a word of this language the one in the other ("to_other"), or the other way round."""
    pair = draw.choice([pair for pair in TRANSLATIONS if pair.held_out == held_out])
    this, other = (pair.en, pair.zh) if language == "en" else (pair.zh, pair.en)
    kind = kind or draw.choice(("to_other", "to_this"))
    word, answer = (this, other) if kind == "to_other" else (other, this)
    return _ask(draw, language, kind, {"word": word, "other": answer}, asked)
