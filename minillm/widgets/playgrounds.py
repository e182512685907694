"""Three small widgets of plain ipywidgets: cut text into tokens, choose the next token, chat.

Each has native inputs only, so JupyterLab never takes a key that is meant for them.
"""

import asyncio
import contextlib
import html
import math
import time
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import ipywidgets
import torch

from ..chat import ChatSession
from ..chat_format import Messages
from ..interpretability import token_label
from ..model import QdogBabyLearnLLM, evaluating
from ..sampling import token_probabilities
from ..tokenizer import BPETokenizer
from .source import beside

# Dark ink on pale backgrounds of their own: legible whatever the theme is.
BACKGROUNDS = ("#dcebfa", "#fde8d7", "#dff2e4", "#eadff5")
TOKEN = (
    "display:inline-block;margin:1px;padding:0 4px;border-radius:4px;"
    "font-family:monospace;white-space:pre;color:#1b1f24;background:"
)
MESSAGE = (
    "white-space:pre-wrap;border-radius:8px;padding:4px 10px;margin:4px 0;"
    "max-width:80%;width:fit-content;color:#1b1f24;background:"
)


ID = "display:block;font-size:70%;text-align:center;color:#57606a"
ENTER = 1.0  # seconds at most between the key and the line that it sends: the key is told first


class Tokenizer(Protocol):
    """Anything that turns text into ids and back."""

    def encode(self, text: str) -> list[int]:
        """The ids of a text."""

    def decode(self, ids: Iterable[int]) -> str:
        """The text of ids."""


class TokenizerPlayground(ipywidgets.VBox):
    """Type, and see the tokens of each tokenizer with their ids."""

    def __init__(self, tokenizers: Mapping[str, Tokenizer], text: str = "Today is sunday.") -> None:
        self.tokenizers = tokenizers
        self.text = ipywidgets.Textarea(
            text, description="text", layout=ipywidgets.Layout(width="95%", height="4em")
        )
        self.shown = ipywidgets.HTML()
        super().__init__([self.text, self.shown])
        self.text.observe(lambda _: self._show(), "value")
        self._show()

    def cuts(self) -> dict[str, list[tuple[int, str]]]:
        """Ids and their texts, for each tokenizer."""
        return {
            name: [(i, _name(tokenizer, i)) for i in tokenizer.encode(self.text.value)]
            for name, tokenizer in self.tokenizers.items()
        }

    def _show(self) -> None:
        lines = []
        for name, cut in self.cuts().items():
            chips = "".join(
                f'<span style="{TOKEN}{BACKGROUNDS[n % 4]}">'
                f'{html.escape(word)}<span style="{ID}">{i}</span></span>'
                for n, (i, word) in enumerate(cut)
            )
            lines.append(f"<p><b>{html.escape(name)}</b>, {len(cut)} tokens<br>{chips}</p>")
        self.shown.value = "".join(lines)

    def __repr__(self) -> str:
        counts = (f"{name}: {len(cut)} tokens" for name, cut in self.cuts().items())
        return f"TokenizerPlayground({', '.join(counts)})"


def _name(tokenizer: Tokenizer, token_id: int) -> str:
    if isinstance(tokenizer, BPETokenizer):
        return token_label(tokenizer, token_id)
    return tokenizer.decode([token_id]).replace(" ", "␣")


class SamplingPlayground(ipywidgets.VBox):
    """A prompt, temperature, top-k and top-p, and the distribution of the next token."""

    def __init__(
        self,
        model: QdogBabyLearnLLM,
        tokenizer: BPETokenizer,
        text: str = "One morning",
        rows: int = 10,
    ):
        self.model, self.tokenizer, self.rows = beside(model), tokenizer, rows
        narrow = {
            "layout": ipywidgets.Layout(width="12em"),
            "style": {"description_width": "initial"},
        }
        self.text = ipywidgets.Text(
            text, description="prompt", layout=ipywidgets.Layout(width="95%")
        )
        self.temperature = ipywidgets.BoundedFloatText(
            1.0, min=0.0, max=100.0, step=0.1, description="temperature", **narrow
        )
        self.top_k = ipywidgets.BoundedIntText(
            tokenizer.vocab_size, min=1, max=tokenizer.vocab_size, description="top-k", **narrow
        )
        self.top_p = ipywidgets.BoundedFloatText(
            1.0, min=0.01, max=1.0, step=0.05, description="top-p", **narrow
        )
        self.shown = ipywidgets.HTML()
        super().__init__(
            [self.text, ipywidgets.HBox([self.temperature, self.top_k, self.top_p]), self.shown]
        )
        for knob in (self.text, self.temperature, self.top_k, self.top_p):
            knob.observe(lambda _: self._show(), "value")
        self._show()

    def probabilities(self) -> torch.Tensor:
        """What is drawn from, (V,): the package's own sampler on the model's last logits."""
        ids = self.tokenizer.encode(self.text.value)[-self.model.cfg.context_size :] or [
            self.tokenizer.end_id
        ]
        with torch.inference_mode(), evaluating(self.model):
            device = next(self.model.parameters()).device
            logits = self.model(torch.tensor([ids], device=device))[0, -1].float().cpu()
        logits = logits[: self.tokenizer.vocab_size]
        return token_probabilities(
            logits, self.temperature.value, self.top_k.value, self.top_p.value
        )

    def _show(self) -> None:
        p = self.probabilities()
        best = p.topk(min(self.rows, len(p)))
        rows = "".join(
            self._row(i, value)
            for i, value in zip(best.indices.tolist(), best.values.tolist())
            if value > 0
        )
        self.shown.value = (
            f"<table>{rows}</table>{int((p > 0).sum())} of {len(p)} tokens can be drawn"
        )

    def _row(self, token_id: int, probability: float) -> str:
        name = html.escape(token_label(self.tokenizer, token_id))
        bar = f"background:#0072b2;height:10px;width:{300 * probability:.0f}px"
        return (
            f'<tr><td><span style="{TOKEN}{BACKGROUNDS[0]}">{name}</span></td>'
            f'<td style="text-align:right">{probability:.3f}</td>'
            f'<td><div style="{bar}"></div></td></tr>'
        )

    def __repr__(self) -> str:
        likeliest = token_label(self.tokenizer, int(self.probabilities().argmax()))
        return (
            f"SamplingPlayground({self.text.value!r}, temperature {self.temperature.value:g}, "
            f"next {likeliest!r})"
        )


class ChatBox(ipywidgets.VBox):
    """Type a line and press Enter, or "send"; the answer comes piece by piece. "new" begins anew.

    `settings` as in `chat.ChatSession` (system, max_new_tokens, temperature, top_k, top_p, seed).
    """

    def __init__(self, model: QdogBabyLearnLLM, tokenizer: BPETokenizer, **settings: Any) -> None:
        self.session = ChatSession(beside(model), tokenizer, **{"temperature": 0.2, **settings})
        self.shown = ipywidgets.HTML()
        self.text = ipywidgets.Text(
            placeholder="Say something and press Enter",
            description="you",
            continuous_update=False,
            layout=ipywidgets.Layout(flex="1"),
        )
        self.send = ipywidgets.Button(description="send", layout=ipywidgets.Layout(width="5em"))
        self.new = ipywidgets.Button(
            description="new",
            tooltip="Forget all turns and begin anew",
            layout=ipywidgets.Layout(width="5em"),
        )
        super().__init__([self.shown, ipywidgets.HBox([self.text, self.send, self.new])])
        self._entered = -math.inf
        self.text.on_msg(self._key)
        self.text.observe(self._changed, "value")
        self.send.on_click(lambda _: self.say(self.text.value))
        self.new.on_click(lambda _: self.begin_anew())

    def _key(self, _: Any, content: dict[str, Any], __: Any) -> None:
        if content.get("event") == "submit":
            self._entered = since = time.monotonic()
            with contextlib.suppress(RuntimeError):  # no loop: nobody is at a browser
                loop = asyncio.get_running_loop()
                loop.call_later(ENTER, lambda: self._unchanged(since))

    def _unchanged(self, since: float) -> None:
        """Enter on a line that was told before, when the mouse left it: no change follows."""
        if self._entered == since:
            self._entered = -math.inf
            self.say(self.text.value)

    def _changed(self, change: dict[str, Any]) -> None:
        """A line is sent by Enter alone, and not when the mouse leaves a half-written one."""
        if time.monotonic() - self._entered < ENTER:
            self._entered = -math.inf
            self.say(change["new"])

    def begin_anew(self) -> None:
        """Forget all turns."""
        self.session.messages.clear()
        self._show(self.session.messages)

    def say(self, text: str) -> None:
        """The user's line, as if typed and sent."""
        self.text.value = ""
        if not text.strip():
            return
        turns, answer = [*self.session.messages, {"role": "user", "content": text}], ""
        self._show(turns)
        try:
            for piece in self.session.reply(text):
                answer += piece
                self._show([*turns, {"role": "assistant", "content": answer}])
        except ValueError as error:
            self._show([*turns, {"role": "assistant", "content": f"({error})"}])

    def _show(self, messages: Messages) -> None:
        turns = "".join(map(self._message, messages))
        self.shown.value = f'<div role="log" aria-live="polite">{turns}</div>'

    def _message(self, message: dict[str, str]) -> str:
        is_user = message["role"] == "user"
        style = MESSAGE + BACKGROUNDS[not is_user] + ";margin-left:auto" * is_user
        return f'<div style="{style}">{html.escape(message["content"]) or "…"}</div>'

    def __repr__(self) -> str:
        return f"ChatBox({len(self.session.messages) // 2} turns)"
