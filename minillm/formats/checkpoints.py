"""Models on disk: a folder of config.json, model.safetensors and the tokenizer's files.

Not here: the state of training (`run_files`), Hugging Face's format (`gpt2`), llama.cpp's (`gguf`).
Built in 10.
"""

from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path

import torch
from torch import Tensor

from ..chat_format import CHAT_TEMPLATE, has_chat_tokens
from ..initialization import empty_model
from ..machine import choose_machine
from ..model import QdogBabyLearnConfig, QdogBabyLearnLLM
from ..tokenizer import BPETokenizer
from .files import read_json_object, read_tensors, save_tensors, write_json

SHIPPED = Path(__file__).parents[1] / "weights"  # a folder for each model that comes along
STAGES = ("pretrain", "sft")


# --- a model ------------------------------------------------------------------------------------


def find_model(model: str | Path | None = None, stage: str = "sft") -> Path:
    """The folder of a model: a model's own folder, or `stage` of a run's folder.

    `model` is a folder, or the name of a model that comes with the package ("mini", the default).
    ValueError says what is missing.
    """
    folder = Path("mini" if model is None else model)
    shipped = SHIPPED / folder
    is_name = folder.name == str(folder) and shipped.is_dir()
    if is_name and (model is None or not _holds_model(folder)):
        folder = shipped
    elif not folder.exists():
        names = ", ".join(sorted(path.name for path in SHIPPED.iterdir()))
        raise ValueError(
            f"{folder} does not exist; a folder that `minillm train` wrote is needed, "
            f"or the name of a model that comes along ({names})"
        )
    for candidate in (folder, folder / stage):
        if (candidate / "config.json").exists():
            return candidate
    found = [name for name in STAGES if (folder / name / "config.json").exists()]
    hint = f"only {found[0]}: name {folder / found[0]} to use that" if found else "no config.json"
    raise ValueError(f"{folder} holds no {stage} model, {hint}")


def find_tokenizer(path: str | Path) -> Path:
    """Where a tokenizer's tokenizer.json is: in a folder of its own, of a model or of a run."""
    path = Path(path)
    return next((place for place in _places(path) if (place / "tokenizer.json").exists()), path)


def _holds_model(folder: Path) -> bool:
    return any((place / "config.json").exists() for place in _places(folder))


def _places(folder: Path) -> list[Path]:
    """Where in a folder a model may be: in itself, or in a stage of a run."""
    return [folder, *(folder / stage for stage in STAGES)]


def load(
    model: str | Path | None = None, stage: str = "sft", device: str = "cpu"
) -> tuple[QdogBabyLearnLLM, BPETokenizer]:
    """A model, in eval mode, and its tokenizer; where to find them as in `find_model`.

    ValueError when something is missing or does not fit.
    """
    folder = find_model(model, stage)
    tokenizer, loaded = BPETokenizer.load(folder), load_model(folder, device)
    if tokenizer.vocab_size > loaded.cfg.vocab_size:
        raise ValueError(
            f"{folder}: the tokenizer has {tokenizer.vocab_size} tokens, "
            f"the model vocab_size={loaded.cfg.vocab_size}"
        )
    return loaded, tokenizer


def load_model(folder: str | Path, device: str = "cpu") -> QdogBabyLearnLLM:
    """The model of a folder, float32, in eval mode. ValueError names what is missing or wrong."""
    path = Path(folder) / "model.safetensors"
    device = choose_machine(device, "float32").device
    return model_with(load_config(folder), read_tensors(path)[0], path).to(device).eval()


def model_with(
    cfg: QdogBabyLearnConfig, tensors: dict[str, Tensor], where: str | Path
) -> QdogBabyLearnLLM:
    """A model that has these weights, as float32; `where` they are from is said in errors."""
    model = empty_model(cfg)
    tensors = renamed(tensors)
    check_tensors(model.state_dict(), tensors, where)
    # Copied, so that the model shares no memory with whatever the tensors come from.
    weights = {name: t.to(torch.float32, copy=True).contiguous() for name, t in tensors.items()}
    model.load_state_dict(weights, assign=True)
    return model


def load_config(folder: str | Path) -> QdogBabyLearnConfig:
    """The config.json of a model folder; ValueError names what is missing or wrong."""
    path = Path(folder) / "config.json"
    values = read_json_object(path, "model")
    known = [field.name for field in fields(QdogBabyLearnConfig)]
    if set(values) != set(known):
        raise ValueError(f"{path} is not a config of this project; it needs {', '.join(known)}")
    for name in ("model_name", "version"):
        if not isinstance(values[name], str):
            raise ValueError(f"{path}: {name}={values[name]!r} is not a text")
    return QdogBabyLearnConfig(**values)


def save_model(
    folder: str | Path,
    model: QdogBabyLearnLLM,
    tokenizer: BPETokenizer | None = None,
    dtype: torch.dtype = torch.float32,
) -> None:
    """Write config.json and model.safetensors, and the tokenizer if given.

    float16 halves the file and rounds.
    """
    tensors = {name: t.detach().cpu().to(dtype) for name, t in model.state_dict().items()}
    write_model(folder, model.cfg, tensors)
    if tokenizer:
        save_tokenizer(folder, tokenizer)


def write_model(folder: str | Path, cfg: QdogBabyLearnConfig, tensors: dict[str, Tensor]) -> None:
    """Write config.json and model.safetensors from weights on the CPU."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "config.json", asdict(cfg))
    save_tensors(folder / "model.safetensors", tensors)


def save_tokenizer(
    folder: str | Path, tokenizer: BPETokenizer, context_size: int | None = None
) -> None:
    """Write the tokenizer's files; the chat template among them if its tokens exist.

    `context_size` is that of the model that the tokenizer is for.
    """
    template = CHAT_TEMPLATE if has_chat_tokens(tokenizer) else None
    tokenizer.save(folder, template, context_size)


def ship(run: str | Path, out: str | Path) -> None:
    """Copy a finished run's models, logs and report to `out`, weights rounded to float16."""
    run, out = Path(run), Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for stage in STAGES:
        model, tokenizer = load(run / stage)
        save_model(out / stage, model, tokenizer, torch.float16)
    for name in ("run.json", "report.md", "loss.svg", "pretrain/log.jsonl", "sft/log.jsonl"):
        (out / name).write_bytes((run / name).read_bytes())


# --- tensors by name ----------------------------------------------------------------------------

# Names in weights of version 0.1 -> names now.
RENAMED = {".ff.layers.0.": ".ff.linear1.", ".ff.layers.2.": ".ff.linear2."}


def renamed(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Tensors of an earlier version under the names of today."""
    out = {}
    for name, t in tensors.items():
        for old, new in RENAMED.items():
            name = name.replace(old, new)
        out[name] = t
    return out


def check_tensors(wanted: dict[str, Tensor], tensors: dict[str, Tensor], where: str | Path) -> None:
    """ValueError names tensors that are missing, left over or of another shape."""
    wrong = [f"{name} is missing" for name in wanted if name not in tensors]
    wrong += [f"{name} is unknown" for name in tensors if name not in wanted]
    wrong += [
        f"{name} is {tuple(tensors[name].shape)}, not {tuple(t.shape)}"
        for name, t in wanted.items()
        if name in tensors and tensors[name].shape != t.shape
    ]
    if wrong:
        more = f" and {len(wrong) - 4} more" if len(wrong) > 4 else ""
        raise ValueError(f"{where} does not fit this model: {', '.join(wrong[:4])}{more}")


@torch.no_grad()
def assign(
    into: dict[str, Tensor],
    tensors: dict[str, Tensor],
    where: str | Path,
    copy: Callable[[Tensor, Tensor], object] = Tensor.copy_,
) -> None:
    """Copy tensors by name into others; `copy(to, from)` does each. Errors as `check_tensors`."""
    check_tensors(into, tensors, where)
    for name, t in into.items():
        copy(t, tensors[name])
