# Answers that the checks of 11 must refuse, each with a word of what they should say about it.

import torch

INF = float("-inf")


def above(logits, limit):
    return logits.masked_fill(logits.softmax(dim=-1) < limit, INF)


def likeliest(logits):
    return logits.softmax(dim=-1).amax(dim=-1, keepdim=True)


def below(logits, limit):
    return logits.masked_fill(logits.softmax(dim=-1) >= limit, INF)


def loop(model, ids, n, last=-1, best=torch.argmax, new_only=False, cached=True, all_again=False):
    cache, new, start = model.make_cache() if cached else None, ids, ids.shape[1]
    for _ in range(n):
        new = best(model(new, cache)[:, last], dim=-1, keepdim=True)
        ids = torch.cat([ids, new], dim=1)
        if all_again or not cached:
            new = ids
    return ids[:, start:] if new_only else ids


def flat(model, ids, n):
    return model(model(ids, model.make_cache())[0, -1].argmax())


WRONG = {
    "check_heat": [
        (lambda p, t: (p / t).softmax(dim=-1), "flattens"),
        (lambda p, t: p ** (1 / t), "add up to 1"),
        (lambda p, t: p ** (1 / t) / (p ** (1 / t)).sum(), "Axis"),
        (lambda p, t: (p.log() * t).softmax(dim=-1), "wrong way round"),
        (lambda p, t: p, "Nothing changed"),
        (lambda p, t: p[0], "Shape"),
        (lambda p, t: ((p + 0.02).log() / t).softmax(dim=-1), "first row should be"),
        (lambda p, t: ((p + 1e-6).log().clamp(min=-1e1 * 0.2 - 1) / t).softmax(dim=-1), "stay 0"),
        (
            lambda p, t: p ** (1 / t) / (p ** (1 / t)).sum(dim=-1, keepdim=True),
            "run out of numbers",
        ),
    ],
    "check_keep_min_p": [
        (lambda x, s: x, "Nothing was dropped"),
        (lambda x, s: above(x, s), "`min_p` itself"),
        (lambda x, s: above(x, s * x.softmax(dim=-1).max()), "Axis"),
        (lambda x, s: x.masked_fill(x < s * x.amax(dim=-1, keepdim=True), INF), "Those are logits"),
        (lambda x, s: below(x, s * likeliest(x)), "wrong side"),
        (lambda x, s: above(x, s * likeliest(x)).softmax(dim=-1).log(), "keep its logit"),
        (lambda x, s: x[0], "Shape"),
        (lambda x, s: x.masked_fill(x < x.topk(2).values[..., -1:], INF), "Kept are"),
    ],
    "check_greedy": [
        (lambda m, ids, n: loop(m, ids, n, new_only=True), "prompt is missing"),
        (lambda m, ids, n: loop(m, ids, n + 1), "Length"),
        (lambda m, ids, n: loop(m, ids, n, last=0), "last position"),
        (lambda m, ids, n: loop(m, ids, n, best=torch.argmin), "likeliest"),
        (lambda m, ids, n: loop(m, ids, n, cached=False), "no cache"),
        (lambda m, ids, n: loop(m, ids, n, all_again=True), "new token only"),
        (flat, "shape (1, T)"),
    ],
}
