"""Recipes: what a run is made of."""

import json

import pytest

from minillm.corpus.world import make_world
from minillm.data.splits import TrainingData
from minillm.model import PRESETS
from minillm.runs import recipe as module
from minillm.runs.recipe import (
    RECIPES,
    fine_tuning_documents,
    learn_tokenizer,
    load_data,
    make_tokenizer,
)

CHAT = [
    {"role": "user", "content": "Who swims?"},
    {"role": "assistant", "content": "The seal swims."},
]


def training_data(texts=(), sft=()) -> TrainingData:
    return TrainingData(pretrain=texts, valid=(), sft=sft, texts=texts)


def test_every_preset_has_a_recipe_of_its_own_model():
    assert {name: recipe.model for name, recipe in RECIPES.items()} == PRESETS


def test_fine_tuning_has_every_conversation_and_half_as_much_text_again():
    texts = [f"{n}. The seal swims." for n in range(1000)]
    documents = list(fine_tuning_documents(training_data(texts, [CHAT] * 100)))
    assert documents[:100] == [CHAT] * 100
    assert "".join(documents[100:]) == "".join(texts)[: 100 * 25 // 2]


def test_where_all_are_conversations_nothing_comes_again():
    assert list(fine_tuning_documents(training_data(sft=[CHAT] * 5))) == [CHAT] * 5


def test_conversations_alone_serve_for_both(tmp_path):
    line = json.dumps({"conversations": CHAT}) + "\n"
    (tmp_path / "a.jsonl").write_text(line * 40)
    found = load_data((str(tmp_path),))
    assert list(found.pretrain) == list(found.sft) == [CHAT] * 38
    assert list(found.valid) == list(found.sft_valid) == [CHAT] * 2
    assert list(fine_tuning_documents(found)) == [CHAT] * 38


def test_each_world_seed_gives_another_text_and_none_goes_with_data(tmp_path):
    first, other = load_data((), world_seed=0), load_data((), world_seed=4)
    assert first.fingerprint != other.fingerprint
    assert len(set(first.valid) & set(other.valid)) < 0.1 * len(set(first.valid))  # sums and such
    (tmp_path / "a.txt").write_text("The seal swims. " * 100)
    with pytest.raises(ValueError, match="--world-seed 4 chooses a bundled world"):
        load_data((str(tmp_path / "a.txt"),), world_seed=4)


def test_names_and_roles_are_whole_tokens():
    """At the size of the shipped vocabulary.

    A name that begins a text, with no space before it, is rarer than the same name after a space:
    of the neighbours, not of the main characters, a quarter is cut in two there.
    """
    tokenizer = learn_tokenizer(load_data(()), PRESETS["mini"].vocab_size, progress=False)
    world = make_world()
    words = [name for friend in world.cast for name in (" " + friend.en, friend.zh)]
    words += [friend.en for friend in world.main]
    words += ["user", "assistant", "system", "QdogBaby", " QdogBaby"]
    assert [word for word in words if len(tokenizer.encode(word)) > 1] == []
    cut = [friend.en for friend in world.cast if len(tokenizer.encode(friend.en)) > 1]
    assert len(cut) <= len(world.cast) / 4


def test_one_long_text_is_cut_to_half_of_the_conversations():
    documents = list(fine_tuning_documents(training_data(["x" * 1_000_000], [CHAT] * 10)))
    assert documents[10:] == ["x" * 125]


def test_a_tokenizer_of_much_text_is_learned_from_an_even_sample(monkeypatch):
    monkeypatch.setattr(module, "MAX_TOKENIZER_SIZE", 3000)
    texts, read = [f"the seal {n} " * 100 for n in range(10)], []
    monkeypatch.setattr(module, "train_bpe", lambda texts, *_, **__: read.extend(texts))
    chats = [[{"role": "user", "content": text}] for text in texts[4:]]
    learn_tokenizer(training_data(texts[:4], chats), 300)
    framed = [f"user\n{text}\n" for text in texts[4:]]  # the words of the frame are learned, too
    assert read == [*texts[:4], *framed][::4]  # 11,000 characters of which 3,000 are wanted
    read.clear()
    learn_tokenizer(training_data(texts[:2]), 300)
    assert read == texts[:2]


def test_the_tokenizer_of_a_run_is_learned_once(tmp_path, text, monkeypatch):
    learned = make_tokenizer(tmp_path / "run", training_data([text]), 300, progress=False)
    assert learned.vocab_size == 300
    monkeypatch.setattr(module, "train_bpe", None)
    again = make_tokenizer(tmp_path / "run", training_data([text]), 300, progress=False)
    assert again.merges == learned.merges
