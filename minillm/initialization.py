"""How weights start: sinusoids, the recipes' head start, new tokens, and no start at all.

Sizes: C = emb_dim, H heads, D = C / H head size, L layers.
Not here: GPT-2's own start, which is `QdogBabyLearnLLM.init_weights`.
Built in 04 (sinusoids, rotation) and 08 (the head start).
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from .model import QdogBabyLearnConfig, QdogBabyLearnLLM


def sinusoids(context_size: int, emb_dim: int) -> Tensor:
    """The position table of 2017, (context_size, C): sines and cosines from fast to slow.

    Built in 04, after "Attention Is All You Need" (Vaswani and others, 2017).
    """
    position = torch.arange(context_size)[:, None]
    frequency = torch.exp(torch.arange(0, emb_dim, 2) * (-math.log(10000.0) / emb_dim))
    table = torch.zeros(context_size, emb_dim)
    table[:, 0::2] = torch.sin(position * frequency)
    table[:, 1::2] = torch.cos(position * frequency)[:, : emb_dim // 2]
    return table


def rotation(steps: int, emb_dim: int, size: int) -> Tensor:
    """The (size, size) matrix that moves a row of `sinusoids` on by `steps` positions.

    It acts on the first `size` (even) numbers of a row. A sine and its cosine are a point on a
    circle, and a step rotates it by an angle that is the same at every position. Built in 04.
    """
    sin, cos = sinusoids(steps + 1, emb_dim)[steps, :size].view(-1, 2).T
    return torch.block_diag(*torch.stack([cos, sin, -sin, cos], dim=1).view(-1, 2, 2))


MATCH_SCORE = 27.0  # q·k / √D where a previous-token head meets its key: most of the attention
HEAD_SCALE = 0.35  # of the token table, as the head's start: the first loss is then near ln V


@torch.no_grad()
def head_start(model: QdogBabyLearnLLM) -> None:
    """Set all weights so that copying from the context is learned within a few hundred steps.

    | weights | start |
    |---|---|
    | every matrix | normal with 1/√C |
    | W_value, in all blocks the same | orthogonal, so the heads' subspaces do not overlap |
    | attention's `out` | the transpose of W_value: `out(W_value(x))` is x |
    | `ff.linear2` | smaller by √(2L), as in GPT-2 |
    | positions | `sinusoids`, with the norm of the token embeddings |
    | W_key of the first block | equal to W_query: q·k is largest between equal tokens |
    | up to 3 heads of the first block | attend one, two and three tokens back, by `rotation` |
    | the head | HEAD_SCALE times the token table |

    Training is free to change all of it from the first step on. Built in 08.
    """
    cfg = model.cfg
    std = cfg.emb_dim**-0.5
    for module in model.modules():
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=std)
            nn.init.zeros_(module.bias)
    first = model.blocks[0].attn
    nn.init.orthogonal_(first.W_value.weight)
    for block in model.blocks:
        block.attn.W_value.weight.copy_(first.W_value.weight)
        block.attn.out.weight.copy_(first.W_value.weight.T)
        block.ff.linear2.weight /= math.sqrt(2 * cfg.num_hidden_layers)
    nn.init.normal_(model.tok_emb.weight, std=std)
    model.pos_emb.weight.copy_(sinusoids(cfg.context_size, cfg.emb_dim) * std * math.sqrt(2))
    # Only the first block: in a later one each token would attend to itself before all others.
    first.W_key.weight.copy_(first.W_query.weight)
    previous_token_heads(model)
    model.out.weight.copy_(model.tok_emb.weight * HEAD_SCALE)


@torch.no_grad()
def previous_token_heads(model: QdogBabyLearnLLM) -> None:
    """Let up to three heads of the first block attend one, two and three tokens back.

    The first `size` numbers of the stream are kept for positions: no token embedding writes there.
    The heads compare those numbers only, with keys rotated by 1, 2 or 3 steps, so that the best
    match is the position that many tokens back.
    """
    cfg, attn = model.cfg, model.blocks[0].attn
    D = attn.head_dim
    size = min(D, cfg.emb_dim // 4) // 2 * 2
    model.tok_emb.weight[:, :size] = 0
    gain = math.sqrt(MATCH_SCORE * math.sqrt(D) / max(size, 1))
    for head, back in zip(range(cfg.num_heads // 2), (1, 2, 3)):
        first, last = head * D, (head + 1) * D
        for matrix, steps in ((attn.W_query, 0), (attn.W_key, back)):
            matrix.weight[first:last] = 0
            matrix.weight[first : first + size, :size] = gain * rotation(steps, cfg.emb_dim, size)


class _WithoutInit(TorchFunctionMode):
    """Within it the functions of torch.nn.init leave a tensor as it is.

    On the meta device they would do nothing but import PyTorch's compiler, which takes a second.
    """

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        kwargs = kwargs or {}
        if getattr(func, "__module__", None) == "torch.nn.init":
            return kwargs.get("tensor", args[0] if args else None)
        return func(*args, **kwargs)


def empty_model(cfg: QdogBabyLearnConfig) -> QdogBabyLearnLLM:
    """A model that has shapes only: no memory for its weights, and no random numbers used up."""
    with torch.device("meta"), _WithoutInit():
        return QdogBabyLearnLLM(cfg)


@torch.no_grad()
def with_vocab_size(model: QdogBabyLearnLLM, old: int, new: int) -> QdogBabyLearnLLM:
    """A copy of a model whose tokenizer had `old` tokens and now has `new`.

    The new rows of the token table and of the head are the mean of the old ones. So a new token
    starts as an average one: its logit is the mean logit, it takes no more than an average share of
    the probability, and what the model says of the others hardly changes.
    """
    state = {name: t.clone() for name, t in model.state_dict().items()}
    for name in ("tok_emb.weight", "out.weight", "out.bias"):
        rows = state[name]
        added = rows[:old].mean(0, keepdim=True).expand(new - old, *rows.shape[1:])
        state[name] = torch.cat([rows[:old], added, rows[new:]])
    larger = empty_model(replace(model.cfg, vocab_size=max(model.cfg.vocab_size, new)))
    larger.load_state_dict(state, assign=True)
    return larger.train(model.training)
