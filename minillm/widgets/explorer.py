"""The attention explorer: a prompt, what each head attends to, and what the model would say next.

Python holds the model and answers; the browser draws (explorer.js). The view's small state (prompt,
head, position, …) is in synced traits; tensors travel as raw bytes in messages, so that a saved
notebook stays small.
"""

import base64
import html
import json
from collections.abc import Hashable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import anywidget
import PIL.Image
import torch
import traitlets
from IPython.display import display
from matplotlib.figure import Figure
from torch.nn import functional as F

from .. import plots
from ..chat_format import prompt
from ..formats.files import write_text
from ..interpretability import Activations, activations, token_label
from ..model import QdogBabyLearnLLM
from ..sampling import check_sampling, token_probabilities
from ..tokenizer import BPETokenizer

HERE = Path(__file__).parent
GUESSES = 8  # next tokens listed
THUMBNAIL = 48  # pixels at most of a small map's side
ALL = ("all", "head", "guesses")  # the parts of the view, and which of them a change concerns
SAMPLING = ("temperature", "top_k", "top_p")
PARTS = {"text": ALL, "off": ALL, "layer": ("head",), "head": ("head",)}
PARTS |= dict.fromkeys(("position", *SAMPLING), ("guesses",))


class AttentionExplorer(anywidget.AnyWidget):
    """Type a prompt and see every head; switch heads off and see what changes.

    `text` is the prompt, with `chat` a user's message put into the chat form. `layer`, `head` and
    `position` (from 0; -1 is the last token) are what is shown large, `off` the heads that are
    switched off, as (layer, head) pairs. `temperature`, `top_k` and `top_p` are those of
    `sampling`. All can be set from Python, too. TraitError names a value that does not fit.
    """

    _esm = HERE / "explorer.js"
    _css = HERE / "explorer.css"
    text = traitlets.Unicode().tag(sync=True)
    layer = traitlets.Int(0).tag(sync=True)
    head = traitlets.Int(0).tag(sync=True)
    position = traitlets.Int(-1).tag(sync=True)
    off: Any = traitlets.List().tag(sync=True)
    temperature = traitlets.Float(1.0).tag(sync=True)
    top_k = traitlets.Int(None, allow_none=True).tag(sync=True)
    top_p = traitlets.Float(None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        model: QdogBabyLearnLLM,
        tokenizer: BPETokenizer,
        text: str = "",
        chat: bool = False,
        **state: Any,
    ) -> None:
        self.model, self.tokenizer, self.chat = model, tokenizer, chat
        self._activations = lru_cache(maxsize=4)(lambda ids, off, _: activations(model, ids, off))
        super().__init__(text=text, **state)
        self.on_msg(lambda *_: self._answer(ALL))
        self.observe(lambda change: self._answer(PARTS[change["name"]]), list(PARTS))

    @traitlets.validate("layer", "head")
    def _check_place(self, proposal: dict[str, Any]) -> int:
        name, value = proposal["trait"].name, proposal["value"]
        size = self.model.cfg.num_hidden_layers if name == "layer" else self.model.cfg.num_heads
        if not 0 <= value < size:
            raise traitlets.TraitError(f"{name}={value} is not from 0 to {size - 1}")
        return value

    @traitlets.validate("off")
    def _check_off(self, proposal: dict[str, Any]) -> list[tuple[int, int]]:
        L, H = self.model.cfg.num_hidden_layers, self.model.cfg.num_heads
        for pair in proposal["value"]:
            is_pair = isinstance(pair, list | tuple) and len(pair) == 2
            if not is_pair or pair[0] not in range(L) or pair[1] not in range(H):
                raise traitlets.TraitError(
                    f"{pair!r} in `off` is not a (layer, head) of {L} layers with {H} heads"
                )
        return sorted({(int(layer), int(head)) for layer, head in proposal["value"]})

    @traitlets.validate("temperature", "top_k", "top_p")
    def _check_sampling(self, proposal: dict[str, Any]) -> float | None:
        name, value = proposal["trait"].name, proposal["value"]
        try:
            check_sampling(**{"temperature": 1.0, "top_k": None, "top_p": None} | {name: value})
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        return value

    @property
    def ids(self) -> list[int]:
        """The prompt's ids, as many as the context holds; an empty prompt is a new document.

        Of a chat's message that is too long the end is cut: the form of the chat stays.
        """
        room, said = self.model.cfg.context_size, self.text
        while len(ids := self._whole(said)) > room and self.chat and said:
            kept = self.tokenizer.encode(said)[: room - len(ids)]
            said = self.tokenizer.decode(kept).rstrip("\ufffd")  # no half characters
        return ids[:room] or [self.tokenizer.end_id]

    def _whole(self, said: str) -> list[int]:
        """The ids of a text, in a chat with its form, however long."""
        if self.chat:
            return prompt([{"role": "user", "content": said}], self.tokenizer)
        return self.tokenizer.encode(said)

    def activations(self) -> Activations:
        """The tensors that are drawn, with the heads in `off` switched off."""
        return self._activations(tuple(self.ids), tuple(map(tuple, self.off)), self._version())

    def with_all_heads(self) -> Activations:
        """The same with no head switched off."""
        return self._activations(tuple(self.ids), (), self._version())

    def _version(self) -> tuple[Hashable, ...]:
        """Changes when a weight does, so that what is drawn is not of the weights before.

        Of a change by `.data`, of which PyTorch itself keeps no count, nothing is seen.
        """
        return tuple(
            (p.data_ptr(), p.dtype, 0 if p.is_inference() else p._version)
            for p in self.model.parameters()
        )

    def tokens(self) -> list[str]:
        """The tokens of the prompt, as one can read them."""
        return [token_label(self.tokenizer, i) for i in self.ids]

    # --- what the browser is told ---------------------------------------------------------------

    def _answer(self, want: tuple[str, ...]) -> None:
        """Send parts of the view; what goes wrong is shown there, as nobody sees a traceback."""
        reply: dict[str, Any]
        try:
            reply, buffers = self.parts(want)
        except Exception as error:
            reply, buffers = {"error": f"{type(error).__name__}: {error}"}, []
        self.send({**reply, "text": self.text}, buffers)

    def parts(self, want: tuple[str, ...] = ALL) -> tuple[dict[str, Any], list[bytes]]:
        """The asked parts of the view: numbers as JSON, tensors as float32 or uint8 bytes."""
        seen = self.activations()
        T = len(seen.ids)
        reply: dict[str, Any] = {}
        buffers: list[bytes] = []
        if "all" in want:
            side = min(T, THUMBNAIL)
            small = F.adaptive_max_pool2d(seen.weights, side).mul(255).round().byte()
            whole, note = len(self._whole(self.text)), ""
            if whole > self.model.cfg.context_size:
                note = f"Only {T} of {whole} tokens fit into the context; the text's end is cut."
            reply["all"] = {
                "L": len(seen.weights),
                "H": seen.weights.shape[1],
                "T": T,
                "side": side,
                "tokens": self.tokens(),
                "losses": seen.losses().tolist(),
                "before": self.with_all_heads().losses().tolist(),
                "learned": not self.chat,  # of a question nothing was ever learned
                "note": note,
            }
            buffers.append(small.numpy().tobytes())
        if "head" in want:
            scores = seen.scores(self.layer, self.head)
            weights = seen.weights[self.layer, self.head]
            reply["head"] = {"layer": self.layer, "head": self.head, "T": T}
            buffers += [t.contiguous().numpy().tobytes() for t in (scores, weights)]
        if "guesses" in want:
            reply["guesses"] = self.guesses()
        return reply, buffers

    def guesses(self, position: int | None = None) -> dict[str, Any]:
        """The likeliest next tokens at a position (that of the explorer if left out).

        For each: `p` of the model, `before` with all heads on, `q` as it would be sampled.
        """
        seen = self.activations()
        at = self.position if position is None else position
        at = at if 0 <= at < len(seen.ids) else len(seen.ids) - 1
        known = self.tokenizer.vocab_size  # a model may have more rows than its tokenizer
        logits = seen.logits[at, :known]
        p = logits.softmax(dim=-1)
        before = self.with_all_heads().logits[at, :known].softmax(dim=-1)
        q = token_probabilities(logits, self.temperature, self.top_k, self.top_p)
        rows = [
            {
                "token": token_label(self.tokenizer, i),
                "p": p[i].item(),
                "before": before[i].item(),
                "q": q[i].item(),
            }
            for i in p.topk(min(GUESSES, len(p))).indices.tolist()
        ]
        kept = int((q > 0).sum())
        return {"position": at, "rows": rows, "kept": kept, "of": len(q), "off": bool(self.off)}

    # --- where no kernel runs -------------------------------------------------------------------

    def __repr__(self) -> str:
        T, rows = len(self.ids), self.guesses()["rows"]
        off = f", off {[tuple(pair) for pair in self.off]}" if self.off else ""
        return (
            f"AttentionExplorer({self.text[:30]!r}, {T} tokens, layer {self.layer}, "
            f"head {self.head}{off}, next {rows[0]['token']!r})"
        )

    def figure(self) -> Figure:
        """All heads as a picture, for where no kernel runs."""
        title = self.text[:60] if self.text.isascii() else ""
        return plots.heads(self.activations().weights, title)

    def _ipython_display_(self, **_: Any) -> None:
        """A picture first, for a page without a kernel; the running widget hides it."""
        figure, drawn, png = self.figure(), BytesIO(), BytesIO()
        figure.savefig(drawn, format="png", dpi=560 / max(figure.get_size_inches()))
        grey = PIL.Image.open(drawn).convert("L").quantize(16)  # a third of the bytes
        grey.save(png, format="png", optimize=True)
        words = f"What every head attends to in this prompt: {self!r}"
        picture = base64.b64encode(png.getvalue()).decode()
        display({"image/png": picture, "text/plain": words}, raw=True)
        bundle, _ = self._repr_mimebundle_() or ({}, {})
        display({**bundle, "text/plain": repr(self)}, raw=True)

    def save_svg(self, path: str | Path) -> None:
        """The large map as an SVG file."""
        write_text(path, self._svg())

    def _svg(self) -> str:
        weights, tokens = self.activations().weights[self.layer, self.head], self.tokens()
        T, cell = len(tokens), max(4, min(22, 720 // len(tokens)))
        size, ink = cell * T, 'fill="#1b1f24"'
        width, height, label = size + 130, size + 160, f"layer {self.layer}, head {self.head}"
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="-110 -30 {width} {height}" '
            f'role="img" font-family="ui-monospace, monospace" font-size="{min(12, cell)}">'
        )
        parts = [
            head,
            f"<title>Attention of {label}: rows attend to columns</title>",
            f'<rect x="-110" y="-30" width="{width}" height="{height}" fill="#ffffff"/>',
            f'<text x="0" y="-12" font-size="14" {ink}>{label}</text>',
        ]
        for t, token in enumerate(tokens):
            name = html.escape(token[:12]) if cell >= 9 else ""
            middle = f"{t * cell + cell * 0.75:.1f}"
            below = f"translate({middle} {size + 6}) rotate(-90)"
            parts += [
                f'<text x="-6" y="{middle}" text-anchor="end" {ink}>{name}</text>',
                f'<text transform="{below}" text-anchor="end" {ink}>{name}</text>',
            ]
            for s in range(t + 1):
                shade = weights[t, s].item() ** 0.6
                rgb = (round(a + (b - a) * shade) for a, b in zip((238, 244, 252), (8, 48, 107)))
                fill = f"rgb({','.join(map(str, rgb))})"
                parts.append(
                    f'<rect x="{s * cell}" y="{t * cell}" width="{cell}" height="{cell}" '
                    f'fill="{fill}"/>'
                )
        return "\n".join([*parts, "</svg>\n"])

    def save_html(self, path: str | Path) -> None:
        """One file that works without Python and without a network, but for what needs a model."""
        full, buffers = self.parts(("all",))
        seen = self.activations()
        L, H, T = seen.weights.shape[:3]
        scores = torch.stack([torch.stack([seen.scores(i, j) for j in range(H)]) for i in range(L)])
        tensors = [t.contiguous().numpy().tobytes() for t in (scores, seen.weights)]
        state = ("text", "layer", "head", "position", "off", *SAMPLING)
        data = {
            "state": {name: getattr(self, name) for name in state},
            "all": full["all"],
            "guesses": [self.guesses(t) for t in range(T)],
            "bytes": [base64.b64encode(part).decode() for part in (buffers[0], *tensors)],
        }
        page = (HERE / "page.html").read_text(encoding="utf-8")
        script = (HERE / "explorer.js").read_text(encoding="utf-8")
        written = json.dumps(data).replace("<", "\\u003c")  # or a prompt could end the script
        parts = {
            "/*STYLE*/": (HERE / "explorer.css").read_text(encoding="utf-8"),
            "/*SCRIPT*/": script.replace("export default", "const widget ="),
            "/*DATA*/": f"const saved = {written};",
        }
        for mark, text in parts.items():
            page = page.replace(mark, text, 1)
        write_text(path, page)
