"""A learner's answer under supervision: what goes wrong becomes a sentence, and nothing hangs.

Not here: what the right answer is; each notebook's checks know that. Used in all notebooks.
"""

import _thread
import copy
import ctypes
import signal
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import wraps
from typing import Any

SECONDS = 10  # for a whole check; the slowest solution takes one
Check = Callable[[Callable[..., Any]], str]


def checked(check: Check) -> Check:
    """A check that always ends with a sentence. Used in all notebooks.

    `check(answer)` calls the learner's function and returns what it finds. Around it: an answer
    that raises, takes more than SECONDS or changes what it was given gets a sentence that says so,
    unless the check has caught the error itself.
    """

    @wraps(check)
    def safe(answer: Callable[..., Any]) -> str:
        watched = _Watched(answer)
        try:
            with _Deadline() as deadline:
                verdict = check(watched)
        except KeyboardInterrupt:
            if not deadline.passed:
                raise
            return f"This does not end: it was stopped after {SECONDS} seconds."
        except Exception as error:
            if error is watched.error:
                return _told(error)
            returned = type(watched.returned).__name__
            return f"This gives a {returned} that can't be compared with the right answer: {error}"
        if watched.changed and verdict.startswith("Right"):
            return f"Right, but it changes {watched.changed}, which it was given: work on a copy."
        return verdict

    return safe


def _told(error: Exception) -> str:
    line = traceback.extract_tb(error.__traceback__)[-1]
    where = f", at `{line.line}`" if line.line else ""
    return f"Your function stops with {type(error).__name__}: {error}{where}."


def shape_of(value: Any) -> str:
    """The shape of a tensor, or what a value is instead. Used in the checks."""
    shape = getattr(value, "shape", None)
    return f"a {type(value).__name__}" if shape is None else str(tuple(shape))


def another_example(
    answer: Callable[..., Any], right: Callable[..., Any], *examples: Sequence[Any]
) -> str:
    """What is wrong with an answer to the first of the examples that it gets wrong; "" if none.

    Each example holds the arguments of a call; `right` gives what should come out. The type of the
    numbers may differ. Used in the checks, so that no answer fits one example only.
    """
    for arguments in examples:
        want, got = right(*copy.deepcopy(arguments)), answer(*arguments)
        if not _alike(got, want):
            asked = ", ".join(_shown(a) for a in arguments)
            return (
                f"Another example goes wrong: for {asked} it gives {_shown(got)}, "
                f"and {_shown(want)} was expected."
            )
    return ""


def _alike(got: Any, want: Any) -> bool:
    import torch

    try:
        torch.testing.assert_close(got, want, atol=1e-5, rtol=1e-4, check_dtype=False)
    except (AssertionError, TypeError, ValueError):
        return False
    return True


def _shown(value: Any) -> str:
    """A value in a sentence: of a tensor its numbers if they are few, else its shape."""
    import torch

    if isinstance(value, (tuple, list)) and any(isinstance(v, torch.Tensor) for v in value):
        return "(" + ", ".join(map(_shown, value)) + ")"
    if not isinstance(value, torch.Tensor):
        return type(value).__name__ if isinstance(value, torch.nn.Module) else repr(value)
    if value.numel() > 12:
        return f"a tensor of shape {tuple(value.shape)}"
    return str((value.detach() * 1.0).round(decimals=3).tolist())


class _Watched:
    """The learner's function, and what was seen of it."""

    def __init__(self, answer: Callable[..., Any]) -> None:
        self.answer = answer
        self.returned: Any = None
        self.error: Exception | None = None
        self.changed = ""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        before = copy.deepcopy(args)
        try:
            self.returned = _plain(self.answer(*args, **kwargs))
        except Exception as error:
            self.error = error
            raise
        for value, was in zip(args, before):
            if not _same(value, was):
                self.changed = f"the {type(value).__name__}"
        return self.returned


def _plain(value: Any) -> Any:
    """What a check compares: NumPy's arrays as tensors, float64 as float32, NumPy's numbers as
    Python's."""
    import numpy
    import torch

    if isinstance(value, numpy.ndarray) and value.dtype != object:
        value = torch.from_numpy(value)
    if isinstance(value, numpy.generic):
        return value.item()
    if isinstance(value, torch.Tensor) and value.dtype == torch.float64:
        return value.float()
    return tuple(map(_plain, value)) if type(value) is tuple else value


def _same(a: Any, b: Any) -> bool:
    """Whether data are equal; of other things, as models, it is not asked."""
    import torch

    if isinstance(a, torch.Tensor):
        return a.shape == b.shape and torch.equal(a.nan_to_num(), b.nan_to_num())
    if isinstance(a, (list, dict, set)):
        return bool(a == b)
    return True


class _Deadline:
    """Within it KeyboardInterrupt comes after SECONDS, and again if the answer has caught it."""

    def __enter__(self) -> "_Deadline":
        self.passed = False
        self._thread = threading.get_ident()
        # A signal reaches calls that wait, too. But only the main thread gets it, and only if
        # Python handles it: what a shell starts in the background ignores it.
        in_main = threading.current_thread() is threading.main_thread()
        self._by_signal = in_main and callable(signal.getsignal(signal.SIGINT))
        self._done, self._lock = threading.Event(), threading.Lock()
        threading.Thread(target=self._wait, daemon=True).start()
        return self

    def _wait(self) -> None:
        seconds = SECONDS
        while not self._done.wait(seconds):
            with self._lock:
                if self._done.is_set():
                    return
                self.passed, seconds = True, 1
                if self._by_signal and hasattr(signal, "pthread_kill"):
                    signal.pthread_kill(self._thread, signal.SIGINT)
                elif self._by_signal:
                    _thread.interrupt_main()
                else:
                    set_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc
                    set_exception(ctypes.c_ulong(self._thread), ctypes.py_object(KeyboardInterrupt))

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._lock:
            self._done.set()
        if self.passed and kind is None:  # it came too late to stop anything
            with suppress(KeyboardInterrupt):
                time.sleep(0.1)
