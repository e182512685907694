"""The almanac and its map are what their scripts make of the bundled world."""

import importlib
import runpy
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def island(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "images")
    return importlib.import_module("island")


def test_the_almanac_is_what_the_script_writes():
    page = (ROOT / "docs" / "ALMANAC.md").read_text("utf-8")
    assert page == runpy.run_path(str(ROOT / "docs" / "almanac.py"))["almanac"](), (
        "run docs/almanac.py: ALMANAC.md is old"
    )


def test_the_map_is_what_the_script_draws(island):
    stored = (ROOT / "images" / "island.svg").read_text("utf-8")
    assert stored == island.island(), "run images/draw.py: island.svg is old"


def test_nothing_on_the_map_covers_another(island):
    boxes = [(name, box) for name, site in island.SITES.items() for box in island.boxes(site, name)]
    both = combinations(boxes, 2)
    assert [(a, b) for (a, box), (b, other) in both if a != b and island.touch(box, other)] == []


def test_a_place_without_coordinates_is_an_error(island, monkeypatch):
    monkeypatch.delitem(island.SITES, "pier")
    with pytest.raises(ValueError, match="pier"):
        island.island()
