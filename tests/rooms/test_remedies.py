"""A right without a remedy: nothing straight after the act, and no step of the holder that opens it."""

import datetime

import pytest

import laws
from amparo.core.law import NormId
from amparo.core.standing import as_it_stood
from amparo.semantics.judge import violations
from amparo.smt.session import Session
from amparo.verify.export import export
from amparo.verify.finding import Finding
from laws import findings

WORDS = """
vocabulary seizure
kind Person reads "a person".
kind Guard is Person reads "a guard".
kind Official is Person reads "an official".
kind Clerk is Official reads "a clerk".
open fact poor(p: Person) reads "{p} is poor".
fact paid(p: Person, s: Seizure) reads "{p} has paid for {s}".
official act Seizure { by: Official, from: Person } reads "{by} seizes from {from}".
power act Appeal { by: Person, against: Seizure } reads "{by} appeals against {against}".
power act Petition { by: Person } reads "{by} petitions".
private act Deposit { by: Person, for: Seizure } reads "{by} deposits for {for}".
private act Registration { by: Person } reads "{by} registers".
event Move { by: Person } reads "{by} moves".
event Storm reads "there is a storm".
power act Application { by: Person, against: Seizure } reads "{by} applies against {against}".
official act Leave { by: Official, upon: Application } reads "{by} grants leave upon {upon}".
official act Report { by: Official, upon: Application } reads "{by} reports upon {upon}".
"""
DEPOSIT = "some Deposit d has d.by = a.by and d.for = a.against"
LEAVE = "some Leave l has l.upon.by = a.by and l.upon.against = a.against"
OWED = "when Application x require Leave l has l.upon = x within 10 days"


def text(
    *norms: str, right: str = "guarantee Appeal a when a.by = a.against.from", bill: str = ""
) -> str:
    """Return a law in which seizure is permitted, and the lower `norms` `n1`, `n2`, ..."""
    lower = "".join(f"  norm n{number} {each}.\n" for number, each in enumerate(norms, 1))
    return (
        f"{WORDS}"
        'act basic "The basic law" rank constitution in force from 2000-01-01 evidence read\n'
        f" article 1\n  norm right {right}.\n"
        'act code "The code" rank law in force from 2000-01-01 evidence read\n'
        f" article 1\n  norm seizure permit Seizure s.\n{lower}{bill}"
    )


def asked(law: str, as_of: str | None = None) -> Finding:
    """Return the finding about the right."""
    (found,) = (each for each in findings(law, as_of) if each.rule == "right-without-remedy")
    return found


def holder(
    law: str, found: Finding, right: NormId = "basic article 1 norm right"
) -> frozenset[str]:
    """Return the kinds of whoever is left without the right in the case that is shown."""
    world = found.outcome.world
    assert world is not None
    read = laws.law(law)
    broken = violations(read, world, read.norms[right], "no basis")[0]
    assert broken.holder is not None
    return world.things[broken.holder]


# -- steps of the holder ------------------------------------------------------------------------


def test_a_step_that_the_holder_can_take_first_leaves_him_not_without_a_way() -> None:
    found = asked(text(f"permit Appeal a when {DEPOSIT}"))

    assert found.verdict == "unknown"
    assert "the holder can first do `Deposit` (2000-01-01); then `Appeal`" in found.outcome.note


def test_a_way_straight_after_the_act_holds_and_none_at_all_does_not() -> None:
    assert asked(text("permit Appeal a")).verdict == "holds"

    found = asked(text())

    assert found.verdict == "violated"
    assert found.outcome.story[-2:] == (
        "The law below gives the person no way to use that right.",
        "No step that the person can take afterwards opens one.",
    )


def test_a_fact_is_no_step() -> None:
    assert asked(text("permit Appeal a when paid(a.by, a.against)")).verdict == "violated"


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (f"{DEPOSIT} and d before a", "unknown"),
        (f"{DEPOSIT} and d before a.against", "violated"),
        (f"a.on <= a.against.on + 5 days and {DEPOSIT} and d before a", "unknown"),
        (
            f"a.on <= a.against.on + 5 days and {DEPOSIT} and d before a "
            "and d.on >= a.against.on + 10 days",
            "violated",
        ),
        ("a.on >= a.against.on + 3 days", "unknown"),
        ("some Move m has m.by = a.by and m before a", "unknown"),
        ("some Move m has m.by is an Official and m.by != a.by", "violated"),
        ("some Storm s has s before a and not (s before a.against)", "violated"),
        ("some Deposit d has d.for = a.against and d.by != a.by", "violated"),
    ],
)
def test_a_step_counts_if_it_is_the_holders_own_and_comes_in_time(
    condition: str, verdict: str
) -> None:
    assert asked(text(f"permit Appeal a when {condition}")).verdict == verdict


def test_waiting_is_told() -> None:
    found = asked(text("permit Appeal a when a.on >= a.against.on + 3 days"))

    assert "later, on 2000-01-04 for one, he can do `Appeal`" in found.outcome.note


def test_a_step_that_is_forbidden_opens_nothing() -> None:
    law = text(f"permit Appeal a when {DEPOSIT}", "forbid Deposit d")

    assert asked(law).verdict == "violated"


def test_a_case_is_looked_for_in_which_the_steps_found_do_not_help() -> None:
    law = text(f"permit Appeal a when {DEPOSIT}", "forbid Deposit d when d.by is a Guard")
    found = asked(law)

    assert found.verdict == "violated"
    assert holder(law, found) == {"Guard"}


def test_a_right_that_is_against_nothing_may_be_opened_by_steps_too() -> None:
    right = "guarantee Petition a when a.by is a Guard"
    registered = "permit Petition a when some Registration r has r.by = a.by"

    assert asked(text(registered, right=right)).verdict == "unknown"
    assert asked(text(registered, "forbid Registration r", right=right)).verdict == "violated"


# -- what officials then have to do ---------------------------------------------------------------


def test_what_an_official_may_refuse_is_no_way() -> None:
    law = ("permit Application x", "permit Leave l", f"permit Appeal a when {LEAVE}")

    assert asked(text(*law)).verdict == "violated"

    found = asked(text(*law, OWED))

    assert found.verdict == "unknown"
    assert (
        "the holder can first do `Application` (2000-01-01); what others then have to do is "
        "`Leave` (2000-01-01); then `Appeal` is open to him"
    ) in found.outcome.note


def test_what_is_owed_to_another_is_no_way() -> None:
    owed = f"{OWED} and x.by is an Official".replace(" within 10 days and", " and")
    law = text(
        "permit Application x when x.by is an Official",
        "permit Leave l",
        f"{owed} within 10 days",
        f"permit Appeal a when {LEAVE}",
        right="guarantee Appeal a when a.by = a.against.from and a.by is a Guard",
    )

    assert asked(law).verdict == "violated"


def test_an_act_that_a_demanded_act_of_the_same_official_rests_on_may_be_done() -> None:
    def law(who: str) -> str:
        return text(
            "permit Application x",
            "permit Report r",
            f"permit Leave l when some Report r has r.upon = l.upon and r before l and {who}",
            OWED,
            f"permit Appeal a when {LEAVE}",
        )

    assert asked(law("r.by = l.by")).verdict == "unknown"
    assert asked(law("r.by is a Clerk and l.by is not a Clerk")).verdict == "violated"


def test_a_limit_of_the_right_that_the_guarantee_allows_shuts_nothing() -> None:
    norms = f"permit Appeal a when {DEPOSIT}", "forbid Appeal a"
    right = "guarantee Appeal a when a.by = a.against.from"

    assert asked(text(*norms, right=f"{right} may be limited by law")).verdict == "unknown"
    assert asked(text(*norms, right=right)).verdict == "violated"


# -- open facts, time, bills ----------------------------------------------------------------------


def test_what_is_open_decides_only_where_no_step_helps() -> None:
    assert asked(text("permit Appeal a when poor(a.by)")).verdict == "depends"
    helped = text(f"permit Appeal a when poor(a.by) or {DEPOSIT}")
    assert asked(helped).verdict == "unknown"


def test_another_law_to_come_is_no_step() -> None:
    law = text(
        "permit Appeal a in force from 2010-01-01",
        f"permit Petition a when {DEPOSIT.replace(' and d.for = a.against', '')}",
    )

    assert asked(law, "2009-12-31").verdict == "violated"
    assert asked(law, "2010-01-01").verdict == "holds"


def test_a_law_that_ends_does_not_cut_off_what_is_begun() -> None:
    law = text("permit Appeal a when a.on >= a.against.on + 3 days in force until 2010-01-01")

    assert asked(law, "2009-12-31").verdict == "unknown"
    assert asked(law, "2010-01-01").verdict == "violated"


def test_a_bill_that_forbids_the_step_brings_it() -> None:
    law = text(
        f"permit Appeal a when {DEPOSIT}",
        bill='bill ban "The ban" rank law in force from 2010-01-01\n'
        " amend code in article 1 insert norm ban forbid Deposit d.\n",
    )
    before, after = asked(law, "2009-12-31"), asked(law, "2010-01-01")

    assert (before.verdict, before.status) == ("unknown", "pre-existing")
    assert (after.verdict, after.status, after.base_verdict) == (
        "violated",
        "introduced",
        "unknown",
    )
    assert [each.instruction for each in after.cause] == [1]
    assert after.adoptable == ()


def test_the_law_as_it_stood_keeps_the_past_and_has_no_future() -> None:
    law = laws.law(
        text(
            "permit Appeal a in force until 2005-01-01",
            "permit Appeal a in force from 2005-01-01 until 2010-01-01",
            "permit Appeal a in force from 2010-01-01",
        )
    )
    stood = as_it_stood(law, datetime.date(2007, 1, 1))

    def covering(day: str) -> list[int]:
        names = [f"code article 1 norm n{number}" for number in (1, 2, 3)]
        return [
            n for n, each in enumerate(names, 1) if stood.norms[each].period.covers(laws.on(day))
        ]

    assert [covering(day) for day in ("2004-12-31", "2005-01-01", "2030-01-01")] == [[1], [2], [2]]
    assert covering("9999-12-31") == [2]


# -- the proofs, as text ------------------------------------------------------------------------------


def test_the_proof_that_no_step_opens_a_right_is_exported() -> None:
    shut = text(f"permit Appeal a when {DEPOSIT}", "forbid Deposit d")
    opened = text(f"permit Appeal a when {DEPOSIT}")
    means = "nothing that the holder of the right can do opens it"

    first, *_ = (each for each in questions(shut) if means in each)

    assert "; rule: right-without-remedy\n" in first
    assert answers(first) == "unsat"
    assert not any(means in each for each in questions(opened))


def test_the_proof_that_a_norm_never_applies_is_exported() -> None:
    law = text("permit Appeal a", "forbid Deposit d when d.on <= 2020-01-01 and d.on >= 2021-01-01")
    proofs = [each for each in questions(law) if "; rule: never-applies\n" in each]

    assert ["; norm: code article 1 norm n2\n" in each for each in proofs] == [True]
    assert answers(proofs[0]) == "unsat"


def questions(law: str) -> list[str]:
    """Return each exported question about ``law``."""
    return [each.text for each in export(laws.inquiry(laws.law(law)), protection=None)]


def answers(script: str) -> str:
    """Return what the solver says of an exported question, which says what to expect."""
    found = Session(
        script.removeprefix("(reset)\n(set-logic ALL)\n").replace("(check-sat)\n", ""), 1_000_000
    )
    said = found.check()
    assert f"; expect: {said}\n" in script
    return said
