"""The words of the `minillm` command: what each subcommand is called and takes."""

import argparse
import os
from typing import NoReturn

from .. import __version__

COMMANDS = {
    "train": "everything, from text to a scored chat model, into one folder",
    "tokenizer": "learn a byte-level BPE vocabulary from text",
    "pretrain": "train a model to continue text",
    "sft": "fine-tune a model on conversations",
    "evaluate": "score a model: held-out questions, or bits per byte of a text",
    "generate": "continue a prompt",
    "chat": "talk with a model",
    "info": "say what a model is",
    "plan": "estimate what a training run would take: memory, operations, hours",
    "export": "write a model as GPT-2 for Hugging Face's tools, or as GGUF for llama.cpp",
    "import": "read a GPT-2 folder (config.json and safetensors) as a model of ours",
    "classroom": "for teachers: make hand-outs, mark notebooks, write questions",
}
TASKS = {
    "build": "make a folder of hand-outs: student, teacher, paper, nbgrader",
    "mark": "mark a class's notebooks: a table of points, and a page for each student",
    "questions": "write a page of closed-laptop questions about a student's model",
}
SIZES = ("num_hidden_layers", "num_heads", "emb_dim", "context_size", "vocab_size")  # of a model
PRESET = "nano, mini or seed (%(default)s)"
DEFAULT = "that of the preset, or of the model's, if left out"


def _name(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("an empty name")
    return os.path.expanduser(text)


def _model_name(text: str) -> str:
    """A name of something that holds weights, which the safetensors library opens."""
    try:
        return _name(text.encode("utf-8").decode())
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"{text!r} is not UTF-8, as a name has to be") from None


class Parser(argparse.ArgumentParser):
    """argparse whose errors are one sentence."""

    def error(self, message: str) -> NoReturn:
        """ValueError, which the command prints."""
        raise ValueError(f"{message} (see `{self.prog} --help`)")


def make_parser() -> Parser:
    """The parser of the command, with one of its own for each subcommand."""
    parser = Parser(
        prog="minillm",
        description="A small language model from nothing: train it, look at it, talk with it.",
    )
    parser.add_argument("--version", action="version", version=f"minillm {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="command", parser_class=Parser)
    add = {
        name: subparsers.add_parser(name, help=text, description=text)
        for name, text in COMMANDS.items()
    }
    _add_data(add)
    for name in ("train", "pretrain", "sft"):
        _add_training(add[name])
    add["train"].add_argument("--sft-steps", type=int, help=f"of fine-tuning; {DEFAULT}")
    _add_plan(add["plan"])
    _add_model(add)
    _add_classroom(add["classroom"])
    _add_sampling(add["generate"], max_tokens=200, temperature=0.8)
    _add_sampling(add["chat"], max_tokens=128, temperature=0.2)
    return parser


def _add_data(add: dict[str, Parser]) -> None:
    """What is read and where it goes."""
    data = "text file, .jsonl or .json of texts or conversations, folder of these, or hf:DATASET"
    defaults = {
        "train": f"{data}; the bundled world if left out",
        "tokenizer": f"{data}; the bundled world if left out",
        "pretrain": f"{data}; the bundled world if left out",
        "sft": f"{data}; the bundled dialogues if left out",
        "evaluate": "measure bits per byte on this text; the held-out questions if left out",
    }
    for name, text in defaults.items():
        add[name].add_argument(
            "--data", nargs="+", type=_name, action="extend", default=[], help=text
        )
    add["tokenizer"].add_argument(
        "--vocab-size",
        type=int,
        default=6400,
        help="tokens, the 4 special ones and the 256 bytes included (%(default)s)",
    )
    add["pretrain"].add_argument(
        "--tokenizer",
        type=_model_name,
        help="folder of a tokenizer, a model or a run; made from the data if left out",
    )
    add["pretrain"].add_argument(
        "--model",
        type=_model_name,
        help="folder of a model to go on from; a new one of the preset if left out",
    )
    add["sft"].add_argument(
        "--model",
        type=_model_name,
        help="folder of a pretrained model; the one that comes along if left out",
    )
    for name in ("train", "pretrain"):
        add[name].add_argument("--preset", default="mini", help=PRESET)
    for name in ("train", "tokenizer", "pretrain", "sft"):
        add[name].add_argument(
            "--world-seed",
            type=int,
            help="another bundled world, with another cast and other facts (that of the model that "
            "is given, else 0)",
        )
    outputs = {
        "train": "runs/PRESET",
        "tokenizer": "tokenizer",
        "pretrain": "runs/pretrain",
        "sft": "runs/sft",
    }
    for name, out in outputs.items():
        add[name].add_argument("--out", type=_model_name, help=f"folder to write to ({out})")


def _add_training(parser: Parser) -> None:
    """The settings of training that a command may change."""
    numbers = {
        "--steps": "optimizer steps (of `train`: of pretraining)",
        "--batch-size": "rows of text in one optimizer step",
        "--micro-batch": "rows in one forward pass; fewer need less memory",
        "--seed": "of the first weights and the order of the data",
    }
    for name, text in numbers.items():
        parser.add_argument(name, type=int, help=f"{text}; {DEFAULT}")
    rate = f"the highest, after warm-up (of `train`: of pretraining); {DEFAULT}"
    parser.add_argument("--learning-rate", type=float, help=rate)
    parser.add_argument("--precision", help="auto, float32 or bfloat16")
    parser.add_argument("--compile", help="auto, yes or no")
    parser.add_argument("--device", help="auto, cpu, cuda or mps")
    parser.add_argument(
        "--shard",
        action="store_true",
        default=None,
        help="with torchrun: divide the model, too (FSDP2), if it does not fit",
    )


def _add_plan(parser: Parser) -> None:
    """What a plan is made for."""
    parser.add_argument("--preset", default="mini", help=f"{PRESET}; the sizes below change it")
    for name in SIZES:
        parser.add_argument("--" + name.replace("_", "-"), type=int, help=DEFAULT)
    parser.add_argument(
        "--tokens",
        type=int,
        help="tokens to read; those of the preset's recipe if left out, for other sizes 20 for "
        "each parameter",
    )
    parser.add_argument(
        "--rows", type=int, default=8, help="rows that one device reads at a time (%(default)s)"
    )
    parser.add_argument("--devices", type=int, default=1, help="how many (%(default)s)")
    parser.add_argument(
        "--tflops",
        type=float,
        help="a device's matrix products, 10^12 operations a second; measured here if left out",
    )
    parser.add_argument(
        "--utilization",
        type=float,
        default=0.5,
        help="the share of these that training gets (%(default)s)",
    )
    parser.add_argument(
        "--price", type=float, default=0.0, help="of a device for an hour, in any currency"
    )


def _add_model(add: dict[str, Parser]) -> None:
    """Which model is used, and what for."""
    for name in ("evaluate", "generate", "chat"):
        add[name].add_argument("--device", default="cpu", help="cpu, cuda or mps (%(default)s)")
    add["evaluate"].add_argument(
        "--world-seed", type=int, help="the world that is asked about (that of the run)"
    )
    model = "folder of a model or of a run; the model that comes along (mini) if left out"
    for name in ("evaluate", "generate", "chat", "info", "export"):
        add[name].add_argument("model", nargs="?", type=_model_name, help=model)
    add["import"].add_argument("gpt2", type=_model_name, help="folder of a GPT-2 checkpoint")
    add["import"].add_argument("--out", type=_model_name, required=True, help="folder to write to")
    add["export"].add_argument("--out", type=_model_name, help="folder to write the GPT-2 to")
    add["export"].add_argument("--gguf", type=_model_name, help="GGUF file to write")
    prompt = "text to continue; nothing begins a new document"
    add["generate"].add_argument("--prompt", default="", help=prompt)
    add["chat"].add_argument("--system", default="", help="a system message before the first turn")


def _add_classroom(parser: Parser) -> None:
    """The commands of the classroom kit, one level down."""
    tasks = parser.add_subparsers(dest="task", metavar="task", required=True, parser_class=Parser)
    add = {
        name: tasks.add_parser(name, help=text, description=text) for name, text in TASKS.items()
    }
    again = "folder to write to; an earlier build that nobody has changed is replaced"
    add["build"].add_argument("out", type=_name, help=again)
    which = 'such as 01 06, 01,06, "06_attention" or appendix_tensors; all if left out'
    add["build"].add_argument(
        "--lessons", nargs="+", type=_name, action="extend", default=[], help=which
    )
    handed_in = "folder of notebooks, one of each student, or the zip file that Moodle gives"
    add["mark"].add_argument("folder", type=_name, help=handed_in)
    add["mark"].add_argument("--out", type=_name, help="folder to write to (FOLDER-marks)")
    again = "folder of own worlds' runs made again, SEED/report.md, to compare figures with"
    add["mark"].add_argument("--reports", type=_name, help=again)
    model = "folder of a student's model or run"
    add["questions"].add_argument("model", type=_model_name, help=model)
    add["questions"].add_argument("--out", type=_name, required=True, help="HTML file to write")
    add["questions"].add_argument("--student", default="", help="name to print on the page")


def _add_sampling(parser: Parser, max_tokens: int, temperature: float) -> None:
    """How tokens are chosen."""
    parser.add_argument(
        "--max-tokens", type=int, default=max_tokens, help="tokens at most (%(default)s)"
    )
    parser.add_argument(
        "--temperature",
        type=float,
        default=temperature,
        help="0 always takes the likeliest (%(default)s)",
    )
    parser.add_argument("--top-k", type=int, help="sample among the k likeliest only")
    parser.add_argument(
        "--top-p", type=float, help="sample among the likeliest that together reach p only"
    )
    parser.add_argument("--seed", type=int, help="the same seed samples the same")
