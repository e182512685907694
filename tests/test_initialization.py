"""How weights start: the head start of the recipes, its sinusoids and rotations."""

import math

import pytest
import torch
from torch.nn import functional as F
from torch.testing import assert_close

from minillm.initialization import head_start, rotation, sinusoids, with_vocab_size
from minillm.model import PRESETS, QdogBabyLearnConfig, QdogBabyLearnLLM


def some_ids(batch: int, length: int, vocab_size: int = 300) -> torch.Tensor:
    generator = torch.Generator().manual_seed(length)
    return torch.randint(vocab_size, (batch, length), generator=generator)


@pytest.mark.parametrize("name", PRESETS)
def test_the_first_loss_of_every_preset_is_ln_v(name):
    torch.manual_seed(0)
    cfg = PRESETS[name]
    model = QdogBabyLearnLLM(cfg, head_start).eval()
    with torch.no_grad():
        ids, targets = torch.randint(cfg.vocab_size, (2, 4, 64))
        loss = F.cross_entropy(model(ids).flatten(0, 1), targets.flatten()).item()
    assert abs(loss - math.log(cfg.vocab_size)) < 0.1


def test_weights_start_with_1_over_the_root_of_the_width_and_feed_forward_smaller():
    torch.manual_seed(0)
    cfg = QdogBabyLearnConfig(num_hidden_layers=8, emb_dim=64, context_size=32, vocab_size=100)
    model = QdogBabyLearnLLM(cfg, head_start)
    for block in model.blocks:
        assert block.ff.linear2.weight.std().item() == pytest.approx(64**-0.5 / 4, rel=0.05)
        # In the first block three heads, of 8 rows each, attend to earlier positions.
        queries = block.attn.W_query.weight[3 * 8 :]
        for weight in (queries, block.attn.W_value.weight, block.ff.linear1.weight):
            assert weight.std().item() == pytest.approx(64**-0.5, rel=0.05)
    for name, p in model.named_parameters():
        assert not name.endswith(("bias", "shift")) or (p == 0).all(), name


def test_the_position_table_starts_at_the_sinusoids_and_trains(make_model):
    model = make_model(fresh=True, start=head_start)
    scale = model.pos_emb.weight[0, 1].item()  # cos 0 = 1
    assert_close(model.pos_emb.weight.detach(), scale * sinusoids(12, 16))
    tokens = model.tok_emb.weight[:, 4:]  # no token writes into the first four
    squares = [table.square().mean().item() for table in (model.pos_emb.weight, tokens)]
    assert squares[0] == pytest.approx(squares[1], rel=0.1)
    model(some_ids(1, 12)).logsumexp(dim=-1).sum().backward()
    assert (model.pos_emb.weight.grad != 0).any(dim=1).all()


def test_keys_start_as_queries_output_as_values_transposed_head_as_tokens_and_none_is_tied(
    make_model,
):
    model = make_model(fresh=True, start=head_start)
    attn, others = model.blocks[0].attn, slice(8, 16)  # the first of the two heads attends back
    alike = [
        (attn.W_query.weight[others], attn.W_key.weight[others]),
        (model.tok_emb.weight, model.out.weight),
    ]
    alike += [(block.attn.W_value.weight, block.attn.out.weight.T) for block in model.blocks]
    for one, other in alike:
        assert_close(one / one.norm(), other / other.norm())
        assert one.data_ptr() != other.data_ptr()  # alike, not tied
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    targets = some_ids(2, 12).flip(0)
    F.cross_entropy(model(some_ids(2, 12)).flatten(0, 1), targets.flatten()).backward()
    optimizer.step()
    assert not any(torch.allclose(one / one.norm(), other / other.norm()) for one, other in alike)


def test_heads_start_with_separate_subspaces_and_only_the_first_block_matches_equal_tokens(
    make_model,
):
    blocks = make_model(fresh=True, start=head_start).blocks
    for i, block in enumerate(blocks):
        attn, value = block.attn, block.attn.W_value.weight
        assert torch.equal(value, blocks[0].attn.W_value.weight)  # the same subspaces in each block
        assert_close(value @ value.T, torch.eye(16), atol=1e-5, rtol=0)
        queries = F.normalize(attn.W_query.weight[8:], dim=1)
        keys = F.normalize(attn.W_key.weight[8:], dim=1)
        assert ((queries * keys).sum(dim=1).mean() > 0.9) == (i == 0)


@pytest.mark.parametrize("emb_dim", [4, 5])
def test_sinusoids_are_the_papers(emb_dim):
    table = sinusoids(6, emb_dim)
    for position in range(6):
        for i in range(emb_dim):
            angle = position / 10000 ** (2 * (i // 2) / emb_dim)
            expected = math.cos(angle) if i % 2 else math.sin(angle)
            assert table[position, i].item() == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("emb_dim", "size"), [(8, 8), (9, 4), (224, 32)])
def test_a_rotation_takes_every_position_the_same_number_of_steps_on(emb_dim, size):
    table = sinusoids(40, emb_dim)[:, :size]
    for steps in (0, 1, 7):
        moved = table[: 40 - steps] @ rotation(steps, emb_dim, size).T
        assert_close(moved, table[steps:], atol=1e-5, rtol=0)


@pytest.mark.parametrize("name", ["nano", "mini"])
def test_up_to_half_of_the_first_heads_start_attending_one_two_and_three_tokens_back(name):
    torch.manual_seed(0)
    model = QdogBabyLearnLLM(PRESETS[name], head_start).eval()
    weights = model.attention_weights(torch.randint(1000, (2, 64)))[1].mean(dim=1)  # (L, H, T, T)
    diagonals = [weights.diagonal(offset=-steps, dim1=-2, dim2=-1) for steps in (1, 2, 3)]
    back = torch.stack([diagonal.mean(dim=-1) for diagonal in diagonals])  # (3, L, H)
    started = min(3, PRESETS[name].num_heads // 2)
    assert all(back[head, 0, head] > 0.6 for head in range(started))
    assert (back > 0.2).sum() == started
    assert not model.tok_emb.weight[:, :32].any()
    assert model.tok_emb.weight[:, 32:].all()


@pytest.mark.parametrize(
    ("emb_dim", "num_heads"), [(1, 1), (2, 1), (2, 2), (3, 3), (6, 2), (7, 7), (9, 1)]
)
def test_a_model_of_any_shape_starts(emb_dim, num_heads):
    cfg = QdogBabyLearnConfig(
        num_hidden_layers=1, num_heads=num_heads, emb_dim=emb_dim, context_size=4, vocab_size=5
    )
    model = QdogBabyLearnLLM(cfg, head_start)
    assert model(torch.tensor([[0, 1, 2, 3]])).isfinite().all()


@pytest.mark.parametrize("start", [None, head_start])
def test_the_same_seed_makes_the_same_model(make_model, start):
    one, two, other = (make_model(seed=seed, fresh=True, start=start) for seed in (3, 3, 4))
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters()))
    assert not torch.equal(one.out.weight, other.out.weight)


@pytest.mark.parametrize("size", [300, 303, 320])  # of the model; its tokenizer has 300 tokens
def test_new_tokens_begin_as_the_mean_of_all_others(make_model, size):
    model = make_model(vocab_size=size)
    larger = with_vocab_size(model, 300, 302)
    assert larger.cfg.vocab_size == max(size, 302)
    ids = some_ids(2, 9)
    with torch.no_grad():
        before, after = model(ids), larger(ids)
        assert_close(after[..., :300], before[..., :300])
        for i in (300, 301):
            assert_close(after[..., i], before[..., :300].mean(-1))
            assert_close(larger.tok_emb.weight[i], model.tok_emb.weight[:300].mean(0))
        assert_close(after[..., 302:], before[..., 302:])
    assert larger.training == model.training
    assert all(p.requires_grad for p in larger.parameters())
    larger.out.weight.data.zero_()
    assert model.out.weight.any()  # they share no memory
