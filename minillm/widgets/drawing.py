"""One head's map as an SVG file: the same colours as on the page, and all words that explain it."""

import html
from collections.abc import Sequence

from torch import Tensor

from ..plots import shade

INK, SOFT, CHOSEN = 'fill="#1b1f24"', 'fill="#4d5560"', "#b34700"
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
    size = max(240, cell * T)
    width, height = LEFT + size + 30, TOP + cell * T + LEGEND
    name = f"Layer {layer}, head {head}"
    without = "".join(f" {i}.{j}" for i, j in off)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{-LEFT} {-TOP} {width} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="{max(9, min(13, cell))}">',
        f"<title>{name} of “{html.escape(_name(text, 200))}”: each row takes from the columns</title>",
        '<defs><pattern id="forbidden" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/>'
        '<path d="M0 0V6" stroke="#b4bac2" stroke-width="1.5"/></pattern></defs>',
        f'<rect x="{-LEFT}" y="{-TOP}" width="{width}" height="{height}" fill="#ffffff"/>',
        _words(-LEFT + 8, -TOP + 22, f"{name}{', switched off' * ((layer, head) in off)}", 16, INK),
        _words(-LEFT + 8, -TOP + 42, _name(text, 90), 13, SOFT),
        _words(-LEFT + 8, -TOP + 60, f"heads off:{without}" if off else "", 13, SOFT),
        _words(8, -TOP + 78, "takes from →", 13, SOFT),
        f'<path d="M0 0H{cell * T}V{cell * T}Z" fill="url(#forbidden)"/>',
    ]
    for t, token in enumerate(tokens):
        middle = f"{t * cell + cell * 0.72:.1f}"
        if cell >= 9:
            label = html.escape(_name(token, 12))
            parts += [
                f'<text x="-6" y="{middle}" text-anchor="end" {INK}>{label}</text>',
                f'<text transform="translate({middle} -6) rotate(-60)" {INK}>{label}</text>',
            ]
        elif t % 20 == 0:
            parts += [
                f'<text x="-6" y="{middle}" text-anchor="end" {SOFT}>{t}</text>',
                f'<text x="{middle}" y="-6" {SOFT}>{t}</text>',
            ]
        for s in range(t + 1):
            fill = "rgb({},{},{})".format(*shade(weights[t, s].item()))
            parts.append(
                f'<rect x="{s * cell}" y="{t * cell}" width="{cell}" height="{cell}" '
                f'fill="{fill}"/>'
            )
    at = cell * T + 24
    for x in range(100):
        fill = "rgb({},{},{})".format(*shade((x / 99) ** 2))
        parts.append(f'<rect x="{x}" y="{at}" width="1.5" height="12" fill="{fill}"/>')
    parts += [
        *(_words(x - 4, at + 26, value, 11, SOFT) for x, value in ((0, "0"), (46, "0.25"), (98, "1"))),
        f'<rect x="130" y="{at}" width="20" height="12" fill="url(#forbidden)" stroke="#b4bac2"/>',
        _words(156, at + 11, "forbidden", 12, SOFT),
        "</svg>\n",
    ]
    return "\n".join(part for part in parts if part)


def _name(text: str, most: int) -> str:
    """A text that an XML file may hold, on one line."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text.replace("\n", " ↵ "))
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def _words(x: float, y: float, words: str, size: int, ink: str) -> str:
    if not words:
        return ""
    return f'<text x="{x}" y="{y}" font-size="{size}" {ink}>{html.escape(words)}</text>'
