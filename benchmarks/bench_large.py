"""How a text that is larger than it should be is turned into tokens and trained on: megabytes a second, and memory.

    python benchmarks/bench_large.py [text file] [--megabytes 1000]

The text is repeated until it is long enough; the command line then tokenizes it and trains twenty steps of `nano`.
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

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("text", nargs="?", help="a UTF-8 text file; without it, made-up text")
parser.add_argument("--megabytes", type=int, default=1000)
arguments = parser.parse_args()

with tempfile.TemporaryDirectory() as folder:
    large, out = Path(folder) / "large.txt", Path(folder) / "run"
    text = read_text(arguments.text).encode()
    with open(large, "wb") as file:
        for _ in range(-(-arguments.megabytes * 1_000_000 // len(text))):
            file.write(text)
    size, start = large.stat().st_size, time.monotonic()
    command = [sys.executable, "-m", "minillm", "pretrain", "--preset", "nano", "--data", str(large), "--out", str(out), "--steps", "20"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as run:
        seen, peak = {}, 0
        while run.poll() is None:
            for name in ("tokenizer.json", "data/train", "data/valid", "last.safetensors"):
                if name not in seen and (out / name).exists():
                    seen[name] = time.monotonic() - start
            with contextlib.suppress(psutil.Error):  # one that has just ended
                family = [psutil.Process(run.pid), *psutil.Process(run.pid).children(recursive=True)]
                peak = max(peak, sum(one.memory_info().rss for one in family))
            time.sleep(0.05)
    if run.returncode:
        sys.exit(run.returncode)
    tokens = seen["data/valid"] - seen["tokenizer.json"]
    print(f"{size / 1e6:,.0f} MB: a tokenizer after {seen['tokenizer.json']:.0f} s; tokens in {tokens:.0f} s, {size / tokens / 1e6:.1f} MB a second;")
    print(f"all done after {time.monotonic() - start:.0f} s; peak memory of all processes together {peak / 1e9:.2f} GB")
