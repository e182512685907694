"""A learner's answer under supervision: what goes wrong becomes a sentence, and nothing hangs.

Not here: what the right answer is; each notebook's checks know that. Used in all notebooks.
"""

import _thread
import base64
import copy
import ctypes
import signal
import threading
import time
import traceback
import zlib
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

SECONDS = 10  # for a whole check; the slowest solution takes one
Check = Callable[[Callable[..., Any]], str]


def checked(check: Check) -> Check:
    """A check that always ends with a sentence. Used in all notebooks.

    `check(answer)` calls the learner's function and returns what it finds. Around it: an answer
    that raises, takes more than SECONDS or changes what it was given gets a sentence that says so,
    unless the check has caught the error itself. One call of a library can't be stopped.
    """

    def safe(answer: Callable[..., Any]) -> str:
        watched, deadline = _Watched(answer), _Deadline()
        try:
            with deadline:
                verdict = check(watched)
        except KeyboardInterrupt:
            if not deadline.passed:
                raise
            return f"This does not end: it was stopped after {SECONDS} seconds."
        except (Exception, SystemExit) as error:
            if error is watched.error:
                return _told(error, answer)
            returned = type(watched.returned).__name__
            return f"This gives a {returned} that can't be compared with the right answer: {error}"
        if watched.changed and verdict.startswith("Right"):
            kind = watched.changed
            return f"Nearly right: the {kind} that was given has changed; work on a copy."
        return verdict

    @wraps(check)
    def noted(answer: Callable[..., Any]) -> str:
        verdict = safe(answer)
        if getattr(answer, "__name__", "") == _exercise(check):  # and not the solution
            noted.__dict__["solved"] = verdict.startswith("Right")
        return verdict

    return noted


def _exercise(check: Check) -> str:
    return check.__name__.removeprefix("check_")


def progress(*checks: Check) -> str:
    """Which exercises these checks have called right. Used in all notebooks."""
    still_open = [_exercise(check) for check in checks if not check.__dict__.get("solved")]
    solved = len(checks) - len(still_open)
    after = f". Still open: {', '.join(still_open)}" if still_open else ": all of them"
    return f"Solved: {solved} of {len(checks)}{after}"


def sealed(source: str) -> str:
    """A check's source as it stands in a student's hand-out, for `unsealed`."""
    return base64.b64encode(zlib.compress(source.encode("utf-8"), 9)).decode()


def unsealed(text: str) -> str:
    """The source of a check that a hand-out holds packed, as it may compute the right answer.

    A fold and no lock: nobody reads the answer by accident, and whoever unpacks it can. ValueError
    if the text is not whole.
    """
    try:
        return zlib.decompress(base64.b64decode("".join(text.split()), validate=True)).decode()
    except (ValueError, zlib.error):
        raise ValueError(
            f"The sealed check is damaged ({len(text)} characters); copy its cell once more from "
            "the notebook that you were given."
        ) from None


def _told(error: BaseException, answer: Callable[..., Any]) -> str:
    """The error, and the learner's line in which it came up."""
    file = getattr(getattr(answer, "__code__", None), "co_filename", None)
    lines = [
        frame.line for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file
    ]
    where = f", at `{lines[-1]}`" if lines and lines[-1] else ""
    message = " ".join(str(error).split())[:300]
    return f"Your function stops with {type(error).__name__}: {message}{where}."


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
        want, got = right(*map(_copy, arguments)), answer(*arguments)
        if not _alike(got, want):
            asked = ", ".join(_shown(a) for a in arguments)
            return (
                f"Another example goes wrong: for {asked} it gives {_shown(got)}, "
                f"and {_shown(want)} was expected."
            )
    return ""


def _alike(got: Any, want: Any) -> bool:
    import torch

    def number(value: Any) -> Any:  # one number is one, whether in a tensor or not
        return value.item() if isinstance(value, torch.Tensor) and value.ndim == 0 else value

    got, want = number(got), number(want)
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
    return str(_rounded(value.tolist()))


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(v) for v in value]
    return round(value, 3) if isinstance(value, float) else value


class _Watched:
    """The learner's function, and what was seen of it. Of tensors and lists it is given copies."""

    def __init__(self, answer: Callable[..., Any]) -> None:
        self.answer = answer
        self.returned: Any = None
        self.error: BaseException | None = None
        self.changed = ""  # the type of an argument that was

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        given = [_copy(value) for value in args]
        try:
            self.returned = _plain(self.answer(*given, **kwargs))
        except (Exception, SystemExit) as error:
            self.error = error
            raise
        for value, was in zip(given, args):
            if not _same(value, was):
                self.changed = {"Tensor": "tensor", "dict": "dictionary"}.get(
                    type(value).__name__, type(value).__name__
                )
        return self.returned


def _copy(value: Any) -> Any:
    import torch

    if isinstance(value, torch.Tensor):
        return value.detach().clone().requires_grad_(value.requires_grad)
    return copy.deepcopy(value) if isinstance(value, (list, dict, set)) else value


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

    def __init__(self) -> None:
        self.passed = False
        self._done = threading.Event()
        self._thread = threading.get_ident()
        # A signal reaches calls that wait, too. But only the main thread gets it, and only if
        # Python handles it: what a shell starts in the background ignores it.
        in_main = threading.current_thread() is threading.main_thread()
        self._by_signal = in_main and callable(signal.getsignal(signal.SIGINT))
        self._waiter = threading.Thread(target=self._wait, daemon=True)

    def __enter__(self) -> None:
        self._waiter.start()

    def _wait(self) -> None:
        seconds = SECONDS
        while not self._done.wait(seconds):
            self.passed, seconds = True, 1
            if self._by_signal and hasattr(signal, "pthread_kill"):
                signal.pthread_kill(self._thread, signal.SIGINT)
            elif self._by_signal:
                _thread.interrupt_main()
            else:
                set_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc
                set_exception(ctypes.c_ulong(self._thread), ctypes.py_object(KeyboardInterrupt))

    def __exit__(self, *_: object) -> None:
        while True:  # an interrupt that is still on its way must not reach what comes after
            try:
                self._done.set()
                self._waiter.join()
                if self.passed:
                    time.sleep(0.05)
                return
            except KeyboardInterrupt:
                if not self.passed:
                    raise
