"""That a world needs no calendar and no dated value beyond those that are declared."""

import datetime

from amparo.core.condition import WorkingDays
from amparo.core.dates import DAY, add_working_days
from amparo.core.law import Calendar
from amparo.smt import term as t
from amparo.smt.ground import Ground
from amparo.smt.term import Term


def declared(ground: Ground) -> list[Term]:
    """Return that every sum of working days lies in its calendar, every parameter has a value.

    Of the sums and parameters that the ground has so far, and where the event is there from which
    the day is reckoned. To be called after everything that is asked has been compiled.
    """
    asserts = []
    for (length, backwards, of), (day, _, _) in ground.sums.items():
        if isinstance(length, WorkingDays):
            calendar = ground.vocabulary.calendars[length.calendar]
            count = -length.count if backwards else length.count
            asserts.append(_needed(ground, of, _between(day.name, *_covered(calendar, count))))
    for (parameter, of), (day, _) in ground.gaps.items():
        values = ground.vocabulary.parameters[parameter].values
        first = values[0][0] if values else None
        asserts.append(_needed(ground, of, _between(day.name, first, datetime.date.max)))
    return asserts


def _needed(ground: Ground, day: Term, says: Term) -> Term:
    """Return ``says``, where the event is there from which ``day`` is reckoned."""
    owner = ground.elements.get(ground.owners.get(day, ""))
    return says if owner is None else t.implies(owner.active, says)


def _between(day: Term, first: datetime.date | None, last: datetime.date | None) -> Term:
    if first is None or last is None:
        return t.FALSE
    return t.and_(
        t.compare("<=", str(first.toordinal()), day), t.compare("<=", day, str(last.toordinal()))
    )


def _covered(calendar: Calendar, count: int) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and last day from which ``count`` working days lie in ``calendar``."""
    first, last = calendar.start, calendar.end - DAY
    if count >= 0:
        while first <= last and add_working_days(last, count, calendar) is None:
            last -= DAY
    else:
        while first <= last and add_working_days(first, count, calendar) is None:
            first += DAY
    return (first, last) if first <= last else (None, None)
