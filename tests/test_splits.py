"""Splits: nothing is lost, nothing is in both parts, and no part is empty."""

import json
import multiprocessing
import os

import pytest

from minillm.data import documents
from minillm.data import splits as module
from minillm.data.splits import fingerprint, split_documents

CHAT = [{"role": "user", "content": "谁?"}, {"role": "assistant", "content": "小企鹅"}]


def test_each_20th_document_is_for_validation_and_none_is_in_both():
    documents = [str(i) for i in range(60)]
    data = split_documents([documents])
    assert list(data.valid) == ["0", "20", "40"]
    assert sorted([*data.pretrain, *data.valid]) == sorted(documents)
    assert list(data.valid) == ["0", "20", "40"]  # and again
    assert list(data.texts) == list(data.pretrain)
    assert not data.has_conversations
    assert list(data.sft) == list(data.sft_valid) == []


def test_one_long_text_gives_its_last_twentieth():
    text = "0123456789" * 20
    data = split_documents([[text]])
    assert list(data.pretrain) == [text[:190]]
    assert list(data.valid) == [text[190:]]


def test_a_file_that_changes_after_it_was_read_is_named(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("one two three " * 99)
    data = split_documents([str(path)])
    data.check_unchanged()
    path.write_text("one two four " * 99)
    with pytest.raises(ValueError, match=r"a\.txt has changed while it was read; start again$"):
        data.check_unchanged()
    path.unlink()
    with pytest.raises(ValueError, match="has changed"):
        data.check_unchanged()


def test_a_models_folder_is_no_data(tmp_path):
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(ValueError, match="is a model or a run of minillm, not data"):
        split_documents([str(tmp_path)])


def test_one_conversation_serves_for_both_and_that_is_told():
    notes = []
    data = split_documents([[CHAT]], notes.append)
    assert list(data.sft) == list(data.sft_valid) == [CHAT]
    assert "one conversation only, so it serves for training and for validation" in notes[0]


def test_a_long_text_is_split_between_characters(tmp_path, small_chunks):
    for size in range(60, 75):
        text = "x" * (size % 3) + "小" * size
        (tmp_path / "a.txt").write_bytes(text.encode())
        data = split_documents([str(tmp_path / "a.txt")])
        [train], [valid] = data.pretrain, data.valid
        train, valid = "".join(train), "".join(valid)
        assert train + valid == text
        assert 1 <= len(valid) <= size // 20 + 1


def test_validation_is_no_larger_than_can_be_read_quickly(monkeypatch, tmp_path, small_chunks):
    monkeypatch.setattr(module, "MAX_VALIDATION_SIZE", 25)
    documents = [f"document {i:03}" for i in range(200)]  # 12 characters each
    data = split_documents([documents])
    assert list(data.valid) == [documents[0], documents[20], documents[40]]
    assert sorted([*data.pretrain, *data.valid]) == documents
    (tmp_path / "a.txt").write_bytes(b"0123456789" * 100)
    [valid] = split_documents([str(tmp_path / "a.txt")]).valid
    assert "".join(valid) == "5678901234567890123456789"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_what_can_be_read_only_once_is_kept(tmp_path):
    pipe, text = tmp_path / "pipe", "0123456789" * 10
    os.mkfifo(pipe)
    writer = multiprocessing.get_context("fork").Process(target=pipe.write_text, args=(text,))
    writer.start()
    data = split_documents([str(pipe)])
    writer.join()
    for _ in range(2):
        assert list(data.pretrain) == [text[:95]]
        assert list(data.valid) == ["56789"]


def test_a_fault_deep_in_a_long_text_is_found_at_once(tmp_path, small_chunks):
    (tmp_path / "a.txt").write_bytes(b"abc " * 500 + b"\xff")
    with pytest.raises(ValueError, match=r"a.txt is not UTF-8 text: byte 0xff at 2000$"):
        split_documents([str(tmp_path / "a.txt")])


def test_texts_and_conversations_are_separated(tmp_path):
    (tmp_path / "a.txt").write_text("0123456789" * 20)
    lines = [json.dumps({"conversations": chat}) + "\n" for chat in (CHAT, CHAT[:1])]
    (tmp_path / "b.jsonl").write_text("".join(lines))
    data = split_documents([str(tmp_path)])
    assert list(data.pretrain) == list(data.texts) == ["0123456789" * 19]
    assert list(data.valid) == ["0123456789"]
    assert data.has_conversations
    assert list(data.sft) == [CHAT]
    assert list(data.sft_valid) == [CHAT[:1]]


def test_conversations_alone_serve_for_pretraining_too_and_one_for_validation_too():
    data = split_documents([[CHAT]])
    for part in (data.pretrain, data.valid, data.sft, data.sft_valid):
        assert list(part) == [CHAT]
    assert list(data.texts) == []


def test_too_little_text_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("too little")
    sentence = (
        r"a\.txt: too little text to keep a valid part; "
        r"20 documents or a text of 20 characters are needed$"
    )
    with pytest.raises(ValueError, match=sentence):
        split_documents([str(tmp_path / "a.txt")])


def test_the_fingerprint_is_that_of_the_documents(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("The penguin likes fish. " * 10)
    first = split_documents([str(path)]).fingerprint
    assert split_documents([str(path)]).fingerprint == first
    path.write_text("The penguin likes fish. " * 9 + "The penguin likes eggs. ")
    assert split_documents([str(path)]).fingerprint != first
    assert fingerprint(["ab", "c"]) != fingerprint(["a", "bc"])


def test_of_every_long_text_the_end_is_for_validation_however_many_there_are(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "LONG_TEXT_BYTES", 50)
    for n in range(25):
        (tmp_path / f"{n:02}.txt").write_text(f"{n:02} the penguin likes fish. " * 10)
    data = split_documents([str(tmp_path)])
    train, valid = list(data.pretrain), list(data.valid)
    assert len(train) == len(valid) == 25
    for kept, held in zip(train, valid):
        assert held.start == kept.stop and (held.stop - held.start) * 20 <= held.stop


def test_of_one_book_among_many_texts_the_end_is_for_validation(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MAX_VALIDATION_SIZE", 100)
    lines = ["x" * 3000, *(f"{n} fish" for n in range(30))]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": line}) + "\n" for line in lines))
    data = split_documents([str(path)])
    assert next(iter(data.pretrain)) == "x" * 2850
