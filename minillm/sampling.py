"""From logits to tokens: how bold to be, and how to go on for as long as one likes.

Sizes: B batch, T tokens, V vocabulary. Built in 10.
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from .model import QdogBabyLearnLLM


def keep_top_k(logits: Tensor, k: int) -> Tensor:
    """Keep the k highest of the last dimension, exactly k even among equals; the others become -inf.

    logits (..., V); k larger than V keeps all.
    """
    best = logits.topk(min(k, logits.shape[-1]), dim=-1)
    return torch.full_like(logits, float("-inf")).scatter(-1, best.indices, best.values)


def keep_top_p(logits: Tensor, p: float) -> Tensor:
    """Keep the smallest set of tokens whose probabilities reach p; the others become -inf. logits (..., V)."""
    ordered, order = logits.sort(dim=-1, descending=True, stable=True)
    probs = ordered.softmax(dim=-1)
    before = probs.cumsum(dim=-1) - probs  # what the better tokens already hold
    if p < 1:  # rounded sums may reach 1 before the last token does
        ordered = ordered.masked_fill(before >= p, float("-inf"))
    return torch.empty_like(logits).scatter(-1, order, ordered)


def token_probabilities(logits: Tensor, temperature: float = 1.0, top_k: int | None = None, top_p: float | None = None) -> Tensor:
    """The distribution that is drawn from, (..., V): temperature first, then top-k, then top-p.

    temperature 0 puts everything on the highest logit. None switches a filter off.
    """
    check_sampling(temperature, top_k, top_p)
    if temperature == 0:
        return torch.zeros_like(logits).scatter(-1, logits.argmax(dim=-1, keepdim=True), 1.0)
    best = logits.amax(dim=-1, keepdim=True)
    logits = (logits - best) / max(temperature, 1e-30)  # so that nothing overflows, however small the temperature
    if top_k is not None:
        logits = keep_top_k(logits, top_k)
    if top_p is not None:
        logits = keep_top_p(logits, top_p)
    return logits.softmax(dim=-1)


def check_sampling(temperature: float, top_k: int | None, top_p: float | None) -> None:
    """ValueError, naming the value, unless these can be sampled with."""
    if not 0 <= temperature < float("inf"):
        raise ValueError(f"temperature={temperature} is not a number of 0 or more")
    if top_k is not None and (type(top_k) is not int or top_k < 1):
        raise ValueError(f"top_k={top_k} is not a whole number of at least 1")
    if top_p is not None and not 0 < top_p <= 1:
        raise ValueError(f"top_p={top_p} is not a number above 0 and up to 1")


def window_start(length: int, context_size: int) -> int:
    """Where the model starts to read, when `length` tokens are there and it can read `context_size`.

    The sliding rule: as long as everything fits, at 0. When the window is full its older half is dropped, and
    what remains is read again from position 0. (To drop one token at a time would cost a full reading for every
    token, as learned positions make each shift change every key.)
    """
    if length <= context_size:
        return 0
    step = max(1, context_size // 2)
    return -(-(length - context_size) // step) * step


@torch.inference_mode()
def next_logits(model: QdogBabyLearnLLM, ids: Tensor) -> Iterator[Tensor]:
    """A coroutine: yields the logits (B, V) after ids (B, T); `send` it the next tokens (B,) and it goes on.

    Keys and values are cached; past `context_size` it slides as `window_start` says.
    """
    ids = ids.clone()
    size = model.cfg.context_size
    start, cache, unread = -1, None, ids
    while True:
        if start != (start := window_start(ids.shape[1], size)):
            cache, unread = model.make_cache(len(ids)), ids[:, start:]
        token = yield model.out(model.hidden(unread, cache)[:, -1])
        unread = token[:, None]
        ids = torch.cat([ids, unread], dim=1)


@torch.inference_mode()
def next_logits_uncached(model: QdogBabyLearnLLM, ids: Tensor) -> Iterator[Tensor]:
    """The same by reading the whole window again for every token: simple, slow, equal."""
    while True:
        start = window_start(ids.shape[1], model.cfg.context_size)
        token = yield model(ids[:, start:])[:, -1]
        ids = torch.cat([ids, token[:, None]], dim=1)


def sample(
    model: QdogBabyLearnLLM,
    ids: Tensor,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int | None = None,
    use_cache: bool = True,
) -> Iterator[Tensor]:
    """Draw tokens (B,) to follow ids (B, T), one after the other, without end. The same seed draws the same.

    Dropout is off meanwhile. ValueError for ids without a token or outside the vocabulary.
    """
    check_sampling(temperature, top_k, top_p)
    if ids.dim() != 2 or 0 in ids.shape:
        raise ValueError(f"ids of shape {tuple(ids.shape)} can't be continued; (B, T) with at least one token each is needed")
    if not 0 <= int(ids.min()) <= int(ids.max()) < model.cfg.vocab_size:
        raise ValueError(f"ids from {int(ids.min())} to {int(ids.max())} do not fit a vocabulary of {model.cfg.vocab_size}")
    random = torch.Generator()
    random.seed() if seed is None else random.manual_seed(seed)
    device = next(model.parameters()).device
    training = model.training
    model.eval()
    try:
        logits = (next_logits if use_cache else next_logits_uncached)(model, ids.to(device))
        scores = next(logits)
        while True:
            if temperature == 0:
                token = scores.argmax(dim=-1)
            else:  # drawn on the CPU, so that a seed gives the same text on every device
                probs = token_probabilities(scores.float(), temperature, top_k, top_p).cpu()
                token = torch.multinomial(probs, 1, generator=random)[:, 0].to(device)
            yield token
            scores = logits.send(token)
    finally:
        model.train(training)


def stream(model: QdogBabyLearnLLM, ids: list[int], max_new_tokens: int, stop: frozenset[int] | set[int] = frozenset(), **how) -> Iterator[int]:
    """Yield the ids that follow, as they are drawn; ends before a `stop` id. `how` as in `sample`."""
    for _, token in zip(range(max_new_tokens), sample(model, torch.tensor([ids], dtype=torch.long), **how)):
        if (i := token.item()) in stop:
            return
        yield i


def generate(model: QdogBabyLearnLLM, ids: Tensor, max_new_tokens: int, stop: int | None = None, **how) -> Tensor:
    """ids (B, T) and what follows them, (B, T + n) with n <= max_new_tokens. `how` as in `sample`.

    A row that has drawn `stop` goes on with nothing but `stop`; when all have, it ends.
    """
    out = [ids]
    done = torch.zeros(len(ids), dtype=torch.bool, device=ids.device)
    for _, token in zip(range(max_new_tokens), sample(model, ids, **how)):
        token = token.to(ids.device)
        if stop is not None:
            token = torch.where(done, stop, token)
            done |= token == stop
        out.append(token[:, None])
        if stop is not None and done.all():
            break
    return torch.cat(out, dim=1)
