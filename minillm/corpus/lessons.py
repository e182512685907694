"""Documents that teach one thing: words to repeat, sums, opposites, translations, the rule."""

from __future__ import annotations

from .conversations import secret_language
from .exchanges import rule_phrase, words_to_repeat
from .held_out import is_held_out_sum
from .quizzes import ask_opposite, ask_sum, ask_translation, number, numbers, operands
from .sentences import BANKS, friend_names, turn_as_text
from .templates import fill
from .world import OPPOSITES, PLACES, SPECIES, THINGS, TRANSLATIONS, WorldDraw

# --- words to repeat ------------------------------------------------------------------------------


def song(draw: WorldDraw, language: str) -> str:
    bank = BANKS[language]
    slots = {
        **friend_names(draw, language),
        "place": draw.choice(PLACES)[language],
        "thing": draw.choice(THINGS)[language],
        "animal": draw.choice(SPECIES)[language],
    }
    line, line2, line3 = (fill(draw, line, slots) for line in draw.sample(bank.SONG_LINES, 3))
    lines = {"line": line, "line2": line2, "line3": line3}
    return fill(draw, draw.choice(bank.SONGS), {**slots, **lines})


def echo(draw: WorldDraw, language: str) -> str:
    """Words that are said twice or more, or a song whose lines come back."""
    if draw.chance(0.25):
        return song(draw, language)
    texts: list[str] = []
    for _ in range(draw.between(2, 3)):
        words = words_to_repeat(draw, language)
        template = draw.choice(BANKS[language].ECHOES)
        texts.append(fill(draw, template, {**friend_names(draw, language), "words": words}))
    return "\n".join(texts)


# --- sums -----------------------------------------------------------------------------------------
# Each takes the names of friends and something to count, and some use neither.


def _framed_sums(draw: WorldDraw, language: str, slots: dict[str, str], lines: list[str]) -> str:
    frame = draw.choice(BANKS[language].SUM_FRAMES)
    return fill(draw, frame, {**slots, "sums": "\n".join(lines)})


def _sums_of_all_sorts(draw: WorldDraw, language: str, slots: dict[str, str]) -> str:
    """Sums in digits and in words."""
    bank = BANKS[language]
    lines: list[str] = []
    for _ in range(draw.between(2, 6)):
        x, y = operands(draw)
        template = draw.choice(bank.SUMS_OF_EQUALS if x == y else bank.SUMS)
        lines.append(fill(draw, template, numbers(language, x=x, y=y, z=x + y)))
    return _framed_sums(draw, language, slots, lines)


def _sum_table(draw: WorldDraw, language: str, slots: dict[str, str]) -> str:
    """Sums with the same first number, or with the same result."""
    x, start = draw.between(1, 20), draw.between(1, 12)
    pairs = [(x, y) for y in range(start, start + 9)]
    if draw.chance(0.3):
        z = draw.between(6, 30)
        pairs = [(x, z - x) for x in range(max(1, z - 20), min(z, 21))]
    pairs = [(x, y) for x, y in pairs if not is_held_out_sum(x, y)]
    add = BANKS[language].ADD
    lines = [fill(draw, add, numbers(language, x=x, y=y, z=x + y)) for x, y in pairs[:10]]
    return _framed_sums(draw, language, slots, lines)


def _word_problems(draw: WorldDraw, language: str, slots: dict[str, str]) -> str:
    lines: list[str] = []
    for _ in range(draw.between(1, 2)):
        x, y = operands(draw)
        x, y = max(x, 2), max(y, 2)  # the things counted are in the plural
        if not is_held_out_sum(x, y):
            template = draw.choice(BANKS[language].WORD_SUMS)
            lines.append(fill(draw, template, {**slots, **numbers(language, x=x, y=y, z=x + y)}))
    return "\n".join(lines) or sums(draw, language)


def _counting(draw: WorldDraw, language: str, slots: dict[str, str]) -> str:
    bank = BANKS[language]
    start, length = draw.choice((1, 1, draw.between(1, 30))), draw.between(3, 10)
    row = [number(n, language) for n in range(start, start + length)]
    in_words = draw.chance(0.4)
    template = draw.choice(bank.COUNTING_FROM_ONE if start == 1 else bank.COUNTING)
    counted = bank.LIST_SEPARATOR.join(n.shapes["word"] if in_words else n for n in row)
    return fill(draw, template, {**slots, "numbers": counted, "last": row[-1]})


def _number_order(draw: WorldDraw, language: str, slots: dict[str, str]) -> str:
    """Which number comes next, and which of two is bigger."""
    bank = BANKS[language]
    lines: list[str] = []
    for _ in range(draw.between(2, 5)):
        x, y = draw.between(2, 39), draw.between(1, 38)
        if draw.chance(0.6) or x <= y:
            template = draw.choice(bank.ONE_MORE)
            lines.append(fill(draw, template, numbers(language, x=x, z=x + 1)))
        else:
            lines.append(fill(draw, draw.choice(bank.BIGGER), numbers(language, x=x, y=y)))
    return bank.SPACE.join(lines)


def _asked_sums(draw: WorldDraw, language: str, slots: dict[str, str]) -> str:
    count = draw.between(1, 3)
    turns = (ask_sum(draw, language) for _ in range(count))
    return "\n".join(turn_as_text(draw, language, turn) for turn in turns)


_SUM_KINDS = (
    (5, _sums_of_all_sorts),
    (3, _sum_table),
    (3, _word_problems),
    (2, _counting),
    (1, _number_order),
    (2, _asked_sums),
)


def sums(draw: WorldDraw, language: str) -> str:
    """Sums in digits and words, counting, number order and little word problems."""
    slots = {**friend_names(draw, language), "things": draw.choice(BANKS[language].COUNTABLE)}
    return draw.weighted_choice(_SUM_KINDS)(draw, language, slots)


# --- opposites and translations -------------------------------------------------------------------


def opposites(draw: WorldDraw, language: str) -> str:
    """Some pairs, mostly stated both ways: so either word of a pair is asked for as well."""
    bank, names = BANKS[language], friend_names(draw, language)
    if draw.chance(0.15):
        turns = (ask_opposite(draw, language) for _ in range(draw.between(1, 3)))
        return "\n".join(turn_as_text(draw, language, turn) for turn in turns)
    lines: list[str] = []
    for _ in range(draw.between(2, 5)):
        left, right, _held_out = draw.deal(OPPOSITES[language], "opposites " + language)
        if draw.chance(0.5):
            left, right = right, left
        other_lines = draw.sample(bank.OPPOSITE_LINES, 2)
        both_ways = draw.chance(0.75)
        for line in bank.OPPOSITE_BOTH_WAYS if both_ways else other_lines:
            lines.append(fill(draw, line, {**names, "left": left, "right": right}))
    frame = draw.choice(bank.OPPOSITE_FRAMES)
    return fill(draw, frame, {**names, "lines": bank.SPACE.join(lines)})


def translations(draw: WorldDraw, language: str) -> str:
    """Some words and their translations, mostly stated both ways."""
    bank, names = BANKS[language], friend_names(draw, language)
    if draw.chance(0.15):
        turns = (ask_translation(draw, language) for _ in range(draw.between(1, 3)))
        return "\n".join(turn_as_text(draw, language, turn) for turn in turns)
    lines: list[str] = []
    for _ in range(draw.between(2, 6)):
        pair = draw.deal(TRANSLATIONS, "translations " + language)
        word, other = (pair.en, pair.zh) if language == "en" else (pair.zh, pair.en)
        other_lines = draw.sample(bank.TRANSLATION_LINES, 1)
        both_ways = draw.chance(0.75)
        for line in bank.TRANSLATION_BOTH_WAYS if both_ways else other_lines:
            lines.append(fill(draw, line, {**names, "word": word, "other": other}))
    frame = draw.choice(bank.TRANSLATION_FRAMES)
    return fill(draw, frame, {**names, "lines": "\n".join(lines)})


def secrets(draw: WorldDraw, language: str) -> str:
    """A secret language, explained and asked for in one text."""
    turns = secret_language(draw, language)
    return "\n".join(f"{turn.user}\n{turn.assistant}" for turn in turns)


# --- QdogBaby's rule ------------------------------------------------------------------------------


def rule(draw: WorldDraw, language: str) -> str:
    """Little stories in which QdogBaby answers by its rule."""
    lines: list[str] = []
    for _ in range(draw.between(2, 4)):
        template = draw.choice(BANKS[language].RULE_STORIES)
        slots = {"p": rule_phrase(draw), "who": draw.choice(draw.world.cast)[language]}
        lines.append(fill(draw, template, slots))
    return "\n".join(lines)
