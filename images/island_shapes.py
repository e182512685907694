"""Colours, shapes and curves of the island's map, and what stands in several of its pictures."""

from collections.abc import Sequence

PEN, LIGHT, DARK = "#4b4038", "#fff7e3", "#6b4a34"
RED, ROSE, BLUE, SKY = "#cf5f4b", "#eeb0a0", "#3f7fb5", "#a9d3ea"
GREEN, LEAF, GOLD, WOOD, STONE = "#7fa862", "#a8c987", "#f0c35a", "#c99a66", "#cfcac0"

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


def path(d: str, fill: str = "none") -> str:
    return f'<path d="{d}" fill="{fill}"/>'


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>'


def oval(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}"/>'


def dot(x: float, y: float, r: float, fill: str) -> str:
    return oval(x, y, r, r, fill)


def at(x: float, y: float, drawing: str, scale: float = 1) -> str:
    return f'<g transform="translate({x} {y}) scale({scale})">{drawing}</g>'


# --- what stands in several pictures --------------------------------------------------------------


def house(wall: str, roof: str, half: int = 19, height: int = 22, peak: int = 17) -> str:
    top = 22 - height
    return (
        rect(-half, top, 2 * half, height, wall)
        + path(f"M{-half - 5},{top} L0,{top - peak} L{half + 5},{top} z", roof)
        + rect(-4, 9, 8, 13, DARK)
    )


def windows(y: float, *xs: float) -> str:
    return "".join(rect(x - 3, y, 6, 6, GOLD) for x in xs)


def columns(top: str) -> str:
    """A house with columns, as a library or a museum has it."""
    return (
        rect(-25, 0, 50, 22, LIGHT)
        + path("M-30,0 L0,-20 L30,0 z", top)
        + "".join(rect(x - 2.5, 0, 5, 22, "#ffffff") for x in (-20, -8, 8, 20))
        + rect(-30, 20, 60, 4, STONE)
    )


def round_tree(crown: str = GREEN, fruit: str = "") -> str:
    apples = "".join(dot(x, y, 2.4, fruit) for x, y in ((-6, -6), (5, -9), (2, 0))) if fruit else ""
    return rect(-2, 6, 4, 16, WOOD) + dot(0, -3, 13, crown) + apples


def fir() -> str:
    return rect(-2, 14, 4, 8, WOOD) + path("M-12,15 L0,-6 L12,15 z M-9,2 L0,-18 L9,2 z", GREEN)


def flower(color: str) -> str:
    return path("M0,0 v10") + dot(0, -2, 3.6, color) + dot(0, -2, 1, GOLD)


def smoke(x: float, y: float) -> str:
    return path(f"M{x},{y} q5,-4 0,-8 q-5,-4 1,-8")


# --- lines and patches ----------------------------------------------------------------------------


def smooth(points: Sequence[Point], closed: bool = False) -> str:
    """A Catmull-Rom curve through the points, as the data of an SVG path."""
    n = len(points)

    def point(i: int) -> Point:
        return points[i % n] if closed else points[min(max(i, 0), n - 1)]

    d = f"M{points[0][0]:.1f},{points[0][1]:.1f}"
    for i in range(n if closed else n - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (point(i + k) for k in (-1, 0, 1, 2))
        ends = (x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6)
        d += " C" + " ".join(f"{value:.1f}" for value in (*ends, x2, y2))
    return d


def line(d: str, color: str, width: float, more: str = "") -> str:
    pen = f'stroke="{color}" stroke-width="{width}" stroke-linecap="butt"'
    return f'<path d="{d}" fill="none" {pen} {more}/>'


def is_inside(x: float, y: float, polygon: Sequence[Point]) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0])):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def blob(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    """A patch of ground with a soft uneven edge."""
    d = 0.75  # of the radius: a diagonal that makes the ellipse a little square
    corners = ((1, 0), (d, d), (0, 1), (-d, d), (-1, 0), (-d, -d), (0, -1), (d, -d))
    radii = (1, 0.9, 1.02, 0.94, 1, 0.88, 1.03, 0.93)
    points = [(x + rx * r * dx, y + ry * r * dy) for r, (dx, dy) in zip(radii, corners)]
    return path(smooth(points, closed=True), fill)


def waves(points: Sequence[Point]) -> str:
    d = "".join(f"M{x:.0f},{y:.0f} q6,-7 12,0 q6,-7 12,0 " for x, y in points)
    return line(d, "#6fa3c0", 1.6)


# --- boxes ----------------------------------------------------------------------------------------


def touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def along(line_: Sequence[Point], half: float) -> list[Box]:
    """Boxes around a line, so that nothing is put on it."""
    found = []
    for (x1, y1), (x2, y2) in zip(line_, line_[1:]):
        for k in range(8):
            x, y = x1 + (x2 - x1) * k / 8, y1 + (y2 - y1) * k / 8
            found.append((x - half, y - half, x + half, y + half))
    return found
