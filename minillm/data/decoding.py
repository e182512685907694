"""Bytes to text: UTF-8, or one sentence that says what else it is and how to convert it."""

import codecs
import re

KANA = "[\u3040-\u30ff]"
HAN = "[\u4e00-\u9fff]"
MARKS = "[\u2014-\u201d\u2026\u3000-\u303f\uff00-\uffef]"  # of Chinese text


def decode_text(data: bytes, where: str, start: int = 0) -> str:
    """Text of UTF-8; `start` is where the bytes begin in the file."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise not_utf8(where, error, start) from None
    if "\0" in text:
        raise has_nul(where, data, start)
    return text


def not_utf8(where: str, error: UnicodeDecodeError, start: int = 0) -> ValueError:
    byte, at = error.object[error.start], start + error.start
    return ValueError(
        f"{where} is not UTF-8 text: byte {byte:#x} at {at}{_encoding_hint(error.object)}"
    )


def has_nul(where: str, data: bytes, start: int) -> ValueError:
    at = start + data.index(0)
    return ValueError(f"{where} is not text: it has a NUL byte at {at}{_encoding_hint(data)}")


def _encoding_hint(data: bytes) -> str:
    """What to do about bytes that are text in another encoding, if they look so."""
    name = None
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        name = "UTF-16"
    elif order := _utf16_order(data):
        name = f"UTF-16{order}"
    else:
        for encoding, usual in (("SHIFT-JIS", KANA), ("GBK", HAN)):
            text = _decoded(data[:4000], encoding)
            if len(re.findall(usual, text)) * 4 > len(text):
                name = encoding
                break
    if name is None:
        return ""
    return f"; it looks like {name}: convert it first, iconv -f {name} -t UTF-8 FILE > NEW"


def _decoded(data: bytes, encoding: str) -> str:
    """The text, if but for a character that was cut in two at the end it is in this encoding."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        return data[: error.start].decode(encoding) if error.start > 3000 else ""


def _utf16_order(data: bytes) -> str:
    """LE or BE if nearly all of the beginning are characters of English or Chinese in UTF-16."""
    if sum(0x20 <= byte < 0x7F for byte in data[:4000]) > 0.8 * len(data[:4000]):
        return ""  # two letters of ASCII together are a Chinese character in UTF-16
    found = []
    for order in ("LE", "BE"):
        for start in (0, 1):  # a line of such a file may begin in the middle of a character
            text = data[start:4000].decode(f"utf-16-{order}", "ignore")
            latin, marks, han = (len(re.findall(p, text)) for p in (r"[\t-~]", MARKS, HAN))
            # Han alone may be anything: two bytes of Japanese in Shift JIS are one.
            if latin + marks and len(text) >= 4 and latin + marks + han >= 0.9 * len(text):
                found.append((latin, -start, order))  # of English the other order is Chinese
    return max(found)[2] if found else ""
