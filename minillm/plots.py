"""Figures from data: each function takes numbers and returns a matplotlib Figure.

One style throughout: a palette that colour-blind people can tell apart (Okabe and Ito's), light
backgrounds that stay legible on a dark page, no text that needs a Chinese font. And each figure
says in words what it shows: these are its text form in a stored notebook.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.text import Text
from torch import Tensor

BLUE, ORANGE, GREEN = "#0072b2", "#d55e00", "#009e73"
PURPLE, GREY, INK = "#aa5599", "#767676", "#222222"
# Of a map: pale, middle, dark. Lightness falls all the way, so it reads without colour, too.
RAMP = ((243, 247, 253), (107, 160, 208), (8, 40, 95))
COLORS, MARKERS = (BLUE, ORANGE, GREEN, PURPLE, GREY, INK), "os^Dvx"  # shapes differ, too


class Chart(Figure):
    """A figure whose text form is `words`: for those who can't see it, and for nbval to compare."""

    words = ""

    def draw(self, renderer: RendererBase) -> None:
        """Draw it legibly. (Labels of ticks are set anew meanwhile, so they come in `legible`.)"""
        for text in self.findobj(Text):
            text.set_text(legible(text.get_text()))
        super().draw(renderer)

    def __repr__(self) -> str:
        return f"Figure: {self.words}"

    def say(self, title: str, *parts: str) -> None:
        self.words = ". ".join(part for part in (title, *parts) if part)


def short(number: float) -> str:
    """Two digits of a number.

    >>> [short(x) for x in (1234, 0.1234, 0.00001234, -0.0)]
    ['1,200', '0.12', '1.2e-05', '0']
    """
    if 0 < abs(number) < 0.01:
        return f"{number:.1e}"
    return f"{float(f'{number:.2g}') + 0.0:,.12g}"  # -0.0 + 0.0 is 0.0


def shade(weight: float) -> tuple[int, int, int]:
    """The colour of a weight from 0 to 1, by its root: small weights differ visibly, too.

    >>> shade(0.0), shade(0.25), shade(1.0)
    ((243, 247, 253), (107, 160, 208), (8, 40, 95))
    """
    x = 2 * math.sqrt(min(1.0, max(0.0, weight)))
    low, high = RAMP[:2] if x < 1 else RAMP[1:]
    red, green, blue = (round(a + (b - a) * (x % 1 if x < 2 else 1)) for a, b in zip(low, high))
    return red, green, blue


def legible(text: str) -> str:
    """The text, with the code points of what matplotlib's own font has no shape for.

    >>> legible("a、b")
    'aU+3001b'
    """
    font = get_font(findfont("DejaVu Sans"))  # matplotlib brings it along
    has = font.get_char_index
    return "".join(c if has(ord(c)) or c == "\n" else f"U+{ord(c):04X}" for c in text)


def canvas(width: float = 7.2, height: float = 4.2) -> Chart:
    """An empty figure of that size in inches, on white, so that it stays legible on a dark page."""
    return Chart(figsize=(width, height), layout="constrained", facecolor="white")


def loss_curve(log: list[dict[str, Any]], baselines: dict[str, float], title: str = "") -> Chart:
    """Training and validation loss by step, and a line for each baseline; all in nats per token."""
    figure = canvas()
    axes = figure.subplots()
    steps = [line for line in log if "loss" in line]
    valid = [line for line in log if "valid_loss" in line]
    axes.plot(
        [s["step"] for s in steps],
        [s["loss"] for s in steps],
        color=BLUE,
        alpha=0.35,
        linewidth=0.8,
        label="training",
    )
    axes.plot(
        [v["step"] for v in valid],
        [v["valid_loss"] for v in valid],
        color=BLUE,
        marker="o",
        markersize=3,
        label="validation",
    )
    last = max([1] + [line["step"] for line in log])
    for name, loss in baselines.items():
        axes.axhline(loss, color=ORANGE, linewidth=0.9, linestyle=(0, (4, 3)))
        axes.annotate(
            f"{name} {loss:.2f}",
            (last, loss),
            xytext=(0, 2),
            textcoords="offset points",
            ha="right",
            fontsize=8,
            color=ORANGE,
        )
    axes.set(
        xlabel="step", ylabel="loss (nats per token)", title=title, xlim=(0, last), ylim=(0, None)
    )
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper center")
    beside = f"beside {', '.join(baselines)}" if baselines else ""
    figure.say(title, f"Loss of training and validation over {last} steps {beside}".strip())
    return figure


def bars(
    labels: list[str],
    groups: dict[str, list[float]],
    ylabel: str = "",
    title: str = "",
    digits: int = 0,
    varies: bool = False,
) -> Chart:
    """For each label one bar per group, side by side, with its value on top while there is room.

    With `varies` its words leave the values out: they change with the machine or the code.
    """
    figure = canvas()
    axes = figure.subplots()
    names = list(map(legible, labels))
    width = 0.8 / len(groups)
    few = len(labels) * len(groups) <= 24  # more would not be legible
    for i, (name, values) in enumerate(groups.items()):
        middles = [x + (i - (len(groups) - 1) / 2) * width for x in range(len(labels))]
        drawn = axes.bar(middles, values, width * 0.92, color=COLORS[i], label=name)
        if few:
            axes.bar_label(drawn, fmt=f"{{:,.{digits}f}}", fontsize=8, color=INK)
    crowded = len(names) * max(map(len, names), default=0) > 85  # side by side they would touch
    axes.set_xticks(range(len(names)), names)
    if crowded:
        for label in axes.get_xticklabels():
            label.set(rotation=40, ha="right", rotation_mode="anchor")
    axes.set(ylabel=ylabel, title=title)
    axes.spines[["top", "right"]].set_visible(False)
    if len(groups) > 1:
        axes.legend(frameon=False)
    said = [title]
    count = f"{len(labels)} bar{'s' if len(labels) > 1 else ''}"
    for name, values in groups.items():
        if varies:
            said.append(f"{name} {count}".strip())
        elif few:
            pairs = ", ".join(f"{label} {short(value)}" for label, value in zip(labels, values))
            said.append(f"{name}: {pairs}" if name else pairs)
        else:
            ends = f"from {short(min(values))} to {short(max(values))}"
            said.append(f"{name} {count} {ends}".strip())
    figure.say(*said)
    return figure


def lines(
    x: list[float],
    series: dict[str, list[float]],
    xlabel: str = "",
    ylabel: str = "",
    title: str = "",
    log: str = "",
    varies: bool = False,
) -> Chart:
    """Each series against x, its name at its end.

    `log` names the logarithmic axes: "", "x", "y" or "xy". With `varies` its words leave the
    values out: they are others on another machine.
    """
    figure = canvas()
    axes = figure.subplots()
    for i, y in enumerate(series.values()):
        axes.plot(x, y, color=COLORS[i], marker=MARKERS[i] if len(x) <= 40 else "", markersize=4)
    axes.set(
        xlabel=xlabel,
        ylabel=ylabel,
        title=title,
        xscale="log" if "x" in log else "linear",
        yscale="log" if "y" in log else "linear",
    )
    figure.draw_without_rendering()  # else the axes do not know yet where they lie
    ends = [
        axes.transData.transform((x[-1], y[-1]))[1] * 72 / figure.dpi for y in series.values()
    ]  # in points
    places = _apart(ends, 12, axes.bbox.y1 * 72 / figure.dpi)
    for i, (name, y) in enumerate(series.items()):
        axes.annotate(
            name,
            (x[-1], y[-1]),
            xytext=(6, places[i] - ends[i]),
            textcoords="offset points",
            va="center",
            color=COLORS[i],
        )
    axes.spines[["top", "right"]].set_visible(False)
    said = [title, f"{len(series)} line{'s' if len(series) > 1 else ''} of {len(x)} points"]
    for name, y in () if varies else series.items():
        top = max(range(len(y)), key=y.__getitem__)
        peak = f", highest {short(y[top])} at {short(x[top])}" if 0 < top < len(y) - 1 else ""
        said.append(f"{name} from {short(y[0])} to {short(y[-1])}{peak}".strip())
    figure.say(*said)
    return figure


def _apart(places: Sequence[float], gap: float, top: float) -> list[float]:
    """The places, moved up where they are closer than `gap`, and down where they pass the top.

    >>> _apart([5, 0, 6], gap=2, top=7)
    [5, 0, 7]
    """
    order, moved = sorted(range(len(places)), key=places.__getitem__), list(places)
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + gap)
    for i in reversed(order):
        moved[i] = min(moved[i], top)
        top = moved[i] - gap
    return moved


def heat(
    values: Any,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
    xlabel: str = "",
    ylabel: str = "",
    title: str = "",
    signed: bool = False,
) -> Chart:
    """A table of numbers (a tensor or an array) as colours: pale is 0 and dark is most.

    With `signed`, purple is above 0 and orange below. What is NaN is hatched: it is no number.
    """
    figure = canvas(6.4, 4.6)
    axes = figure.subplots()
    values = np.asarray(values)
    largest = np.nanmax(abs(values))
    if np.isnan(values).any():
        axes.set_facecolor("white")
        axes.patch.set(hatch="////", edgecolor="#b4bac2", linewidth=0)
    image = axes.imshow(
        values,
        cmap="PuOr" if signed else "Blues",
        vmin=-largest if signed else 0,
        vmax=largest,
        aspect="auto",
        interpolation="nearest",
    )
    for ticks, labels in ((axes.set_xticks, columns), (axes.set_yticks, rows)):
        if len(labels):
            ticks(range(len(labels)), map(legible, labels))
    if len(columns) > 8:
        axes.tick_params(axis="x", rotation=90)
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
    figure.colorbar(image)
    size = f"{len(values)} rows of {len(values[0])} numbers"
    figure.say(title, f"{size} from {short(np.nanmin(values))} to {short(np.nanmax(values))}")
    return figure


def heads(weights: Tensor | np.ndarray, title: str = "") -> Chart:
    """All heads of all layers as small maps, a row for each layer: weights (L, H, T, T).

    Pale is 0 and dark is 1, as in the explorer.
    """
    layers, count = weights.shape[:2]
    colors = ListedColormap([tuple(c / 255 for c in shade(i / 255)) for i in range(256)])
    figure = canvas(1.1 * count, 1.2 * layers)
    grid = figure.subplots(layers, count, squeeze=False)
    for layer in range(layers):
        for head in range(count):
            axes = grid[layer][head]
            axes.imshow(weights[layer, head], cmap=colors, vmin=0, vmax=1, interpolation="nearest")
            axes.set(
                xticks=[],
                yticks=[],
                title=f"head {head}" if layer == 0 else "",
                ylabel=f"layer {layer}" if head == 0 else "",
            )
            axes.title.set_size(8)
            axes.yaxis.label.set_size(8)
    figure.suptitle(title, size=10)
    figure.say(
        title, f"{layers} layers of {count} maps of {' × '.join(map(str, weights.shape[2:]))}"
    )
    return figure


def chips(tokens: list[str], marked: list[bool], width: int = 78, title: str = "") -> Chart:
    """Tokens as chips in lines of about `width` letters: orange where marked, grey elsewhere."""
    drawn = list(map(legible, tokens))
    placed, x, row = [], 0.0, 0
    for token in drawn:
        if x and x + 0.72 * len(token) > width:
            x, row = 0.0, row + 1
        placed.append((x, row))
        x += 0.72 * len(token) + 1.3  # of a unit; gap
    figure = canvas(8.4, 0.55 + 0.36 * (row + 1))
    axes = figure.subplots()
    for token, mark, (x, row) in zip(drawn, marked, placed):
        box = {
            "boxstyle": "round,pad=0.25",
            "facecolor": "#fde8d7" if mark else "#eceff2",
            "edgecolor": ORANGE if mark else GREY,
        }
        axes.text(x, -row, token, family="monospace", fontsize=9, color=INK, bbox=box, va="center")
    axes.set(xlim=(-1, width), ylim=(-row - 0.7, 0.7), title=title)
    axes.axis("off")
    words = " ".join(f"[{token}]" if mark else token for token, mark in zip(tokens, marked))
    figure.say(title, f"{len(tokens)} tokens, {sum(marked)} of them marked: {words}")
    return figure
