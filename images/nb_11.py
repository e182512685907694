"""The figures of notebook 11."""

from style import INK, ORANGE, PALE_GREY, PALE_ORANGE, box, card, text


def kv_cache() -> str:
    words = ["the", "seal", "can", "swim"]
    parts = [
        text(170, 34, "without a cache", 17, INK, "bold"),
        text(510, 34, "with a cache", 17, INK, "bold"),
    ]
    for i in range(4):
        y = 54 + 46 * i
        for j in range(i + 1):
            fill = PALE_ORANGE if i == j else PALE_GREY
            parts.append(box(34 + 70 * j, y, 64, 34, words[j], PALE_ORANGE, 15))
            parts.append(box(374 + 70 * j, y, 64, 34, words[j], fill, 15))
    parts += [
        text(170, 262, "10 positions read", 16, ORANGE),
        text(510, 262, "4 positions read, 6 kept", 16, ORANGE),
    ]
    title = (
        "Without a cache the whole text is read for each new token; with one only the new token is"
    )
    return card(680, 282, title, *parts)


FIGURES = {"kv_cache": kv_cache}
