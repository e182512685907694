"""Interpretability: activations are the model's own, and heads go off and on again."""

import pytest
import torch
from torch.nn import functional as F
from torch.testing import assert_close

from minillm.attention import causal_mask
from minillm.interpretability import activations, heads_off, token_label

IDS = [5, 6, 290, 7, 5]
close = {"rtol": 0, "atol": 1e-5}


def test_activations_are_what_the_model_computes(make_model):
    model = make_model()
    logits, weights = model.attention_weights(torch.tensor([IDS]))
    found = activations(model, IDS)
    assert found.ids == IDS
    assert_close(found.logits, logits[0], **close)
    assert_close(found.weights, weights[:, 0], **close)
    assert found.queries.shape == found.keys.shape == (2, 2, 5, 8)  # (L, H, T, D)
    for layer in range(2):
        for head in range(2):
            scores = found.scores(layer, head).masked_fill(~causal_mask(5, 5), float("-inf"))
            assert_close(scores.softmax(dim=-1), weights[layer, 0, head], **close)
    losses = F.cross_entropy(logits[0, :-1], torch.tensor(IDS[1:]), reduction="none")
    assert_close(found.losses(), losses, **close)
    assert not found.logits.requires_grad


def test_of_one_token_there_is_no_loss(make_model):
    assert activations(make_model(), [5]).losses().shape == (0,)


def test_a_head_off_adds_nothing_and_is_on_again(make_model):
    model, ids = make_model(), torch.tensor([IDS])
    zeroed = make_model()
    with torch.no_grad():
        on = model(ids)
        zeroed.blocks[1].attn.out.weight[:, 8:] = 0  # what reads the second head of the last block
        expected = zeroed(ids)
        with heads_off(model, [(1, 1)]):
            assert_close(model(ids), expected, **close)
    assert not torch.allclose(on, expected, **close)
    assert_close(activations(model, IDS, off=[(1, 1)]).logits, expected[0], **close)
    assert torch.equal(model(ids), on)  # nothing is left behind


def test_heads_off_refuses_what_is_not_there(make_model):
    model = make_model()
    for pair in ((2, 0), (0, 2), (-1, 0), (0, -1)):
        sentence = rf"^\(layer {pair[0]}, head {pair[1]}\) is not among 2 layers with 2 heads$"
        with pytest.raises(IndexError, match=sentence), heads_off(model, [(0, 0), pair]):
            pass
        assert not model.blocks[0].attn.out._forward_pre_hooks


def test_reading_activations_leaves_the_model_as_it_was(make_model):
    model = make_model(dropout=0.5)
    calm = activations(model, IDS)
    model.train()
    assert torch.equal(activations(model, IDS).logits, calm.logits)  # without dropout
    assert model.training
    assert not any(m._forward_hooks or m._forward_pre_hooks for m in model.modules())


def test_token_labels(tokenizer):
    def label(data: bytes) -> str:
        return token_label(tokenizer, tokenizer.encode_bytes(data)[0])

    assert [label(data) for data in (b" ", b"\n", b"\t", b"\xe5")] == ["␣", "↵", "⇥", "e5"]
    assert token_label(tokenizer, tokenizer.im_end) == "<|im_end|>"
