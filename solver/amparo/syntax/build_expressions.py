"""From what the grammar read to expressions. Total: whatever parsed has a node."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal, cast

from amparo.syntax.parts import Parts, Word
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
    Label,
    Name,
    Node,
    Not,
    Number,
    OpenTo,
    Order,
    Path,
    Percent,
    Quantified,
    Quantity,
    Rounding,
    Text,
    Within,
)

Build = Callable[[Parts], Node]

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def _text(parts: Parts) -> Text:
    pieces = (_ESCAPE.sub(_unescaped, each.text[1:-1]) for each in parts.every(Word))
    return Text(" ".join(pieces), span=parts.span)


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else found[1]


def label(parts: Parts) -> Label:
    """Return the number or letter of an article, paragraph or point."""
    word = parts.word("INT", "LABEL", "LETTERS")
    return Label(word.text, span=word.span)


def _number(word: Word) -> Fraction:
    return Fraction(word.text.replace("_", ""))


def _first_number(parts: Parts) -> Fraction:
    return _number(parts.word("INT", "DECIMAL"))


def _count(parts: Parts) -> int:
    return int(_first_number(parts))


def _operand(parts: Parts, index: int) -> Expression:
    return cast(Expression, parts.items[index])


def _at(parts: Parts) -> Expression | None:
    return parts.expression("AT")


def _call(parts: Parts) -> Call:
    at = _at(parts)
    operands = tuple(e for e in parts.items[1:] if not isinstance(e, Word) and e is not at)
    return Call(parts.names[0], cast("tuple[Expression, ...]", operands), at, span=parts.span)


def _infix(parts: Parts) -> Infix:
    left, name, right = parts.items[:3]
    return Infix(cast(Path, left), cast(Name, name), cast(Path, right), _at(parts), span=parts.span)


def _quantified(parts: Parts) -> Quantified:
    quantifier = cast(Parts, parts.items[0])
    kind, variable = parts.names
    number = _count(quantifier) if quantifier.rule in {"at_least", "at_most"} else None
    spelled = cast(
        "Literal['some', 'no', 'every', 'at least', 'at most']", quantifier.rule.replace("_", " ")
    )
    condition = parts.expression("HAS")
    return Quantified(spelled, kind, variable, condition, number, span=parts.span)


def _within(parts: Parts) -> Within:
    direction = cast(Word, cast(Parts, parts.items[3]).items[0]).kind.lower()
    return Within(
        _operand(parts, 0),
        cast(Duration, parts.items[2]),
        cast("Literal['of', 'before', 'after']", direction),
        _operand(parts, 4),
        span=parts.span,
    )


def _compare(parts: Parts) -> Compare:
    word = cast(Word, cast(Parts, parts.items[1]).items[0])
    operator = cast("Literal['=', '!=', '<', '<=', '>', '>=']", word.text)
    return Compare(operator, _operand(parts, 0), _operand(parts, 2), span=parts.span)


def _arithmetic(operator: Literal["+", "-", "*"]) -> Build:
    return lambda p: Arithmetic(operator, _operand(p, 0), _operand(p, 2), span=p.span)


def _duration(unit: Literal["days", "working days", "months", "years"]) -> Build:
    def build(parts: Parts) -> Duration:
        rounding: Rounding | None = None
        for each in parts.nested("rounding"):
            rounding = "up" if each.says("ROUNDED_UP") else "down"
        calendar = parts.name("BY_CALENDAR")
        return Duration(_count(parts), unit, rounding, calendar, span=parts.span)

    return build


EXPRESSIONS: Mapping[str, Build] = {
    "text": _text,
    "on": lambda p: Name("on", span=p.span),
    "path": lambda p: Path(p.names[0], p.names[1:], span=p.span),
    "call": _call,
    "infix": _infix,
    "number": lambda p: Number(_first_number(p), span=p.span),
    "quantity": lambda p: Quantity(_first_number(p), p.names[0], span=p.span),
    "percent": lambda p: Percent(_first_number(p), span=p.span),
    "percent_of": lambda p: Percent(_first_number(p), p.expression("OF"), span=p.span),
    "date": lambda p: p.one(Day),
    "days": _duration("days"),
    "working_days": _duration("working days"),
    "months": _duration("months"),
    "years": _duration("years"),
    "plus": _arithmetic("+"),
    "minus": _arithmetic("-"),
    "times": _arithmetic("*"),
    "compare": _compare,
    "is_value": lambda p: Compare("is", _operand(p, 0), _operand(p, 2), span=p.span),
    "is_not_value": lambda p: Compare("is not", _operand(p, 0), _operand(p, 3), span=p.span),
    "is_a": lambda p: IsA(_operand(p, 0), p.names[-1], span=p.span),
    "is_not_a": lambda p: IsA(_operand(p, 0), p.names[-1], negated=True, span=p.span),
    "before": lambda p: Order("before", _operand(p, 0), _operand(p, 2), span=p.span),
    "after": lambda p: Order("after", _operand(p, 0), _operand(p, 2), span=p.span),
    "is_within": _within,
    "is_open": lambda p: OpenTo(_operand(p, 0), _operand(p, 2), _operand(p, 4), span=p.span),
    "negation": lambda p: Not(_operand(p, 1), span=p.span),
    "both": lambda p: Both(_operand(p, 0), _operand(p, 2), span=p.span),
    "either": lambda p: Either(_operand(p, 0), _operand(p, 2), span=p.span),
    "quantified": _quantified,
    "group": lambda p: Group(_operand(p, 1), span=p.span),
}
