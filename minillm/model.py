"""The model: embeddings, blocks, and a head that scores every token of the vocabulary.

Sizes: B batch, T tokens, C = emb_dim, H heads, D = C / H, V vocabulary, L layers.
It is GPT-2 but for two things: the head is a table of its own, and it has a bias.
Built in 08 (the block) and 09 (the whole).
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .attention import KVCache, MultiHeadAttention


@dataclass(frozen=True)
class QdogBabyLearnConfig:
    """The shape of a model. ValueError names a value that is impossible. Built in 09."""

    model_name: str = "qdogbabylearn"
    version: str = "1.0.0"
    num_hidden_layers: int = 16
    num_heads: int = 8
    emb_dim: int = 512
    dropout: float = 0.0
    context_size: int = 512
    vocab_size: int = 6400

    def __post_init__(self) -> None:
        for name in ("num_hidden_layers", "num_heads", "emb_dim", "context_size", "vocab_size"):
            value = getattr(self, name)
            most = 1_000 if name == "num_hidden_layers" else 2**24
            if type(value) is not int or not 1 <= value <= most:
                raise ValueError(f"{name}={value!r} is not a whole number from 1 to {most:,}")
        number = isinstance(self.dropout, (int, float)) and not isinstance(self.dropout, bool)
        if not number or not 0 <= self.dropout < 1:
            raise ValueError(
                f"dropout={self.dropout!r} is not a number from 0 up to but not including 1"
            )
        if self.emb_dim % self.num_heads:
            raise ValueError(
                f"emb_dim={self.emb_dim} is not divisible by num_heads={self.num_heads}"
            )


PRESETS = {
    "nano": QdogBabyLearnConfig(
        "nano", num_hidden_layers=4, num_heads=4, emb_dim=128, context_size=256, vocab_size=1536
    ),
    "mini": QdogBabyLearnConfig(
        "mini", num_hidden_layers=4, num_heads=7, emb_dim=224, context_size=256, vocab_size=3072
    ),
    "seed": QdogBabyLearnConfig("seed"),
}


class Linear(nn.Linear):
    """`nn.Linear` with its bias, by all cores for a single row too, as each new token is one.

    (..., in) -> (..., out). PyTorch's BLAS leaves a product of one row to one core, but shares a
    batch of products out.
    """

    parts: ClassVar[int] = 8

    def forward(self, x: Tensor) -> Tensor:
        one_row = x.numel() == self.in_features and x.is_cpu and torch.get_num_threads() > 1
        if not one_row or self.out_features % self.parts:
            return super().forward(x)
        weight = self.weight.view(self.parts, -1, self.in_features)  # (parts, out / parts, in)
        rows = x.reshape(1, 1, -1).expand(self.parts, 1, -1)  # (parts, 1, in)
        y = torch.baddbmm(self.bias.view(self.parts, 1, -1), rows, weight.mT)
        return y.view(*x.shape[:-1], -1)


class LayerNorm(nn.Module):
    """Mean 0 and variance 1 for every token, then a learned scale and shift. (..., C) -> (..., C).

    Built in 08.
    """

    def __init__(self, emb_dim: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.eps = eps
        self.scale = nn.Parameter(torch.ones(emb_dim))
        self.shift = nn.Parameter(torch.zeros(emb_dim))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.scale.shape, self.scale, self.shift, self.eps)


class FeedForward(nn.Module):
    """Each token by itself: widen to 4C, GELU, narrow to C. (..., C) -> (..., C). Built in 08."""

    def __init__(self, emb_dim: int, dropout: float) -> None:
        super().__init__()
        self.linear1 = Linear(emb_dim, 4 * emb_dim)
        self.gelu = nn.GELU(approximate="tanh")  # the approximation that GPT-2 uses
        self.linear2 = Linear(4 * emb_dim, emb_dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        return self.dropout(self.linear2(self.gelu(self.linear1(x))))


class TransformerBlock(nn.Module):
    """Attention, then feed-forward, each added to its input. (B, T, C) -> (B, T, C).

    Built in 08.
    """

    def __init__(self, emb_dim: int, num_heads: int, dropout: float, context_size: int) -> None:
        super().__init__()
        self.attn = MultiHeadAttention(emb_dim, num_heads, dropout, context_size)
        self.ln1 = LayerNorm(emb_dim)
        self.ff = FeedForward(emb_dim, dropout)
        self.ln2 = LayerNorm(emb_dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, cache: KVCache | None = None) -> Tensor:
        x = x + self.dropout(self.attn(self.ln1(x), cache))
        return x + self.ff(self.ln2(x))


class QdogBabyLearnLLM(nn.Module):
    """The language model: ids (B, T) in, logits (B, T, V) out; position t depends on ids up to t.

    ValueError for more than `context_size` tokens. Built in 09.
    """

    def __init__(self, cfg: QdogBabyLearnConfig) -> None:
        super().__init__()
        self.cfg = cfg
        self.tok_emb = nn.Embedding(cfg.vocab_size, cfg.emb_dim)
        self.pos_emb = nn.Embedding(cfg.context_size, cfg.emb_dim)
        self.dropout = nn.Dropout(cfg.dropout)
        shape = (cfg.emb_dim, cfg.num_heads, cfg.dropout, cfg.context_size)
        blocks = [TransformerBlock(*shape) for _ in range(cfg.num_hidden_layers)]
        self.blocks: Sequence[TransformerBlock] = nn.ModuleList(blocks)  # type: ignore[assignment]
        self.norm = LayerNorm(cfg.emb_dim)
        self.out = Linear(cfg.emb_dim, cfg.vocab_size)
        self.init_weights()

    @torch.no_grad()
    def init_weights(self) -> None:
        """GPT-2's start: normal with 0.02, less where a branch is added to the stream, biases 0."""
        for name, p in self.named_parameters():
            if name.endswith(("attn.out.weight", "ff.linear2.weight")):  # 2L of these add up
                nn.init.normal_(p, std=0.02 / math.sqrt(2 * self.cfg.num_hidden_layers))
            elif p.dim() == 2:
                nn.init.normal_(p, std=0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(p)

    def embed(self, ids: Tensor, start: int = 0) -> Tensor:
        """Token plus position embeddings of ids (B, T) at positions from `start` on: (B, T, C)."""
        stop = start + ids.shape[1]
        if stop > self.cfg.context_size:
            raise ValueError(f"{stop} tokens do not fit into context_size={self.cfg.context_size}")
        return self.dropout(self.tok_emb(ids) + self.pos_emb.weight[start:stop])

    def hidden(self, ids: Tensor, cache: list[KVCache] | None = None) -> Tensor:
        """The stream after the last norm, (B, T, C): what the head reads."""
        x = self.embed(ids, cache[0].length if cache else 0)
        for i, block in enumerate(self.blocks):
            x = block(x, cache[i] if cache else None)
        return self.norm(x)

    def forward(self, ids: Tensor, cache: list[KVCache] | None = None) -> Tensor:
        return self.out(self.hidden(ids, cache))  # (B, T, V)

    def attention_weights(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (B, T, V), and the weights of every head of every layer, (L, B, H, T, T)."""
        x, layers = self.embed(ids), []
        for block in self.blocks:
            layers.append(block.attn.weights(block.ln1(x)))
            x = block(x)
        return self.out(self.norm(x)), torch.stack(layers)

    def make_cache(self, batch: int = 1) -> list[KVCache]:
        """One empty cache per layer, for `batch` sequences."""
        return [block.attn.make_cache(batch) for block in self.blocks]

    def num_parameters(self) -> int:
        """How many numbers training adjusts."""
        return sum(p.numel() for p in self.parameters())


@contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Within it dropout is off; the last of several that overlap gives the mode back.

    Two streams of one model may be read in turn: the count is kept with the model.
    """
    entered, training = model.__dict__.get("_evaluating", (0, model.training))
    model.__dict__["_evaluating"] = (entered + 1, training)
    model.eval()
    try:
        yield
    finally:
        entered, training = model.__dict__.pop("_evaluating")
        if entered > 1:
            model.__dict__["_evaluating"] = (entered - 1, training)
        else:
            model.train(training)
