"""Token files: whole or not at all, and read back as they were written."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from minillm.data.token_files import Encoded, TokenFile, write_tokens


def write(folder: Path, lengths: list[int], learn=None, name: str = "tokens") -> TokenFile:
    """A token file of documents of these lengths; `learn` is for each of them."""
    return write_tokens(folder / name, [Encoded([7] * n, learn, n) for n in lengths], 300)


@pytest.mark.parametrize(
    ("vocab_size", "dtype"), [(300, "<u2"), (65_536, "<u2"), (65_537, "<u4"), (100_000, "<u4")]
)
def test_a_token_file_holds_what_was_written_in_as_few_bytes_as_the_vocabulary_allows(
    tmp_path, vocab_size, dtype
):
    documents = [[0, vocab_size - 1, 5], [7, 7]]
    encoded = [Encoded(ids, None, 10 * len(ids)) for ids in documents]
    write_tokens(tmp_path / "a" / "tokens", encoded, vocab_size)
    file = TokenFile(tmp_path / "a" / "tokens")
    assert file.ids.tolist() == documents[0] + documents[1]
    assert file.ends.tolist() == [3, 5]
    assert file.learn is None
    assert len(file) == 5
    assert file.targets() == 3
    info = file.info
    assert (info.dtype, info.documents, info.bytes) == (dtype, 2, 50)
    assert (info.tokens, info.vocab_size, info.masked) == (5, vocab_size, False)
    assert isinstance(file.ids, np.memmap)  # opened without being read


def test_a_mask_is_kept_and_documents_without_one_are_learned_whole(tmp_path):
    documents = [Encoded([1, 2, 3], [False, True, False], 3), Encoded([4, 5], None, 2)]
    file = write_tokens(tmp_path / "tokens", documents, 300)
    assert file.learn.tolist() == [False, True, False, True, True]
    assert file.targets() == 2  # 2 and 5: the first of a document is predicted from nothing


def test_a_document_may_come_in_parts(tmp_path):
    whole = [Encoded([1, 2, 3, 4], None, 7), Encoded([5, 6], None, 2)]
    parts = [Encoded([1, 2], None, 3, continues=True), Encoded([3, 4], None, 4), whole[1]]
    one = write_tokens(tmp_path / "whole", whole, 300)
    other = write_tokens(tmp_path / "parts", parts, 300)
    assert other.info == one.info
    assert other.ids.tolist() == one.ids.tolist() == [1, 2, 3, 4, 5, 6]
    assert other.ends.tolist() == one.ends.tolist() == [4, 6]


def test_writing_that_is_interrupted_leaves_nothing_under_the_name_and_can_be_repeated(tmp_path):
    def broken():
        yield Encoded([1, 2, 3], None, 3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_tokens(tmp_path / "tokens", broken(), 300)
    assert not (tmp_path / "tokens").exists()
    write_tokens(tmp_path / "tokens", [Encoded([4, 5], None, 2)], 300)
    assert os.listdir(tmp_path) == ["tokens"]
    assert TokenFile(tmp_path / "tokens").ids.tolist() == [4, 5]


def test_a_token_file_is_not_written_over(tmp_path):
    write(tmp_path, [3])
    with pytest.raises(
        ValueError, match=r"tokens exists; choose another name, or delete it first$"
    ):
        write(tmp_path, [4])
    assert TokenFile(tmp_path / "tokens").info.tokens == 3


@pytest.mark.parametrize("count", [0, 1, 2])
def test_documents_that_ask_for_nothing_are_refused(tmp_path, count):
    with pytest.raises(ValueError, match=rf": {count} documents with {count} tokens give nothing"):
        write_tokens(tmp_path / "tokens", [Encoded([1], None, 1)] * count, 300)
    assert os.listdir(tmp_path) == []


def test_a_damaged_token_file_is_refused_in_one_sentence(tmp_path):
    names = ("ids.bin", "ends.bin", "learn.bin", "meta.json")

    def shorten(file):
        os.truncate(file, file.stat().st_size - 1)

    damages = [lambda path, name=name: shorten(path / name) for name in names]
    damages += [lambda path, name=name: (path / name).unlink() for name in names]
    for text in (b"", b"[]", b"null", b"\xff\xfe"):
        damages.append(lambda path, text=text: (path / "meta.json").write_bytes(text))

    def change(path, **values):
        meta = json.loads((path / "meta.json").read_text())
        (path / "meta.json").write_text(json.dumps(meta | values))

    wrong = [{"format": "minillm tokens 1"}, {"dtype": "nonsense"}, {"tokens": -1}, {"tokens": 5}]
    wrong += [{"documents": "3"}, {"documents": 1}, {"more": 1}]
    damages += [lambda path, values=values: change(path, **values) for values in wrong]
    for number, damage in enumerate(damages):
        path = write(tmp_path, [3, 3], learn=[True] * 3, name=str(number)).folder
        damage(path)
        sentence = rf"/{number} is not a whole token file of this version; delete it, and the same"
        with pytest.raises(ValueError, match=sentence) as error:
            TokenFile(path)
        assert "\n" not in str(error.value)
    with pytest.raises(ValueError, match="nowhere is not a whole token file"):
        TokenFile(tmp_path / "nowhere")
