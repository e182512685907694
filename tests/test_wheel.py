"""What is built and installed: the wheel holds the package, and all of it works from there."""

import fnmatch
import json
import os
import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PATTERNS = PYPROJECT["tool"]["setuptools"]["package-data"]["minillm"]
CONSTRAINTS = ROOT / "constraints.txt"
BIN = "Scripts" if os.name == "nt" else "bin"


def repository_files(folder: str = ".") -> list[str]:
    """The files of the repository in `folder`, new ones included, ignored ones not."""
    git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder]
    try:
        listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"git does not list the files here: {error}")
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


# --- without building ---------------------------------------------------------------------------


def matches(pattern: str, name: str) -> bool:
    """Whether setuptools' pattern matches: ** is any folders, and * crosses none."""
    words = re.split(r"(\*\*/|\*)", pattern)
    parts = {"**/": "(?:.*/)?", "*": "[^/]*"}
    return bool(re.fullmatch("".join(parts.get(w, re.escape(w)) for w in words), name))


def test_package_data_is_what_is_there():
    data = [name.removeprefix("minillm/") for name in repository_files("minillm")]
    data = [name for name in data if not name.endswith(".py")]
    assert {"py.typed", "widgets/page/page.html", "weights/mini/run.json"} <= set(data)
    idle = [p for p in PATTERNS if not any(matches(p, name) for name in data)]
    assert idle == [], "patterns that match nothing"
    left_out = [name for name in data if not any(matches(p, name) for p in PATTERNS)]
    assert left_out == [], "files that no pattern matches"


def test_a_pattern_matches_as_in_setuptools():
    assert matches("weights/**/*", "weights/a.md")
    assert matches("weights/**/*", "weights/mini/sft/model.safetensors")
    assert matches("widgets/page/*", "widgets/page/main.js")
    assert not matches("widgets/page/*", "widgets/page/more/main.js")
    assert not matches("widgets/page/*.js", "widgets/page/main.jsx")
    assert not matches("py.typed", "pystyped")


# --- built and installed ------------------------------------------------------------------------


def pip(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")


def last_line(result: subprocess.CompletedProcess[str]) -> str:
    lines = result.stderr.strip().splitlines() or result.stdout.strip().splitlines()
    return lines[-1] if lines else f"exit code {result.returncode}"


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """Skips where pip can fetch nothing: no network, or PIP_NO_INDEX."""
    folder = tmp_path_factory.mktemp("index")
    (needed,) = PYPROJECT["build-system"]["requires"]
    arguments = ("download", "-q", "--no-deps", "--no-cache-dir", "-d", folder, needed)
    result = pip(*arguments, cwd=folder)
    if result.returncode:
        pytest.skip(f"pip reaches no package index: {last_line(result)}")


@pytest.fixture(scope="module")
def wheel(index, tmp_path_factory):
    """The wheel, built in a copy: a build leaves its files beside the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in repository_files():
        copy = folder / "source" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    result = pip("wheel", "--no-deps", "-w", folder, folder / "source", cwd=folder)
    assert result.returncode == 0, result.stderr
    (built,) = folder.glob("*.whl")
    return built


class Installed:
    """A clean environment with the wheel in it, and an empty folder to work in."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.folder, self.work = folder / "environment", folder / "work"
        self.work.mkdir()
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.folder], check=True)
        self.python = self.folder / BIN / "python"
        asked = ("-c", CONSTRAINTS, f"minillm[course] @ {wheel.as_uri()}")
        quick = ("-q", "--no-compile")  # Python compiles what it imports
        result = pip("--python", self.python, "install", *quick, *asked, cwd=self.work)
        assert result.returncode == 0, result.stderr
        # As a terminal elsewhere: no checkout, no path that leads to one, no network.
        left_out = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "COLUMNS")
        self.env = {name: value for name, value in os.environ.items() if name not in left_out}
        self.env |= {"HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"}

    def run(self, *command: str | Path, say: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, command)),
            cwd=self.work,
            env=self.env,
            input=say,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def minillm(self, *arguments: str, say: str = "") -> str:
        """What a command prints; it has to end well."""
        result = self.run(self.folder / BIN / "minillm", *arguments, say=say)
        assert result.returncode == 0, f"{arguments}: {result.stderr}"
        return result.stdout

    def script(self, source: str) -> str:
        result = self.run(self.python, "-c", source)
        assert result.returncode == 0, result.stderr
        return result.stdout


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    return Installed(tmp_path_factory.mktemp("installed"), wheel)


FAST = ("--preset", "nano", "--batch-size", "2", "--steps", "2", "--compile", "no")


@pytest.fixture(scope="module")
def run(installed):
    """The folder of a run of `minillm train`."""
    lines = [{"text": f"Penguin {n} likes fish {n}. 小企鹅住在冰上。"} for n in range(60)]
    lines += [
        {
            "conversations": [
                {"role": "user", "content": f"What does penguin {n} like?"},
                {"role": "assistant", "content": f"Fish {n}."},
            ]
        }
        for n in range(30)
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (installed.work / "tiny.jsonl").write_text(text, encoding="utf-8")
    installed.minillm("train", *FAST, "--sft-steps", "2", "--data", "tiny.jsonl", "--out", "run")
    return installed.work / "run"


@pytest.mark.deep
def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(next(n for n in names if n.endswith("/METADATA"))).decode()
        sizes = {info.filename: info.file_size for info in archive.infolist()}
    about = f"minillm-{PYPROJECT['project']['version']}.dist-info/"
    packaged = {name for name in names if not name.startswith(about)}
    assert packaged == set(repository_files("minillm"))
    assert all(sizes[name] == (ROOT / name).stat().st_size for name in packaged)
    assert about + "licenses/LICENSE" in names
    assert "License-Expression: MIT" in metadata
    assert "# minillm" in metadata  # README is the long description
    assert not fnmatch.filter(names, "*tests*")


@pytest.mark.deep
def test_it_runs_from_where_it_is_installed(installed):
    place = installed.script("import minillm; print(minillm.__file__)").strip()
    assert Path(place).resolve().is_relative_to(installed.folder.resolve())
    version = f"minillm {PYPROJECT['project']['version']}\n"
    assert installed.minillm("--version") == version
    result = installed.run(installed.python, "-m", "minillm", "--version")
    assert result.stdout == version


@pytest.mark.deep
def test_the_shipped_model_answers(installed):
    assert installed.minillm("chat", "--temperature", "0", say="会说话吗?\n") == "会说话!\n"
    assert "4 layers" in installed.script(SHIPPED)
    written = installed.minillm("generate", "--prompt", "One morning", "--max-tokens", "8")
    assert written.startswith("One morning")
    assert written != "One morning\n"
    assert "best validation loss" in installed.minillm("info")  # its log has come along
    assert "parameters" in installed.minillm("plan")


SHIPPED = """
import minillm
for stage in ("sft", "pretrain"):
    model, tokenizer = minillm.load(stage=stage)
    print(model.cfg.num_hidden_layers, "layers", tokenizer.vocab_size, "tokens")
assert minillm.ChatSession(model, tokenizer).ask("Hi!") is not None
from importlib.resources import files
weights = files("minillm") / "weights" / "mini"
for name in ("README.md", "report.md", "run.json", "loss.svg", "pretrain/log.jsonl"):
    assert (weights / name).read_text("utf-8")
"""


@pytest.mark.deep
def test_every_training_command_runs(installed, run):
    for name in ("report.md", "loss.svg", "run.json", "pretrain/done", "sft/done"):
        assert (run / name).exists()
    made = installed.minillm("tokenizer", "--data", "tiny.jsonl", "--vocab-size", "300")
    assert "300 tokens" in made
    more = ("--data", "tiny.jsonl", "--tokenizer", "tokenizer", "--out", "pretrained")
    assert "best validation loss" in installed.minillm("pretrain", *FAST, *more)
    tuned = ("--batch-size", "2", "--steps", "2", "--compile", "no", "--data", "tiny.jsonl")
    tuned += ("--model", "pretrained", "--out", "tuned")
    assert "best validation loss" in installed.minillm("sft", *tuned)


@pytest.mark.deep
def test_every_command_that_uses_a_model_runs(installed, run):
    assert "bits per byte" in installed.minillm("evaluate", "run", "--data", "tiny.jsonl")
    assert installed.minillm("generate", "run", "--prompt", "Penguin", "--max-tokens", "4")
    assert installed.minillm("chat", "run", "--max-tokens", "4", say="Hi!\n")
    installed.minillm("export", "run", "--out", "gpt2")
    installed.minillm("import", "gpt2", "--out", "back")
    parameters = re.compile(r"^  all  .*$", re.M)
    same = [parameters.search(installed.minillm("info", name))[0] for name in ("run", "back")]
    assert same[0] == same[1]
    result = installed.run(installed.folder / BIN / "minillm", "export", "run", "--gguf", "a.gguf")
    sentence = "GGUF is written with the package gguf, which is not installed: pip install gguf"
    assert (result.returncode, result.stderr) == (2, f"minillm: {sentence}\n")


WIDGETS = """
import minillm
from minillm.widgets import ChatBox, SamplingPlayground, TokenizerPlayground
model, tokenizer = minillm.load()
explorer = minillm.AttentionExplorer(model, tokenizer, text="One morning", off=[(0, 1)])
explorer.save_html("explorer.html")
explorer.save_svg("explorer.svg")
explorer._ipython_display_()
box = ChatBox(model, tokenizer, temperature=0)
box.say("会说话吗?")
playgrounds = TokenizerPlayground({"BPE": tokenizer}), SamplingPlayground(model, tokenizer)
for widget in (explorer, *playgrounds, box):
    print(repr(widget))
assert "会说话!" in box.shown.value
"""


@pytest.mark.deep
def test_every_widget_works(installed):
    shown = installed.script(WIDGETS)
    for name in ("AttentionExplorer", "TokenizerPlayground", "SamplingPlayground", "ChatBox"):
        assert re.search(rf"^{name}\(.+\)$", shown, re.M), shown
    page = (installed.work / "explorer.html").read_text("utf-8")
    assert "const saved = {" in page
    assert all(f"/*{mark}*/" not in page for mark in ("STYLE", "SCRIPT", "DATA"))
    assert (installed.work / "explorer.svg").read_text("utf-8").startswith("<svg")


# --- the pins -----------------------------------------------------------------------------------


@pytest.mark.deep
def test_the_oldest_python_finds_every_pin(index, tmp_path):
    """With a wheel, and for a Python that is perhaps not here, so pip's resolver can't be asked."""
    oldest = PYPROJECT["project"]["requires-python"].removeprefix(">=")
    lines = [line.split("#")[0].strip() for line in CONSTRAINTS.read_text("utf-8").splitlines()]
    pins = [re.split(r"==|;", line) for line in lines if line and 'version >= "' not in line]

    def found(pin: list[str]) -> bool:
        only = ("--python-version", oldest, "--only-binary", ":all:")
        result = pip("index", "versions", *only, pin[0], cwd=tmp_path)
        line = re.search(r"^Available versions: (.*)$", result.stdout, re.M)
        return line is not None and pin[1].strip() in line[1].split(", ")

    with ThreadPoolExecutor(4) as pool:
        missing = [pin for pin, there in zip(pins, pool.map(found, pins)) if not there]
    assert len(pins) > 20
    assert missing == []
