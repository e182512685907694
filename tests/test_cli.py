"""The command: everything on a tiny text, and one clear sentence for what can't be used."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from minillm import __version__, training
from minillm.cli import RUN, main
from minillm.formats.checkpoints import save_model
from minillm.formats.run_files import read_log
from minillm.runs.recipe import RECIPES
from minillm.tokenizer import BPETokenizer
from minillm.tokenizer_training import train_bpe

FAST = ["--preset", "nano", "--batch-size", "2", "--compile", "no", "--device", "cpu"]
STEPS = ["--steps", "3", "--sft-steps", "2"]
TEXTS = [
    f"Penguin number {n} likes fish {n} and lives on the ice. 小企鹅喜欢鱼。" for n in range(60)
]


def chat(n: int) -> list[dict[str, str]]:
    return [
        {"role": "user", "content": f"What does penguin {n} like?"},
        {"role": "assistant", "content": f"Fish number {n}."},
    ]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "data.jsonl"
    lines = [{"text": text} for text in TEXTS] + [{"conversations": chat(n)} for n in range(30)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def finished(data, tmp_path_factory):
    """A run folder that `minillm train` has finished."""
    out = tmp_path_factory.mktemp("runs") / "run"
    assert call("train", *FAST, "--data", data, *STEPS, "--out", out) == 0
    return out


def call(*argv) -> int:
    return main([str(a) for a in argv])


def snapshot(folder):
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != ".lock"}


def refused(capsys, *argv):
    """The one sentence with which a command is refused."""
    capsys.readouterr()
    assert call(*argv) == 2
    err = capsys.readouterr().err
    assert err.startswith("minillm: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


# --- the command itself


def test_the_version_is_printed(capsys):
    with pytest.raises(SystemExit) as end:
        call("--version")
    assert end.value.code == 0
    assert capsys.readouterr().out == f"minillm {__version__}\n"


def test_without_a_word_the_help_is_shown_and_names_every_command(capsys):
    assert call() == 0
    out = capsys.readouterr().out
    assert out.startswith("usage: minillm")
    assert set(re.findall(r"^    (\w+)\b", out, re.M)) == set(RUN)


@pytest.mark.parametrize("command", RUN)
def test_every_command_has_its_help(command, capsys):
    with pytest.raises(SystemExit) as end:
        call(command, "--help")
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: minillm {command}")


# --- training


def test_train_says_first_what_it_will_do_and_leaves_everything(data, tmp_path, capsys):
    out = tmp_path / "run"
    assert call("train", *FAST, "--data", data, *STEPS, "--out", out) == 0
    printed = capsys.readouterr().out
    parts = [printed.index(part) for part in ("parameters", "plan:", "time: about", "report.md")]
    assert parts == sorted(parts)
    for stage in ("pretrain", "sft"):
        for name in ("tokenizer.json", "config.json", "model.safetensors", "log.jsonl"):
            assert (out / stage / name).stat().st_size, name
        assert (out / stage / "done").exists()
        assert {path.name for path in (out / stage / "data").iterdir()} == {"train", "valid"}
    for name in ("run.json", "loss.svg", "report.md"):
        assert (out / name).stat().st_size, name
    assert (out / "done").exists()
    assert json.loads((out / "run.json").read_text())["format"] == 3
    report = (out / "report.md").read_text(encoding="utf-8")
    parts = ("bits per byte", "5-gram", "this model", "Ten answers", "![", "wanted: Fish number")
    for part in parts:
        assert part in report, part


def test_a_text_without_conversations_gives_a_pretrained_model_and_says_so(tmp_path, capsys):
    path, out = tmp_path / "my.txt", tmp_path / "run"
    path.write_text("\n".join(TEXTS), encoding="utf-8")
    assert call("train", *FAST, "--data", path, "--steps", "2", "--out", out) == 0
    assert "no fine-tuning" in (out / "report.md").read_text(encoding="utf-8")
    assert not (out / "sft").exists()
    assert "holds no sft model, only pretrain" in refused(capsys, "chat", out)
    assert call("generate", out, "--max-tokens", "3") == 0


def test_a_finished_run_is_not_touched_again(data, finished, capsys):
    before = snapshot(finished)
    again = ["train", *FAST, "--data", data, *STEPS, "--out", finished]
    assert "finished run" in refused(capsys, *again)
    assert snapshot(finished) == before


def test_an_unfinished_run_of_other_settings_is_named_and_not_touched(
    data, finished, tmp_path, capsys
):
    out = tmp_path / "run"
    out.mkdir()
    (out / "run.json").write_bytes((finished / "run.json").read_bytes())
    before = snapshot(out)
    other_steps = ["--steps", "4", "--sft-steps", "2"]
    err = refused(capsys, "train", *FAST, "--data", data, *other_steps, "--out", out)
    assert "pretrain.steps" in err
    assert snapshot(out) == before


def test_a_run_of_the_format_before_is_refused(data, tmp_path, capsys):
    out = tmp_path / "run"
    out.mkdir()
    (out / "run.json").write_text('{"model": {}, "pretrain": {}, "sft": {}, "data": []}')
    err = refused(capsys, "train", *FAST, "--data", data, *STEPS, "--out", out)
    assert "was begun by another version of minillm" in err


def test_data_that_has_changed_is_told_before_a_run_goes_on(data, tmp_path, capsys, monkeypatch):
    mine, out = tmp_path / "mine.jsonl", tmp_path / "run"
    mine.write_bytes(data.read_bytes())
    command = ["train", *FAST, "--data", mine, *STEPS, "--out", out]
    with monkeypatch.context() as patch:
        stop_in_validation(patch, 1)
        assert call(*command) == 130
    mine.write_bytes(data.read_bytes() + b'\n{"text": "one more"}\n')
    assert "was begun with another text" in refused(capsys, *command)
    mine.write_bytes(data.read_bytes())
    assert call(*command) == 0


def test_the_same_command_finishes_what_was_left(data, finished, tmp_path):
    out = tmp_path / "run"
    shutil.copytree(finished, out)
    for name in ("report.md", "loss.svg", "done"):
        (out / name).unlink()
    shutil.rmtree(out / "sft")
    assert call("train", *FAST, "--data", data, *STEPS, "--out", out) == 0
    for name in ("sft/model.safetensors", "sft/log.jsonl", "loss.svg"):
        assert (out / name).read_bytes() == (finished / name).read_bytes()


def stop_in_validation(monkeypatch, number: int) -> None:
    """Ctrl-C comes during the validation of this number, counted from 1."""
    original, calls = training.validation_loss, []

    def validation_loss(*args, **named):
        calls.append(args)
        if len(calls) == number:
            os.kill(os.getpid(), signal.SIGINT)
        return original(*args, **named)

    monkeypatch.setattr(training, "validation_loss", validation_loss)


def test_ctrl_c_after_the_last_step_of_a_stage_begins_no_other_and_the_same_command_goes_on(
    data, finished, tmp_path, monkeypatch, capsys
):
    out = tmp_path / "run"
    command = ["train", *FAST, "--data", data, *STEPS, "--out", out]
    with monkeypatch.context() as patch:
        stop_in_validation(patch, 2)  # the first comes before the first step
        assert call(*command) == 130
    assert "stopped at step 3 of 3; all is kept in" in capsys.readouterr().err
    assert not (out / "pretrain" / "done").exists()
    assert not (out / "sft" / "log.jsonl").exists()
    assert call(*command) == 0
    for name in ("pretrain/model.safetensors", "sft/model.safetensors", "sft/log.jsonl"):
        assert (out / name).read_bytes() == (finished / name).read_bytes()


def test_the_single_steps_do_the_same(data, tmp_path, capsys):
    tokenizer, pretrain, sft = tmp_path / "tok", tmp_path / "pre", tmp_path / "sft"
    assert call("tokenizer", "--data", data, "--vocab-size", "300", "--out", tokenizer) == 0
    assert "300 tokens" in capsys.readouterr().out
    fast = ["--batch-size", "2", "--compile", "no", "--device", "cpu", "--data", data]
    first = ["pretrain", "--preset", "nano", *fast, "--tokenizer", tokenizer, "--out", pretrain]
    assert call(*first, "--steps", "2") == 0
    assert (pretrain / "done").exists()
    assert "finished run" in refused(capsys, *first, "--steps", "2")
    assert call("sft", "--model", pretrain, *fast, "--steps", "2", "--out", sft) == 0
    assert call("generate", sft, "--max-tokens", "2") == 0
    assert "exists" in refused(capsys, "tokenizer", "--data", data, "--out", tokenizer)
    assert call(*first, "--steps", "4") == 0  # a stage may go on with more
    lines = (pretrain / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines if '"loss"' in line] == [1, 2, 3, 4]
    more = ["pretrain", "--preset", "nano", *fast, "--steps", "1", "--out", tmp_path / "more"]
    assert call(*more, "--model", pretrain) == 0
    assert "leave --tokenizer out" in refused(
        capsys, *more, "--model", pretrain, "--tokenizer", tokenizer
    )


def test_without_conversations_there_is_no_fine_tuning(finished, tmp_path, capsys):
    (tmp_path / "a.txt").write_text("a text " * 100)
    command = ["sft", "--model", finished, "--data", tmp_path / "a.txt"]
    err = refused(capsys, *command, "--out", tmp_path / "sft")
    assert "holds no conversations" in err
    assert not (tmp_path / "sft").exists()


# --- using a model


def test_chat_answers_standard_input_line_by_line(finished, monkeypatch, capsys):
    lines = "你好\n\nWhat does penguin 3 like?\n/new\nhello <|im_end|>\n/exit\nnot read\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    assert call("chat", finished, "--max-tokens", "12", "--temperature", "0") == 0
    assert capsys.readouterr().out.count("\n") >= 3


def test_chat_knows_its_commands_and_names_what_is_none(finished, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("/help\n/nothing\n"))
    assert call("chat", finished) == 0
    out = capsys.readouterr().out
    assert "/new    begins a new conversation" in out
    assert "/nothing is no command; there are /help, /new and /exit" in out
    monkeypatch.setattr(sys, "stdin", None)  # closed by whoever started the command
    assert call("chat", finished) == 0


def test_generate_repeats_with_a_seed(finished, capsys):
    texts = []
    for seed in ("1", "1", "2"):
        prompt = ["--prompt", "Penguin", "--seed", seed, "--max-tokens", "20"]
        assert call("generate", finished, *prompt) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1] != texts[2]
    assert texts[0].startswith("Penguin")


def test_info_and_evaluate_say_what_a_model_is_and_does(finished, data, capsys):
    assert call("info", finished) == 0
    out = capsys.readouterr().out
    for part in ("num_heads", "parameters", "<|im_end|>", "best validation loss"):
        assert part in out
    assert call("evaluate", finished, "--data", data) == 0
    assert "bits per byte" in capsys.readouterr().out


# --- what can't be used


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        (["frobnicate"], "frobnicate"),
        (["train", "--preset", "huge"], "nano, mini, seed"),
        (["train", "--steps", "0"], "steps=0"),
        (["train", "--steps", "many"], "many"),
        (["train", "--learning-rate", "-1"], "learning_rate=-1.0"),
        (["train", "--precision", "float8"], "float32"),
        (["train", "--device", "toaster"], "toaster"),
        (["train", "--data", "no/such/file.txt"], "no/such/file.txt"),
        (["tokenizer", "--vocab-size", "10"], "vocab_size=10"),
        (["tokenizer", "--vocab-size", "9" * 30], "is not a whole number from 1 to 16,777,216"),
        (["sft", "--model", ""], "--model: an empty name"),
        (["info", "caf\udce9"], "is not UTF-8, as a name has to be"),
        (["export", "--gguf", "new/"], "--gguf new/ names a folder"),
        (["chat", ""], "model: an empty name"),
        (["pretrain", "--tokenizer", "nowhere"], "nowhere"),
        (["sft", "--model", "nowhere"], "nowhere"),
        (["chat", "nowhere"], "nowhere"),
        (["generate", "nowhere"], "nowhere"),
        (["evaluate", "nowhere"], "nowhere"),
        (["info", "nowhere"], "nowhere"),
        (["generate", "RUN", "--temperature", "-1"], "temperature=-1"),
        (["generate", "RUN", "--top-k", "0"], "top_k=0"),
        (["generate", "RUN", "--top-p", "2"], "top_p=2"),
        (["generate", "RUN", "--max-tokens", "0"], "--max-tokens 0"),
        (["generate", "RUN", "--device", "toaster"], "toaster"),
        (["evaluate", "RUN", "--data", "nothing.txt"], "nothing.txt"),
    ],
)
def test_what_cannot_be_used_gets_one_sentence_and_nothing_is_written(
    argv, word, finished, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    assert word in refused(capsys, *(finished if a == "RUN" else a for a in argv))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("name", "value"), [("WORLD_SIZE", "x"), ("RANK", "-1")])
def test_an_environment_that_torchrun_does_not_set_is_named(
    name, value, data, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv(name, value)
    argv = ["pretrain", *FAST, "--data", data, "--out", tmp_path / "out"]
    assert f"{name}={value} in the environment" in refused(capsys, *argv)


def test_data_may_be_named_in_several_places(tmp_path, capsys):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{name} text of {name}. " * 99)
    both = ["--data", tmp_path / "a.txt", "--data", tmp_path / "b.txt"]
    assert call("tokenizer", *both, "--vocab-size", "280", "--out", tmp_path / "tok") == 0
    assert call("pretrain", *FAST, *both, "--steps", "1", "--out", tmp_path / "run") == 0
    settings = json.loads((tmp_path / "run" / "run.json").read_text())
    assert settings["data"] == [str(path) for path in both[1::2]]


def test_a_name_may_begin_with_the_home_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a.txt").write_text("a text. " * 99)
    assert call("tokenizer", "--data", "~/a.txt", "--vocab-size", "280", "--out", "~/tok") == 0
    assert (tmp_path / "tok" / "tokenizer.json").exists()


def test_a_link_to_nothing_is_not_written_over(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("a text. " * 99)
    (tmp_path / "tok").symlink_to("nowhere")
    argv = ["tokenizer", "--data", tmp_path / "a.txt", "--vocab-size", "280"]
    assert "tok exists; choose another name" in refused(capsys, *argv, "--out", tmp_path / "tok")
    inside = tmp_path / "a.txt" / "tok"
    assert f"{inside}: Not a directory" in refused(capsys, *argv, "--out", inside)


def test_a_model_without_the_tokens_of_a_conversation_is_refused(tmp_path, make_model, capsys):
    tokenizer = train_bpe("the cat " * 9, 270, ["<|endoftext|>"], progress=False)
    save_model(tmp_path / "model", make_model(vocab_size=tokenizer.vocab_size), tokenizer)
    assert "has no special token <|im_end|>" in refused(capsys, "chat", tmp_path / "model")


@pytest.mark.parametrize("errors_too", [False, True])
def test_training_that_nobody_listens_to_stops_and_says_so(errors_too, data, tmp_path):
    """As in `minillm train | head -1`, and in `minillm train 2>&1 | head -1`."""
    argv = ["pretrain", *FAST, "--data", str(data), "--steps", "3", "--out", str(tmp_path / "out")]
    process = subprocess.Popen(
        [sys.executable, "-m", "minillm", *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if errors_too else subprocess.PIPE,
    )
    process.stdout.close()
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    if not errors_too:
        last = errors.decode().splitlines()[-1]
        assert last == "minillm: stopped: nobody reads the output; the same command goes on"
    assert call(*argv) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("nobody_reads", [True, False])
def test_a_command_that_is_done_does_not_say_that_it_stopped(nobody_reads):
    """Its last words may still find nobody, or no room."""
    program = """
import sys, minillm.cli
minillm.cli.RUN["pretrain"] = lambda args: print("done")
sys.argv = ["minillm", "pretrain"]
minillm.cli.command()
"""
    with open("/dev/full", "wb") as full:
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE if nobody_reads else full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": ""},
        )
    if nobody_reads:
        process.stdout.close()
    _, errors = process.communicate(timeout=120)
    assert process.returncode == (0 if nobody_reads else 2)
    assert b"goes on" not in errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("argv", "ends"), [(["info"], "is kept"), (["pretrain", *FAST], "the same command goes on")]
)
def test_an_output_on_a_full_disk_is_told(argv, ends, tmp_path):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "minillm", *argv],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            timeout=120,
        )
    assert done.returncode == 2
    last = done.stderr.decode().splitlines()[-1]
    assert last.startswith("minillm: No space left on device; what was written before is kept")
    assert last.endswith(ends)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b'{"text": 3}\n', "int"),
        (b'{"text": "a"}\n{"foo": 1}\n', "line 2"),
        (b"not json\n", "line 1"),
        (b'{"conversations": []}\n', "at least one message"),
        (b'{"conversations": [{"role": "robot", "content": "x"}]}\n', "robot"),
        (b"\xff\xfe\n", "UTF-8"),
        (b"", "is empty"),
    ],
)
def test_a_wrong_data_file_is_named_with_its_line(content, word, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.jsonl").write_bytes(content)
    err = refused(capsys, "train", *FAST, "--data", "bad.jsonl", "--steps", "1", "--out", "run")
    assert word in err
    assert "bad.jsonl" in err
    assert os.listdir(tmp_path) == ["bad.jsonl"]


@pytest.mark.parametrize(
    ("name", "word"),
    [("model.safetensors", "damaged"), ("config.json", "JSON"), ("tokenizer.json", "JSON")],
)
def test_a_damaged_model_is_named(finished, tmp_path, capsys, name, word):
    shutil.copytree(finished / "sft", tmp_path / "model")
    path = tmp_path / "model" / name
    path.write_bytes(path.read_bytes()[:100])
    err = refused(capsys, "generate", tmp_path / "model")
    assert word in err
    assert name in err


# --- chat, and going on


def spoken(monkeypatch, capsys, data: bytes) -> tuple[int, str, str]:
    """What `minillm chat` says to these bytes on standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
    code = main(["chat", "--temperature", "0"])
    out, err = capsys.readouterr()
    return code, out, err


def test_chat_reads_utf8_whatever_the_locale_and_past_empty_lines(monkeypatch, capsys):
    lines = "\ufeff会说话吗?\n\n  \nWhere does Kiki live?\n".encode()
    code, out, err = spoken(monkeypatch, capsys, lines)
    assert (code, out, err) == (0, "会说话!\nKiki lives in the round house.\n", "")


@pytest.mark.parametrize("word", ["/exit", "/quit", "exit", "quit"])
def test_chat_ends_when_it_is_told_to(monkeypatch, capsys, word):
    assert spoken(monkeypatch, capsys, f"{word}\n会说话吗?\n".encode())[:2] == (0, "")


def test_chat_survives_a_closed_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", None)
    assert main(["chat"]) == 0


@pytest.mark.parametrize("command", ["chat", "generate", "evaluate"])
def test_a_device_that_is_not_there_is_named(command, capsys):
    assert main([command, "--device", "tpu"]) == 2
    assert "device='tpu' is not there; this machine has cpu" in capsys.readouterr().err


def test_pretraining_goes_on_from_a_model(data, finished, tmp_path, capsys):
    out = tmp_path / "more"
    given = ["--preset", "nano", "--batch-size", "2", "--steps", "1", "--data", str(data)]
    assert main(["pretrain", "--model", str(finished), *given, "--out", str(out)]) == 0
    log = read_log(out / "log.jsonl")
    before = read_log(finished / "pretrain" / "log.jsonl")
    best = min(line["valid_loss"] for line in before if "valid_loss" in line)
    assert log[0]["valid_loss"] == pytest.approx(best)  # it begins where that one stood
    with_tokenizer = ["pretrain", "--tokenizer", str(finished), *given, "--out", tmp_path / "new"]
    assert call(*with_tokenizer) == 0  # a run's folder has it in its stages
    assert BPETokenizer.load(tmp_path / "new").ids == BPETokenizer.load(out).ids
    arguments = ["pretrain", "--model", str(finished), "--tokenizer", str(finished / "pretrain")]
    assert main(arguments) == 2
    assert "--model has a tokenizer of its own" in capsys.readouterr().err


def test_a_shorter_run_warms_up_for_a_share_of_its_steps(data, tmp_path):
    given = ["--preset", "mini", "--batch-size", "1", "--steps", "5", "--data", str(data)]
    assert main(["pretrain", *given, "--out", str(tmp_path / "run")]) == 0
    rates = [line["rate"] for line in read_log(tmp_path / "run" / "log.jsonl") if "rate" in line]
    assert rates[0] == max(rates) and rates[-1] < rates[0]


def test_the_plan_of_a_preset_is_that_of_its_recipe(capsys):
    assert main(["plan", "--preset", "mini", "--tflops", "1"]) == 0
    mini = RECIPES["mini"]
    rows = sum(stage.steps * stage.batch_size for stage in (mini.pretrain, mini.sft))
    tokens = rows * mini.model.context_size
    planned = f"{tokens:,} ({tokens / 3_857_216:.1f} for each parameter: those that"
    assert planned in capsys.readouterr().out
    assert main(["plan", "--preset", "mini", "--emb-dim", "448", "--tflops", "1"]) == 0
    assert "(20.0 for each parameter: where more" in capsys.readouterr().out
