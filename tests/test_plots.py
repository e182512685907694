"""Figures show the numbers that they were given."""

import io
import math
import warnings

import torch

from minillm.plots import bars, chips, heads, heat, lines, loss_curve


def test_the_loss_curve_draws_every_step_every_evaluation_and_every_baseline():
    log = [
        {"step": 0, "valid_loss": 5.0},
        {"step": 1, "loss": 4.0, "rate": 0.1},
        {"step": 2, "loss": 3.0, "rate": 0.1},
        {"step": 2, "valid_loss": 3.5},
    ]
    axes = loss_curve(log, {"uniform": 6.0, "2-gram": 2.5}, "title").axes[0]
    training, validation, *baselines = [line.get_xydata().tolist() for line in axes.lines]
    assert training == [[1, 4.0], [2, 3.0]]
    assert validation == [[0, 5.0], [2, 3.5]]
    assert [line[0][1] for line in baselines] == [6.0, 2.5]
    assert [text.get_text() for text in axes.texts] == ["uniform 6.00", "2-gram 2.50"]


def test_names_at_the_ends_of_lines_do_not_lie_on_each_other():
    figure = lines([0, 1], {"a": [0, 90], "b": [0, 93], "c": [5, 93], "d": [5, 20]})
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    boxes.sort(key=lambda box: box.y0)
    assert len(boxes) == 4
    assert all(low.y1 <= high.y0 for low, high in zip(boxes, boxes[1:]))


def test_a_figure_says_in_words_what_it_shows():
    figures = {
        lines([1, 2, 4], {"a": [0.5, 7, 1234], "b": [3, 3, 1e-7]}, title="Growth"): (
            "Growth. 2 lines of 3 points. a from 0.5 to 1,200. b from 3 to 1.0e-07"
        ),
        lines([1, 2, 3], {"": [1, 9, 2]}): "1 line of 3 points. from 1 to 2, highest 9 at 2",
        lines([1, 2], {"": [1, 2]}, varies=True): "1 line of 2 points",
        bars(["x", "y"], {"before": [10, 26.4], "after": [0, -3]}): (
            "before: x 10, y 26. after: x 0, y -3"
        ),
        bars(list(map(str, range(30))), {"": [*range(30)]}): "30 bars from 0 to 29",
        bars(["x"], {"": [1.5]}, title="One", varies=True): "One. 1 bar",
        heat(torch.tensor([[0.0, 2.0, 1.0], [-5.0, 0.5, 0.0]]), title="Table"): (
            "Table. 2 rows of 3 numbers from -5 to 2"
        ),
        heat(torch.tensor([[1.0, math.nan], [0.5, 0.5]])): "2 rows of 2 numbers from 0.5 to 1",
        heads(torch.zeros(2, 3, 4, 4)): "2 layers of 3 maps of 4 × 4",
        chips(["What", "is", "it"], [False, True, False], title="Cut"): (
            "Cut. 3 tokens, 1 of them marked: What [is] it"
        ),
        loss_curve([{"step": 7, "loss": 3.0}], {"3-gram": 2.0, "5-gram": 1.0}): (
            "Loss of training and validation over 7 steps beside 3-gram, 5-gram"
        ),
    }
    assert [repr(figure) for figure in figures] == [f"Figure: {w}" for w in figures.values()]


def test_names_at_the_ends_of_lines_stay_below_the_top_and_apart():
    ends = {"a": 100, "b": 100, "c": 99, "d": 88, "e": 88}
    figure = lines([0, 1], {name: [0, end] for name, end in ends.items()})
    figure.draw_without_rendering()
    axes = figure.axes[0]
    middles = [(box.y0 + box.y1) / 2 for box in (t.get_window_extent() for t in axes.texts)]
    assert max(middles) <= axes.bbox.y1 + 1
    ordered = sorted(middles)
    assert all(b - a > 10 * figure.dpi / 72 for a, b in zip(ordered, ordered[1:]))


def test_no_token_needs_a_font_that_may_not_be_there():
    tokens = [" a", ")、", "小企鹅", "\ufffd", "\t", "🐧"]
    drawn = (
        bars(tokens, {"": [1.0] * len(tokens)}),
        heat(torch.ones(len(tokens), len(tokens)), tokens, tokens),
        chips(tokens, [False] * len(tokens)),
        lines([1, 2], {"企鹅": [1, 2], "小岛": [2, 1]}, "步", "高", "企鹅"),
    )
    assert drawn[0].axes[0].get_xticklabels()[0].get_rotation() == 40  # code points are long
    for figure in drawn:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            figure.savefig(io.BytesIO())
