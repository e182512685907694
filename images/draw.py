"""Draws the figures of the notebooks: `python images/draw.py` writes each as images/NAME.svg.

Every figure lies on a light card of its own, so it reads the same on a light and on a dark page. To add one, write a
function that returns SVG and name it in FIGURES; what it shows in words goes beside it in the notebook, as alt text.
"""

from html import escape
from pathlib import Path

INK, GREY, BLUE, ORANGE = "#1b1f24", "#57606a", "#0b5cad", "#a34100"  # each at least 4.5:1 on the card
CARD, PALE_BLUE, PALE_ORANGE, PALE_GREY = "#fdfdfb", "#dcebfa", "#fde8d7", "#eceff2"
FONT = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


def card(width: int, height: int, title: str, *parts: str) -> str:
    """A whole figure: `parts` on a light card, with `title` for those who hear it."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="{FONT}">',
        f"<title>{escape(title)}</title>",
        *(f'<defs><marker id="tip{color[1:]}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
          f'orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="{color}"/></marker></defs>' for color in (GREY, BLUE)),
        f'<rect width="{width}" height="{height}" rx="14" fill="{CARD}"/>',
        *parts,
        "</svg>\n",
    ])


def text(x: float, y: float, words: str, size: int = 16, color: str = INK, weight: str = "normal") -> str:
    """Words centred on `x`."""
    return (f'<text x="{x}" y="{y}" font-size="{size}" fill="{color}" font-weight="{weight}" '
            f'text-anchor="middle">{escape(words)}</text>')


def box(x: float, y: float, width: float, height: float, words: str, fill: str = PALE_BLUE, size: int = 18) -> str:
    """A rounded box with words in its middle."""
    return (f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8" fill="{fill}" stroke="{GREY}"/>\n'
            + text(x + width / 2, y + height / 2 + size * 0.36, words, size))


def arrow(path: str, color: str = GREY) -> str:
    """An arrow along an SVG path, GREY or BLUE."""
    return f'<path d="{path}" fill="none" stroke="{color}" stroke-width="2" marker-end="url(#tip{color[1:]})"/>'


def penguin(x: float, y: float) -> str:
    """QdogBaby, standing on (x, y)."""
    return (f'<g transform="translate({x} {y})">'
            f'<path d="M-10,0 h-14 q2,-8 12,-8 z M10,0 h14 q-2,-8 -12,-8 z" fill="{ORANGE}"/>'
            f'<path d="M-25,-40 q-22,14 -14,32 q10,-6 16,-16 z M25,-40 q22,14 14,32 q-10,-6 -16,-16 z" fill="{INK}"/>'
            f'<ellipse cx="0" cy="-42" rx="28" ry="40" fill="{INK}"/>'
            '<ellipse cx="0" cy="-31" rx="19" ry="27" fill="#ffffff"/>'
            '<circle cx="-9" cy="-64" r="6" fill="#ffffff"/><circle cx="9" cy="-64" r="6" fill="#ffffff"/>'
            f'<circle cx="-8" cy="-63" r="2.5" fill="{INK}"/><circle cx="8" cy="-63" r="2.5" fill="{INK}"/>'
            '<path d="M-7,-56 h14 l-7,8 z" fill="#f0a020"/></g>')


def rule() -> str:
    return card(
        640, 170, "The rule: what ends in 吗 and a question mark goes in, and comes out with an exclamation mark",
        box(24, 52, 170, 54, "会说话吗?"), text(109, 134, "can you talk?", 14, GREY),
        arrow("M200,79 H262"),
        penguin(320, 118), text(320, 26, "吗?  →  !", 20, ORANGE, "bold"), text(320, 146, "QdogBaby", 14, GREY),
        arrow("M378,79 H440"),
        box(446, 52, 170, 54, "会说话!", PALE_ORANGE), text(531, 134, "I can talk!", 14, GREY),
    )


def memory() -> str:
    words = ["can", "the", "seal", "swim", "?"]
    middles = [70 + 100 * i for i in range(len(words))]
    parts = []
    for top, label, seen in ((64, "a bigram model sees one word", 1), (214, "attention sees them all", len(words))):
        first = len(words) - seen
        parts.append(text(310, top - 36, label, 16, INK, "bold"))
        for i, (x, word) in enumerate(zip(middles, words)):
            parts.append(box(x - 38, top + 30, 76, 40, word, PALE_BLUE if i >= first else PALE_GREY))
            if i >= first:
                peak = top - 32 + 5 * i
                parts.append(arrow(f"M{x},{top + 26} C{x},{peak} 562,{peak} 562,{top + 26}", BLUE))
        parts.append(box(524, top + 30, 76, 40, "…", PALE_ORANGE))
    return card(640, 304, "What each model may look at when it guesses the next word: one word, or every word so far",
                *parts)


FIGURES = {"rule": rule, "memory": memory}


def main() -> None:
    for name, draw in FIGURES.items():
        (Path(__file__).parent / f"{name}.svg").write_text(draw(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
