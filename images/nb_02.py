"""The figures of notebook 02."""

from style import GREY, INK, PALE_BLUE, PALE_GREY, PALE_ORANGE, box, card, penguin, text

import minillm
from minillm.tokenizer import WordTokenizer

SENTENCE = "Today is sunday."


def chips(
    x: float, y: float, tokens: list[str], unit: float, fill: str, gap: float = 5
) -> tuple[list[str], float]:
    """Tokens in a row, each as wide as it is long; a space shows as ␣. Also where the row ends."""
    parts = []
    for token in tokens:
        width = unit * max(len(token), 1) + 10
        parts.append(box(x, y, width, 36, token.replace(" ", "␣"), fill, 16))
        x += width + gap
    return parts, x


def three_cuts() -> str:
    """As the notebook cuts them: the subwords are those of the tokenizer that comes along."""
    _, tokenizer = minillm.load()
    subwords = [tokenizer.decode([i]) for i in tokenizer.encode(SENTENCE)]
    rows = [
        ("characters", list(SENTENCE), PALE_BLUE),
        ("words", WordTokenizer(SENTENCE).split(SENTENCE), PALE_ORANGE),
        ("subwords", subwords, PALE_GREY),
    ]
    parts = [text(380, 34, SENTENCE, 20, INK, "bold")]
    for i, (name, tokens, fill) in enumerate(rows):
        y = 58 + 62 * i
        row, _ = chips(126, y, tokens, 11 if name != "characters" else 17, fill)
        parts += [
            text(62, y + 24, name, 15, GREY),
            text(712, y + 24, f"{len(tokens)} tokens", 14, GREY),
            *row,
        ]
    sizes = [f"{len(tokens)} {name}" for name, tokens, _ in rows]
    return card(
        760,
        250,
        f"{SENTENCE} cut into {sizes[0]}, into {sizes[1]}, and into {sizes[2]}",
        *parts,
    )


def bytes_of() -> str:
    parts = []
    x = 24
    for sign in ("A", "é", "鹅", "🐧"):
        data = sign.encode("utf-8")
        width = 46 * len(data) + 4 * (len(data) - 1)
        parts.append(box(x, 26, width, 48, sign.replace("🐧", ""), PALE_BLUE, 24))
        if sign == "🐧":  # drawn: few fonts have it
            parts.append(
                f'<g transform="translate({x + width / 2} 71) scale(0.5)">{penguin(0, 0)}</g>'
            )
        for i, byte in enumerate(data):
            parts.append(box(x + 50 * i, 92, 46, 38, str(byte), PALE_GREY, 16))
        parts.append(
            text(x + width / 2, 156, f"{len(data)} byte" + "s" * (len(data) > 1), 14, GREY)
        )
        x += width + 44
    return card(660, 176, "UTF-8: A is one byte, é two, 鹅 three, the penguin emoji four", *parts)


FIGURES = {"three_cuts": three_cuts, "bytes_of": bytes_of}
