"""Figures show the numbers that they were given."""

from minillm.plots import lines, loss_curve


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
