"""The figures of notebook 03."""

from style import BLUE, GREY, INK, PALE_BLUE, PALE_GREY, PALE_ORANGE, arrow, box, card, text

STEPS = (
    ("a p p l e _", ""),
    ("ap p l e _", "a p"),
    ("ap p l e_", "e _"),
    ("ap p le_", "l e_"),
    ("ap ple_", "p le_"),
    ("apple_", "ap ple_"),
)


def merge_steps() -> str:
    parts = []
    for row, (symbols, merge) in enumerate(STEPS):
        y, x = 24 + 50 * row, 196
        step = f"merge {merge.replace('_', '</w>')}" if merge else "characters"
        parts.append(text(96, y + 23, step, 15, GREY if row else INK))
        for symbol in symbols.split():
            shown = symbol.replace("_", "</w>")
            width = 18 + 9 * len(shown)
            new = row and symbol == merge.replace(" ", "")
            parts.append(box(x, y, width, 36, shown, PALE_ORANGE if new else PALE_BLUE, 16))
            x += width + 6
    return card(520, 330, "The word apple: six symbols, and after five merges one", *parts)


def garbled() -> str:
    parts = [box(220, 20, 160, 46, "小", PALE_BLUE, 26)]
    for i, (byte, shown) in enumerate(((229, "å"), (176, "°"), (143, "ı"))):
        x = 130 + 120 * i
        parts += [
            arrow(f"M{270 + 30 * i},68 L{x + 50},100"),
            box(x, 104, 100, 42, str(byte), PALE_GREY, 18),
            arrow(f"M{x + 50},148 V178", BLUE),
            box(x, 182, 100, 42, shown, PALE_ORANGE, 20),
        ]
    parts += [
        text(62, 49, "a character", 14, GREY),
        text(62, 130, "its bytes", 14, GREY),
        text(62, 202, "as the file", 14, GREY),
        text(62, 220, "writes them", 14, GREY),
    ]
    return card(
        560,
        246,
        "The character 小 is the bytes 229, 176, 143, "
        "and the vocabulary file writes them as three visible signs",
        *parts,
    )


FIGURES = {"merge_steps": merge_steps, "garbled": garbled}
