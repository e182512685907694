"""The promises of data: every pair once an epoch whatever the lengths, whole files or none, faults named by file and line."""

import json
import math
import os
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from minillm import data as module
from minillm.data import (
    IGNORE, OPEN_ROWS, Batches, TokenFile, check_messages, pack, text_sequence, write_tokens,
)

quick = settings(max_examples=60, deadline=None)
some_lengths = st.lists(st.one_of(st.integers(1, 6), st.integers(1, 60)), min_size=1, max_size=30).filter(lambda ns: max(ns) > 1)
PAD = 70_000


def write(folder: Path, lengths: list[int], learn=None, name: str = "tokens") -> TokenFile:
    """A token file of documents of the given lengths in which no id stands twice, so that every pair is one of a kind."""
    starts = np.cumsum([0, *lengths]).tolist()
    masks = [None] * len(lengths) if learn is None else [learn[a:b] for a, b in zip(starts, starts[1:])]
    return write_tokens(folder / name, [(list(range(a, b)), mask, b - a) for a, b, mask in zip(starts, starts[1:], masks)], 70_001)


def pairs(inputs: torch.Tensor, targets: torch.Tensor) -> Counter:
    """The (input, target) pairs that are learned."""
    assert inputs.shape == targets.shape and inputs.dtype == targets.dtype == torch.int64
    learned = targets != IGNORE
    return Counter(zip(inputs[learned].tolist(), targets[learned].tolist()))


def all_pairs(lengths: list[int], learn=None) -> Counter:
    starts = np.cumsum([0, *lengths]).tolist()
    return Counter((i, i + 1) for a, b in zip(starts, starts[1:]) for i in range(a, b - 1) if learn is None or learn[i + 1])


# --- packing and batches -------------------------------------------------------------------------------------------

@quick
@given(st.lists(st.integers(1, 30), max_size=300))
def test_every_piece_is_in_one_row_and_no_row_is_longer_than_t(lengths):
    rows = pack(np.array(lengths, dtype=int), 30)
    assert sorted(piece for row in rows for piece in row.tolist()) == list(range(len(lengths)))
    assert all(0 < sum(lengths[piece] for piece in row) <= 30 for row in rows)
    assert all(sorted(row.tolist()) == row.tolist() for row in rows)  # in the order in which they came


def test_rows_are_packed_full():
    lengths = np.random.default_rng(0).integers(1, 100, size=5000)
    assert len(pack(lengths, 100)) < 1.03 * lengths.sum() / 100
    assert len(pack(np.array([60] * 200 + [40] * OPEN_ROWS), 100)) == 200  # short pieces find the rows that wait for them


@quick
@given(some_lengths, st.integers(1, 12), st.integers(1, 4), st.booleans())
def test_every_pair_is_asked_for_exactly_once_an_epoch(lengths, T, batch_size, shuffle):
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder), lengths)
        batches = Batches(file, T, PAD, seed=3, shuffle=shuffle)
        one_pass, epoch = Counter(), Counter()
        for inputs, targets in batches.one_pass(batch_size):
            assert inputs.shape[0] <= batch_size and inputs.shape[1] == T
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
        assert inputs_seen == Counter(a for a, _ in all_pairs(lengths))  # what is not learned is still read
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


def test_a_batch_depends_on_seed_and_number_only(tmp_path):
    file = write(tmp_path, [7, 3, 12, 5, 9, 2, 30, 4, 4, 6])
    in_order = Batches(file, 5, PAD, seed=1)
    stream = [in_order.batch(range(4 * n, 4 * n + 4)) for n in range(30)]  # several epochs
    assert len(in_order.epoch_rows(0)) % 4, "a batch should reach into the next epoch"
    for n in (29, 0, 17, 3, 28, 11):  # any order, by a fresh object or one that has gone on
        for batches in (Batches(file, 5, PAD, seed=1), in_order):
            inputs, targets = batches.batch(range(4 * n, 4 * n + 4))
            assert torch.equal(inputs, stream[n][0]) and torch.equal(targets, stream[n][1])
    other = Batches(file, 5, PAD, seed=2)
    assert any(not torch.equal(other.batch(range(4 * n, 4 * n + 4))[0], stream[n][0]) for n in range(3))


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


# --- token files -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("vocab_size, dtype", [(300, "<u2"), (65_536, "<u2"), (65_537, "<u4"), (100_000, "<u4")])
def test_a_token_file_holds_what_was_written_in_as_few_bytes_as_the_vocabulary_allows(tmp_path, vocab_size, dtype):
    documents = [[0, vocab_size - 1, 5], [7, 7]]
    write_tokens(tmp_path / "a" / "tokens", [(ids, None, 10 * len(ids)) for ids in documents], vocab_size)
    file = TokenFile(tmp_path / "a" / "tokens")
    assert file.ids.tolist() == documents[0] + documents[1]
    assert file.ends.tolist() == [3, 5]
    assert file.learn is None and len(file) == 5 and file.targets() == 3
    assert (file.info.dtype, file.info.documents, file.info.bytes, file.info.vocab_size) == (dtype, 2, 50, vocab_size)
    assert isinstance(file.ids, np.memmap)  # opened without being read


def test_a_mask_is_kept_and_documents_without_one_are_learned_whole(tmp_path):
    file = write_tokens(tmp_path / "tokens", [([1, 2, 3], [False, True, False], 3), ([4, 5], None, 2)], 300)
    assert file.learn.tolist() == [False, True, False, True, True]
    assert file.targets() == 2  # 2 and 5: the first of a document is predicted from nothing


def test_a_document_may_come_in_parts(tmp_path):
    whole = write_tokens(tmp_path / "whole", [([1, 2, 3, 4], None, 7), ([5, 6], None, 2)], 300)
    parts = write_tokens(tmp_path / "parts", [([1, 2], None, 3, True), ([3, 4], None, 4, False), ([5, 6], None, 2)], 300)
    assert parts.info == whole.info and parts.ids.tolist() == whole.ids.tolist() and parts.ends.tolist() == whole.ends.tolist() == [4, 6]


def test_writing_that_is_interrupted_leaves_nothing_under_the_name_and_can_be_repeated(tmp_path):
    def broken():
        yield [1, 2, 3], None, 3
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_tokens(tmp_path / "tokens", broken(), 300)
    assert not (tmp_path / "tokens").exists()
    write_tokens(tmp_path / "tokens", [([4, 5], None, 2)], 300)
    assert os.listdir(tmp_path) == ["tokens"]
    assert TokenFile(tmp_path / "tokens").ids.tolist() == [4, 5]


def test_a_token_file_is_not_written_over(tmp_path):
    write(tmp_path, [3])
    with pytest.raises(FileExistsError, match="tokens exists; choose another name or delete it first$"):
        write(tmp_path, [4])
    assert TokenFile(tmp_path / "tokens").info.tokens == 3


@pytest.mark.parametrize("sequences", [[], [([1], None, 1)], [([1], None, 1), ([2], None, 1)]])
def test_documents_that_ask_for_nothing_are_refused(tmp_path, sequences):
    with pytest.raises(ValueError, match="give nothing to predict$"):
        write_tokens(tmp_path / "tokens", sequences, 300)
    assert os.listdir(tmp_path) == []


def test_a_damaged_token_file_is_refused_in_one_sentence(tmp_path):
    def shorten(name):
        return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:-1])

    def change(**values):
        def apply(folder):
            meta = json.loads((folder / "meta.json").read_text())
            (folder / "meta.json").write_text(json.dumps(meta | values))
        return apply

    damages = [shorten(name) for name in ("ids.bin", "ends.bin", "learn.bin", "meta.json")]
    damages += [lambda folder, name=name: (folder / name).unlink() for name in ("ids.bin", "ends.bin", "learn.bin", "meta.json")]
    damages += [change(format="minillm tokens 2"), change(dtype="nonsense"), change(tokens=-1), change(documents="3"), change(more=1)]
    damages += [change(tokens=5), change(documents=1)]
    damages += [lambda folder, text=text: (folder / "meta.json").write_bytes(text) for text in (b"", b"[]", b"null", b"\xff\xfe")]
    for number, damage in enumerate(damages):
        write(tmp_path, [3, 4], learn=[True] * 7, name=str(number))
        damage(tmp_path / str(number))
        with pytest.raises(ValueError, match=f"/{number} is not a whole token file of this version; write it again") as error:
            TokenFile(tmp_path / str(number))
        assert "\n" not in str(error.value)
    with pytest.raises(ValueError, match="nowhere is not a whole token file"):
        TokenFile(tmp_path / "nowhere")


# --- conversations ---------------------------------------------------------------------------------------------------

CHAT = [{"role": "user", "content": "谁?"}, {"role": "assistant", "content": "小企鹅"}]


def test_messages_are_given_back_when_they_are_a_conversation():
    assert check_messages(CHAT, "here") is CHAT
    with pytest.raises(ValueError, match="^here: a conversation is a list"):
        check_messages(None, "here")


# --- raw bytes ---------------------------------------------------------------------------------------------------------

def test_a_text_is_learned_from_its_first_token_to_its_end(tokenizer):
    ids, learn, size = text_sequence("小企鹅 likes fish", tokenizer)
    assert ids == [tokenizer.end_id, *tokenizer.encode("小企鹅 likes fish"), tokenizer.end_id]
    assert learn is None
    assert size == 9 + 11


@pytest.mark.parametrize("text", ["a\r\nb\r\n", "小企鹅", "🐧𠮷", "\u2028", "\ud800 alone"])
def test_bytes_are_the_raw_bytes_of_the_text(tmp_path, tokenizer, text):
    file = write_tokens(tmp_path / "tokens", [text_sequence(text, tokenizer)], 300)
    assert file.info.bytes == len(text.encode("utf-8", "surrogatepass"))


def test_bits_per_byte_are_the_losses_of_all_targets_over_the_raw_bytes(tmp_path, tokenizer):
    from minillm.evaluation import bits_per_byte

    text = "小企鹅住在冰上。" * 5
    file = write_tokens(tmp_path / "tokens", [text_sequence(text, tokenizer)], 300)
    assert file.targets() == len(tokenizer.encode(text)) + 1
    assert bits_per_byte(math.log(2), file) == pytest.approx(file.targets() / (5 * 24))


def test_what_is_ignored_is_what_pytorch_ignores():
    assert module.IGNORE == torch.nn.CrossEntropyLoss().ignore_index
