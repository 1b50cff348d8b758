"""Time in the engine: lengths, order, deadlines, calendars and transitional law, dated and amended.

Each pair is a proof on one side of a boundary and a case, replayed in `semantics`, on the other.
"""

import pytest

from amparo.verify.finding import Finding
from laws import finding, findings, law

WORDS = """
vocabulary words
kind Person reads "a person".
event Filing { by: Person } reads "{by} files".
official act Levy { from: Person, opened: Filing } reads "{from} pays".
event Notice { of: Levy } reads "notice is given of {of}".
fact due(l: Levy): date reads "{l} falls due on {value}".
parameter index: number reads "the index" = 1 from 2010-01-01, = 3 from 2020-01-01.
calendar court from 2023-01-02 until 2024-01-01 rests saturday, sunday holidays 2023-03-08.
"""


def text(protection: str, lower: str, beside: str = "", period: str = "from 2000-01-01") -> str:
    return (
        f"{WORDS}{beside}"
        'act charter "Charter" rank constitution in force from 2000-01-01 evidence read '
        f"norm protection {protection}.\n"
        f'act code "Code" rank law in force {period} evidence read {lower}\n'
    )


def asked(protection: str, lower: str, beside: str = "", as_of: str | None = None) -> Finding:
    found = findings(text(protection, lower, beside), as_of)
    (one,) = [each for each in found if each.norm == "charter norm protection"][:1]
    return one


# -- order and lengths ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("permitted", "forbidden", "expected"),
    [
        ("l is within 3 days after l.opened", "not l is within 3 days after l.opened", "holds"),
        ("l is within 3 days after l.opened", "not l is within 2 days after l.opened", "violated"),
        ("l is within 3 days before l.due", "not l is within 3 days of l.due", "holds"),
        ("l is within 3 days of l.due", "not l is within 3 days before l.due", "violated"),
        ("l is within 3 days after l.opened", "l before l.opened", "holds"),
        # Not before it does not mean after it: they may be of one moment.
        ("l is within 3 days after l.opened", "not l after l.opened", "violated"),
        ("l after l.opened", "l.on < l.opened.on", "holds"),
        ("l after l.opened", "l.on <= l.opened.on", "violated"),
        # The day alone counts between a date and an event.
        ("l.opened before l.due and l.due before l", "l.on < l.opened.on + 2 days", "holds"),
        ("l.opened before l.due and l.due before l", "l.on < l.opened.on + 3 days", "violated"),
        # An interval of dates.
        ("l.on >= 2020-01-01 and l.on < 2020-02-01", "l.on after 2020-01-31", "holds"),
        ("l.on >= 2020-01-01 and l.on <= 2020-02-01", "l.on after 2020-01-31", "violated"),
    ],
)
def test_order_and_days_have_sharp_boundaries(
    permitted: str, forbidden: str, expected: str
) -> None:
    permitted, forbidden = (each.replace("l.due", "due(l)") for each in (permitted, forbidden))

    found = asked(f"forbid Levy l when {forbidden}", f"norm basis permit Levy l when {permitted}.")

    assert found.verdict == expected


@pytest.mark.parametrize(
    ("permitted", "days", "expected"),
    [
        ("1 months rounded down", 31, "holds"),
        ("1 months rounded down", 30, "violated"),
        ("1 months rounded up", 31, "holds"),
        ("2 months rounded down", 62, "holds"),
        ("2 months rounded down", 61, "violated"),
        ("1 years rounded down", 366, "holds"),
        ("1 years rounded down", 365, "violated"),
    ],
)
def test_a_month_is_as_long_as_the_calendar_says(permitted: str, days: int, expected: str) -> None:
    found = asked(
        f"forbid Levy l when not l is within {days} days after l.opened",
        f"norm basis permit Levy l when l is within {permitted} after l.opened.",
    )

    assert found.verdict == expected


@pytest.mark.parametrize(("rounding", "expected"), [("down", "holds"), ("up", "violated")])
def test_the_rounding_decides_where_a_month_lacks_the_day(rounding: str, expected: str) -> None:
    found = asked(
        "forbid Levy l when l.on >= 2023-03-01",
        f"norm basis permit Levy l when l is within 1 months rounded {rounding} after l.opened "
        "and l.opened.on = 2023-01-31.",
    )

    assert found.verdict == expected


# -- working days -----------------------------------------------------------------------------------


IN_2023 = "and l.opened.on >= 2023-02-01 and l.opened.on < 2023-12-01"


@pytest.mark.parametrize(
    ("days", "expected"),
    # From the Friday before the holiday: two weekends and the holiday lie between.
    [(10, "holds"), (9, "violated")],
)
def test_working_days_are_those_of_the_calendar(days: int, expected: str) -> None:
    found = asked(
        f"forbid Levy l when not l is within {days} days after l.opened",
        f"norm basis permit Levy l when l is within 5 working days after l.opened {IN_2023}.",
    )

    assert found.verdict == expected


@pytest.mark.parametrize(
    ("since", "expected"), [("2023-12-20", "violated"), ("2023-12-27", "depends")]
)
def test_what_needs_working_days_beyond_every_calendar_depends(since: str, expected: str) -> None:
    found = asked(
        "forbid Levy l when l after l.opened",
        f"norm basis permit Levy l when l is within 4 working days after l.opened and "
        f"l.opened.on >= {since}.",
    )

    assert found.verdict == expected
    if expected == "depends":
        assert "the calendar `court` does not cover 4 working days after" in found.outcome.note
        assert any("the calendar court does not cover" in each for each in found.assumptions)


def test_what_no_calendar_covers_may_be_proved_all_the_same() -> None:
    found = asked(
        "forbid Levy l when l.on < l.opened.on + 4 days",
        "norm basis permit Levy l when not l is within 4 working days after l.opened and "
        "l.opened before l and l.opened.on >= 2030-01-01.",
    )

    assert found.verdict == "holds"


def test_a_case_is_looked_for_that_needs_no_working_days_beyond_the_calendar() -> None:
    found = asked(
        "forbid Levy l when l after l.opened",
        "norm basis permit Levy l when l is within 4 working days after l.opened.",
        as_of=None,
    )

    assert found.verdict == "violated"
    assert found.outcome.world is not None
    assert found.outcome.world.assumed_days == {}


@pytest.mark.parametrize(
    ("day", "expected"), [("2005-01-01", "depends"), ("2015-01-01", "violated")]
)
def test_a_parameter_before_its_first_value_leaves_it_open(day: str, expected: str) -> None:
    found = asked("forbid Levy l", "norm basis permit Levy l when index = 1.", as_of=day)

    assert found.verdict == expected
    if expected == "depends":
        assert "`index` has no value on 2005-01-01" in found.outcome.note


def test_a_parameter_that_plays_no_part_leaves_nothing_open() -> None:
    found = asked(
        "forbid Levy l",
        "norm basis permit Levy l when index = 1 or l.on >= 2000-01-01.",
        as_of="2005-01-01",
    )

    assert found.verdict == "violated"


# -- deadlines --------------------------------------------------------------------------------------


NOTICE = "when Levy l require some Notice n has n.of = l"
BASIS = "norm basis permit Levy l."


@pytest.mark.parametrize(
    ("lower", "expected"),
    [
        (f"norm told {NOTICE} within 3 days.", "holds"),
        (f"norm told {NOTICE} within 4 days.", "violated"),
        (f"norm told {NOTICE} by l.on + 3 days.", "holds"),
        (f"norm told {NOTICE} by due(l).", "violated"),
        # What is due on a breach comes too late, and is the breach of nothing.
        (f"norm told {NOTICE} within 2 days otherwise require some Notice n has n.of = l "
         "within 1 days.", "holds"),
        (f"norm told {NOTICE} within 2 days otherwise require some Notice n has n.of = l "
         "within 2 days.", "violated"),
        (f"norm told {NOTICE} within 3 days in force until 2015-01-01.", "violated"),
    ],
)  # fmt: skip
def test_a_deadline_is_met_on_its_last_day_and_not_after(lower: str, expected: str) -> None:
    found = asked(f"{NOTICE} within 3 days", f"{BASIS} {lower}")

    assert found.verdict == expected


@pytest.mark.parametrize(("day", "expected"), [("2014-12-31", "holds"), ("2015-01-01", "violated")])
def test_a_duty_follows_the_law_of_its_trigger(day: str, expected: str) -> None:
    lower = f"{BASIS} norm told {NOTICE} within 3 days in force until 2015-01-01."

    assert asked(f"{NOTICE} within 3 days", lower, as_of=day).verdict == expected


# -- amended and transitional law -------------------------------------------------------------------


OLD = "norm basis permit Levy l when l after l.opened."
BILL = """
bill loosen "Loosen" rank law in force from 2020-01-01 evidence read
  amend code
    replace norm basis with norm basis permit Levy l.
"""
TRANSITION = (
    "norm old_cases judge Levy l by the law on l.opened.on when l.opened before 2020-01-01 "
    "and l.opened.on >= 2000-01-01."
)
EARLY = "forbid Levy l when not l after l.opened"


@pytest.mark.parametrize(("day", "expected"), [("2019-12-31", "holds"), ("2020-01-01", "violated")])
def test_an_act_is_judged_by_the_law_of_its_day(day: str, expected: str) -> None:
    assert finding(text(EARLY, OLD) + BILL, day).verdict == expected


@pytest.mark.parametrize(
    ("opened", "expected"), [("before 2020-01-01", "holds"), ("after 2019-12-31", "violated")]
)
def test_a_transitional_clause_keeps_the_old_law_for_old_cases(opened: str, expected: str) -> None:
    protection = f"{EARLY} and l.opened {opened}"

    assert finding(text(protection, f"{OLD} {TRANSITION}") + BILL).verdict == expected


def test_without_a_transitional_clause_the_new_law_reaches_old_cases_only_by_new_acts() -> None:
    # What is done under the new law may go back to what was opened under the old one ...
    late = "forbid Levy l when l.opened before 2020-01-01 and l.on < l.opened.on + 2 days"
    assert finding(
        text(late, "norm basis permit Levy l when l.on < 2000-01-02.") + BILL
    ).verdict == ("violated")
    # ... and what was done before it stays judged by the old.
    done = "forbid Levy l when l.on < 2020-01-01 and not l after l.opened"
    assert finding(text(done, OLD) + BILL).verdict == "holds"


def test_that_another_days_law_may_judge_is_taken_for_granted() -> None:
    day = "2021-05-01"
    plain = finding(text(EARLY, OLD), day)
    moved = finding(text(EARLY, f"{OLD} {TRANSITION}"), day)

    said = f"the act happens on {day}, and is judged by the law of that day"
    assert said in plain.assumptions
    assert f"{said}, or of the day that a transitional clause names" in moved.assumptions


def test_a_transition_is_in_force_for_the_acts_of_its_own_period() -> None:
    lapsed = TRANSITION.replace(
        ".opened.on >= 2000-01-01.", ".opened.on >= 2000-01-01 in force until 2021-01-01."
    )
    found = text(EARLY, f"{OLD} {lapsed}") + BILL
    assert len(law(found).transitions) == 1

    # Of 2020 the clause judges by the old law what was opened under it; of 2022 no longer.
    old = f"{EARLY} and l.opened before 2020-01-01"
    found = text(old, f"{OLD} {lapsed}") + BILL
    assert finding(found, "2020-06-01").verdict == "holds"
    # The old law here permits nothing, the new one everything.
    later = "forbid Levy l when l.opened before 2020-01-01 and l.opened.on >= 2000-01-01"
    basis = "norm basis permit Levy l when l.on < 2000-01-02."
    found = text(later, f"{basis} {lapsed}") + BILL
    assert finding(found, "2020-06-01").verdict == "holds"
    assert finding(found, "2022-01-01").verdict == "violated"
