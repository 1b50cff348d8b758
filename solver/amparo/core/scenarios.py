"""Scenarios: from what is given and what happens to one world, and what is expected of it."""

import datetime
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from amparo.core.case import (
    ExpectAct,
    Expectation,
    ExpectDuty,
    ExpectSecured,
    ExpectThat,
    Prospect,
    Scenario,
)
from amparo.core.condition import (
    And,
    Attribute,
    Compare,
    Condition,
    Constant,
    Holds,
    Individual,
    IsA,
    Not,
    Value,
    Variable,
)
from amparo.core.law import Norm, Provision
from amparo.core.relations import cited
from amparo.core.settings import Bench, Settings, protected, settings
from amparo.core.world import Event, Ground, Plain, World
from amparo.diagnostics import Diagnostic, Label
from amparo.names.places import covers
from amparo.names.problems import Problems, a, did_you_mean
from amparo.names.table import twice
from amparo.sorts.comparisons import kind_named
from amparo.sorts.conditions import condition
from amparo.sorts.context import Bound, Context, phrase, sort_of
from amparo.sorts.values import static_kind, value
from amparo.syntax import tree as surface
from amparo.syntax.tree import GivenFact, GivenIndividual, Name, Occurrence
from amparo.text import Span

OPENING = Constant(datetime.date.min, "date")
"""What is given holds before everything."""


@dataclass(slots=True)
class Facts:
    """What the givens state, collected."""

    relations: set[Ground] = field(default_factory=set)
    states: set[Ground] = field(default_factory=set)
    open_facts: dict[Ground, bool] = field(default_factory=dict)
    attributes: dict[Ground, Plain] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=dict)
    """What somebody is said to be besides his declared kind."""


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
    things = {
        name: _most_specific(kinds | facts.kinds.get(name, set()), context)
        for name, kinds in things.items()
    }
    events = _events(tree, things, context)
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
        chosen.decides,
        tree.span,
    )


def _named(tree: surface.Scenario, context: Context) -> tuple[dict[str, frozenset[str]], Context]:
    """Return the things, and the context in which things and events have their names."""
    things: dict[str, frozenset[str]] = {}
    bound: dict[str, Bound] = {}
    faulty: set[str] = set()
    individuals = [each for each in tree.given if isinstance(each, GivenIndividual)]
    named: list[GivenIndividual | Occurrence] = [*individuals, *tree.occurrences]
    for name, kind_ in _described(tree, {each.name.text for each in named}):
        context.problems.error(_not_introduced(name, kind_))
        faulty.add(name.text)
    for each in named:
        kind = kind_named(each.kind, context)
        if kind is None:
            faulty.add(each.name.text)
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
            faulty.add(each.name.text)
            continue
        first = bound.get(each.name.text)
        if first is not None and first.name is not None:
            context.problems.error(twice(each.name, first.name))
        variable = Variable(each.name.text, Individual(kind.name), span=each.name.span)
        bound[each.name.text] = Bound(variable, None, each.name)
        if thing:
            things[each.name.text] = frozenset({kind.name})
    return things, replace(context, variables=bound, faulty=frozenset(faulty))


def _described(tree: surface.Scenario, known: Set[str]) -> Iterator[tuple[Name, Name]]:
    """Yield who is said to be of a kind among the givens without being introduced."""
    for each in tree.given:
        match each:
            case GivenFact(surface.IsA(surface.Path(name, ()), kind)) if name.text not in known:
                yield name, kind
            case _:
                pass


def _not_introduced(name: Name, kind: Name) -> Diagnostic:
    return Diagnostic(
        "unknown-variable",
        f"`{name.text}` stands for nothing here",
        name.span,
        help=f"introduce it so: `{name.text}: {kind.text}`",
    )


def _record(found: Condition, facts: Facts, context: Context) -> None:
    """Take down what a given states."""
    vocabulary = context.language.vocabulary
    match found:
        case And(operands):
            for each in operands:
                _record(each, facts, context)
            return
        case Holds(fact, arguments):
            if _note(fact, vocabulary.facts[fact].category, arguments, facts, value_=True):
                return
        case Not(Holds(fact, arguments)):
            if _note(fact, vocabulary.facts[fact].category, arguments, facts, value_=False):
                return
        case Compare("=", Attribute(fact, arguments), other) | Compare(
            "=", other, Attribute(fact, arguments)
        ):
            ground, filler = _ground(fact, arguments), _plain(other)
            if ground is not None and filler is not None:
                facts.attributes[ground] = filler
                return
        case IsA(Variable(name), kind) if vocabulary.kinds[kind].category == "thing":
            for known in facts.kinds.setdefault(name, set()):
                if not vocabulary.compatible(kind, known):
                    message = f"nobody is both {a(kind)} and {a(known)}"
                    context.problems.error(Diagnostic("never-of-kind", message, found.span))
            facts.kinds[name].add(kind)
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


def _most_specific(kinds: frozenset[str] | set[str], context: Context) -> frozenset[str]:
    lineage = context.language.vocabulary.lineage
    above = {parent for each in kinds for parent in lineage(each)[1:]}
    return frozenset(kinds) - above


def _events(
    tree: surface.Scenario, things: Mapping[str, frozenset[str]], context: Context
) -> dict[str, Event]:
    events: dict[str, Event] = {}
    days: dict[datetime.date, int] = {}
    for each in tree.occurrences:
        bound = context.variables.get(each.name.text)
        if bound is None:
            continue
        roles = _filled(each, bound.variable.sort.kind, things, context)
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


def _filled(
    tree: Occurrence, kind: str, things: Mapping[str, frozenset[str]], context: Context
) -> Mapping[str, Plain]:
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
        plain = _plain(denoted)
        if isinstance(sort, Individual) and own is not None:
            lineage, kinds = context.language.vocabulary.lineage, things.get(str(plain), {own})
            fits = any(sort.kind in lineage(kind) for kind in kinds)
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
) -> Expectation | Prospect | None:
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
            if not any(_requires(norm, place) for norm in at.law.norms.values()):
                problems.error(_no_duty(place, duty.span))
                return None
            name = None if trigger is None else trigger.text
            return ExpectDuty(place, result, name, negated, tree.span)
        case surface.ExpectThat(expected, negated):
            found = condition(expected, context)
            return None if found is None else ExpectThat(found, negated, tree.span)
        case surface.ExpectSecured(protection, negated):
            if protection.act is not None and protection.act.text in events:
                problems.error(_event_secured(protection.act, context))
                return None
            place = protected(protection, at, problems)
            return None if place is None else ExpectSecured(place, negated, tree.span)
        case surface.ExpectObeyable(possible, because_of, negated):
            blamed = [cited(each, None, at.index, table, problems) for each in because_of]
            places = tuple(each for each in blamed if each is not None)
            return Prospect(possible, places, negated, tree.span)


def _requires(norm: Norm, place: Provision) -> bool:
    return norm.modality == "require" and covers(place, norm.provision)


def _no_duty(place: Provision, span: Span) -> Diagnostic:
    return Diagnostic(
        "not-a-duty",
        f"there is no duty at `{place}`",
        span,
        help="a duty is a norm that says what is required when something happens",
    )


def _event_secured(event: Name, context: Context) -> Diagnostic:
    first = context.variables[event.text].name
    return Diagnostic(
        "wrong-category",
        f"`{event.text}` is an event; what is secured is a provision that protects",
        event.span,
        related=() if first is None else (Label(first.span, "this is an event"),),
        help="of an event is expected that it is lawful, unlawful, forbidden or permitted",
    )


def _event(name: Name, events: Mapping[str, Event], context: Context) -> bool:
    """Say whether ``name`` is an event of the scenario; report it if not."""
    bound = context.variables.get(name.text)
    if name.text in events:
        return True
    if name.text in context.faulty:
        return False
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
