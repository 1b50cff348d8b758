"""Values to terms: who is meant, how much, and when.

No truth is decided here, so nothing is quantified and polarity plays no part.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from amparo.core.condition import (
    Attribute,
    Constant,
    DateOf,
    Individual,
    ParameterAt,
    RoleOf,
    Scaled,
    Shifted,
    Sort,
    Sum,
    Value,
    Variable,
)
from amparo.core.law import Period, Vocabulary
from amparo.smt import term as t
from amparo.smt.ground import (
    CLOSING,
    Day,
    Element,
    Entity,
    Ground,
    Hypothetical,
    Planned,
    Somebody,
    is_planned,
    plain,
)
from amparo.smt.plan import NOTHING, Plan, place
from amparo.smt.term import FALSE, TRUE, Term

Bound = Entity | Day
Env = Mapping[str, Bound]
Numeric = tuple[Term, bool]
"""A number and whether it is a real one."""


class Unfilled(Exception):
    """Nothing fills this role of an act that is only thought of."""

    def __init__(self, act: Hypothetical, role: str) -> None:
        """Say which role of which act."""
        super().__init__(f"the role `{role}` of `{act.kind}`, of an act that is not done yet")


def _filler(act: Hypothetical, role: str) -> Entity:
    fillers = dict(act.roles)
    if role not in fillers:
        raise Unfilled(act, role)
    return fillers[role]


def sort_of(value: Value) -> Sort:
    """Return the sort of ``value``."""
    match value:
        case DateOf() | Shifted():
            return "date"
        case _:
            return value.sort


@dataclass(frozen=True, slots=True)
class Values:
    """Compiles the values of one vocabulary over one `Ground`, and what a plan adds to it."""

    vocabulary: Vocabulary
    ground: Ground
    plan: Plan = NOTHING

    # -- values --------------------------------------------------------------------------

    def entity(self, value: Value, env: Env) -> Entity:
        """Return the individual that ``value`` denotes."""
        match value:
            case Variable(name):
                found: Bound | Element = env[name]
            case RoleOf(event, role, sort, known):
                owner = self.entity(event, env)
                if isinstance(owner, Hypothetical):
                    found = _filler(owner, role)
                elif isinstance(owner, Planned):
                    found = self.plan.filler(owner, role)
                else:
                    filler = self.ground.role(owner, known or _kind_of(event), role, sort)
                    assert isinstance(filler, Element)
                    found = filler
            case Attribute(fact, arguments, sort):
                owners = self._owners(arguments, env)
                if is_planned(owners):
                    found = self.plan.attributed(fact, owners)
                else:
                    filler = self.ground.attribute(fact, owners, sort)
                    assert isinstance(filler, Element)
                    found = filler
            case _:
                raise TypeError(f"{value} is no individual")
        assert not isinstance(found, Day)
        return found

    def _owners(self, values: tuple[Value, ...], env: Env) -> tuple[Entity, ...]:
        return tuple(self.entity(each, env) for each in values)

    def number(self, value: Value, env: Env) -> Numeric:
        """Return the number (amount, date, share, option) that ``value`` denotes."""
        match value:
            case DateOf(event):
                return self.day(self.entity(event, env)), False
            case RoleOf(event, role, sort, known):
                owner = self.entity(event, env)
                if isinstance(owner, Planned):
                    return self.plan.number(owner, role), sort == "share"
                if isinstance(owner, Hypothetical):
                    raise Unfilled(owner, role)
                assert isinstance(owner, Element)
                filler = self.ground.role(owner, known or _kind_of(event), role, sort)
                return filler.name, sort == "share"
            case Attribute(fact, arguments, sort):
                owners = self._owners(arguments, env)
                if is_planned(owners):
                    return self.plan.measured(self.ground, fact, owners), sort == "share"
                measured = self.ground.attribute(fact, owners, sort)
                return measured.name, sort == "share"
            case ParameterAt(parameter, at, sort):
                return self._parameter(parameter, self.day(self.moment(at, env)), sort)
            case Constant(constant, sort):
                enumerations = self.vocabulary.enumerations
                return plain(constant, sort, enumerations), sort == "share"
            case Sum(operator, left, right, "date"):
                day, days = self.number(left, env)[0], self.number(right, env)[0]
                return self.ground.dated(f"({operator} {day} {days})"), False
            case Sum(operator, left, right):
                (first, first_real), (second, second_real) = (
                    self.number(left, env),
                    self.number(right, env),
                )
                real = first_real or second_real
                if real:
                    first = first if first_real else f"(to_real {first})"
                    second = second if second_real else f"(to_real {second})"
                return f"({operator} {first} {second})", real
            case Scaled(factor, inner):
                number, real = self.number(inner, env)
                if factor.denominator == 1 and not real:
                    return f"(* {t.integer(factor.numerator)} {number})", False
                number = number if real else f"(to_real {number})"
                return f"(* {t.real(factor)} {number})", True
            case Shifted(date, duration, backwards):
                day, _ = self.number(date, env)
                return self.ground.shifted(day, duration, backwards), False
            case Variable():
                moment = self.moment(value, env)
                return self.day(moment), False

    def _parameter(self, parameter: str, day: Term, sort: Sort) -> Numeric:
        declared = self.vocabulary.parameters[parameter]
        real = sort == "share"
        options = self.vocabulary.enumerations
        found = self.ground.parameter_gap(parameter, day, "Real" if real else "Int")
        for start, value in declared.values:
            begun = t.compare("<=", str(start.toordinal()), day)
            found = t.ite(begun, plain(value, sort, options), found)
        return found, real

    # -- moments -------------------------------------------------------------------------

    def moment(self, value: Value, env: Env) -> Bound:
        """Return the event or day that ``value`` denotes."""
        if isinstance(value, Variable) and value.name in env:
            return env[value.name]
        if isinstance(sort_of(value), Individual):
            return self.entity(value, env)
        return Day(self.number(value, env)[0])

    def day(self, moment: Bound) -> Term:
        """Return the day of ``moment``: of an event, or the day it is."""
        match moment:
            case Day(term):
                return term
            case Hypothetical(anchor=anchor):
                return CLOSING if anchor is None else self.day(anchor)
            case Planned():
                return self.plan.days[moment.name]
            case Element():
                return self.ground.day(moment)

    def _earlier_on_a_day(self, operator: str, left: Somebody, right: Somebody) -> Term:
        """Return that ``left`` stands in ``operator`` to ``right`` within their day."""
        if isinstance(left, Element) and isinstance(right, Element):
            return t.compare(operator, self.ground.order(left), self.ground.order(right))
        return t.compare(operator, self._place(left), self._place(right))

    def _place(self, event: Somebody) -> Term:
        if isinstance(event, Planned):
            return self.plan.orders[event.name]
        return place(self.ground, event)

    def before(self, left: Bound, right: Bound) -> Term:
        """Return that ``left`` is strictly before ``right``: by day, and between events by order.

        A hypothetical act stands straight after its anchor, or after all of the closing date.
        """
        first, second = self.day(left), self.day(right)
        earlier = t.compare("<", first, second)
        if isinstance(left, Day) or isinstance(right, Day) or left == right:
            return earlier
        (event_left, steps_left), (event_right, steps_right) = _placed(left), _placed(right)
        if event_left is None or event_right is None:
            # Whatever happens on the closing date stands before an act thought of after all.
            both = event_left is None and event_right is None
            later = steps_left < steps_right if both else event_left is not None
            within = TRUE if later else FALSE
        else:
            operator = "<=" if steps_left < steps_right else "<"
            within = self._earlier_on_a_day(operator, event_left, event_right)
        return t.or_(earlier, t.and_(t.equal(first, second), within))

    def covers(self, period: Period, day: Term) -> Term:
        """Return that ``day`` lies in ``period``."""
        start = (
            TRUE if period.start is None else t.compare("<=", str(period.start.toordinal()), day)
        )
        end = TRUE if period.end is None else t.compare("<", day, str(period.end.toordinal()))
        return t.and_(start, end)


def _kind_of(event: Value) -> str:
    sort = sort_of(event)
    assert isinstance(sort, Individual)
    return sort.kind


def _placed(moment: Entity) -> tuple[Somebody | None, int]:
    """Return the event in whose place ``moment`` stands in its day, and how many steps after it.

    None stands after everything that happens on the closing date.
    """
    if not isinstance(moment, Hypothetical):
        return moment, 0
    event, steps = (None, 0) if moment.anchor is None else _placed(moment.anchor)
    return event, steps + 1
