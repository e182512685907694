"""Encoding: chunks of a text give the ids of the whole, several processes the file of one."""

import multiprocessing
import os
import signal

import numpy as np
import pytest

from minillm.chat_format import render
from minillm.data import documents as documents_module
from minillm.data import encoding
from minillm.data import encoding as module
from minillm.data.documents import LongText, read_documents
from minillm.data.encoding import cpu_workers, encode_document, token_file
from minillm.data.token_files import write_tokens

CHAT = [{"role": "user", "content": "谁?"}, {"role": "assistant", "content": "小企鹅"}]
LINES = (
    "The seal isn't  here.\n\n小企鹅住在冰上。\r\n \tIt'll   come back — 3.5 times! "
    "🐧🐧　全角 e\u0301te\u0301 a\u2028b\n"
)
TEXT = LINES * 7


# --- one document


def test_a_text_is_learned_from_its_first_token_to_its_end(tokenizer):
    encoded = encode_document("小企鹅 likes fish", tokenizer)
    end = tokenizer.end_id
    assert encoded.ids == [end, *tokenizer.encode("小企鹅 likes fish"), end]
    assert encoded.learn is None
    assert encoded.raw_bytes == 9 + 11
    assert not encoded.continues


@pytest.mark.parametrize("text", ["a\r\nb\r\n", "小企鹅", "🐧𠮷", "\u2028", "\ud800 alone"])
def test_bytes_are_the_raw_bytes_of_the_text(tmp_path, tokenizer, text):
    file = write_tokens(tmp_path / "tokens", [encode_document(text, tokenizer)], 300)
    assert file.info.bytes == len(text.encode("utf-8", "surrogatepass"))


def test_a_conversation_ends_with_endoftext_unlearned_and_counts_the_bytes_that_are_learned(
    tokenizer,
):
    conversation = [
        {"role": "user", "content": "谁？"},
        {"role": "assistant", "content": "seal"},
        {"role": "user", "content": "And?"},
        {"role": "assistant", "content": " 鱼\n"},  # white space around is left out
    ]
    encoded, (ids, learn) = (
        encode_document(conversation, tokenizer),
        render(conversation, tokenizer),
    )
    assert encoded.ids == [*ids, tokenizer.end_id, tokenizer.end_id]
    assert encoded.learn == [*learn, False, False]
    assert encoded.raw_bytes == 4 + 3  # bits per byte would flatter if a user's bytes counted too
    assert not encoded.continues


# --- long texts


@pytest.fixture
def small_jobs(monkeypatch):
    """As if 500 characters were much for a process."""
    monkeypatch.setattr(documents_module, "CHUNK_BYTES", 500)
    monkeypatch.setattr(module, "JOB_SIZE", 500)


def assert_same_tokens(one, other):
    assert one.info == other.info
    assert np.array_equal(one.ids, other.ids)
    assert np.array_equal(one.ends, other.ends)


def test_a_long_text_in_chunks_has_the_ids_of_the_whole(tmp_path, tokenizer, small_chunks):
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    [document] = read_documents(tmp_path / "a.txt")
    assert isinstance(document, LongText)
    chunks = list(document)
    assert "".join(chunks) == TEXT
    assert len(chunks) > 10
    long = token_file(tmp_path / "long", [document, "and more"], tokenizer)
    assert_same_tokens(long, token_file(tmp_path / "whole", [TEXT, "and more"], tokenizer))
    assert long.info.documents == 2


def test_the_chunks_of_a_long_text_continue_until_its_last(tmp_path, tokenizer, small_chunks):
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    documents = [*read_documents(tmp_path / "a.txt"), "and more"]
    *chunks, last, more = module.encode_documents(documents, tokenizer, workers=1)
    assert all(chunk.continues for chunk in chunks)
    assert not last.continues
    assert not more.continues
    ids = [i for part in (*chunks, last) for i in part.ids]
    assert [n for n, i in enumerate(ids) if i == tokenizer.end_id] == [0, len(ids) - 1]


def test_a_token_file_that_is_there_is_opened_if_it_is_of_this_tokenizer(
    tmp_path, tokenizer, tokenizer_700
):
    file = token_file(tmp_path / "tokens", [TEXT], tokenizer)
    assert file.info.tokenizer == tokenizer.fingerprint
    again = token_file(tmp_path / "tokens", iter(()), tokenizer)
    assert_same_tokens(file, again)
    with pytest.raises(ValueError, match=r"tokens was made with another tokenizer; put "):
        token_file(tmp_path / "tokens", [TEXT], tokenizer_700)


# --- several processes


def test_several_processes_write_the_file_of_one(tmp_path, tokenizer, small_jobs):
    (tmp_path / "a.txt").write_bytes(TEXT.encode() * 9)
    long = LongText(tmp_path / "a.txt", 0, len(TEXT.encode()) * 9)
    documents = ["", TEXT, CHAT, long, "小", CHAT * 30]
    one, two = (token_file(tmp_path / str(n), documents, tokenizer, workers=n) for n in (1, 2))
    assert_same_tokens(one, two)
    assert np.array_equal(one.learn, two.learn)
    assert one.info.documents == 6


def test_a_fault_in_the_middle_leaves_nothing_under_the_name_and_no_process(
    tmp_path, tokenizer, small_jobs
):
    started = []

    def documents():
        yield from [TEXT] * 20
        started.extend(multiprocessing.active_children())
        raise ValueError("line 7 is no good")

    with pytest.raises(ValueError, match="line 7 is no good"):
        token_file(tmp_path / "tokens", documents(), tokenizer, workers=2)
    assert len(started) == 2
    assert multiprocessing.active_children() == []
    assert not (tmp_path / "tokens").exists()
    # What was left is written over.
    assert token_file(tmp_path / "tokens", [TEXT], tokenizer).info.documents == 1


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed like this here")
def test_a_process_that_is_killed_is_reported_in_a_sentence(tmp_path, tokenizer, small_jobs):
    def documents():
        yield from [TEXT] * 20
        for child in multiprocessing.active_children():
            os.kill(child.pid, signal.SIGKILL)
        yield from [TEXT] * 20

    with pytest.raises(OSError, match="a process that turned text into tokens was ended"):
        token_file(tmp_path / "tokens", documents(), tokenizer, workers=2)


def test_as_many_processes_as_cores_and_no_more_than_windows_allows(monkeypatch):
    for cores, workers in {1: 1, 4: 4, 128: 60}.items():
        monkeypatch.setattr(encoding, "cpu_cores", lambda cores=cores: cores)
        assert cpu_workers() == workers


def test_a_worker_ignores_ctrl_c_from_its_first_moment(tokenizer, monkeypatch):
    """It is for the main process, which ends the workers; theirs would only be noise."""
    seen = []

    class Pool(module.ProcessPoolExecutor):
        def submit(self, work, *args):
            seen.append((work, signal.getsignal(signal.SIGINT)))
            return super().submit(work, *args)

    monkeypatch.setattr(module, "ProcessPoolExecutor", Pool)
    monkeypatch.setattr(module, "JOB_SIZE", 10)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert len(list(module.encode_documents(["the cat sat"] * 9, tokenizer, 2))) == 9
    finally:
        signal.signal(signal.SIGINT, before)
    assert seen[:2] == [(int, signal.SIG_IGN)] * 2
    assert all(handler is signal.default_int_handler for _, handler in seen[2:])
