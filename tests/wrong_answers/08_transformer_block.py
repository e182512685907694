# Answers that the checks of 08 must refuse, each with a word of what they should say about it.

from torch.nn import functional as F


def replaced(b, x):
    return b.ln2(b.ff(b.ln1(b.attn(x))))


def no_second(b, x):
    x = b.ln1(x + b.attn(x))
    return x + b.ff(x)


def reads_x(b, x):
    return b.ln2(b.ln1(x + b.attn(x)) + b.ff(x))


def exchanged(b, x):
    x = b.ln2(x + b.attn(x))
    return b.ln1(x + b.ff(x))


def adds_to_x(b, x):
    return b.ln2(x + b.ff(b.ln1(x + b.attn(x))))


def no_first(b, x):
    x = x + b.attn(x)
    return b.ln2(x + b.ff(x))


WRONG = {
    "check_block_parameters": [
        (lambda C: 12 * C * C, "biases, scales"),
        (lambda C: 12 * C * C + 9 * C, "LayerNorms are missing"),
        (lambda C: 12 * C * C + 11 * C, "one LayerNorm"),
        (lambda C: 8 * C * C + 13 * C, "feed-forward matrices"),
        (lambda C: 11 * C * C + 12 * C, "four matrices"),
        (lambda C: 12 * C * C + 4 * C, "biases are missing"),
        (lambda C: 12 * C * C + 10 * C, "4C biases"),
        (lambda C: 12.0 * C * C + 13 * C, "float"),
        (lambda C: 49984, "C = 512"),
        (lambda C: C, "part by part"),
    ],
    "check_rms_norm": [
        (lambda x, s: F.layer_norm(x, (8,), s), "LayerNorm"),
        (lambda x, s: F.rms_norm(x, (8,), None, 1e-5), "scale is not used"),
        (lambda x, s: x / x.pow(2).mean(dim=-1, keepdim=True) * s, "root"),
        (lambda x, s: x / x.norm(dim=-1, keepdim=True) * s, "The sum"),
        (lambda x, s: x / x.pow(2).mean(dim=1, keepdim=True).sqrt() * s, "Axis"),
        (lambda x, s: x / x.pow(2).mean().sqrt() * s, "its own"),
        (lambda x, s: x / x.std(dim=-1, keepdim=True, correction=0) * s, "deviation"),
        (lambda x, s: x / x.pow(2).mean(dim=-1, keepdim=True).sqrt() * s, "NaN"),
        (lambda x, s: x[0], "(3, 8)"),
        (lambda x, s: x * s, "on paper"),
    ],
    "check_post_norm": [
        (lambda b, x: b(x), "as it is"),
        (replaced, "plus signs"),
        (no_second, "second norm"),
        (reads_x, "not x"),
        (exchanged, "exchanged"),
        (adds_to_x, "second plus"),
        (no_first, "first norm"),
        (lambda b, x: x, "order is not"),
        (lambda b, x: x[0], "(5, 16)"),
    ],
}
