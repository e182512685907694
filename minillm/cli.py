"""The `minillm` command: the road in one step or in single ones. `minillm --help` lists them. Built in 13."""

import argparse
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout, suppress

from . import commands

COMMANDS = {
    "train": "everything, from text to a scored chat model, into one folder",
    "tokenizer": "learn a byte-level BPE vocabulary from text",
    "pretrain": "train a model to continue text",
    "sft": "fine-tune a model on conversations",
    "evaluate": "score a model: held-out questions, or bits per byte of a text",
    "generate": "continue a prompt",
    "chat": "talk with a model",
    "info": "say what a model is",
    "plan": "reckon what a training run would take: memory, operations, hours",
    "export": "write a model as GPT-2 for Hugging Face's tools, or as GGUF for llama.cpp",
    "import": "read a GPT-2 folder (config.json and safetensors) as a model of ours",
}


class Parser(argparse.ArgumentParser):
    """argparse whose errors are one sentence."""

    def error(self, message: str):
        raise ValueError(f"{message} (see `{self.prog} --help`)")


def make_parser() -> Parser:
    parser = Parser(prog="minillm", description="A small language model from nothing: train it, look at it, talk with it.")
    subparsers = parser.add_subparsers(dest="command", metavar="command", parser_class=Parser, required=True)
    add = {name: subparsers.add_parser(name, help=text, description=text) for name, text in COMMANDS.items()}

    data = "text file, .jsonl of texts or conversations, folder of these, or hub dataset"
    add["train"].add_argument("--data", nargs="+", default=[], help=f"{data}; the bundled world if left out")
    add["tokenizer"].add_argument("--data", nargs="+", default=[], help=f"{data}; the bundled world if left out")
    add["pretrain"].add_argument("--data", nargs="+", default=[], help=f"{data}; the bundled world if left out")
    add["sft"].add_argument("--data", nargs="+", default=[], help=f"{data}; the bundled dialogues if left out")
    add["evaluate"].add_argument("--data", nargs="+", default=[], help="measure bits per byte on this text; the held-out questions if left out")
    add["tokenizer"].add_argument("--vocab-size", type=int, default=6400, help="tokens, the 4 special ones and the 256 bytes included (%(default)s)")
    add["pretrain"].add_argument("--tokenizer", help="folder of a tokenizer; made from the data if left out")
    add["sft"].add_argument("--model", help="folder of a pretrained model; the one that ships if left out")
    for name in ("train", "pretrain"):
        add[name].add_argument("--preset", default="mini", help="nano, mini or seed (%(default)s)")
    for name, out in (("train", "runs/PRESET"), ("tokenizer", "tokenizer"), ("pretrain", "runs/pretrain"), ("sft", "runs/sft")):
        add[name].add_argument("--out", help=f"folder to write to ({out})")
    add["train"].add_argument("--sft-steps", type=int, help="optimizer steps of fine-tuning; the preset's if left out")
    for name in ("train", "pretrain", "sft"):
        add[name].add_argument("--steps", type=int, help="optimizer steps (of pretraining); the preset's if left out")
        for field in ("batch_size", "micro_batch", "seed"):
            add[name].add_argument("--" + field.replace("_", "-"), type=int, help="the preset's if left out")
        add[name].add_argument("--learning-rate", type=float, help="the preset's if left out")
        for field, text in (("precision", "auto, float32 or bfloat16"), ("compile", "auto, yes or no"), ("device", "auto, cpu, cuda or mps")):
            add[name].add_argument("--" + field, help=text)
        add[name].add_argument("--shard", action="store_true", default=None, help="with torchrun: share out the model too (FSDP2), for one that does not fit")
    add["plan"].add_argument("--preset", default="seed", help="nano, mini or seed (%(default)s); the sizes below change it")
    for name in commands.SIZES:
        add["plan"].add_argument("--" + name.replace("_", "-"), type=int, help="the preset's if left out")
    add["plan"].add_argument("--tokens", type=int, help="tokens of text to read; 20 for each parameter if left out")
    add["plan"].add_argument("--rows", type=int, default=8, help="rows that one device reads at a time (%(default)s)")
    add["plan"].add_argument("--devices", type=int, default=1, help="how many (%(default)s)")
    add["plan"].add_argument("--tflops", type=float, default=0.3, help="a device's matrix products, 10^12 operations a second (%(default)s, a laptop's)")
    add["plan"].add_argument("--utilization", type=float, default=0.5, help="the share of these that training gets (%(default)s)")
    add["plan"].add_argument("--price", type=float, default=0.0, help="of a device for an hour, in any currency")
    add["import"].add_argument("gpt2", help="folder of a GPT-2 checkpoint")
    add["import"].add_argument("--out", required=True, help="folder to write to")
    add["export"].add_argument("--out", help="folder to write the GPT-2 to")
    add["export"].add_argument("--gguf", help="GGUF file to write")
    for name in ("evaluate", "generate", "chat", "info", "export"):
        add[name].add_argument("model", nargs="?", help="folder of a model or of a run; the model that ships if left out")
    add["generate"].add_argument("--prompt", default="", help="text to continue; nothing begins a new document")
    add["chat"].add_argument("--system", default="", help="a system message before the first turn")
    for name, tokens, temperature in (("generate", 200, 0.8), ("chat", 128, 0.2)):
        add[name].add_argument("--max-tokens", type=int, default=tokens, help="tokens at most (%(default)s)")
        add[name].add_argument("--temperature", type=float, default=temperature, help="0 always takes the likeliest (%(default)s)")
        add[name].add_argument("--top-k", type=int, help="draw among the k likeliest only")
        add[name].add_argument("--top-p", type=float, help="draw among the likeliest that together reach p only")
        add[name].add_argument("--seed", type=int, help="the same seed draws the same")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, 2 for a value that can't be used, 130 after Ctrl-C."""
    for out in (sys.stdout, sys.stderr):
        if hasattr(out, "reconfigure"):
            out.reconfigure(encoding="utf-8", errors="replace")  # Windows' own encodings have no Chinese
    try:
        args = make_parser().parse_args(argv)
        from .processes import joined
        from .training import TrainingError

        try:
            with _spoken_by_one(), joined():
                getattr(commands, f"run_{args.command}")(args)
        except TrainingError as error:
            return _say(error)
    except BrokenPipeError:  # `minillm … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, OSError) as error:
        return 2 if _is_follower() else _say(error)  # the others met the same
    except KeyboardInterrupt as stop:
        print(f"\nminillm: stopped{f' {stop}' if str(stop) else ''}", file=sys.stderr)
        return 130
    return 0


def command() -> None:
    """The `minillm` command: `main`, and the end of the process."""
    code = main()
    if int(os.environ.get("WORLD_SIZE", 1)) > 1:
        # PyTorch's caches of a shared-out model keep gloo's threads alive, and one that lets go of a tensor while
        # Python is being taken down ends the process with SIGABRT, after all its work was done.
        with suppress(OSError):  # nobody may be reading any more
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _say(error: Exception) -> int:
    text = str(error)
    if isinstance(error, OSError) and error.strerror:
        text = (f"{error.filename}: " if error.filename else "") + error.strerror
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            text += "; what was written before is kept, and once there is room the same command goes on"
    print(f"minillm: {' '.join(text.split())}", file=sys.stderr)
    return 2


def _is_follower() -> bool:
    """Whether torchrun has started this process as another than rank 0; known before the group is joined."""
    return int(os.environ.get("RANK", 0)) > 0


@contextmanager
def _spoken_by_one() -> Iterator[None]:
    """In several processes only rank 0 prints."""
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere) if _is_follower() else nullcontext():
        yield
