"""Sums of dates."""

import datetime

import pytest

from amparo.core.dates import add_months, add_working_days, is_working
from amparo.core.law import Calendar

WEEKEND = frozenset({5, 6})
CALENDAR = Calendar(
    "court",
    start=datetime.date(2024, 3, 1),
    end=datetime.date(2024, 4, 1),
    resting_weekdays=WEEKEND,
    holidays=frozenset({datetime.date(2024, 3, 8)}),
    working=frozenset({datetime.date(2024, 3, 9)}),
)


def march(day: int) -> datetime.date:
    return datetime.date(2024, 3, day)


def test_a_month_later_is_the_same_day_of_the_next_month() -> None:
    assert add_months(march(15), 1, "down") == datetime.date(2024, 4, 15)
    assert add_months(march(15), 1, "up") == datetime.date(2024, 4, 15)


def test_a_day_that_the_month_lacks_is_rounded_down_to_its_last_day() -> None:
    assert add_months(march(31), 1, "down") == datetime.date(2024, 4, 30)


def test_a_day_that_the_month_lacks_is_rounded_up_to_the_first_of_the_next() -> None:
    assert add_months(march(31), 1, "up") == datetime.date(2024, 5, 1)


def test_a_leap_day_has_an_anniversary_only_by_rounding() -> None:
    leap_day = datetime.date(2024, 2, 29)
    assert add_months(leap_day, 12, "down") == datetime.date(2025, 2, 28)
    assert add_months(leap_day, 12, "up") == datetime.date(2025, 3, 1)
    assert add_months(leap_day, 48, "down") == datetime.date(2028, 2, 29)


def test_months_count_backwards_across_a_year() -> None:
    assert add_months(datetime.date(2024, 1, 31), -2, "down") == datetime.date(2023, 11, 30)
    assert add_months(datetime.date(2024, 1, 31), -2, "up") == datetime.date(2023, 12, 1)


def test_rounding_up_in_december_stays_in_the_same_year_or_opens_the_next() -> None:
    assert add_months(datetime.date(2023, 10, 31), 2, "up") == datetime.date(2023, 12, 31)
    assert add_months(datetime.date(2023, 10, 31), 3, "up") == datetime.date(2024, 1, 31)


@pytest.mark.parametrize("count", [120_000, -120_000])
def test_a_month_outside_the_calendar_is_an_overflow(count: int) -> None:
    with pytest.raises(OverflowError):
        add_months(march(1), count, "down")


def test_a_holiday_rests_and_a_moved_working_day_works() -> None:
    assert is_working(march(7), CALENDAR)
    assert not is_working(march(8), CALENDAR)
    assert is_working(march(9), CALENDAR)
    assert not is_working(march(10), CALENDAR)


def test_working_days_skip_rest_and_do_not_count_the_first_day() -> None:
    assert add_working_days(march(7), 1, CALENDAR) == march(9)
    assert add_working_days(march(7), 2, CALENDAR) == march(11)


def test_working_days_count_backwards() -> None:
    assert add_working_days(march(11), -2, CALENDAR) == march(7)


def test_no_working_days_later_is_the_same_day() -> None:
    assert add_working_days(march(10), 0, CALENDAR) == march(10)


def test_working_days_that_leave_the_calendar_are_not_known() -> None:
    assert add_working_days(march(29), 1, CALENDAR) is None
    assert add_working_days(march(1), -1, CALENDAR) is None


def test_working_days_from_outside_the_calendar_are_not_known() -> None:
    assert add_working_days(datetime.date(2024, 4, 1), 1, CALENDAR) is None
