"""Interpretability: activations are the model's own, and heads go off and on again."""

import math
import random

import pytest
import torch
from torch.nn import functional as F
from torch.testing import assert_close

from minillm.attention import causal_mask
from minillm.interpretability import (
    activations,
    added_lengths,
    feed_forward_off,
    head_scores,
    heads_off,
    ledger,
    lens,
    patch,
    patch_heads,
    streams,
    token_label,
)

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
    assert label(b"\0") == "\\u0000"  # a control would spoil the line that it stands in
    assert token_label(tokenizer, tokenizer.im_end) == "<|im_end|>"


def test_the_ledger_adds_up_to_the_lead(make_model):
    """Whatever the model, the prompt, the position, the pair and the heads that are off."""
    choose = random.Random(0)
    for seed in range(20):
        model = make_model(seed=seed)
        for _ in range(50):
            ids = [choose.randrange(300) for _ in range(choose.randint(1, 12))]
            position, token, rival = choose.randrange(len(ids)), *choose.sample(range(300), 2)
            off = choose.sample([(0, 0), (0, 1), (1, 0), (1, 1)], choose.randint(0, 2))
            shares = ledger(model, ids, token, rival, position, off)
            logits = activations(model, ids, off).logits[position]
            whole = (logits[token] - logits[rival]).item() / math.log(2)
            assert abs(sum(shares.values()) - whole) <= 1e-4
            assert {f"head {layer}.{head}" for layer, head in off}.isdisjoint(shares)


def test_a_share_is_what_the_part_adds(make_model):
    model = make_model()
    shares = ledger(model, IDS, token=7, rival=9)
    block, x = model.blocks[0], model.embed(torch.tensor([IDS]))
    with torch.no_grad():
        v = block.attn.split_heads(block.attn.W_value(block.ln1(x)))  # (1, H, T, D)
        mixed = torch.zeros(1, 5, 16)
        mixed[..., 8:] = (block.attn.weights(block.ln1(x)) @ v)[:, 1]
        added = (block.attn.out(mixed) - block.attn.out.bias)[0, -1]
        last = streams(model, IDS)[-1, -1]
        std = (last.var(correction=0) + 1e-5).sqrt()
        read = (added - added.mean()) / std * model.norm.scale
        share = (model.out.weight[7] - model.out.weight[9]) @ read / math.log(2)
    assert abs(shares["head 0.1"] - share.item()) <= 1e-5


def test_the_lens_reads_each_layer_as_the_last_is_read(make_model):
    model, after = make_model(), []
    hooks = [
        block.register_forward_hook(lambda module, args, out: after.append(out[0]))
        for block in model.blocks
    ]
    with torch.no_grad():
        logits = model(torch.tensor([IDS]))[0]
        read = [model.out(model.norm(stream)) for stream in after]
    for hook in hooks:
        hook.remove()
    seen = lens(model, IDS)
    assert seen.shape == (3, 5, 300)
    assert_close(seen[-1], logits, **close)
    assert_close(seen[1:], torch.stack(read), **close)


def test_a_patch_moves_what_the_other_run_had_there(make_model):
    model, other = make_model(), [5, 6, 8, 7, 5]
    moved = patch(model, IDS, other, token=7, rival=9)
    assert moved.shape == (3, 5)
    logits = [activations(model, ids).logits[-1] for ids in (IDS, other)]
    first, second = ((one[7] - one[9]).item() for one in logits)
    there = streams(model, other)
    for layer, place in ((0, 2), (1, 0), (1, 4)):

        def put(module, args, layer=layer, place=place):
            x = args[0].clone()
            x[0, place] = there[layer, place]
            return (x, *args[1:])

        hook = model.blocks[layer].register_forward_pre_hook(put)
        with torch.no_grad():
            out = model(torch.tensor([IDS]))[0, -1]
        hook.remove()
        share = ((out[7] - out[9]).item() - first) / (second - first)
        assert abs(moved[layer, place].item() - share) <= 1e-3
    assert_close(moved[-1], torch.tensor([0.0, 0, 0, 0, 1]), **close)


def test_a_head_patched_is_its_numbers_of_the_other_run(make_model):
    model, other = make_model(), [5, 6, 8, 7, 5]
    moved = patch_heads(model, IDS, other, token=7, rival=9)
    assert moved.shape == (2, 2)
    logits = [activations(model, ids).logits[-1] for ids in (IDS, other)]
    first, second = ((one[7] - one[9]).item() for one in logits)
    for layer, head in ((0, 0), (0, 1), (1, 0), (1, 1)):
        out, columns, theirs = model.blocks[layer].attn.out, slice(8 * head, 8 * head + 8), []
        hook = out.register_forward_pre_hook(lambda module, args, seen=theirs: seen.append(args[0]))
        with torch.no_grad():
            model(torch.tensor([other]))
        hook.remove()

        def put(module, args, columns=columns, theirs=theirs):
            mixed = args[0].clone()
            mixed[..., columns] = theirs[0][..., columns]
            return (mixed,)

        hook = out.register_forward_pre_hook(put)
        with torch.no_grad():
            patched = model(torch.tensor([IDS]))[0, -1]
        hook.remove()
        share = ((patched[7] - patched[9]).item() - first) / (second - first)
        assert abs(moved[layer, head].item() - share) <= 1e-4
    assert not any(m._forward_hooks or m._forward_pre_hooks for m in model.modules())


def test_head_scores_are_means_over_tokens():
    ids, generator = [7, 8, 7, 8, 7], torch.Generator().manual_seed(0)
    weights = torch.rand(2, 3, 5, 5, generator=generator).tril()
    weights = weights / weights.sum(dim=-1, keepdim=True)
    scores = head_scores(weights, ids)

    def mean(*pairs):
        return torch.stack([weights[..., q, k] for q, k in pairs]).mean(dim=0)

    assert_close(scores["one back"], mean((1, 0), (2, 1), (3, 2), (4, 3)))
    assert_close(scores["first token"], mean((1, 0), (2, 0), (3, 0), (4, 0)))
    # Three tokens have twins; the last has two of them.
    assert_close(scores["twin"], mean((2, 0), (3, 1), (4, 0), (4, 2)) * 4 / 3)
    assert_close(scores["induction"], mean((2, 1), (3, 2), (4, 1), (4, 3)) * 4 / 3)
    entropy = torch.distributions.Categorical(weights[1, 2]).entropy().mean() / math.log(2)
    assert_close(scores["entropy"][1, 2], entropy)
    assert head_scores(weights, [1, 2, 3, 4, 5])["twin"].isnan().all()


def test_added_lengths_are_what_a_head_would_write(make_model):
    model, x = make_model(), streams(make_model(), IDS)
    attn, block = model.blocks[1].attn, model.blocks[1]
    with torch.no_grad():
        values = attn.W_value(block.ln1(x[1]))
        values[:, :8] = 0  # the first head's
        written = (attn.out(values) - attn.out.bias).norm(dim=-1)
    assert_close(added_lengths(model, IDS)[1, 1], written, **close)


def test_a_feed_forward_part_off_adds_nothing_and_is_on_again(make_model):
    model, zeroed, ids = make_model(), make_model(), torch.tensor([IDS])
    with torch.no_grad():
        on = model(ids)
        zeroed.blocks[1].ff.linear2.weight.zero_()
        zeroed.blocks[1].ff.linear2.bias.zero_()
        with feed_forward_off(model, 1):
            assert_close(model(ids), zeroed(ids), **close)
        assert torch.equal(model(ids), on)
    for layer in (-1, 2):
        sentence = rf"^layer={layer} is not among 2 layers$"
        with pytest.raises(IndexError, match=sentence), feed_forward_off(model, layer):
            pass


def test_the_ledger_takes_lists_and_refuses_places_that_are_not_there(make_model):
    model = make_model()
    assert "head 0.1" not in ledger(model, IDS, 7, 9, off=[[0, 1]])
    for position in (5, -6):
        with pytest.raises(IndexError, match=rf"^position={position} is not among 5 tokens$"):
            ledger(model, IDS, 7, 9, position)


def test_between_equal_prompts_nothing_moves(make_model):
    with pytest.raises(
        ValueError, match=r"^both prompts have the lead .*; there is nothing to move$"
    ):
        patch(make_model(), IDS, IDS, 7, 9)


def test_prompts_of_other_lengths_are_not_patched(make_model):
    sentence = "^the prompts have 5 and 4 tokens; they must have as many each$"
    with pytest.raises(ValueError, match=sentence):
        patch(make_model(), IDS, IDS[1:], 7, 9)
