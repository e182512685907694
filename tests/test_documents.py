"""Documents: nothing is lost, and faults are named by file and line."""

import json
import os
import re
import sys
import threading
import types

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minillm.data import documents as module
from minillm.data.documents import LongText, all_documents, read_documents, text_size, texts_of

CHAT = [{"role": "user", "content": "谁?"}, {"role": "assistant", "content": "小企鹅"}]


def test_a_text_file_is_one_document_kept_byte_for_byte(tmp_path):
    text = "one\r\ntwo\n\n三\r\u2028 🐧 \t"
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert list(read_documents(tmp_path / "a.txt")) == [text]
    (tmp_path / "story").write_bytes(text.encode())  # any name but .jsonl is a text
    assert list(read_documents(str(tmp_path / "story"))) == [text]


def test_jsonl_gives_texts_and_conversations_and_skips_empty_lines(tmp_path):
    lines = [json.dumps({"text": "a\u2028b\nc"}, ensure_ascii=False), "", "   "]
    lines += [json.dumps({"conversations": CHAT}), '{"text": ""}']
    (tmp_path / "a.jsonl").write_bytes("\r\n".join(lines).encode())
    assert list(read_documents(tmp_path / "a.jsonl")) == ["a\u2028b\nc", CHAT]


def test_a_folder_gives_its_files_in_the_order_of_their_names(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "z.md").write_text("third")
    (tmp_path / "a.txt").write_text("first")
    (tmp_path / "b" / "c.jsonl").write_text('{"text": "second"}\n')
    (tmp_path / "picture.png").write_bytes(b"\xff")
    assert list(read_documents(tmp_path)) == ["first", "second", "third"]


NEITHER = ', line 1: needs either "text" or "conversations"'
NO_LIST = ", line 1: a conversation is a list of at least one message, not "
NO_MESSAGE = ', line 1: a message is {"role": system | user | assistant, "content": a string}, not '


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"text": "a"}\n{"text": "\xff"}', ", line 2 is not UTF-8 text: byte 0xff at 10"),
        (b'{"text": "a"}\n\n{"text": "a"', ', line 3: not JSON: \'{"text": "a"\''),
        (b"[" * 100_000, ", line 1: not JSON: '" + "[" * 40 + "'"),
        (b'"text"', NEITHER),
        (b'{"txt": "a"}', NEITHER),
        (b'{"text": "a", "conversations": []}', NEITHER),
        (b'{"text": 5}', ', line 1: "text" is int, not a string'),
        (b'{"conversations": []}', NO_LIST + "'[]'"),
        (b'{"conversations": "hi"}', NO_LIST + "'hi'"),
        (b'{"conversations": ["hi"]}', NO_MESSAGE + "'hi'"),
        (
            b'{"conversations": [{"role": "bot", "content": "hi"}]}',
            NO_MESSAGE + "\"{'role': 'bot', 'content': 'hi'}\"",
        ),
        (b'{"conversations": [{"role": ["user"], "content": "hi"}]}', NO_MESSAGE),
        (b'{"conversations": [{"role": "user"}]}', NO_MESSAGE + "\"{'role': 'user'}\""),
        (b'{"conversations": [{"role": "user", "content": 3}]}', NO_MESSAGE),
    ],
)
def test_bad_input_is_refused_in_one_sentence_with_file_and_line(tmp_path, content, message):
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="^" + re.escape(f"{path}{message}")) as error:
        list(read_documents(path))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", " is empty; a text with at least one character is needed"),
        (b"x" * 20_000 + b"\xff", " is not UTF-8 text: byte 0xff at 20000"),
    ],
)
def test_a_bad_text_is_refused_in_one_sentence(tmp_path, content, message):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="^" + re.escape(f"{path}{message}") + "$"):
        list(read_documents(path))


def test_what_is_not_there_is_refused_by_name(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match=r"no\.jsonl is no file or folder here"):
        list(read_documents(tmp_path / "no.jsonl"))
    with pytest.raises(ValueError, match=r"holds no \.txt, \.md, \.jsonl, .*\.json file$"):
        list(read_documents(tmp_path))
    monkeypatch.setitem(sys.modules, "datasets", None)  # as if it were not installed
    sentence = r"^some/name is no file or folder here; a dataset .* is written hf:some/name$"
    with pytest.raises(ValueError, match=sentence):
        list(read_documents("some/name"))
    with pytest.raises(ValueError, match=r"^hf:some/name .* pip install datasets$"):
        list(read_documents("hf:some/name"))


def test_a_dataset_of_the_hub_gives_texts_and_conversations_and_faults_have_their_row(monkeypatch):
    class DatasetsError(Exception): ...

    rows = {
        "good": [{"text": "a"}, {"conversations": CHAT}],
        "columns": [{"a": 1, "b": 2}],
        "row": [{"text": "a"}, {"text": 5}],
    }

    def load_dataset(name, split, streaming):
        assert (split, streaming) == ("train", True)
        if name not in rows:
            raise DatasetsError("no\nsuch dataset")
        return iter(rows[name])

    hub = types.SimpleNamespace(
        load_dataset=load_dataset, exceptions=types.SimpleNamespace(DatasetsError=DatasetsError)
    )
    monkeypatch.setitem(sys.modules, "datasets", hub)
    assert list(read_documents("hf:good")) == ["a", CHAT]
    with pytest.raises(ValueError, match=r"^hf:columns has the columns a, b; "):
        list(read_documents("hf:columns"))
    with pytest.raises(ValueError, match=r'^hf:row, row 2: "text" is int, not a string$'):
        list(read_documents("hf:row"))
    with pytest.raises(ValueError, match=r"^the hub gives no dataset none: no such dataset$"):
        list(read_documents("hf:none"))


# --- files as people have them


def test_a_mistyped_path_is_never_a_request(monkeypatch):
    asked = []
    hub = types.SimpleNamespace(load_dataset=lambda *args, **_: asked.append(args))
    monkeypatch.setitem(sys.modules, "datasets", hub)
    with pytest.raises(ValueError, match="no file or folder"):
        list(read_documents("storys.txt"))
    assert asked == []


@pytest.mark.parametrize(
    ("name", "content", "documents"),
    [
        ("a.TXT", "one", ["one"]),
        ("a.JSONL", '{"text": "one"}', ["one"]),
        ("a.json", '[{"text": "one"}, {"text": "two"}]', ["one", "two"]),
        ("a.Json", '{"text": "one"}', ["one"]),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_suffixes_of_any_case_json_arrays_and_byte_order_marks(
    tmp_path, name, content, documents, mark
):
    (tmp_path / name).write_text(mark + content, encoding="utf-8")
    assert list(read_documents(tmp_path / name)) == documents


def test_a_folder_leaves_out_what_is_hidden_or_ours_and_names_the_rest(tmp_path):
    files = {
        "a.TXT": "one",
        "b.json": '[{"text": "two"}]',
        "package.json": "{}",
        "picture.png": "",
        ".hidden.txt": "no",
        ".ipynb_checkpoints/a.txt": "no",
        ".git/a.txt": "no",
        "runs/mini/run.json": "{}",
        "runs/mini/report.md": "no",
        "more/c.md": "three",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    notes = []
    assert list(read_documents(tmp_path, notes.append)) == ["one", "two", "three"]
    assert notes == [
        f"{tmp_path}: left out {tmp_path / 'runs' / 'mini'}, which minillm wrote",
        f"{tmp_path}: left out 2 files of other kinds (.json, .png)",
    ]


def test_lines_of_endoftext_part_documents_and_that_is_said(tmp_path):
    text = "one\n<|endoftext|>\ntwo <|endoftext|> inside\n  <|endoftext|>\r\nthree"
    (tmp_path / "a.txt").write_bytes(text.encode())
    notes = []
    documents = list(read_documents(tmp_path / "a.txt", notes.append))
    assert documents == ["one\n", "two <|endoftext|> inside\n", "three"]
    assert notes == [f"{tmp_path / 'a.txt'}: lines of <|endoftext|> part its documents"]


def test_a_long_text_is_parted_at_every_marker_and_nowhere_else(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LONG_TEXT_BYTES", 50)
    parts = ["x " * 100 + "\n", "short\n", "企鹅 " * 40 + "\n"]
    (tmp_path / "a.txt").write_bytes("<|endoftext|>\n".join(parts).encode())
    documents = list(read_documents(tmp_path / "a.txt"))
    assert [isinstance(document, LongText) for document in documents] == [True, False, True]
    assert ["".join(texts_of([document])) for document in documents] == parts


def test_a_separator_after_a_byte_order_mark_is_one(tmp_path):
    (tmp_path / "a.txt").write_bytes("\ufeff<|endoftext|>\none".encode())
    assert list(read_documents(tmp_path / "a.txt")) == ["one"]


@pytest.mark.parametrize("name", ["run.json", "model.safetensors"])
def test_a_model_is_not_read_as_data(tmp_path, name):
    (tmp_path / name).write_text("{}")
    (tmp_path / "log.jsonl").write_text('{"text": "a"}')
    with pytest.raises(ValueError, match=r"is a model or a run of minillm, not data$"):
        list(read_documents(tmp_path))


def test_an_empty_name_is_not_this_folder():
    with pytest.raises(ValueError, match="an empty name"):
        list(read_documents(""))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_and_links_in_a_folder_are_left_out_and_counted(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text("one")
    os.mkfifo(tmp_path / "data" / "b.txt")
    (tmp_path / "data" / "linked").symlink_to(tmp_path)
    notes = []
    assert list(read_documents(tmp_path / "data", notes.append)) == ["one"]
    assert "left out 2 files of other kinds" in notes[0]


def test_empty_documents_are_left_out_and_counted(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": ""}\n{"text": "a"}\n{"text": ""}\n')
    notes = []
    assert list(read_documents(tmp_path / "a.jsonl", notes.append)) == ["a"]
    assert notes == [f"{tmp_path / 'a.jsonl'}: left out 2 empty documents"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("hello 企鹅".encode("utf-16"), "looks like UTF-16: convert it first, iconv -f UTF-16"),
        ("小企鹅住在冰上。".encode("gbk") * 20, "looks like GBK: convert it first, iconv -f GBK"),
        (
            ("hello there, " * 40).encode("utf-16-le"),
            "it has a NUL byte at 1; it looks like UTF-16",
        ),
        ("小企鹅住在冰上。".encode("utf-16-le") * 9, "looks like UTF-16LE: convert it first"),
        ("小企鹅住在冰上。\n".encode("utf-16-be") * 9999, "looks like UTF-16BE"),
        ("hi there".encode("utf-16-be"), "looks like UTF-16BE"),
        ("“你好，企鹅！”他说：“……”\n".encode("utf-16-le"), "looks like UTF-16LE"),
        ("ペンギンは氷の上に住んでいます".encode("shift-jis"), "looks like SHIFT-JIS"),
        (b"abc\0def", "is not text: it has a NUL byte at 3$"),
        ("café".encode("latin-1"), "is not UTF-8 text: byte 0xe9 at 3$"),
    ],
)
def test_other_encodings_are_named_with_their_cure(tmp_path, data, sentence):
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(ValueError, match=sentence):
        list(read_documents(tmp_path / "a.txt"))


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonlines", "a.json", "a", "a.data"])
def test_lines_of_json_are_known_whatever_the_name(tmp_path, name):
    lines = [{"text": "a"}, {"conversations": [{"role": "user", "content": "b"}]}]
    (tmp_path / name).write_text("\n".join(map(json.dumps, lines)))
    first, second = read_documents(tmp_path / name)
    assert (first, second[0]["content"]) == ("a", "b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_lines_of_json_come_through_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    line = json.dumps({"conversations": [{"role": "user", "content": "b"}]}).encode()
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_bytes(line))
    writer.start()
    assert list(read_documents(tmp_path / "pipe")) == [[{"role": "user", "content": "b"}]]
    writer.join()


def test_fields_that_are_left_out_are_named(tmp_path):
    message = {"role": "user", "content": "b", "tool_calls": []}
    lines = [{"text": "a", "messages": []}, {"conversations": [message], "system": "be brief"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    notes = []
    assert len(list(read_documents(tmp_path / "a.jsonl", notes.append))) == 2
    path = tmp_path / "a.jsonl"
    assert notes == [f"{path}: left out the fields messages, system, tool_calls"]


def test_a_text_of_white_space_is_empty(tmp_path):
    (tmp_path / "a.txt").write_text("\n \t\n" * 99)
    with pytest.raises(ValueError, match=r"a\.txt is empty"):
        list(read_documents(tmp_path / "a.txt"))


def test_a_link_to_nothing_and_a_name_that_is_no_dataset_are_told(tmp_path):
    (tmp_path / "link.txt").symlink_to("nowhere")
    with pytest.raises(ValueError, match=r"link\.txt is a link that leads to no file or folder$"):
        list(read_documents(tmp_path / "link.txt"))
    with pytest.raises(ValueError, match=r"x/y/z is no file or folder here$"):
        list(read_documents("x/y/z"))


# --- long texts


@settings(max_examples=300, deadline=None)
@given(st.text("thepnguin 's\n\t1.,小企鹅喜欢鱼。\u0301\u3000—", min_size=1, max_size=40))
@example(text="the penguin")
def test_no_token_reaches_across_a_cut(tokenizer, text):
    cut = module._last_cut(text)
    assert tokenizer.encode(text[:cut]) + tokenizer.encode(text[cut:]) == tokenizer.encode(text)


def test_a_text_that_cannot_be_cut_is_one_chunk(tmp_path, small_chunks):
    (tmp_path / "a.txt").write_bytes(b"x" * 1000)
    assert list(LongText(tmp_path / "a.txt", 0, 1000)) == ["x" * 1000]


@pytest.mark.parametrize("at", [0, 15, 16, 17, 500, 999])
def test_a_byte_that_is_no_text_is_named_with_its_place(tmp_path, small_chunks, at):
    data = bytearray(b"ab " * 400)
    data[at] = 0xFF
    (tmp_path / "a.txt").write_bytes(data)
    [document] = read_documents(tmp_path / "a.txt")
    with pytest.raises(ValueError, match=f"a.txt is not UTF-8 text: byte 0xff at {at}$"):
        list(document)
    (tmp_path / "b.txt").write_bytes("小".encode() * 30 + b"\xe5")  # half a character at the end
    with pytest.raises(ValueError, match=r"b.txt is not UTF-8 text: byte 0xe5 at 90$"):
        list(*read_documents(tmp_path / "b.txt"))


def test_texts_and_sizes_of_documents(tmp_path, small_chunks):
    text = "The seal isn't here. 小企鹅住在冰上。\n" * 7
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert list(texts_of(["a", CHAT])) == ["a", "谁?", "小企鹅"]
    assert "".join(texts_of(all_documents([str(tmp_path / "a.txt")]))) == text
    [long] = read_documents(tmp_path / "a.txt")
    assert [text_size(document) for document in ("ab", CHAT, long)] == [2, 5, len(text.encode())]
