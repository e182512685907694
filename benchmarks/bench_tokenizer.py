"""How fast `minillm.tokenizer` learns and encodes, beside `tokenizers` and `tiktoken` in the same run.

    python benchmarks/bench_tokenizer.py [text file] [--repeats 7]

Every repeat takes every peer in turn, so that a busy machine slows all of them, and every repeat of encoding takes
a new tokenizer, so that no cache is warm. Learning includes reading the text into pre-tokens and counting them.
The figures are medians. The rows are returned for `benchmarks/run.py`; a ratio is our speed over the peer's.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import tiktoken
import tokenizers
from tokenizers import models, pre_tokenizers, trainers

from minillm.tokenizer import GPT2_PATTERN, SPECIAL_TOKENS, BPETokenizer, train_bpe
from minillm.tokenizer_files import to_chars

VOCAB_SIZE = 6400


def read_text(path: str | Path | None = None) -> str:
    """The file, or, if none is named, a megabyte of made-up lines, always the same."""
    if path is not None:
        return Path(path).read_bytes().decode("utf-8")
    choose = random.Random(0)
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "ing")]
    words = ["".join(choose.choices(syllables, k=choose.choice((1, 2, 2, 3)))) for _ in range(12_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]  # Zipf: as words are in a real text
    return "\n".join(" ".join(choose.choices(words, weights, k=8)).capitalize() + "." for _ in range(23_000))


def _medians(contenders: dict[str, Callable[[], Callable[[], object]]], repeats: int) -> dict[str, float]:
    """Median seconds of each; a contender prepares untimed and returns what is timed."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(repeats):
        for name, prepare in contenders.items():
            run = prepare()
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in seconds.items()}


def _row(task: str, peer: str, ours: float, theirs: float, target: float, same: bool) -> dict:
    ratio = theirs / ours
    return {"task": task, "peer": peer, "ours_s": round(ours, 4), "peer_s": round(theirs, 4),
            "ratio": round(ratio, 2), "target": target, "same_result": same, "met": same and ratio >= target}


def _learn_theirs(texts: list[str]) -> tokenizers.Tokenizer:
    theirs = tokenizers.Tokenizer(models.BPE())
    theirs.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    theirs.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=VOCAB_SIZE, special_tokens=list(SPECIAL_TOKENS), show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return theirs


def _same_merges(ours: BPETokenizer, theirs: tokenizers.Tokenizer) -> bool:
    merges = [[to_chars(left), to_chars(right)] for left, right in ours.merges]
    return merges == [list(merge) for merge in json.loads(theirs.to_str())["model"]["merges"]]


def training_rows(text: str, repeats: int = 7) -> list[dict]:
    """Learning 6,400 tokens from one string, and from its lines (where `tokenizers` uses all cores)."""
    rows = []
    for form, texts in (("one string", [text]), ("lines", text.splitlines(keepends=True))):
        seconds = _medians({
            "ours": lambda: lambda: train_bpe(texts, VOCAB_SIZE, progress=False),
            "theirs": lambda: lambda: _learn_theirs(texts),
        }, repeats)
        same = _same_merges(train_bpe(texts, VOCAB_SIZE, progress=False), _learn_theirs(texts))
        rows.append(_row(f"train to {VOCAB_SIZE}, {form}", "tokenizers", seconds["ours"], seconds["theirs"], 1 / 1.2, same))
    return rows


def encoding_rows(text: str, repeats: int = 7) -> list[dict]:
    """Encoding the whole text with an empty cache."""
    theirs = _learn_theirs([text])
    state, merges = theirs.to_str(), train_bpe(text, VOCAB_SIZE, progress=False).merges
    first = len(SPECIAL_TOKENS)  # tiktoken wants ranks from 0 on
    ranks = {token: i - first for token, i in BPETokenizer(merges).ids.items() if isinstance(token, bytes)}
    lines = text.splitlines(keepends=True)

    def ours() -> Callable:
        tokenizer = BPETokenizer(merges)
        return lambda: tokenizer.encode(text)

    def string() -> Callable:
        tokenizer = tokenizers.Tokenizer.from_str(state)
        return lambda: tokenizer.encode(text)

    def batch() -> Callable:
        tokenizer = tokenizers.Tokenizer.from_str(state)
        return lambda: tokenizer.encode_batch(lines)

    def tik() -> Callable:
        encoding = tiktoken.Encoding("ours", pat_str=GPT2_PATTERN, mergeable_ranks=ranks, special_tokens={})
        return lambda: encoding.encode_ordinary(text)

    ids = ours()()
    tokenizer = BPETokenizer(merges)
    lines_ids = [i for line in lines for i in tokenizer.encode(line)]
    same = {
        "string": string()().ids == ids,
        "batch": [i for encoded in batch()() for i in encoded.ids] == lines_ids,
        "tik": [i + first for i in tik()()] == ids,
    }
    seconds = _medians({"ours": ours, "string": string, "batch": batch, "tik": tik}, repeats)
    return [
        _row("encode the whole text", peer, seconds["ours"], seconds[name], target, same[name])
        for name, peer, target in (("string", "tokenizers.encode", 4.0), ("batch", "tokenizers.encode_batch of lines", 1.0),
                                   ("tik", "tiktoken", 0.5))
    ]


def rows(path: str | Path | None = None, repeats: int = 7) -> list[dict]:
    """All rows, for a text file or the made-up text."""
    text = read_text(path)
    return training_rows(text, repeats) + encoding_rows(text, repeats)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", nargs="?", help="a UTF-8 text file; without it, made-up text")
    parser.add_argument("--repeats", type=int, default=7)
    arguments = parser.parse_args()
    for row in rows(arguments.text, arguments.repeats):
        print(f"{row['task']:<28} {row['peer']:<34} ours {row['ours_s']:.3f} s   theirs {row['peer_s']:.3f} s   "
              f"{row['ratio']:.2f}x (target {row['target']:.2f}x)   same result: {row['same_result']}")
