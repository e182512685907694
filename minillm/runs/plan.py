"""What would it take? Parameters, tokens, memory, operations, hours and money of a training run, by arithmetic.

Sizes: T tokens, C = emb_dim, H heads, V vocabulary, L layers. Built in 13.
"""

from dataclasses import dataclass

import torch

from ..model import QdogBabyLearnConfig, QdogBabyLearnLLM

TOKENS_PER_PARAMETER = (
    20  # about where more parameters and more tokens help alike (Hoffmann and others, 2022)
)


@dataclass(frozen=True)
class Plan:
    """The arithmetic of one run. `tflops` is a device's matrix rate, `utilization` the share of it that training gets."""

    cfg: QdogBabyLearnConfig
    devices: int = 1
    tflops: float = 0.3
    utilization: float = 0.5
    rows: int = 8  # rows of T tokens that one device reads at a time
    tokens: int | None = None
    price: float = 0.0  # of a device for an hour

    def __post_init__(self):
        for name in ("devices", "rows", "tokens"):
            value = getattr(self, name)
            if value is not None and (type(value) is not int or value < 1):
                raise ValueError(f"{name}={value!r} is not a whole number of at least 1")
        for name, most in (("tflops", float("inf")), ("utilization", 1), ("price", float("inf"))):
            value = getattr(self, name)
            if not 0 <= value <= most or (value == 0 and name != "price") or value == float("inf"):
                raise ValueError(
                    f"{name}={value} is not a number above 0"
                    + (" and up to 1" if most == 1 else "")
                )

    @property
    def parameters(self) -> int:
        with torch.device("meta"):  # counted without being made
            return QdogBabyLearnLLM(self.cfg).num_parameters()

    @property
    def read(self) -> int:
        """Tokens of training text."""
        return self.tokens or TOKENS_PER_PARAMETER * self.parameters

    @property
    def operations(self) -> float:
        """6 for each parameter that multiplies and token (2 forward, 4 backward), and attention's 12 · L · C · T a token.

        The two tables are looked up and not multiplied, so they are not counted; the head is.
        """
        multiplying = (
            self.parameters - (self.cfg.vocab_size + self.cfg.context_size) * self.cfg.emb_dim
        )
        attention = 12 * self.cfg.num_hidden_layers * self.cfg.emb_dim * self.cfg.context_size
        return float(self.read * (6 * multiplying + attention))

    def memory(self) -> dict[str, int]:
        """Bytes on one device: float32 weights, gradients and AdamW's two means, and what the backward pass needs.

        The activations are those of the explicit formula, kept for every layer: 34 numbers of width C a token, two
        tables of scores a head. PyTorch's fused attention keeps no such tables, so this is rather too much.
        """
        c, n = self.cfg, self.parameters
        tokens = self.rows * c.context_size
        return {
            "weights": 4 * n, "gradients": 4 * n, "optimizer": 8 * n,
            "activations": 4 * tokens * (34 * c.emb_dim + 2 * c.num_heads * c.context_size) * c.num_hidden_layers,
            "logits": 12 * tokens * c.vocab_size,
        }  # fmt: skip

    @property
    def hours(self) -> float:
        return self.operations / (self.devices * self.tflops * 1e12 * self.utilization) / 3600

    def lines(self) -> list[str]:
        """The plan, to print."""
        parts = self.memory()
        cost = (
            f", {self.hours * self.devices * self.price:,.0f} at {self.price:g} a device and hour"
            if self.price
            else ""
        )
        return [
            f"parameters   {self.parameters:,}",
            f"tokens       {self.read:,} ({self.read / self.parameters:.1f} for each parameter)",
            f"operations   {self.operations:.2e}",
            f"memory       {sum(parts.values()) / 1e9:.2f} GB a device: "
            + ", ".join(f"{name} {size / 1e9:.2f}" for name, size in parts.items()),
            f"time         {self.hours:,.1f} hours on {self.devices} × {self.tflops:g} TFLOP/s at {self.utilization:.0%} ({self.hours * self.devices:,.1f} device hours{cost})",
        ]
