"""The figures of notebook 05."""

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


FIGURES = {"query_key_value": query_key_value, "masked_square": masked_square}
