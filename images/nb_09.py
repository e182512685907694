"""The figures of notebook 09."""

from style import BLUE, GREY, INK, PALE_BLUE, PALE_GREY, PALE_ORANGE, arrow, box, card, text


def whole_model() -> str:
    steps = (
        ("ids", "(B, T)", PALE_GREY),
        ("token + position", "(B, T, C)", PALE_BLUE),
        ("block × L", "(B, T, C)", PALE_ORANGE),
        ("LayerNorm", "(B, T, C)", PALE_GREY),
        ("head", "(B, T, V)", PALE_BLUE),
    )
    parts = []
    for i, (name, shape, fill) in enumerate(steps):
        x = 20 + 158 * i
        parts += [box(x, 40, 132, 52, name, fill, 15), text(x + 66, 118, shape, 14, GREY)]
        if i:
            parts.append(arrow(f"M{x - 24},66 H{x - 4}"))
    parts += [
        text(86, 150, "the text so far", 14, INK),
        text(718, 150, "a score for each token of the", 14, BLUE),
        text(718, 168, "vocabulary, at each position", 14, BLUE),
    ]
    title = (
        "The whole model: ids, token plus position vectors, L blocks, a last LayerNorm, "
        "and a head that scores the vocabulary"
    )
    return card(840, 186, title, *parts)


FIGURES = {"whole_model": whole_model}
