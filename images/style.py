"""What the drawn figures share: a light card that reads the same on a light and on a dark page, colours, boxes, arrows."""

from html import escape

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
