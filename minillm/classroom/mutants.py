"""Wrong answers made by machine: each small change to a worked solution or to its result.

Not here: whether a check or a hidden test refuses them; the tests ask that of every exercise.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any

import torch

COMPARE: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
BINARY: dict[type[ast.operator], list[type[ast.operator]]] = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div, ast.Add],
    ast.Div: [ast.Mult],
    ast.FloorDiv: [ast.Div, ast.Mult],
    ast.Pow: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.Mod: [ast.FloorDiv],
}
ANY_ORDER = ("max", "min", "transpose")  # of two arguments
COMMUTES = (ast.Add, ast.Mult, ast.BitAnd, ast.BitOr)  # swapping their sides changes nothing
Change = Callable[[Any], ast.AST]  # of a node, whose type the change knows
Answer = Callable[..., Any]


def _set(name: str, value: object) -> Change:
    def change(node: ast.AST) -> ast.AST:
        setattr(node, name, value)
        return node

    return change


def _swap(name: str, i: int, j: int) -> Change:
    def change(node: ast.AST) -> ast.AST:
        parts = getattr(node, name)
        parts[i], parts[j] = parts[j], parts[i]
        return node

    return change


def _without(name: str, i: int) -> Change:
    def change(node: ast.AST) -> ast.AST:
        del getattr(node, name)[i]
        return node

    return change


def _sides_swapped(node: Any) -> ast.AST:
    node.left, node.right = node.right, node.left
    return node


def _ends_after_once(node: Any) -> ast.AST:
    node.body.append(ast.Break())
    return node


def _changes(node: ast.AST) -> Iterator[Change]:
    """What may be done to one node of a solution."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield _set("value", not node.value)
        elif isinstance(node.value, (int, float)):
            yield from (_set("value", node.value + d) for d in (1, -1))
        elif isinstance(node.value, str) and node.value:
            yield _set("value", node.value[1:])
    elif isinstance(node, ast.Compare):
        yield from (_set("ops", [op()]) for op in COMPARE.get(type(node.ops[0]), []))
    elif isinstance(node, ast.BinOp):
        yield from (_set("op", op()) for op in BINARY.get(type(node.op), []))
        yield from (lambda n: n.left, lambda n: n.right)
        if not isinstance(node.op, COMMUTES):
            yield _sides_swapped
    elif isinstance(node, ast.UnaryOp):
        yield lambda n: n.operand
    elif isinstance(node, ast.BoolOp):
        yield _set("op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        yield from (lambda n, i=i: n.values[i] for i in range(len(node.values)))
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            yield lambda n: n.func.value  # x.sum() -> x
        if node.args:
            yield lambda n: n.args[0]  # max(x, y) -> x
        if ast.unparse(node.func).rpartition(".")[2] not in ANY_ORDER:
            yield from (_swap("args", i, i + 1) for i in range(len(node.args) - 1))
        yield from (_without("keywords", i) for i in range(len(node.keywords)))
    elif isinstance(node, ast.IfExp):
        yield from (lambda n: n.body, lambda n: n.orelse)
    elif isinstance(node, ast.Slice):
        yield from (_set(p, None) for p in ("lower", "upper", "step") if getattr(node, p))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield _set("ifs", [])
    if isinstance(node, (ast.If, ast.While)):
        yield _set("test", ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, (ast.For, ast.While)):
        yield _ends_after_once
    if isinstance(node, (ast.FunctionDef, ast.For, ast.While, ast.If)) and len(node.body) > 1:
        yield from (_without("body", i) for i in range(len(node.body)))


def _documentation(tree: ast.AST) -> set[int]:
    """The numbers of the nodes that are docstrings or part of a message: no change of these is one
    of what the answer does."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Raise, ast.Assert, ast.JoinedStr)):
            found |= {id(n) for n in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
    return {i for i, node in enumerate(ast.walk(tree)) if id(node) in found}


class _Replace(ast.NodeTransformer):
    def __init__(self, at: ast.AST, change: Change) -> None:
        self.at, self.change = at, change

    def visit(self, node: ast.AST) -> Any:
        return self.change(node) if node is self.at else self.generic_visit(node)


def mutants(source: str) -> list[str]:
    """Every variant of a program in which one thing is changed."""
    tree = ast.parse(source)
    told, found = _documentation(tree), dict[str, None]()
    for i, node in enumerate(ast.walk(tree)):
        if i in told:
            continue
        for change in _changes(node):
            other = copy.deepcopy(tree)
            at = list(ast.walk(other))[i]
            changed = _Replace(at, change).visit(other)
            found[ast.unparse(ast.fix_missing_locations(changed))] = None
    found.pop(ast.unparse(tree), None)
    return list(found)


def _tensor_or_number(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        if isinstance(value, (torch.Tensor, int, float)) and not isinstance(value, bool):
            return change(value)
        if isinstance(value, str):
            return value + "x"
        if isinstance(value, (list, tuple)):
            return type(value)([*value, *value[:1]] or [0])
        return None

    return changed


RESULTS: dict[str, Callable[[Any], Any]] = {
    "one more": _tensor_or_number(lambda value: value + 1),
    "twice": _tensor_or_number(lambda value: value * 2),
    "minus": _tensor_or_number(lambda value: -value),
    "zero": _tensor_or_number(lambda value: value * 0),
    "transposed": lambda v: v.mT.contiguous() if getattr(v, "ndim", 0) > 1 else [v],
    "a piece": lambda v: v[:-1] if getattr(v, "ndim", 0) or isinstance(v, (str, list)) else {},
    "reversed": lambda v: v.flip(-1) if getattr(v, "ndim", 0) else str(v)[::-1],
}


def with_result(solution: Answer, change: Callable[[Any], Any]) -> Answer:
    """The solution, whose result is changed."""
    return lambda *args, **kwargs: change(solution(*args, **kwargs))


def that_spoils_its_arguments(solution: Answer) -> tuple[Answer, list[bool]]:
    """The solution, and afterwards what it was given is something else, if that can be changed.

    The list says so of each argument that it was given.
    """
    spoiled: list[bool] = []

    def spoils(*args: Any, **kwargs: Any) -> Any:
        result = copy.deepcopy(solution(*args, **kwargs))
        for value in args:
            spoiled.append(isinstance(value, (torch.Tensor, list, dict, set)))
            if isinstance(value, torch.Tensor):
                with torch.no_grad():
                    value.copy_(~value if value.dtype == torch.bool else value * 0 + 7)
            elif isinstance(value, list):
                value.append(value[0] if value else 0)
            elif isinstance(value, dict):
                value["?"] = 0
            elif isinstance(value, set):
                value.add("?")
        return result

    return spoils, spoiled


def that_knows_one_answer(solution: Answer) -> Answer:
    """The solution for what it is asked first, and the same for all that it is asked after."""
    known: list[Any] = []

    def knows(*args: Any, **kwargs: Any) -> Any:
        if not known:
            known.append(solution(*args, **kwargs))
        value = known[0]
        return value.detach().clone() if isinstance(value, torch.Tensor) else copy.deepcopy(value)

    return knows
