"""The package is what CONTRIBUTING.md says it is: these modules, each importing only those above it."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = re.findall(r"^\| `(\w+)(?:\.py|/)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.M)


def imports(path: Path) -> set[str]:
    """The modules of the package that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            parts = (node.module or "").split(".")
            if node.level == 1:
                found |= {parts[0]} if parts[0] else {alias.name for alias in node.names}
            elif parts[0] == "minillm":
                found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found - {"__version__"}


def test_the_table_lists_every_module():
    there = {p.stem for p in (ROOT / "minillm").glob("*.py")} | {p.parent.name for p in (ROOT / "minillm").glob("*/__init__.py")}
    assert set(TABLE) == there - {"__init__", "__main__"}


def test_the_package_says_the_same_order():
    doc = ast.get_docstring(ast.parse((ROOT / "minillm/__init__.py").read_text(encoding="utf-8")))
    assert re.findall(r"^    (\w+)  ", doc, re.M) == TABLE


def test_a_module_imports_only_modules_above_it():
    for at, name in enumerate(TABLE):
        path = ROOT / "minillm" / f"{name}.py"
        if path.exists():
            assert imports(path) <= set(TABLE[:at]), name
