"""From expressions to text, with the parentheses that are needed and those that were written.

The marks of `layout` tell where a line may break.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from amparo.syntax.layout import BREAK, KEPT
from amparo.syntax.tree import (
    Arithmetic,
    Both,
    Call,
    Compare,
    Day,
    Duration,
    Either,
    Expression,
    Group,
    Infix,
    IsA,
    Not,
    Number,
    OpenTo,
    Order,
    Path,
    Percent,
    Quantified,
    Quantity,
    Text,
    Within,
)

Spell = Callable[[str], str]


_UNITS = {
    "days": "DAYS",
    "working days": "WORKING_DAYS",
    "months": "MONTHS",
    "years": "YEARS",
}
_QUANTIFIERS = {
    "some": "SOME",
    "no": "NO",
    "every": "EVERY",
    "at least": "AT_LEAST",
    "at most": "AT_MOST",
}


def quoted(text: Text) -> str:
    """Return ``text`` between quotes."""
    return f'"{_escaped(text.text)}"'


def _escaped(text: str) -> str:
    marked = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return marked.replace(" ", KEPT)


GROUPED = 10_000
MOST_DECIMALS = 30


def figure(value: Fraction) -> str:
    """Return a number as digits, thousands apart from ten thousand on."""
    whole, rest = divmod(value, 1)
    if rest == 0:
        return f"{int(whole):_}" if whole >= GROUPED else str(int(whole))
    digits = ""
    while rest:
        digit, rest = divmod(rest * 10, 1)
        digits += str(int(digit))
        assert len(digits) <= MOST_DECIMALS, f"{value} has no end in decimals"
    return f"{int(whole)}.{digits}"


def condition(expression: Expression, spell: Spell) -> str:
    """Return ``expression`` where any condition may stand."""
    match expression:
        case Either(left, right):
            before = _conjunction(left, spell) if not _reaches_on(left) else _group(left, spell)
            return f"{before}{BREAK}{spell('OR')} {condition(right, spell)}"
        case _:
            return _conjunction(expression, spell)


def _conjunction(expression: Expression, spell: Spell) -> str:
    match expression:
        case Both(left, right):
            before = _group(left, spell) if _reaches_on(left) else closed(left, spell)
            return f"{before}{BREAK}{spell('AND')} {_conjunction(right, spell)}"
        case Quantified():
            return _quantified(expression, spell)
        case Not(operand) if _reaches_on(operand) and not isinstance(operand, Both | Either):
            return f"{spell('NOT')} {_conjunction(operand, spell)}"
        case _:
            return closed(expression, spell)


def _reaches_on(expression: Expression) -> bool:
    """Return whether what follows the expression would belong to a quantifier in it."""
    while isinstance(expression, Both | Either | Not):
        expression = expression.operand if isinstance(expression, Not) else expression.right
    return isinstance(expression, Quantified)


def _group(expression: Expression, spell: Spell) -> str:
    return f"({condition(expression, spell)})"


def _quantified(expression: Quantified, spell: Spell) -> str:
    said = spell(_QUANTIFIERS[expression.quantifier])
    if expression.number is not None:
        said = f"{said} {figure(Fraction(expression.number))}"
    said = f"{said} {expression.kind.text} {expression.variable.text}"
    if expression.condition is None:
        return said
    return f"{said} {spell('HAS')} {condition(expression.condition, spell)}"


def closed(expression: Expression, spell: Spell) -> str:
    """Return ``expression`` where no quantifier may stand without parentheses."""
    match expression:
        case Not(operand):
            return f"{spell('NOT')} {closed(operand, spell)}"
        case Infix(left, name, right, at):
            said = f"{term(left, spell)} {name.text} {term(right, spell)}"
            return said if at is None else f"{said} {spell('AT')} {term(at, spell)}"
        case Compare(operator, left, right):
            between = {"is": spell("IS"), "is not": f"{spell('IS')} {spell('NOT')}"}
            return _between(left, between.get(operator, operator), right, spell)
        case IsA(value, kind, negated):
            said = spell("IS_NOT_A" if negated else "IS_A")
            if said in {"is a", "is not a"} and kind.text[0] in "AEIOaeio":
                said += "n"
            return f"{term(value, spell)} {said} {kind.text}"
        case Order(relation, left, right):
            return _between(left, spell(relation.upper()), right, spell)
        case Within(value, duration, direction, anchor):
            words = f"{spell('IS_WITHIN')} {length(duration, spell)} {spell(direction.upper())}"
            return _between(value, words, anchor, spell)
        case OpenTo(remedy, holder, against):
            said = _between(remedy, spell("IS_OPEN_TO"), holder, spell)
            return f"{said} {spell('AGAINST')} {term(against, spell)}"
        case Both() | Either() | Quantified():
            return _group(expression, spell)
        case _:
            return term(expression, spell)


def _between(left: Expression, words: str, right: Expression, spell: Spell) -> str:
    return f"{term(left, spell)} {words} {term(right, spell)}"


def term(expression: Expression, spell: Spell) -> str:
    """Return ``expression`` where a sum may stand."""
    match expression:
        case Arithmetic("+" | "-" as operator, left, right):
            return f"{term(left, spell)} {operator} {_product(right, spell)}"
        case _:
            return _product(expression, spell)


def _product(expression: Expression, spell: Spell) -> str:
    match expression:
        case Arithmetic("*", left, right):
            return f"{_product(left, spell)} * {_primary(right, spell)}"
        case _:
            return _primary(expression, spell)


def _primary(expression: Expression, spell: Spell) -> str:
    match expression:
        case Path(head, steps):
            roles = (spell("ON") if each.text == "on" else each.text for each in steps)
            return ".".join((head.text, *roles))
        case Call(name, arguments, at):
            said = f"{name.text}({', '.join(term(each, spell) for each in arguments)})"
            return said if at is None else f"{said} {spell('AT')} {_primary(at, spell)}"
        case Number(value) | Quantity(value) | Percent(value) if value < 0:
            return _group(
                Arithmetic("-", Number(Fraction(0)), replace(expression, value=-value)), spell
            )
        case Number(value):
            return figure(value)
        case Quantity(value, unit):
            return f"{figure(value)} {unit.text}"
        case Percent(value, None):
            return f"{figure(value)} {spell('PERCENT')}"
        case Percent(value, whole) if whole is not None:
            share = f"{figure(value)} {spell('PERCENT')}"
            return f"{share} {spell('OF')} {_primary(whole, spell)}"
        case Day(value):
            return value.isoformat()
        case Duration():
            return length(expression, spell)
        case Group(inner):
            return _group(inner, spell)
        case _:
            return _group(expression, spell)


def length(duration: Duration, spell: Spell) -> str:
    """Return a length of time."""
    said = f"{figure(Fraction(duration.count))} {spell(_UNITS[duration.unit])}"
    if duration.calendar is not None:
        said = f"{said} {spell('BY_CALENDAR')} {duration.calendar.text}"
    if duration.rounding is not None:
        said = f"{said} {spell('ROUNDED_' + duration.rounding.upper())}"
    return said
