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
    Compare,
    Condition,
    Counted,
    Defined,
    Enumerated,
    Exists,
    ForAll,
    Holds,
    Individual,
    IsA,
    Not,
    OpenTo,
    Or,
    Read,
    Shifted,
    Truth,
    Value,
    Variable,
)
from amparo.core.law import Kind
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import did_you_mean
from amparo.names.table import Word
from amparo.sorts.context import Context, Head, phrase, sort_of
from amparo.sorts.lengths import length
from amparo.sorts.values import arguments, day_of, event_or_date, static_kind, value
from amparo.syntax import tree as surface
from amparo.syntax.tree import Call, Expression, FactDecl, Group, Name, Path, StateDecl
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
        if again is not None:
            choices.append(Choice(each, head, again))
    return tuple(choices)


def condition_or_true(tree: Expression | None, context: Context, span: Span) -> Condition | None:
    """Return the condition, or that everything satisfies it when none is stated."""
    return Truth(True, span=span) if tree is None else condition(tree, context)


def condition(  # noqa: C901, PLR0912 - one case per construct
    tree: Expression, context: Context
) -> Condition | None:
    """Return the condition that ``tree`` states."""
    match tree:
        case Group(inner):
            return condition(inner, context)
        case surface.Not(operand):
            inside = condition(operand, context)
            return inside and Not(inside, span=tree.span)
        case surface.Both():
            return _both(tree, context)
        case surface.Either(left, right):
            first, second = condition(left, context), condition(right, context)
            return first and second and Or((first, *_operands(second, Or)), span=tree.span)
        case surface.Quantified():
            return _quantified(tree, context)
        case surface.Compare():
            return _comparison(tree, context)
        case surface.IsA():
            return _is_a(tree, context)
        case surface.Order(relation, left, right):
            before, after = event_or_date(left, context), event_or_date(right, context)
            if before is None or after is None:
                return None
            if relation == "after":
                before, after = after, before
            return Before(before, after, span=tree.span)
        case surface.Within():
            return _within(tree, context)
        case surface.OpenTo():
            return _open_to(tree, context)
        case Call():
            return _call(tree, context)
        case surface.Infix(left, name, right, at):
            return _call(Call(name, (left, right), at, span=tree.span), context)
        case _:
            _condition_expected(tree, context)
            return None


def _operands(inner: Condition, kind: type[And] | type[Or]) -> tuple[Condition, ...]:
    return inner.operands if isinstance(inner, kind) else (inner,)


def _both(tree: surface.Both, context: Context) -> Condition | None:
    """Read the right side knowing what the left says of kinds."""
    first = condition(tree.left, context)
    inner = context
    for each in _operands(first, And) if first is not None else ():
        if isinstance(each, IsA):
            inner = replace(inner, narrowed={**inner.narrowed, each.value: each.kind})
    second = condition(tree.right, inner)
    return first and second and And((first, *_operands(second, And)), span=tree.span)


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


def kind_named(name: Name, context: Context) -> Kind | None:
    """Return the kind that ``name`` means where it stands."""
    word = context.language.table.find(name, context.problems, "kind")
    return None if word is None else context.language.vocabulary.kinds.get(word.node.name.text)


def _comparison(tree: surface.Compare, context: Context) -> Condition | None:
    if tree.operator in {"is", "is not"}:
        special = _is(tree, context)
        if special is not None:
            found = special()
            negated = tree.operator == "is not"
            return found and (Not(found, span=tree.span) if negated else found)
    left = value(tree.left, context, _enumerated(tree.right, context))
    right = value(tree.right, context, sort_of(left) if left is not None else None)
    if left is None or right is None or not _comparable(tree, left, right, context):
        return None
    span = tree.span
    match tree.operator:
        case "=" | "is":
            return Compare("=", left, right, span=span)
        case "!=" | "is not":
            return Not(Compare("=", left, right, span=span), span=span)
        case "<" | "<=":
            return Compare(tree.operator, left, right, span=span)
        case ">":
            return Compare("<", right, left, span=span)
        case ">=":
            return Compare("<=", right, left, span=span)


def _enumerated(tree: Expression, context: Context) -> Enumerated | None:
    """Return the enumeration whose option ``tree`` is compared with, when ``tree`` tells it."""
    if not isinstance(tree, (Call, Path)) or not (isinstance(tree, Call) or tree.steps):
        return None
    found = value(tree, context.muted())
    sort = sort_of(found) if found is not None else None
    return sort if isinstance(sort, Enumerated) else None


def _is(tree: surface.Compare, context: Context) -> Callable[[], Condition | None] | None:
    """Return how to read ``x is word`` when it is no comparison of two values."""
    right = tree.right
    if not isinstance(right, Path) or right.steps or right.head.text in context.variables:
        return None
    table = context.language.table
    left = tree.left
    if isinstance(left, Path) and not left.steps and left.head.text not in context.variables:
        reading = table.peek(left.head, "reading")
        if reading is not None:
            return lambda: _read(left.head, right.head, tree, context)
    if _enumerated(left, context) is None and _words(right.head, context, "fact", "definition"):
        return lambda: _call(Call(right.head, (left,), span=tree.span), context)
    return None


def _words(name: Name, context: Context, *sorts: str) -> bool:
    return any(word.sort in sorts for word in context.language.table.words.get(name.text, ()))


def _read(name: Name, option: Name, tree: surface.Compare, context: Context) -> Condition | None:
    reading = context.language.vocabulary.readings.get(name.text)
    if reading is None:
        return None
    options = [each for each, _ in reading.options]
    if option.text in options:
        return Read(name.text, option.text, span=tree.span)
    context.problems.error(
        Diagnostic(
            "unknown-option",
            f"`{option.text}` is no option of the reading `{name.text}`",
            option.span,
            related=(Label(reading.span, "declared here"),),
            help=did_you_mean(option.text, options),
        )
    )
    return None


def _comparable(tree: surface.Compare, left: Value, right: Value, context: Context) -> bool:
    first, second = sort_of(left), sort_of(right)
    equality = tree.operator in {"=", "!=", "is", "is not"}
    if isinstance(first, Individual) and isinstance(second, Individual):
        vocabulary = context.language.vocabulary
        mine, other = static_kind(left, context), static_kind(right, context)
        assert mine is not None
        assert other is not None
        if not vocabulary.compatible(mine, other):
            return _incomparable(
                tree, f"a `{mine}` is never a `{other}`, so they are never the same", context
            )
        events = vocabulary.kinds[mine].category != "thing"
        help_ = "write `before` or `after`" if events else None
        message = "there is no order among individuals"
        return equality or _incomparable(tree, message, context, help_)
    if first != second:
        message = f"{phrase(first)} cannot be compared with {phrase(second)}"
        return _incomparable(tree, message, context)
    if isinstance(first, Enumerated) and not equality:
        return _incomparable(tree, "there is no order among options", context)
    return True


def _incomparable(
    tree: surface.Compare, message: str, context: Context, advice: str | None = None
) -> bool:
    context.problems.error(Diagnostic("not-comparable", message, tree.span, help=advice))
    return False


def _is_a(tree: surface.IsA, context: Context) -> Condition | None:
    kind, found = kind_named(tree.kind, context), value(tree.value, context)
    if kind is None or found is None:
        return None
    if kind.category == "general act":
        context.problems.error(
            Diagnostic(
                "general-act-as-kind",
                f"`{kind.name}` is a general act: no act is one, norms count acts as it",
                tree.kind.span,
                help=f"write `some {kind.name} …` and compare one of its roles",
            )
        )
        return None
    mine = static_kind(found, context)
    if mine is None or not context.language.vocabulary.compatible(mine, kind.name):
        context.problems.error(
            Diagnostic(
                "never-of-kind",
                f"{phrase(sort_of(found))} is never a `{kind.name}`",
                tree.span,
            )
        )
        return None
    test = IsA(found, kind.name, span=tree.span)
    return Not(test, span=tree.span) if tree.negated else test


def _within(tree: surface.Within, context: Context) -> Condition | None:
    found, anchor = event_or_date(tree.value, context), event_or_date(tree.anchor, context)
    span = tree.span
    duration = length(tree.duration, context)
    if found is None or anchor is None or duration is None:
        return None
    latest = Shifted(day_of(anchor), duration, span=span)
    earliest = Shifted(day_of(anchor), duration, backwards=True, span=span)
    not_late = Compare("<=", day_of(found), latest, span=span)
    not_early = Compare("<=", earliest, day_of(found), span=span)
    match tree.direction:
        case "after":
            return And((Not(Before(found, anchor, span=span), span=span), not_late), span=span)
        case "before":
            return And((Not(Before(anchor, found, span=span), span=span), not_early), span=span)
        case "of":
            return And((not_early, not_late), span=span)


def _open_to(tree: surface.OpenTo, context: Context) -> Condition | None:
    remedy = tree.remedy
    if not isinstance(remedy, Path) or remedy.steps:
        context.problems.error(
            Diagnostic("unknown-kind", "name the kind of act that is open", remedy.span)
        )
        return None
    kind = kind_named(remedy.head, context)
    holder, against = value(tree.holder, context), value(tree.against, context)
    if kind is None or holder is None or against is None:
        return None
    roles = dict(kind.roles)
    if kind.category not in {"power act", "private act"} or set(roles) != {"by", "against"}:
        context.problems.error(
            Diagnostic(
                "not-a-remedy",
                f"`{kind.name}` is no remedy: it must be a power act or a private act"
                " with exactly the roles `by` and `against`",
                remedy.span,
                related=(Label(kind.span, "declared here"),),
            )
        )
        return None
    fits = [
        _fits(part, found, roles[role], context)
        for part, found, role in (
            (tree.holder, holder, "by"),
            (tree.against, against, "against"),
        )
    ]
    if not all(fits):
        return None
    return OpenTo(kind.name, holder, against, span=tree.span)


def _fits(part: Expression, found: Value, wanted: object, context: Context) -> bool:
    kind = static_kind(found, context)
    if isinstance(wanted, Individual) and kind is not None:
        if context.language.vocabulary.compatible(kind, wanted.kind):
            return True
        message = f"a `{wanted.kind}` is expected here, not a `{kind}`"
    else:
        message = f"this role cannot be filled by {phrase(sort_of(found))}"
    context.problems.error(Diagnostic("wrong-sort", message, part.span))
    return False


def _call(tree: Call, context: Context) -> Condition | None:
    word = context.language.table.find(tree.name, context.problems, "fact", "definition")
    if word is None:
        return None
    at = context.at
    if tree.at is not None:
        at = event_or_date(tree.at, context)
        if at is None:
            return None
    if word.sort == "definition":
        return _defined(tree, at, context)
    return _holds(tree, word, at, context)


def _defined(tree: Call, at: Value | None, context: Context) -> Condition | None:
    parameters = context.language.definitions.get(tree.name.text)
    if parameters is None:
        return None
    found = arguments(tree, parameters, context)
    if found is None or not _has_moment(tree, at, context):
        return None
    assert at is not None
    defined = Defined(tree.name.text, found, at, span=tree.span)
    vocabulary = context.language.vocabulary
    tests = tuple(
        IsA(each, parameter.sort.kind, span=tree.span)
        for each, parameter in zip(found, parameters, strict=True)
        if parameter.sort.kind not in vocabulary.lineage(static_kind(each, context) or "")
    )
    return And((*tests, defined), span=tree.span) if tests else defined


def _holds(tree: Call, word: Word, at: Value | None, context: Context) -> Condition | None:
    fact = context.language.vocabulary.facts.get(tree.name.text)
    if fact is None:
        return None
    if isinstance(word.node, FactDecl) and word.node.sort is not None:
        context.problems.error(
            Diagnostic(
                "condition-expected",
                f"`{fact.name}` is a value; compare it with something",
                tree.span,
                related=(Label(word.node.name.span, "declared here"),),
            )
        )
        return None
    found = arguments(tree, fact.parameters, context)
    if found is None:
        return None
    if isinstance(word.node, StateDecl):
        return (
            Holds(fact.name, found, at, span=tree.span) if _has_moment(tree, at, context) else None
        )
    if tree.at is not None:
        context.problems.error(
            Diagnostic(
                "does-not-change",
                f"`{fact.name}` does not change in time, so it is not asked at a moment",
                tree.at.span,
                related=(Label(word.node.name.span, "declared here"),),
                help="declare it as a `state`",
            )
        )
        return None
    return Holds(fact.name, found, span=tree.span)


def _has_moment(tree: Call, at: Value | None, context: Context) -> bool:
    if at is None:
        context.problems.error(
            Diagnostic(
                "no-moment",
                f"`{tree.name.text}` may change in time, and no moment is given here",
                tree.span,
                help="add `at` and an event or a date",
            )
        )
    return at is not None


def _condition_expected(tree: Expression, context: Context) -> None:
    help_ = None
    message = "a condition is expected here, and this is a value"
    if isinstance(tree, Path) and not tree.steps and tree.head.text not in context.variables:
        if _words(tree.head, context, "fact", "definition"):
            message = f"`{tree.head.text}` must be said of something"
            help_ = f"write `{tree.head.text}(…)`"
        else:
            help_ = did_you_mean(
                tree.head.text,
                context.language.table.known(tree.span.source, "fact", "definition"),
            )
    context.problems.error(Diagnostic("condition-expected", message, tree.span, help=help_))
