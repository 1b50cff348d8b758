"""The law as it stands on a day, had it stayed so: nobody can count on another law to come."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

from amparo.core.law import Case, Exception_, Law, Period

NEVER = Period(datetime.date.max, datetime.date.max)
"""A period without a day."""


def as_it_stood(law: Law, day: datetime.date) -> Law:
    """Return ``law`` with all that is in force on ``day`` in force for good, and nothing after it.

    What it says of days up to ``day`` is what ``law`` says. A provision that commences later stays
    in its place, with a period without a day. Values of parameters are left as they change.
    """

    def stood(period: Period) -> Period:
        if period.start is not None and period.start > day:
            return NEVER
        return Period(period.start) if period.covers(day) else period

    def cases(among: Iterable[Case]) -> tuple[Case, ...]:
        return tuple(
            replace(each, exceptions=_begun(each.exceptions, day)) if each.exceptions else each
            for each in among
        )

    return replace(
        law,
        norms={
            name: replace(each, period=stood(each.period), cases=cases(each.cases))
            for name, each in law.norms.items()
        },
        counts={
            name: replace(each, period=stood(each.period)) for name, each in law.counts.items()
        },
        definitions={
            name: tuple(
                replace(each, period=stood(each.period), exceptions=_begun(each.exceptions, day))
                for each in clauses
            )
            for name, clauses in law.definitions.items()
        },
        transitions=tuple(replace(each, period=stood(each.period)) for each in law.transitions),
    )


def _begun(exceptions: Iterable[Exception_], day: datetime.date) -> tuple[Exception_, ...]:
    return tuple(each for each in exceptions if each.start is None or each.start <= day)
