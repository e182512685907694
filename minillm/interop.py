"""Our model as GPT-2 for other tools, and any GPT-2 as our model; GGUF for llama.cpp.

A GPT-2 folder is what `transformers` reads: config.json, model.safetensors, and the tokenizer. The two models are the
same mathematics under other names, save one thing: our head has a bias, and GPT-2's has none. `without_head_bias`
moves it to where GPT-2 has room for it. Sizes: C = emb_dim, V vocabulary. Built in 13.
"""

import json
from pathlib import Path

import torch
from torch import Tensor

from .checkpoint import assign, read_json, read_tensors, save_tensors
from .model import QdogBabyLearnConfig, QdogBabyLearnLLM
from .tokenizer import BPETokenizer
from .tokenizer_files import CHAT_TEMPLATE, replacing, to_chars

# ours -> GPT-2's, within a block and outside. GPT-2 stores the matrix of a linear layer as (in, out), ours is (out, in).
BLOCK = {
    "ln1.scale": "ln_1.weight", "ln1.shift": "ln_1.bias", "ln2.scale": "ln_2.weight", "ln2.shift": "ln_2.bias",
    "attn.out.weight": "attn.c_proj.weight", "attn.out.bias": "attn.c_proj.bias",
    "ff.layers.0.weight": "mlp.c_fc.weight", "ff.layers.0.bias": "mlp.c_fc.bias",
    "ff.layers.2.weight": "mlp.c_proj.weight", "ff.layers.2.bias": "mlp.c_proj.bias",
}  # fmt: skip
OUTSIDE = {"tok_emb.weight": "wte.weight", "pos_emb.weight": "wpe.weight", "norm.scale": "ln_f.weight", "norm.shift": "ln_f.bias"}
PROJECTIONS = ("W_query", "W_key", "W_value")  # three of ours are one matrix there
MATRICES = ("attn.out.weight", "ff.layers.0.weight", "ff.layers.2.weight")

# What a GPT-2 config may say that our model does not do: name -> the value that we can take.
ONLY = {
    "activation_function": ("gelu_new", "gelu_pytorch_tanh"), "layer_norm_epsilon": (1e-5,), "scale_attn_weights": (True,),
    "scale_attn_by_inverse_layer_idx": (False,), "add_cross_attention": (False,),
}  # fmt: skip


def without_head_bias(norm_scale: Tensor, norm_shift: Tensor, head: Tensor, bias: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """(scale, shift, head) of a last norm and a head without bias that give the same logits; head (V, C).

    Before its scale and shift, a LayerNorm's output z has mean 0: in one direction, that of (1, …, 1), nothing is
    ever said. So z + 1 carries a constant there, which the new head reads as the bias.
    """
    C = head.shape[1]
    head, norm_scale, norm_shift, bias = (t.double() for t in (head, norm_scale, norm_shift, bias))
    scaled = head * norm_scale  # acts on z
    constant = head @ norm_shift + bias
    folded = scaled - scaled.mean(dim=1, keepdim=True) + constant[:, None] / C
    return torch.ones(C), torch.ones(C), folded.float()


def to_gpt2(model: QdogBabyLearnLLM) -> dict[str, Tensor]:
    """The tensors of `transformers`' GPT2LMHeadModel with the same logits, its head apart from the token table."""
    ours = {name: t.detach().float().cpu() for name, t in model.state_dict().items()}
    theirs = {f"transformer.{there}": ours[here] for here, there in OUTSIDE.items()}
    for i in range(model.cfg.num_hidden_layers):
        for here, there in BLOCK.items():
            t = ours[f"blocks.{i}.{here}"]
            theirs[f"transformer.h.{i}.{there}"] = t.T.contiguous() if here in MATRICES else t
        for part in ("weight", "bias"):
            joined = torch.cat([ours[f"blocks.{i}.attn.{name}.{part}"] for name in PROJECTIONS])
            theirs[f"transformer.h.{i}.attn.c_attn.{part}"] = joined.T.contiguous() if part == "weight" else joined
    scale, shift, head = without_head_bias(ours["norm.scale"], ours["norm.shift"], ours["out.weight"], ours["out.bias"])
    return theirs | {"transformer.ln_f.weight": scale, "transformer.ln_f.bias": shift, "lm_head.weight": head}


def from_gpt2(theirs: dict[str, Tensor], cfg: QdogBabyLearnConfig, where: str | Path = "the GPT-2 weights") -> QdogBabyLearnLLM:
    """Our model with GPT-2's tensors (with or without "transformer." before their names), in eval mode.

    A head that is missing is the token table (GPT-2 ties the two); our bias is then 0. ValueError names what does not fit.
    """
    theirs = {name.removeprefix("transformer."): t.float() for name, t in theirs.items()}
    theirs = {name: t for name, t in theirs.items() if not name.endswith((".attn.bias", ".attn.masked_bias"))}  # masks, not weights
    ours = {}
    names = OUTSIDE | {f"blocks.{i}.{here}": f"h.{i}.{there}" for i in range(cfg.num_hidden_layers) for here, there in BLOCK.items()}
    for here, there in names.items():
        if there in theirs:
            t = theirs.pop(there)
            ours[here] = t.T if here.endswith(MATRICES) else t
    for i in range(cfg.num_hidden_layers):
        for part in ("weight", "bias"):
            if (joined := theirs.pop(f"h.{i}.attn.c_attn.{part}", None)) is not None:
                for name, t in zip(PROJECTIONS, (joined.T if part == "weight" else joined).chunk(3)):
                    ours[f"blocks.{i}.attn.{name}.{part}"] = t
    ours["out.weight"] = theirs.pop("lm_head.weight", ours.get("tok_emb.weight", torch.empty(0)))
    ours["out.bias"] = torch.zeros(cfg.vocab_size)
    model = QdogBabyLearnLLM(cfg)
    assign(dict(model.state_dict()), ours | theirs, where)
    return model.eval()


def export_gpt2(folder: str | Path, model: QdogBabyLearnLLM, tokenizer: BPETokenizer) -> None:
    """Write a folder that `AutoModelForCausalLM` and `AutoTokenizer.from_pretrained` open, chat template included."""
    folder, cfg = Path(folder), model.cfg
    config = {
        "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "vocab_size": cfg.vocab_size, "n_positions": cfg.context_size,
        "n_embd": cfg.emb_dim, "n_layer": cfg.num_hidden_layers, "n_head": cfg.num_heads, "n_inner": None, "activation_function": "gelu_new",
        "layer_norm_epsilon": 1e-5, "resid_pdrop": cfg.dropout, "embd_pdrop": cfg.dropout, "attn_pdrop": cfg.dropout,
        "tie_word_embeddings": False, "bos_token_id": tokenizer.end_id, "eos_token_id": tokenizer.end_id, "pad_token_id": tokenizer.pad_id,
    }  # fmt: skip
    generation = {"eos_token_id": [tokenizer.end_id, tokenizer.im_end], "pad_token_id": tokenizer.pad_id}
    tokenizer.save(folder)
    save_tensors(folder / "model.safetensors", to_gpt2(model), {"format": "pt"})
    for name, content in (("generation_config.json", generation), ("config.json", config)):
        with replacing(folder / name) as path:
            path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8", newline="\n")


def import_gpt2(folder: str | Path) -> tuple[QdogBabyLearnLLM, BPETokenizer | None]:
    """Model and tokenizer of a GPT-2 folder; None where it has no tokenizer that ours can be.

    ValueError for another architecture, for what our model does not do, and for weights that would have to be unpickled.
    """
    folder = Path(folder)
    cfg = _our_config(folder)
    index = folder / "model.safetensors.index.json"
    if index.exists():
        files = sorted(set(_json_object(index).get("weight_map", {}).values()))
    elif (folder / "model.safetensors").exists() or not any(folder.glob("*.bin")):
        files = ["model.safetensors"]
    else:
        raise ValueError(f"{folder} has its weights in a .bin file, which is unpickled to read it and so may run any program; model.safetensors is needed")
    tensors: dict[str, Tensor] = {}
    for name in files:
        if Path(str(name)).name != name:
            raise ValueError(f"{index} names {name!r}, which is no file in its own folder")
        tensors |= read_tensors(folder / name)[0]
    model = from_gpt2(tensors, cfg, folder)
    if (folder / "tokenizer.json").exists():
        return model, BPETokenizer.load(folder)
    if (folder / "vocab.json").exists():
        return model, BPETokenizer.from_gpt2(folder / "vocab.json", folder / "merges.txt")
    return model, None


def _our_config(folder: Path) -> QdogBabyLearnConfig:
    path = folder / "config.json"
    theirs = _json_object(path)
    if theirs.get("model_type") != "gpt2":
        raise ValueError(f"{path} is of a {theirs.get('model_type', 'model without a type')!r}; only 'gpt2' can be imported")
    for name, accepted in ONLY.items():
        if theirs.get(name, accepted[0]) not in accepted:
            raise ValueError(f"{path}: {name}={theirs[name]!r} is something that this model does not do; it needs {accepted[0]!r}")
    sizes = {"num_hidden_layers": ("n_layer", 12), "num_heads": ("n_head", 12), "emb_dim": ("n_embd", 768),
             "context_size": ("n_positions", 1024), "vocab_size": ("vocab_size", 50257)}  # fmt: skip
    values = {ours: theirs.get(name, usual) for ours, (name, usual) in sizes.items()}
    cfg = QdogBabyLearnConfig("gpt2", dropout=theirs.get("resid_pdrop", 0.1), **values)
    if theirs.get("n_inner") not in (None, 4 * cfg.emb_dim):
        raise ValueError(f"{path}: n_inner={theirs['n_inner']} is not 4 * n_embd = {4 * cfg.emb_dim}")
    return cfg


def _json_object(path: Path) -> dict:
    values = read_json(path, "GPT-2")
    if not isinstance(values, dict):
        raise ValueError(f"{path} holds no JSON object")
    return values


def export_gguf(path: str | Path, model: QdogBabyLearnLLM, tokenizer: BPETokenizer) -> None:
    """Write one GGUF file, float32, that llama.cpp opens as GPT-2. Needs the package `gguf`."""
    try:
        import gguf
    except ImportError:
        raise ValueError("GGUF is written with the package gguf, which is not installed: pip install gguf") from None
    path, cfg = Path(path), model.cfg
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as new:
        writer = gguf.GGUFWriter(new, "gpt2")
        writer.add_name(cfg.model_name)
        writer.add_block_count(cfg.num_hidden_layers)
        writer.add_context_length(cfg.context_size)
        writer.add_embedding_length(cfg.emb_dim)
        writer.add_feed_forward_length(4 * cfg.emb_dim)
        writer.add_head_count(cfg.num_heads)
        writer.add_layer_norm_eps(1e-5)
        writer.add_file_type(gguf.LlamaFileType.ALL_F32)
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre("gpt-2")
        names, kinds = [], []
        for i in range(cfg.vocab_size):
            known = i < tokenizer.vocab_size
            is_special = known and i in tokenizer.special.values()
            names.append((tokenizer.token_bytes(i).decode() if is_special else to_chars(tokenizer.token_bytes(i))) if known else f"<unused {i}>")
            kinds.append(gguf.TokenType.CONTROL if is_special else gguf.TokenType.NORMAL if known else gguf.TokenType.UNUSED)
        writer.add_token_list(names)
        writer.add_token_types(kinds)
        writer.add_token_merges([f"{to_chars(left)} {to_chars(right)}" for left, right in tokenizer.merges])
        writer.add_bos_token_id(tokenizer.end_id)
        writer.add_eos_token_id(tokenizer.im_end)
        writer.add_pad_token_id(tokenizer.pad_id)
        writer.add_add_bos_token(False)
        writer.add_chat_template(CHAT_TEMPLATE)
        tensor_names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.GPT2, cfg.num_hidden_layers)
        for name, t in to_gpt2(model).items():
            if name.endswith(("c_attn.weight", "c_proj.weight", "c_fc.weight")):
                t = t.T  # (out, in), as we have it
            writer.add_tensor(tensor_names.get_name(name, try_suffixes=(".weight", ".bias")), t.contiguous().numpy())
        try:
            writer.write_header_to_file()
            writer.write_kv_data_to_file()
            writer.write_tensors_to_file()
            writer.close()
        except OSError as error:
            raise error if error.errno else OSError(f"{path} could not be written whole; is the disk full? ({error})") from None
