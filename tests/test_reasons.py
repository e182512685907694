"""Why it says that: the numbers of the explorer against hooks written anew."""

import math

import pytest
import torch

from minillm.interpretability import activations, patch, patch_heads
from minillm.model import QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.tokenizer_training import train_bpe
from minillm.widgets.reasons import ModelSource

TEXT = "the cat sat on"


@pytest.fixture(scope="module")
def tokenizer():
    return train_bpe(["the cat sat on the mat and the dog ran far " * 20], 300, progress=False)


@pytest.fixture(scope="module")
def model(tokenizer):
    torch.manual_seed(0)
    cfg = QdogBabyLearnConfig(
        num_hidden_layers=2,
        num_heads=3,
        emb_dim=24,
        context_size=64,
        vocab_size=tokenizer.vocab_size,
    )
    model = QdogBabyLearnLLM(cfg).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.5 * torch.randn_like(parameter))
    return model


@pytest.fixture(scope="module", params=[False, True], ids=["text", "chat"])
def source(request, model, tokenizer):
    return ModelSource(model, tokenizer, request.param, texts=["the cat sat on the cat sat"])


def doublings(logits, token, rival):
    return ((logits[token] - logits[rival]) / math.log(2)).item()


def test_why_is_the_lead_of_the_chosen_token(source, model):
    ids = source.ids(TEXT)
    at = len(source.asked(TEXT)) - 1
    for position in (-1, source.first(TEXT), len(ids) - 1):
        why, _ = source.why(TEXT, position)
        place = at if position < 0 else position
        token, rival = why["token"]["id"], why["rival"]["id"]
        logits = model(torch.tensor([ids[: place + 1]]))[0, -1]
        assert token == (ids[place + 1] if place + 1 < len(ids) else int(logits.argmax()))
        assert why["lead"] == pytest.approx(doublings(logits, token, rival), abs=1e-4)
        assert sum(part["share"] for part in why["parts"]) == pytest.approx(why["lead"], abs=1e-4)
        assert why["lens"][-1]["chosen"] == pytest.approx(
            logits.softmax(-1)[token].item(), abs=1e-6
        )
        assert why["lens"][-1]["rank"] == int((logits > logits[token]).sum()) + 1


def test_an_effect_is_the_lead_without_the_part(source, model):
    why, _ = source.why(TEXT, -1)
    token, rival = why["token"]["id"], why["rival"]["id"]
    names = [part["name"] for part in why["parts"]]
    found, _ = source.effects(TEXT, -1, rival, names)
    assert set(found["effects"]) == {n for n in names if n.startswith(("head ", "feed-forward "))}
    ids = torch.tensor([source.asked(TEXT)])

    def lead_with(module, put):
        hook = module.register_forward_hook(put)
        with torch.no_grad():
            logits = model(ids)[0, -1]
        hook.remove()
        return doublings(logits, token, rival)

    without = lead_with(model.blocks[1].ff, lambda module, args, out: 0 * out)
    assert found["effects"]["feed-forward 1"] == pytest.approx(why["lead"] - without, abs=1e-3)

    def drop(module, args, out):  # what the middle head's numbers became
        return out - args[0][..., 8:16] @ module.weight[:, 8:16].T

    without = lead_with(model.blocks[0].attn.out, drop)
    assert found["effects"]["head 0.1"] == pytest.approx(why["lead"] - without, abs=1e-3)


def test_heads_that_are_off_are_no_parts(source):
    why, _ = source.why(TEXT, -1, off=[[0, 1]])
    assert "head 0.1" not in [part["name"] for part in why["parts"]]
    found, _ = source.effects(TEXT, -1, why["rival"]["id"], ["head 1.1"], off=[[0, 1]])
    both, _ = source.why(TEXT, -1, why["rival"]["id"], off=[[0, 1], [1, 1]])
    assert both["token"] == why["token"]  # that of all heads
    assert found["effects"]["head 1.1"] == pytest.approx(why["lead"] - both["lead"], abs=1e-3)


def test_a_rival_is_another_word(source, tokenizer):
    why, _ = source.why(TEXT, -1)
    labels = [rival["label"] for rival in why["rivals"]]
    assert len(set(labels)) == len(labels)
    assert why["token"]["label"] not in labels
    mine = tokenizer.decode([why["token"]["id"]])
    word = "dog" if mine.strip() != "dog" else "cat"
    chosen, _ = source.why(TEXT, -1, word)
    assert chosen["rival"]["id"] == source._first(word, why["token"]["id"])
    assert chosen["rivals"][0] == chosen["rival"]
    with pytest.raises(ValueError, match="is the chosen token itself"):
        source.why(TEXT, -1, why["token"]["id"])
    with pytest.raises(ValueError, match="a rival is a word"):
        source.why(TEXT, -1, "  ")


def first_that_differs(source):
    """A prompt of as many tokens with another answer."""
    for word in ("dog", "mat", "far", "ran", "and", "sat"):
        other = TEXT.replace("cat", word)
        if len(source.asked(other)) == len(source.asked(TEXT)):
            said = [[*source.answer_ids(text), source.chosen(text, -1)] for text in (TEXT, other)]
            if said[0] != said[1]:
                return other, said
    raise AssertionError("all prompts get the same answer")


def test_swap_follows_the_first_token_that_differs(source, model):
    other, said = first_that_differs(source)
    same = next(n for n, (a, b) in enumerate(zip(*said)) if a != b)
    swap, (moved, heads) = source.swap(TEXT, other)
    assert (swap["token"], swap["rival"]) == tuple(source.label(answer[same]) for answer in said)
    first, second = (source.asked(t) + a[:same] for t, a in zip((TEXT, other), said))
    token, rival = said[0][same], said[1][same]
    torch.testing.assert_close(moved, patch(model, first, second, token, rival))
    torch.testing.assert_close(heads, patch_heads(model, first, second, token, rival))
    # Before the first difference nothing moves; the last layer's end is all of it.
    assert moved[:, : swap["begin"]].abs().max() < 1e-4
    assert moved[-1, -1].item() == pytest.approx(1, abs=1e-4)
    assert swap["tokens"][swap["begin"]] != swap["others"][swap["begin"]]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("the cat sat on the mat", "they must have as many each"),
        (TEXT, "same answer"),
    ],
)
def test_prompts_that_can_not_be_exchanged(source, other, words):
    with pytest.raises(ValueError, match=words):
        source.swap(TEXT, other)


@pytest.mark.parametrize("score", ["one back", "first token", "twin", "induction", "entropy"])
def test_the_head_finder(source, model, score):
    found, _ = source.find(score)
    rows = found["rows"]
    values = [row["score"] for row in rows]
    assert values == sorted(values, reverse=score != "entropy")
    ids, whole = source.asked(source.texts[0]), source.ids(source.texts[0])
    first, layer, head = rows[0], rows[0]["layer"], rows[0]["head"]
    weights = activations(model, ids).weights[layer, head]
    expected = {
        "one back": lambda: weights.diagonal(-1).mean(),
        "first token": lambda: weights[1:, 0].mean(),
        "entropy": lambda: -(weights * weights.clamp_min(1e-30).log2()).sum(-1).mean(),
    }
    if score in expected:
        assert first["score"] == pytest.approx(expected[score]().item(), abs=1e-6)
    learned = len(ids) - 1 if source.chat else 0  # of a chat only the answer
    without, before = (activations(model, whole, off) for off in ([(layer, head)], []))
    rise = (without.losses() - before.losses())[learned:].mean()
    assert first["effect"] == pytest.approx(rise.item(), abs=1e-5)


QUESTIONS = ("Where is *Kiki*?", "who likes *小鱼儿* here?", "*Mimi* sings", "the sea")


@pytest.mark.parametrize("chat", [False, True])
def test_a_head_that_looks_at_the_marked_word(model, tokenizer, chat):
    source = ModelSource(model, tokenizer, chat, QUESTIONS)
    marked = [source._marked(text) for text in QUESTIONS]
    for (text, places), question in zip(marked, QUESTIONS):
        ids = source.asked(text)
        said = b"".join(tokenizer.decode_bytes([ids[t]]) for t in places).decode()
        word = question.split("*")[1] if "*" in question else ""
        assert word in said and len(said) <= len(word) + 1  # a token may begin with a space
    rows = source.find("marked")[0]["rows"]
    layer, head = rows[0]["layer"], rows[0]["head"]
    weights = [activations(model, source.asked(text)).weights for text, _ in marked[:3]]
    each = [w[:, :, -1, places].sum(-1) for w, (_, places) in zip(weights, marked)]
    mean = torch.stack(each).mean(0)
    assert rows[0]["score"] == pytest.approx(mean.max().item(), abs=1e-6)
    assert mean[layer, head] == mean.max()
    ids, asked = zip(*((source.ids(text), len(source.asked(text))) for text, _ in marked))

    def losses(off):
        begin = [a - 1 if chat else 0 for a in asked]
        each = [activations(model, i, off).losses()[b:].mean() for i, b in zip(ids, begin)]
        return torch.stack(each).mean()

    rise = losses([(layer, head)]) - losses([])
    assert rows[0]["effect"] == pytest.approx(rise.item(), abs=1e-5)


def test_a_word_has_to_be_marked(model, tokenizer):
    with pytest.raises(ValueError, match="mark a word"):
        ModelSource(model, tokenizer, texts=["the sea", "a * b"]).find("marked")


def test_without_texts_there_is_nothing_to_find(model, tokenizer):
    with pytest.raises(ValueError, match="needs texts"):
        ModelSource(model, tokenizer).find("one back")
