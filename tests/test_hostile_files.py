"""Ten thousand damaged or hostile inputs: each is read, or refused in one sentence; none hangs."""

import copy
import json
import os
import signal
from contextlib import contextmanager

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minillm.chat_format import render
from minillm.data.documents import read_documents
from minillm.data.token_files import Encoded, TokenFile, write_tokens
from minillm.formats.checkpoints import load_config, load_model, save_model
from minillm.formats.gpt2 import import_gpt2
from minillm.formats.run_files import RunFiles, read_log
from minillm.machine import Processes
from minillm.model import QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.sampling import generate
from minillm.tokenizer import BPETokenizer
from minillm.tokenizer_training import train_bpe
from minillm.training import TrainingConfig, make_optimizers

# `make test-all` looks longer (Makefile).
many = settings(
    max_examples=int(os.environ.get("HOSTILE_EXAMPLES", "300")),
    deadline=None,
    derandomize=True,  # the same inputs each time; HOSTILE_EXAMPLES gives more of them
    suppress_health_check=list(HealthCheck),
)
words = st.text(max_size=8)
numbers = st.integers(-(2**70), 2**70) | st.floats()
json_values = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=6,
)


@contextmanager
def within_ten_seconds():
    def late(number, frame):
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, late) if hasattr(signal, "SIGALRM") else None
    if before is not None:
        signal.alarm(10)
    try:
        yield
    finally:
        if before is not None:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)


@contextmanager
def refused_or_read():
    """What goes wrong is a ValueError or OSError of one sentence, within ten seconds."""
    try:
        with within_ten_seconds():
            yield
    except (ValueError, OSError) as error:
        assert 0 < len(str(error).strip()) < 1500  # noqa: PT017


@st.composite
def damaged(draw, data: bytes):
    """The bytes cut off, with some changed, with some put in, or others altogether."""
    kind = draw(st.sampled_from(("cut", "change", "insert", "other")))
    if kind == "cut":
        return data[: draw(st.integers(0, len(data)))]
    if kind == "other":
        return draw(st.binary(max_size=300))
    at, new = draw(st.integers(0, len(data))), draw(st.binary(min_size=1, max_size=6))
    return data[:at] + new + data[at + len(new) * (kind == "change") :]


def places(value, path=()):
    yield path
    children = []
    if isinstance(value, (dict, list)):
        children = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in list(children)[:12]:
        yield from places(child, (*path, key))


@st.composite
def bent(draw, value):
    """The JSON value with one part replaced by something else, or taken out."""
    value = json.loads(json.dumps(value))
    path = draw(st.sampled_from(list(places(value))))
    if not path:
        return draw(json_values)
    parent = value
    for key in path[:-1]:
        parent = parent[key]
    if draw(st.booleans()):
        parent[path[-1]] = draw(json_values)
    else:
        del parent[path[-1]]
    return value


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A tokenizer, a tiny model, and a folder of each kind of file that is read."""
    folder = tmp_path_factory.mktemp("hostile")
    tokenizer = train_bpe(["the cat sat. 小企鹅。" * 9], 270, progress=False)
    torch.manual_seed(0)
    cfg = QdogBabyLearnConfig(
        "t", num_hidden_layers=1, num_heads=1, emb_dim=4, context_size=8, vocab_size=270
    )
    model = QdogBabyLearnLLM(cfg).eval()
    save_model(folder, model, tokenizer)
    with run_files(folder, model, resume=False) as files:
        files.save()
    documents = [Encoded([1, 2, 3], None, 3), Encoded([4, 5], None, 2)]
    write_tokens(folder / "tokens", documents, 270)
    return folder, tokenizer, model


def run_files(folder, model, resume):
    optimizers = make_optimizers(model, TrainingConfig())
    return RunFiles(folder, model, optimizers, {}, Processes(), resume)


@contextmanager
def instead(path, data: bytes):
    """The file with other bytes in it, for a while."""
    whole = path.read_bytes()
    path.write_bytes(data)
    try:
        yield
        assert path.read_bytes() == data, "reading a file changed it"
    finally:
        path.write_bytes(whole)


def readers(world):
    folder, _, model = world

    def read_state():
        # Into a copy: damaged bytes may well be numbers, and NaN among them.
        with run_files(folder, copy.deepcopy(model), resume=True):
            pass

    return {
        "tokenizer.json": lambda: BPETokenizer.load(folder).encode("the cat 小"),
        "config.json": lambda: load_config(folder),
        "model.safetensors": lambda: load_model(folder),
        "last.safetensors": read_state,
        "tokens/meta.json": lambda: TokenFile(folder / "tokens"),
        "tokens/ids.bin": lambda: TokenFile(folder / "tokens"),
        "tokens/ends.bin": lambda: TokenFile(folder / "tokens"),
    }


WEIGHTS = ["model.safetensors", "last.safetensors"]
JSON = ["tokenizer.json", "config.json", "tokens/meta.json"]


@pytest.mark.parametrize("name", [*JSON, *WEIGHTS, "tokens/ends.bin"])
def test_damaged_files(world, name):
    read, path = readers(world)[name], world[0] / name
    whole = path.read_bytes()

    @many
    @given(damaged(whole))
    def check(data):
        with instead(path, data), refused_or_read():
            read()

    check()


@pytest.mark.parametrize("name", JSON)
def test_json_of_another_shape(world, name):
    read, path = readers(world)[name], world[0] / name
    whole = json.loads(path.read_text("utf-8"))

    @many
    @given(bent(whole))
    def check(value):
        with instead(path, json.dumps(value).encode("utf-8", "surrogatepass")), refused_or_read():
            read()

    check()


def test_gpt2_configs_of_another_shape(world, tmp_path):
    good = {"model_type": "gpt2", "activation_function": "gelu_new", "n_inner": None}
    good |= {"n_embd": 4, "n_layer": 1, "n_head": 1, "n_positions": 8, "vocab_size": 9}

    @many
    @given(bent(good))
    def check(value):
        sizes = [v for v in value.values() if type(v) is int] if isinstance(value, dict) else []
        if max(sizes, default=0) > 1000:
            return  # a giant is refused by the memory, not by us
        (tmp_path / "config.json").write_text(json.dumps(value), "utf-8", errors="surrogatepass")
        with refused_or_read():
            import_gpt2(tmp_path)

    check()


def test_lines_of_documents(tmp_path):
    turns = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]
    good = {"conversations": turns}
    other_shapes = bent(good).map(lambda v: json.dumps(v).encode("utf-8", "surrogatepass"))

    @many
    @given(other_shapes | damaged(json.dumps(good).encode()) | st.binary(max_size=60))
    def check(line):
        path = tmp_path / "d.jsonl"
        path.write_bytes(line + b"\n")
        with refused_or_read():
            list(read_documents(path))

    check()


hostile = st.sampled_from(["<|im_end|>", "<|im_start|>", "assistant\n", "\ud800", "\x00", "吗?"])


@many
@given(st.text(max_size=60) | st.lists(hostile, max_size=6).map("".join))
def test_prompts(world, text):
    _, tokenizer, model = world
    ids, learn = render([{"role": "user", "content": text}], tokenizer)
    assert ids.count(tokenizer.im_start) == 1
    assert ids.count(tokenizer.im_end) == 1
    assert not any(learn)
    assert tokenizer.decode(tokenizer.encode(text)) == text
    if text:
        out = generate(model, torch.tensor([tokenizer.encode(text)]), 3, temperature=1.0, seed=0)
        assert out.shape[1] == len(tokenizer.encode(text)) + 3


@many
@given(st.binary(max_size=200))
def test_logs(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "log.jsonl"
    path.write_bytes(data)
    with refused_or_read():
        read_log(path)
