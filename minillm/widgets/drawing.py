"""One head's map as an SVG file: the same colours as on the page, and all words that explain it."""

from collections.abc import Sequence
from xml.etree import ElementTree

from torch import Tensor

from ..plots import shade

INK, SOFT, LINE = "#1b1f24", "#4d5560", "#b4bac2"
LEFT, TOP, LEGEND = 120, 150, 70  # room for the names of rows and columns, and for the legend


def svg(
    weights: Tensor,
    tokens: Sequence[str],
    text: str,
    layer: int,
    head: int,
    off: Sequence[tuple[int, int]] = (),
) -> str:
    """Rows take from columns, weights (T, T); what may not be looked at is hatched."""
    T = len(tokens)
    cell = max(4, min(22, 720 // T))
    size = cell * T
    width, height = LEFT + max(240, size) + 30, TOP + size + LEGEND
    picture = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(width),
            "height": str(height),
            "viewBox": f"{-LEFT} {-TOP} {width} {height}",
            "role": "img",
            "font-family": "system-ui, sans-serif",
            "font-size": str(max(9, min(13, cell))),
        },
    )

    def add(tag: str, to: ElementTree.Element = picture, **attributes: object) -> None:
        written = attributes.pop("text", None)
        named = {name.replace("_", "-"): str(value) for name, value in attributes.items()}
        ElementTree.SubElement(to, tag, named).text = None if written is None else str(written)

    title = f"Layer {layer}, head {head}" + ", switched off" * ((layer, head) in off)
    add("title", text=f"{title} of “{_shown(text, 200)}”: each row takes from the columns")
    hatch = ElementTree.SubElement(
        picture,
        "pattern",
        id="forbidden",
        width="6",
        height="6",
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    add("path", hatch, d="M0 0V6", stroke=LINE, stroke_width=1.5)
    add("rect", x=-LEFT, y=-TOP, width=width, height=height, fill="#ffffff")
    add("text", x=8 - LEFT, y=22 - TOP, font_size=16, fill=INK, text=title)
    add("text", x=8 - LEFT, y=42 - TOP, font_size=13, fill=SOFT, text=_shown(text, 90))
    if off:
        names = ", ".join(f"{i}.{j}" for i, j in off)
        add("text", x=8 - LEFT, y=60 - TOP, font_size=13, fill=SOFT, text=f"heads off: {names}")
    add("text", x=8, y=80 - TOP, font_size=13, fill=SOFT, text="takes from →")
    add("path", d=f"M0 0H{size}V{size}Z", fill="url(#forbidden)")
    for t, token in enumerate(tokens):
        middle = round((t + 0.72) * cell, 1)
        name = _shown(token, 12) if cell >= 9 else str(t) if t % 20 == 0 else ""
        if name:
            add("text", x=-6, y=middle, text_anchor="end", fill=INK, text=name)
            add("text", transform=f"translate({middle} -6) rotate(-60)", fill=INK, text=name)
        for s in range(t + 1):
            fill = _rgb(weights[t, s].item())
            add("rect", x=s * cell, y=t * cell, width=cell, height=cell, fill=fill)
    below = size + 24
    for x in range(0, 140, 2):
        add("rect", x=x, y=below, width=2.5, height=12, fill=_rgb((x / 138) ** 2))
    for value in (0, 0.1, 0.25, 0.5, 1):
        x, y = round(138 * value**0.5), below + 26
        add("text", x=x, y=y, text_anchor="middle", font_size=9, fill=SOFT, text=f"{value:g}")
    add("rect", x=165, y=below, width=20, height=12, fill="url(#forbidden)", stroke=LINE)
    add("text", x=191, y=below + 11, font_size=12, fill=SOFT, text="forbidden")
    return ElementTree.tostring(picture, encoding="unicode") + "\n"


def _rgb(weight: float) -> str:
    return "rgb({},{},{})".format(*shade(weight))


def _shown(text: str, most: int) -> str:
    """A text on one line, and without the controls that XML forbids."""
    line = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text.replace("\n", " ↵ "))
    return line if len(line) <= most else line[: most - 1] + "…"
