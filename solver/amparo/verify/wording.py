"""Words of one norm put into another: what a protection says, said of the act of a lower norm.

On trees as written, so that the outcome prints in the language. What cannot be said so is `Unfit`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import product
from typing import Any

from amparo.syntax.tree import (
    Both,
    Call,
    Compare,
    Counts,
    Define,
    Either,
    Expression,
    Group,
    Infix,
    IsA,
    Name,
    Not,
    Path,
    Quantified,
    Unless,
)

Filler = Callable[[tuple[Name, ...]], Expression]
"""What stands for a variable with these roles after it."""
Meanings = Callable[[str], tuple[Define, ...]]
"""The clauses of a definition whose words may be said instead of its name; none: keep the name."""

MOST_ALTERNATIVES = 12
DEEPEST = 4
"""How often a definition is unfolded within another."""


class Unfit(Exception):
    """The words cannot be said of the other act."""


def same(variable: Name) -> Filler:
    """Return that ``variable`` stands for the act itself."""
    return lambda steps: Path(variable, steps)


def counted(rule: Counts, variable: Name) -> Filler:
    """Return what stands for the general act as which ``rule`` counts the act ``variable``."""
    own = {rule.variable.text: same(variable)}
    bound = {role.text: put(value, own, {variable.text}) for role, value in rule.bindings}

    def fill(steps: tuple[Name, ...]) -> Expression:
        if not steps or steps[0].text not in bound:
            return Path(variable, steps)
        return _followed(bound[steps[0].text], steps[1:])

    return fill


def put(node: Expression, fillers: Mapping[str, Filler], taken: set[str]) -> Expression:
    """Return ``node`` with what ``fillers`` say in the place of variables.

    A variable bound in it that has one of the names ``taken`` gets another name.

    Raises:
        Unfit: a role is asked of what has none.
    """
    if isinstance(node, Path) and node.head.text in fillers:
        return fillers[node.head.text](node.steps)
    if isinstance(node, Quantified):
        inner = {key: each for key, each in fillers.items() if key != node.variable.text}
        name = node.variable
        if name.text in taken:
            name = _fresh(name, taken)
            inner[node.variable.text] = same(name)
        said = None if node.condition is None else put(node.condition, inner, taken | {name.text})
        return replace(node, variable=name, condition=said)
    changed: dict[str, Any] = {
        each.name: _put(getattr(node, each.name), fillers, taken)
        for each in fields(node)
        if each.name != "span"
    }
    if isinstance(node, Infix) and not (
        isinstance(changed["left"], Path) and isinstance(changed["right"], Path)
    ):
        raise Unfit
    return replace(node, **changed)


def _put(part: object, fillers: Mapping[str, Filler], taken: set[str]) -> object:
    if isinstance(part, tuple):
        return tuple(_put(each, fillers, taken) for each in part)
    if isinstance(part, Expression):
        return put(part, fillers, taken)
    return part


def _fresh(name: Name, taken: set[str]) -> Name:
    number = 2
    while f"{name.text}_{number}" in taken:
        number += 1
    return Name(f"{name.text}_{number}")


def _followed(value: Expression, steps: tuple[Name, ...]) -> Expression:
    if isinstance(value, Path):
        return replace(value, steps=(*value.steps, *steps))
    if steps:
        raise Unfit
    return value


# -- logic ------------------------------------------------------------------------------------


def negated(said: Expression) -> Expression:
    """Return that ``said`` is not so, as one would write it."""
    match said:
        case Group(inner):
            return negated(inner)
        case Not(operand):
            return operand
        case Quantified(quantifier="some"):
            return replace(said, quantifier="no")
        case Quantified(quantifier="no"):
            return replace(said, quantifier="some")
        case IsA(negated=so):
            return replace(said, negated=not so)
        case Compare("is"):
            return replace(said, operator="is not")
        case Compare("is not"):
            return replace(said, operator="is")
        case Compare("="):
            return replace(said, operator="!=")
        case Compare("!="):
            return replace(said, operator="=")
        case Either(left, right):
            return all_of((negated(left), negated(right)))
        case _:
            return Not(said)


def all_of(parts: tuple[Expression, ...]) -> Expression:
    """Return that all of ``parts`` are so; what reaches on stands last, where it can."""
    flat = [each for part in parts for each in _conjuncts(part)]
    ordered = sorted(flat, key=lambda each: isinstance(each, Quantified))
    *first, last = ordered
    for each in reversed(first):
        last = Both(Group(each) if isinstance(each, Either) else each, last)
    return last


def any_of(parts: tuple[Expression, ...]) -> Expression:
    """Return that one of ``parts`` is so."""
    *first, last = parts
    for each in reversed(first):
        last = Either(each, last)
    return last


def _conjuncts(said: Expression) -> Iterator[Expression]:
    match said:
        case Group(inner) if isinstance(inner, Both):
            yield from _conjuncts(inner)
        case Both(left, right):
            yield from _conjuncts(left)
            yield from _conjuncts(right)
        case _:
            yield said


def alternatives(said: Expression, meanings: Meanings, depth: int = 0) -> tuple[Expression, ...]:
    """Return conditions each of which is enough for ``said``, its definitions said in full.

    Only the first few, where there are many.
    """
    match said:
        case Group(inner):
            found = alternatives(inner, meanings, depth)
        case Either(left, right):
            found = (*alternatives(left, meanings, depth), *alternatives(right, meanings, depth))
        case Both(left, right):
            pairs = product(
                alternatives(left, meanings, depth), alternatives(right, meanings, depth)
            )
            found = tuple(all_of(each) for each in pairs)
        case Call(name, arguments, None) if depth < DEEPEST and (clauses := meanings(name.text)):
            found = tuple(
                each
                for clause in clauses
                for each in alternatives(_unfolded(clause, arguments), meanings, depth + 1)
            )
        case _:
            found = (said,)
    return found[:MOST_ALTERNATIVES]


def _unfolded(clause: Define, arguments: tuple[Expression, ...]) -> Expression:
    fillers: dict[str, Filler] = {}
    for param, argument in zip(clause.params, arguments, strict=True):
        fillers[param.name.text] = _argument(argument)
    taken = {each.head.text for each in arguments if isinstance(each, Path)}
    exceptions = [each.condition for each in clause.clauses if isinstance(each, Unless)]
    parts = (clause.condition, *(negated(each) for each in exceptions))
    return all_of(tuple(put(each, fillers, taken) for each in parts))


def _argument(value: Expression) -> Filler:
    return lambda steps: _followed(value, steps)


def mentions(said: object, names: frozenset[str]) -> bool:
    """Say whether ``said`` speaks of one of ``names`` by a bare name."""
    if isinstance(said, Path) and not said.steps and said.head.text in names:
        return True
    if isinstance(said, tuple):
        return any(mentions(each, names) for each in said)
    if isinstance(said, Expression):
        return any(mentions(getattr(said, each.name), names) for each in fields(said))
    return False
