"""Documents as ids, token files on disk, rows packed full.

A token file is a folder that is memory-mapped, so it may be larger than memory. Every batch is a function of
(seed, step) alone: a run that was stopped finds the very same batches again, and so does a second process.
Sizes: B batch, T tokens. Built in 09.
"""

import json
import os
import shutil
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .tokenizer import BPETokenizer
from .tokenizer_files import on_disk

IGNORE = -100  # a target that is not to be learned; PyTorch's own default for cross-entropy

Messages = list[dict[str, str]]
Sequence = tuple[list[int], list[bool] | None, int]  # ids, which of them are learned (None: all), raw bytes; a 4th item: "goes on"


# --- documents as ids ---------------------------------------------------------------------------------------

ROLES = ("system", "user", "assistant")


def check_messages(messages: object, where: str) -> Messages:
    """The messages if they are a conversation: a list of {"role": one of ROLES, "content": a string}."""
    if not isinstance(messages, list) or not messages:
        raise ValueError(f"{where}: a conversation is a list of at least one message, not {str(messages)[:40]!r}")
    for message in messages:
        if not isinstance(message, dict) or message.get("role") not in ROLES or not isinstance(message.get("content"), str):
            raise ValueError(f'{where}: a message is {{"role": {" | ".join(ROLES)}, "content": a string}}, not {str(message)[:60]!r}')
    return messages


def text_sequence(text: str, tokenizer: BPETokenizer) -> Sequence:
    """A document as ids: <|endoftext|>, its tokens, <|endoftext|>. So every token of it is predicted from something."""
    return [tokenizer.end_id, *tokenizer.encode(text), tokenizer.end_id], None, len(text.encode("utf-8", "surrogatepass"))


# --- token files -------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class TokenFileInfo:
    """What meta.json says of a token file."""

    format: str
    dtype: str
    tokens: int
    documents: int
    bytes: int  # of the raw text
    vocab_size: int
    masked: bool


def write_tokens(folder: str | Path, sequences: Iterable[Sequence], vocab_size: int) -> "TokenFile":
    """Stream sequences into a token file. It appears under its name when it is whole, not before.

    A sequence with a fourth item that is true goes on in the next one: both are parts of one document.
    """
    folder = Path(folder)
    if folder.exists():
        raise FileExistsError(f"{folder} exists; choose another name or delete it first")
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)  # what an interrupted run left
    partial.mkdir(parents=True)
    dtype = np.dtype("<u2" if vocab_size <= 2**16 else "<u4")
    tokens = documents = raw_bytes = 0
    masked = False
    with open(partial / "ids.bin", "wb") as ids_file, open(partial / "ends.bin", "wb") as ends, open(partial / "learn.bin", "wb") as learn_file:
        for ids, learn, size, *goes_on in sequences:
            ids_file.write(np.asarray(ids, dtype).tobytes())
            learn_file.write(bytes(learn) if learn is not None else b"\1" * len(ids))
            masked |= learn is not None
            tokens, raw_bytes = tokens + len(ids), raw_bytes + size
            if not any(goes_on):
                documents += 1
                ends.write(np.int64(tokens).astype("<i8").tobytes())
    if tokens <= documents:  # a document of one token asks for nothing
        shutil.rmtree(partial)
        raise ValueError(f"{folder}: {documents} documents with {tokens} tokens give nothing to predict")
    if not masked:
        (partial / "learn.bin").unlink()
    info = TokenFileInfo("minillm tokens 1", dtype.str, tokens, documents, raw_bytes, vocab_size, masked)
    (partial / "meta.json").write_text(json.dumps(asdict(info)), encoding="utf-8")
    for file in partial.iterdir():
        on_disk(file)
    os.replace(partial, folder)
    return TokenFile(folder)


class TokenFile:
    """A token file, opened without reading it: `ids`, `ends` (where each document stops), `learn` or None."""

    def __init__(self, folder: str | Path):
        self.folder = folder = Path(folder)
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            self.info = TokenFileInfo(**meta)
            if self.info.format != "minillm tokens 1":
                raise ValueError
            self.ids = np.memmap(folder / "ids.bin", np.dtype(self.info.dtype), "r", shape=(self.info.tokens,))
            self.ends = np.memmap(folder / "ends.bin", "<i8", "r", shape=(self.info.documents,))
            self.learn = np.memmap(folder / "learn.bin", "?", "r", shape=(self.info.tokens,)) if self.info.masked else None
            if not len(self.ends) or self.ends[-1] != self.info.tokens:
                raise ValueError
        except (OSError, ValueError, TypeError, OverflowError):
            raise ValueError(f"{folder} is not a whole token file of this version; write it again with `minillm tokenizer`") from None

    def __len__(self) -> int:
        return self.info.tokens

    def targets(self) -> int:
        """How many tokens one pass asks for."""
        if self.learn is None:
            return self.info.tokens - self.info.documents
        starts = np.concatenate(([0], self.ends[:-1]))
        return int(self.learn.sum()) - int(self.learn[starts].sum())


# --- rows and batches --------------------------------------------------------------------------------------

OPEN_ROWS = 64  # how many half-full rows the packer looks at before it gives the fullest away


def pack(lengths: np.ndarray, size: int) -> list[np.ndarray]:
    """Put pieces of the given lengths (each 1 to size) into rows of `size`: lists of piece numbers, none left out.

    Best fit: each piece goes into the fullest open row that still has room. At most OPEN_ROWS are open, so this
    streams; the order of the pieces is kept within a row.
    """
    rows: list[list[int]] = []
    room: list[tuple[int, int]] = []  # (free places, row), the fullest first
    for piece, length in enumerate(lengths.tolist()):
        at = bisect_left(room, (length, -1))
        if at < len(room):
            free, row = room.pop(at)
        else:
            free, row = size, len(rows)
            rows.append([])
        rows[row].append(piece)
        if free > length:
            insort(room, (free - length, row))
            if len(room) > OPEN_ROWS:
                room.pop(0)
    return [np.array(row) for row in rows]


class Batches:
    """Rows of T (input, target) pairs from a token file, as one endless stream of epochs.

    A document that is longer than T is cut into pieces that touch, so that every target is asked for once an
    epoch; shorter ones share a row. Row n of the stream depends on (file, T, seed, n) and nothing else.
    """

    def __init__(self, file: TokenFile, context_size: int, pad_id: int, seed: int = 0, shuffle: bool = True):
        self.file, self.context_size, self.pad_id, self.seed, self.shuffle = file, context_size, pad_id, seed, shuffle
        ends = np.asarray(file.ends)
        starts = np.concatenate(([0], ends[:-1]))
        counts = -(-(ends - starts - 1) // context_size)  # pieces of each document
        first = np.repeat(starts, counts)
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        self.piece_start = first + nth * context_size
        self.piece_length = np.minimum(np.repeat(ends - 1, counts) - self.piece_start, context_size)
        self._first_row = [0]  # of each epoch met so far
        self._epoch, self._rows = -1, []

    def epoch_rows(self, epoch: int) -> list[np.ndarray]:
        """The rows of one epoch: piece numbers, packed and shuffled anew for each."""
        if epoch != self._epoch:
            if not self.shuffle:
                order = np.arange(len(self.piece_start))
                self._rows = [order[row] for row in pack(self.piece_length, self.context_size)]
            else:
                random = np.random.default_rng([self.seed, epoch])
                order = random.permutation(len(self.piece_start))
                rows = pack(self.piece_length[order], self.context_size)
                self._rows = [order[rows[i]] for i in random.permutation(len(rows))]
            self._epoch = epoch
        return self._rows

    def row(self, n: int) -> np.ndarray:
        """The pieces in row n of the stream."""
        while n >= self._first_row[-1]:
            self._first_row.append(self._first_row[-1] + len(self.epoch_rows(len(self._first_row) - 1)))
        epoch = bisect_left(self._first_row, n + 1) - 1
        return self.epoch_rows(epoch)[n - self._first_row[epoch]]

    def batch(self, rows: Iterable[int]) -> tuple[Tensor, Tensor]:
        """Inputs and targets (B, T) of the rows with these numbers; unlearned targets are IGNORE."""
        return self._fill([self.row(n) for n in rows])

    def one_pass(self, batch_size: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Every target of the file exactly once."""
        rows = self.epoch_rows(0)
        for i in range(0, len(rows), batch_size):
            yield self._fill(rows[i : i + batch_size])

    def _fill(self, rows: list[np.ndarray]) -> tuple[Tensor, Tensor]:
        inputs = np.full((len(rows), self.context_size), self.pad_id, np.int64)
        targets = np.full_like(inputs, IGNORE)
        for row, pieces in enumerate(rows):
            at = 0
            for start, length in zip(self.piece_start[pieces].tolist(), self.piece_length[pieces].tolist()):
                inputs[row, at : at + length] = self.file.ids[start : start + length]
                shifted = slice(start + 1, start + 1 + length)
                target = self.file.ids[shifted].astype(np.int64)
                targets[row, at : at + length] = target if self.file.learn is None else np.where(self.file.learn[shifted], target, IGNORE)
                at += length
        return torch.from_numpy(inputs), torch.from_numpy(targets)
