"""Figures from data: each function takes numbers and returns a matplotlib Figure.

One look throughout: a palette that colour-blind people can tell apart (Okabe and Ito's), light grounds that stay
legible on a dark page, no text that needs a Chinese font.
"""

from matplotlib.figure import Figure

BLUE, ORANGE, GREEN, PURPLE, GREY, INK = "#0072b2", "#d55e00", "#009e73", "#aa5599", "#767676", "#222222"


def canvas(width: float = 7.2, height: float = 4.2) -> Figure:
    """An empty figure of that size in inches, on white, so that it stays legible on a dark page."""
    return Figure(figsize=(width, height), layout="constrained", facecolor="white")


def loss_curve(log: list[dict], baselines: dict[str, float], title: str = "") -> Figure:
    """Training and validation loss by step, and a line for each baseline; all in nats per token."""
    figure = canvas()
    axes = figure.subplots()
    steps = [line for line in log if "loss" in line]
    valid = [line for line in log if "valid_loss" in line]
    axes.plot([s["step"] for s in steps], [s["loss"] for s in steps], color=BLUE, alpha=0.35, linewidth=0.8, label="training")
    axes.plot([v["step"] for v in valid], [v["valid_loss"] for v in valid], color=BLUE, marker="o", markersize=3, label="validation")
    last = max([1] + [line["step"] for line in log])
    for name, loss in baselines.items():
        axes.axhline(loss, color=ORANGE, linewidth=0.9, linestyle=(0, (4, 3)))
        axes.annotate(f"{name} {loss:.2f}", (last, loss), xytext=(0, 2), textcoords="offset points", ha="right", fontsize=8, color=ORANGE)
    axes.set(xlabel="step", ylabel="loss (nats per token)", title=title, xlim=(0, last), ylim=(0, None))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper center")
    return figure
