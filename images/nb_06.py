"""The figures of notebook 06."""

from style import BLUE, GREY, INK, ORANGE, PALE_BLUE, PALE_GREY, PALE_ORANGE, arrow, box, card, text


def query_key_value() -> str:
    words, weights = ["the", "seal", "can", "swim", "?"], (4, 52, 9, 30, 5)
    parts = [text(330, 30, "what the last word asks of every word so far", 16, INK, "bold")]
    for i, (word, weight) in enumerate(zip(words, weights)):
        x = 90 + 120 * i
        parts += [
            box(x - 44, 54, 88, 34, word, PALE_BLUE, 17),
            text(x, 112, "key", 13, GREY),
            f'<rect x="{x - 16}" y="{190 - weight}" width="32" height="{weight}" fill="{BLUE}"/>',
            text(x, 210, f"{weight}%", 14, BLUE),
            box(x - 44, 222, 88, 34, "value", PALE_GREY, 15),
            arrow(f"M{x},260 C{x},292 330,282 330,306"),
        ]
    parts += [
        text(700, 76, "query of ?", 15, ORANGE, "bold"),
        text(700, 112, "query · key", 13, GREY),
        text(700, 178, "softmax", 13, GREY),
        text(700, 244, "what it hands on", 13, GREY),
        box(250, 310, 160, 36, "weighted mean", PALE_ORANGE, 16),
    ]
    return card(
        780,
        362,
        "Attention: the query of the last word is compared with every key, "
        "the weights sum to one, and the values are mixed by them",
        *parts,
    )


def masked_square() -> str:
    words = ["the", "seal", "can", "swim", "?"]
    parts = []
    for row, word in enumerate(words):
        parts += [text(70, 93 + 40 * row, word, 15), text(150 + 40 * row, 52, word, 13)]
        for column in range(5):
            x, y = 130 + 40 * column, 68 + 40 * row
            sign, fill, color = ("✓", PALE_BLUE, BLUE) if column <= row else ("−∞", PALE_GREY, GREY)
            parts.append(
                f'<rect x="{x}" y="{y}" width="38" height="38" rx="5" fill="{fill}" '
                f'stroke="{GREY}"/>' + text(x + 19, y + 25, sign, 15, color)
            )
    parts += [
        text(70, 52, "who looks", 13, GREY),
        text(230, 24, "at whom", 13, GREY),
        text(480, 150, "each word sees itself", 15),
        text(480, 174, "and what stands before it;", 15),
        text(480, 198, "what is to come", 15, ORANGE),
        text(480, 222, "is out of the question", 15, ORANGE),
    ]
    return card(
        620,
        290,
        "The causal mask: each word may look at itself and at earlier words, "
        "and later words get minus infinity",
        *parts,
    )


def shapes_of_attention() -> str:
    """The two products as rectangles, T = 5 and D = 4, 16 units to a number."""
    tall, wide, square = (64, 80), (80, 64), (80, 80)
    line = [
        (30, tall, "q", "(T, D)", PALE_BLUE, "·"),
        (132, wide, "kᵀ", "(D, T)", PALE_BLUE, "→"),
        (264, square, "weights", "(T, T)", PALE_ORANGE, "·"),
        (382, tall, "v", "(T, D)", PALE_GREY, "="),
        (484, tall, "out", "(T, D)", PALE_GREY, ""),
    ]
    parts = []
    for x, (width, height), name, shape, fill, sign in line:
        y = 92 - height / 2
        parts += [
            (
                f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" '
                f'stroke="{GREY}"/>'
            ),
            text(x + width / 2, 98, name, 17),
            text(x + width / 2, 156, shape, 14, GREY),
            text(x + width + 19, 98, sign, 22),
        ]
    parts += [
        text(238, 34, "÷ √D, softmax", 14, ORANGE),
        text(300, 186, "the inner sizes are equal, and they disappear", 15, INK),
    ]
    return card(
        590,
        206,
        "q of shape T by D times k transposed, D by T, gives weights of T by T; times v, "
        "T by D, they give the output, T by D",
        *parts,
    )


FIGURES = {
    "query_key_value": query_key_value,
    "shapes_of_attention": shapes_of_attention,
    "masked_square": masked_square,
}
