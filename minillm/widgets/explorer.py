"""The attention explorer: a prompt, what each head attends to, what the model says next, and why.

Python holds the model and answers questions (`reasons`); the browser draws (page/*.js). The small
state of the view (prompt, head, position, …) is in synced traits; tensors travel as raw bytes in
messages, so that a saved notebook stays small.
"""

import base64
import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import Any

import anywidget
import PIL.Image
import traitlets
from IPython.display import display
from matplotlib.figure import Figure

from .. import plots
from ..formats.files import write_text
from ..interpretability import Activations
from ..model import QdogBabyLearnLLM
from ..sampling import check_sampling
from ..tokenizer import BPETokenizer
from .drawing import svg
from .reasons import ModelSource

PAGE = Path(__file__).parent / "page"
SAMPLING = ("temperature", "top_k", "top_p")
STATE = ("text", "other", "layer", "head", "position", "off", "view", "scale", *SAMPLING)
VIEWS = ("look", "why", "swap", "compare", "tasks")


def script() -> str:
    """The page's JavaScript: files of one idea each, as one module, with colours and texts."""
    words = (PAGE / "words.json").read_text("utf-8")
    given = f"const LIGHT = {json.dumps(plots.RAMP)}, STATE = {json.dumps(STATE)}, "
    given += f"WORDS = {words.strip()};\n"
    return given + "\n".join(path.read_text("utf-8") for path in sorted(PAGE.glob("*.js")))


class AttentionExplorer(anywidget.AnyWidget):
    """Type a prompt, see every head, ask why, switch heads off and see what changes.

    `text` is the prompt; with `chat` a user's message, put into the chat form and answered. `layer`
    and `head` (from 0) are shown large; `position` (from 0; -1 is the prompt's last token) is where
    the model chooses the next token. `off` are the heads switched off, as (layer, head) pairs.
    `temperature`, `top_k` and `top_p` are those of `sampling`. `view` is "look", "why", "swap",
    "compare" or "tasks", `other` the second prompt of swap, compare and the third task, `scale` the
    size, for projecting. `texts` are read by the head finder. All but `texts` and `chat` can be set
    later, from Python, too. TraitError names a value that does not fit.
    """

    _esm = script()
    _css = PAGE / "explorer.css"
    text = traitlets.Unicode().tag(sync=True)
    other = traitlets.Unicode().tag(sync=True)
    layer = traitlets.Int(0).tag(sync=True)
    head = traitlets.Int(0).tag(sync=True)
    position = traitlets.Int(-1).tag(sync=True)
    off: Any = traitlets.List().tag(sync=True)
    view = traitlets.Enum(VIEWS, "look").tag(sync=True)
    scale = traitlets.Float(1.0).tag(sync=True)
    temperature = traitlets.Float(1.0).tag(sync=True)
    top_k = traitlets.Int(None, allow_none=True).tag(sync=True)
    top_p = traitlets.Float(None, allow_none=True).tag(sync=True)
    _picture = traitlets.Unicode().tag(sync=True)  # a piece of that which stands before the widget

    def __init__(
        self,
        model: QdogBabyLearnLLM,
        tokenizer: BPETokenizer,
        text: str = "",
        chat: bool = False,
        texts: Sequence[str] = (),
        **state: Any,
    ) -> None:
        self.source = ModelSource(model, tokenizer, chat, texts)
        self._lock = RLock()  # the page may ask while a cell does
        super().__init__(text=text, **state)
        self.on_msg(self._answer)

    @traitlets.validate("layer", "head")
    def _check_place(self, proposal: dict[str, Any]) -> int:
        name, value = proposal["trait"].name, proposal["value"]
        cfg = self.source.model.cfg
        size = cfg.num_hidden_layers if name == "layer" else cfg.num_heads
        if not 0 <= value < size:
            raise traitlets.TraitError(f"{name}={value} is not from 0 to {size - 1}")
        return value

    @traitlets.validate("off")
    def _check_off(self, proposal: dict[str, Any]) -> list[tuple[int, int]]:
        L, H = self.source.model.cfg.num_hidden_layers, self.source.model.cfg.num_heads
        for pair in proposal["value"]:
            is_pair = isinstance(pair, list | tuple) and len(pair) == 2
            if not is_pair or pair[0] not in range(L) or pair[1] not in range(H):
                raise traitlets.TraitError(
                    f"{pair!r} in `off` is not a (layer, head) of {L} layers with {H} heads"
                )
        return sorted({(int(layer), int(head)) for layer, head in proposal["value"]})

    @traitlets.validate("scale")
    def _check_scale(self, proposal: dict[str, Any]) -> float:
        if not 0.5 <= proposal["value"] <= 4:
            raise traitlets.TraitError(f"scale={proposal['value']} is not from 0.5 to 4")
        return proposal["value"]

    @traitlets.validate(*SAMPLING)
    def _check_sampling(self, proposal: dict[str, Any]) -> float | None:
        name, value = proposal["trait"].name, proposal["value"]
        try:
            check_sampling(**{"temperature": 1.0, "top_k": None, "top_p": None} | {name: value})
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        return value

    @property
    def ids(self) -> list[int]:
        """The ids of prompt and answer."""
        return self.source.ids(self.text)

    def activations(self) -> Activations:
        """The tensors that are drawn, with the heads in `off` switched off."""
        with self._lock:
            return self.source.activations(self.text, self.off)

    # --- what the browser is told -----------------------------------------------------------------

    def _answer(self, _: Any, asked: dict[str, Any], __: Any) -> None:
        """Send answers; what goes wrong is shown on the page, as nobody sees a traceback."""
        answers, buffers = [], []
        for question in asked["questions"]:
            try:
                answer, tensors = self.answer(**question)
            except Exception as error:
                kind = "" if isinstance(error, ValueError) else f"{type(error).__name__}: "
                answer, tensors = {"error": f"{kind}{error}"}, []
            answers.append({**answer, "buffers": len(tensors)})
            buffers += tensors
        version = str(hash(self.source.version()))  # of the weights: another makes all else old
        self.send({"number": asked["number"], "version": version, "answers": answers}, buffers)

    def answer(self, what: str, **asked: Any) -> tuple[dict[str, Any], list[bytes]]:
        """The answer to one question of the page; tensors as float32 or uint8 bytes."""
        if what in ("html", "svg"):
            return {"file": self._html() if what == "html" else self._svg()}, []
        with self._lock:
            answer, tensors = getattr(self.source, what)(**asked)
        return answer, [t.contiguous().numpy().tobytes() for t in tensors]

    # --- where no kernel runs ---------------------------------------------------------------------

    def __repr__(self) -> str:
        with self._lock:
            rows = self.source.guesses(self.text, self.position, self.off)[0]["rows"]
        off = f", off {[tuple(pair) for pair in self.off]}" if self.off else ""
        return (
            f"AttentionExplorer({self.text[:30]!r}, {len(self.ids)} tokens, layer {self.layer}, "
            f"head {self.head}{off}, next {rows[0]['token']!r})"
        )

    def figure(self) -> Figure:
        """All heads as a picture, for where no kernel runs."""
        is_plain = self.text.isascii() and self.text.isprintable() and "$" not in self.text
        title = self.text[:60] if is_plain else ""  # no glyph is missing, and nothing is TeX
        return plots.heads(self.activations().weights, title)

    def _ipython_display_(self, **_: Any) -> None:
        """A picture first, for a page without a kernel; the running widget hides it."""
        figure, drawn, png = self.figure(), BytesIO(), BytesIO()
        figure.savefig(drawn, format="png", dpi=560 / max(figure.get_size_inches()))
        grey = PIL.Image.open(drawn).convert("L").quantize(16)  # a third of the bytes
        grey.save(png, format="png", optimize=True)
        words = f"What every head attends to in this prompt: {self!r}"
        picture = base64.b64encode(png.getvalue()).decode()
        self._picture = picture[-200:-100]
        display({"image/png": picture, "text/plain": words}, raw=True)
        bundle, _ = self._repr_mimebundle_() or ({}, {})
        display({**bundle, "text/plain": repr(self)}, raw=True)

    def save_svg(self, path: str | Path) -> None:
        """The large map as an SVG file."""
        write_text(path, self._svg())

    def _svg(self) -> str:
        weights = self.activations().weights[self.layer, self.head]
        tokens = [self.source.label(i) for i in self.ids]
        return svg(weights, tokens, self.text, self.layer, self.head, self.off)

    def save_html(self, path: str | Path) -> None:
        """One file that works without Python and without a network, but for what needs a model."""
        write_text(path, self._html())

    def _html(self) -> str:
        """The page with the answers to all that it can ask by itself."""
        L, H = self.source.model.cfg.num_hidden_layers, self.source.model.cfg.num_heads
        here = {"text": self.text, "off": self.off}
        knobs = {name: getattr(self, name) for name in SAMPLING}
        at = [{**here, "position": t} for t in range(-1, len(self.ids))]
        asked: list[dict[str, Any]] = [
            {"what": "look", **here},
            *(
                {"what": "head", **here, "layer": i, "head": j, "weighted": False}
                for i in range(L)
                for j in range(H)
            ),
            *({"what": "guesses", **place, **knobs} for place in at),
            *({"what": "why", **place, "rival": None} for place in at),
        ]
        if self.other:
            asked.append({"what": "swap", "text": self.text, "other": self.other})
        answers = []
        for question in asked:
            try:
                answer, tensors = self.answer(**question)
            except ValueError as error:
                answer, tensors = {"error": str(error)}, []
            answer["buffers"] = [base64.b64encode(data).decode() for data in tensors]
            answers.append([question, answer])
        state = {name: getattr(self, name) for name in STATE}
        state["position"] = self.position if self.position < len(self.ids) else -1
        saved = {"state": state, "answers": answers}
        page = (PAGE / "page.html").read_text(encoding="utf-8")
        written = json.dumps(saved).replace("<", "\\u003c")  # or it ends the script
        parts = {
            "/*STYLE*/": (PAGE / "explorer.css").read_text(encoding="utf-8"),
            "/*SCRIPT*/": script().replace("export default", "const widget ="),
            "/*DATA*/": f"const saved = {written};",
        }
        for mark, text in parts.items():
            page = page.replace(mark, text, 1)
        return page
