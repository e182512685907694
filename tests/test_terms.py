"""Words are explained where they first come up: names of PyTorch, and the terms of the glossary."""

import ast
import io
import re
import tokenize

import pytest
import torch
from test_notebooks import LESSONS, ROOT, outside_exercises, read
from torch import nn
from torch.nn import functional as F

PYTHON = {name for kind in (str, list, dict, set, int, float, bytes, tuple) for name in dir(kind)}


def of_pytorch(name: str) -> bool:
    if name.startswith("__") or name in PYTHON:
        return False
    return any(
        hasattr(owner, name) for owner in (torch, torch.Tensor, nn, F, nn.Module, torch.optim)
    )


def without_magics(source: str) -> str:
    return re.sub(r"^\s*[%!].*", "", source, flags=re.M)


def names_in(source: str) -> set[str]:
    """The names of PyTorch that a cell uses: those after a dot."""
    tree = ast.parse(without_magics(source))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return set(filter(of_pytorch, used))


def said_in(notebook) -> str:
    """All that a notebook says in words: its prose and the comments of its code."""
    said = [cell.source for cell in notebook.prose]
    for cell in notebook.code:
        lines = io.StringIO(without_magics(cell.source))
        for token in tokenize.generate_tokens(lines.readline):
            if token.type == tokenize.COMMENT:
                said.append(token.string)
    return "\n".join(said)


def test_every_name_of_pytorch_is_explained_where_it_is_first_used():
    said, missing = "", []
    for path in LESSONS:
        notebook = read(path)
        said += said_in(notebook)
        used = set().union(*(names_in(cell.source) for cell in outside_exercises(notebook)))
        missing += [
            f"{path.name[:2]} {n}" for n in sorted(used) if not re.search(rf"\b{n}\b", said)
        ]
    assert not missing, ", ".join(missing)


def glossary() -> list[tuple[str, str]]:
    """(term, notebook) of the rows of the glossary; the notebook is "12" or "–"."""
    rows = re.findall(
        r"^\| \*\*(.+?)\*\* \|.*\| (\S+) \|$", (ROOT / "docs/GLOSSARY.md").read_text("utf-8"), re.M
    )
    assert len(rows) > 100
    return rows


@pytest.mark.parametrize(("term", "number"), glossary())
def test_a_term_is_explained_in_its_notebook(term, number):
    """In bold where it is introduced."""
    if number.isdigit():
        path = next(path for path in LESSONS if path.name.startswith(number))
        prose = " ".join(" ".join(cell.source.split()) for cell in read(path).prose)
        bold = re.findall(r"\*\*(?=\S)([^*]+?)(?<=\S)\*\*", prose.lower())
        for name in re.sub(r" \(.*?\)", "", term.lower()).split(", "):
            assert any(name in words for words in bold), f"{number} has no bold {name}"
