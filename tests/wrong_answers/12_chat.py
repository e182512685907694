# Answers that the checks of 12 must refuse, each with a word of what they should say about it.

from torch.nn import functional as F

OPEN = "<|im_start|>assistant\n"


def framed(messages, gap="\n", end="\n"):
    return "".join(f"<|im_start|>{m['role']}{gap}{m['content']}<|im_end|>{end}" for m in messages)


def each(logits, ids):
    return F.cross_entropy(logits[:-1], ids[1:], reduction="none")


def drop(messages, size, limit, step=2, system=True, least=1):
    head = [m for m in messages[:1] if system and m["role"] == "system"]
    turns = messages[len(head) :]
    while len(turns) > least and size(head + turns) > limit:
        turns = turns[step:]
    return head + turns


def in_place(messages, size, limit):
    while size(messages) > limit:
        del messages[:2]
    return messages


WRONG = {
    "check_template": [
        (lambda m: framed(m), "not opened"),
        (lambda m: framed(m) + OPEN[:-1], "line break after the last role"),
        (lambda m: framed(m, end="") + OPEN, "line breaks are not"),
        (lambda m: framed(m) + OPEN, "no turn is to be opened"),
        (lambda m: framed(m, gap=": ") + OPEN, "One message"),
        (lambda m: [framed(m)], "One string"),
        (lambda m: framed(m[:1]) + OPEN * (len(m) == 1), "With an answer"),
    ],
    "check_answer_loss": [
        (lambda x, i, m: F.cross_entropy(x[m], i[m]), "Not shifted"),
        (lambda x, i, m: each(x, i)[m[:-1]].mean(), "that of the inputs"),
        (lambda x, i, m: each(x, i).mean(), "not used"),
        (lambda x, i, m: each(x, i)[~m[1:]].mean(), "turned round"),
        (lambda x, i, m: each(x, i)[m[1:]].sum(), "The sum"),
        (lambda x, i, m: (each(x, i) * m[1:]).mean(), "all targets"),
        (lambda x, i, m: each(x, i)[m[1:]], "Shape"),
        (lambda x, i, m: each(x, i)[m[1:]].mean(), "should be 0"),
        (lambda x, i, m: each(x, i)[m[1:]].max(), "was expected"),
    ],
    "check_remember": [
        (lambda m, s, r: m, "nothing was dropped"),
        (in_place, "system's message was dropped"),
        (lambda m, s, r: m[: r // 10], "newest went"),
        (lambda m, s, r: drop(m, s, r, step=1)[-4:], "without its question"),
        (lambda m, s, r: m[-1:], "yours keeps '6'"),
        (lambda m, s, r: drop(m, s, r, system=False), "dropped"),
        (lambda m, s, r: drop(m, s, r, least=3), "However small"),
        (lambda m, s, r: "23456", "A list"),
    ],
}
