"""The recipe: what a run is made of, and how its folder is come back to."""

import json

import pytest

from minillm import recipe as module
from minillm.recipe import fine_tuning_documents, gather, learn_tokenizer, open_run

CHAT = [{"role": "user", "content": "Who swims?"}, {"role": "assistant", "content": "The seal swims."}]
SETTINGS = {"model": {"layers": 2}, "training": {"steps": 3, "seed": 0}, "data": ["a.txt"]}


def test_fine_tuning_has_every_conversation_and_half_as_much_text_again():
    texts = [f"{n}. The seal swims." for n in range(1000)]
    documents = list(fine_tuning_documents({"pretrain": texts, "sft": [CHAT] * 100}))
    assert documents[:100] == [CHAT] * 100 and "".join(documents[100:]) == "".join(texts)[: 100 * 25 // 2]


def test_where_all_are_conversations_nothing_comes_again():
    chats = [CHAT] * 5
    assert list(fine_tuning_documents({"pretrain": chats, "sft": chats})) == chats


def test_conversations_alone_serve_for_both(tmp_path):
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"conversations": CHAT}) + "\n" for _ in range(40)))
    found = gather((str(tmp_path),))
    assert list(found["pretrain"]) == list(found["sft"]) == [CHAT] * 38 and list(found["valid"]) == [CHAT] * 2
    assert list(fine_tuning_documents(found)) == [CHAT] * 38


def test_one_long_text_is_cut_to_half_of_the_conversations():
    documents = list(fine_tuning_documents({"pretrain": ["x" * 1_000_000], "sft": [CHAT] * 10}))
    assert documents[10:] == ["x" * 125]


def test_a_tokenizer_of_much_text_is_learned_from_an_even_sample(monkeypatch):
    monkeypatch.setattr(module, "LEARNED_FROM", 3000)
    texts, read = [f"the seal {n} " * 100 for n in range(10)], []
    monkeypatch.setattr(module, "train_bpe", lambda texts, *_, **__: read.extend(texts))
    learn_tokenizer([texts[:4], texts[4:]], 300)
    assert read == texts[::4]  # 11,000 characters of which 3,000 are wanted
    read.clear()
    learn_tokenizer([texts[:2], ()], 300)
    assert read == texts[:2]


def test_a_run_is_come_back_to_with_its_own_settings_only(tmp_path):
    folder = tmp_path / "run"
    for _ in range(2):
        open_run(folder, SETTINGS, "done")
        assert json.loads((folder / "run.json").read_text()) == SETTINGS
    for changed, name in (({"training": {"steps": 4, "seed": 0}}, "training.steps"), ({"data": []}, "data"), ({"model": "a/folder"}, "model")):
        with pytest.raises(ValueError, match=rf"run holds an unfinished run with another {name}; choose another folder"):
            open_run(folder, SETTINGS | changed, "done")
    (folder / "done").touch()
    with pytest.raises(ValueError, match="holds a finished run"):
        open_run(folder, SETTINGS, "done")
    early = tmp_path / "early"
    early.mkdir()
    (early / "run.json.tmp").write_text('{"mo')  # a kill in the first moment
    open_run(early, SETTINGS, "done")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    with pytest.raises(ValueError, match="is there and is not a run"):
        open_run(tmp_path / "other", SETTINGS, "done")
    assert [p.name for p in (tmp_path / "other").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("damage", [b"", b"[]", b"null", b'{"training": 3}', b"\xff"])
def test_a_damaged_run_is_refused_and_left_alone(tmp_path, damage):
    (tmp_path / "run.json").write_bytes(damage)
    with pytest.raises(ValueError) as error:
        open_run(tmp_path, SETTINGS, "done")
    assert "\n" not in str(error.value) and (tmp_path / "run.json").read_bytes() == damage
