"""What torchrun tells the processes that it starts. Imports nothing, as `minillm --help` asks."""

import os


def from_torchrun(name: str, default: int) -> int:
    """A number in the environment, as WORLD_SIZE; ValueError if it is none."""
    value = os.environ.get(name, str(default))
    if not (value.isascii() and value.isdecimal()):
        raise ValueError(f"{name}={value} in the environment is not a number that torchrun sets")
    return int(value)
