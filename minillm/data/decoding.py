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
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or data[1:200:2].count(0) > 20:
        name = "UTF-16"
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
