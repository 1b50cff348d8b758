"""What nobody can obey: duties, conflicts, commanded violations, and going on from a world."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

import pytest

import laws
from amparo.core.law import Law
from amparo.core.world import Event, World
from amparo.explain.story import told
from amparo.semantics.judge import complies
from amparo.verify.finding import Finding
from amparo.verify.impossible import commanded, impossibilities, obeyable
from amparo.verify.obstacles import obstacles

WORDS = """
vocabulary v
kind Person.
kind Thing.
fact owns(p: Person, x: Thing).
open fact fair(x: Thing).
event A { of: Thing }.
event Summons { by: Person, of: Thing }.
event Storm {}.
private act B { by: Person, of: Thing }.
official act L { by: Person, of: Thing }.
"""
CODE = 'act code "C" rank law in force from 2000-01-01 evidence inferred article 1\n'
BASIC = 'act basic "B" rank constitution in force from 2000-01-01 evidence inferred article 1\n'
DUTY = "norm d when A a require some B b has b.of = a.of within 3 days.\n"
OFFICIAL = "norm d when A a require some L b has b.of = a.of within 3 days.\n"

FIVE = """
vocabulary v
event A {}.
event D {}.
event F {}.
private act B {}.
private act C {}.
act code "C" rank law in force from 2000-01-01 evidence inferred article 1
norm one when A a require some B b has b.on >= a.on within 5 days.
norm two forbid B b when some C c has (b is within 4 days after c).
norm three when D d require some C c has c.on >= d.on within 3 days.
norm four forbid C c when some A a has (c is within 1 days after a).
norm five forbid B b when some F f has (b is within 4 days after f).
"""


def _law(text: str) -> Law:
    return laws.law(WORDS + text)


def _asked(text: str) -> tuple[Finding, ...]:
    law = _law(text)
    return tuple(told(law, each) for each in impossibilities(laws.inquiry(law)))


def _of(found: Iterable[Finding], norm: str) -> Finding:
    return next(each for each in found if each.provision.norm == norm)


def _names(norms: Iterable[str]) -> set[str]:
    return {each.rpartition(" ")[2] for each in norms}


@pytest.mark.parametrize(
    ("rest", "rule", "verdict", "beside"),
    [
        (DUTY, "no-way-to-comply", "holds", set()),
        (DUTY + "norm f forbid B b.", "conflict", "violated", {"f"}),
        (DUTY + "norm f forbid B b unless b.by owns b.of.", "no-way-to-comply", "holds", set()),
        (DUTY + "norm f forbid B b unless some Storm s.", "conflict", "violated", {"f"}),
        (
            DUTY + "norm f forbid B b unless some Summons s has s before b.",
            "no-way-to-comply",
            "holds",
            set(),
        ),
        (OFFICIAL, "no-way-to-comply", "violated", set()),
        (OFFICIAL + "norm p permit L l.", "no-way-to-comply", "holds", set()),
        (
            OFFICIAL + "norm p permit L l when some Storm s has s before l.",
            "no-way-to-comply",
            "violated",
            {"p"},
        ),
        (
            DUTY + "norm e when B b require some L l has l.of = b.of within 3 days.",
            "no-way-to-comply",
            "violated",
            {"e"},
        ),
        (
            DUTY + "norm f forbid B b in force from 2024-01-01 until 2024-01-03.",
            "no-way-to-comply",
            "holds",
            set(),
        ),
        (
            DUTY + "norm f forbid B b in force from 2024-01-01 until 2025-01-01.",
            "conflict",
            "violated",
            {"f"},
        ),
        (
            "norm d when A a has fair(a.of) require some B b within 1 days.\nnorm f forbid B b.",
            "conflict",
            "depends",
            {"f"},
        ),
    ],
)
def test_a_duty_can_be_met_or_the_norms_that_leave_nothing_are_named(
    rest: str, rule: str, verdict: str, beside: set[str]
) -> None:
    found = _of(_asked(CODE + rest), "d")

    assert (found.rule, found.verdict, _names(found.beside)) == (rule, verdict, beside)


def test_two_duties_of_one_event_that_are_each_impossible_are_both_found() -> None:
    found = _asked(
        CODE + DUTY + "norm f forbid B b.\nnorm g when A a require some L l within 3 days."
    )

    assert [(each.provision.norm, each.verdict) for each in found] == [
        ("d", "violated"),
        ("g", "violated"),
    ]


def test_what_was_done_before_an_act_that_brings_a_duty_about_cannot_be_undone() -> None:
    duty = "norm d when L l require some B b has (b.of = l.of and b after l) within 3 days.\n"
    ban = "norm f forbid B b when some B c has (c.of = b.of and c before b).\n"
    found = _of(_asked(f"{CODE}{duty}{ban}norm p permit L l.\n"), "d")

    assert (found.rule, found.verdict, _names(found.beside)) == ("conflict", "violated", {"f"})


def test_an_impossible_duty_does_not_make_another_impossible() -> None:
    found = _asked(
        CODE + DUTY + "norm g when Storm s require some L l has l.of = l.of within 3 days."
    )

    assert _of(found, "d").verdict == "holds"
    assert _of(found, "g").verdict == "violated"


def test_the_case_is_the_situation_alone_and_the_story_names_each_norm() -> None:
    found = _of(_asked(CODE + DUTY + "norm f forbid B b."), "d")
    world = found.outcome.world

    assert world is not None
    assert [each.kinds for each in world.events.values()] == [frozenset({"A"})]
    assert any("demands: when A a require" in each for each in found.outcome.story)
    assert any("forbids: forbid B b" in each for each in found.outcome.story)


def test_a_duty_of_the_highest_rank_is_judged_by_that_rank_alone() -> None:
    found = _asked(BASIC + DUTY + CODE + "norm f forbid B b.")
    assert _of(found, "d").verdict == "holds"

    found = _asked(BASIC + DUTY + "norm f forbid B b.\n")
    assert _of(found, "d").verdict == "violated"


# -- commanded ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duty", "verdict"),
    [
        ("norm d when A a require some L l has l.of = a.of within 3 days.\n", "holds"),
        (
            "norm d when A a require some L l has (l.of = a.of and l.by owns l.of)"
            " within 3 days.\n",
            "violated",
        ),
        ("", "holds"),
    ],
)
def test_what_the_lower_law_demands_is_told_from_what_it_permits(duty: str, verdict: str) -> None:
    law = _law(
        BASIC + "norm no forbid L l when l.by owns l.of.\n" + CODE + duty + "norm p permit L l."
    )

    (found,) = commanded(laws.inquiry(law))

    assert (found.rule, found.verdict) == ("commanded-violation", verdict)
    assert found.beside == (("code article 1 norm d",) if verdict == "violated" else ())


# -- with a bill ----------------------------------------------------------------------------

BILL = 'bill later "Later" rank law in force from 2010-01-01 amend code in article 1 insert '


@pytest.mark.parametrize(
    ("before", "change", "status"),
    [
        ("", "norm f forbid B b.", "introduced"),
        ("norm f forbid B b.\n", "norm g forbid L l.", "pre-existing"),
    ],
)
def test_what_a_bill_brings_is_told_from_what_was_there(
    before: str, change: str, status: str
) -> None:
    asked = laws.editions(WORDS + CODE + DUTY + before + BILL + change)

    found = obstacles(laws.inquiry(asked.head().law), asked.base().law, asked.instructions())

    conflict = next(each for each in found if each.rule == "conflict")
    assert conflict.status == status
    assert bool(conflict.causes) == (status == "introduced")


# -- from here ------------------------------------------------------------------------------


def _happened(*events: tuple[str, str, str], things: dict[str, str] | None = None) -> World:
    """Return a world of (name, kind, day) in this order; what is done is done to ``x``."""
    roles = {"x": "x"} if things else {}
    made = {
        name: Event(
            name,
            frozenset({kind}),
            datetime.date.fromisoformat(day),
            order,
            {"of": "x"} if roles else {},
        )
        for order, (name, kind, day) in enumerate(events)
    }
    last = max(each.on for each in made.values())
    return World({n: frozenset({k}) for n, k in (things or {}).items()}, made, last)


SAME_DAY = _happened(("a", "A", "2024-05-01"), ("d", "D", "2024-05-01"), ("f", "F", "2024-05-01"))


def test_five_norms_leave_nothing_and_any_four_of_them_something() -> None:
    law = laws.law(FIVE)

    outcome = obeyable(laws.inquiry(law), SAME_DAY)
    assert outcome.verdict == "violated"
    assert _names(outcome.relies_on) == {"one", "two", "three", "four", "five"}

    for left_out in law.norms:
        rest = {name: norm for name, norm in law.norms.items() if name != left_out}
        fewer = replace(law, norms=rest)
        outcome = obeyable(laws.inquiry(fewer), SAME_DAY)
        assert outcome.verdict == "holds"
        assert outcome.world is not None
        assert complies(fewer, outcome.world) == ()


DATA = """
vocabulary v
kind Data.
event Consent { of: Data }.
private act Processing { of: Data }.
private act Erasure { of: Data }.
act code "C" rank law in force from 2000-01-01 evidence inferred article 1
norm lawful forbid Processing p unless some Consent c has (c.of = p.of and c before p).
norm erase when Processing p has no Consent c has (c.of = p.of and c before p)
  require some Erasure e has e.of = p.of within 10 days.
norm keep forbid Erasure e when some Processing p has (p.of = e.of and p before e
  and some Consent c has (c.of = p.of and c before p)).
"""
DATUM = {"x": "Data"}


def test_what_is_due_because_of_a_breach_can_be_met_and_is_not_demanded_of_who_obeyed() -> None:
    law = laws.law(DATA)

    unlawful = obeyable(
        laws.inquiry(law), _happened(("p", "Processing", "2024-05-01"), things=DATUM)
    )
    lawful = obeyable(
        laws.inquiry(law),
        _happened(("c", "Consent", "2024-04-01"), ("p", "Processing", "2024-05-01"), things=DATUM),
    )

    assert (unlawful.verdict, lawful.verdict) == ("holds", "holds")
    assert unlawful.world is not None
    assert lawful.world is not None
    assert [each.kinds for each in unlawful.world.events.values()][1:] == [frozenset({"Erasure"})]
    assert len(lawful.world.events) == 2


def test_who_must_erase_and_must_keep_cannot_obey() -> None:
    outcome = obeyable(
        laws.inquiry(laws.law(DATA)),
        _happened(
            ("p", "Processing", "2024-05-01"),
            ("c", "Consent", "2024-05-02"),
            ("p2", "Processing", "2024-05-03"),
            things=DATUM,
        ),
    )

    assert outcome.verdict == "violated"
    assert _names(outcome.relies_on) == {"erase", "keep"}


ANSWERED = """
event R { by: Person, of: Thing }.
norm permitted permit L l.
norm opened when A a require some B b has b.of = a.of within 3 days.
norm answered when R r has some B b has (b.of = r.of and b before r)
  require some L l has (l.of = r.of and r before l) within 3 days.
"""
"""To meet the first duty makes the second fall due, for each of any number of requests."""


@pytest.mark.parametrize(
    ("rest", "opened", "answered"),
    [
        ("", {"holds"}, "holds"),
        ("norm never forbid L l unless some Summons s has s before l.", {"holds"}, "holds"),
        # What leaves nothing for one request is nothing to rely on: a proof would be wrong.
        (
            "norm never forbid L l when some Storm s has s before l.",
            {"violated", "unknown"},
            "violated",
        ),
    ],
)
def test_a_duty_may_let_another_fall_due_any_number_of_times(
    rest: str, opened: set[str], answered: str
) -> None:
    words, norms = ANSWERED.split("norm", 1)
    inquiry = laws.inquiry(_law(words + CODE + "norm" + norms + rest))
    little = replace(inquiry, budget=replace(inquiry.budget, effort=1_000_000))

    found = {each.provision.norm: each.verdict for each in impossibilities(little)}

    assert found["opened"] in opened
    assert found["answered"] == answered
