# Answers that the checks of 01 must refuse, each with a word of what they should say about it.

from minillm.rules import QdogBaby

baby = QdogBaby()


def in_place(counts):
    counts += 1
    return counts / counts.sum(dim=1, keepdim=True)


def only_first(q):
    return baby.chat(q.replace("我", "_", 1).replace("你", "我", 1).replace("_", "你", 1))


WRONG = {
    "check_mirror": [
        (lambda q: baby.chat(q.replace("我", "你").replace("你", "我")), "twice"),
        (lambda q: baby.chat(q.replace("你", "我")), "twice"),
        (lambda q: baby.chat(q), "still stand"),
        (lambda q: q.translate(str.maketrans("我你", "你我")), "still a question"),
        (only_first, "every one"),
        (lambda q: q.translate(str.maketrans("我你", "你我")).replace("吗?", "!"), "full-width"),
        (lambda q: list(q), "list"),
    ],
    "check_smooth": [
        (lambda c: c / c.sum(dim=1, keepdim=True), "NaN"),
        (lambda c: c / c.sum(dim=1, keepdim=True).clamp(min=1), "still 0"),
        (lambda c: (c + 1) / (c + 1).sum(dim=0, keepdim=True), "Axis"),
        (lambda c: (c + 1) / (c + 1).sum(), "sums to"),
        (lambda c: (c + 1) / c.sum(dim=1, keepdim=True).clamp(min=1), "sums to"),
        (lambda c: c.clamp(min=1) / c.clamp(min=1).sum(dim=1, keepdim=True), "1, 1, 3"),
        (lambda c: (c + 1e-9).softmax(dim=1), "1, 1, 3"),
        (lambda c: (c + 1).sum(dim=1), "Shape"),
        (in_place, "has changed"),
    ],
    "check_perplexity": [
        (lambda p, ids: -p[ids[:-1], ids[1:]].log2().mean(), "in bits"),
        (lambda p, ids: -p[ids[:-1], ids[1:]].log().mean(), "one step is missing"),
        (lambda p, ids: (-p[ids[:-1], ids[1:]].log2().mean()).exp(), "base"),
        (lambda p, ids: p[ids[:-1], ids[1:]].log().mean().exp(), "Sign"),
        (lambda p, ids: (-p[ids[:-1], ids[1:]].log().sum()).exp(), "mean was asked"),
        (lambda p, ids: (-p[ids[:-1], ids[1:]].log().sum() / len(ids)).exp(), "divide by"),
        (lambda p, ids: (-p[ids[1:], ids[:-1]].log().mean()).exp(), "Axis"),
        (lambda p, ids: (-p[ids, ids].log().mean()).exp(), "not shifted"),
        (lambda p, ids: 1 / p[ids[:-1], ids[1:]].mean(), "not of the probabilities"),
        (lambda p, ids: 1 / p[ids[:-1], ids[1:]], "Shape"),
        (lambda p, ids: float(len(p)), "on paper"),
    ],
}
