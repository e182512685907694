"""Documents about the friends, stories and prose: independent short texts, in both languages."""

from __future__ import annotations

from .exchanges import who
from .sentences import BANKS, turn_as_text
from .stories import Fact
from .story_plots import make_situation, make_story
from .talk import TALKS
from .templates import fill
from .world import ATTRIBUTES, FACT_CONCEPTS, PLACES, THINGS, Character, Concept, WorldDraw

# --- the friends ----------------------------------------------------------------------------------


def _fact_sentence(draw: WorldDraw, language: str, friend: Character, attribute: str) -> str:
    """One fact: half of the time in the wording that answers a question, else in one of many."""
    bank = BANKS[language]
    wordings = bank.FACTS[attribute]
    template = bank.FACT_ANSWERS[attribute] if draw.chance(0.5) else draw.choice(wordings)
    return fill(draw, template, friend.slots(language))


def portrait(draw: WorldDraw, language: str) -> str:
    """Some facts about one friend: a portrait, a letter, an introduction, a card or a scene."""
    bank, friend = BANKS[language], draw.deal(draw.world.cast, "portrait " + language)
    x, y = draw.sample([other for other in draw.world.cast if other is not friend], 2)
    attributes = draw.sample(ATTRIBUTES, draw.between(4, 6))
    slots = {
        **friend.slots(language),
        "x": x[language],
        "y": y[language],
        "n": str(draw.between(2, 99)),
        "en": friend.en,
        "zh": friend.zh,
    }
    kind = draw.weighted_choice(
        ((5, "portrait"), (1.5, "letter"), (1.5, "introduction"), (0.7, "card"), (3, "scene"))
    )
    if kind == "scene":
        return fill(draw, draw.choice(bank.SCENES), slots)
    if kind == "card":
        lines = [draw.choice(bank.CARD_TITLES), *(bank.CARD[attribute] for attribute in attributes)]
        return "\n".join(fill(draw, line, slots) for line in lines)
    if kind == "introduction":
        facts = [fill(draw, draw.choice(bank.SELF_FACTS[name]), slots) for name in attributes]
        frame = draw.choice(bank.INTRODUCTIONS)
    else:
        facts = [_fact_sentence(draw, language, friend, name) for name in attributes]
        frame = draw.choice(bank.PORTRAITS if kind == "portrait" else bank.LETTERS)
    return fill(draw, frame, {**slots, "facts": bank.SPACE.join(facts)})


def listing(draw: WorldDraw, language: str) -> str:
    """One fact about each of several friends, a line each."""
    bank, attribute = BANKS[language], draw.choice(ATTRIBUTES)
    deck = f"list {attribute} {language}"
    friends = [draw.deal(draw.world.cast, deck) for _ in range(draw.between(4, 8))]
    lines = [
        fill(draw, bank.FACT_ANSWERS[attribute], friend.slots(language))
        for friend in dict.fromkeys(friends)
    ]
    return "\n".join([draw.choice(bank.LIST_TITLES[attribute]), *lines])


def groups(draw: WorldDraw, language: str) -> str:
    """Who shares a home, a food, a hobby: some of each, a line each."""
    attribute = draw.choice(tuple(FACT_CONCEPTS))
    values = dict.fromkeys(friend.facts[attribute] for friend in draw.world.cast)
    some = draw.sample(tuple(values), draw.between(2, 5))
    return "\n".join(who(draw, language, attribute, value) for value in some)


def register(draw: WorldDraw, language: str) -> str:
    """All names, a line each."""
    names = [friend[language] for friend in draw.friends(len(draw.world.cast))]
    return "\n".join((draw.choice(TALKS[language].REGISTERS), *names))


def comparison(draw: WorldDraw, language: str) -> str:
    """Two friends side by side."""
    bank = BANKS[language]
    one, two, x = draw.friends(3)
    slots = {
        **one.slots(language),
        **{name + "2": value for name, value in two.slots(language).items()},
        "x": x[language],
    }
    different = [name for name in ATTRIBUTES if one.facts[name] is not two.facts[name]]
    facts = [
        fill(draw, draw.choice(bank.COMPARISONS[name]), slots)
        for name in draw.sample(different, draw.between(2, 4))
    ]
    frame = draw.choice(bank.COMPARISON_FRAMES)
    return fill(draw, frame, {**slots, "facts": bank.SPACE.join(facts)})


# --- stories and prose ----------------------------------------------------------------------------


def story_with_questions(draw: WorldDraw, language: str) -> str:
    """A story, often with one to four questions and answers at its end."""
    story = make_story(draw)
    lines = [story.text(draw, language)]
    if draw.chance(0.55):
        facts = story.facts()
        for fact in draw.sample(facts, min(len(facts), draw.between(1, 4))):
            lines.append(turn_as_text(draw, language, story.ask(draw, language, fact)))
    return "\n".join(lines)


def repeated_facts(draw: WorldDraw, language: str) -> str:
    """A situation or a story, and then its facts several times, each time in another order.

    For every repeated sentence the model has to look up who goes with what. From questions alone,
    one in a text and each worded anew, it hardly learns that. Most situations are stated in the
    words that are repeated: to see that a sentence comes back is easier than to see that two
    sentences say the same, and is learned first.
    """
    bank = BANKS[language]
    facts: list[Fact]
    if draw.chance(0.6):
        story, rounds = make_situation(draw), draw.between(2, 5)
        stated = story.summary()  # who is where: each fact from the side of the friend
        inverse = [fact for fact in story.facts() if fact not in stated]  # where is who
        if draw.chance(0.25):
            stated, inverse = inverse, stated
        lines = [story.facts_text(draw, language, stated)]
        facts = inverse if draw.chance(0.3) else stated
    else:
        story, rounds = make_story(draw, most_events=draw.choice((3, 5, 20))), draw.between(1, 2)
        facts = story.facts()
        tell = story.plain_text if draw.chance(0.8) else story.text
        lines = [tell(draw, language)]
    for _ in range(rounds):
        sentences = story.facts_text(draw, language, draw.shuffled(facts)[:8])
        lines.append(fill(draw, draw.choice(bank.RECAP_FRAMES), {"facts": sentences}))
    return "\n".join(lines)


def prose(draw: WorldDraw, language: str) -> str:
    """A little of everything else: seasons, recipes, signs, diary pages, proverbs, jokes."""
    x, y = draw.friends(2)
    p, q = draw.sample(PLACES, 2)
    s, t = draw.sample(THINGS, 2)
    concepts: dict[str, Concept] = {
        "x": x,
        "y": y,
        "p": p,
        "q": q,
        "s": s,
        "t": t,
        "home": x.facts["home"],
        "food": x.facts["food"],
        "food2": y.facts["food"],
        "hobby": x.facts["hobby"],
        "hobby2": y.facts["hobby"],
        "scarf": x.facts["scarf"],
        "species": x.facts["species"],
        "species2": y.facts["species"],
    }
    template = draw.choice(BANKS[language].PROSE)
    slots = {name: concept[language] for name, concept in concepts.items()}
    return fill(draw, template, {**slots, "n": str(draw.between(2, 12))})
