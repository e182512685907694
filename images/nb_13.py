"""The figures of notebook 13."""

from style import BLUE, GREY, PALE_BLUE, PALE_GREY, PALE_ORANGE, arrow, box, card, text


def three_models() -> str:
    stages = [
        ("untrained", "random numbers", PALE_GREY),
        ("pretrained", "has read 24 MB of text", PALE_BLUE),
        ("fine-tuned", "has seen conversations", PALE_ORANGE),
    ]
    parts = []
    for i, (name, note, color) in enumerate(stages):
        x = 24 + 236 * i
        parts += [box(x, 40, 168, 56, name, color, 19), text(x + 84, 122, note, 14, GREY)]
        if i:
            parts.append(arrow(f"M{x - 62},68 H{x - 6}", BLUE))
    title = "One model at three times of its life: untrained, pretrained, fine-tuned"
    return card(690, 146, title, *parts)


FIGURES = {"three_models": three_models}
