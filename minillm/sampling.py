"""From logits to tokens: which token comes next, and how to go on past the context's end.

Sizes: B batch, T tokens, V vocabulary. Not here: beam search, repetition penalties.
A new filter also needs its name in cli/ and widgets/.
Built in 11.
"""

import math
from collections.abc import Collection, Iterator
from typing import Any

import torch
from torch import Tensor

from .attention import KVCache
from .model import QdogBabyLearnLLM, evaluating


def keep_top_k(logits: Tensor, k: int) -> Tensor:
    """Keep the k highest of the last dimension, exactly k even among equals; the rest is -inf.

    logits (..., V); k larger than V keeps all. Built in 11.

    >>> keep_top_k(torch.tensor([1.0, 3.0, 2.0]), k=2)
    tensor([-inf, 3., 2.])
    """
    best = logits.topk(min(k, logits.shape[-1]), dim=-1)
    return torch.full_like(logits, float("-inf")).scatter(-1, best.indices, best.values)


def keep_top_p(logits: Tensor, p: float) -> Tensor:
    """Keep the smallest set of tokens whose probabilities reach p; the rest is -inf.

    logits (..., V). Built in 11, after Holtzman and others, 2020.
    """
    ordered, order = logits.sort(dim=-1, descending=True, stable=True)
    probs = ordered.double().softmax(dim=-1)  # float32 sums would be off by a token
    before = probs.cumsum(dim=-1) - probs  # what the better tokens add up to
    if p < 1:  # rounded sums may reach 1 before the last token does
        ordered = ordered.masked_fill(before >= p, float("-inf"))
    return torch.empty_like(logits).scatter(-1, order, ordered)


def token_probabilities(
    logits: Tensor,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
) -> Tensor:
    """The distribution that is sampled from, (..., V): temperature, then top-k, then top-p.

    temperature 0 puts everything on the highest logit. None switches a filter off. Built in 11.

    >>> token_probabilities(torch.tensor([2.0, 1.0, 0.0]), temperature=0)
    tensor([1., 0., 0.])
    """
    check_sampling(temperature, top_k, top_p)
    if temperature == 0:
        return torch.zeros_like(logits).scatter(-1, logits.argmax(dim=-1, keepdim=True), 1.0)
    best = logits.amax(dim=-1, keepdim=True)
    logits = (logits - best) / max(temperature, 1e-30)  # at most 0, so exp can't overflow
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
    """The position of the first token that the model reads, when `length` tokens are there.

    As long as all fit into `context_size`, 0. When the window is full its older half is dropped,
    and what remains is read again from position 0. (Dropping one token at a time would cost a
    full pass for every token, as learned positions make each shift change every key.)
    Built in 11.

    >>> [window_start(length, context_size=8) for length in (8, 9, 12, 13)]
    [0, 4, 4, 8]
    """
    if length <= context_size:
        return 0
    step = max(1, context_size // 2)
    return -(-(length - context_size) // step) * step


@torch.inference_mode()
def prefill(model: QdogBabyLearnLLM, ids: Tensor) -> tuple[Tensor, list[KVCache]]:
    """Read ids (B, T), or their window: the logits (B, V) after the last, and the cache of all.

    Built in 11.
    """
    window = ids[:, window_start(ids.shape[1], model.cfg.context_size) :]
    cache = model.make_cache(len(ids))
    return model.out(model.hidden(window, cache)[:, -1]), cache


@torch.inference_mode()
def decode(model: QdogBabyLearnLLM, token: Tensor, cache: list[KVCache]) -> Tensor:
    """Read one more token (B,) of each row: the logits (B, V) after it. Built in 11."""
    return model.out(model.hidden(token[:, None], cache)[:, -1])


def sample(
    model: QdogBabyLearnLLM,
    ids: Tensor,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int | None = None,
    use_cache: bool = True,
    vocab_size: int | None = None,
) -> Iterator[Tensor]:
    """Sample tokens (B,) to follow ids (B, T), one after the other, without end.

    The same seed samples the same; dropout is off meanwhile. Without the cache each token reads
    the whole window again: simple, slow, equal. Ids from `vocab_size` on, which a model may have
    and its tokenizer not, are never sampled. ValueError, when the first token is asked for, for
    ids without a token or outside the vocabulary, and for logits that are NaN. Built in 11.
    """
    check_sampling(temperature, top_k, top_p)
    if ids.dim() != 2 or 0 in ids.shape:
        raise ValueError(
            f"ids of shape {tuple(ids.shape)} can't be continued; "
            "(B, T) with at least one token each is needed"
        )
    if ids.is_floating_point():
        raise ValueError(f"ids of {ids.dtype} are no ids; whole numbers are needed")
    if not 0 <= int(ids.min()) <= int(ids.max()) < model.cfg.vocab_size:
        raise ValueError(
            f"ids from {int(ids.min())} to {int(ids.max())} "
            f"do not fit a vocabulary of {model.cfg.vocab_size}"
        )
    if seed is not None and not (isinstance(seed, int) and -(2**63) <= seed < 2**64):
        raise ValueError(f"seed={seed} is not a whole number of 64 bits")
    generator = torch.Generator()
    if seed is None:
        generator.seed()
    else:
        generator.manual_seed(seed)
    read = [ids.to(next(model.parameters()).device, torch.long)]
    with evaluating(model):
        logits, cache = prefill(model, read[0])
        while True:
            if math.isnan(logits.max()):  # the maximum with a NaN is NaN
                raise ValueError("the model's logits are NaN: its weights are damaged")
            token = _draw(logits[:, :vocab_size], temperature, top_k, top_p, generator)
            yield token
            read.append(token[:, None])
            if use_cache and cache[0].length < model.cfg.context_size:
                logits = decode(model, token, cache)
            else:  # the window is full: its newer half is read again
                read = [torch.cat(read, dim=1)]
                logits, cache = prefill(model, read[0])


def _draw(
    logits: Tensor,
    temperature: float,
    top_k: int | None,
    top_p: float | None,
    generator: torch.Generator,
) -> Tensor:
    """One token (B,) for each row of logits (B, V)."""
    if temperature == 0:
        return logits.argmax(dim=-1)
    # On the CPU, so that a seed gives the same text on every device.
    probs = token_probabilities(logits.float(), temperature, top_k, top_p).cpu()
    return torch.multinomial(probs, 1, generator=generator)[:, 0].to(logits.device)


def stream(
    model: QdogBabyLearnLLM,
    ids: list[int],
    max_new_tokens: int,
    stop: Collection[int] = (),
    **sampling: Any,
) -> Iterator[int]:
    """Yield the ids that follow, as they are sampled; ends before a `stop` id.

    `sampling` as in `sample` (temperature, top_k, top_p, seed).
    """
    tokens = sample(model, torch.tensor([ids], dtype=torch.long), **sampling)
    for _, token in zip(range(max_new_tokens), tokens):
        token_id = int(token)
        if token_id in stop:
            return
        yield token_id


def generate(
    model: QdogBabyLearnLLM,
    ids: Tensor,
    max_new_tokens: int,
    stop: int | None = None,
    **sampling: Any,
) -> Tensor:
    """ids (B, T) and what follows them, (B, T + n) with n <= max_new_tokens.

    A row that has sampled `stop` continues with nothing but `stop`; when all have, it ends.
    `sampling` as in `sample` (temperature, top_k, top_p, seed).
    """
    out = [ids]
    done = torch.zeros(len(ids), dtype=torch.bool, device=ids.device)
    for _, token in zip(range(max_new_tokens), sample(model, ids, **sampling)):
        token = token.to(ids.device)
        if stop is not None:
            token = torch.where(done, stop, token)
            done |= token == stop
        out.append(token[:, None])
        if stop is not None and done.all():
            break
    return torch.cat(out, dim=1)
