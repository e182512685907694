"""A run's files: weights, moments and state come back bit for bit, and the log fits them."""

import json
import re
from dataclasses import asdict

import pytest
import torch

from minillm.formats.files import read_tensors, save_tensors
from minillm.formats.run_files import Log, RunFiles, TrainingState, load_state, read_log, save_state
from minillm.machine import Processes
from minillm.training import TrainingConfig, make_optimizers

SETTINGS = {"steps": 10, "learning_rate": 0.1 + 0.2}  # not a round number


def new_optimizers(model) -> list[torch.optim.Optimizer]:
    return make_optimizers(model, TrainingConfig(learning_rate=1e-2))


def stepped(model, steps: int = 3) -> list[torch.optim.Optimizer]:
    """Optimizers that have made a few steps with this model."""
    optimizers = new_optimizers(model)
    for step in range(steps):
        torch.manual_seed(step)
        model(torch.randint(300, (2, 12))).pow(2).mean().backward()
        for optimizer in optimizers:
            optimizer.step()
        model.zero_grad()
    return optimizers


def saved(folder, model, optimizers, state: TrainingState) -> None:
    """Save these as the state of a run."""
    with RunFiles(folder, model, optimizers, SETTINGS, Processes(), resume=False) as files:
        files.state = state
        files.save()


def resumed(folder, model, optimizers, settings=SETTINGS) -> TrainingState:
    """Go on: the model and the optimizers get what was saved, and the state comes back."""
    with RunFiles(folder, model, optimizers, settings, Processes(), resume=True) as files:
        return files.state


def assert_same_weights(one, two) -> None:
    theirs = dict(two.named_parameters())
    for name, p in one.named_parameters():
        assert torch.equal(p, theirs.pop(name)), name
    assert not theirs


def assert_same_moments(optimizers, others) -> None:
    for one, other in zip(optimizers, others, strict=True):
        states = [
            [each.state[p] for g in each.param_groups for p in g["params"]] for each in (one, other)
        ]
        for mine, theirs in zip(*states, strict=True):
            assert mine.keys() == theirs.keys()
            assert all(torch.equal(mine[key], theirs[key]) for key in mine)
            assert all(t.any() for t in mine.values())


# --- the state


def test_model_optimizers_and_state_come_back_bit_for_bit(make_model, tmp_path):
    model, other = make_model(), make_model(seed=9)
    optimizers, fresh = stepped(model), new_optimizers(other)
    saved(tmp_path, model, optimizers, TrainingState(3, 0.1 + 0.2, 1.5))
    state = resumed(tmp_path, other, fresh)
    assert (state.step, state.best) == (3, 0.1 + 0.2)
    assert 1.5 <= state.seconds < 60  # those of before, and those until it was saved
    assert_same_weights(other, model)
    assert_same_moments(optimizers, fresh)


def test_a_state_from_before_the_first_step_comes_back(make_model, tmp_path):
    model, other = make_model(), make_model(seed=9)
    saved(tmp_path, model, new_optimizers(model), TrainingState())
    fresh = new_optimizers(other)
    state = resumed(tmp_path, other, fresh)
    assert (state.step, state.best) == (0, None)
    assert_same_weights(other, model)
    assert not any(optimizer.state for optimizer in fresh)


def test_a_state_of_a_version_that_trained_all_with_adamw_is_refused(make_model, tmp_path):
    model, other = make_model(), make_model(seed=9)
    saved(tmp_path, model, stepped(model), TrainingState(3, 5.0, 1.5))
    tensors, metadata = read_tensors(tmp_path / "last.safetensors")
    for name in [name for name in tensors if name.startswith("momentum_buffer.")]:
        mean = tensors.pop(name)
        for key in ("exp_avg", "exp_avg_sq"):
            tensors[f"{key}.{name.split('.', 1)[1]}"] = mean.clone()
    save_tensors(tmp_path / "last.safetensors", tensors, metadata)
    sentence = (
        r"last\.safetensors was written by a version that trained all with AdamW, and Muon has .*r$"
    )
    with pytest.raises(ValueError, match=sentence):
        resumed(tmp_path, other, new_optimizers(other))
    assert_same_weights(other, make_model(seed=9))


NO_STEP = "last.safetensors does not say after how many steps it was written"
NO_CHECKPOINT = "last.safetensors is not a checkpoint of this project"


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ('{"best": null}', NO_STEP),
        ('{"step": "3"}', NO_STEP),
        ('{"step": -1}', NO_STEP),
        ('{"step": null}', NO_STEP),
        (
            '{"step": 3, "precision": "int2"}',
            "was written with precision='int2', which is none of ",
        ),
        ('{"step": 3, "precision": ["float32"]}', "was written with precision=['float32'], which "),
        ('{"step": 3, "best": "x"}', NO_CHECKPOINT),
        ('{"step": 3, "best": 1.0, "seconds": null}', NO_CHECKPOINT),
        ("[3]", NO_CHECKPOINT),
        ("{", NO_CHECKPOINT),
        ("[" * 100_000, NO_CHECKPOINT),
        (None, NO_CHECKPOINT),
    ],
)
def test_a_state_without_its_step_is_refused(tmp_path, state, message):
    metadata = {} if state is None else {"state": state}
    save_tensors(tmp_path / "last.safetensors", {"a": torch.zeros(1)}, metadata)
    with pytest.raises(ValueError, match=re.escape(message)):
        load_state(tmp_path, {})


def test_a_run_may_go_on_with_more_steps_and_another_warm_up(tmp_path):
    settings = {"training": {"steps": 10, "warmup": 2, "seed": 0}}
    save_state(tmp_path, {"a": torch.zeros(1)}, settings, TrainingState(step=3))
    more = {"training": {"steps": 20, "warmup": 4, "seed": 0}}
    assert load_state(tmp_path, more)[1].step == 3
    with pytest.raises(ValueError, match=r"other settings: steps=9 \(there 10\)$"):
        load_state(tmp_path, {"training": {"steps": 9, "warmup": 2, "seed": 0}})


@pytest.mark.parametrize("steps", ["many", None, [10]])
def test_a_state_with_damaged_settings_is_refused(tmp_path, steps):
    save_state(tmp_path, {"a": torch.zeros(1)}, {"training": {"steps": steps}}, TrainingState())
    with pytest.raises(ValueError, match="belongs to a run with other settings: steps=10"):
        load_state(tmp_path, {"training": {"steps": 10}})


def test_a_state_of_other_settings_is_refused_by_name(make_model, tmp_path):
    model = make_model()
    saved(tmp_path, model, stepped(model), TrainingState(3))
    for other, settings, message in [
        (make_model(), SETTINGS | {"steps": 9}, "steps=9 (there 10)"),
        (
            make_model(),
            {"steps": 20, "learning_rate": 0.5},
            "learning_rate=0.5 (there 0.30000000000000004)",
        ),
        (
            make_model(),
            {"steps": 9, "learning_rate": 0.5},
            "steps=9 (there 10), learning_rate=0.5 (there 0.30000000000000004)",
        ),
        (make_model(), SETTINGS | {"new": 1}, "new=1 (there None)"),
        (make_model(num_heads=4), SETTINGS, "num_heads=4 (there 2)"),
        (
            make_model(emb_dim=8, dropout=0.5),
            SETTINGS,
            "emb_dim=8 (there 16), dropout=0.5 (there 0.0)",
        ),
    ]:
        before = [p.clone() for p in other.parameters()]
        sentence = f"last.safetensors belongs to a run with other settings: {message}"
        with pytest.raises(ValueError, match=f"{re.escape(sentence)}$"):
            resumed(tmp_path, other, new_optimizers(other), settings)
        assert all(torch.equal(p, q) for p, q in zip(before, other.parameters()))


def test_what_is_no_state_is_refused(make_model, tmp_path):
    model = make_model()
    weights = {f"model.{name}": t for name, t in model.state_dict().items()}
    with pytest.raises(ValueError, match=r"has no last\.safetensors$"):
        resumed(tmp_path, model, new_optimizers(model))
    save_tensors(tmp_path / "last.safetensors", weights)
    with pytest.raises(ValueError, match=rf"{NO_CHECKPOINT}$"):
        resumed(tmp_path, model, new_optimizers(model))
    settings = {"model": asdict(model.cfg), "training": SETTINGS}
    save_state(tmp_path, weights, settings, TrainingState(step=3))
    missing = "exp_avg.tok_emb.weight is missing, exp_avg_sq.tok_emb.weight is missing, .* more$"
    with pytest.raises(ValueError, match=f"does not fit this model: {missing}"):
        resumed(tmp_path, model, new_optimizers(model))


# --- the log


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
    kept = [{"step": step, "loss": step / 3} for step in (1, 2, 3)]
    assert read_log(path) == [*kept, {"step": 4, "loss": 9.0}]
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


@pytest.mark.parametrize(
    "bad", ["", "[]", "{}", '{"step": "1"}', '{"step": 2, "loss": {}}', "{" * 9999]
)
def test_another_line_that_is_none_is_named_and_nothing_is_cut(tmp_path, bad):
    path = tmp_path / "log.jsonl"
    text = f'{{"step": 1}}\n{bad}\n'
    path.write_text(text)
    with pytest.raises(
        ValueError, match=r"log\.jsonl, line 2: '.{0,40}' is no line of a log; put it right"
    ):
        Log(path, step=3)
    assert path.read_text() == text


def test_a_line_can_be_read_as_soon_as_it_is_written(tmp_path):
    log = Log(tmp_path / "log.jsonl")
    log.write({"step": 1})
    assert read_log(tmp_path / "log.jsonl") == [{"step": 1}]
    log.close()


def test_the_settings_are_read_as_they_were_written(tmp_path):
    settings = {"model": {"a": 1}, "training": {"b": [0.1, None, "c"]}}
    save_state(tmp_path, {"t": torch.arange(3)}, settings, TrainingState(2, 0.5, 1.0))
    tensors, state = load_state(tmp_path, settings)
    assert torch.equal(tensors["t"], torch.arange(3))
    assert state == TrainingState(2, 0.5, 1.0)
    _, metadata = read_tensors(tmp_path / "last.safetensors")
    assert {name: json.loads(text) for name, text in metadata.items()} == {
        **settings,
        "state": {"step": 2, "best": 0.5, "seconds": 1.0, "precision": ""},
    }
