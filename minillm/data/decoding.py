"""Bytes to text: UTF-8, or one sentence that says what else it is and how to convert it."""

import codecs


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
        try:
            decoded = data[:4000].decode("gb18030")
        except UnicodeDecodeError as error:
            decoded = data[: error.start].decode("gb18030") if error.start > 3000 else ""
        if sum("\u4e00" <= char <= "\u9fff" for char in decoded) * 4 > len(decoded):
            name = "GBK"
    if name is None:
        return ""
    return f"; it looks like {name}: convert it first, iconv -f {name} -t UTF-8 FILE > NEW"


def _utf16_order(data: bytes) -> str:
    """LE or BE if nearly all of the beginning are characters of English or Chinese in UTF-16."""
    if sum(0x20 <= byte < 0x7F for byte in data[:4000]) > 0.8 * len(data[:4000]):
        return ""  # two letters of ASCII together are a Chinese character in UTF-16
    found = []
    for order in ("LE", "BE"):
        for start in (0, 1):  # a line of such a file may begin in the middle of a character
            text = data[start:4000].decode(f"utf-16-{order}", "ignore")
            latin = sum("\t" <= char <= "~" for char in text)
            han = sum("\u3000" <= char <= "\u303f" or "\u4e00" <= char <= "\u9fff" for char in text)
            if len(text) >= 4 and latin + han >= 0.9 * len(text):
                found.append((latin, -start, order))  # of English the other order is Chinese
    return max(found)[2] if found else ""
