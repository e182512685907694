"""What each command of `minillm` does. A command imports what it needs itself, so that `--help` is there at once. Built in 13."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from pathlib import Path

SIZES = ("num_hidden_layers", "num_heads", "emb_dim", "context_size", "vocab_size")  # of a model


# --- training ----------------------------------------------------------------------------------------------


def run_train(args: argparse.Namespace) -> None:
    from .documents import cores
    from .recipe import RECIPES, run

    recipe = RECIPES[_preset(args)]
    pretrain = _override(recipe.pretrain, args)
    sft = _override(recipe.sft, args, steps=args.sft_steps, learning_rate=None)
    recipe = replace(recipe, pretrain=pretrain, sft=sft, data=tuple(args.data))
    out = Path(args.out or f"runs/{args.preset}")
    run(recipe, out, workers=cores())
    print(f"\n{out / 'report.md'} has the scores. Talk with the model: minillm {'chat' if (out / 'sft').exists() else 'generate'} {out}")


def run_tokenizer(args: argparse.Namespace) -> None:
    from itertools import islice

    from .documents import texts_of
    from .recipe import gather, learn_tokenizer

    out, documents = args.out or "tokenizer", gather(tuple(args.data))
    with _new_folder(out) as folder:
        tokenizer = learn_tokenizer([documents["pretrain"]], args.vocab_size)
        tokenizer.save(folder)
    sample = list(islice(texts_of(documents["valid"]), 100))
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in sample)
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
    from .documents import cores, token_file
    from .processes import leading, processes
    from .training import choose_machine, train

    group, unfinished = processes(), (out / "last.safetensors").exists()
    parts = {"train": train_documents, "valid": valid_documents}
    with leading(group):  # rank 0 makes what is missing, and the others find it
        if group.first:
            tokenizer.save(out)
        files = {name: token_file(out / "data" / name, part, tokenizer, cores(), progress=True) for name, part in parts.items()}
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


@contextmanager
def _new_folder(out: str) -> Iterator[Path]:
    """A folder to write to, which gets its name when all went well; ValueError if there is one of that name."""
    if Path(out).exists():
        raise ValueError(f"{out} exists; choose another folder with --out")
    partial = Path(out).with_name(Path(out).name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)  # what an interrupted command left
    partial.mkdir(parents=True)
    try:
        yield partial
        os.replace(partial, out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


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
    from .documents import all_documents, cores, token_file
    from .evaluation import bits_per_byte
    from .training import validation_loss

    with tempfile.TemporaryDirectory() as folder:
        file = token_file(Path(folder) / "tokens", all_documents(data), tokenizer, cores())
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
    if args.gguf and Path(args.gguf).exists():
        raise ValueError(f"{args.gguf} exists; choose another name with --gguf")
    if args.out:
        with _new_folder(args.out) as folder:
            export_gpt2(folder, model, tokenizer)
        print(f"{args.out}: AutoModelForCausalLM and AutoTokenizer open it. The head's bias was folded into the last norm: the logits are the same.")
    if args.gguf:
        export_gguf(args.gguf, model, tokenizer)
        print(f"{args.gguf}: GGUF, float32, {Path(args.gguf).stat().st_size / 1e6:.1f} MB")


def run_import(args: argparse.Namespace) -> None:
    from .checkpoint import save_model
    from .interop import import_gpt2

    model, tokenizer = import_gpt2(args.gpt2)
    with _new_folder(args.out) as folder:
        save_model(folder, model, tokenizer)
    print(f"{args.out}: {model.num_parameters():,} parameters" + ("" if tokenizer else "; no tokenizer was there: generate and chat need one"))
