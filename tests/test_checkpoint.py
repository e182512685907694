"""The promises of checkpoints: what is saved comes back bit for bit, whole or not at all, and only where it fits."""

import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

import minillm
from minillm import checkpoint
from minillm.checkpoint import Log, load, load_config, load_model, load_state, read_log, save_model, save_state


@dataclass(frozen=True)
class Settings:
    """What a run was started with, as far as a checkpoint cares."""

    steps: int = 10
    learning_rate: float = 0.1 + 0.2  # not a round number


def stepped(model, steps: int = 3) -> torch.optim.AdamW:
    """An optimizer that has made a few steps with this model."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2, fused=True)
    for step in range(steps):
        torch.manual_seed(step)
        model(torch.randint(300, (2, 12))).pow(2).mean().backward()
        optimizer.step()
        optimizer.zero_grad()
    return optimizer


def assert_same_weights(one, two) -> None:
    theirs = dict(two.named_parameters())
    for name, p in one.named_parameters():
        assert torch.equal(p, theirs.pop(name)), name
    assert not theirs


# --- a model ------------------------------------------------------------------------------------------------------------

def test_a_model_comes_back_bit_for_bit_in_eval_mode(make_model, tmp_path):
    model = make_model(dropout=0.25)
    save_model(tmp_path / "new" / "folder", model)
    loaded = load_model(tmp_path / "new" / "folder")
    assert loaded.cfg == model.cfg == load_config(tmp_path / "new" / "folder")
    assert_same_weights(loaded, model)
    assert not loaded.training


def test_float16_halves_the_file_and_rounds(make_model, tmp_path):
    model = make_model()
    save_model(tmp_path / "full", model)
    save_model(tmp_path / "half", model, dtype=torch.float16)
    sizes = {name: (tmp_path / name / "model.safetensors").stat().st_size for name in ("full", "half")}
    assert 0.5 < sizes["half"] / sizes["full"] < 0.55
    for p, rounded in zip(model.parameters(), load_model(tmp_path / "half").parameters()):
        assert rounded.dtype == torch.float32 and torch.equal(rounded, p.half().float())


def test_model_and_tokenizer_come_back_together(make_model, tokenizer, tmp_path):
    save_model(tmp_path, make_model(), tokenizer)
    model, same = load(tmp_path)
    assert_same_weights(model, make_model())
    assert same.ids == tokenizer.ids and same.merges == tokenizer.merges


def test_a_tokenizer_with_more_tokens_than_the_model_is_refused(make_model, tokenizer, tmp_path):
    save_model(tmp_path, make_model(vocab_size=299), tokenizer)
    with pytest.raises(ValueError, match="the tokenizer has 300 tokens, the model vocab_size=299$"):
        load(tmp_path)


def rewrite(folder: Path, change) -> None:
    tensors = load_file(folder / "model.safetensors")
    change(tensors)
    save_file(tensors, folder / "model.safetensors")


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda t: t.pop("norm.scale"), "norm.scale is missing"),
        (lambda t: t.update(extra=torch.zeros(1)), "extra is unknown"),
        (lambda t: t.update({"norm.scale": torch.zeros(17)}), r"norm.scale is \(17,\), not \(16,\)"),
        (lambda t: t.update({"wte": t.pop("tok_emb.weight")}), "tok_emb.weight is missing, wte is unknown"),
        (lambda t: [t.pop(name) for name in list(t)[1:]], r"is missing(, [\w.]+ is missing){3} and \d+ more"),
    ],
)
def test_weights_that_do_not_fit_are_refused_with_the_names_that_differ(make_model, tmp_path, change, message):
    save_model(tmp_path, make_model())
    rewrite(tmp_path, change)
    with pytest.raises(ValueError, match=f"model.safetensors does not fit this model: .*{message}$") as error:
        load_model(tmp_path)
    assert "\n" not in str(error.value)


def test_damaged_files_are_refused_in_one_sentence(make_model, tmp_path):
    save_model(tmp_path, make_model())
    weights, config = (tmp_path / "model.safetensors").read_bytes(), (tmp_path / "config.json").read_text()
    for damaged in (weights[:-1], weights[:5], b"", b"x" * 100):
        (tmp_path / "model.safetensors").write_bytes(damaged)
        with pytest.raises(ValueError, match="model.safetensors is damaged or no safetensors file"):
            load_model(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(ValueError, match="has no model.safetensors$"):
        load_model(tmp_path)
    values = json.loads(config)
    for damaged, message in [
        ("{", "can't be read as JSON"),
        ("[]", "is not a config of this project; it needs model_name, version, num_hidden_layers"),
        (json.dumps(values | {"n_layer": 3}), "is not a config of this project"),
        (json.dumps({"emb_dim": 16}), "is not a config of this project"),
        (json.dumps(values | {"num_heads": 3}), "emb_dim=16 is not divisible by num_heads=3"),
    ]:
        (tmp_path / "config.json").write_text(damaged)
        with pytest.raises(ValueError, match=message):
            load_config(tmp_path)
    (tmp_path / "config.json").unlink()
    with pytest.raises(ValueError, match="is no model folder: it has no config.json$"):
        load_model(tmp_path)


def test_a_save_that_fails_half_way_leaves_the_old_file_and_no_other(make_model, tmp_path, monkeypatch):
    old, new = make_model(seed=1), make_model(seed=2)
    save_model(tmp_path, old)
    save_state(tmp_path, old, stepped(old), Settings(), {"step": 3})
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def half(tensors, path, metadata=None):
        Path(path).write_bytes(b"half a file")
        Path(path).with_name(".tmpAbCdEf").write_bytes(b"the library's own")
        raise OSError("No space left on device")

    monkeypatch.setattr(checkpoint, "save_file", half)
    with pytest.raises(OSError, match="No space left"):
        save_model(tmp_path, new)
    with pytest.raises(OSError, match="No space left"):
        save_state(tmp_path, new, stepped(new), Settings(), {"step": 4})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_a_killed_save_left_goes_with_the_next(make_model, tmp_path, monkeypatch):
    class Killed(BaseException): ...

    def half(tensors, path, metadata=None):
        Path(path).with_name(".tmpAbCdEf").write_bytes(b"half a file")
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(checkpoint, "save_file", half)
        patch.setattr(checkpoint.shutil, "rmtree", lambda *_, **__: None)  # a killed process puts nothing in order
        save_model(tmp_path, make_model())
    assert [path for path in tmp_path.rglob("*") if path.name == ".tmpAbCdEf"] != []
    save_model(tmp_path, make_model())
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["config.json", "model.safetensors"]


def test_all_files_may_be_read_by_the_same_people(make_model, tmp_path):
    save_model(tmp_path, make_model())
    assert (tmp_path / "model.safetensors").stat().st_mode == (tmp_path / "config.json").stat().st_mode


# --- the state of a run --------------------------------------------------------------------------------------------------

def test_model_optimizer_and_state_come_back_bit_for_bit(make_model, tmp_path):
    model = make_model()
    optimizer = stepped(model)
    state = {"step": 3, "best": 0.1 + 0.2, "seconds": 1.5}
    save_state(tmp_path, model, optimizer, Settings(), state)
    other = make_model(seed=9)
    fresh = torch.optim.AdamW(other.parameters(), lr=1e-2, fused=True)
    assert load_state(tmp_path, other, fresh, Settings()) == state
    assert_same_weights(other, model)
    for p, q in zip(model.parameters(), other.parameters()):
        for key in ("step", "exp_avg", "exp_avg_sq"):
            assert torch.equal(optimizer.state[p][key], fresh.state[q][key]), key


def test_a_state_from_before_the_first_step_comes_back(make_model, tmp_path):
    model, other = make_model(), make_model(seed=9)
    save_state(tmp_path, model, stepped(model, steps=0), Settings(), {"step": 0})
    assert load_state(tmp_path, other, stepped(other, steps=0), Settings()) == {"step": 0}
    assert_same_weights(other, model)


@pytest.mark.parametrize("state", [{}, {"step": "3"}, {"step": -1}, {"step": None}])
def test_a_state_without_its_step_is_refused(make_model, tmp_path, state):
    model = make_model()
    save_state(tmp_path, model, stepped(model), Settings(), state)
    with pytest.raises(ValueError, match="last.safetensors does not say after how many steps it was written"):
        load_state(tmp_path, model, stepped(model), Settings())


def test_a_state_of_other_settings_is_refused_by_name(make_model, tmp_path):
    model = make_model()
    save_state(tmp_path, model, stepped(model), Settings(), {"step": 3})
    for other, settings, message in [
        (make_model(), Settings(steps=20), r"steps=20 \(there 10\)"),
        (make_model(), replace(Settings(), steps=9, learning_rate=0.5), r"steps=9 \(there 10\), learning_rate=0.5 \(there 0.30000000000000004\)"),
        (make_model(num_heads=4), Settings(), r"num_heads=4 \(there 2\)"),
        (make_model(emb_dim=8, dropout=0.5), Settings(), r"emb_dim=8 \(there 16\), dropout=0.5 \(there 0.0\)"),
    ]:
        before = [p.clone() for p in other.parameters()]
        with pytest.raises(ValueError, match=f"last.safetensors belongs to a run with other settings: {message}$"):
            load_state(tmp_path, other, torch.optim.AdamW(other.parameters()), settings)
        assert all(torch.equal(p, q) for p, q in zip(before, other.parameters()))


def test_what_is_no_state_is_refused(make_model, tmp_path):
    model = make_model()
    optimizer = stepped(model)
    with pytest.raises(ValueError, match="has no last.safetensors$"):
        load_state(tmp_path, model, optimizer, Settings())
    save_model(tmp_path, model)
    (tmp_path / "model.safetensors").rename(tmp_path / "last.safetensors")
    with pytest.raises(ValueError, match="last.safetensors is not a checkpoint of this project$"):
        load_state(tmp_path, model, optimizer, Settings())
    metadata = {"training": json.dumps(asdict(Settings())), "model": json.dumps(asdict(model.cfg)), "state": '{"step": 3}'}
    save_file({f"model.{name}": p.detach() for name, p in model.named_parameters()}, tmp_path / "last.safetensors", metadata)
    with pytest.raises(ValueError, match="does not fit this model: exp_avg.tok_emb.weight is missing, exp_avg_sq.tok_emb.weight is missing, .* and .* more$"):
        load_state(tmp_path, model, optimizer, Settings())


# --- the log ---------------------------------------------------------------------------------------------------------------

def test_a_log_is_cut_behind_the_step_that_a_run_goes_on_from(tmp_path):
    path = tmp_path / "run" / "log.jsonl"
    log = Log(path)
    for step in range(1, 6):
        log.write({"step": step, "loss": step / 3})
    log.write({"step": 5, "valid_loss": 0.5})
    log.close()
    log = Log(path, step=3)
    log.write({"step": 4, "loss": 9.0})
    log.close()
    assert read_log(path) == [{"step": s, "loss": s / 3} for s in (1, 2, 3)] + [{"step": 4, "loss": 9.0}]
    Log(path).close()  # from the start
    assert read_log(path) == []


def test_half_a_line_at_the_end_of_a_log_is_left_out_and_cut(tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text('{"step": 1}\n{"step": 2}\n{"st')
    assert read_log(path) == [{"step": 1}, {"step": 2}]
    log = Log(path, step=2)
    log.write({"step": 3})
    log.close()
    assert path.read_text() == '{"step": 1}\n{"step": 2}\n{"step": 3}\n'


def test_a_line_can_be_read_as_soon_as_it_is_written(tmp_path):
    log = Log(tmp_path / "log.jsonl")
    log.write({"step": 1})
    assert read_log(tmp_path / "log.jsonl") == [{"step": 1}]
    log.close()


# --- nothing is unpickled ----------------------------------------------------------------------------------------------

def test_nothing_in_the_package_unpickles():
    for path in Path(minillm.__file__).parent.rglob("*.py"):
        found = re.search(r"torch\.load\b|allow_pickle|(import|from) (c?pickle|dill|joblib|shelve|marshal)\b", path.read_text(encoding="utf-8"))
        assert not found, f"{path}: {found.group()}"
