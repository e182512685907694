"""The figures of notebook 07."""

from style import BLUE, GREY, INK, PALE_BLUE, PALE_GREY, PALE_ORANGE, arrow, box, card, text

SHADES = (PALE_BLUE, PALE_ORANGE, PALE_GREY, "#e2f2e4")


def frame(x: float, y: float, width: float, height: float) -> str:
    """An empty rounded box around others."""
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8" fill="none" '
        f'stroke="{INK}"/>'
    )


def split_heads_picture() -> str:
    parts = [
        text(112, 30, "(T, C)", 16, INK, "bold"),
        text(408, 30, "(T, H, D)", 16, INK, "bold"),
        text(770, 30, "(H, T, D)", 16, INK, "bold"),
    ]
    for t in range(3):
        for h in range(4):
            for d in range(2):
                number = 8 * t + 2 * h + d
                for x in (12 + 25 * (2 * h + d), 290 + 62 * h + 25 * d, 646 + 66 * h + 25 * d):
                    parts.append(box(x, 50 + 34 * t, 25, 30, str(number), SHADES[h], 12))
    parts += [
        arrow("M220,102 H280"),
        text(250, 90, "view", 13, GREY),
        arrow("M540,102 H632"),
        text(586, 90, "transpose", 13, GREY),
    ]
    for h in range(4):
        head = text(671 + 66 * h, 172, f"head {h}", 12, GREY)
        parts.append(frame(643 + 66 * h, 46, 56, 106) + head)
    parts += [frame(286, 47 + 34 * t, 245, 36) for t in range(3)]
    title = (
        "Three tokens of eight numbers: view cuts each row into four heads of two, "
        "transpose gathers each head's three rows"
    )
    return card(920, 190, title, *parts)


def many_looks() -> str:
    words = ["the", "seal", "can", "swim", "?"]
    xs = [80 + 110 * i for i in range(5)]
    parts = [box(x - 42, 96, 84, 36, word, PALE_BLUE, 17) for x, word in zip(xs, words)]
    parts += [
        arrow(f"M{xs[4]},94 C{xs[4]},40 {xs[3]},40 {xs[3]},92", BLUE),
        text(300, 34, "one head: the word before", 15, BLUE),
        arrow(f"M{xs[4]},134 C{xs[4]},190 {xs[1]},190 {xs[1]},136", GREY),
        text(300, 208, "another: who is meant", 15, GREY),
    ]
    title = (
        "The question mark looks in two ways at once: "
        "one head at the word before it, another at the seal"
    )
    return card(620, 226, title, *parts)


FIGURES = {"split_heads_picture": split_heads_picture, "many_looks": many_looks}
