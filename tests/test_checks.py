"""The checks of the exercises: wrong answers made by machine are refused, whatever they do.

Every solution is changed in one place at a time (minillm/classroom/mutants.py), its result is
changed, it spoils what it is given, and it knows one answer only. Changes that make no difference
are listed in tests/same_answers.py with the reason.
"""

import ast
import contextlib
import io
import runpy
from functools import cache
from pathlib import Path

import pytest
import torch
from test_notebooks import FOLDER, PATHS, exercises, name_of, names_for_exercises, read

import minillm.exercises
from minillm.classroom.mutants import (
    RESULTS,
    mutants,
    that_knows_one_answer,
    that_spoils_its_arguments,
    with_result,
)

SAME = runpy.run_path(str(Path(__file__).with_name("same_answers.py")))["SAME"]


@cache
def namespace(path: Path) -> dict:
    """The names of a notebook that its exercises need."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(FOLDER)
        return names_for_exercises(read(path))


def solutions() -> list[tuple[Path, str, str]]:
    """(notebook, name, source of the solution) of every exercise."""
    found = []
    for path in PATHS:
        for _, stub, _, solution in exercises(read(path)):
            source = solution.source
            found.append((path, name_of(stub), source[: source.rindex("\n\nprint(")]))
    return found


EXERCISES = [pytest.param(*each, id=f"{each[0].stem}-{each[1]}") for each in solutions()]


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(minillm.exercises, "SECONDS", 5)


def verdict(names: dict, name: str, answer) -> str:
    with contextlib.redirect_stdout(io.StringIO()):
        said = names[f"check_{name}"](answer)
    assert isinstance(said, str)
    return said


@pytest.mark.deep
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize(("path", "name", "source"), EXERCISES)
def test_every_small_change_of_a_solution_is_refused(path, name, source):
    names = namespace(path)
    assert verdict(names, name, names[f"{name}_solution"]).startswith("Right")
    called_right = []
    for mutant in mutants(source):
        changed = dict(names)
        try:
            exec(compile(mutant, "<mutant>", "exec"), changed)
        except Exception:  # a change that leaves no function
            continue
        if verdict(names, name, changed[f"{name}_solution"]).startswith("Right"):
            called_right.append(lines_that_differ(source, mutant))
    assert set(called_right) == set(SAME.get(name, {}))


def lines_that_differ(source: str, mutant: str) -> str:
    """What is left of a mutant's text when the lines of the solution are taken out."""
    lines, changed = ast.unparse(ast.parse(source)).splitlines(), mutant.splitlines()
    new = [line.strip() for line in changed if line not in lines]
    return " / ".join(new or ["without " + line.strip() for line in lines if line not in changed])


@pytest.mark.parametrize(("path", "name", "source"), EXERCISES)
def test_another_result_is_refused(path, name, source):
    names = namespace(path)
    solution = names[f"{name}_solution"]
    for what, change in RESULTS.items():
        said = verdict(names, name, with_result(solution, change))
        assert not said.startswith("Right"), f"{what}: {said}"
    spoiler, spoiled = that_spoils_its_arguments(solution)
    said = verdict(names, name, spoiler)
    assert "has changed" in said or not any(spoiled), f"spoils: {said}"
    said = verdict(names, name, that_knows_one_answer(solution))
    assert not said.startswith(("Right", "Your function stops")), f"knows one answer: {said}"


VARIANTS = {
    "float64": lambda v: v.double() if v.is_floating_point() else v,
    "numpy": lambda v: v.detach().numpy(),
    "not contiguous": lambda v: torch.stack([v, v], dim=-1)[..., 0],
}


@pytest.mark.parametrize(("path", "name", "source"), EXERCISES)
def test_a_right_answer_of_another_make_is_right(path, name, source):
    names = namespace(path)
    solution = names[f"{name}_solution"]
    for what, change in VARIANTS.items():
        varied = with_result(solution, lambda v, c=change: each_tensor(v, c))
        said = verdict(names, name, varied)
        assert said.startswith("Right"), f"{what}: {said}"
    for wrap in (lambda v: v.tolist(), lambda v: list(v)):
        said = verdict(names, name, with_result(solution, lambda v, w=wrap: each_tensor(v, w)))
        assert said.startswith("Right") or "list" in said, said


def each_tensor(value, change):
    if isinstance(value, tuple):
        return tuple(each_tensor(v, change) for v in value)
    return change(value) if isinstance(value, torch.Tensor) and value.ndim else value


def test_there_are_many_wrong_answers():
    counts = [len(mutants(source)) + len(RESULTS) + 2 for _, _, source in solutions()]
    assert len(counts) == 46
    assert min(counts) >= 8
    assert sum(counts) >= 800
