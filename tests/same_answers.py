"""Changes of solutions that change nothing: for each exercise the lines, and why.

tests/test_checks.py makes every small change; those that a check calls right have to stand here.
"""

AXES = "of a table with two axes the last is axis 1"
NORM = "equal columns add one number to all of a token's, and the next LayerNorm takes it away"
SAME = {
    "mirror": {
        "swapped = question.translate(str.maketrans('你我', '我你'))": "an exchange both ways",
    },
    "one_step": {"gradient[word] += table[word].softmax(dim=-1)": "a row has one axis"},
    "scores_of": {"return q @ k.T / q.shape[1] ** 0.5": AXES},
    "weigh": {"weights = scores.masked_fill(~mask, float('-inf')).softmax(dim=1)": AXES},
    "mean_distance": {
        "place = torch.arange(weights.shape[1])": "as many queries as keys",
        "place = torch.arange(weights.shape[-2])": "as many queries as keys",
        "return (weights * back).sum(dim=-1).mean(dim=1)": "of (H, T) the last is axis 1",
        "return (weights * back).sum(dim=1).mean(dim=-1)": (
            "a sum over both axes, divided by one of two equal sizes"
        ),
        "return (weights * back).sum(dim=-2).mean(dim=-1)": (
            "a sum over both axes, divided by one of two equal sizes"
        ),
    },
    "entropy": {
        "logs = weights.masked_fill(weights == 0, 2.0).log()": "0 times any logarithm is 0",
    },
    "block_parameters": {"return attention + feed_forward + (2 + 2) * C": "2 · 2 = 2 + 2"},
    "next_probabilities": {"return model(ids)[:, -1].softmax(dim=1)": AXES},
    "mean_loss": {
        "surprise = logits.logsumexp(dim=1) - logits.gather(1, targets[:, None])[:, 0]": AXES,
        "surprise = logits.logsumexp(dim=-1) - logits.gather(1, targets[:, None])[:, -1]": (
            "there is one column, the first and the last"
        ),
    },
    "rate": {
        "done = (step - warmup) / (warmup - steps)": "a cosine is the same on both sides of 0",
        "done = (warmup - step) / (steps - warmup)": "a cosine is the same on both sides of 0",
    },
    "keep_min_p": {
        "probabilities = logits.softmax(dim=1)": AXES,
        "likeliest = probabilities.amax(dim=1, keepdim=True)": AXES,
    },
    "greedy": {
        "new = model(new, cache)[:, -1].argmax(dim=1, keepdim=True)": AXES,
        "new = model(new, cache)[:, -1].argmax(keepdim=True)": "the prompt is one row",
    },
    "remember": {
        "system = [m for m in messages[:] if m['role'] == 'system']": "it stands first",
        "system = [m for m in messages[:2] if m['role'] == 'system']": "it stands first",
        "while len(turns) > 2 and size(system + turns) > limit:": (
            "a question waits for its answer, so the number of turns is odd"
        ),
    },
    "luck": {
        "n = sum((x != y for x, y in zip(b, a)))": "two differ, whichever comes first",
        "return sum((math.comb(n, k) for k in range(wins, n + 2))) / 2 ** n": (
            "no way to choose n + 1 of n"
        ),
    },
    "looks_back": {
        "return weights.diagonal(offset=-n, dim1=2, dim2=-1).mean(dim=-1)": (
            "of four axes the last but one is axis 2"
        ),
    },
    "logits_without": {
        "kept = out.weight.clone()": "it is copied back where no gradient is asked for",
        "out.weight[:, head * D:(head + 1) * D] = 1": NORM,
        "out.weight[:, head * D:(head + 1) * D] = -1": NORM,
    },
}
