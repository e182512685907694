"""What the assistant says of its own knowledge.

There are four cases: it has read a thing, it was told it in the conversation, it worked it out, or
it does not know. Asked how it knows, it names the case; told that it is wrong, it stays with it.
"""

from __future__ import annotations

from .conversations import memory
from .exchanges import made_up_word
from .held_out import is_held_out
from .quizzes import ask_opposite, ask_sum, of_somebody, operands
from .sentences import BANKS
from .talk import TALKS
from .templates import Form, Turn, fill
from .world import ATTRIBUTES, PLACES, SPECIES, THINGS, WorldDraw, person_name


def nobody(draw: WorldDraw, language: str, held_out: bool = False) -> Form:
    """A name that nobody on the island bears: made up, in training also one of the users'."""
    names = {friend[language] for friend in draw.world.cast}
    while True:
        if not held_out and draw.chance(0.3):
            name = draw.choice(BANKS[language].TRAIN_NAMES)
        else:
            name = made_up_word(draw, language).capitalize()
            if is_held_out(name) != held_out:
                continue
        if name not in names:
            return person_name(name, draw.choice(("he", "she")))


def _operands(draw: WorldDraw, kind: str) -> tuple[int, int]:
    """Two numbers that it was never taught to work with; to subtract, the larger is first.

    Products and differences are unknown of small numbers, too; sums only beyond those it counts on.
    People ask most for those of two digits.
    """
    if kind in ("multiply", "subtract") and draw.chance(0.7):
        a, b = draw.sample(range(2, 21), 2)
    else:
        most = draw.choice((40, 99, 999))
        a, b = draw.between(21, most), draw.between(1, draw.choice((20, most)))
    if kind == "subtract" or draw.chance(0.5):
        return max(a, b), min(a, b)
    return min(a, b), max(a, b)


def _ask_nobody(draw: WorldDraw, language: str, held_out: bool) -> Turn:
    """A question about a friend, with a name that nobody bears."""
    bank, talk = BANKS[language], TALKS[language]
    slots = {
        "name": nobody(draw, language, held_out),
        "friend": draw.choice(draw.world.main)[language],
    }
    wordings = draw.choice((talk.ABOUT, *(bank.QUESTIONS[name] for name in ATTRIBUTES)))
    question = fill(draw, draw.choice(wordings.train), slots)
    return Turn(question, fill(draw, draw.choice(talk.NOBODY_ANSWERS), slots))


def ask_unknown(
    draw: WorldDraw, language: str, held_out: bool = False, held_out_kind: bool = False
) -> Turn:
    """A question that only "I don't know" answers.

    Held out are names and wordings, and of some kinds all questions.
    """
    if not held_out_kind and draw.chance(0.3):
        return _ask_nobody(draw, language, held_out)
    talk = TALKS[language]
    kinds = talk.HELD_OUT_UNKNOWN if held_out_kind else tuple(talk.UNKNOWN)
    if not held_out_kind:
        kinds = tuple(kind for kind in kinds if kind not in talk.HELD_OUT_UNKNOWN)
    kind = draw.choice(kinds)
    questions, answers = talk.UNKNOWN[kind]
    asked = questions.held_out if held_out else questions.train
    if held_out_kind:
        asked = questions.train + questions.held_out
    a, b = _operands(draw, kind)
    slots: dict[str, str] = {
        **draw.choice(draw.world.cast).slots(language),
        "nobody": made_up_word(draw, language).capitalize(),
        "thing": draw.choice(THINGS)[language],
        "place": draw.choice(PLACES)[language],
        "animal": draw.choice(SPECIES)[language],
        "a": str(a),
        "b": str(b),
    }
    question = fill(draw, draw.choice(asked), slots)
    return Turn(question, fill(draw, draw.choice(answers), slots))


def ask_any_sum(draw: WorldDraw, language: str) -> Turn:
    """A sum to count, or in the same words one beyond the numbers it counts: only they tell."""
    if draw.chance(0.8):
        return ask_sum(draw, language)
    bank = BANKS[language]
    asked = bank.QUESTIONS["sum"].train
    if draw.chance(0.25):  # of somebody's things; in words there are no such numbers
        asked = tuple(text for text in bank.ASKED_WORD_SUMS if "x." not in text)
    x, y = _operands(draw, "big_sum")
    slots = of_somebody(draw, language) | {"x": str(x), "y": str(y)}
    answer = draw.choice(TALKS[language].UNKNOWN["big_sum"].answers)
    return Turn(fill(draw, draw.choice(asked), slots), answer)


# --- how it knows ---------------------------------------------------------------------------------


def _objection(sentence: str) -> str:
    """An English sentence as it goes on after "I think"; names keep their capital."""
    return "the" + sentence[3:] if sentence.startswith("The ") else sentence


def _read(draw: WorldDraw, language: str) -> tuple[Turn, str]:
    """Something that was read, asked for, and a wrong answer to the same question."""
    kind = draw.weighted_choice(((3, "fact"), (1, "opposite")))
    if kind == "opposite":
        right = ask_opposite(draw, language)
        opposite = right
        while sorted(opposite.assistant) == sorted(right.assistant):  # the same pair, either way
            opposite = ask_opposite(draw, language)
        return right, opposite.assistant
    bank, world = BANKS[language], draw.world
    friend, attribute = draw.choice(world.train), draw.choice(ATTRIBUTES)
    slots = friend.slots(language)
    values = [other.slots(language)[attribute] for other in world.train]
    wrong = [value for value in values if value not in (slots[attribute], friend[language])]
    question = fill(draw, draw.choice(bank.QUESTIONS[attribute].train), slots)
    template = bank.FACT_ANSWERS[attribute]
    other = fill(draw, template, {**slots, attribute: draw.choice(wrong)})
    return Turn(question, fill(draw, template, slots)), other


def doubt(draw: WorldDraw, language: str, held_out: bool = False) -> list[Turn]:
    """An answer, and how the assistant meets doubt, or a correction that is wrong."""
    talk = TALKS[language]
    case = draw.weighted_choice(((5, "read"), (2, "told"), (3, "worked out"), (2, "unknown")))
    slots, wrong = {}, ""
    if case == "read":
        turn, wrong = _read(draw, language)
        turns = [turn]
    elif case == "told":
        turns = memory(draw, language)
    elif case == "worked out":
        x, y = operands(draw)
        turns = [ask_sum(draw, language, pair=(x, y))]
        slots = {"high": str(max(x, y)), "z": str(x + y)}
        wrong = fill(draw, talk.WRONG_SUM, {"z": str(x + y + draw.choice((-2, -1, 1, 2, 10)))})
    else:
        turns = [ask_unknown(draw, language)]
    slots = {**slots, "answer": turns[-1].assistant, "wrong": _objection(wrong)}
    if wrong and draw.chance(0.5):
        wordings, answer = talk.OBJECTIONS, talk.INSISTENCE[case]
    else:
        wordings, answer = talk.DOUBTS, talk.SOURCES[case]
    said = wordings.pick(draw, held_out)
    return [*turns, Turn(fill(draw, said, slots), fill(draw, answer, slots))]
