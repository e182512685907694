"""What one sees of a bug: a loss curve, attention maps, and things that should be equal.

A tiny model learns a counting-out rhyme in a few seconds: four of sixteen friends, in an order
drawn by lot, again and again. After the first round each name follows from the one four places
before, so a healthy head looks three places back. Not here: the bugs (`planted`).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..data.batches import IGNORE
from ..machine import Machine, Processes
from .planted import Bug, Names, copied

FRIENDS, ROUND, T = 16, 4, 20  # friends in all, in a rhyme; names in a rhyme at most
START, PAD, FIRST = 0, 1, 2  # ids: the start of a rhyme, padding, the first friend
V = FIRST + FRIENDS
STEPS, EVERY = 200, 20  # of training, and between two points of the curve


class Rhymes:
    """Rhymes as a token file in memory: all that `Batches` reads of one."""

    learn = None

    def __init__(self, count: int, seed: int, shortest: int = T // 2, longest: int = T) -> None:
        draw = np.random.default_rng(seed)
        rows = []
        for _ in range(count):
            names = FIRST + draw.permutation(FRIENDS)[:ROUND]
            rows.append([START, *np.resize(names, draw.integers(shortest, longest + 1))])
        self.ids = np.concatenate(rows).astype(np.int64)
        self.ends = np.cumsum([len(row) for row in rows])

    def starts(self) -> np.ndarray:
        return np.concatenate(([0], self.ends[:-1]))

    def lowest(self) -> float:
        """Nats per name that nobody can get below: the first round is drawn by lot."""
        free = sum(math.log(FRIENDS - i) for i in range(ROUND))
        return free * len(self.ends) / (len(self.ids) - len(self.ends))


@dataclass(frozen=True)
class Run:
    """What one sees of a run."""

    steps: list[int]
    train: list[float]  # mean loss since the step before
    valid: list[float]
    weights: Tensor  # (L, H, T, T), the mean over lines of full length
    figures: dict[str, float]


@lru_cache(maxsize=16)
def observed(bug: Bug | None = None) -> Run:
    """Train for STEPS, a few seconds, and look."""
    names = copied(bug)
    cfg = names["QdogBabyLearnConfig"](
        "lab", num_hidden_layers=2, num_heads=2, emb_dim=32,
        dropout=0.2, context_size=T, vocab_size=V,
    )  # fmt: skip
    state = torch.random.get_rng_state()
    try:
        torch.manual_seed(0)
        made = names["QdogBabyLearnLLM"](cfg).train()
        steps, train, valid = _curve(names, made)
        weights = _weights(names, made)
        figures = {"train": train[-1], "valid": valid[-1], "lowest": Rhymes(60, 1).lowest()}
        figures |= _of_map(weights) | dict(_equalities(names, cfg))
    finally:
        torch.random.set_rng_state(state)
    return Run(steps, train, valid, weights.mean(dim=1), figures)


def _settings(names: Names) -> tuple[Any, Machine]:
    cfg = names["TrainingConfig"](
        steps=STEPS, batch_size=16, micro_batch=16, learning_rate=2e-2, warmup=10,
        precision="float32", device="cpu", compile="no",
    )  # fmt: skip
    return cfg, Machine("cpu", "float32", False)


def _curve(names: Names, made: Any) -> tuple[list[int], list[float], list[float]]:
    cfg, machine = _settings(names)
    optimizers = names["make_optimizers"](made, cfg)
    data = names["Batches"](Rhymes(400, 0), T, PAD)
    held_out = names["Batches"](Rhymes(60, 1), T, PAD, shuffle=False)
    steps, train, valid, recent = [0], [], [names["validation_loss"](made, held_out)], []
    for step in range(STEPS):
        try:
            loss = names["train_step"](
                made, names["token_loss"], optimizers, data, step, cfg, machine, Processes()
            )
        except names["TrainingError"]:
            loss = math.nan  # and so is all that comes after
        recent.append(loss)
        if step == 0:
            train.append(loss)
        if (step + 1) % EVERY == 0:
            steps.append(step + 1)
            train.append(sum(recent) / len(recent))
            valid.append(names["validation_loss"](made, held_out))
            recent = []
    return steps, train, valid


@torch.no_grad()
def _weights(names: Names, made: Any) -> Tensor:
    """The attention weights in 16 lines of full length, (L, 16, H, T, T)."""
    ids = torch.tensor(Rhymes(16, 2, shortest=T).ids.reshape(16, -1)[:, :T])
    with names["evaluating"](made):
        weights: Tensor = made.attention_weights(ids)[1]
    return weights


def _of_map(weights: Tensor) -> dict[str, float]:
    """Figures of the maps (L, B, H, T, T)."""
    sums = weights.sum(dim=-1)
    back = weights[0].diagonal(-3, -2, -1).mean(dim=(0, -1))  # (H,) of the first layer
    return {
        "future": weights.triu(1).sum(dim=-1).mean().item(),
        "lowest sum": sums.min().item(),
        "highest sum": sums.max().item(),
        "largest": weights.amax(dim=-1)[..., T // 2 :].mean().item(),
        "three back": back.max().item(),
    }


@torch.no_grad()
def _equalities(names: Names, cfg: Any) -> Iterator[tuple[str, float]]:
    """By how much two things differ, in a model that has learned nothing but is not small."""
    torch.manual_seed(1)
    made = names["QdogBabyLearnLLM"](cfg).train()
    for p in made.parameters():
        if p.dim() == 2:
            p.normal_(std=0.3)
    lines = Rhymes(8, 3, shortest=T)
    ids = torch.tensor(lines.ids.reshape(8, -1)[:, :T])
    other = ids.clone()
    other[:, -1] = FIRST + (other[:, -1] - FIRST + 1) % FRIENDS
    with names["evaluating"](made):
        logits = made(ids)
        yield "twice", _apart(made(ids), logits)
        yield "later", _apart(made(other)[:, :-1], logits[:, :-1])
        cache = made.make_cache(len(ids))
        pieces = [made(piece, cache) for piece in (ids[:, :-3], *ids[:, -3:].split(1, dim=1))]
        yield "cache", _apart(torch.cat(pieces, dim=1), logits)
        said = made(torch.full((1, T), FIRST))
        yield "places", _apart(said[:, 4:], said[:, 3:4])
        x, block = torch.randn(8, T, cfg.emb_dim), made.blocks[0]
        kept = [(p, p.clone()) for part in (block.attn.out, block.ff.linear2)
                for p in part.parameters()]  # fmt: skip
        for p, _ in kept:
            p.zero_()
        yield "block", _apart(block(x), x)
        for p, was in kept:
            p.copy_(was)
    yield "spread", _spread(names)
    yield "padding", _of_padding(names, made)
    yield "gradient", _of_gradient(names, made)


def _apart(a: Tensor, b: Tensor) -> float:
    return (a - b).abs().max().item()


def _spread(names: Names) -> float:
    """The standard deviation of the scores of random queries and keys, less 1."""
    q, k = torch.randn(2, 400, 64, 16)
    last = names["attention"](q, k, k, names["causal_mask"](64, 64))[1][:, -1]  # sees all
    return last.log().std(dim=-1).mean().item() - 1


def _of_padding(names: Names, made: Any) -> float:
    """By how much padding behind a short line changes its mean loss."""
    line = Rhymes(1, 4, longest=12)
    losses = []
    with names["evaluating"](made):
        for size in (len(line.ids) - 1, T):
            inputs, targets = names["Batches"](line, size, PAD, shuffle=False).batch([0])
            torch.manual_seed(2)  # of dropout, should it be on
            count = int((targets != IGNORE).sum())
            losses.append(names["token_loss"](made, inputs, targets).item() / count)
    return abs(losses[1] - losses[0])


def _of_gradient(names: Names, made: Any) -> float:
    """What is left of the gradient after a step, as a share of the gradient."""
    cfg, machine = _settings(names)
    data = names["Batches"](Rhymes(16, 5), T, PAD)
    with torch.enable_grad():
        made.zero_grad()
        still: list[torch.optim.Optimizer] = []  # none: the weights stay
        names["train_step"](made, names["token_loss"], still, data, 0, cfg, machine, Processes())
    left = [p.grad for p in made.parameters() if p.grad is not None]
    return math.sqrt(sum(float(g.square().sum()) for g in left)) / cfg.clip if left else 0.0


# --- what of it is a sign ---------------------------------------------------------------------


EQUAL = {  # what should be equal, in words; how far apart it may be
    "later": ("The last name changed: the scores before it move by", 0.01),
    "twice": ("The same line read twice: the scores differ by", 0.01),
    "cache": ("Name by name with the cache, and at once: the scores differ by", 0.01),
    "padding": ("A line alone, and with padding behind it: its loss differs by", 0.01),
    "gradient": ("After a step, what is left of the gradient: its length is", 0.01),
    "block": ("A block whose branches add nothing, and its input: they differ by", 0.01),
    "spread": ("Scores of random queries and keys: their spread, less 1, is", 0.1),
}
UNEQUAL = {"places": "One name again and again: the scores at two places differ by"}


def signs(run: Run, healthy: Run) -> dict[str, str]:
    """In words: what is unusual in the curve, in the map, and which equalities fail."""
    found, lowest = run.figures, run.figures["lowest"]
    end, usual = run.valid[-1], healthy.valid[-1]
    curve = []
    if not max(run.valid) < 1.2 * run.valid[0]:  # also where it is no number
        curve.append("jumps up")
    if end < 0.95 * lowest:
        curve.append("below what is possible")
    elif end > usual + 0.2:
        curve.append("stays high")
    looks = {
        "takes from later names": found["future"] > 0.01,
        "sums below 1": found["lowest sum"] < 0.99,
        "sums above 1": found["highest sum"] > 1.01,
        "flat": found["largest"] < 0.1,
        "all on one name": found["largest"] > 0.9,
        "not three back": found["three back"] < 0.4,
    }
    fails = [key for key, (_, most) in EQUAL.items() if not abs(found[key]) < most]
    fails += [key for key in UNEQUAL if found[key] < 0.01]
    return {
        "curve": ", ".join(curve) or "as healthy",
        "map": ", ".join(name for name, seen in looks.items() if seen) or "as healthy",
        "equalities": ", ".join(fails) or "all hold",
    }
