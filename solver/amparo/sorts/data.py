"""Words that are data: options, dated values, calendars, readings, and what words read as."""

import datetime
from collections.abc import Mapping
from fractions import Fraction

from amparo.core.condition import Constant, Sort
from amparo.core.law import Calendar, Parameter, Reading
from amparo.diagnostics import Diagnostic
from amparo.names.problems import Problems, did_you_mean
from amparo.names.table import Table, twice
from amparo.sorts.context import Context, Language, phrase, sort_of
from amparo.sorts.values import value
from amparo.syntax.tree import (
    CalendarDecl,
    CurrencyDecl,
    Define,
    EnumerationDecl,
    Name,
    ParameterDecl,
    ReadingDecl,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def enumerations(table: Table, problems: Problems) -> dict[str, tuple[str, ...]]:
    """Return the options of every enumeration."""
    found: dict[str, tuple[str, ...]] = {}
    for name, (word, *_) in table.words.items():
        if isinstance(word.node, EnumerationDecl):
            found[name] = _distinct([option for option, _ in word.node.options], problems)
    return found


def readings(table: Table, problems: Problems) -> dict[str, Reading]:
    """Return every declared reading; at most one option is as written."""
    found = {}
    for name, (word, *_) in table.words.items():
        node = word.node
        if not isinstance(node, ReadingDecl):
            continue
        _distinct([each.name for each in node.options], problems)
        written = [each.name for each in node.options if each.as_written]
        for each in written[1:]:
            message = f"only one option of `{name}` can be as written"
            problems.error(Diagnostic("two-as-written", message, each.span))
        options = tuple((each.name.text, each.because.text) for each in node.options)
        first = written[0].text if written else None
        found[name] = Reading(name, node.title.text, options, first, node.name.span)
    return found


def calendars(table: Table, problems: Problems) -> dict[str, Calendar]:
    """Return every declared calendar."""
    found = {}
    for name, (word, *_) in table.words.items():
        node = word.node
        if not isinstance(node, CalendarDecl):
            continue
        if node.end.value <= node.start.value:
            message = f"the calendar `{name}` ends before it starts"
            problems.error(Diagnostic("period-reversed", message, node.end.span))
        found[name] = Calendar(
            name,
            node.start.value,
            node.end.value,
            frozenset(_weekdays(node, problems)),
            frozenset(each.value for each in node.holidays),
            frozenset(each.value for each in node.working),
        )
    return found


def parameters(
    language: Language, sorts: Mapping[str, Sort | None], problems: Problems
) -> dict[str, Parameter]:
    """Return every declared parameter with its dated values, which must ascend."""
    found = {}
    for name, (word, *_) in language.table.words.items():
        node, sort = word.node, sorts.get(name)
        if not isinstance(node, ParameterDecl) or sort is None:
            continue
        context = Context(language, problems)
        dated: list[tuple[datetime.date, int | Fraction | datetime.date | str]] = []
        for tree, day in node.values:
            if dated and day.value <= dated[-1][0]:
                message = f"the values of `{name}` must stand in the order of their dates"
                problems.error(Diagnostic("dates-not-ascending", message, day.span))
            constant = value(tree, context, sort)
            if constant is None:
                continue
            if not isinstance(constant, Constant) or sort_of(constant) != sort:
                message = f"`{name}` is {phrase(sort)}; this is {phrase(sort_of(constant))}"
                problems.error(Diagnostic("wrong-sort", message, tree.span))
                continue
            dated.append((day.value, constant.value))
        reads = node.reads.text if node.reads is not None else None
        found[name] = Parameter(name, sort, tuple(dated), reads)
    return found


def phrases(table: Table) -> dict[str, str]:
    """Return what options, currencies and definitions read as."""
    found: dict[str, str] = {}
    for name, words in table.words.items():
        for word in words:
            match word.node:
                case EnumerationDecl(_, options):
                    found |= {each.text: reads.text for each, reads in options if reads is not None}
                case CurrencyDecl(_, reads) if reads is not None:
                    found[name] = reads.text
                case Define(reads=reads) if reads is not None:
                    found.setdefault(name, reads.text)
                case _:
                    pass
    return found


def _weekdays(node: CalendarDecl, problems: Problems) -> list[int]:
    found = []
    for each in node.rests:
        if each.text.lower() in WEEKDAYS:
            found.append(WEEKDAYS.index(each.text.lower()))
        else:
            advice = did_you_mean(each.text.lower(), WEEKDAYS)
            message = f"`{each.text}` is no day of the week"
            problems.error(Diagnostic("unknown-weekday", message, each.span, help=advice))
    return found


def _distinct(names: list[Name], problems: Problems) -> tuple[str, ...]:
    seen: dict[str, Name] = {}
    for name in names:
        if name.text in seen:
            problems.error(twice(name, seen[name.text]))
        seen.setdefault(name.text, name)
    return tuple(seen)
