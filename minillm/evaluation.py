"""How good is it? Bits per byte beside n-gram baselines, and exact answers to questions never seen.

Built in 09 (loss, baselines) and 12 (questions).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import torch

from .chat import prompt
from .corpus import Question
from .data import TokenFile
from .model import QdogBabyLearnLLM
from .sampling import generate
from .tokenizer import BPETokenizer


def bits_per_byte(loss: float, file: TokenFile) -> float:
    """From nats per target to bits per raw byte of the file's text, which no choice of tokens can flatter."""
    return loss * file.targets() / math.log(2) / file.info.bytes


MOST_NGRAM_TOKENS = 10_000_000  # counted for the baselines; more would not fit into a small memory


def ngram_losses(train: TokenFile, valid: TokenFile, max_order: int = 5) -> dict[str, float]:
    """Nats per target on `valid` of models that only count: uniform, unigram, … up to `max_order` tokens at a time.

    Interpolated with absolute discounting: each seen n-gram gives up a part of its count, and what is saved in a
    context goes to the next shorter one. A loss of the transformer above these means that it sees further.
    """
    V = train.info.vocab_size
    seen, new = np.asarray(train.ids[:MOST_NGRAM_TOKENS], np.int64), np.asarray(valid.ids, np.int64)
    asked, wanted = _targets(train, len(seen)), _targets(valid, len(new))
    context, new_context = np.zeros(len(seen), np.int64), np.zeros(len(new), np.int64)  # number of the tokens before
    p = np.full(len(new), 1 / V)
    losses = {"uniform": math.log(V)}
    for order in range(1, max_order + 1):
        asked[: order - 1] = False  # too few tokens stand before these
        grams, which = np.unique(context * V + seen, return_inverse=True)
        counts = np.bincount(which, asked)
        singles, doubles = (counts == 1).sum(), (counts == 2).sum()
        discount = singles / (singles + 2 * doubles) if singles else 0.5  # never 0, or what is new would be impossible
        contexts = grams // V
        total = np.bincount(contexts, counts)  # per context: how often it occurred
        saved = np.bincount(contexts, np.minimum(counts, discount))
        gram = np.minimum(np.searchsorted(grams, new_context * V + new), len(grams) - 1)
        found = (grams[gram] == new_context * V + new) & (new_context >= 0)
        known = np.where(new_context >= 0, new_context, 0)
        told = (new_context >= 0) & (total[known] > 0)
        count = np.where(found, np.maximum(counts[gram] - discount, 0), 0)
        p = np.where(told, (count + saved[known] * p) / np.maximum(total[known], 1), p)
        losses[f"{order}-gram"] = float(-np.log(p[wanted]).mean())
        context = np.concatenate(([0], which[:-1]))
        new_context = np.concatenate(([-1], np.where(found, gram, -1)[:-1]))
    return losses


def _targets(file: TokenFile, count: int) -> np.ndarray:
    """Which of the first `count` tokens of a file are asked for: those that are learned and do not begin a document."""
    asked = np.ones(count, bool) if file.learn is None else np.array(file.learn[:count])
    starts = np.concatenate(([0], file.ends[:-1]))
    asked[starts[starts < count]] = False
    return asked


@torch.inference_mode()
def answer_all(model: QdogBabyLearnLLM, tokenizer: BPETokenizer, questions: Sequence[Question], spare: int = 8) -> list[str]:
    """The model's greedy answer to each question, cut off `spare` tokens after the right one would have ended, or after 160.

    So a model that never stops costs little. Prompts of equal length are answered together.
    """
    prompts = [prompt(list(q.messages), tokenizer) for q in questions]
    room = [min(len(tokenizer.encode(q.answer)) + spare, 160) for q in questions]
    by_length = defaultdict(list)
    for i, ids in enumerate(prompts):
        by_length[len(ids)].append(i)
    answers = [""] * len(questions)
    for length, members in by_length.items():
        ids = torch.tensor([prompts[i] for i in members])
        out = generate(model, ids, max(room[i] for i in members), stop=tokenizer.im_end, temperature=0.0)[:, length:]
        for i, row in zip(members, out.tolist()):
            end = row.index(tokenizer.im_end) if tokenizer.im_end in row else len(row)
            answers[i] = tokenizer.decode(row[: min(end, room[i])])
    return answers


def exact_match(questions: Sequence[Question], answers: Sequence[str]) -> dict[str, tuple[int, int]]:
    """For each family: how many answers are right to the letter, of how many."""
    right, asked = Counter(), Counter()
    for question, answer in zip(questions, answers, strict=True):
        right[question.family] += answer.strip() == question.answer
        asked[question.family] += 1
    return {family: (right[family], asked[family]) for family in asked}
