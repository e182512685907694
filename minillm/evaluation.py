"""How good is it? Bits per byte beside n-gram baselines, and exact answers to questions never seen.

Built in 09 (loss, baselines) and 12 (questions).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

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


@torch.inference_mode()
def answer_all(model: QdogBabyLearnLLM, tokenizer: BPETokenizer, questions: Sequence[Question], max_new_tokens: int = 64) -> list[str]:
    """The model's greedy answer to each question. Prompts of equal length are answered together."""
    prompts = [prompt(list(q.messages), tokenizer) for q in questions]
    by_length = defaultdict(list)
    for i, ids in enumerate(prompts):
        by_length[len(ids)].append(i)
    answers = [""] * len(questions)
    for length, members in by_length.items():
        ids = torch.tensor([prompts[i] for i in members])
        out = generate(model, ids, max_new_tokens, stop=tokenizer.im_end, temperature=0.0)[:, length:]
        for i, row in zip(members, out.tolist()):
            end = row.index(tokenizer.im_end) if tokenizer.im_end in row else len(row)
            answers[i] = tokenizer.decode(row[:end])
    return answers


def exact_match(questions: Sequence[Question], answers: Sequence[str]) -> dict[str, tuple[int, int]]:
    """For each family: how many answers are right to the letter, of how many."""
    right, asked = Counter(), Counter()
    for question, answer in zip(questions, answers, strict=True):
        right[question.family] += answer.strip() == question.answer
        asked[question.family] += 1
    return {family: (right[family], asked[family]) for family in asked}
