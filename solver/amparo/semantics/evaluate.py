"""What a value, a condition and a norm mean in one concrete world.

Guarantees: exact arithmetic; no judgement depends on the order of operands or individuals. What
the world leaves open is asked for only where it matters (Kleene, Introduction to Metamathematics,
1952, section 64: strong tables), and then it is `Unspecified`, never assumed. Every judgement ends:
where it would take too many steps, with `TooManySteps`.
Relies on: every name bound, every sort right, no definition and no remedy resting on itself.

Conditions and norms are one recursion: "is open to" asks whether norms apply.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Literal as OneOf
from typing import TypeVar

from amparo.core.condition import (
    MOMENT,
    And,
    Attribute,
    Before,
    Compare,
    Condition,
    Constant,
    Counted,
    DateOf,
    Days,
    Defined,
    Exists,
    ForAll,
    Holds,
    Individual,
    IsA,
    Length,
    Months,
    Not,
    OpenTo,
    Or,
    ParameterAt,
    Read,
    RoleOf,
    Scaled,
    Shifted,
    Sum,
    Truth,
    Value,
    Variable,
    WorkingDays,
)
from amparo.core.dates import add_months, add_working_days
from amparo.core.law import Case, Clause, Count, Exception_, Fact, Modality, Norm, Opening
from amparo.core.world import Ground, Plain
from amparo.semantics.context import Binding, Context, Moment, imagine

Needed = OneOf["open fact", "attribute", "parameter", "working day", "reading", "date", "role"]
K = TypeVar("K")
T = TypeVar("T")


class Unspecified(Exception):
    """A judgement needs what the world does not say: ``key`` is as in the fields of `World`."""

    def __init__(self, kind: Needed, key: object) -> None:
        """Keep ``kind`` and ``key``."""
        self.kind = kind
        self.key = key
        super().__init__(f"{kind} {key}")


# -- what is unspecified matters only where nothing else decides ------------------------------


def at_least(number: int, test: Callable[[T], bool], items: Iterable[T]) -> bool:
    """Say whether ``number`` of ``items`` pass ``test``, whatever the unspecified ones are."""
    passed, open_ = 0, list[Unspecified]()
    for item in items:
        try:
            passed += test(item)
        except Unspecified as gap:
            open_.append(gap)
        if passed >= number:
            return True
    if passed + len(open_) < number:
        return False
    raise open_[0]


def some(test: Callable[[T], bool], items: Iterable[T]) -> bool:
    """Say whether an item passes ``test``."""
    return at_least(1, test, items)


def every(test: Callable[[T], bool], items: Iterable[T]) -> bool:
    """Say whether each item passes ``test``."""
    return not some(lambda item: not test(item), items)


def both(*tests: Callable[[], bool]) -> bool:
    """Say whether all of ``tests`` pass."""
    return every(lambda test: test(), tests)


def outcome(test: Callable[[], bool]) -> bool | Unspecified:
    """Return what ``test`` says, or what it would need to know."""
    try:
        return test()
    except Unspecified as gap:
        return gap


# -- values -----------------------------------------------------------------------------------


def value(term: Value, binding: Binding, context: Context) -> Plain:
    """Return the value of ``term``."""
    context.steps.take()
    match term:
        case Variable(variable):
            return binding[variable]
        case RoleOf(event, role):
            return _given("role", role, context.event(name(event, binding, context)).roles)
        case DateOf(event):
            return context.event(name(event, binding, context)).on
        case Attribute(fact, arguments):
            ground = fact, names(arguments, binding, context)
            return _given("attribute", ground, context.world.attributes)
        case ParameterAt(parameter, at):
            return _parameter(parameter, day_of(at, binding, context), context)
        case Constant(plain):
            return plain
        case Sum(operator, left, right, "date"):
            days = _number(right, binding, context)
            count = days if operator == "+" else -days
            return shift(day_of(left, binding, context), Days(int(count)), context)
        case Sum(operator, left, right):
            first, second = (_number(each, binding, context) for each in (left, right))
            return first + second if operator == "+" else first - second
        case Scaled(factor, scaled):
            return factor * _number(scaled, binding, context)
        case Shifted(date, duration, backwards):
            return shift(day_of(date, binding, context), duration, context, backwards=backwards)


def name(term: Value, binding: Binding, context: Context) -> str:
    """Return the name of the individual that ``term`` stands for."""
    found = value(term, binding, context)
    assert isinstance(found, str), term
    return found


def names(terms: Iterable[Value], binding: Binding, context: Context) -> tuple[str, ...]:
    """Return the names of the individuals that ``terms`` stand for."""
    return tuple(name(term, binding, context) for term in terms)


def day_of(term: Value, binding: Binding, context: Context) -> datetime.date:
    """Return the date that ``term`` is, or on which the event that it stands for happens."""
    return moment_day(value(term, binding, context), context)


def moment_day(moment: Plain, context: Context) -> datetime.date:
    """Return the date that ``moment`` is, or on which the event of that name happens."""
    if isinstance(moment, str):
        return context.event(moment).on
    assert isinstance(moment, datetime.date), moment
    return moment


def shift(
    day: datetime.date, duration: Length, context: Context, *, backwards: bool = False
) -> datetime.date:
    """Return the date ``duration`` after ``day``, or before it when ``backwards``."""
    count = -duration.count if backwards else duration.count
    try:
        match duration:
            case Days():
                return day + datetime.timedelta(days=count)
            case Months(_, rounding):
                return add_months(day, count, rounding)
            case WorkingDays(_, calendar):
                known = add_working_days(day, count, context.law.vocabulary.calendars[calendar])
                if known is not None:
                    return known
                return _given("working day", (calendar, day, count), context.world.assumed_days)
    except OverflowError:
        raise Unspecified("date", (day, duration)) from None


def _number(term: Value, binding: Binding, context: Context) -> int | Fraction:
    found = value(term, binding, context)
    assert isinstance(found, int | Fraction), term
    return found


def _parameter(parameter: str, day: datetime.date, context: Context) -> Plain:
    declared = context.law.vocabulary.parameters[parameter].values
    started = [plain for start, plain in declared if start <= day]
    if started:
        return started[-1]
    return _given("parameter", (parameter, day), context.world.assumed_parameters)


def _given(kind: Needed, key: K, table: Mapping[K, T]) -> T:
    if key not in table:
        raise Unspecified(kind, key)
    return table[key]


# -- conditions -------------------------------------------------------------------------------


def holds(condition: Condition, binding: Binding, context: Context) -> bool:
    """Say whether ``condition`` is true."""
    context.steps.take()
    match condition:
        case Truth(truth):
            return truth
        case Not(operand):
            return not holds(operand, binding, context)
        case And(operands):
            return every(lambda each: holds(each, binding, context), operands)
        case Or(operands):
            return some(lambda each: holds(each, binding, context), operands)
        case Exists(Variable(variable, sort), body, number):
            return at_least(
                number,
                lambda each: holds(body, {**binding, variable: each}, context),
                context.of_kind(sort.kind),
            )
        case ForAll(Variable(variable, sort), body):
            return every(
                lambda each: holds(body, {**binding, variable: each}, context),
                context.of_kind(sort.kind),
            )
        case Holds(fact, arguments, at):
            ground = fact, names(arguments, binding, context)
            return _fact_holds(ground, at, binding, context)
        case Defined(definition, arguments, at):
            actual, moment = names(arguments, binding, context), value(at, binding, context)
            return some(
                lambda pair: holds(*pair, context), clauses(definition, actual, moment, context)
            )
        case Compare(operator, left, right):
            first, second = value(left, binding, context), value(right, binding, context)
            return _compare(operator, first, second)
        case IsA(individual, kind):
            return context.is_a(name(individual, binding, context), kind)
        case Before(left, right):
            return _before(value(left, binding, context), value(right, binding, context), context)
        case OpenTo(kind, holder, against):
            by, act = (name(each, binding, context) for each in (holder, against))
            return is_open(kind, by, act, context)
        case Read(reading, option):
            return _given("reading", reading, context.world.readings) == option
        case Counted(rule, event):
            return counts(context.law.counts[rule], name(event, binding, context), context)


def _compare(operator: OneOf["=", "<", "<="], first: Plain, second: Plain) -> bool:
    if operator == "=":
        return first == second
    if isinstance(first, datetime.date) and isinstance(second, datetime.date):
        return first < second or (operator == "<=" and first == second)
    assert isinstance(first, int | Fraction), first
    assert isinstance(second, int | Fraction), second
    return first < second or (operator == "<=" and first == second)


def _before(first: Plain, second: Plain, context: Context) -> bool:
    if isinstance(first, str) and isinstance(second, str):
        return context.moment(first) < context.moment(second)
    days = [context.event(each).on if isinstance(each, str) else each for each in (first, second)]
    return _compare("<", *days)


def _fact_holds(ground: Ground, at: Value | None, binding: Binding, context: Context) -> bool:
    fact = context.law.vocabulary.facts[ground[0]]
    if not _fit(fact.parameters, ground[1], context):
        return False
    if fact.category == "open":
        return _given("open fact", ground, context.world.open_facts)
    if fact.category == "state":
        assert at is not None, ground
        return _state_holds(fact, ground, value(at, binding, context), context)
    return ground in context.world.relations


def _fit(variables: tuple[Variable, ...], actual: tuple[str, ...], context: Context) -> bool:
    pairs = zip(variables, actual, strict=True)
    return all(context.is_a(individual, variable.sort.kind) for variable, individual in pairs)


# -- states -----------------------------------------------------------------------------------


def _state_holds(fact: Fact, ground: Ground, at: Plain, context: Context) -> bool:
    """Walk the events before ``at`` in time; of simultaneous ones, those that end come last."""
    moments: dict[Moment, list[str]] = {}
    for event in sorted(context.world.events, key=context.moment):
        if _before(event, at, context):
            moments.setdefault(context.moment(event), []).append(event)
    holding: bool | Unspecified = ground in context.world.states
    for events in moments.values():
        for openings, after in ((fact.begins, True), (fact.ends, False)):
            happened = _happened(fact, openings, events, ground, context)
            if happened is True:
                holding = after
            elif isinstance(happened, Unspecified) and holding is not after:
                holding = happened
    if isinstance(holding, Unspecified):
        raise holding
    return holding


def _happened(
    fact: Fact, openings: tuple[Opening, ...], events: list[str], ground: Ground, context: Context
) -> bool | Unspecified:
    binding = _bound(fact.parameters, ground[1])

    def satisfied(pair: tuple[Opening, str]) -> bool:
        opening, event = pair
        if not context.is_a(event, opening.variable.sort.kind):
            return False
        return holds(opening.condition, {**binding, opening.variable.name: event}, context)

    pairs = [(opening, event) for opening in openings for event in events]
    return outcome(lambda: some(satisfied, pairs))


# -- definitions and counting norms -----------------------------------------------------------


def clauses(
    definition: str, actual: tuple[str, ...], moment: Plain, context: Context
) -> tuple[tuple[Condition, Binding], ...]:
    """Return when a clause in force at ``moment`` applies: its condition and none of its exceptions.

    A clause that does not speak of such individuals is left out.
    """
    day = moment_day(moment, context)
    return tuple(
        (_unless(each, day), {**_bound(each.parameters, actual), MOMENT.name: moment})
        for each in context.law.definitions[definition]
        if each.period.covers(day) and _fit(each.parameters, actual, context)
    )


def _unless(clause: Clause, day: datetime.date) -> Condition:
    exceptions = with_effect(clause.exceptions, day)
    return And((clause.condition, *(Not(each.condition) for each in exceptions)))


def _bound(variables: tuple[Variable, ...], actual: tuple[str, ...]) -> Binding:
    pairs = zip(variables, actual, strict=True)
    return {variable.name: individual for variable, individual in pairs}


def with_effect(exceptions: Iterable[Exception_], day: datetime.date) -> tuple[Exception_, ...]:
    """Return those of ``exceptions`` that have effect for an act of ``day``."""
    return tuple(each for each in exceptions if each.start is None or each.start <= day)


def counts(rule: Count, event: str, context: Context) -> bool:
    """Say whether ``rule`` counts ``event`` as its general act."""
    return context.is_a(event, rule.variable.sort.kind) and both(
        lambda: rule.period.covers(law_date(event, context)),
        lambda: holds(rule.condition, {rule.variable.name: event}, context),
    )


# -- norms ------------------------------------------------------------------------------------


def law_date(event: str, context: Context) -> datetime.date:
    """Return the date whose law judges ``event``: its own, or what a transition in force says.

    Of several transitions the first in the text decides.
    """
    own = context.event(event).on
    for transition in context.law.transitions:
        binding = {transition.variable.name: event}
        if (
            transition.period.covers(own)
            and context.is_a(event, transition.variable.sort.kind)
            and holds(transition.condition, binding, context)
        ):
            return day_of(transition.date, binding, context)
    return own


def applies(
    norm: Norm, case: Case, event: str, context: Context, day: datetime.date | None = None
) -> bool:
    """Say whether ``norm`` applies to ``event`` by ``case``, and nothing of its side prevails.

    ``day`` is the date whose law judges the event, where it is not that of the event itself.
    """
    if not context.is_a(event, case.variable.sort.kind):
        return False
    binding = {case.variable.name: event}
    exceptions = with_effect(case.exceptions, context.event(event).on)
    return both(
        lambda: norm.period.covers(day or law_date(event, context)),
        lambda: holds(case.condition, binding, context),
        lambda: not some(lambda each: holds(each.condition, binding, context), exceptions),
        lambda: not some(lambda each: governs(each, event, context, day), rivals(norm, context)),
    )


def rivals(norm: Norm, context: Context) -> tuple[Norm, ...]:
    """Return the norms of the same side that prevail over ``norm`` where they apply."""
    prevailing = (context.law.norms[each] for each, _ in norm.defeated_by)
    return tuple(each for each in prevailing if context.same_side(each.rank, norm.rank))


def governs(norm: Norm, event: str, context: Context, day: datetime.date | None = None) -> bool:
    """Say whether ``norm`` applies to ``event`` by any of its cases."""
    if not any(context.is_a(event, case.variable.sort.kind) for case in norm.cases):
        return False
    key = norm.id, event, day
    if key not in context.memory:
        context.memory[key] = some(
            lambda case: applies(norm, case, event, context, day), norm.cases
        )
    return context.memory[key]


def is_open(kind: str, holder: str, against: str | None, context: Context) -> bool:
    """Say whether lower law gives ``holder`` a basis for an act of ``kind`` ``against`` an act.

    A private act needs none: it is open unless forbidden. An act whose roles the holder or the act cannot fill is no such act, and so not open.
    """
    roles = dict(context.law.vocabulary.kinds[kind].roles)
    fillers = {"by": holder} if against is None else {"by": holder, "against": against}
    for role, filler in fillers.items():
        sort = roles[role]
        if isinstance(sort, Individual) and not context.is_a(filler, sort.kind):
            return False
    act, imagined = imagine(kind, holder, against, context)
    private = context.law.vocabulary.kinds[kind].category == "private act"
    return both(
        lambda: private or some(lambda n: governs(n, act, imagined), lower(imagined, "permit")),
        lambda: not some(lambda norm: governs(norm, act, imagined), lower(imagined, "forbid")),
    )


def lower(context: Context, modality: Modality) -> tuple[Norm, ...]:
    """Return the norms of lower law with ``modality``."""
    return context.law.lower(context.rank, modality)
