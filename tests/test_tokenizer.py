"""The promises of the tokenizer: lossless, merged by rank, the merges of `tokenizers`, specials only by name."""

import json
import os
import random
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from minillm import tokenizer as module
from minillm.tokenizer import (
    CHAT_TEMPLATE, SPECIAL_TOKENS, BPETokenizer, CharTokenizer, WordTokenizer, pre_tokenize, train_bpe,
)
from minillm.tokenizer_files import BYTE_TO_CHAR, replacing, to_bytes, to_chars

quick = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Characters whose kind every library agrees on: those newer than a library's Unicode tables (Cn here) are cut
# otherwise by each; lone surrogates (Cs) cannot enter the others at all.
assigned = st.characters(exclude_categories=("Cn", "Cs"))
plain_text = st.text(assigned, max_size=60)
any_text = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates too
awkward = [
    "", " ", "  ", "\n\n  \n", "\r\n", "a\r\nb", "\t\ta\tb", "\0", "a\0b", "don't we'll I'm THEY'RE 's 't", "3.14159 x²",
    "你好，世界！小企鹅住在南极。", "①②③ ½ ㎏ ０１２", "𠮷野家", "👩‍👩‍👧‍👦 🇨🇳 👍🏽", "e\u0301 é ﬁ", "\ufeffBOM", "\u2028\u0085\u00a0\u3000",
    "\ud800", "a\udfffb", "\ud83d\ude00", "\udc80\udcff", "<|im_end|>", "a<|endoftext|>b <|pad|>", "x" * 1000, "哈" * 500,
]


def english(seed: int, sentences: int) -> str:
    """Sentences of the penguin's world, the same for the same seed."""
    choose = random.Random(seed)
    names = ["QdogBaby", "Mira", "the old seal", "Captain Albatross", "a small crab", "Pip's brother"]
    verbs = ["sees", "doesn't like", "is looking for", "has found", "would've eaten", "paints", "repaints"]
    things = ["seven red fishes", "the lighthouse", "an unbelievable map", "its reflection", "snow-shoes", "12,500 stars"]
    ends = [". ", "! ", "?\n", "...  ", ";\n\n", " - "]
    syllables = ["pen", "gu", "in", "mar", "tle", "o", "sti", "ck", "wa", "ver"]  # coined names, so that pairs are many
    return "".join(f"{choose.choice(names)} {choose.choice(verbs)} {choose.choice(things)} of "
                   f"{''.join(choose.choices(syllables, k=3)).title()}{choose.choice(ends)}" for _ in range(sentences))


def chinese(seed: int, sentences: int) -> str:
    choose = random.Random(seed)
    names = ["小企鹅", "老海豹", "信天翁船长", "一只小螃蟹", "米拉"]
    verbs = ["喜欢", "正在寻找", "不想吃", "看见了", "画下了"]
    things = ["七条红色的鱼", "灯塔", "自己的影子", "一张地图", "满天的星星"]
    signs = "天地玄黄宇宙洪荒日月盈昃辰宿列张"
    return "".join(f"{choose.choice(names)}{choose.choice(verbs)}{choose.choice(things)}和"
                   f"{''.join(choose.choices(signs, k=2))}{choose.choice('，。！？')}" for _ in range(sentences))


TEXTS = {
    "english": english(1, 120),
    "chinese": chinese(2, 200),
    "mixed": "\n".join(english(i, 2) + chinese(i, 3) + " 🐧𠮷 café\r\n" for i in range(40)),
}


@pytest.fixture(scope="module")
def tokenizer() -> BPETokenizer:
    return train_bpe(TEXTS["mixed"], 700, progress=False)


@pytest.fixture(scope="module")
def saved(tokenizer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tokenizer")
    tokenizer.save(folder)
    return folder


@pytest.fixture(scope="module")
def auto(saved):
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    transformers = pytest.importorskip("transformers")
    return transformers.AutoTokenizer.from_pretrained(str(saved))


def by_definition(tokenizer: BPETokenizer, piece: bytes) -> list[int]:
    """What "merges applied by rank" means, with nothing done to be fast."""
    parts = [bytes([byte]) for byte in piece]
    ranks = {pair: rank for rank, pair in enumerate(tokenizer.merges)}
    while pairs := [(ranks[p], i) for i, p in enumerate(zip(parts, parts[1:])) if p in ranks]:
        i = min(pairs)[1]
        parts[i:i + 2] = [parts[i] + parts[i + 1]]
    return [tokenizer.ids[part] for part in parts]


def hugging_face(texts: list[str], vocab_size: int):
    """The model (vocabulary and merges) that the Hugging Face trainer learns."""
    tokenizers = pytest.importorskip("tokenizers")
    theirs = tokenizers.Tokenizer(tokenizers.models.BPE())
    theirs.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    theirs.train_from_iterator(texts, tokenizers.trainers.BpeTrainer(
        vocab_size=vocab_size, special_tokens=list(SPECIAL_TOKENS), show_progress=False,
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet()))
    return json.loads(theirs.to_str())["model"]


def assert_same_model(ours: BPETokenizer, theirs: dict) -> None:
    merges = [merge.split(" ") if isinstance(merge, str) else merge for merge in theirs["merges"]]
    assert [[to_chars(left), to_chars(right)] for left, right in ours.merges] == merges
    assert {token if isinstance(token, str) else to_chars(token): i for token, i in ours.ids.items()} == theirs["vocab"]


# --- the teaching tokenizers -----------------------------------------------------------------------------------

def test_char_tokenizer():
    tokenizer = CharTokenizer("小企鹅 hello")
    assert tokenizer.vocab_size == 1 + len(set("小企鹅 hello"))
    assert tokenizer.decode(tokenizer.encode("hello 企鹅")) == "hello 企鹅"
    assert tokenizer.encode("x") == [0] and tokenizer.decode([0]) == "<unk>"


def test_word_tokenizer_knows_words_and_punctuation_but_is_not_lossless():
    tokenizer = WordTokenizer("The penguin swims, and sings.")
    assert tokenizer.tokens == ["<unk>", ",", ".", "The", "and", "penguin", "sings", "swims"]
    assert tokenizer.decode(tokenizer.encode("The  penguin\nsings.")) == "The penguin sings."
    assert tokenizer.decode(tokenizer.encode("The whale sings")) == "The <unk> sings"
    assert WordTokenizer("小企鹅住在南极，它喜欢鱼。").vocab_size == 5  # unknown, two clauses, two marks


# --- lossless ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("text", awkward)
def test_awkward_strings_come_back(tokenizer, text):
    assert tokenizer.decode(tokenizer.encode(text)) == text


@quick
@given(any_text)
def test_every_string_comes_back(tokenizer, text):
    assert tokenizer.decode(tokenizer.encode(text)) == text


@quick
@given(st.binary(max_size=80))
def test_any_bytes_come_back(tokenizer, data):
    assert tokenizer.decode_bytes(tokenizer.encode_bytes(data)) == data


def test_text_and_its_bytes_have_the_same_ids(tokenizer):
    for text in awkward:
        assert tokenizer.encode(text) == tokenizer.encode_bytes(text.encode("utf-8", "surrogatepass"))


def test_a_character_cut_in_half_becomes_the_replacement_character(tokenizer):
    whole = tokenizer.encode_bytes("a鹅".encode())
    assert tokenizer.decode(tokenizer.encode_bytes("a鹅".encode()[:-1])) == "a\ufffd"
    assert tokenizer.decode(whole) == "a鹅"


@quick
@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_the_ascii_pattern_makes_the_cuts_of_gpt2s(text):
    assert pre_tokenize(text.encode()) == module._PATTERN.findall(text)


# --- merges -----------------------------------------------------------------------------------------------------

@quick
@given(plain_text | st.text("aeinst pgu", max_size=60))
@example(text="小企鹅看见了灯塔 Verstick")  # from left to right, both come out otherwise
def test_merges_are_applied_by_rank(tokenizer, text):
    for piece in pre_tokenize(text.encode()):
        data = piece.encode()
        assert tokenizer._apply_merges(data) == by_definition(tokenizer, data)
        assert tokenizer._apply_merges_long(data) == by_definition(tokenizer, data)


@quick
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12), st.text("abc", min_size=1, max_size=40))
def test_any_list_of_merges_is_applied_by_rank(pairs, text):
    """Merges written by hand: one token made in two ways, a rank below that of its own parts."""
    known, merges = [b"a", b"b", b"c"], []
    for left, right in pairs:
        merge = known[left % len(known)], known[right % len(known)]
        if merge not in merges and len(merge[0] + merge[1]) < 8:
            merges.append(merge)
            known.append(merge[0] + merge[1])
    random.Random(len(text)).shuffle(merges)
    tokenizer = BPETokenizer(merges)
    assert tokenizer._apply_merges(text.encode()) == by_definition(tokenizer, text.encode())
    assert tokenizer._apply_merges_long(text.encode()) == by_definition(tokenizer, text.encode())


def test_long_pieces_are_merged_by_rank_and_are_no_trap(tokenizer):
    for text in ("企鹅" * 80, "pen" * 100):
        assert tokenizer.encode(text) == by_definition(tokenizer, text.encode())
    start = time.process_time()
    assert tokenizer.decode(tokenizer.encode("penguin" * 20_000)) == "penguin" * 20_000
    assert time.process_time() - start < 10  # n² steps would take minutes


@pytest.mark.parametrize("language", TEXTS)
def test_encoding_a_training_word_gives_what_training_gave(language):
    ours = train_bpe(TEXTS[language], 600, progress=False)
    for piece in set(pre_tokenize(TEXTS[language].encode())):
        parts = [bytes([byte]) for byte in piece.encode()]
        for pair in ours.merges:  # as in training: one merge after the other, over the whole piece
            i = 0
            while i < len(parts) - 1:
                if (parts[i], parts[i + 1]) == pair:
                    parts[i:i + 2] = [parts[i] + parts[i + 1]]
                i += 1
        assert ours.encode(piece) == [ours.ids[part] for part in parts]


@pytest.mark.parametrize("language", TEXTS)
def test_merges_and_ids_are_those_of_hugging_face(language):
    text = TEXTS[language]
    for vocab_size in (261, 600, 9000):  # 9000: both run out of pairs
        assert_same_model(train_bpe(text, vocab_size, progress=False), hugging_face([text], vocab_size))


@quick
@given(st.lists(st.text("ab ", max_size=25) | st.text("abcd é企 ", max_size=40), max_size=8), st.integers(260, 330))
def test_ties_are_broken_as_hugging_face_does(texts, vocab_size):
    assert_same_model(train_bpe(texts, vocab_size, progress=False), hugging_face(texts, vocab_size))


def test_the_tie_rule_by_hand():
    """ab, cd and Ġx are equally frequent. The smallest ids go first, and a space is not a small id."""
    merges = train_bpe("cd cd ab ab".replace(" ", "\n") + " x x", 263, progress=False).merges
    assert merges == [(b"a", b"b"), (b"c", b"d"), (b" ", b"x")]


def test_ids_are_specials_then_bytes_then_merges(tokenizer):
    assert [tokenizer.special[name] for name in SPECIAL_TOKENS] == [0, 1, 2, 3]
    assert (tokenizer.end_id, tokenizer.im_start, tokenizer.im_end, tokenizer.pad_id) == (0, 1, 2, 3)
    assert [tokenizer.token_bytes(4 + i)[0] for i in range(256)] == list(BYTE_TO_CHAR)
    assert (tokenizer.token_bytes(4), tokenizer.token_bytes(259)) == (b"!", b"\xad")
    assert [tokenizer.token_bytes(260 + i) for i in range(440)] == [left + right for left, right in tokenizer.merges]
    assert tokenizer.vocab_size == 700


def test_a_text_can_come_in_parts_and_run_out():
    parts, whole = train_bpe(["ab ab", "ab"], 999, progress=False), train_bpe("ab ab\nab", 999, progress=False)
    assert parts.merges == [(b"a", b"b"), (b" ", b"ab")] and parts.vocab_size == 262
    assert train_bpe(iter(["ab ab", "ab"]), 999, progress=False).merges == parts.merges
    assert set(parts.merges) <= set(whole.merges)
    assert train_bpe("", 6400, progress=False).vocab_size == 260


def test_progress_goes_to_stderr(capfd):
    train_bpe("ab ab", 262)
    train_bpe("ab ab", 262, progress=False)
    out, err = capfd.readouterr()
    assert out == "" and err.count("BPE merges: 100%") == 1


# --- special tokens ---------------------------------------------------------------------------------------------

@quick
@given(st.lists(st.sampled_from(SPECIAL_TOKENS) | plain_text, max_size=8).map("".join))
def test_special_tokens_never_come_from_text(tokenizer, text):
    ids = tokenizer.encode(text)
    assert not set(ids) & set(tokenizer.special.values())
    assert tokenizer.decode(ids) == tokenizer.decode(ids, skip_special=True) == text


def test_special_tokens_never_come_from_text_they_were_trained_on():
    ours = train_bpe("<|im_end|><|im_end|> <|pad|>" * 50, 600, progress=False)
    assert not set(ours.encode("<|im_end|><|pad|>")) & set(ours.special.values())


def test_special_tokens_show_when_decoded_or_are_left_out(tokenizer):
    ids = [tokenizer.im_start, *tokenizer.encode("hi 鹅"), tokenizer.im_end]
    assert tokenizer.decode(ids) == "<|im_start|>hi 鹅<|im_end|>"
    assert tokenizer.decode(ids, skip_special=True) == "hi 鹅"
    assert "".join(tokenizer.stream_decode(ids, skip_special=True)) == "hi 鹅"


def test_no_special_tokens_at_all():
    ours = train_bpe("ab ab", 257, special_tokens=(), progress=False)
    assert ours.ids[b"!"] == 0 and ours.special == {} and ours.vocab_size == 257
    with pytest.raises(ValueError, match=r"no special token <\|pad\|>; it has \[\]"):
        ours.pad_id


# --- streaming --------------------------------------------------------------------------------------------------

@quick
@given(any_text)
def test_streaming_never_shows_half_a_character(tokenizer, text):
    parts = list(tokenizer.stream_decode(tokenizer.encode(text)))
    assert "".join(parts) == text and "" not in parts
    assert "\ufffd" in text or "\ufffd" not in "".join(parts)


@quick
@given(st.binary(max_size=40) | st.lists(st.sampled_from([0xED, 0xA0, 0x80, 0xF0, 0x9F, 0x90, 0xA7, 0x41])).map(bytes))
def test_streaming_any_bytes_gives_what_decode_gives(tokenizer, data):
    ids = [tokenizer.ids[bytes([byte])] for byte in data]
    assert "".join(tokenizer.stream_decode(ids)) == tokenizer.decode(ids)


def test_streaming_yields_each_character_as_soon_as_it_is_whole(tokenizer):
    ids = [tokenizer.ids[bytes([byte])] for byte in "a🐧b".encode()]
    assert list(tokenizer.stream_decode(iter(ids))) == ["a", "🐧", "b"]
    assert list(tokenizer.stream_decode(ids[:4])) == ["a", "\ufffd"]
    asked = []
    stream = tokenizer.stream_decode(asked.append(i) or i for i in ids)
    assert next(stream) == "a" and asked == ids[:1]  # it does not wait for what it does not need


# --- the cache --------------------------------------------------------------------------------------------------

def test_the_cache_is_bounded_and_changes_nothing(tokenizer, monkeypatch):
    monkeypatch.setattr(module._PieceCache, "max_pieces", 10)
    fresh = BPETokenizer(tokenizer.merges)
    for text in (TEXTS["mixed"], "x" * 65, "哈" * 64):
        assert fresh.encode(text) == tokenizer.encode(text) == fresh.encode(text)
        assert len(fresh._cache) <= 10 and all(len(piece) <= 64 for piece in fresh._cache)


def test_encoding_hands_out_a_list_of_its_own(tokenizer):
    tokenizer.encode("penguin").append(-1)
    assert -1 not in tokenizer.encode("penguin")


# --- files ------------------------------------------------------------------------------------------------------

@quick
@given(plain_text.filter(lambda text: not any(name in text for name in SPECIAL_TOKENS)))  # those they do read
def test_auto_tokenizer_gives_the_same_ids(tokenizer, auto, text):
    ids = tokenizer.encode(text)
    assert auto.encode(text) == ids
    assert auto.decode(ids) == text


def test_auto_tokenizer_agrees_on_whole_texts_and_names_the_special_tokens(tokenizer, auto, saved):
    for text in [*TEXTS.values(), *awkward]:
        if not any("\ud800" <= char <= "\udfff" or text.count("<|") for char in text):
            assert auto.encode(text) == tokenizer.encode(text)
    assert (auto.eos_token, auto.pad_token, auto.bos_token, auto.unk_token) == ("<|im_end|>", "<|pad|>", None, None)
    assert (auto.eos_token_id, auto.pad_token_id, len(auto)) == (tokenizer.im_end, tokenizer.pad_id, 700)
    assert auto.decode(auto.encode("a . b n't , c")) == "a . b n't , c"
    config = json.loads((saved / "tokenizer_config.json").read_text("utf-8"))
    assert config["clean_up_tokenization_spaces"] is False  # older versions would tidy the spaces away


def test_chat_template(tokenizer, auto):
    messages = [{"role": "user", "content": " 你好"}, {"role": "assistant", "content": "hi\n"}]
    text = "<|im_start|>user\n 你好<|im_end|>\n<|im_start|>assistant\nhi\n<|im_end|>\n"
    assert auto.chat_template == CHAT_TEMPLATE
    assert auto.apply_chat_template(messages, tokenize=False) == text
    prompt = auto.apply_chat_template(messages[:1], add_generation_prompt=True, tokenize=True, return_dict=False)
    assert prompt == [tokenizer.im_start, *tokenizer.encode("user\n 你好"), tokenizer.im_end, *tokenizer.encode("\n"),
                      tokenizer.im_start, *tokenizer.encode("assistant\n")]


def test_what_is_saved_is_loaded(tokenizer, saved, tmp_path):
    for path in (saved, str(saved), saved / "tokenizer.json"):
        again = BPETokenizer.load(path)
        assert (again.merges, again.ids, again.special) == (tokenizer.merges, tokenizer.ids, tokenizer.special)
    again.save(tmp_path / "a" / "b")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        content = (tmp_path / "a" / "b" / name).read_bytes()
        assert content == (saved / name).read_bytes() and b"\r" not in content
    assert sorted(os.listdir(tmp_path / "a" / "b")) == ["tokenizer.json", "tokenizer_config.json"]


def test_a_failed_save_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "tokenizer.json"
    path.write_text("old")
    with pytest.raises(OSError, match="disk full"):
        with replacing(path) as temporary:
            temporary.write_text("ne")
            assert path.read_text() == "old" and temporary.parent == tmp_path
            raise OSError("disk full")
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["tokenizer.json"]
    with replacing(path) as temporary:
        temporary.write_text("new")
    assert path.read_text() == "new" and os.listdir(tmp_path) == ["tokenizer.json"]


def test_save_writes_each_file_by_replacing_it(tokenizer, tmp_path, monkeypatch):
    replaced = []
    monkeypatch.setattr(os, "replace", lambda source, target: replaced.append(target.name))
    tokenizer.save(tmp_path)
    assert sorted(replaced) == ["tokenizer.json", "tokenizer_config.json"] and os.listdir(tmp_path) == []


def test_a_file_written_by_hugging_face_opens(tmp_path):
    tokenizers = pytest.importorskip("tokenizers")
    theirs = tokenizers.ByteLevelBPETokenizer(add_prefix_space=False)
    theirs.train_from_iterator([TEXTS["mixed"]], vocab_size=600, special_tokens=["<|endoftext|>"], show_progress=False)
    theirs.add_special_tokens(["<|pad|>"])  # stands beside the vocabulary, not in it
    theirs.save(str(tmp_path / "tokenizer.json"))
    ours = BPETokenizer.load(tmp_path)
    assert ours.encode(TEXTS["english"]) == theirs.encode(TEXTS["english"]).ids
    assert (ours.end_id, ours.pad_id, ours.vocab_size) == (0, 600, 601)


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


def bad_files(state: dict):
    vocab = state["model"]["vocab"]
    yield "empty", ""
    yield "cut off", json.dumps(state)[:5000]
    yield "not json", "hello"
    for name, other in (("a list", []), ("a number", 3), ("null", None), ("a string", "x"), ("another object", {"a": 1})):
        yield name, json.dumps(other)
    for keys in (("model",), ("model", "vocab"), ("model", "merges"), ("added_tokens",), ("pre_tokenizer",)):
        yield f"no {keys[-1]}", change(state, *keys, remove=True)
        for value in (None, 3, "x", [3], {"a": 1}):
            yield f"{keys[-1]}={value}", change(state, *keys, value=value)
    yield "WordPiece", change(state, "model", "type", value="WordPiece")
    yield "lower case", change(state, "normalizer", value={"type": "Lowercase"})
    yield "a space put before", change(state, "pre_tokenizer", "add_prefix_space", value=True)
    yield "another cut", change(state, "pre_tokenizer", "use_regex", value=False)
    yield "dropout", change(state, "model", "dropout", value=0.1)
    yield "not byte level", change(state, "model", "vocab", "你", value=len(vocab))
    yield "a hole in the ids", change(state, "model", "vocab", "ab", value=9999)
    yield "a byte missing", change(state, "model", "vocab", "!", remove=True)
    yield "merge of unknown tokens", change(state, "model", "merges", 0, value="q z")
    yield "a last merge of unknown tokens", change(state, "model", "merges", -1, value="q z")
    yield "a merge of three", change(state, "model", "merges", 0, value="a b c")
    yield "ids as text", change(state, "model", "vocab", value={token: str(i) for token, i in vocab.items()})


def test_bad_files_are_refused_in_one_sentence(saved, tmp_path):
    state = json.loads((saved / "tokenizer.json").read_text("utf-8"))
    path = tmp_path / "tokenizer.json"
    for name, content in bad_files(state):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ValueError) as caught:
            BPETokenizer.load(tmp_path)
        assert type(caught.value) is ValueError, name
        assert str(path) in str(caught.value) and "\n" not in str(caught.value), name
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="not UTF-8"):
        BPETokenizer.load(path)
    for missing in (tmp_path / "nothing", tmp_path / "tokenizer.js"):
        with pytest.raises(FileNotFoundError, match="there is no .*nothing|there is no .*tokenizer.js"):
            BPETokenizer.load(missing)
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="tokenizer.json"):
        BPETokenizer.load(tmp_path / "empty")


def test_gpt2_files_keep_gpt2s_ids(tmp_path):
    vocab = [*BYTE_TO_CHAR.values(), "Ġt", "he", "Ġthe", "##", "<|endoftext|>"]  # GPT-2's layout: the special one last
    vocab_json, merges_txt = tmp_path / "vocab.json", tmp_path / "merges.txt"
    vocab_json.write_text(json.dumps({token: i for i, token in enumerate(vocab)}), encoding="utf-8")
    merges_txt.write_bytes("#version: 0.2\r\nĠ t\r\nh e\r\nĠt he\r\n# #\r\n".encode())
    ours = BPETokenizer.from_gpt2(vocab_json, str(merges_txt))
    assert ours.encode("the the##") == [ours.ids[b"t"], vocab.index("he"), vocab.index("Ġthe"), vocab.index("##")]
    assert ours.end_id == 260 and ours.vocab_size == 261 and list(ours.special) == ["<|endoftext|>"]
    assert ours.decode([258, 260]) == " the<|endoftext|>"
    ours.save(tmp_path / "saved")
    assert BPETokenizer.load(tmp_path / "saved").ids == ours.ids
    with pytest.raises(ValueError, match=r"no special token <\|im_end\|>"):
        ours.im_end

    transformers = pytest.importorskip("transformers")
    auto = transformers.AutoTokenizer.from_pretrained(str(tmp_path / "saved"))
    assert auto.encode("the the##") == ours.encode("the the##") and auto.eos_token_id == 260

    merges_txt.write_text("#version: 0.2\nq z\n")
    with pytest.raises(ValueError, match="lacks b'qz'"):
        BPETokenizer.from_gpt2(vocab_json, merges_txt)
    with pytest.raises(FileNotFoundError, match="there is no"):
        BPETokenizer.from_gpt2(tmp_path / "no.json", merges_txt)
    vocab_json.write_text("[1, 2]")
    with pytest.raises(ValueError, match="not a byte-level BPE tokenizer"):
        BPETokenizer.from_gpt2(vocab_json, merges_txt)


def test_characters_of_the_files_stand_for_every_byte():
    assert to_bytes(to_chars(bytes(range(256)))) == bytes(range(256))
    assert to_chars(b" caf\xc3") == "ĠcafÃ"
    assert to_chars(b" \n\0") == "ĠĊĀ" and len(set(BYTE_TO_CHAR.values())) == 256


# --- bad values -------------------------------------------------------------------------------------------------

def test_bad_values_are_refused_in_one_sentence(tokenizer):
    with pytest.raises(ValueError, match="vocab_size=100 is too small: 4 special tokens and 256 bytes need at least 260"):
        train_bpe("text", 100)
    with pytest.raises(ValueError, match="vocab_size=259"):
        train_bpe("text", 259)
    assert train_bpe("text", 260, progress=False).merges == []
    with pytest.raises(ValueError, match="not of bytes"):
        train_bpe([b"text"], 300)
    with pytest.raises(ValueError, match="id 700 is not in the vocabulary, which has ids 0 to 699"):
        tokenizer.decode([700])
    with pytest.raises(ValueError, match="id -1 is not"):
        tokenizer.token_bytes(-1)
    with pytest.raises(ValueError, match="has a name twice"):
        BPETokenizer([], ["<|a|>", "<|a|>"])
    with pytest.raises(ValueError, match="lacks b'bc'"):
        BPETokenizer([(b"a", b"bc")])
    for name in ("the", "t", "Ġthe"):  # a file that holds text could not tell the two tokens apart
        with pytest.raises(ValueError, match="is an ordinary token too"):
            train_bpe("the the the", 300, special_tokens=[name], progress=False)


def test_repr(tokenizer):
    assert repr(BPETokenizer([], ["<s>"])) == "BPETokenizer(vocab_size=257, special_tokens=['<s>'])"
