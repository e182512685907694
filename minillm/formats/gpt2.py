"""Our model as GPT-2 for Hugging Face's tools, and any GPT-2 as our model.

A GPT-2 folder is what `transformers` reads: config.json, model.safetensors, and the tokenizer. The
two models are the same mathematics under other names, but for one thing: our head has a bias, and
GPT-2's has none. `without_head_bias` moves it to where GPT-2 has room for it.
Sizes: C = emb_dim, V vocabulary. Not here: other architectures. Built in 14.
"""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..data.records import Note, ignore
from ..model import QdogBabyLearnConfig, QdogBabyLearnLLM
from ..tokenizer import BPETokenizer
from .checkpoints import model_with, save_tokenizer
from .files import read_json_object, read_tensors, save_tensors, write_json

# ours -> GPT-2's, within a block and outside. GPT-2 stores the matrix of a linear layer as
# (in, out), ours is (out, in).
BLOCK = {
    "ln1.scale": "ln_1.weight",
    "ln1.shift": "ln_1.bias",
    "ln2.scale": "ln_2.weight",
    "ln2.shift": "ln_2.bias",
    "attn.out.weight": "attn.c_proj.weight",
    "attn.out.bias": "attn.c_proj.bias",
    "ff.linear1.weight": "mlp.c_fc.weight",
    "ff.linear1.bias": "mlp.c_fc.bias",
    "ff.linear2.weight": "mlp.c_proj.weight",
    "ff.linear2.bias": "mlp.c_proj.bias",
}
OUTSIDE = {
    "tok_emb.weight": "wte.weight",
    "pos_emb.weight": "wpe.weight",
    "norm.scale": "ln_f.weight",
    "norm.shift": "ln_f.bias",
}
PROJECTIONS = ("W_query", "W_key", "W_value")  # three of ours are one matrix there
MATRICES = ("attn.out.weight", "ff.linear1.weight", "ff.linear2.weight")

# What a GPT-2 config may say that our model does not do: name -> the value that we can take.
ACCEPTED: dict[str, tuple[Any, ...]] = {
    "activation_function": ("gelu_new", "gelu_pytorch_tanh"),
    "layer_norm_epsilon": (1e-5,),
    "scale_attn_weights": (True,),
    "scale_attn_by_inverse_layer_idx": (False,),
    "add_cross_attention": (False,),
    "tie_word_embeddings": (True, False),
}

# Names in our config -> GPT-2's, and the value that a file means which does not say it.
CONFIG: dict[str, tuple[str, Any]] = {
    "num_hidden_layers": ("n_layer", 12),
    "num_heads": ("n_head", 12),
    "emb_dim": ("n_embd", 768),
    "context_size": ("n_positions", 1024),
    "vocab_size": ("vocab_size", 50257),
    "dropout": ("resid_pdrop", 0.1),
}


def without_head_bias(
    norm_scale: Tensor, norm_shift: Tensor, head: Tensor, bias: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """(scale, shift, head) of a last norm and a head without bias that give the same logits.

    head (V, C). Before its scale and shift, a LayerNorm's output z has mean 0: its component in the
    direction (1, ..., 1) is always 0. So z + 1 carries a constant there, which the new head reads
    as the bias.
    """
    C = head.shape[1]
    head, norm_scale, norm_shift, bias = (t.double() for t in (head, norm_scale, norm_shift, bias))
    scaled = head * norm_scale  # acts on z
    constant = head @ norm_shift + bias
    folded = scaled - scaled.mean(dim=1, keepdim=True) + constant[:, None] / C
    return torch.ones(C), torch.ones(C), folded.float()


def to_gpt2(model: QdogBabyLearnLLM) -> dict[str, Tensor]:
    """The tensors of `transformers`' GPT2LMHeadModel with the same logits; its head is not tied."""
    ours = {name: t.detach().float().cpu() for name, t in model.state_dict().items()}
    theirs = {f"transformer.{there}": ours[here] for here, there in OUTSIDE.items()}
    for i in range(model.cfg.num_hidden_layers):
        for here, there in BLOCK.items():
            t = ours[f"blocks.{i}.{here}"]
            theirs[f"transformer.h.{i}.{there}"] = t.T.contiguous() if here in MATRICES else t
        for part in ("weight", "bias"):
            joined = torch.cat([ours[f"blocks.{i}.attn.{name}.{part}"] for name in PROJECTIONS])
            theirs[f"transformer.h.{i}.attn.c_attn.{part}"] = (
                joined.T.contiguous() if part == "weight" else joined
            )
    last = ("norm.scale", "norm.shift", "out.weight", "out.bias")
    scale, shift, head = without_head_bias(*(ours[name] for name in last))
    return theirs | {
        "transformer.ln_f.weight": scale,
        "transformer.ln_f.bias": shift,
        "lm_head.weight": head,
    }


def from_gpt2(
    theirs: dict[str, Tensor],
    cfg: QdogBabyLearnConfig,
    where: str | Path = "the GPT-2 weights",
    tied: bool = True,
) -> QdogBabyLearnLLM:
    """Our model with GPT-2's tensors (with or without "transformer." before their names).

    A head that is missing is the token table, if GPT-2 ties the two (`tied`); our bias is 0. The
    model is in eval mode. ValueError names what does not fit.
    """
    masks = (".attn.bias", ".attn.masked_bias")  # some files keep them, but they are no weights
    theirs = {
        name.removeprefix("transformer."): t.float()
        for name, t in theirs.items()
        if not name.endswith(masks)
    }
    names = dict(OUTSIDE)
    for i in range(cfg.num_hidden_layers):
        names |= {f"blocks.{i}.{here}": f"h.{i}.{there}" for here, there in BLOCK.items()}
    ours = {}
    for here, there in names.items():
        if there in theirs:
            t = theirs.pop(there)
            ours[here] = t.T if here.endswith(MATRICES) else t
    for i in range(cfg.num_hidden_layers):
        for part in ("weight", "bias"):
            joined = theirs.pop(f"h.{i}.attn.c_attn.{part}", None)
            if joined is not None and joined.dim():
                thirds = (joined.T if part == "weight" else joined).chunk(3)
                for name, t in zip(PROJECTIONS, thirds):
                    ours[f"blocks.{i}.attn.{name}.{part}"] = t
    if "lm_head.weight" not in theirs and not tied:
        raise ValueError(
            f"{where} lacks lm_head.weight, and tie_word_embeddings is false: it has no head"
        )
    table = ours.get("tok_emb.weight", torch.empty(0))
    ours["out.weight"] = theirs.pop("lm_head.weight", table).clone()
    ours["out.bias"] = torch.zeros(cfg.vocab_size)
    return model_with(cfg, ours | theirs, where).eval()


def export_gpt2(folder: str | Path, model: QdogBabyLearnLLM, tokenizer: BPETokenizer) -> None:
    """Write a folder that `AutoModelForCausalLM` and `AutoTokenizer.from_pretrained` open."""
    folder, cfg = Path(folder), model.cfg
    end = tokenizer.special.get("<|endoftext|>")
    pad = tokenizer.special.get("<|pad|>", end)
    ends = [i for i in (end, tokenizer.special.get("<|im_end|>")) if i is not None]
    config = {
        "architectures": ["GPT2LMHeadModel"],
        "model_type": "gpt2",
        "vocab_size": cfg.vocab_size,
        "n_positions": cfg.context_size,
        "n_embd": cfg.emb_dim,
        "n_layer": cfg.num_hidden_layers,
        "n_head": cfg.num_heads,
        "n_inner": None,
        "activation_function": "gelu_new",
        "layer_norm_epsilon": 1e-5,
        "resid_pdrop": cfg.dropout,
        "embd_pdrop": cfg.dropout,
        "attn_pdrop": cfg.dropout,
        "tie_word_embeddings": False,
        "bos_token_id": end,
        "eos_token_id": end,
        "pad_token_id": pad,
    }
    generation = {"eos_token_id": ends or None, "pad_token_id": pad}
    save_tokenizer(folder, tokenizer, cfg.context_size)
    save_tensors(folder / "model.safetensors", to_gpt2(model), {"format": "pt"})
    write_json(folder / "generation_config.json", generation)
    write_json(folder / "config.json", config)


def import_gpt2(
    folder: str | Path, note: Note = ignore
) -> tuple[QdogBabyLearnLLM, BPETokenizer | None]:
    """Model and tokenizer of a GPT-2 folder; None where it has no tokenizer that ours can be.

    `note` is told why there is none. ValueError for another architecture, for what our model does
    not do, for a tokenizer with more tokens than the model has, and for weights that would have to
    be unpickled.
    """
    folder = Path(folder)
    config = read_json_object(folder / "config.json", "GPT-2")
    cfg = _our_config(folder / "config.json", config)
    index = folder / "model.safetensors.index.json"
    files = ["model.safetensors"]  # before an index, as Hugging Face's tools do
    if index.exists() and not (folder / files[0]).exists():
        parts = read_json_object(index, "GPT-2").get("weight_map")
        if not isinstance(parts, dict):
            raise ValueError(f"{index} has no weight_map of tensors to files")
        files = sorted(set(map(str, parts.values())))
    elif not (folder / files[0]).exists() and any(folder.glob("*.bin")):
        raise ValueError(
            f"{folder} has its weights in a .bin file, which is unpickled to read it and so may "
            "run any program; model.safetensors is needed"
        )
    tensors: dict[str, Tensor] = {}
    for name in files:
        if Path(name).name != name:
            raise ValueError(f"{index} names {name!r}, which is no file in its own folder")
        tensors |= read_tensors(folder / name)[0]
    tokenizer = _our_tokenizer(folder, note)
    if tokenizer and tokenizer.vocab_size > cfg.vocab_size:
        raise ValueError(
            f"{folder}: the tokenizer has {tokenizer.vocab_size} tokens, "
            f"the model of config.json vocab_size={cfg.vocab_size}"
        )
    return from_gpt2(tensors, cfg, folder, config.get("tie_word_embeddings", True)), tokenizer


def _our_tokenizer(folder: Path, note: Note) -> BPETokenizer | None:
    try:
        if (folder / "tokenizer.json").exists():
            return BPETokenizer.load(folder)
        if (folder / "vocab.json").exists():
            tokenizer = BPETokenizer.from_gpt2(folder / "vocab.json", folder / "merges.txt")
            return _with_added_tokens(tokenizer, folder / "added_tokens.json")
        note("no tokenizer was there: generate and chat need one")
    except ValueError as error:
        note(f"no tokenizer was taken, generate and chat need one: {error}")
    return None


def _with_added_tokens(tokenizer: BPETokenizer, path: Path) -> BPETokenizer:
    """The tokenizer with what a file of a separate vocabulary adds to it: names and their ids."""
    if not path.exists():
        return tokenizer
    added = read_json_object(path, "GPT-2")
    names = [name for name in added if name not in tokenizer.ids]
    larger = tokenizer.with_special(sorted(names, key=lambda name: str(added[name]).zfill(20)))
    if {name: larger.ids.get(name) for name in added} != added:
        raise ValueError(f"{path} adds tokens whose ids do not follow those of the vocabulary")
    return larger


def _our_config(path: Path, theirs: dict[str, Any]) -> QdogBabyLearnConfig:
    if theirs.get("model_type") != "gpt2":
        kind = theirs.get("model_type", "model without a type")
        raise ValueError(f"{path} is of a {kind!r}; only 'gpt2' can be imported")
    for name, accepted in ACCEPTED.items():
        if theirs.get(name, accepted[0]) not in accepted:
            raise ValueError(
                f"{path}: {name}={theirs[name]!r} is something that this model does not do; "
                f"it needs {accepted[0]!r}"
            )
    values = {ours: theirs.get(name, default) for ours, (name, default) in CONFIG.items()}
    try:
        cfg = QdogBabyLearnConfig("gpt2", **values)
    except ValueError as error:
        sentence = str(error)
        for ours, (name, _) in CONFIG.items():
            sentence = sentence.replace(f"{ours}=", f"{name}=")
        raise ValueError(f"{path}: {sentence}") from None
    if theirs.get("n_inner") not in (None, 4 * cfg.emb_dim):
        raise ValueError(
            f"{path}: n_inner={theirs['n_inner']} is not 4 * n_embd = {4 * cfg.emb_dim}"
        )
    return cfg
