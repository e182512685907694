"""Fourteen bugs, each planted in a copy of the course's own code.

The copy is made of the sources of attention, model, batches and training, in a namespace of its
own: the package itself is never touched. Not here: what one sees of a bug (`symptoms`), and who
gets which (`bugs`).
"""

import ast
import inspect
from dataclasses import dataclass
from typing import Any

from torch import Tensor
from torch.nn import functional as F

from .. import attention, model, training
from ..data import batches

MODULES = (attention, model, batches, training)  # each uses only those before it
Names = dict[str, Any]


@dataclass(frozen=True)
class Bug:
    """In the definition `where` the code `old` becomes `new`; both as in the course."""

    name: str  # as it stands among the choices
    where: str
    old: str
    new: str


ATTENTION = "attention::attention"
SCORES = "scores.softmax(dim=-1)"
# One family after the other, so that neighbours in this list show different symptoms.
BUGS = (
    Bug(
        "there is no causal mask",
        "attention::causal_mask",
        "torch.ones(queries, keys, dtype=torch.bool, device=device).tril(diagonal=keys - queries)",
        "torch.ones(queries, keys, dtype=torch.bool, device=device)",
    ),
    Bug(
        "gradients are not set to zero after a step",
        "training::train_step",
        "model.zero_grad()",
        "pass",
    ),
    Bug(
        "the scores are not divided by √D",
        ATTENTION,
        "q / q.shape[-1] ** 0.5",
        "q",
    ),
    Bug(
        "the targets are not shifted by one",
        "data/batches::Batches._fill",
        "slice(start + 1, start + 1 + length)",
        "slice(start, start + length)",
    ),
    Bug(
        "softmax is taken twice",
        ATTENTION,
        SCORES,
        "scores.softmax(dim=-1).softmax(dim=-1)",
    ),
    Bug(
        "with the cache, positions are off by one",
        "model::QdogBabyLearnLLM.hidden",
        "cache[0].length",
        "max(0, cache[0].length - 1)",
    ),
    Bug(
        "heads are joined without exchanging the axes back",
        "attention::MultiHeadAttention.forward",
        "y.transpose(1, 2).reshape(B, T, C)",
        "y.reshape(B, T, C)",
    ),
    Bug(
        "the learning rate is a hundred times too high",
        "training::train_step",
        "learning_rate(step, cfg)",
        "100 * learning_rate(step, cfg)",
    ),
    Bug(
        "the mask comes after the softmax",
        ATTENTION,
        "if mask is not None:\n"
        "    scores = scores + torch.zeros_like(mask, dtype=q.dtype)"
        '.masked_fill(~mask, float("-inf"))\n'
        "weights = F.dropout(scores.softmax(dim=-1), dropout)",
        "allowed = 1.0 if mask is None else mask\n"
        "weights = F.dropout(scores.softmax(dim=-1) * allowed, dropout)",
    ),
    Bug(
        "padding is learned",
        "data/batches::Batches._fill",
        "np.full_like(inputs, IGNORE)",
        "np.full_like(inputs, self.pad_id)",
    ),
    Bug(
        "there are no position embeddings",
        "model::QdogBabyLearnLLM.embed",
        "self.tok_emb(ids) + self.pos_emb.weight[start:stop]",
        "self.tok_emb(ids)",
    ),
    Bug(
        "dropout stays on in evaluation",
        "model::evaluating",
        "model.eval()",
        "pass",
    ),
    Bug(
        "softmax runs along the wrong axis",
        ATTENTION,
        SCORES,
        "scores.softmax(dim=-2)",
    ),
    Bug(
        "there is no residual connection around attention",
        "model::TransformerBlock.forward",
        "x + self.dropout(self.attn(self.ln1(x), cache))",
        "self.dropout(self.attn(self.ln1(x), cache))",
    ),
)


# --- a copy of the code -----------------------------------------------------------------------


def copied(bug: Bug | None = None) -> Names:
    """The definitions of MODULES in a namespace of their own, with a bug or without.

    ValueError if the code that a bug changes is not there exactly once.
    """
    names: Names = {"__name__": "minillm.lab"}
    own = {module.__name__ for module in MODULES}
    for module in MODULES:
        room = module.__name__.removeprefix("minillm.").replace(".", "/")
        tree = ast.parse(inspect.getsource(module))
        if bug and bug.where.partition("::")[0] == room:
            _plant(tree, bug)
        package = module.__name__.rpartition(".")[0]
        names["__package__"] = package
        tree.body = [node for node in tree.body if not _imports(node, package, own)]
        # No file: a traceback then shows no line of the bug.
        exec(compile(ast.fix_missing_locations(tree), "<lab>", "exec"), names)
    names["F"] = _WrittenOut(names)
    return names


def _imports(node: ast.stmt, package: str, own: set[str]) -> bool:
    """Whether this imports from one of the modules that are copied, too."""
    if not isinstance(node, ast.ImportFrom) or not node.level:
        return False
    base = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*base, node.module or ""]) in own


def _plant(tree: ast.Module, bug: Bug) -> None:
    place: Any = tree
    for name in bug.where.partition("::")[2].split("."):
        place = next(node for node in place.body if getattr(node, "name", "") == name)
    old: list[Any] = list(ast.parse(bug.old).body)
    new: list[Any] = list(ast.parse(bug.new).body)
    if all(len(part) == 1 and isinstance(part[0], ast.Expr) for part in (old, new)):
        old, new = [old[0].value], [new[0].value]  # a part of any statement
    dumps, found = [ast.dump(node) for node in old], []
    for parent in ast.walk(place):
        for field, value in ast.iter_fields(parent):
            nodes = value if isinstance(value, list) else [value]
            forms = [ast.dump(node) if isinstance(node, ast.AST) else "" for node in nodes]
            starts = range(len(forms) - len(dumps) + 1)
            found += [(parent, field, i) for i in starts if forms[i : i + len(dumps)] == dumps]
    if len(found) != 1:
        raise ValueError(f"{bug.where} holds {len(found)} times, and not once, the code {bug.old}")
    parent, field, at = found[0]
    if isinstance(getattr(parent, field), list):
        getattr(parent, field)[at : at + len(old)] = new
    else:
        setattr(parent, field, new[0])


class _WrittenOut:
    """torch.nn.functional, but its fused attention is the formula of the copy.

    So what is planted in the formula is what the model runs.
    """

    def __init__(self, names: Names) -> None:
        self._names = names

    def __getattr__(self, name: str) -> Any:
        return getattr(F, name)

    def scaled_dot_product_attention(
        self,
        q: Tensor,
        k: Tensor,
        v: Tensor,
        attn_mask: Tensor | None = None,
        dropout_p: float = 0.0,
        is_causal: bool = False,
    ) -> Tensor:
        if is_causal:
            attn_mask = self._names["causal_mask"](q.shape[-2], k.shape[-2])
        mixed: Tensor = self._names["attention"](q, k, v, attn_mask, dropout_p)[0]
        return mixed
