"""How many days some working days are within a calendar: true bounds, tight where it is known."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from amparo.core.dates import is_working
from amparo.core.law import Calendar


@dataclass(frozen=True, slots=True)
class Reach:
    """From which days (ordinals, both counted) a sum stays in the calendar, and how far it goes."""

    first: int
    last: int
    fewest: int
    most: int


@cache
def reach(calendar: Calendar, count: int, *, backwards: bool = False) -> Reach | None:
    """Return what is known of the ``count``-th working day after a day (before it if backwards).

    None where no day of the calendar has one inside it.
    """
    if count == 0:
        return Reach(calendar.start.toordinal(), calendar.end.toordinal() - 1, 0, 0)
    days = [
        calendar.start.toordinal() + each
        for each in range((calendar.end - calendar.start).days)
        if is_working(calendar.start + timedelta(days=each), calendar)
    ]
    found = []
    for day in range(calendar.start.toordinal(), calendar.end.toordinal()):
        at = bisect_left(days, day) - count if backwards else bisect_right(days, day) + count - 1
        if 0 <= at < len(days):
            found.append((day, abs(days[at] - day)))
    if not found:
        return None
    spans = [span for _, span in found]
    return Reach(found[0][0], found[-1][0], min(spans), max(spans))
