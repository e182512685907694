"""Why a model says what it says: the explorer's questions that take more than one look.

The lead of a token as a sum and what each part does, prompts that exchange a place, heads found by
a score. A question is the name of a method and its arguments; the page (page/*.js) knows nothing
else of the model, so that whoever answers these questions can stand behind it.
"""

import math
from collections.abc import Sequence
from contextlib import ExitStack

import torch
from torch import Tensor

from ..interpretability import (
    activations,
    feed_forward_off,
    head_scores,
    lead,
    ledger,
    patch,
    patch_heads,
    streams,
)
from ..model import QdogBabyLearnLLM
from ..tokenizer import BPETokenizer
from .source import Answer, Heads, PromptSource, pairs

RIVALS = 8  # tokens offered to compare with
PATCHED = 64  # tokens at most of a prompt that is patched: one pass for each, of each layer
BEST = 5  # heads listed by the head finder


class ModelSource(PromptSource):
    """All questions about one model. `texts` are those that the head finder reads."""

    def __init__(
        self,
        model: QdogBabyLearnLLM,
        tokenizer: BPETokenizer,
        chat: bool = False,
        texts: Sequence[str] = (),
    ) -> None:
        super().__init__(model, tokenizer, chat)
        self.texts = list(texts)
        if isinstance(texts, str) or not all(isinstance(text, str) for text in self.texts):
            raise ValueError(f"texts={texts!r:.60} is not a list of texts")

    def why(
        self, text: str, position: int, rival: int | str | None = None, off: Heads = ()
    ) -> Answer:
        """The lead of the chosen token over a rival as a sum, and the guess after each layer.

        A rival is an id, or the beginning of a text, or the likeliest other word.
        """
        at = self.place(text, position)
        ids, token = self.ids(text)[: at + 1], self.chosen(text, at)
        rivals = self.rivals(text, at, token, off)
        other = rivals[0] if rival is None else self._first(rival, token)
        if other == token:
            raise ValueError(f"{self.label(token)} is the chosen token itself; name another")
        before = self.activations(text, off).streams[:, : at + 1]
        parts = ledger(self.model, ids, token, other, off=pairs(off), before=before)
        after = self._read(before[:, at])
        return {
            "token": {"id": token, "label": self.label(token)},
            "rival": {"id": other, "label": self.label(other)},
            "rivals": [{"id": i, "label": self.label(i)} for i in dict.fromkeys([other, *rivals])],
            "parts": [{"name": name, "share": share} for name, share in parts.items()],
            "lead": lead(after[-1], token, other).item(),
            "lens": [
                {
                    "token": self.label(int(p.argmax())),
                    "p": p.max().item(),
                    "chosen": p[token].item(),
                    "rank": int((p > p[token]).sum()) + 1,
                }
                for p in self._known(after).softmax(dim=-1)
            ],
        }, []

    def rivals(self, text: str, position: int, token: int, off: Heads = ()) -> list[int]:
        """Likely other words: not the same but for case or space, and no shorter pieces."""
        logits = self._known(self.activations(text, off).logits[position])
        mine, found, words = self.tokenizer.decode([token]), [], set[str]()
        words.add(mine.strip().casefold())
        for i in logits.argsort(descending=True).tolist():
            said = self.tokenizer.decode([i])
            word = said.strip().casefold()
            alike = said.startswith(" ") == mine.startswith(" ") and "\ufffd" not in said
            piece = word.isascii() and len(word) < min(3, len(mine.strip()))  # of a word
            if alike and word not in words and i != token and not piece:
                words.add(word)
                found.append(i)
            if len(found) == RIVALS:
                break
        return found or [i for i in logits.topk(2).indices.tolist() if i != token][:1]

    def _first(self, rival: int | str, token: int) -> int:
        if isinstance(rival, int):
            return rival
        space = " " if self.tokenizer.decode([token]).startswith(" ") else ""
        ids = self.tokenizer.encode(space + rival.strip())
        if not rival.strip():
            raise ValueError("a rival is a word, and not empty")
        return ids[0]

    def effects(
        self, text: str, position: int, rival: int, parts: Sequence[str], off: Heads = ()
    ) -> Answer:
        """By how much the lead falls, in doublings, when each of these parts is switched off."""
        at = self.place(text, position)
        ids, token = self.ids(text)[: at + 1], self.chosen(text, at)
        whole = lead(self._read(self.activations(text, off).streams[-1, at]), token, rival)
        found = {}
        for part in parts:
            kind, _, number = part.rpartition(" ")
            with ExitStack() as stack:
                if kind == "feed-forward":
                    stack.enter_context(feed_forward_off(self.model, int(number)))
                elif kind != "head":
                    continue  # a bias, or a row of a table: nothing that could be off
                heads = [tuple(map(int, number.split(".")))] if kind == "head" else []
                end = streams(self.model, ids, pairs([*off, *heads]))[-1, -1]
                without = lead(self._read(end), token, rival)
            found[part] = (whole - without).item()
        return {"effects": found}, []

    @torch.inference_mode()
    def _read(self, stream: Tensor) -> Tensor:
        """What the last norm and the head read in a stream: (…, C) -> (…, V)."""
        return self.model.out(self.model.norm(stream)).float().cpu()

    def swap(self, text: str, other: str) -> Answer:
        """How much of an answer moves when one place, or one head, is taken from another prompt.

        Tensors: (L + 1, T) for the places and (L, H) for the heads. The answers are followed up to
        the first token in which they differ.
        """
        asked, there = self.asked(text), self.asked(other)
        said, also = ([*self.answer_ids(t), self.chosen(t, -1)] for t in (text, other))
        if len(asked) != len(there):
            raise ValueError(
                f"The first has {len(asked)} tokens, the second {len(there)}; to exchange places "
                f"they must have as many each. Their words: {self._cut(text)} and "
                f"{self._cut(other)}."
            )
        same = next((n for n, (a, b) in enumerate(zip(said, also)) if a != b), None)
        if same is None:
            raise ValueError("Both prompts get the same answer, so there is nothing to move.")
        first, second = asked + said[:same], there + also[:same]
        if len(first) > PATCHED:
            raise ValueError(f"{len(first)} tokens are too many to exchange; use up to {PATCHED}.")
        token, rival = said[same], also[same]
        begin = next(t for t, (a, b) in enumerate(zip(first, second)) if a != b)
        moved = patch(self.model, first, second, token, rival).float().cpu()
        heads = patch_heads(self.model, first, second, token, rival).float().cpu()
        return {
            "begin": begin,  # before it both are alike, and nothing can move
            "T": len(first),
            "L": len(heads),
            "H": heads.shape[1],
            "tokens": [self.label(i) for i in first],
            "others": [self.label(i) for i in second],
            "answers": [self.tokenizer.decode(a, skip_special=True) for a in (said, also)],
            "frame": [t for c in self.fold(text)[1] if len(c) > 1 for t in c],
            "token": self.label(token),
            "rival": self.label(rival),
        }, [moved, heads]

    def _cut(self, text: str) -> str:
        return "·".join(self.label(i) for i in self.tokenizer.encode(text))

    def find(self, score: str) -> Answer:
        """The heads with most of a score over the texts, an example of each, and what they do.

        "marked" is the weight from the last token on a word that stands between stars: "Where is
        *Kiki*?". `effect` is by how much the loss of the texts rises without the head, in nats a
        token, and of a chat that of its own answers; `random` is the mean of the same for up to
        three other heads of its layer.
        """
        texts = [self._marked(text) for text in self.texts]
        texts = [each for each in texts if len(self.ids(each[0])) > max(1, self.first(each[0]) + 1)]
        if not texts:
            raise ValueError("The head finder needs texts: AttentionExplorer(…, texts=[…]).")
        scores, before = [], []
        for text, marked in texts:
            ids = self.asked(text)
            weights = activations(self.model, ids).weights
            if score == "marked":
                on_it = weights[:, :, -1, marked].sum(dim=-1)
                scores.append(on_it if marked else on_it * math.nan)
            else:
                scores.append(head_scores(weights, ids)[score])
            before.append(self._loss(text))
        each = torch.stack(scores) * (-1 if score == "entropy" else 1)  # (N, L, H)
        mean = each.nanmean(dim=0)
        if mean.isnan().all():
            how = "; mark a word in each, as in Where is *Kiki*?" if score == "marked" else "."
            raise ValueError(f"In none of the texts is there a token for the score {score!r}{how}")
        H, rows = mean.shape[1], []
        for i in mean.flatten().argsort(descending=True)[:BEST].tolist():
            layer, head = divmod(i, H)
            best = int(each[:, layer, head].nan_to_num(-math.inf).argmax())
            others = [h for h in range(H) if h != head][:3]
            harm = [self._harm(texts, before, (layer, h)) for h in (head, *others)]
            rows.append(
                {
                    "layer": layer,
                    "head": head,
                    "score": mean[layer, head].abs().item(),
                    "example": texts[best][0],
                    "effect": harm[0],
                    "random": sum(harm[1:]) / len(others) if others else None,
                }
            )
        return {"rows": rows, "texts": len(texts)}, []

    def _harm(
        self, texts: list[tuple[str, list[int]]], before: list[Tensor], head: tuple[int, int]
    ) -> float:
        rises = [self._loss(text, [head]) - loss for (text, _), loss in zip(texts, before)]
        return float(torch.stack(rises).mean())

    def _loss(self, text: str, off: Heads = ()) -> Tensor:
        """Of a text the mean over its tokens; of a chat that over its answer with all heads on."""
        losses = activations(self.model, self.ids(text), pairs(off)).losses()
        return losses[self.first(text) :].mean()

    def _marked(self, text: str) -> tuple[str, list[int]]:
        """A text without its stars, and where in the prompt the word stands that they mark."""
        before, *rest = (text.strip() if self.chat else text).split("*", 2)
        if len(rest) < 2:
            return text, []
        word, after = rest
        begin = len(before.encode())
        end, at, found = begin + len(word.encode()), 0, []
        whole = before + word + after
        ids = self.asked(whole)
        for column in self.fold(whole)[1]:
            if len(column) == 1 and column[0] < len(ids):  # neither frame nor answer
                size = len(self.tokenizer.decode_bytes([ids[column[0]]]))
                if at < end and at + size > begin:
                    found.append(column[0])
                at += size
        return whole, found
