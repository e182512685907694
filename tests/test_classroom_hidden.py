"""Hidden tests: they refuse wrong answers by themselves, and let every right answer pass."""

import copy
import math
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from test_checks import EXERCISES, SAME, lines_that_differ, namespace, solutions
from test_notebooks import FOLDER

import minillm.exercises
from minillm.classroom import hidden
from minillm.classroom.hidden import (
    HiddenExamples,
    alike,
    compared,
    hidden_cell,
    hidden_examples,
    hidden_test,
)
from minillm.classroom.mutants import (
    RESULTS,
    mutants,
    that_knows_one_answer,
    with_result,
)
from minillm.classroom.variations import variations

SOLVED = {name: (path, source) for path, name, source in solutions()}
FINITE = {"traced", "bug_in"}  # four questions each, and the check asks them all


def kit(name: str) -> tuple[dict, HiddenExamples]:
    """The names of an exercise's notebook, and its hidden examples."""
    names = namespace(SOLVED[name][0])
    return names, hidden_examples(names[f"check_{name}"], names[f"{name}_solution"])


def wrong_answers(name: str, names: dict) -> dict:
    """The machine's wrong answers to an exercise, by what is wrong with them."""
    source, solution, found = SOLVED[name][1], names[f"{name}_solution"], {}
    for mutant in mutants(source):
        what, changed = lines_that_differ(source, mutant), dict(names)
        if what in SAME.get(name, {}):
            continue
        try:
            exec(compile(mutant, "<mutant>", "exec"), changed)
        except Exception:  # a change that leaves no function
            continue
        found[mutant] = changed[f"{name}_solution"]
    found |= {what: with_result(solution, change) for what, change in RESULTS.items()}
    return found | {"knows one answer": that_knows_one_answer(solution)}


def passed_by_mistake(name: str) -> tuple[list[str], int]:
    """The wrong answers that the hidden tests let pass, and how many there are in all."""
    names, examples = kit(name)
    wrong = wrong_answers(name, names)
    return [what for what, answer in wrong.items() if not compared(examples, answer)], len(wrong)


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize("name", ["scores_of", "first", "template", "mean_loss", "mirror"])
def test_wrong_answers_are_refused_without_the_check(name):
    passed, count = passed_by_mistake(name)
    assert passed == []
    assert count >= 12


@pytest.mark.deep
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_wrong_answers_to_all_exercises_are_refused_without_the_check(monkeypatch):
    for path, _ in SOLVED.values():
        namespace(path)  # what a notebook needs is made with the usual time limit
    monkeypatch.setattr(minillm.exercises, "SECONDS", 2)
    found = {name: passed_by_mistake(name) for name in SOLVED}
    count = sum(n for _, n in found.values())
    passed = sum(len(wrong) for wrong, _ in found.values())
    worst = sorted(found, key=lambda name: -len(found[name][0]) / found[name][1])[:3]
    shown = [f"{name}: {len(found[name][0])} of {found[name][1]}" for name in worst]
    print(f"\n{count - passed} of {count} wrong answers are refused; worst: {', '.join(shown)}")
    assert len(found) == 46
    assert passed <= 0.02 * count, {name: wrong for name, (wrong, _) in found.items() if wrong}
    assert all(len(wrong) <= 0.05 * n for wrong, n in found.values()), shown


@pytest.mark.parametrize(("path", "name", "source"), EXERCISES)
def test_right_answers_pass_and_stubs_do_not(path, name, source):
    names, examples = kit(name)
    check = names[f"check_{name}"]
    assert len(examples.examples) >= (4 if name in FINITE else 12)
    assert compared(examples, names[f"{name}_solution"]) == ""
    assert compared(examples, names[name])  # the stub
    written = runpy.run_path(str(Path(__file__).with_name("right_answers.py")), init_globals=names)
    others = {what: f for what, f in written.items() if what.startswith(f"{name}__")}
    assert others
    for what, answer in others.items():
        assert check(answer).startswith("Right"), f"{what}: {check(answer)}"
        assert compared(examples, answer) == "", what


@pytest.mark.parametrize("name", ["rate", "merge", "weigh", "greedy", "longest_first"])
def test_who_knows_only_the_examples_of_the_check_fails(name):
    names, examples = kit(name)
    solution, known = names[f"{name}_solution"], {}

    def asked(*given):
        known[hidden._key(given)] = solution(*given)
        return known[hidden._key(given)]

    assert names[f"check_{name}"].__wrapped__(asked).startswith("Right")

    def answer(*given):
        return copy.copy(known.get(hidden._key(given)))

    assert names[f"check_{name}"](answer).startswith("Right")
    assert "was expected" in compared(examples, answer)


def test_the_examples_are_the_same_each_time(monkeypatch):
    monkeypatch.setattr(hidden, "SECONDS", math.inf)  # a busy machine may stop early
    monkeypatch.setattr(hidden, "SECONDS_EACH", math.inf)
    for name in ("weigh", "leaked", "count_parameters"):
        first, second = (
            [hidden._key(e.arguments) for e in kit(name)[1].examples] for _ in range(2)
        )
        assert first == second
        assert len(set(first)) == len(first)


# --- what a hidden test says --------------------------------------------------------------------


def check_twice(answer):
    for numbers in ([1.0, 2.0], [3.0]):
        if answer(numbers) != [2 * n for n in numbers]:
            return "Not twice as much."
    return "Right: twice"


def twice(numbers):
    return [2 * n for n in numbers]


def endless(numbers):
    while True:
        pass


def spoiling(numbers):
    result = twice(numbers)
    numbers.append(0.0)
    return result


def only_short(numbers):
    return twice(numbers) if len(numbers) == 2 or numbers == [3.0] else None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (twice, ""),
        (endless, "does not end"),
        (spoiling, "the list that was given has changed"),
        (only_short, "it gives None, and [2.36"),
        (lambda numbers: [2 * n for n in numbers][::-1], "was expected"),
        (lambda numbers: numbers.missing, "AttributeError"),
        (lambda numbers: print, "builtin_function_or_method"),
    ],
)
def test_it_says_in_a_sentence_what_is_wrong(answer, words, monkeypatch):
    monkeypatch.setattr(minillm.exercises, "SECONDS", 1)
    said = hidden_test(check_twice, answer, twice)
    assert words in said
    assert bool(said) == bool(words)
    assert "\n" not in said


def test_a_reference_that_the_check_refuses_is_no_reference():
    with pytest.raises(ValueError, match="check_twice refuses the reference solution: Not twice"):
        hidden_test(check_twice, twice, lambda numbers: numbers)


def test_a_model_that_is_left_changed_is_noticed_and_put_right():
    names, examples = kit("logits_without")
    solution = names["logits_without_solution"]

    def careless(model, layer, head, ids):
        logits = solution(model, layer, head, ids)
        with torch.no_grad():
            model.blocks[layer].attn.out.weight += 1
        return logits

    assert compared(examples, careless) == "The model that was given is left changed."
    assert compared(examples, solution) == ""


def test_an_error_that_is_asked_for_is_wanted():
    names, examples = kit("my_rows")
    silent = lambda rank, size, batch: list(range(rank * (batch // size), (rank + 1) * batch))
    assert "should be a ValueError" in compared(
        HiddenExamples([e for e in examples.examples if e.error], 1e-5), silent
    )
    assert {e.error for e in examples.examples} == {None, ValueError}
    assert compared(examples, names["my_rows_solution"]) == ""


def test_numbers_are_compared_as_exactly_as_the_check_does():
    assert kit("slopes")[1].atol == hidden.LENIENT  # both ways to nudge are right
    assert kit("scores_of")[1].atol == 1e-5


@pytest.mark.parametrize(
    ("got", "want", "same"),
    [
        (torch.tensor(2.0), 2.0, True),
        (2, 2.0, True),
        (2.0001, 2.0, True),
        (2.001, 2.0, False),
        (10_000_001, 10_000_000, False),
        ("a", "a", True),
        ("a", 1.0, False),
        (None, 0.0, False),
        ([1.0, 2.0], (1.0, 2.0), True),
        ([1.0], [1.0, 2.0], False),
        (torch.ones(2), torch.ones(2, dtype=torch.bool), False),
        (torch.ones(2, 1), torch.ones(2), False),
        (torch.ones(2).long(), torch.ones(2), True),
        (torch.tensor([torch.nan]), torch.ones(1), False),
        (torch.tensor([-torch.inf]), torch.tensor([-torch.inf]), True),
        (torch.tensor([10_000_001]), torch.tensor([10_000_000]), False),
        ({"a": 1}, {"a": 1}, True),
        (torch.ones(2), None, False),
    ],
)
def test_alike(got, want, same):
    assert alike(got, want, 1e-5) is same


# --- the inputs ---------------------------------------------------------------------------------


def drawn(*calls, n=200, seed=0):
    stream = variations(calls, seed)
    return [next(stream) for _ in range(n)]


def test_what_holds_of_all_inputs_holds_of_their_variations():
    weights = torch.rand(2, 4, 4).tril()
    weights = weights / weights.sum(dim=-1, keepdim=True)
    for (w,) in drawn((weights,)):
        assert w.shape[-1] == w.shape[-2]
        assert (w >= 0).all() and (w.triu(1) == 0).all()
        assert torch.allclose(w.sum(dim=-1), torch.ones(w.shape[:-1]))
    counts = torch.tensor([[2.0, 0.0], [1.0, 5.0]])
    seen = drawn((counts,))
    assert all((c >= 0).all() and torch.equal(c, c.round()) for (c,) in seen)
    assert len({tuple(c.shape) for (c,) in seen}) > 3


def test_ids_stay_below_the_size_that_they_stayed_below():
    table, ids = torch.randn(5, 3), torch.tensor([4, 0, 2, 4])
    seen = drawn((table, ids, 2))
    assert all(ids.min() >= 0 and ids.max() < len(table) for table, ids, _ in seen)
    assert len({len(table) for table, _, _ in seen}) > 3
    assert all(start >= 1 for _, _, start in seen)
    targets = torch.tensor([1, -100, 3])
    assert all(set(t[t < 0].tolist()) <= {-100} for (t,) in drawn((targets,)))


def test_sizes_that_agree_go_on_agreeing():
    for q, k, words in drawn((torch.randn(2, 6), torch.randn(3, 6), list("abcdef"))):
        assert q.shape[1] == k.shape[1] == len(words)
        assert len(q) < len(k) < q.shape[1]


def test_objects_and_roles_stay_and_messages_take_turns():
    model, by = torch.nn.Linear(2, 2), len
    talk = [{"role": r, "content": f"{r} says"} for r in ("system", "user", "assistant", "user")]
    for m, f, messages, limit in drawn((model, by, talk, 50)):
        assert m is model and f is by and 1 <= limit <= 50
        assert [x["role"] for x in messages] == [x["role"] for x in talk[: len(messages)]]
        assert messages[-1]["role"] == "user"


def test_texts_are_mixed_with_others_and_keep_their_edges():
    seen = [text for (text,) in drawn(("the seal can swim",))]
    assert all(text == text.strip() for text in seen)
    assert "" in seen and any("小企鹅" in text for text in seen)
    assert len(set(seen)) > 50
    edges = [text for (text,) in drawn((" the seal ",))]
    assert any(text != text.strip() for text in edges)


# --- the cell -----------------------------------------------------------------------------------


def test_the_cell_of_nbgrader_refuses_what_the_hidden_test_refuses(monkeypatch):
    monkeypatch.chdir(FOLDER)
    for name, answer in (("heat", lambda p, t: p), ("next_probabilities", lambda model, ids: 0)):
        path, source = SOLVED[name]
        cell = hidden_cell(name, source)
        assert cell.startswith("### BEGIN HIDDEN TESTS\n")
        assert cell.endswith("\n### END HIDDEN TESTS")
        assert f"{name}_solution" not in cell
        names = dict(namespace(path))
        names[name] = names.pop(f"{name}_solution")
        exec(cell, names)
        names[name] = answer
        with pytest.raises(AssertionError, match=r"it gives .* was expected"):
            exec(cell, names)


def test_a_cell_needs_the_solution():
    with pytest.raises(ValueError, match="the solution of heat does not define heat_solution"):
        hidden_cell("heat", "def cold_solution(p): ...")


def test_a_student_needs_no_nbformat_for_a_hidden_test():
    script = "import sys; sys.modules['nbformat'] = None; import minillm.classroom.hidden"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0
