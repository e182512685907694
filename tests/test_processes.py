"""Two processes with gloo against one: the same losses, one writer; a killed one is reported."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from minillm.formats.checkpoints import load_model
from minillm.formats.run_files import read_log

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(
    not torch.distributed.is_available() or sys.platform == "win32",
    reason="torch.distributed with gloo is not here",
)


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    path = tmp_path_factory.mktemp("text") / "text.jsonl"
    lines = [
        f"{n}. The penguin of island {n % 17} has {n % 5} fish and {n % 3} friends. " * (1 + n % 7)
        for n in range(400)
    ]
    path.write_text("".join(json.dumps({"text": line}) + "\n" for line in lines), "utf-8")
    return path


def command(text, out, *more):
    run = ["pretrain", "--preset", "nano", "--data", str(text), "--out", str(out)]
    settings = ["--batch-size", "4", "--micro-batch", "1", "--precision", "float32"]
    return [*run, *settings, "--device", "cpu", *more]


def start(processes, arguments):
    launch = []
    if processes > 1:
        launch = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(processes)]
    return subprocess.Popen(
        [sys.executable, *launch, "-m", "minillm", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process, seconds=240):
    out, err = process.communicate(timeout=seconds)
    return process.returncode, out, err


def losses(folder):
    """Of every step, and of every evaluation."""
    log = read_log(folder / "log.jsonl")
    names = ("loss", "valid_loss")
    return [torch.tensor([line[name] for line in log if name in line]) for name in names]


@pytest.fixture(scope="module")
def one(text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("one") / "run"
    assert finish(start(1, command(text, folder, "--steps", "50")))[0] == 0
    return folder


@pytest.mark.deep
@pytest.mark.parametrize("shard", [(), ("--shard",)], ids=["replicated", "sharded"])
def test_two_processes_have_the_losses_of_one(text, one, tmp_path, shard):
    code, out, err = finish(start(2, command(text, tmp_path / "run", "--steps", "50", *shard)))
    assert code == 0, err
    assert "Warning" not in err.replace("OMP_NUM_THREADS", ""), err
    assert out.count("best validation loss") == 1  # one speaks
    for mine, theirs in zip(losses(tmp_path / "run"), losses(one)):
        torch.testing.assert_close(mine, theirs, atol=1e-5, rtol=0)
        assert len(mine) >= 2
    expected = load_model(one).state_dict()
    for name, p in load_model(tmp_path / "run").state_dict().items():
        # A key's bias adds the same to all scores of a query, so its gradient is rounding, and
        # AdamW makes steps of that; of a row that is seldom read likewise, now and then.
        atol = 1e-2 if name.endswith("W_key.bias") else 3e-3
        torch.testing.assert_close(p, expected[name], atol=atol, rtol=1e-2)


@pytest.mark.deep
def test_a_run_goes_on_with_another_number_of_processes(text, one, tmp_path):
    folder, arguments = tmp_path / "run", command(text, tmp_path / "run", "--steps", "50")
    process = start(2, arguments)
    wait_for_steps(folder, 8, process)
    os.killpg(process.pid, signal.SIGTERM)  # a polite kill: the step is finished and saved
    finish(process)
    steps = len(losses(folder)[0])
    assert 8 <= steps < 50
    code, _, err = finish(start(1, arguments))
    assert code == 0, err
    torch.testing.assert_close(losses(folder)[0], losses(one)[0], atol=1e-5, rtol=0)


@pytest.mark.deep
def test_a_sharded_model_goes_on_after_a_stop(text, one, tmp_path):
    """Its checkpoint holds whole tensors, gathered from the parts and divided again."""
    folder = tmp_path / "run"
    arguments = command(text, folder, "--steps", "50", "--shard")
    process = start(2, arguments)
    wait_for_steps(folder, 8, process)
    os.killpg(process.pid, signal.SIGTERM)
    finish(process)
    assert 8 <= len(losses(folder)[0]) < 50
    code, _, err = finish(start(2, arguments))
    assert code == 0, err
    torch.testing.assert_close(losses(folder)[0], losses(one)[0], atol=1e-5, rtol=0)


@pytest.mark.deep
def test_a_killed_process_ends_the_run_in_a_sentence(text, one, tmp_path):
    folder, arguments = tmp_path / "run", command(text, tmp_path / "run", "--steps", "50")
    process = start(2, arguments)
    wait_for_steps(folder, 3, process)
    children = ["pgrep", "-P", str(process.pid)]
    workers = subprocess.run(children, capture_output=True, text=True).stdout.split()
    os.kill(int(workers[1]), signal.SIGKILL)
    code, _, err = finish(process)
    assert code != 0
    assert "one of the 2 processes has ended" in err, err[-1500:]
    assert "the same command goes on" in err, err[-1500:]
    code, _, err = finish(start(2, arguments))
    assert code == 0, err
    torch.testing.assert_close(losses(folder)[0], losses(one)[0], atol=1e-5, rtol=0)


def test_one_of_several_leaves_without_taking_python_down():
    """Threads of PyTorch may still be at work then, and would end it with a signal now and then."""
    script = (
        "import atexit, minillm.cli as cli; cli.main = lambda: print('done') or 2; "
        "atexit.register(print, 'taken down'); cli.command()"
    )
    for size, printed in (("1", "done\ntaken down\n"), ("2", "done\n")):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": str(ROOT), "WORLD_SIZE": size},
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stdout) == (2, printed)


def wait_for_steps(folder, count, process):
    deadline = time.monotonic() + 120
    while not (folder / "log.jsonl").exists() or len(losses(folder)[0]) < count:
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"it makes no steps: {finish(process)}")
        time.sleep(0.05)


def test_fewer_gpus_than_processes_are_refused(monkeypatch):
    from minillm.runs.processes import join_processes

    monkeypatch.setenv("LOCAL_WORLD_SIZE", "9")
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    sentence = r"^9 processes need a GPU each, and 2 are here; start fewer, or use --device cpu$"
    with pytest.raises(ValueError, match=sentence), join_processes("cuda"):
        pass


def test_a_batch_that_cannot_be_shared_is_refused_once(text, tmp_path):
    settings = ["--batch-size", "3", "--steps", "2"]
    code, _, err = finish(start(2, command(text, tmp_path / "run", *settings)))
    assert code != 0
    assert err.count("batch_size=3 is not divisible by 2 processes") == 1, err[-1500:]
