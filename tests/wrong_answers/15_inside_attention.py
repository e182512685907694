# Answers that the checks of 15 must refuse, each with a word of what they should say about it.

import torch


def score(weights, ids, further=1, which=-1, by=None, total=False):
    found = []
    for q in range(len(ids)):
        earlier = [p for p in range(q) if ids[p] == ids[q]]
        for p in earlier if which is None else earlier[which:][:1]:
            found.append(weights[..., q, p + further])
    if not found:
        return torch.full(weights.shape[:2], float("nan"))
    out = torch.stack(found)
    return out.sum(dim=0) if total else out.sum(dim=0) / (by or len(found))


def off(model, layer, head, ids, where=None, bias=False, put_back=True, size=32):
    out = model.blocks[layer].attn.out
    kept = [p.detach().clone() for p in out.parameters()]
    with torch.no_grad():
        out.weight[where or (slice(None), slice(head * size, (head + 1) * size))] = 0
        if bias:
            out.bias.zero_()
        logits = model(ids)
        if put_back:
            for p, old in zip(out.parameters(), kept):
                p.copy_(old)
    return logits


def diagonal(weights, n):
    return weights.diagonal(offset=-n, dim1=-2, dim2=-1)


WRONG = {
    "check_looks_back": [
        (lambda w, n: diagonal(w, -n).mean(dim=-1), "other side"),
        (lambda w, n: diagonal(w, n).sum(dim=-1) / w.shape[-1], "Divided by T"),
        (lambda w, n: diagonal(w, n).sum(dim=-1), "The sum"),
        (lambda w, n: diagonal(w, 1).mean(dim=-1), "one token back"),
        (lambda w, n: diagonal(w, n), "Shape"),
        (lambda w, n: w.mean(dim=(-1, -2)), "should have"),
    ],
    "check_induction_score": [
        (lambda w, ids: score(w, ids, further=0), "twin itself"),
        (lambda w, ids: score(w, ids, which=0), "first earlier"),
        (lambda w, ids: score(w, ids, by=len(ids)), "Divided by T"),
        (lambda w, ids: score(w, ids, total=True), "The sum"),
        (lambda w, ids: score(w, ids, which=None), "All earlier"),
        (lambda w, ids: score(w, ids), "should be 0"),
        (lambda w, ids: w.mean(dim=(0, 1)), "Shape"),
    ],
    "check_logits_without": [
        (lambda m, layer, h, ids: m(ids), "Nothing happened"),
        (
            lambda m, layer, h, ids: off(m, layer, h, ids, where=(slice(h * 32, (h + 1) * 32),)),
            "Axis",
        ),
        (lambda m, layer, h, ids: off(m, layer, h, ids, bias=True), "bias went"),
        (lambda m, layer, h, ids: off(m, layer, h, ids, where=(slice(None),)), "All heads"),
        (lambda m, layer, h, ids: off(m, layer, h + 1, ids), "Another part"),
        (lambda m, layer, h, ids: off(m, layer, h, ids, put_back=False), "left changed"),
        (lambda m, layer, h, ids: off(m, layer, h, ids)[0], "Shape"),
    ],
}
