"""Attention: who looks at whom, and what is carried over.

Sizes: B batch, T tokens, C = emb_dim, H heads, D = C / H head size, S keys (cached ones included).
Built in 05 (the mathematics), 06 (many heads) and 10 (the cache).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def causal_mask(queries: int, keys: int, device: torch.device | str | None = None) -> Tensor:
    """Which keys each query may see: a boolean (T, S), True where it may.

    The queries are the *last* T of the S positions, so with a cache (S > T) the first query already sees
    S - T + 1 keys. Built in 05.
    """
    return torch.ones(queries, keys, dtype=torch.bool, device=device).tril(diagonal=keys - queries)


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None, dropout: float = 0.0) -> tuple[Tensor, Tensor]:
    """Scaled dot-product attention, written out: the values, and the weights that mixed them.

    q (..., T, D), k and v (..., S, D), mask broadcastable to (..., T, S) with True = may look.
    Returns (..., T, D) and (..., T, S); each row of weights sums to 1 (before dropout). Built in 05.
    """
    scores = q / q.shape[-1] ** 0.5 @ k.transpose(-2, -1)  # (..., T, S)
    if mask is not None:  # -inf is added and not filled in: the same numbers, sooner
        scores = scores + torch.zeros_like(mask, dtype=q.dtype).masked_fill(~mask, float("-inf"))
    weights = F.dropout(scores.softmax(dim=-1), dropout)  # (..., T, S)
    return weights @ v, weights  # (..., T, D)


class KVCache:
    """The keys and values of one layer, kept so that each new token is computed once.

    The room for `context_size` positions is taken up front: appending copies T rows and never the ones before.
    Built in 10.
    """

    def __init__(self, batch: int, num_heads: int, context_size: int, head_dim: int, like: Tensor):
        self.keys = like.new_empty(batch, num_heads, context_size, head_dim)  # (B, H, context_size, D)
        self.values = torch.empty_like(self.keys)
        self.length = 0

    def append(self, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Add k and v (B, H, T, D); return all keys and values so far, each (B, H, S, D)."""
        start, self.length = self.length, self.length + k.shape[2]
        self.keys[:, :, start : self.length] = k
        self.values[:, :, start : self.length] = v
        return self.keys[:, :, : self.length], self.values[:, :, : self.length]


class MultiHeadAttention(nn.Module):
    """H heads side by side, each attending over its own D of the C numbers; causal.

    Takes x (B, T, C), returns (B, T, C). `context_size` is the longest T (and the size of a cache).
    Built in 06.
    """

    def __init__(self, emb_dim: int, num_heads: int, dropout: float, context_size: int):
        super().__init__()
        if emb_dim % num_heads:
            raise ValueError(f"emb_dim={emb_dim} is not divisible by num_heads={num_heads}")
        self.num_heads, self.head_dim, self.context_size = num_heads, emb_dim // num_heads, context_size
        self.W_query = nn.Linear(emb_dim, emb_dim)
        self.W_key = nn.Linear(emb_dim, emb_dim)
        self.W_value = nn.Linear(emb_dim, emb_dim)
        self.out = nn.Linear(emb_dim, emb_dim)
        self.dropout = dropout

    def forward(self, x: Tensor, cache: KVCache | None = None, return_weights: bool = False):
        """Attend. With `return_weights` the explicit path is taken: (output, weights (B, H, T, S))."""
        B, T, C = x.shape
        split = (B, T, self.num_heads, self.head_dim)
        q = self.W_query(x).view(split).transpose(1, 2)  # (B, H, T, D)
        k = self.W_key(x).view(split).transpose(1, 2)
        v = self.W_value(x).view(split).transpose(1, 2)
        if cache is not None:
            k, v = cache.append(k, v)  # (B, H, S, D)
        S = k.shape[2]
        dropout = self.dropout if self.training else 0.0
        weights = None
        if return_weights:
            y, weights = attention(q, k, v, causal_mask(T, S, x.device), dropout)
        elif self.training and T == S and q.dtype == torch.bfloat16 and q.device.type == "cpu":
            # PyTorch's fused attention is slow here: its backward pass took 2 to 3 times as long as this line's
            with torch.autocast("cpu", enabled=False):  # or the softmax would be widened to float32
                y, _ = attention(q, k, v, causal_mask(T, S), dropout)
        elif T == 1:  # one query sees every key: nothing to mask
            y = F.scaled_dot_product_attention(q, k, v, dropout_p=dropout)
        elif T == S:
            y = F.scaled_dot_product_attention(q, k, v, dropout_p=dropout, is_causal=True)
        else:  # PyTorch's is_causal counts from the first key, ours from the last
            y = F.scaled_dot_product_attention(q, k, v, causal_mask(T, S, x.device), dropout)
        y = self.out(y.transpose(1, 2).reshape(B, T, C))  # (B, T, C)
        return (y, weights) if return_weights else y

    def make_cache(self, batch: int) -> KVCache:
        """An empty cache for `batch` sequences."""
        return KVCache(batch, self.num_heads, self.context_size, self.head_dim, self.W_key.weight)
