"""The package: a front door, and modules that import no more than they need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import minillm

ROOT = Path(__file__).parents[1]


def imported(statement: str) -> set[str]:
    """The modules that are there after a statement, in a process of its own."""
    script = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("statement", ["import minillm", "import minillm.cli.arguments"])
def test_importing_the_package_imports_no_torch(statement):
    modules = imported(statement)
    assert "minillm" in modules
    assert not modules & {"torch", "numpy", "safetensors", "matplotlib"}


def test_files_of_json_are_read_without_torch():
    assert "torch" not in imported("import minillm.formats.files")
    assert "torch" not in imported("import minillm.tokenizer_training")


@pytest.mark.deep
def test_only_several_processes_import_what_they_need():
    """Of torch.distributed.tensor, FSDP and data parallelism, nothing more than torch's own."""
    names = ("torch.distributed.tensor", "torch.distributed.fsdp", "torch.distributed._composable")

    def heavy(statement):
        return {name for name in imported(statement) if name.startswith(names)}

    plain = heavy("import torch, tqdm.auto, safetensors.torch; torch.optim.AdamW")
    statement = "import minillm.formats.checkpoints, minillm.training, minillm.runs.run"
    assert heavy(statement) <= plain
    assert "minillm.runs.processes" not in imported(statement)
    assert not heavy("import minillm.runs.processes") <= plain


def test_the_front_doors_names_are_those_of_their_modules():
    from minillm.chat import ChatSession
    from minillm.formats.checkpoints import load
    from minillm.sampling import generate
    from minillm.widgets import AttentionExplorer

    assert minillm.ChatSession is ChatSession
    assert minillm.load is load
    assert minillm.generate is generate
    assert minillm.AttentionExplorer is AttentionExplorer
    assert set(minillm.__all__) <= set(dir(minillm))
    with pytest.raises(AttributeError, match=r"^module 'minillm' has no attribute 'lead'$"):
        minillm.lead  # noqa: B018


def test_the_model_that_comes_along_loads_and_answers():
    model, tokenizer = minillm.load()
    assert not model.training
    assert model.cfg.model_name == "mini"
    assert tokenizer.vocab_size <= model.cfg.vocab_size
    session = minillm.ChatSession(model, tokenizer, temperature=0, max_new_tokens=20)
    assert session.ask("会说话吗?") == "会说话!"
    pretrained, same = minillm.load(stage="pretrain")
    assert same.ids == tokenizer.ids
    assert pretrained.cfg == model.cfg


def test_without_the_course_the_explorer_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    for name in [name for name in sys.modules if name.startswith("minillm.widgets")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(vars(minillm), "AttentionExplorer", raising=False)
    with pytest.raises(ImportError, match=r"needs anywidget, .* pip install 'minillm\[course\]'$"):
        minillm.AttentionExplorer  # noqa: B018
