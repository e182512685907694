"""The files that say what to install say the same, and it is what the code imports."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
DIRECT = [*PROJECT["dependencies"], *(r for extra in EXTRAS.values() for r in extra)]
PINS = [
    line.split("#")[0].strip()
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
]
PINS = [line for line in PINS if line]


def name_of(requirement):
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")


def numbers(version):
    return [int(part) for part in re.findall(r"\d+", version)]


def test_conda_installs_what_pyproject_names():
    from_conda = [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]
    (from_pip,) = [line["pip"] for line in ENVIRONMENT["dependencies"] if isinstance(line, dict)]
    assert ENVIRONMENT["name"] == PROJECT["name"]
    # so the package names are pyproject's own
    assert from_pip == ["-c constraints.txt", "-e .[course]"]
    assert sorted(map(name_of, from_conda)) == ["pip", "python"]


def test_everyone_asks_for_the_same_python():
    bound = PROJECT["requires-python"]
    named = [c for c in PROJECT["classifiers"] if re.search(r":: Python :: 3\.\d", c)]
    oldest = numbers(bound)[1]
    expected = range(oldest, oldest + len(named))
    assert named == [f"Programming Language :: Python :: 3.{minor}" for minor in expected]
    assert f"python{bound}" in ENVIRONMENT["dependencies"]
    asked = re.search(r"version_info < \((\d+), (\d+)\)", (ROOT / "Makefile").read_text("utf-8"))
    assert bound == ">=" + ".".join(asked.groups())
    assert f"Python {bound.removeprefix('>=')}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("requirement", DIRECT)
def test_what_is_asked_for_is_pinned(requirement):
    pins = [pin for pin in PINS if name_of(pin) == name_of(requirement)]
    bound = re.search(r">=([\d.]+)", requirement)
    assert pins, f"constraints.txt has no pin for {requirement}"
    assert bound, f"{requirement} has no lower bound"
    for pin in pins:
        assert numbers(re.search(r"==([\d.]+)", pin)[1]) >= numbers(bound[1]), (
            f"{pin} is older than {requirement}"
        )
    marked = ["python_version" in pin for pin in pins]
    for_some = "python_version" in requirement  # asked for by these only, and so pinned
    assert marked in ([False], [True] if for_some else [True, True]), (
        f"{requirement}: one pin for every Python, or two that part them"
    )


def test_torch_is_pinned_for_every_python():
    assert "torch==2.13.0" in PINS  # the weights and the stored outputs were made with it


def test_nothing_is_asked_for_twice():
    assert len(DIRECT) == len(set(map(name_of, DIRECT)))


def test_versions_agree():
    import minillm

    assert minillm.__version__ == PROJECT["version"]


# --- what is imported ---------------------------------------------------------------------------

OTHER_NAMES = {
    "PIL": "pillow",
    "yaml": "pyyaml",
    "websocket": "websocket-client",
}  # import name: package, where these differ
OPTIONAL = {"datasets", "gguf"}  # a command that needs one of these asks for it
FOR_GRADES = "nbgrader"  # older Pythons are without it
RUN_NOT_IMPORTED = {"jupyterlab", "nbval", "ruff", "mypy", "pre-commit", "types-regex"}
RUN_NOT_IMPORTED |= {"types-tqdm"}


@dataclass(frozen=True)
class Import:
    """A package that is not Python's own: where it is imported."""

    package: str
    in_function: bool
    guarded: bool  # in a `try` that goes on without it


def imports(source: str) -> list[Import]:
    """What a module imports, anywhere in it; `pytest.importorskip` included."""
    return list(_imports(ast.parse(source), False, False))


def _imports(node: ast.AST, in_function: bool, guarded: bool) -> Iterator[Import]:
    names = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        names = [node.module]
    elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("importorskip"):
        names = [node.args[0].value]
    for top in (name.partition(".")[0] for name in names):
        if top not in sys.stdlib_module_names:
            yield Import(OTHER_NAMES.get(top, top.lower().replace("_", "-")), in_function, guarded)
    in_function |= isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    for field, value in ast.iter_fields(node):
        caught = isinstance(node, ast.Try) and field == "body"
        caught = caught and any("ImportError" in ast.unparse(h.type) for h in node.handlers)
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _imports(child, in_function, guarded or caught)


def files(*patterns: str) -> list[Path]:
    found = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    assert found
    return found


def packages(paths: list[Path]) -> set[str]:
    """What files import: not Python's own, not ours, not the neighbours."""
    ours = {"minillm", *(path.stem for path in paths)}
    found = {found.package for path in paths for found in imports(path.read_text("utf-8"))}
    return found - {name.replace("_", "-") for name in ours}


def declared(*lists: list[str]) -> set[str]:
    return {name_of(requirement) for requirements in lists for requirement in requirements}


WIDGETS = files("minillm/widgets/*.py")
CLASSROOM = files("minillm/classroom/*.py")
PACKAGE = [path for path in files("minillm/**/*.py") if path not in WIDGETS + CLASSROOM]
OTHERS = files("tests/*.py", "conftest.py", "images/*.py", "benchmarks/*.py")


def test_an_import_is_found_wherever_it_stands():
    source = """
import os, torch.nn as nn
from PIL.Image import open
from . import yaml
def f():
    try:
        import gguf
    except ImportError:
        import Two_Words
    pytest.importorskip("tiktoken")
"""
    assert imports(source) == [
        Import("torch", False, False),
        Import("pillow", False, False),
        Import("gguf", True, True),
        Import("two-words", True, False),
        Import("tiktoken", True, False),
    ]


def test_the_package_depends_on_what_it_imports_and_on_nothing_else():
    assert packages(PACKAGE) - OPTIONAL == declared(PROJECT["dependencies"])


def test_each_dependency_has_a_reason():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lines = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.M | re.S)[1].splitlines()
    assert len(lines) == len(PROJECT["dependencies"])
    for line in lines:
        assert re.fullmatch(r'    "\S+",  # \S.{9,}', line), line


def test_what_is_optional_is_asked_for_where_it_is_used():
    assert not OPTIONAL & declared(PROJECT["dependencies"], EXTRAS["course"])
    assert not OPTIONAL & packages(WIDGETS)
    for package in OPTIONAL:
        for path in PACKAGE:
            found = [i for i in imports(path.read_text("utf-8")) if i.package == package]
            assert all(i.in_function for i in found), f"{path} imports {package} at its top"
            assert not found or any(i.guarded for i in found), f"{path} can't do without {package}"


def test_the_course_asks_for_what_its_widgets_and_notebooks_import():
    asked = declared(PROJECT["dependencies"], EXTRAS["course"])
    assert packages(WIDGETS) <= asked
    cells = []
    for path in files("notebooks/*.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        cells += ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    code = "\n".join(re.sub(r"^[%!].*$", "", cell, flags=re.M) for cell in cells)
    used = {found.package for found in imports(code)} - {"minillm"}
    assert used <= asked
    assert declared(EXTRAS["course"]) <= packages(WIDGETS) | used | RUN_NOT_IMPORTED


def test_the_classroom_kit_asks_for_what_it_imports():
    asked = declared(PROJECT["dependencies"], EXTRAS["classroom"])
    by_file = {path: imports(path.read_text("utf-8")) for path in CLASSROOM}
    used = {i.package for found in by_file.values() for i in found} - {"minillm"}
    assert used <= asked
    assert declared(EXTRAS["classroom"]) <= used
    for path, found in by_file.items():
        grading = [i for i in found if i.package == FOR_GRADES]
        assert all(i.in_function for i in grading), f"{path} imports {FOR_GRADES} at its top"
        assert not grading or any(i.guarded for i in grading), f"{path} can't do without it"


def test_the_tests_ask_for_what_they_import():
    assert packages(OTHERS) <= declared(DIRECT)
    assert declared(EXTRAS["test"]) <= packages(OTHERS) | RUN_NOT_IMPORTED
    assert declared(DIRECT) >= RUN_NOT_IMPORTED


# --- what is missing ----------------------------------------------------------------------------

NOT_NEEDED = ["matplotlib", "PIL", "IPython", "anywidget", "ipywidgets", "traitlets"]
NOT_NEEDED += ["datasets", "gguf", "transformers", "tokenizers", "tqdm.notebook"]
COMMANDS = """
import contextlib, io, sys
for name in sys.argv[1:]:
    sys.modules[name] = None  # as if it were not installed
import minillm.corpus
from minillm.cli import main
from minillm.corpus import held_out_questions
minillm.corpus.held_out_questions = lambda **world: held_out_questions(**world)[::100]
size = ["--preset", "nano", "--batch-size", "2", "--compile", "no", "--steps", "1"]
for command in (
    ["info"],
    ["plan"],
    ["generate", "--max-tokens", "2"],
    ["chat", "--max-tokens", "2"],
    ["evaluate"],
    ["evaluate", "--data", "text.txt"],
    ["tokenizer", "--data", "text.txt", "--vocab-size", "280"],
    ["pretrain", "--data", "text.txt", *size],
    ["export", "--out", "gpt2"],
    ["import", "gpt2", "--out", "back"],
):
    sys.stdin = io.StringIO("Hi!\\n")
    with contextlib.redirect_stdout(io.StringIO()):
        assert main(command) == 0, command
"""


def one_by_one() -> list:
    return [pytest.param([name], id=name, marks=pytest.mark.deep) for name in NOT_NEEDED]


@pytest.mark.parametrize("missing", [pytest.param(NOT_NEEDED, id="all"), *one_by_one()])
def test_a_command_runs_without_what_it_does_not_need(missing, text, tmp_path):
    (tmp_path / "text.txt").write_text(text * 20, encoding="utf-8")
    run = [sys.executable, "-c", COMMANDS, *missing]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(run, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
