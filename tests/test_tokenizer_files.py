"""Tokenizer files: Hugging Face's tools give the same ids, and damage is refused."""

import json
import os
import re
import unicodedata

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minillm.chat_format import CHAT_TEMPLATE
from minillm.formats.tokenizer_files import BYTE_TO_CHAR, SPECIAL_TOKENS, to_bytes, to_chars
from minillm.tokenizer import BPETokenizer, pre_tokenize
from minillm.tokenizer_training import train_bpe

quick = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Characters whose kind every library agrees on: those newer than a library's Unicode tables (Cn)
# are cut otherwise by each; lone surrogates (Cs) cannot enter the others at all.
assigned = st.characters(exclude_categories=("Cn", "Cs"))
plain_text = st.text(assigned, max_size=60)


@pytest.fixture(scope="module")
def tokenizer(tokenizer_700) -> BPETokenizer:
    return tokenizer_700


@pytest.fixture(scope="module")
def saved(tokenizer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tokenizer")
    tokenizer.save(folder, CHAT_TEMPLATE)
    return folder


@pytest.fixture(scope="module")
def auto(saved):
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    transformers = pytest.importorskip("transformers")
    return transformers.AutoTokenizer.from_pretrained(str(saved))


@quick
@given(plain_text.filter(lambda text: not any(name in text for name in SPECIAL_TOKENS)))
def test_auto_tokenizer_gives_the_same_ids(tokenizer, auto, text):
    ids = tokenizer.encode(text)
    assert auto.encode(text) == ids
    assert auto.decode(ids) == text


@pytest.fixture(scope="module")
def cuts_show():
    """A tokenizer whose ids tell of any cut in "a?b", " ?1" and "??": what is not cut, merges."""
    first = [bytes([byte]) for byte in (*range(0x80), *range(0xC2, 0xF5))]  # of a character
    last = [bytes([byte]) for byte in range(0xC0)]
    merges = [(before, byte) for before in (b"a", b" ") for byte in first]
    merges += [(byte, after) for after in (b"b", b"1") for byte in last]
    merges += [(one, other) for one in last for other in first]
    return BPETokenizer(list(dict.fromkeys(merges)))


@pytest.mark.parametrize("step", [61, pytest.param(1, marks=pytest.mark.deep)])
def test_every_code_point_is_cut_the_same_unless_it_is_too_new(cuts_show, step, tmp_path):
    tokenizers = pytest.importorskip("tokenizers")
    cuts_show.save(tmp_path)
    theirs = tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    points = [c for c in range(0, 0x110000, step) if not 0xD800 <= c < 0xE000]
    newer = []  # those with other ids there
    for start in range(0, len(points), 10_000):
        chars = [chr(c) for c in points[start : start + 10_000]]
        texts = [text for c in chars for text in (f"a{c}b", f" {c}1", c + c)]
        for text, encoded in zip(texts, theirs.encode_batch_fast(texts)):
            if encoded.ids != cuts_show.encode(text):
                newer.append((text[0] if text[0] == text[1] else text[1], text, encoded.ids))
    for char, text, ids in newer:
        # `regex` knows it, and the tables there do not: they cut it as what is no letter or number.
        assert regex.match(r"\p{L}|\p{N}", char)
        pieces = pre_tokenize(text.replace(char, "\ue000").encode())
        as_unknown = (piece.replace("\ue000", char) for piece in pieces)
        assert [i for piece in as_unknown for i in cuts_show.encode(piece)] == ids
        assert unicodedata.ucd_3_2_0.category(char) == "Cn"
        if unicodedata.unidata_version < "16":  # the tables there are of no earlier version
            assert unicodedata.category(char) == "Cn"
    listed = sorted({f"U+{ord(char):04X}" for char, _, _ in newer})
    print(f"{len(listed)} of {len(points)} are too new for tokenizers:", *listed)


def test_auto_tokenizer_agrees_on_whole_texts_and_names_the_special_tokens(
    tokenizer, auto, saved, texts, awkward
):
    for text in [*texts.values(), *awkward]:
        if "<|" not in text and not any("\ud800" <= char <= "\udfff" for char in text):
            assert auto.encode(text) == tokenizer.encode(text)
    assert (auto.eos_token, auto.pad_token) == ("<|im_end|>", "<|pad|>")
    assert (auto.eos_token_id, auto.pad_token_id) == (tokenizer.im_end, tokenizer.pad_id)
    assert auto.bos_token is auto.unk_token is None
    assert len(auto) == 700
    assert auto.decode(auto.encode("a . b n't , c")) == "a . b n't , c"
    config = json.loads((saved / "tokenizer_config.json").read_text("utf-8"))
    assert config["clean_up_tokenization_spaces"] is False  # older versions would remove spaces


def test_chat_template(tokenizer, auto):
    messages = [{"role": "user", "content": " 你好"}, {"role": "assistant", "content": "hi\n"}]
    text = "<|im_start|>user\n你好<|im_end|>\n<|im_start|>assistant\nhi<|im_end|>\n"
    assert auto.chat_template == CHAT_TEMPLATE
    assert auto.apply_chat_template(messages, tokenize=False) == text
    prompt = auto.apply_chat_template(
        messages[:1], add_generation_prompt=True, tokenize=True, return_dict=False
    )
    assert prompt == [
        tokenizer.im_start,
        *tokenizer.encode("user\n你好"),
        tokenizer.im_end,
        *tokenizer.encode("\n"),
        tokenizer.im_start,
        *tokenizer.encode("assistant\n"),
    ]


def test_what_is_saved_is_loaded(tokenizer, saved, tmp_path):
    for path in (saved, str(saved), saved / "tokenizer.json"):
        again = BPETokenizer.load(path)
        assert again.merges == tokenizer.merges
        assert again.ids == tokenizer.ids
        assert again.special == tokenizer.special
    again.save(tmp_path / "a" / "b", CHAT_TEMPLATE)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        content = (tmp_path / "a" / "b" / name).read_bytes()
        assert content == (saved / name).read_bytes()
        assert b"\r" not in content
    assert sorted(os.listdir(tmp_path / "a" / "b")) == ["tokenizer.json", "tokenizer_config.json"]


def test_a_chat_template_is_written_only_if_one_is_given(tokenizer, tmp_path):
    for template in ("{{ messages }}", None):
        tokenizer.save(tmp_path, template)
        config = json.loads((tmp_path / "tokenizer_config.json").read_text("utf-8"))
        assert config.get("chat_template") == template
        assert ("chat_template" in config) == (template is not None)


def test_what_batches_and_truncation_need_is_written(tokenizer, auto, tmp_path):
    assert auto.padding_side == "left"
    for context_size in (None, 256):
        tokenizer.save(tmp_path, None, context_size)
        config = json.loads((tmp_path / "tokenizer_config.json").read_text("utf-8"))
        assert config.get("model_max_length") == context_size
    short = train_bpe("ab ab", 258, special_tokens=["<|endoftext|>"], progress=False)
    for tokenizer, pad in ((short, "<|endoftext|>"), (BPETokenizer([], []), None)):
        tokenizer.save(tmp_path)
        config = json.loads((tmp_path / "tokenizer_config.json").read_text("utf-8"))
        assert (config["pad_token"], config["eos_token"]) == (pad, pad)


def test_more_special_tokens_get_the_next_ids(tokenizer, texts):
    ours = train_bpe(texts["mixed"], 300, special_tokens=["<|endoftext|>"], progress=False)
    larger = ours.with_special(["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    assert (ours.end_id, ours.vocab_size, list(ours.special)) == (0, 300, ["<|endoftext|>"])
    assert (larger.end_id, larger.im_start, larger.im_end, larger.vocab_size) == (0, 300, 301, 302)
    assert larger.encode(texts["mixed"]) == ours.encode(texts["mixed"])
    assert tokenizer.with_special(SPECIAL_TOKENS).fingerprint == tokenizer.fingerprint


def test_save_writes_each_file_by_replacing_it(tokenizer, tmp_path, monkeypatch):
    replaced = []
    monkeypatch.setattr(os, "replace", lambda source, target: replaced.append(target.name))
    tokenizer.save(tmp_path)
    assert sorted(replaced) == ["tokenizer.json", "tokenizer_config.json"]
    assert os.listdir(tmp_path) == []


def test_a_file_written_by_hugging_face_opens(tmp_path, texts):
    tokenizers = pytest.importorskip("tokenizers")
    theirs = tokenizers.ByteLevelBPETokenizer(add_prefix_space=False)
    theirs.train_from_iterator(
        [texts["mixed"]], vocab_size=600, special_tokens=["<|endoftext|>"], show_progress=False
    )
    theirs.add_special_tokens(["<|pad|>"])  # stands beside the vocabulary, not in it
    theirs.save(str(tmp_path / "tokenizer.json"))
    ours = BPETokenizer.load(tmp_path)
    assert ours.encode(texts["english"]) == theirs.encode(texts["english"]).ids
    assert (ours.end_id, ours.pad_id, ours.vocab_size) == (0, 600, 601)


def harmless(state: dict):
    """Changes of a file that leave every id as it is, in Hugging Face's tools, too."""
    single = [{"Sequence": {"id": "A", "type_id": 0}}]
    pair = [*single, {"Sequence": {"id": "B", "type_id": 1}}]
    template = {"type": "TemplateProcessing", "single": single, "pair": pair, "special_tokens": {}}
    byte_level = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False}
    both = {"type": "Sequence", "processors": [byte_level, template]}
    padding = {"strategy": "BatchLongest", "direction": "Right", "pad_to_multiple_of": None}
    padding |= {"pad_id": 3, "pad_type_id": 0, "pad_token": "<|pad|>"}
    yield change(state, "model", "type", remove=True)  # as in GPT-2's own file
    yield change(state, "padding", value=padding)
    for processor in (template, byte_level, both):
        yield change(state, "post_processor", value=processor)


def test_what_changes_no_ids_is_read(tokenizer, saved, tmp_path, texts):
    tokenizers = pytest.importorskip("tokenizers")
    state = json.loads((saved / "tokenizer.json").read_text("utf-8"))
    for content in harmless(state):
        (tmp_path / "tokenizer.json").write_text(content, encoding="utf-8")
        theirs = tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
        ids = BPETokenizer.load(tmp_path).encode(texts["mixed"])
        assert ids == theirs.encode(texts["mixed"]).ids == tokenizer.encode(texts["mixed"])


def change(state: dict, *keys, value=None, remove=False) -> str:
    state = json.loads(json.dumps(state))
    place = state
    for key in keys[:-1]:
        place = place[key]
    if remove:
        del place[keys[-1]]
    else:
        place[keys[-1]] = value
    return json.dumps(state)


ADDING = {  # post-processors that put tokens around a text
    "TemplateProcessing": {
        "type": "TemplateProcessing",
        "single": [{"SpecialToken": {"id": "<|endoftext|>"}}, {"Sequence": {"id": "A"}}],
    },
    "BertProcessing": {"type": "BertProcessing", "sep": ["<|endoftext|>", 0], "cls": ["x", 1]},
    "RobertaProcessing": {"type": "RobertaProcessing"},
}


def bad_files(state: dict):
    vocab = state["model"]["vocab"]
    yield "empty", ""
    yield "cut off", json.dumps(state)[:5000]
    yield "not json", "hello"
    for other in ([], 3, None, "x", {"a": 1}):
        yield repr(other), json.dumps(other)
    parts = (("model",), ("model", "vocab"), ("model", "merges"))
    for keys in (*parts, ("added_tokens",), ("pre_tokenizer",)):
        yield f"no {keys[-1]}", change(state, *keys, remove=True)
        for value in (None, 3, "x", [3], {"a": 1}):
            yield f"{keys[-1]}={value}", change(state, *keys, value=value)
    yield "WordPiece", change(state, "model", "type", value="WordPiece")
    yield "lower case", change(state, "normalizer", value={"type": "Lowercase"})
    yield "a space put before", change(state, "pre_tokenizer", "add_prefix_space", value=True)
    yield "another cut", change(state, "pre_tokenizer", "use_regex", value=False)
    yield "dropout", change(state, "model", "dropout", value=0.1)
    yield "not byte level", change(state, "model", "vocab", "你", value=len(vocab))
    token = {"id": len(vocab), "content": "  ", "special": False}
    yield "text may become it", change(state, "added_tokens", value=[token])
    yield "cuts long texts off", change(state, "truncation", value={"max_length": 8})
    fixed = {"strategy": {"Fixed": 8}, "pad_to_multiple_of": None}
    multiple = {"strategy": "BatchLongest", "pad_to_multiple_of": 8}
    for padding in (fixed, multiple):
        yield "fills short texts up", change(state, "padding", value=padding)
    for name, processor in ADDING.items():
        yield f"post_processor {name} adds", change(state, "post_processor", value=processor)
    both = {"type": "Sequence", "processors": [{"type": "ByteLevel"}, ADDING["BertProcessing"]]}
    yield "BertProcessing adds", change(state, "post_processor", value=both)
    yield "a hole in the ids", change(state, "model", "vocab", "ab", value=9999)
    yield "a byte missing", change(state, "model", "vocab", "!", remove=True)
    yield "merge of unknown tokens", change(state, "model", "merges", 0, value="q z")
    yield "a last merge of unknown tokens", change(state, "model", "merges", -1, value="q z")
    yield "a merge of three", change(state, "model", "merges", 0, value="a b c")
    as_text = {token: str(i) for token, i in vocab.items()}
    yield "ids as text", change(state, "model", "vocab", value=as_text)


def test_bad_files_are_refused_in_one_sentence(saved, tmp_path):
    state = json.loads((saved / "tokenizer.json").read_text("utf-8"))
    path = tmp_path / "tokenizer.json"
    for name, content in bad_files(state):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ValueError, match=re.escape(str(path))) as caught:
            BPETokenizer.load(tmp_path)
        assert type(caught.value) is ValueError, name
        assert "\n" not in str(caught.value), name
        if "adds" in name or name.split()[0] in ("text", "cuts", "fills"):
            assert name in str(caught.value)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="not UTF-8"):
        BPETokenizer.load(path)
    for missing in ("nothing", "tokenizer.js"):
        with pytest.raises(ValueError, match=f" is no tokenizer folder: it has no {missing}$"):
            BPETokenizer.load(tmp_path / missing)
    (tmp_path / "empty").mkdir()
    with pytest.raises(
        ValueError, match=r"empty is no tokenizer folder: it has no tokenizer.json$"
    ):
        BPETokenizer.load(tmp_path / "empty")


def test_gpt2_files_keep_gpt2s_ids(tmp_path):
    vocab = [*BYTE_TO_CHAR.values(), "Ġt", "he", "Ġthe", "##", "<|endoftext|>"]  # as GPT-2's
    vocab_json, merges_txt = tmp_path / "vocab.json", tmp_path / "merges.txt"
    vocab_json.write_text(json.dumps({token: i for i, token in enumerate(vocab)}), encoding="utf-8")
    merges_txt.write_bytes("#version: 0.2\r\nĠ t\r\nh e\r\nĠt he\r\n# #\r\n".encode())
    ours = BPETokenizer.from_gpt2(vocab_json, str(merges_txt))
    expected = [ours.ids[b"t"], *map(vocab.index, ("he", "Ġthe", "##"))]
    assert ours.encode("the the##") == expected
    assert ours.end_id == 260
    assert ours.vocab_size == 261
    assert list(ours.special) == ["<|endoftext|>"]
    assert ours.decode([258, 260]) == " the<|endoftext|>"
    ours.save(tmp_path / "saved")
    assert BPETokenizer.load(tmp_path / "saved").ids == ours.ids
    with pytest.raises(ValueError, match=r"no special token <\|im_end\|>"):
        ours.im_end  # noqa: B018
    assert ours.pad_id == ours.end_id  # it is never learned, so that any id does

    transformers = pytest.importorskip("transformers")
    auto = transformers.AutoTokenizer.from_pretrained(str(tmp_path / "saved"))
    assert auto.encode("the the##") == ours.encode("the the##")
    assert auto.eos_token_id == 260

    merges_txt.write_text("#version: 0.2\nq z\n")
    with pytest.raises(ValueError, match="lacks b'qz'"):
        BPETokenizer.from_gpt2(vocab_json, merges_txt)
    with pytest.raises(ValueError, match=r"is no tokenizer folder: it has no no\.json$"):
        BPETokenizer.from_gpt2(tmp_path / "no.json", merges_txt)
    with pytest.raises(ValueError, match=r"is no tokenizer folder: it has no no\.txt$"):
        BPETokenizer.from_gpt2(vocab_json, tmp_path / "no.txt")
    merges_txt.write_bytes(b"\xff")
    with pytest.raises(ValueError, match=r"merges\.txt is not UTF-8 text"):
        BPETokenizer.from_gpt2(vocab_json, merges_txt)
    vocab_json.write_text("[1, 2]")
    with pytest.raises(ValueError, match=r"vocab\.json holds '\[1, 2\]', not a JSON object$"):
        BPETokenizer.from_gpt2(vocab_json, merges_txt)


def test_characters_of_the_files_stand_for_every_byte():
    assert to_bytes(to_chars(bytes(range(256)))) == bytes(range(256))
    assert to_chars(b" caf\xc3") == "ĠcafÃ"
    assert to_chars(b" \n\0") == "ĠĊĀ"
    assert len(set(BYTE_TO_CHAR.values())) == 256
