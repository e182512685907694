"""The whole road in one function: text → tokenizer → pretraining → fine-tuning → a scored chat model.

A run is a folder. Each step leaves a file there when it is done, and a run that was stopped goes on with the first
step that left none. Built in 13.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import chain, islice
from pathlib import Path

import torch
from matplotlib import rc_context

from . import corpus
from .chat import ChatSession
from .checkpoint import load, load_config, read_json, read_log
from .corpus import Question
from .data import Messages, TokenFile
from .documents import Document, split_documents, texts_of, token_file
from .evaluation import answer_all, bits_per_byte, exact_match, ngram_losses
from .model import PRESETS, QdogBabyLearnConfig, QdogBabyLearnLLM
from .plots import loss_curve
from .processes import leading, processes
from .sampling import generate
from .tokenizer import BPETokenizer, train_bpe
from .tokenizer_files import replacing
from .training import TrainingConfig, choose_machine, token_loss, train


@dataclass(frozen=True)
class Recipe:
    """What a run is made with; kept in its folder as run.json."""

    model: QdogBabyLearnConfig
    pretrain: TrainingConfig
    sft: TrainingConfig
    data: tuple[str, ...] = ()  # none: the bundled world


RECIPES = {
    "nano": Recipe(
        PRESETS["nano"],
        TrainingConfig(steps=1200, batch_size=16, micro_batch=16, learning_rate=4e-3, eval_every=300),
        TrainingConfig(steps=700, batch_size=16, micro_batch=16, learning_rate=3e-3, warmup=50, eval_every=350),
    ),
    "mini": Recipe(
        PRESETS["mini"],
        TrainingConfig(steps=1500, batch_size=16, micro_batch=16, learning_rate=3e-3, warmup=300, eval_every=375),
        TrainingConfig(steps=5250, batch_size=16, micro_batch=16, learning_rate=2e-3, final_rate=0.02, warmup=100, eval_every=1050),
    ),
    "seed": Recipe(
        PRESETS["seed"],
        TrainingConfig(steps=4000, batch_size=64, micro_batch=8, learning_rate=6e-4, eval_every=250),
        TrainingConfig(steps=1000, batch_size=64, micro_batch=8, learning_rate=2e-4, eval_every=250),
    ),
}


def gather(data: tuple[str, ...]) -> dict[str, Iterable[Document]]:
    """The documents of a run: "pretrain", "valid", and "sft", "sft_valid" when there are conversations."""
    if not data:
        return {
            "pretrain": corpus.pretraining_documents(),
            "valid": corpus.validation_documents(),
            "sft": corpus.dialogues(),
            "sft_valid": corpus.validation_dialogues(),
        }
    found = split_documents(data)
    if "pretrain" not in found:
        found |= {"pretrain": found["sft"], "valid": found["sft_valid"]}
    return found


def fine_tuning_documents(documents: dict[str, Iterable[Document]]) -> Iterator[Document]:
    """The conversations, and half as much text again: else what was read is forgotten while answering is learned."""
    room = 0
    for chat in documents["sft"]:
        yield chat
        room += sum(map(len, texts_of([chat])))
    room //= 2
    if documents["pretrain"] is documents["sft"]:
        return
    for text in texts_of(documents["pretrain"]):
        if room <= 0:
            return
        yield text[:room]
        room -= len(text)


def seconds_per_step(model_config: QdogBabyLearnConfig, cfg: TrainingConfig) -> float:
    """How long one step takes here, tried on a throw-away model (not compiled, so rather too long than too short)."""
    machine = choose_machine(cfg)
    model = QdogBabyLearnLLM(model_config).to(machine.device)
    ids = torch.randint(model_config.vocab_size, (min(cfg.micro_batch, cfg.batch_size), model_config.context_size), device=machine.device)
    for timed in (False, True, True):
        start = time.perf_counter()
        with machine.autocast():
            loss = token_loss(model, ids, ids)
        loss.backward()
        loss.item()
        seconds = time.perf_counter() - start
    return seconds * cfg.batch_size / len(ids)


def announce(recipe: Recipe, documents: dict[str, Iterable[Document]], folder: Path, say: Callable[[str], None]) -> None:
    """Say what will be done, with what, and how long it will take."""
    with torch.device("meta"):
        parameters = QdogBabyLearnLLM(recipe.model).num_parameters()
    say(f"{recipe.model.model_name}: {parameters:,} parameters, trained on {', '.join(recipe.data) or 'the bundled world'} into {folder}")
    say(f"machine: {choose_machine(recipe.pretrain)}")
    stages = [("text", recipe.pretrain)] + [("dialogue", recipe.sft)] * ("sft" in documents)
    tokens = [f"{cfg.steps * cfg.batch_size * recipe.model.context_size:,} tokens of {what}" for what, cfg in stages]
    say(f"plan: a tokenizer of {recipe.model.vocab_size} → {' → '.join(tokens)} → scores")
    seconds = sum(cfg.steps * seconds_per_step(recipe.model, cfg) for _, cfg in stages)
    say(f"time: about {1 + seconds * 1.1 / 60:.0f} minutes here; Ctrl-C stops, and the same command goes on")


def open_run(folder: Path, settings: dict, done: str) -> None:
    """Make the folder of a run, or come back to it. ValueError if it is finished, of other settings, or something else.

    run.json in it holds the settings from the first moment on, and a file of the name `done` comes last.
    """
    settings, path = json.loads(json.dumps(settings)), folder / "run.json"
    if (folder / done).exists():
        raise ValueError(f"{folder} holds a finished run; choose another folder with --out")
    if path.exists():
        then, differ = read_json(path, "run"), []
        for part, value in settings.items():
            was = then.get(part) if isinstance(then, dict) else None
            if isinstance(value, dict) and isinstance(was, dict):
                differ += [f"{part}.{key}" for key in value if value[key] != was.get(key)]
            elif value != was:
                differ.append(part)
        if differ:
            raise ValueError(f"{folder} holds an unfinished run with another {', '.join(differ)}; choose another folder with --out")
    elif folder.exists() and any(p.name != "run.json.tmp" for p in folder.iterdir()):  # what a kill in the first moment leaves
        raise ValueError(f"{folder} is there and is not a run; choose another folder with --out")
    else:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(path) as new:
            new.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def run(recipe: Recipe, folder: str | Path, progress: bool = True, say: Callable[[str], None] = print, workers: int = 1) -> None:
    """Do everything that is not yet done in `folder`, ending with report.md. `workers` processes turn a large text into tokens."""
    folder = Path(folder)
    documents, group = gather(recipe.data), processes()
    choose_machine(recipe.pretrain)  # refuses a device that is not here before anything is written
    group.wait()
    with leading(group):  # rank 0 makes what is missing, and the others find it
        if group.first:
            open_run(folder, asdict(recipe), "report.md")
            announce(recipe, documents, folder, say)
        tokenizer = make_tokenizer(folder / "tokenizer", documents, recipe.model.vocab_size, progress)
        parts = documents | ({"sft": fine_tuning_documents(documents)} if "sft" in documents else {})
        files = {name: token_file(folder / "data" / name, part, tokenizer, workers, progress) for name, part in parts.items()}
    config = replace(recipe.model, vocab_size=tokenizer.vocab_size)  # a short text gives a smaller vocabulary
    say("tokens: " + ", ".join(f"{name} {file.info.tokens:,}" for name, file in files.items()))

    torch.manual_seed(recipe.pretrain.seed)
    model = QdogBabyLearnLLM(config)
    stages = [("pretrain", "valid", recipe.pretrain)] + [("sft", "sft_valid", recipe.sft)] * ("sft" in files)
    questions = [] if recipe.data else corpus.held_out_questions()
    states = {}
    for stage, valid, cfg in stages:
        target = folder / stage
        unfinished = (target / "last.safetensors").exists()
        group.wait()
        if group.first:
            target.mkdir(exist_ok=True)
            tokenizer.save(target)
        watch = (lambda step, model: family_rates(model, tokenizer, questions)) if stage == "sft" and questions else None
        states[stage] = train(
            model, files[stage], files[valid], tokenizer.pad_id, cfg, target, unfinished, progress, watch, stage
        )
        model = load(target)[0]  # the best on validation, not the last

    if not group.first:
        return
    say("measuring the baselines and the models")
    write_report(folder, recipe, files, states, questions, documents)


LEARNED_FROM = 100_000_000  # characters: to count the words of a larger text takes more memory than it betters the vocabulary


def learn_tokenizer(parts: list[Iterable[Document]], vocab_size: int, progress: bool = True) -> BPETokenizer:
    """A BPE tokenizer from the documents of all parts; of more than LEARNED_FROM characters from an even sample of their texts."""
    total = sum(map(len, texts_of(chain.from_iterable(parts))))
    return train_bpe(islice(texts_of(chain.from_iterable(parts)), 0, None, max(1, -(-total // LEARNED_FROM))), vocab_size, progress=progress)


def make_tokenizer(folder: Path, documents: dict[str, Iterable[Document]], vocab_size: int, progress: bool) -> BPETokenizer:
    """The tokenizer of a run: loaded if it is there, else learned from what the run trains on."""
    if not (folder / "tokenizer.json").exists():
        learn_tokenizer([documents["pretrain"], documents.get("sft", ())], vocab_size, progress).save(folder)
    return BPETokenizer.load(folder)


def family_rates(model: QdogBabyLearnLLM, tokenizer: BPETokenizer, questions: list[Question]) -> dict[str, float]:
    """The share of right answers per family, for the log."""
    scores = exact_match(questions, answer_all(model, tokenizer, questions))
    return {family: right / asked for family, (right, asked) in scores.items()}


# --- the report --------------------------------------------------------------------------------------------


def write_report(folder: Path, recipe: Recipe, files: dict[str, TokenFile], states: dict, questions: list[Question], documents: dict) -> None:
    """Write loss.svg and report.md: what was done, the scores beside the baselines, ten sample answers."""
    baselines = ngram_losses(files["pretrain"], files["valid"])
    figure = loss_curve(read_log(folder / "pretrain" / "log.jsonl"), baselines, "Pretraining")
    with replacing(folder / "loss.svg") as path, rc_context({"svg.hashsalt": "minillm"}):  # the same bytes each time
        figure.savefig(path, format="svg", metadata={"Date": None})
    models = {"untrained": untrained(folder / "pretrain")} | {stage: load(folder / stage) for stage in states}
    lines = [f"# {recipe.model.model_name}", ""]
    lines += settings_lines(recipe, files, states, models["pretrain"][0])
    lines += ["", "## Validation", "", "![Loss by step, beside the baselines](loss.svg)", ""]
    lines += loss_lines(baselines, states["pretrain"]["best"], files["valid"])
    if questions:
        lines += ["", "## Held-out questions, exact match", ""] + score_lines(models, questions)
        lines += ["", "## Ten answers", ""] + answer_lines(models, questions[:: -(-len(questions) // 10)])
    elif "sft" in models:
        asked = [question_of(chat) for chat in islice(documents["sft_valid"], 10)]
        lines += ["", "## Ten answers", ""] + answer_lines(models, [q for q in asked if q])
    else:
        lines += ["", "No conversations were among the data, so there was no fine-tuning. Ten continuations:", ""]
        lines += continuation_lines(*models["pretrain"], documents["valid"])
    with replacing(folder / "report.md") as path:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def untrained(folder: Path) -> tuple[QdogBabyLearnLLM, BPETokenizer]:
    """The model as it was before its first step."""
    torch.manual_seed(0)
    return QdogBabyLearnLLM(load_config(folder)).eval(), BPETokenizer.load(folder)


def settings_lines(recipe: Recipe, files: dict, states: dict, model: QdogBabyLearnLLM) -> list[str]:
    rows = [("data", ", ".join(recipe.data) or "the bundled world"), ("parameters", f"{model.num_parameters():,}"),
            ("model", ", ".join(f"{k}={v}" for k, v in asdict(model.cfg).items())), ("machine", str(choose_machine(recipe.pretrain)))]  # fmt: skip
    for stage, state in states.items():
        cfg = getattr(recipe, stage)
        seen = cfg.steps * cfg.batch_size * model.cfg.context_size
        rows.append((stage, f"{cfg.steps} steps, {seen:,} tokens read, {state['seconds'] / 60:.1f} minutes, seed {cfg.seed}, best validation loss {state['best']:.4f}"))
    return ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]


def loss_lines(baselines: dict[str, float], loss: float, file: TokenFile) -> list[str]:
    rows = [*baselines.items(), ("**this model**", loss)]
    below = 1 - loss / min(baselines.values())
    return [
        "| | nats per token | bits per byte |", "|---|---|---|",
        *(f"| {name} | {value:.3f} | {bits_per_byte(value, file):.3f} |" for name, value in rows),
        "", f"The model stands {below:.1%} below the best that counting does.",
    ]  # fmt: skip


def score_lines(models: dict, questions: list[Question]) -> list[str]:
    """A table: families down, models across; reading beside what guessing among the story's names would give."""
    scores = {name: exact_match(questions, answer_all(*pair, questions)) for name, pair in models.items()}
    lines = ["| family | questions | " + " | ".join(models) + " |", "|---" * (len(models) + 2) + "|"]
    for family in corpus.FAMILIES:
        asked = [q for q in questions if q.family == family]
        cells = [f"{scores[name][family][0] / len(asked):.0%}" for name in models]
        lines.append(f"| {family} | {len(asked)} | " + " | ".join(cells) + " |")
    others = [f for f in corpus.FAMILIES if f != "reading"]
    means = [sum(scores[n][f][0] for f in others) / sum(scores[n][f][1] for f in others) for n in models]
    lines.append(f"| **all but reading** | {sum(scores['untrained'][f][1] for f in others)} | " + " | ".join(f"**{m:.0%}**" for m in means) + " |")
    chances = [1 / len(q.choices) for q in questions if q.choices]
    return lines + ["", f"Guessing among the names in the story would answer {sum(chances) / len(chances):.0%} of the reading questions."]


def answer_lines(models: dict, samples: list[Question]) -> list[str]:
    """Questions, the wanted answers, and what the pretrained and the fine-tuned model say."""
    lines = []
    answers = {name: answer_all(*models[name], samples, spare=60) for name in ("pretrain", "sft")}
    for i, question in enumerate(samples):
        said = " / ".join(m["content"] for m in question.messages if m["role"] == "user").replace("\n", " ")
        lines += [f"{i + 1}. **{said}**", f"   - wanted: {question.answer}"]
        lines += [f"   - {name}: {' '.join(answer[i].split())[:200]}" for name, answer in answers.items()]
    return lines


def question_of(chat: Messages) -> Question | None:
    """A conversation as a question: everything before the assistant's last words."""
    last = max((i for i, m in enumerate(chat) if m["role"] == "assistant"), default=0)
    return Question("own", "en", tuple(chat[:last]), chat[last]["content"]) if last else None


def continuation_lines(model: QdogBabyLearnLLM, tokenizer: BPETokenizer, documents: Iterable[Document]) -> list[str]:
    """Ten pieces of the validation text, each continued by the model."""
    ids = [i for text in islice(texts_of(documents), 100) for i in tokenizer.encode(text[:4000])]
    size = min(16, max(1, len(ids) // 10))
    lines = []
    for n in range(10):
        start = ids[n * (len(ids) - size) // 10 :][:size]
        out = generate(model, torch.tensor([[tokenizer.end_id, *start]]), 48, stop=tokenizer.end_id, temperature=0.8, top_k=40, seed=n)[0]
        lines.append(f"{n + 1}. {tokenizer.decode(start)!r} → {tokenizer.decode(out[len(start) + 1 :].tolist(), skip_special=True)!r}")
    return lines
