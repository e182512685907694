"""Scores: bits per byte count raw bytes, baselines count n-grams, answers match to the letter."""

import math
from collections import Counter

import pytest
import torch

from minillm import evaluation
from minillm.corpus import Question
from minillm.data.encoding import encode_document
from minillm.data.token_files import Encoded, write_tokens
from minillm.evaluation import answer_all, bits_per_byte, exact_match, ngram_losses


def by_hand(train: list[list[int]], valid: list[list[int]], vocab_size: int, order: int) -> float:
    """The same interpolation with dictionaries, one probability at a time."""
    counts = [Counter() for _ in range(order + 1)]
    stream = [i for document in train for i in document]
    first = {sum(map(len, train[:n])) for n in range(len(train))}
    for at in range(len(stream)):
        for n in range(1, order + 1):
            if at not in first and at - n + 1 >= 0:
                counts[n][tuple(stream[at - n + 1 : at + 1])] += 1
    discount = []
    for n in range(order + 1):
        ones, twos = (sum(c == k for c in counts[n].values()) for k in (1, 2))
        discount.append(ones / (ones + 2 * twos) if ones else 0.5)

    def probability(context: tuple[int, ...], token: int, n: int) -> float:
        if n == 0:
            return 1 / vocab_size
        head = context[len(context) - n + 1 :] if n > 1 else ()
        same = {gram: c for gram, c in counts[n].items() if gram[:-1] == head}
        shorter = probability(context, token, n - 1)
        if not same:
            return shorter
        total, saved = sum(same.values()), sum(min(c, discount[n]) for c in same.values())
        return (max(same.get((*head, token), 0) - discount[n], 0) + saved * shorter) / total

    losses = []
    for document in valid:
        for at in range(1, len(document)):
            n = min(order, at + 1)
            losses.append(-math.log(probability(tuple(document[:at]), document[at], n)))
    return sum(losses) / len(losses)


def write(folder, documents):
    """A token file of these documents, of 8 tokens."""
    encoded = (Encoded(ids, None, 10) for ids in documents)
    return write_tokens(folder / str(len(list(folder.iterdir()))), encoded, 8)


@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_the_baselines_are_those_counted_by_hand(tmp_path, order):
    train = [
        [0, 1, 2, 3, 1, 2, 3, 1, 2, 4, 0],
        [0, 2, 3, 1, 1, 2, 5, 0],
        [0, 1, 2, 3, 4, 4, 1, 2, 3, 0],
    ]
    valid = [[0, 1, 2, 3, 5, 1, 2, 6, 2, 3, 0]]
    losses = ngram_losses(*(write(tmp_path, part) for part in (train, valid)), max_order=5)
    assert losses["uniform"] == pytest.approx(math.log(8))
    assert losses[f"{order}-gram"] == pytest.approx(by_hand(train, valid, 8, order), abs=1e-9)


def test_what_was_never_seen_is_unlikely_and_not_impossible(tmp_path):
    files = [write(tmp_path, [ids] * 2) for ids in ([0, 1, 2, 1, 2, 0], [0, 7, 2, 1, 0])]
    assert all(math.isfinite(loss) for loss in ngram_losses(*files).values())


def test_bits_per_byte_count_the_bytes_of_the_text_and_not_its_tokens(tmp_path, tokenizer):
    text = "小企鹅 😀 and a word"
    file = write_tokens(tmp_path / "t", [encode_document(text, tokenizer)], tokenizer.vocab_size)
    assert file.info.bytes == len(text.encode())
    targets = len(tokenizer.encode(text)) + 1
    assert file.targets() == targets
    expected = targets / math.log(2) / len(text.encode())
    assert bits_per_byte(1.0, file) == pytest.approx(expected)


def test_a_file_of_no_bytes_has_no_bits_per_byte(tmp_path):
    file = write_tokens(tmp_path / "t", [Encoded([1, 2], None, 0)], 8)
    with pytest.raises(ValueError, match=r"t holds no text that is learned: it has no bits per"):
        bits_per_byte(1.0, file)


def question(text: str, answer: str, family: str = "x") -> Question:
    return Question(family, "en", ({"role": "user", "content": text},), answer)


def test_an_answer_is_right_to_the_letter():
    questions = [question("?", "Mimi lives here.", family) for family in ("a", "a", "a", "b")]
    answers = ["Mimi lives here.", "mimi lives here.", "Mimi lives here", " Mimi lives here.\n"]
    assert exact_match(questions, answers) == {"a": (1, 3), "b": (1, 1)}


def test_questions_answered_together_get_the_answers_they_get_alone(make_model, tokenizer):
    model = make_model(context_size=64)
    texts = ["a cat", "a dog", "the end of it all", "a"]
    questions = [question(text, text[:2]) for text in texts]
    together = answer_all(model, tokenizer, questions)
    assert together == [answer_all(model, tokenizer, [q])[0] for q in questions]
    assert all(together)


def test_an_answer_that_does_not_stop_is_cut_off(make_model, tokenizer):
    model, questions = make_model(context_size=64), [question("a cat", "the end")]
    short, long = (
        answer_all(model, tokenizer, questions, extra_tokens=extra)[0] for extra in (0, 20)
    )
    assert short
    assert long.startswith(short.rstrip("\ufffd"))
    assert len(long) > len(short) + 10


def test_ids_that_the_tokenizer_lacks_are_never_an_answer(make_model, tokenizer):
    model = make_model(vocab_size=tokenizer.vocab_size + 50, context_size=64)
    with torch.no_grad():
        model.out.bias[tokenizer.vocab_size :] += 100
    assert answer_all(model, tokenizer, [question("a cat", "the end")]) != [""]


def test_no_answer_is_longer_than_160_tokens(make_model, tokenizer, monkeypatch):
    asked = []

    def generate(model, ids, count, **_):
        asked.append(count)
        return ids

    monkeypatch.setattr(evaluation, "generate", generate)
    questions = [question("a cat", "the end of it all " * 200)]
    assert answer_all(make_model(context_size=64), tokenizer, questions) == [""]
    assert asked == [160]
