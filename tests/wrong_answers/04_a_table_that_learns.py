# Answers that the checks of 04 must refuse, each with a word of what they should say about it.

import math

import torch
from torch.nn import functional as F

TRACED = {"p": [0.5, 0.5], "gradient": [-0.25, 0.25], "twice": [-0.5, 0.5], "after": [0.5, -0.5]}
BUGS = {"A": "step", "B": "shift", "C": "zero_grad", "D": "sign"}


def but(known, **other):
    return lambda question: (known | other)[question]


def slopes_by(nudged, scale=1000.0):
    """Slopes from a function that gives the numbers with number i nudged."""

    def slopes(loss_of, numbers):
        return [
            scale * (loss_of(nudged(numbers, i)) - loss_of(numbers)) for i in range(len(numbers))
        ]

    return slopes


def one(numbers, i):
    return [x + 0.001 * (j == i) for j, x in enumerate(numbers)]


def up_to(numbers, i):
    return [x + 0.001 * (j <= i) for j, x in enumerate(numbers)]


def in_place(loss_of, numbers):
    found = []
    for i in range(len(numbers)):
        before = loss_of(numbers)
        numbers[i] += 0.001
        found.append((loss_of(numbers) - before) / 0.001)
    return found


def too_late(loss_of, numbers):
    found, nudged = [], list(numbers)
    for i in range(len(numbers)):
        nudged[i] += 0.001
        found.append((loss_of(nudged) - loss_of(nudged)) / 0.001)
    return found


def pairs(table, words, following, *, p=1.0, hot=1.0, dim=1):
    """The sum over the pairs of p · P − hot · one-hot."""
    gradient = torch.zeros_like(table)
    for i, j in zip(words, following):
        gradient[i] += p * table.softmax(dim=dim)[i] - hot * F.one_hot(j, len(table))
    return gradient


def last_only(table, words, following, rate):
    gradient = torch.zeros_like(table)
    gradient[words] += table[words].softmax(dim=1) - F.one_hot(following, len(table))
    return table - rate * gradient / len(words)


def spoils(table, words, following, rate):
    table -= rate * pairs(table, words, following) / len(words)
    return table


WRONG = {
    "check_traced": [
        (but(TRACED, p=[0.75, 0.25]), "shares"),
        (but(TRACED, p=[0, 0]), "softmax"),
        (but(TRACED, gradient=[0.25, -0.25]), "sign"),
        (but(TRACED, gradient=[-0.5, 0.5]), "one `penguin`"),
        (but(TRACED, gradient=[-1, 1]), "the sum"),
        (but(TRACED, twice=[-0.25, 0.25]), "does not replace"),
        (but(TRACED, twice=[0, 0]), "not right"),
        (but(TRACED, after=[-0.5, 0.5]), "uphill"),
        (but(TRACED, after=[0.25, -0.25]), "not 1"),
        (but(TRACED, after=[1.0, -1.0]), "not of two"),
        (but(TRACED, after=None), "still missing"),
        (but(TRACED, p=0.5), "list of two numbers"),
        (but(TRACED, p=[0.5]), "two numbers"),
        (but(TRACED, p=[math.nan, math.nan]), "not right"),
        (lambda question: TRACED, "list of two numbers"),
    ],
    "check_bug_in": [
        (but(BUGS, A="zero_grad"), "swing"),
        (but(BUGS, B="step", A="shift"), "below what counting"),
        (but(BUGS, C="step"), "no parameter"),
        (but(BUGS, C="sign", D="zero_grad"), "uphill"),
        (but(BUGS, D="rate"), "none of the four names"),
        (but(BUGS, D=None), "still missing"),
        (lambda letter: BUGS, "none of the four names"),
    ],
    "check_slopes": [
        (slopes_by(one, scale=1.0), "divide each"),
        (slopes_by(one, scale=-1000.0), "Sign"),
        (slopes_by(up_to), "one at a time"),
        (slopes_by(lambda numbers, i: [x + 0.001 for x in numbers]), "at once"),
        (in_place, "has changed"),
        (too_late, "same place"),
        (lambda loss_of, numbers: loss_of(one(numbers, 0)) - loss_of(numbers), "A list"),
        (lambda loss_of, numbers: slopes_by(one)(loss_of, numbers)[:1], "not 1"),
        (lambda loss_of, numbers: slopes_by(one)(loss_of, numbers)[:3], "3"),
        (slopes_by(one, scale=100.0), "other slopes"),
    ],
    "check_one_step": [
        (lambda t, x, y, rate: t.clone(), "Nothing has changed"),
        (lambda t, x, y, rate: t + rate * pairs(t, x, y) / len(x), "uphill"),
        (lambda t, x, y, rate: t - rate * pairs(t, x, y), "mean"),
        (lambda t, x, y, rate: t - pairs(t, x, y) / len(x), "learning rate"),
        (lambda t, x, y, rate: pairs(t, x, y) / len(x), "the gradient"),
        (lambda t, x, y, rate: -rate * pairs(t, x, y) / len(x), "add it"),
        (lambda t, x, y, rate: t - rate * pairs(t, x, y, p=0) / len(x), "pushed down"),
        (lambda t, x, y, rate: t - rate * pairs(t, x, y, hot=2) / len(x), "not twice"),
        (lambda t, x, y, rate: t - rate * pairs(t, x, y, hot=0) / len(x), "pushed up"),
        (lambda t, x, y, rate: t - rate * pairs(t, x, y, dim=0) / len(x), "Axis"),
        (lambda t, x, y, rate: t - rate * pairs(t, y, x) / len(x), "Exchanged"),
        (lambda t, x, y, rate: t - rate * pairs(t, x, y) / len(t), "Divided by V"),
        (last_only, "one pair only"),
        (lambda t, x, y, rate: pairs(t, x, y)[0], "shape"),
        (lambda t, x, y, rate: t - rate * pairs(t, x, y) / len(x) + 0.01, "backward"),
        (lambda t, x, y, rate: t - 0.5 * pairs(t, x, y) / len(x), "Another example"),
        (spoils, "has changed"),
    ],
}
