"""Values: every one gets its sort, and what is constant is worked out.

Each function returns None when it has reported why there is no value.
"""

from fractions import Fraction

from amparo.core.condition import (
    Attribute,
    Constant,
    DateOf,
    Enumerated,
    Individual,
    Money,
    ParameterAt,
    RoleOf,
    Scaled,
    Shifted,
    Sort,
    Sum,
    Value,
    Variable,
)
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import a, did_you_mean, known_ones
from amparo.names.table import Word
from amparo.sorts.context import Context, phrase, sort_of
from amparo.sorts.lengths import length
from amparo.syntax.tree import (
    Arithmetic,
    Call,
    CurrencyDecl,
    Day,
    Duration,
    Expression,
    FactDecl,
    Group,
    Name,
    Number,
    ParameterDecl,
    Path,
    Percent,
    Quantity,
    StateDecl,
)

HUNDREDTHS = 100


def value(tree: Expression, context: Context, expected: Sort | None = None) -> Value | None:
    """Return the value that ``tree`` denotes. ``expected`` tells the options of an enumeration."""
    match tree:
        case Group(inner):
            return value(inner, context, expected)
        case Path():
            return _path(tree, context, expected)
        case Call():
            return _attribute(tree, context)
        case Number():
            return _number(tree, context)
        case Quantity():
            return _quantity(tree, context)
        case Percent(count, of):
            if of is None:
                return Constant(count / 100, "share", span=tree.span)
            inner_value = value(of, context)
            return inner_value and scaled(count / 100, "share", inner_value, tree, context)
        case Day(day):
            return Constant(day, "date", span=tree.span)
        case Duration(count, "days"):
            return Constant(count, "duration", span=tree.span)
        case Arithmetic(operator, left, right):
            if operator == "*":
                return _product(left, right, tree, context)
            return _sum(tree, context)
        case _:
            _value_expected(tree, context)
            return None


def event_or_date(tree: Expression, context: Context) -> Value | None:
    """Return ``tree`` as an event or a date: what has a place in time."""
    found = value(tree, context)
    if found is None:
        return None
    sort = sort_of(found)
    if sort == "date" or (isinstance(sort, Individual) and _is_event(sort.kind, context)):
        return found
    _wrong_sort(tree, f"an event or a date is expected here, not {phrase(sort)}", context)
    return None


def day_of(found: Value) -> Value:
    """Return the date of an event, or the date itself."""
    return DateOf(found, span=found.span) if isinstance(sort_of(found), Individual) else found


def arguments(
    tree: Call, wanted: tuple[Variable, ...], context: Context, *, certain: bool = False
) -> tuple[Value, ...] | None:
    """Return the arguments of ``tree``, each possibly (``certain``: surely) of its declared kind."""
    if len(tree.arguments) != len(wanted):
        count = f"{len(wanted)} argument{'' if len(wanted) == 1 else 's'}"
        context.problems.error(
            Diagnostic(
                "wrong-argument-count",
                f"`{tree.name.text}` takes {count}, not {len(tree.arguments)}",
                tree.span,
                related=_declared(tree.name, context),
            )
        )
        return None
    found = [
        _argument(each, parameter, tree.name, context, certain=certain)
        for each, parameter in zip(tree.arguments, wanted, strict=True)
    ]
    kept = tuple(each for each in found if each is not None)
    return kept if len(kept) == len(found) else None


def _declared(name: Name, context: Context) -> tuple[Label, ...]:
    word = context.language.table.peek(name, "fact", "definition")
    return () if word is None else (Label(word.node.name.span, "declared here"),)


def static_kind(found: Value, context: Context) -> str | None:
    """Return the narrowest kind that ``found`` is known to be of; None if it is no individual."""
    sort = sort_of(found)
    if not isinstance(sort, Individual):
        return None
    return context.narrowed.get(found, sort.kind)


def _argument(
    tree: Expression, parameter: Variable, fact: Name, context: Context, *, certain: bool
) -> Value | None:
    found = value(tree, context)
    if found is None:
        return None
    vocabulary, wanted = context.language.vocabulary, parameter.sort.kind
    if wanted not in vocabulary.kinds:
        return found
    kind = static_kind(found, context)
    if kind is None or not vocabulary.compatible(kind, wanted):
        given = phrase(sort_of(found)) if kind is None else a(kind)
        _wrong_sort(tree, f"`{fact.text}` is about {a(wanted)}; this is {given}", context)
        return None
    if certain and wanted not in vocabulary.lineage(kind):
        context.problems.error(
            Diagnostic(
                "argument-may-lack-value",
                f"only {a(wanted)} has `{fact.text}`, and this `{kind}` may be none",
                tree.span,
                help=f"say first that it is {a(wanted)}: `… is a {wanted} and …`",
            )
        )
        return None
    return found


def _path(tree: Path, context: Context, expected: Sort | None) -> Value | None:
    bound = context.lookup(tree.head)
    if bound is None:
        return _word(tree, context, expected)
    found: Value = Variable(bound.variable.name, bound.variable.sort, span=tree.span)
    roles = bound.roles
    for step in tree.steps:
        if step.text == "on":
            following: Value | None = _date_of(found, step, context)
        elif roles is not None:
            following = roles.get(step.text)
        else:
            following = _role(found, step, context)
        if following is None:
            return None
        found, roles = following, None
    return found


def _date_of(found: Value, step: Name, context: Context) -> Value | None:
    kind = static_kind(found, context)
    if kind is None or not _is_event(kind, context):
        _wrong_sort(step, f"only an event has a date; this is {phrase(sort_of(found))}", context)
        return None
    return DateOf(found, span=step.span)


def _role(found: Value, step: Name, context: Context) -> Value | None:
    kind = static_kind(found, context)
    roles = dict(context.language.vocabulary.kinds[kind].roles) if kind is not None else {}
    if step.text in roles:
        own = sort_of(found)
        assert isinstance(own, Individual)
        has_it = step.text in dict(context.language.vocabulary.kinds[own.kind].roles)
        known = None if has_it else kind
        return RoleOf(found, step.text, roles[step.text], known, span=step.span)
    context.problems.error(
        Diagnostic(
            "unknown-role",
            f"{a(kind)} has no role `{step.text}`"
            if kind is not None
            else f"{phrase(sort_of(found))} has no roles",
            step.span,
            help=did_you_mean(step.text, (*roles, "on")) or known_ones(roles),
        )
    )
    return None


def _word(tree: Path, context: Context, expected: Sort | None) -> Value | None:
    """Return the option or the parameter that ``tree`` names."""
    language, name = context.language, tree.head
    if isinstance(expected, Enumerated) and not tree.steps:
        options = language.vocabulary.enumerations[expected.enumeration]
        if name.text in options:
            return Constant(name.text, expected, span=tree.span)
        context.problems.error(
            Diagnostic(
                "unknown-option",
                f"`{name.text}` is no option of `{expected.enumeration}`",
                name.span,
                help=did_you_mean(name.text, options),
            )
        )
        return None
    word = language.table.peek(name, "parameter")
    if word is not None and not tree.steps:
        return _parameter(name, tree, context)
    _unknown_variable(name, context)
    return None


def _unknown_variable(name: Name, context: Context) -> None:
    if name.text in context.faulty:
        return
    table = context.language.table
    word = table.peek(name, "fact", "definition", "reading", "kind", "enumeration", "currency")
    parameter = next((w for w in table.words.get(name.text, ()) if w.sort == "parameter"), None)
    if word is None and parameter is not None:
        table.find(name, context.problems, "parameter")
        return
    known = (*context.variables, *table.known(name.span.source, "parameter"))
    context.problems.error(
        Diagnostic(
            "unknown-variable",
            f"`{name.text}` stands for nothing here"
            if word is None
            else f"a value is expected here, and `{name.text}` is a {word.sort}",
            name.span,
            related=() if word is None else (Label(word.node.name.span, "declared here"),),
            help=_near(name, context, known) if word is None else _said_with(word),
        )
    )


def _said_with(word: Word) -> str | None:
    match word.sort:
        case "kind":
            kind = a(word.node.name.text).replace("`", "")
            return f"that something is of a kind is said so: `… is {kind}`"
        case "fact" | "definition":
            return f"say of whom: `{word.node.name.text}(…)`"
        case _:
            return None


def _near(name: Name, context: Context, known: tuple[str, ...]) -> str | None:
    return did_you_mean(name.text, known) or known_ones(context.variables)


def _parameter(name: Name, tree: Expression, context: Context) -> Value | None:
    parameter = context.language.vocabulary.parameters.get(name.text)
    if parameter is None:
        return None
    if context.at is None:
        _wrong_sort(tree, f"`{name.text}` changes in time, and no moment is given here", context)
        return None
    return ParameterAt(name.text, context.at, parameter.sort, span=tree.span)


def _attribute(tree: Call, context: Context) -> Value | None:
    word = context.language.table.find(tree.name, context.problems, "fact", "definition")
    if word is None:
        return None
    if not isinstance(word.node, FactDecl) or word.node.sort is None:
        what = "state" if isinstance(word.node, StateDecl) else word.sort
        context.problems.error(
            Diagnostic(
                "value-expected",
                f"a value is expected here, and the {what} `{tree.name.text}` is true or false",
                tree.span,
                related=(Label(word.node.name.span, "declared here"),),
            )
        )
        return None
    fact = context.language.vocabulary.facts.get(tree.name.text)
    if fact is None or fact.sort is None:
        return None
    found = arguments(tree, fact.parameters, context, certain=True)
    return None if found is None else Attribute(fact.name, found, fact.sort, span=tree.span)


def _number(tree: Number, context: Context) -> Value | None:
    if tree.value.denominator != 1:
        message = "a number is whole; a fraction stands only before `*`"
        _wrong_sort(tree, message, context, "write a share with `%`")
        return None
    return Constant(int(tree.value), "number", span=tree.span)


def _quantity(tree: Quantity, context: Context) -> Value | None:
    word = context.language.table.find(tree.unit, context.problems, "currency", "parameter")
    if word is None:
        return None
    match word.node:
        case CurrencyDecl():
            amount = tree.value * HUNDREDTHS
            if amount.denominator != 1:
                _wrong_sort(tree, "an amount of money has at most two decimals", context)
                return None
            return Constant(int(amount), Money(tree.unit.text), span=tree.span)
        case ParameterDecl():
            parameter = _parameter(tree.unit, tree, context)
            return parameter and scaled(tree.value, "number", parameter, tree, context)
        case _:
            raise AssertionError(word)


def _product(
    left: Expression, right: Expression, tree: Arithmetic, context: Context
) -> Value | None:
    for factor, other in ((left, right), (right, left)):
        bare = _ungrouped(factor)
        if isinstance(bare, Number):
            found = value(other, context)
            return found and scaled(bare.value, "number", found, tree, context)
    first, second = value(left, context), value(right, context)
    if first is None or second is None:
        return None
    for found, other_value in ((first, second), (second, first)):
        if isinstance(found, Constant) and isinstance(found.value, (int, Fraction)):
            return scaled(Fraction(found.value), found.sort, other_value, tree, context)
    context.problems.error(
        Diagnostic(
            "product-of-variables",
            "one side of `*` must be a plain number, share or amount",
            tree.span,
        )
    )
    return None


def scaled(
    factor: Fraction, sort: Sort, found: Value, tree: Expression, context: Context
) -> Value | None:
    """Return ``factor`` (of ``sort``) times ``found``."""
    result = _product_sort(sort, sort_of(found))
    if result is None:
        message = f"{phrase(sort)} cannot be multiplied by {phrase(sort_of(found))}"
        _wrong_sort(tree, message, context)
        return None
    if isinstance(found, Scaled):
        factor, found = factor * found.factor, found.value
    if isinstance(found, Constant) and isinstance(found.value, (int, Fraction)):
        exact = factor * found.value
        if result == "share":
            return Constant(exact, result, span=tree.span)
        if exact.denominator == 1:
            return Constant(int(exact), result, span=tree.span)
    return Scaled(factor, found, result, span=tree.span)


def _product_sort(first: Sort, second: Sort) -> Sort | None:
    match first, second:
        case (("number" | "share"), ("number" | "share" | Money())):
            return second
        case Money(), ("number" | "share"):
            return first
        case _:
            return None


def _sum(tree: Arithmetic, context: Context) -> Value | None:
    assert tree.operator != "*"
    left = value(tree.left, context)
    bare = _ungrouped(tree.right)
    in_days = left is not None and sort_of(left) == "duration"
    if isinstance(bare, Duration) and not (in_days and bare.unit == "days"):
        duration = length(bare, context)
        if left is None or duration is None:
            return None
        if sort_of(left) != "date":
            message = f"only a date can be moved by a time, not {phrase(sort_of(left))}"
            _wrong_sort(tree.left, message, context, "the date of an event `e` is `e.on`")
            return None
        return Shifted(left, duration, tree.operator == "-", span=tree.span)
    right = value(tree.right, context)
    if left is None or right is None:
        return None
    sort = sort_of(left)
    if (sort, sort_of(right)) == ("date", "duration"):
        return Sum(tree.operator, left, right, "date", span=tree.span)
    summed = sort in {"number", "share", "duration"} or isinstance(sort, Money)
    if sort != sort_of(right) or not summed:
        verb = "add" if tree.operator == "+" else "subtract"
        message = f"cannot {verb} {phrase(sort)} and {phrase(sort_of(right))}"
        _wrong_sort(tree, message, context)
        return None
    return Sum(tree.operator, left, right, sort, span=tree.span)


def _ungrouped(tree: Expression) -> Expression:
    while isinstance(tree, Group):
        tree = tree.inner
    return tree


def _is_event(kind: str, context: Context) -> bool:
    return context.language.vocabulary.kinds[kind].category != "thing"


def _value_expected(tree: Expression, context: Context) -> None:
    bare = isinstance(tree, Duration)
    context.problems.error(
        Diagnostic(
            "value-expected",
            "a length of time that is no number of days stands only after a date"
            if bare
            else "a value is expected here",
            tree.span,
            label="" if bare else "this is true or false",
        )
    )


def _wrong_sort(
    tree: Expression | Name, message: str, context: Context, advice: str | None = None
) -> None:
    context.problems.error(Diagnostic("wrong-sort", message, tree.span, help=advice))
