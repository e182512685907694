"""Files: replaced whole or not at all, checked while they are read, and one writer to a folder.

Tensors are safetensors; nothing is ever unpickled. Not here: what the files mean.
"""

from __future__ import annotations  # torch's types are named, but torch is not imported for JSON

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

HOLDER = ".holder"  # ends the name of what says which process has a lock
LOCK_FILES = (".lock", ".lock" + HOLDER)
PARTIAL = ".minillm-partial"  # ends the name of a folder in which a file is made
REPLACED = ".minillm-replaced"  # ends the name of a folder whose place a new one takes


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Yield a path to write a file to; it takes the place of `path` only when all went well.

    So a reader never finds half a file, even if the writer is killed or the power fails. ValueError
    if another process writes it.
    """
    path = Path(path)
    with _workplace(path) as place:
        yield place / path.name
        fsync(place / path.name)
        os.replace(place / path.name, path)


@contextmanager
def new_folder(path: str | Path) -> Iterator[Path]:
    """Yield a folder to write to, which gets its name when all went well.

    ValueError if there is something of that name, or if another process writes it.
    """
    path = Path(path)
    _refuse_existing(path)
    with _workplace(path) as place:
        _refuse_existing(path)  # another writer may just have ended
        new = place / path.name
        new.mkdir()
        yield new
        for file in new.iterdir():
            fsync(file)
        os.replace(new, path)


@contextmanager
def replacing_folder(path: str | Path) -> Iterator[Path]:
    """Yield a folder to write to; it takes the place of the folder `path` when all went well.

    Killed at any moment, there is the old one or the new one; the next call may have to bring the
    old one back to its name first. ValueError if another process writes it.
    """
    path = Path(path)
    old = path.with_name(f".{path.name}{REPLACED}")
    with _workplace(path) as place:
        if old.exists() and not path.exists():  # killed between the two renames below
            os.replace(old, path)
        shutil.rmtree(old, ignore_errors=True)
        new = place / path.name
        new.mkdir()
        yield new
        for file in new.rglob("*"):
            if file.is_file():
                fsync(file)
        if path.exists():
            os.replace(path, old)
        try:
            os.replace(new, path)
        except BaseException:
            if old.exists() and not path.exists():
                os.replace(old, path)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise ValueError(f"{path} exists; choose another name, or delete it first")


@contextmanager
def _workplace(path: Path) -> Iterator[Path]:
    """Yield an empty folder beside `path`, where only this process makes what will be `path`."""
    place = _place_for(path)
    with _lock(_lock_of(path), path):
        shutil.rmtree(place, ignore_errors=True)  # by a writer that was killed
        try:
            place.mkdir(parents=True)
            yield place
        except OSError as error:  # it names the place, of which nobody has heard
            if str(error.filename).startswith(str(place)):
                error.filename = str(path)
            raise
        finally:
            shutil.rmtree(place, ignore_errors=True)


def _place_for(path: Path) -> Path:
    return path.with_name(f".{path.name}{PARTIAL}")


def _lock_of(path: Path) -> Path:
    """The lock of a file that may not be there yet. It stays, so it lies with temporary files."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    name = hashlib.sha256(os.fsencode(path.parent.resolve() / path.name)).hexdigest()[:32]
    return Path(tempfile.gettempdir()) / f"minillm-locks-{user}" / name


def is_partial(path: Path) -> bool:
    """Whether a path is a folder in which a file is being made, or was when its writer ended."""
    return path.name.endswith(PARTIAL)


def remove_partial(folder: Path) -> None:
    """Remove what killed writers left in a folder and in those below it."""
    for place in [path for path in folder.rglob(".*") if is_partial(path)]:
        path = place.with_name(place.name[1 : -len(PARTIAL)])
        with suppress(ValueError), _lock(_lock_of(path), path):  # unless its writer lives
            shutil.rmtree(place, ignore_errors=True)


def fsync(path: Path) -> None:
    """Return when the bytes of a file are on the disk, so that a rename can't overtake them."""
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def write_text(path: str | Path, text: str) -> None:
    """Write UTF-8 with \\n line ends, replacing the whole file; lone surrogates become U+FFFD."""
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    with replacing(path) as new:
        new.write_text(text, encoding="utf-8", newline="\n")


def write_json(path: str | Path, value: Any) -> None:
    """Write a value as JSON, replacing the whole file."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    if any("\ud800" <= char <= "\udfff" for char in text):  # in a file's name that is not UTF-8
        text = json.dumps(value, indent=1)
    write_text(path, text + "\n")


def read_json(path: Path, kind: str) -> Any:
    """The content of a JSON file; ValueError if it is damaged, or if a `kind` folder lacks it."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"{path.parent} is no {kind} folder: it has no {path.name}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is not whole JSON: {error}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not JSON: it is not UTF-8 text") from None
    except RecursionError:
        raise ValueError(f"{path} is not JSON of ours: it is nested too deeply") from None
    except OSError as error:
        raise ValueError(f"{path} can't be read: {error.strerror}") from None


def read_json_object(path: Path, kind: str) -> dict[str, Any]:
    """The object in a JSON file; ValueError if it holds anything else."""
    values = read_json(path, kind)
    if not isinstance(values, dict):
        raise ValueError(f"{path} holds {str(values)[:40]!r}, not a JSON object")
    return values


def save_tensors(
    path: Path, tensors: dict[str, Tensor], metadata: dict[str, str] | None = None
) -> None:
    """Write a safetensors file, whole or not at all. OSError if the disk does not take it."""
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    with replacing(path) as new:
        try:
            save_file(tensors, new, metadata)
        except SafetensorError as error:  # it tells the system's error number in words only
            code = re.search(r"os error (\d+)", str(error))
            if code:
                raise OSError(int(code[1]), os.strerror(int(code[1])), str(path)) from None
            raise OSError(f"{path} can't be written: {error}") from None
        mode = new.with_name("mode")
        mode.touch()
        with suppress(PermissionError):  # some file systems have no modes to change
            shutil.copymode(mode, new)  # the library lets only the owner read its file


def read_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Tensors and metadata of a safetensors file; ValueError if it is damaged or missing."""
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        raise ValueError(f"{path.parent} has no {path.name}")
    try:
        with safe_open(path, "pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            return tensors, file.metadata() or {}
    except (SafetensorError, OSError) as error:
        raise ValueError(f"{path} is damaged or no safetensors file: {error}") from None


@contextmanager
def locked(folder: str | Path) -> Iterator[None]:
    """Within it no other process may write to `folder`, which is made if need be.

    ValueError says which process holds it. The system frees the lock when a process ends.
    """
    folder = Path(folder)
    with _lock(folder / LOCK_FILES[0], folder):
        yield


@contextmanager
def _lock(file: Path, what: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    file.parent.mkdir(parents=True, exist_ok=True)
    holder = file.with_name(file.name + HOLDER)
    try:
        with FileLock(file, timeout=0):
            with suppress(OSError):  # a full disk; then nobody learns which process it is
                holder.write_text(f"process {os.getpid()}", encoding="utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout:
        by = "another process"
        with suppress(OSError):
            by = holder.read_text(encoding="utf-8") or by
        raise ValueError(f"{what} is being written to by {by}; wait for it") from None
