"""Where documents come from: text files, JSONL, folders of these, the Hugging Face hub.

A file that may be large is never held whole: a `LongText` is read in chunks. Built in 09.
"""

import codecs
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import regex

from ..chat_format import Messages, check_messages

LONG_TEXT_BYTES = 1 << 23  # a longer text file is read in chunks
CHUNK_BYTES = 1 << 20  # read at a time


@dataclass(frozen=True)
class LongText:
    """The bytes from `start` to `stop` of a text file; iterating reads them as strings."""

    path: Path
    start: int
    stop: int

    def __iter__(self) -> Iterator[str]:
        """The text in chunks, cut where GPT2_PATTERN cuts anyway.

        So the ids of the chunks are together those of the whole.
        """
        decoder, pending = codecs.getincrementaldecoder("utf-8")(), ""
        with _open(self.path) as file:
            file.seek(self.start)
            for at in range(self.start, self.stop, CHUNK_BYTES):
                data = file.read(min(CHUNK_BYTES, self.stop - at))
                undecoded = decoder.getstate()[0]
                final = at + len(data) >= self.stop or not data
                try:
                    pending += decoder.decode(data, final)
                except UnicodeDecodeError as error:
                    raise _not_utf8(str(self.path), error, at - len(undecoded)) from None
                if (cut := _last_cut(pending)) > 0:
                    yield pending[:cut]
                    pending = pending[cut:]
        if pending:
            yield pending

    def split_at_end(self, size: int) -> tuple["LongText", "LongText"]:
        """All but the last `size` bytes, and those; a character is not cut."""
        cut = self.stop - size
        with _open(self.path) as file:
            file.seek(cut)
            while b"\x80" <= file.read(1) < b"\xc0":  # in the middle of a character
                cut += 1
        return LongText(self.path, self.start, cut), LongText(self.path, cut, self.stop)


Document = str | LongText | Messages  # a text or a conversation
Source = str | list[Document]  # a file, a folder or a dataset's name; or documents themselves


def _last_cut(text: str) -> int:
    """The last place that no token can reach across; 0 if there is none.

    Before a single white space, or between a letter and punctuation.
    """
    found = regex.search(r"(?r)(?<=\S)(?=\s\S)|(?<=\p{L})(?=[^\s\p{L}\p{N}\p{M}'])", text)
    return found.start() if found else 0


def texts_of(documents: Iterable[Document]) -> Iterator[str]:
    """The plain texts in documents: what a tokenizer learns from."""
    for document in documents:
        if isinstance(document, str):
            yield document
        elif isinstance(document, LongText):
            yield from document
        else:
            yield from (message["content"] for message in document)


def text_size(document: Document) -> int:
    """The characters of a document's texts; of a long text, which is not read for it, its bytes."""
    if isinstance(document, LongText):
        return document.stop - document.start
    return sum(map(len, texts_of([document])))


def all_documents(sources: Iterable[Source]) -> Iterator[Document]:
    """The documents of all sources, one after the other."""
    for source in sources:
        yield from source if isinstance(source, list) else read_documents(source)


def read_documents(source: str | Path) -> Iterator[Document]:
    """The documents of a text file, a JSONL file, a folder of both, or a hub dataset.

    A text file is one document. A JSONL line is {"text": ...}, which gives a string, or
    {"conversations": [{"role": ..., "content": ...}, ...]}, which gives the list of messages.
    ValueError names file, line and fault.
    """
    path = Path(source)
    if path.is_dir():
        suffixes = (".txt", ".md", ".jsonl")
        files = sorted(p for p in path.rglob("*") if p.suffix in suffixes and p.is_file())
        if not files:
            raise ValueError(f"{path} holds no .txt, .md or .jsonl file")
        for file in files:
            yield from read_documents(file)
    elif path.suffix == ".jsonl":
        yield from _read_jsonl(path)
    elif path.exists():
        yield _read_text(path)
    else:
        yield from _hub_documents(str(source))


def _read_text(path: Path) -> str | LongText:
    with _open(path) as file:
        if (size := os.fstat(file.fileno()).st_size) > LONG_TEXT_BYTES:
            return LongText(path, 0, size)
        text = _decoded(file.read(), str(path))
    if not text:
        raise ValueError(f"{path} is empty; a text with at least one character is needed")
    return text


def _read_jsonl(path: Path) -> Iterator[str | Messages]:
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                where = f"{path}, line {number}"
                yield _json_document(_decoded(line, where), where)


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
    byte = error.object[error.start]
    return ValueError(f"{where} is not UTF-8 text: byte {byte:#x} at {start + error.start}")


def _json_document(line: str, where: str) -> str | Messages:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError(f"{where}: not JSON: {line.strip()[:40]!r}") from None
    if not isinstance(record, dict) or ("text" in record) == ("conversations" in record):
        raise ValueError(f'{where}: needs either "text" or "conversations"')
    return _record_document(record, where)


def _record_document(record: dict[str, Any], where: str) -> str | Messages:
    if "conversations" in record and "text" not in record:
        return check_messages(record["conversations"], where)
    text = record["text"]
    if not isinstance(text, str):
        raise ValueError(f'{where}: "text" is {type(text).__name__}, not a string')
    return text


def _hub_documents(name: str) -> Iterator[str | Messages]:
    try:
        import datasets
    except ImportError:
        raise ValueError(
            f"{name} is no file or folder here "
            "(for a dataset of that name on the Hugging Face hub: pip install datasets)"
        ) from None
    try:
        rows = datasets.load_dataset(name, split="train", streaming=True)
        for number, record in enumerate(rows, 1):
            if "text" not in record and "conversations" not in record:
                raise ValueError(
                    f"dataset {name} has the columns {', '.join(record)}; "
                    '"text" or "conversations" is needed'
                )
            yield _record_document(record, f"dataset {name}, row {number}")
    except (OSError, datasets.exceptions.DatasetsError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ValueError(
            f"{name} is no file or folder here, and the hub has no answer: {reason}"
        ) from None
