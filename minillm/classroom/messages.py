"""Values as JSON and back, so that what comes from untrusted code can be nothing but data.

Tensors, numbers, text and what Python makes of these; of any other value only its type's name is
left. Not here: how the messages travel (`sandbox`).
"""

import base64
import itertools
import math
import re
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

DEEPEST = 40
MOST_ITEMS = 100_000  # of an iterator, which may have no end
DTYPES: tuple[str, ...] = (
    "float64",
    "float32",
    "float16",
    "bfloat16",
    "complex64",
    "complex128",
    "bool",
)
DTYPES += ("uint8", "int8", "int16", "int32", "int64")


def encode(value: Any, depth: int = 0) -> Any:
    """A value as what JSON can hold; ValueError if it is nested too deeply."""
    import numpy

    if depth > DEEPEST:
        raise ValueError("the value is nested too deeply")
    if isinstance(value, numpy.generic):
        value = value.item()
    if isinstance(value, numpy.ndarray) and value.dtype != object:
        value = torch.from_numpy(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return {"int": hex(value)}
    if isinstance(value, float):
        return float(value)
    if isinstance(value, complex):
        return {"complex": [value.real, value.imag]}
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, range):
        return {"range": [value.start, value.stop, value.step]}
    if isinstance(value, Tensor) and str(value.dtype).removeprefix("torch.") in DTYPES:
        plain = value.detach().cpu().resolve_conj().resolve_neg().contiguous()
        data = plain.reshape(-1).view(torch.uint8).numpy().tobytes()
        return {
            "tensor": base64.b64encode(data).decode(),
            "dtype": str(value.dtype).removeprefix("torch."),
            "shape": list(value.shape),
            "grad": value.requires_grad,
        }
    if isinstance(value, dict):
        pairs = [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]
        return {"dict": pairs}
    for kind in (list, tuple, set, frozenset):
        if isinstance(value, kind):
            return {kind.__name__: [encode(v, depth + 1) for v in value]}
    if isinstance(value, Iterator):
        items = itertools.islice(value, MOST_ITEMS)
        return {"iterator": [encode(v, depth + 1) for v in items]}
    return {"other": type(value).__name__}


def decode(data: Any, depth: int = 0) -> Any:
    """The value again; ValueError, TypeError or KeyError if no `encode` has made the data."""
    if depth > DEEPEST:
        raise ValueError("the value is nested too deeply")
    if data is None or isinstance(data, (bool, str, float)):
        return data
    kind, content = next(iter(data.items()))
    if kind == "int":
        return int(content, 16)
    if kind == "complex":
        return complex(*content)
    if kind == "bytes":
        return base64.b64decode(content)
    if kind == "range":
        if len(range(*content)) > MOST_ITEMS:
            raise ValueError("the range is too long")
        return range(*content)
    if kind == "tensor":
        return _tensor(data)
    if kind == "dict":
        return {decode(k, depth + 1): decode(v, depth + 1) for k, v in content}
    if kind == "iterator":
        return iter([decode(v, depth + 1) for v in content])
    if kind in ("list", "tuple", "set", "frozenset"):
        make = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind]
        return make(decode(v, depth + 1) for v in content)
    if kind == "other":
        name = re.sub(r"\W", "", str(content))[:40] or "value"
        return type(name, (), {"__repr__": lambda _: f"a {name}"})()
    raise ValueError(f"{str(kind)[:40]!r} is no kind of value")


def _tensor(data: dict[str, Any]) -> Tensor:
    shape = [int(size) for size in data["shape"]]
    raw = bytearray(base64.b64decode(data["tensor"]))
    if data["dtype"] not in DTYPES or min(shape, default=0) < 0 or len(shape) > 16:
        raise ValueError("that is no tensor")
    dtype = getattr(torch, data["dtype"])
    count = math.prod(shape)
    if len(raw) != count * dtype.itemsize:
        raise ValueError("the shape does not fit the numbers")
    flat = torch.frombuffer(raw, dtype=dtype) if raw else torch.empty(0, dtype=dtype)
    if data["grad"] is True and (dtype.is_floating_point or dtype.is_complex):
        return flat.reshape(shape).clone().requires_grad_()
    return flat.reshape(shape).clone()
