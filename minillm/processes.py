"""One run in several processes, which `torchrun` starts: each reads its rows of every batch, and all step alike.

    torchrun --nproc-per-node 2 -m minillm pretrain --out runs/two

Without torchrun everything here is one process, and costs nothing. Built in 13.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch.nn.parallel import DistributedDataParallel


@dataclass(frozen=True)
class Processes:
    """Who I am among how many: `rank` from 0 to size - 1. Only rank 0 writes and speaks."""

    rank: int = 0
    size: int = 1

    @property
    def first(self) -> bool:
        return self.rank == 0

    def share(self, rows: int) -> range:
        """My rows of a batch; ValueError if they can't be shared out evenly."""
        if rows % self.size:
            raise ValueError(f"batch_size={rows} is not divisible by {self.size} processes")
        each = rows // self.size
        return range(self.rank * each, (self.rank + 1) * each)

    def total(self, *numbers: float) -> list[float]:
        """Each number, summed over all processes; the same bits in all of them."""
        if self.size == 1:
            return list(numbers)
        device = "cuda" if dist.get_backend() == "nccl" else "cpu"
        sums = torch.tensor(numbers, dtype=torch.float64, device=device)
        try:
            dist.all_reduce(sums)
        except RuntimeError as error:
            raise ConnectionError(f"another of the {self.size} processes has ended or does not answer: {str(error).splitlines()[0]}") from None
        return sums.tolist()

    def wait(self) -> None:
        """Go on when all are here."""
        self.total(0.0)

    def wrap(self, model: nn.Module, device: str, shard: bool = False) -> nn.Module:
        """The model on its device, with PyTorch's data parallelism around it: its gradients become the mean over the processes.

        With `shard` (FSDP2) each process keeps its part of every weight, gradient and optimizer mean, and a block is whole only
        while it works. The model's parameters are other ones afterwards, so the optimizer is made after this.
        """
        if self.size == 1:
            return model.to(device)
        if shard:
            # It warns that logits changed in place would get wrong gradients; nothing here changes them in place.
            warnings.filterwarnings("ignore", "FSDP2-wrapped module")
            mesh = init_device_mesh(device, (self.size,))
            for block in model.blocks:
                fully_shard(block, mesh=mesh)
            return fully_shard(model, mesh=mesh)
        return DistributedDataParallel(model.to(device), device_ids=[int(os.environ["LOCAL_RANK"])] if device == "cuda" else None)

    def without_sync(self, model: nn.Module, last: bool):
        """Around forward and backward of a micro-batch: gradients are exchanged after the last only.

        A shared model exchanges them each time, as nobody has room for whole ones.
        """
        return model.no_sync() if isinstance(model, DistributedDataParallel) and not last else nullcontext()


def processes() -> Processes:
    """The group this process is in."""
    return Processes(dist.get_rank(), dist.get_world_size()) if dist.is_available() and dist.is_initialized() else Processes()


@contextmanager
def joined() -> Iterator[Processes]:
    """Join the group that torchrun has started, if it has; leave it at the end."""
    if int(os.environ.get("WORLD_SIZE", 1)) == 1:
        yield Processes()
        return
    if torch.cuda.is_available():
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    else:
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // int(os.environ.get("LOCAL_WORLD_SIZE", 1))))
    dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo", timeout=timedelta(hours=2))
    try:
        yield processes()
    finally:
        dist.destroy_process_group()


@contextmanager
def leading(group: Processes) -> Iterator[None]:
    """The body runs in rank 0 first, and in the others when that is done."""
    if not group.first:
        group.wait()
    yield
    if group.first:
        group.wait()
