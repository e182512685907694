"""What the tests of the package share: a tokenizer and models small enough to be tried in every way."""

from dataclasses import replace

import pytest
import torch

from minillm.model import QdogBabyLearnConfig, QdogBabyLearnLLM
from minillm.tokenizer import train_bpe

TEXT = """The little penguin lives on the ice. The penguin likes fish, and the seal likes fish too.
小企鹅住在冰上。小企鹅喜欢鱼，海豹也喜欢鱼。
Who lives on the ice? The penguin lives on the ice. What does the seal like? The seal likes fish.
谁住在冰上？小企鹅住在冰上。海豹喜欢什么？海豹喜欢鱼。
"""

TINY = QdogBabyLearnConfig("tiny", num_hidden_layers=2, num_heads=2, emb_dim=16, context_size=12, vocab_size=300)


def pytest_configure(config):
    if config.getoption("markexpr") != "bench":
        torch.set_num_threads(1)  # tiny tensors are only slowed down by a second thread


@pytest.fixture(scope="session")
def text():
    return TEXT


@pytest.fixture(scope="session")
def tokenizer():
    """300 tokens, Chinese and English: some characters are one token, others are three."""
    tokenizer = train_bpe(TEXT, TINY.vocab_size, progress=False)
    assert tokenizer.vocab_size == TINY.vocab_size
    return tokenizer


@pytest.fixture(scope="session")
def make_model():
    """A function that makes a tiny model in eval mode: `make_model(seed=1, context_size=5)`.

    Every weight gets noise on top of its start, so that biases and shifts are not 0, attention is uneven, and
    no part can be left out without a change in the logits. `fresh=True` leaves the start as it is.
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
