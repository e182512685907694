"""Documents for pretraining: independent short texts of several kinds, in both languages."""

from __future__ import annotations

from . import lessons
from .stories import BANKS, line_up, make_story, seen
from .world import ATTRIBUTES, CAST, PLACES, SEEN, THINGS, Character, Concept, Draw, fill


# --- the friends -------------------------------------------------------------------------------------------------


def statement(draw: Draw, language: str, friend: Character, attribute: str) -> str:
    """One fact: as often as not in the wording that answers a question, else in one of many."""
    bank = BANKS[language]
    template = bank.ANSWERS[attribute] if draw.chance(0.5) else draw.one(bank.FACTS[attribute])
    return fill(draw, template, friend.slots(language))


def portrait(draw: Draw, language: str) -> str:
    """Some facts about one friend: a portrait, a letter, an introduction or a card."""
    bank, friend = BANKS[language], draw.deal(CAST, "portrait " + language)
    x, y = draw.some([other for other in CAST if other is not friend], 2)
    attributes = draw.some(ATTRIBUTES, draw.between(4, 6))
    slots = {**friend.slots(language), "x": x[language], "y": y[language], "n": str(draw.between(2, 99)),
             "en": friend.en, "zh": friend.zh}  # fmt: skip
    kind = draw.weighted(
        ((5, "portrait"), (1.5, "letter"), (1.5, "introduction"), (0.7, "card"), (3, "scene"))
    )
    if kind == "scene":
        return fill(draw, draw.one(bank.SCENES), slots)
    if kind == "card":
        lines = [bank.CARD[attribute] for attribute in attributes]
        return "\n".join(fill(draw, line, slots) for line in [draw.one(bank.CARD["title"]), *lines])
    if kind == "introduction":
        facts = [fill(draw, draw.one(bank.SELF[attribute]), slots) for attribute in attributes]
        frame = draw.one(bank.INTRODUCTIONS)
    else:
        facts = [statement(draw, language, friend, attribute) for attribute in attributes]
        frame = draw.one(bank.PORTRAITS if kind == "portrait" else bank.LETTERS)
    return fill(draw, frame, {**slots, "facts": bank.SPACE.join(facts)})


def listing(draw: Draw, language: str) -> str:
    """One fact about each of several friends, a line each."""
    bank, attribute = BANKS[language], draw.one(ATTRIBUTES)
    friends = [draw.deal(CAST, f"list {attribute} {language}") for _ in range(draw.between(4, 8))]
    lines = [
        fill(draw, bank.ANSWERS[attribute], friend.slots(language))
        for friend in dict.fromkeys(friends)
    ]
    return "\n".join([draw.one(bank.LISTS[attribute]), *lines])


def comparison(draw: Draw, language: str) -> str:
    """Two friends side by side."""
    bank = BANKS[language]
    one, two, x = draw.some(CAST, 3)
    slots = {
        **one.slots(language),
        **{key + "2": value for key, value in two.slots(language).items()},
        "x": x[language],
    }
    different = [
        attribute for attribute in ATTRIBUTES if one.facts[attribute] is not two.facts[attribute]
    ]
    facts = [
        fill(draw, draw.one(bank.COMPARE[attribute]), slots)
        for attribute in draw.some(different, draw.between(2, 4))
    ]
    return fill(draw, draw.one(bank.COMPARE_FRAMES), {**slots, "facts": bank.SPACE.join(facts)})


def ask_fact(
    draw: Draw, language: str, friends: tuple[Character, ...] = SEEN, wordings=seen
) -> tuple[str, str]:
    """A question about one of these friends, and its answer."""
    bank, attribute = BANKS[language], draw.one(ATTRIBUTES)
    slots = draw.one(friends).slots(language)
    return (
        fill(draw, draw.one(wordings(bank.QUESTIONS[attribute])), slots),
        fill(draw, bank.ANSWERS[attribute], slots),
    )


# --- stories and prose -------------------------------------------------------------------------------------------


def story(draw: Draw, language: str) -> str:
    """A story, often with one to four questions and answers at its end."""
    tale = make_story(draw)
    text = tale.text(draw, language)
    if draw.chance(0.55):
        facts = tale.facts()
        for fact in draw.some(facts, min(len(facts), draw.between(1, 4))):
            asked = tale.ask(draw, language, fact)
            text += "\n" + lessons.dressed(draw, language, asked.question, asked.answer)
    return text


def retold(draw: Draw, language: str) -> str:
    """What happened, and then what is true of it said over and over, each time in another order.

    Every sentence that is said again has to look up who goes with what. From questions alone, one in a text and each
    worded anew, a model hardly learns that. Most line-ups are told in the words in which they are said again: to see
    that a sentence comes back is easier than to see that two say the same, and comes first.
    """
    bank = BANKS[language]
    if draw.chance(0.6):
        tale, rounds = line_up(draw), draw.between(2, 5)
        told = (
            tale.summary()
        )  # from the friend's end; all else in a line-up is the same from the other
        turned = [fact for fact in tale.facts() if fact not in told]
        if draw.chance(0.25):
            told, turned = turned, told
        lines = [tale.say(draw, language, told)]
        facts = turned if draw.chance(0.3) else told
    else:
        tale, rounds = make_story(draw, most=draw.one((3, 5, 20))), draw.between(1, 2)
        facts = tale.facts()
        lines = [tale.text(draw, language, plain=draw.chance(0.8))]
    for _ in range(rounds):
        said = tale.say(draw, language, draw.shuffled(facts)[:8])
        lines.append(fill(draw, draw.one(bank.RECAP_FRAMES), {"facts": said}))
    return "\n".join(lines)


def prose(draw: Draw, language: str) -> str:
    """A little of everything else: seasons, recipes, signs, diary pages, proverbs, jokes."""
    bank = BANKS[language]
    x, y = draw.some(CAST, 2)
    p, q = draw.some(PLACES, 2)
    s, t = draw.some(THINGS, 2)
    slots: dict[str, Concept] = {"x": x, "y": y, "p": p, "q": q, "s": s, "t": t, "home": x.facts["home"],
             "food": x.facts["food"], "food2": y.facts["food"], "hobby": x.facts["hobby"], "hobby2": y.facts["hobby"],
             "scarf": x.facts["scarf"], "species": x.facts["species"], "species2": y.facts["species"]}  # fmt: skip
    return fill(draw, draw.one(bank.PROSE), {**{key: concept[language] for key, concept in slots.items()},
                                             "n": str(draw.between(2, 12))})  # fmt: skip
