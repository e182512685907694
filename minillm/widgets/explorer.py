"""The attention explorer: a prompt, what each head of each layer looks at, and what the model would say next.

Python holds the model and answers; the browser draws (explorer.js). The view's small state (prompt, head, position, …)
is in synced traits; tensors travel as raw bytes in messages, so that a saved notebook stays small.
"""

import base64
import html
import json
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import anywidget
import PIL.Image
import torch
import traitlets
from IPython.display import Image, display
from torch.nn import functional as F

from .. import plots
from ..chat import prompt
from ..model import QdogBabyLearnLLM
from ..sampling import check_sampling, token_probabilities
from ..tokenizer import BPETokenizer
from ..tokenizer_files import replacing
from .look import Look, look, token_name

HERE = Path(__file__).parent
GUESSES = 8  # next tokens listed
THUMBNAIL = 48  # pixels at most of a small map's side
ALL = ("all", "head", "guesses")  # the parts of the view, and which of them a change concerns
PARTS = {"text": ALL, "off": ALL, "layer": ("head",), "head": ("head",)} | dict.fromkeys(("position", "temperature", "top_k", "top_p"), ("guesses",))


class AttentionExplorer(anywidget.AnyWidget):
    """Type a prompt and see every head; switch heads off and see what changes.

    `text` is the prompt, with `chat` a user's message put into the chat form. `layer`, `head` and `position` (from
    0; -1 is the last token) are what is shown large, `off` the silent heads as (layer, head) pairs. `temperature`,
    `top_k` and `top_p` are those of `sampling`. All can be set from Python, too. ValueError (or TraitError)
    names a value that does not fit the model.
    """

    _esm = HERE / "explorer.js"
    _css = HERE / "explorer.css"
    text = traitlets.Unicode().tag(sync=True)
    layer = traitlets.Int(0).tag(sync=True)
    head = traitlets.Int(0).tag(sync=True)
    position = traitlets.Int(-1).tag(sync=True)
    off = traitlets.List().tag(sync=True)
    temperature = traitlets.Float(1.0).tag(sync=True)
    top_k = traitlets.Int(None, allow_none=True).tag(sync=True)
    top_p = traitlets.Float(None, allow_none=True).tag(sync=True)

    def __init__(self, model: QdogBabyLearnLLM, tokenizer: BPETokenizer, text: str = "", chat: bool = False, **state):
        self.model, self.tokenizer, self.chat = model, tokenizer, chat
        self._look = lru_cache(maxsize=4)(lambda ids, off: look(model, ids, off))
        super().__init__(text=text, **state)
        self.on_msg(lambda *_: self._answer(ALL))
        self.observe(lambda change: self._answer(PARTS[change["name"]]), list(PARTS))

    @traitlets.validate("layer", "head")
    def _check_place(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        size = self.model.cfg.num_hidden_layers if name == "layer" else self.model.cfg.num_heads
        if not 0 <= value < size:
            raise traitlets.TraitError(f"{name}={value} is not from 0 to {size - 1}")
        return value

    @traitlets.validate("off")
    def _check_off(self, proposal):
        L, H = self.model.cfg.num_hidden_layers, self.model.cfg.num_heads
        for pair in proposal["value"]:
            if len(pair) != 2 or not (0 <= pair[0] < L and 0 <= pair[1] < H):
                raise traitlets.TraitError(f"off={pair} is not a (layer, head) of {L} layers with {H} heads")
        return sorted({(int(layer), int(head)) for layer, head in proposal["value"]})

    @traitlets.validate("temperature", "top_k", "top_p")
    def _check_sampling(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        try:
            check_sampling(**{"temperature": 1.0, "top_k": None, "top_p": None, name: value})
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        return value

    @property
    def ids(self) -> list[int]:
        """The prompt's ids, as many as the context holds; an empty prompt is a new document."""
        ids = prompt([{"role": "user", "content": self.text}], self.tokenizer) if self.chat else self.tokenizer.encode(self.text)
        return ids[: self.model.cfg.context_size] or [self.tokenizer.end_id]

    def look(self) -> Look:
        """The tensors that are drawn, with the heads in `off` silent."""
        return self._look(tuple(self.ids), tuple(map(tuple, self.off)))

    def tokens(self) -> list[str]:
        return [token_name(self.tokenizer, i) for i in self.ids]

    # --- what the browser is told ------------------------------------------------------------------------------

    def _answer(self, want: tuple[str, ...]) -> None:
        """Send parts of the view; what goes wrong is shown there, since nobody sees a traceback."""
        try:
            reply, buffers = self.parts(want)
        except Exception as error:  # noqa: BLE001
            reply, buffers = {"error": f"{type(error).__name__}: {error}"}, []
        self.send({**reply, "text": self.text}, buffers)

    def parts(self, want: tuple[str, ...] = ALL) -> tuple[dict, list[bytes]]:
        """The asked parts of the view: numbers as JSON, tensors as float32 or uint8 bytes."""
        seen, whole = self.look(), self._look(tuple(self.ids), ())
        T, reply, buffers = len(seen.ids), {}, []
        if "all" in want:
            side = min(T, THUMBNAIL)
            small = F.adaptive_max_pool2d(seen.weights, side).mul(255).round().byte()
            total = len(self.tokenizer.encode(self.text))
            reply["all"] = {
                "L": len(seen.weights), "H": seen.weights.shape[1], "T": T, "side": side, "tokens": self.tokens(),
                "losses": seen.losses().tolist(), "before": whole.losses().tolist(),
                "note": f"Only the first {T} of {total} tokens fit into the context." if total > self.model.cfg.context_size else "",
            }  # fmt: skip
            buffers.append(small.numpy().tobytes())
        if "head" in want:
            scores, weights = seen.scores(self.layer, self.head), seen.weights[self.layer, self.head]
            reply["head"] = {"layer": self.layer, "head": self.head, "T": T}
            buffers += [scores.contiguous().numpy().tobytes(), weights.contiguous().numpy().tobytes()]
        if "guesses" in want:
            reply["guesses"] = self.guesses()
        return reply, buffers

    def guesses(self, position: int | None = None) -> dict:
        """The likeliest next tokens at a position (`position` of the explorer if left out): p of the model, `before` with all heads on (other numbers only if some are `off`), q as it would be drawn."""
        seen, whole = self.look(), self._look(tuple(self.ids), ())
        place = self.position if position is None else position
        place = place if 0 <= place < len(seen.ids) else len(seen.ids) - 1
        p, before = seen.logits[place].softmax(dim=-1), whole.logits[place].softmax(dim=-1)
        q = token_probabilities(seen.logits[place], self.temperature, self.top_k, self.top_p)
        best = p.topk(min(GUESSES, len(p))).indices.tolist()
        rows = [{"token": token_name(self.tokenizer, i), "p": p[i].item(), "before": before[i].item(), "q": q[i].item()} for i in best]
        return {"position": place, "rows": rows, "kept": int((q > 0).sum()), "of": len(q), "off": bool(self.off)}

    # --- where no kernel runs ------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        T, rows = len(self.ids), self.guesses()["rows"]
        off = f", off {[tuple(pair) for pair in self.off]}" if self.off else ""
        return f"AttentionExplorer({self.text[:30]!r}, {T} tokens, layer {self.layer}, head {self.head}{off}, next {rows[0]['token']!r})"

    def figure(self):
        """All heads as a matplotlib Figure: the picture for where no kernel runs."""
        return plots.heads(self.look().weights, f"{self.text[:60]}" if self.text.isascii() else "")

    def _ipython_display_(self, **_) -> None:
        """A picture first, for a page without a kernel; the running widget hides it."""
        figure, drawn, png = self.figure(), BytesIO(), BytesIO()
        figure.savefig(drawn, format="png", dpi=560 / max(figure.get_size_inches()))
        PIL.Image.open(drawn).convert("L").quantize(16).save(png, format="png", optimize=True)  # a third of the bytes
        display(Image(png.getvalue(), alt=f"What every head looks at in this prompt: {repr(self)}"))
        display({**self._repr_mimebundle_()[0], "text/plain": repr(self)}, raw=True)

    def save_svg(self, path: str | Path) -> None:
        """The large map as an SVG file."""
        with replacing(Path(path)) as new:
            new.write_text(self._svg(), encoding="utf-8")

    def _svg(self) -> str:
        weights, tokens = self.look().weights[self.layer, self.head], self.tokens()
        T, cell = len(tokens), max(4, min(22, 720 // len(tokens)))
        size = cell * T
        label = [t[:12] for t in tokens] if cell >= 9 else [""] * T
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{size + 130}" height="{size + 160}" viewBox="-110 -30 {size + 130} {size + 160}" '
            f'role="img" font-family="ui-monospace, monospace" font-size="{min(12, cell)}">',
            f"<title>Attention of layer {self.layer}, head {self.head}: rows look at columns</title>",
            f'<rect x="-110" y="-30" width="{size + 130}" height="{size + 160}" fill="#ffffff"/>',
            f'<text x="0" y="-12" font-size="14" fill="#1b1f24">layer {self.layer}, head {self.head}</text>',
        ]
        for t in range(T):
            parts.append(f'<text x="-6" y="{t * cell + cell * 0.75:.1f}" text-anchor="end" fill="#1b1f24">{html.escape(label[t])}</text>')
            parts.append(f'<text transform="translate({t * cell + cell * 0.75:.1f} {size + 6}) rotate(-90)" text-anchor="end" fill="#1b1f24">{html.escape(label[t])}</text>')
            for s in range(t + 1):
                shade = [round(a + (b - a) * weights[t, s].item() ** 0.6) for a, b in zip((238, 244, 252), (8, 48, 107))]
                parts.append(f'<rect x="{s * cell}" y="{t * cell}" width="{cell}" height="{cell}" fill="rgb({shade[0]},{shade[1]},{shade[2]})"/>')
        return "\n".join([*parts, "</svg>\n"])

    def save_html(self, path: str | Path) -> None:
        """One file that works without Python and without a network: all that needs no model can still be done."""
        full, buffers = self.parts(("all",))
        seen = self.look()
        L, H, T = seen.weights.shape[:3]
        scores = torch.stack([torch.stack([seen.scores(i, j) for j in range(H)]) for i in range(L)])
        data = {
            "state": {name: getattr(self, name) for name in ("text", "layer", "head", "position", "off", "temperature", "top_k", "top_p")},
            "all": full["all"], "guesses": [self.guesses(t) for t in range(T)],
            "bytes": [base64.b64encode(b).decode() for b in (buffers[0], scores.numpy().tobytes(), seen.weights.contiguous().numpy().tobytes())],
        }  # fmt: skip
        page = (HERE / "page.html").read_text(encoding="utf-8")
        script = (HERE / "explorer.js").read_text(encoding="utf-8").replace("export default", "const widget =")
        style = (HERE / "explorer.css").read_text(encoding="utf-8")
        written = json.dumps(data).replace("<", "\\u003c")  # or a prompt could end the script
        for mark, text in (("/*STYLE*/", style), ("/*SCRIPT*/", script), ("/*DATA*/", f"const saved = {written};")):
            page = page.replace(mark, text, 1)
        with replacing(Path(path)) as new:
            new.write_text(page, encoding="utf-8")
