"""Muon: what Newton–Schulz steps make of a matrix, and a step against PyTorch's own."""

import pytest
import torch
from torch.testing import assert_close

from minillm.muon import Muon, newton_schulz

SHAPES = [(24, 24), (40, 10), (10, 40), (3, 1), (1, 1)]


def known(rows: int, columns: int) -> tuple[torch.Tensor, ...]:
    """A matrix and its parts: U, singular values from 1 down to 0.01, Vᵀ."""
    generator = torch.Generator().manual_seed(rows)
    size = min(rows, columns)
    U, V = (torch.randn(n, size, generator=generator).double() for n in (rows, columns))
    U, V = torch.linalg.qr(U)[0], torch.linalg.qr(V)[0]
    values = (
        torch.logspace(0, -2, size, dtype=torch.float64) if size > 1 else torch.ones(1).double()
    )
    return (U * values @ V.mT).float(), U.float(), values, V.mT.float()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scale", [1e-4, 1.0, 1e4])
def test_singular_values_move_to_about_1_and_the_vectors_stay(shape, scale):
    matrix, U, _, Vt = known(*shape)
    moved = newton_schulz(matrix * scale)
    assert moved.shape == shape
    inner = U.mT @ moved @ Vt.mT  # the new singular values on a diagonal, and nothing beside it
    values = inner.diagonal()
    assert values.min() > 0.6
    assert values.max() < 1.3
    assert_close(inner, values.diag(), atol=1e-4, rtol=0)


@pytest.mark.parametrize("small", [0.0021, 0.005, 0.02, 0.1, 0.5, 0.7])  # of the norm, which is 1
def test_a_small_singular_value_moves_to_about_1_as_well(small):
    moved = newton_schulz(torch.tensor([small, (1 - small**2) ** 0.5]).diag())
    values = moved.diagonal()
    assert 0.68 < values.min() < values.max() < 1.21
    assert_close(moved, values.diag())


def test_within_autocast_the_products_are_bfloat16_and_the_values_about_1():
    matrix, *_ = known(40, 24)
    with torch.autocast("cpu", torch.bfloat16):
        rough = newton_schulz(matrix)
    assert rough.dtype == torch.float32
    exact = newton_schulz(matrix)
    assert 1e-4 < (rough - exact).abs().max() < 0.05
    values = torch.linalg.svdvals(rough)
    assert 0.6 < values.min() < values.max() < 1.3


def test_no_gradient_moves_nothing():
    assert not newton_schulz(torch.zeros(4, 3)).any()


@pytest.mark.parametrize("shape", SHAPES)
def test_steps_are_those_of_pytorch_but_for_its_rounding(shape):
    start = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    ours, theirs = (torch.nn.Parameter(start.clone()) for _ in range(2))
    optimizers = [
        Muon([ours], lr=0.02, weight_decay=0.5),
        torch.optim.Muon(
            [theirs], lr=0.02, weight_decay=0.5, momentum=0.95, nesterov=True, ns_steps=5,
            adjust_lr_fn="match_rms_adamw",
        ),
    ]  # fmt: skip
    generator = torch.Generator().manual_seed(1)
    for _ in range(5):
        matrix, *_ = known(*shape)
        gradient = matrix + 0.1 * torch.randn(shape, generator=generator)
        ours.grad, theirs.grad = gradient.clone(), gradient.clone()
        for optimizer in optimizers:
            optimizer.step()
    moved = (theirs - start).norm()
    assert moved > 0.02
    assert (ours - theirs).norm() < 0.02 * moved
    assert_close(
        optimizers[0].state[ours]["momentum_buffer"],
        optimizers[1].state[theirs]["momentum_buffer"],
    )


@pytest.mark.parametrize("shape", [(64, 64), (256, 64), (64, 256)])
def test_a_step_has_the_size_of_adamws_whatever_the_shape(shape):
    p = torch.nn.Parameter(torch.zeros(shape))
    p.grad = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    Muon([p], lr=0.01, weight_decay=0.1).step()
    assert p.square().mean().sqrt().item() == pytest.approx(0.2 * 0.01, rel=0.2)


def test_matrices_of_one_shape_move_each_alone():
    """They are computed as a batch."""
    generator = torch.Generator().manual_seed(0)
    shapes = [(8, 8), (16, 8), (8, 8), (8, 16), (16, 8)]
    starts = [torch.randn(shape, generator=generator) for shape in shapes]
    gradients = [
        10.0**i * torch.randn(shape, generator=generator) for i, shape in enumerate(shapes)
    ]
    together = [torch.nn.Parameter(start.clone()) for start in starts]
    optimizer = Muon(together, lr=0.1, weight_decay=0.1)
    for p, gradient in zip(together, gradients):
        p.grad = gradient.clone()
    optimizer.step()
    for start, gradient, p in zip(starts, gradients, together):
        alone = torch.nn.Parameter(start.clone())
        alone.grad = gradient.clone()
        Muon([alone], lr=0.1, weight_decay=0.1).step()
        assert_close(p, alone)
