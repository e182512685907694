"""Draws the figures of the notebooks: `python images/draw.py` writes each as images/NAME.svg.

To add one, write a function that returns SVG and name it in FIGURES of `nb_NN.py`, NN being its
notebook. The notebook shows it with an alt text that says in words what it shows. `island.py` draws
the map of docs/ALMANAC.md.
"""

from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
FIGURES = {
    name: draw
    for path in (*sorted(HERE.glob("nb_*.py")), HERE / "island.py")
    for name, draw in import_module(path.stem).FIGURES.items()
}


def main() -> None:
    for name, draw in FIGURES.items():
        (HERE / f"{name}.svg").write_text(draw(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
