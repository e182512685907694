# Answers that the checks of 10 must refuse, each with a word of what they should say about it.

import math

import torch
from torch.nn import functional as F

from minillm.data.batches import IGNORE


def cosine(step, steps, warmup, highest, low=0.1):
    if step < warmup:
        return highest * (step + 1) / warmup
    return highest * (
        low + (1 - low) * (1 + math.cos(math.pi * (step - warmup) / (steps - warmup))) / 2
    )


def line(step, steps, warmup, highest):
    if step < warmup:
        return highest * (step + 1) / warmup
    return highest * (1 - 0.9 * (step - warmup) / (steps - warmup))


def unshifted(step, steps, warmup, highest):
    if step < warmup:
        return highest * (step + 1) / warmup
    return highest * (0.1 + 0.9 * (1 + math.cos(math.pi * step / steps)) / 2)


def from_zero(step, steps, warmup, highest):
    return highest * step / warmup if step < warmup else cosine(step, steps, warmup, highest)


def squared(step, steps, warmup, highest):
    return (
        highest * ((step + 1) / warmup) ** 2
        if step < warmup
        else cosine(step, steps, warmup, highest)
    )


def naive(logits, targets):
    kept = targets != IGNORE
    p = logits[kept].exp() / logits[kept].exp().sum(dim=-1, keepdim=True)
    return -p[torch.arange(len(p)), targets[kept]].log().mean()


def logs(logits, targets, dim=-1):
    kept = targets != IGNORE
    return logits.log_softmax(dim=dim)[kept, targets[kept]]


WRONG = {
    "check_moved": [
        (lambda ids: (ids, ids), "Not shifted"),
        (lambda ids: (ids[:, 1:], ids[:, :-1]), "Exchanged"),
        (lambda ids: (ids, ids[:, 1:]), "same"),
        (lambda ids: (ids[:-1], ids[1:]), "Axis"),
        (lambda ids: (ids, ids.roll(-1, dims=1)), "rolled"),
        (lambda ids: (ids[:, :-2], ids[:, 2:]), "Two too few"),
        (lambda ids: ids[:, 1:], "pair"),
    ],
    "check_mean_loss": [
        (lambda x, y: logs(x, y).mean(), "Sign"),
        (lambda x, y: -logs(x, y).sum(), "The sum"),
        (lambda x, y: -logs(x, y).sum() / len(y), "all targets"),
        (
            lambda x, y: -x.log_softmax(dim=-1)[torch.arange(len(y)), y.clamp(min=0)].mean(),
            "IGNORE",
        ),
        (lambda x, y: -logs(x, y, dim=0).mean(), "Axis"),
        (
            lambda x, y: F.cross_entropy(x.softmax(dim=-1), y, ignore_index=IGNORE),
            "softmax too many",
        ),
        (lambda x, y: -logs(x, y), "(3,)"),
        (naive, "too large"),
        (lambda x, y: -logs(x, y).mean(), "should be 0"),
        (lambda x, y: torch.tensor(1.0), "the loop gives"),
    ],
    "check_rate": [
        (from_zero, "is lost"),
        (line, "straight line"),
        (unshifted, "After warm-up"),
        (squared, "Warm-up"),
        (lambda *a: cosine(*a, low=0.0), "ends at 0"),
        (lambda s, n, w, h: cosine(s, n, w, 1.0), "as the highest"),
        (lambda s, n, w, h: h, "Warm-up"),
    ],
}
