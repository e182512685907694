"""What training leaves in its folder: log.jsonl, model.safetensors (the best on validation), and
last.safetensors, which holds all that it needs to go on. Built in 10.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..machine import PRECISIONS, Processes
from ..model import QdogBabyLearnLLM
from .checkpoints import assign, write_model
from .files import read_tensors, save_tensors, write_text


@dataclass
class TrainingState:
    """How far training has come."""

    step: int = 0
    best: float | None = None  # validation loss of the weights in model.safetensors
    seconds: float = 0.0
    precision: str = ""  # chosen when training began, so that it never changes on the way


class RunFiles:
    """What training leaves in its folder: log.jsonl, model.safetensors (best), last.safetensors."""

    def __init__(
        self,
        folder: Path,
        model: QdogBabyLearnLLM,
        optimizers: Sequence[torch.optim.Optimizer],
        settings: dict[str, Any],
        processes: Processes,
        resume: bool,
    ) -> None:
        self.folder, self.model, self.optimizers = folder, model, optimizers
        self.processes = processes
        self.settings = {"model": asdict(model.cfg), "training": settings}
        self.state = self._load() if resume else TrainingState()
        processes.wait()  # until all have read what rank 0 will overwrite
        self.log: Log | None = None
        if processes.is_main:
            self.log = Log(folder / "log.jsonl", self.state.step)
        self.started = time.monotonic()

    def __enter__(self) -> "RunFiles":
        return self

    def __exit__(self, *_: object) -> None:
        if self.log:
            self.log.close()

    def record(self, line: dict[str, Any]) -> None:
        """Add a line to the log."""
        if self.log:
            self.log.write(line)

    def save_best(self) -> None:
        """Write the weights to model.safetensors."""
        tensors = self.processes.gather(self.model.state_dict())
        if self.processes.is_main:
            write_model(self.folder, self.model.cfg, tensors)

    def save(self) -> None:
        """Write all that a run needs to go on to last.safetensors."""
        now = time.monotonic()
        self.state.seconds += now - self.started
        self.started = now
        tensors = self.processes.gather(self._tensors())
        if self.processes.is_main:
            save_state(self.folder, tensors, self.settings, self.state)
        self.processes.wait()  # so that nobody leaves before all is on the disk

    def _tensors(self) -> dict[str, Tensor]:
        """Weights, and by name what the optimizers keep of them: running means, if any yet."""
        tensors = {f"model.{name}": t for name, t in self.model.state_dict().items()}
        for name, p in self.model.named_parameters():
            for optimizer in self.optimizers:
                kept = optimizer.state.get(p, {})
                tensors |= {f"{key}.{name}": t for key, t in kept.items() if key != "step"}
        return tensors

    def _load(self) -> TrainingState:
        tensors, state = load_state(self.folder, self.settings)
        for optimizer in self.optimizers if state.step else ():
            adamw = isinstance(optimizer, torch.optim.AdamW)
            for p in (p for group in optimizer.param_groups for p in group["params"]):
                keys = ("exp_avg", "exp_avg_sq") if adamw else ("momentum_buffer",)
                optimizer.state[p] = {key: torch.zeros_like(p) for key in keys}
                if adamw:
                    optimizer.state[p]["step"] = torch.tensor(float(state.step), device=p.device)
        path = self.folder / "last.safetensors"
        assign(self._tensors(), tensors, path, self.processes.copy)
        return state


def save_state(
    folder: Path, tensors: dict[str, Tensor], settings: dict[str, Any], state: TrainingState
) -> None:
    """Write last.safetensors: tensors on the CPU, and as text the settings and the state."""
    texts = {**settings, "state": asdict(state)}
    metadata = {name: json.dumps(values) for name, values in texts.items()}
    save_tensors(folder / "last.safetensors", tensors, metadata)


def load_state(folder: Path, settings: dict[str, Any]) -> tuple[dict[str, Tensor], TrainingState]:
    """The tensors and the state in last.safetensors.

    `settings` maps "model" and "training" to their values now; ValueError names what differs. A run
    may go on with more steps than it was begun with.
    """
    path = folder / "last.safetensors"
    tensors, metadata = read_tensors(path)
    if "exp_avg.blocks.0.attn.out.weight" in tensors:
        raise ValueError(
            f"{path} was written by a version that trained all with AdamW, and Muon has nothing "
            "to go on from there; start anew in another folder"
        )
    for name, now in settings.items():
        then = _metadata(metadata.get(name, ""), path)
        steps = then.get("steps")
        if type(steps) is int and steps < now.get("steps", 0):
            now = now | {key: then.get(key) for key in ("steps", "warmup")}
        differ = [
            f"{key}={now.get(key)!r} (there {then.get(key)!r})"
            for key in now | then
            if now.get(key) != then.get(key)
        ]
        if differ:
            raise ValueError(f"{path} belongs to a run with other settings: {', '.join(differ)}")
    values = _metadata(metadata.get("state", ""), path)
    step, best = values.get("step"), values.get("best")
    seconds, precision = values.get("seconds", 0.0), values.get("precision", "")
    if type(step) is not int or step < 0:
        raise ValueError(f"{path} does not say after how many steps it was written")
    if not isinstance(best, float | None) or not isinstance(seconds, float):
        raise ValueError(f"{path} is not a checkpoint of this project")
    if precision not in ("", *PRECISIONS):
        raise ValueError(f"{path} was written with precision={precision!r}, which is none of ours")
    return tensors, TrainingState(step, best, seconds, precision)


def _metadata(text: str, path: Path) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise ValueError(f"{path} is not a checkpoint of this project")
    return values


class Log:
    """log.jsonl: a line per step and per evaluation.

    On resuming, lines after the checkpoint's step are cut off.
    """

    def __init__(self, path: Path, step: int = 0) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = []
        if step and path.exists():
            kept = [line for line in read_log(path) if line["step"] <= step]
        write_text(path, "".join(json.dumps(line) + "\n" for line in kept))
        self._file = open(path, "a", encoding="utf-8", newline="\n")  # noqa: SIM115

    def write(self, line: dict[str, Any]) -> None:
        """Add a line; it can be read at once."""
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def read_log(path: str | Path) -> list[dict[str, Any]]:
    """The lines of a log.jsonl; a last line that a kill cut off is left out.

    ValueError names another line that is none of a log: the step and other numbers by name.
    """
    *whole, last = Path(path).read_text(encoding="utf-8", errors="replace").split("\n")
    values = [_log_line(line) for line in whole]
    if None in values:
        number = values.index(None)
        raise ValueError(
            f"{path}, line {number + 1}: {whole[number][:40]!r} is no line of a log; "
            "put it right, or delete the file"
        )
    return [value for value in (*values, _log_line(last)) if value]


def _log_line(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    is_line = isinstance(value, dict) and type(value.get("step")) is int and _are_numbers(value)
    return value if is_line else None


def _are_numbers(line: dict[str, Any]) -> bool:
    return all(
        isinstance(value, float) or (type(value) is int and abs(value) < 2**63)
        for value in line.values()
    )
