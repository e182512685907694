"""The bundled world: text for pretraining, dialogues for fine-tuning, held-out questions.

Everything is generated from hand-written tables; the same seed gives the same bytes on every
machine. Built in 10 and 12. Its modules, each of which uses only those before it:

    held_out        what no training text may contain
    draw            random choices
    templates       sentences with slots and choices
    words           tables of words
    world           the friends, places and things that the words stand for
    english         tables of sentences
    chinese         the same in Chinese
    talk_english    tables of what is said to the assistant, and of what it does not know
    talk_chinese    the same in Chinese
    tales_english   tables of tales
    tales_chinese   the same in Chinese
    sentences       sentences by language
    talk            talk and tales by language
    stories         events, what is true after them, and questions on it
    story_plots     which events
    tales           tales that are told on request
    as_typed        questions as people type them
    quizzes         one question and its answer: sums, opposites, translations
    exchanges       the same: on friends, words to repeat, the rule
    conversations   dialogues of several turns
    honesty         "I don't know", and how the assistant knows what it knows
    lessons         documents that teach one thing
    documents       documents about the friends, stories, prose
    mixture         how much of each
    questions       the held-out questions
"""

from .mixture import make_dialogues, make_documents
from .questions import FAMILIES, Question, make_questions
from .world import WorldDraw

__all__ = [
    "FAMILIES",
    "Question",
    "dialogues",
    "held_out_questions",
    "pretraining_documents",
    "validation_dialogues",
    "validation_documents",
]


def pretraining_documents(seed: int = 0, megabytes: float = 24.0, world_seed: int = 0) -> list[str]:
    """Short texts of many kinds, half of the bytes English, half Chinese.

    `megabytes` is their size in UTF-8, all together. `world_seed` is the island they tell of: 0 is
    the one of the course, any other has another cast and other facts.
    """
    draw = WorldDraw("train documents", seed, world_seed=world_seed)
    return make_documents(draw, megabytes)


def validation_documents(seed: int = 0, megabytes: float = 0.2, world_seed: int = 0) -> list[str]:
    """More texts of the same kinds; none of them is in `pretraining_documents`, for any seed."""
    draw = WorldDraw("validation documents", seed, world_seed=world_seed)
    return make_documents(draw, megabytes, validation=True)


def dialogues(
    seed: int = 0, count: int = 250_000, world_seed: int = 0
) -> list[list[dict[str, str]]]:
    """Dialogues of one to several turns, as lists of {"role": ..., "content": ...}."""
    return make_dialogues(WorldDraw("train dialogues", seed, world_seed=world_seed), count)


def validation_dialogues(
    seed: int = 0, count: int = 500, world_seed: int = 0
) -> list[list[dict[str, str]]]:
    """More dialogues of the same families; none of them is in `dialogues`, for any seed."""
    draw = WorldDraw("validation dialogues", seed, world_seed=world_seed)
    return make_dialogues(draw, count, validation=True)


def held_out_questions(seed: int = 0, world_seed: int = 0) -> list[Question]:
    """50 English and 50 Chinese questions of each of the `FAMILIES`, none in any training text.

    Of the rule there are 100 Chinese ones.
    """
    return make_questions(WorldDraw("questions", seed, world_seed=world_seed))
