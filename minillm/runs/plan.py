"""What a training run would take, by arithmetic: parameters, tokens, memory, operations, hours.

Sizes: T tokens, C = emb_dim, H heads, V vocabulary, L layers.
Not here: communication between devices, reading data, evaluation. Built in 14.
"""

from dataclasses import dataclass

from ..initialization import empty_model
from ..model import QdogBabyLearnConfig

# About where more parameters and more tokens help alike (Hoffmann and others, 2022).
TOKENS_PER_PARAMETER = 20


@dataclass(frozen=True)
class Plan:
    """The arithmetic of one run.

    `tflops` is a device's rate of matrix products in 10^12 operations a second, `utilization` the
    share of it that training gets. ValueError names a value that is impossible.
    """

    cfg: QdogBabyLearnConfig
    devices: int = 1
    tflops: float = 0.3
    utilization: float = 0.5
    rows: int = 8  # rows of T tokens that one device reads at a time
    tokens: int | None = None
    price: float = 0.0  # of a device for an hour
    source: str = ""  # what says how many tokens

    def __post_init__(self) -> None:
        for name in ("devices", "rows", "tokens"):
            value = getattr(self, name)
            if value is not None and (type(value) is not int or not 1 <= value <= 10**15):
                raise ValueError(f"{name}={value!r} is not a whole number from 1 to {10**15:,}")
        limits = {"tflops": (1e-6, 1e9), "utilization": (1e-6, 1), "price": (0, 1e9)}
        for name, (least, most) in limits.items():
            value = getattr(self, name)
            if not least <= value <= most:
                raise ValueError(f"{name}={value} is not a number from {least:g} to {most:g}")

    @property
    def parameters(self) -> int:
        """How many numbers the model has."""
        return empty_model(self.cfg).num_parameters()

    @property
    def tokens_read(self) -> int:
        """Tokens of training text."""
        return self.tokens or TOKENS_PER_PARAMETER * self.parameters

    @property
    def operations(self) -> float:
        """Additions and multiplications: for each token 6 a parameter, and attention's.

        6 are 2 forward and 4 backward; attention takes 12 · L · C · T a token. The two tables are
        looked up and not multiplied, so they are not counted; the head is. (Kaplan and others,
        2020.)
        """
        c = self.cfg
        multiplying = self.parameters - (c.vocab_size + c.context_size) * c.emb_dim
        attention = 12 * c.num_hidden_layers * c.emb_dim * c.context_size
        return float(self.tokens_read * (6 * multiplying + attention))

    def memory(self) -> dict[str, int]:
        """Bytes on one device, in float32: weights, gradients, running means, activations.

        Muon keeps one mean of each number of the blocks' matrices, AdamW two of each other number.
        Kept for the backward pass of a layer: 16 numbers of width C a token (counted with
        PyTorch's hooks on saved tensors); its fused attention keeps no table of scores. Of the
        logits three copies: themselves, their log-probabilities, their gradient.
        """
        c, n = self.cfg, self.parameters
        tokens = self.rows * c.context_size
        return {
            "weights": 4 * n,
            "gradients": 4 * n,
            "optimizer": 8 * n - 4 * (12 * c.num_hidden_layers * c.emb_dim**2),
            "activations": 4 * tokens * 16 * c.emb_dim * c.num_hidden_layers,
            "logits": 12 * tokens * c.vocab_size,
        }

    @property
    def hours(self) -> float:
        """How long all devices together take."""
        return self.operations / (self.devices * self.tflops * 1e12 * self.utilization) / 3600

    def lines(self) -> list[str]:
        """The plan, to print."""
        parts = self.memory()
        unit, name_of_unit = (1e9, "GB") if sum(parts.values()) >= 1e9 else (1e6, "MB")
        sizes = ", ".join(f"{name} {size / unit:.2f}" for name, size in parts.items())
        device_hours = self.hours * self.devices
        cost = ""
        if self.price:
            cost = f", {device_hours * self.price:,.2f} at {self.price:g} a device and hour"
        per_parameter = self.tokens_read / self.parameters
        source = f": {self.source}" if self.source else ""
        if not self.tokens:
            source = ": where more parameters and more tokens help about alike"
        time = f"{self.hours:,.1f} hours" if self.hours >= 2 else f"{60 * self.hours:,.1f} minutes"
        rate = f"{self.devices} × {self.tflops:.3g} TFLOP/s at {self.utilization:.0%}"
        rows = {
            "parameters": f"{self.parameters:,}",
            "tokens": f"{self.tokens_read:,} ({per_parameter:.1f} for each parameter{source})",
            "operations": f"{self.operations:.2e}",
            "memory": f"{sum(parts.values()) / unit:.2f} {name_of_unit} a device: {sizes}",
            "time": f"{time} on {rate} ({device_hours:,.2f} device hours{cost})",
        }
        return [f"{name:12} {value}" for name, value in rows.items()]
