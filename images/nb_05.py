"""The figures of notebook 05."""

import math

from style import (
    BLUE,
    CARD,
    GREY,
    INK,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    arrow,
    box,
    card,
    text,
)

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


def grid(x: float, y: float, rows: list[list[str]], fills: dict[int, str], size: int = 15) -> str:
    """Numbers in cells of 44 x 30; `fills` colours whole rows."""
    parts = []
    for i, row_ in enumerate(rows):
        for j, number in enumerate(row_):
            left, top = x + 44 * j, y + 30 * i
            parts.append(
                f'<rect x="{left}" y="{top}" width="44" height="30" '
                f'fill="{fills.get(i, CARD)}" stroke="{GREY}"/>'
                + text(left + 22, top + 20, number, size)
            )
    return "".join(parts)


def one_hot_product() -> str:
    table = [["0.3", "−1.2", "0.8"], ["1.1", "0.4", "−0.5"], ["−0.7", "0.9", "0.2"]]
    parts = [
        text(114, 30, "one-hot of id 1", 15, GREY),
        grid(48, 72, [["0", "1", "0"]], {0: PALE_BLUE}),
        text(206, 94, "×", 22),
        text(294, 30, "table", 15, GREY),
        grid(228, 42, table, {1: PALE_ORANGE}),
        text(386, 94, "=", 22),
        text(474, 30, "row 1 of the table", 15, GREY),
        grid(408, 72, [table[1]], {0: PALE_ORANGE}),
        text(330, 164, "0 · row 0 + 1 · row 1 + 0 · row 2", 16, INK),
    ]
    return card(620, 184, "A row of 0, 1, 0 times a table of three rows is the middle row", *parts)


def positions_on_circles() -> str:
    """The two numbers of one pair of columns are a point on a circle; each place turns it on."""
    parts = []
    for n, (name, angle) in enumerate((("a fast pair", 1.0), ("a slow pair", 0.25))):
        x, y, radius = 170 + 320 * n, 150, 84
        parts += [
            f'<circle cx="{x}" cy="{y}" r="{radius}" fill="none" stroke="{GREY}"/>',
            text(x, 26, name, 16, INK, "bold"),
        ]
        for p in range(5):
            dx, dy = math.sin(p * angle), -math.cos(p * angle)
            parts += [
                (
                    f'<circle cx="{x + radius * dx:.1f}" cy="{y + radius * dy:.1f}" r="6" '
                    f'fill="{ORANGE if p == 0 else BLUE}"/>'
                ),
                text(x + 103 * dx, y + 103 * dy + 5, str(p), 15, ORANGE if p == 0 else BLUE),
            ]
    parts.append(text(330, 282, "from each place to the next: the same angle, wherever one is", 16))
    return card(
        660,
        300,
        "Positions 0 to 4 as points on two circles: in the fast pair of columns they are far "
        "apart, in the slow pair close together, and each step turns by the same angle",
        *parts,
    )


FIGURES = {
    "lookup_table": lookup_table,
    "one_hot_product": one_hot_product,
    "positions_on_circles": positions_on_circles,
    "token_and_position": token_and_position,
}
