"""The loop: predict, compare, adjust; for pretraining and fine-tuning alike.

All that is random in step n follows from (seed, n), and a checkpoint holds weights, optimizer and step. So a run
that was stopped, even by `kill -9`, goes on as if it never had been. Built in 09, used again in 11.
"""

import ctypes
import math
import signal
import time
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F
from tqdm.auto import tqdm

from .checkpoint import Log, load_state, save_model, save_state, whole
from .data import IGNORE, Batches, TokenFile
from .model import QdogBabyLearnLLM
from .processes import Processes, processes


@dataclass(frozen=True)
class TrainingConfig:
    """One stage of training. Rows are packed sequences of T = context_size tokens."""

    steps: int = 1000
    batch_size: int = 32  # rows in one optimizer step
    micro_batch: int = 32  # rows in one forward pass; gradients add up until batch_size is reached
    learning_rate: float = 3e-3  # the highest, after warm-up
    final_rate: float = 0.1  # what the cosine ends at, as a share of learning_rate
    warmup: int = 100  # steps
    weight_decay: float = 0.1
    beta2: float = 0.95
    clip: float = 1.0  # the longest gradient that is followed in full
    eval_every: int = 200  # steps; a checkpoint is written as often
    seed: int = 0
    precision: str = "auto"  # auto | float32 | bfloat16
    compile: str = "auto"  # auto | yes | no
    device: str = "auto"  # auto | cpu | cuda | mps
    shard: bool = False  # several processes: share out the model as well (FSDP2), for one that does not fit

    def __post_init__(self):
        whole = {"steps": 1, "batch_size": 1, "micro_batch": 1, "eval_every": 1, "warmup": 0, "seed": 0}
        for name, least in whole.items():
            value = getattr(self, name)
            if type(value) is not int or value < least:
                raise ValueError(f"{name}={value!r} is not a whole number of at least {least}")
        above_0 = {"learning_rate": math.inf, "clip": math.inf, "beta2": 1}
        for name, below in (above_0 | {"final_rate": 2, "weight_decay": math.inf}).items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < below or (name in above_0 and value == 0):
                least = "above 0" if name in above_0 else "of at least 0"
                raise ValueError(f"{name}={value!r} is not a number {least}" + (f" and below {below}" if below < math.inf else ""))
        for name, accepted in (("precision", PRECISIONS), ("compile", ("auto", "yes", "no")), ("shard", (True, False))):
            if getattr(self, name) not in accepted:
                raise ValueError(f"{name}={getattr(self, name)!r} is not one of {', '.join(map(str, accepted))}")


PRECISIONS = ("auto", "float32", "bfloat16")


class TrainingError(RuntimeError):
    """Training can't go on; the message says why and what is kept."""


def token_loss(model: QdogBabyLearnLLM, inputs: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy in nats, summed over the targets that are not IGNORE. A sum, so that parts of a batch add up."""
    logits = model(inputs).float()  # (B, T, V); autocast leaves them in bfloat16, too coarse for a sum
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORE, reduction="sum")


def learning_rate(step: int, cfg: TrainingConfig) -> float:
    """Up in a line over `warmup` steps, then down along half a cosine to final_rate. Steps count from 0."""
    if step < cfg.warmup:
        return cfg.learning_rate * (step + 1) / cfg.warmup
    done = (step - cfg.warmup) / max(1, cfg.steps - cfg.warmup)
    return cfg.learning_rate * (cfg.final_rate + (1 - cfg.final_rate) * (1 + math.cos(math.pi * done)) / 2)


def make_optimizer(model: QdogBabyLearnLLM, cfg: TrainingConfig) -> torch.optim.AdamW:
    """AdamW; weight decay on matrices only, as biases, scales and shifts have no size to keep down."""
    matrices = [p for p in model.parameters() if p.dim() >= 2]
    vectors = [p for p in model.parameters() if p.dim() < 2]
    groups = [{"params": matrices, "weight_decay": cfg.weight_decay}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=cfg.learning_rate, betas=(0.9, cfg.beta2), fused=True)


@torch.no_grad()
def validation_loss(model: QdogBabyLearnLLM, batches: Batches, batch_size: int = 32) -> float:
    """Mean loss in nats per target over the whole validation file; 0.0 when there is none to learn.

    Several processes share the work, and all get the same number.
    """
    training, device, group = model.training, next(model.parameters()).device, processes()
    model.eval()
    total = count = 0
    pieces = batches.one_pass(batch_size)
    while together := list(islice(pieces, group.size)):  # all go through the model equally often, as they may share it
        inputs, targets = together[min(group.rank, len(together) - 1)]
        loss = token_loss(model, inputs.to(device), targets.to(device)).item()
        if group.rank < len(together):
            total, count = total + loss, count + int((targets != IGNORE).sum())
    model.train(training)
    total, count = group.total(total, count)
    return total / max(1, count)


@dataclass(frozen=True)
class Machine:
    """What a run uses: device, arithmetic, and whether the model is compiled."""

    device: str
    precision: str
    compiled: bool

    def __str__(self) -> str:
        how = "compiled" if self.compiled else "not compiled"
        threads = f", {torch.get_num_threads()} threads" if self.device == "cpu" else ""
        return f"{self.device}{threads}, {self.precision}, {how} (--device, --precision and --compile override)"

    def autocast(self):
        return torch.autocast(self.device, torch.bfloat16) if self.precision == "bfloat16" else nullcontext()


def choose_machine(cfg: TrainingConfig) -> Machine:
    """Take what the machine does well: bfloat16 where the processor multiplies it, compilation on a GPU."""
    device = cfg.device
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    try:
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError):
        raise ValueError(f"device={device!r} is not here; this machine has {', '.join(devices())}") from None
    precision = cfg.precision
    if precision == "auto":
        fast = {"cpu": bfloat16_pays, "cuda": torch.cuda.is_bf16_supported}.get(device, lambda: False)()
        precision = "bfloat16" if fast else "float32"
    # On a CPU a run of minutes gains about as much from compiling as the compiling takes; many have no compiler.
    return Machine(device, precision, cfg.compile == "yes" or (cfg.compile == "auto" and device == "cuda"))


@cache
def bfloat16_pays() -> bool:
    """Whether this processor multiplies bfloat16 at least twice as fast as float32.

    Tried and not looked up: some processors have the instructions and gain nothing. Those that gain do so four-fold,
    those that don't stand at one, so the answer is the same each time.
    """
    rates = []
    for dtype in (torch.float32, torch.bfloat16):
        a, b = torch.ones(512, 512, dtype=dtype), torch.ones(512, 512, dtype=dtype)
        times = []
        for _ in range(8):
            start = time.perf_counter()
            a @ b
            times.append(time.perf_counter() - start)
        rates.append(1 / min(times))
    return rates[1] > 2 * rates[0]


def devices() -> list[str]:
    """The devices that are here."""
    return ["cpu"] + ["cuda"] * torch.cuda.is_available() + ["mps"] * torch.backends.mps.is_available()


def keep_freed_memory() -> None:
    """Ask the C library (glibc) to keep large blocks that were freed: each step wants the same ones again.

    Otherwise it gives them back, and every step has its activations zeroed by the kernel anew: a fifth of its time.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library: nothing to ask
        return
    M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
    mallopt(M_MMAP_THRESHOLD, 1 << 30)
    mallopt(M_TRIM_THRESHOLD, (1 << 31) - 1)


@contextmanager
def _stop_request():
    """Within it, Ctrl-C and a polite kill only ask: the yielded list holds the signal, and the step is finished."""
    asked: list[int] = []
    kept = {}
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            kept[name] = signal.signal(name, lambda number, frame: asked.append(number))
        except ValueError:  # not the main thread: nothing to catch
            pass
    try:
        yield asked
    finally:
        for name, handler in kept.items():
            signal.signal(name, handler)


@contextmanager
def _others_alive(group: Processes, folder: Path):
    """Within it, the end of another process is said in a clear word."""
    try:
        yield
    except TrainingError:
        raise
    except (RuntimeError, ConnectionError) as error:
        if group.size == 1 or not (isinstance(error, ConnectionError) or any(word in str(error) for word in ("Connection", "connection", "timed out", "NCCL"))):
            raise
        raise TrainingError(
            f"one of the {group.size} processes has ended, so none can go on; the last checkpoint is kept in {folder}, "
            "and the same command goes on from there, with another number of processes if you like"
        ) from None


def train(
    model: QdogBabyLearnLLM,
    train_file: TokenFile,
    valid_file: TokenFile,
    pad_id: int,
    cfg: TrainingConfig,
    folder: Path,
    resume: bool = False,
    progress: bool = True,
    on_eval: Callable[[int, QdogBabyLearnLLM], dict] | None = None,
    stage: str = "training",
) -> dict:
    """Train `model` in place for cfg.steps; the folder gets model.safetensors (best), last.safetensors and log.jsonl.

    `on_eval(step, model)` may add figures to the log. Returns the last state: step, best validation loss, seconds.
    Ctrl-C saves and raises KeyboardInterrupt; a loss that is no number raises TrainingError. In several processes
    (`processes.joined`) each takes its rows of every batch, rank 0 writes, and one that ends raises TrainingError in the others.
    """
    machine, group = choose_machine(cfg), processes()
    group.share(cfg.batch_size)  # refuses a batch that can't be shared out before anything is written
    keep_freed_memory()
    parallel = group.wrap(model.train(), machine.device, cfg.shard)
    optimizer = make_optimizer(model, cfg)
    state = {"step": 0, "best": None, "seconds": 0.0}
    if resume:
        state |= load_state(folder, model, optimizer, cfg)
    group.wait()  # until all have read what rank 0 will write over
    log = Log(folder / "log.jsonl", state["step"]) if group.first else None
    context = model.cfg.context_size
    batches = Batches(train_file, context, pad_id, cfg.seed)
    valid = Batches(valid_file, context, pad_id, shuffle=False)
    loss_sum = torch.compile(token_loss) if machine.compiled else token_loss
    progress = progress and group.first
    bar = tqdm(total=cfg.steps, initial=state["step"], desc=stage, unit="step", disable=not progress, smoothing=0.05)

    def write(line: dict) -> None:
        if log:
            log.write(line)

    def evaluate_and_save(step: int) -> None:
        loss = validation_loss(model, valid)
        shared = cfg.shard and group.size > 1  # then none has a whole model to try alone
        extra = on_eval(step, model) if on_eval and group.first and not shared else {}
        model.train()
        write({"step": step, "valid_loss": loss, **extra})
        if state["best"] is None or loss < state["best"]:
            state["best"] = loss
            save_model(folder, model, write=group.first)
        save(step)
        if progress:
            bar.write(f"step {step:5d}   validation loss {loss:.3f}" + "".join(f"   {k} {v:.3f}" for k, v in extra.items() if isinstance(v, float)))

    def save(step: int) -> None:
        now = time.monotonic()
        state.update(step=step, seconds=state["seconds"] + now - clock[0])
        clock[0] = now
        save_state(folder, model, optimizer, cfg, state, write=group.first)
        group.wait()  # so that nobody leaves before all is on the disk

    clock = [time.monotonic()]
    with bar, _stop_request() as asked, _others_alive(group, folder):
        if state["step"] == 0:
            evaluate_and_save(0)
        for step in range(state["step"], cfg.steps):
            loss, stop = _step(parallel, loss_sum, optimizer, batches, step, cfg, machine, group, bool(asked))
            stop = stop or (group.size == 1 and bool(asked))  # several can only stop where all of them know of it
            done = step + 1
            write({"step": done, "loss": loss, "rate": learning_rate(step, cfg)})
            bar.update()
            bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
            if done % cfg.eval_every == 0 or done == cfg.steps:
                evaluate_and_save(done)
            elif stop:
                save(done)
            if stop and done < cfg.steps:
                raise KeyboardInterrupt(f"at step {done} of {cfg.steps}; all is kept in {folder}, and the same command goes on from there")
    if log:
        log.close()
    model.eval()
    return state


def _step(
    model, loss_sum, optimizer, batches: Batches, step: int, cfg: TrainingConfig, machine: Machine, group: Processes, asked: bool
) -> tuple[float, bool]:
    """One optimizer step: the mean loss over the tokens of its batch, and whether any process was asked to stop."""
    torch.manual_seed(cfg.seed * 1_000_003 + step + 7919 * group.rank)  # dropout
    inputs, targets = batches.batch(range(step * cfg.batch_size, (step + 1) * cfg.batch_size))
    count = max(1, int((targets != IGNORE).sum()))  # of the whole batch: 8×1 = 4×2 = two processes
    total, mine = 0.0, group.share(cfg.batch_size)
    for i in range(mine.start, mine.stop, cfg.micro_batch):
        part = slice(i, min(i + cfg.micro_batch, mine.stop))
        with group.without_sync(model, last=part.stop == mine.stop):
            with machine.autocast():
                loss = loss_sum(model, inputs[part].to(machine.device), targets[part].to(machine.device)) / count
            (loss * group.size).backward()  # times size, as the exchange takes the mean and a sum is wanted
        total += loss.item()
    total, stop = group.total(total, asked)
    norm = whole(torch.nn.utils.clip_grad_norm_(model.parameters(), cfg.clip)).item()
    if not math.isfinite(total) or not math.isfinite(norm):
        raise TrainingError(
            f"the loss is no longer a number at step {step + 1} (loss {total}, gradient {norm}); the last checkpoint is kept. "
            f"Start anew in another folder with a lower learning rate than {cfg.learning_rate}"
        )
    for matrices_or_vectors in optimizer.param_groups:
        matrices_or_vectors["lr"] = learning_rate(step, cfg)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return total, bool(stop)
