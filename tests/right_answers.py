"""Other right answers: for each exercise, ways to write it that its solution does not take.

A hidden test must let them pass. `NAME__WHAT` answers the exercise NAME; the names of its notebook
are there, those that a function does not need aside.
"""

import math
from collections import Counter

import torch
from torch.nn import functional as F

# --- 01 ---


def mirror__answer_first(question):
    said = QdogBaby().chat(question)  # noqa: F821
    return "".join({"我": "你", "你": "我"}.get(c, c) for c in said)


def mirror__by_a_third_sign(question):
    swapped = question.replace("我", "\0").replace("你", "我").replace("\0", "你")
    return QdogBaby().chat(swapped)  # noqa: F821


def smooth__row_by_row(counts):
    return torch.stack([(row + 1) / (row.sum() + len(row)) for row in counts])


def smooth__by_norm(counts):
    return F.normalize(counts + 1.0, p=1, dim=1)


def perplexity__loop(probs, ids):
    surprisals = [-probs[a, b].log() for a, b in zip(ids, ids[1:])]
    return torch.exp(sum(surprisals) / len(surprisals))


def perplexity__by_product(probs, ids):
    p = probs[ids[:-1], ids[1:]]
    return p.prod() ** (-1 / len(p))


# --- 02 ---


def bytes_per_token__by_character(text, ids):
    if len(ids) == 0:
        return 0
    return sum(len(c.encode()) for c in text) / len(ids)


def unknown_share__loop(tokenizer, text):
    ids = tokenizer.encode(text)
    if not ids:
        return 0
    unknown = 0
    for i in ids:
        if i == 0:
            unknown += 1
    return unknown / len(ids)


def longest_first__by_start(text, pieces):
    found, i = [], 0
    by_length = sorted(pieces, key=len, reverse=True)
    while i < len(text):
        piece = next((p for p in by_length if text.startswith(p, i)), text[i])
        found.append(piece)
        i += len(piece)
    return found


# --- 03 ---


def ungarble__one_by_one(token):
    back = {}
    for byte in BYTE_TO_CHAR:  # noqa: F821
        back[BYTE_TO_CHAR[byte]] = byte  # noqa: F821
    return bytearray(back[c] for c in token).decode(errors="replace")


def first__sorted(pairs):
    if not pairs:
        return ()
    most = max(pairs.values())
    return sorted(pair for pair, n in pairs.items() if n == most)[0]


def merge__for(ids, pair, new):
    out, skip = [], False
    for a, b in zip(ids, [*ids[1:], None]):
        if skip:
            skip = False
        elif (a, b) == pair:
            out.append(new)
            skip = True
        else:
            out.append(a)
    return out


# --- 04 ---


def traced__tensors(question):
    p = torch.zeros(2).softmax(0)
    gradient = p - torch.tensor([0.75, 0.25])
    return {"p": p, "gradient": gradient, "twice": 2 * gradient, "after": -2 * gradient}[
        question
    ].tolist()


def bug_in__ifs(letter):
    if letter == "A":
        return "step"
    if letter == "B":
        return "shift"
    return "zero_grad" if letter == "C" else "sign"


def slopes__both_sides(loss_of, numbers):
    found = []
    for i, x in enumerate(numbers):
        up = [*numbers[:i], x + 0.001, *numbers[i + 1 :]]
        down = [*numbers[:i], x - 0.001, *numbers[i + 1 :]]
        found.append((loss_of(up) - loss_of(down)) / 0.002)
    return found


def slopes__downwards(loss_of, numbers):
    at = loss_of(numbers)
    down = [[x - 0.001 * (i == j) for j, x in enumerate(numbers)] for i in range(len(numbers))]
    return [(at - loss_of(nudged)) / 0.001 for nudged in down]


def one_step__at_once(table, inputs, targets, rate):
    V = len(table)
    slope = table.softmax(dim=1)[inputs] - F.one_hot(targets, V)
    return table - rate * torch.zeros(V, V).index_add(0, inputs, slope) / len(inputs)


# --- 05 ---


def one_hot__eye(ids, vocab_size):
    return torch.eye(vocab_size)[ids]


def one_hot__scatter(ids, vocab_size):
    return torch.zeros(len(ids), vocab_size).scatter(1, ids[:, None], 1)


def cosines_between__normalize(a, b):
    return F.normalize(a, dim=1) @ F.normalize(b, dim=1).T


def cosines_between__lengths(a, b):
    return a @ b.T / torch.outer(a.norm(dim=1), b.norm(dim=1))


def embed__embedding(ids, tokens, positions, start):
    T = ids.shape[1]
    return F.embedding(ids, tokens) + positions[torch.arange(start, start + T)]


# --- 06 ---


def scores_of__einsum(q, k):
    return torch.einsum("td,sd->ts", q, k) / math.sqrt(k.shape[1])


def scores_of__scaled_first(q, k):
    return (q / q.size(-1) ** 0.5).matmul(k.transpose(0, 1))


def window_mask__distance(T, width):
    back = torch.arange(T)[:, None] - torch.arange(T)
    return (back >= 0) & (back < width)


def weigh__by_exp(scores, mask):
    allowed = scores.masked_fill(~mask, -1e9)
    e = (allowed - allowed.amax(-1, keepdim=True)).exp() * mask
    total = e.sum(dim=-1, keepdim=True)
    return torch.where(total > 0, e / total.clamp(min=1e-30), 0.0)


def weigh__nan_to_num(scores, mask):
    return torch.where(mask, scores, -math.inf).softmax(1).nan_to_num(0.0)


# --- 07 ---


def merge_heads__cat(y):
    return torch.cat([y[:, h] for h in range(y.shape[1])], dim=-1)


def mean_distance__loop(weights):
    H, T, _ = weights.shape
    total = torch.zeros(H)
    for t in range(T):
        for s in range(T):
            total += weights[:, t, s] * (t - s)
    return total / T


def entropy__xlogy(weights):
    return -torch.xlogy(weights, weights).sum(-1)


def entropy__clamped(weights):
    return -(weights * weights.clamp(min=1e-20).log()).sum(dim=2)


# --- 08 ---


def block_parameters__short(C):
    return 12 * C**2 + 13 * C


def rms_norm__rsqrt(x, scale):
    return scale * x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-5)


def post_norm__in_steps(block, x):
    attended = block.attn(x)
    y = block.ln1(attended + x)
    return block.ln2(block.ff(y) + y)


# --- 09 ---


def training_bytes__by_kind(matrices, others):
    return matrices * (4 + 4 + 4) + others * (4 + 4 + 8)


def count_parameters__layers(cfg):
    C, V = cfg.emb_dim, cfg.vocab_size
    attention = 4 * (C * C + C)
    feed_forward = 8 * C * C + 5 * C
    total = V * C + cfg.context_size * C
    for _ in range(cfg.num_hidden_layers):
        total += attention + feed_forward + 4 * C
    return total + 2 * C + (C + 1) * V


def next_probabilities__exp(model, ids):
    with torch.inference_mode():
        last = model(ids)[:, -1, :]
        return (last - last.logsumexp(1, keepdim=True)).exp()


# --- 10 ---


def moved__lists(ids):
    T = ids.shape[1]
    return [ids[:, : T - 1], ids[:, 1:T]]


def mean_loss__log_softmax(logits, targets):
    kept = targets != IGNORE  # noqa: F821
    if not kept.any():
        return 0.0
    log_p = logits.log_softmax(-1)[kept]
    return -log_p[torch.arange(len(log_p)), targets[kept]].mean()


def rate__half_cosine(step, steps, warmup, highest):
    lowest = highest / 10
    if step < warmup:
        return (step + 1) / warmup * highest
    progress = (step - warmup) / (steps - warmup)
    return lowest + (highest - lowest) * 0.5 * (1 + math.cos(math.pi * progress))


# --- 11 ---


def heat__from_logs(p, temperature):
    logs = p.log() / temperature
    powers = (logs - logs.amax(-1, keepdim=True)).exp()
    return powers / powers.sum(-1, keepdim=True)


def keep_min_p__in_logits(logits, min_p):
    gap = logits - logits.max(dim=-1, keepdim=True).values
    return torch.where(gap < math.log(min_p) - 1e-7, -math.inf, logits)


def greedy__as_list(model, ids, n):
    cache, logits = model.make_cache(), None
    out = ids[0].tolist()
    new = ids
    for _ in range(n):
        logits = model(new, cache)
        out.append(int(logits[0, -1].argmax()))
        new = torch.tensor([out[-1:]])
    return torch.tensor([out])


# --- 12 ---


def template__loop(messages):
    text = ""
    for message in messages:
        text += "<|im_start|>" + message["role"] + "\n" + message["content"] + "<|im_end|>\n"
    if messages[-1]["role"] == "user":
        text += "<|im_start|>assistant\n"
    return text


def answer_loss__chosen(logits, ids, learn):
    learned, targets = learn[1:], ids[1:]
    if not learned.any():
        return torch.tensor(0.0)
    return F.cross_entropy(logits[:-1][learned], targets[learned])


def answer_loss__loop(logits, ids, learn):
    losses = [
        logits[t - 1].logsumexp(0) - logits[t - 1, ids[t]] for t in range(1, len(ids)) if learn[t]
    ]
    return torch.stack(losses).mean() if losses else torch.tensor(0.0)


def remember__by_index(messages, size, limit):
    start = 1 if messages[0]["role"] == "system" else 0
    head = messages[:start]
    while start + 2 < len(messages) and size(head + messages[start:]) > limit:
        start += 2
    return head + messages[start:]


# --- 13 ---


def matches__percent(answers, wanted):
    if not answers:
        return 0
    return (
        sum(answer.strip() == right for answer, right in zip(answers, wanted)) / len(wanted) * 100
    )


def matches__both_stripped(answers, wanted):
    right = sum(a.strip() == w.strip() for a, w in zip(answers, wanted))
    return 100.0 * right / len(answers) if answers else 0.0


def luck__from_below(a, b):
    pairs = Counter(zip(a, b))
    wins, losses = pairs[False, True], pairs[True, False]
    n = wins + losses
    return 1 - sum(math.comb(n, k) for k in range(wins)) / 2**n


def leaked__any(questions, texts, n):
    def runs(text):
        words = text.split()
        return [words[i : i + n] for i in range(len(words) + 1 - n)]

    known = [run for text in texts for run in runs(text)]
    return len([q for q in questions if any(run in known for run in runs(q))])


# --- 14 ---


def c_attn__side_by_side(query, key, value):
    return torch.hstack([query.T, key.T, value.T])


def my_rows__slice(rank, size, batch):
    each, rest = divmod(batch, size)
    if rest != 0:
        raise ValueError(f"{batch} and {size}")
    return [row for row in range(batch) if row // each == rank]


def largest__int(hours, rate):
    return int((hours * 60 * 60 * rate / 120) ** 0.5)


# --- 15 ---


def looks_back__loop(weights, n):
    T = weights.shape[-1]
    return sum(weights[:, :, t, t - n] for t in range(n, T)) / (T - n)


def induction_score__backwards(weights, ids):
    total, count = torch.zeros(weights.shape[:2]), 0
    for q in range(len(ids)):
        for p in range(q - 1, -1, -1):
            if ids[p] == ids[q]:
                total = total + weights[:, :, q, p + 1]
                count += 1
                break
    return total / count if count else total


def logits_without__state(model, layer, head, ids):
    linear = model.blocks[layer].attn.out
    D = model.cfg.emb_dim // model.cfg.num_heads
    before = {name: value.clone() for name, value in linear.state_dict().items()}
    changed = linear.weight.detach().clone()
    changed[:, D * head : D * head + D] = 0.0
    linear.load_state_dict({**before, "weight": changed})
    with torch.no_grad():
        logits = model(ids)
    linear.load_state_dict(before)
    return logits
