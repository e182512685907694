"""Token files: the ids of many documents on disk, memory-mapped.

A token file is a folder, so it may be larger than memory. Built in 10.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..formats.files import new_folder

FORMAT = "minillm tokens 2"


class Encoded(NamedTuple):
    """A document, or a part of one, as it goes into a token file."""

    ids: Sequence[int] | np.ndarray
    learn: Sequence[bool] | None  # which ids are learned; None: all of them
    raw_bytes: int  # of the text that is learned, as UTF-8
    continues: bool = False  # the next one belongs to the same document


@dataclass(frozen=True)
class TokenFileInfo:
    """What meta.json says of a token file."""

    format: str
    dtype: str
    tokens: int
    documents: int
    bytes: int  # of the raw text that is learned
    vocab_size: int
    masked: bool  # whether learn.bin says which tokens are learned
    tokenizer: str = ""  # its fingerprint


def write_tokens(
    folder: str | Path, documents: Iterable[Encoded], vocab_size: int, tokenizer: str = ""
) -> "TokenFile":
    """Stream documents into a token file. It appears under its name when it is whole, not before.

    ValueError if it is there, or if there is nothing in it to predict.
    """
    folder = Path(folder)
    dtype = np.dtype("<u2" if vocab_size <= 2**16 else "<u4")
    tokens = count = raw_bytes = 0
    masked = False
    with new_folder(folder) as new:
        with (
            open(new / "ids.bin", "wb") as ids_file,
            open(new / "ends.bin", "wb") as ends_file,
            open(new / "learn.bin", "wb") as learn_file,
        ):
            for document in documents:
                ids_file.write(np.asarray(document.ids, dtype).tobytes())
                learned = document.learn
                learn_file.write(b"\1" * len(document.ids) if learned is None else bytes(learned))
                masked |= learned is not None
                tokens += len(document.ids)
                raw_bytes += document.raw_bytes
                if not document.continues:
                    count += 1
                    ends_file.write(np.int64(tokens).astype("<i8").tobytes())
        if tokens <= count:  # a document of one token asks for nothing
            raise ValueError(
                f"{folder}: {count} documents with {tokens} tokens give nothing to predict"
            )
        if not masked:
            (new / "learn.bin").unlink()
        info = TokenFileInfo(
            FORMAT, dtype.str, tokens, count, raw_bytes, vocab_size, masked, tokenizer
        )
        (new / "meta.json").write_text(json.dumps(asdict(info)), encoding="utf-8")
    return TokenFile(folder)


class TokenFile:
    """A token file, opened without reading it.

    `ids` (N,), `ends` (documents,): where each document stops, `learn` (N,) of booleans, or None
    where all are learned. ValueError if it is damaged or of another version.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = folder = Path(folder)
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            self.info = info = TokenFileInfo(**meta)
            if info.format != FORMAT:
                raise ValueError
            N = info.tokens
            self.ids = np.memmap(folder / "ids.bin", np.dtype(info.dtype), "r", shape=(N,))
            self.ends = np.memmap(folder / "ends.bin", "<i8", "r", shape=(info.documents,))
            self.learn: np.ndarray | None = None
            if info.masked:
                self.learn = np.memmap(folder / "learn.bin", "?", "r", shape=(N,))
            if not len(self.ends) or self.ends[-1] != N:
                raise ValueError
        except (OSError, ValueError, TypeError, OverflowError, RecursionError):
            raise ValueError(
                f"{folder} is not a whole token file of this version; delete it, "
                "and the same command writes it again"
            ) from None

    def __len__(self) -> int:
        return self.info.tokens

    def starts(self) -> np.ndarray:
        """Where each document begins, (documents,)."""
        return np.concatenate(([0], self.ends[:-1]))

    def asked(self, count: int | None = None) -> np.ndarray:
        """Which of the first `count` tokens are targets, as booleans (count,).

        Those that are learned and do not begin a document.
        """
        count = self.info.tokens if count is None else count
        asked = np.ones(count, bool) if self.learn is None else np.array(self.learn[:count])
        starts = self.starts()
        asked[starts[starts < count]] = False
        return asked

    def targets(self) -> int:
        """How many tokens one pass asks for."""
        return int(self.asked().sum())
