"""Tests of values: comparison, kind, distance in time, readings and remedies."""

from collections.abc import Callable

from amparo.core.condition import (
    And,
    Before,
    Compare,
    Condition,
    Enumerated,
    Individual,
    IsA,
    Money,
    Not,
    OpenTo,
    Read,
    Shifted,
    Sort,
    Truth,
    Value,
)
from amparo.core.law import Kind
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import a, did_you_mean
from amparo.sorts.calls import call
from amparo.sorts.context import Context, phrase, sort_of
from amparo.sorts.lengths import length
from amparo.sorts.values import day_of, event_or_date, static_kind, value
from amparo.syntax import tree as surface
from amparo.syntax.tree import Call, Expression, Name, Path


def comparison(tree: surface.Compare, context: Context) -> Condition | None:
    """Return a comparison; ``is`` may also read a text, or say a relation of one."""
    if tree.operator in {"is", "is not"}:
        special = _is(tree, context)
        if special is not None:
            found = special()
            negated = tree.operator == "is not"
            return found and (Not(found, span=tree.span) if negated else found)
    left = value(tree.left, context, _enumerated(tree.right, context))
    right = value(tree.right, context, sort_of(left) if left is not None else None)
    if left is None or right is None:
        return None
    span = tree.span
    if context.again and _never_the_same(left, right, context):
        return Truth(tree.operator in {"!=", "is not"}, span=span)
    if not _comparable(tree, left, right, context):
        return None
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


def is_a(tree: surface.IsA, context: Context) -> Condition | None:
    """Return the test whether a value is of a kind that it can be of."""
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
        if context.again:
            return Truth(tree.negated, span=tree.span)
        context.problems.error(
            Diagnostic(
                "never-of-kind",
                f"{phrase(sort_of(found))} is never {a(kind.name)}",
                tree.span,
                related=(Label(kind.span, "declared here"),),
                help=_overlapping(mine, kind.name, context),
            )
        )
        return None
    test = IsA(found, kind.name, span=tree.span)
    return Not(test, span=tree.span) if tree.negated else test


def within(tree: surface.Within, context: Context) -> Condition | None:
    """Return that an event or date lies within a time of another."""
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


def open_to(tree: surface.OpenTo, context: Context) -> Condition | None:
    """Return that a remedy is open to somebody against an act."""
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
        return Truth(False, span=tree.span) if context.again else None
    return OpenTo(kind.name, holder, against, span=tree.span)


def kind_named(name: Name, context: Context) -> Kind | None:
    """Return the kind that ``name`` means where it stands."""
    word = context.language.table.find(name, context.problems, "kind")
    return None if word is None else context.language.vocabulary.kinds.get(word.node.name.text)


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
    if _enumerated(left, context) is None and means(right.head, context, "fact", "definition"):
        return lambda: call(Call(right.head, (left,), span=tree.span), context)
    return None


def means(name: Name, context: Context, *sorts: str) -> bool:
    """Say whether ``name`` is declared as one of ``sorts``, visible here or not."""
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


def _never_the_same(left: Value, right: Value, context: Context) -> bool:
    mine, other = static_kind(left, context), static_kind(right, context)
    return (
        mine is not None
        and other is not None
        and not context.language.vocabulary.compatible(mine, other)
    )


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
                tree,
                f"{a(mine)} is never {a(other)}, so they are never the same",
                context,
                _overlapping(mine, other, context),
            )
        events = vocabulary.kinds[mine].category != "thing"
        help_ = "write `before` or `after`" if events else None
        message = "there is no order among individuals"
        return equality or _incomparable(tree, message, context, help_)
    if first != second:
        message = f"{phrase(first)} cannot be compared with {phrase(second)}"
        return _incomparable(tree, message, context, _with_unit(first, second))
    if isinstance(first, Enumerated) and not equality:
        return _incomparable(tree, "there is no order among options", context)
    return True


def _overlapping(mine: str | None, other: str, context: Context) -> str | None:
    """Return how two kinds of things could come to overlap, None for other kinds."""
    kinds = context.language.vocabulary.kinds
    if mine is None or {kinds[mine].category, kinds[other].category} != {"thing"}:
        return None
    return f"if one can be both, declare the kind `{mine}` with `may overlap {other}`"


def _with_unit(first: Sort, second: Sort) -> str | None:
    match first, second:
        case (Money(unit), "number") | ("number", Money(unit)):
            return f"an amount of money has its currency behind it: `1_000 {unit}`"
        case ("duration", "number") | ("number", "duration"):
            return "a length of time has its unit behind it: `10 days`"
        case ("share", "number") | ("number", "share"):
            return "a share is written with `%`"
        case _:
            return None


def _incomparable(
    tree: surface.Compare, message: str, context: Context, advice: str | None = None
) -> bool:
    context.problems.error(Diagnostic("not-comparable", message, tree.span, help=advice))
    return False


def _fits(part: Expression, found: Value, wanted: object, context: Context) -> bool:
    kind = static_kind(found, context)
    if isinstance(wanted, Individual) and kind is not None:
        if context.language.vocabulary.compatible(kind, wanted.kind):
            return True
        message = f"{a(wanted.kind)} is expected here, not {a(kind)}"
    else:
        message = f"this role cannot be filled by {phrase(sort_of(found))}"
    context.problems.error(Diagnostic("wrong-sort", message, part.span))
    return False
