"""Small expressions over answers, such as `contract == 'no' and wage > 0`: read to a tree of allowed nodes, never run.

What is not known is None: a comparison with it is false, a calculation with it is not known.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from santai.guidance.functions import FUNCTIONS

LONGEST = 400
Value = Decimal | date | str | tuple[str, ...] | bool | None
Values = Mapping[str, Value]


class BadExpression(ValueError):
    """An expression that may not be written in an interview, with what is wrong in it."""


COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda one, many: one in many,
    ast.NotIn: lambda one, many: one not in many,
}
SUMS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
ALLOWED = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.BinOp, ast.Name,
    ast.Load, ast.Constant, ast.Tuple, ast.Call, *COMPARISONS, *SUMS,
)  # fmt: skip


@cache
def parsed(text: str) -> ast.expr:
    """Raises BadExpression for anything but names, numbers, texts, comparisons, sums and the listed functions."""
    if len(text) > LONGEST:
        raise BadExpression(f"longer than {LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as fault:
        raise BadExpression(f"cannot be read: {text!r}") from fault
    for node in ast.walk(tree):
        _check(node)
    return tree.body


def _check(node: ast.AST) -> None:
    if not isinstance(node, ALLOWED):
        raise BadExpression(f"{type(node).__name__} is not allowed")
    if isinstance(node, ast.Constant) and (
        isinstance(node.value, bool) or not isinstance(node.value, int | float | str)
    ):
        raise BadExpression(f"the constant {node.value!r} is not allowed")
    if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS):
        raise BadExpression("only the functions of guidance/functions.py can be called")
    if isinstance(node, ast.Call) and node.keywords:
        raise BadExpression("functions take no named arguments")


def names_in(text: str) -> set[str]:
    tree = parsed(text)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called}


def compared_in(text: str) -> set[tuple[str, str]]:
    """(name, text) for every text an answer is compared with."""
    found = set()
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            names = {side.id for side in sides if isinstance(side, ast.Name)}
            texts = {one.value for side in sides for one in ast.walk(side) if isinstance(one, ast.Constant)}
            found |= {(name, text) for name in names for text in texts if isinstance(text, str)}
    return found


def holds(text: str, values: Values) -> bool:
    """Whether a condition is true; an empty one always is."""
    return not text or bool(value_of(text, values))


def value_of(text: str, values: Values) -> Value:
    try:
        found: Value = _value(parsed(text), values)
    except (InvalidOperation, ZeroDivisionError, OverflowError):
        return None
    return found


def _value(node: ast.expr, values: Values) -> Any:
    match node:
        case ast.Constant():
            return node.value if isinstance(node.value, str) else Decimal(str(node.value))
        case ast.Name():
            return values.get(node.id)
        case ast.Tuple():
            return tuple(_value(each, values) for each in node.elts)
        case ast.BoolOp():
            every = all if isinstance(node.op, ast.And) else any
            return every(bool(_value(each, values)) for each in node.values)
        case ast.UnaryOp():
            return _unary(node, values)
        case ast.BinOp():
            return _sum(node, values)
        case ast.Compare():
            return _compare(node, values)
        case ast.Call(func=ast.Name(id=name)):
            return FUNCTIONS[name](*(_value(each, values) for each in node.args))
    raise BadExpression(f"{type(node).__name__} is not allowed")


def _unary(node: ast.UnaryOp, values: Values) -> Any:
    inner = _value(node.operand, values)
    if isinstance(node.op, ast.Not):
        return not inner
    return -inner if isinstance(inner, Decimal) else None


def _sum(node: ast.BinOp, values: Values) -> Decimal | None:
    left, right = _value(node.left, values), _value(node.right, values)
    known = isinstance(left, Decimal) and isinstance(right, Decimal)
    return SUMS[type(node.op)](left, right) if known else None


def _compare(node: ast.Compare, values: Values) -> bool:
    sides = [_value(each, values) for each in (node.left, *node.comparators)]
    steps = zip(node.ops, sides, sides[1:], strict=False)
    return all(_is_true(op, one, other) for op, one, other in steps)


def _is_true(op: ast.cmpop, one: Any, other: Any) -> bool:
    if one is None or other is None:
        return False
    try:
        return bool(COMPARISONS[type(op)](one, other))
    except TypeError:
        return False
