"""The same numbers on a GPU as on the CPU, where there is one; elsewhere these tests say that there is none."""

import os
import signal

import pytest
import torch

from minillm.chat import ChatSession
from minillm.checkpoint import load_model, read_log, save_model
from minillm.data import text_sequence, write_tokens
from minillm.model import heads_off
from minillm.sampling import generate
from minillm.training import TrainingConfig, choose_machine, train

HERE = {"cuda": torch.cuda.is_available, "mps": torch.backends.mps.is_available}


@pytest.fixture(params=HERE)
def device(request):
    if not HERE[request.param]():
        pytest.skip(f"this machine has no {request.param}")
    return request.param


def test_logits_attention_and_text_are_those_of_the_cpu(make_model, device):
    ids = torch.arange(11)[None] * 7
    cpu, gpu = make_model(), make_model().to(device)
    torch.testing.assert_close(gpu(ids.to(device)).cpu(), cpu(ids), atol=1e-4, rtol=1e-4)
    for mine, theirs in zip(gpu.attention_weights(ids.to(device)), cpu.attention_weights(ids)):
        torch.testing.assert_close(mine.cpu(), theirs, atol=1e-4, rtol=1e-4)
    with heads_off(gpu, [(0, 1)]), heads_off(cpu, [(0, 1)]):
        torch.testing.assert_close(gpu(ids.to(device)).cpu(), cpu(ids), atol=1e-4, rtol=1e-4)
    for how in ({"temperature": 0.0}, {"temperature": 1.0, "seed": 3}):
        assert torch.equal(generate(gpu, ids, 30, **how).cpu(), generate(cpu, ids, 30, **how))


def test_training_starts_as_on_the_cpu_and_goes_on(make_model, tokenizer, text, device, tmp_path):
    file = write_tokens(tmp_path / "tokens", [text_sequence(text, tokenizer)], tokenizer.vocab_size)
    losses = {}
    for name in ("cpu", device):
        cfg = TrainingConfig(steps=6, batch_size=4, micro_batch=2, warmup=2, eval_every=3, precision="float32", compile="no", device=name)
        def stop(step, model):
            if step == 3:
                os.kill(os.getpid(), signal.SIGINT)
            return {}

        with pytest.raises(KeyboardInterrupt):
            train(make_model(fresh=True), file, file, 0, cfg, tmp_path / name, progress=False, on_eval=stop)
        train(make_model(fresh=True), file, file, 0, cfg, tmp_path / name, resume=True, progress=False)
        losses[name] = torch.tensor([line["loss"] for line in read_log(tmp_path / name / "log.jsonl") if "loss" in line])
    torch.testing.assert_close(losses[device], losses["cpu"], atol=1e-3, rtol=1e-3)


def test_weights_travel_and_chat_answers(make_model, tokenizer, device, tmp_path):
    save_model(tmp_path, make_model().to(device), tokenizer)
    model = load_model(tmp_path, device)
    assert next(model.parameters()).device.type == device
    assert torch.equal(model.out.weight.cpu(), make_model().out.weight)
    assert ChatSession(model, tokenizer, max_new_tokens=4, temperature=0.0).ask("你好") == ChatSession(
        make_model(), tokenizer, max_new_tokens=4, temperature=0.0
    ).ask("你好")


def test_the_machine_is_chosen(device):
    assert choose_machine(TrainingConfig()).device == device
