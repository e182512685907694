"""The arithmetic of a run, against what PyTorch itself counts."""

import re

import pytest
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from minillm import machine
from minillm.cli import main
from minillm.model import PRESETS, QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.runs.plan import Plan
from minillm.runs.recipe import RECIPES
from minillm.training import TrainingConfig, make_optimizers, token_loss

SMALL = QdogBabyLearnConfig(
    "t", num_hidden_layers=3, num_heads=4, emb_dim=64, context_size=32, vocab_size=500
)


def test_operations_are_those_that_pytorch_counts():
    model, ids = QdogBabyLearnLLM(SMALL), torch.randint(500, (4, 32))
    with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
        token_loss(model, ids, ids).backward()
    counted = counter.get_total_flops()
    assert Plan(SMALL, tokens=4 * 32).operations == pytest.approx(counted, rel=0.05)


def test_memory_of_weights_and_optimizers_is_what_they_take():
    model = QdogBabyLearnLLM(SMALL)
    optimizers = make_optimizers(model, TrainingConfig())
    token_loss(model, torch.randint(500, (1, 8)), torch.randint(500, (1, 8))).backward()
    for optimizer in optimizers:
        optimizer.step()
    states = [state for optimizer in optimizers for state in optimizer.state.values()]
    means = [t for state in states for t in state.values() if t.dim()]
    taken = {
        "weights": sum(p.nbytes for p in model.parameters()),
        "gradients": sum(p.grad.nbytes for p in model.parameters()),
        "optimizer": sum(t.nbytes for t in means),
    }
    memory = Plan(SMALL).memory()
    assert {name: memory[name] for name in taken} == taken


def test_activations_are_about_what_the_backward_pass_keeps():
    model, ids = QdogBabyLearnLLM(SMALL), torch.randint(500, (4, 32))
    weights = {p.data_ptr() for p in model.parameters()}
    kept = {}

    def keep(t):
        storage = t.untyped_storage()
        if storage.data_ptr() not in weights:
            kept[storage.data_ptr()] = storage.nbytes()
        return t

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda t: t):
        loss = model.hidden(ids).square().sum()
    assert Plan(SMALL, rows=4).memory()["activations"] == pytest.approx(sum(kept.values()), rel=0.2)
    loss.backward()


def test_hours_follow_from_operations():
    one = Plan(PRESETS["seed"], tflops=100, utilization=1.0)
    eight = Plan(PRESETS["seed"], devices=8, tflops=100, utilization=0.5)
    assert one.hours == pytest.approx(one.operations / 1e14 / 3600)
    assert eight.hours == pytest.approx(one.hours / 4)
    assert one.parameters == 57_261_312
    assert one.tokens_read == 20 * 57_261_312


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"devices": 0}, "devices=0"),
        ({"rows": 1.5}, "rows=1.5"),
        ({"tokens": -1}, "tokens=-1"),
        ({"tflops": 0}, "tflops=0"),
        ({"tflops": float("nan")}, "tflops=nan"),
        ({"tflops": 1e-300}, "tflops=1e-300 is not a number from 1e-06 to 1e\\+09"),
        ({"utilization": 1.5}, "utilization=1.5 is not a number from 1e-06 to 1"),
        ({"utilization": 1e-300}, "utilization=1e-300"),
        ({"price": float("inf")}, "price=inf"),
        ({"price": -2}, "price=-2"),
    ],
)
def test_values_that_make_no_sense_are_named(values, word):
    with pytest.raises(ValueError, match=word):
        Plan(SMALL, **values)


def test_a_preset_is_planned_with_what_its_recipe_reads(capsys):
    assert main(["plan", "--preset", "mini", "--tflops", "1"]) == 0
    recipe = RECIPES["mini"]
    rows = sum(stage.steps * stage.batch_size for stage in (recipe.pretrain, recipe.sft))
    tokens = rows * recipe.model.context_size
    out = capsys.readouterr().out
    assert f"{tokens:,} (" in out
    assert "those that `minillm train` reads for mini" in out
    assert main(["plan", "--preset", "mini", "--emb-dim", "112", "--tflops", "1"]) == 0
    assert "20.0 for each parameter" in capsys.readouterr().out


def test_small_runs_are_told_in_small_units():
    lines = "\n".join(Plan(SMALL, tflops=2, price=3, tokens=10**6).lines())
    assert re.search(r"memory +\d+\.\d\d MB a device: weights 0\.\d\d", lines)
    assert re.search(r"time +0\.\d minutes on .* 0\.00 at 3 a device", lines)
    large = "\n".join(Plan(PRESETS["seed"], tflops=2).lines())
    assert "GB a device" in large
    assert " hours on 1 × 2 TFLOP/s" in large


def test_without_a_rate_it_is_measured(capsys, monkeypatch):
    monkeypatch.setattr(machine, "measured_tflops", lambda machine: 0.123)
    assert main(["plan", "--preset", "nano"]) == 0
    assert "1 × 0.123 TFLOP/s" in capsys.readouterr().out


def test_the_command(capsys):
    devices = ["--devices", "8", "--tflops", "400", "--price", "2"]
    assert main(["plan", "--preset", "seed", *devices]) == 0
    assert "57,261,312" in capsys.readouterr().out
    assert main(["plan", "--emb-dim", "100", "--num-heads", "7"]) == 2
    assert "not divisible" in capsys.readouterr().err
