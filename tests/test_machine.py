"""What a run computes with: chosen, named when it is not there, and shared among processes."""

import shutil

import pytest
import torch

from minillm import machine as module
from minillm.machine import Machine, Processes, choose_machine, measured_tflops
from minillm.training import TrainingConfig


def test_a_device_that_is_not_there_is_refused_by_name():
    sentence = r"^device='abacus' is not there; this machine has cpu"
    with pytest.raises(ValueError, match=sentence):
        choose_machine("abacus")
    with pytest.raises(ValueError, match=sentence):
        TrainingConfig(device="abacus").machine  # noqa: B018


def test_the_machine_says_what_it_uses():
    machine = choose_machine("cpu", "float32", "no")
    assert machine == Machine("cpu", "float32", compiled=False)
    assert str(machine) == (
        f"cpu, {torch.get_num_threads()} threads, float32, not compiled "
        "(--device, --precision and --compile override)"
    )
    assert "bfloat16, compiled" in str(Machine("cpu", "bfloat16", compiled=True))


@pytest.mark.parametrize("fast", [True, False])
def test_a_cpu_uses_bfloat16_where_that_is_fast_and_is_not_compiled_for(monkeypatch, fast):
    monkeypatch.setattr(module, "bfloat16_pays", lambda: fast)
    precision = "bfloat16" if fast else "float32"
    assert choose_machine("cpu") == Machine("cpu", precision, compiled=False)


def test_a_device_may_have_a_number():
    machine = choose_machine("cpu:0", "bfloat16", "no")
    assert machine.device == "cpu:0"
    with machine.autocast():
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.bfloat16
    with pytest.raises(ValueError, match=r"^device='cuda:99' is not there"):
        choose_machine("cuda:99")


def test_a_model_is_not_compiled_without_a_compiler(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ValueError, match=r"^compile='yes' needs a C\+\+ compiler .*; use 'no'$"):
        choose_machine("cpu", "float32", "yes")
    assert not choose_machine("cpu", "float32").compiled


def test_the_rate_of_products_is_measured():
    rate = measured_tflops(Machine("cpu", "float32", compiled=False), size=128)
    assert 1e-4 < rate < 1e3


def test_products_are_in_the_precision_of_the_machine():
    a = torch.ones(2, 2)
    for precision in ("float32", "bfloat16"):
        with Machine("cpu", precision, compiled=False).autocast():
            assert (a @ a).dtype == getattr(torch, precision)


@pytest.mark.parametrize("size", [1, 2, 4])
def test_every_row_belongs_to_one_process(size):
    rows = [row for rank in range(size) for row in Processes(rank, size).rows_of(8)]
    assert rows == list(range(8))


def test_rows_that_cannot_be_divided_evenly_are_refused():
    with pytest.raises(ValueError, match=r"^batch_size=3 is not divisible by 2 processes$"):
        Processes(0, 2).rows_of(3)


def test_a_process_alone_is_main_and_exchanges_nothing():
    alone, model = Processes(), torch.nn.Linear(2, 2)
    assert alone.is_main
    assert alone.total(1, 2.5) == [1, 2.5]
    with alone.main_first(), alone.without_sync(model, last=False):
        assert alone.wrap(model, "cpu") is model
    gathered = alone.gather(dict(model.named_parameters()))
    assert torch.equal(gathered["weight"], model.weight)
    assert not gathered["weight"].requires_grad
    assert not alone.is_lost(RuntimeError("connection"))
