"""What a run is made with: the settings of each preset, and the documents. Built in 14."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from .. import corpus
from ..chat_format import plain_text
from ..data.documents import Document, text_size, texts_of
from ..data.records import Note, ignore
from ..data.splits import TrainingData, fingerprint, split_documents
from ..formats.checkpoints import save_tokenizer
from ..model import PRESETS, QdogBabyLearnConfig
from ..tokenizer import BPETokenizer
from ..tokenizer_training import train_bpe
from ..training import TrainingConfig


@dataclass(frozen=True)
class Recipe:
    """What a run is made with; kept in its folder as run.json."""

    model: QdogBabyLearnConfig
    pretrain: TrainingConfig
    sft: TrainingConfig
    data: tuple[str, ...] = ()  # none: the bundled world
    world_seed: int = 0  # which island that is

    @property
    def source(self) -> str:
        """What is learned from, in words."""
        which = f" of seed {self.world_seed}" if self.world_seed else ""
        return ", ".join(self.data) or f"the bundled world{which}"


RECIPES = {
    "nano": Recipe(
        PRESETS["nano"],
        TrainingConfig(
            steps=1200, batch_size=16, micro_batch=16, learning_rate=8e-3, eval_every=300
        ),
        TrainingConfig(
            steps=700, batch_size=16, micro_batch=16, learning_rate=6e-3, warmup=50, eval_every=350
        ),
    ),
    "mini": Recipe(
        PRESETS["mini"],
        TrainingConfig(
            steps=2500,
            batch_size=16,
            micro_batch=16,
            learning_rate=1e-2,
            eval_every=500,
        ),
        TrainingConfig(
            steps=11000,
            batch_size=16,
            micro_batch=16,
            learning_rate=5e-3,
            final_rate=0.02,
            eval_every=2000,
        ),
    ),
    "seed": Recipe(
        PRESETS["seed"],
        TrainingConfig(steps=750, batch_size=16, micro_batch=8, learning_rate=3e-3, eval_every=150),
        TrainingConfig(
            steps=3200,
            batch_size=16,
            micro_batch=8,
            learning_rate=1.5e-3,
            final_rate=0.02,
            eval_every=640,
        ),
    ),
}


def load_data(data: tuple[str, ...], note: Note = ignore, world_seed: int = 0) -> TrainingData:
    """The documents of a run: those in `data`, or of the bundled world; `note` as there."""
    if data and world_seed:
        raise ValueError(
            f"--world-seed {world_seed} chooses a bundled world, and there is --data of your own; "
            "leave one of them out"
        )
    if data:
        return split_documents(data, note)
    texts: list[Document] = [*corpus.pretraining_documents(world_seed=world_seed)]
    dialogues: list[Document] = [*corpus.dialogues(world_seed=world_seed)]
    return TrainingData(
        pretrain=texts,
        valid=corpus.validation_documents(world_seed=world_seed),
        sft=dialogues,
        sft_valid=corpus.validation_dialogues(world_seed=world_seed),
        texts=texts,
        fingerprint=fingerprint(chain(texts, dialogues)),
    )


def fine_tuning_documents(data: TrainingData) -> Iterator[Document]:
    """The conversations, and half as much text again.

    Without that, what pretraining has read is forgotten while answering is learned.
    """
    size = 0
    for conversation in data.sft:
        yield conversation
        size += text_size(conversation)
    left = size // 2
    for text in texts_of(data.texts):
        if left <= 0:
            return
        yield text[:left]
        left -= len(text)


MAX_TOKENIZER_SIZE = 100_000_000  # characters; counting more takes memory and hardly helps


def learn_tokenizer(data: TrainingData, vocab_size: int, progress: bool = True) -> BPETokenizer:
    """A BPE tokenizer from what a run trains on.

    Of more than MAX_TOKENIZER_SIZE characters it reads an even sample of the texts.
    """
    QdogBabyLearnConfig(vocab_size=vocab_size)  # refuses more than a model may have

    def texts() -> Iterator[str]:
        yield from texts_of(data.texts)
        for conversation in data.sft:
            if isinstance(conversation, list):
                yield plain_text(conversation)
            else:
                yield from texts_of([conversation])

    size = sum(map(len, texts()))
    every = max(1, -(-size // MAX_TOKENIZER_SIZE))
    return train_bpe(islice(texts(), 0, None, every), vocab_size, progress=progress)


def make_tokenizer(
    folder: Path, data: TrainingData, vocab_size: int, progress: bool
) -> BPETokenizer:
    """The tokenizer of a run: loaded if it is in `folder`, else learned and written there."""
    if not (folder / "tokenizer.json").exists():
        save_tokenizer(folder, learn_tokenizer(data, vocab_size, progress))
    return BPETokenizer.load(folder)
