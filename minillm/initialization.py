"""Other starts than GPT-2's: positions as sinusoids, rows for new tokens, no weights at all.

Not here: the start of every model, which is GPT-2's: `QdogBabyLearnLLM.init_weights`.
Built in 05 (sinusoids, rotation).
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from .model import QdogBabyLearnConfig, QdogBabyLearnLLM


def sinusoids(context_size: int, emb_dim: int) -> Tensor:
    """The position table of 2017, (context_size, C): sines and cosines from fast to slow.

    Built in 05, after "Attention Is All You Need" (Vaswani and others, 2017).
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
    circle, and a step rotates it by an angle that is the same at every position. Built in 05.
    """
    sin, cos = sinusoids(steps + 1, emb_dim)[steps, :size].view(-1, 2).T
    return torch.block_diag(*torch.stack([cos, sin, -sin, cos], dim=1).view(-1, 2, 2))


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
