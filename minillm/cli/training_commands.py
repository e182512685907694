"""The commands that train. Each imports what it needs itself, so that `--help` is quick.

Built in 14.
"""

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..runs.launch import from_torchrun
from .arguments import SIZES

if TYPE_CHECKING:
    from ..data.documents import Document
    from ..data.splits import TrainingData
    from ..machine import Processes
    from ..model import QdogBabyLearnLLM
    from ..tokenizer import BPETokenizer
    from ..training import TrainingConfig


def _world_seed(args: argparse.Namespace, model: Path | None = None) -> int:
    """The world that was asked for; else that of which the model has read, if it goes on there."""
    from ..runs.report import run_seeds

    if args.world_seed is not None:
        return int(args.world_seed)
    return run_seeds(model)[1] if model and not args.data else 0


def run_train(args: argparse.Namespace) -> None:
    """The whole road, into one folder."""
    from ..data.encoding import cpu_workers
    from ..runs.recipe import RECIPES
    from ..runs.run import run_recipe

    recipe = RECIPES[_preset(args)]
    pretrain = _override(recipe.pretrain, args)
    sft = _override(recipe.sft, args, steps=args.sft_steps, learning_rate=None)
    recipe = replace(
        recipe, pretrain=pretrain, sft=sft, data=tuple(args.data), world_seed=_world_seed(args)
    )
    out = Path(args.out or f"runs/{args.preset}")
    with _processes(args) as processes:
        run_recipe(recipe, out, workers=cpu_workers(), processes=processes)
    use = "chat" if (out / "sft").exists() else "generate"
    print(f"\n{out / 'report.md'} has the scores. Talk with the model: minillm {use} {out}")


def run_tokenizer(args: argparse.Namespace) -> None:
    """Learn a tokenizer, and say how well it compresses what it has not seen."""
    from ..data.documents import texts_of
    from ..formats.checkpoints import save_tokenizer
    from ..formats.files import new_folder
    from ..runs.recipe import learn_tokenizer, load_data

    out, data = args.out or "tokenizer", load_data(tuple(args.data), print, _world_seed(args))
    with new_folder(out) as folder:
        tokenizer = learn_tokenizer(data, args.vocab_size)
        save_tokenizer(folder, tokenizer)
    sample = list(islice(texts_of(data.valid), 100))
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in sample)
    tokens = sum(len(tokenizer.encode(text)) for text in sample)
    print(
        f"{out}: {tokenizer.vocab_size} tokens; text that it has not seen takes "
        f"{size / max(1, tokens):.2f} bytes a token"
    )


def run_pretrain(args: argparse.Namespace) -> None:
    """Pretrain a model, from nothing or from where another one stands."""
    import torch

    from ..formats.checkpoints import find_model, find_tokenizer, load
    from ..model import QdogBabyLearnLLM
    from ..runs.recipe import RECIPES, load_data, make_tokenizer
    from ..runs.stage import open_run
    from ..tokenizer import BPETokenizer

    if args.model and args.tokenizer:
        raise ValueError("--model has a tokenizer of its own; leave --tokenizer out")
    recipe, out = RECIPES[_preset(args)], Path(args.out or "runs/pretrain")
    folder = find_model(args.model, "pretrain") if args.model else None
    start, given = load(folder) if folder else (None, None)
    if args.tokenizer:
        given = BPETokenizer.load(find_tokenizer(args.tokenizer))
    cfg = _override(recipe.pretrain, args)
    world_seed = _world_seed(args, folder)
    data = load_data(tuple(args.data), print, world_seed)
    settings = {
        "model": asdict(start.cfg if start else recipe.model),
        "training": asdict(cfg),
        "data": args.data,
        "world_seed": world_seed,
        "text": data.fingerprint,
        "tokenizer": args.tokenizer,
        "from": args.model,
    }
    cfg.machine  # noqa: B018  (refuses a device before anything is written)
    with _processes(args) as processes, open_run(out, settings, processes):
        with processes.main_first():
            tokenizer = given or make_tokenizer(out, data, recipe.model.vocab_size, progress=True)
        torch.manual_seed(cfg.seed)
        config = replace(recipe.model, vocab_size=tokenizer.vocab_size)
        model = start or QdogBabyLearnLLM(config)
        _run_stage(out, model, tokenizer, data, (data.pretrain, data.valid), cfg, processes)


def run_sft(args: argparse.Namespace) -> None:
    """Fine-tune a pretrained model."""
    from ..formats.checkpoints import find_model, load
    from ..runs.recipe import RECIPES, fine_tuning_documents, load_data
    from ..runs.stage import open_run

    folder, out = find_model(args.model, "pretrain"), Path(args.out or "runs/sft")
    model, tokenizer = load(folder)
    world_seed = _world_seed(args, folder)
    data = load_data(tuple(args.data), print, world_seed)
    if not data.has_conversations:
        raise ValueError(
            f"{', '.join(args.data)} holds no conversations; "
            'lines of {"conversations": […]} are needed'
        )
    name = model.cfg.model_name
    name = name if name in RECIPES else "seed"
    recipe = RECIPES[name]
    print(f"settings that were not given are those of {name}'s fine-tuning")
    cfg = _override(recipe.sft, args)
    cfg.machine  # noqa: B018  (refuses a device before anything is written)
    settings = {
        "model": str(folder),
        "training": asdict(cfg),
        "data": args.data,
        "world_seed": world_seed,
        "text": data.fingerprint,
    }
    with _processes(args) as processes, open_run(out, settings, processes):
        model, tokenizer = _with_chat_tokens(model, tokenizer)
        documents = (fine_tuning_documents(data), data.sft_valid)
        _run_stage(out, model, tokenizer, data, documents, cfg, processes)


def _with_chat_tokens(
    model: "QdogBabyLearnLLM", tokenizer: "BPETokenizer"
) -> tuple["QdogBabyLearnLLM", "BPETokenizer"]:
    """Both with the special tokens of a conversation, which an imported model may lack."""
    from ..chat_format import CHAT_TOKENS
    from ..initialization import with_vocab_size

    larger = tokenizer.with_special(("<|endoftext|>", *CHAT_TOKENS))
    added = [name for name in larger.special if name not in tokenizer.special]
    if not added:
        return model, tokenizer
    print(f"new tokens, which begin as the mean of all others: {', '.join(added)}")
    return with_vocab_size(model, tokenizer.vocab_size, larger.vocab_size), larger


def _run_stage(
    out: Path,
    model: "QdogBabyLearnLLM",
    tokenizer: "BPETokenizer",
    data: "TrainingData",
    documents: "tuple[Iterable[Document], Iterable[Document]]",
    cfg: "TrainingConfig",
    processes: "Processes",
) -> None:
    """A stage whose folder is that of the command; `documents` are for training and validation."""
    from ..data.encoding import cpu_workers
    from ..runs.stage import prepare_stage, run_stage

    with processes.main_first():
        files = prepare_stage(out, tokenizer, *documents, cpu_workers())
        data.check_unchanged()
    parameters = f"{model.num_parameters():,} parameters"
    print(f"{out}: {parameters}, {cfg.steps} steps on {len(files.train):,} tokens")
    print(f"machine: {cfg.machine}")
    state = run_stage(out, model, files, cfg, tokenizer.pad_id, processes)
    minutes = state.seconds / 60
    print(f"{out}: best validation loss {state.best:.3f}, {minutes:.1f} minutes")


def run_plan(args: argparse.Namespace) -> None:
    """Say what a run would take."""
    from ..machine import choose_machine, measured_tflops
    from ..model import PRESETS
    from ..runs.plan import Plan
    from ..runs.recipe import RECIPES

    sizes = {name: getattr(args, name) for name in SIZES}
    given = {name: size for name, size in sizes.items() if size is not None}
    cfg = replace(PRESETS[_preset(args)], **given)
    tokens, source = args.tokens, ""
    if tokens is None and not given:
        recipe = RECIPES[args.preset]
        rows = sum(stage.steps * stage.batch_size for stage in (recipe.pretrain, recipe.sft))
        tokens, source = (
            rows * cfg.context_size,
            f"those that `minillm train` reads for {args.preset}",
        )
    tflops = measured_tflops(choose_machine()) if args.tflops is None else args.tflops
    plan = Plan(cfg, args.devices, tflops, args.utilization, args.rows, tokens, args.price, source)
    print("\n".join(plan.lines()))


@contextmanager
def _processes(args: argparse.Namespace) -> Iterator["Processes"]:
    """This process alone, or as one of those that torchrun has started."""
    if from_torchrun("WORLD_SIZE", 1) > 1:
        from ..runs.processes import join_processes

        with join_processes(args.device or "auto") as processes:
            yield processes
    else:
        from ..machine import Processes

        yield Processes()


def _override(cfg: "TrainingConfig", args: argparse.Namespace, **given: Any) -> "TrainingConfig":
    """The preset's settings with those that were given on the command line."""
    named = {field.name: getattr(args, field.name, None) for field in fields(cfg)} | given
    values: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
    if "batch_size" in values and "micro_batch" not in values:
        values["micro_batch"] = min(cfg.micro_batch, values["batch_size"])
    if "steps" in values:  # a shorter run warms up for the same share of its steps
        values["warmup"] = min(cfg.warmup, cfg.warmup * values["steps"] // cfg.steps)
    return replace(cfg, **values)


def _preset(args: argparse.Namespace) -> str:
    from ..model import PRESETS

    if args.preset not in PRESETS:
        raise ValueError(f"--preset {args.preset} is not one of {', '.join(PRESETS)}")
    return args.preset
