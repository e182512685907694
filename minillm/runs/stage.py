"""One stage of a run, pretraining or fine-tuning, and the folder that it leaves.

    run.json           the settings, in the folder that the command was given
    tokenizer.json …   the tokenizer
    data/train, valid  token files
    config.json        the model: the best on validation in model.safetensors,
    model.safetensors
    last.safetensors   all that training needs to go on
    log.jsonl          a line per step and per evaluation
    done               written last

A stage that was stopped goes on where it stopped. Built in 14.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..data.documents import Document
from ..data.encoding import token_file
from ..data.token_files import TokenFile
from ..formats.checkpoints import save_tokenizer
from ..formats.files import (
    LOCK_FILES,
    is_partial,
    locked,
    read_json_object,
    remove_partial,
    write_json,
)
from ..formats.run_files import TrainingState
from ..machine import Processes
from ..model import QdogBabyLearnLLM
from ..tokenizer import BPETokenizer
from ..training import TrainingConfig, train

FORMAT = 3  # of a run's folder
SETTINGS, DONE = "run.json", "done"


@contextmanager
def open_run(folder: Path, settings: dict[str, Any], processes: Processes) -> Iterator[None]:
    """Make the folder of a run, or come back to it, and keep others out while the body runs.

    Rank 0 writes run.json, and `done` when the body ends. settings["text"] is the fingerprint of
    the data. ValueError if the run is finished, has other settings or text or is of an earlier
    version, if another process writes to it, or if the folder is something else.
    """
    settings = json.loads(json.dumps({"format": FORMAT, **settings}))
    if not processes.is_main:
        processes.wait()
        yield
        return
    path = folder / SETTINGS
    if folder.exists() and not path.exists() and any(not _is_early(p) for p in folder.iterdir()):
        raise ValueError(f"{folder} is there and is not a run; choose another folder with --out")
    with locked(folder):
        remove_partial(folder)
        if path.exists():
            _check_settings(folder, read_json_object(path, "run"), settings)
        is_new = not path.exists()
        (folder / DONE).unlink(missing_ok=True)  # it goes on with more steps
        write_json(path, settings)
        processes.wait()
        try:
            yield
        except ValueError:
            if is_new and not any(folder.rglob("last.safetensors")):
                _clear(folder)  # the data was refused: with better data the folder is free
            raise
        (folder / DONE).touch()


def _clear(folder: Path) -> None:
    """Remove what was made in a new run's folder."""
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif not _is_early(entry):
            entry.unlink()


def _is_early(path: Path) -> bool:
    """Whether this is what a kill in the first moment of a run leaves."""
    return path.name in LOCK_FILES or is_partial(path)


def _check_settings(folder: Path, then: dict[str, Any], now: dict[str, Any]) -> None:
    """ValueError unless a run that was begun with settings `then` can go on with `now`.

    One stage may be given more steps, finished or not.
    """
    if then.get("format") != FORMAT:
        raise ValueError(
            f"{folder} was begun by another version of minillm, which trained otherwise; "
            "its models still load, but choose another folder with --out to train"
        )
    differ: dict[str, tuple[Any, Any]] = {}  # name -> now, then
    for part, value in now.items():
        before = then.get(part)
        if isinstance(value, dict) and isinstance(before, dict):
            keys = [key for key in value if value[key] != before.get(key)]
            differ |= {f"{part}.{key}": (value[key], before.get(key)) for key in keys}
        elif value != before:
            differ[part] = (value, before)
    if "training.steps" in differ:
        steps = then["training"].get("steps")
        if type(steps) is int and steps < now["training"]["steps"]:
            differ.pop("training.steps")
            differ.pop("training.warmup", None)  # which follows from the steps
            if not differ:
                return
    if (folder / DONE).exists() and not differ:
        more_steps = ", or give it more --steps" if "training" in now else ""
        raise ValueError(
            f"{folder} holds a finished run; choose another folder with --out{more_steps}"
        )
    if list(differ) == ["text"]:
        raise ValueError(
            f"{folder} was begun with another text: what the data holds has changed since; "
            "put it back, or choose another folder with --out"
        )
    if differ:
        told = ", ".join(f"{name} ({a!r} there, {b!r} now)" for name, (b, a) in differ.items())
        kind = "a finished" if (folder / DONE).exists() else "an unfinished"
        raise ValueError(
            f"{folder} holds {kind} run with another {told}; choose another folder with --out"
        )


@dataclass(frozen=True)
class StageFiles:
    """The token files that a stage reads."""

    train: TokenFile
    valid: TokenFile


def prepare_stage(
    folder: Path,
    tokenizer: BPETokenizer,
    train_documents: Iterable[Document],
    valid_documents: Iterable[Document],
    workers: int = 1,
    progress: bool = True,
) -> StageFiles:
    """Write what is missing of the tokenizer and the token files in a stage's folder.

    `workers` processes turn a large text into tokens. ValueError if there is nothing to learn in
    one of the parts.
    """
    if not (folder / "tokenizer.json").exists():
        save_tokenizer(folder, tokenizer)
    elif BPETokenizer.load(folder).fingerprint != tokenizer.fingerprint:
        raise ValueError(
            f"{folder} was begun with another tokenizer; put that one back, "
            "or choose another folder with --out"
        )
    data = folder / "data"
    files = StageFiles(
        token_file(data / "train", train_documents, tokenizer, workers, progress),
        token_file(data / "valid", valid_documents, tokenizer, workers, progress),
    )
    for file in (files.train, files.valid):
        if not file.info.bytes:
            raise ValueError(
                f"{file.folder} has no token to learn: of conversations only the assistant's words "
                "are learned, and there are none"
            )
    return files


def run_stage(
    folder: Path,
    model: QdogBabyLearnLLM,
    files: StageFiles,
    cfg: TrainingConfig,
    pad_id: int,
    processes: Processes = Processes(),  # noqa: B008  (frozen)
    progress: bool = True,
    on_eval: Callable[[int, QdogBabyLearnLLM], dict[str, float]] | None = None,
) -> TrainingState:
    """Train what is not yet trained of a stage in `folder`, ending with its `done`.

    `on_eval` as in `training.train`.
    """
    state = train(
        model,
        files.train,
        files.valid,
        pad_id,
        cfg,
        folder,
        resume=(folder / "last.safetensors").exists(),
        progress=progress,
        on_eval=on_eval,
        stage=folder.name,
        processes=processes,
    )
    if processes.is_main:
        (folder / DONE).touch()
    return state
