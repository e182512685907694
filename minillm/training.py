"""Training: loss, optimizer, schedule and loop, for pretraining and fine-tuning alike.

All that is random in step n follows from (seed, n), and a checkpoint holds weights, optimizer and
step. So a run that was stopped, even by `kill -9`, goes on as if it never had been.
Not here: what a run's folder holds beside that (`runs.stage`), the step of Muon (`muon`).
Built in 10, used again in 12.
"""

import math
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from tqdm.auto import tqdm

from .data.batches import IGNORE, Batches
from .data.token_files import TokenFile
from .formats.run_files import RunFiles, TrainingState
from .machine import COMPILE, PRECISIONS, Machine, Processes, choose_machine, keep_freed_memory
from .model import QdogBabyLearnLLM, evaluating
from .muon import Muon


@dataclass(frozen=True)
class TrainingConfig:
    """One stage of training. Rows are packed sequences of T = context_size tokens.

    ValueError names a value that is impossible.
    """

    steps: int = 1000
    batch_size: int = 32  # rows in one optimizer step
    micro_batch: int = 32  # rows in one forward pass; gradients add up until batch_size is reached
    learning_rate: float = 3e-3  # the highest, after warm-up
    final_rate: float = 0.1  # what the cosine ends at, as a share of learning_rate
    warmup: int = 100  # steps
    weight_decay: float = 0.1
    beta2: float = 0.95  # AdamW's
    clip: float = 1.0  # a longer gradient is scaled down to this length
    eval_every: int = 200  # steps; a checkpoint is written as often
    seed: int = 0
    precision: str = "auto"  # auto | float32 | bfloat16
    compile: str = "auto"  # auto | yes | no
    device: str = "auto"  # auto | cpu | cuda | mps
    shard: bool = False  # several processes: divide the model as well (FSDP2), if it does not fit

    def __post_init__(self) -> None:
        # batch_size and micro_batch: more rows would not fit into any memory; seed: 64 bits, times
        # a million, and some steps.
        limits = {
            "steps": (1, 10**9),
            "batch_size": (1, 2**16),
            "micro_batch": (1, 2**16),
            "eval_every": (1, 10**9),
            "warmup": (0, 10**9),
            "seed": (0, 2**40),
        }
        for name, (low, high) in limits.items():
            value = getattr(self, name)
            if type(value) is not int or not low <= value <= high:
                raise ValueError(f"{name}={value!r} is not a whole number from {low} to {high:,}")
        positive = {"learning_rate": math.inf, "clip": math.inf, "beta2": 1}
        for name, top in (positive | {"final_rate": 2, "weight_decay": math.inf}).items():
            value = getattr(self, name)
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not is_number or not 0 <= value < top or (name in positive and value == 0):
                bound = "above 0" if name in positive else "of at least 0"
                bound += f" and below {top}" if top < math.inf else ""
                raise ValueError(f"{name}={value!r} is not a number {bound}")
        choices = (("precision", PRECISIONS), ("compile", COMPILE), ("shard", (True, False)))
        for name, accepted in choices:
            if getattr(self, name) not in accepted:
                raise ValueError(
                    f"{name}={getattr(self, name)!r} is not one of {', '.join(map(str, accepted))}"
                )

    @property
    def machine(self) -> Machine:
        """What this configuration runs on here; ValueError if the device is not there."""
        return choose_machine(self.device, self.precision, self.compile)


class TrainingError(RuntimeError):
    """Training can't go on; the message says why and what is kept."""


def token_loss(model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy in nats, summed over the targets that are not IGNORE.

    inputs and targets (B, T). A sum and not a mean, so that parts of a batch add up.
    """
    logits = model(inputs).float()  # (B, T, V); bfloat16 would be too coarse for a sum
    return F.cross_entropy(
        logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORE, reduction="sum"
    )


def learning_rate(step: int, cfg: TrainingConfig) -> float:
    """Up in a line over `warmup` steps, then down along half a cosine to final_rate.

    Steps count from 0.

    >>> cfg = TrainingConfig(steps=110, warmup=10, learning_rate=1.0, final_rate=0.0)
    >>> [round(learning_rate(step, cfg), 3) for step in (0, 9, 60, 110)]
    [0.1, 1.0, 0.5, 0.0]
    """
    if step < cfg.warmup:
        return cfg.learning_rate * (step + 1) / cfg.warmup
    done = (step - cfg.warmup) / max(1, cfg.steps - cfg.warmup)
    share = cfg.final_rate + (1 - cfg.final_rate) * (1 + math.cos(math.pi * done)) / 2
    return cfg.learning_rate * share


def make_optimizers(
    model: QdogBabyLearnLLM,
    cfg: TrainingConfig,
    processes: Processes = Processes(),  # noqa: B008  (frozen)
) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the blocks, AdamW for the rest: the tables, the head, vectors.

    Weight decay is for matrices and tables only: biases, scales and shifts need none.
    """
    matrices = [p for block in model.blocks for p in block.parameters() if p.dim() == 2]
    moved = set(matrices)
    tables = [p for p in model.parameters() if p.dim() == 2 and p not in moved]
    vectors = [p for p in model.parameters() if p.dim() < 2]
    groups = [
        {"params": tables, "weight_decay": cfg.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return [
        Muon(matrices, cfg.learning_rate, cfg.weight_decay, processes),
        torch.optim.AdamW(groups, lr=cfg.learning_rate, betas=(0.9, cfg.beta2), fused=True),
    ]


@torch.no_grad()
def validation_loss(
    model: QdogBabyLearnLLM,
    batches: Batches,
    batch_size: int = 32,
    processes: Processes = Processes(),  # noqa: B008  (frozen)
) -> float:
    """Mean loss in nats per target over a whole validation file; 0.0 when none is learned.

    Several processes share the work, and all get the same number.
    """
    device = next(model.parameters()).device
    total, count = 0.0, 0
    pieces = batches.one_pass(batch_size)
    with evaluating(model):
        # All processes go through the model equally often, as they may share it.
        while together := list(islice(pieces, processes.size)):
            inputs, targets = together[min(processes.rank, len(together) - 1)]
            loss = token_loss(model, inputs.to(device), targets.to(device)).item()
            if processes.rank < len(together):
                total, count = total + loss, count + int((targets != IGNORE).sum())
    total, counted = processes.total(total, count)
    return total / max(1, counted)


def train(
    model: QdogBabyLearnLLM,
    train_file: TokenFile,
    valid_file: TokenFile,
    pad_id: int,
    cfg: TrainingConfig,
    folder: Path,
    resume: bool = False,
    progress: bool = True,
    on_eval: Callable[[int, QdogBabyLearnLLM], dict[str, float]] | None = None,
    stage: str = "training",
    processes: Processes = Processes(),  # noqa: B008  (frozen)
) -> TrainingState:
    """Train `model` in place for cfg.steps; `folder` gets model.safetensors (the best on
    validation), last.safetensors and log.jsonl.

    `on_eval(step, model)` may add figures to the log. Ctrl-C saves and raises KeyboardInterrupt;
    a loss that is not finite raises TrainingError. Of several processes each takes its rows of
    every batch, rank 0 writes, and one that ends raises TrainingError in the others.
    """
    machine = cfg.machine
    processes.rows_of(cfg.batch_size)  # refuses a batch before anything is written
    keep_freed_memory()
    parallel = processes.wrap(model.train(), machine.device, cfg.shard)
    optimizers = make_optimizers(model, cfg, processes)
    files = RunFiles(folder, model, optimizers, asdict(cfg), processes, resume)
    state = files.state
    if not state.precision:  # rank 0 decides for all, and once for the whole run
        bfloat16 = processes.is_main and machine.precision == "bfloat16"
        state.precision = "bfloat16" if processes.total(bfloat16)[0] else "float32"
    machine = replace(machine, precision=state.precision)
    batches = Batches(train_file, model.cfg.context_size, pad_id, cfg.seed)
    valid = Batches(valid_file, model.cfg.context_size, pad_id, shuffle=False)
    loss_sum = torch.compile(token_loss) if machine.compiled else token_loss
    progress = progress and processes.is_main
    bar = tqdm(
        total=cfg.steps, initial=state.step, desc=stage, unit="step", disable=not progress,
        smoothing=0.05,
    )  # fmt: skip

    def evaluate_and_save() -> None:
        loss = validation_loss(model, valid, processes=processes)
        figures: dict[str, float] = {}
        # Of a model that is divided among processes none has a whole one to try alone.
        if on_eval and processes.is_main and not (cfg.shard and processes.size > 1):
            figures = on_eval(state.step, model)
        model.train()
        files.record({"step": state.step, "valid_loss": loss, **figures})
        if state.best is None or loss < state.best:
            state.best = loss
            files.save_best()
        files.save()
        if progress:
            shown = "".join(f"   {name} {value:.3f}" for name, value in figures.items())
            bar.write(f"step {state.step:5d}   validation loss {loss:.3f}{shown}")

    with files, bar, _deferred_signals() as signals, _lost_process_told(processes, folder):
        if state.step == 0:
            evaluate_and_save()
        while state.step < cfg.steps:
            loss = train_step(
                parallel, loss_sum, optimizers, batches, state.step, cfg, machine, processes
            )
            state.step += 1
            rate = learning_rate(state.step - 1, cfg)
            files.record({"step": state.step, "loss": loss, "rate": rate})
            bar.update()
            bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
            if state.step % cfg.eval_every == 0 or state.step == cfg.steps:
                evaluate_and_save()
            # Several processes stop together: each learns here whether any of them is to stop.
            if processes.total(bool(signals))[0]:
                files.save()
                raise KeyboardInterrupt(
                    f"at step {state.step} of {cfg.steps}; all is kept in {folder}, "
                    "and the same command goes on from there"
                )
    model.eval()
    return state


def train_step(
    model: nn.Module,
    loss_sum: Callable[[nn.Module, Tensor, Tensor], Tensor],
    optimizers: Sequence[torch.optim.Optimizer],
    batches: Batches,
    step: int,
    cfg: TrainingConfig,
    machine: Machine,
    processes: Processes,
) -> float:
    """One optimizer step: the mean loss in nats over the learned tokens of its batch."""
    torch.manual_seed(cfg.seed * 1_000_003 + step + 7919 * processes.rank)  # dropout
    inputs, targets = batches.batch(range(step * cfg.batch_size, (step + 1) * cfg.batch_size))
    count = max(1, int((targets != IGNORE).sum()))  # of the whole batch: 8×1 = 4×2 = two processes
    rows = processes.rows_of(cfg.batch_size)
    loss = 0.0
    for first in range(rows.start, rows.stop, cfg.micro_batch):
        part = slice(first, min(first + cfg.micro_batch, rows.stop))
        with processes.without_sync(model, last=part.stop == rows.stop):
            with machine.autocast():
                x, y = inputs[part].to(machine.device), targets[part].to(machine.device)
                part_loss = loss_sum(model, x, y) / count
            # Processes exchange the mean of their gradients, and the sum is needed.
            (part_loss * processes.size).backward()
        loss += part_loss.item()
    (loss,) = processes.total(loss)
    norm = processes.full_tensor(
        torch.nn.utils.clip_grad_norm_(model.parameters(), cfg.clip)
    ).item()
    if not math.isfinite(loss) or not math.isfinite(norm):
        raise TrainingError(
            f"the loss is no longer a number at step {step + 1} (loss {loss}, gradient {norm}); "
            "the last checkpoint is kept. Start anew in another folder with a lower learning rate "
            f"than {cfg.learning_rate}"
        )
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, cfg)
        with machine.autocast():  # for the products of Muon
            optimizer.step()
    model.zero_grad()
    return loss


@contextmanager
def _deferred_signals() -> Iterator[list[int]]:
    """Within it Ctrl-C, SIGTERM and a closed terminal are only noted: a step is finished first."""
    noted: list[int] = []
    handlers = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None or (name == "SIGHUP" and signal.getsignal(number) == signal.SIG_IGN):
            continue  # Windows has none; nohup has asked to stay
        with suppress(ValueError):  # not in the main thread, where there is nothing to catch
            handlers[number] = signal.signal(number, lambda number, frame: noted.append(number))
    try:
        yield noted
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


@contextmanager
def _lost_process_told(processes: Processes, folder: Path) -> Iterator[None]:
    """Within it the end of another process is told in one sentence."""
    try:
        yield
    except (RuntimeError, ConnectionError) as error:
        if isinstance(error, TrainingError) or not processes.is_lost(error):
            raise
        raise TrainingError(
            f"one of the {processes.size} processes has ended, so none can go on; the last "
            f"checkpoint is kept in {folder}, and the same command goes on from there, "
            "with another number of processes if you like"
        ) from None
