"""Print the table of what has to be fast: each task beside a peer, as a ratio of speeds.

    python benchmarks/run.py [text file] [--repeats 7]

Timings vary: run it on an otherwise idle machine, and trust ratios rather than seconds.
"""

import argparse
from collections.abc import Iterator

import bench_model
import bench_tokenizer
from timing import Row, print_table


def rows(path: str | None, repeats: int) -> Iterator[Row]:
    """The rows of all benchmarks, in groups that are measured one after the other."""
    yield from bench_tokenizer.rows(path, repeats)
    yield from bench_model.rows(repeats)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "text", nargs="?", help="a UTF-8 text file for the tokenizers; without it, synthetic text"
    )
    parser.add_argument("--repeats", type=int, default=7)
    arguments = parser.parse_args()
    print_table(rows(arguments.text, arguments.repeats))
