"""Closed-laptop questions on paper: maps of a student's own model, and what they show.

The answers are computed from the model. Not here: the pages (`sheets`), the maps' drawing
(`widgets.drawing`).
"""

import html
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import torch
from torch import Tensor

from ..corpus.draw import Draw
from ..corpus.sentences import BANKS
from ..corpus.templates import fill
from ..corpus.world import make_world
from ..formats.checkpoints import find_model, load
from ..interpretability import activations, head_scores, lead, token_label
from ..model import QdogBabyLearnLLM
from ..runs.report import run_seeds
from ..tokenizer import BPETokenizer
from ..widgets.drawing import svg
from .bugs import normal_name
from .predictions import OPEN
from .sheets import Question, write_sheets

FACTS = ("home", "food", "hobby", "species", "friend")
DOES = {  # a score of heads, and what a head with much of it does
    "induction": "looks for its own token earlier in the text and takes from what came after it",
    "one back": "takes from the token just before it",
    "twin": "takes from the same token where it stood earlier",
    "first token": "takes from the first token, whatever that is",
}
SHORTEST = 64  # tokens that the context must hold
Head = tuple[int, int]


@dataclass(frozen=True)
class _Read:
    """A text that the model has read."""

    text: str
    ids: list[int]
    tokens: list[str]
    weights: Tensor  # (L, H, T, T)
    logits: Tensor  # (T, V)

    def heads(self) -> list[Head]:
        L, H = self.weights.shape[:2]
        return list(product(range(L), range(H)))

    def drawn(self, head: Head) -> str:
        numbered = [f"{n} {token}" for n, token in enumerate(self.tokens, 1)]
        return svg(self.weights[head], numbered, self.text, *head)

    def named(self, t: int) -> str:
        return f"token {t + 1} {_code(self.tokens[t])}"


def write_questions(model: str | Path, file: str | Path, name: str = "") -> tuple[Path, Path]:
    """Write a page of questions on the model of a folder, and its key; returns where they are.

    The same name gets the same questions. ValueError for a file that is no .html, and for a model
    whose context holds no text.
    """
    folder = find_model(model)
    asked = make_questions(*load(folder), name, run_seeds(folder)[1])
    return Path(file), write_sheets(Path(file), name, asked)


@torch.inference_mode()
def make_questions(
    model: QdogBabyLearnLLM, tokenizer: BPETokenizer, name: str = "", world_seed: int = 0
) -> list[Question]:
    """The questions, with their answers. Errors as `write_questions`."""
    if model.cfg.context_size < SHORTEST:
        raise ValueError(
            f"context_size={model.cfg.context_size} holds no text; {SHORTEST} are needed"
        )
    draw = Draw("questions", normal_name(name) if name.strip() else "", world_seed)
    first, second, third = _facts(draw, tokenizer, world_seed)
    plain = _read(model, tokenizer, f"{first} {second}")
    again = _read(model, tokenizer, f"{first} {second} {third} {first}")
    found = [
        _most(draw, plain),
        _empty(draw, plain),
        _which(draw, again),
        _covered(draw, plain),
        _off(draw, model, tokenizer, again),
        _next(draw, tokenizer, again),
    ]
    return [question for question in found if question]


def _facts(draw: Draw, tokenizer: BPETokenizer, world_seed: int) -> list[str]:
    """Three facts of three friends, of a dozen the shortest, so that a map has large cells."""
    answers, friends = BANKS["en"].FACT_ANSWERS, draw.sample(make_world(world_seed).train, 12)
    told = [fill(draw, answers[draw.choice(FACTS)], friend.slots("en")) for friend in friends]
    return sorted(told, key=lambda text: len(tokenizer.encode(text)))[:3]


def _read(model: QdogBabyLearnLLM, tokenizer: BPETokenizer, text: str) -> _Read:
    ids = tokenizer.encode(text)[:SHORTEST]
    seen = activations(model, ids)
    labels = [token_label(tokenizer, i) for i in ids]
    return _Read(text, ids, labels, seen.weights, seen.logits[:, : tokenizer.vocab_size])


# --- the questions ----------------------------------------------------------------------------


def _most(draw: Draw, read: _Read) -> Question:
    """From which token one takes most, and how much: a row in which that can be seen."""
    clear = []
    for head, t in product(read.heads(), range(4, len(read.ids))):
        (a, b), (s, _) = (x.tolist() for x in read.weights[head][t, : t + 1].topk(2))
        if s not in (0, t):
            clear.append((a - b, head, t, s, a))
    best = sorted(clear, reverse=True)[: max(1, len(clear) // 20)]
    _, head, t, s, weight = draw.choice(best)
    return Question(
        f"<p>Find the row of {read.named(t)}. From which token does it take most? About how much "
        "of all that it takes is that: a tenth, a quarter, a half, or nearly all?</p>",
        f"From {read.named(s)}: {weight:.2f}, so {_about(weight)}.",
        (read.drawn(head),),
    )


def _empty(draw: Draw, read: _Read) -> Question:
    head = draw.choice(read.heads())
    T = len(read.ids)
    return Question(
        "<p>The upper right of the map is hatched. Why? What would go wrong in training if it were "
        "not? And what do the weights of each row add up to?</p>",
        "A token must not see later ones (the causal mask): else it would copy the next token, "
        "which it is to guess, and learn nothing for the time when there is no next token. Each "
        f"row adds up to 1. {T * (T - 1) // 2} of "
        f"{T * T} places are forbidden.",
        (read.drawn(head),),
        lines=4,
        points=3,
    )


def _which(draw: Draw, read: _Read) -> Question:
    """Which of two maps does what: the score in which two heads differ most, induction first."""
    scores = head_scores(read.weights, read.ids)
    best: tuple[float, str, Head, Head] = (-1.0, "", (0, 0), (0, 0))
    for score in DOES:
        each = {head: float(scores[score][head].nan_to_num()) for head in read.heads()}
        does = max(each, key=each.__getitem__)
        other = max(  # does something else, and clearly
            (head for head in each if head != does),
            key=lambda head: (
                max(float(scores[s][head].nan_to_num()) for s in DOES if s != score) - each[head]
            ),
            default=does,
        )
        contrast = each[does] - each[other]
        contrast += 0.2 * (score == "induction" and each[does] > 0.15)  # where there is any
        if contrast > best[0]:
            best = contrast, score, does, other
    _, score, does, other = best
    left, right = draw.shuffled([does, other])
    figures = [float(scores[score][head].nan_to_num()) for head in (left, right)]
    side = "left" if left == does else "right"
    return Question(
        f"<p>One of these two heads {DOES[score]}. Which one, the left or the right? Name one row "
        "that shows it, and say from where to where.</p>",
        f"The {side} one, {_name(does)}: its score is {max(figures):.2f}, that of the other "
        f"{min(figures):.2f}. {_rows(read, does, score)}",
        (read.drawn(left), read.drawn(right)),
        lines=3,
        points=3,
    )


def _rows(read: _Read, head: Head, score: str) -> str:
    """The rows that show best what a head does."""
    wanted = []
    for t in range(1, len(read.ids)):
        twins = [s for s in range(t) if read.ids[s] == read.ids[t]]
        places = {
            "induction": [s + 1 for s in twins if s + 1 < t],
            "one back": [t - 1],
            "twin": twins,
            "first token": [0],
        }[score]
        wanted += [(float(read.weights[head][t, s]), t, s) for s in places]
    best = sorted(wanted, reverse=True)[:3]
    told = ", ".join(f"{read.named(t)} from {read.named(s)} {weight:.2f}" for weight, t, s in best)
    return f"It can be seen in: {told}."


def _covered(draw: Draw, read: _Read) -> Question:
    """A row in figures, one of which is covered."""
    rows = []
    for head, t in product(read.heads(), range(4, min(8, len(read.ids)))):
        weights = [round(w, 2) for w in read.weights[head][t, : t + 1].tolist()]
        rows += [(head, t, s, weights) for s, w in enumerate(weights) if 0.15 <= w <= 0.85]
    if not rows:  # every row takes all from one place
        weights = [round(w, 2) for w in read.weights[0, 0, 4, :5].tolist()]
        rows = [((0, 0), 4, s, weights) for s in range(5)]
    head, t, s, weights = draw.choice(rows)
    cells = "".join(f"<td>{'?' if i == s else f'{w:.2f}'}</td>" for i, w in enumerate(weights))
    tokens = enumerate(read.tokens[: t + 1], 1)
    names = "".join(f"<th>{n} {html.escape(token)}</th>" for n, token in tokens)
    missing = 1 - sum(w for i, w in enumerate(weights) if i != s)
    return Question(
        f"<p>In {_name(head)} the row of {read.named(t)} of “{html.escape(read.text)}” holds "
        f"these weights. What stands in place of the question mark?</p>"
        f"<table><tr>{names}</tr><tr>{cells}</tr></table>",
        f"{missing:.2f}, as a row adds up to 1 (a hundredth more or less is rounding).",
        lines=1,
        points=1,
    )


def _off(
    draw: Draw, model: QdogBabyLearnLLM, tokenizer: BPETokenizer, read: _Read
) -> Question | None:
    """Whether a head matters more to the next token than another one of its layer."""
    if model.cfg.num_heads == 1:
        return None
    t = draw.between(len(read.ids) * 2 // 3, len(read.ids) - 2)
    ids, order = read.ids[: t + 1], read.logits[t].topk(2).indices.tolist()
    token, rival = order
    before = lead(read.logits[t], token, rival).item()
    change = {}
    for head in read.heads():
        after = activations(model, ids, [head]).logits[-1]
        change[head] = lead(after, token, rival).item() - before
    apart = [
        (abs(abs(change[a]) - abs(change[b])), a, b)
        for a, b in product(read.heads(), repeat=2)
        if a[0] == b[0] and a[1] < b[1]
    ]
    _, one, other = draw.choice(sorted(apart, reverse=True)[:3])
    more = max(one, other, key=lambda head: abs(change[head]))
    labels = [_code(token_label(tokenizer, i)) for i in order]
    figures = " and ".join(f"{_name(head)} by {_signed(change[head])}" for head in (one, other))
    return Question(
        f"<p>The model has read up to {read.named(t)}, and says next {labels[0]}, ahead of "
        f"{labels[1]}. Count how far ahead in doublings: 1 is twice as likely, 2 four times. One "
        "of these two heads of a layer is switched off, which changes that count. For which of the "
        f"two, {_name(one)} or {_name(other)}, will it change more? Look at the row of "
        f"{read.named(t)} in both maps, and give a reason. Could you be sure?</p>",
        f"More for {_name(more)}. It is {before:.1f} doublings ahead; that changes without "
        f"{figures}. Nobody can be sure from the maps: they show where a head takes from, and not "
        "what it carries from there. Points are for a reason that names places in the maps, and "
        "for saying that.",
        (read.drawn(one), read.drawn(other)),
        lines=4,
        points=3,
    )


def _next(draw: Draw, tokenizer: BPETokenizer, read: _Read) -> Question:
    """What the model says next, among four."""
    places = range(len(read.ids) // 2, len(read.ids) - 1)
    open_first = sorted(places, key=lambda t: read.logits[t].softmax(dim=-1).max().item())
    t = draw.choice(open_first[:3])  # where several are likely
    probabilities = read.logits[t].softmax(dim=-1)
    four = probabilities.topk(4).indices.tolist()
    listed = draw.shuffled(four)
    before = html.escape(tokenizer.decode(read.ids[: t + 1]))
    options = ", ".join(_code(token_label(tokenizer, i)) for i in listed)
    answer = ", ".join(f"{_code(token_label(tokenizer, i))} {probabilities[i]:.2f}" for i in four)
    return Question(
        f"<p>The model has read “{before} {OPEN}”. Which of these does it think likeliest, and "
        f"about how likely: {options}? Why?</p>",
        f"{answer}. A reason names what in the text, or what that was often read, speaks for it.",
        lines=3,
    )


def _code(token: str) -> str:
    return f"<code>{html.escape(token)}</code>"


def _name(head: Head) -> str:
    """As its map is headed."""
    return "layer {}, head {}".format(*head)


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _about(weight: float) -> str:
    """The nearest of the four words that the question offers."""
    words = {0.1: "a tenth", 0.25: "a quarter", 0.5: "a half", 0.95: "nearly all"}
    return words[min(words, key=lambda value: abs(value - weight))]
