"""Batches: every pair is asked for once an epoch, whatever the lengths of the documents."""

import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from minillm.chat_format import render
from minillm.data.batches import IGNORE, OPEN_ROWS, Batches, pack
from minillm.data.encoding import encode_document
from minillm.data.token_files import Encoded, TokenFile, write_tokens

quick = settings(max_examples=60, deadline=None)
a_length = st.one_of(st.integers(1, 6), st.integers(1, 60))
some_lengths = st.lists(a_length, min_size=1, max_size=30).filter(lambda ns: max(ns) > 1)
PAD = 70_000


def write(folder: Path, lengths: list[int], learn=None) -> TokenFile:
    """A token file of documents of these lengths; no id is in it twice, so every pair is unique."""
    starts = np.cumsum([0, *lengths]).tolist()
    documents = [
        Encoded(range(a, b), None if learn is None else learn[a:b], b - a)
        for a, b in zip(starts, starts[1:])
    ]
    return write_tokens(folder / "tokens", documents, 70_001)


def pairs(inputs: torch.Tensor, targets: torch.Tensor) -> Counter:
    """The (input, target) pairs that are learned."""
    assert inputs.shape == targets.shape
    assert inputs.dtype == targets.dtype == torch.int64
    learned = targets != IGNORE
    return Counter(zip(inputs[learned].tolist(), targets[learned].tolist()))


def all_pairs(lengths: list[int], learn=None) -> Counter:
    starts = np.cumsum([0, *lengths]).tolist()
    return Counter(
        (i, i + 1)
        for a, b in zip(starts, starts[1:])
        for i in range(a, b - 1)
        if learn is None or learn[i + 1]
    )


# --- packing


@quick
@given(st.lists(st.integers(1, 30), max_size=300))
def test_every_piece_is_in_one_row_and_no_row_is_longer_than_t(lengths):
    rows = pack(np.array(lengths, dtype=int), 30)
    assert sorted(piece for row in rows for piece in row.tolist()) == list(range(len(lengths)))
    assert all(0 < sum(lengths[piece] for piece in row) <= 30 for row in rows)
    # in the order in which they came
    assert all(sorted(row.tolist()) == row.tolist() for row in rows)


def test_rows_are_packed_full():
    lengths = np.random.default_rng(0).integers(1, 100, size=5000)
    assert len(pack(lengths, 100)) < 1.03 * lengths.sum() / 100
    # Short pieces find the rows that wait for them.
    assert len(pack(np.array([60] * 200 + [40] * OPEN_ROWS), 100)) == 200


# --- every pair once


@quick
@given(some_lengths, st.integers(1, 12), st.integers(1, 4), st.booleans())
def test_every_pair_is_asked_for_exactly_once_an_epoch(lengths, T, batch_size, shuffle):
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder), lengths)
        batches = Batches(file, T, PAD, seed=3, shuffle=shuffle)
        one_pass = Counter()
        for inputs, targets in batches.one_pass(batch_size):
            assert inputs.shape[0] <= batch_size
            assert inputs.shape[1] == T
            assert ((targets == IGNORE) == (inputs == PAD)).all()
            one_pass += pairs(inputs, targets)
        first, second = len(batches.epoch_rows(0)), len(batches.epoch_rows(1))
        for start, stop in [(0, first), (first, first + second)]:
            assert pairs(*batches.batch(range(start, stop))) == all_pairs(lengths)
        assert one_pass == all_pairs(lengths)
        assert one_pass.total() == file.targets()
        del file, batches


@quick
@given(some_lengths, st.integers(1, 12), st.data())
def test_with_a_mask_every_learned_pair_is_asked_for_once_and_no_other(lengths, T, data):
    learn = data.draw(st.lists(st.booleans(), min_size=sum(lengths), max_size=sum(lengths)))
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder), lengths, learn)
        seen = Counter()
        inputs_seen = Counter()
        for inputs, targets in Batches(file, T, PAD).one_pass(2):
            seen += pairs(inputs, targets)
            inputs_seen.update(inputs[inputs != PAD].tolist())
        assert seen == all_pairs(lengths, learn)
        # What is not learned is still read.
        assert inputs_seen == Counter(a for a, _ in all_pairs(lengths))
        assert file.targets() == seen.total()
        del file


def test_a_long_document_is_cut_into_pieces_that_touch(tmp_path):
    file = write(tmp_path, [8])
    inputs, targets = next(Batches(file, 3, PAD, shuffle=False).one_pass(9))
    assert inputs.tolist() == [[0, 1, 2], [3, 4, 5], [6, PAD, PAD]]
    assert targets.tolist() == [[1, 2, 3], [4, 5, 6], [7, IGNORE, IGNORE]]


def test_short_documents_share_a_row_and_none_predicts_the_next(tmp_path):
    file = write(tmp_path, [3, 2, 4])
    inputs, targets = next(Batches(file, 6, PAD, shuffle=False).one_pass(9))
    assert inputs.tolist() == [[0, 1, 3, 5, 6, 7]]
    assert targets.tolist() == [[1, 2, 4, 6, 7, 8]]


def say(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


@pytest.mark.parametrize("context_size", [1, 2, 7, 64])
def test_conversations_of_any_length_lose_no_target_when_cut_into_rows(
    tmp_path, tokenizer, context_size
):
    conversations = [
        # far longer than a row
        [say("user", "Who?"), say("assistant", "The penguin lives on the ice. " * 20)],
        [say("user", "谁住在冰上？" * 20), say("assistant", "小企鹅")],
        [say("user", "a"), say("assistant", "")],
        [say("user", "a"), say("assistant", "  b"), say("user", "c"), say("assistant", "\n")],
    ]
    expected = []
    for conversation in conversations:
        ids, learn = render(conversation, tokenizer)
        expected += [i for i, learned in zip(ids, learn) if learned]
    encoded = (encode_document(c, tokenizer) for c in conversations)
    file = write_tokens(tmp_path / "tokens", encoded, 300)
    targets = []
    for _, rows in Batches(file, context_size, tokenizer.pad_id).one_pass(4):
        targets += rows[rows != IGNORE].tolist()
    assert sorted(targets) == sorted(expected)
    assert targets.count(tokenizer.im_end) == 5
    assert len(targets) == file.targets()


def test_padding_is_never_a_target(tmp_path, tokenizer):
    encoded = encode_document([say("assistant", "fish")], tokenizer)
    file = write_tokens(tmp_path / "tokens", [encoded], 300)
    ((inputs, targets),) = Batches(file, 32, tokenizer.pad_id).one_pass(1)
    assert (inputs == tokenizer.pad_id).any()
    assert (targets[inputs == tokenizer.pad_id] == IGNORE).all()
    assert not (targets == tokenizer.pad_id).any()


def test_what_is_ignored_is_what_pytorch_ignores():
    assert torch.nn.CrossEntropyLoss().ignore_index == IGNORE


# --- the stream of rows


def test_a_batch_depends_on_seed_and_number_only(tmp_path):
    file = write(tmp_path, [7, 3, 12, 5, 9, 2, 30, 4, 4, 6])
    in_order = Batches(file, 5, PAD, seed=1)
    stream = [in_order.batch(range(4 * n, 4 * n + 4)) for n in range(30)]  # several epochs
    assert len(in_order.epoch_rows(0)) % 4, "a batch should reach into the next epoch"
    for n in (29, 0, 17, 3, 28, 11):  # any order, by a fresh object or one that has gone on
        for batches in (Batches(file, 5, PAD, seed=1), in_order):
            inputs, targets = batches.batch(range(4 * n, 4 * n + 4))
            assert torch.equal(inputs, stream[n][0])
            assert torch.equal(targets, stream[n][1])
    other = Batches(file, 5, PAD, seed=2)
    others = [other.batch(range(4 * n, 4 * n + 4)) for n in range(3)]
    assert any(not torch.equal(one[0], two[0]) for one, two in zip(others, stream))


def test_a_batch_is_its_rows_whoever_asks_for_them(tmp_path):
    batches = Batches(write(tmp_path, [7, 3, 12, 5, 9]), 5, PAD)
    whole = batches.batch(range(4, 8))
    parts = [batches.batch([n]) for n in range(4, 8)]
    assert torch.equal(whole[0], torch.cat([inputs for inputs, _ in parts]))
    assert torch.equal(whole[1], torch.cat([targets for _, targets in parts]))


def test_every_epoch_is_shuffled_anew(tmp_path):
    batches = Batches(write(tmp_path, [2] * 50), 1, PAD, seed=0)
    orders = [[row.tolist() for row in batches.epoch_rows(epoch)] for epoch in range(3)]
    assert orders[0] != orders[1] != orders[2] != orders[0]
    assert sorted(orders[0]) == sorted(orders[1]) == sorted(orders[2])
    still = Batches(batches.file, 1, PAD, shuffle=False)
    assert [row.tolist() for row in still.epoch_rows(0)] == [[i] for i in range(50)]
