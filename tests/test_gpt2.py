"""To GPT-2 and back: the same logits, the same ids, the same words."""

import io
import json
import math
import random

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file
from torch.nn import functional as F
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GPT2Config,
    GPT2LMHeadModel,
    GPT2Tokenizer,
    pipeline,
)

from minillm.chat_format import prompt
from minillm.cli import main
from minillm.formats.checkpoints import load
from minillm.formats.gpt2 import export_gpt2, from_gpt2, import_gpt2, to_gpt2, without_head_bias
from minillm.formats.tokenizer_files import to_chars
from minillm.interpretability import ledger
from minillm.model import QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.sampling import generate
from minillm.tokenizer_training import train_bpe
from minillm.widgets import AttentionExplorer

# L, H, C, V
SHAPES = [(1, 1, 8, 300), (2, 3, 24, 280), (3, 4, 32, 1000), (4, 7, 56, 512), (6, 2, 128, 2048)]
TEXT = ["the cat sat on the mat. 小企鹅住在岛上。 one, two, three! <|im_end|>\n" * 20]


def ours(L, H, C, V):
    torch.manual_seed(0)
    cfg = QdogBabyLearnConfig(
        "t", num_hidden_layers=L, num_heads=H, emb_dim=C, context_size=40, vocab_size=V
    )
    model = QdogBabyLearnLLM(cfg).eval()
    with torch.no_grad():
        for p in model.parameters():  # as training leaves them: no scale is 1, no bias 0
            p.add_(torch.randn_like(p) * 0.1)
    return model


def new_gpt2(V, T, C, L, H, **changes):
    sizes = {"vocab_size": V, "n_positions": T, "n_embd": C, "n_layer": L, "n_head": H}
    return GPT2LMHeadModel(GPT2Config(**sizes, bos_token_id=0, eos_token_id=0, **changes))


@pytest.fixture(scope="module")
def tokenizer():
    return train_bpe(TEXT, 280, progress=False)


def test_the_ledger_of_an_imported_gpt2_adds_up(tmp_path):
    torch.manual_seed(0)
    theirs = new_gpt2(300, 40, 48, 3, 4).eval()
    with torch.no_grad():
        for p in theirs.parameters():
            p.add_(torch.randn_like(p) * 0.1)
    theirs.save_pretrained(tmp_path)
    model, choose = import_gpt2(tmp_path)[0], random.Random(0)
    for _ in range(100):
        ids = [choose.randrange(300) for _ in range(choose.randint(1, 30))]
        position, token, rival = choose.randrange(len(ids)), *choose.sample(range(300), 2)
        with torch.no_grad():
            logits = theirs(torch.tensor([ids])).logits[0, position]
        whole = (logits[token] - logits[rival]).item() / math.log(2)
        assert abs(sum(ledger(model, ids, token, rival, position).values()) - whole) <= 1e-4


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
        greedy = theirs.generate(
            ids[:1, :5], max_new_tokens=30, do_sample=False, eos_token_id=None, pad_token_id=0
        )
        assert torch.equal(greedy, generate(model, ids[:1, :5], 30, temperature=0))


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("shape", SHAPES)
def test_gpt2_opens_as_ours(shape, tied, tmp_path):
    L, H, C, V = shape
    torch.manual_seed(1)
    theirs = new_gpt2(V, 40, C, L, H, tie_word_embeddings=tied).eval()
    theirs.save_pretrained(tmp_path)
    model, tokenizer = import_gpt2(tmp_path)
    ids = torch.randint(V, (2, 40))
    with torch.no_grad():
        assert (theirs(ids).logits - model(ids)).abs().max() <= 1e-4
        again = from_gpt2(to_gpt2(model), model.cfg)
        torch.testing.assert_close(again(ids), model(ids), atol=1e-4, rtol=1e-4)
    assert tokenizer is None
    assert not model.training


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 40), st.integers(1, 50), st.integers(0, 1000))
def test_the_bias_finds_room_in_the_norm(C, V, seed):
    torch.manual_seed(seed)
    x, scale, shift = torch.randn(5, C), torch.randn(C), torch.randn(C)
    head, bias = torch.randn(V, C), torch.randn(V) * 5
    expected = F.layer_norm(x, (C,), scale, shift) @ head.T + bias
    scale, shift, head = without_head_bias(scale, shift, head, bias)
    folded = F.layer_norm(x, (C,), scale, shift) @ head.T
    torch.testing.assert_close(folded, expected, atol=1e-4, rtol=1e-4)


def test_tokenizer_template_and_pipeline(tokenizer, tmp_path):
    model = ours(2, 2, 16, tokenizer.vocab_size)
    export_gpt2(tmp_path, model, tokenizer)
    theirs = AutoTokenizer.from_pretrained(tmp_path)
    messages = [
        {"role": "user", "content": "the cat?"},
        {"role": "assistant", "content": "猫"},
        {"role": "user", "content": "sat"},
    ]
    asked = theirs.apply_chat_template(messages, add_generation_prompt=True)["input_ids"]
    assert asked == prompt(messages, tokenizer)
    continue_text = pipeline("text-generation", model=str(tmp_path), tokenizer=str(tmp_path))
    continued = continue_text("the cat", max_new_tokens=5, do_sample=False)
    ids = generate(model, torch.tensor([tokenizer.encode("the cat")]), 5, temperature=0)[0].tolist()
    ends = [ids.index(end) for end in (tokenizer.end_id, tokenizer.im_end) if end in ids]
    assert continued[0]["generated_text"] == tokenizer.decode(ids[: min(ends, default=len(ids))])


@pytest.mark.parametrize("pad", ["<|pad|>", "<|endoftext|>"])
def test_a_padded_batch_is_continued_as_one_by_one(pad, tmp_path):
    special = dict.fromkeys(["<|endoftext|>", pad])
    tokenizer = train_bpe(TEXT, 280, special_tokens=[*special], progress=False)
    export_gpt2(tmp_path, ours(2, 2, 16, tokenizer.vocab_size), tokenizer)
    words, theirs = AutoTokenizer.from_pretrained(tmp_path), AutoModelForCausalLM
    theirs = theirs.from_pretrained(tmp_path)
    texts = ["the cat sat on the mat. one, two", "小"]
    no_end = {"do_sample": False, "max_new_tokens": 8, "eos_token_id": None}
    batch = words(texts, padding=True, return_tensors="pt")
    together = theirs.generate(**batch, **no_end)[:, -8:].tolist()
    singles = [words(text, return_tensors="pt") for text in texts]
    alone = [theirs.generate(**single, **no_end)[0, -8:].tolist() for single in singles]
    assert batch["attention_mask"][1].tolist() == sorted(batch["attention_mask"][1].tolist())
    assert words.pad_token == pad
    assert together == alone


def test_truncation_cuts_at_the_context(tokenizer, tmp_path):
    model = ours(1, 1, 8, tokenizer.vocab_size)
    export_gpt2(tmp_path, model, tokenizer)
    words = AutoTokenizer.from_pretrained(tmp_path)
    assert words.model_max_length == model.cfg.context_size == 40
    assert len(words("one " * 500, truncation=True)["input_ids"]) == 40


def test_ten_thousand_random_strings_give_the_same_ids(tokenizer, tmp_path):
    tokenizer.save(tmp_path)
    theirs = AutoTokenizer.from_pretrained(tmp_path)
    choose = random.Random(0)
    pools = [
        "the cat sat on ",
        " \n\t\r",
        "小企鹅住在岛上。，！",
        "😀👩‍👩‍👧é̈ñß",
        "0123456789+-=",
        "'s't're'LL",
        "\u00a0\u3000\u200b\u0000\ufeff",
        "AZaz.,!?<|>",
    ]
    texts = [
        "".join(choose.choice(choose.choice(pools)) for _ in range(choose.randint(1, 40)))
        for _ in range(10_000)
    ]
    ids = theirs(texts, add_special_tokens=False, split_special_tokens=True)["input_ids"]
    wrong = [text for text, theirs in zip(texts, ids) if theirs != tokenizer.encode(text)]
    assert not wrong, wrong[:3]


@pytest.fixture
def gpt2(tmp_path):
    new_gpt2(50, 16, 8, 1, 2).save_pretrained(tmp_path / "gpt2")
    return tmp_path / "gpt2"


def change(path, **values):
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"model_type": "llama"}, "'llama'; only 'gpt2'"),
        ({"activation_function": "relu"}, "activation_function='relu'"),
        ({"n_inner": 7}, "n_inner=7"),
        ({"scale_attn_by_inverse_layer_idx": True}, "scale_attn_by_inverse_layer_idx=True"),
        ({"n_head": 3}, r"config\.json: n_embd=8 is not divisible by n_head=3"),
        ({"n_head": None}, r"config\.json: n_head=None"),
        ({"n_positions": 16.0}, r"config\.json: n_positions=16\.0"),
        ({"n_layer": -1}, r"config\.json: n_layer=-1"),
        ({"vocab_size": "50"}, r"config\.json: vocab_size='50'"),
        ({"resid_pdrop": 1.5}, r"config\.json: resid_pdrop=1\.5"),
        ({"layer_norm_epsilon": 1e-6}, r"config\.json: layer_norm_epsilon=1e-06"),
        ({"tie_word_embeddings": "no"}, r"config\.json: tie_word_embeddings='no'"),
        ({"tie_word_embeddings": False}, r"gpt2 lacks lm_head\.weight, and tie_word_embeddings is"),
        ({"n_layer": 2}, "is missing"),
        ({"vocab_size": 51}, r"not \(51, 8\)"),
        ({"n_embd": "x"}, r"config\.json: n_embd='x'"),
    ],
)
def test_what_is_not_ours_is_refused_by_name(gpt2, values, word):
    change(gpt2 / "config.json", **values)
    with pytest.raises(ValueError, match=word):
        import_gpt2(gpt2)


def test_nothing_is_unpickled(gpt2):
    (gpt2 / "model.safetensors").rename(gpt2 / "pytorch_model.bin")
    with pytest.raises(ValueError, match="may run any program"):
        import_gpt2(gpt2)


def test_an_index_stays_in_its_folder(gpt2):
    (gpt2 / "model.safetensors").unlink()
    index = {"weight_map": {"a": "../../secret.safetensors"}}
    (gpt2 / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(ValueError, match="no file in its own folder"):
        import_gpt2(gpt2)


def test_weights_in_several_files(gpt2):
    whole = load_file(gpt2 / "model.safetensors")
    expected, _ = import_gpt2(gpt2)
    (gpt2 / "model.safetensors").unlink()
    names, files = sorted(whole), {}
    for n, part in enumerate((names[:5], names[5:])):
        files |= dict.fromkeys(part, f"part{n}.safetensors")
        save_file({name: whole[name] for name in part}, gpt2 / f"part{n}.safetensors")
    (gpt2 / "model.safetensors.index.json").write_text(json.dumps({"weight_map": files}))
    ids = torch.tensor([[1, 2, 3]])
    assert torch.equal(import_gpt2(gpt2)[0](ids), expected(ids))


def test_of_one_file_and_an_index_the_one_file_is_read(gpt2):
    expected, _ = import_gpt2(gpt2)
    index = {"weight_map": {"wte.weight": "stale.safetensors"}}
    (gpt2 / "model.safetensors.index.json").write_text(json.dumps(index))
    ids = torch.tensor([[1, 2, 3]])
    assert torch.equal(import_gpt2(gpt2)[0](ids), expected(ids))


@pytest.mark.parametrize("step", [0, 1])
def test_tokens_added_to_a_separate_vocabulary_keep_their_ids(tmp_path, step):
    gpt2 = tmp_path / "gpt2"
    sizes = {"n_positions": 8, "n_embd": 8, "n_layer": 1, "n_head": 1}
    GPT2LMHeadModel(GPT2Config(vocab_size=300, **sizes)).save_pretrained(gpt2)
    tokenizer = train_bpe("the cat " * 9, 270, ["<|endoftext|>"], progress=False)
    vocab = {to_chars(t) if isinstance(t, bytes) else t: i for t, i in tokenizer.ids.items()}
    merges = [" ".join(map(to_chars, pair)) for pair in tokenizer.merges]
    (gpt2 / "vocab.json").write_text(json.dumps(vocab))
    (gpt2 / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]))
    first = tokenizer.vocab_size + step
    added = {"<|im_end|>": first + 1, "<|im_start|>": first}
    (gpt2 / "added_tokens.json").write_text(json.dumps(added))
    notes = []
    _, ours = import_gpt2(gpt2, notes.append)
    if step:
        assert ours is None
        assert "adds tokens whose ids do not follow those of the vocabulary" in notes[0]
    else:
        theirs = GPT2Tokenizer.from_pretrained(gpt2)
        assert [ours.special[name] for name in added] == theirs.convert_tokens_to_ids(list(added))


def test_the_commands(gpt2, tmp_path, capsys):
    mine, theirs, back = (str(tmp_path / name) for name in ("mine", "theirs", "back"))
    assert main(["import", str(gpt2), "--out", mine]) == 0
    assert "no tokenizer was there" in capsys.readouterr().out
    assert main(["export", "--out", theirs, "--gguf", str(tmp_path / "m.gguf")]) == 0
    assert main(["import", theirs, "--out", back]) == 0
    assert main(["info", back]) == 0
    capsys.readouterr()
    for arguments, word in (
        (["export"], "nothing to write"),
        (["export", "--out", theirs], "exists; choose another name"),
        (["export", "--gguf", str(tmp_path / "m.gguf")], "exists; choose another name"),
        (["import", str(tmp_path), "--out", str(tmp_path / "n")], "no GPT-2 folder"),
    ):
        assert main(arguments) == 2
        assert word in capsys.readouterr().err
    assert not (tmp_path / "n").exists()


# --- the tokenizer of a GPT-2


def test_a_tokenizer_larger_than_the_model_is_refused(gpt2, tokenizer):
    tokenizer.save(gpt2)
    with pytest.raises(ValueError, match=r"the tokenizer has 280 tokens, .* vocab_size=50"):
        import_gpt2(gpt2)


def test_a_tokenizer_of_another_kind_is_left_out_and_named(gpt2, tmp_path, capsys):
    wordpiece = {"model": {"type": "WordPiece"}, "pre_tokenizer": {"type": "BertPreTokenizer"}}
    for n, (name, content, word) in enumerate(
        [
            ("vocab.json", "{}", "it has no merges.txt"),
            ("tokenizer.json", json.dumps(wordpiece), "it is WordPiece on BertPreTokenizer"),
            ("tokenizer.json", "{", "is not whole JSON"),
        ]
    ):
        (gpt2 / name).write_text(content)
        notes = []
        assert import_gpt2(gpt2, notes.append)[1] is None
        assert import_gpt2(gpt2)[1] is None
        assert len(notes) == 1 and word in notes[0]
        capsys.readouterr()
        assert main(["import", str(gpt2), "--out", str(tmp_path / str(n))]) == 0
        assert f"no tokenizer was taken, generate and chat need one: {gpt2}" in (
            out := capsys.readouterr().out
        )
        assert word in out


# --- the whole road with a GPT-2 that knows no conversations


def lines_of(path, records):
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def road(tmp_path_factory):
    """A random GPT-2 with GPT-2's own tokenizer class, and documents."""
    folder = tmp_path_factory.mktemp("road")
    special = ["<|endoftext|>"]
    small = train_bpe(TEXT, 280, special_tokens=special, progress=False)
    small.save(folder / "small")
    state = json.loads((folder / "small" / "tokenizer.json").read_text("utf-8"))["model"]
    (folder / "vocab.json").write_text(json.dumps(state["vocab"]))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(state["merges"]))
    theirs = GPT2Tokenizer.from_pretrained(folder)
    theirs.save_pretrained(folder / "gpt2")
    torch.manual_seed(2)
    new_gpt2(280, 32, 16, 2, 2).save_pretrained(folder / "gpt2")
    texts = [{"text": f"The cat sat on mat {n}. one, two, three!"} for n in range(30)]
    turns = [
        [
            {"role": "user", "content": f"Who sat on mat {n}?"},
            {"role": "assistant", "content": f"The cat {n}."},
        ]
        for n in range(30)
    ]
    lines_of(folder / "texts.jsonl", texts)
    lines_of(folder / "talk.jsonl", [*texts, *({"conversations": turn} for turn in turns)])
    assert main(["import", str(folder / "gpt2"), "--out", str(folder / "imported")]) == 0
    return folder


FAST = ["--steps", "2", "--batch-size", "2", "--compile", "no"]


def test_an_imported_gpt2_is_read_scored_and_written(road, tmp_path, capsys):
    gguf = pytest.importorskip("gguf")
    imported, texts = str(road / "imported"), str(road / "texts.jsonl")
    assert list(load(imported)[1].special) == ["<|endoftext|>"]
    assert main(["generate", imported, "--prompt", "the cat", "--max-tokens", "4"]) == 0
    assert main(["evaluate", imported, "--data", texts]) == 0
    assert "bits per byte" in capsys.readouterr().out
    out, file = str(tmp_path / "again"), str(tmp_path / "m.gguf")
    assert main(["export", imported, "--out", out, "--gguf", file]) == 0
    words, theirs = AutoTokenizer.from_pretrained(out), GPT2LMHeadModel.from_pretrained(out)
    assert words.chat_template is None
    assert (words.pad_token, words.eos_token) == ("<|endoftext|>", "<|endoftext|>")
    ids = words("the cat sat", return_tensors="pt")["input_ids"]
    start = GPT2LMHeadModel.from_pretrained(road / "gpt2").eval()
    with torch.no_grad():
        torch.testing.assert_close(theirs.eval()(ids).logits, start(ids).logits)
    assert ids[0].tolist() == AutoTokenizer.from_pretrained(road / "gpt2")("the cat sat").input_ids
    reader = gguf.GGUFReader(file)
    assert len(reader.get_field("tokenizer.ggml.tokens").contents()) == 280
    assert reader.get_field("tokenizer.chat_template") is None


def test_an_imported_gpt2_goes_the_whole_road_to_chat(road, tmp_path, capsys, monkeypatch):
    imported, pretrained, tuned = str(road / "imported"), str(tmp_path / "p"), str(tmp_path / "s")
    texts, talk = (["--data", str(road / f"{name}.jsonl")] for name in ("texts", "talk"))
    assert main(["pretrain", "--model", imported, *texts, *FAST, "--out", pretrained]) == 0
    with_tokenizer = ["--tokenizer", imported, "--preset", "nano", "--out", str(tmp_path / "new")]
    assert main(["pretrain", *with_tokenizer, *texts, *FAST]) == 0
    capsys.readouterr()
    assert main(["sft", "--model", pretrained, *talk, *FAST, "--out", tuned]) == 0
    out = capsys.readouterr().out
    assert "\nnew tokens, which begin as the mean of all others: <|im_start|>, <|im_e" in out
    model, tokenizer = load(tuned)
    before, small = load(pretrained)
    assert (tokenizer.end_id, tokenizer.vocab_size) == (small.end_id, 282)
    assert (tokenizer.im_start, tokenizer.im_end, model.cfg.vocab_size) == (280, 281, 282)
    assert tokenizer.encode(TEXT[0]) == small.encode(TEXT[0])
    assert (model.tok_emb.weight[:280] - before.tok_emb.weight).abs().max() < 0.1  # 2 small steps
    assert main(["sft", "--model", tuned, *talk, *FAST, "--out", str(tmp_path / "s2")]) == 0
    assert "new tokens" not in capsys.readouterr().out

    monkeypatch.setattr("sys.stdin", io.StringIO("Who sat?\n"))
    assert main(["chat", tuned, "--max-tokens", "3"]) == 0
    for chat in (False, True):
        assert "Who" in repr(AttentionExplorer(model, tokenizer, "Who sat?", chat=chat))
    out, file = str(tmp_path / "theirs"), str(tmp_path / "m.gguf")
    assert main(["export", tuned, "--out", out, "--gguf", file]) == 0
    asked = [{"role": "user", "content": " Who sat?"}]
    words = AutoTokenizer.from_pretrained(out)
    ids = words.apply_chat_template(asked, add_generation_prompt=True, return_tensors="pt")
    assert ids["input_ids"][0].tolist() == prompt(asked, tokenizer)
    with torch.no_grad():
        theirs = AutoModelForCausalLM.from_pretrained(out)(**ids).logits
        torch.testing.assert_close(theirs, model(ids["input_ids"]), atol=1e-4, rtol=1e-4)
    gguf = pytest.importorskip("gguf")
    tokens = gguf.GGUFReader(file).get_field("tokenizer.ggml.tokens").contents()
    assert tokens[280:] == ["<|im_start|>", "<|im_end|>"]
