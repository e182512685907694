"""How fast the model trains and generates, beside `transformers` and the machine itself in the same run.

    python benchmarks/bench_model.py [--repeats 5]

Every repeat takes every contender in turn; figures are medians. A ratio is our speed over the peer's.
"""

import argparse
import shutil
import statistics
import time
from collections.abc import Callable

import torch
from torch.nn import functional as F
from transformers import GPT2Config, GPT2LMHeadModel
from transformers.utils import logging

from minillm.model import PRESETS, QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.sampling import generate
from minillm.training import TrainingConfig, choose_machine, keep_freed_memory, make_optimizer, token_loss

SHAPE = QdogBabyLearnConfig(num_hidden_layers=4, num_heads=8, emb_dim=256, context_size=256, vocab_size=6400)
BATCH = 16


def medians(contenders: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Median seconds of each, after one untimed round."""
    seconds = {name: [] for name in contenders}
    for i in range(repeats + 1):
        for name, run in contenders.items():
            start = time.perf_counter()
            run()
            if i:
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in seconds.items()}


def hugging_face(cfg: QdogBabyLearnConfig) -> GPT2LMHeadModel:
    """GPT-2 of the same shape, without dropout."""
    logging.set_verbosity_error()
    return GPT2LMHeadModel(GPT2Config(
        vocab_size=cfg.vocab_size, n_positions=cfg.context_size, n_embd=cfg.emb_dim, n_layer=cfg.num_hidden_layers,
        n_head=cfg.num_heads, resid_pdrop=0, embd_pdrop=0, attn_pdrop=0, bos_token_id=0, eos_token_id=None, tie_word_embeddings=False,
    ))  # fmt: skip


def same_weights(theirs: GPT2LMHeadModel, ours: QdogBabyLearnLLM) -> GPT2LMHeadModel:
    """Put our weights into theirs (our head's bias set to 0, as GPT-2 has none)."""
    with torch.no_grad():
        ours.out.bias.zero_()
        pairs = [(theirs.transformer.wte.weight, ours.tok_emb.weight), (theirs.transformer.wpe.weight, ours.pos_emb.weight),
                 (theirs.transformer.ln_f.weight, ours.norm.scale), (theirs.transformer.ln_f.bias, ours.norm.shift),
                 (theirs.lm_head.weight, ours.out.weight)]  # fmt: skip
        for t, o in zip(theirs.transformer.h, ours.blocks):
            qkv = (o.attn.W_query, o.attn.W_key, o.attn.W_value)
            pairs += [(t.attn.c_attn.weight, torch.cat([w.weight.T for w in qkv], 1)), (t.attn.c_attn.bias, torch.cat([w.bias for w in qkv])),
                      (t.attn.c_proj.weight, o.attn.out.weight.T), (t.attn.c_proj.bias, o.attn.out.bias),
                      (t.ln_1.weight, o.ln1.scale), (t.ln_1.bias, o.ln1.shift), (t.ln_2.weight, o.ln2.scale), (t.ln_2.bias, o.ln2.shift),
                      (t.mlp.c_fc.weight, o.ff.layers[0].weight.T), (t.mlp.c_fc.bias, o.ff.layers[0].bias),
                      (t.mlp.c_proj.weight, o.ff.layers[2].weight.T), (t.mlp.c_proj.bias, o.ff.layers[2].bias)]  # fmt: skip
        for into, value in pairs:
            into.copy_(value)
    return theirs.eval()


def our_step(cfg: TrainingConfig) -> Callable[[], None]:
    """One optimizer step of ours, as `training.train` does it."""
    machine = choose_machine(cfg)
    model = QdogBabyLearnLLM(SHAPE).train()
    optimizer = make_optimizer(model, cfg)
    loss_sum = torch.compile(token_loss) if machine.compiled else token_loss
    ids = torch.randint(SHAPE.vocab_size, (BATCH, SHAPE.context_size))

    def step() -> None:
        with machine.autocast():
            loss = loss_sum(model, ids, ids) / ids.numel()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), cfg.clip)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

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
    """Multiplications and additions of the matrix products in one step: forward once, backward twice.

    Attention's T×T products are counted in full, as both halves of the square are multiplied.
    """
    weights = 12 * cfg.emb_dim**2 * cfg.num_hidden_layers + cfg.vocab_size * cfg.emb_dim
    attention = 2 * cfg.num_hidden_layers * cfg.emb_dim * cfg.context_size
    return 6 * (weights + attention) * batch * cfg.context_size


def training_rows(repeats: int) -> list[dict]:
    """A training step: eager float32 and the fast path beside `transformers`, the fast path beside the machine."""
    keep_freed_memory()
    eager, fast = TrainingConfig(precision="float32"), TrainingConfig(compile="yes" if shutil.which("g++") else "no")
    machine = choose_machine(fast)
    dtype = torch.bfloat16 if machine.precision == "bfloat16" else torch.float32
    x, w = (torch.randn(2048, 2048, dtype=dtype) for _ in range(2))
    contenders = {"theirs": their_step(), "eager": our_step(eager), "fast": our_step(fast), "product": lambda: [F.linear(x, w) for _ in range(10)]}
    seconds = medians(contenders, repeats)
    rate = step_flops(SHAPE, BATCH) / seconds["fast"] / (10 * 2 * 2048**3 / seconds["product"])
    return [
        row("training step, eager float32", "transformers GPT-2", seconds["theirs"] / seconds["eager"], 1.3),
        row(f"training step, fast path ({machine.precision}, {'compiled' if machine.compiled else 'eager'})", "transformers GPT-2", seconds["theirs"] / seconds["fast"], 2.5),
        row(f"training step, fast path, share of {10 * 2 * 2048**3 / seconds['product'] / 1e9:.0f} GFLOP/s", "a 2048³ matrix product", rate, 0.6),
    ]  # fmt: skip


def generation_rows(repeats: int) -> list[dict]:
    """200 tokens, batch 1, beside `transformers` with its cache; and cached beside uncached at the article's size."""
    torch.manual_seed(0)
    ours = QdogBabyLearnLLM(SHAPE).eval()
    theirs = same_weights(hugging_face(SHAPE), ours)
    ids = torch.randint(SHAPE.vocab_size, (1, 16))

    def by_us() -> torch.Tensor:
        return generate(ours, ids, 200, temperature=0.0)

    def by_them() -> torch.Tensor:
        return theirs.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=200, do_sample=False, use_cache=True, pad_token_id=0)

    seconds = medians({"theirs": by_them, "ours": by_us}, repeats)
    same = torch.equal(by_us(), by_them())
    rows = [row("generate 200 tokens, batch 1", "transformers generate, cached", seconds["theirs"] / seconds["ours"], 4.0, same)]
    seed = QdogBabyLearnLLM(PRESETS["seed"]).eval()
    long = torch.randint(PRESETS["seed"].vocab_size, (1, 440))
    prefill = medians({"prefill": lambda: generate(seed, long, 1, temperature=0.0)}, repeats)["prefill"]
    seconds = medians({"cached": lambda: generate(seed, long, 9, temperature=0.0), "uncached": lambda: generate(seed, long, 8, temperature=0.0, use_cache=False)}, 3)
    each = {"cached": (seconds["cached"] - prefill) / 8, "uncached": seconds["uncached"] / 8}
    return rows + [row("a token at context 440, 57M parameters, cached", "uncached", each["uncached"] / each["cached"], 10.0)]


def row(task: str, peer: str, ratio: float, target: float, same: bool | None = None) -> dict:
    return {"task": task, "peer": peer, "ratio": round(ratio, 2), "target": target, "same_result": same, "met": ratio >= target and same is not False}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    for r in training_rows(repeats) + generation_rows(repeats):
        print(r)
