"""Where documents come from, and how they become token files.

No file that may be large is held whole: a `Part` is read anew for each pass, a `LongText` piece by piece, and a token
file is written while it is made, by as many processes as there are cores. Built in 09.
"""

import codecs
import json
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import BinaryIO

import numpy as np
import regex
from tqdm.auto import tqdm

from .chat import sequence
from .data import Messages, Sequence, TokenFile, check_messages, write_tokens
from .tokenizer import BPETokenizer

LONG = 1 << 23  # bytes; a longer text file is read in pieces
PIECE = 1 << 20  # bytes read, or characters encoded, at a time
EVERY = 20  # each 20th document is kept for validation
MOST_HELD = 2_000_000  # characters (bytes of a long text) kept for validation: enough to judge by, and each evaluation reads them all


# --- reading -----------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class LongText:
    """The bytes from `start` to `stop` of a text file; iterating reads them in pieces, as strings."""

    path: Path
    start: int
    stop: int

    def __iter__(self) -> Iterator[str]:
        """The text in pieces, cut where GPT2_PATTERN cuts anyway, so that their ids are together those of the whole."""
        decoder, waiting = codecs.getincrementaldecoder("utf-8")(), ""
        with _open(self.path) as file:
            file.seek(self.start)
            for at in range(self.start, self.stop, PIECE):
                data, before = file.read(min(PIECE, self.stop - at)), decoder.getstate()[0]
                try:
                    waiting += decoder.decode(data, final=at + len(data) >= self.stop or not data)
                except UnicodeDecodeError as error:
                    raise _not_utf8(str(self.path), error, at - len(before)) from None
                if (cut := _last_cut(waiting)) > 0:
                    yield waiting[:cut]
                    waiting = waiting[cut:]
        if waiting:
            yield waiting

    def split(self) -> tuple["LongText", "LongText"]:
        """All but the last twentieth (or MOST_HELD, if that is less), and that."""
        cut = self.stop - min((self.stop - self.start) // EVERY, MOST_HELD)
        with _open(self.path) as file:
            file.seek(cut)
            while b"\x80" <= file.read(1) < b"\xc0":  # in the middle of a character
                cut += 1
        return LongText(self.path, self.start, cut), LongText(self.path, cut, self.stop)


Document = str | LongText | Messages


def _last_cut(text: str) -> int:
    """The last place where no token can reach across: before a single white space, or between a letter and punctuation; 0 if none."""
    found = regex.search(r"(?r)(?<=\S)(?=\s\S)|(?<=\p{L})(?=[^\s\p{L}\p{N}\p{M}'])", text)
    return found.start() if found else 0


def read_documents(source: str | Path) -> Iterator[Document]:
    """The documents of a text file, a JSONL file, a folder of both, or a dataset of the Hugging Face hub.

    A text file is one document. A JSONL line is {"text": …}, which gives a string, or {"conversations":
    [{"role": …, "content": …}, …]}, which gives the list of messages. ValueError names file, line and fault.
    """
    path = Path(source)
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.suffix in (".txt", ".md", ".jsonl") and p.is_file())
        if not files:
            raise ValueError(f"{path} holds no .txt, .md or .jsonl file")
        for file in files:
            yield from read_documents(file)
    elif path.suffix == ".jsonl":
        with _open(path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _json_document(_decoded(line, f"{path}, line {number}"), f"{path}, line {number}")
    elif path.exists():
        with _open(path) as file:
            if (size := os.fstat(file.fileno()).st_size) > LONG:
                yield LongText(path, 0, size)
                return
            text = _decoded(file.read(), str(path))
        if not text:
            raise ValueError(f"{path} is empty; a text with at least one character is needed")
        yield text
    else:
        yield from _hub_documents(str(source))


def _open(path: Path) -> BinaryIO:
    try:
        return open(path, "rb")
    except OSError as error:
        raise ValueError(f"{path} can't be read: {error.strerror}") from None


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(where, error) from None


def _not_utf8(where: str, error: UnicodeDecodeError, start: int = 0) -> ValueError:
    """`start`: where the bytes that were decoded begin in the file."""
    return ValueError(f"{where} is not UTF-8 text: byte {error.object[error.start]:#x} at {start + error.start}")


def _json_document(line: str, where: str) -> str | Messages:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError(f"{where}: not JSON: {line.strip()[:40]!r}") from None
    if not isinstance(record, dict) or ("text" in record) == ("conversations" in record):
        raise ValueError(f'{where}: needs either "text" or "conversations"')
    return _document(record, where)


def _document(record: dict, where: str) -> str | Messages:
    if "text" in record:
        if not isinstance(record["text"], str):
            raise ValueError(f'{where}: "text" is {type(record["text"]).__name__}, not a string')
        return record["text"]
    return check_messages(record["conversations"], where)


def _hub_documents(name: str) -> Iterator[str | Messages]:
    try:
        import datasets
    except ImportError:
        raise ValueError(
            f"{name} is no file or folder here (for a dataset of that name on the Hugging Face hub: pip install datasets)"
        ) from None
    try:
        for number, record in enumerate(datasets.load_dataset(name, split="train", streaming=True), 1):
            if "text" not in record and "conversations" not in record:
                raise ValueError(f'dataset {name} has the columns {", ".join(record)}; "text" or "conversations" is needed')
            yield _document(record, f"dataset {name}, row {number}")
    except (OSError, datasets.exceptions.DatasetsError) as error:
        raise ValueError(f"{name} is no file or folder here, and the hub has no answer: {' '.join(str(error).split())[:200]}") from None


# --- training and validation ---------------------------------------------------------------------------------

@dataclass(frozen=True)
class Part:
    """The texts (or the conversations) of some sources, for training (or validation): an iterable, read anew each time.

    Each 20th document is kept for validation, until MOST_HELD is reached. Of fewer than 20 documents it is the last twentieth
    of each text, and the last conversation.
    """

    sources: tuple[str | list[Document], ...]  # files and folders, or documents themselves
    chats: bool
    held: bool
    count: int  # of the documents of this kind

    def __iter__(self) -> Iterator[Document]:
        number = held = 0
        for document in all_documents(self.sources):
            if isinstance(document, list) == self.chats:
                parts = self._split(document, number) if held < MOST_HELD else (document, None)
                number += 1
                if parts[1]:
                    held += parts[1].stop - parts[1].start if isinstance(parts[1], LongText) else sum(map(len, texts_of([parts[1]])))
                if parts[self.held]:
                    yield parts[self.held]

    def _split(self, document: Document, number: int) -> tuple[Document | None, Document | None]:
        """What of the document is for training, and what for validation."""
        if self.count >= EVERY:
            return (document, None) if number % EVERY else (None, document)
        if isinstance(document, LongText):
            return document.split()
        if isinstance(document, str):
            cut = len(document) - len(document) // EVERY
            return document[:cut], document[cut:]
        return (document if number < self.count - 1 or self.count == 1 else None, document if number == self.count - 1 else None)


def all_documents(sources: Iterable[str | list[Document]]) -> Iterator[Document]:
    """The documents of all sources, one after the other."""
    return chain.from_iterable(source if isinstance(source, list) else read_documents(source) for source in sources)


def split_documents(sources: Iterable[str | list[Document]]) -> dict[str, Part]:
    """The parts "pretrain" and "valid" of the texts, "sft" and "sft_valid" of the conversations, where there are any.

    All sources are read once, so a fault in any of them is found here. What can't be read again (a pipe, the hub) is kept in
    memory. ValueError if too little is there for a part.
    """
    named = ", ".join(source for source in sources if isinstance(source, str))
    sources = tuple(s if isinstance(s, list) or Path(s).is_file() or Path(s).is_dir() else list(read_documents(s)) for s in sources)
    counts = [0, 0]
    for document in all_documents(sources):
        counts[isinstance(document, list)] += 1
        if isinstance(document, LongText):
            deque(document, maxlen=0)  # read through
    found = {}
    for chats, names in ((False, ("pretrain", "valid")), (True, ("sft", "sft_valid"))):
        if counts[chats]:
            found |= {name: Part(sources, chats, held, counts[chats]) for held, name in enumerate(names)}
    for name, part in (found or {"pretrain": ()}).items():
        if not any(True for _ in part):
            raise ValueError(f"{named}: too little text to keep a {name} part; {EVERY} documents or a text of {EVERY} characters are needed")
    return found


def texts_of(documents: Iterable[Document]) -> Iterator[str]:
    """The plain texts in documents: what a tokenizer learns from."""
    for document in documents:
        if isinstance(document, str):
            yield document
        else:
            yield from document if isinstance(document, LongText) else (message["content"] for message in document)


# --- token files -------------------------------------------------------------------------------------------

def token_file(path: Path, documents: Iterable[Document], tokenizer: BPETokenizer, workers: int = 1, progress: bool = False) -> TokenFile:
    """The token file of documents: opened if it is there, else written, by `workers` processes where there is much to do."""
    if path.exists():
        return TokenFile(path)
    with tqdm(desc=f"tokens: {path.name}", unit="B", unit_scale=True, disable=not progress) as bar:
        def watched() -> Iterator[Sequence]:
            for part in _encoded(documents, tokenizer, workers):
                bar.update(part[2])
                yield part

        return write_tokens(path, watched(), tokenizer.vocab_size)


Piece = tuple[str | Messages, bool, bool]  # a document or a part of one, whether it is the first, whether the last


def _pieces(documents: Iterable[Document]) -> Iterator[Piece]:
    for document in documents:
        if not isinstance(document, LongText):
            yield document, True, True
            continue
        before, first = None, True
        for piece in document:
            if before is not None:
                yield before, first, False
                first = False
            before = piece
        yield before, first, True


def _jobs(documents: Iterable[Document]) -> Iterator[list[Piece]]:
    """Pieces in lists of about PIECE characters."""
    job, size = [], 0
    for piece in _pieces(documents):
        job.append(piece)
        size += sum(map(len, texts_of([piece[0]])))
        if size >= PIECE:
            yield job
            job, size = [], 0
    if job:
        yield job


def _encoded(documents: Iterable[Document], tokenizer: BPETokenizer, workers: int) -> Iterator[Sequence]:
    """The sequences of documents, in their order. Other processes are asked when there is more than one job for each."""
    jobs = _jobs(documents)
    some = list(islice(jobs, workers + 1)) if workers > 1 else []
    jobs = chain(some, jobs)
    if len(some) <= workers:
        for job in jobs:
            yield from _encode(job, tokenizer)
        return
    state = (tokenizer.merges, list(tokenizer.special), tokenizer.ids)
    try:
        with ProcessPoolExecutor(workers, get_context("spawn"), _start_worker, state) as pool:
            asked: deque = deque()
            for job in jobs:
                asked.append(pool.submit(_work, job))
                if len(asked) > 2 * workers:  # so that neither text nor ids pile up
                    yield from asked.popleft().result()
            while asked:
                yield from asked.popleft().result()
    except BrokenProcessPool:
        raise OSError("a process that turned text into tokens was ended, perhaps for want of memory; the same command begins it anew") from None


def cores() -> int:
    """How many processes may work on one text here (Windows allows 61 at most)."""
    return min(os.cpu_count() or 1, 60)


def _encode(job: list[Piece], tokenizer: BPETokenizer) -> list[Sequence]:
    """The ids of each piece; <|endoftext|> stands at the ends of its document only."""
    out = []
    for document, first, last in job:
        ids, learn, size = sequence(document, tokenizer)
        ids = np.asarray(ids[0 if first else 1 : len(ids) if last else -1], np.uint32)
        out.append((ids, learn, size, not last))
    return out


_worker: list[BPETokenizer] = []  # the tokenizer of a worker process


def _start_worker(*state) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker.append(BPETokenizer(*state))


def _end_with_parent() -> None:
    """Don't wait for ever on a process that was killed."""
    parent_process().join()
    os._exit(1)


def _work(job: list[Piece]) -> list[Sequence]:
    return _encode(job, _worker[0])
