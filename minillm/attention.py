"""Attention: which earlier tokens each token takes from, and how much of each.

Sizes: B batch, T tokens, C = emb_dim, H heads, D = C / H head size, S keys (cached ones included).
Not here: rotary positions, grouped keys, sliding windows; GPT-2 has none of them.
Built in 06 (the mathematics), 07 (many heads) and 11 (the cache).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def causal_mask(queries: int, keys: int, device: torch.device | str | None = None) -> Tensor:
    """Which keys each query may attend to: a boolean (T, S), True where it may.

    The queries are the *last* T of the S positions, so with a cache (S > T) the first query
    already sees S - T + 1 keys. Built in 06.

    >>> causal_mask(2, 3)
    tensor([[ True,  True, False],
            [ True,  True,  True]])
    """
    return torch.ones(queries, keys, dtype=torch.bool, device=device).tril(diagonal=keys - queries)


def attention(
    q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None, dropout: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Scaled dot-product attention, written out: the mixed values, and the weights that mixed them.

    q (..., T, D), k and v (..., S, D), mask broadcastable to (..., T, S) with True = may attend.
    Returns (..., T, D) and (..., T, S); each row of weights sums to 1 (before dropout).
    Built in 06, after "Attention Is All You Need" (Vaswani and others, 2017).
    """
    scores = (q / q.shape[-1] ** 0.5) @ k.transpose(-2, -1)  # (..., T, S)
    if mask is not None:  # adding -inf is faster than filling it in, and gives the same numbers
        scores = scores + torch.zeros_like(mask, dtype=q.dtype).masked_fill(~mask, float("-inf"))
    weights = F.dropout(scores.softmax(dim=-1), dropout)  # (..., T, S)
    return weights @ v, weights  # (..., T, D)


class KVCache:
    """The keys and values of one layer, kept so that each new token is computed once.

    Memory for `context_size` positions is allocated at once: appending copies T rows and leaves
    the earlier ones where they are. Built in 11.
    """

    def __init__(
        self, batch: int, num_heads: int, context_size: int, head_dim: int, like: Tensor
    ) -> None:
        self.keys = like.new_empty(batch, num_heads, context_size, head_dim)  # (B, H, context, D)
        self.values = torch.empty_like(self.keys)
        self.length = 0

    def append(self, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Add k and v (B, H, T, D); return all keys and values so far, each (B, H, S, D)."""
        start, self.length = self.length, self.length + k.shape[2]
        self.keys[:, :, start : self.length] = k
        self.values[:, :, start : self.length] = v
        return self.keys[:, :, : self.length], self.values[:, :, : self.length]


class MultiHeadAttention(nn.Module):
    """H heads side by side, each attending with its own D of the C numbers; causal.

    x (B, T, C) -> (B, T, C). `context_size` is the longest T, and the size of a cache.
    Built in 07.
    """

    def __init__(self, emb_dim: int, num_heads: int, dropout: float, context_size: int) -> None:
        super().__init__()
        if emb_dim % num_heads:
            raise ValueError(f"emb_dim={emb_dim} is not divisible by num_heads={num_heads}")
        self.num_heads, self.head_dim = num_heads, emb_dim // num_heads
        self.context_size = context_size
        self.W_query = nn.Linear(emb_dim, emb_dim)
        self.W_key = nn.Linear(emb_dim, emb_dim)
        self.W_value = nn.Linear(emb_dim, emb_dim)
        self.out = nn.Linear(emb_dim, emb_dim)
        self.dropout = dropout

    def split_heads(self, x: Tensor) -> Tensor:
        """Cut the C numbers of each token into H heads: (B, T, C) -> (B, H, T, D)."""
        return x.view(*x.shape[:2], self.num_heads, self.head_dim).transpose(1, 2)

    def forward(self, x: Tensor, cache: KVCache | None = None) -> Tensor:
        B, T, C = x.shape
        q = self.split_heads(self.W_query(x))  # (B, H, T, D)
        k = self.split_heads(self.W_key(x))
        v = self.split_heads(self.W_value(x))
        if cache is not None:
            k, v = cache.append(k, v)  # (B, H, S, D)
        S = k.shape[2]
        dropout = self.dropout if self.training else 0.0
        if self.training and T == S and q.dtype == torch.bfloat16 and q.device.type == "cpu":
            # Here PyTorch's fused attention is slow: its backward pass took 2 to 3 times as long.
            with torch.autocast("cpu", enabled=False):  # or softmax would widen to float32
                y, _ = attention(q, k, v, causal_mask(T, S), dropout)
        elif T == 1:  # one query sees every key: nothing to mask
            y = F.scaled_dot_product_attention(q, k, v, dropout_p=dropout)
        elif T == S:
            y = F.scaled_dot_product_attention(q, k, v, dropout_p=dropout, is_causal=True)
        else:  # PyTorch's is_causal counts from the first key, ours from the last
            y = F.scaled_dot_product_attention(q, k, v, causal_mask(T, S, x.device), dropout)
        return self.out(y.transpose(1, 2).reshape(B, T, C))  # (B, T, C)

    def weights(self, x: Tensor) -> Tensor:
        """The weights with which `forward` mixes the values, by the formula: (B, H, T, T)."""
        q, k = self.split_heads(self.W_query(x)), self.split_heads(self.W_key(x))
        return attention(q, k, k, causal_mask(x.shape[1], x.shape[1], x.device))[1]

    def make_cache(self, batch: int) -> KVCache:
        """An empty cache for `batch` sequences."""
        size = (batch, self.num_heads, self.context_size, self.head_dim)
        return KVCache(*size, like=self.W_key.weight)
