"""Training: means over tokens, a stopped run goes on as if never stopped, the best is kept."""

import json
import math
import os
import random
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch.nn import functional as F
from torch.testing import assert_close

from minillm import machine, training
from minillm.data.batches import IGNORE, Batches
from minillm.data.encoding import encode_document
from minillm.data.token_files import Encoded, write_tokens
from minillm.formats.files import read_tensors
from minillm.formats.run_files import read_log
from minillm.muon import Muon
from minillm.training import (
    TrainingConfig,
    TrainingError,
    learning_rate,
    make_optimizers,
    token_loss,
    train,
    validation_loss,
)

# 7 steps, an evaluation after 3, 6 and 7: a stop can come on one, before one and after one
CFG = TrainingConfig(
    steps=7, batch_size=4, micro_batch=2, learning_rate=1e-2, warmup=2, eval_every=3,
    precision="float32", compile="no", device="cpu",
)  # fmt: skip


def write(folder: Path, documents, tokenizer):
    """A token file of texts and conversations."""
    encoded = (encode_document(document, tokenizer) for document in documents)
    return write_tokens(folder, encoded, tokenizer.vocab_size)


@pytest.fixture(scope="session")
def files(tmp_path_factory, tokenizer, text):
    """(training, validation): a few short documents."""
    folder = tmp_path_factory.mktemp("tokens")
    return (
        write(folder / "train", text.splitlines() * 3, tokenizer),
        write(folder / "valid", ["小企鹅喜欢鱼。 The seal lives on the ice."], tokenizer),
    )


@pytest.fixture(scope="session")
def chats(tmp_path_factory, tokenizer):
    """A token file of conversations: rows with many and rows with few targets."""
    turns = [
        ("a", "fish"),
        ("Who lives on the ice? " * 3, "a"),
        ("?", "The penguin lives on the ice. " * 3),
        ("谁?", ""),
        ("b " * 9, "c"),
    ]
    conversations = [
        [{"role": "user", "content": q}, {"role": "assistant", "content": a}] for q, a in turns
    ]
    return write(tmp_path_factory.mktemp("chats") / "chats", conversations, tokenizer)


@pytest.fixture
def run(make_model, files, tokenizer):
    """Start a run, or go on with one.

    To go on, the model has other weights at first, so that all must come from the checkpoint.
    """

    def start(folder: Path, resume: bool = False, cfg=CFG, data=None, dropout=0.2, on_eval=None):
        model = make_model(seed=1 + resume, fresh=True, dropout=dropout)
        parts = (*(data or files), tokenizer.pad_id, cfg, folder)
        return model, train(model, *parts, resume=resume, progress=False, on_eval=on_eval)

    return start


def losses_of(folder: Path, name: str = "loss") -> list[float]:
    return [line[name] for line in read_log(folder / "log.jsonl") if name in line]


def what_is_left(folder: Path) -> dict:
    """All that a run leaves but its seconds: every tensor as bytes, the state, the log."""
    left = {name: (folder / name).read_text() for name in ("log.jsonl", "config.json")}
    for name in ("model.safetensors", "last.safetensors"):
        tensors, metadata = read_tensors(folder / name)
        left |= {f"{name} {key}": t.numpy().tobytes() for key, t in tensors.items()}
    state = json.loads(metadata["state"])
    del state["seconds"]
    return left | {"state": state, "training": metadata["training"], "model": metadata["model"]}


def assert_same_run(one: Path, two: Path) -> None:
    ours, theirs = what_is_left(one), what_is_left(two)
    assert [name for name in ours | theirs if ours.get(name) != theirs.get(name)] == []


# --- the loss


def test_the_loss_is_the_sum_of_minus_log_probabilities_of_the_targets(make_model):
    model = make_model()
    inputs, targets = torch.randint(300, (2, 3, 12), generator=torch.Generator().manual_seed(0))
    targets[0, 4:] = targets[2, 0] = IGNORE
    expected = sum(
        -math.log(model(inputs)[b, t].double().softmax(dim=-1)[targets[b, t]].item())
        for b in range(3) for t in range(12) if targets[b, t] != IGNORE
    )  # fmt: skip
    assert token_loss(model, inputs, targets).item() == pytest.approx(expected, rel=1e-6)


def test_the_losses_of_parts_add_up_to_the_loss_of_the_whole(make_model):
    model = make_model()
    inputs, targets = torch.randint(300, (2, 8, 12), generator=torch.Generator().manual_seed(0))
    random_numbers = torch.rand(8, 12, generator=torch.Generator().manual_seed(1))
    targets[random_numbers < torch.arange(8)[:, None] / 8] = IGNORE  # ever fewer
    whole = token_loss(model, inputs, targets).item()
    for size in (1, 2, 3, 4):
        parts = map(token_loss, [model] * 8, inputs.split(size), targets.split(size))
        assert sum(loss.item() for loss in parts) == pytest.approx(whole, rel=1e-6)


def test_a_batch_with_nothing_to_learn_gives_0_and_no_gradient(make_model):
    model = make_model().train()
    loss = token_loss(model, torch.randint(300, (2, 12)), torch.full((2, 12), IGNORE))
    assert loss.item() == 0
    loss.backward()
    assert all((p.grad == 0).all() for p in model.parameters())


def test_a_run_with_nothing_to_learn_has_no_nan(run, tmp_path, tokenizer):
    documents = [Encoded([1, 2, 3, 4], [False] * 4, 4)] * 20
    silent = write_tokens(tmp_path / "silent", documents, tokenizer.vocab_size)
    model, state = run(tmp_path / "run", data=(silent, silent))
    assert state.best == 0
    assert losses_of(tmp_path / "run") == [0] * 7
    assert losses_of(tmp_path / "run", "valid_loss") == [0] * 4
    assert all(p.isfinite().all() for p in model.parameters())


def test_the_first_loss_is_near_ln_v(run, tmp_path):
    run(tmp_path)
    first, *_ = read_log(tmp_path / "log.jsonl")
    assert first["step"] == 0
    assert abs(first["valid_loss"] - math.log(300)) < 0.1


def gradients(folder: Path) -> dict[str, torch.Tensor]:
    """Those of a run's first step: after it the running means are a known part of them."""
    parts = {"exp_avg": 0.1, "momentum_buffer": 0.05}  # of AdamW, of Muon
    named = [(*name.split(".", 1), t) for name, t in load_file(folder / "last.safetensors").items()]
    return {name: t / parts[kind] for kind, name, t in named if kind in parts}


@pytest.mark.parametrize("micro_batch", [4, 3, 2, 1])
def test_micro_batches_of_any_size_give_the_gradient_of_the_whole_batch(
    run, chats, files, tmp_path, micro_batch
):
    """8×1 = 4×2 = …: the mean is over the batch's tokens, though its rows have 0 to 12 targets."""

    def gradient(size: int) -> dict[str, torch.Tensor]:
        cfg = replace(CFG, steps=1, batch_size=8, micro_batch=size, clip=1e9)
        run(tmp_path / str(size), cfg=cfg, data=(chats, files[1]), dropout=0.0)
        return gradients(tmp_path / str(size))

    whole, parts = gradient(8), gradient(micro_batch)
    counts = (Batches(chats, 12, 0).batch(range(8))[1] != IGNORE).sum(dim=1)
    assert len(counts.unique()) >= 3  # or means of means would do as well
    assert whole.keys() == parts.keys()
    largest = max(t.abs().max().item() for t in whole.values())
    for name in whole:  # a bias of keys has no effect, so its gradient is nothing but rounding
        assert_close(parts[name], whole[name], rtol=1e-4, atol=1e-6 * largest)
    losses = [losses_of(tmp_path / str(size)) for size in (8, micro_batch)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-6)


def test_the_validation_loss_is_the_mean_over_all_targets_without_dropout(
    make_model, chats, tokenizer
):
    model = make_model(dropout=0.5)
    batches = Batches(chats, 12, tokenizer.pad_id, shuffle=False)
    losses = []
    for inputs, targets in batches.one_pass(1):
        each = F.cross_entropy(model(inputs)[0], targets[0], ignore_index=IGNORE, reduction="none")
        losses += each[targets[0] != IGNORE].tolist()
    assert len(losses) == chats.targets()
    expected = pytest.approx(sum(losses) / len(losses), rel=1e-6)
    model.train()
    for batch_size in (1, 2, 32):
        assert validation_loss(model, batches, batch_size) == expected
    assert model.training


# --- optimizer and schedule


def test_the_learning_rate_rises_in_a_line_then_falls_along_half_a_cosine():
    cfg = TrainingConfig(steps=110, warmup=10, learning_rate=0.5, final_rate=0.1)
    rates = [learning_rate(step, cfg) for step in range(111)]
    assert rates[:10] == pytest.approx([0.05 * step for step in range(1, 11)])
    assert rates[10] == rates[9] == 0.5
    assert all(a > b for a, b in zip(rates[10:], rates[11:]))
    assert rates[60] == pytest.approx((0.5 + 0.05) / 2)  # half way
    assert rates[110] == pytest.approx(0.05)


def test_a_schedule_without_warm_up_or_with_nothing_but_is_a_schedule():
    assert learning_rate(0, TrainingConfig(warmup=0, learning_rate=0.5)) == 0.5
    short = TrainingConfig(steps=5, warmup=10, learning_rate=0.5)
    rates = [learning_rate(step, short) for step in range(5)]
    assert rates == pytest.approx([0.05, 0.1, 0.15, 0.2, 0.25])


def test_every_step_uses_the_rate_that_the_log_says(run, tmp_path, monkeypatch):
    used = {}

    def noting(kind, original):
        def step(self, *args):
            used.setdefault(kind, []).append([group["lr"] for group in self.param_groups])
            return original(self, *args)

        return step

    for kind in (Muon, torch.optim.AdamW):
        monkeypatch.setattr(kind, "step", noting(kind, kind.step))
    run(tmp_path)
    logged = losses_of(tmp_path, "rate")
    assert logged == [learning_rate(n, CFG) for n in range(7)]
    assert used[Muon] == [[rate] for rate in logged]
    assert used[torch.optim.AdamW] == [[rate, rate] for rate in logged]


def test_weight_decay_is_for_matrices_only_and_no_parameter_is_forgotten(make_model):
    model, decayed = make_model(), {}
    groups = [group for one in make_optimizers(model, CFG) for group in one.param_groups]
    for group in groups:
        decayed |= dict.fromkeys(group["params"], group["weight_decay"])
    assert sum(len(group["params"]) for group in groups) == len(decayed)  # none stands twice
    assert len(decayed) == len(list(model.parameters()))
    for name, p in model.named_parameters():
        assert decayed[p] == (0.0 if name.endswith(("bias", "scale", "shift")) else 0.1), name


def test_muon_takes_the_matrices_of_the_blocks_and_adamw_all_else(make_model):
    model = make_model()
    muon, adamw = make_optimizers(model, CFG)
    assert isinstance(muon, Muon)
    assert isinstance(adamw, torch.optim.AdamW)
    taken = {p for group in muon.param_groups for p in group["params"]}
    names = [name for name, p in model.named_parameters() if p in taken]
    parts = [f"attn.{name}" for name in ("W_query", "W_key", "W_value", "out")]
    parts += ["ff.linear1", "ff.linear2"]
    assert sorted(names) == sorted(f"blocks.{i}.{part}.weight" for i in (0, 1) for part in parts)
    rest = {p for group in adamw.param_groups for p in group["params"]}
    assert rest == set(model.parameters()) - taken


def test_the_gradient_is_clipped_as_a_whole(run, files, tmp_path):
    for clip in (1e9, 1e-3):
        run(tmp_path / str(clip), cfg=replace(CFG, steps=1, clip=clip))
    free, clipped = (gradients(tmp_path / str(clip)) for clip in (1e9, 1e-3))
    length = torch.cat([t.flatten() for t in free.values()]).norm()
    assert length > 1e-3
    for name in free:
        assert_close(clipped[name], free[name] * 1e-3 / length, rtol=1e-3, atol=1e-8)


# --- the loop


def test_a_tiny_model_learns_one_batch_by_heart(run, tmp_path, tokenizer):
    file = write(tmp_path / "one", ["Who lives on the ice? 小企鹅住在冰上。"], tokenizer)
    cfg = replace(CFG, steps=80, learning_rate=2e-2, warmup=10, eval_every=80, weight_decay=0.0)
    run(tmp_path / "run", cfg=cfg, data=(file, file), dropout=0.0)
    losses = losses_of(tmp_path / "run")
    assert losses[0] > 5
    assert losses[-1] < 0.05


def test_the_log_has_a_line_for_each_step_and_each_evaluation(run, tmp_path):
    model, state = run(tmp_path, on_eval=lambda step, model: {"squared": step**2})
    lines = read_log(tmp_path / "log.jsonl")
    assert [line["step"] for line in lines if "loss" in line] == [1, 2, 3, 4, 5, 6, 7]
    evaluations = [line for line in lines if "valid_loss" in line]
    assert [line["step"] for line in evaluations] == [0, 3, 6, 7]
    assert [line["squared"] for line in evaluations] == [0, 9, 36, 49]
    assert state.step == 7
    assert state.best == min(line["valid_loss"] for line in evaluations)
    assert state.seconds > 0
    assert not model.training


def test_dropout_comes_back_on_after_each_evaluation(run, tmp_path, monkeypatch):
    modes = set()

    def loss(model, *batch):
        modes.add((torch.is_grad_enabled(), model.training))
        return token_loss(model, *batch)

    monkeypatch.setattr(training, "token_loss", loss)
    run(tmp_path, on_eval=lambda step, model: model.eval() and {})
    assert modes == {(True, True), (False, False)}


@pytest.mark.parametrize(
    ("losses", "best"),
    [
        ([5.0, 3.0, 4.0, 3.5], 3),
        ([5.0, 4.0, 3.0, 2.0], 7),
        ([1.0, 1.0, 2.0, 1.0], 0),
        ([2.0, float("nan"), 1.0, 3.0], 6),
    ],
)
def test_the_best_weights_and_the_last_are_kept_apart(run, tmp_path, monkeypatch, losses, best):
    rest, weights = iter(losses), {}
    monkeypatch.setattr(training, "validation_loss", lambda *_, **__: next(rest))

    def keep(step, model):
        weights[step] = {name: p.detach().clone() for name, p in model.named_parameters()}
        return {}

    run(tmp_path, on_eval=keep)
    kept, last = load_file(tmp_path / "model.safetensors"), load_file(tmp_path / "last.safetensors")
    for name in kept:
        assert torch.equal(kept[name], weights[best][name])
        assert torch.equal(last[f"model.{name}"], weights[7][name])


def test_two_runs_with_one_seed_are_the_same_and_with_another_are_not(run, tmp_path):
    run(tmp_path / "one")
    run(tmp_path / "two")
    assert_same_run(tmp_path / "one", tmp_path / "two")
    run(tmp_path / "other", cfg=replace(CFG, seed=1))
    assert (
        what_is_left(tmp_path / "other")["log.jsonl"] != what_is_left(tmp_path / "one")["log.jsonl"]
    )


# --- stopped and resumed


@pytest.fixture
def stop_in(monkeypatch):
    """`stop_in(4, SIGINT)`: the signal comes in the midst of step 4, counted from 0, once."""

    def plan(step: int, number: int) -> None:
        due = [step]

        def rate(now: int, cfg: TrainingConfig) -> float:
            if now in due:
                due.clear()
                os.kill(os.getpid(), number)
            return learning_rate(now, cfg)

        monkeypatch.setattr(training, "learning_rate", rate)

    return plan


@pytest.mark.parametrize("dropout", [0.0, 0.2])
@pytest.mark.parametrize("step", range(7))
def test_stopped_in_any_step_and_resumed_is_as_never_stopped(run, tmp_path, stop_in, step, dropout):
    run(tmp_path / "whole", dropout=dropout)
    stop_in(step, signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "parts", dropout=dropout)
    # The step was finished.
    assert read_log(tmp_path / "parts" / "log.jsonl")[-1]["step"] == step + 1
    run(tmp_path / "parts", resume=True, dropout=dropout)
    assert_same_run(tmp_path / "whole", tmp_path / "parts")


@pytest.mark.parametrize("step", [0, 3, 6, 7])
def test_stopped_in_an_evaluation_and_resumed_is_as_never_stopped(run, tmp_path, step):
    """After the last step, too: otherwise what comes next would begin."""
    run(tmp_path / "whole")

    def stop(now: int, model) -> dict[str, float]:
        if now == step:
            os.kill(os.getpid(), signal.SIGINT)
        return {}

    finished = max(step, 1)  # the evaluation before the first step is followed by that step
    with pytest.raises(KeyboardInterrupt, match=f"^at step {finished} of 7; all is kept in "):
        run(tmp_path / "parts", on_eval=stop)
    _, state = run(tmp_path / "parts", resume=True)
    assert state.step == 7
    assert_same_run(tmp_path / "whole", tmp_path / "parts")


def test_a_polite_kill_and_many_stops_are_no_different(run, tmp_path, stop_in):
    run(tmp_path / "whole")
    for step in (0, 1, 3, 5):
        stop_in(step, signal.SIGINT if step == 1 else signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path / "parts", resume=step > 0)
    run(tmp_path / "parts", resume=True)
    assert_same_run(tmp_path / "whole", tmp_path / "parts")


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs SIGHUP")
def test_a_closed_terminal_saves_but_does_not_stop_what_nohup_started(run, tmp_path, stop_in):
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may run under nohup
    try:
        stop_in(3, signal.SIGHUP)
        with pytest.raises(KeyboardInterrupt, match=r"^at step 4 of 7; all is kept in "):
            run(tmp_path / "run")
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        stop_in(5, signal.SIGHUP)
        _, state = run(tmp_path / "run", resume=True)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert state.step == 7


def test_stopped_in_bfloat16_and_resumed_is_as_never_stopped(run, tmp_path, stop_in):
    cfg = replace(CFG, precision="bfloat16")
    run(tmp_path / "whole", cfg=cfg)
    stop_in(4, signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "parts", cfg=cfg)
    run(tmp_path / "parts", cfg=cfg, resume=True)
    assert_same_run(tmp_path / "whole", tmp_path / "parts")


def test_a_failure_at_any_file_and_a_resume_is_as_never_failed(run, tmp_path, monkeypatch):
    """Every file is put in place by one os.replace; each of them in turn fails.

    The log is then ahead of the checkpoint.
    """
    run(tmp_path / "whole")
    replace_file, calls, failing = os.replace, 0, 0

    def fail_once(*paths):
        nonlocal calls
        calls += 1
        if calls == failing + 1:
            raise OSError("planned")
        replace_file(*paths)

    monkeypatch.setattr(os, "replace", fail_once)
    for failing in range(100):
        calls, folder = 0, tmp_path / str(failing)
        try:
            run(folder)
        except OSError:
            run(folder, resume=(folder / "last.safetensors").exists())
        assert_same_run(tmp_path / "whole", folder)
        left = ["config.json", "last.safetensors", "log.jsonl", "model.safetensors"]
        assert sorted(os.listdir(folder)) == left
        if calls <= failing:
            break
    assert 5 < failing < 100


KILLED = """
import os, random, signal, sys, time
from pathlib import Path
import torch
from minillm.data.token_files import TokenFile
from minillm.model import QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.training import TrainingConfig, train

torch.set_num_threads(1)
torch.optim.AdamW([torch.zeros(1)])  # what that imports, each life has at once
root, tokens, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
files = [TokenFile(tokens / name) for name in ("train", "valid")]
cfg = TrainingConfig(
    steps=60, batch_size=4, micro_batch=4, warmup=5, eval_every=3, precision="float32",
    compile="no", device="cpu",
)
shape = QdogBabyLearnConfig(
    "tiny", num_hidden_layers=2, num_heads=2, emb_dim=16, dropout=0.2, context_size=12,
    vocab_size=300,
)

def live(folder):
    resume = (folder / "last.safetensors").exists()
    torch.manual_seed(os.getpid() if resume else 0)
    train(QdogBabyLearnLLM(shape), *files, 0, cfg, folder, resume=resume, progress=False)

def lines(log):
    return log.read_bytes().count(b"\\n") if log.exists() else 0

def life(folder, kill_after=None, more=0.0):
    '''Train in a child; kill -9 it when the log has grown by kill_after lines, and `more` seconds
    have passed. Was it killed?'''
    start = lines(folder / "log.jsonl") if (folder / "last.safetensors").exists() else 0
    child = os.fork()
    if child == 0:
        try:
            live(folder)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    gone, status = 0, 0
    while kill_after is not None and not gone and lines(folder / "log.jsonl") < start + kill_after:
        time.sleep(0.0005)
        gone, status = os.waitpid(child, os.WNOHANG)
    if not gone:
        if kill_after is not None:
            time.sleep(more)
            os.kill(child, signal.SIGKILL)
        gone, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit("a life ended in an error")
    return os.WIFSIGNALED(status)

choose = random.Random(seed)
life(root / "whole")
killed = sum(life(root / "parts", choose.randint(1, 6), choose.random() * 0.02) for _ in range(8))
life(root / "parts")
print(killed)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_random_moments_and_resumed_is_as_never_killed(files, tmp_path):
    seed = random.randrange(1000)
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(files[0].folder.parent), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, (seed, done.stderr)
    assert int(done.stdout.splitlines()[-1]) >= 4, seed
    assert_same_run(tmp_path / "whole", tmp_path / "parts")


def test_to_resume_what_is_done_changes_nothing(run, tmp_path):
    run(tmp_path)
    before = what_is_left(tmp_path)
    model, state = run(tmp_path, resume=True)
    assert what_is_left(tmp_path) == before
    assert state.step == 7
    last = load_file(tmp_path / "last.safetensors")
    assert torch.equal(model.out.weight, last["model.out.weight"])


def test_to_resume_with_other_settings_is_refused_by_name(run, tmp_path):
    run(tmp_path)
    before = what_is_left(tmp_path)
    changed = r"other settings: batch_size=8 \(there 4\), seed=3 \(there 0\)$"
    with pytest.raises(ValueError, match=changed):
        run(tmp_path, resume=True, cfg=replace(CFG, batch_size=8, seed=3))
    with pytest.raises(ValueError, match=r"other settings: dropout=0.5 \(there 0.2\)$"):
        run(tmp_path, resume=True, dropout=0.5)
    with pytest.raises(ValueError, match=r"has no last.safetensors$"):
        run(tmp_path / "nowhere", resume=True)
    assert what_is_left(tmp_path) == before


def test_a_run_may_go_on_with_more_steps_and_not_with_fewer(run, tmp_path):
    run(tmp_path, cfg=replace(CFG, steps=4))
    _, state = run(tmp_path, resume=True, cfg=replace(CFG, steps=9, warmup=3))
    assert state.step == 9
    lines = read_log(tmp_path / "log.jsonl")
    assert [line["step"] for line in lines if "loss" in line] == [*range(1, 10)]
    with pytest.raises(ValueError, match=r"other settings: steps=7 \(there 9\), warmup=2 "):
        run(tmp_path, resume=True)
    with pytest.raises(ValueError, match=r"other settings: seed=1 \(there 0\)$"):
        run(tmp_path, resume=True, cfg=replace(CFG, steps=12, warmup=3, seed=1))


def test_a_run_keeps_the_precision_that_it_began_with(run, tmp_path, stop_in, monkeypatch):
    cfg = replace(CFG, precision="auto")
    monkeypatch.setattr(machine, "bfloat16_pays", lambda: True)
    _, state = run(tmp_path / "whole", cfg=cfg)
    assert state.precision == "bfloat16"
    stop_in(3, signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "parts", cfg=cfg)
    monkeypatch.setattr(machine, "bfloat16_pays", lambda: False)  # as if on another machine
    run(tmp_path / "parts", cfg=cfg, resume=True)
    assert_same_run(tmp_path / "whole", tmp_path / "parts")


@pytest.mark.parametrize("fault", ["loss", "gradient"])
def test_a_loss_that_is_no_number_stops_the_run_and_keeps_what_was_before(
    run, tmp_path, monkeypatch, fault
):
    run(tmp_path / "whole")
    calls = []

    def poisoned(model, inputs, targets):
        loss = token_loss(model, inputs, targets)
        if model.training:
            calls.append(loss)
        if len(calls) == 9 and model.training:  # in step 5: two micro-batches a step
            slope_is_nan = (model.out.bias[0] * 0).abs().sqrt()  # 0 · ∞
            return loss * float("nan") if fault == "loss" else loss + slope_is_nan
        return loss

    monkeypatch.setattr(training, "token_loss", poisoned)
    sentence = r"^the loss is no longer a number at step 5 .* a lower learning rate than 0\.01$"
    with pytest.raises(TrainingError, match=sentence):
        run(tmp_path / "parts")
    for name in ("last.safetensors", "model.safetensors"):
        tensors = load_file(tmp_path / "parts" / name)
        assert all(t.isfinite().all() for t in tensors.values())
    assert read_log(tmp_path / "parts" / "log.jsonl")[-1]["step"] == 4
    run(tmp_path / "parts", resume=True)  # the fault does not come again
    assert_same_run(tmp_path / "whole", tmp_path / "parts")


# --- settings


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"steps": 0}, "steps=0 is not a whole number from 1 to 1,000,000,000"),
        ({"steps": 10**10}, "steps=10000000000 is not a whole number from 1 to 1,000,000,000"),
        ({"steps": True}, "steps=True is not a whole number from 1 to"),
        ({"batch_size": 2.5}, "batch_size=2.5 is not a whole number from 1 to 65,536"),
        ({"micro_batch": -1}, "micro_batch=-1 is not a whole number from 1 to 65,536"),
        ({"eval_every": 0}, "eval_every=0 is not a whole number from 1 to"),
        ({"warmup": -1}, "warmup=-1 is not a whole number from 0 to"),
        ({"seed": -1}, "seed=-1 is not a whole number from 0 to"),
        ({"seed": 2**41}, "seed=2199023255552 is not a whole number from 0 to"),
        ({"clip": 0}, "clip=0 is not a number above 0"),
        ({"beta2": 2}, "beta2=2 is not a number above 0 and below 1"),
        ({"weight_decay": -1}, "weight_decay=-1 is not a number of at least 0"),
        ({"final_rate": float("nan")}, "final_rate=nan is not a number of at least 0 and below 2"),
        ({"learning_rate": "x"}, "learning_rate='x' is not a number above 0"),
        ({"learning_rate": 0}, "learning_rate=0 is not a number above 0"),
        ({"learning_rate": float("nan")}, "learning_rate=nan is not a number above 0"),
        ({"precision": "float16"}, "precision='float16' is not one of auto, float32, bfloat16"),
        ({"compile": True}, "compile=True is not one of auto, yes, no"),
        ({"shard": "yes"}, "shard='yes' is not one of True, False"),
    ],
)
def test_an_impossible_setting_is_refused_by_name(changes, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        TrainingConfig(**changes)
