"""Scenarios: from what is given and what happens to one world, and what is expected of it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from amparo.core.case import ExpectAct, Expectation, ExpectDuty, ExpectThat, Scenario
from amparo.core.condition import (
    And,
    Attribute,
    Compare,
    Condition,
    Constant,
    Holds,
    Individual,
    Not,
    Value,
    Variable,
)
from amparo.core.relations import cited
from amparo.core.settings import Bench, Settings, settings
from amparo.core.world import Event, Ground, Plain, World
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import Problems, a, did_you_mean
from amparo.names.table import twice
from amparo.sorts.comparisons import kind_named
from amparo.sorts.conditions import condition
from amparo.sorts.context import Bound, Context, phrase, sort_of
from amparo.sorts.values import static_kind, value
from amparo.syntax import tree as surface
from amparo.syntax.tree import GivenFact, GivenIndividual, Name, Occurrence

OPENING = Constant(datetime.date.min, "date")
"""What is given holds before everything."""


@dataclass(slots=True)
class Facts:
    """What the givens state, collected."""

    relations: set[Ground] = field(default_factory=set)
    states: set[Ground] = field(default_factory=set)
    open_facts: dict[Ground, bool] = field(default_factory=dict)
    attributes: dict[Ground, Plain] = field(default_factory=dict)


def scenario(tree: surface.Scenario, at: Bench, problems: Problems) -> Scenario | None:
    """Return the scenario that ``tree`` states; None, with the faults reported, if it has any."""
    before = len(problems.errors)
    chosen = settings(tree.settings, at, problems)
    things, context = _named(tree, Context(at.language, problems, at=OPENING))
    facts = Facts()
    for given in tree.given:
        if isinstance(given, GivenFact):
            found = condition(given.statement, context)
            if found is not None:
                _record(found, facts, context)
    events = _events(tree, context)
    closing = _closing(tree, chosen, events, problems)
    judged = replace(context, at=Constant(closing, "date"))
    expected = [_expectation(each, judged, events, at) for each in tree.expectations]
    if len(problems.errors) > before:
        return None
    world = World(
        things,
        events,
        closing,
        frozenset(facts.relations),
        frozenset(facts.states),
        facts.open_facts,
        facts.attributes,
        chosen.readings,
    )
    return Scenario(
        tree.title.text,
        chosen.law,
        chosen.bills,
        chosen.as_of,
        chosen.readings,
        world,
        tuple(each for each in expected if each is not None),
        tree.span,
    )


def _named(tree: surface.Scenario, context: Context) -> tuple[dict[str, frozenset[str]], Context]:
    """Return the things, and the context in which things and events have their names."""
    things: dict[str, frozenset[str]] = {}
    bound: dict[str, Bound] = {}
    individuals = [each for each in tree.given if isinstance(each, GivenIndividual)]
    named: list[GivenIndividual | Occurrence] = [*individuals, *tree.occurrences]
    for each in named:
        kind = kind_named(each.kind, context)
        if kind is None:
            continue
        thing = isinstance(each, GivenIndividual)
        if kind.category == "general act" or thing != (kind.category == "thing"):
            message = (
                f"`{kind.name}` is no kind of person or thing: it is a kind of `{kind.category}`"
                if thing
                else f"`{kind.name}` is no kind of event that happens"
            )
            advice = "say in `when` that it happens" if thing else None
            if kind.category == "general act":
                advice = "name the act that counts as it"
            problem = Diagnostic("wrong-category", message, each.kind.span, help=advice)
            context.problems.error(problem)
            continue
        first = bound.get(each.name.text)
        if first is not None and first.name is not None:
            context.problems.error(twice(each.name, first.name))
        variable = Variable(each.name.text, Individual(kind.name), span=each.name.span)
        bound[each.name.text] = Bound(variable, None, each.name)
        if thing:
            things[each.name.text] = frozenset({kind.name})
    return things, replace(context, variables=bound)


def _record(found: Condition, facts: Facts, context: Context) -> None:
    """Take down what a given states."""
    kinds = context.language.vocabulary.facts
    match found:
        case And(operands):
            for each in operands:
                _record(each, facts, context)
            return
        case Holds(fact, arguments):
            if _note(fact, kinds[fact].category, arguments, facts, value_=True):
                return
        case Not(Holds(fact, arguments)):
            if _note(fact, kinds[fact].category, arguments, facts, value_=False):
                return
        case Compare("=", Attribute(fact, arguments), other) | Compare(
            "=", other, Attribute(fact, arguments)
        ):
            ground, filler = _ground(fact, arguments), _plain(other)
            if ground is not None and filler is not None:
                facts.attributes[ground] = filler
                return
        case _:
            pass
    context.problems.error(
        Diagnostic(
            "not-a-given",
            "only facts about what has a name here can be given",
            found.span,
            help="give the facts from which this follows",
        )
    )


def _note(
    fact: str, category: str, arguments: tuple[Value, ...], facts: Facts, *, value_: bool
) -> bool:
    ground = _ground(fact, arguments)
    if ground is None:
        return False
    if category == "open":
        facts.open_facts[ground] = value_
    elif value_:
        (facts.states if category == "state" else facts.relations).add(ground)
    return True


def _ground(fact: str, arguments: tuple[Value, ...]) -> Ground | None:
    names = [each.name for each in arguments if isinstance(each, Variable)]
    return (fact, tuple(names)) if len(names) == len(arguments) else None


def _plain(found: Value) -> Plain | None:
    match found:
        case Variable(name):
            return name
        case Constant(plain):
            return plain
        case _:
            return None


def _events(tree: surface.Scenario, context: Context) -> dict[str, Event]:
    events: dict[str, Event] = {}
    days: dict[datetime.date, int] = {}
    for each in tree.occurrences:
        bound = context.variables.get(each.name.text)
        if bound is None:
            continue
        roles = _filled(each, bound.variable.sort.kind, context)
        if each.on is None:
            message = f"it is not said on which day `{each.name.text}` happens"
            advice = "add `on: 2024-01-31`"
            problem = Diagnostic("date-missing", message, each.name.span, help=advice)
            context.problems.error(problem)
            continue
        day = each.on.value
        order = days[day] = days.get(day, -1) + 1
        kinds = frozenset({bound.variable.sort.kind})
        events[each.name.text] = Event(each.name.text, kinds, day, order, roles)
    return events


def _filled(tree: Occurrence, kind: str, context: Context) -> Mapping[str, Plain]:
    """Return the fillers of the roles of an event, each of the right sort and none missing."""
    wanted = dict(context.language.vocabulary.kinds[kind].roles)
    found: dict[str, Plain] = {}
    seen: dict[str, Name] = {}
    for name, filler in tree.roles:
        if name.text == "on":
            context.problems.error(_second_date(tree, name))
            continue
        if name.text not in wanted:
            message = f"{a(kind)} has no role `{name.text}`"
            advice = did_you_mean(name.text, (*wanted, "on"))
            problem = Diagnostic("unknown-role", message, name.span, help=advice)
            context.problems.error(problem)
            continue
        if name.text in seen:
            context.problems.error(twice(name, seen[name.text]))
        seen[name.text] = name
        sort = wanted[name.text]
        denoted = value(filler, context, sort)
        if denoted is None:
            continue
        own = static_kind(denoted, context)
        fits = sort_of(denoted) == sort
        if isinstance(sort, Individual) and own is not None:
            fits = sort.kind in context.language.vocabulary.lineage(own)
        plain = _plain(denoted)
        if fits and plain is not None:
            found[name.text] = plain
        else:
            message = (
                f"the role `{name.text}` takes {phrase(sort)}; this is {phrase(sort_of(denoted))}"
            )
            if plain is None:
                message = f"the role `{name.text}` takes a name or a plain value"
            context.problems.error(Diagnostic("wrong-sort", message, filler.span))
    for role in wanted:
        if role not in seen:
            message = f"nothing fills the role `{role}` of `{tree.name.text}`"
            advice = f"add `{role}: …`"
            problem = Diagnostic("missing-role", message, tree.name.span, help=advice)
            context.problems.error(problem)
    return found


def _second_date(tree: Occurrence, name: Name) -> Diagnostic:
    assert tree.on is not None
    message = f"`{tree.name.text}` is said to happen on two dates"
    return Diagnostic(
        "duplicate-name", message, name.span, related=(Label(tree.on.span, "first date here"),)
    )


def _closing(
    tree: surface.Scenario, chosen: Settings, events: Mapping[str, Event], problems: Problems
) -> datetime.date:
    last = max((event.on for event in events.values()), default=None)
    if chosen.as_of is None and last is None:
        if not tree.occurrences:
            message = "nothing happens, and no date is given"
            problem = Diagnostic(
                "no-closing-date", message, tree.title.span, help="add `as of` a date"
            )
            problems.error(problem)
        return datetime.date.min
    if chosen.as_of is not None:
        for each in tree.occurrences:
            if each.on is not None and each.on.value > chosen.as_of:
                message = f"`{each.name.text}` happens after the scenario closes on {chosen.as_of}"
                problems.error(Diagnostic("event-after-closing", message, each.on.span))
        return chosen.as_of
    assert last is not None
    return last


def _expectation(
    tree: surface.Expectation, context: Context, events: Mapping[str, Event], at: Bench
) -> Expectation | None:
    table, problems = context.language.table, context.problems
    match tree:
        case surface.ExpectAct(act, outcome, by, negated):
            known = _event(act, events, context)
            place = None if by is None else cited(by, None, at.index, table, problems)
            if not known or (by is not None and place is None):
                return None
            return ExpectAct(act.text, outcome, place, negated, tree.span)
        case surface.ExpectDuty(duty, result, trigger, negated):
            place = cited(duty, None, at.index, table, problems)
            known = trigger is None or _event(trigger, events, context)
            if place is None or not known:
                return None
            name = None if trigger is None else trigger.text
            return ExpectDuty(place, result, name, negated, tree.span)
        case surface.ExpectThat(expected, negated):
            found = condition(expected, context)
            return None if found is None else ExpectThat(found, negated, tree.span)


def _event(name: Name, events: Mapping[str, Event], context: Context) -> bool:
    """Say whether ``name`` is an event of the scenario; report it if not."""
    bound = context.variables.get(name.text)
    if name.text in events:
        return True
    if bound is None or context.language.vocabulary.kinds[bound.variable.sort.kind].category == (
        "thing"
    ):
        related: tuple[Label, ...] = ()
        if bound is not None and bound.name is not None:
            related = (Label(bound.name.span, "this is no event"),)
        message = f"no event `{name.text}` happens here"
        advice = did_you_mean(name.text, events)
        problem = Diagnostic("unknown-event", message, name.span, related=related, help=advice)
        context.problems.error(problem)
    return False
