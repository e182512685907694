"""What the benchmarks share: medians of contenders that take turns, and a table of results."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# Prepares, untimed, and returns what is timed.
Contender = Callable[[], Callable[[], object]]


@dataclass(frozen=True)
class Row:
    """One task, as fast as we do it beside a peer in the same run."""

    task: str
    peer: str
    ratio: float  # our speed / the peer's
    target: float  # the least ratio that is good enough
    same_result: bool | None = None  # None: there is no result to compare


def medians(contenders: dict[str, Contender], repeats: int) -> dict[str, float]:
    """Median seconds of each contender, after one round that does not count.

    They take turns, so that a busy machine slows all of them.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for i in range(repeats + 1):
        for name, prepare in contenders.items():
            run = prepare()
            start = time.perf_counter()
            run()
            if i:
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in seconds.items()}


def without_preparation(run: Callable[[], object]) -> Contender:
    """A contender that is the same function in every round."""
    return lambda: run


def print_table(rows: Iterable[Row]) -> None:
    """Print rows as a Markdown table, each as soon as it is there."""
    print("| task | peer | our speed / the peer's | target | same result |\n|---|---|---|---|---|")
    for row in rows:
        same = {True: "yes", False: "no", None: ""}[row.same_result]
        print(
            f"| {row.task} | {row.peer} | {row.ratio:.2f} | {row.target:.2f} | {same} |",
            flush=True,
        )
