"""minillm: a GPT-2-style language model from nothing, one module per idea.

    >>> import minillm
    >>> model, tokenizer = minillm.load()  # the chat model that comes along
    >>> minillm.ChatSession(model, tokenizer, temperature=0).ask("会说话吗?")
    '会说话!'

What the notebooks build, in an order in which each uses only those before it and the machinery:

    rules                a chatbot of one rule, and where it breaks
    tokenizer            text to ids and back: characters, words, byte-level BPE
    tokenizer_training   learning the merges of BPE
    attention            tokens that take from earlier tokens
    model                the transformer around attention, and its sizes
    initialization       positions as sinusoids, new tokens, no weights
    sampling             from logits to text
    chat_format          a conversation as ids, and which of them are learned
    chat                 a conversation, turn by turn
    machine              device, precision, one process or several
    muon                 a better step for matrices
    training             the loss and the loop that lowers it
    evaluation           how good is it, and compared with what
    interpretability     what happens inside for one prompt
    plots                figures of all that
    exercises            a learner's answer under supervision

The machinery stands in folders of its own:

    corpus/              the small bundled world to learn from
    formats/             files on disk: locks, tokenizers, checkpoints, GPT-2, GGUF
    data/                documents, token files, batches
    runs/                a whole run: its folder, recipe, stages, report, plan, launch, processes
    widgets/             attention to look at, and three small ones, in JupyterLab
    classroom/           hand-outs, marks, work that is another for each student
    cli/                 the `minillm` command: arguments (help texts), what each command does
    weights/             the model that comes along

Importing `minillm` loads none of them: a name is looked up when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .chat import ChatSession
    from .formats.checkpoints import load
    from .sampling import generate
    from .widgets import AttentionExplorer

__version__ = "0.2.0"
__all__ = ["AttentionExplorer", "ChatSession", "__version__", "generate", "load"]

_HOME = {
    "AttentionExplorer": ".widgets",
    "ChatSession": ".chat",
    "generate": ".sampling",
    "load": ".formats.checkpoints",
}


def __getattr__(name: str) -> object:
    """Look a public name up in its module when it is first used (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'minillm' has no attribute {name!r}")
    try:
        value = getattr(import_module(_HOME[name], __name__), name)
    except ModuleNotFoundError as error:
        if _HOME[name] != ".widgets":
            raise
        raise ImportError(
            f"minillm.{name} needs {error.name}, which the course extra brings: "
            "pip install 'minillm[course]'"
        ) from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
