"""Files: whole or not at all, one writer to a folder, and nothing is ever unpickled."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import minillm
from minillm.formats.checkpoints import save_model
from minillm.formats.files import (
    locked,
    new_folder,
    read_json,
    remove_partial,
    replacing,
    save_tensors,
    write_json,
    write_text,
)
from minillm.formats.run_files import TrainingState, save_state

# --- whole or not at all


def test_a_failed_write_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "tokenizer.json"
    path.write_text("old")

    def write_half():
        with replacing(path) as temporary:
            temporary.write_text("ne")
            assert path.read_text() == "old"
            assert temporary.parent.parent == tmp_path  # on the same disk
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_half()
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["tokenizer.json"]
    with replacing(path) as temporary:
        temporary.write_text("new")
    assert path.read_text() == "new"
    assert os.listdir(tmp_path) == ["tokenizer.json"]


def test_a_save_that_fails_half_way_leaves_the_old_file_and_no_other(
    make_model, tmp_path, monkeypatch
):
    save_model(tmp_path, make_model(seed=1))
    save_state(tmp_path, {"a": torch.zeros(3)}, {}, TrainingState(step=3))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def half(tensors, path, metadata=None):
        Path(path).write_bytes(b"half a file")
        Path(path).with_name(".tmpAbCdEf").write_bytes(b"the library's own")
        raise OSError("No space left on device")

    monkeypatch.setattr("safetensors.torch.save_file", half)
    with pytest.raises(OSError, match="No space left"):
        save_model(tmp_path, make_model(seed=2))
    with pytest.raises(OSError, match="No space left"):
        save_state(tmp_path, {"a": torch.ones(3)}, {}, TrainingState(step=4))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_a_killed_save_left_goes_with_the_next(tmp_path, monkeypatch):
    class Killed(BaseException): ...

    def half(tensors, path, metadata=None):
        Path(path).with_name(".tmpAbCdEf").write_bytes(b"half a file")
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("safetensors.torch.save_file", half)
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)  # a killed process cleans nothing up
        with pytest.raises(Killed):
            save_tensors(tmp_path / "a.safetensors", {"a": torch.zeros(3)})
    assert [path for path in tmp_path.rglob("*") if path.name == ".tmpAbCdEf"] != []
    save_tensors(tmp_path / "a.safetensors", {"a": torch.zeros(3)})
    assert [path.name for path in tmp_path.rglob("*")] == ["a.safetensors"]


def test_all_files_may_be_read_by_the_same_people(make_model, tmp_path):
    save_model(tmp_path, make_model())
    names = ("model.safetensors", "config.json")
    weights, config = ((tmp_path / name).stat().st_mode for name in names)
    assert weights == config


def test_a_new_folder_gets_its_name_when_it_is_whole(tmp_path):
    def fill(words: str):
        with new_folder(tmp_path / "out") as folder:
            (folder / "a").write_text(words)
            assert not (tmp_path / "out").exists()
            if words == "half":
                raise OSError("disk full")

    left = tmp_path / ".out.minillm-partial" / "out"  # by an interrupted command
    left.mkdir(parents=True)
    (left / "b").touch()
    with pytest.raises(OSError, match="disk full"):
        fill("half")
    assert os.listdir(tmp_path) == []
    fill("whole")
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "a"]
    with pytest.raises(ValueError, match=r"out exists; choose another name, or delete it first$"):
        fill("again")
    assert (tmp_path / "out" / "a").read_text() == "whole"


def test_two_names_of_one_folder_are_one(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with new_folder(tmp_path / "real" / "out") as new:
        with pytest.raises(ValueError, match="out is being written to by"):
            new_folder(tmp_path / "link" / "out").__enter__()
        assert new.exists()


@pytest.mark.parametrize("writer", [replacing, new_folder])
def test_of_two_writers_of_one_name_the_second_is_refused(tmp_path, writer):
    with writer(tmp_path / "out") as new:
        if writer is replacing:
            new.write_text("first")
        with pytest.raises(
            ValueError, match=r"out is being written to by process \d+; wait for it$"
        ):
            writer(tmp_path / "out").__enter__()
        assert new.exists()
    assert os.listdir(tmp_path) == ["out"]


def test_what_killed_writers_left_is_removed_and_what_living_ones_make_is_not(tmp_path):
    left = tmp_path / "sft" / ".a.json.minillm-partial"
    left.mkdir(parents=True)
    (left / "a.json").write_text("half")
    with new_folder(tmp_path / "run" / "export") as living:
        (living / "b").write_text("whole")
        remove_partial(tmp_path)
    assert os.listdir(tmp_path / "sft") == []
    assert (tmp_path / "run" / "export" / "b").read_text() == "whole"


def test_writers_that_take_turns_never_meet(tmp_path):
    """Each writes or is told that another one does, and nothing is left beside the file."""
    program = f"""
import time
from minillm.formats.files import write_text
end, written = time.time() + 1.5, 0
while time.time() < end:
    try:
        write_text({str(tmp_path / "a")!r}, "x" * 1000)
        written += 1
    except ValueError as error:
        assert "is being written to by" in str(error)
assert written
"""
    writers = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    assert os.listdir(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "x" * 1000


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "a.json is not whole JSON: "),
        (b"\xff", "a.json is not JSON: it is not UTF-8 text"),
        (b"[" * 100_000, "a.json is not JSON of ours: it is nested too deeply"),
        (None, "is no thing folder: it has no a.json"),
    ],
)
def test_damaged_json_is_refused_in_one_sentence(tmp_path, content, message):
    if content is not None:
        (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        read_json(tmp_path / "a.json", "thing")
    assert str(tmp_path) in str(error.value)
    assert "\n" not in str(error.value)


# --- one writer


HOLD = """
import sys
from minillm.formats.files import locked
with locked(sys.argv[1]):
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock of tmp_path / "run"."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "run")]
    environment = {**os.environ, "PYTHONPATH": str(Path(minillm.__file__).parents[1])}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        assert process.stdout.readline() == "locked\n"
        yield process
        process.kill()


def test_a_folder_that_another_process_writes_to_is_refused_with_its_number(tmp_path, holder):
    sentence = rf"run is being written to by process {holder.pid}; wait for it$"
    for _ in range(2):
        with pytest.raises(ValueError, match=sentence), locked(tmp_path / "run"):
            pass
    holder.communicate("")  # it ends as it should
    with locked(tmp_path / "run"):
        pass


def test_the_lock_of_a_killed_process_is_free(tmp_path, holder):
    holder.kill()
    holder.wait()
    assert (tmp_path / "run" / ".lock.holder").exists()
    with locked(tmp_path / "run"):
        assert (tmp_path / "run" / ".lock.holder").read_text() == f"process {os.getpid()}"
    assert not (tmp_path / "run" / ".lock.holder").exists()


def test_a_lock_is_given_back_after_an_error_and_keeps_out_a_second_of_its_own_process(tmp_path):
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    with locked(tmp_path):
        own = rf"is being written to by process {os.getpid()}; wait for it$"
        with pytest.raises(ValueError, match=own), locked(tmp_path):
            pass
    assert {path.name for path in tmp_path.iterdir()} <= {".lock"}


# --- nothing is unpickled


def test_nothing_in_the_package_unpickles():
    unpickles = r"torch\.load\b|allow_pickle|(import|from) (c?pickle|dill|joblib|shelve|marshal)\b"
    package = Path(minillm.__file__).parent
    # What marks sends a student's process a check's arguments, which that one unpickles; what comes
    # back is JSON.
    sent_into_the_sandbox = package / "classroom" / "answers.py"
    for path in set(package.rglob("*.py")) - {sent_into_the_sandbox}:
        found = re.search(unpickles, path.read_text(encoding="utf-8"))
        assert not found, f"{path}: {found.group()}"
    source = ast.parse(sent_into_the_sandbox.read_text(encoding="utf-8"))
    users = {
        node.name
        for node in ast.walk(source)
        if isinstance(node, ast.FunctionDef) and "_Unpickler(" in ast.unparse(node)
    }
    assert users == {"_called"}  # of the inner half


def test_names_that_are_not_utf8_come_back_from_json_and_are_replaced_in_text(tmp_path):
    write_json(tmp_path / "a.json", {"data": "caf\udce9.txt", "企": 1})
    assert read_json(tmp_path / "a.json", "test") == {"data": "caf\udce9.txt", "企": 1}
    write_text(tmp_path / "a.md", "smile \ud83d")
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("smile \ufffd")
