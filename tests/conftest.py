"""What the tests of the package share: a tokenizer and models small enough to try everything."""

import random
from dataclasses import replace

import pytest
import torch

from minillm.data import documents
from minillm.model import QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.tokenizer_training import train_bpe

TEXT = """The little penguin lives on the ice. The penguin likes fish, and the seal likes fish too.
小企鹅住在冰上。小企鹅喜欢鱼，海豹也喜欢鱼。
Who lives on the ice? The penguin lives on the ice. What does the seal like? The seal likes fish.
谁住在冰上？小企鹅住在冰上。海豹喜欢什么？海豹喜欢鱼。
"""

AWKWARD = (
    "", " ", "  ", "\n\n  \n", "\r\n", "a\r\nb", "\t\ta\tb", "\0", "a\0b",
    "don't we'll I'm THEY'RE 's 't", "3.14159 x²", "你好，世界！小企鹅住在南极。", "𠮷野家",
    "①②③ ½ ㎏ ０１２", "👩‍👩‍👧‍👦 🇨🇳 👍🏽", "e\u0301 é ﬁ", "\ufeffBOM", "\u2028\u0085\u00a0\u3000",
    "\ud800", "a\udfffb", "\ud83d\ude00", "\udc80\udcff",  # lone surrogates
    "<|im_end|>", "a<|endoftext|>b <|pad|>", "x" * 1000, "哈" * 500,
)  # fmt: skip

TINY = QdogBabyLearnConfig(
    "tiny", num_hidden_layers=2, num_heads=2, emb_dim=16, context_size=12, vocab_size=300
)


def pytest_configure(config):
    if config.getoption("markexpr") != "bench":
        torch.set_num_threads(1)  # tiny tensors are only slowed down by a second thread


@pytest.fixture(scope="session")
def text():
    return TEXT


def english(seed: int, sentences: int) -> str:
    """Sentences of the penguin's world, the same for the same seed."""
    choose = random.Random(seed)
    names = ["QdogBaby", "Mira", "the old seal", "Captain Albatross", "a small crab"]
    names += ["Pip's brother"]
    verbs = ["sees", "doesn't like", "is looking for", "has found", "would've eaten", "paints"]
    verbs += ["repaints"]
    things = ["seven red fishes", "the lighthouse", "an unbelievable map", "its reflection"]
    things += ["snow-shoes", "12,500 stars"]
    ends = [". ", "! ", "?\n", "...  ", ";\n\n", " - "]
    # for coined names, so that pairs are many
    syllables = ["pen", "gu", "in", "mar", "tle", "o", "sti", "ck", "wa", "ver"]
    return "".join(
        f"{choose.choice(names)} {choose.choice(verbs)} {choose.choice(things)} of "
        f"{''.join(choose.choices(syllables, k=3)).title()}{choose.choice(ends)}"
        for _ in range(sentences)
    )


def chinese(seed: int, sentences: int) -> str:
    """The same in Chinese."""
    choose = random.Random(seed)
    names = ["小企鹅", "老海豹", "信天翁船长", "一只小螃蟹", "米拉"]
    verbs = ["喜欢", "正在寻找", "不想吃", "看见了", "画下了"]
    things = ["七条红色的鱼", "灯塔", "自己的影子", "一张地图", "满天的星星"]
    signs = "天地玄黄宇宙洪荒日月盈昃辰宿列张"
    return "".join(
        f"{choose.choice(names)}{choose.choice(verbs)}{choose.choice(things)}和"
        f"{''.join(choose.choices(signs, k=2))}{choose.choice('，。！？')}"
        for _ in range(sentences)
    )


@pytest.fixture(scope="session")
def texts():
    """Longer texts for tokenizers: "english", "chinese" and "mixed"."""
    lines = (english(i, 2) + chinese(i, 3) + " 🐧𠮷 café\r\n" for i in range(40))
    return {"english": english(1, 120), "chinese": chinese(2, 200), "mixed": "\n".join(lines)}


@pytest.fixture(scope="session")
def awkward():
    """Strings that tokenizers have failed on."""
    return AWKWARD


@pytest.fixture(scope="session")
def tokenizer_700(texts):
    """700 tokens of the mixed text."""
    return train_bpe(texts["mixed"], 700, progress=False)


@pytest.fixture
def small_chunks(monkeypatch):
    """As if 40 bytes were much text: longer files are read in chunks of 16 bytes."""
    monkeypatch.setattr(documents, "LONG_TEXT_BYTES", 40)
    monkeypatch.setattr(documents, "CHUNK_BYTES", 16)


@pytest.fixture(scope="session")
def tokenizer():
    """300 tokens, Chinese and English: some characters are one token, others are three."""
    tokenizer = train_bpe(TEXT, TINY.vocab_size, progress=False)
    assert tokenizer.vocab_size == TINY.vocab_size
    return tokenizer


@pytest.fixture(scope="session")
def make_model():
    """A function that makes a tiny model in eval mode: `make_model(seed=1, context_size=5)`.

    Every weight gets noise on top of its start, so that biases and shifts are not 0, attention is
    uneven, and no part can be left out without a change in the logits. `fresh=True` leaves the
    start as it is.
    """

    def make(seed: int = 0, fresh: bool = False, **changes) -> QdogBabyLearnLLM:
        torch.manual_seed(seed)
        model = QdogBabyLearnLLM(replace(TINY, **changes)).eval()
        if not fresh:
            with torch.no_grad():
                for p in model.parameters():
                    p += 0.3 * torch.randn_like(p)
        return model

    return make
