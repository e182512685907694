"""Our model as one GGUF file, which llama.cpp opens as GPT-2.

Not here: quantization. Built in 14.
"""

from pathlib import Path
from typing import Any

from ..chat_format import PLAIN_CHAT_TEMPLATE, has_chat_tokens
from ..model import QdogBabyLearnLLM
from ..tokenizer import BPETokenizer
from .files import replacing
from .gpt2 import to_gpt2
from .tokenizer_files import to_chars


def export_gguf(path: str | Path, model: QdogBabyLearnLLM, tokenizer: BPETokenizer) -> None:
    """Write one GGUF file, float32. ValueError without the package `gguf`."""
    try:
        import gguf
    except ImportError:
        raise ValueError(
            "GGUF is written with the package gguf, which is not installed: pip install gguf"
        ) from None
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
        _add_tokenizer(writer, tokenizer, cfg.vocab_size)
        names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.GPT2, cfg.num_hidden_layers)
        for name, t in to_gpt2(model).items():
            if name.endswith(("c_attn.weight", "c_proj.weight", "c_fc.weight")):
                t = t.T  # (out, in), as we have it
            theirs = names.get_name(name, try_suffixes=(".weight", ".bias"))
            assert theirs is not None  # every tensor of a GPT-2 has a name in GGUF
            writer.add_tensor(theirs, t.contiguous().numpy())
        try:
            writer.write_header_to_file()
            writer.write_kv_data_to_file()
            writer.write_tensors_to_file()
            writer.close()
        except OSError as error:
            if error.errno:
                raise
            raise OSError(
                f"{path} could not be written whole; is the disk full? ({error})"
            ) from None


def _add_tokenizer(writer: Any, tokenizer: BPETokenizer, vocab_size: int) -> None:
    from gguf import TokenType

    names, kinds = [], []
    for i in range(vocab_size):
        if i >= tokenizer.vocab_size:
            names.append(f"<unused {i}>")
            kinds.append(TokenType.UNUSED)
        elif i in tokenizer.special.values():
            names.append(tokenizer.token_bytes(i).decode())
            kinds.append(TokenType.CONTROL)
        else:
            names.append(to_chars(tokenizer.token_bytes(i)))
            kinds.append(TokenType.NORMAL)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(names)
    writer.add_token_types(kinds)
    merges = [f"{to_chars(left)} {to_chars(right)}" for left, right in tokenizer.merges]
    writer.add_token_merges(merges)
    end = tokenizer.special.get("<|endoftext|>")
    ids = {
        writer.add_bos_token_id: end,
        writer.add_eos_token_id: tokenizer.special.get("<|im_end|>", end),
        writer.add_pad_token_id: tokenizer.special.get("<|pad|>", end),
    }
    for add, special_id in ids.items():
        if special_id is not None:
            add(special_id)
    writer.add_add_bos_token(False)
    if has_chat_tokens(tokenizer):
        writer.add_chat_template(PLAIN_CHAT_TEMPLATE)
