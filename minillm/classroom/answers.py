"""A student's function in a sandbox, called from outside as if it were here.

The check of an exercise, which knows what is right, runs in the teacher's process, and the function
in another one, where neither check nor solution is. What comes back is data, never an object, so a
function can be judged only by what it computes: nothing that it patches, prints or raises reaches
the check. What a check can't see across: whether a result *is* what was given (it is a copy), and
objects that are neither tensors, numbers, text nor made of these, whose type's name is left.
`Answer` is the outer half, `serve` the inner one. Not here: the walls (`sandbox`).
"""

import ast
import builtins
import contextlib
import io
import json
import pickle
import sys
import traceback
import types
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from .messages import decode, encode
from .sandbox import Limits, Sandbox, StoppedError
from .walls import Channel

START = 60.0  # seconds for setting a lesson up
SECONDS = 12.0  # for a call; a check as a whole is stopped after 10
PROGRAM = "from minillm.classroom.answers import serve\nserve(channel, *{lesson!r})"
FILE = "<your cell>"
DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


class Room:
    """A sandbox in which a lesson is set up: its cells `whole`, and of `others` what they define.

    `module` is the name under which both sides know the lesson's classes.
    """

    def __init__(
        self, module: str, cells: Sequence[tuple[str, bool]], limits: Limits | None = None
    ) -> None:
        program = PROGRAM.format(lesson=(module, list(cells)))
        self.box = Sandbox(program, None, limits, modules=["torch", "minillm.classroom.answers"])
        self._is_set_up = False

    def define(
        self, name: str, helpers: Sequence[str], source: str, assignments: bool = False
    ) -> str:
        """Define the function in a namespace of its own; "" or a sentence about what went wrong.

        Of the helpers, other cells, what they define, with `assignments` also what they assign.
        StoppedError if the sandbox has failed before anything of a student's has run.
        """
        request = {"name": name, "helpers": list(helpers), "source": source, "all": assignments}
        if not self._is_set_up:
            self.box.ready().hear(START)
            self._is_set_up = True
        try:
            self.box.tell(json.dumps(request).encode())
            return str(json.loads(self.box.hear(SECONDS)))[:1000]
        except StoppedError as error:
            return f"The cell does not come to its end. {error}"
        except (ValueError, RecursionError):
            return "Its process sent something that can't be read."

    @property
    def alive(self) -> bool:
        return self.box.alive

    def close(self) -> None:
        self.box.close()


class Answer:
    """The function `name` that was defined last in a room. `told` is a sentence about its error."""

    def __init__(self, room: Room, name: str) -> None:
        self.__name__ = name
        self.told = ""
        self._box = room.box

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it there. What it changes of its arguments changes here, too.

        Errors are of the type, or of the nearest built-in one; StoppedError if the process ended.
        """
        file = io.BytesIO()
        pickler = _Pickler(file)
        pickler.dump((args, kwargs))
        request = {
            "call": True,
            "grad": torch.is_grad_enabled(),
            "random": encode(torch.get_rng_state()),
        }
        try:
            self._box.tell(json.dumps(request).encode())
            self._box.tell(file.getvalue())
            reply = self._talk(pickler.callbacks)
        except BaseException:  # an interrupt, too: its answer would be taken for the next one's
            self._box.close()
            raise
        return self._received(reply, args)

    def _talk(self, callbacks: Sequence[Callable[..., Any]]) -> Any:
        """The reply to a call; what it asks of the check's own functions meanwhile is answered."""
        while True:
            try:
                reply = json.loads(self._box.hear(SECONDS))
                call = reply.get("call")
                given = decode(reply["arguments"]) if call is not None else ()
                function = callbacks[call] if call is not None else None
            except StoppedError:
                raise
            except Exception:
                raise RuntimeError("its process sent something that can't be read") from None
            if function is None:
                return reply
            try:
                value = {"value": encode(function(*given))}
            except Exception as error:
                value = _error(error)
            self._box.tell(json.dumps(value).encode())

    def _received(self, reply: Any, args: Sequence[Any]) -> Any:
        try:
            kinds, message = reply.get("error", ()), str(reply.get("message", ""))[:1000]
            self.told = str(reply.get("told", ""))[:1000] if kinds else ""
            value = decode(reply.get("value"))
            for place, state in reply.get("changed", {}).items():
                _restore(args[int(place)], decode(state))
            if reply.get("random") is not None:
                torch.set_rng_state(decode(reply["random"]))
        except Exception:
            raise RuntimeError("its process sent something that can't be read") from None
        if kinds:
            raise _raised(kinds, message)
        return value


def _raised(kinds: Any, message: str) -> Exception:
    for kind in kinds:
        known = getattr(builtins, str(kind), None)
        if isinstance(known, type) and issubclass(known, Exception):
            with contextlib.suppress(TypeError):  # some want more than a message
                return known(message)
    return RuntimeError(message)


class _Pickler(pickle.Pickler):
    """Keeps functions that are known to the check only, to be called from the other side."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.callbacks: list[Callable[..., Any]] = []

    def persistent_id(self, value: Any) -> int | None:
        if not isinstance(value, types.FunctionType) or "<" not in value.__qualname__:
            return None
        self.callbacks.append(value)
        return len(self.callbacks) - 1


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, channel: Channel) -> None:
        super().__init__(file)
        self._channel = channel

    def persistent_load(self, number: int) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            self._channel.write(json.dumps({"call": number, "arguments": encode(args)}).encode())
            reply = json.loads(self._channel.read())
            if "error" in reply:
                raise _raised(reply["error"], reply["message"])
            return decode(reply["value"])

        return call


def serve(channel: Channel, module: str, cells: Sequence[tuple[str, bool]]) -> None:
    """The inner half: set the lesson up, and do what `Room` and `Answer` ask for until they end."""
    torch.set_num_threads(1)
    lesson = types.ModuleType(module)
    sys.modules[module] = lesson
    for source, whole in cells:
        run(source, lesson.__dict__, whole)
    channel.write(b"set up")
    answer: Any = None
    with contextlib.suppress(EOFError):
        while True:
            request = json.loads(channel.read())
            reply: Any
            if "call" in request:
                reply = _called(answer, request, channel)
            else:
                names = dict(lesson.__dict__)
                for helper in request["helpers"]:
                    run(helper, names, whole=False, assignments=request["all"])
                reply = _defined(request, names)
                answer = names.get(request["name"])
            channel.write(json.dumps(reply).encode())


def _defined(request: dict[str, Any], names: dict[str, Any]) -> str:
    try:
        exec(compile(python(request["source"]), FILE, "exec"), names)
    except BaseException as error:
        return f"The cell stops with {type(error).__name__}: {error}"
    if not callable(names.get(request["name"])):
        return f"`{request['name']}` is no function."
    return ""


def _called(answer: Any, request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    args, kwargs = _Unpickler(io.BytesIO(channel.read()), channel).load()
    before = [_state(value, None) for value in args]
    torch.set_rng_state(decode(request["random"]))
    try:
        with torch.set_grad_enabled(request["grad"]):
            reply = {"value": encode(answer(*args, **kwargs))}
    except BaseException as error:
        reply = _error(error)
    after = {place: _state(value, before[place]) for place, value in enumerate(args)}
    changed = {place: now for place, now in after.items() if now is not None}
    return reply | {"changed": changed, "random": encode(torch.get_rng_state())}


def _error(error: BaseException) -> dict[str, Any]:
    """An error as data, with a sentence that names the line of the student's in which it came."""
    message = " ".join(str(error).split())[:300]
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == FILE]
    where = f", in line {lines[-1]} of its cell" if lines else ""
    told = f"Your function stops with {type(error).__name__}: {message}{where}."
    if isinstance(error, NameError):
        told += " Only what the lesson's set-up and your own cells define is there."
    return {
        "error": [kind.__name__ for kind in type(error).__mro__],
        "message": message,
        "told": told,
    }


def _state(value: Any, before: Any) -> Any:
    """Of an argument what a function can change; with what it was `before`, the change as data."""
    if isinstance(value, nn.Module):
        now = {"training": value.training, **value.state_dict()}
        if before is None:
            return {name: v.clone() if isinstance(v, Tensor) else v for name, v in now.items()}
        changed = {name: v for name, v in now.items() if not _same(v, before.get(name))}
        return encode(changed) if changed else None
    now = encode(value)
    return now if now != before else None


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        return a.shape == b.shape and torch.equal(a, b)
    return type(a) is type(b) and bool(a == b)


def _restore(value: Any, state: Any) -> None:
    """Change an argument as the function has changed its copy."""
    if isinstance(value, nn.Module):
        value.train(bool(state.pop("training", value.training)))
        value.load_state_dict(state, strict=False)
    elif isinstance(value, Tensor):
        with torch.no_grad():
            value.set_(state) if value.shape != state.shape else value.copy_(state)
    elif isinstance(value, list):
        value[:] = state
    elif isinstance(value, (dict, set)):
        value.clear()
        value.update(state)


def python(source: str) -> str:
    """A cell without the lines that only IPython understands."""
    lines = source.splitlines()
    return "\n".join("" if line.lstrip().startswith(("%", "!", "?")) else line for line in lines)


def run(source: str, names: dict[str, Any], whole: bool, assignments: bool = False) -> None:
    """Run a cell, or of it what defines something, one statement after the other; errors pass."""
    kinds: tuple[type[ast.stmt], ...] = DEFINITIONS
    if assignments:
        kinds = (*DEFINITIONS, ast.Assign, ast.AnnAssign)
    try:
        tree = ast.parse(python(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in tree.body:
        if whole or isinstance(statement, kinds):
            with contextlib.suppress(Exception, SystemExit), contextlib.redirect_stdout(io.StringIO()):  # noqa: E501  # fmt: skip
                exec(compile(ast.Module([statement], []), FILE, "exec"), names)
