"""The model: causal, equal by every path, the article's names and numbers, GPT-2's start."""

import inspect
import math
import re
from dataclasses import FrozenInstanceError, fields, replace

import pytest
import torch
from torch.nn import functional as F
from torch.testing import assert_close

from minillm.model import (
    PRESETS,
    FeedForward,
    LayerNorm,
    Linear,
    QdogBabyLearnConfig,
    QdogBabyLearnLLM,
    TransformerBlock,
    evaluating,
)

close = {"rtol": 1e-5, "atol": 1e-5}  # float32, logits of size 1 to 10


PARAMETERS = {"nano": 1_220_864, "mini": 3_857_216, "seed": 57_261_312}


def some_ids(batch: int, length: int, vocab_size: int = 300) -> torch.Tensor:
    generator = torch.Generator().manual_seed(length)
    return torch.randint(vocab_size, (batch, length), generator=generator)


# --- causal


@pytest.mark.parametrize("path", ["fused", "explicit", "bfloat16"])
def test_a_token_never_changes_a_logit_before_it(make_model, path):
    model = make_model()

    def logits(ids):
        if path == "explicit":
            logits, weights = model.attention_weights(ids)
            rows = weights.permute(1, 3, 0, 2, 4).flatten(2)  # (B, T, L · H · T)
            return torch.cat([logits, rows], dim=-1)
        model.train(path == "bfloat16")  # its own path is for training
        with torch.autocast("cpu", torch.bfloat16, enabled=path == "bfloat16"):
            return model(ids)

    ids = some_ids(2, 12)
    before = logits(ids)
    for t in range(12):
        changed = ids.clone()
        changed[:, t] = (changed[:, t] + 1) % 300
        after = logits(changed)
        assert torch.equal(after[:, :t], before[:, :t])
        assert (after[:, t:] != before[:, t:]).any(dim=-1).all()  # its own and all later ones


# --- every path gives the same


def test_the_explicit_path_gives_the_same_logits_and_every_heads_weights(make_model):
    model = make_model()
    ids = some_ids(3, 12)
    logits, weights = model.attention_weights(ids)
    assert_close(logits, model(ids), **close)
    assert weights.shape == (2, 3, 2, 12, 12)  # (L, B, H, T, T)
    assert_close(weights.sum(dim=-1), torch.ones(2, 3, 2, 12), rtol=0, atol=1e-6)
    assert (weights.triu(diagonal=1) == 0).all()
    x = model.tok_emb(ids) + model.pos_emb(torch.arange(12))
    for layer, block in enumerate(model.blocks):
        assert_close(weights[layer], block.attn.weights(block.ln1(x)), **close)
        x = block(x)


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("pieces", [[12], [1] * 12, [5, 4, 3], [1, 11], [11, 1], [3, 1, 1, 7]])
def test_with_a_cache_the_pieces_give_the_logits_of_the_whole(make_model, batch, pieces):
    model = make_model()
    ids = some_ids(batch, 12)  # as many as fit
    cache = model.make_cache(batch)
    parts = torch.cat([model(piece, cache) for piece in ids.split(pieces, dim=1)], dim=1)
    assert_close(parts, model(ids), **close)


def test_more_tokens_than_fit_are_refused_by_number(make_model):
    model = make_model()
    with pytest.raises(ValueError, match=r"^13 tokens do not fit into context_size=12$"):
        model(some_ids(1, 13))
    cache = model.make_cache()
    model(some_ids(1, 12), cache)
    with pytest.raises(ValueError, match=r"^13 tokens do not fit into context_size=12$"):
        model(some_ids(1, 1), cache)


def test_every_parameter_learns(make_model):
    model = make_model().train()
    model(some_ids(2, 12)).pow(2).mean().backward()
    for name, p in model.named_parameters():
        if not name.endswith("W_key.bias"):  # adds the same to all scores of a query
            assert p.grad is not None, name
            assert p.grad.abs().max() > 1e-6, name


def test_bfloat16_training_gives_the_float32_loss_and_gradients_but_for_rounding(make_model):
    model = make_model(fresh=True, emb_dim=32).train()
    ids, targets = some_ids(4, 12), some_ids(4, 12).flip(0)

    def run(bfloat16: bool):
        model.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
            logits = model(ids)
        loss = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten())
        loss.backward()
        return loss.item(), torch.cat([p.grad.flatten() for p in model.parameters()])

    loss, gradient = run(bfloat16=False)
    rough_loss, rough_gradient = run(bfloat16=True)
    assert rough_loss != loss
    assert abs(rough_loss - loss) < 0.005
    assert (rough_gradient - gradient).norm() < 0.02 * gradient.norm()


# --- what it is made of


def test_logits_are_the_sum_of_the_parts(make_model):
    model = make_model()
    ids = some_ids(2, 7)
    x = model.tok_emb(ids) + model.pos_emb(torch.arange(7))
    for block in model.blocks:
        x = x + block.attn(block.ln1(x))
        x = x + block.ff(block.ln2(x))
    assert_close(model(ids), model.norm(x) @ model.out.weight.T + model.out.bias, **close)


@pytest.mark.parametrize("out_features", [8, 64, 300])  # 300 is not cut into 8
def test_a_single_row_is_multiplied_as_many_are(monkeypatch, out_features):
    linear = Linear(16, out_features)
    rows = torch.randn(2, 3, 16)
    expected = F.linear(rows, linear.weight, linear.bias)
    assert torch.equal(linear(rows), expected)
    for threads in (1, 2):
        monkeypatch.setattr(torch, "get_num_threads", lambda n=threads: n)
        assert_close(linear(rows[:1, 1:2]), expected[:1, 1:2])
        assert_close(linear(rows[:, -1][1:]), expected[:, -1][1:])
        assert_close(linear(rows[1, 2]), expected[1, 2])


def test_layer_norm_is_its_formula():
    norm = LayerNorm(8, eps=1e-3)
    for p in norm.parameters():
        torch.nn.init.normal_(p)
    x = 2 + 3 * torch.randn(4, 5, 8)
    mean, variance = x.mean(dim=-1, keepdim=True), x.var(dim=-1, keepdim=True, unbiased=False)
    expected = (x - mean) / torch.sqrt(variance + 1e-3) * norm.scale + norm.shift
    assert_close(norm(x), expected, rtol=1e-5, atol=1e-5)
    assert LayerNorm(8).eps == 1e-5
    equal = torch.full((1, 8), 5.0)  # no variance, no division by 0
    assert_close(LayerNorm(8)(equal), torch.zeros(1, 8))


def test_feed_forward_widens_four_times_and_bends_with_gpt2s_gelu():
    ff = FeedForward(6, dropout=0.0)
    x = torch.randn(3, 6)
    wide = ff.linear1(x)
    assert wide.shape == (3, 24)
    inner = math.sqrt(2 / math.pi) * (wide + 0.044715 * wide**3)
    bent = 0.5 * wide * (1 + torch.tanh(inner))
    assert_close(ff(x), ff.linear2(bent), rtol=1e-5, atol=1e-6)


def test_dropout_acts_in_every_place_while_training_and_nowhere_else(make_model):
    model = make_model(dropout=0.5, num_hidden_layers=1)
    ids = some_ids(2, 12)
    assert torch.equal(model(ids), model(ids))
    parts = (model.dropout, model.blocks[0].dropout, model.blocks[0].ff, model.blocks[0].attn)
    for part in parts:
        model.eval()
        part.train()
        assert not torch.equal(model(ids), model(ids)), part


def test_arguments_and_parts_have_the_articles_names(make_model):
    def arguments(part):
        return " ".join(inspect.signature(part).parameters)

    def parts(module):
        return " ".join(name for name, _ in module.named_children())

    assert arguments(LayerNorm) == "emb_dim eps"
    assert arguments(FeedForward) == "emb_dim dropout"
    assert arguments(TransformerBlock) == "emb_dim num_heads dropout context_size"
    assert arguments(QdogBabyLearnLLM) == "cfg"
    model = make_model()
    assert parts(model) == "tok_emb pos_emb dropout blocks norm out"
    assert parts(model.blocks[0]) == "attn ln1 ff ln2 dropout"
    assert parts(model.blocks[0].ff) == "linear1 gelu linear2 dropout"
    assert [name for name, _ in model.norm.named_parameters()] == ["scale", "shift"]


# --- config and sizes


def test_the_default_config_is_the_articles():
    assert {field.name: field.default for field in fields(QdogBabyLearnConfig)} == {
        "model_name": "qdogbabylearn", "version": "1.0.0", "num_hidden_layers": 16,
        "num_heads": 8, "emb_dim": 512, "dropout": 0.0, "context_size": 512, "vocab_size": 6400,
    }  # fmt: skip
    assert replace(PRESETS["seed"], model_name="qdogbabylearn") == QdogBabyLearnConfig()


WHOLE = "is not a whole number from 1 to 16,777,216"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"num_heads": 7}, "emb_dim=512 is not divisible by num_heads=7"),
        ({"num_heads": 0}, "num_heads=0 " + WHOLE),
        ({"emb_dim": -8}, "emb_dim=-8 " + WHOLE),
        ({"num_hidden_layers": 2.0}, "num_hidden_layers=2.0 is not a whole number from 1 to 1,000"),
        (
            {"num_hidden_layers": 1001},
            "num_hidden_layers=1001 is not a whole number from 1 to 1,000",
        ),
        ({"context_size": "512"}, "context_size='512' " + WHOLE),
        ({"context_size": True}, "context_size=True " + WHOLE),
        ({"vocab_size": None}, "vocab_size=None " + WHOLE),
        ({"dropout": 1}, "dropout=1 is not a number from 0 up to but not including 1"),
        ({"dropout": -0.1}, "dropout=-0.1 is not a number from 0 up to but not including 1"),
        ({"dropout": float("nan")}, "dropout=nan is not a number from 0 up to but not including 1"),
        ({"dropout": "0.1"}, "dropout='0.1' is not a number from 0 up to but not including 1"),
        ({"dropout": True}, "dropout=True is not a number from 0 up to but not including 1"),
    ],
)
def test_an_impossible_config_is_refused_by_name(changes, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        QdogBabyLearnConfig(**changes)


def test_a_config_is_frozen():
    with pytest.raises(FrozenInstanceError):
        QdogBabyLearnConfig().emb_dim = 256


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_has_its_exact_number_of_parameters(name):
    cfg = PRESETS[name]
    with torch.device("meta"):  # shapes without numbers
        assert QdogBabyLearnLLM(cfg).num_parameters() == PARAMETERS[name]
    C, V = cfg.emb_dim, cfg.vocab_size
    # attention, feed-forward, two norms
    block = 4 * (C * C + C) + (4 * C * C + 4 * C) + (4 * C * C + C) + 4 * C
    tables, head = (V + cfg.context_size) * C, C * V + V
    assert tables + cfg.num_hidden_layers * block + 2 * C + head == PARAMETERS[name]


def test_presets_keep_to_the_sizes_they_are_described_by():
    assert set(PARAMETERS) == set(PRESETS)
    assert 0.7e6 < PARAMETERS["nano"] < 1.5e6
    assert 3e6 <= PARAMETERS["mini"] <= 8e6


# --- the start, as GPT-2's


def test_weights_start_as_gpt2s():
    torch.manual_seed(0)
    cfg = QdogBabyLearnConfig(
        num_hidden_layers=8, num_heads=4, emb_dim=64, context_size=64, vocab_size=100
    )
    model = QdogBabyLearnLLM(cfg)
    for name, p in model.named_parameters():
        if name.endswith("scale"):
            assert (p == 1).all(), name
        elif p.dim() == 1:
            assert (p == 0).all(), name
        else:
            residual = name.endswith(("attn.out.weight", "ff.linear2.weight"))
            assert p.std().item() == pytest.approx(0.02 / 4 if residual else 0.02, rel=0.06), name
            assert abs(p.mean().item()) < 0.1 * p.std().item(), name
    assert not torch.equal(model.tok_emb.weight, model.out.weight)


@pytest.mark.parametrize("name", PRESETS)
def test_the_first_loss_of_every_preset_is_ln_v(name):
    torch.manual_seed(0)
    cfg = PRESETS[name]
    model = QdogBabyLearnLLM(cfg).eval()
    with torch.no_grad():
        ids, targets = torch.randint(cfg.vocab_size, (2, 4, 64))
        loss = F.cross_entropy(model(ids).flatten(0, 1), targets.flatten()).item()
    # Logits of variance s² add s²/2 to ln V: 0.1 for the widest, C = 512.
    assert loss == pytest.approx(math.log(cfg.vocab_size) + 0.02**2 * cfg.emb_dim / 2, abs=0.03)


def test_the_same_seed_makes_the_same_model(make_model):
    one, two, other = (make_model(seed=seed, fresh=True) for seed in (3, 3, 4))
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters()))
    assert not torch.equal(one.out.weight, other.out.weight)


# --- evaluating


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_evaluating_is_reentrant_and_gives_the_mode_back_in_any_order(make_model, training, order):
    model = make_model(dropout=0.5).train(training)
    entered = [evaluating(model), evaluating(model)]
    for context in entered:
        context.__enter__()
        assert not any(module.training for module in model.modules())
    entered[order[0]].__exit__(None, None, None)
    assert not any(module.training for module in model.modules())
    entered[order[1]].__exit__(None, None, None)
    assert all(module.training == training for module in model.modules())
    with evaluating(model):  # the count is as new
        assert not model.training
    assert model.training == training
    assert model.state_dict().keys() == make_model().state_dict().keys()  # nothing is left in it


def test_evaluating_gives_the_mode_back_after_an_error(make_model):
    model = make_model().train()
    with pytest.raises(ZeroDivisionError), evaluating(model), evaluating(model):
        raise ZeroDivisionError
    assert model.training
