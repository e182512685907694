"""A GGUF file holds the model as llama.cpp reads it."""

import sys

import pytest
import torch

from minillm.chat_format import PLAIN_CHAT_TEMPLATE
from minillm.formats.gguf import export_gguf
from minillm.formats.gpt2 import to_gpt2
from minillm.tokenizer_training import train_bpe


def test_gguf_holds_the_model(make_model, tokenizer, tmp_path):
    gguf = pytest.importorskip("gguf")
    model = make_model(vocab_size=tokenizer.vocab_size + 3)  # a few ids that the tokenizer lacks
    export_gguf(tmp_path / "m.gguf", model, tokenizer)
    reader = gguf.GGUFReader(tmp_path / "m.gguf")
    field = {name: reader.get_field(name).contents() for name in reader.fields}
    assert field["general.architecture"] == "gpt2"
    assert field["gpt2.block_count"] == 2
    assert field["gpt2.attention.head_count"] == 2
    assert field["gpt2.context_length"] == 12
    assert field["gpt2.embedding_length"] == 16
    assert field["gpt2.feed_forward_length"] == 64
    tokens = field["tokenizer.ggml.tokens"]
    assert len(tokens) == model.cfg.vocab_size
    assert tokens[tokenizer.im_end] == "<|im_end|>"
    assert tokens[-1] == "<unused 302>"
    assert len(field["tokenizer.ggml.merges"]) == len(tokenizer.merges)
    assert field["tokenizer.ggml.eos_token_id"] == tokenizer.im_end
    assert field["tokenizer.ggml.bos_token_id"] == tokenizer.end_id
    assert field["tokenizer.ggml.padding_token_id"] == tokenizer.pad_id
    assert field["tokenizer.chat_template"] == PLAIN_CHAT_TEMPLATE
    assert "generation %}" not in PLAIN_CHAT_TEMPLATE  # Hugging Face's own; others can't read it
    theirs, read = to_gpt2(model), {t.name: torch.tensor(t.data.copy()) for t in reader.tensors}
    assert len(read) == len(theirs)
    assert torch.equal(read["output.weight"], theirs["lm_head.weight"])
    assert torch.equal(read["token_embd.weight"], model.tok_emb.weight)
    queries_keys_values = theirs["transformer.h.1.attn.c_attn.weight"]
    assert torch.equal(read["blk.1.attn_qkv.weight"], queries_keys_values.T)
    assert torch.equal(read["blk.0.ffn_down.weight"], model.blocks[0].ff.linear2.weight)


@pytest.mark.parametrize("special", [("<|endoftext|>",), ("<|im_end|>",), ()])
def test_gguf_names_only_special_tokens_that_exist(special, make_model, tmp_path):
    gguf = pytest.importorskip("gguf")
    tokenizer = train_bpe("the cat the cat", 260, special_tokens=special, progress=False)
    model = make_model(vocab_size=tokenizer.vocab_size)
    export_gguf(tmp_path / "m.gguf", model, tokenizer)
    reader = gguf.GGUFReader(tmp_path / "m.gguf")
    names = ("bos_token_id", "eos_token_id", "padding_token_id")
    fields = [reader.get_field(f"tokenizer.ggml.{name}") for name in names]
    kept = [field.contents() if field else None for field in fields]
    assert kept == {"<|endoftext|>": [0, 0, 0], "<|im_end|>": [None, 0, None]}.get(
        "".join(special), [None] * 3
    )
    assert reader.get_field("tokenizer.chat_template") is None


def test_without_its_package_gguf_is_refused_in_a_sentence(
    make_model, tokenizer, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "gguf", None)
    with pytest.raises(ValueError, match=r"not installed: pip install gguf$"):
        export_gguf(tmp_path / "m.gguf", make_model(), tokenizer)
    assert list(tmp_path.iterdir()) == []
