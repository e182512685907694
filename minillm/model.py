"""The model: embeddings, blocks, and a head that scores every token of the vocabulary.

Sizes: B batch, T tokens, C = emb_dim, H heads, D = C / H, V vocabulary, L layers.
Built in 04 (embeddings), 07 (the block), 08 (the whole) and 14 (heads switched off).
"""

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .attention import KVCache, MultiHeadAttention


@dataclass(frozen=True)
class QdogBabyLearnConfig:
    """The shape of a model. Refuses impossible values, naming them. Built in 08."""

    model_name: str = "qdogbabylearn"
    version: str = "1.0.0"
    num_hidden_layers: int = 16
    num_heads: int = 8
    emb_dim: int = 512
    dropout: float = 0.0
    context_size: int = 512
    vocab_size: int = 6400

    def __post_init__(self):
        for name in ("num_hidden_layers", "num_heads", "emb_dim", "context_size", "vocab_size"):
            value = getattr(self, name)
            if type(value) is not int or value < 1:
                raise ValueError(f"{name}={value!r} is not a whole number of at least 1")
        if isinstance(self.dropout, bool) or not isinstance(self.dropout, (int, float)) or not 0 <= self.dropout < 1:
            raise ValueError(f"dropout={self.dropout!r} is not a number from 0 up to but not including 1")
        if self.emb_dim % self.num_heads:
            raise ValueError(f"emb_dim={self.emb_dim} is not divisible by num_heads={self.num_heads}")


PRESETS = {
    "nano": QdogBabyLearnConfig("nano", num_hidden_layers=4, num_heads=4, emb_dim=128, context_size=256, vocab_size=1024),
    "mini": QdogBabyLearnConfig("mini", num_hidden_layers=4, num_heads=7, emb_dim=224, context_size=256, vocab_size=2048),
    "seed": QdogBabyLearnConfig("seed"),
}


class LayerNorm(nn.Module):
    """Give every token mean 0 and variance 1, then a learned scale and shift. (…, C) -> (…, C). Built in 07."""

    def __init__(self, emb_dim: int, eps: float = 1e-5):
        super().__init__()
        self.eps = eps
        self.scale = nn.Parameter(torch.ones(emb_dim))
        self.shift = nn.Parameter(torch.zeros(emb_dim))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.scale.shape, self.scale, self.shift, self.eps)


class FeedForward(nn.Module):
    """Think about each token alone: widen to 4C, bend, narrow back. (…, C) -> (…, C). Built in 07."""

    def __init__(self, emb_dim: int, dropout: float):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(emb_dim, 4 * emb_dim),
            nn.GELU(approximate="tanh"),  # GPT-2's flavour
            nn.Linear(4 * emb_dim, emb_dim),
            nn.Dropout(dropout),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)


class TransformerBlock(nn.Module):
    """Look around, then think, each added to what was there. (B, T, C) -> (B, T, C). Built in 07."""

    def __init__(self, emb_dim: int, num_heads: int, dropout: float, context_size: int):
        super().__init__()
        self.attn = MultiHeadAttention(emb_dim, num_heads, dropout, context_size)
        self.ln1 = LayerNorm(emb_dim)
        self.ff = FeedForward(emb_dim, dropout)
        self.ln2 = LayerNorm(emb_dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, cache: KVCache | None = None, return_weights: bool = False):
        y, weights = self.attn(self.ln1(x), cache, return_weights=True) if return_weights else (self.attn(self.ln1(x), cache), None)
        x = x + self.dropout(y)
        x = x + self.ff(self.ln2(x))
        return (x, weights) if return_weights else x


def sinusoids(context_size: int, emb_dim: int) -> Tensor:
    """The 2017 paper's position table, (context_size, C): sines and cosines from fast to slow. Built in 04."""
    position = torch.arange(context_size)[:, None]
    frequency = torch.exp(torch.arange(0, emb_dim, 2) * (-math.log(10000.0) / emb_dim))
    table = torch.zeros(context_size, emb_dim)
    table[:, 0::2] = torch.sin(position * frequency)
    table[:, 1::2] = torch.cos(position * frequency)[:, : emb_dim // 2]
    return table


def turn(steps: int, emb_dim: int, size: int) -> Tensor:
    """The (size, size) matrix that takes the first `size` (even) numbers of a row of `sinusoids` to those of the row `steps` further on.

    A sine and its cosine are a point on a circle, and a step turns it by an angle that is the same everywhere. Built in 04.
    """
    sin, cos = sinusoids(steps + 1, emb_dim)[steps, :size].view(-1, 2).T
    return torch.block_diag(*torch.stack([cos, sin, -sin, cos], dim=1).view(-1, 2, 2))


class QdogBabyLearnLLM(nn.Module):
    """The language model: ids (B, T) in, logits (B, T, V) out; position t sees positions up to t only.

    Built in 08.
    """

    def __init__(self, cfg: QdogBabyLearnConfig):
        super().__init__()
        self.cfg = cfg
        self.tok_emb = nn.Embedding(cfg.vocab_size, cfg.emb_dim)
        self.pos_emb = nn.Embedding(cfg.context_size, cfg.emb_dim)
        self.dropout = nn.Dropout(cfg.dropout)
        self.blocks = nn.ModuleList(
            TransformerBlock(cfg.emb_dim, cfg.num_heads, cfg.dropout, cfg.context_size) for _ in range(cfg.num_hidden_layers)
        )
        self.norm = LayerNorm(cfg.emb_dim)
        self.out = nn.Linear(cfg.emb_dim, cfg.vocab_size)
        self.init_weights()

    @torch.no_grad()
    def init_weights(self) -> None:
        """Start so that copying from the context, which all else is built on, is found within a few hundred steps.

        Every weight has the scale that its width asks for (GPT-2's fixed 0.02 suits one width only), and what has to
        fit together starts alike: at first the heads hand on unchanged what they find, each a share of its own, and
        the model names it. In the first block a token looks for tokens like itself, and some heads look one, two,
        three tokens back. All is free to change from the first step on.
        """
        width = self.cfg.emb_dim**-0.5
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=width)
                nn.init.zeros_(module.bias)
        first = self.blocks[0].attn
        nn.init.orthogonal_(first.W_value.weight)  # right angles: no head's share overlaps another's
        for block in self.blocks:
            # The same share in every block: what a head has fetched, the same head can fetch on from there.
            block.attn.W_value.weight.copy_(first.W_value.weight)
            block.attn.out.weight.copy_(first.W_value.weight.T)  # out(W_value(x)) is x
            block.ff.layers[2].weight /= math.sqrt(2 * len(self.blocks))  # GPT-2: branches add up in the stream
        nn.init.normal_(self.tok_emb.weight, std=width)
        # The 2017 paper's sinusoids, as loud as the tokens: "one back" is then the same turn everywhere.
        self.pos_emb.weight.copy_(sinusoids(self.cfg.context_size, self.cfg.emb_dim) * width * math.sqrt(2))
        # In the first block a token starts looking for its like; further on it would find itself before all others.
        first.W_key.weight.copy_(first.W_query.weight)  # q·k is largest between equals
        # Some of its heads look back. No token writes into the first numbers of the stream, which hold positions alone:
        # these heads compare nothing else, their keys turned on by 1, 2, 3 steps, so the best match is that far back.
        D = self.cfg.emb_dim // self.cfg.num_heads
        size = min(D, self.cfg.emb_dim // 4) // 2 * 2
        self.tok_emb.weight[:, :size] = 0
        sharp = math.sqrt(27 * math.sqrt(D) / max(size, 1))  # a match scores 27: most of the attention
        for head, back in zip(range(self.cfg.num_heads // 2), (1, 2, 3)):
            rows = slice(head * D, (head + 1) * D)
            for matrix, steps in (first.W_query, 0), (first.W_key, back):
                matrix.weight[rows] = 0
                matrix.weight[rows][:size, :size] = sharp * turn(steps, self.cfg.emb_dim, size)
        # GPT-2's head is the token table; ours starts as it, but quietly, so that the first loss is near ln V.
        self.out.weight.copy_(self.tok_emb.weight * 0.35)

    def hidden(self, ids: Tensor, cache: list[KVCache] | None = None) -> Tensor:
        """The stream after the last norm, (B, T, C): what the head reads."""
        start = cache[0].length if cache else 0
        x = self._embed(ids, start)
        for i, block in enumerate(self.blocks):
            x = block(x, cache[i] if cache else None)
        return self.norm(x)

    def forward(self, ids: Tensor, cache: list[KVCache] | None = None) -> Tensor:
        return self.out(self.hidden(ids, cache))  # (B, T, V)

    def attention_weights(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (B, T, V) by the explicit path, and every head's weights (L, B, H, T, T)."""
        x, layers = self._embed(ids, 0), []
        for block in self.blocks:
            x, weights = block(x, return_weights=True)
            layers.append(weights)
        return self.out(self.norm(x)), torch.stack(layers)

    def make_cache(self, batch: int = 1) -> list[KVCache]:
        """One empty cache per layer, for `batch` sequences."""
        return [block.attn.make_cache(batch) for block in self.blocks]

    def num_parameters(self) -> int:
        return sum(p.numel() for p in self.parameters())

    def _embed(self, ids: Tensor, start: int) -> Tensor:
        stop = start + ids.shape[1]
        if stop > self.cfg.context_size:
            raise ValueError(f"{stop} tokens do not fit into context_size={self.cfg.context_size}")
        return self.dropout(self.tok_emb(ids) + self.pos_emb.weight[start:stop])  # (B, T, C)


@contextmanager
def heads_off(model: QdogBabyLearnLLM, heads: Iterable[tuple[int, int]]) -> Iterator[None]:
    """While it lasts, these (layer, head) pairs add nothing: their D numbers are 0 where `out` would mix them.

    IndexError for a layer or head that the model does not have. Built in 14.
    """
    hooks, D = [], model.cfg.emb_dim // model.cfg.num_heads
    try:
        for layer, head in heads:
            if not 0 <= head < model.cfg.num_heads or not 0 <= layer < len(model.blocks):
                raise IndexError(f"(layer {layer}, head {head}) is not among {len(model.blocks)} layers with {model.cfg.num_heads} heads")
            cut = torch.ones(model.cfg.emb_dim)
            cut[head * D : (head + 1) * D] = 0
            hook = model.blocks[layer].attn.out.register_forward_pre_hook(lambda module, args, cut=cut: (args[0] * cut.to(args[0]),))
            hooks.append(hook)
        yield
    finally:
        for hook in hooks:
            hook.remove()
