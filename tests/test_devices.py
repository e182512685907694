"""The same numbers on a GPU as on the CPU; skipped where there is none."""

import os
import signal

import pytest
import torch

from minillm.chat import ChatSession
from minillm.data.encoding import encode_document
from minillm.data.token_files import write_tokens
from minillm.formats.checkpoints import load_model, save_model
from minillm.formats.run_files import read_log
from minillm.interpretability import activations, heads_off
from minillm.machine import choose_machine
from minillm.sampling import generate
from minillm.training import TrainingConfig, train

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
    for sampling in ({"temperature": 0.0}, {"temperature": 1.0, "seed": 3}):
        mine, theirs = (generate(model, ids, 30, **sampling) for model in (gpu, cpu))
        assert torch.equal(mine.cpu(), theirs)
    mine, theirs = (activations(model, ids[0].tolist()) for model in (gpu, cpu))
    torch.testing.assert_close(mine.weights, theirs.weights, atol=1e-4, rtol=1e-4)


def test_training_starts_as_on_the_cpu_and_goes_on(make_model, tokenizer, text, device, tmp_path):
    encoded = encode_document(text, tokenizer)
    file = write_tokens(tmp_path / "tokens", [encoded], tokenizer.vocab_size)
    files, losses = (file, file, tokenizer.pad_id), {}

    def stop(step, model):
        if step == 3:
            os.kill(os.getpid(), signal.SIGINT)
        return {}

    for name in ("cpu", device):
        cfg = TrainingConfig(
            steps=6, batch_size=4, micro_batch=2, warmup=2, eval_every=3, precision="float32",
            compile="no", device=name,
        )  # fmt: skip
        folder = tmp_path / name
        with pytest.raises(KeyboardInterrupt):
            train(make_model(fresh=True), *files, cfg, folder, progress=False, on_eval=stop)
        train(make_model(fresh=True), *files, cfg, folder, resume=True, progress=False)
        lines = read_log(folder / "log.jsonl")
        losses[name] = torch.tensor([line["loss"] for line in lines if "loss" in line])
    torch.testing.assert_close(losses[device], losses["cpu"], atol=1e-3, rtol=1e-3)


def test_weights_travel_and_chat_answers(make_model, tokenizer, device, tmp_path):
    save_model(tmp_path, make_model().to(device), tokenizer)
    model = load_model(tmp_path, device)
    assert next(model.parameters()).device.type == device
    assert torch.equal(model.out.weight.cpu(), make_model().out.weight)
    mine, theirs = (
        ChatSession(chat_model, tokenizer, max_new_tokens=4, temperature=0.0).ask("你好")
        for chat_model in (model, make_model())
    )
    assert mine == theirs


def test_the_machine_is_chosen(device):
    assert choose_machine().device == TrainingConfig().machine.device == device
