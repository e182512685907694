"""Rows packed full of documents, and batches of them.

Every batch is a function of (seed, step) alone: a run that was stopped finds the very same
batches again, and so does a second process. Documents that share a row see each other: what
stands before a document in its row is left unmasked. Sizes: B batch, T tokens. Built in 10.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

import numpy as np
import torch
from torch import Tensor

from .token_files import TokenFile

IGNORE = -100  # a target that is not learned; PyTorch's own default for cross-entropy
OPEN_ROWS = 64  # how many half-full rows the packer keeps before it closes the fullest


def pack(lengths: np.ndarray, size: int) -> list[np.ndarray]:
    """Put pieces of the given lengths (each 1 to size) into rows of `size`; none is left out.

    Returns the numbers of the pieces in each row. Best fit: each piece goes into the fullest open
    row that still has room. At most OPEN_ROWS are open, so this streams; the order of the pieces
    is kept within a row.

    >>> pack(np.array([3, 2, 1, 4]), size=4)
    [array([0, 2]), array([1]), array([3])]
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

    A document that is longer than T is cut into pieces that touch, so that every target is asked
    for once an epoch; shorter ones share a row. Row n of the stream depends on (file, T, seed, n)
    and nothing else.
    """

    def __init__(
        self,
        file: TokenFile,
        context_size: int,
        pad_id: int,
        seed: int = 0,
        shuffle: bool = True,
    ) -> None:
        self.file, self.context_size, self.pad_id = file, context_size, pad_id
        self.seed, self.shuffle = seed, shuffle
        ends, starts = np.asarray(file.ends), file.starts()
        counts = -(-(ends - starts - 1) // context_size)  # pieces of each document
        first = np.repeat(starts, counts)
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        self.piece_start = first + nth * context_size
        left = np.repeat(ends - 1, counts) - self.piece_start
        self.piece_length = np.minimum(left, context_size)
        self._first_row = [0]  # of each epoch so far
        self._epoch = -1
        self._rows: list[np.ndarray] = []

    def epoch_rows(self, epoch: int) -> list[np.ndarray]:
        """The rows of one epoch: piece numbers, packed and shuffled anew for each."""
        if epoch != self._epoch:
            if not self.shuffle:
                self._rows = pack(self.piece_length, self.context_size)
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
            rows = self.epoch_rows(len(self._first_row) - 1)
            self._first_row.append(self._first_row[-1] + len(rows))
        epoch = bisect_left(self._first_row, n + 1) - 1
        return self.epoch_rows(epoch)[n - self._first_row[epoch]]

    def batch(self, rows: Iterable[int]) -> tuple[Tensor, Tensor]:
        """Inputs and targets (B, T) of these rows; targets that are not learned are IGNORE."""
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
            starts, lengths = self.piece_start[pieces], self.piece_length[pieces]
            for start, length in zip(starts.tolist(), lengths.tolist()):
                inputs[row, at : at + length] = self.file.ids[start : start + length]
                shifted = slice(start + 1, start + 1 + length)
                target = self.file.ids[shifted].astype(np.int64)
                if self.file.learn is not None:
                    target = np.where(self.file.learn[shifted], target, IGNORE)
                targets[row, at : at + length] = target
                at += length
        return torch.from_numpy(inputs), torch.from_numpy(targets)
