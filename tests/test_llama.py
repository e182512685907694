"""llama.cpp itself, through the npm package node-llama-cpp, takes the same tokens as the model."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import minillm
from minillm.chat_format import prompt
from minillm.formats.gguf import export_gguf
from minillm.formats.gpt2 import export_gpt2, import_gpt2
from minillm.sampling import generate
from minillm.tokenizer_training import train_bpe

MODULES = Path(sys.prefix) / "llama" / "node_modules"
NODE = shutil.which("node")


def is_new_enough() -> bool:
    version = subprocess.run([NODE, "--version"], capture_output=True, text=True).stdout
    return int(version.strip("v\n").split(".")[0]) >= 20


pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(
        not (NODE and is_new_enough() and (MODULES / "node-llama-cpp").exists()),
        reason="needs llama.cpp: Node.js 20 or newer, and `make llama`",
    ),
]
TEXTS = [
    "Who is Kiki?",
    "hello",
    "What is 3 + 4?",
    "Tell me a story about a seal.",
    "你好",
    "企鹅喜欢吃什么？",
    "给我讲一个故事。",
    "The opposite of big is",
    "  two spaces\n\nand lines\t",
    "don't 12345 !!",
    "naïve café — 🐧",
    "吗? 是人工智能吗?",
    "a",
    "one two three four five six seven eight nine ten",
    "def f(x):\n    return x + 1",
    "Ünïcödé ¿qué?",
]


def in_llama_cpp(gguf: Path, texts: list[str], tokens: int) -> list[dict[str, list[int]]]:
    # Node looks for a package beside the script that asks for it.
    script = shutil.copy(Path(__file__).with_name("llama.mjs"), MODULES.parent / "llama.mjs")
    request = {"gguf": str(gguf), "texts": texts, "tokens": tokens}
    done = subprocess.run(
        [NODE, script], input=json.dumps(request).encode(), capture_output=True, timeout=300
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def assert_llama_cpp_agrees(gguf, model, tokenizer, texts, ids_of) -> None:
    tokens, ends = 24, tokenizer.special.get("<|im_end|>", tokenizer.end_id)
    for text, answer in zip(texts, in_llama_cpp(gguf, texts, tokens), strict=True):
        ids = ids_of(text)
        assert answer["ids"] == ids, text
        ours = generate(model, torch.tensor([ids]), tokens, temperature=0)[0, len(ids) :].tolist()
        taken = answer["taken"]
        assert taken == ours[: len(taken)], text
        # It stops at the end of an answer, and not before.
        assert len(taken) == tokens or taken[-1] == ends, text


def test_the_chat_model_that_comes_along(tmp_path):
    model, tokenizer = minillm.load()
    export_gguf(tmp_path / "mini.gguf", model, tokenizer)
    prompts = [prompt([{"role": "user", "content": text}], tokenizer) for text in TEXTS]
    by_text = {tokenizer.decode(ids): ids for ids in prompts}
    assert_llama_cpp_agrees(tmp_path / "mini.gguf", model, tokenizer, list(by_text), by_text.get)


def test_a_gpt2_that_was_imported(make_model, tmp_path):
    tokenizer = train_bpe(TEXTS * 3, 400, special_tokens=("<|endoftext|>",), progress=False)
    theirs = make_model(seed=3, vocab_size=tokenizer.vocab_size, context_size=128)
    with torch.no_grad():  # scores that differ, whatever the order of the sums
        theirs.out.weight.mul_(20)
    (tmp_path / "gpt2").mkdir()
    export_gpt2(tmp_path / "gpt2", theirs, tokenizer)
    model, tokenizer = import_gpt2(tmp_path / "gpt2")
    export_gguf(tmp_path / "gpt2.gguf", model, tokenizer)
    assert_llama_cpp_agrees(tmp_path / "gpt2.gguf", model, tokenizer, TEXTS, tokenizer.encode)
