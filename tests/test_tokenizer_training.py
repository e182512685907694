"""Learning merges: they are those of Hugging Face's trainer, ties included."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minillm.formats.tokenizer_files import SPECIAL_TOKENS, to_chars
from minillm.tokenizer import BPETokenizer, pre_tokenize
from minillm.tokenizer_training import train_bpe

quick = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LANGUAGES = ("english", "chinese", "mixed")


def hugging_face(texts: list[str], vocab_size: int):
    """The model (vocabulary and merges) that the Hugging Face trainer learns."""
    tokenizers = pytest.importorskip("tokenizers")
    theirs = tokenizers.Tokenizer(tokenizers.models.BPE())
    theirs.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    theirs.train_from_iterator(
        texts,
        tokenizers.trainers.BpeTrainer(
            vocab_size=vocab_size,
            special_tokens=list(SPECIAL_TOKENS),
            show_progress=False,
            initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
        ),
    )
    return json.loads(theirs.to_str())["model"]


def assert_same_model(ours: BPETokenizer, theirs: dict) -> None:
    merges = [merge.split(" ") if isinstance(merge, str) else merge for merge in theirs["merges"]]
    assert [[to_chars(left), to_chars(right)] for left, right in ours.merges] == merges
    names = {t if isinstance(t, str) else to_chars(t): i for t, i in ours.ids.items()}
    assert names == theirs["vocab"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_encoding_a_training_word_gives_what_training_gave(texts, language):
    ours = train_bpe(texts[language], 600, progress=False)
    for piece in set(pre_tokenize(texts[language].encode())):
        parts = [bytes([byte]) for byte in piece.encode()]
        for pair in ours.merges:  # as in training: one merge after the other, over the whole piece
            i = 0
            while i < len(parts) - 1:
                if (parts[i], parts[i + 1]) == pair:
                    parts[i : i + 2] = [parts[i] + parts[i + 1]]
                i += 1
        assert ours.encode(piece) == [ours.ids[part] for part in parts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_merges_and_ids_are_those_of_hugging_face(texts, language):
    text = texts[language]
    for vocab_size in (261, 600, 9000):  # 9000: both run out of pairs
        ours = train_bpe(text, vocab_size, progress=False)
        assert_same_model(ours, hugging_face([text], vocab_size))


@quick
@given(
    st.lists(st.text("ab ", max_size=25) | st.text("abcd é企 ", max_size=40), max_size=8),
    st.integers(260, 330),
)
def test_ties_are_broken_as_hugging_face_does(texts, vocab_size):
    assert_same_model(train_bpe(texts, vocab_size, progress=False), hugging_face(texts, vocab_size))


def test_the_tie_rule_by_hand():
    """ab, cd and Ġx are equally frequent: the smallest ids go first, and a space's is not small."""
    merges = train_bpe("cd cd ab ab".replace(" ", "\n") + " x x", 263, progress=False).merges
    assert merges == [(b"a", b"b"), (b"c", b"d"), (b" ", b"x")]


def test_a_text_can_come_in_parts_and_run_out():
    parts = train_bpe(["ab ab", "ab"], 999, progress=False)
    whole = train_bpe("ab ab\nab", 999, progress=False)
    assert parts.merges == [(b"a", b"b"), (b" ", b"ab")]
    assert parts.vocab_size == 262
    assert train_bpe(iter(["ab ab", "ab"]), 999, progress=False).merges == parts.merges
    assert set(parts.merges) <= set(whole.merges)
    assert train_bpe("", 6400, progress=False).vocab_size == 260


def test_progress_goes_to_stderr(capfd):
    train_bpe("ab ab", 262)
    train_bpe("ab ab", 262, progress=False)
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("BPE merges: 100%") == 1


def test_bad_values_are_refused_in_one_sentence():
    too_small = "vocab_size=100 is too small: 4 special tokens and 256 bytes need at least 260"
    with pytest.raises(ValueError, match=too_small):
        train_bpe("text", 100)
    with pytest.raises(ValueError, match="vocab_size=259"):
        train_bpe("text", 259)
    assert train_bpe("text", 260, progress=False).merges == []
    with pytest.raises(ValueError, match="not of bytes"):
        train_bpe([b"text"], 300)
