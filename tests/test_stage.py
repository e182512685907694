"""A run's folder and its stages: come back to, never taken over, never shared."""

import json
import os
import re
import shutil

import pytest

from minillm.machine import Processes
from minillm.runs.stage import open_run, prepare_stage, run_stage
from minillm.tokenizer import BPETokenizer
from minillm.tokenizer_training import train_bpe
from minillm.training import TrainingConfig

SETTINGS = {"model": {"layers": 2}, "training": {"steps": 3, "seed": 0}, "data": ["a.txt"]}
NEW = {"format": 3, **SETTINGS}
ALONE = Processes()


class StoppedError(Exception):
    """What ends a run before it is done."""


def begin(folder, settings=SETTINGS) -> None:
    """Open a run, and stop before it is done."""
    with pytest.raises(StoppedError), open_run(folder, settings, ALONE):
        raise StoppedError


def refused(folder, settings=SETTINGS) -> str:
    """The sentence with which a folder is refused."""
    with pytest.raises(ValueError, match="choose another folder") as error:  # noqa: SIM117
        with open_run(folder, settings, ALONE):
            raise AssertionError("the body was run")
    assert "\n" not in str(error.value)
    return str(error.value)


# --- the folder of a run


def test_a_run_is_come_back_to_with_its_own_settings_only(tmp_path):
    folder = tmp_path / "run"
    for _ in range(2):
        begin(folder)
        assert json.loads((folder / "run.json").read_text()) == NEW
    for changed, name in (
        ({"training": {"steps": 2, "seed": 0}}, "training.steps (3 there, 2 now)"),
        ({"training": {"steps": 3, "seed": 0, "new": 1}}, "training.new (None there, 1 now)"),
        ({"data": []}, "data ("),
        ({"model": "a/folder"}, "model ("),
    ):
        sentence = f"run holds an unfinished run with another {name}"
        assert sentence in refused(folder, SETTINGS | changed)
    with open_run(folder, SETTINGS, ALONE):
        assert not (folder / "done").exists()
    assert (folder / "done").exists()
    assert "holds a finished run" in refused(folder)


@pytest.mark.parametrize("left", [".run.json.minillm-partial/run.json", ".lock", ".lock.holder"])
def test_what_a_kill_in_the_first_moment_leaves_is_no_obstacle(tmp_path, left):
    (tmp_path / left).parent.mkdir(exist_ok=True)
    (tmp_path / left).write_text('{"mo')
    begin(tmp_path)
    assert json.loads((tmp_path / "run.json").read_text()) == NEW


def test_what_a_killed_writer_left_is_gone_when_the_run_goes_on(tmp_path):
    begin(tmp_path)
    left = tmp_path / "sft" / ".last.safetensors.minillm-partial" / "last.safetensors"
    left.parent.mkdir(parents=True)
    left.write_text("half")
    begin(tmp_path)
    assert list((tmp_path / "sft").iterdir()) == []


def test_a_folder_of_other_things_is_not_taken_over(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    assert "is there and is not a run" in refused(tmp_path)
    assert os.listdir(tmp_path) == ["thesis.txt"]


def test_a_run_of_the_format_before_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "run.json").write_text(json.dumps(SETTINGS))
    assert refused(tmp_path) == (
        f"{tmp_path} was begun by another version of minillm, which trained otherwise; "
        "its models still load, but choose another folder with --out to train"
    )
    (tmp_path / "run.json").write_text(json.dumps({**NEW, "format": 4}))
    assert "another version" in refused(tmp_path)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (b"", "run.json is not whole JSON"),
        (b"[]", "run.json holds '[]', not a JSON object"),
        (b"null", "run.json holds 'None', not a JSON object"),
        (b'{"training": 3}', "was begun by another version"),
        (b'{"format": 3, "training": 3}', "training (3 there, "),
        (b"\xff", "run.json is not JSON: it is not UTF-8 text"),
    ],
)
def test_a_damaged_run_is_refused_and_left_alone(tmp_path, damage, message):
    (tmp_path / "run.json").write_bytes(damage)
    with (
        pytest.raises(ValueError, match=re.escape(message)) as error,
        open_run(tmp_path, SETTINGS, ALONE),
    ):
        pass
    assert "\n" not in str(error.value)
    assert (tmp_path / "run.json").read_bytes() == damage
    assert not (tmp_path / "done").exists()


def test_two_commands_never_write_to_one_folder(tmp_path):
    busy = rf"run is being written to by process {os.getpid()}; wait for it$"
    with open_run(tmp_path / "run", SETTINGS, ALONE):
        with pytest.raises(ValueError, match=busy), open_run(tmp_path / "run", SETTINGS, ALONE):
            pass
        assert not (tmp_path / "run" / "done").exists()
    assert (tmp_path / "run" / "done").exists()


def test_only_rank_0_touches_the_folder(tmp_path):
    with open_run(tmp_path / "run", SETTINGS, Processes(rank=1, size=2)):
        pass
    assert os.listdir(tmp_path) == []


# --- a stage


def test_a_stage_leaves_its_files_and_is_done_once(tmp_path, make_model, tokenizer, text):
    cfg = TrainingConfig(
        steps=3, batch_size=2, micro_batch=2, warmup=1, eval_every=2, precision="float32",
        compile="no", device="cpu",
    )  # fmt: skip
    folder, documents = tmp_path / "run", text.splitlines()

    def run():
        files = prepare_stage(folder, tokenizer, documents, documents[:2], progress=False)
        return run_stage(folder, make_model(), files, cfg, tokenizer.pad_id, progress=False)

    state = run()
    assert state.step == 3
    files = [path for path in folder.rglob("*") if path.is_file()]
    tokens = ("ends.bin", "ids.bin", "meta.json")
    assert {path.relative_to(folder).as_posix() for path in files} == {
        *(f"data/{part}/{name}" for part in ("train", "valid") for name in tokens),
        *("config.json", "model.safetensors", "last.safetensors", "log.jsonl", "done"),
        *("tokenizer.json", "tokenizer_config.json"),
    }
    assert "chat_template" in (folder / "tokenizer_config.json").read_text()
    before = {path: path.read_bytes() for path in files}
    assert run() == state
    assert {path: path.read_bytes() for path in files} == before


@pytest.mark.parametrize("part", ["train", "valid"])
def test_a_part_with_nothing_to_learn_is_refused(tmp_path, tokenizer, part):
    question = {"role": "user", "content": "Who swims?"}
    answered = [question, {"role": "assistant", "content": "The seal swims."}]
    documents = {"train": [answered], "valid": [answered], part: [[question]]}
    with pytest.raises(ValueError, match=rf"data/{part} has no token to learn: .* there are none$"):
        prepare_stage(tmp_path, tokenizer, documents["train"], documents["valid"], progress=False)


# --- what a run remembers


def test_a_run_whose_text_has_changed_is_refused_by_name(tmp_path):
    begin(tmp_path / "run", SETTINGS | {"text": "then"})
    assert "begun with another text" in refused(tmp_path / "run", SETTINGS | {"text": "now"})


def test_one_stage_may_be_given_more_steps_finished_or_not(tmp_path):
    more = SETTINGS | {"training": {"steps": 5, "seed": 0}}
    with open_run(tmp_path / "run", SETTINGS, ALONE):
        pass
    begin(tmp_path / "run", more)  # finished, and opened again
    assert json.loads((tmp_path / "run" / "run.json").read_text())["training"]["steps"] == 5
    assert not (tmp_path / "run" / "done").exists()
    assert "training.steps" in refused(tmp_path / "run")  # not fewer
    seed = SETTINGS | {"training": {"steps": 9, "seed": 1}}
    assert "training.seed" in refused(tmp_path / "run", seed)


def test_a_part_that_asks_for_nothing_is_refused_before_training(tmp_path, tokenizer):
    chat = [{"role": "user", "content": "谁?"}, {"role": "assistant", "content": "小企鹅"}]
    with pytest.raises(ValueError, match=r"valid has no token to learn: .* there are none$"):
        prepare_stage(tmp_path, tokenizer, [chat], [chat[:1]], progress=False)
    assert not (tmp_path / "last.safetensors").exists()


def test_tokens_of_another_tokenizer_are_not_used(tmp_path, tokenizer):
    texts = ["The penguin likes fish."]
    prepare_stage(tmp_path, tokenizer, texts, texts, progress=False)
    (tmp_path / "tokenizer.json").unlink()
    other = train_bpe("The seal swims. " * 5, 270, progress=False)
    with pytest.raises(
        ValueError, match="train was made with another tokenizer; put that one back"
    ):
        prepare_stage(tmp_path, other, texts, texts, progress=False)


def test_a_stage_keeps_the_tokenizer_that_it_began_with(tmp_path, tokenizer):
    texts = ["The penguin likes fish."]
    prepare_stage(tmp_path, tokenizer, texts, texts, progress=False)
    shutil.rmtree(tmp_path / "data")  # stopped while tokens were written
    other = train_bpe("The seal swims. " * 5, 270, progress=False)
    with pytest.raises(ValueError, match="begun with another tokenizer"):
        prepare_stage(tmp_path, other, texts, texts, progress=False)
    assert BPETokenizer.load(tmp_path).fingerprint == tokenizer.fingerprint


def test_a_new_run_whose_data_is_refused_leaves_its_folder_free(tmp_path, tokenizer):
    chat = [{"role": "user", "content": "谁?"}]
    for _ in range(2):
        with pytest.raises(ValueError, match="no token to learn"):  # noqa: SIM117
            with open_run(tmp_path / "run", SETTINGS, ALONE):
                prepare_stage(tmp_path / "run" / "sft", tokenizer, [chat], [chat], progress=False)
        assert not (tmp_path / "run" / "run.json").exists()
    begin(tmp_path / "run", SETTINGS | {"text": "better"})


def test_what_else_differs_is_named_when_more_steps_are_asked_for(tmp_path):
    with open_run(tmp_path / "run", SETTINGS, ALONE):
        pass
    more = {"training": {"steps": 9, "seed": 1}}
    assert "a finished run with another training.seed (" in refused(
        tmp_path / "run", SETTINGS | more
    )


def test_more_steps_survive_a_kill_at_any_moment(tmp_path):
    """`done` goes before the new settings are written: what a kill leaves is an unfinished run."""
    with open_run(tmp_path / "run", SETTINGS, ALONE):
        pass
    (tmp_path / "run" / "done").unlink()
    begin(tmp_path / "run", SETTINGS | {"training": {"steps": 9, "seed": 0}})
