"""One run in several processes, which `torchrun` starts: each reads its rows of every batch.

    torchrun --nproc-per-node 2 -m minillm pretrain --out runs/two

This module is imported only there; alone, `machine.Processes` stands for it. Built in 14.
"""

import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch.distributed.tensor import DTensor, distribute_tensor
from torch.nn.parallel import DistributedDataParallel

from ..machine import Processes, cpu_cores
from ..model import QdogBabyLearnLLM
from .launch import from_torchrun


@dataclass(frozen=True)
class DistributedProcesses(Processes):
    """One of several processes that have joined a group of `torch.distributed`."""

    def total(self, *numbers: float) -> list[float]:
        device = "cuda" if dist.get_backend() == "nccl" else "cpu"
        sums = torch.tensor(numbers, dtype=torch.float64, device=device)
        try:
            dist.all_reduce(sums)
        except RuntimeError as error:
            reason = str(error).splitlines()[0]
            raise ConnectionError(
                f"another of the {self.size} processes has ended or does not answer: {reason}"
            ) from None
        return sums.tolist()

    def wait(self) -> None:
        self.total(0.0)

    def wrap(self, model: QdogBabyLearnLLM, device: str, shard: bool = False) -> nn.Module:
        """The model with PyTorch's data parallelism around it, or with `shard` its FSDP2.

        With FSDP2 each process keeps its part of every weight, gradient and optimizer moment, and
        a block is whole only while it computes.
        """
        if shard:
            # It warns that logits changed in place would get wrong gradients; nothing here does so.
            warnings.filterwarnings("ignore", "FSDP2-wrapped module")
            mesh = init_device_mesh(device, (self.size,))
            for block in model.blocks:
                fully_shard(block, mesh=mesh)
            fully_shard(model, mesh=mesh)
            return model
        local = [from_torchrun("LOCAL_RANK", 0)] if device == "cuda" else None
        return DistributedDataParallel(model.to(device), device_ids=local)

    def without_sync(self, model: nn.Module, last: bool) -> AbstractContextManager[object]:
        """A sharded model exchanges each time: no process has room for whole gradients."""
        if isinstance(model, DistributedDataParallel) and not last:
            return model.no_sync()
        return nullcontext()

    def full_tensor(self, t: Tensor) -> Tensor:
        return t.full_tensor() if isinstance(t, DTensor) else t

    def gather(self, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        gathered = {}
        for name, t in tensors.items():
            if self.is_main:
                gathered[name] = self.full_tensor(t).detach().cpu().contiguous()
            elif isinstance(t, DTensor):
                t.full_tensor()  # rank 0 needs this part
        return gathered

    def copy(self, into: Tensor, value: Tensor) -> None:
        if isinstance(into, DTensor):
            value = distribute_tensor(value.to(into.device), into.device_mesh, into.placements)
        into.copy_(value)

    def is_lost(self, error: Exception) -> bool:
        """gloo tells of a lost process only in the words of a RuntimeError."""
        if isinstance(error, (ConnectionError, dist.DistError)):
            return True
        words = ("Connection", "connection", "timed out", "NCCL")
        return any(word in str(error) for word in words)


@contextmanager
def join_processes(device: str = "auto") -> Iterator[DistributedProcesses]:
    """Join the group that torchrun has started; leave it at the end.

    Each process has a GPU of its own, or its share of the cores. ValueError where there are fewer
    GPUs than processes.
    """
    if ":" in device:
        raise ValueError(f"--device {device}: each process has a GPU of its own; use --device cuda")
    here = from_torchrun("LOCAL_WORLD_SIZE", 1)
    on_gpu = device == "cuda" or (device == "auto" and torch.cuda.is_available())
    if on_gpu:
        if here > torch.cuda.device_count():
            raise ValueError(
                f"{here} processes need a GPU each, and {torch.cuda.device_count()} are here; "
                "start fewer, or use --device cpu"
            )
        torch.cuda.set_device(from_torchrun("LOCAL_RANK", 0))
    else:
        torch.set_num_threads(max(1, cpu_cores() // here))
    dist.init_process_group("nccl" if on_gpu else "gloo", timeout=timedelta(hours=2))
    try:
        yield DistributedProcesses(dist.get_rank(), dist.get_world_size())
    finally:
        dist.destroy_process_group()
