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
    IGNORE, OPEN_ROWS, Batches, TokenFile, check_messages, pack, read_documents, split_documents, text_sequence, write_tokens,
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


# --- documents -------------------------------------------------------------------------------------------------------

CHAT = [{"role": "user", "content": "谁?"}, {"role": "assistant", "content": "小企鹅"}]


def test_a_text_file_is_one_document_kept_byte_for_byte(tmp_path):
    text = "one\r\ntwo\n\n三\r\u2028 🐧 \t"
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert list(read_documents(tmp_path / "a.txt")) == [text]
    (tmp_path / "story").write_bytes(text.encode())  # any name but .jsonl is a text
    assert list(read_documents(str(tmp_path / "story"))) == [text]


def test_jsonl_gives_texts_and_conversations_and_skips_empty_lines(tmp_path):
    lines = [json.dumps({"text": "a\u2028b\nc"}, ensure_ascii=False), "", "   ", json.dumps({"conversations": CHAT}), '{"text": ""}']
    (tmp_path / "a.jsonl").write_bytes("\r\n".join(lines).encode())
    assert list(read_documents(tmp_path / "a.jsonl")) == ["a\u2028b\nc", CHAT, ""]


def test_a_folder_gives_its_files_in_the_order_of_their_names(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "z.md").write_text("third")
    (tmp_path / "a.txt").write_text("first")
    (tmp_path / "b" / "c.jsonl").write_text('{"text": "second"}\n')
    (tmp_path / "picture.png").write_bytes(b"\xff")
    assert list(read_documents(tmp_path)) == ["first", "second", "third"]


@pytest.mark.parametrize(
    "name, content, message",
    [
        ("a.txt", b"", "a.txt is empty; a text with at least one character is needed"),
        ("a.txt", b"x" * 20_000 + b"\xff", "a.txt is not UTF-8 text: byte 0xff at 20000"),
        ("a.jsonl", b'{"text": "a"}\n{"text": "\xff"}', "a.jsonl, line 2 is not UTF-8 text: byte 0xff at 10"),
        ("a.jsonl", b'{"text": "a"}\n\n{"text": "a"', "a.jsonl, line 3: not JSON: '{\"text\": \"a\"'"),
        ("a.jsonl", b"[" * 100_000, "a.jsonl, line 1: not JSON: '" + "[" * 40 + "'"),
        ("a.jsonl", b'"text"', 'a.jsonl, line 1: needs either "text" or "conversations"'),
        ("a.jsonl", b'{"txt": "a"}', 'a.jsonl, line 1: needs either "text" or "conversations"'),
        ("a.jsonl", b'{"text": "a", "conversations": []}', 'a.jsonl, line 1: needs either "text" or "conversations"'),
        ("a.jsonl", b'{"text": 5}', 'a.jsonl, line 1: "text" is int, not a string'),
        ("a.jsonl", b'{"conversations": []}', "a.jsonl, line 1: a conversation is a list of at least one message, not '[]'"),
        ("a.jsonl", b'{"conversations": "hi"}', "a.jsonl, line 1: a conversation is a list of at least one message, not 'hi'"),
        ("a.jsonl", b'{"conversations": ["hi"]}', 'a.jsonl, line 1: a message is {"role": system | user | assistant, "content": a string}, not \'hi\''),
        ("a.jsonl", b'{"conversations": [{"role": "bot", "content": "hi"}]}', "not \"{'role': 'bot', 'content': 'hi'}\""),
        ("a.jsonl", b'{"conversations": [{"role": ["user"], "content": "hi"}]}', "a.jsonl, line 1: a message is"),
        ("a.jsonl", b'{"conversations": [{"role": "user"}]}', "not \"{'role': 'user'}\""),
        ("a.jsonl", b'{"conversations": [{"role": "user", "content": 3}]}', "a.jsonl, line 1: a message is"),
    ],
)
def test_bad_input_is_refused_in_one_sentence_with_file_and_line(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError) as error:
        list(read_documents(tmp_path / name))
    assert message in str(error.value) and str(error.value).startswith(str(tmp_path / name)) and "\n" not in str(error.value)


def test_what_is_not_there_is_refused_by_name(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="no.jsonl can't be read: No such file or directory$"):
        list(read_documents(tmp_path / "no.jsonl"))
    with pytest.raises(ValueError, match="holds no .txt, .md or .jsonl file$"):
        list(read_documents(tmp_path))
    monkeypatch.setitem(__import__("sys").modules, "datasets", None)  # as if it were not installed
    with pytest.raises(ValueError, match=r"^some/name is no file or folder here \(for a dataset of that name .*: pip install datasets\)$"):
        list(read_documents("some/name"))


def test_messages_are_given_back_when_they_are_a_conversation():
    assert check_messages(CHAT, "here") is CHAT
    with pytest.raises(ValueError, match="^here: a conversation is a list"):
        check_messages(None, "here")


def test_each_20th_document_is_held_for_validation_and_none_is_in_both():
    documents = [str(i) for i in range(60)]
    train, valid = split_documents(documents)
    assert valid == ["0", "20", "40"]
    assert sorted(train + valid) == sorted(documents)


def test_one_long_text_gives_its_last_twentieth():
    text = "0123456789" * 20
    train, valid = split_documents([text])
    assert train == [text[:190]] and valid == [text[190:]]
    train, valid = split_documents([text, CHAT, CHAT[:1]])
    assert train == [text[:190], CHAT] and valid == [text[190:], CHAT[:1]]


# --- raw bytes ---------------------------------------------------------------------------------------------------------

def test_a_text_is_learned_from_its_first_token_to_its_end(tokenizer):
    ids, learn, size = text_sequence("小企鹅 likes fish", tokenizer)
    assert ids == [tokenizer.end_id, *tokenizer.encode("小企鹅 likes fish"), tokenizer.end_id]
    assert learn is None
    assert size == 9 + 11


@pytest.mark.parametrize("text", ["a\r\nb\r\n", "小企鹅", "🐧𠮷", "\u2028", "\ud800 alone"])
def test_bytes_are_the_raw_bytes_of_the_text(tmp_path, tokenizer, text):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text}))
    documents = list(read_documents(tmp_path / "a.jsonl"))
    file = write_tokens(tmp_path / "tokens", (text_sequence(document, tokenizer) for document in documents), 300)
    assert file.info.bytes == len(text.encode("utf-8", "surrogatepass"))


def test_bits_per_byte_are_the_losses_of_all_targets_over_the_raw_bytes(tmp_path, tokenizer):
    from minillm.evaluation import bits_per_byte

    text = "小企鹅住在冰上。" * 5
    file = write_tokens(tmp_path / "tokens", [text_sequence(text, tokenizer)], 300)
    assert file.targets() == len(tokenizer.encode(text)) + 1
    assert bits_per_byte(math.log(2), file) == pytest.approx(file.targets() / (5 * 24))


def test_what_is_ignored_is_what_pytorch_ignores():
    assert module.IGNORE == torch.nn.CrossEntropyLoss().ignore_index
