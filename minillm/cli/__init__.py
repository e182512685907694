"""The `minillm` command: its words and its errors; `minillm --help` lists what it does.

Built in 13.
"""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout, suppress

from . import model_commands, training_commands
from .arguments import make_parser

RUN = {
    "train": training_commands.run_train,
    "tokenizer": training_commands.run_tokenizer,
    "pretrain": training_commands.run_pretrain,
    "sft": training_commands.run_sft,
    "plan": training_commands.run_plan,
    "evaluate": model_commands.run_evaluate,
    "generate": model_commands.run_generate,
    "chat": model_commands.run_chat,
    "info": model_commands.run_info,
    "export": model_commands.run_export,
    "import": model_commands.run_import,
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code.

    0, 2 for a value that can't be used, 130 after Ctrl-C.
    """
    # Before torch is imported: threads that wait would spin, and several runs on one machine
    # would take each other's time (benchmarks/bench_sharing.py).
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    for out in (sys.stdout, sys.stderr):
        if hasattr(out, "reconfigure"):
            out.reconfigure(encoding="utf-8", errors="replace")  # Windows' own have no Chinese
    try:
        parser = make_parser()
        args = parser.parse_args(argv)
        if args.command is None:
            parser.print_help()
            return 0
        from ..training import TrainingError

        try:
            with _only_rank_0_prints():
                RUN[args.command](args)
        except TrainingError as error:
            return _tell(error)
    except BrokenPipeError:  # `minillm … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, OSError) as error:
        if not _is_follower():
            return _tell(error)
        time.sleep(1)  # torchrun ends all when one ends, and rank 0, which met the same, speaks
        return 2
    except (MemoryError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and "memory" not in str(error).lower():
            raise
        cure = "a smaller --micro-batch needs less, and so does a smaller model"
        print(f"minillm: there is not enough memory; {cure}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as stop:
        print(f"\nminillm: stopped{f' {stop}' if str(stop) else ''}", file=sys.stderr)
        return 130
    return 0


def command() -> None:
    """The `minillm` command: `main`, and the end of the process."""
    code = main()
    if int(os.environ.get("WORLD_SIZE", 1)) > 1:
        # PyTorch's caches of a sharded model keep gloo's threads alive, and one that lets go of a
        # tensor while Python shuts down ends the process with SIGABRT, after all its work is done.
        with suppress(OSError):  # nobody may be reading any more
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _tell(error: Exception) -> int:
    text = str(error)
    if isinstance(error, OSError) and error.strerror:
        text = (f"{error.filename}: " if error.filename else "") + error.strerror
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None), errno.EFBIG):
            text += (
                "; what was written before is kept, and once there is room the same command goes on"
            )
    print(f"minillm: {' '.join(text.split())}", file=sys.stderr)
    return 2


def _is_follower() -> bool:
    """Whether torchrun has started this process as another than rank 0."""
    return int(os.environ.get("RANK", 0)) > 0


@contextmanager
def _only_rank_0_prints() -> Iterator[None]:
    with (
        open(os.devnull, "w") as nowhere,
        redirect_stdout(nowhere) if _is_follower() else nullcontext(),
    ):
        yield
