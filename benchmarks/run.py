"""Print the table of what has to be fast: each task beside a peer in the same run, as a ratio of speeds.

    python benchmarks/run.py [text file] [--repeats 7]

Machines are noisy: run it on an otherwise idle one, and believe ratios rather than seconds.
"""

import argparse

import bench_model
import bench_tokenizer

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("text", nargs="?", help="a UTF-8 text file for the tokenizers; without it, made-up text")
parser.add_argument("--repeats", type=int, default=7)
arguments = parser.parse_args()

print("| task | beside | our speed / theirs | wanted | same result |\n|---|---|---|---|---|")
for rows in (
    bench_tokenizer.rows(arguments.text, arguments.repeats),
    bench_model.training_rows(arguments.repeats),
    bench_model.generation_rows(arguments.repeats),
):
    for row in rows:
        same = {True: "yes", False: "no", None: ""}[row["same_result"]]
        print(f"| {row['task']} | {row['peer']} | {row['ratio']:.2f} | {row['target']:.2f} | {same} |", flush=True)
