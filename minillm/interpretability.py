"""What happens inside a model while it reads one prompt: activations, and heads switched off.

Sizes: T tokens, C = emb_dim, H heads, D = C / H head size, V vocabulary, L layers.
Not here: probes, circuits, attribution. Built in 14.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from .model import QdogBabyLearnLLM, evaluating
from .tokenizer import BPETokenizer


@contextmanager
def heads_off(model: QdogBabyLearnLLM, heads: Iterable[tuple[int, int]]) -> Iterator[None]:
    """Within it these (layer, head) pairs add nothing: their D numbers are 0 before `out`.

    IndexError for a layer or head that the model does not have. Built in 14.
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
    device = next(model.parameters()).device
    weights, queries, keys = [], [], []
    with evaluating(model), heads_off(model, off):
        x = model.embed(torch.tensor([list(ids)], device=device))
        for block in model.blocks:
            normed, attn = block.ln1(x), block.attn
            weights.append(attn.weights(normed)[0])
            queries.append(attn.split_heads(attn.W_query(normed))[0])
            keys.append(attn.split_heads(attn.W_key(normed))[0])
            x = block(x)
        logits = model.out(model.norm(x))[0]
    stacked = (torch.stack(parts).float().cpu() for parts in (weights, queries, keys))
    return Activations(list(ids), logits.float().cpu(), *stacked)


def token_label(tokenizer: BPETokenizer, token_id: int) -> str:
    """A token as one can read it: spaces and line ends as signs, half a character as its bytes."""
    data = tokenizer.decode_bytes([token_id])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return " ".join(f"{byte:02x}" for byte in data)
    return text.replace(" ", "␣").replace("\n", "↵").replace("\t", "⇥") or "∅"
