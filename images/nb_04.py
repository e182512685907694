"""The figure of notebook 04."""

from style import BLUE, GREY, INK, PALE_BLUE, PALE_GREY, PALE_ORANGE, arrow, box, card, text


def learning_loop() -> str:
    """Forwards from a word to the loss, and back with the slopes."""
    stations = [
        (24, 84, "penguin", PALE_GREY),
        (160, 150, "its row of logits", PALE_ORANGE),
        (408, 128, "P(next word)", PALE_BLUE),
        (634, 102, "loss", PALE_BLUE),
    ]
    parts = [box(x, 40, width, 44, words, fill, 17) for x, width, words, fill in stations]
    for (x, width, *_), (end, *_), words in zip(
        stations, stations[1:], ("", "softmax", "mean −ln")
    ):
        parts += [
            arrow(f"M{x + width + 4},62 H{end - 3}"),
            text((x + width + end) / 2, 52, words, 14, GREY),
        ]
    parts += [
        arrow("M685,88 V128 H235 V88", BLUE),
        text(460, 120, "slopes, one for each number", 15, BLUE),
        text(460, 152, "change each number a little, against its slope; repeat", 15, INK),
    ]
    return card(
        760,
        172,
        "A word picks its row of logits, softmax makes probabilities, the mean of −ln P is the "
        "loss, and its slopes go back and change the row",
        *parts,
    )


FIGURES = {"learning_loop": learning_loop}
