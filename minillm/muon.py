"""Muon: a step for matrices that moves all of their directions alike.

Not here: AdamW, which PyTorch has, and which parameters get which (`training.make_optimizers`).
Built in 10.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

from .machine import Processes

MOMENTUM = 0.95


def newton_schulz(matrix: Tensor, steps: int = 5) -> Tensor:
    """The matrix with its singular values moved to about 1, and its singular vectors kept.

    (..., rows, columns) -> the same shape, each matrix alone; one of zeros stays one.

    Five steps bring all that are at least 0.002 of the matrix's norm to between 0.68 and 1.21: near
    enough to the nearest orthogonal matrix, with products alone. The three numbers are those of
    Keller Jordan, "Muon: An optimizer for hidden layers in neural networks" (2024). Built in 10.
    """
    tall = matrix.shape[-2] > matrix.shape[-1]
    x = matrix.mT if tall else matrix  # x xᵀ is then the smaller of both products
    x = x / x.norm(dim=(-2, -1), keepdim=True).clamp(min=1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return x.mT if tall else x


class Muon(torch.optim.Optimizer):
    """Nesterov momentum made about orthogonal, with the size of AdamW's steps and weight decay.

    It is `torch.optim.Muon(adjust_lr_fn="match_rms_adamw")`: a step has the root mean square 0.2 ·
    rate whatever the shape, so AdamW's rate serves both ("Muon is Scalable for LLM Training", Liu
    and others, 2025). That one always multiplies in bfloat16, which takes 15 to 20 times as long on
    a processor without instructions for it; this one does as autocast says. Of a matrix that
    processes share out each computes the whole step; the first deals out the parts. Built in 10.
    """

    def __init__(
        self,
        params: Iterable[nn.Parameter],
        lr: float,
        weight_decay: float,
        processes: Processes = Processes(),  # noqa: B008  (frozen)
    ) -> None:
        super().__init__(params, {"lr": lr, "weight_decay": weight_decay})
        self.processes = processes

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """Move every matrix that has a gradient. There is no closure."""
        for group in self.param_groups:
            rate, alike = group["lr"], defaultdict[torch.Size, list[nn.Parameter]](list)
            for p in group["params"]:
                if p.grad is not None:
                    alike[p.shape].append(p)
            for shape, matrices in alike.items():
                ahead = [self.processes.full_tensor(self._ahead(p)) for p in matrices]
                # As one batch, since a GPU takes longer to begin a small product than to do it.
                for p, whole in zip(matrices, newton_schulz(torch.stack(ahead))):
                    update = torch.empty_like(p)
                    self.processes.copy(update, whole)
                    p.mul_(1 - rate * group["weight_decay"])
                    p.add_(update, alpha=-0.2 * max(shape) ** 0.5 * rate)

    def _ahead(self, p: nn.Parameter) -> Tensor:
        """The running mean of a matrix's gradients, a step ahead (Nesterov)."""
        assert p.grad is not None
        state = self.state[p]
        if not state:
            state["momentum_buffer"] = torch.zeros_like(p)
        mean: Tensor = state["momentum_buffer"]
        mean.lerp_(p.grad, 1 - MOMENTUM)
        return p.grad.lerp(mean, MOMENTUM)
