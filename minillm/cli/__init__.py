"""The `minillm` command: its words and its errors; `minillm --help` lists what it does.

Built in 14.
"""

import errno
import os
import sys
import time
from contextlib import nullcontext, redirect_stdout, suppress

from ..runs.launch import from_torchrun
from . import classroom_commands, model_commands, training_commands
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
    "classroom": classroom_commands.run_classroom,
}

CAN_GO_ON = ("train", "pretrain", "sft")  # the same command goes on where it stopped


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
    command, is_follower, is_done = "", False, False
    try:
        parser = make_parser()
        args = parser.parse_args(argv)
        if args.command is None:
            parser.print_help()
            return 0
        command, is_follower = args.command, from_torchrun("RANK", 0) > 0
        from ..training import TrainingError

        try:
            with (
                open(os.devnull, "w") as nowhere,
                redirect_stdout(nowhere) if is_follower else nullcontext(),
            ):
                RUN[command](args)
            is_done = True
            sys.stdout.flush()
        except TrainingError as error:
            return _tell(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if is_done or command not in CAN_GO_ON:
            return 0  # `minillm … | head` has seen enough
        with suppress(OSError):  # standard error may go the same way
            print(
                "minillm: stopped: nobody reads the output; the same command goes on",
                file=sys.stderr,
                flush=True,
            )
        return 130
    except (ValueError, OSError) as error:
        if not is_follower:
            return _tell(error, goes_on=command in CAN_GO_ON and not is_done)
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
    try:
        sys.stdout.flush()
    except OSError:  # main has told it, and Python would once more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if os.environ.get("WORLD_SIZE", "1") != "1":
        # PyTorch's caches of a sharded model keep gloo's threads alive, and one that lets go of a
        # tensor while Python shuts down ends the process with SIGABRT, after all its work is done.
        with suppress(OSError):  # nobody may be reading any more
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _tell(error: Exception, goes_on: bool = False) -> int:
    text = str(error)
    if isinstance(error, OSError) and error.strerror:
        text = (f"{error.filename}: " if error.filename else "") + error.strerror
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None), errno.EFBIG):
            text += "; what was written before is kept"
            if goes_on:
                text += ", and once there is room the same command goes on"
    print(f"minillm: {' '.join(text.split())}", file=sys.stderr)
    return 2
