"""The figures of notebook 04."""

from style import BLUE, GREY, INK, PALE_BLUE, PALE_GREY, PALE_ORANGE, arrow, box, card, text

PIECES = (("to", 1024), ("day", 2046), ("is", 1025), ("sun", 2047), ("day", 2046))


def row(x: float, y: float, width: float, fill: str) -> str:
    """A vector: a bar of six cells."""
    cell = width / 6
    return "".join(
        f'<rect x="{x + i * cell}" y="{y}" width="{cell}" height="22" fill="{fill}" '
        f'stroke="{GREY}"/>'
        for i in range(6)
    )


def lookup_table() -> str:
    parts = [text(380, 30, "today is sunday", 19, INK, "bold")]
    for i, (piece, number) in enumerate(PIECES):
        x = 40 + 140 * i
        parts += [
            box(x, 46, 120, 36, piece, PALE_BLUE, 17),
            arrow(f"M{x + 60},84 V104"),
            box(x, 108, 120, 34, str(number), PALE_GREY, 16),
            arrow(f"M{x + 60},144 V168", BLUE),
            row(x, 172, 120, PALE_ORANGE if piece == "day" else PALE_BLUE),
        ]
    parts.append(
        text(380, 224, "the same id picks the same row: both “day” are one vector", 15, GREY)
    )
    return card(
        760,
        244,
        "today is sunday: five pieces, five ids, and for each id its row of the table",
        *parts,
    )


def token_and_position() -> str:
    parts = []
    for i in range(3):
        x = 150 + 170 * i
        parts += [
            row(x, 30, 140, PALE_BLUE),
            text(x + 70, 78, "+", 20),
            row(x, 92, 140, PALE_GREY),
            text(x + 70, 140, "=", 20),
            row(x, 154, 140, PALE_ORANGE),
            text(x + 70, 204, f"position {i}", 14, GREY),
        ]
    parts += [
        text(76, 46, "token", 15, GREY),
        text(76, 108, "position", 15, GREY),
        text(76, 170, "goes in", 15, INK, "bold"),
    ]
    return card(
        680,
        222,
        "What goes into the model: the vector of the token plus the vector of its position",
        *parts,
    )


FIGURES = {"lookup_table": lookup_table, "token_and_position": token_and_position}
