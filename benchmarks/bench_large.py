"""How fast a large text becomes tokens that are trained on, and how much memory that takes.

    python benchmarks/bench_large.py [text file] [--megabytes 1000]

The text is repeated until it is long enough; the command line then tokenizes it and trains twenty
steps of `nano`. It prints megabytes a second and the peak memory.
"""

import argparse
import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from bench_tokenizer import read_text


def memory(process_id: int) -> int:
    """Bytes of memory that a process and those below it take up now."""
    top = psutil.Process(process_id)
    return sum(one.memory_info().rss for one in (top, *top.children(recursive=True)))


def measure(text: bytes, megabytes: int, folder: Path) -> None:
    """Write the text to a file in `folder`, train on it and print what that took."""
    large, out = folder / "large.txt", folder / "run"
    with open(large, "wb") as file:
        for _ in range(-(-megabytes * 1_000_000 // len(text))):
            file.write(text)
    size, start = large.stat().st_size, time.monotonic()
    command = [sys.executable, "-m", "minillm", "pretrain", "--preset", "nano", "--steps", "20"]
    command += ["--data", str(large), "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as run:
        first_seen: dict[str, float] = {}  # file -> seconds after the start
        peak = 0
        while run.poll() is None:
            for name in ("tokenizer.json", "data/valid"):  # each appears when it is complete
                if name not in first_seen and (out / name).exists():
                    first_seen[name] = time.monotonic() - start
            with contextlib.suppress(psutil.Error):  # a process that has just ended
                peak = max(peak, memory(run.pid))
            time.sleep(0.05)
    if run.returncode:
        sys.exit(run.returncode)
    learned = first_seen["tokenizer.json"]
    encoding = first_seen["data/valid"] - learned
    print(
        f"{size / 1e6:,.0f} MB: a tokenizer after {learned:.0f} s; tokens in {encoding:.0f} s, "
        f"{size / encoding / 1e6:.1f} MB a second;\n"
        f"all done after {time.monotonic() - start:.0f} s; "
        f"peak memory of all processes together {peak / 1e9:.2f} GB"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", nargs="?", help="a UTF-8 text file; without it, synthetic text")
    parser.add_argument("--megabytes", type=int, default=1000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(read_text(arguments.text).encode(), arguments.megabytes, Path(folder))
