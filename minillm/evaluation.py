"""How good a model is: bits per byte beside n-gram baselines, right answers to unseen questions.

Not here: benchmarks of general knowledge, and answers judged by another model.
Built in 10 (loss, baselines) and 13 (questions).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import torch

from .chat_format import prompt
from .corpus import Question
from .data.token_files import TokenFile
from .model import QdogBabyLearnLLM
from .sampling import generate
from .tokenizer import BPETokenizer

MAX_NGRAM_TOKENS = 10_000_000  # counted for the baselines; more needs too much memory
MAX_ANSWER_TOKENS = 160


def bits_per_byte(loss: float, file: TokenFile) -> float:
    """From nats per target to bits per raw byte of the file's text, whatever the tokenizer.

    ValueError for a file of no bytes.
    """
    if not file.info.bytes:
        raise ValueError(f"{file.folder} holds no text that is learned: it has no bits per byte")
    return loss * file.targets() / math.log(2) / file.info.bytes


def ngram_losses(train: TokenFile, valid: TokenFile, max_order: int = 5) -> dict[str, float]:
    """Nats per target on `valid` of models that only count: uniform, unigram, ... `max_order`.

    Interpolated with absolute discounting: each seen n-gram gives up a part of its count, and what
    is saved in a context goes to the next shorter one. (Ney, Essen and Kneser, 1994.)
    """
    V = train.info.vocab_size
    count = min(len(train), MAX_NGRAM_TOKENS)
    seen, new = np.asarray(train.ids[:count], np.int64), np.asarray(valid.ids, np.int64)
    counted, targets = train.asked(count), valid.asked()
    context = np.zeros(len(seen), np.int64)  # the number of the n-gram before each token
    new_context = np.zeros(len(new), np.int64)
    p = np.full(len(new), 1 / V)
    losses = {"uniform": math.log(V)}
    for order in range(1, max_order + 1):
        counted[: order - 1] = False  # too few tokens stand before these
        grams, gram_of = np.unique(context * V + seen, return_inverse=True)
        counts = np.bincount(gram_of, counted)
        once, twice = (counts == 1).sum(), (counts == 2).sum()
        discount = once / (once + 2 * twice) if once else 0.5  # 0 would make what is new impossible
        contexts = grams // V
        total = np.bincount(contexts, counts)  # of each context
        saved = np.bincount(contexts, np.minimum(counts, discount))
        gram = np.minimum(np.searchsorted(grams, new_context * V + new), len(grams) - 1)
        found = (grams[gram] == new_context * V + new) & (new_context >= 0)
        known = np.where(new_context >= 0, new_context, 0)
        has_context = (new_context >= 0) & (total[known] > 0)
        kept = np.where(found, np.maximum(counts[gram] - discount, 0), 0)
        p = np.where(has_context, (kept + saved[known] * p) / np.maximum(total[known], 1), p)
        losses[f"{order}-gram"] = float(-np.log(p[targets]).mean())
        context = np.concatenate(([0], gram_of[:-1]))
        new_context = np.concatenate(([-1], np.where(found, gram, -1)[:-1]))
    return losses


@torch.inference_mode()
def answer_all(
    model: QdogBabyLearnLLM,
    tokenizer: BPETokenizer,
    questions: Sequence[Question],
    extra_tokens: int = 8,
) -> list[str]:
    """The model's greedy answer to each question.

    An answer is cut off `extra_tokens` after the longest right one would have ended, or after
    MAX_ANSWER_TOKENS, so a model that never stops costs little. Prompts of equal length are
    answered together.
    """
    prompts = [prompt(list(q.messages), tokenizer) for q in questions]
    limits = []
    for question in questions:
        right = (question.answer, *question.accepted)
        longest = max(len(tokenizer.encode(answer)) for answer in right)
        limits.append(min(longest + extra_tokens, MAX_ANSWER_TOKENS))
    by_length = defaultdict(list)
    for i, ids in enumerate(prompts):
        by_length[len(ids)].append(i)
    answers = [""] * len(questions)
    device = next(model.parameters()).device
    for length, members in by_length.items():
        batch = torch.tensor([prompts[i] for i in members], device=device)
        most = max(limits[i] for i in members)
        out = generate(
            model,
            batch,
            most,
            stop=tokenizer.im_end,
            temperature=0.0,
            vocab_size=tokenizer.vocab_size,
        )[:, length:]
        for i, row in zip(members, out.tolist()):
            end = row.index(tokenizer.im_end) if tokenizer.im_end in row else len(row)
            answers[i] = tokenizer.decode(row[: min(end, limits[i])])
    return answers


def exact_match(
    questions: Sequence[Question], answers: Sequence[str]
) -> dict[str, tuple[int, int]]:
    """For each family: how many answers are right, of how many.

    Right is what was expected, to the letter, or what begins as one of the accepted answers.
    """
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for question, answer in zip(questions, answers, strict=True):
        right[question.family] += question.is_right(answer)
        asked[question.family] += 1
    return {family: (right[family], asked[family]) for family in asked}
