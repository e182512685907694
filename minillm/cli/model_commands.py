"""The commands that use a model. Each imports what it needs itself, so that `--help` is quick.

Built in 14.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..model import QdogBabyLearnLLM
    from ..tokenizer import BPETokenizer


def run_evaluate(args: argparse.Namespace) -> None:
    """Score a model on the held-out questions, or on a text."""
    from ..corpus import held_out_questions
    from ..formats.checkpoints import find_model, load
    from ..runs.report import run_seeds, score_lines, untrained

    folder = find_model(args.model, "sft")
    model, tokenizer = load(folder, device=args.device)
    if args.data:
        print(_evaluate_text(model, tokenizer, args.data))
        return
    seed, world_seed = run_seeds(folder)
    models = {"untrained": untrained(folder, seed, args.device)}
    pretrained = folder.parent / "pretrain"
    if folder.name == "sft" and (pretrained / "config.json").exists():
        models["pretrain"] = load(pretrained, device=args.device)
    models[folder.name] = (model, tokenizer)
    if args.world_seed is not None:
        world_seed = args.world_seed
    print("\n".join(score_lines(models, held_out_questions(world_seed=world_seed))))


def _evaluate_text(model: "QdogBabyLearnLLM", tokenizer: "BPETokenizer", data: list[str]) -> str:
    from ..data.batches import Batches
    from ..data.documents import all_documents
    from ..data.encoding import cpu_workers, token_file
    from ..evaluation import bits_per_byte
    from ..training import validation_loss

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tokens"
        file = token_file(path, all_documents(data), tokenizer, cpu_workers())
        if not file.targets():
            raise ValueError(
                f"{', '.join(data)} holds no token that is learned: nothing to measure"
            )
        batches = Batches(file, model.cfg.context_size, tokenizer.pad_id, shuffle=False)
        loss = validation_loss(model, batches)
        bits, size = bits_per_byte(loss, file), file.info.bytes
        del file, batches  # Windows can't delete what is still mapped
    return f"{loss:.4f} nats per token, {bits:.4f} bits per byte, on {size:,} bytes"


def run_generate(args: argparse.Namespace) -> None:
    """Continue a prompt."""
    from ..formats.checkpoints import load
    from ..sampling import stream

    max_tokens, sampling = _max_tokens(args), _sampling(args)
    model, tokenizer = load(args.model, "pretrain", args.device)
    ids = [tokenizer.end_id, *tokenizer.encode(args.prompt)]
    sampling["vocab_size"] = tokenizer.vocab_size
    new_ids = stream(model, ids, max_tokens, {tokenizer.end_id}, **sampling)
    _print_stream(args.prompt, tokenizer.stream_decode(new_ids, skip_special=True))


CHAT_HELP = """\
/new    begins a new conversation
/help   shows this
/exit   ends (so do Ctrl-D, exit and quit)"""


def run_chat(args: argparse.Namespace) -> None:
    """Talk with a model, line by line."""
    from ..chat import ChatSession
    from ..formats.checkpoints import load

    max_tokens, sampling = _max_tokens(args), _sampling(args)
    model, tokenizer = load(args.model, "sft", args.device)
    session = ChatSession(model, tokenizer, args.system, max_tokens, **sampling)
    interactive = sys.stdin is not None and sys.stdin.isatty()
    if interactive:
        print("Say something; /help lists the commands.")
    for text in _lines("you  > " if interactive else ""):
        if text in ("/exit", "/quit", "exit", "quit"):
            break
        if text == "/help":
            print(CHAT_HELP)
        elif text == "/new":
            session.messages.clear()
        elif text.startswith("/") and " " not in text:
            print(f"{text} is no command; there are /help, /new and /exit")
        else:
            try:
                _print_stream("qdog > " if interactive else "", session.reply(text))
            except ValueError as error:  # of this message only
                print(f"minillm: {error}", file=sys.stderr)


def _lines(prompt: str) -> Iterator[str]:
    """The lines that are typed, or that stand in standard input, without the empty ones."""
    if sys.stdin is None:  # closed by whoever started the command
        return
    with suppress(ImportError):  # where there is none, a terminal edits lines itself
        import readline  # noqa: F401  (arrow keys and history for `input`)
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # whatever the locale says
    while True:
        try:
            text = input(prompt).removeprefix("\ufeff").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if text:
            yield text


def _print_stream(before: str, pieces: Iterable[str]) -> None:
    print(before, end="", flush=True)
    for piece in pieces:
        print(piece, end="", flush=True)
    print()


def _max_tokens(args: argparse.Namespace) -> int:
    if args.max_tokens < 1:
        raise ValueError(f"--max-tokens {args.max_tokens} is not a whole number of at least 1")
    return args.max_tokens


def _sampling(args: argparse.Namespace) -> dict[str, Any]:
    from ..sampling import check_sampling

    check_sampling(args.temperature, args.top_k, args.top_p)
    names = ("temperature", "top_k", "top_p", "seed")
    return {name: getattr(args, name) for name in names}


def run_info(args: argparse.Namespace) -> None:
    """Say what a model is."""
    from ..formats.checkpoints import find_model, load
    from ..formats.run_files import read_log

    folder = find_model(args.model, "sft")
    model, tokenizer = load(folder)
    rows = {name: str(value) for name, value in asdict(model.cfg).items()}
    parts: dict[str, Any] = {
        "token embeddings": model.tok_emb,
        "position embeddings": model.pos_emb,
        "blocks": model.blocks,
        "last norm": model.norm,
        "head": model.out,
    }
    for name, part in parts.items():
        rows[name] = f"{sum(p.numel() for p in part.parameters()):,} parameters"
    megabytes = (folder / "model.safetensors").stat().st_size / 1e6
    rows["all"] = f"{model.num_parameters():,} parameters, {megabytes:.1f} MB"
    special = ", ".join(tokenizer.special)
    rows["tokenizer"] = f"{tokenizer.vocab_size} tokens, special: {special}"
    log = read_log(folder / "log.jsonl") if (folder / "log.jsonl").exists() else []
    if valid := [line for line in log if "valid_loss" in line]:
        best = min(valid, key=lambda line: line["valid_loss"])
        rows["training"] = (
            f"{log[-1]['step']} steps, best validation loss {best['valid_loss']:.3f} "
            f"at step {best['step']}"
        )
    print(folder)
    for name, value in rows.items():
        print(f"  {name:19} {value}")


def run_export(args: argparse.Namespace) -> None:
    """Write a model for other tools."""
    from ..formats.checkpoints import load
    from ..formats.files import new_folder
    from ..formats.gguf import export_gguf
    from ..formats.gpt2 import export_gpt2

    if not args.out and not args.gguf:
        raise ValueError(
            "nothing to write: --out FOLDER for Hugging Face's tools, --gguf FILE for llama.cpp"
        )
    model, tokenizer = load(args.model, "sft")
    if args.gguf and args.gguf.endswith(("/", os.sep)):
        raise ValueError(f"--gguf {args.gguf} names a folder; the name of a file is needed")
    if args.gguf and Path(args.gguf).exists():
        raise ValueError(f"{args.gguf} exists; choose another name with --gguf")
    if args.out:
        with new_folder(args.out) as folder:
            export_gpt2(folder, model, tokenizer)
        print(
            f"{args.out}: AutoModelForCausalLM and AutoTokenizer open it. "
            "The head's bias was folded into the last norm: the logits are the same."
        )
    if args.gguf:
        export_gguf(args.gguf, model, tokenizer)
        print(f"{args.gguf}: GGUF, float32, {Path(args.gguf).stat().st_size / 1e6:.1f} MB")


def run_import(args: argparse.Namespace) -> None:
    """Read a GPT-2 folder as a model of ours."""
    from ..formats.checkpoints import save_model
    from ..formats.files import new_folder
    from ..formats.gpt2 import import_gpt2

    notes: list[str] = []
    model, tokenizer = import_gpt2(args.gpt2, notes.append)
    with new_folder(args.out) as folder:
        save_model(folder, model, tokenizer)
    print("; ".join([f"{args.out}: {model.num_parameters():,} parameters", *notes]))
