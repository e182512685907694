"""The promises of documents: nothing lost, faults named, and what is read in pieces or by several processes is what is read whole."""

import json
import multiprocessing
import os
import signal

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minillm import documents as module
from minillm.documents import LongText, all_documents, read_documents, split_documents, texts_of, token_file

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


# --- long texts ------------------------------------------------------------------------------------------------------

@pytest.fixture
def small_pieces(monkeypatch):
    """As if 40 bytes were much."""
    monkeypatch.setattr(module, "LONG", 40)
    monkeypatch.setattr(module, "PIECE", 16)


TEXT = "The seal isn't  here.\n\n小企鹅住在冰上。\r\n \tIt'll   come back — 3.5 times! 🐧🐧　全角 e\u0301te\u0301 a\u2028b\n" * 7


def same_tokens(one, other):
    return one.info == other.info and np.array_equal(one.ids, other.ids) and np.array_equal(one.ends, other.ends)


def test_a_long_text_in_pieces_has_the_ids_of_the_whole(tmp_path, tokenizer, small_pieces):
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    [document] = read_documents(tmp_path / "a.txt")
    assert isinstance(document, LongText)
    pieces = list(document)
    assert "".join(pieces) == TEXT and len(pieces) > 10
    long = token_file(tmp_path / "long", [document, "and more"], tokenizer)
    assert same_tokens(long, token_file(tmp_path / "whole", [TEXT, "and more"], tokenizer)) and long.info.documents == 2


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("thepnguin 's\n\t1.,小企鹅喜欢鱼。\u0301\u3000—"), min_size=1, max_size=40))
@example(text="the penguin")
def test_no_token_reaches_across_a_cut(tokenizer, text):
    cut = module._last_cut(text)
    assert tokenizer.encode(text[:cut]) + tokenizer.encode(text[cut:]) == tokenizer.encode(text)


def test_a_text_that_cannot_be_cut_is_one_piece(tmp_path, small_pieces):
    (tmp_path / "a.txt").write_bytes(b"x" * 1000)
    assert list(LongText(tmp_path / "a.txt", 0, 1000)) == ["x" * 1000]


@pytest.mark.parametrize("at", [0, 15, 16, 17, 500, 999])
def test_a_byte_that_is_no_text_is_named_with_its_place(tmp_path, small_pieces, at):
    data = bytearray(b"ab " * 400)
    data[at] = 0xFF
    (tmp_path / "a.txt").write_bytes(data)
    [document] = read_documents(tmp_path / "a.txt")
    with pytest.raises(ValueError, match=f"a.txt is not UTF-8 text: byte 0xff at {at}$"):
        list(document)
    (tmp_path / "b.txt").write_bytes("小".encode() * 30 + b"\xe5")  # half a character at the end
    with pytest.raises(ValueError, match="b.txt is not UTF-8 text: byte 0xe5 at 90$"):
        list(*read_documents(tmp_path / "b.txt"))


def test_a_long_text_is_split_between_characters(tmp_path, small_pieces):
    for size in range(60, 75):
        (tmp_path / "a.txt").write_bytes(("x" * (size % 3) + "小" * size).encode())
        train, valid = (list(part) for part in split_documents([str(tmp_path / "a.txt")]).values())
        text = "".join(train[0]) + "".join(valid[0])
        assert text == "x" * (size % 3) + "小" * size and 1 <= len("".join(valid[0])) <= size // 20 + 1


# --- several processes -------------------------------------------------------------------------------------------------

def test_several_processes_write_the_file_of_one(tmp_path, tokenizer, monkeypatch):
    monkeypatch.setattr(module, "PIECE", 500)
    (tmp_path / "a.txt").write_bytes(TEXT.encode() * 9)
    documents = ["", TEXT, CHAT, LongText(tmp_path / "a.txt", 0, len(TEXT.encode()) * 9), "小", CHAT * 30]
    files = [token_file(tmp_path / str(workers), documents, tokenizer, workers) for workers in (1, 2)]
    assert same_tokens(*files) and np.array_equal(files[0].learn, files[1].learn) and files[0].info.documents == 6


def test_a_fault_in_the_middle_leaves_nothing_under_the_name_and_no_helper(tmp_path, tokenizer, monkeypatch):
    monkeypatch.setattr(module, "PIECE", 500)

    def documents():
        yield from [TEXT] * 20
        raise ValueError("line 7 is no good")

    with pytest.raises(ValueError, match="line 7 is no good"):
        token_file(tmp_path / "tokens", documents(), tokenizer, 2)
    assert not (tmp_path / "tokens").exists() and multiprocessing.active_children() == []
    assert token_file(tmp_path / "tokens", [TEXT], tokenizer).info.documents == 1  # what was left is written over


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed like this here")
def test_a_helper_that_is_killed_is_said_in_a_sentence(tmp_path, tokenizer, monkeypatch):
    monkeypatch.setattr(module, "PIECE", 500)

    def documents():
        yield from [TEXT] * 20
        for child in multiprocessing.active_children():
            os.kill(child.pid, signal.SIGKILL)
        yield from [TEXT] * 20

    with pytest.raises(OSError, match="a process that turned text into tokens was ended"):
        token_file(tmp_path / "tokens", documents(), tokenizer, 2)


# --- training and validation -------------------------------------------------------------------------------------------

def test_each_20th_document_is_held_for_validation_and_none_is_in_both():
    documents = [str(i) for i in range(60)]
    parts = split_documents([documents])
    assert list(parts) == ["pretrain", "valid"] and list(parts["valid"]) == ["0", "20", "40"]
    assert sorted([*parts["pretrain"], *parts["valid"]]) == sorted(documents)
    assert list(parts["valid"]) == ["0", "20", "40"]  # and again


def test_one_long_text_gives_its_last_twentieth():
    text = "0123456789" * 20
    parts = split_documents([[text]])
    assert list(parts["pretrain"]) == [text[:190]] and list(parts["valid"]) == [text[190:]]


def test_no_more_is_held_than_can_be_judged_quickly(monkeypatch, tmp_path, small_pieces):
    monkeypatch.setattr(module, "MOST_HELD", 25)
    documents = [f"document {i:03}" for i in range(200)]  # 12 characters each
    parts = split_documents([documents])
    assert list(parts["valid"]) == [documents[0], documents[20], documents[40]]
    assert sorted([*parts["pretrain"], *parts["valid"]]) == documents
    (tmp_path / "a.txt").write_bytes(b"0123456789" * 100)
    assert ["".join(part) for part in split_documents([str(tmp_path / "a.txt")])["valid"]] == ["5678901234567890123456789"[-25:]]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_what_can_be_read_only_once_is_kept(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = multiprocessing.get_context("fork").Process(target=pipe.write_text, args=("0123456789" * 10,))
    writer.start()
    parts = split_documents([str(pipe)])
    writer.join()
    for _ in range(2):
        assert list(parts["pretrain"]) == [("0123456789" * 10)[:95]] and list(parts["valid"]) == ["56789"]


def test_a_fault_deep_in_a_long_text_is_found_at_once(tmp_path, small_pieces):
    (tmp_path / "a.txt").write_bytes(b"abc " * 500 + b"\xff")
    with pytest.raises(ValueError, match="a.txt is not UTF-8 text: byte 0xff at 2000$"):
        split_documents([str(tmp_path / "a.txt")])


def test_texts_and_conversations_are_parted(tmp_path):
    (tmp_path / "a.txt").write_text("0123456789" * 20)
    (tmp_path / "b.jsonl").write_text("".join(json.dumps({"conversations": chat}) + "\n" for chat in (CHAT, CHAT[:1])))
    parts = {name: list(part) for name, part in split_documents([str(tmp_path)]).items()}
    assert parts == {"pretrain": ["0123456789" * 19], "valid": ["0123456789"], "sft": [CHAT], "sft_valid": [CHAT[:1]]}
    assert list(split_documents([[CHAT]])["sft"]) == list(split_documents([[CHAT]])["sft_valid"]) == [CHAT]  # one has to serve for both


def test_too_little_text_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("too little")
    with pytest.raises(ValueError, match="a.txt: too little text to keep a valid part; 20 documents or a text of 20 characters are needed$"):
        split_documents([str(tmp_path / "a.txt")])


def test_texts_of_documents(tmp_path, small_pieces):
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    assert list(texts_of(["a", CHAT])) == ["a", "谁?", "小企鹅"]
    assert "".join(texts_of(all_documents([str(tmp_path / "a.txt")]))) == TEXT
