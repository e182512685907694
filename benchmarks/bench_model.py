"""How fast the model trains and generates, beside `transformers` and a bare matrix product.

    python benchmarks/bench_model.py [--repeats 5]

The peers have the same shape, and for generation the same weights.
"""

import argparse
import shutil
from collections.abc import Callable, Iterator

import torch
from timing import Row, medians, print_table, without_preparation
from torch.nn import functional as F
from transformers import GPT2Config, GPT2LMHeadModel
from transformers.utils import logging

from minillm.formats.gpt2 import to_gpt2
from minillm.machine import keep_freed_memory
from minillm.model import PRESETS, QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.sampling import generate
from minillm.training import TrainingConfig, make_optimizers, token_loss

SHAPE = QdogBabyLearnConfig(
    num_hidden_layers=4, num_heads=8, emb_dim=256, context_size=256, vocab_size=6400
)
BATCH = 16
SIZE, PRODUCTS = 2048, 10  # the matrix products that show what the machine can do


def hugging_face(cfg: QdogBabyLearnConfig) -> GPT2LMHeadModel:
    """GPT-2 of the same shape, without dropout."""
    logging.set_verbosity_error()
    config = GPT2Config(
        vocab_size=cfg.vocab_size,
        n_positions=cfg.context_size,
        n_embd=cfg.emb_dim,
        n_layer=cfg.num_hidden_layers,
        n_head=cfg.num_heads,
        resid_pdrop=0,
        embd_pdrop=0,
        attn_pdrop=0,
        bos_token_id=0,
        eos_token_id=None,
        tie_word_embeddings=False,
    )
    return GPT2LMHeadModel(config)


def our_step(cfg: TrainingConfig) -> Callable[[], None]:
    """One optimizer step of ours, as `training.train` does it."""
    machine = cfg.machine
    model = QdogBabyLearnLLM(SHAPE).train()
    optimizers = make_optimizers(model, cfg)
    loss_sum = torch.compile(token_loss) if machine.compiled else token_loss
    ids = torch.randint(SHAPE.vocab_size, (BATCH, SHAPE.context_size))

    def step() -> None:
        with machine.autocast():
            loss = loss_sum(model, ids, ids) / ids.numel()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), cfg.clip)
        with machine.autocast():
            for optimizer in optimizers:
                optimizer.step()
        model.zero_grad()

    return step


def their_step() -> Callable[[], None]:
    """One optimizer step of `transformers`' GPT-2, eager float32."""
    model = hugging_face(SHAPE).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)
    ids = torch.randint(SHAPE.vocab_size, (BATCH, SHAPE.context_size))

    def step() -> None:
        model(input_ids=ids, labels=ids).loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    return step


def step_flops(cfg: QdogBabyLearnConfig, batch: int) -> float:
    """Multiplications and additions of a step's matrix products: forward once, backward twice.

    Attention's T×T products are counted in full, as both halves of the square are multiplied.
    """
    weights = 12 * cfg.emb_dim**2 * cfg.num_hidden_layers + cfg.vocab_size * cfg.emb_dim
    attention = 2 * cfg.num_hidden_layers * cfg.emb_dim * cfg.context_size
    return 6 * (weights + attention) * batch * cfg.context_size


def training_rows(repeats: int) -> list[Row]:
    """A training step in eager float32 and on the fast path, beside `transformers`.

    The fast path also beside the matrix products alone: the share of their FLOP/s that it reaches.
    """
    keep_freed_memory()
    eager = TrainingConfig(precision="float32")
    fast = TrainingConfig(compile="yes" if shutil.which("g++") else "no")
    machine = fast.machine
    dtype = torch.bfloat16 if machine.precision == "bfloat16" else torch.float32
    x, w = (torch.randn(SIZE, SIZE, dtype=dtype) for _ in range(2))
    contenders = {
        "theirs": without_preparation(their_step()),
        "eager": without_preparation(our_step(eager)),
        "fast": without_preparation(our_step(fast)),
        "product": without_preparation(lambda: [F.linear(x, w) for _ in range(PRODUCTS)]),
    }
    seconds = medians(contenders, repeats)
    flops = PRODUCTS * 2 * SIZE**3 / seconds["product"]
    share = step_flops(SHAPE, BATCH) / seconds["fast"] / flops
    compiled = "compiled" if machine.compiled else "eager"
    eager_ratio, fast_ratio = (seconds["theirs"] / seconds[name] for name in ("eager", "fast"))
    step = "training step, fast path"
    return [
        Row("training step, eager float32", "transformers GPT-2", eager_ratio, 1.3),
        Row(f"{step} ({machine.precision}, {compiled})", "transformers GPT-2", fast_ratio, 2.5),
        Row(f"{step}, share of {flops / 1e9:.0f} GFLOP/s", "a 2048³ matrix product", share, 0.6),
    ]


def weights_read(model: QdogBabyLearnLLM) -> int:
    """How many numbers a token reads: all weights but the tables of embeddings."""
    tables = (model.tok_emb.weight, model.pos_emb.weight)
    return model.num_parameters() - sum(table.numel() for table in tables)


def generation_rows(repeats: int) -> list[Row]:
    """200 tokens at batch 1, beside `transformers` with its cache, and beside the memory.

    A token reads every weight once. So fast are as many bytes copied, of more than caches hold.
    """
    tokens = 200
    torch.manual_seed(0)
    ours = QdogBabyLearnLLM(SHAPE).eval()
    theirs = hugging_face(SHAPE).eval()
    theirs.load_state_dict(to_gpt2(ours))
    ids = torch.randint(SHAPE.vocab_size, (1, 16))

    def generate_ours() -> torch.Tensor:
        return generate(ours, ids, tokens, temperature=0.0)

    def generate_theirs() -> torch.Tensor:
        return theirs.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=tokens,
            do_sample=False,
            use_cache=True,
            pad_token_id=0,
        )

    weights = weights_read(ours)
    much = torch.rand(64 * 2**20)  # 256 MiB
    copied = torch.empty_like(much)
    contenders = {
        "theirs": without_preparation(generate_theirs),
        "ours": without_preparation(generate_ours),
        "copy": without_preparation(lambda: copied.copy_(much)),
    }
    seconds = medians(contenders, repeats)
    beside_theirs = seconds["theirs"] / seconds["ours"]
    beside_copy = seconds["copy"] * weights / len(much) * tokens / seconds["ours"]
    same = torch.equal(generate_ours(), generate_theirs())
    task = f"generate {tokens} tokens, batch 1"
    copying = f"copying {4 * weights / 1e6:.0f} MB, its weights, for each token"
    return [
        Row(task, "transformers generate, cached", beside_theirs, 4.0, same),
        Row(task, copying, beside_copy, 0.8),
    ]


def cache_row(repeats: int) -> Row:
    """A token with the cache beside one without it, at the size of the preset `seed`."""
    cfg = PRESETS["seed"]
    model = QdogBabyLearnLLM(cfg).eval()
    ids = torch.randint(cfg.vocab_size, (1, 440))

    def tokens(count: int, use_cache: bool = True) -> Callable[[], torch.Tensor]:
        return lambda: generate(model, ids, count, temperature=0.0, use_cache=use_cache)

    prefill = medians({"prefill": without_preparation(tokens(1))}, repeats)["prefill"]
    contenders = {
        "cached": without_preparation(tokens(9)),  # the first token takes the prefill
        "uncached": without_preparation(tokens(8, use_cache=False)),
    }
    seconds = medians(contenders, 3)
    ratio = seconds["uncached"] / (seconds["cached"] - prefill)  # 8 tokens each
    return Row("a token at context 440, 57M parameters, cached", "uncached", ratio, 10.0)


def rows(repeats: int = 5) -> Iterator[Row]:
    """All rows."""
    yield from training_rows(repeats)
    yield from generation_rows(repeats)
    yield cache_row(repeats)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    print_table(rows(parser.parse_args().repeats))
