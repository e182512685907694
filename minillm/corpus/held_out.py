"""What no training text may contain: chosen by a hash, so it is the same for every seed."""

from __future__ import annotations

from zlib import crc32


def is_held_out(text: str) -> bool:
    """Whether this text is kept for the held-out questions: about one in twelve is."""
    return crc32(text.encode()) % 12 == 0


def is_held_out_sum(x: int, y: int) -> bool:
    """Whether no training text adds these two numbers, in either order: about one pair in seven.

    Two equal numbers are added in training: they are what people type first.
    """
    low, high = sorted((x, y))
    return 1 < low < high and crc32(f"{low}+{high}".encode()) % 7 == 5


def is_held_out_translation(english: str) -> bool:
    """Whether no training text asks for the translation of this word: about one in eleven."""
    return crc32(english.encode()) % 11 == 8


def is_validation(text: str) -> bool:
    """Whether a text belongs to validation (one in eight): by its bytes, so none is in both."""
    return crc32(text.encode()) % 8 == 3
