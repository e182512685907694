"""How fast our tokenizer learns and encodes, beside `tokenizers` and `tiktoken` in the same run.

    python benchmarks/bench_tokenizer.py [text file] [--repeats 7]

Every round of encoding takes a new tokenizer, so that no cache is warm. Learning includes cutting
the text into pre-tokens and counting them.
"""

import argparse
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import tiktoken
import tokenizers
from timing import Row, medians, print_table, without_preparation
from tokenizers import models, pre_tokenizers, trainers

from minillm.formats.tokenizer_files import SPECIAL_TOKENS, to_chars
from minillm.tokenizer import GPT2_PATTERN, BPETokenizer
from minillm.tokenizer_training import train_bpe

VOCAB_SIZE = 6400


def read_text(path: str | Path | None = None) -> str:
    """The file, or, if none is named, a megabyte of synthetic lines, always the same."""
    if path is not None:
        return Path(path).read_bytes().decode("utf-8")
    choose = random.Random(0)
    syllables = [
        a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "ing")
    ]
    words = [
        "".join(choose.choices(syllables, k=choose.choice((1, 2, 2, 3)))) for _ in range(12_000)
    ]
    weights = [1 / rank for rank in range(1, len(words) + 1)]  # Zipf's law, as in natural text
    return "\n".join(
        " ".join(choose.choices(words, weights, k=8)).capitalize() + "." for _ in range(23_000)
    )


def train_ours(texts: list[str]) -> BPETokenizer:
    """Our tokenizer, trained without a progress bar."""
    return train_bpe(texts, VOCAB_SIZE, progress=False)


def train_theirs(texts: list[str]) -> tokenizers.Tokenizer:
    """A byte-level BPE tokenizer of `tokenizers`, with the same options."""
    theirs = tokenizers.Tokenizer(models.BPE())
    theirs.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=VOCAB_SIZE,
        special_tokens=list(SPECIAL_TOKENS),
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    theirs.train_from_iterator(texts, trainer)
    return theirs


def have_same_merges(ours: BPETokenizer, theirs: tokenizers.Tokenizer) -> bool:
    """Whether both merge the same pairs in the same order."""
    merges = [[to_chars(left), to_chars(right)] for left, right in ours.merges]
    return merges == [list(merge) for merge in json.loads(theirs.to_str())["model"]["merges"]]


def training_row(form: str, texts: list[str], repeats: int) -> Row:
    """Learning 6,400 tokens from these texts."""
    contenders = {
        "ours": without_preparation(lambda: train_ours(texts)),
        "theirs": without_preparation(lambda: train_theirs(texts)),
    }
    seconds = medians(contenders, repeats)
    same = have_same_merges(train_ours(texts), train_theirs(texts))
    ratio = seconds["theirs"] / seconds["ours"]
    return Row(f"train to {VOCAB_SIZE}, {form}", "tokenizers", ratio, 1 / 1.2, same)


def encoding_rows(text: str, repeats: int) -> list[Row]:
    """Encoding the whole text with an empty cache."""
    state, merges = train_theirs([text]).to_str(), train_ours([text]).merges
    first = len(SPECIAL_TOKENS)  # the id of the first byte; tiktoken's ranks count from 0
    ranks = {
        token: i - first
        for token, i in BPETokenizer(merges).ids.items()
        if isinstance(token, bytes)
    }
    lines = text.splitlines(keepends=True)

    def ours() -> Callable[[], list[int]]:
        tokenizer = BPETokenizer(merges)
        return lambda: tokenizer.encode(text)

    def string() -> Callable[[], tokenizers.Encoding]:
        tokenizer = tokenizers.Tokenizer.from_str(state)
        return lambda: tokenizer.encode(text)

    def batch() -> Callable[[], list[tokenizers.Encoding]]:
        tokenizer = tokenizers.Tokenizer.from_str(state)
        return lambda: tokenizer.encode_batch(lines)

    def tiktoken_string() -> Callable[[], list[int]]:
        encoding = tiktoken.Encoding(
            "ours", pat_str=GPT2_PATTERN, mergeable_ranks=ranks, special_tokens={}
        )
        return lambda: encoding.encode_ordinary(text)

    ids = ours()()
    tokenizer = BPETokenizer(merges)
    lines_ids = [i for line in lines for i in tokenizer.encode(line)]
    same = {
        "string": string()().ids == ids,
        "batch": [i for encoded in batch()() for i in encoded.ids] == lines_ids,
        "tiktoken": [i + first for i in tiktoken_string()()] == ids,
    }
    contenders = {"ours": ours, "string": string, "batch": batch, "tiktoken": tiktoken_string}
    seconds = medians(contenders, repeats)
    return [
        Row("encode the whole text", peer, seconds[name] / seconds["ours"], target, same[name])
        for name, peer, target in (
            ("string", "tokenizers.encode", 4.0),
            ("batch", "tokenizers.encode_batch of lines", 1.0),
            ("tiktoken", "tiktoken", 0.5),
        )
    ]


def rows(path: str | Path | None = None, repeats: int = 7) -> Iterator[Row]:
    """All rows, for a text file or the synthetic text."""
    text = read_text(path)
    yield training_row("one string", [text], repeats)
    # `tokenizers` uses all cores only for several texts.
    yield training_row("lines", text.splitlines(keepends=True), repeats)
    yield from encoding_rows(text, repeats)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", nargs="?", help="a UTF-8 text file; without it, synthetic text")
    parser.add_argument("--repeats", type=int, default=7)
    arguments = parser.parse_args()
    print_table(rows(arguments.text, arguments.repeats))
