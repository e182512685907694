"""What the drawn figures share: colours, boxes, arrows, and the card that they stand on.

The card is light, so that a figure reads the same on a light and on a dark page.
"""

from html import escape

# The contrast of each on the card is at least 4.5:1.
INK, GREY, BLUE, ORANGE = "#1b1f24", "#57606a", "#0b5cad", "#a34100"
CARD, PALE_BLUE, PALE_ORANGE, PALE_GREY = "#fdfdfb", "#dcebfa", "#fde8d7", "#eceff2"
FONT = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


def card(width: int, height: int, title: str, *parts: str) -> str:
    """A complete figure: `parts` on a light card, with `title` for screen readers."""
    size = f'width="{width}" height="{height}"'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size} '
        f'role="img" font-family="{FONT}">'
    )
    tips = [
        f'<defs><marker id="tip{color[1:]}" viewBox="0 0 8 8" refX="7" refY="4" '
        f'markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0,0 L8,4 L0,8 z" fill="{color}"/></marker></defs>'
        for color in (GREY, BLUE)
    ]
    heading = f"<title>{escape(title)}</title>"
    background = f'<rect {size} rx="14" fill="{CARD}"/>'
    return "\n".join([svg, heading, *tips, background, *parts, "</svg>\n"])


def text(
    x: float, y: float, words: str, size: int = 16, color: str = INK, weight: str = "normal"
) -> str:
    """Words centred on `x`."""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{color}" font-weight="{weight}" '
        f'text-anchor="middle">{escape(words)}</text>'
    )


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    words: str,
    fill: str = PALE_BLUE,
    size: int = 18,
) -> str:
    """A rounded box with words in its middle."""
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8" fill="{fill}" '
        f'stroke="{GREY}"/>\n' + text(x + width / 2, y + height / 2 + size * 0.36, words, size)
    )


def arrow(path: str, color: str = GREY) -> str:
    """An arrow along an SVG path, GREY or BLUE."""
    return (
        f'<path d="{path}" fill="none" stroke="{color}" stroke-width="2" '
        f'marker-end="url(#tip{color[1:]})"/>'
    )


def penguin(x: float, y: float) -> str:
    """QdogBaby, standing on (x, y)."""
    return (
        f'<g transform="translate({x} {y})">'
        f'<path d="M-10,0 h-14 q2,-8 12,-8 z M10,0 h14 q-2,-8 -12,-8 z" fill="{ORANGE}"/>'
        '<path d="M-25,-40 q-22,14 -14,32 q10,-6 16,-16 z M25,-40 q22,14 14,32 q-10,-6 -16,-16 z" '
        f'fill="{INK}"/>'
        f'<ellipse cx="0" cy="-42" rx="28" ry="40" fill="{INK}"/>'
        '<ellipse cx="0" cy="-31" rx="19" ry="27" fill="#ffffff"/>'
        '<circle cx="-9" cy="-64" r="6" fill="#ffffff"/>'
        '<circle cx="9" cy="-64" r="6" fill="#ffffff"/>'
        f'<circle cx="-8" cy="-63" r="2.5" fill="{INK}"/>'
        f'<circle cx="8" cy="-63" r="2.5" fill="{INK}"/>'
        '<path d="M-7,-56 h14 l-7,8 z" fill="#f0a020"/></g>'
    )
