"""Where documents come from: text files, JSON and JSONL, folders of these, the Hugging Face hub.

A file that may be large is never held whole: a `LongText` is read in chunks. Built in 10.
"""

import codecs
import mmap
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import regex

from ..chat_format import Messages
from .decoding import decode_text, has_nul, not_utf8
from .records import (
    Note,
    document_of,
    documents_of_json,
    documents_of_lines,
    ignore,
    is_object,
    tell_left_out,
)

LONG_TEXT_BYTES = 1 << 23  # a longer text is read in chunks
CHUNK_BYTES = 1 << 20  # read at a time
LINES = (".jsonl", ".ndjson", ".jsonlines")  # of files with a JSON object on each line
SUFFIXES = (".txt", ".md", *LINES, ".json")  # of the files that are read in a folder
HUB = "hf:"  # before the name of a dataset on the Hugging Face hub

# A line that parts two documents of a text file, as in TinyStories.
SEPARATOR = re.compile(rb"(?:\A\xef\xbb\xbf|^)[ \t]*<\|endoftext\|>[ \t]*\r?(?:\n|\Z)", re.M)


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
                    raise not_utf8(str(self.path), error, at - len(undecoded)) from None
                if b"\0" in data:
                    raise has_nul(str(self.path), data, at)
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


def all_documents(sources: Iterable[Source], note: Note = ignore) -> Iterator[Document]:
    """The documents of all sources, one after the other."""
    for source in sources:
        yield from source if isinstance(source, list) else read_documents(source, note)


def read_documents(source: str | Path, note: Note = ignore) -> Iterator[Document]:
    """The documents of a text file, a JSON or JSONL file, a folder of these, or a hub dataset.

    A text file is one document, or several with lines of <|endoftext|> between them. A line of
    JSONL, or an item of a JSON array, is {"text": ...}, which gives a string, or {"conversations":
    [{"role": ..., "content": ...}, ...]}, which gives the list of messages. Empty texts are left
    out. "hf:NAME" is a dataset of the Hugging Face hub. ValueError names file, line and fault.
    """
    if str(source).startswith(HUB):
        yield from _hub_documents(str(source).removeprefix(HUB), note)
        return
    path = Path(source)
    if not str(source):
        raise ValueError("an empty name is no file or folder; --data takes files and folders")
    if path.is_dir():
        if (path / "run.json").exists() or (path / "model.safetensors").exists():
            raise ValueError(f"{path} is a model or a run of minillm, not data")
        for file in folder_files(path, note):
            yield from _read_file(file, note)
    elif path.exists():
        documents = _read_file(path, note)
        first = next(documents, None)
        if first is None:
            raise ValueError(f"{path} is empty; a text with at least one character is needed")
        yield first
        yield from documents
    elif path.is_symlink():
        raise ValueError(f"{source} is a link that leads to no file or folder")
    else:
        hint = ""
        if re.fullmatch(r"[\w.-]+(/[\w.-]+)?", str(source)) and path.suffix not in SUFFIXES:
            hint = f"; a dataset of the Hugging Face hub is written {HUB}{source}"
        raise ValueError(f"{source} is no file or folder here{hint}")


def folder_files(folder: Path, note: Note = ignore) -> list[Path]:
    """The files in a folder and its folders that are read, sorted.

    Hidden files and folders and the folders of runs are left out. ValueError if none is left.
    """
    files: list[Path] = []
    others: list[Path] = []
    runs: list[str] = []
    for place, folders, names in os.walk(folder, onerror=_unreadable):
        here = Path(place)
        links = [here / name for name in folders if (here / name).is_symlink()]
        others += [link for link in links if not link.name.startswith(".")]
        for name in [name for name in folders if (here / name / "run.json").exists()]:
            runs.append(str(here / name))
            folders.remove(name)
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                (files if _is_data(here / name) else others).append(here / name)
    if runs:
        note(f"{folder}: left out {', '.join(sorted(runs))}, which minillm wrote")
    if others:
        kinds = sorted({path.suffix.lower() or path.name for path in others})
        note(f"{folder}: left out {len(others)} files of other kinds ({', '.join(kinds[:8])})")
    if not files:
        raise ValueError(f"{folder} holds no {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]} file")
    return sorted(files)


def _unreadable(error: OSError) -> None:
    raise ValueError(f"{error.filename} can't be read: {error.strerror}")


def _is_data(path: Path) -> bool:
    """Whether a file in a folder is read; of JSON files only those that hold an array."""
    suffix = path.suffix.lower()
    if not path.is_file():  # a pipe would be waited for
        return False
    if suffix == ".json":
        with _open(path) as file:
            return file.read(1000).removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"["
    return suffix in SUFFIXES


def _read_file(path: Path, note: Note) -> Iterator[Document]:
    suffix = path.suffix.lower()
    documents: Iterator[Document]
    if suffix in LINES:
        documents = _read_lines(path, note)
    else:
        documents = _read_json(path, note) if suffix == ".json" else _read_text(path, note)
    empty = 0
    for document in documents:
        if not document or (isinstance(document, str) and document.isspace()):
            empty += 1
        else:
            yield document
    if empty:
        note(f"{path}: left out {empty} empty documents")


def _read_text(path: Path, note: Note) -> Iterator[Document]:
    with _open(path) as file:
        size = os.fstat(file.fileno()).st_size
        if not size:  # a pipe has none; what it holds is read to its end
            piped = file.read().removeprefix(codecs.BOM_UTF8)
            if is_object(piped.partition(b"\n")[0]):
                yield from documents_of_lines(piped.splitlines(), str(path), note)
            else:
                yield from (decode_text(part, str(path)) for part in SEPARATOR.split(piped))
            return
        if path.suffix.lower() not in SUFFIXES and is_object(file.readline(1 << 20)):
            yield from _read_lines(path, note)
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            start = len(codecs.BOM_UTF8) if data[:3] == codecs.BOM_UTF8 else 0
            count = 0
            for separator in SEPARATOR.finditer(data):
                yield _text_between(path, data, start, max(start, separator.start()))
                start, count = separator.end(), count + 1
            if start < size or not count:
                yield _text_between(path, data, start, size)
    if count:
        note(f"{path}: lines of <|endoftext|> part its documents")


def _text_between(path: Path, data: mmap.mmap, start: int, stop: int) -> str | LongText:
    if stop - start > LONG_TEXT_BYTES:
        return LongText(path, start, stop)
    return decode_text(data[start:stop], str(path), start)


def _read_lines(path: Path, note: Note) -> Iterator[str | Messages]:
    with _open(path) as lines:
        yield from documents_of_lines(lines, str(path), note)


def _read_json(path: Path, note: Note) -> Iterator[str | Messages]:
    with _open(path) as file:
        yield from documents_of_json(file.read(), str(path), note)


def _open(path: Path) -> BinaryIO:
    try:
        return open(path, "rb")
    except OSError as error:
        raise ValueError(f"{path} can't be read: {error.strerror}") from None


def _hub_documents(name: str, note: Note) -> Iterator[str | Messages]:
    try:
        import datasets
    except ImportError:
        raise ValueError(
            f"{HUB}{name} is read with the package datasets, which is not installed: "
            "pip install datasets"
        ) from None
    left: set[str] = set()
    try:
        rows = datasets.load_dataset(name, split="train", streaming=True)
        for number, record in enumerate(rows, 1):
            if "text" not in record and "conversations" not in record:
                raise ValueError(
                    f"{HUB}{name} has the columns {', '.join(record)}; "
                    '"text" or "conversations" is needed'
                )
            if document := document_of(record, f"{HUB}{name}, row {number}", left):
                yield document
        tell_left_out(left, f"{HUB}{name}", note)
    except (OSError, datasets.exceptions.DatasetsError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ValueError(f"the hub gives no dataset {name}: {reason}") from None
