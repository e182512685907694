"""The tokenizer: lossless, merged by rank, special tokens only by name."""

import random
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from minillm import tokenizer as module
from minillm.formats.tokenizer_files import BYTE_TO_CHAR, SPECIAL_TOKENS
from minillm.tokenizer import BPETokenizer, CharTokenizer, WordTokenizer, pre_tokenize
from minillm.tokenizer_training import train_bpe

quick = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Characters whose kind every library agrees on: those newer than a library's Unicode tables (Cn)
# are cut otherwise by each; lone surrogates (Cs) cannot enter the others at all.
assigned = st.characters(exclude_categories=("Cn", "Cs"))
plain_text = st.text(assigned, max_size=60)
any_text = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates too


@pytest.fixture(scope="module")
def tokenizer(tokenizer_700) -> BPETokenizer:
    return tokenizer_700


def by_definition(tokenizer: BPETokenizer, piece: bytes) -> list[int]:
    """What "merges applied by rank" means, with nothing done to be fast."""
    parts = [bytes([byte]) for byte in piece]
    ranks = {pair: rank for rank, pair in enumerate(tokenizer.merges)}
    while pairs := [(ranks[p], i) for i, p in enumerate(zip(parts, parts[1:])) if p in ranks]:
        i = min(pairs)[1]
        parts[i : i + 2] = [parts[i] + parts[i + 1]]
    return [tokenizer.ids[part] for part in parts]


# --- the teaching tokenizers


def test_char_tokenizer():
    tokenizer = CharTokenizer("小企鹅 hello")
    assert tokenizer.vocab_size == 1 + len(set("小企鹅 hello"))
    assert tokenizer.decode(tokenizer.encode("hello 企鹅")) == "hello 企鹅"
    assert tokenizer.encode("x") == [0]
    assert tokenizer.decode([0]) == "<unk>"


def test_word_tokenizer_knows_words_and_punctuation_but_is_not_lossless():
    tokenizer = WordTokenizer("The penguin swims, and sings.")
    assert tokenizer.tokens == ["<unk>", ",", ".", "The", "and", "penguin", "sings", "swims"]
    assert tokenizer.decode(tokenizer.encode("The  penguin\nsings.")) == "The penguin sings."
    assert tokenizer.decode(tokenizer.encode("The whale sings")) == "The <unk> sings"
    assert (
        WordTokenizer("小企鹅住在南极，它喜欢鱼。").vocab_size == 5
    )  # unknown, two clauses, two marks


# --- lossless


def test_awkward_strings_come_back(tokenizer, awkward):
    for text in awkward:
        assert tokenizer.decode(tokenizer.encode(text)) == text


@quick
@given(any_text)
def test_every_string_comes_back(tokenizer, text):
    assert tokenizer.decode(tokenizer.encode(text)) == text


@quick
@given(st.binary(max_size=80))
def test_any_bytes_come_back(tokenizer, data):
    assert tokenizer.decode_bytes(tokenizer.encode_bytes(data)) == data


def test_text_and_its_bytes_have_the_same_ids(tokenizer, awkward):
    for text in awkward:
        assert tokenizer.encode(text) == tokenizer.encode_bytes(
            text.encode("utf-8", "surrogatepass")
        )


def test_a_character_cut_in_half_becomes_the_replacement_character(tokenizer):
    whole = tokenizer.encode_bytes("a鹅".encode())
    assert tokenizer.decode(tokenizer.encode_bytes("a鹅".encode()[:-1])) == "a\ufffd"
    assert tokenizer.decode(whole) == "a鹅"


@quick
@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_the_ascii_pattern_makes_the_cuts_of_gpt2s(text):
    assert pre_tokenize(text.encode()) == module._PATTERN.findall(text)


# --- merges


@quick
@given(plain_text | st.text("aeinst pgu", max_size=60))
@example(text="小企鹅看见了灯塔 Verstick")  # from left to right, both come out otherwise
def test_merges_are_applied_by_rank(tokenizer, text):
    for piece in pre_tokenize(text.encode()):
        data = piece.encode()
        assert tokenizer._apply_merges(data) == by_definition(tokenizer, data)
        assert tokenizer._apply_merges_long(data) == by_definition(tokenizer, data)


@quick
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12),
    st.text("abc", min_size=1, max_size=40),
)
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


def test_ids_are_specials_then_bytes_then_merges(tokenizer):
    assert [tokenizer.special[name] for name in SPECIAL_TOKENS] == [0, 1, 2, 3]
    assert (tokenizer.end_id, tokenizer.im_start, tokenizer.im_end, tokenizer.pad_id) == (
        0,
        1,
        2,
        3,
    )
    assert [tokenizer.token_bytes(4 + i)[0] for i in range(256)] == list(BYTE_TO_CHAR)
    assert (tokenizer.token_bytes(4), tokenizer.token_bytes(259)) == (b"!", b"\xad")
    merged = [left + right for left, right in tokenizer.merges]
    assert [tokenizer.token_bytes(260 + i) for i in range(440)] == merged
    assert tokenizer.vocab_size == 700


# --- special tokens


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
    assert ours.ids[b"!"] == 0
    assert ours.special == {}
    assert ours.vocab_size == 257
    with pytest.raises(ValueError, match=r"no special token <\|pad\|>; it has \[\]"):
        ours.pad_id  # noqa: B018


# --- streaming


@quick
@given(any_text)
def test_streaming_never_shows_half_a_character(tokenizer, text):
    parts = list(tokenizer.stream_decode(tokenizer.encode(text)))
    assert "".join(parts) == text
    assert "" not in parts
    assert "\ufffd" in text or "\ufffd" not in "".join(parts)


@quick
@given(
    st.binary(max_size=40)
    | st.lists(st.sampled_from([0xED, 0xA0, 0x80, 0xF0, 0x9F, 0x90, 0xA7, 0x41])).map(bytes)
)
def test_streaming_any_bytes_gives_what_decode_gives(tokenizer, data):
    ids = [tokenizer.ids[bytes([byte])] for byte in data]
    assert "".join(tokenizer.stream_decode(ids)) == tokenizer.decode(ids)


def test_streaming_yields_each_character_as_soon_as_it_is_whole(tokenizer):
    ids = [tokenizer.ids[bytes([byte])] for byte in "a🐧b".encode()]
    assert list(tokenizer.stream_decode(iter(ids))) == ["a", "🐧", "b"]
    assert list(tokenizer.stream_decode(ids[:4])) == ["a", "\ufffd"]
    asked = []
    stream = tokenizer.stream_decode(asked.append(i) or i for i in ids)
    assert next(stream) == "a"
    assert asked == ids[:1]  # it does not wait for what it does not need


# --- the cache


def test_the_cache_is_bounded_and_changes_nothing(tokenizer, texts, monkeypatch):
    monkeypatch.setattr(module._PieceCache, "max_pieces", 10)
    fresh = BPETokenizer(tokenizer.merges)
    for text in (texts["mixed"], "x" * 65, "哈" * 64):
        assert fresh.encode(text) == tokenizer.encode(text) == fresh.encode(text)
        assert len(fresh._cache) <= 10
        assert all(len(piece) <= 64 for piece in fresh._cache)


def test_encoding_hands_out_a_list_of_its_own(tokenizer):
    tokenizer.encode("penguin").append(-1)
    assert -1 not in tokenizer.encode("penguin")


# --- which one it is


def test_the_fingerprint_is_that_of_all_that_decides_about_ids(tokenizer):
    merges, names, ids = tokenizer.merges, list(tokenizer.special), tokenizer.ids
    assert BPETokenizer(merges, names, ids).fingerprint == tokenizer.fingerprint
    first, second = list(ids)[:2]
    swapped = {**ids, first: ids[second], second: ids[first]}
    others = (
        BPETokenizer(merges[:-1]),
        BPETokenizer([*merges[:-2], merges[-1], merges[-2]], names, ids),
        BPETokenizer(merges, names, swapped),
        BPETokenizer(merges, names[:-1]),
    )
    prints = {other.fingerprint for other in (tokenizer, *others)}
    assert len(prints) == 5


# --- bad values


def test_bad_values_are_refused_in_one_sentence(tokenizer):
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
