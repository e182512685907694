# Answers that the checks of 05 must refuse, each with a word of what they should say about it.

import torch
from torch.nn import functional as F


def unit(x, dim=1):
    return x / x.norm(dim=dim, keepdim=True)


WRONG = {
    "check_one_hot": [
        (lambda ids, v: F.one_hot(ids, v), "floats"),
        (lambda ids, v: F.one_hot(ids, v).float().T, "(V, T)"),
        (lambda ids, v: F.one_hot(ids).float(), "met or not"),
        (lambda ids, v: F.one_hot(ids - 1 + v * (ids == 0), v).float(), "one column off"),
        (lambda ids, v: torch.zeros(len(ids), v).index_fill_(1, ids, 1.0), "all ids"),
        (lambda ids, v: torch.zeros(len(ids), v), "not one-hot"),
        (lambda ids, v: [[0.0] * v for _ in ids], "list"),
        (lambda ids, v: torch.ones(v), "(4,)"),
    ],
    "check_cosines_between": [
        (lambda a, b: a @ b.T, "lengths are still"),
        (lambda a, b: unit(a) @ b.T, "those of b"),
        (lambda a, b: a @ unit(b).T, "those of a"),
        (lambda a, b: unit(b) @ unit(a).T, "(M, N)"),
        (lambda a, b: unit(a, 0) @ unit(b, 0).T, "Axis"),
        (lambda a, b: (unit(a) @ unit(b).T).abs(), "Sign"),
        (lambda a, b: unit(a / a.norm(dim=1, keepdim=True)) @ unit(b).T * 2, "On paper"),
        (lambda a, b: (a @ b.T) / (a.norm(dim=1)[:, None] * b.norm(dim=1)) ** 2, "root"),
        (lambda a, b: unit(a).sum(dim=1), "(2,)"),
    ],
    "check_embed": [
        (lambda i, t, p, s: t[i], "No positions"),
        (lambda i, t, p, s: t[i] + p[: i.shape[1]], "whatever"),
        (lambda i, t, p, s: t[i] + p[s + 1 : s + 1 + i.shape[1]], "one too far"),
        (lambda i, t, p, s: t[i] + p[i], "by token id"),
        (lambda i, t, p, s: t[i] + p[s : s + len(i)][:, None], "Axis"),
        (lambda i, t, p, s: t[i] + p[s], "the first"),
        (lambda i, t, p, s: t[i] * p[s : s + i.shape[1]], "product"),
        (lambda i, t, p, s: t[i[0]] + p[s : s + i.shape[1]], "(3, 5)"),
        (lambda i, t, p, s: 2 * t[i] + p[s : s + i.shape[1]], "numbers are not"),
    ],
}
