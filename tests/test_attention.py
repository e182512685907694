"""Attention: it is the formula, no token sees a later one, and a cache changes nothing."""

import inspect
import math

import pytest
import torch
from torch.nn import functional as F
from torch.testing import assert_close

from minillm.attention import KVCache, MultiHeadAttention, attention, causal_mask

exact = {"rtol": 0, "atol": 1e-12}  # float64


def attention_in_loops(q, k, v):
    """One head, causal, number by number: q, k, v are lists of T lists of D floats."""
    D = len(q[0])
    outputs, weights = [], []
    for i in range(len(q)):
        scores = [sum(q[i][d] * k[j][d] for d in range(D)) / math.sqrt(D) for j in range(i + 1)]
        exps = [math.exp(score) for score in scores]
        row = [e / sum(exps) for e in exps] + [0.0] * (len(k) - i - 1)
        weights.append(row)
        outputs.append([sum(row[j] * v[j][d] for j in range(len(k))) for d in range(D)])
    return outputs, weights


@pytest.fixture
def heads():
    """C = 12 in 3 heads, with biases that are not 0, in float64 and eval mode."""
    torch.manual_seed(1)
    layer = MultiHeadAttention(emb_dim=12, num_heads=3, dropout=0.0, context_size=16)
    layer = layer.double().eval()
    for p in layer.parameters():
        torch.nn.init.normal_(p, std=0.5)
    return layer


def test_the_mask_lets_a_query_see_itself_and_what_came_before():
    assert causal_mask(3, 3).int().tolist() == [[1, 0, 0], [1, 1, 0], [1, 1, 1]]


def test_the_queries_of_a_longer_row_of_keys_are_its_last_ones():
    assert causal_mask(2, 5).int().tolist() == [[1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]
    assert causal_mask(1, 4).all()


def test_attention_is_the_formula_written_in_three_loops():
    torch.manual_seed(0)
    q, k, v = (torch.randn(7, 4, dtype=torch.float64) * 2 for _ in range(3))
    outputs, weights = attention(q, k, v, causal_mask(7, 7))
    expected_outputs, expected_weights = attention_in_loops(q.tolist(), k.tolist(), v.tolist())
    assert_close(weights, torch.tensor(expected_weights, dtype=torch.float64), **exact)
    assert_close(outputs, torch.tensor(expected_outputs, dtype=torch.float64), **exact)


def test_without_a_mask_every_key_is_seen():
    q, k, v = (torch.randn(2, 3, 5, 4, dtype=torch.float64) for _ in range(3))
    outputs, weights = attention(q, k, v)
    assert (weights > 0).all()
    assert_close(outputs, F.scaled_dot_product_attention(q, k, v), **exact)


def test_every_row_of_weights_sums_to_1_and_masked_weights_are_exactly_0(heads):
    weights = heads.weights(3 * torch.randn(2, 100, 12, dtype=torch.float64))  # (B, H, T, T)
    assert weights.shape == (2, 3, 100, 100)
    assert_close(weights.sum(dim=-1), torch.ones(2, 3, 100, dtype=torch.float64), **exact)
    assert (weights[..., ~causal_mask(100, 100)] == 0).all()
    assert (weights[..., causal_mask(100, 100)] > 0).all()


def test_fused_heads_are_separate_heads_in_loops_and_pytorchs_own(heads):
    x = torch.randn(2, 9, 12, dtype=torch.float64)
    q, k, v = heads.W_query(x), heads.W_key(x), heads.W_value(x)  # (B, T, C)
    outputs = torch.empty(2, 9, 12, dtype=torch.float64)
    maps = torch.empty(2, 3, 9, 9, dtype=torch.float64)
    for b in range(2):
        for h in range(3):
            mine = slice(4 * h, 4 * h + 4)
            output, weights = attention_in_loops(*(t[b, :, mine].tolist() for t in (q, k, v)))
            outputs[b, :, mine] = torch.tensor(output, dtype=torch.float64)
            maps[b, h] = torch.tensor(weights, dtype=torch.float64)
    assert_close(heads.weights(x), maps, **exact)
    assert_close(heads(x), heads.out(outputs), **exact)  # PyTorch's scaled_dot_product_attention


def test_the_weights_applied_to_the_values_give_the_output(heads):
    x = torch.randn(2, 9, 12, dtype=torch.float64)
    mixed = heads.weights(x) @ heads.split_heads(heads.W_value(x))  # (B, H, T, D)
    assert_close(heads(x), heads.out(mixed.transpose(1, 2).flatten(2)), **exact)


def test_no_gradient_flows_from_an_output_or_its_weights_to_a_later_token(heads):
    x = torch.randn(1, 6, 12, dtype=torch.float64, requires_grad=True)
    y, squares = heads(x)[0], heads.weights(x)[0].square().sum(dim=(0, 2))  # a row's sum is 1
    for t in range(6):
        (gradient,) = torch.autograd.grad(y[t].sum(), x, retain_graph=True)
        assert (gradient[0, t + 1 :] == 0).all()
        assert (gradient[0, : t + 1] != 0).all()
        (gradient,) = torch.autograd.grad(squares[t], x, retain_graph=True)
        assert (gradient[0, t + 1 :] == 0).all()
        assert t == 0 or (gradient[0, : t + 1] != 0).all()


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("pieces", [[16], [1] * 16, [5, 1, 7, 3], [1, 15], [15, 1]])
def test_with_a_cache_the_pieces_give_what_the_whole_gives(heads, batch, pieces):
    x = torch.randn(batch, 16, 12, dtype=torch.float64)
    whole, cache = heads(x), heads.make_cache(batch)
    at = 0
    for piece in x.split(pieces, dim=1):
        here = slice(at, at := at + piece.shape[1])
        assert_close(heads(piece, cache), whole[:, here], **exact)
        assert cache.length == at


def test_a_cache_returns_all_keys_and_values_so_far():
    cache = KVCache(batch=2, num_heads=3, context_size=5, head_dim=4, like=torch.empty(0))
    k, v = torch.randn(2, 3, 5, 4), torch.randn(2, 3, 5, 4)
    for start, stop in [(0, 2), (2, 3), (3, 5)]:
        keys, values = cache.append(k[:, :, start:stop], v[:, :, start:stop])
        assert torch.equal(keys, k[:, :, :stop])
        assert torch.equal(values, v[:, :, :stop])


def test_dropout_drops_weights_while_training_only(heads):
    q, k, v = (torch.randn(3, 16, 4, dtype=torch.float64) for _ in range(3))
    mask = causal_mask(16, 16)
    weights = attention(q, k, v, mask)[1]
    mixed, dropped = attention(q, k, v, mask, dropout=0.5)
    assert_close(mixed, dropped @ v, **exact)
    kept = dropped != 0
    assert 0.3 < kept[mask.expand_as(kept)].double().mean() < 0.7
    # What is left is scaled up, so that the sum is kept on average.
    assert_close(dropped[kept], 2 * weights[kept], **exact)
    heads.dropout = 0.5
    x = torch.randn(1, 16, 12, dtype=torch.float64)
    assert torch.equal(heads(x), heads(x))
    heads.train()
    assert not torch.equal(heads(x), heads(x))


def test_bfloat16_training_gives_the_float32_numbers_and_gradients_but_for_rounding():
    torch.manual_seed(0)
    heads = MultiHeadAttention(emb_dim=32, num_heads=4, dropout=0.0, context_size=16).train()
    for p in heads.parameters():
        torch.nn.init.normal_(p, std=0.25)
    x, direction = torch.randn(2, 16, 32), torch.randn(2, 16, 32)

    def run(bfloat16: bool):
        leaf = x.clone().requires_grad_()
        with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
            y = heads(leaf)
        (y.float() * direction).sum().backward()
        return y, leaf.grad

    y, gradient = run(bfloat16=False)
    rough_y, rough_gradient = run(bfloat16=True)
    assert rough_y.dtype == torch.bfloat16
    # bfloat16 keeps 8 bits: one rounding is off by up to 0.4 %, a few in a row by about 2 %
    assert (rough_y.float() - y).norm() < 0.02 * y.norm()
    assert (rough_gradient - gradient).norm() < 0.02 * gradient.norm()


def test_bfloat16_training_drops_too():
    heads = MultiHeadAttention(emb_dim=32, num_heads=4, dropout=0.5, context_size=16).train()
    x = torch.randn(1, 16, 32)
    with torch.autocast("cpu", torch.bfloat16):
        assert not torch.equal(heads(x), heads(x))
        assert torch.equal(heads.eval()(x), heads(x))


def test_arguments_and_parts_have_the_articles_names():
    parameters = list(inspect.signature(MultiHeadAttention).parameters)
    assert parameters == ["emb_dim", "num_heads", "dropout", "context_size"]
    heads = MultiHeadAttention(8, 2, 0.1, 16)
    assert [name for name, _ in heads.named_children()] == ["W_query", "W_key", "W_value", "out"]


def test_heads_that_do_not_divide_the_width_are_refused_by_name():
    with pytest.raises(ValueError, match=r"^emb_dim=10 is not divisible by num_heads=3$"):
        MultiHeadAttention(10, 3, 0.0, 16)
