"""Untrusted code in a process of its own: out of reach of everything else, and ended in time.

What it can reach, `walls` says. This file watches from outside: time, memory and number of all its
processes; of what it prints the beginning is kept; at the end all of them are ended. Where the
system has no namespaces (macOS, Windows, some containers), `weakness` says what is not prevented.
Not here: what is run and whether it is right (`answers`, `marks`).
"""

import base64
import json
import os
import queue
import shutil
import signal
import site
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from types import TracebackType

import psutil  # type: ignore[import-untyped]

from .walls import Channel

WALLS = Path(__file__).with_name("walls.py")
PACKAGE = Path(__file__).parents[1]
ENDED = "The program ended by itself, before it had answered."
KEPT = 20_000  # bytes of what is printed
MESSAGE = 64 << 20  # bytes of the longest answer
START = 120  # seconds for Python and the packages, on a slow disk
LOOKS = 10  # at the processes, in a second


@dataclass(frozen=True)
class Limits:
    """What a program may use: seconds, bytes, and numbers of processes."""

    seconds: float = 60.0  # from when its program begins
    cpu_seconds: int = 120  # of each process, its start included
    memory: int = 3 << 30
    processes: int = 16
    file_size: int = 50 << 20
    disk: int = 256 << 20  # of its folder; kept where there are namespaces


class StoppedError(Exception):
    """The code in the sandbox is no longer there; the message is a sentence that says why."""


class Sandbox:
    """A program in a process that can harm nobody, within `with`; it talks in messages of bytes.

    It starts at once, and `with` or `ready` waits for it. `program` is Python's source; it finds a
    `walls.Channel` by the name `channel`, and `files` in its folder. `modules` are imported before
    the limits hold. Messages from it are never trusted.
    """

    def __init__(
        self,
        program: str,
        files: Mapping[str, bytes] | None = None,
        limits: Limits | None = None,
        modules: Sequence[str] = (),
        namespaces: bool | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.namespaces = not weakness() if namespaces is None else namespaces
        self.output = b""
        self.trouble = ""
        self._folder = tempfile.mkdtemp(prefix="minillm-")
        self._messages: queue.Queue[bytes | None] = queue.Queue(maxsize=1)
        self._closed = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-u", "-X", "utf8", str(WALLS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            cwd=self._folder,
            start_new_session=True,
        )
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._drain, self._receive)
        ]
        for thread in self._threads:
            thread.start()
        visible = _visible()
        settings = {
            "program": program,
            "files": {k: base64.b64encode(v).decode() for k, v in (files or {}).items()},
            "modules": list(modules),
            "namespaces": self.namespaces,
            "folder": self._folder,
            "visible": visible,
            "paths": [*_packages(), str(PACKAGE.parent)],
            **asdict(self.limits),
        }
        self._is_ready = False
        self._ends = time.monotonic() + START
        try:
            self.tell(json.dumps(settings).encode())
        except BaseException:
            self.close()
            raise

    def ready(self) -> "Sandbox":
        """Wait until its program begins, and its time with it; StoppedError if it does not."""
        if self._is_ready:
            return self
        try:
            self._ends = time.monotonic() + START  # it may have waited long to be used
            said = json.loads(self.hear(START))
            if isinstance(said, str):
                raise StoppedError(f"The sandbox could not be made: {said}.")
        except BaseException:
            self.close()
            raise
        self._is_ready = True
        self._ends = time.monotonic() + self.limits.seconds
        watch = threading.Thread(target=self._watch, args=(said,), daemon=True)
        self._threads.append(watch)
        watch.start()
        return self

    def __enter__(self) -> "Sandbox":
        return self.ready()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        return not self.trouble and not self._closed.is_set() and self._process.poll() is None

    def tell(self, message: bytes) -> None:
        """Send it a message; StoppedError if it has ended."""
        assert self._process.stdin is not None
        try:
            Channel(-1, self._process.stdin.fileno()).write(message)
        except (OSError, ValueError):
            self._stop(ENDED)
            raise StoppedError(self.trouble) from None

    def hear(self, seconds: float) -> bytes:
        """Its next message, which may be anything; StoppedError if none comes in time."""
        until = min(time.monotonic() + seconds, self._ends)
        try:
            message = self._messages.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            self._stop(f"The program was stopped after {seconds:g} seconds.")
            message = None
        if message is None:
            self._stop(self._how_it_ended())
            raise StoppedError(self.trouble)
        return message

    def close(self) -> None:
        """End all that the program has started, and remove its folder."""
        self._closed.set()
        self._end_all()
        for thread in self._threads:
            thread.join(timeout=5)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        shutil.rmtree(self._folder, ignore_errors=True)

    def _how_it_ended(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            code = self._process.wait(timeout=5)
            if code in (-24, 128 + 24):  # SIGXCPU
                most = self.limits.cpu_seconds
                return f"The program took more than {most} seconds of the processor."
        return ENDED

    def _stop(self, why: str) -> None:
        self.trouble = self.trouble or why
        self._end_all()

    def _family(self) -> list[psutil.Process]:
        """What the program has started, without the two that wait for it."""
        with suppress(psutil.Error):
            return list(psutil.Process(self._process.pid).children(recursive=True))
        return []

    def _watch(self, at_start: int) -> None:
        """End the program when time is up, or if it takes too much memory: more than allowed and
        `at_start` bytes of Python and the packages, which are 0 where the system does not say."""
        waiting = (1 if hasattr(os, "fork") else 0) + (1 if self.namespaces else 0)
        while not self._closed.wait(1 / LOOKS) and self._process.poll() is None:
            family, size = self._family(), 0
            for process in family:
                with suppress(psutil.Error):
                    size += process.memory_info().rss
            at_start = at_start or size
            if len(family) - waiting + 1 > self.limits.processes:
                self._stop(f"The program started more than {self.limits.processes} processes.")
            elif size > self.limits.memory + at_start:
                self._stop(
                    f"The program used more than {self.limits.memory / (1 << 30):.1f} GB of memory."
                )
            elif time.monotonic() > self._ends:
                self._stop(f"The program was stopped after {self.limits.seconds:g} seconds.")

    def _end_all(self) -> None:
        """Kill the process, whose namespace dies with it; without one, whatever is found."""
        for _ in range(1 if self.namespaces else 5):  # those may start others meanwhile
            family = self._family()
            if hasattr(os, "killpg"):
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            for process in family:
                with suppress(psutil.Error):
                    process.kill()
            with suppress(OSError):
                self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=10)

    def _drain(self) -> None:
        """Read what is printed to the end, so that it never waits, and keep the beginning."""
        assert self._process.stderr is not None
        with suppress(OSError, ValueError):
            while part := os.read(self._process.stderr.fileno(), 1 << 16):
                self.output += part[: KEPT - len(self.output)]

    def _receive(self) -> None:
        assert self._process.stdout is not None
        channel = Channel(self._process.stdout.fileno(), -1)
        with suppress(OSError, ValueError, EOFError):
            while True:
                size = int.from_bytes(channel.exactly(8), "big")
                if size > MESSAGE:
                    self._stop(f"The program's answer is longer than {MESSAGE >> 20} MB.")
                    break
                self._put(channel.exactly(size))
        self._put(None)

    def _put(self, message: bytes | None) -> None:
        while not self._closed.is_set():
            with suppress(queue.Full):
                self._messages.put(message, timeout=0.2)
                return


@cache
def weakness() -> str:
    """What the sandbox does not prevent on this system, in a sentence; "" if it has all walls."""
    if sys.platform == "linux":
        try:
            with Sandbox("", limits=replace(Limits(), seconds=5), namespaces=True):
                pass
            return ""
        except StoppedError as error:
            if not str(error).startswith("The sandbox could not be made: "):
                raise ValueError(f"the sandbox could not be tried; do it again ({error})") from None
            why = str(error).partition(": ")[2].rstrip(".")
    else:
        why = "no namespaces here"
    return (
        "On this system the sandbox is weaker: files, processes and the network are guarded by "
        f"Python itself, which stops accidents but not an attack ({why})."
    )


def _packages() -> list[str]:
    """Folders of installed packages; not the others of `sys.path`, which may hold anything."""
    places = [*site.getsitepackages(), site.getusersitepackages(), *sys.path]
    names = ("site-packages", "dist-packages")
    found = [str(Path(place)) for place in places if Path(place).name in names]
    return [place for place in dict.fromkeys(found) if Path(place).is_dir()]


def _visible() -> list[str]:
    """What the program may read: Python, the packages, `minillm`."""
    folders = [sys.prefix, sys.base_prefix, sys.exec_prefix, *_packages(), str(PACKAGE)]
    both = [path for folder in folders for path in (folder, os.path.realpath(folder))]
    return [path for path in dict.fromkeys(both) if len(Path(path).parts) > 1]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LANG") if name in os.environ}
    paths = {"PATH": os.defpath, "USER": "student", "MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1"}
    return kept | paths | {"PYTHONDONTWRITEBYTECODE": "1", "TORCHINDUCTOR_CACHE_DIR": "/tmp"}
