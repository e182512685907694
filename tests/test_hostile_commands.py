"""Thousands of command lines, and of files that they read: done, or refused in one sentence.

None ends in a traceback, none hangs, and no file that was there is lost.
"""

import argparse
import io
import json
import shutil
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from test_hostile_files import bent, damaged, many, within_ten_seconds

from minillm.cli import RUN, main
from minillm.cli.arguments import TASKS, make_parser
from minillm.formats.checkpoints import save_model
from minillm.formats.gpt2 import export_gpt2
from minillm.model import QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.runs.recipe import RECIPES
from minillm.tokenizer_training import train_bpe

half_as_many = settings(many, max_examples=many.max_examples // 2)  # each runs a whole command

# What an option may be given: values that it takes, and others. What would only take very long (a
# thousand million steps, a compiler, a download) is left out.
INTS = ["1", "2", "3", "8"]
ODD_INTS = [
    "0",
    "-1",
    "65536",
    "1.5",
    "x",
    "",
    "١",
    "9" * 25,
    str(2**31),
    str(2**63),
    "-" + "9" * 25,
]
FLOATS = ["0.5", "1", "0.01"]
ODD_FLOATS = ["0", "-1", "nan", "inf", "-inf", "1e300", "1e-300", "2", "", "x", "1_0"]
TAKES_LONG = {"max_tokens": {"65536", "9" * 25, str(2**31), str(2**63)}, "steps": {"65536"}}
TAKES_LONG |= {"sft_steps": {"65536"}, "batch_size": {"65536"}}
TEXTS = {
    "preset": ["nano", "mini"],
    "device": ["cpu"],
    "precision": ["float32", "bfloat16", "auto"],
    "compile": ["no", "auto"],
    "data": ["data.jsonl", "data.txt", "folder"],
    "model": ["model", "run", "finished"],
    "gpt2": ["gpt2"],
    "tokenizer": ["model", "run"],
    "out": ["new", "a/b/new", "run"],
    "gguf": ["new.gguf"],
    "prompt": ["the cat", "小企鹅", "<|im_end|>"],
    "system": ["be brief", "<|im_start|>"],
    "lessons": ["00", "appendix_tensors"],
    "folder": ["folder", "model"],
    "student": ["Ada", "小明"],
    "reports": ["folder", "run"],
}
ODD_TEXTS = ["", "nowhere", "data.txt", "folder", "auto", ".", "..", "\udce9", "meta", "cuda:99"]
ODD_TEXTS += ["x" * 300, "model/config.json", "finished", "-", "--", "hf:", "*"]
STDIN = [b"", b"hi\n", b"/help\n/new\nhi\n/exit\n", b"\xff\xfe\n", b"/x\n\n", "吗".encode() * 50]


@contextmanager
def inside(folder: Path):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield


def save_world(folder: Path) -> None:
    """A folder of everything that a command may read."""
    tokenizer = train_bpe(["the cat sat. 小企鹅。" * 9], 270, progress=False)
    torch.manual_seed(0)
    model = QdogBabyLearnLLM(tiny(tokenizer.vocab_size))
    save_model(folder / "model", model, tokenizer)
    (folder / "gpt2").mkdir()
    export_gpt2(folder / "gpt2", model, tokenizer)
    lines = [{"text": f"the cat sat {n}. 小企鹅。" * 3} for n in range(30)]
    for n in range(30):
        turns = [{"role": "user", "content": f"{n}?"}, {"role": "assistant", "content": f"{n}."}]
        lines.append({"conversations": turns})
    (folder / "data.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (folder / "data.txt").write_text("the cat sat. 小企鹅。\n" * 60, encoding="utf-8")
    (folder / "folder").mkdir()
    shutil.copy(folder / "data.txt", folder / "folder")
    steps = ["--steps", "2", "--sft-steps", "2", "--batch-size", "2", "--data", "data.jsonl"]
    with inside(folder):
        assert main(["train", *steps, "--precision", "float32", "--out", "finished"]) == 0
    shutil.copytree(folder / "finished", folder / "run")
    for name in ("done", "report.md", "sft/done", "sft/model.safetensors"):
        (folder / "run" / name).unlink()


def tiny(vocab_size: int) -> QdogBabyLearnConfig:
    sizes = {"num_hidden_layers": 1, "num_heads": 1, "emb_dim": 4, "context_size": 16}
    return QdogBabyLearnConfig("nano", vocab_size=vocab_size, **sizes)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for name, recipe in RECIPES.items():
            patch.setitem(RECIPES, name, replace(recipe, model=tiny(300)))
        folder = tmp_path_factory.mktemp("hostile") / "world"
        folder.mkdir()
        save_world(folder)
        yield folder


def options_of(*words: str) -> list[argparse.Action]:
    parser = make_parser()
    for word in words:
        parser = parser._subparsers._group_actions[0].choices[word]
    return [o for o in parser._actions if o.dest != "help"]


@st.composite
def values(draw, option: argparse.Action):
    usual, odd = TEXTS.get(option.dest), ODD_TEXTS
    if option.type is int:
        usual, odd = INTS, ODD_INTS
    elif option.type is float:
        usual, odd = FLOATS, ODD_FLOATS
    pool = usual if draw(st.integers(0, 9)) else odd
    return draw(st.sampled_from([v for v in pool if v not in TAKES_LONG.get(option.dest, ())]))


@st.composite
def command_lines(draw):
    argv = [draw(st.sampled_from(list(RUN)))]
    if argv == ["classroom"]:
        argv.append(draw(st.sampled_from(list(TASKS))))
    for option in options_of(*argv):
        always = option.dest in ("data", "model", "steps", "sft_steps", "max_tokens", "lessons")
        if not (option.required or always or draw(st.integers(0, 3)) == 0):
            continue
        name = option.option_strings[:1]
        argv += name if option.nargs == 0 else [*name, draw(values(option))]
    return argv


def files_below(folder: Path) -> dict[str, bytes]:
    paths = [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".lock")]
    return {str(p.relative_to(folder)): p.read_bytes() for p in paths}


def call(argv: list[str], stdin: bytes = b"") -> tuple[int, str]:
    """Exit code and standard error of a command."""
    err = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()):
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with redirect_stderr(err), within_ten_seconds():
            code = main(argv)
    return code, err.getvalue()


def check(world: Path, argv: list[str], stdin: bytes, harm=None) -> bool:
    """Run a command in a copy of the world; returns whether its words were understood."""
    copy = world.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(world, copy)
    with inside(copy):
        if harm:
            name, data = harm
            Path(name).write_bytes(data)
        before = files_below(copy)
        code, err = call(argv, stdin)
        after = files_below(copy)
    said = err.replace("\r", "\n").strip().splitlines()
    assert code in (0, 2), (argv, err)
    if code == 2:
        assert said[-1].startswith("minillm: "), err
        assert sum(line.startswith("minillm: ") for line in said) == 1, err
        assert len(said[-1]) < 1500
    assert list(copy.rglob("*minillm-partial")) == []
    for name, data in before.items():
        assert name in after, f"{argv}: {name} is lost"
        if not name.startswith("run/"):  # which a training command goes on with
            assert after[name] == data, f"{argv}: {name} was changed"
    return not (said and said[-1].endswith("--help`)"))


def test_command_lines(world):
    understood = []

    @half_as_many
    @given(command_lines(), st.sampled_from(STDIN))
    def line(argv, stdin):
        understood.append(check(world, argv, stdin))

    line()
    assert sum(understood) >= len(understood) / 2


READ_BY = {
    "model/config.json": ["info model", "sft --model model --data data.jsonl --steps 1"],
    "model/tokenizer.json": ["chat model --max-tokens 3", "export model --out new"],
    "model/model.safetensors": ["generate model --max-tokens 3", "export model --gguf new.gguf"],
    "gpt2/config.json": ["import gpt2 --out new"],
    "gpt2/tokenizer.json": ["import gpt2 --out new"],
    "gpt2/model.safetensors": ["import gpt2 --out new"],
    "data.jsonl": ["pretrain --model model --data data.jsonl --steps 1 --out new"],
    "data.txt": ["evaluate model --data data.txt", "tokenizer --data data.txt --out new"],
    "finished/run.json": ["info finished"],
    "finished/sft/log.jsonl": ["info finished"],
}
RESUME = (
    "train --data data.jsonl --steps 2 --sft-steps 2 --batch-size 2 --precision float32 --out run"
)
READ_BY |= {
    f"run/{name}": [RESUME]
    for name in (
        "run.json",
        "pretrain/config.json",
        "pretrain/tokenizer.json",
        "pretrain/model.safetensors",
        "pretrain/log.jsonl",
        "sft/last.safetensors",
        "sft/log.jsonl",
        "sft/data/train/meta.json",
        "sft/data/train/ends.bin",
        "sft/data/train/learn.bin",
    )
}


@st.composite
def harmed(draw, world: Path):
    """A file with one field changed or bytes damaged, and a command that reads it."""
    name = draw(st.sampled_from(list(READ_BY)))
    whole = (world / name).read_bytes()
    if name.endswith(".json") and draw(st.booleans()):
        data = json.dumps(draw(bent(json.loads(whole)))).encode("utf-8", "surrogatepass")
    elif name.endswith(".jsonl") and draw(st.booleans()):
        lines = whole.splitlines()
        at = draw(st.integers(0, len(lines) - 1))
        lines[at] = json.dumps(draw(bent(json.loads(lines[at])))).encode("utf-8", "surrogatepass")
        data = b"\n".join(lines)
    else:
        data = draw(damaged(whole))
    return draw(st.sampled_from(READ_BY[name])).split(), (name, data)


def test_files_that_commands_read(world):
    @half_as_many
    @given(harmed(world), st.sampled_from(STDIN))
    def file(harm, stdin):
        argv, (name, data) = harm
        check(world, argv, stdin, (name, data))

    file()


@pytest.mark.parametrize("command", RUN)
def test_what_is_usual_is_done(world, command):
    """The control: not all is refused."""
    usual = {
        "train": "train --data data.jsonl --steps 1 --sft-steps 1 --out new",
        "tokenizer": "tokenizer --data data.txt --vocab-size 270 --out new",
        "pretrain": "pretrain --data data.txt --model model --steps 1 --out new",
        "sft": "sft --data data.jsonl --model model --steps 1 --out new",
        "evaluate": "evaluate model --data data.txt",
        "generate": "generate model --max-tokens 3",
        "chat": "chat model --max-tokens 3",
        "info": "info finished",
        "plan": "plan --tflops 1",
        "export": "export finished --out new --gguf new.gguf",
        "import": "import gpt2 --out new",
        "classroom": "classroom build new --lessons 00",
    }[command].split()
    copy = world.with_name("usual")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(world, copy)
    with inside(copy):
        code, err = call(usual, b"hi\n")
    assert code == 0, err
