"""The arithmetic of a run, against what PyTorch itself counts."""

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from minillm.cli import main
from minillm.model import PRESETS, QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.plan import Plan
from minillm.training import make_optimizer, token_loss, TrainingConfig

SMALL = QdogBabyLearnConfig("t", num_hidden_layers=3, num_heads=4, emb_dim=64, context_size=32, vocab_size=500)


def test_operations_are_those_that_pytorch_counts():
    model, ids = QdogBabyLearnLLM(SMALL), torch.randint(500, (4, 32))
    with FlopCounterMode(display=False) as counter, torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH):
        token_loss(model, ids, ids).backward()
    assert Plan(SMALL, tokens=4 * 32).operations == pytest.approx(counter.get_total_flops(), rel=0.05)


def test_memory_of_weights_and_optimizer_is_what_is_held():
    model = QdogBabyLearnLLM(SMALL)
    optimizer = make_optimizer(model, TrainingConfig())
    token_loss(model, torch.randint(500, (1, 8)), torch.randint(500, (1, 8))).backward()
    optimizer.step()
    held = {
        "weights": sum(p.nbytes for p in model.parameters()), "gradients": sum(p.grad.nbytes for p in model.parameters()),
        "optimizer": sum(t.nbytes for state in optimizer.state.values() for t in state.values() if t.dim()),
    }  # fmt: skip
    memory = Plan(SMALL).memory()
    assert {name: memory[name] for name in held} == held


def test_hours_follow_from_operations():
    one, eight = Plan(PRESETS["seed"], tflops=100, utilization=1.0), Plan(PRESETS["seed"], devices=8, tflops=100, utilization=0.5)
    assert one.hours == pytest.approx(one.operations / 1e14 / 3600) and eight.hours == pytest.approx(one.hours / 4)
    assert one.parameters == 57_261_312 and one.read == 20 * 57_261_312


@pytest.mark.parametrize("values, word", [
    ({"devices": 0}, "devices=0"), ({"rows": 1.5}, "rows=1.5"), ({"tokens": -1}, "tokens=-1"), ({"tflops": 0}, "tflops=0"),
    ({"utilization": 1.5}, "utilization=1.5 is not a number above 0 and up to 1"), ({"price": -2}, "price=-2"), ({"tflops": float("nan")}, "tflops=nan"),
])  # fmt: skip
def test_values_that_make_no_sense_are_named(values, word):
    with pytest.raises(ValueError, match=word):
        Plan(SMALL, **values)


def test_the_command(capsys):
    assert main(["plan", "--preset", "seed", "--devices", "8", "--tflops", "400", "--price", "2"]) == 0
    assert "57,261,312" in capsys.readouterr().out
    assert main(["plan", "--emb-dim", "100", "--num-heads", "7"]) == 2
    assert "not divisible" in capsys.readouterr().err
