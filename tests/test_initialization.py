"""Other starts than GPT-2's: sinusoids and their rotations, rows for new tokens."""

import math

import pytest
import torch
from torch.testing import assert_close

from minillm.initialization import rotation, sinusoids, with_vocab_size


def some_ids(batch: int, length: int, vocab_size: int = 300) -> torch.Tensor:
    generator = torch.Generator().manual_seed(length)
    return torch.randint(vocab_size, (batch, length), generator=generator)


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
