# Answers that the checks of 06 must refuse, each with a word of what they should say about it.

import torch

from minillm.attention import causal_mask


def ones(T):
    return torch.ones(T, T, dtype=torch.bool)


def soft(scores, mask):
    return scores.masked_fill(~mask, float("-inf")).softmax(dim=-1)


def in_place(scores, mask):
    scores[~mask] = float("-inf")
    return scores.softmax(dim=-1).nan_to_num()


INF = float("inf")

WRONG = {
    "check_scores_of": [
        (lambda q, k: q @ k.T, "still grows"),
        (lambda q, k: q @ k.T / q.shape[-1], "divided by D"),
        (lambda q, k: q @ k.T / len(k) ** 0.5, "number of keys"),
        (lambda q, k: q @ k.T / len(q) ** 0.5, "number of queries"),
        (lambda q, k: q @ k.T * q.shape[-1] ** 0.5, "multiplied"),
        (lambda q, k: k @ q.T / 4, "the rows"),
        (lambda q, k: (q @ k.T / 4).softmax(dim=-1), "before the softmax"),
        (lambda q, k: (q @ k.T / 4).abs(), "numbers are not"),
        (lambda q, k: q @ k, "do not fit"),
        (lambda q, k: q @ k[0], "(3,)"),
    ],
    "check_window_mask": [
        (lambda T, w: causal_mask(T, T), "no end"),
        (lambda T, w: causal_mask(T, T) & ~ones(T).tril(diagonal=-w - 1), "Off by one"),
        (lambda T, w: causal_mask(T, T) & ~ones(T).tril(diagonal=-w + 1), "Off by one"),
        (lambda T, w: ~(causal_mask(T, T) & ~ones(T).tril(diagonal=-w)), "exchanged"),
        (lambda T, w: (causal_mask(T, T) & ~ones(T).tril(diagonal=-w)).T, "future"),
        (lambda T, w: ~ones(T).tril(diagonal=-w), "causal as well"),
        (lambda T, w: (causal_mask(T, T) & ~ones(T).tril(diagonal=-w)).float(), "booleans"),
        (lambda T, w: ones(T).tril(diagonal=-1) & ~ones(T).tril(diagonal=-w - 1), "itself"),
        (lambda T, w: causal_mask(T, w), "(6, 3)"),
        (lambda T, w: causal_mask(T, T) & ~ones(T).tril(diagonal=-3), "Width 1"),
    ],
    "check_weigh": [
        (soft, "NaN"),
        (lambda s, m: s.softmax(dim=-1) * m, "too late"),
        (lambda s, m: soft(s, ~m).nan_to_num(), "forbidden key"),
        (lambda s, m: s.masked_fill(~m, -1e9).softmax(dim=-1), "equally"),
        (
            lambda s, m: s.masked_fill(~m, float("-inf")).softmax(dim=0).nan_to_num() * 1.0,
            "along the keys",
        ),
        (lambda s, m: (s * m).softmax(dim=-1), "forbidden key"),
        (lambda s, m: m / m.sum(dim=-1, keepdim=True).clamp(min=1), "allowed scores"),
        (in_place, "has changed"),
        (lambda s, m: soft(s, m).nan_to_num()[0], "(3,)"),
    ],
}
