"""The promises of the model: causal, equal by every path, the article's names and numbers, a start at ln V."""

import inspect
import math
from dataclasses import FrozenInstanceError, fields, replace

import pytest
import torch
from torch.nn import functional as F
from torch.testing import assert_close

from minillm.model import (
    PRESETS, FeedForward, LayerNorm, QdogBabyLearnConfig, QdogBabyLearnLLM, TransformerBlock, sinusoids, turn,
)

close = {"rtol": 1e-5, "atol": 1e-5}  # float32, logits of size 1 to 10

PARAMETERS = {"nano": 1_089_280, "mini": 3_397_440, "seed": 57_261_312}


def some_ids(batch: int, length: int, vocab_size: int = 300) -> torch.Tensor:
    return torch.randint(vocab_size, (batch, length), generator=torch.Generator().manual_seed(length))


# --- causal ----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("path", ["fused", "explicit", "bfloat16"])
def test_a_token_never_changes_a_logit_before_it(make_model, path):
    model = make_model()

    def logits(ids):
        if path == "explicit":
            return model.attention_weights(ids)[0]
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
        assert (after[:, t:] != before[:, t:]).any(dim=-1).all()  # and it does change its own and all later ones


# --- every path gives the same --------------------------------------------------------------------------------------

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
        assert_close(weights[layer], block.attn(block.ln1(x), return_weights=True)[1], **close)
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
    with pytest.raises(ValueError, match="^13 tokens do not fit into context_size=12$"):
        model(some_ids(1, 13))
    cache = model.make_cache()
    model(some_ids(1, 12), cache)
    with pytest.raises(ValueError, match="^13 tokens do not fit into context_size=12$"):
        model(some_ids(1, 1), cache)


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
    assert rough_loss != loss and abs(rough_loss - loss) < 0.005
    assert (rough_gradient - gradient).norm() < 0.02 * gradient.norm()


# --- what it is made of ----------------------------------------------------------------------------------------------

def test_logits_are_the_sum_of_the_parts(make_model):
    model = make_model()
    ids = some_ids(2, 7)
    x = model.tok_emb(ids) + model.pos_emb(torch.arange(7))
    for block in model.blocks:
        x = x + block.attn(block.ln1(x))
        x = x + block.ff(block.ln2(x))
    assert_close(model(ids), model.norm(x) @ model.out.weight.T + model.out.bias, **close)


def test_layer_norm_is_its_formula():
    norm = LayerNorm(8, eps=1e-3)
    torch.nn.init.normal_(norm.scale), torch.nn.init.normal_(norm.shift)
    x = 2 + 3 * torch.randn(4, 5, 8)
    mean, variance = x.mean(dim=-1, keepdim=True), x.var(dim=-1, keepdim=True, unbiased=False)
    assert_close(norm(x), (x - mean) / torch.sqrt(variance + 1e-3) * norm.scale + norm.shift, rtol=1e-5, atol=1e-5)
    assert LayerNorm(8).eps == 1e-5
    assert_close(LayerNorm(8)(torch.full((1, 8), 5.0)), torch.zeros(1, 8))  # no variance, no division by 0


def test_feed_forward_widens_four_times_and_bends_with_gpt2s_gelu():
    ff = FeedForward(6, dropout=0.0)
    x = torch.randn(3, 6)
    widened = ff.layers[0](x)
    assert widened.shape == (3, 24)
    bent = 0.5 * widened * (1 + torch.tanh(math.sqrt(2 / math.pi) * (widened + 0.044715 * widened**3)))
    assert_close(ff(x), ff.layers[2](bent), rtol=1e-5, atol=1e-6)


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
    assert list(inspect.signature(LayerNorm).parameters) == ["emb_dim", "eps"]
    assert list(inspect.signature(FeedForward).parameters) == ["emb_dim", "dropout"]
    assert list(inspect.signature(TransformerBlock).parameters) == ["emb_dim", "num_heads", "dropout", "context_size"]
    assert list(inspect.signature(QdogBabyLearnLLM).parameters) == ["cfg"]
    model = make_model()
    assert [name for name, _ in model.named_children()] == ["tok_emb", "pos_emb", "dropout", "blocks", "norm", "out"]
    assert {"attn", "ln1", "ff", "ln2"} <= {name for name, _ in model.blocks[0].named_children()}
    assert [name for name, _ in model.norm.named_parameters()] == ["scale", "shift"]


# --- config and sizes ------------------------------------------------------------------------------------------------

def test_the_default_config_is_the_articles():
    assert {field.name: field.default for field in fields(QdogBabyLearnConfig)} == {
        "model_name": "qdogbabylearn", "version": "1.0.0", "num_hidden_layers": 16, "num_heads": 8, "emb_dim": 512,
        "dropout": 0.0, "context_size": 512, "vocab_size": 6400,
    }  # fmt: skip
    assert replace(PRESETS["seed"], model_name="qdogbabylearn") == QdogBabyLearnConfig()


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"num_heads": 7}, "emb_dim=512 is not divisible by num_heads=7"),
        ({"num_heads": 0}, "num_heads=0 is not a whole number of at least 1"),
        ({"emb_dim": -8}, "emb_dim=-8 is not a whole number of at least 1"),
        ({"num_hidden_layers": 0}, "num_hidden_layers=0 is not a whole number of at least 1"),
        ({"num_hidden_layers": 2.0}, "num_hidden_layers=2.0 is not a whole number of at least 1"),
        ({"context_size": "512"}, "context_size='512' is not a whole number of at least 1"),
        ({"context_size": True}, "context_size=True is not a whole number of at least 1"),
        ({"vocab_size": None}, "vocab_size=None is not a whole number of at least 1"),
        ({"dropout": 1}, "dropout=1 is not a number from 0 up to but not including 1"),
        ({"dropout": -0.1}, "dropout=-0.1 is not a number from 0 up to but not including 1"),
        ({"dropout": float("nan")}, "dropout=nan is not a number from 0 up to but not including 1"),
        ({"dropout": "0.1"}, "dropout='0.1' is not a number from 0 up to but not including 1"),
        ({"dropout": True}, "dropout=True is not a number from 0 up to but not including 1"),
    ],
)
def test_an_impossible_config_is_refused_by_name(changes, message):
    with pytest.raises(ValueError) as error:
        QdogBabyLearnConfig(**changes)
    assert str(error.value) == message


def test_a_config_is_frozen():
    with pytest.raises(FrozenInstanceError):
        QdogBabyLearnConfig().emb_dim = 256


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_has_its_exact_number_of_parameters(name):
    cfg = PRESETS[name]
    with torch.device("meta"):  # shapes without numbers
        assert QdogBabyLearnLLM(cfg).num_parameters() == PARAMETERS[name]
    C, V = cfg.emb_dim, cfg.vocab_size
    block = 4 * (C * C + C) + (4 * C * C + 4 * C) + (4 * C * C + C) + 4 * C  # attention, feed-forward, two norms
    assert V * C + cfg.context_size * C + cfg.num_hidden_layers * block + 2 * C + C * V + V == PARAMETERS[name]


def test_presets_keep_to_the_sizes_they_are_described_by():
    assert set(PARAMETERS) == set(PRESETS)
    assert 0.7e6 < PARAMETERS["nano"] < 1.5e6
    assert 3e6 <= PARAMETERS["mini"] <= 8e6


# --- the start ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", PRESETS)
def test_the_first_loss_of_every_preset_is_ln_v(name):
    torch.manual_seed(0)
    cfg = PRESETS[name]
    model = QdogBabyLearnLLM(cfg).eval()
    with torch.no_grad():
        ids, targets = torch.randint(cfg.vocab_size, (2, 4, 64))
        loss = F.cross_entropy(model(ids).flatten(0, 1), targets.flatten()).item()
    assert abs(loss - math.log(cfg.vocab_size)) < 0.1


def test_weights_start_as_loud_as_the_width_asks_for_and_feed_forward_quieter_by_the_root_of_2l():
    torch.manual_seed(0)
    model = QdogBabyLearnLLM(QdogBabyLearnConfig(num_hidden_layers=8, emb_dim=64, context_size=32, vocab_size=100))
    for block in model.blocks:
        assert block.ff.layers[2].weight.std().item() == pytest.approx(64**-0.5 / 4, rel=0.05)
        queries = block.attn.W_query.weight[3 * 8 :]  # in the first block three heads, of 8 rows each, look back
        for loud in (queries, block.attn.W_value.weight, block.ff.layers[0].weight):
            assert loud.std().item() == pytest.approx(64**-0.5, rel=0.05)
    assert all((p == 0).all() for name, p in model.named_parameters() if name.endswith(("bias", "shift")))


def test_the_position_table_starts_at_the_sinusoids_and_trains(make_model):
    model = make_model(fresh=True)
    loudness = model.pos_emb.weight[0, 1].item()  # cos 0 = 1
    assert_close(model.pos_emb.weight.detach(), loudness * sinusoids(12, 16))
    tokens = model.tok_emb.weight[:, 4:]  # no token writes into the first four
    assert model.pos_emb.weight.square().mean().item() == pytest.approx(tokens.square().mean().item(), rel=0.1)
    model(some_ids(1, 12)).logsumexp(dim=-1).sum().backward()
    assert (model.pos_emb.weight.grad != 0).any(dim=1).all()


def test_queries_meet_keys_values_meet_the_way_out_and_tokens_their_names_at_the_start_and_part_later(make_model):
    model = make_model(fresh=True)
    attn, rest = model.blocks[0].attn, 8  # the first of the two heads looks back: its rows are others
    alike = [(attn.W_query.weight[rest:], attn.W_key.weight[rest:]), (model.tok_emb.weight, model.out.weight)]
    alike += [(block.attn.W_value.weight, block.attn.out.weight.T) for block in model.blocks]
    for one, other in alike:
        assert_close(one / one.norm(), other / other.norm())
        assert one.data_ptr() != other.data_ptr()  # alike, not tied
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    F.cross_entropy(model(some_ids(2, 12)).flatten(0, 1), some_ids(2, 12).flip(0).flatten()).backward()
    optimizer.step()
    assert not any(torch.allclose(one / one.norm(), other / other.norm()) for one, other in alike)


def test_heads_start_handing_on_shares_that_do_not_overlap_and_only_the_first_block_looks_for_its_like(make_model):
    blocks = make_model(fresh=True).blocks
    for i, block in enumerate(blocks):
        attn = block.attn
        assert torch.equal(attn.W_value.weight, blocks[0].attn.W_value.weight)  # the same share, block after block
        assert_close(attn.W_value.weight @ attn.W_value.weight.T, torch.eye(16), atol=1e-5, rtol=0)
        queries, keys = (F.normalize(matrix.weight[8:], dim=1) for matrix in (attn.W_query, attn.W_key))
        assert ((queries * keys).sum(dim=1).mean() > 0.9) == (i == 0)


@pytest.mark.parametrize("emb_dim", [4, 5])
def test_sinusoids_are_the_papers(emb_dim):
    table = sinusoids(6, emb_dim)
    for position in range(6):
        for i in range(emb_dim):
            angle = position / 10000 ** (2 * (i // 2) / emb_dim)
            assert table[position, i].item() == pytest.approx(math.cos(angle) if i % 2 else math.sin(angle), abs=1e-6)


@pytest.mark.parametrize("emb_dim, size", [(8, 8), (9, 4), (224, 32)])
def test_a_turn_takes_every_position_the_same_number_of_steps_on(emb_dim, size):
    table = sinusoids(40, emb_dim)[:, :size]
    for steps in (0, 1, 7):
        assert_close(table[: 40 - steps] @ turn(steps, emb_dim, size).T, table[steps:], atol=1e-5, rtol=0)


@pytest.mark.parametrize("name", ["nano", "mini"])
def test_up_to_half_of_the_first_heads_start_looking_one_two_and_three_tokens_back(name):
    torch.manual_seed(0)
    model = QdogBabyLearnLLM(PRESETS[name]).eval()
    weights = model.attention_weights(torch.randint(1000, (2, 64)))[1].mean(dim=1)  # (L, H, T, T)
    back = torch.stack([weights.diagonal(offset=-steps, dim1=-2, dim2=-1).mean(dim=-1) for steps in (1, 2, 3)])  # (3, L, H)
    started = min(3, PRESETS[name].num_heads // 2)
    assert all(back[head, 0, head] > 0.6 for head in range(started))
    assert (back > 0.2).sum() == started
    assert not model.tok_emb.weight[:, :32].any() and model.tok_emb.weight[:, 32:].all()


@pytest.mark.parametrize("emb_dim, num_heads", [(1, 1), (2, 1), (2, 2), (3, 3), (6, 2), (7, 7), (9, 1)])
def test_a_model_of_any_shape_starts(emb_dim, num_heads):
    model = QdogBabyLearnLLM(QdogBabyLearnConfig(num_hidden_layers=1, num_heads=num_heads, emb_dim=emb_dim, context_size=4, vocab_size=5))
    assert model(torch.tensor([[0, 1, 2, 3]])).isfinite().all()


def test_the_same_seed_makes_the_same_model(make_model):
    one, two, other = make_model(seed=3, fresh=True), make_model(seed=3, fresh=True), make_model(seed=4, fresh=True)
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters()))
    assert not torch.equal(one.out.weight, other.out.weight)
