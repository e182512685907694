"""Faults from outside: a full disk, a folder that can't be written to, a kill at any moment.

Nothing that was there is lost.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
ROOT = Path(__file__).parents[1]
FAST = ["--batch-size", "2", "--precision", "float32", "--compile", "no", "--device", "cpu"]
NANO = ["--preset", "nano", *FAST]
# Bytes a file may have: too few for a text, a tokenizer, tokens, weights, a checkpoint.
LIMITS = (1_000, 9_000, 30_000, 3_000_000, 6_000_000)

# Lives of `minillm`, one after the other, each in a child of a process that has imported all: so a
# life costs no start.
LIVES = """
import json, os, random, resource, signal, sys, time
import torch
import minillm.cli, minillm.runs.run, minillm.runs.stage, minillm.data.encoding
torch.set_num_threads(1)
torch.optim.AdamW([torch.zeros(1)])

def life(argv, kill_after=None, most=None, user=None):
    '''Exit code and last line of standard error, or -9; no file may grow beyond `most` bytes.'''
    errors, child = os.memfd_create("errors"), os.fork()
    if child == 0:
        os.dup2(errors, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        if user is not None:
            os.setuid(user)
        code = 1
        try:
            code = minillm.cli.main(argv)
        finally:
            sys.stderr.flush()
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.lseek(errors, 0, 0)
    lines = os.read(errors, 1_000_000).decode().replace("\\r", "\\n").splitlines()
    os.close(errors)
    code = -9 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    return code, lines[-1] if lines else ""

print(json.dumps([life(**settings) for settings in json.loads(sys.argv[1])]))
"""


def lives(*settings: dict) -> list[tuple[int, str]]:
    """The exit code and the last line of each life."""
    done = subprocess.run(
        [sys.executable, "-c", LIVES, json.dumps(settings)],
        capture_output=True,
        text=True,
        timeout=500,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "data.jsonl"
    lines = [
        {"text": f"Penguin number {n} likes fish {n * n} and lives on the ice. 小企鹅喜欢鱼。" * 3}
        for n in range(200)
    ]
    for n in range(60):
        question = {"role": "user", "content": f"Who is {n}?"}
        lines.append({"conversations": [question, {"role": "assistant", "content": f"{n}."}]})
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def train(data, out) -> list[str]:
    steps = ["--steps", "4", "--sft-steps", "2"]
    return ["train", *NANO, "--data", str(data), *steps, "--out", str(out)]


@pytest.fixture(scope="module")
def whole(data, tmp_path_factory):
    """A run that nothing ever happened to."""
    out = tmp_path_factory.mktemp("whole") / "run"
    assert lives({"argv": train(data, out)})[0][0] == 0
    return out


def what_matters(folder: Path) -> dict[str, bytes]:
    """Every file of a run but for locks and what holds times."""
    others = ("report.md", "last.safetensors", ".lock")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if path.name not in others
    }


def assert_same(one: Path, other: Path) -> None:
    mine, theirs = what_matters(one), what_matters(other)
    assert mine.keys() == theirs.keys()
    assert len(mine) > 15
    assert [name for name in mine if mine[name] != theirs[name]] == []


@pytest.mark.parametrize(
    "most", [LIMITS[0], *(pytest.param(most, marks=pytest.mark.deep) for most in LIMITS[1:])]
)
def test_a_full_disk_is_reported_and_the_same_command_goes_on(data, whole, tmp_path, most):
    out = tmp_path / "run"
    argv = train(data, out)
    (code, error), (again, _) = lives({"argv": argv, "most": most}, {"argv": argv})
    assert code == 2, error
    assert error.startswith("minillm: ")
    assert "File too large; what was written before is kept" in error
    assert again == 0
    assert_same(whole, out)


@pytest.mark.parametrize("command", ["pretrain", "sft", "tokenizer", "export", "gguf"])
def test_a_full_disk_leaves_no_half_a_file(data, whole, tmp_path, command):
    out = tmp_path / "out"
    steps = ["--data", str(data), "--steps", "2", "--out", str(out)]
    argv = {
        "pretrain": ["pretrain", *NANO, *steps],
        "sft": ["sft", "--model", str(whole), *FAST, *steps],
        "tokenizer": ["tokenizer", "--data", str(data), "--vocab-size", "700", "--out", str(out)],
        "export": ["export", str(whole), "--out", str(out)],
        "gguf": ["export", str(whole), "--gguf", str(tmp_path / "out.gguf")],
    }[command]
    most = 6_000 if command == "tokenizer" else 1_000_000
    (code, error), (again, more) = lives({"argv": argv, "most": most}, {"argv": argv})
    assert code == 2, error
    assert error.startswith("minillm: ")
    assert "File too large; what was written before is kept" in error or "disk full" in error
    assert again == 0, more
    assert list(tmp_path.rglob("*partial")) == []


def test_a_folder_that_cannot_be_written_to_is_named(data, whole, tmp_path):
    closed = tmp_path / "closed"
    shutil.copytree(whole, closed / "run")
    before = what_matters(closed)
    for path in [closed, *closed.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    above = [path for path in tmp_path.parents if "pytest" in str(path)]
    for path in [*above, tmp_path, data.parent]:
        path.chmod(0o755)
    user = 65534 if os.getuid() == 0 else None  # root may write anywhere
    run, new = str(closed / "run"), str(closed / "new")
    commands = (
        train(data, new),
        ["tokenizer", "--data", str(data), "--vocab-size", "300", "--out", new],
        ["export", run, "--out", new],
        ["export", run, "--gguf", new + ".gguf"],
    )
    for code, error in lives(*({"argv": argv, "user": user} for argv in commands)):
        assert code == 2, error
        assert "Permission denied" in error
        assert str(closed) in error
    for path in [closed, *closed.rglob("*")]:
        path.chmod(0o755)
    assert what_matters(closed) == before


@pytest.mark.deep
def test_killed_at_twenty_random_moments_and_started_again_is_as_never_killed(
    data, whole, tmp_path
):
    """From the tokenizer's first byte to the report's last: four runs, five kills each."""
    seed = random.randrange(1000)
    choose, runs = random.Random(seed), [tmp_path / str(n) for n in range(4)]
    settings = []
    for out in runs:
        moments = [choose.uniform(0.02, most) for most in (0.3, 0.6, 0.9, 1.2, 1.5)]
        settings += [{"argv": train(data, out), "kill_after": moment} for moment in moments]
        settings += [{"argv": train(data, out)}]
    ends = lives(*settings)
    assert sum(code == -9 for code, _ in ends) >= 12, (seed, ends)
    assert all(code in (-9, 0) or "finished run" in error for code, error in ends), (seed, ends)
    for out in runs:
        assert (out / "report.md").exists(), (seed, ends)
        assert_same(whole, out)
