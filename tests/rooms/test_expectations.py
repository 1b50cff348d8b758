"""What scenarios and questions can expect of a protection, of the law as a whole, of a provision."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from amparo.pipeline.trials import attempt
from amparo.syntax.parse import parse
from amparo.syntax.unparse import unparse
from amparo.text import Source
from expect import amparo as run

WORDS = """
vocabulary home
kind Person reads "a person".
kind Officer is Person reads "an officer".
kind Dwelling reads "a dwelling".
event Order { of: Dwelling } reads "a court orders that {of} be cleared".
event Notice { to: Person } reads "notice is given to {to}".
official act Eviction { by: Officer, of: Dwelling, from: Person }
  reads "{by} clears {of} of {from}".
power act Objection { by: Person, against: Eviction } reads "{by} objects to {against}".
open fact needed(e: Eviction) reads "{e} is necessary".
"""

CHARTER = """
act charter "The charter" rank constitution in force from 2000-01-01 evidence inferred
  article 1 "The home"
    norm no_eviction
      forbid Eviction e unless some Order o has o.of = e.of and o before e.
  article 2 "Notice"
    norm notice
      when Eviction e require some Notice n has n.to = e.from within 10 days.
  article 3 "Remedies"
    norm objection guarantee Objection o when o.by = o.against.from.
  article 4 "Need"
    norm need forbid Eviction e unless needed(e).
"""

HOUSING = """
act housing "The housing act" rank law in force from 2001-01-01 evidence inferred
  article 1 "Eviction"
    norm eviction permit Eviction e.
    norm twice forbid Eviction e when some Eviction f has f.of = e.of and f before e.
"""

CASE = """
scenario "A flat is cleared"
  as of 2020-03-31
  given officer: Officer, flat: Dwelling, tenant: Person.
  when clearing: Eviction { by: officer, of: flat, from: tenant, on: 2020-03-01 }.
  expect EXPECTED.
"""


def tried(folder: Path, case: str, housing: str = HOUSING) -> tuple[str, ...]:
    (folder / "law.norm").write_text(WORDS + CHARTER + housing + case)
    (trial,) = attempt([folder])
    return trial.faults


def expected(folder: Path, words: str, case: str = CASE, housing: str = HOUSING) -> str:
    """Return why it is not as expected; empty if it is."""
    found = tried(folder, case.replace("EXPECTED", words), housing)
    return "; ".join(each.partition(": ")[2] for each in found)


# -- secured ------------------------------------------------------------------------------------


def test_a_protection_broken_by_those_who_obey_the_law_is_not_secured(project: Path) -> None:
    assert expected(project, "not charter article 1 secured") == ""
    assert expected(project, "charter article 1 secured") == (
        "everybody obeys the lower law (`clearing` is permitted by "
        "`housing article 1 norm eviction`), and `clearing` breaks `charter article 1 norm no_eviction`"
    )


def test_a_protection_that_is_kept_is_secured(project: Path) -> None:
    case = CASE.replace("when ", "when order: Order { of: flat, on: 2020-02-01 }, ")

    assert expected(project, "charter article 1 secured", case) == ""
    assert expected(project, "not charter article 1 secured", case) == (
        "`charter article 1 norm no_eviction` is kept"
    )


@pytest.mark.parametrize(
    ("housing", "why"),
    [
        (
            HOUSING.replace("permit Eviction e", "permit Eviction e when some Order o"),
            "nothing permits `clearing`",
        ),
        (
            HOUSING + "norm homes forbid Eviction e.",
            "`housing article 1 norm homes` forbids `clearing`",
        ),
        (
            HOUSING + "norm told when Eviction e require some Notice n within 5 days.",
            "the duty `housing article 1 norm told` is not met for `clearing`",
        ),
    ],
)
def test_a_protection_is_secured_where_its_breach_breaches_the_lower_law_too(
    project: Path, housing: str, why: str
) -> None:
    assert expected(project, "charter article 1 secured", CASE, housing) == ""
    assert expected(project, "not charter article 1 secured", CASE, housing) == (
        f"the lower law is not obeyed: {why}"
    )


def test_a_duty_and_a_right_are_secured_or_not_like_a_prohibition(project: Path) -> None:
    assert expected(project, "charter article 2 secured") == (
        "everybody obeys the lower law (`clearing` is permitted by "
        "`housing article 1 norm eviction`), and the duty `charter article 2 norm notice` is not "
        "met for `clearing`"
    )
    assert expected(project, "charter article 3 secured").endswith(
        "and `tenant` has no way to use the right of `charter article 3 norm objection` against "
        "`clearing`"
    )
    open_ = HOUSING + "norm objection empower Objection o."
    assert expected(project, "charter article 3 secured", CASE, open_) == ""


def test_of_several_protections_at_a_place_each_is_to_be_secured(project: Path) -> None:
    case = CASE.replace("when ", "when order: Order { of: flat, on: 2020-02-01 }, ")

    assert expected(project, "charter article 1 secured", case) == ""
    assert "norm notice" in expected(project, "charter secured", case)


def test_what_is_open_matters_only_where_nothing_else_decides(project: Path) -> None:
    assert expected(project, "charter article 4 secured").startswith("undecided: ")
    assert expected(project, "not charter article 4 secured").startswith("undecided: ")
    twice = CASE.replace(
        "when ",
        "when before: Eviction { by: officer, of: flat, from: tenant, on: 2020-02-01 }, ",
    )
    assert expected(project, "charter article 4 secured", twice) == ""
    given = CASE.replace("tenant: Person", "tenant: Person, not needed(clearing)")
    assert expected(project, "not charter article 4 secured", given) == ""


def test_the_lower_law_is_judged_as_if_the_protection_did_not_exist(project: Path) -> None:
    case = CASE.replace("EXPECTED", "clearing unlawful. expect not charter article 1 secured")

    assert tried(project, case) == ()


def test_only_a_protection_can_be_secured(project: Path) -> None:
    case = CASE.replace("EXPECTED", "housing article 1 secured")
    (project / "law.norm").write_text(WORDS + CHARTER + HOUSING + case)

    ended = run("test", ".")

    assert ended.code == 2
    assert re.findall(r"^error\[(.*)\]", ended.err, re.M) == ["not-a-protection"]


# -- the law can be obeyed, from here ---------------------------------------------------------

DAYS = """
vocabulary days
event A {}.
event B {}.
event C {}.
event D {}.
event F {}.
"""
FIVE = {
    "ask": "when A a require some B b within 5 days",
    "after_c": "forbid B b when some C c has b.on is within 4 days after c.on",
    "then": "when D d require some C c within 3 days",
    "after_a": "forbid C c when some A a has c.on is within 1 days after a.on",
    "after_f": "forbid B b when some F f has b.on is within 4 days after f.on",
}
"""Each four can be obeyed after A, D and F on one day, all five cannot: B is left with day 5, C
with day 2 or 3, and C shuts out day 5."""


def five(names: Iterable[str], *, expected: str, happened: str = "ADF") -> str:
    acts = [f'act {name} "{name}" rank law norm {name} {FIVE[name]}.' for name in names]
    events = ", ".join(f"e{each}: {each} {{ on: 2024-01-01 }}" for each in happened)
    return "\n".join(
        [DAYS, *acts, f'scenario "One day" when {events}. expect {expected}.'],
    )


def outcome(folder: Path, text: str) -> str:
    """Return why the only expectation of ``text`` is not met; empty if it is."""
    (folder / "law.norm").write_text(text)
    (trial,) = attempt([folder])
    return "; ".join(each.partition("`: ")[2] for each in trial.faults)


def test_nobody_can_obey_five_norms_of_which_each_four_can_be_obeyed(project: Path) -> None:
    because = " and ".join(f"{name} norm {name}" for name in FIVE)
    cannot = f"the law cannot be obeyed, because of {because}"

    assert outcome(project, five(FIVE, expected=cannot)) == ""
    assert outcome(project, five(FIVE, expected="not the law can be obeyed")) == ""
    told = outcome(project, five(FIVE, expected="the law can be obeyed"))
    assert told.startswith("nobody can obey ")
    assert all(f"`{name} norm {name}`" in told for name in FIVE)


@pytest.mark.parametrize("left_out", FIVE)
def test_four_of_the_five_norms_can_be_obeyed(project: Path, left_out: str) -> None:
    four = [name for name in FIVE if name != left_out]

    assert outcome(project, five(four, expected="the law can be obeyed")) == ""
    told = outcome(project, five(four, expected="the law cannot be obeyed"))
    assert told == "everybody can obey it"


@pytest.mark.parametrize("happened", ["AD", "AF", "DF"])
def test_the_five_norms_can_be_obeyed_where_less_has_happened(project: Path, happened: str) -> None:
    text = five(FIVE, expected="the law can be obeyed", happened=happened)

    assert outcome(project, text) == ""


def test_a_ground_that_is_not_one_or_that_is_left_out_is_told(project: Path) -> None:
    some = "the law cannot be obeyed, because of ask norm ask and then norm then"
    told = outcome(project, five(FIVE, expected=some))
    assert told.startswith("nobody can obey ")
    assert told.endswith(" together")

    extra = five(FIVE, expected="the law cannot be obeyed, because of other").replace(
        "scenario",
        'act other "Other" rank law norm other forbid F f when some B b has b before f.\nscenario',
    )
    assert outcome(project, extra).startswith("nobody can obey ")


PROCESSING = """
vocabulary data
event Processing {}.
event Erasure { of: Processing }.
fact lawful(p: Processing).
act data_act "Data" rank law
  norm lawfully forbid Processing p unless lawful(p).
  norm erase when Processing p has not lawful(p) require some Erasure e has e.of = p within 5 days.
  norm keep forbid Erasure e when lawful(e.of).
scenario "Data are processed"
  given GIVEN.
  when processing: Processing { on: 2024-01-01 }.
  expect EXPECTED.
"""


def processed(folder: Path, given: str, expected: str, more: str = "") -> str:
    text = PROCESSING.replace("GIVEN", given).replace("EXPECTED", expected)
    return outcome(folder, text.replace("scenario", f"{more}\nscenario"))


@pytest.mark.parametrize("given", ["not lawful(processing)", "lawful(processing)"])
def test_what_is_due_after_a_breach_is_no_contradiction(project: Path, given: str) -> None:
    assert processed(project, given, "the law can be obeyed") == ""


def test_what_is_due_after_a_breach_is_due_and_nothing_else(project: Path) -> None:
    ban = 'act ban "Ban" rank law norm ban forbid Erasure e.'
    because = "the law cannot be obeyed, because of data_act norm erase and ban norm ban"

    assert processed(project, "not lawful(processing)", because, ban) == ""
    assert processed(project, "lawful(processing)", "the law can be obeyed", ban) == ""


NEEDED = """
vocabulary alarms
event Alarm {}.
private act Answer { to: Alarm }.
open fact needed(a: Alarm).
fact urgent(a: Alarm).
fact size(a: Alarm): number.
act code "Code" rank law
  norm due
    when Alarm a has urgent(a) or needed(a) and size(a) > 3
    require some Answer b has b.to = a within 3 days.
  norm no forbid Answer b.
scenario "An alarm" as of DAY
  GIVEN
  when a: Alarm { on: 2024-01-01 }.
  expect EXPECTED.
"""


@pytest.mark.parametrize(
    ("given", "day", "expected", "told"),
    [
        ("given urgent(a).", "2024-01-01", "the law cannot be obeyed", ""),
        ("given not needed(a).", "2024-01-01", "the law can be obeyed", ""),
        ("given needed(a), size(a) = 4.", "2024-01-01", "the law cannot be obeyed", ""),
        ("given needed(a), size(a) = 3.", "2024-01-01", "the law can be obeyed", ""),
        ("given size(a) = 3.", "2024-01-01", "the law can be obeyed", ""),
        ("given urgent(a).", "2024-01-05", "the law can be obeyed", ""),
        (
            "given size(a) = 4.",
            "2024-01-01",
            "the law can be obeyed",
            "undecided: it is not given whether `needed(a)`",
        ),
        (
            "given size(a) = 4.",
            "2024-01-01",
            "the law cannot be obeyed",
            "undecided: it is not given whether `needed(a)`",
        ),
        (
            "given needed(a).",
            "2024-01-01",
            "not the law cannot be obeyed",
            "undecided: `size(a)` is not given",
        ),
    ],
)
def test_what_a_way_to_obey_turns_on_must_be_given(
    project: Path, given: str, day: str, expected: str, told: str
) -> None:
    text = NEEDED.replace("GIVEN", given).replace("DAY", day).replace("EXPECTED", expected)

    assert outcome(project, text) == told


# -- faults of provisions -------------------------------------------------------------------------

ORDERS = """
vocabulary orders
kind Clerk reads "a clerk".
official act Filing { by: Clerk }.
private act Answer { to: Filing }.
private act Note {}.
event Alarm {}.
act code "Code" rank law
  article 1
    norm file permit Filing f.
  article 2
    norm answer when Filing f require some Answer a has a.to = f within 3 days.
  article 3
    norm silence forbid Answer a when some Alarm x has x before a.
  article 4
    norm never forbid Answer a when a before a.
  article 5
    norm again permit Filing f when f.by is a Clerk.
  article 6
    norm alone when Alarm x require some Note n within 3 days.
question "Q" SETTINGS expect EXPECTED.
"""


def claimed(folder: Path, expected: str, settings: str = "") -> str:
    text = ORDERS.replace("EXPECTED", f"code article {expected}").replace("SETTINGS", settings)
    return outcome(folder, text)


@pytest.mark.parametrize(
    "true",
    [
        "4 never applies",
        "1 can apply",
        "5 has no effect",
        "2 has an effect",
        "4 has no effect",
        "2 conflicts with code article 3",
        "3 conflicts with code article 2",
        "3 conflicts",
        "2 does not conflict with code article 6",
        "6 does not conflict",
        "1 does not conflict",
        "2 cannot be obeyed",
        "3 cannot be obeyed",
        "6 can be obeyed",
        "1 can be obeyed",
    ],
)
def test_a_fault_is_found_where_it_is_expected_and_not_elsewhere(project: Path, true: str) -> None:
    assert claimed(project, true) == ""
    assert claimed(project, opposite(true)) != ""


def opposite(claim: str) -> str:
    pairs = (
        ("never applies", "can apply"),
        ("has no effect", "has an effect"),
        ("does not conflict", "conflicts"),
        ("cannot be obeyed", "can be obeyed"),
    )
    for one, other in pairs:
        if one in claim:
            return claim.replace(one, other)
        if other in claim:
            return claim.replace(other, one)
    raise AssertionError(claim)


def test_what_is_found_instead_is_told(project: Path) -> None:
    assert claimed(project, "1 never applies") == "it is not so"
    assert claimed(project, "4 can apply") == (
        "`code article 4 norm never` never applies: "
        "its own words leave no case to which it could apply"
    )
    assert claimed(project, "2 does not conflict") == (
        "there is a case in which `code article 2 norm answer` and "
        "`code article 3 norm silence` together cannot be obeyed"
    )


def test_a_fault_is_asked_about_on_a_day(project: Path) -> None:
    text = ORDERS.replace("EXPECTED", "code article 2 does not conflict").replace(
        "norm silence forbid Answer a when some Alarm x has x before a.",
        "norm silence forbid Answer a when some Alarm x has x before a in force until 2020-01-01.",
    )

    assert outcome(project, text.replace("SETTINGS", "as of 2021-01-01")) == ""
    assert outcome(project, text.replace("SETTINGS", "as of 2019-01-01")) != ""


def test_a_place_without_norms_has_no_faults_to_ask_about(project: Path) -> None:
    text = ORDERS.replace(
        "article 6\n    norm alone",
        'article 6\n    untranslated "x" because "y".\n    article 7 norm alone',
    )

    told = outcome(
        project, text.replace("EXPECTED", "code article 6 can apply").replace("SETTINGS", "")
    )

    assert told == "there is nothing at `code article 6` of which that can be asked"


# -- written and printed -------------------------------------------------------------------------


def test_what_is_expected_is_printed_as_it_is_written() -> None:
    text = """scenario "A case"
  as of 2020-01-01
  expect charter article 1 secured.
  expect not charter secured.
  expect the law can be obeyed.
  expect the law cannot be obeyed.
  expect not the law cannot be obeyed, because of a norm b and c article 2.

question "All cases"
  expect a never applies.
  expect a can apply.
  expect a norm b has no effect.
  expect a norm b has an effect.
  expect a conflicts.
  expect a conflicts with c article 2 norm d.
  expect a does not conflict with c.
  expect a article 1 cannot be obeyed.
  expect a article 1 can be obeyed.
"""
    read, problems = parse(Source("cases.norm", text))

    assert problems == ()
    assert unparse(read) == text


def test_the_words_of_an_expectation_are_names_elsewhere() -> None:
    text = 'act the "The" rank law norm secured forbid Secured conflicts.'

    assert parse(Source("law.norm", text))[1] == ()
