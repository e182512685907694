"""Several learners on one machine: how long a step takes each of k trainings at once.

    python benchmarks/bench_sharing.py [--at-once 4] [--steps 12]

Every training is `nano` in a process of its own, as the live notebooks train it. For each way in
which PyTorch's threads wait, one alone and k at once run in turn. Perfect sharing would be k times
one alone; `wanted` is 1.15 k.
"""

import argparse
import os
import statistics
import subprocess
import sys

WAYS = {
    "spinning (PyTorch's default)": {},
    "OMP_WAIT_POLICY=PASSIVE": {"OMP_WAIT_POLICY": "PASSIVE"},
    "GOMP_SPINCOUNT=1000": {"GOMP_SPINCOUNT": "1000"},
}
# Says that it is ready, waits for a line so that all begin together, prints its median step in ms.
TRAINING = """
import statistics, sys, time
import torch
from minillm.machine import keep_freed_memory
from minillm.model import PRESETS, QdogBabyLearnLLM
from minillm.training import TrainingConfig, make_optimizers, token_loss

keep_freed_memory()
model, seconds = QdogBabyLearnLLM(PRESETS["nano"]).train(), []
optimizers = make_optimizers(model, TrainingConfig())
ids = torch.randint(PRESETS["nano"].vocab_size, (8, PRESETS["nano"].context_size))
print("ready", flush=True)
sys.stdin.readline()
for step in range(int(sys.argv[1]) + 2):
    start = time.perf_counter()
    (token_loss(model, ids, ids) / ids.numel()).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for optimizer in optimizers:
        optimizer.step()
    model.zero_grad()
    if step >= 2:
        seconds.append(time.perf_counter() - start)
print(1000 * statistics.median(seconds))
"""


def step_ms(count: int, steps: int, environment: dict[str, str]) -> float:
    """The median step of `count` trainings at once, in milliseconds."""
    kept = {k: v for k, v in os.environ.items() if k not in ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT")}
    command = [sys.executable, "-c", TRAINING, str(steps)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    trainings = [subprocess.Popen(command, env=kept | environment, **pipes) for _ in range(count)]
    for training in trainings:
        training.stdout.readline()
    for training in trainings:
        training.stdin.write("\n")
        training.stdin.flush()
    return statistics.median(float(training.communicate()[0]) for training in trainings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--steps", type=int, default=12)
    arguments = parser.parse_args()
    k = arguments.at_once
    print(f"| threads wait by | one alone | {k} at once | ratio | wanted |\n|---|---|---|---|---|")
    for name, environment in WAYS.items():
        alone = step_ms(1, arguments.steps, environment)
        together = step_ms(k, arguments.steps, environment)
        ratio = f"{together / alone:.1f}"
        print(f"| {name} | {alone:.0f} ms | {together:.0f} ms | {ratio} | {1.15 * k:.1f} |")


if __name__ == "__main__":
    main()
