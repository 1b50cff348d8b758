"""Conditions: from what is written to the core language.

Each function returns None when it has reported why there is no condition. A quantifier over a
general act is read once for its faults, and once for each norm that counts other acts as it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from amparo.core.condition import (
    And,
    Before,
    Condition,
    Counted,
    Exists,
    ForAll,
    IsA,
    Not,
    Or,
    Truth,
    Variable,
)
from amparo.core.law import Kind
from amparo.diagnostics import Diagnostic
from amparo.names.problems import did_you_mean
from amparo.sorts.calls import call
from amparo.sorts.comparisons import comparison, is_a, kind_named, means, open_to, within
from amparo.sorts.context import Context, Head
from amparo.sorts.values import event_or_date, static_kind
from amparo.syntax import tree as surface
from amparo.syntax.tree import Call, Expression, Group, Name, Path
from amparo.text import Span

Built = TypeVar("Built")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Built]):
    """What was built for one variable; ``head`` counts it as the general act spoken of."""

    variable: Variable
    head: Head | None
    built: Built

    def guarded(self, condition: Condition) -> Condition:
        """Return ``condition`` for acts that are counted as the general act."""
        if self.head is None:
            return condition
        return And((Counted(self.head.rule, self.variable, span=condition.span), condition))


def over(
    kind: Kind,
    name: Name,
    context: Context,
    build: Callable[[Context], Built | None],
    *,
    judged: bool = False,
) -> tuple[Choice[Built], ...] | None:
    """Build for an individual of ``kind`` called ``name``: one choice, or one per counting norm.

    With ``judged`` it is the moment at which what changes in time is asked.
    """

    def within(inner: Context, variable: Variable) -> Built | None:
        return build(replace(inner, at=variable) if judged else inner)

    variable = context.language.fresh(name.text, kind.name)
    built = within(context.bind(name, variable), variable)
    if built is None:
        return None
    if kind.category != "general act":
        return (Choice(variable, None, built),)
    choices = []
    for head in context.language.heads_of(kind.name):
        each = context.language.fresh(name.text, head.variable.sort.kind)
        again = within(context.muted().bind(name, each, head), each)
        # Left out, it would be as if the norm did not speak of such an act.
        assert again is not None, (name, head)
        choices.append(Choice(each, head, again))
    return tuple(choices)


def condition_or_true(tree: Expression | None, context: Context, span: Span) -> Condition | None:
    """Return the condition, or that everything satisfies it when none is stated."""
    return Truth(True, span=span) if tree is None else condition(tree, context)


def condition(tree: Expression, context: Context) -> Condition | None:
    """Return the condition that ``tree`` states."""
    match tree:
        case Group(inner):
            return condition(inner, context)
        case surface.Not(operand):
            inside = condition(operand, context)
            return inside and Not(inside, span=tree.span)
        case surface.Both():
            return _both(tree, context)
        case surface.Either():
            return _either(tree, context)
        case surface.Quantified():
            return _quantified(tree, context)
        case surface.Compare():
            return comparison(tree, context)
        case surface.IsA():
            return is_a(tree, context)
        case surface.Order(relation, left, right):
            before, after = event_or_date(left, context), event_or_date(right, context)
            if before is None or after is None:
                return None
            if relation == "after":
                before, after = after, before
            return Before(before, after, span=tree.span)
        case surface.Within():
            return within(tree, context)
        case surface.OpenTo():
            return open_to(tree, context)
        case Call():
            return call(tree, context)
        case surface.Infix(left, name, right, at):
            return call(Call(name, (left, right), at, span=tree.span), context)
        case _:
            _condition_expected(tree, context)
            return None


def _either(tree: surface.Either, context: Context) -> Condition | None:
    found = [condition(each, context) for each in _chain(tree, surface.Either)]
    kept = tuple(each for each in found if each is not None)
    return Or(kept, span=tree.span) if len(kept) == len(found) else None


def _both(tree: surface.Both, context: Context) -> Condition | None:
    """Read each part knowing what the parts before it say of kinds."""
    found = []
    for part in _chain(tree, surface.Both):
        each = condition(part, context)
        found.append(each)
        for said in each.operands if isinstance(each, And) else (each,):
            if isinstance(said, IsA) and _is_news(said, context):
                narrowed = {**context.narrowed, said.value: said.kind}
                context = replace(context, narrowed=narrowed)
    kept = tuple(each for each in found if each is not None)
    if context.again and any(isinstance(each, Truth) and not each.value for each in kept):
        return Truth(False, span=tree.span)
    return And(kept, span=tree.span) if len(kept) == len(found) else None


def _is_news(said: IsA, context: Context) -> bool:
    known = static_kind(said.value, context)
    return known is None or said.kind not in context.language.vocabulary.lineage(known)


def _chain(
    tree: surface.Both | surface.Either, kind: type[surface.Both] | type[surface.Either]
) -> list[Expression]:
    """Return the parts of a chain, without recursion: chains are longer than Python's stack."""
    parts: list[Expression] = [tree.left]
    rest = tree.right
    while isinstance(rest, kind):
        parts.append(rest.left)
        rest = rest.right
    return [*parts, rest]


def _quantified(tree: surface.Quantified, context: Context) -> Condition | None:
    kind = kind_named(tree.kind, context)
    if kind is None:
        return None
    number = tree.number if tree.number is not None else 1
    if tree.quantifier == "at most":
        number += 1
    if kind.category == "general act" and number > 1:
        context.problems.error(
            Diagnostic(
                "general-act-not-counted-up",
                f"how many `{kind.name}` there are cannot be asked of a general act",
                tree.span,
                help="ask it of the acts that count as it",
            )
        )
        return None

    def build(inner: Context) -> Condition | None:
        return condition_or_true(tree.condition, inner, tree.span)

    choices: tuple[Choice[Condition], ...] | None = over(kind, tree.variable, context, build)
    if choices is None:
        return None
    _warn_unused(tree, context)
    return _quantify(tree, choices, number)


def _quantify(
    tree: surface.Quantified, choices: tuple[Choice[Condition], ...], number: int
) -> Condition:
    if tree.quantifier == "every":
        every = tuple(ForAll(each.variable, _implied(each), span=tree.span) for each in choices)
        return every[0] if len(every) == 1 else And(every, span=tree.span)
    some = tuple(
        Exists(each.variable, each.guarded(each.built), number, span=tree.span)
        if number > 0
        else Truth(True, span=tree.span)
        for each in choices
    )
    found: Condition = some[0] if len(some) == 1 else Or(some, span=tree.span)
    return Not(found, span=tree.span) if tree.quantifier in {"no", "at most"} else found


def _implied(choice: Choice[Condition]) -> Condition:
    if choice.head is None:
        return choice.built
    counted = Counted(choice.head.rule, choice.variable, span=choice.built.span)
    return Or((Not(counted, span=counted.span), choice.built), span=choice.built.span)


def _warn_unused(tree: surface.Quantified, context: Context) -> None:
    mine = f"{tree.variable.text}#"
    if tree.condition is not None and not any(each.startswith(mine) for each in context.used):
        context.problems.warn(
            Diagnostic(
                "unused-variable",
                f"nothing is said of `{tree.variable.text}`",
                tree.variable.span,
                help="the condition does not depend on it",
            )
        )


def _condition_expected(tree: Expression, context: Context) -> None:
    help_: str | None = "compare it with something, or say a fact of it"
    message = "a condition is expected here, and this is a value"
    if isinstance(tree, Path) and not tree.steps and tree.head.text not in context.variables:
        if means(tree.head, context, "fact", "definition"):
            message = f"`{tree.head.text}` must be said of something"
            help_ = f"write `{tree.head.text}(…)`"
        else:
            help_ = did_you_mean(
                tree.head.text,
                context.language.table.known(tree.span.source, "fact", "definition"),
            )
    context.problems.error(Diagnostic("condition-expected", message, tree.span, help=help_))
