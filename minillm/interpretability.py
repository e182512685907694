"""What happens inside a model while it reads one prompt, and why it says what it says.

Activations; heads and feed-forward parts switched off; the guess after each layer; the lead of one
token over another as a sum over all parts; one place of the stream taken from another run.

Sizes: T tokens, C = emb_dim, H heads, D = C / H head size, V vocabulary, L layers.
Not here: probes, circuits found by search. Built in 15.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from .attention import attention
from .model import QdogBabyLearnLLM, evaluating
from .tokenizer import BPETokenizer


@contextmanager
def heads_off(model: QdogBabyLearnLLM, heads: Iterable[tuple[int, int]]) -> Iterator[None]:
    """Within it these (layer, head) pairs add nothing: their D numbers are 0 before `out`.

    IndexError for a layer or head that the model does not have. Built in 15.
    """
    hooks, D = [], model.cfg.emb_dim // model.cfg.num_heads
    try:
        for layer, head in heads:
            if not (0 <= head < model.cfg.num_heads and 0 <= layer < len(model.blocks)):
                raise IndexError(
                    f"(layer {layer}, head {head}) is not among {len(model.blocks)} layers "
                    f"with {model.cfg.num_heads} heads"
                )
            kept = torch.ones(model.cfg.emb_dim)
            kept[head * D : (head + 1) * D] = 0
            hook = model.blocks[layer].attn.out.register_forward_pre_hook(
                lambda module, args, kept=kept: (args[0] * kept.to(args[0]),)
            )
            hooks.append(hook)
        yield
    finally:
        for hook in hooks:
            hook.remove()


@dataclass(frozen=True)
class Activations:
    """What a model computed for one prompt."""

    ids: list[int]
    logits: Tensor  # (T, V)
    streams: Tensor  # (L + 1, T, C), on the model's device
    weights: Tensor  # (L, H, T, T)
    queries: Tensor  # (L, H, T, D)
    keys: Tensor  # (L, H, T, D)

    def scores(self, layer: int, head: int) -> Tensor:
        """q·k / √D of one head, (T, T), before the mask."""
        q, k = self.queries[layer, head], self.keys[layer, head]
        return q @ k.T / q.shape[-1] ** 0.5

    def losses(self) -> Tensor:
        """The loss of each next token of the prompt, (T - 1,), in nats."""
        targets = torch.tensor(self.ids[1:], dtype=torch.long)
        return F.cross_entropy(self.logits[:-1], targets, reduction="none")


@torch.inference_mode()
def activations(
    model: QdogBabyLearnLLM, ids: Sequence[int], off: Sequence[tuple[int, int]] = ()
) -> Activations:
    """Read ids (1 to context_size of them) with the (layer, head) pairs in `off` switched off."""
    before = streams(model, ids, off)
    weights, queries, keys = [], [], []
    for block, x in zip(model.blocks, before):
        normed, attn = block.ln1(x[None]), block.attn
        weights.append(attn.weights(normed)[0])
        queries.append(attn.split_heads(attn.W_query(normed))[0])
        keys.append(attn.split_heads(attn.W_key(normed))[0])
    logits = model.out(model.norm(before[-1]))
    stacked = (torch.stack(parts).float().cpu() for parts in (weights, queries, keys))
    return Activations(list(ids), logits.float().cpu(), before, *stacked)


@torch.inference_mode()
def streams(
    model: QdogBabyLearnLLM, ids: Sequence[int], off: Sequence[tuple[int, int]] = ()
) -> Tensor:
    """The residual stream of a prompt before the first block and after each, (L + 1, T, C).

    Built in 15.
    """
    with evaluating(model), heads_off(model, off):
        seen = [model.embed(torch.tensor([list(ids)], device=model.tok_emb.weight.device))]
        for block in model.blocks:
            seen.append(block(seen[-1]))
    return torch.cat(seen)


@torch.inference_mode()
def lens(
    model: QdogBabyLearnLLM, ids: Sequence[int], off: Sequence[tuple[int, int]] = ()
) -> Tensor:
    """The logits if the model had to answer after each layer, (L + 1, T, V).

    The streams, read with the last norm and the head (the "logit lens" of nostalgebraist, 2020).
    Built in 15.
    """
    return model.out(model.norm(streams(model, ids, off)))


def lead(logits: Tensor, token: int, rival: int) -> Tensor:
    """How much likelier `token` is than `rival`, in doublings. (..., V) -> (...). Built in 15."""
    return (logits[..., token] - logits[..., rival]) / math.log(2)


@torch.inference_mode()
def ledger(
    model: QdogBabyLearnLLM,
    ids: Sequence[int],
    token: int,
    rival: int,
    position: int = -1,
    off: Sequence[tuple[int, int]] = (),
    before: Tensor | None = None,
) -> dict[str, float]:
    """The lead of `token` over `rival` after a position, as a sum over all that makes it.

    The stream is a sum: the token's row, the position's row, and what each head, each bias and each
    feed-forward part has added. Norm and head are linear once the norm's divisor is held fixed, so
    each part's share of the lead can be read off alone, in doublings. The shares add up to the
    lead, "the rest" being the biases of norm and head. (The field calls this direct logit
    attribution.) `before` are the streams, where they are known. IndexError for a position that
    the prompt does not have. Built in 15.
    """
    if not -len(ids) <= position < len(ids):
        raise IndexError(f"position={position} is not among {len(ids)} tokens")
    at, off = position % len(ids), [(layer, head) for layer, head in off]
    before = streams(model, ids, off) if before is None else before
    norm, head = model.norm, model.out
    stream = before[-1, at].cpu().double()  # on the CPU: not every device has float64
    divisor = (stream.var(correction=0) + norm.eps).sqrt()
    to = (head.weight[token] - head.weight[rival]).cpu().double()  # (C,)
    weight = norm.scale.cpu().double() * to / (divisor * math.log(2))
    weight = weight - weight.mean()  # of each part the norm takes its mean away

    parts = {
        "token": model.tok_emb.weight[ids[at]],
        "position": model.pos_emb.weight[at],
    }
    with evaluating(model), heads_off(model, off):
        for layer, block in enumerate(model.blocks):
            attn, x = block.attn, before[layer][None, : at + 1]  # what comes later is not seen
            normed = block.ln1(x)
            k, v = attn.split_heads(attn.W_key(normed)), attn.split_heads(attn.W_value(normed))
            q = attn.split_heads(attn.W_query(normed[:, -1:]))  # (1, H, 1, D)
            mixed = attention(q, k, v)[0][0, :, 0]  # (H, D)
            columns = attn.out.weight.view(-1, *mixed.shape).cpu().double()  # (C, H, D)
            added = torch.einsum("chd,hd->hc", columns, mixed.cpu().double())
            for number, row in enumerate(added):
                if (layer, number) not in off:
                    parts[f"head {layer}.{number}"] = row
            parts[f"attention bias {layer}"] = attn.out.bias
            between = x[:, -1] + attn.out(mixed.view(1, -1))
            parts[f"feed-forward {layer}"] = block.ff(block.ln2(between))[0]
    shares = {name: float(part.cpu().double() @ weight) for name, part in parts.items()}
    rest = norm.shift.cpu().double() @ to + (head.bias[token] - head.bias[rival]).cpu().double()
    return shares | {"the rest": float(rest) / math.log(2)}


@contextmanager
def feed_forward_off(model: QdogBabyLearnLLM, layer: int) -> Iterator[None]:
    """Within it the feed-forward part of that layer adds nothing.

    IndexError for a layer that the model does not have. Built in 15.
    """
    if not 0 <= layer < len(model.blocks):
        raise IndexError(f"layer={layer} is not among {len(model.blocks)} layers")
    ff = model.blocks[layer].ff
    hook = ff.register_forward_hook(lambda module, args, out: torch.zeros_like(out))
    try:
        yield
    finally:
        hook.remove()


def lead_from(model: QdogBabyLearnLLM, x: Tensor, layer: int, token: int, rival: int) -> Tensor:
    """The leads at the end if streams x (B, T, C) go on with block `layer`: (B,). Built in 15."""
    for block in model.blocks[layer:]:
        x = block(x)
    return lead(model.out(model.norm(x[:, -1])), token, rival)


def both_leads(
    model: QdogBabyLearnLLM, here: Tensor, there: Tensor, token: int, rival: int
) -> Tensor:
    """The leads of `token` over `rival` at the ends of two runs, whose streams these are: (2,).

    ValueError for unequal lengths, and where both leads are alike. Built in 15.
    """
    if here.shape != there.shape:
        raise ValueError(
            f"the prompts have {here.shape[1]} and {there.shape[1]} tokens; "
            "they must have as many each"
        )
    ends = torch.stack([here[-1], there[-1]])
    leads = lead_from(model, ends, len(model.blocks), token, rival)
    if leads[0] == leads[1]:
        raise ValueError(f"both prompts have the lead {leads[0]:.3f}; there is nothing to move")
    return leads


@torch.inference_mode()
def patch(
    model: QdogBabyLearnLLM,
    ids: Sequence[int],
    other: Sequence[int],
    token: int,
    rival: int,
) -> Tensor:
    """How much of an answer moves when one place of the stream is taken from another run.

    Two prompts of as many tokens, to the first of which `token` is the answer and to the other
    `rival`. (L + 1, T): before the first block and after each, for each place, the change of the
    lead as a share of the whole difference; 1 is all of it. (The field's name is activation
    patching.) Errors as in `both_leads`. Built in 15.
    """
    here, there, T = streams(model, ids), streams(model, other), len(ids)
    whole = both_leads(model, here, there, token, rival)
    place, rows = torch.arange(T), []
    with evaluating(model):
        for layer in range(len(here)):
            x = here[layer].repeat(T, 1, 1)  # (T, T, C): a copy for each place
            x[place, place] = there[layer]
            rows.append(lead_from(model, x, layer, token, rival))
    return (torch.stack(rows) - whole[0]) / (whole[1] - whole[0])


@torch.inference_mode()
def patch_heads(
    model: QdogBabyLearnLLM,
    ids: Sequence[int],
    other: Sequence[int],
    token: int,
    rival: int,
) -> Tensor:
    """The same as `patch` for the heads, (L, H): what one adds, everywhere, from the other run.

    Errors as in `both_leads`. Built in 15.
    """
    H = model.cfg.num_heads
    theirs: list[Tensor] = []  # what each block's `out` is given in the other run: (1, T, H, D)

    def keep(module: torch.nn.Module, args: tuple[Tensor]) -> None:
        theirs.append(args[0].unflatten(-1, (H, -1)))

    def put(module: torch.nn.Module, args: tuple[Tensor]) -> Tensor:
        mixed, each = args[0].unflatten(-1, (H, -1)).clone(), range(H)
        mixed[each, :, each] = theirs[layer][0].transpose(0, 1)  # head h of copy h: (H, T, D)
        return mixed.flatten(-2)

    outs, here, rows = [block.attn.out for block in model.blocks], streams(model, ids), []
    with ExitStack() as stack:
        for out in outs:
            stack.callback(out.register_forward_pre_hook(keep).remove)
        there = streams(model, other)
    whole = both_leads(model, here, there, token, rival)
    with evaluating(model):
        for layer, out in enumerate(outs):
            x = here[layer].repeat(H, 1, 1)  # (H, T, C): a copy for each head
            with ExitStack() as stack:
                stack.callback(out.register_forward_pre_hook(put).remove)
                rows.append(lead_from(model, x, layer, token, rival))
    return (torch.stack(rows) - whole[0]) / (whole[1] - whole[0])


def head_scores(weights: Tensor, ids: Sequence[int]) -> dict[str, Tensor]:
    """What the heads do in one text: the mean of each score over its tokens, (L, H).

    The weight on the token *one back*, on the *first token*, on a *twin* (the same token earlier),
    by *induction* on what came after a twin (Olsson et al., 2022), and the *entropy* of the
    weights, in bits. NaN where no token has a twin. weights: (L, H, T, T). Built in 15.
    """
    same = torch.tensor(ids)[:, None] == torch.tensor(ids)
    twins = same.tril(-1)  # (T, T): row and column have the same token, the column earlier
    after = twins.roll(1, dims=1)
    after[:, 0] = False
    has_twin = twins.any(dim=1)
    entropy = -(weights * weights.clamp_min(1e-30).log2()).sum(dim=-1)
    return {
        "one back": weights.diagonal(-1, dim1=-2, dim2=-1).mean(dim=-1),
        "first token": weights[..., 1:, 0].mean(dim=-1),
        "twin": (weights * twins).sum(dim=-1)[..., has_twin].mean(dim=-1),
        "induction": (weights * after).sum(dim=-1)[..., has_twin].mean(dim=-1),
        "entropy": entropy.mean(dim=-1),
    }


@torch.inference_mode()
def added_lengths(
    model: QdogBabyLearnLLM, ids: Sequence[int], off: Sequence[tuple[int, int]] = ()
) -> Tensor:
    """How long what a head adds would be with all its weight on one token: (L, H, T).

    Times the weights these are the maps |weight × value| (Kobayashi et al., 2020): a head may
    attend to a token and carry next to nothing from there.
    """
    lengths = []
    for block, x in zip(model.blocks, streams(model, ids, off)):
        attn = block.attn
        values = attn.split_heads(attn.W_value(block.ln1(x[None])))[0]  # (H, T, D)
        columns = attn.out.weight.unflatten(1, (model.cfg.num_heads, -1))  # (C, H, D)
        lengths.append(torch.einsum("chd,htd->htc", columns, values).norm(dim=-1))
    return torch.stack(lengths).float().cpu()


def token_label(tokenizer: BPETokenizer, token_id: int) -> str:
    """A token as one can read it: spaces and line ends as signs, half a character as its bytes."""
    data = tokenizer.decode_bytes([token_id])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return " ".join(f"{byte:02x}" for byte in data)
    shown = text.replace(" ", "␣").replace("\n", "↵").replace("\t", "⇥")
    # Controls and invisible marks would spoil a line, or turn its direction.
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown) or "∅"
