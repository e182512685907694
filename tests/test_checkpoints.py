"""Checkpoints: a model comes back bit for bit, and only where it fits; a model is found by name."""

import json
import re
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from minillm.formats.checkpoints import (
    SHIPPED,
    assign,
    find_model,
    load,
    load_config,
    load_model,
    save_model,
    ship,
)
from minillm.formats.run_files import Log


def assert_same_weights(one, two) -> None:
    theirs = dict(two.named_parameters())
    for name, p in one.named_parameters():
        assert torch.equal(p, theirs.pop(name)), name
    assert not theirs


# --- a model


def test_a_model_comes_back_bit_for_bit_in_eval_mode(make_model, tmp_path):
    model = make_model(dropout=0.25)
    save_model(tmp_path / "new" / "folder", model)
    loaded = load_model(tmp_path / "new" / "folder")
    assert loaded.cfg == model.cfg == load_config(tmp_path / "new" / "folder")
    assert_same_weights(loaded, model)
    assert not any(module.training for module in loaded.modules())
    assert all(p.requires_grad for p in loaded.parameters())


def test_float16_halves_the_file_and_rounds(make_model, tmp_path):
    model, sizes = make_model(), {}
    for name, dtype in (("full", torch.float32), ("half", torch.float16)):
        save_model(tmp_path / name, model, dtype=dtype)
        sizes[name] = (tmp_path / name / "model.safetensors").stat().st_size
    assert 0.5 < sizes["half"] / sizes["full"] < 0.55
    for p, rounded in zip(model.parameters(), load_model(tmp_path / "half").parameters()):
        assert rounded.dtype == torch.float32
        assert torch.equal(rounded, p.half().float())


def test_model_and_tokenizer_come_back_together(make_model, tokenizer, tmp_path):
    save_model(tmp_path, make_model(), tokenizer)
    model, same = load(tmp_path)
    assert_same_weights(model, make_model())
    assert same.ids == tokenizer.ids
    assert same.merges == tokenizer.merges


def test_loading_draws_no_random_numbers_and_computes_no_start(make_model, tmp_path, monkeypatch):
    model, devices = make_model(), []
    save_model(tmp_path, model)
    for name in ("normal_", "uniform_"):
        fill = getattr(torch.Tensor, name)
        monkeypatch.setattr(
            torch.Tensor,
            name,
            lambda t, *args, fill=fill, **named: (
                devices.append(t.device.type) or fill(t, *args, **named)
            ),
        )
    before = torch.get_rng_state()
    loaded = load_model(tmp_path)
    assert torch.equal(torch.get_rng_state(), before)
    assert devices == []
    assert_same_weights(loaded, model)
    make_model(fresh=True)
    assert "cpu" in devices  # so a start that is computed would be seen


def test_a_loaded_model_shares_no_memory_with_its_file(make_model, tmp_path):
    save_model(tmp_path, make_model())
    with torch.no_grad():
        load_model(tmp_path).out.bias.fill_(7)
    assert_same_weights(load_model(tmp_path), make_model())


def test_weights_of_version_0_1_load(make_model, tmp_path):
    model = make_model()
    save_model(tmp_path, model)

    def old_names(tensors):
        for name in list(tensors):
            old = name.replace(".ff.linear1.", ".ff.layers.0.")
            old = old.replace(".ff.linear2.", ".ff.layers.2.")
            tensors[old] = tensors.pop(name)
        assert "blocks.1.ff.layers.2.bias" in tensors

    rewrite(tmp_path, old_names)
    assert_same_weights(load_model(tmp_path), model)


def test_a_tokenizer_with_more_tokens_than_the_model_is_refused(make_model, tokenizer, tmp_path):
    save_model(tmp_path, make_model(vocab_size=299), tokenizer)
    with pytest.raises(ValueError, match=r"the tokenizer has 300 tokens, the model vocab_size=299"):
        load(tmp_path)


def rewrite(folder: Path, change) -> None:
    tensors = load_file(folder / "model.safetensors")
    change(tensors)
    save_file(tensors, folder / "model.safetensors")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.pop("norm.scale"), "norm.scale is missing"),
        (lambda t: t.update(extra=torch.zeros(1)), "extra is unknown"),
        (
            lambda t: t.update({"norm.scale": torch.zeros(17)}),
            r"norm.scale is \(17,\), not \(16,\)",
        ),
        (
            lambda t: t.update({"wte": t.pop("tok_emb.weight")}),
            "tok_emb.weight is missing, wte is unknown",
        ),
        (
            lambda t: [t.pop(name) for name in list(t)[1:]],
            r"is missing(, [\w.]+ is missing){3} and \d+ more",
        ),
    ],
)
def test_weights_that_do_not_fit_are_refused_with_the_names_that_differ(
    make_model, tmp_path, change, message
):
    save_model(tmp_path, make_model())
    rewrite(tmp_path, change)
    sentence = rf"model\.safetensors does not fit this model: .*{message}$"
    with pytest.raises(ValueError, match=sentence) as error:
        load_model(tmp_path)
    assert "\n" not in str(error.value)


def test_tensors_are_assigned_by_name_all_or_none():
    into = {"a": torch.zeros(2), "b": torch.zeros(3)}
    with pytest.raises(ValueError, match=r"^here does not fit this model: b is missing$"):
        assign(into, {"a": torch.ones(2)}, "here")
    assert not into["a"].any()
    assign(into, {"a": torch.ones(2), "b": torch.full((3,), 2.0)}, "here")
    assert into["a"].tolist() + into["b"].tolist() == [1, 1, 2, 2, 2]
    copied = []
    assign(into, into, "here", copy=lambda to, t: copied.append((to is t, len(t))))
    assert copied == [(True, 2), (True, 3)]


def test_damaged_files_are_refused_in_one_sentence(make_model, tmp_path):
    save_model(tmp_path, make_model())
    weights, config = tmp_path / "model.safetensors", tmp_path / "config.json"
    whole, values = weights.read_bytes(), json.loads(config.read_text())
    for damaged in (whole[:-1], whole[:5], b"", b"x" * 100):
        weights.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"model\.safetensors is damaged or no safetensors"):
            load_model(tmp_path)
    weights.unlink()
    with pytest.raises(ValueError, match=r"has no model\.safetensors$"):
        load_model(tmp_path)
    needs = "is not a config of this project; it needs model_name, version, num_hidden_layers, "
    for damaged, message in [
        ("{", "is not whole JSON"),
        ("[]", r"holds '\[\]', not a JSON object$"),
        (json.dumps(values | {"n_layer": 3}), needs),
        (json.dumps({"emb_dim": 16}), needs),
        (
            json.dumps(values | {"model_name": ["a"]}),
            r"config\.json: model_name=\['a'\] is not a text",
        ),
        (json.dumps(values | {"num_heads": 3}), "emb_dim=16 is not divisible by num_heads=3"),
    ]:
        config.write_text(damaged)
        with pytest.raises(ValueError, match=message):
            load_config(tmp_path)
    config.unlink()
    with pytest.raises(ValueError, match=r"is no model folder: it has no config\.json$"):
        load_model(tmp_path)


# --- where a model is found


@pytest.fixture
def run(make_model, tokenizer, tmp_path):
    """A run's folder with both stages, as far as loading goes."""
    for seed, stage in enumerate(("pretrain", "sft")):
        save_model(tmp_path / "run" / stage, make_model(seed=seed), tokenizer)
    return tmp_path / "run"


def test_a_model_is_found_in_its_own_folder_or_in_a_stage_of_a_run(run):
    assert find_model(run) == run / "sft"
    assert find_model(str(run), "pretrain") == run / "pretrain"
    assert find_model(run / "pretrain", "sft") == run / "pretrain"  # its own folder is meant


def test_a_model_that_comes_along_is_found_by_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_model() == find_model("mini") == SHIPPED / "mini" / "sft"
    assert find_model(None, "pretrain") == SHIPPED / "mini" / "pretrain"


def test_a_folder_here_comes_before_a_model_that_comes_along(run, monkeypatch):
    run.rename(run.with_name("mini"))
    monkeypatch.chdir(run.parent)
    assert find_model("mini", "sft") == Path("mini/sft")
    assert find_model(None, "sft") == SHIPPED / "mini" / "sft"


@pytest.mark.parametrize("name", ["nowhere", "sub/mini", "mini/sft", "../weights/mini"])
def test_a_model_that_is_not_there_is_refused_with_the_names_that_are(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sentence = f"{name} does not exist; a folder that `minillm train` wrote is needed"
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}.* along \\(.*mini.*\\)$"):
        find_model(name)


def test_a_folder_without_the_stage_is_refused_with_the_one_that_is_there(run, tmp_path):
    (run / "sft" / "config.json").unlink()
    only = f"{run} holds no sft model, only pretrain: name {run / 'pretrain'} to use that"
    with pytest.raises(ValueError, match=f"^{re.escape(only)}$"):
        find_model(run)
    with pytest.raises(ValueError, match=r" holds no pretrain model, no config\.json$"):
        find_model(tmp_path, "pretrain")


def test_a_run_is_shipped_rounded_without_what_only_training_needs(run, tmp_path):
    for name in ("run.json", "report.md", "loss.svg", "done"):
        (run / name).write_text(name)
    for stage in ("pretrain", "sft"):
        Log(run / stage / "log.jsonl").close()
        (run / stage / "last.safetensors").touch()
    ship(run, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "loss.svg",
        "pretrain",
        "report.md",
        "run.json",
        "sft",
    ]
    assert not list((tmp_path / "out").rglob("last.safetensors"))
    for stage in ("pretrain", "sft"):
        shipped, tokenizer = load(tmp_path / "out", stage)
        for p, rounded in zip(load(run / stage)[0].parameters(), shipped.parameters()):
            assert torch.equal(rounded, p.half().float())
        assert tokenizer.vocab_size == 300
