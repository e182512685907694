"""The figures of notebook 06."""

from style import BLUE, GREY, INK, ORANGE, PALE_BLUE, PALE_GREY, PALE_ORANGE, arrow, box, card, text

SHADES = (PALE_BLUE, PALE_ORANGE, PALE_GREY, "#e2f2e4")


def split_heads_picture() -> str:
    parts = [text(112, 30, "(T, C)", 16, INK, "bold"), text(408, 30, "(T, H, D)", 16, INK, "bold"), text(770, 30, "(H, T, D)", 16, INK, "bold")]
    for t in range(3):
        for h in range(4):
            for d in range(2):
                number = 8 * t + 2 * h + d
                for x in (12 + 25 * (2 * h + d), 290 + 62 * h + 25 * d, 646 + 66 * h + 25 * d):
                    parts.append(box(x, 50 + 34 * t, 25, 30, str(number), SHADES[h], 12))
    parts += [arrow("M220,102 H280"), text(250, 90, "view", 13, GREY), arrow("M540,102 H632"), text(586, 90, "transpose", 13, GREY)]
    parts += [f'<rect x="{643 + 66 * h}" y="46" width="56" height="106" rx="8" fill="none" stroke="{INK}"/>' + text(671 + 66 * h, 172, f"head {h}", 12, GREY) for h in range(4)]
    parts += [f'<rect x="286" y="{47 + 34 * t}" width="245" height="36" rx="8" fill="none" stroke="{INK}"/>' for t in range(3)]
    return card(920, 190, "Three tokens of eight numbers: view cuts each row into four heads of two, transpose gathers each head's three rows", *parts)


def many_looks() -> str:
    words = ["the", "seal", "can", "swim", "?"]
    xs = [80 + 110 * i for i in range(5)]
    parts = [box(x - 42, 96, 84, 36, word, PALE_BLUE, 17) for x, word in zip(xs, words)]
    for color, targets, name, y in ((BLUE, (3,), "one head: the word before", 40), (GREY, (1,), "another: who is meant", 176)):
        for i in targets:
            above = y < 96
            parts.append(arrow(f"M{xs[4]},{94 if above else 134} C{xs[4]},{y if above else 190} {xs[i]},{y if above else 190} {xs[i]},{92 if above else 136}", color))
        parts.append(text(300, 34 if y < 96 else 208, name, 15, color))
    return card(620, 226, "The question mark looks in two ways at once: one head at the word before it, another at the seal", *parts)


FIGURES = {"split_heads_picture": split_heads_picture, "many_looks": many_looks}
