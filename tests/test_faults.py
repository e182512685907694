"""What can go wrong outside: the disk fills up, a folder can't be written to, a kill at any moment. Nothing that was there is lost."""

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
NANO = ["--preset", "nano", "--batch-size", "2", "--precision", "float32", "--compile", "no", "--device", "cpu"]
LIMITS = (1_000, 9_000, 30_000, 3_000_000, 6_000_000)  # bytes a file may have: a text, a tokenizer, tokens, weights, a checkpoint

# Lives of `minillm`, one after the other, each in a child of a process that has imported all: a life costs no start.
LIVES = """
import json, os, random, resource, signal, sys, time
import torch
import minillm.cli, minillm.recipe, minillm.plots, minillm.documents
torch.set_num_threads(1)
torch.optim.AdamW([torch.zeros(1)])

def life(argv, kill_after=None, most=None, user=None):
    '''Exit code and what was said, or -9; no file may grow beyond `most` bytes.'''
    said, child = os.memfd_create("said"), os.fork()
    if child == 0:
        os.dup2(said, 2)
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
    os.lseek(said, 0, 0)
    text = os.read(said, 1_000_000).decode()
    os.close(said)
    return (-9 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)), text.replace("\\r", "\\n").splitlines()[-1:]

print(json.dumps([life(**how) for how in json.loads(sys.argv[1])]))
"""


def lives(*how: dict) -> list[tuple[int, str]]:
    """The exit code and the last line of each life."""
    done = subprocess.run([sys.executable, "-c", LIVES, json.dumps(how)], capture_output=True, text=True, timeout=500, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr[-2000:]
    return [(code, said[0] if said else "") for code, said in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "data.jsonl"
    lines = [{"text": f"Penguin number {n} likes fish {n * n} and lives on the ice. 小企鹅喜欢鱼。" * 3} for n in range(200)]
    lines += [{"conversations": [{"role": "user", "content": f"Who is {n}?"}, {"role": "assistant", "content": f"Penguin {n}."}]} for n in range(60)]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def train(data, out, *more) -> list[str]:
    return ["train", *NANO, "--data", str(data), "--steps", "4", "--sft-steps", "2", "--out", str(out), *more]


@pytest.fixture(scope="module")
def whole(data, tmp_path_factory):
    """A run that nothing ever happened to."""
    out = tmp_path_factory.mktemp("whole") / "run"
    assert lives({"argv": train(data, out)})[0][0] == 0
    return out


def what_matters(folder: Path) -> dict[str, bytes]:
    """Every file of a run but for what holds times."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*")) if p.is_file() and p.name not in ("report.md", "last.safetensors")
    }  # fmt: skip


def assert_same(one: Path, other: Path) -> None:
    mine, theirs = what_matters(one), what_matters(other)
    assert mine.keys() == theirs.keys() and len(mine) > 15
    assert [name for name in mine if mine[name] != theirs[name]] == []


@pytest.mark.parametrize("most", LIMITS)
def test_a_full_disk_is_said_and_the_same_command_goes_on(data, whole, tmp_path, most):
    out = tmp_path / "run"
    (code, said), (again, _) = lives({"argv": train(data, out), "most": most}, {"argv": train(data, out)})
    assert code == 2 and said.startswith("minillm: ") and "File too large; what was written before is kept" in said, said
    assert again == 0
    assert_same(whole, out)


@pytest.mark.parametrize("command", ["pretrain", "sft", "tokenizer", "export", "gguf"])
def test_a_full_disk_leaves_no_half_a_file(data, whole, tmp_path, command):
    out = tmp_path / "out"
    argv = {
        "pretrain": ["pretrain", *NANO, "--data", str(data), "--steps", "2", "--out", str(out)],
        "sft": ["sft", "--model", str(whole), *NANO[2:], "--data", str(data), "--steps", "2", "--out", str(out)],
        "tokenizer": ["tokenizer", "--data", str(data), "--vocab-size", "700", "--out", str(out)],
        "export": ["export", str(whole), "--out", str(out)],
        "gguf": ["export", str(whole), "--gguf", str(tmp_path / "out.gguf")],
    }[command]
    (code, said), (again, more) = lives({"argv": argv, "most": 6_000 if command == "tokenizer" else 1_000_000}, {"argv": argv})
    assert code == 2 and said.startswith("minillm: ") and ("File too large; what was written before is kept" in said or "disk full" in said), said
    assert again == 0, more
    assert [p for p in tmp_path.rglob("*") if p.name.endswith((".tmp", ".partial"))] == []


def test_a_folder_that_cannot_be_written_to_is_named(data, whole, tmp_path):
    closed = tmp_path / "closed"
    shutil.copytree(whole, closed / "run")
    before = what_matters(closed)
    for p in [closed, *closed.rglob("*")]:
        p.chmod(0o555 if p.is_dir() else 0o444)
    for p in [p for p in tmp_path.parents if "pytest" in str(p)] + [tmp_path, data.parent]:
        p.chmod(0o755)
    user = 65534 if os.getuid() == 0 else None  # root may write anywhere
    told = lives(*({"argv": argv, "user": user} for argv in (
        train(data, closed / "new"), ["tokenizer", "--data", str(data), "--vocab-size", "300", "--out", str(closed / "new")],
        ["export", str(closed / "run"), "--out", str(closed / "new")], ["export", str(closed / "run"), "--gguf", str(closed / "new.gguf")],
    )))  # fmt: skip
    for code, said in told:
        assert code == 2 and "Permission denied" in said and str(closed) in said, said
    for p in [closed, *closed.rglob("*")]:
        p.chmod(0o755)
    assert what_matters(closed) == before


def test_killed_at_twenty_random_moments_and_started_again_is_as_never_killed(data, whole, tmp_path):
    """From the first byte of the tokenizer to the last of the report; kill -9 asks nobody. Four runs, five kills each."""
    seed = random.randrange(1000)
    choose, runs = random.Random(seed), [tmp_path / str(n) for n in range(4)]
    how = []
    for out in runs:
        how += [{"argv": train(data, out), "kill_after": choose.uniform(0.02, most)} for most in (0.3, 0.6, 0.9, 1.2, 1.5)]
        how += [{"argv": train(data, out)}]
    told = lives(*how)
    assert sum(code == -9 for code, _ in told) >= 12, (seed, told)
    assert all(code in (-9, 0) or "finished run" in said for code, said in told), (seed, told)
    for out in runs:
        assert (out / "report.md").exists(), (seed, told)
        assert_same(whole, out)
