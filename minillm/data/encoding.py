"""Documents into token files, by as many processes as there are cores. Built in 10 and 12."""

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tqdm.auto import tqdm

from ..chat_format import Messages, render
from ..machine import cpu_cores
from ..tokenizer import BPETokenizer
from .documents import Document, LongText, text_size
from .token_files import Encoded, TokenFile, write_tokens

JOB_SIZE = 1 << 20  # characters that a process encodes at a time


def encode_document(document: str | Messages, tokenizer: BPETokenizer) -> Encoded:
    """A text or a conversation for a token file, with <|endoftext|> around it.

    A text begins with <|endoftext|>, so that its first token is predicted from something, too. A
    conversation ends in two: the first of them separates it from what follows in its row.
    """
    end = tokenizer.end_id
    if isinstance(document, str):
        ids = [end, *tokenizer.encode(document), end]
        return Encoded(ids, None, _utf8_size(document))
    ids, learn = render(document, tokenizer)
    answers = (m["content"].strip() for m in document if m["role"] == "assistant")
    return Encoded([*ids, end, end], [*learn, False, False], sum(map(_utf8_size, answers)))


def _utf8_size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def token_file(
    path: Path,
    documents: Iterable[Document],
    tokenizer: BPETokenizer,
    workers: int = 1,
    progress: bool = False,
) -> TokenFile:
    """The token file of documents: opened if it is there, else written.

    `workers` processes share the work where there is much to do.
    """
    if path.exists():
        file = TokenFile(path)
        if file.info.tokenizer != tokenizer.fingerprint:
            raise ValueError(
                f"{path} was made with another tokenizer; put that one back, "
                "or choose another folder with --out"
            )
        return file
    with tqdm(desc=f"tokens: {path.name}", unit="B", unit_scale=True, disable=not progress) as bar:

        def counted() -> Iterator[Encoded]:
            for part in encode_documents(documents, tokenizer, workers):
                bar.update(part.raw_bytes)
                yield part

        return write_tokens(path, counted(), tokenizer.vocab_size, tokenizer.fingerprint)


class _Piece(NamedTuple):
    """A document, or a part of a long one."""

    document: str | Messages
    is_first: bool = True
    is_last: bool = True


def _pieces(documents: Iterable[Document]) -> Iterator[_Piece]:
    for document in documents:
        if not isinstance(document, LongText):
            yield _Piece(document)
            continue
        previous, is_first = None, True
        for chunk in document:
            if previous is not None:
                yield _Piece(previous, is_first, is_last=False)
                is_first = False
            previous = chunk
        if previous is not None:
            yield _Piece(previous, is_first, is_last=True)


def _jobs(documents: Iterable[Document]) -> Iterator[list[_Piece]]:
    """Pieces in lists of about JOB_SIZE characters."""
    job: list[_Piece] = []
    size = 0
    for piece in _pieces(documents):
        job.append(piece)
        size += text_size(piece.document)
        if size >= JOB_SIZE:
            yield job
            job, size = [], 0
    if job:
        yield job


def encode_documents(
    documents: Iterable[Document], tokenizer: BPETokenizer, workers: int
) -> Iterator[Encoded]:
    """Documents as they go into a token file, in their order.

    Other processes are started when there is more than one job for each. OSError if one of them
    is ended from outside.
    """
    jobs = _jobs(documents)
    first_jobs = list(islice(jobs, workers + 1)) if workers > 1 else []
    jobs = chain(first_jobs, jobs)
    if len(first_jobs) <= workers:
        for job in jobs:
            yield from _encode(job, tokenizer)
        return
    state = (tokenizer.merges, list(tokenizer.special), tokenizer.ids)
    try:
        with ProcessPoolExecutor(workers, get_context("spawn"), _start_worker, state) as pool:
            with _ignoring_ctrl_c():
                for _ in range(workers):  # a worker starts with each of the first jobs
                    pool.submit(int)
            running: deque[Future[list[Encoded]]] = deque()
            for job in jobs:
                running.append(pool.submit(_work, job))
                if len(running) > 2 * workers:  # so that neither text nor ids pile up
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
    except BrokenProcessPool:
        raise OSError(
            "a process that turned text into tokens was ended, perhaps for want of memory; "
            "the same command starts it again"
        ) from None


def cpu_workers() -> int:
    """How many processes may work on one text here (Windows allows 61 at most)."""
    return min(cpu_cores(), 60)


def _encode(job: list[_Piece], tokenizer: BPETokenizer) -> list[Encoded]:
    """The ids of each piece; <|endoftext|> stands at the ends of its document only."""
    out = []
    for document, is_first, is_last in job:
        encoded = encode_document(document, tokenizer)
        kept = slice(0 if is_first else 1, len(encoded.ids) if is_last else -1)
        ids = np.asarray(encoded.ids[kept], np.uint32)  # smaller to send than a list
        out.append(encoded._replace(ids=ids, continues=not is_last))
    return out


_worker: list[BPETokenizer] = []  # the tokenizer of a worker process


def _start_worker(
    merges: list[tuple[bytes, bytes]], special_tokens: list[str], ids: dict[bytes | str, int]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows hands it on to no child
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker.append(BPETokenizer(merges, special_tokens, ids))


@contextmanager
def _ignoring_ctrl_c() -> Iterator[None]:
    """A process that is started within it ignores Ctrl-C from its first moment: it is for us."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread, which alone may ask for this
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _work(job: list[_Piece]) -> list[Encoded]:
    return _encode(job, _worker[0])
