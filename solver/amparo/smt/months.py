"""How many days some months are: true bounds, with which most questions are decided at once."""

import calendar
from functools import cache
from itertools import accumulate
from typing import Literal as OneOf

CYCLE = 4800
"""The months after which the calendar repeats itself."""
LENGTHS = tuple(
    calendar.monthrange(2000 + month // 12, month % 12 + 1)[1] for month in range(CYCLE)
)
STARTS = (0, *accumulate(LENGTHS))


@cache
def days_of(
    count: int, rounding: OneOf["down", "up"], *, backwards: bool = False
) -> tuple[int, int]:
    """Return the fewest and the most days between a date and that ``count`` months from it."""
    found = set()
    for month, length in enumerate(LENGTHS):
        target = month - count if backwards else month + count
        between = abs(_start(target) - _start(month))
        lacks = LENGTHS[target % CYCLE]
        for day in (1, *range(lacks + 1, length + 1)):
            short = max(day - lacks - (rounding == "up"), 0)
            found.add(between + short if backwards else between - short)
    return min(found), max(found)


def _start(month: int) -> int:
    return month // CYCLE * STARTS[-1] + STARTS[month % CYCLE]
