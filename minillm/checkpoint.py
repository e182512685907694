"""Weights on disk: safetensors and JSON, replaced whole or not at all, never unpickled.

A model folder holds config.json, model.safetensors and the tokenizer; a training folder also last.safetensors
(weights, optimizer, step: all that a run needs to go on) and log.jsonl. Built in 09.
"""

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor
from torch.distributed.tensor import DTensor, distribute_tensor

from .model import QdogBabyLearnConfig, QdogBabyLearnLLM
from .tokenizer import BPETokenizer
from .tokenizer_files import on_disk, replacing


def whole(t: Tensor) -> Tensor:
    """The tensor on the CPU; one that several processes share is put together, so all of them have to call this."""
    return (t.full_tensor() if isinstance(t, DTensor) else t).detach().cpu().contiguous()


def gathered(tensors: dict[str, Tensor], keep: bool) -> dict[str, Tensor]:
    """Each tensor `whole`, one after the other; nothing is kept in the processes that do not write."""
    kept = {}
    for name, t in tensors.items():
        if keep:
            kept[name] = whole(t)
        elif isinstance(t, DTensor):
            whole(t)  # the one that keeps it needs this part
    return kept


def save_tensors(path: Path, tensors: dict[str, Tensor], metadata: dict[str, str] | None = None) -> None:
    """Write a safetensors file, whole or not at all. OSError if the disk does not take it."""
    room = path.with_name(path.name + ".partial")  # the library writes to a random name first; here the next one finds what a killed one left
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir()
    try:
        save_file(tensors, room / path.name, metadata)
        (room / "mode").touch()
        with suppress(PermissionError):  # some file systems have no modes to change
            shutil.copymode(room / "mode", room / path.name)  # the library lets only its owner read, unlike every other file
        on_disk(room / path.name)
        os.replace(room / path.name, path)
    except SafetensorError as error:  # says in words only what the system said in a number
        code = re.search(r"os error (\d+)", str(error))
        raise OSError(int(code[1]), os.strerror(int(code[1])), str(path)) if code else OSError(f"{path} can't be written: {error}") from None
    finally:
        shutil.rmtree(room, ignore_errors=True)


def save_model(
    folder: str | Path, model: QdogBabyLearnLLM, tokenizer: BPETokenizer | None = None, dtype: torch.dtype = torch.float32, write: bool = True
) -> None:
    """Write config.json and model.safetensors, and the tokenizer if given. float16 halves the file and rounds.

    Of several processes that share a model all call this, and one has `write`.
    """
    tensors = gathered(model.state_dict(), write)
    if not write:
        return
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if tokenizer:
        tokenizer.save(folder)
    with replacing(folder / "config.json") as path:
        path.write_text(json.dumps(asdict(model.cfg), indent=1) + "\n", encoding="utf-8", newline="\n")
    save_tensors(folder / "model.safetensors", {name: t.to(dtype) for name, t in tensors.items()})


def load_model(folder: str | Path, device: str = "cpu") -> QdogBabyLearnLLM:
    """The model of a folder, float32, in eval mode. ValueError names what is missing or does not fit."""
    folder = Path(folder)
    cfg = load_config(folder)
    model = QdogBabyLearnLLM(cfg)
    assign(dict(model.state_dict()), read_tensors(folder / "model.safetensors")[0], folder / "model.safetensors")
    return model.to(device).eval()


def load_config(folder: str | Path) -> QdogBabyLearnConfig:
    """The config.json of a model folder."""
    path = Path(folder) / "config.json"
    values = read_json(path, "model")
    known = [field.name for field in fields(QdogBabyLearnConfig)]
    if not isinstance(values, dict) or set(values) != set(known):
        raise ValueError(f"{path} is not a config of this project; it needs {', '.join(known)}")
    return QdogBabyLearnConfig(**values)


def load(folder: str | Path, device: str = "cpu") -> tuple[QdogBabyLearnLLM, BPETokenizer]:
    """Model and tokenizer of a model folder; ValueError when their vocabularies differ."""
    tokenizer, model = BPETokenizer.load(folder), load_model(folder, device)
    if tokenizer.vocab_size > model.cfg.vocab_size:
        raise ValueError(f"{folder}: the tokenizer has {tokenizer.vocab_size} tokens, the model vocab_size={model.cfg.vocab_size}")
    return model, tokenizer


def save_state(folder: Path, model: QdogBabyLearnLLM, optimizer: torch.optim.Optimizer, cfg: Any, state: dict, write: bool = True) -> None:
    """Write last.safetensors: weights, both moments of AdamW, and as text the config and `state`. `write` as in `save_model`."""
    tensors = {f"model.{name}": t for name, t in model.state_dict().items()}
    names = {id(p): name for name, p in model.named_parameters()}
    for p, moments in optimizer.state.items():
        tensors |= {f"{key}.{names[id(p)]}": moments[key] for key in ("exp_avg", "exp_avg_sq")}
    tensors = gathered(tensors, write)
    if not write:
        return
    metadata = {"training": json.dumps(asdict(cfg)), "model": json.dumps(asdict(model.cfg)), "state": json.dumps(state)}
    save_tensors(folder / "last.safetensors", tensors, metadata)


def load_state(folder: Path, model: QdogBabyLearnLLM, optimizer: torch.optim.Optimizer, cfg: Any) -> dict:
    """Put model and optimizer back to last.safetensors; returns its `state`. ValueError names what differs."""
    path = Path(folder) / "last.safetensors"
    tensors, metadata = read_tensors(path)
    for name, now in (("model", asdict(model.cfg)), ("training", asdict(cfg))):
        then = _json(metadata.get(name, ""), path)
        differ = [f"{key}={now.get(key)!r} (there {then.get(key)!r})" for key in now | then if now.get(key) != then.get(key)]
        if differ:
            raise ValueError(f"{path} belongs to a run with other settings: {', '.join(differ)}")
    state = _json(metadata.get("state", ""), path)
    if type(state.get("step")) is not int or state["step"] < 0:
        raise ValueError(f"{path} does not say after how many steps it was written")
    into = {f"model.{name}": t for name, t in model.state_dict().items()}
    if state["step"]:
        for name, p in model.named_parameters():
            optimizer.state[p] = {"step": torch.tensor(float(state["step"]), device=p.device), "exp_avg": torch.zeros_like(p), "exp_avg_sq": torch.zeros_like(p)}
            into |= {f"{key}.{name}": optimizer.state[p][key] for key in ("exp_avg", "exp_avg_sq")}
    assign(into, tensors, path)
    return state


def ship(run: str | Path, out: str | Path) -> None:
    """Copy a finished run's models, logs and report to `out`, weights rounded to float16: half the size."""
    run, out = Path(run), Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for stage in ("pretrain", "sft"):
        model, tokenizer = load(run / stage)
        save_model(out / stage, model, tokenizer, torch.float16)
    for name in ("run.json", "report.md", "loss.svg", "pretrain/log.jsonl", "sft/log.jsonl"):
        (out / name).write_bytes((run / name).read_bytes())


def read_json(path: Path, kind: str) -> Any:
    """The content of a JSON file; ValueError if it is damaged, or missing in what should be a `kind` of folder."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"{path.parent} is no {kind} folder: it has no {path.name}") from None
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} can't be read as JSON: {error}") from None


def read_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """The tensors and the metadata of a safetensors file."""
    if not path.is_file():
        raise ValueError(f"{path.parent} has no {path.name}")
    try:
        with safe_open(path, "pt") as file:
            return {name: file.get_tensor(name) for name in file.keys()}, file.metadata() or {}
    except (SafetensorError, OSError) as error:
        raise ValueError(f"{path} is damaged or no safetensors file: {error}") from None


def _json(text: str, path: Path) -> dict:
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise ValueError(f"{path} is not a checkpoint of this project")
    return values


@torch.no_grad()
def assign(into: dict[str, Tensor], tensors: dict[str, Tensor], path: Path) -> None:
    """Copy tensors by name; ValueError names those that are missing, left over or of another shape."""
    wrong = [f"{name} is missing" for name in into if name not in tensors]
    wrong += [f"{name} is unknown" for name in tensors if name not in into]
    wrong += [
        f"{name} is {tuple(tensors[name].shape)}, not {tuple(t.shape)}" for name, t in into.items() if name in tensors and tensors[name].shape != t.shape
    ]
    if wrong:
        more = f" and {len(wrong) - 4} more" if len(wrong) > 4 else ""
        raise ValueError(f"{path} does not fit this model: {', '.join(wrong[:4])}{more}")
    for name, t in into.items():
        t.copy_(distribute_tensor(tensors[name].to(t.device), t.device_mesh, t.placements) if isinstance(t, DTensor) else tensors[name])


class Log:
    """log.jsonl: a line per step and per evaluation. On resuming, lines after the checkpoint's step are cut off."""

    def __init__(self, path: Path, step: int = 0):
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = [line for line in read_log(path) if line["step"] <= step] if step and path.exists() else []
        with replacing(path) as new:
            new.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8", newline="\n")
        self._file = open(path, "a", encoding="utf-8", newline="\n")

    def write(self, line: dict) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()

    def close(self) -> None:
        self._file.close()


def read_log(path: str | Path) -> list[dict]:
    """The lines of a log.jsonl; a last line that a kill cut off is left out."""
    lines = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            break
    return lines
