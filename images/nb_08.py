"""The figures of notebook 08."""

from style import BLUE, GREY, INK, PALE_BLUE, PALE_GREY, PALE_ORANGE, arrow, box, card, text


def block_stream() -> str:
    caption = "the residual stream: what is known so far, added to and never overwritten"
    parts = [
        arrow("M40,120 H716", BLUE),
        text(60, 104, "x", 17, INK, "bold"),
        text(700, 104, "x", 17, INK, "bold"),
        text(378, 24, caption, 15, BLUE),
    ]
    branches = (
        (110, "attention", "looks around", PALE_BLUE),
        (420, "feed-forward", "thinks alone", PALE_ORANGE),
    )
    for x, name, what, fill in branches:
        parts += [
            arrow(f"M{x},120 C{x},196 {x + 4},206 {x + 20},206"),
            box(x + 24, 188, 82, 38, "LayerNorm", PALE_GREY, 14),
            arrow(f"M{x + 108},206 H{x + 124}"),
            box(x + 128, 184, 112, 46, name, fill, 16),
            text(x + 184, 252, what, 14, GREY),
            arrow(f"M{x + 242},206 C{x + 262},206 {x + 262},160 {x + 262},136"),
            f'<circle cx="{x + 262}" cy="120" r="13" fill="{PALE_GREY}" stroke="{GREY}"/>',
            text(x + 262, 127, "+", 20),
        ]
    title = (
        "A transformer block: the residual stream runs straight through; "
        "attention and feed-forward read a normalised copy and add what they found"
    )
    return card(760, 272, title, *parts)


def two_jobs() -> str:
    words = ["the", "seal", "can", "swim"]
    parts = [
        text(170, 28, "attention: between tokens", 15, INK, "bold"),
        text(520, 28, "feed-forward: within each", 15, INK, "bold"),
    ]
    for i, word in enumerate(words):
        for left, fill in ((20, PALE_BLUE), (370, PALE_ORANGE)):
            x = left + 78 * i
            parts += [box(x, 46, 70, 34, word, fill, 15), box(x, 166, 70, 34, "", fill, 15)]
        parts += [arrow(f"M{55 + 78 * j},82 L{55 + 78 * i},162") for j in range(i + 1)]
        parts.append(arrow(f"M{405 + 78 * i},82 V162"))
    title = (
        "Attention carries from every earlier token to each; "
        "the feed-forward part works on each token by itself"
    )
    return card(700, 220, title, *parts)


FIGURES = {"block_stream": block_stream, "two_jobs": two_jobs}
