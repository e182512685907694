"""The two mixtures: kinds of documents to pretrain on, families of dialogues to fine-tune on."""

from __future__ import annotations

from collections.abc import Callable

from .as_typed import as_typed
from .conversations import (
    Ask,
    Message,
    follow_ups,
    memory,
    reading,
    riddle,
    secret_language,
    several,
    smalltalk,
    to_messages,
    words_in_turn,
)
from .documents import (
    comparison,
    groups,
    listing,
    portrait,
    prose,
    register,
    repeated_facts,
    story_with_questions,
)
from .exchanges import (
    ask_about,
    ask_echo,
    ask_fact,
    ask_rule,
    ask_trait,
    ask_two,
    ask_whether,
    ask_who,
    ask_why,
)
from .held_out import is_validation
from .honesty import ask_any_sum, ask_unknown, doubt
from .lessons import echo, opposites, rule, secrets, sums, translations
from .quizzes import ask_opposite, ask_translation, ask_word_sum
from .sentences import BANKS
from .tales import ask_tale, ask_tale_of_a_stranger, tale
from .talk import TALKS
from .templates import Turn, fill
from .world import LANGUAGES, WorldDraw

DialogueMaker = Callable[[WorldDraw, str], list[Turn]]
DocumentMaker = Callable[[WorldDraw, str], str]


def typed(make: DialogueMaker, asks: bool = True) -> DialogueMaker:
    """The same dialogues, some of the questions as people type them."""

    def maker(draw: WorldDraw, language: str) -> list[Turn]:
        turns = make(draw, language)
        return [Turn(as_typed(draw, language, turn.user, asks), turn.assistant) for turn in turns]

    return maker


def one_of(*asks: Ask) -> DialogueMaker:
    """A dialogue of one turn of any of these kinds."""
    return lambda draw, language: [draw.choice(asks)(draw, language)]


def tales(draw: WorldDraw, language: str) -> list[Turn]:
    """The request for a tale, and the tale; now and then another one."""
    if draw.chance(0.06):
        return [ask_tale_of_a_stranger(draw, language)]
    return [ask_tale(draw, language)[0] for _ in range(2 if draw.chance(0.08) else 1)]


ABOUT_FRIENDS = (
    *(ask_about, ask_about, ask_why, ask_two),
    *(ask_who, ask_who, ask_who, ask_trait, ask_trait),
)

FAMILY_SHARES: tuple[tuple[float, DialogueMaker], ...] = (
    # share of the dialogues, family
    (0.11, reading),
    (0.05, typed(several(ask_fact, 3))),
    (0.08, memory),
    (0.10, typed(several(ask_any_sum, 2))),
    (0.01, typed(several(ask_word_sum, 2))),
    (0.05, typed(several(ask_translation, 3))),
    (0.08, typed(several(ask_opposite, 3))),
    (0.02, typed(words_in_turn)),
    (0.02, secret_language),
    (0.05, several(ask_echo, 2)),
    (0.03, several(ask_rule, 3)),
    (0.16, typed(smalltalk, asks=False)),
    (0.06, typed(several(ask_unknown, 2))),
    (0.02, doubt),
    (0.02, typed(follow_ups)),
    (0.07, typed(one_of(*ABOUT_FRIENDS))),
    (0.02, typed(one_of(ask_whether))),
    (0.01, typed(riddle)),
    (0.04, typed(tales)),
)

TALK_SHARE = 0.12  # of the dialogues
# "You have not told me that", which nobody may hear who has told it.
DENIALS = frozenset(a for talk in TALKS.values() for a in talk.UNKNOWN["user_private"].answers)
MOST_OF_A_TALK = {"en": 700, "zh": 220}  # characters: about 200 tokens


def long_talk(draw: WorldDraw, language: str) -> list[Turn]:
    """Dialogues one after the other, as a visitor goes on to something else: up to five families.

    So what was said before a question is not taken for its answer. What was told at the beginning
    to be remembered is asked for at the end.
    """
    makers: list[DialogueMaker] = []
    turns: list[Turn] = []
    for _ in range(draw.between(2, 5)):
        make = draw.weighted_choice(FAMILY_SHARES)
        more = make(draw, draw.choice(LANGUAGES) if draw.chance(0.1) else language)
        size = sum(len(said) for turn in turns + more for said in turn)
        knows_user = not {memory, doubt}.isdisjoint((make, *makers))
        denies = knows_user and any(turn.assistant in DENIALS for turn in turns + more)
        if size > MOST_OF_A_TALK[language] or make in makers or denies:
            continue
        makers.append(make)
        last = len(turns) - 1 if makers[0] is memory and turns else len(turns)
        turns[last:last] = more
    return turns


def make_dialogues(draw: WorldDraw, count: int, validation: bool = False) -> list[list[Message]]:
    """Dialogues of all families, in random order."""
    out: list[list[Message]] = []
    while len(out) < count:
        language = LANGUAGES[len(out) % 2]
        make = long_talk if draw.chance(TALK_SHARE) else draw.weighted_choice(FAMILY_SHARES)
        turns = make(draw, language)
        if not turns:  # a talk of which nothing fitted
            continue
        dialogue = to_messages(turns)
        if draw.chance(0.02):
            content = draw.choice(TALKS[language].SYSTEM_MESSAGES)
            dialogue.insert(0, {"role": "system", "content": content})
        if is_validation("\n".join(message["content"] for message in dialogue)) == validation:
            out.append(dialogue)
    return draw.shuffled(out)


def interview(draw: WorldDraw, language: str) -> str:
    """A dialogue written out as a text.

    So questions and answers are learned together with all else, and the chat format is all that
    fine-tuning has to add. Where fine-tuning teaches the questions too, the model forgets what it
    has read while it learns to answer.
    """
    template = BANKS[language].INTERVIEW
    turns = draw.weighted_choice(FAMILY_SHARES)(draw, language)
    return "\n".join(fill(draw, template, {"q": turn.user, "a": turn.assistant}) for turn in turns)


DOCUMENT_SHARES: tuple[tuple[float, DocumentMaker], ...] = (
    # share of the bytes, kind
    (0.50, tale),
    (0.08, interview),
    (0.08, portrait),
    (0.02, listing),
    (0.025, register),
    (0.015, groups),
    (0.005, comparison),
    (0.015, story_with_questions),
    (0.05, repeated_facts),
    (0.02, echo),
    (0.01, rule),
    (0.02, sums),
    (0.07, opposites),
    (0.07, translations),
    (0.01, secrets),
    (0.01, prose),
)


def make_documents(draw: WorldDraw, megabytes: float, validation: bool = False) -> list[str]:
    """Documents of all kinds, half of the bytes in each language, in random order."""
    budget, total = megabytes * 1e6, 0
    texts: list[str] = []
    share = {maker: share for share, maker in DOCUMENT_SHARES}
    used = {(language, maker): 0.0 for maker in share for language in LANGUAGES}
    while total < budget:
        # the language and kind that are furthest behind their share
        language, maker = min(used, key=lambda slot: used[slot] / share[slot[1]])
        text = maker(draw, language)
        if is_validation(text) == validation:
            size = len(text.encode())
            used[language, maker] += size
            total += size
            texts.append(text)
    return draw.shuffled(texts)
