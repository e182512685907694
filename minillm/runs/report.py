"""The report of a run: what was done, the scores beside the baselines, ten sample answers.

Built in 14.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path

import torch

from .. import corpus
from ..chat_format import Messages
from ..corpus import Question
from ..data.documents import Document, texts_of
from ..data.splits import TrainingData
from ..data.token_files import TokenFile
from ..evaluation import answer_all, bits_per_byte, exact_match, ngram_losses
from ..formats.checkpoints import load, load_config
from ..formats.files import read_json_object, replacing, write_text
from ..formats.run_files import TrainingState, read_log
from ..model import QdogBabyLearnLLM
from ..sampling import generate
from ..tokenizer import BPETokenizer
from .recipe import Recipe
from .stage import SETTINGS

Loaded = tuple[QdogBabyLearnLLM, BPETokenizer]


def write_report(
    folder: Path,
    recipe: Recipe,
    states: Mapping[str, TrainingState],
    questions: list[Question],
    data: TrainingData,
) -> None:
    """Write loss.svg and report.md of a run whose stages are in `states`, in their order."""
    pretrain = folder / "pretrain"
    train_file, valid_file = (TokenFile(pretrain / "data" / name) for name in ("train", "valid"))
    baselines = ngram_losses(train_file, valid_file)
    draw_losses(folder / "loss.svg", pretrain / "log.jsonl", baselines)
    models: dict[str, Loaded] = {"untrained": untrained(pretrain, recipe.pretrain.seed)}
    models |= {stage: load(folder / stage) for stage in states}
    best = states["pretrain"].best
    assert best is not None  # step 0 was validated
    lines = [f"# {recipe.model.model_name}", ""]
    lines += settings_lines(recipe, states, models["pretrain"][0])
    lines += ["", "## Validation", "", "![Loss by step, beside the baselines](loss.svg)", ""]
    lines += loss_lines(baselines, best, valid_file)
    if questions:
        lines += ["", "## Held-out questions, right answers", "", *score_lines(models, questions)]
        lines += ["", "## Ten answers", "", *answer_lines(models, ten_of(questions))]
    elif "sft" in models:
        chats = islice((chat for chat in data.sft_valid if isinstance(chat, list)), 10)
        asked = map(question_of, chats)
        lines += ["", "## Ten answers", "", *answer_lines(models, [q for q in asked if q])]
    else:
        lines += ["", "No conversations were among the data, so there was no fine-tuning."]
        lines += ["Ten continuations:", "", *continuation_lines(*models["pretrain"], data.valid)]
    write_text(folder / "report.md", "\n".join(lines) + "\n")


def ten_of(questions: list[Question]) -> list[Question]:
    """Ten of the questions, from all over; the step is odd, so that languages come in turn."""
    return questions[:: len(questions) // 10 | 1][:10]


def draw_losses(file: Path, log: Path, baselines: dict[str, float]) -> None:
    """Write the loss curve of a log as SVG, the same bytes each time."""
    from matplotlib import rc_context  # here, as whoever only scores a model draws nothing

    from ..plots import loss_curve

    figure = loss_curve(read_log(log), baselines, "Pretraining")
    with replacing(file) as path, rc_context({"svg.hashsalt": "minillm"}):
        figure.savefig(path, format="svg", metadata={"Date": None})


def untrained(folder: Path, seed: int = 0, device: str = "cpu") -> Loaded:
    """A model of the shape of a folder's, at its start with this seed."""
    torch.manual_seed(seed)
    model = QdogBabyLearnLLM(load_config(folder)).to(device)
    return model.eval(), BPETokenizer.load(folder)


def run_seeds(folder: Path) -> tuple[int, int]:
    """The seed that the model of a stage's folder started with, and that of its world.

    0 where none is kept.
    """
    for path in (folder / SETTINGS, folder.parent / SETTINGS):
        if path.exists():
            settings = read_json_object(path, "run")
            stage = settings.get("pretrain") or settings.get("training") or {}
            seed = stage.get("seed", 0) if isinstance(stage, dict) else stage
            world_seed = settings.get("world_seed", 0)
            for value in (seed, world_seed):
                if type(value) is not int:
                    raise ValueError(f"{path}: the seed {value!r} is not a whole number")
            return seed, world_seed
    return 0, 0


def settings_lines(
    recipe: Recipe, states: Mapping[str, TrainingState], model: QdogBabyLearnLLM
) -> list[str]:
    """A table of what the run was made with."""
    precision = states["pretrain"].precision
    rows = [
        ("data", recipe.source),
        ("parameters", f"{model.num_parameters():,}"),
        ("model", ", ".join(f"{name}={value}" for name, value in asdict(model.cfg).items())),
        ("machine", str(replace(recipe.pretrain.machine, precision=precision))),
    ]
    for stage, state in states.items():
        cfg = recipe.pretrain if stage == "pretrain" else recipe.sft
        tokens = cfg.steps * cfg.batch_size * model.cfg.context_size
        text = f"{cfg.steps} steps, {tokens:,} tokens read, {state.seconds / 60:.1f} minutes, "
        text += f"seed {cfg.seed}, best validation loss {state.best:.4f}"
        rows.append((stage, text))
    return ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]


def loss_lines(baselines: dict[str, float], loss: float, file: TokenFile) -> list[str]:
    """A table: the baselines and the model, in nats per token and bits per byte."""
    rows = [*baselines.items(), ("**this model**", loss)]
    below = 1 - loss / min(baselines.values())
    return [
        "| | nats per token | bits per byte |",
        "|---|---|---|",
        *(f"| {name} | {value:.3f} | {bits_per_byte(value, file):.3f} |" for name, value in rows),
        "",
        f"The model stands {below:.1%} below the best that counting does.",
    ]


def score_lines(models: Mapping[str, Loaded], questions: list[Question]) -> list[str]:
    """A table: families down, models across; and what guessing would give in reading."""
    scores = {
        name: exact_match(questions, answer_all(*pair, questions)) for name, pair in models.items()
    }
    columns = " | ".join(models)
    lines = [f"| family | questions | {columns} |", "|---" * (len(models) + 2) + "|"]

    def row(title: str, families: list[str], bold: str = "") -> str:
        asked = sum(q.family in families for q in questions)
        right = [sum(scores[name][family][0] for family in families) for name in models]
        shares = " | ".join(f"{bold}{count / asked:.0%}{bold}" for count in right)
        return f"| {bold}{title}{bold} | {asked} | {shares} |"

    lines += [row(family, [family]) for family in corpus.FAMILIES]
    others = [family for family in corpus.FAMILIES if family != "reading"]
    lines.append(row("all but reading", others, "**"))
    chances = [1 / len(q.choices) for q in questions if q.choices]
    mean = sum(chances) / len(chances)
    return [
        *lines,
        "",
        f"Guessing among the names in the story would answer {mean:.0%} of the reading questions.",
    ]


def answer_lines(models: Mapping[str, Loaded], samples: list[Question]) -> list[str]:
    """Questions, the right answers, and those of the pretrained and the fine-tuned model."""
    lines = []
    answers = {
        name: answer_all(*models[name], samples, extra_tokens=60) for name in ("pretrain", "sft")
    }
    for i, question in enumerate(samples):
        asked = " / ".join(m["content"] for m in question.messages if m["role"] == "user")
        one_line = asked.replace("\n", " ")
        lines += [f"{i + 1}. **{one_line}**", f"   - wanted: {question.answer}"]
        for name, answer in answers.items():
            lines.append(f"   - {name}: {' '.join(answer[i].split())[:200]}")
    return lines


def question_of(chat: Messages) -> Question | None:
    """A conversation as a question: everything before the assistant's last words."""
    last = max((i for i, m in enumerate(chat) if m["role"] == "assistant"), default=0)
    return Question("own", "en", tuple(chat[:last]), chat[last]["content"]) if last else None


def continuation_lines(
    model: QdogBabyLearnLLM, tokenizer: BPETokenizer, documents: Iterable[Document]
) -> list[str]:
    """Ten pieces of the validation text, each continued by the model."""
    texts = islice(texts_of(documents), 100)
    ids = [i for text in texts for i in tokenizer.encode(text[:4000])]
    size = min(16, max(1, len(ids) // 10))
    lines = []
    device = next(model.parameters()).device
    for n in range(10):
        start = ids[n * (len(ids) - size) // 10 :][:size]
        prompt = torch.tensor([[tokenizer.end_id, *start]], device=device)
        out = generate(
            model,
            prompt,
            48,
            stop=tokenizer.end_id,
            temperature=0.8,
            top_k=40,
            seed=n,
            vocab_size=tokenizer.vocab_size,
        )[0]
        text = tokenizer.decode(out[len(start) + 1 :].tolist(), skip_special=True)
        lines.append(f"{n + 1}. {tokenizer.decode(start)!r} → {text!r}")
    return lines
