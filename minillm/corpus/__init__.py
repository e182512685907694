"""The bundled world: text for pretraining, dialogues for fine-tuning, held-out questions. Built in 09 and 11.

Everything is generated from hand-written banks; the same seed gives the same bytes on every machine.
"""

from .mixture import make_dialogues, make_documents
from .questions import FAMILIES, Question, make_questions
from .world import Draw

__all__ = [
    "FAMILIES", "Question", "dialogues", "held_out_questions", "pretraining_documents", "validation_dialogues",
    "validation_documents",
]  # fmt: skip


def pretraining_documents(seed: int = 0, megabytes: float = 8.0) -> list[str]:
    """Short texts of many kinds, half of the bytes English, half Chinese; `megabytes` of UTF-8 together."""
    return make_documents(Draw("train documents", seed), megabytes)


def validation_documents(seed: int = 0, megabytes: float = 0.2) -> list[str]:
    """Fresh texts of the same kinds; none of them is in `pretraining_documents`, for any seed."""
    return make_documents(Draw("validation documents", seed), megabytes, validation=True)


def dialogues(seed: int = 0, count: int = 85000) -> list[list[dict[str, str]]]:
    """Dialogues as lists of {"role", "content"}, user and assistant in turn, one to several turns."""
    return make_dialogues(Draw("train dialogues", seed), count)


def validation_dialogues(seed: int = 0, count: int = 500) -> list[list[dict[str, str]]]:
    """Fresh dialogues of the same families; none of them is in `dialogues`, for any seed."""
    return make_dialogues(Draw("validation dialogues", seed), count, validation=True)


def held_out_questions(seed: int = 0) -> list[Question]:
    """50 English and 50 Chinese questions of each of the `FAMILIES` (of the rule 100 Chinese ones), none of them in any training text."""
    return make_questions(Draw("questions", seed))
