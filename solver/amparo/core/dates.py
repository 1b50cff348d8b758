"""Sums of dates: calendar months with stated rounding, and working days of a calendar.

Months follow Monat, Fromherz and Merigoux, "Formalizing Date Arithmetic and Statically
Detecting Ambiguities for the Law" (ESOP 2024): a day that the month lacks is rounded down to the
month's last day or up to the first of the next, as the text says.
"""

import datetime
from calendar import monthrange
from typing import Literal as OneOf

from amparo.core.law import Calendar

DAY = datetime.timedelta(days=1)


def add_months(day: datetime.date, count: int, rounding: OneOf["down", "up"]) -> datetime.date:
    """Return the date ``count`` calendar months after ``day`` (before it when negative).

    A result outside the years 1 to 9999 is an OverflowError.
    """
    month = day.year * 12 + day.month - 1 + count
    year, month = month // 12, month % 12 + 1
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise OverflowError(f"{count} months from {day} is out of range")
    length = monthrange(year, month)[1]
    if day.day <= length:
        return datetime.date(year, month, day.day)
    last = datetime.date(year, month, length)
    return last if rounding == "down" else last + DAY


def is_working(day: datetime.date, calendar: Calendar) -> bool:
    """Say whether ``day``, covered by ``calendar``, is a working day."""
    if day in calendar.working:
        return True
    return day.weekday() not in calendar.resting_weekdays and day not in calendar.holidays


def add_working_days(day: datetime.date, count: int, calendar: Calendar) -> datetime.date | None:
    """Return the ``count``-th working day after ``day`` (before it when negative).

    ``day`` itself is not counted. None when the sum leaves the calendar, or starts outside it.
    """
    step = DAY if count >= 0 else -DAY
    left = abs(count)
    if not calendar.start <= day < calendar.end:
        return None
    while left:
        day += step
        if not calendar.start <= day < calendar.end:
            return None
        left -= is_working(day, calendar)
    return day
