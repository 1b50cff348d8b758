"""What is decided for worlds of any size: circles, states on states, counts, dates at the edges."""

import datetime
import subprocess
import sys
from dataclasses import replace
from itertools import product

import pytest

import laws
from amparo.core.condition import Length, Months, WorkingDays
from amparo.core.dates import add_months, add_working_days
from amparo.core.law import Law
from amparo.smt.search import Budget
from amparo.smt.session import Session
from amparo.smt.sums import Shift, bounds, ordered
from amparo.smt.working import reach
from amparo.verify.check import check
from amparo.verify.finding import Finding
from expect import REPOSITORY

WORDS = """
vocabulary small
kind Person.
kind Judge is Person.
kind Thing.
fact age(p: Person): number.
calendar office from 2024-01-01 until 2025-01-01 rests saturday, sunday holidays 2024-05-01.
event Notice { of: Thing }.
event Answer { of: Thing }.
event Step { prior: Step, of: Thing }.
event Transfer { of: Thing, from: Person, to: Person }.
official act Levy { of: Thing, from: Person }.
power act Appeal { by: Person, against: Levy }.
power act Review { by: Person, against: Appeal }.
state guarded(j: Judge) begins with Notice n when n.of = n.of.
state owns(p: Person, x: Thing)
  begins with Transfer t when t.to = p and t.of = x and owns(t.from, x) at t
  ends with Transfer t when t.from = p and t.of = x.
act basic "B" rank constitution evidence read
 article 1
  norm protection """
CODE = 'act code "C" rank law evidence read\n article 1\n'


def text(protection: str, *norms: str) -> str:
    lower = "".join(f"  norm n{number} {each}.\n" for number, each in enumerate(norms))
    return f"{WORDS}{protection}.\n{CODE}{lower}"


def found(protection: str, *norms: str, as_of: str | None = None) -> dict[str, Finding]:
    findings = laws.findings(text(protection, *norms), as_of)
    return {each.rule: each for each in findings if each.norm.startswith("basic")}


def verdict(protection: str, *norms: str, as_of: str | None = None) -> str:
    rules = ("licensed-violation", "missing-safeguard", "right-without-remedy")
    answers = found(protection, *norms, as_of=as_of)
    return next(answers[rule].verdict for rule in rules if rule in answers)


# -- what goes round ---------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "norms",
    [
        ("forbid Notice n unless some Notice m has m before n",),
        ("forbid Notice n unless some Notice m has m before n and m.of = n.of",),
        (
            "forbid Notice n unless some Answer a has a after n",
            "forbid Answer a unless some Notice n has n after a",
        ),
    ],
)
def test_what_only_another_like_it_allows_can_never_begin(norms: tuple[str, ...]) -> None:
    assert verdict("forbid Notice n", *norms) == "holds"


def test_what_another_allows_on_any_day_can_be() -> None:
    norms = (
        "forbid Notice n unless some Answer a has a.of = n.of",
        "forbid Answer a unless some Notice n has n.of = a.of",
    )

    assert verdict("forbid Notice n", *norms) == "violated"


@pytest.mark.slow
def test_what_a_role_refers_back_to_cannot_go_back_for_ever() -> None:
    assert verdict("forbid Step s", "forbid Step s unless s.prior before s") == "holds"
    assert verdict("forbid Step s", "forbid Step s when s.prior before s") == "violated"


def test_duties_that_call_for_each_other_are_pending_at_last() -> None:
    duties = (
        "permit Levy l when some Notice n has n.of = l.of and l after n.on + 10 days",
        "when Notice n require some Answer a has a.of = n.of within 3 days",
        "when Answer a require some Notice n has n.of = a.of within 3 days",
    )

    assert verdict("forbid Levy l", *duties) == "violated"
    answered = "forbid Levy l unless some Answer a has a.of = l.of and a before l"
    assert verdict(answered, *duties) == "holds"


def test_where_it_goes_round_for_another_reason_than_time_the_way_is_told() -> None:
    elders = "permit Levy l when every Person p has some Person q has age(q) > age(p) and q != p"

    (answer,) = found("forbid Levy l", elders)["licensed-violation"].outcomes

    assert answer.verdict == "unknown"
    assert "rounds" in answer.note
    assert "individuals considered" in answer.note
    assert "Person → Person (code article 1 norm n0)" in answer.note


# -- states, counts, acts thought of -----------------------------------------------------------


def test_title_that_passes_only_from_the_owner_is_decided() -> None:
    owner = "forbid Levy l unless owns(l.from, l.of)"
    bought = "some Transfer t has t.to = l.from and t.of = l.of and t before l"
    kept = "no Transfer u has u.from = l.from"
    last = f"{bought} and owns(t.from, l.of) at t"

    assert verdict(owner, "permit Levy l when owns(l.from, l.of)") == "holds"
    assert verdict(owner, f"permit Levy l when {last} and {kept}") == "holds"
    assert verdict(owner, f"permit Levy l when {bought} and {kept}") == "violated"


def test_a_state_is_of_nobody_but_the_kind_it_is_declared_of() -> None:
    assert verdict(
        "forbid Levy l when l.from is not a Judge and guarded(l.from)", "permit Levy l"
    ) == ("holds")
    assert verdict("forbid Levy l when guarded(l.from)", "permit Levy l") == "violated"


def test_many_are_counted_without_trying_every_choice_of_them() -> None:
    many = "forbid Levy l when at least 12 Notice n has n.of = l.of"

    assert verdict(many, "permit Levy l unless at least 11 Notice n has n.of = l.of") == "holds"
    assert verdict(many, "permit Levy l unless at least 13 Notice n has n.of = l.of") == "violated"


def test_a_remedy_may_be_against_a_remedy() -> None:
    reviewed = "guarantee Appeal a when Review is open to a.by against a"

    assert verdict(reviewed, "permit Levy l", "permit Review r") == "violated"
    assert verdict(reviewed, "permit Levy l", "permit Review r", "permit Appeal a") == "holds"


def test_text_not_seen_may_be_about_a_remedy() -> None:
    unseen = 'unknown Appeal a because "it is not published"'

    assert verdict("guarantee Appeal a", "permit Levy l", unseen) == "depends"


def test_many_ranks_of_exceptions_are_no_more_work_than_they_are_many() -> None:
    acts = "".join(
        f'act act{each} "A" rank law in force from {2000 + each}-01-01 evidence read\n article 1\n'
        "  norm yes permit Levy l when l.from is a Judge.\n"
        "  norm no forbid Levy l when l.from is not a Judge.\n"
        for each in range(24)
    )

    answer = laws.findings(
        f"{WORDS}forbid Levy l when l.from is not a Judge.\n{acts}", "2030-01-01"
    )

    assert answer[0].verdict == "holds"


# -- dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("demanded", "given", "expected"),
    [
        ("10 working days", "5 working days", "holds"),
        ("5 working days", "10 working days", "violated"),
        ("1 months rounded up", "1 months rounded down", "holds"),
        ("1 months rounded down", "1 months rounded up", "violated"),
        ("31 days", "1 months rounded up", "holds"),
        ("30 days", "1 months rounded up", "violated"),
    ],
)
def test_terms_are_compared_whatever_the_day(demanded: str, given: str, expected: str) -> None:
    duty = "when Levy l require some Notice n has n.of = l.of within"

    assert verdict(f"{duty} {demanded}", "permit Levy l", f"{duty} {given}") == expected


def test_terms_in_a_row_are_no_longer_than_at_once() -> None:
    duty = "when Levy l require some Notice n has n.of = l.of within"
    month = "1 months rounded down"
    twice = f"{duty} {month} otherwise require some Notice m has m.of = l.of within {month}"

    assert verdict(f"{duty} 2 months rounded down", "permit Levy l", twice) == "holds"


@pytest.mark.parametrize(("days", "expected"), [("14", "holds"), ("13", "violated")])
def test_within_a_calendar_working_days_reach_only_so_far(days: str, expected: str) -> None:
    duty = "when Levy l require some Notice n has n.of = l.of within"
    law = (f"{duty} {days} days", "permit Levy l", f"{duty} 10 working days")

    assert verdict(*law, as_of="2024-03-01") == expected


def test_at_the_end_of_time_no_case_is_shown_that_has_no_date() -> None:
    late = "l.on after 9999-11-20"

    for term in ("30 days", "1 months rounded down"):
        duty = f"when Levy l has {late} require some Notice n has n.of = l.of within {term}"
        assert verdict(duty, "permit Levy l") in ("holds", "violated")


def test_what_is_said_of_sums_is_true_of_the_calendar() -> None:
    law = laws.law(text("forbid Levy l", "permit Levy l"))
    calendars = law.vocabulary.calendars
    lengths: list[Length] = [
        *(Months(count, rounding) for count in (1, 2) for rounding in ("down", "up")),
        *(WorkingDays(count, "office") for count in (0, 1, 5)),
    ]
    days = [laws.on(f"2024-{each}") for each in ("01-30", "01-31", "02-01", "02-29", "03-31")]
    for backwards, (one, first), (other, second) in product(
        (False, True), product(lengths, days), product(lengths, days)
    ):
        shifts = [
            Shift(length, backwards, str(day.toordinal()), str(end))
            for length, day in ((one, first), (other, second))
            if (end := _moved(length, day.toordinal(), backwards, law)) is not None
        ]
        said = [each for shift in shifts for each in bounds(shift, calendars)]
        said += ordered(*shifts) if len(shifts) == 2 else []
        script = "".join(f"(assert {each})" for each in said)
        assert Session(script, 100_000).check() == "sat", shifts


def _moved(length: Length, day: int, backwards: bool, law: Law) -> int | None:
    start, sign = datetime.date.fromordinal(day), -1 if backwards else 1
    if isinstance(length, Months):
        return add_months(start, sign * length.count, length.rounding).toordinal()
    assert isinstance(length, WorkingDays)
    end = add_working_days(start, sign * length.count, law.vocabulary.calendars["office"])
    return None if end is None else end.toordinal()


def test_how_far_working_days_reach_is_read_off_the_calendar() -> None:
    calendar = laws.law(text("forbid Levy l", "permit Levy l")).vocabulary.calendars["office"]

    known = reach(calendar, 5)

    assert known is not None
    assert (known.fewest, known.most) == (5, 10), "from a Sunday; over a weekend and a holiday"
    assert reach(calendar, 400) is None


# -- effort ------------------------------------------------------------------------------------

TIGHT = """
import sys
sys.path[:0] = [{tests!r}]
import laws
from dataclasses import replace
from amparo.smt.search import Budget
from amparo.verify.check import check
law = laws.law({text!r})
for effort in (500, 2_000, 8_000, 40_000):
    for each in check(replace(laws.inquiry(law), budget=Budget(effort=effort))):
        print(effort, each.rule, each.verdict, each.outcome.note)
"""


@pytest.mark.slow
def test_a_tight_budget_gives_the_same_verdict_in_every_process() -> None:
    duty = "when Levy l require some Notice n has n.of = l.of within"
    said = text(f"{duty} 1 months rounded down", "permit Levy l", f"{duty} 1 months rounded up")
    program = TIGHT.format(tests=str(REPOSITORY / "tests"), text=said)

    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONPATH": str(REPOSITORY / "solver"), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(answers) == 1
    assert "unknown" in answers.pop()


def test_what_the_checks_of_a_question_spend_together_is_limited() -> None:
    law = laws.law(text("forbid Levy l", "permit Levy l"))

    (answer, *_) = check(replace(laws.inquiry(law), budget=Budget(effort=10)))

    assert answer.verdict == "unknown"
    assert "solver effort of 10 units" in answer.outcome.note


PASSED = """state passed(x: Thing)
  begins with Notice b when b.of = x and not passed(x) at b
  ends with Levy e when e.of = x and passed(x) at e.
act basic"""
NOTICED = "some Notice n has n.of = l.of and n before l"


def passing(protection: str) -> str:
    """Return the verdict of a protection in a law with a state that rests on itself."""
    return laws.finding(text(protection, "permit Levy l").replace("act basic", PASSED)).verdict


@pytest.mark.slow
def test_a_state_that_rests_on_itself_is_followed_back_as_far_as_a_case_needs() -> None:
    begun = "not passed(l.of) at n"
    assert passing(f"forbid Levy l when passed(l.of) and {NOTICED} and {begun}") == "violated"
    assert passing(f"forbid Levy l when not passed(l.of) and {NOTICED}") == "violated"


@pytest.mark.slow
def test_what_a_state_that_rests_on_itself_leaves_no_case_for_is_proved() -> None:
    unended = "no Levy e has e.of = l.of and e before l"
    assert passing(f"forbid Levy l when not passed(l.of) and {NOTICED} and {unended}") == "holds"


# -- what two laws say of one state ---------------------------------------------------------------


TWO = """
vocabulary small
kind Thing.
kind Home is Thing.
fact chief(x: Thing).
official act Levy {{ of: Thing }}.
event Mark {{ of: Thing, by: Thing }}.
state held(x: Thing)
  begins with Mark m when m.of = x and {begins}.
act basic "B" rank constitution evidence read
  article 1 norm protection forbid Levy l when l.of is a Home.
act code "C" rank law in force from 2000-01-01 evidence read
  article 1 define proper(x: Thing) means {proper}.
  article 2 norm basis permit Levy l.
  article 3 norm ban forbid Levy l unless held(l.of) or l.on < 2001-01-01.
bill reform "R" rank law in force from 2020-01-01 evidence read
  amend code
    in article 1 replace definition proper with define proper(x: Thing) means x = x.
"""
"""A home may be taken before 2001, without the bill too."""


def two(begins: str, proper: str, ban: str = "") -> tuple[str, str]:
    """Return the verdict with a bill that changes on what a circular state turns, and its status."""
    found = laws.finding(TWO.format(begins=begins, proper=proper) + ban)
    return found.verdict, found.status


@pytest.mark.slow
def test_a_state_that_rests_on_itself_may_be_so_by_one_of_two_laws_alone() -> None:
    begins = "proper(x) and not held(x) at m"
    assert two(begins, "x is not a Home") == ("violated", "introduced")
    assert two(begins, "x = x") == ("violated", "pre-existing")


@pytest.mark.slow
def test_what_a_state_rests_on_may_be_so_by_one_of_two_laws_alone() -> None:
    chain = "m before l and some Mark n has (n.of = m.by and n before m and n.on >= 2020-01-01)"
    ban = (
        "    in article 3 replace norm ban with norm ban forbid Levy l"
        " when held(l.of) and l.on < 2030-01-01"
        f" or no Mark m has (m.of = l.of and {chain}).\n"
    )
    begins = "(proper(m.by) or held(m.by) at m)"
    assert two(begins, "chief(x) and not chief(x)", ban) == ("violated", "introduced")
