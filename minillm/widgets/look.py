"""What a model does with one prompt, as tensors: everything that the explorer draws.

Sizes: T tokens, C = emb_dim, H heads, D = C / H head size, V vocabulary, L layers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from ..model import QdogBabyLearnLLM, heads_off
from ..tokenizer import BPETokenizer


@dataclass(frozen=True)
class Look:
    """One reading of one prompt."""

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
        """The surprise of each next token of the prompt, (T - 1,), in nats."""
        return F.cross_entropy(self.logits[:-1], torch.tensor(self.ids[1:], dtype=torch.long), reduction="none")


@torch.inference_mode()
def look(model: QdogBabyLearnLLM, ids: Sequence[int], off: Sequence[tuple[int, int]] = ()) -> Look:
    """Read ids (1 to context_size of them) by the explicit path, with the heads in `off`, (layer, head), silent."""
    H, T = model.cfg.num_heads, len(ids)
    kept: dict[str, list[Tensor]] = {"W_query": [], "W_key": []}
    hooks = [
        getattr(block.attn, name).register_forward_hook(lambda module, x, y, into=into: into.append(y[0].view(T, H, -1).transpose(0, 1)))
        for block in model.blocks
        for name, into in kept.items()
    ]
    training = model.training
    model.eval()
    try:
        with heads_off(model, off):
            logits, weights = model.attention_weights(torch.tensor([list(ids)], device=next(model.parameters()).device))
    finally:
        model.train(training)
        for hook in hooks:
            hook.remove()
    queries, keys = (torch.stack(kept[name]).cpu() for name in ("W_query", "W_key"))
    return Look(list(ids), logits[0].float().cpu(), weights[:, 0].float().cpu(), queries, keys)


def token_name(tokenizer: BPETokenizer, i: int) -> str:
    """A token as one can read it: blanks and line ends as signs, a part of a character as its bytes."""
    data = tokenizer.decode_bytes([i])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return " ".join(f"{byte:02x}" for byte in data)
    return text.replace(" ", "␣").replace("\n", "↵").replace("\t", "⇥") or "∅"
