"""The package is what CONTRIBUTING.md says: these files, each importing only those before it."""

import ast
import re
import sys
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "minillm"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ORDER = re.search(r"```order\n(.*?)```", CONTRIBUTING, re.S)[1].split()
FILES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): path for path in PACKAGE.rglob("*.py")
}
RUFF = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]
TABLES = {path.removeprefix("minillm/").removesuffix(".py") for path in RUFF["extend-exclude"]}
FRONT = {"__init__", "__main__"}  # the front door looks names up when they are used


def imports(name: str, source: str) -> set[str]:
    """The files of the package that file `name` imports anywhere, functions included."""
    here, found = name.split("/")[:-1], set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules = [alias.name.split(".") for alias in node.names]
            assert all(module[0] != "minillm" for module in modules), "use a relative import"
        if not isinstance(node, ast.ImportFrom):
            continue
        module = node.module.split(".") if node.module else []
        assert node.level or module[0] != "minillm", "use a relative import"
        if not node.level:
            continue
        folder = [*here[: len(here) - node.level + 1], *module]
        for alias in node.names:
            candidates = ("/".join([*folder, alias.name]), "/".join(folder))
            files = [f"{c}/__init__" if f"{c}/__init__" in FILES else c for c in candidates]
            found |= {next((file for file in files if file in FILES), "/__init__")}
    return {file.removeprefix("/") for file in found} - FRONT


def test_the_order_lists_every_file_once():
    listed = [name for name in ORDER if name not in FRONT]
    assert len(listed) == len(set(listed))
    empty = {name for name, path in FILES.items() if "import" not in path.read_text("utf-8")}
    folders = {name for name in empty if name.endswith("/__init__")}  # a docstring only
    assert set(listed) == set(FILES) - FRONT - folders


@pytest.mark.parametrize("name", ORDER)
def test_a_file_imports_only_files_before_it(name):
    later = imports(name, FILES[name].read_text(encoding="utf-8")) - set(ORDER[: ORDER.index(name)])
    assert later == set()


def test_an_import_of_a_later_file_is_seen():
    source = "from ..data.batches import IGNORE\ndef f():\n    from ..runs import stage, run\n"
    assert imports("cli/arguments", source) == {"data/batches", "runs/stage", "runs/run"}
    assert imports("chat", "from . import corpus, plots\nfrom . import __version__") == {
        "corpus/__init__",
        "plots",
    }


def test_the_front_door_lists_the_rooms_in_order():
    doc = ast.get_docstring(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8")))
    rooms = re.findall(r"^    (\w+)  ", doc, re.M)
    assert rooms == [name for name in ORDER if "/" not in name]
    folders = re.findall(r"^    (\w+)/  ", doc, re.M)
    assert set(folders) == {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {
        "__pycache__"
    }


def test_no_module_is_longer_than_a_head_can_hold():
    limit = int(re.search(r"no module over (\d+) lines", CONTRIBUTING)[1])
    lengths = {name: path.read_text("utf-8").count("\n") for name, path in FILES.items()}
    assert {name for name, lines in lengths.items() if lines > limit} <= TABLES
    assert set(lengths) >= TABLES
