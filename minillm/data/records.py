"""Documents in JSON: {"text": ...} or {"conversations": [{"role": ..., "content": ...}, ...]}.

Not here: where the bytes come from, which is `documents`. Built in 10.
"""

import codecs
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..chat_format import Messages, check_messages
from .decoding import decode_text

Note = Callable[[str], None]  # is told in a sentence what a reader might not expect


def ignore(note: str) -> None:
    """Tell nobody."""


def documents_of_lines(lines: Iterable[bytes], name: str, note: Note) -> Iterator[str | Messages]:
    """The documents of JSON objects, one on each line."""
    left: set[str] = set()
    for number, line in enumerate(lines, 1):
        line = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if line.strip():
            where = f"{name}, line {number}"
            yield document_of(_json_value(decode_text(line, where), where), where, left)
    tell_left_out(left, name, note)


def documents_of_json(data: bytes, name: str, note: Note) -> Iterator[str | Messages]:
    """The documents of a JSON array of objects, of a single object, or of one on each line."""
    data = data.removeprefix(codecs.BOM_UTF8)
    first, _, more = data.lstrip().partition(b"\n")
    if is_object(first) and more.strip():
        yield from documents_of_lines(data.splitlines(), name, note)
        return
    left: set[str] = set()
    records = _json_value(decode_text(data, name), name)
    for number, record in enumerate(records if isinstance(records, list) else [records], 1):
        yield document_of(record, f"{name}, item {number}", left)
    tell_left_out(left, name, note)


def is_object(line: bytes) -> bool:
    """Whether a first line is a whole JSON object, so that more of them may follow."""
    try:
        return isinstance(json.loads(line.removeprefix(codecs.BOM_UTF8)), dict)
    except (ValueError, RecursionError):
        return False


def tell_left_out(fields: set[str], name: str, note: Note) -> None:
    """Note which fields of a source were not read, if there are any."""
    if fields:
        shown = ", ".join(sorted(fields)[:8]) + (" …" if len(fields) > 8 else "")
        note(f"{name}: left out the fields {shown}")


def _json_value(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(f"{where}: not JSON: {text.strip()[:40]!r}") from None


def document_of(record: Any, where: str, left: set[str]) -> str | Messages:
    """The document in a JSON object; `left` gets the names of what else it holds."""
    if not isinstance(record, dict) or ("text" in record) == ("conversations" in record):
        raise ValueError(f'{where}: needs either "text" or "conversations"')
    left |= set(record) - {"text", "conversations"}
    if "conversations" in record:
        messages = check_messages(record["conversations"], where)
        left |= {field for message in messages for field in message} - {"role", "content"}
        return messages
    text = record["text"]
    if not isinstance(text, str):
        raise ValueError(f'{where}: "text" is {type(text).__name__}, not a string')
    return text
