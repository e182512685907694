"""The figures of notebook 01."""

from style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    arrow,
    box,
    card,
    penguin,
    text,
)


def rule() -> str:
    return card(
        640,
        170,
        "The rule: what ends in 吗 and a question mark goes in, "
        "and comes out with an exclamation mark",
        box(24, 52, 170, 54, "会说话吗?"),
        text(109, 134, "can you talk?", 14, GREY),
        arrow("M200,79 H262"),
        penguin(320, 118),
        text(320, 26, "吗?  →  !", 20, ORANGE, "bold"),
        text(320, 146, "QdogBaby", 14, GREY),
        arrow("M378,79 H440"),
        box(446, 52, 170, 54, "会说话!", PALE_ORANGE),
        text(531, 134, "I can talk!", 14, GREY),
    )


def memory() -> str:
    words = ["can", "the", "seal", "swim", "?"]
    middles = [70 + 100 * i for i in range(len(words))]
    parts = []
    for top, label, seen in (
        (64, "a bigram model sees one word", 1),
        (214, "attention sees them all", len(words)),
    ):
        first = len(words) - seen
        parts.append(text(310, top - 36, label, 16, INK, "bold"))
        for i, (x, word) in enumerate(zip(middles, words)):
            parts.append(
                box(x - 38, top + 30, 76, 40, word, PALE_BLUE if i >= first else PALE_GREY)
            )
            if i >= first:
                peak = top - 32 + 5 * i
                parts.append(arrow(f"M{x},{top + 26} C{x},{peak} 562,{peak} 562,{top + 26}", BLUE))
        parts.append(box(524, top + 30, 76, 40, "…", PALE_ORANGE))
    return card(
        640,
        304,
        "What each model may look at when it guesses the next word: one word, or every word so far",
        *parts,
    )


FIGURES = {"rule": rule, "memory": memory}
