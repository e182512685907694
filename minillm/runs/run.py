"""The whole road in one function: text → tokenizer → pretraining → fine-tuning → a report.

A run is a folder with a folder for each stage; one that was stopped goes on. Built in 14.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import torch

from .. import corpus
from ..corpus import Question
from ..data.splits import TrainingData
from ..evaluation import answer_all, exact_match
from ..formats.checkpoints import load
from ..initialization import empty_model
from ..machine import Processes
from ..model import QdogBabyLearnConfig, QdogBabyLearnLLM
from ..tokenizer import BPETokenizer
from ..training import TrainingConfig, token_loss
from .recipe import Recipe, fine_tuning_documents, load_data, make_tokenizer
from .report import write_report
from .stage import open_run, prepare_stage, run_stage


def seconds_per_step(model_config: QdogBabyLearnConfig, cfg: TrainingConfig) -> float:
    """How long a step takes here, tried on a model that is thrown away.

    It is not compiled, so this is rather too long than too short.
    """
    machine = cfg.machine
    model = QdogBabyLearnLLM(model_config).to(machine.device)
    shape = (min(cfg.micro_batch, cfg.batch_size), model_config.context_size)
    ids = torch.randint(model_config.vocab_size, shape, device=machine.device)
    seconds = 0.0
    for _ in range(3):
        start = time.perf_counter()
        with machine.autocast():
            loss = token_loss(model, ids, ids)
        loss.backward()
        loss.item()
        seconds = time.perf_counter() - start
    return seconds * cfg.batch_size / len(ids)


def announce(
    recipe: Recipe,
    data: TrainingData,
    folder: Path,
    say: Callable[[str], None],
    processes: Processes = Processes(),  # noqa: B008  (frozen)
) -> None:
    """Say what will be done, with what, and how long it will take."""
    model = recipe.model
    parameters = empty_model(model).num_parameters()
    say(f"{model.model_name}: {parameters:,} parameters, trained on {recipe.source} into {folder}")
    say(f"machine: {recipe.pretrain.machine}")
    stages = [("text", recipe.pretrain)]
    if data.has_conversations:
        stages.append(("dialogue", recipe.sft))
    tokens = [
        f"{cfg.steps * cfg.batch_size * model.context_size:,} tokens of {kind}"
        for kind, cfg in stages
    ]
    say(f"plan: a tokenizer of {model.vocab_size} → {' → '.join(tokens)} → scores")
    if recipe.pretrain.shard:
        return  # the model may be too large for a step to be tried in one process
    row = seconds_per_step(model, recipe.pretrain) / recipe.pretrain.batch_size
    seconds = row * sum(cfg.steps * cfg.batch_size for _, cfg in stages) / processes.size
    minutes = f"{1 + seconds * 1.1 / 60:.0f}"
    say(f"time: about {minutes} minutes here; Ctrl-C stops, and the same command goes on")


def run_recipe(
    recipe: Recipe,
    folder: str | Path,
    progress: bool = True,
    say: Callable[[str], None] = print,
    workers: int = 1,
    processes: Processes = Processes(),  # noqa: B008  (frozen)
) -> None:
    """Do everything that is not yet done in `folder`, ending with report.md.

    `workers` processes turn a large text into tokens. Errors as `open_run`.
    """
    folder = Path(folder)
    data = load_data(recipe.data, say, recipe.world_seed)
    recipe.pretrain.machine  # noqa: B018  (refuses a device before anything is written)
    pretrain, sft = folder / "pretrain", folder / "sft"
    with open_run(folder, {**asdict(recipe), "text": data.fingerprint}, processes):
        if processes.is_main:
            announce(recipe, data, folder, say, processes)
        files = {}
        with processes.main_first():  # all data is ready, or refused, before any training
            tokenizer = make_tokenizer(pretrain, data, recipe.model.vocab_size, progress)
            parts = {pretrain: (data.pretrain, data.valid)}
            if data.has_conversations:
                parts[sft] = (fine_tuning_documents(data), data.sft_valid)
            for stage, documents in parts.items():
                files[stage] = prepare_stage(stage, tokenizer, *documents, workers, progress)
            data.check_unchanged()
        for stage, read in files.items():
            sizes = f"{len(read.train):,} tokens to learn from, {len(read.valid):,} to validate on"
            say(f"{stage.name}: {sizes}")
        torch.manual_seed(recipe.pretrain.seed)
        config = replace(recipe.model, vocab_size=tokenizer.vocab_size)  # a short text gives less
        model = QdogBabyLearnLLM(config)
        questions = [] if recipe.data else corpus.held_out_questions(world_seed=recipe.world_seed)

        def rates(step: int, model: QdogBabyLearnLLM) -> dict[str, float]:
            return family_rates(model, tokenizer, questions[::4])  # all of them take a minute

        shared = (tokenizer.pad_id, processes, progress)
        states = {"pretrain": run_stage(pretrain, model, files[pretrain], recipe.pretrain, *shared)}
        if sft in files:
            model, _ = load(pretrain)  # the best on validation, not the last
            on_eval = rates if questions else None
            states["sft"] = run_stage(sft, model, files[sft], recipe.sft, *shared, on_eval)
        if processes.is_main:
            say("measuring the baselines and the models")
            write_report(folder, recipe, states, questions, data)


def family_rates(
    model: QdogBabyLearnLLM, tokenizer: BPETokenizer, questions: list[Question]
) -> dict[str, float]:
    """The share of right answers per family, for the log."""
    scores = exact_match(questions, answer_all(model, tokenizer, questions))
    return {family: right / asked for family, (right, asked) in scores.items()}
