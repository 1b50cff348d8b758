"""One concrete world: individuals, facts, and dated events up to a closing date.

Nothing else: no hidden state. Scenarios write worlds by hand; the engine decodes them; only
`semantics` judges them.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Plain = int | Fraction | datetime.date | str
"""A number, amount in hundredths, share, date, option, or the name of an individual."""
Ground = tuple[str, tuple[str, ...]]
"""A fact applied to named individuals."""


def imagined(kind: str, holder: str, against: str | None) -> str:
    """Return the name of an act of ``kind`` that is only thought of.

    It has blanks in it, which no name in the language has.
    """
    return f"{kind} by {holder}" if against is None else f"{kind} by {holder} against {against}"


@dataclass(frozen=True, slots=True)
class Event:
    """``kinds`` are the most specific kinds it is of; ``order`` ranks it within its day."""

    name: str
    kinds: frozenset[str]
    on: datetime.date
    order: int
    roles: Mapping[str, Plain]

    @property
    def moment(self) -> tuple[datetime.date, int]:
        """When it happens: day, then order within it."""
        return self.on, self.order


@dataclass(frozen=True, slots=True)
class World:
    """``kinds`` of things are the most specific ones. A relation not listed is false.

    ``states`` hold at the opening, before every event. ``open_facts`` and ``attributes`` not
    listed are unspecified; those of acts only thought of go by the name of these (`imagined`). ``assumed_days`` are the results of working-day sums that no calendar
    covers: (calendar, date, signed count) to date. ``assumed_parameters``: (parameter, date).
    """

    things: Mapping[str, frozenset[str]]
    events: Mapping[str, Event]
    closing: datetime.date
    relations: frozenset[Ground] = frozenset()
    states: frozenset[Ground] = frozenset()
    open_facts: Mapping[Ground, bool] = field(default_factory=dict)
    attributes: Mapping[Ground, Plain] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    assumed_days: Mapping[tuple[str, datetime.date, int], datetime.date] = field(
        default_factory=dict
    )
    assumed_parameters: Mapping[tuple[str, datetime.date], Plain] = field(default_factory=dict)
