"""Words for words: one expression of a norm or definition put in the place of another.

Guarantees that what comes out prints and parses back equal: parentheses are added where the new
expression binds less tightly than the old one did.
"""

from dataclasses import fields, replace
from typing import Any, TypeVar

from amparo.syntax.tree import (
    Arithmetic,
    Both,
    Call,
    Compare,
    Day,
    Define,
    Duration,
    Either,
    Expression,
    Group,
    Infix,
    IsA,
    Node,
    NormDecl,
    Not,
    Number,
    OpenTo,
    Order,
    Path,
    Percent,
    Quantified,
    Quantity,
    Unless,
    Within,
)

Sentence = TypeVar("Sentence", bound=NormDecl | Define)

WHOLE_CONDITIONS = frozenset({"condition", "exception", "inner"})
"""The fields in which a condition stands by itself, so that nothing around it can bind tighter."""


def substituted(
    sentence: Sentence, old: Expression, new: Expression
) -> tuple[Sentence, tuple[Node, ...]]:
    """Return ``sentence`` with ``new`` wherever it says ``old``, and where that was.

    Dates of commencement and other notes are no words of the rule and stay as they are.
    """
    found: list[Node] = []
    change: dict[str, Any] = {}
    for each in fields(sentence):
        value = getattr(sentence, each.name)
        if each.name in ("rule", "condition"):
            change[each.name] = _rewritten(value, each.name, old, new, found)
        elif each.name == "clauses":
            change[each.name] = tuple(
                _rewritten(clause, "", old, new, found) if isinstance(clause, Unless) else clause
                for clause in value
            )
    return replace(sentence, **change), tuple(found)


def _rewritten(
    value: object, role: str, old: Expression, new: Expression, found: list[Node]
) -> object:
    if isinstance(value, tuple):
        return tuple(_rewritten(each, role, old, new, found) for each in value)
    if not isinstance(value, Node):
        return value
    if value == old:
        found.append(value)
        apart = role not in WHOLE_CONDITIONS and _binds_less(new, old)
        return Group(new, span=new.span) if apart else new
    change: dict[str, Any] = {
        each.name: _rewritten(getattr(value, each.name), each.name, old, new, found)
        for each in fields(value)
        if each.name != "span"
    }
    if isinstance(value, Infix) and not _paths(change["left"], change["right"]):
        # Only names may stand around a relation; a call says the same of anything.
        sides = (change["left"], change["right"])
        return Call(value.name, sides, change["at"], span=value.span)
    return replace(value, **change)


def _paths(*sides: object) -> bool:
    return all(isinstance(each, Path) for each in sides)


def _binds_less(new: Expression, old: Expression) -> bool:
    # A quantifier binds least and yet may end a conjunction, where a disjunction may not.
    joined = isinstance(new, Both | Either) and type(new) is not type(old)
    return joined or _tightness(new) < _tightness(old)


def _tightness(expression: Expression) -> int:
    match expression:
        case Arithmetic(operator=operator):
            tightness = 5 if operator == "*" else 4
        case Compare() | IsA() | Order() | Within() | OpenTo() | Infix():
            tightness = 3
        case Not(operand=last):
            tightness = min(3, _tightness(last))
        case Both(right=last):
            tightness = min(2, _tightness(last))
        case Either(right=last):
            tightness = min(1, _tightness(last))
        case Quantified():
            tightness = 0
        case Path() | Call() | Number() | Quantity() | Percent() | Duration() | Day() | Group():
            tightness = 6
    return tightness
