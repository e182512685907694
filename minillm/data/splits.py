"""Which documents are for training and which for validation, and what a run is made of.

A `Split` is read anew for each pass, so no text is held. Built in 09.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .documents import Document, LongText, Source, all_documents, read_documents, text_size

VALIDATION_EVERY = 20  # each 20th document is kept for validation
MAX_VALIDATION_SIZE = 2_000_000  # characters: enough to judge by, as each evaluation reads them all


@dataclass(frozen=True)
class Split:
    """The texts (or the conversations) of some sources, for training (or validation).

    Each 20th document is for validation, until MAX_VALIDATION_SIZE is reached. Of fewer than 20
    documents it is the last twentieth of each text, and the last conversation.
    """

    sources: tuple[Source, ...]
    conversations: bool
    validation: bool
    count: int  # of the documents of this kind

    def __iter__(self) -> Iterator[Document]:
        number = validation_size = 0
        for document in all_documents(self.sources):
            if isinstance(document, list) != self.conversations:
                continue
            train: Document | None = document
            valid: Document | None = None
            if validation_size < MAX_VALIDATION_SIZE:
                train, valid = self._divide(document, number)
            number += 1
            if valid:
                validation_size += text_size(valid)
            if part := valid if self.validation else train:
                yield part

    def _divide(self, document: Document, number: int) -> tuple[Document | None, Document | None]:
        """What of the document is for training, and what for validation."""
        if self.count >= VALIDATION_EVERY:
            return (document, None) if number % VALIDATION_EVERY else (None, document)
        if isinstance(document, LongText):
            size = document.stop - document.start
            return document.split_at_end(min(size // VALIDATION_EVERY, MAX_VALIDATION_SIZE))
        if isinstance(document, str):
            cut = len(document) - len(document) // VALIDATION_EVERY
            return document[:cut], document[cut:]
        is_last = number == self.count - 1
        return (document if not is_last or self.count == 1 else None, document if is_last else None)


@dataclass(frozen=True)
class TrainingData:
    """What a run learns from and is validated on.

    `sft` is empty where there are no conversations, `texts` where there is nothing else: then they
    serve for pretraining, too.
    """

    pretrain: Iterable[Document]
    valid: Iterable[Document]
    sft: Iterable[Document] = ()
    sft_valid: Iterable[Document] = ()
    texts: Iterable[Document] = ()  # what of `pretrain` is text

    @property
    def has_conversations(self) -> bool:
        return bool(self.sft)  # a Split is true: `split_documents` makes none that is empty


def split_documents(sources: Iterable[Source]) -> TrainingData:
    """The texts and conversations of some sources, each split for training and validation.

    Conversations alone serve for pretraining, too. All sources are read once, so a fault in any of
    them is found here. What can't be read again (a pipe, the hub) is kept in memory. ValueError
    if there is too little for a part.
    """
    sources = tuple(sources)
    names = ", ".join(source for source in sources if isinstance(source, str))
    sources = tuple(
        list(read_documents(source)) if isinstance(source, str) and not _is_path(source) else source
        for source in sources
    )
    texts = conversations = 0
    for document in all_documents(sources):
        if isinstance(document, list):
            conversations += 1
        else:
            texts += 1
        if isinstance(document, LongText):
            deque(document, maxlen=0)  # read through
    parts: dict[str, Iterable[Document]] = {}
    if texts or not conversations:
        parts["pretrain"] = Split(sources, False, False, texts)
        parts["valid"] = Split(sources, False, True, texts)
    if conversations:
        parts["sft"] = Split(sources, True, False, conversations)
        parts["sft_valid"] = Split(sources, True, True, conversations)
    for name, part in parts.items():
        if not any(True for _ in part):
            raise ValueError(
                f"{names}: too little text to keep a {name} part; {VALIDATION_EVERY} documents "
                f"or a text of {VALIDATION_EVERY} characters are needed"
            )
    if not texts:
        return TrainingData(parts["sft"], parts["sft_valid"], parts["sft"], parts["sft_valid"])
    return TrainingData(**parts, texts=parts["pretrain"])


def _is_path(name: str) -> bool:
    """Whether this is a file or a folder that can be read again."""
    return Path(name).is_file() or Path(name).is_dir()
