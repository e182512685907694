"""What the explorer shows of a prompt: tokens, the maps of all heads, the guesses.

Each question is answered with numbers and tensors.
"""

import copy
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from ..chat_format import prompt
from ..interpretability import (
    Activations,
    activations,
    added_lengths,
    heads_off,
    token_label,
)
from ..model import QdogBabyLearnLLM
from ..sampling import generate, token_probabilities
from ..tokenizer import BPETokenizer

GUESSES = 6  # next tokens listed
ANSWER = 48  # tokens of an answer at most
THUMBNAIL = 48  # pixels at most of a small map's side
Heads = Sequence[Sequence[int]]  # (layer, head) pairs
Answer = tuple[dict[str, Any], list[Tensor]]


def beside(model: QdogBabyLearnLLM) -> QdogBabyLearnLLM:
    """The same weights, in modules of their own.

    JupyterLab answers a widget while a cell runs, which may be training this very model: what is
    switched off to answer, heads or dropout, must be off nowhere else.
    """
    weights = [*model.parameters(), *model.buffers()]
    return copy.deepcopy(model, {id(tensor): tensor for tensor in weights})


class PromptSource:
    """What one sees of a prompt: tokens, maps, guesses."""

    def __init__(
        self,
        model: QdogBabyLearnLLM,
        tokenizer: BPETokenizer,
        chat: bool = False,
    ) -> None:
        self.model, self.tokenizer, self.chat = beside(model), tokenizer, chat
        self._seen = lru_cache(maxsize=4)(lambda ids, off, _: activations(self.model, ids, off))
        self._said = lru_cache(maxsize=8)(lambda ids, off, _: self._generate(ids, off))

    # --- tokens -----------------------------------------------------------------------------------

    def whole(self, text: str) -> list[int]:
        """The ids of a text, in a chat with its form, however long."""
        if self.chat:
            return prompt([{"role": "user", "content": text}], self.tokenizer)
        return self.tokenizer.encode(text)

    def asked(self, text: str) -> list[int]:
        """The prompt's ids, as many as the context holds; an empty prompt is a new document.

        Of a chat's message that is too long the end is cut: the form of the chat stays.
        """
        room, said = self.model.cfg.context_size, text
        while len(ids := self.whole(said)) > room and self.chat and said:
            kept = self.tokenizer.encode(said)[: room - len(ids)]
            said = self.tokenizer.decode(kept).rstrip("\ufffd")  # no half characters
        return ids[:room] or [self.tokenizer.end_id]

    def answer_ids(self, text: str, off: Heads = ()) -> list[int]:
        """What a chat model answers, word for word the likeliest; nothing if it is no chat."""
        if not self.chat:
            return []
        return self._said(tuple(self.asked(text)), pairs(off), self.version())

    def _generate(self, ids: tuple[int, ...], off: Heads) -> list[int]:
        room, stop = self.model.cfg.context_size - len(ids), self.tokenizer.im_end
        place = torch.tensor([ids], device=self.model.tok_emb.weight.device)
        with heads_off(self.model, pairs(off)):
            whole = generate(
                self.model,
                place,
                min(room, ANSWER),
                stop=stop,
                temperature=0.0,
                vocab_size=self.tokenizer.vocab_size,
            )
        return [i for i in whole[0, len(ids) :].tolist() if i != stop]

    def ids(self, text: str) -> list[int]:
        """Prompt and answer, which is that of all heads."""
        return self.asked(text) + self.answer_ids(text)

    def label(self, token_id: int) -> str:
        """A token as one can read it."""
        return token_label(self.tokenizer, token_id)

    def version(self) -> tuple[Hashable, ...]:
        """Changes when a weight does, so that what is drawn is not of the weights before.

        Of a change by `.data`, of which PyTorch itself keeps no count, nothing is seen.
        """
        return tuple(
            (p.data_ptr(), p.dtype, 0 if p.is_inference() else p._version)
            for p in self.model.parameters()
        )

    def activations(self, text: str, off: Heads = ()) -> Activations:
        """The tensors that are drawn, with the heads in `off` switched off."""
        seen = self._seen(tuple(self.ids(text)), pairs(off), self.version())
        if seen.logits.isnan().any():
            raise ValueError("the model's logits are NaN: its weights are damaged")
        return seen

    def _known(self, logits: Tensor) -> Tensor:
        """A model may have more rows than its tokenizer."""
        return logits[..., : self.tokenizer.vocab_size]

    def place(self, text: str, position: int) -> int:
        """A position at which a token is chosen; for any other the end of the prompt."""
        first, end = self.first(text), len(self.asked(text)) - 1
        return position if first <= position < len(self.ids(text)) else end

    def first(self, text: str) -> int:
        """The first position that chooses a token: in a chat that of the answer."""
        return len(self.asked(text)) - 1 if self.chat else 0

    def chosen(self, text: str, position: int) -> int:
        """The token that follows a position; after the last (or -1) the likeliest, all heads on."""
        ids = self.ids(text)
        if 0 <= position < len(ids) - 1:
            return ids[position + 1]
        return int(self._known(self.activations(text).logits[-1]).argmax())

    # --- the frame of a chat ----------------------------------------------------------------------

    def fold(self, text: str) -> tuple[list[int], list[list[int]]]:
        """The rows of a map, as positions, and its columns, each a list of positions.

        The frame of a chat is one column, as its tokens carry no words. Rows are the other tokens,
        and the frame's last, where the answer begins.
        """
        T, asked = len(self.ids(text)), len(self.asked(text))
        empty = self.whole("") if self.chat else []
        if not self.chat or asked < len(empty):
            return list(range(T)), [[t] for t in range(T)]
        before = empty.index(self.tokenizer.im_end)  # of a question
        after = asked - len(empty) + before
        frame = [*range(before), *range(after, asked)]
        words = [*range(before, after), *range(asked, T)]
        return sorted([*words, asked - 1]), [frame, *([t] for t in words)]

    # --- the questions ----------------------------------------------------------------------------

    def look(self, text: str, off: Heads = ()) -> Answer:
        """All tokens, and the small maps of all heads (L, H, side, side), uint8."""
        seen, asked, whole = self.activations(text, off), self.asked(text), len(self.whole(text))
        rows, columns = self.fold(text)
        folded = _fold(seen.weights, rows, columns)
        side = tuple(min(size, THUMBNAIL) for size in folded.shape[-2:])
        small = F.adaptive_max_pool2d(folded, side).mul(255).round().byte()
        note = ""
        if whole > self.model.cfg.context_size:
            part = "question" if self.chat else "text"
            note = f"Only {len(asked)} of {whole} tokens fit: the end of the {part} is cut."
        said = self.answer_ids(text, off)
        return {
            "L": len(seen.weights),
            "H": seen.weights.shape[1],
            "V": self.tokenizer.vocab_size,
            "T": len(seen.ids),
            "asked": len(asked),
            "first": self.first(text),
            "side": side,
            "tokens": [self.label(i) for i in seen.ids],
            "next": self.label(self.chosen(text, -1)),
            "rows": rows,
            "columns": columns,
            # Of a question nothing was ever learned, so its losses say nothing.
            "losses": [] if self.chat else seen.losses().tolist(),
            "before": [] if self.chat else self.activations(text).losses().tolist(),
            "says": self.tokenizer.decode(said),
            "changed": said != self.answer_ids(text),
            "note": note,
        }, [small]

    def head(
        self, text: str, layer: int, head: int, off: Heads = (), weighted: bool = False
    ) -> Answer:
        """One head's scores and weights, and if asked |weight × value|, each (rows, columns).

        From the frame a row takes the sum; its score is the one whose softmax is that sum.
        """
        seen, (rows, columns) = self.activations(text, off), self.fold(text)
        scores, weights = seen.scores(layer, head), seen.weights[layer, head]
        first = scores[rows][:, [column[0] for column in columns]]
        for number, column in enumerate(columns):
            if len(column) > 1:
                later = torch.tensor(column) > torch.tensor(rows)[:, None]
                allowed = scores[rows][:, column].masked_fill(later, float("-inf"))
                first[:, number] = allowed.logsumexp(dim=-1)
        maps = [weights]
        if weighted:
            maps.append(weights * added_lengths(self.model, seen.ids, pairs(off))[layer, head])
        folded = [_fold(each, rows, columns) for each in maps]
        return {"layer": layer, "head": head}, [first, *folded]

    def guesses(
        self,
        text: str,
        position: int,
        off: Heads = (),
        temperature: float = 1.0,
        top_k: int | None = None,
        top_p: float | None = None,
    ) -> Answer:
        """The likeliest next tokens at a position.

        For each: `p` of the model, `before` with all heads on, `q` as it would be sampled.
        """
        at, seen = self.place(text, position), self.activations(text, off)
        logits = self._known(seen.logits[at])
        p = logits.softmax(dim=-1)
        before = self._known(self.activations(text).logits[at]).softmax(dim=-1)
        q = token_probabilities(logits, temperature, top_k, top_p)
        best = p.topk(min(GUESSES, len(p))).indices.tolist()
        named = {"p": p, "before": before, "q": q}
        rows = [
            {"token": self.label(i), **{name: v[i].item() for name, v in named.items()}}
            for i in best
        ]
        return {"position": at, "rows": rows, "kept": int((q > 0).sum()), "of": len(q)}, []


def pairs(off: Heads) -> tuple[tuple[int, int], ...]:
    """Heads as they can be a key; the browser sends lists."""
    return tuple((int(layer), int(head)) for layer, head in off)


def _fold(weights: Tensor, rows: list[int], columns: list[list[int]]) -> Tensor:
    """These rows, and the sums over each column's positions: (..., T, T) -> (..., R, C)."""
    if len(columns) == weights.shape[-1]:
        return weights  # nothing is folded
    taken = weights[..., rows, :]
    return torch.stack([taken[..., column].sum(dim=-1) for column in columns], dim=-1)
