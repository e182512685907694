"""To GPT-2 and back: the same logits, the same ids, the same words."""

import json
import random

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import AutoModelForCausalLM, AutoTokenizer, GPT2Config, GPT2LMHeadModel, pipeline

from minillm.chat import prompt
from minillm.cli import main
from minillm.interop import export_gguf, export_gpt2, from_gpt2, import_gpt2, to_gpt2, without_head_bias
from minillm.model import QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.sampling import generate
from minillm.tokenizer import train_bpe

SHAPES = [(1, 1, 8, 300), (2, 3, 24, 280), (3, 4, 32, 1000), (4, 7, 56, 512), (6, 2, 128, 2048)]  # L, H, C, V
TEXT = ["the cat sat on the mat. 小企鹅住在岛上。 one, two, three! <|im_end|>\n" * 20]


def ours(L, H, C, V, seed=0, tokenizer=None):
    torch.manual_seed(seed)
    model = QdogBabyLearnLLM(QdogBabyLearnConfig("t", num_hidden_layers=L, num_heads=H, emb_dim=C, context_size=40, vocab_size=V)).eval()
    with torch.no_grad():
        for p in model.parameters():  # as training leaves them: no scale is 1, no bias 0
            p.add_(torch.randn_like(p) * 0.1)
    return model


@pytest.fixture(scope="module")
def tokenizer():
    return train_bpe(TEXT, 280, progress=False)


@pytest.mark.parametrize("shape", SHAPES)
def test_ours_opens_as_gpt2(shape, tokenizer, tmp_path):
    model = ours(*shape)
    export_gpt2(tmp_path, model, tokenizer)
    theirs = AutoModelForCausalLM.from_pretrained(tmp_path).eval()
    assert type(theirs) is GPT2LMHeadModel
    ids = torch.randint(shape[3], (3, 40))
    with torch.no_grad():
        assert (theirs(ids).logits - model(ids)).abs().max() <= 1e-4
        cached = theirs(ids[:, 20:], past_key_values=theirs(ids[:, :20]).past_key_values).logits
        cache = model.make_cache(3)
        model(ids[:, :20], cache)
        assert (cached - model(ids[:, 20:], cache)).abs().max() <= 1e-4
        greedy = theirs.generate(ids[:1, :5], max_new_tokens=30, do_sample=False, eos_token_id=None, pad_token_id=0)
        assert torch.equal(greedy, generate(model, ids[:1, :5], 30, temperature=0))


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("shape", SHAPES)
def test_gpt2_opens_as_ours(shape, tied, tmp_path):
    L, H, C, V = shape
    torch.manual_seed(1)
    theirs = GPT2LMHeadModel(GPT2Config(vocab_size=V, n_positions=40, n_embd=C, n_layer=L, n_head=H, tie_word_embeddings=tied, bos_token_id=0, eos_token_id=0)).eval()
    theirs.save_pretrained(tmp_path)
    model, tokenizer = import_gpt2(tmp_path)
    ids = torch.randint(V, (2, 40))
    with torch.no_grad():
        assert (theirs(ids).logits - model(ids)).abs().max() <= 1e-4 and tokenizer is None
    export = to_gpt2(model)
    again = from_gpt2(export, model.cfg)
    with torch.no_grad():
        torch.testing.assert_close(again(ids), model(ids), atol=1e-4, rtol=1e-4)


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 40), st.integers(1, 50), st.integers(0, 1000))
def test_the_bias_finds_room_in_the_norm(C, V, seed):
    torch.manual_seed(seed)
    x, scale, shift, head, bias = torch.randn(5, C), torch.randn(C), torch.randn(C), torch.randn(V, C), torch.randn(V) * 5
    want = torch.nn.functional.layer_norm(x, (C,), scale, shift) @ head.T + bias
    scale, shift, head = without_head_bias(scale, shift, head, bias)
    torch.testing.assert_close(torch.nn.functional.layer_norm(x, (C,), scale, shift) @ head.T, want, atol=1e-4, rtol=1e-4)


def test_tokenizer_template_and_pipeline(tokenizer, tmp_path):
    model = ours(2, 2, 16, tokenizer.vocab_size)
    export_gpt2(tmp_path, model, tokenizer)
    theirs = AutoTokenizer.from_pretrained(tmp_path)
    messages = [{"role": "user", "content": "the cat?"}, {"role": "assistant", "content": "猫"}, {"role": "user", "content": "sat"}]
    assert theirs.apply_chat_template(messages, add_generation_prompt=True)["input_ids"] == prompt(messages, tokenizer)
    said = pipeline("text-generation", model=str(tmp_path), tokenizer=str(tmp_path))("the cat", max_new_tokens=5, do_sample=False)
    ids = generate(model, torch.tensor([tokenizer.encode("the cat")]), 5, temperature=0)[0].tolist()
    ends = [i for i in (ids.index(e) for e in (tokenizer.end_id, tokenizer.im_end) if e in ids)]
    assert said[0]["generated_text"] == tokenizer.decode(ids[: min(ends, default=len(ids))])


def test_ten_thousand_random_strings_give_the_same_ids(tokenizer, tmp_path):
    tokenizer.save(tmp_path)
    theirs = AutoTokenizer.from_pretrained(tmp_path)
    luck = random.Random(0)
    pools = ["the cat sat on ", " \n\t\r", "小企鹅住在岛上。，！", "😀👩‍👩‍👧é̈ñß", "0123456789+-=", "'s't're'LL", "\u00a0\u3000\u200b\u0000\ufeff", "AZaz.,!?<|>"]
    texts = ["".join(luck.choice(luck.choice(pools)) for _ in range(luck.randint(1, 40))) for _ in range(10_000)]
    wrong = [text for text, ids in zip(texts, theirs(texts, add_special_tokens=False, split_special_tokens=True)["input_ids"]) if ids != tokenizer.encode(text)]
    assert not wrong, wrong[:3]


@pytest.fixture
def gpt2(tmp_path):
    GPT2LMHeadModel(GPT2Config(vocab_size=50, n_positions=16, n_embd=8, n_layer=1, n_head=2, bos_token_id=0, eos_token_id=0)).save_pretrained(tmp_path / "gpt2")
    return tmp_path / "gpt2"


def change(path, **values):
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


@pytest.mark.parametrize("values, word", [
    ({"model_type": "llama"}, "'llama'; only 'gpt2'"), ({"activation_function": "relu"}, "activation_function='relu'"),
    ({"n_inner": 7}, "n_inner=7"), ({"scale_attn_by_inverse_layer_idx": True}, "scale_attn_by_inverse_layer_idx=True"),
    ({"n_head": 3}, "emb_dim=8 is not divisible"), ({"n_layer": 2}, "is missing"), ({"vocab_size": 51}, r"not \(51, 8\)"), ({"n_embd": "x"}, "emb_dim='x'"),
])  # fmt: skip
def test_what_is_not_ours_is_refused_by_name(gpt2, values, word):
    change(gpt2 / "config.json", **values)
    with pytest.raises(ValueError, match=word):
        import_gpt2(gpt2)


def test_nothing_is_unpickled(gpt2):
    (gpt2 / "model.safetensors").rename(gpt2 / "pytorch_model.bin")
    with pytest.raises(ValueError, match="may run any program"):
        import_gpt2(gpt2)


def test_an_index_stays_in_its_folder(gpt2):
    (gpt2 / "model.safetensors.index.json").write_text(json.dumps({"weight_map": {"a": "../../secret.safetensors"}}))
    with pytest.raises(ValueError, match="no file in its own folder"):
        import_gpt2(gpt2)


def test_weights_in_several_files(gpt2):
    from safetensors.torch import load_file, save_file

    whole = load_file(gpt2 / "model.safetensors")
    want = import_gpt2(gpt2)[0]
    (gpt2 / "model.safetensors").unlink()
    names = sorted(whole)
    for n, part in enumerate((names[:5], names[5:])):
        save_file({name: whole[name] for name in part}, gpt2 / f"part{n}.safetensors")
    (gpt2 / "model.safetensors.index.json").write_text(json.dumps({"weight_map": {name: f"part{int(i >= 5)}.safetensors" for i, name in enumerate(names)}}))
    ids = torch.tensor([[1, 2, 3]])
    assert torch.equal(import_gpt2(gpt2)[0](ids), want(ids))


def test_gguf_holds_the_model(tokenizer, tmp_path):
    gguf = pytest.importorskip("gguf")
    model = ours(2, 2, 16, tokenizer.vocab_size + 3)  # with a few ids that the tokenizer does not use
    export_gguf(tmp_path / "m.gguf", model, tokenizer)
    reader = gguf.GGUFReader(tmp_path / "m.gguf")
    field = {name: reader.get_field(name).contents() for name in reader.fields}
    assert field["general.architecture"] == "gpt2" and field["gpt2.block_count"] == 2 and field["gpt2.attention.head_count"] == 2
    assert (field["gpt2.context_length"], field["gpt2.embedding_length"], field["gpt2.feed_forward_length"]) == (40, 16, 64)
    assert len(field["tokenizer.ggml.tokens"]) == model.cfg.vocab_size and len(field["tokenizer.ggml.merges"]) == len(tokenizer.merges)
    assert field["tokenizer.ggml.tokens"][tokenizer.im_end] == "<|im_end|>" and field["tokenizer.ggml.eos_token_id"] == tokenizer.im_end
    theirs, read = to_gpt2(model), {t.name: torch.tensor(t.data.copy()) for t in reader.tensors}
    assert len(read) == len(theirs)
    assert torch.equal(read["output.weight"], theirs["lm_head.weight"]) and torch.equal(read["token_embd.weight"], model.tok_emb.weight)
    assert torch.equal(read["blk.1.attn_qkv.weight"], theirs["transformer.h.1.attn.c_attn.weight"].T)
    assert torch.equal(read["blk.0.ffn_down.weight"], model.blocks[0].ff.layers[2].weight)


def test_the_commands(gpt2, tmp_path, capsys):
    assert main(["import", str(gpt2), "--out", str(tmp_path / "mine")]) == 0
    assert "no tokenizer was there" in capsys.readouterr().out
    assert main(["export", "--out", str(tmp_path / "theirs"), "--gguf", str(tmp_path / "m.gguf")]) == 0
    assert main(["import", str(tmp_path / "theirs"), "--out", str(tmp_path / "back")]) == 0
    assert main(["info", str(tmp_path / "back")]) == 0
    capsys.readouterr()
    for arguments, word in (
        (["export"], "nothing to write"), (["export", "--out", str(tmp_path / "theirs")], "exists; choose another"), (["import", str(tmp_path), "--out", str(tmp_path / "n")], "no GPT-2 folder"),
    ):  # fmt: skip
        assert main(arguments) == 2
        assert word in capsys.readouterr().err
    assert not (tmp_path / "n").exists()
