"""The command line: the whole road on a tiny text, and one clear sentence for everything that can't be used."""

import io
import json
import sys

import pytest

from minillm.cli import main

FAST = ["--preset", "nano", "--batch-size", "2", "--compile", "no"]
TEXTS = [f"Penguin number {n} likes fish {n} and lives on the ice. 小企鹅喜欢鱼。" for n in range(60)]
CHATS = [
    [{"role": "user", "content": f"What does penguin {n} like?"}, {"role": "assistant", "content": f"Fish number {n}."}] for n in range(30)
]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "data.jsonl"
    lines = [{"text": text} for text in TEXTS] + [{"conversations": chat} for chat in CHATS]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def finished(data, tmp_path_factory):
    """A run folder that `minillm train` has finished."""
    out = tmp_path_factory.mktemp("runs") / "run"
    assert main(["train", *FAST, "--data", str(data), "--steps", "3", "--sft-steps", "2", "--out", str(out)]) == 0
    return out


def snapshot(folder):
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def refused(capsys, *argv):
    """The one sentence with which a command is refused."""
    capsys.readouterr()
    assert main([str(a) for a in argv]) == 2
    out, err = capsys.readouterr()
    assert err.startswith("minillm: ") and err.count("\n") == 1 and "Traceback" not in err
    return err


def test_train_says_first_what_it_will_do_and_leaves_everything(data, tmp_path, capsys):
    out = tmp_path / "run"
    assert main(["train", *FAST, "--data", str(data), "--steps", "2", "--sft-steps", "1", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert said.index("parameters") < said.index("plan:") < said.index("time: about") < said.index("report.md")
    for name in ("run.json", "tokenizer/tokenizer.json", "pretrain/model.safetensors", "pretrain/log.jsonl", "sft/model.safetensors",
                 "sft/tokenizer.json", "sft/config.json", "loss.svg", "report.md"):  # fmt: skip
        assert (out / name).stat().st_size, name
    report = (out / "report.md").read_text(encoding="utf-8")
    for part in ("bits per byte", "5-gram", "this model", "Ten answers", "![", "wanted: Fish number"):
        assert part in report, part


def test_a_text_without_conversations_gives_a_pretrained_model_and_says_so(tmp_path, capsys):
    path, out = tmp_path / "my.txt", tmp_path / "run"
    path.write_text("\n".join(TEXTS), encoding="utf-8")
    assert main(["train", *FAST, "--data", str(path), "--steps", "2", "--out", str(out)]) == 0
    assert "no fine-tuning" in (out / "report.md").read_text(encoding="utf-8")
    assert not (out / "sft").exists()
    assert "holds no sft model, only pretrain" in refused(capsys, "chat", out)
    assert main(["generate", str(out), "--max-tokens", "3"]) == 0


def test_a_finished_run_is_not_touched_again(data, finished, capsys):
    before = snapshot(finished)
    again = ["train", *FAST, "--data", data, "--steps", "3", "--sft-steps", "2", "--out", finished]
    assert "finished run" in refused(capsys, *again)
    assert snapshot(finished) == before


def test_an_unfinished_run_of_other_settings_is_named_and_not_touched(data, finished, tmp_path, capsys):
    out = tmp_path / "run"
    out.mkdir()
    (out / "run.json").write_bytes((finished / "run.json").read_bytes())
    err = refused(capsys, "train", *FAST, "--data", data, "--steps", "4", "--sft-steps", "2", "--out", out)
    assert "pretrain.steps" in err and [p.name for p in out.iterdir()] == ["run.json"]


def test_the_same_command_finishes_what_was_left(data, finished, tmp_path):
    import shutil

    out = tmp_path / "run"
    shutil.copytree(finished, out)
    for name in ("report.md", "loss.svg", "sft/model.safetensors"):
        (out / name).unlink()
    shutil.rmtree(out / "sft")
    assert main(["train", *FAST, "--data", str(data), "--steps", "3", "--sft-steps", "2", "--out", str(out)]) == 0
    assert (out / "sft/model.safetensors").read_bytes() == (finished / "sft/model.safetensors").read_bytes()
    assert (out / "sft/log.jsonl").read_bytes() == (finished / "sft/log.jsonl").read_bytes()


def test_chat_keeps_turns_from_standard_input_and_shows_no_broken_character(finished, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("你好\nWhat does penguin 3 like?\n/new\nhello <|im_end|>\n\nnot read\n"))
    assert main(["chat", str(finished), "--max-tokens", "12", "--temperature", "0"]) == 0
    assert capsys.readouterr().out.count("\n") >= 3


def test_generate_repeats_with_a_seed(finished, capsys):
    texts = []
    for seed in ("1", "1", "2"):
        assert main(["generate", str(finished), "--prompt", "Penguin", "--seed", seed, "--max-tokens", "20"]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1] != texts[2] and texts[0].startswith("Penguin")


def test_info_and_evaluate_say_what_a_model_is_and_does(finished, data, capsys):
    assert main(["info", str(finished)]) == 0
    out = capsys.readouterr().out
    assert "num_heads" in out and "parameters" in out and "<|im_end|>" in out and "best validation loss" in out
    assert main(["evaluate", str(finished), "--data", str(data)]) == 0
    assert "bits per byte" in capsys.readouterr().out


def test_the_single_steps_do_the_same_road(data, tmp_path, capsys):
    tokenizer, pretrain, sft = tmp_path / "tok", tmp_path / "pre", tmp_path / "sft"
    assert main(["tokenizer", "--data", str(data), "--vocab-size", "300", "--out", str(tokenizer)]) == 0
    assert "300 tokens" in capsys.readouterr().out
    fast = ["--steps", "2", "--batch-size", "2", "--compile", "no", "--data", str(data)]
    step = ["pretrain", "--preset", "nano", *fast, "--tokenizer", str(tokenizer), "--out", str(pretrain)]
    assert main(step) == 0
    assert "finished" in refused(capsys, *step)
    assert main(["sft", "--model", str(pretrain), *fast, "--out", str(sft)]) == 0
    assert main(["generate", str(sft), "--max-tokens", "2"]) == 0
    assert "exists" in refused(capsys, "tokenizer", "--data", data, "--out", tokenizer)


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        ([], "command"),
        (["frobnicate"], "frobnicate"),
        (["train", "--preset", "huge"], "nano, mini, seed"),
        (["train", "--steps", "0"], "steps=0"),
        (["train", "--steps", "many"], "many"),
        (["train", "--learning-rate", "-1"], "learning_rate=-1.0"),
        (["train", "--precision", "float8"], "float32"),
        (["train", "--device", "toaster"], "toaster"),
        (["train", "--data", "no/such/file.txt"], "no/such/file.txt"),
        (["tokenizer", "--vocab-size", "10"], "vocab_size=10"),
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
        (["evaluate", "RUN", "--data", "nothing.txt"], "nothing.txt"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_gets_one_sentence_and_nothing_is_written(argv, word, finished, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert word in refused(capsys, *(finished if a == "RUN" else a for a in argv))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b'{"text": 3}\n', "int"),
        (b'{"text": "a"}\n{"foo": 1}\n', "line 2"),
        (b"not json\n", "line 1"),
        (b'{"conversations": []}\n', "at least one message"),
        (b'{"conversations": [{"role": "robot", "content": "x"}]}\n', "robot"),
        (b"\xff\xfe\n", "UTF-8"),
        (b"", "too little"),
    ],
)
def test_a_wrong_data_file_is_named_with_its_line(content, word, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.jsonl").write_bytes(content)
    err = refused(capsys, "train", *FAST, "--data", "bad.jsonl", "--steps", "1", "--out", "run")
    assert word in err and "bad.jsonl" in err
    assert [p.name for p in tmp_path.iterdir()] == ["bad.jsonl"]


def test_a_damaged_model_is_named(finished, tmp_path, capsys):
    import shutil

    for name, word in (("model.safetensors", "damaged"), ("config.json", "JSON"), ("tokenizer.json", "tokenizer.json")):
        folder = tmp_path / name
        shutil.copytree(finished / "sft", folder)
        (folder / name).write_bytes((folder / name).read_bytes()[:100])
        assert word in refused(capsys, "generate", folder)
