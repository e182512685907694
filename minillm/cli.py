"""The `minillm` command: the road in one step or in single ones. `minillm --help` lists them. Built in 13."""

import argparse
import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout
from dataclasses import asdict, fields, replace
from pathlib import Path

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
SIZES = ("num_hidden_layers", "num_heads", "emb_dim", "context_size", "vocab_size")  # of a model


class Parser(argparse.ArgumentParser):
    """argparse whose errors are one sentence."""

    def error(self, message: str):
        raise ValueError(f"{message} (see `{self.prog} --help`)")


def make_parser() -> Parser:
    parser = Parser(prog="minillm", description="A small language model from nothing: train it, look at it, talk with it.")
    commands = parser.add_subparsers(dest="command", metavar="command", parser_class=Parser, required=True)
    add = {name: commands.add_parser(name, help=text, description=text) for name, text in COMMANDS.items()}

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
    for name in SIZES:
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
                globals()[f"run_{args.command}"](args)
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


# --- training ----------------------------------------------------------------------------------------------


def run_train(args: argparse.Namespace) -> None:
    from .recipe import RECIPES, run

    recipe = RECIPES[_preset(args)]
    pretrain = _override(recipe.pretrain, args)
    sft = _override(recipe.sft, args, steps=args.sft_steps, learning_rate=None)
    recipe = replace(recipe, pretrain=pretrain, sft=sft, data=tuple(args.data))
    out = Path(args.out or f"runs/{args.preset}")
    run(recipe, out, workers=os.cpu_count() or 1)
    print(f"\n{out / 'report.md'} has the scores. Talk with the model: minillm {'chat' if (out / 'sft').exists() else 'generate'} {out}")


def run_tokenizer(args: argparse.Namespace) -> None:
    from itertools import islice

    from .documents import texts_of
    from .recipe import gather, learn_tokenizer

    out = _new_folder(args.out or "tokenizer")
    documents = gather(tuple(args.data))
    tokenizer = learn_tokenizer(documents["pretrain"], args.vocab_size)
    tokenizer.save(out)
    sample = list(islice(texts_of(documents["valid"]), 100))
    size = sum(len(text.encode()) for text in sample)
    tokens = sum(len(tokenizer.encode(text)) for text in sample)
    print(f"{out}: {tokenizer.vocab_size} tokens; text that it has not seen takes {size / max(1, tokens):.2f} bytes a token")


def run_pretrain(args: argparse.Namespace) -> None:
    import torch

    from .model import QdogBabyLearnLLM
    from .recipe import RECIPES, gather, make_tokenizer
    from .tokenizer import BPETokenizer

    recipe, out = RECIPES[_preset(args)], Path(args.out or "runs/pretrain")
    cfg, documents = _override(recipe.pretrain, args), gather(tuple(args.data))
    given = BPETokenizer.load(args.tokenizer) if args.tokenizer else None
    with _stage(out, {"model": asdict(recipe.model), "training": asdict(cfg), "data": args.data, "tokenizer": args.tokenizer}, cfg):
        tokenizer = given or make_tokenizer(out, documents, recipe.model.vocab_size, progress=True)
    torch.manual_seed(cfg.seed)
    model = QdogBabyLearnLLM(replace(recipe.model, vocab_size=tokenizer.vocab_size))
    _run_stage("pretrain", model, tokenizer, documents["pretrain"], documents["valid"], cfg, out)


def run_sft(args: argparse.Namespace) -> None:
    from .checkpoint import load
    from .recipe import RECIPES, fine_tuning_documents, gather

    folder, out = find_model(args.model, "pretrain"), Path(args.out or "runs/sft")
    model, tokenizer = load(folder)
    documents = gather(tuple(args.data))
    if "sft" not in documents:
        raise ValueError(f'{", ".join(args.data)} holds no conversations; lines of {{"conversations": […]}} are needed')
    cfg = _override(RECIPES.get(model.cfg.model_name, RECIPES["mini"]).sft, args)
    with _stage(out, {"model": str(folder), "training": asdict(cfg), "data": args.data}, cfg):
        pass
    _run_stage("sft", model, tokenizer, fine_tuning_documents(documents), documents["sft_valid"], cfg, out)


@contextmanager
def _stage(out: Path, settings: dict, cfg) -> Iterator[None]:
    """Make the folder of a stage, or come back to it, once all that can be refused has been; the body runs in rank 0 first."""
    from .processes import leading, processes
    from .recipe import open_run
    from .training import choose_machine

    choose_machine(cfg)
    with leading(processes()):
        if processes().first:
            open_run(out, settings, "data/done")
        yield


def _run_stage(stage, model, tokenizer, train_documents, valid_documents, cfg, out: Path) -> None:
    """One stage in its own folder; what is there of it already goes on."""
    from .documents import token_file
    from .processes import leading, processes
    from .training import choose_machine, train

    group, unfinished = processes(), (out / "last.safetensors").exists()
    parts = {"train": train_documents, "valid": valid_documents}
    with leading(group):  # rank 0 makes what is missing, and the others find it
        if group.first:
            tokenizer.save(out)
        files = {name: token_file(out / "data" / name, part, tokenizer, os.cpu_count() or 1, progress=True) for name, part in parts.items()}
    print(f"{stage}: {model.num_parameters():,} parameters, {cfg.steps} steps on {files['train'].info.tokens:,} tokens into {out}")
    print(f"machine: {choose_machine(cfg)}")
    state = train(model, files["train"], files["valid"], tokenizer.pad_id, cfg, out, unfinished, stage=stage)
    if group.first:
        (out / "data" / "done").touch()
    print(f"{out}: best validation loss {state['best']:.3f}, {state['seconds'] / 60:.1f} minutes")


def _override(cfg, args: argparse.Namespace, **given):
    """The preset's settings with those that were given on the command line."""
    values = {f.name: getattr(args, f.name, None) for f in fields(cfg)} | given
    values = {name: value for name, value in values.items() if value is not None}
    if "batch_size" in values and "micro_batch" not in values:
        values["micro_batch"] = min(cfg.micro_batch, values["batch_size"])
    return replace(cfg, **values)


def _preset(args: argparse.Namespace) -> str:
    from .model import PRESETS

    if args.preset not in PRESETS:
        raise ValueError(f"--preset {args.preset} is not one of {', '.join(PRESETS)}")
    return args.preset


def _new_folder(out: str) -> Path:
    if Path(out).exists():
        raise ValueError(f"{out} exists; choose another folder with --out")
    return Path(out)


# --- using a model -----------------------------------------------------------------------------------------


def find_model(given: str | None, stage: str) -> Path:
    """The folder of a model: as given, or its stage in a run's folder, or the mini model that ships."""
    folder = Path(given) if given else Path(__file__).parent / "weights" / "mini"
    if not folder.exists():
        raise ValueError(f"{folder} does not exist; a folder that `minillm train` wrote is needed")
    for candidate in (folder, folder / stage):
        if (candidate / "config.json").exists():
            return candidate
    there = [name for name in ("pretrain", "sft") if (folder / name / "config.json").exists()]
    raise ValueError(f"{folder} holds no {stage} model" + (f", only {there[0]}: name {folder / there[0]} to use that" if there else ": it has no config.json"))


def run_evaluate(args: argparse.Namespace) -> None:
    from .checkpoint import load
    from .corpus import held_out_questions
    from .recipe import score_lines, untrained

    folder = find_model(args.model, "sft")
    model, tokenizer = load(folder)
    if args.data:
        return _evaluate_text(model, tokenizer, args.data)
    models = {"untrained": untrained(folder)}
    if (folder.parent / "pretrain" / "config.json").exists() and folder.name == "sft":
        models["pretrain"] = load(folder.parent / "pretrain")
    print("\n".join(score_lines(models | {folder.name: (model, tokenizer)}, held_out_questions())))


def _evaluate_text(model, tokenizer, data: list[str]) -> None:
    import tempfile

    from .data import Batches
    from .documents import all_documents, token_file
    from .evaluation import bits_per_byte
    from .training import validation_loss

    with tempfile.TemporaryDirectory() as folder:
        file = token_file(Path(folder) / "tokens", all_documents(data), tokenizer, os.cpu_count() or 1)
        loss = validation_loss(model, Batches(file, model.cfg.context_size, tokenizer.pad_id, shuffle=False))
        print(f"{loss:.4f} nats per token, {bits_per_byte(loss, file):.4f} bits per byte, on {file.info.bytes:,} bytes")
        del file  # Windows can't delete what is still mapped


def run_generate(args: argparse.Namespace) -> None:
    from .checkpoint import load
    from .sampling import stream

    model, tokenizer = load(find_model(args.model, "pretrain"))
    ids = [tokenizer.end_id, *tokenizer.encode(args.prompt)]
    pieces = stream(model, ids, _count(args.max_tokens), {tokenizer.end_id}, **_sampling(args))
    _print_stream(args.prompt, tokenizer.stream_decode(pieces, skip_special=True))


def run_chat(args: argparse.Namespace) -> None:
    from .chat import ChatSession
    from .checkpoint import load

    model, tokenizer = load(find_model(args.model, "sft"))
    session = ChatSession(model, tokenizer, args.system, _count(args.max_tokens), **_sampling(args))
    asked = sys.stdin.isatty()
    if asked:
        print("Say something (an empty line or Ctrl-D ends, /new forgets what was said).")
    while True:
        try:
            text = input("you  > " if asked else "").strip()
        except (EOFError, KeyboardInterrupt):
            break
        if not text:
            break
        if text == "/new":
            session.messages.clear()
            continue
        _print_stream("qdog > " if asked else "", session.reply(text))


def _print_stream(before: str, pieces: Iterable[str]) -> None:
    print(before, end="", flush=True)
    for piece in pieces:
        print(piece, end="", flush=True)
    print()


def _count(tokens: int) -> int:
    if tokens < 1:
        raise ValueError(f"--max-tokens {tokens} is not a whole number of at least 1")
    return tokens


def _sampling(args: argparse.Namespace) -> dict:
    from .sampling import check_sampling

    check_sampling(args.temperature, args.top_k, args.top_p)
    return {"temperature": args.temperature, "top_k": args.top_k, "top_p": args.top_p, "seed": args.seed}


def run_info(args: argparse.Namespace) -> None:
    from .checkpoint import load, read_log

    folder = find_model(args.model, "sft")
    model, tokenizer = load(folder)
    print(folder)
    for name, value in asdict(model.cfg).items():
        print(f"  {name:18} {value}")
    parts = {"token embeddings": model.tok_emb, "position embeddings": model.pos_emb, "blocks": model.blocks, "last norm": model.norm, "head": model.out}
    for name, part in parts.items():
        print(f"  {name:18} {sum(p.numel() for p in part.parameters()):,} parameters")
    print(f"  {'all':18} {model.num_parameters():,} parameters, {(folder / 'model.safetensors').stat().st_size / 1e6:.1f} MB")
    print(f"  {'tokenizer':18} {tokenizer.vocab_size} tokens, special: {', '.join(tokenizer.special)}")
    valid = [line for line in read_log(folder / "log.jsonl") if "valid_loss" in line] if (folder / "log.jsonl").exists() else []
    if valid:
        best = min(valid, key=lambda line: line["valid_loss"])
        print(f"  {'training':18} {valid[-1]['step']} steps, best validation loss {best['valid_loss']:.3f} at step {best['step']}")


# --- to and from other tools ---------------------------------------------------------------------------------


def run_plan(args: argparse.Namespace) -> None:
    from .model import PRESETS
    from .plan import Plan

    sizes = {name: getattr(args, name) for name in SIZES}
    cfg = replace(PRESETS[_preset(args)], **{name: size for name, size in sizes.items() if size is not None})
    print("\n".join(Plan(cfg, args.devices, args.tflops, args.utilization, args.rows, args.tokens, args.price).lines()))


def run_export(args: argparse.Namespace) -> None:
    from .checkpoint import load
    from .interop import export_gguf, export_gpt2

    if not args.out and not args.gguf:
        raise ValueError("nothing to write: --out FOLDER for Hugging Face's tools, --gguf FILE for llama.cpp")
    model, tokenizer = load(find_model(args.model, "sft"))
    out = _new_folder(args.out) if args.out else None
    if args.gguf and Path(args.gguf).exists():
        raise ValueError(f"{args.gguf} exists; choose another name with --gguf")
    if out:
        export_gpt2(out, model, tokenizer)
        print(f"{out}: AutoModelForCausalLM and AutoTokenizer open it. The head's bias was folded into the last norm: the logits are the same.")
    if args.gguf:
        export_gguf(args.gguf, model, tokenizer)
        print(f"{args.gguf}: GGUF, float32, {Path(args.gguf).stat().st_size / 1e6:.1f} MB")


def run_import(args: argparse.Namespace) -> None:
    from .checkpoint import save_model
    from .interop import import_gpt2

    out = _new_folder(args.out)
    model, tokenizer = import_gpt2(args.gpt2)
    save_model(out, model, tokenizer)
    print(f"{out}: {model.num_parameters():,} parameters" + ("" if tokenizer else "; no tokenizer was there: generate and chat need one"))
