"""Every verdict lists what it takes for granted."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from amparo.smt.search import Budget
from amparo.verify.assume import assumptions
from amparo.verify.check import check
from amparo.verify.finding import Outcome
from expect import amparo as run
from laws import finding, inquiry, law

WORDS = """
vocabulary words
kind Person reads "a person".
kind Home reads "a home".
fact owns(p: Person, h: Home) reads "{h} belongs to {p}".
official act Levy { of: Home, from: Person } reads "{from} loses {of}".
general act Taking { of: Home }.
define sole_home(h: Home, p: Person) reads "{h} is the only home of {p}"
  means owns(p, h) and no Home other has other != h and owns(p, other).
define rich(p: Person) means some Home h has owns(p, h).
"""
CHARTER = """
act charter "Charter" rank constitution in force from 2000-01-01 evidence read
  article 1 norm home forbid Taking t unless not {}.
"""
CODE = """
act code "Code" rank law in force from 2001-01-01 evidence summary
  article 1
    norm levies count Levy l as Taking.
    norm basis permit Levy l when {}.
"""


def taken(protection: str, basis: str) -> tuple[str, ...]:
    return finding(WORDS + CHARTER.format(protection) + CODE.format(basis)).assumptions


SOLE = "(some Person p has sole_home(t.of, p))"
CLOSED = "what no definition of `{}` covers is taken not to be so"


def test_definitions_that_a_verdict_touches_are_closed() -> None:
    said = taken(SOLE, "sole_home(l.of, l.from)")

    assert CLOSED.format("sole_home") in said
    assert CLOSED.format("rich") not in said
    assert CLOSED.format("rich") in taken(SOLE, "rich(l.from)")


def test_what_no_norm_counts_is_taken_not_to_be_one() -> None:
    assert "what no norm counts as `Taking` is taken not to be one" in taken(SOLE, "rich(l.from)")


def test_what_the_case_rests_on_brings_its_evidence() -> None:
    assert "Code, article 1 rests on a summary of the text, not the text" in taken(
        SOLE, "sole_home(l.of, l.from)"
    )


def test_an_undecided_verdict_tells_its_budget() -> None:
    found = law(WORDS + CHARTER.format(SOLE) + CODE.format("rich(l.from)"))
    asked = replace(inquiry(found), budget=Budget(effort=1_000, rounds=2, individuals=3))

    undecided = Outcome({}, "unknown", note="")
    (said,) = [
        each
        for each in assumptions(asked, ["charter article 1 norm home"], (undecided,))
        if "budget" in each
    ]
    assert said == (
        "undecided within a budget of 1,000 units of effort for each call of the solver, "
        "2 rounds and 3 individuals"
    )
    assert all("budget" not in each for each in taken(SOLE, "rich(l.from)"))


def test_any_norm_may_be_asked_about() -> None:
    found = law(WORDS + CHARTER.format(SOLE) + CODE.format("rich(l.from)"))

    said = assumptions(inquiry(found, "2005-01-01"), ["code article 1 norm basis"], ())

    assert said == (
        "the act happens on 2005-01-01, and is judged by the law of that day",
        "Code, article 1 rests on a summary of the text, not the text",
        CLOSED.format("rich"),
    )


@pytest.fixture
def there(project: Path) -> Path:
    (project / "law.norm").write_text(WORDS + CHARTER.format(SOLE) + CODE.format("rich(l.from)"))
    return project


def test_every_format_lists_them(there: Path) -> None:
    (expected, *_) = [
        each.assumptions
        for each in check(inquiry(law((there / "law.norm").read_text())))
        if each.rule == "licensed-violation"
    ]

    full = " ".join(run("check", ".").out.split())
    concise = run("check", ".", "--format", "concise").out.splitlines()
    found = json.loads(run("check", ".", "--format", "json").out)["findings"]

    assert expected
    for each in expected:
        assert f"- {each}" in full
        assert f"taken for granted: {each}" in concise
        assert each in found[0]["assumptions"]
