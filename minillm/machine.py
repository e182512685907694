"""What a run computes with: device, precision, compiler; alone or as one of several processes.

Not here: how several processes talk, which is `runs.processes`, imported only where there are
several; and what a resumed run keeps: `training.train` fixes its precision. Built in 10 and 14.
"""

import ctypes
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor, nn

from .model import QdogBabyLearnLLM

PRECISIONS = ("auto", "float32", "bfloat16")
COMPILE = ("auto", "yes", "no")


@dataclass(frozen=True)
class Machine:
    """What a run uses: device, arithmetic, and whether the model is compiled."""

    device: str
    precision: str
    compiled: bool

    def __str__(self) -> str:
        compiled = "compiled" if self.compiled else "not compiled"
        threads = f", {torch.get_num_threads()} threads" if self.device == "cpu" else ""
        return (
            f"{self.device}{threads}, {self.precision}, {compiled} "
            "(--device, --precision and --compile override)"
        )

    def autocast(self) -> AbstractContextManager[object]:
        """Within it matrix products are in the precision of the run."""
        if self.precision == "bfloat16":
            return torch.autocast(self.device.partition(":")[0], torch.bfloat16)
        return nullcontext()


def choose_machine(
    device: str = "auto", precision: str = "auto", compile_model: str = "auto"
) -> Machine:
    """What is wanted, and for "auto" what the machine does well.

    bfloat16 where it is fast, compilation on a GPU. ValueError for a device that is not there.
    """
    if device == "auto":
        device = devices()[-1]
    kind, _, _ = device.partition(":")
    try:
        if kind not in devices():
            raise RuntimeError
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError):
        raise ValueError(
            f"device={device!r} is not there; this machine has {', '.join(devices())}"
        ) from None
    if precision == "auto":
        precision = "bfloat16" if _bfloat16_is_fast(kind) else "float32"
    # On a CPU a run of minutes gains about what compiling costs, and many have no compiler.
    compiled = compile_model == "yes" or (compile_model == "auto" and kind == "cuda")
    if compile_model == "yes" and kind == "cpu" and not shutil.which(os.environ.get("CXX", "g++")):
        raise ValueError("compile='yes' needs a C++ compiler (g++), which is not there; use 'no'")
    return Machine(device, precision, compiled)


def cpu_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def devices() -> list[str]:
    """The kinds of device that are there, the fastest last."""
    found = ["cpu"]
    if torch.backends.mps.is_available():
        found.append("mps")
    if torch.cuda.is_available():
        found.append("cuda")
    return found


def _bfloat16_is_fast(kind: str) -> bool:
    if kind == "cpu":
        return bfloat16_pays()
    return kind == "cuda" and torch.cuda.is_bf16_supported()


@cache
def bfloat16_pays() -> bool:
    """Whether this processor multiplies bfloat16 half as fast again as float32.

    Measured and not looked up: some processors have the instructions and gain nothing. Those that
    gain do so two- to four-fold, the others stand at one, so the answer is the same each time.
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
    return rates[1] > 1.5 * rates[0]


def measured_tflops(machine: Machine, size: int = 1024) -> float:
    """The rate of matrix products here in 10^12 operations a second: the best of a few."""
    dtype = torch.bfloat16 if machine.precision == "bfloat16" else torch.float32
    a = torch.ones(size, size, dtype=dtype, device=machine.device)
    seconds = []
    for _ in range(8):
        start = time.perf_counter()
        (a @ a)[0, 0].item()  # waits for a GPU, too
        seconds.append(time.perf_counter() - start)
    return 2 * size**3 / min(seconds) / 1e12


def keep_freed_memory() -> None:
    """Ask the C library (glibc) to keep large blocks that were freed: each step needs them again.

    Otherwise it returns them, and the kernel zeroes the activations of every step anew: a fifth
    of its time.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library: nothing to ask
        return
    M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
    mallopt(M_MMAP_THRESHOLD, 1 << 30)
    mallopt(M_TRIM_THRESHOLD, (1 << 31) - 1)


@dataclass(frozen=True)
class Processes:
    """The processes of a run, seen from one of them: here it is alone, and nothing costs anything.

    `rank` counts from 0 to size - 1. Only rank 0 writes and prints.
    `runs.processes.DistributedProcesses` has the same methods for several.
    """

    rank: int = 0
    size: int = 1

    @property
    def is_main(self) -> bool:
        return self.rank == 0

    def rows_of(self, batch_size: int) -> range:
        """This process's rows of a batch; ValueError if they can't be divided evenly."""
        if batch_size % self.size:
            raise ValueError(f"batch_size={batch_size} is not divisible by {self.size} processes")
        count = batch_size // self.size
        return range(self.rank * count, (self.rank + 1) * count)

    def total(self, *numbers: float) -> list[float]:
        """Each number, summed over all processes; the same bits in all of them."""
        return list(numbers)

    def wait(self) -> None:
        """Return when all processes are here."""

    @contextmanager
    def main_first(self) -> Iterator[None]:
        """The body runs in rank 0 first, and in the others when that is done."""
        if not self.is_main:
            self.wait()
        yield
        if self.is_main:
            self.wait()

    def wrap(self, model: QdogBabyLearnLLM, device: str, shard: bool = False) -> nn.Module:
        """The model on its device, its gradients averaged over the processes.

        With `shard` each process keeps a part of every weight. The parameters may be other objects
        afterwards, so the optimizer is made after this.
        """
        return model.to(device)

    def without_sync(self, model: nn.Module, last: bool) -> AbstractContextManager[object]:
        """Around forward and backward of a micro-batch: gradients are exchanged after the last."""
        return nullcontext()

    def full_tensor(self, t: Tensor) -> Tensor:
        """The whole of a tensor of which each process may keep a part; all must call it."""
        return t

    def gather(self, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        """Whole copies of tensors on the CPU in rank 0, nothing in the others; all must call it."""
        return {name: t.detach().cpu().contiguous() for name, t in tensors.items()}

    def copy(self, into: Tensor, value: Tensor) -> None:
        """Copy a whole tensor into one that the processes may share out."""
        into.copy_(value)

    def is_lost(self, error: Exception) -> bool:
        """Whether this error means that another process has ended."""
        return False
