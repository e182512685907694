"""Which documents are for training and which for validation.

A `Split` is read anew for each pass, so no text is held. Built in 10.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from .documents import (
    HUB,
    Document,
    LongText,
    Source,
    all_documents,
    folder_files,
    text_size,
)
from .records import Note, ignore

VALIDATION_EVERY = 20  # each 20th document is kept for validation
MAX_VALIDATION_SIZE = 2_000_000  # characters: enough to judge by, as each evaluation reads them all


@dataclass(frozen=True)
class Split:
    """The texts (or the conversations) of some sources, for training (or validation).

    One document of each 20 is for validation, the first one, until MAX_VALIDATION_SIZE is reached;
    of a long text it is the last twentieth. Of fewer than 20 documents it is the last twentieth of
    each text, and the last conversation (a single one serves for both).
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
        is_long = isinstance(document, str) and len(document) > MAX_VALIDATION_SIZE
        if isinstance(document, LongText):  # as a whole it would be too much to validate on
            size = document.stop - document.start
            return document.split_at_end(min(size // VALIDATION_EVERY, MAX_VALIDATION_SIZE))
        if self.count >= VALIDATION_EVERY and not is_long:
            return (document, None) if number % VALIDATION_EVERY else (None, document)
        if isinstance(document, str):
            cut = len(document) - len(document) // VALIDATION_EVERY
            return document[:cut], document[cut:]
        is_last = number == self.count - 1
        return (document if not is_last or self.count == 1 else None, document if is_last else None)


class FileStamp(NamedTuple):
    """What tells whether a file has been written to."""

    path: Path
    size: int
    time: int  # of the last change, nanoseconds


def _stamp(path: Path) -> FileStamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return FileStamp(path, status.st_size, status.st_mtime_ns)


def _stamps(sources: Iterable[Source]) -> Iterator[FileStamp]:
    for source in sources:
        if not isinstance(source, str):
            continue
        path = Path(source)
        with suppress(ValueError):  # a folder without data, which reading it will tell
            for file in folder_files(path) if path.is_dir() else [path]:
                if stamp := _stamp(file):
                    yield stamp


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
    fingerprint: str = ""  # of all documents: the same as long as they are the same
    files: tuple[FileStamp, ...] = ()  # that they were read from

    def check_unchanged(self) -> None:
        """ValueError if a file is not as it was when the fingerprint was taken."""
        for file in self.files:
            if _stamp(file.path) != file:
                raise ValueError(f"{file.path} has changed while it was read; start again")

    @property
    def has_conversations(self) -> bool:
        """Whether there is anything to fine-tune on."""
        return bool(self.sft)  # a Split is true: `split_documents` makes none that is empty


def split_documents(sources: Iterable[Source], note: Note = ignore) -> TrainingData:
    """The texts and conversations of some sources, each split for training and validation.

    Conversations alone serve for pretraining, too. All sources are read once, so a fault in any of
    them is found here, and `note` is told what a reader might not expect. What can't be read again
    (a pipe, the hub) is kept in memory. ValueError if there is too little for a part.
    """
    sources = tuple(sources)
    names = ", ".join(source for source in sources if isinstance(source, str))
    sources = tuple(
        list(all_documents([source], note)) if _is_read_once(source) else source
        for source in sources
    )
    files = tuple(_stamps(sources))  # before the first pass, so that no change slips through
    texts = conversations = 0
    digest = hashlib.sha256()
    for document in all_documents(sources, note):
        if isinstance(document, list):
            conversations += 1
        else:
            texts += 1
        _add(document, digest)
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
    if conversations == 1:
        note(f"{names}: one conversation only, so it serves for training and for validation")
    print_of_all = digest.hexdigest()[:16]
    if not texts:
        sft, sft_valid = parts["sft"], parts["sft_valid"]
        return TrainingData(sft, sft_valid, sft, sft_valid, fingerprint=print_of_all, files=files)
    return TrainingData(**parts, texts=parts["pretrain"], fingerprint=print_of_all, files=files)


def fingerprint(documents: Iterable[Document]) -> str:
    """Of these documents: the same as long as they are the same."""
    digest = hashlib.sha256()
    for document in documents:
        _add(document, digest)
    return digest.hexdigest()[:16]


def _add(document: Document, digest: "hashlib._Hash") -> None:
    chunks = document if isinstance(document, LongText) else [str(document)]
    for chunk in chunks:
        digest.update(chunk.encode("utf-8", "surrogatepass"))
    digest.update(b"\xff")  # which is in no text: here a document ends


def _is_read_once(source: Source) -> bool:
    """Whether this is neither a file nor a folder, which could be read again."""
    if isinstance(source, list):
        return False
    return source.startswith(HUB) or not (Path(source).is_file() or Path(source).is_dir())
