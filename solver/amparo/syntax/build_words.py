"""From what the grammar read to declarations of words. Total: whatever parsed has a node."""

from collections.abc import Mapping
from typing import Literal, cast

from amparo.syntax import tree
from amparo.syntax.build_expressions import Build
from amparo.syntax.parts import Parts, Word
from amparo.syntax.tree import (
    BodyDecl,
    CalendarDecl,
    CurrencyDecl,
    Day,
    Define,
    EnumerationDecl,
    EventDecl,
    Expression,
    FactDecl,
    GraveDecl,
    KindDecl,
    Name,
    Opening,
    Param,
    ParameterDecl,
    ReadingDecl,
    ReadingOption,
    SortName,
    StateDecl,
    Text,
    Use,
    Vocabulary,
)


def _list(parts: Parts) -> tuple[Name, ...]:
    return next((each.names for each in parts.nested("names")), ())


def _days(parts: Parts, keyword: str) -> tuple[Day, ...]:
    found = parts.after(keyword)
    return found.every(Day) if isinstance(found, Parts) else ()


def _params(parts: Parts) -> tuple[Param, ...]:
    return next((each.every(Param) for each in parts.nested("params")), ())


def _sort(kind: Literal["named", "number", "share", "date", "duration", "money"]) -> Build:
    return lambda p: SortName(kind, next(iter(p.names), None), span=p.span)


def _ordinary(parts: Parts) -> tuple[Expression, ...]:
    for each in parts.nested("ordinarily"):
        return (cast(Expression, each.items[1]),)
    for each in parts.nested("ordinary_range"):
        return (cast(Expression, each.items[1]), cast(Expression, each.items[3]))
    return ()


def _fact(parts: Parts) -> FactDecl:
    return FactDecl(
        parts.names[0],
        parts.says("OPEN"),
        _params(parts),
        parts.maybe(SortName),
        parts.maybe(Text),
        _ordinary(parts),
        span=parts.span,
    )


def _opening(parts: Parts) -> Opening:
    kind, variable = parts.names
    return Opening(kind, variable, parts.expression("WHEN"), span=parts.span)


def _state(parts: Parts) -> StateDecl:
    return StateDecl(
        parts.names[0],
        _params(parts),
        tuple(_opening(each) for each in parts.nested("begins")),
        tuple(_opening(each) for each in parts.nested("ends")),
        parts.maybe(Text),
        span=parts.span,
    )


def _event(parts: Parts) -> EventDecl:
    word = cast(Word, parts.nested("event_class")[0].items[0])
    category = word.kind.lower().replace("_", " ")
    roles = parts.nested("roles")
    return EventDecl(
        parts.names[0],
        cast(
            "Literal['event', 'private act', 'power act', 'official act', 'general act']", category
        ),
        parts.name("IS"),
        roles[0].every(Param) if roles else (),
        parts.maybe(Text),
        span=parts.span,
    )


def _parameter(parts: Parts) -> ParameterDecl:
    values = tuple(
        (cast(Expression, each.items[1]), cast(Day, each.items[3]))
        for each in parts.nested("dated_value")
    )
    return ParameterDecl(
        parts.names[0], parts.one(SortName), parts.maybe(Text), values, span=parts.span
    )


def _calendar(parts: Parts) -> CalendarDecl:
    start, end = parts.every(Day)
    return CalendarDecl(
        parts.names[0],
        start,
        end,
        parts.list("RESTS"),
        _days(parts, "HOLIDAYS"),
        _days(parts, "WORKING"),
        span=parts.span,
    )


def _define(parts: Parts) -> Define:
    return Define(
        parts.names[0],
        _params(parts),
        parts.maybe(Text),
        cast(Expression, parts.after("MEANS")),
        tuple(each for each in parts.items if isinstance(each, tree.Clause)),
        span=parts.span,
    )


def _vocabulary(parts: Parts) -> Vocabulary:
    words = tuple(each for each in parts.items if isinstance(each, tree.Word))
    return Vocabulary(parts.names[0], parts.maybe(Text), words, span=parts.span)


WORDS: Mapping[str, Build] = {
    "use": lambda p: Use(_list(p), p.maybe(Text), span=p.span),
    "body": lambda p: BodyDecl(p.names[0], p.one(Text), _list(p), span=p.span),
    "vocabulary": _vocabulary,
    "reads": lambda p: p.one(Text),
    "kind": lambda p: KindDecl(
        p.names[0], p.name("IS"), p.list("MAY_OVERLAP"), p.maybe(Text), span=p.span
    ),
    "enumeration": lambda p: EnumerationDecl(
        p.names[0],
        tuple((each.names[0], each.maybe(Text)) for each in p.nested("option")),
        span=p.span,
    ),
    "currency": lambda p: CurrencyDecl(p.names[0], p.maybe(Text), span=p.span),
    "named_sort": _sort("named"),
    "number_sort": _sort("number"),
    "duration_sort": _sort("duration"),
    "share_sort": _sort("share"),
    "date_sort": _sort("date"),
    "money_sort": _sort("money"),
    "param": lambda p: Param(p.names[0], p.one(SortName), span=p.span),
    "fact": _fact,
    "state": _state,
    "event": _event,
    "parameter": _parameter,
    "calendar": _calendar,
    "interpretation": lambda p: ReadingOption(
        p.names[0], p.says("AS_WRITTEN"), p.one(Text), span=p.span
    ),
    "reading": lambda p: ReadingDecl(p.names[0], p.one(Text), p.every(ReadingOption), span=p.span),
    "grave": lambda p: GraveDecl(p.names[0], p.names[1], p.expression("WHEN"), span=p.span),
    "define": _define,
}
