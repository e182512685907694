"""A learner's answer under supervision: whatever it does, a true sentence comes back, soon."""

import re
import signal
import threading
import time

import pytest
import torch

import minillm.exercises
from minillm.exercises import another_example, checked, progress


@checked
def check(answer) -> str:
    given = torch.tensor([1.0, 2.0])
    got = answer(given)
    if not torch.equal(got, torch.tensor([2.0, 3.0])):
        return "Wrong."
    return "Right: one more"


def in_place(x):
    x += 1
    return x.clone()


def divides(x):
    return 1 / int(x[0] - 1)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (lambda x: x + 1, r"Right: one more"),
        (lambda x: x, r"Wrong\."),
        (in_place, r"Nearly right: the tensor that was given has changed; work on a copy\."),
        (divides, r"Your function stops with ZeroDivisionError: .*, at `return 1 / int\(.*`\."),
        (lambda x: "2, 3", r"This gives a str that can't be compared with the right answer: .+"),
    ],
)
def test_every_answer_gets_a_sentence(answer, verdict):
    assert re.fullmatch(verdict, check(answer))


def endless(x):
    while True:
        pass


def stubborn(x):
    while True:
        try:
            time.sleep(0.01)
        except KeyboardInterrupt:
            if len(caught) == 2:
                raise
            caught.append("again")


caught: list[str] = []


@pytest.mark.parametrize("answer", [endless, stubborn])
@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN])
def test_an_answer_that_does_not_end_is_stopped(answer, handler, monkeypatch):
    """Also in a process that a shell has started in the background, which ignores Ctrl-C."""
    monkeypatch.setattr(minillm.exercises, "SECONDS", 0.3)
    caught.clear()
    before = signal.signal(signal.SIGINT, handler)
    try:
        assert check(answer) == "This does not end: it was stopped after 0.3 seconds."
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_answer_that_waits_is_stopped(monkeypatch):
    monkeypatch.setattr(minillm.exercises, "SECONDS", 0.3)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert check(lambda x: time.sleep(60)).startswith("This does not end")
    finally:
        signal.signal(signal.SIGINT, before)


def test_outside_the_main_thread_too(monkeypatch):
    monkeypatch.setattr(minillm.exercises, "SECONDS", 0.3)
    said = []
    thread = threading.Thread(target=lambda: said.append(check(endless)))
    thread.start()
    thread.join(timeout=30)
    assert said == ["This does not end: it was stopped after 0.3 seconds."]


def test_ctrl_c_of_the_reader_is_the_readers(monkeypatch):
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(interrupted)


def test_nothing_interrupts_what_comes_after_a_check(monkeypatch):
    monkeypatch.setattr(minillm.exercises, "SECONDS", 0.2)
    assert check(lambda x: x + 1) == "Right: one more"
    time.sleep(0.4)


def test_errors_that_a_check_expects_are_its_own():
    @checked
    def expects(answer) -> str:
        try:
            answer(0)
        except ZeroDivisionError:
            return "Right: it refuses 0"
        return "0 is accepted."

    assert expects(lambda x: 1 / x) == "Right: it refuses 0"
    assert expects(lambda x: 1) == "0 is accepted."


START = "Another example goes wrong: for [1.0, 2.0], 3 it gives"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda a, b: a + b, ""),
        (lambda a, b: (a + b).double(), ""),
        (
            lambda a, b: a,
            f"{START} [1.0, 2.0], and [4.0, 5.0] was expected.",
        ),
        (
            lambda a, b: None,
            f"{START} None, and [4.0, 5.0] was expected.",
        ),
    ],
)
def test_another_example_is_told_with_its_numbers(answer, sentence):
    said = another_example(answer, lambda a, b: a + b, (torch.tensor([1.0, 2.0]), 3))
    assert said == sentence


def test_one_number_is_a_number_with_or_without_a_tensor_around_it():
    mean = torch.Tensor.mean
    assert another_example(lambda x: float(x.mean()), mean, (torch.tensor([1.0, 2.0]),)) == ""
    assert another_example(mean, lambda x: float(x.mean()), (torch.tensor([1.0, 2.0]),)) == ""
    assert another_example(lambda x: 1.4, mean, (torch.tensor([1.0, 2.0]),)) != ""


def test_progress_counts_what_a_learner_has_solved():
    @checked
    def check_double(answer) -> str:
        return "Right" if answer(2) == 4 else "Wrong."

    @checked
    def check_other(answer) -> str:
        return "Not attempted yet"

    def double(x):
        return 0

    def double_solution(x):
        return 2 * x

    check_double(double)
    check_double(double_solution)
    assert progress(check_double, check_other) == "Solved: 0 of 2. Still open: double, other"

    def double(x):
        return x + x

    check_double(double)
    assert progress(check_double, check_other) == "Solved: 1 of 2. Still open: other"
    assert progress(check_double) == "Solved: 1 of 1: all of them"
