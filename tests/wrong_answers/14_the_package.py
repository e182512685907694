# Answers that the checks of 14 must refuse, each with a word of what they should say about it.

import math

import torch


def even(rank, size, batch):
    each = batch // size
    return list(range(rank * each, (rank + 1) * each))


def silent(rank, size, batch):
    if batch % size:
        raise ValueError("no")
    return even(rank, size, batch)


WRONG = {
    "check_c_attn": [
        (lambda q, k, v: torch.cat([q, k, v]), "(in, out)"),
        (lambda q, k, v: torch.cat([q, k, v], dim=1), "transpose it"),
        (lambda q, k, v: torch.cat([q, k, v]).reshape(4, 12), "counts the numbers"),
        (lambda q, k, v: torch.cat([k, q, v]).T, "The order"),
        (lambda q, k, v: torch.stack([q, k, v]), "Shape"),
    ],
    "check_my_rows": [
        (lambda rank, size, batch: list(range(rank, batch, size)), "like cards"),
        (lambda rank, size, batch: even(size - 1 - rank, size, batch), "order of the ranks"),
        (lambda rank, size, batch: list(range(batch)), "read twice"),
        (lambda rank, size, batch: even(rank, size, batch)[:-1], "nobody reads"),
        (even, "should be a ValueError"),
        (silent, "should name"),
    ],
    "check_largest": [
        (lambda h, r: math.floor(math.sqrt(h * r / 120)), "3,600"),
        (lambda h, r: math.floor(math.sqrt(h * 3600 * r / 6)), "should be 20"),
        (lambda h, r: math.floor(math.sqrt(h * 3600 * r / 20)), "costs 6"),
        (lambda h, r: math.floor(h * 3600 * r / 120), "The root"),
        (lambda h, r: math.sqrt(h * 3600 * r / 120) + 0.5, "whole number"),
        (lambda h, r: math.floor(math.sqrt(h * 3600 * r / 40)), "forward pass"),
        (lambda h, r: math.floor(math.sqrt(3600 * r / 120)), "More hours"),
        (lambda h, r: 7, "it should be"),
    ],
}
