"""What is true of sums of dates whatever the day: bounds, and which of two sums is the later.

With these most questions are decided before any sum is made exact. All of it holds of the true
calendar, and of every calendar that goes on where a declared one ends.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amparo.core.condition import Days, Length, Months, WorkingDays
from amparo.core.law import Calendar
from amparo.smt import term as t
from amparo.smt.months import days_of
from amparo.smt.term import Term
from amparo.smt.working import reach


@dataclass(frozen=True, slots=True)
class Shift:
    """``result`` is ``day`` moved by ``length``, into the past if ``backwards``."""

    length: Length
    backwards: bool
    day: Term
    result: Term

    @property
    def ends(self) -> tuple[Term, Term]:
        """The earlier of day and result, then the later."""
        return (self.result, self.day) if self.backwards else (self.day, self.result)


@dataclass(frozen=True, slots=True)
class Run:
    """Days, from ``first`` to ``last``, that a sum of dates moves by the same number of days."""

    first: int
    last: int
    by: int


def bounds(shift: Shift, calendars: Mapping[str, Calendar]) -> Iterator[Term]:
    """Yield how far ``shift`` goes: at least, and at most where that is known."""
    match shift.length:
        case Days(count):
            yield from _between(shift, count, count)
        case Months(count, rounding):
            yield from _between(shift, *days_of(count, rounding, backwards=shift.backwards))
        case WorkingDays(count, name):
            first, second = shift.ends
            yield t.compare("<=", f"(+ {first} {count})", second)
            yield from _within(shift, calendars[name], count)


def _within(shift: Shift, calendar: Calendar, count: int) -> Iterator[Term]:
    """Yield how far it goes inside the calendar, and that what leaves it has left it."""
    start, end = str(calendar.start.toordinal()), str(calendar.end.toordinal())
    inside = t.and_(t.compare("<=", start, shift.day), t.compare("<", shift.day, end))
    left = (
        t.compare("<", shift.result, start)
        if shift.backwards
        else t.compare("<=", end, shift.result)
    )
    known = reach(calendar, count, backwards=shift.backwards)
    if known is None:
        yield t.implies(inside, left)
        return
    stays = t.and_(
        t.compare("<=", str(known.first), shift.day), t.compare("<=", shift.day, str(known.last))
    )
    yield t.implies(stays, t.conjunction(_between(shift, known.fewest, known.most)))
    yield t.implies(t.and_(inside, t.not_(stays)), left)


def _between(shift: Shift, fewest: int, most: int) -> Iterator[Term]:
    first, second = shift.ends
    yield t.compare("<=", f"(+ {first} {fewest})", second)
    yield t.compare("<=", second, f"(+ {first} {most})")


def ordered(one: Shift, other: Shift) -> Iterator[Term]:
    """Yield which of two shifts in one direction ends first, where the days they start from tell."""
    for shorter, longer in ((one, other), (other, one)):
        strictly = _shorter(shorter.length, longer.length, backwards=shorter.backwards)
        if strictly is None:
            continue
        operator = "<" if strictly else "<="
        if shorter.backwards:
            premise = t.compare("<=", longer.day, shorter.day)
            yield t.implies(premise, t.compare(operator, longer.result, shorter.result))
        else:
            premise = t.compare("<=", shorter.day, longer.day)
            yield t.implies(premise, t.compare(operator, shorter.result, longer.result))


def together(one: Length, other: Length) -> Length | None:
    """Return the length that ``other`` after ``one`` is near to; None where none is."""
    match one, other:
        case WorkingDays(few, calendar), WorkingDays(more, same) if calendar == same:
            return WorkingDays(few + more, calendar)
        case Months(few, rounding), Months(more, as_well) if rounding == as_well:
            return Months(few + more, rounding)
        case _:
            return None


def composed(both: Length, in_steps: Term, at_once: Term) -> Term:
    """Return how a sum in two steps and that of ``both`` lengths at once compare.

    A day that is rounded down on the way stays so, and one that is rounded up gains a month.
    """
    if not isinstance(both, Months):
        return t.equal(in_steps, at_once)
    if both.rounding == "down":
        return t.compare("<=", in_steps, at_once)
    return t.compare("<=", at_once, in_steps)


def runs(days: Iterable[tuple[int, int]]) -> Iterator[Run]:
    """Yield the runs of ``days``, in their order, each of which comes with the day it is moved to."""
    run: Run | None = None
    for day, to in days:
        if run is not None and (day, to - day) == (run.last + 1, run.by):
            run = Run(run.first, day, run.by)
            continue
        if run is not None:
            yield run
        run = Run(day, day, to - day)
    if run is not None:
        yield run


def moved(shift: Shift, run: Run) -> Term:
    """Return what ``run`` tells of ``shift``."""
    return t.implies(
        _among(shift.day, run.first, run.last), t.equal(shift.result, f"(+ {shift.day} {run.by})")
    )


def _among(day: Term, first: int, last: int) -> Term:
    return t.and_(t.compare("<=", str(first), day), t.compare("<=", day, str(last)))


def exactly(shift: Shift, known: Sequence[Run], calendars: Mapping[str, Calendar]) -> Term:
    """Return that ``shift`` is made exact by what is ``known``, or no calendar tells it."""
    found = [_among(shift.day, first, last) for first, last in _spans(known)]
    if isinstance(shift.length, WorkingDays):
        calendar = calendars[shift.length.calendar]
        within = reach(calendar, shift.length.count, backwards=shift.backwards)
        if within is None:
            return t.TRUE
        found.append(t.compare("<", shift.day, str(within.first)))
        found.append(t.compare("<", str(within.last), shift.day))
    return t.disjunction(found)


def _spans(known: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """Yield from which day to which ``known`` goes on without a gap."""
    first: int | None = None
    last = 0
    for run in sorted(known, key=lambda each: each.first):
        if first is not None and run.first != last + 1:
            yield first, last
            first = None
        first, last = run.first if first is None else first, run.last
    if first is not None:
        yield first, last


def _shorter(one: Length, other: Length, *, backwards: bool) -> bool | None:
    """Say whether ``one`` is strictly shorter than ``other``, from any day.

    False: never longer. None: neither can be said. Into the past, what is rounded up is nearer.
    """
    match one, other:
        case WorkingDays(few, calendar), WorkingDays(many, same) if calendar == same:
            return few < many if few <= many else None
        case Months(few, rounding), Months(many, as_well):
            if few == many:
                near, far = ("up", "down") if backwards else ("down", "up")
                never_longer = rounding == as_well or (rounding, as_well) == (near, far)
                return False if never_longer else None
            # To the first of the next month at the latest, which the other may reach too.
            return False if few < many else None
        case _:
            return None
