"""Two processes with gloo against one: the same losses, one writer, and a killed one ends the run in a clear word."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from minillm.checkpoint import load_model, read_log
from minillm.processes import Processes

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(not torch.distributed.is_available() or sys.platform == "win32", reason="torch.distributed with gloo is not here")


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    path = tmp_path_factory.mktemp("text") / "text.jsonl"
    lines = [f"{n}. The penguin of island {n % 17} has {n % 5} fish and {n % 3} friends. " * (1 + n % 7) for n in range(400)]
    path.write_text("".join(json.dumps({"text": line}) + "\n" for line in lines), "utf-8")
    return path


def command(text, out, *more):
    return ["pretrain", "--preset", "nano", "--data", str(text), "--out", str(out), "--batch-size", "4", "--micro-batch", "1", "--precision", "float32", *more]


def start(processes, arguments, **how):
    launch = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(processes)] if processes > 1 else []
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen([sys.executable, *launch, "-m", "minillm", *arguments], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how)


def finish(process, seconds=240):
    out, err = process.communicate(timeout=seconds)
    return process.returncode, out, err


def losses(folder):
    log = read_log(folder / "log.jsonl")
    return torch.tensor([line["loss"] for line in log if "loss" in line]), torch.tensor([line["valid_loss"] for line in log if "valid_loss" in line])


@pytest.fixture(scope="module")
def one(text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("one") / "run"
    assert finish(start(1, command(text, folder, "--steps", "50")))[0] == 0
    return folder


@pytest.mark.parametrize("how", [(), ("--shard",)], ids=["replicated", "sharded"])
def test_two_processes_have_the_losses_of_one(text, one, tmp_path, how):
    code, out, err = finish(start(2, command(text, tmp_path / "run", "--steps", "50", *how)))
    assert code == 0, err
    assert "Warning" not in err.replace("OMP_NUM_THREADS", ""), err
    assert out.count("best validation loss") == 1  # one speaks
    for mine, theirs in zip(losses(tmp_path / "run"), losses(one)):
        torch.testing.assert_close(mine, theirs, atol=1e-5, rtol=0)
        assert len(mine) >= 2
    expected = load_model(one).state_dict()
    for name, p in load_model(tmp_path / "run").state_dict().items():
        # A key's bias adds the same to all scores of a query, so its gradient is rounding, and AdamW makes steps of that.
        torch.testing.assert_close(p, expected[name], atol=1e-2 if name.endswith("W_key.bias") else 1e-3, rtol=1e-2)


def test_a_run_goes_on_with_another_number_of_processes(text, one, tmp_path):
    folder, arguments = tmp_path / "run", command(text, tmp_path / "run", "--steps", "50")
    process = start(2, arguments, start_new_session=True)
    wait_for_steps(folder, 8, process)
    os.killpg(process.pid, signal.SIGTERM)  # a polite kill: the step is finished and saved
    finish(process)
    steps = len(losses(folder)[0])
    assert 8 <= steps < 50
    code, _, err = finish(start(1, arguments))
    assert code == 0, err
    torch.testing.assert_close(losses(folder)[0], losses(one)[0], atol=1e-5, rtol=0)


def test_a_shared_out_model_goes_on_after_a_stop(text, one, tmp_path):
    """Its checkpoint holds the whole of every tensor, put together from the parts and taken apart again."""
    folder, arguments = tmp_path / "run", command(text, tmp_path / "run", "--steps", "50", "--shard")
    process = start(2, arguments, start_new_session=True)
    wait_for_steps(folder, 8, process)
    os.killpg(process.pid, signal.SIGTERM)
    finish(process)
    assert 8 <= len(losses(folder)[0]) < 50
    code, _, err = finish(start(2, arguments))
    assert code == 0, err
    torch.testing.assert_close(losses(folder)[0], losses(one)[0], atol=1e-5, rtol=0)


def test_a_killed_process_ends_the_run_in_a_clear_word(text, one, tmp_path):
    folder, arguments = tmp_path / "run", command(text, tmp_path / "run", "--steps", "50")
    process = start(2, arguments, start_new_session=True)
    wait_for_steps(folder, 3, process)
    workers = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
    os.kill(int(workers[1]), signal.SIGKILL)
    code, _, err = finish(process)
    assert code != 0 and "one of the 2 processes has ended" in err and "the same command goes on" in err, err[-1500:]
    code, _, err = finish(start(2, arguments))
    assert code == 0, err
    torch.testing.assert_close(losses(folder)[0], losses(one)[0], atol=1e-5, rtol=0)


def test_one_of_several_leaves_without_taking_python_down():
    """Threads of PyTorch may still be at work then, and would end the process with a signal, one time in fifty."""
    script = "import atexit, minillm.cli as cli; cli.main = lambda: print('done') or 2; atexit.register(print, 'taken down'); cli.command()"
    told = {}
    for size in ("1", "2"):
        done = subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT), "WORLD_SIZE": size}, capture_output=True, text=True)
        told[size] = done.returncode, done.stdout.split("\n")
    assert told == {"1": (2, ["done", "taken down", ""]), "2": (2, ["done", ""])}


def wait_for_steps(folder, count, process):
    deadline = time.monotonic() + 120
    while not (folder / "log.jsonl").exists() or len(losses(folder)[0]) < count:
        assert process.poll() is None and time.monotonic() < deadline, finish(process)
        time.sleep(0.05)


def test_a_batch_that_cannot_be_shared_is_refused_once(text, tmp_path):
    code, _, err = finish(start(2, command(text, tmp_path / "run", "--batch-size", "3", "--steps", "2")))
    assert code != 0 and err.count("batch_size=3 is not divisible by 2 processes") == 1, err[-1500:]


@pytest.mark.parametrize("size", [1, 2, 4])
def test_rows_are_shared_out_whole(size):
    rows = [row for rank in range(size) for row in Processes(rank, size).share(8)]
    assert rows == list(range(8))
