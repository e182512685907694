"""The figures of notebook 10."""

from style import GREY, INK, PALE_BLUE, PALE_ORANGE, arrow, box, card, text


def shift_by_one() -> str:
    words = ["the", "seal", "can", "swim", "!"]
    parts = [text(62, 62, "inputs", 15, GREY), text(62, 182, "targets", 15, GREY)]
    for i in range(4):
        x = 130 + 122 * i
        parts += [
            box(x, 38, 104, 38, words[i], PALE_BLUE, 17),
            arrow(f"M{x + 52},78 V152"),
            box(x, 158, 104, 38, words[i + 1], PALE_ORANGE, 17),
        ]
    parts.append(text(370, 228, "four guesses, each from what stands at it and before it", 15, INK))
    title = (
        "The targets are the inputs shifted by one: at each word the model has to guess the next"
    )
    return card(640, 246, title, *parts)


FIGURES = {"shift_by_one": shift_by_one}
