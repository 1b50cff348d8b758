"""What depends on which safeguard of the law."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import laws
from amparo.core.condition import And, Truth
from amparo.report.schemas import schema
from amparo.verify.mutate import Mutant, as_it_is, mutants
from amparo.verify.weaken import weakenings
from expect import amparo

WORDS = """
vocabulary home
kind Person reads "a person".
kind Judge is Person reads "a judge".
fact owns(p: Person, x: Person) reads "{p} owns {x}".
event Decision { against: Person, by: Person } reads "{by} decides against {against}".
event Notice { to: Person, from: Person } reads "{from} tells {to}".
official act Levy { from: Person } reads "something is taken from {from}".
power act Appeal { by: Person, against: Levy } reads "{by} appeals against {against}".
private act Shout { by: Person } reads "{by} shouts".
define decided(l: Levy) means some Decision c has c.against = l.from and c.by is a Judge and c before l.
"""
TOP = """
act basic "The basic law" rank constitution in force from 2000-01-01 evidence read
  article 1
    norm decided forbid Levy l unless decided(l).
  article 2
    norm told when Levy l require some Notice n has n.to = l.from within 3 days.
  article 3
    norm heard guarantee Appeal a.
"""
CODE = """
act code "The code" rank law in force from 2000-01-01 evidence read
  article 1
    norm basis permit Levy l when decided(l) and not l.from is a Judge unless owns(l.from, l.from).
  article 2
    norm notice when Levy l require some Notice n has n.to = l.from and n.from is a Judge within 2 days.
  article 3
    norm appeal permit Appeal a.
  article 4
    norm quiet forbid Shout s when s.by is a Judge or owns(s.by, s.by).
"""
SCENARIO = """
scenario "A judge does not shout"
  given judge: Judge.
  when shout: Shout { by: judge, on: 2020-01-01 }.
  expect shout forbidden by code article 4.
scenario "A levy without a decision"
  given debtor: Person.
  when levy: Levy { from: debtor, on: 2020-01-01 }.
  expect levy permitted.
"""


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str, str], Mutant]:
    """Return what becomes of a law without each safeguard, by norm, part and ordinal of the part."""
    inquiry = laws.inquiry(laws.law(WORDS + TOP + CODE))
    several: dict[tuple[str, str, str], Mutant] = {}
    for each in mutants(inquiry, as_it_is(inquiry)):
        name, part = each.weakening.provision.norm, each.weakening.part
        number = sum((name, part) == known[:2] for known in several)
        several[name, part, str(number)] = each
    return several


def lost(mutant: Mutant) -> list[tuple[str, str]]:
    return [(each.rule, each.after) for each in mutant.losses]


@pytest.mark.slow
def test_what_a_protection_rests_on_is_needed(found: dict[tuple[str, str, str], Mutant]) -> None:
    assert lost(found["basis", "condition", "0"]) == [("licensed-violation", "violated")]
    assert lost(found["notice", "whole", "0"]) == [("missing-safeguard", "violated")]
    assert lost(found["notice", "requirement", "0"]) == [("missing-safeguard", "violated")]
    assert lost(found["appeal", "whole", "0"]) == [("right-without-remedy", "violated")]


@pytest.mark.slow
def test_what_nothing_rests_on_is_idle(found: dict[tuple[str, str, str], Mutant]) -> None:
    idle = {key for key, each in found.items() if each.dependence == "idle"}

    assert idle == {
        ("basis", "whole", "0"),
        ("basis", "exception", "0"),
        ("basis", "condition", "1"),
        ("notice", "requirement", "1"),
        ("quiet", "whole", "0"),
        ("quiet", "alternative", "0"),
        ("quiet", "alternative", "1"),
    }
    assert {each.dependence for key, each in found.items() if key not in idle} == {"needed"}


def test_nothing_of_the_highest_rank_is_taken_away() -> None:
    law = laws.law(WORDS + TOP + CODE)

    several = tuple(weakenings(law))

    assert {each.provision.act for each in several} == {"code"}
    assert all(each.law.norms.keys() <= law.norms.keys() for each in several)


def test_a_condition_is_left_out_and_the_others_stay() -> None:
    law = laws.law(WORDS + TOP + CODE)
    (case,) = law.norms["code article 1 norm basis"].cases
    assert isinstance(case.condition, And)

    left = [
        each.law.norms[each.norm].cases[0].condition
        for each in weakenings(law)
        if each.part == "condition"
    ]

    assert left == list(reversed(case.condition.operands))


def test_the_only_condition_leaves_none_behind() -> None:
    law = laws.law(WORDS + TOP + CODE.replace(" and not l.from is a Judge", ""))

    (only,) = (each for each in weakenings(law) if each.part == "condition")

    assert only.law.norms[only.norm].cases[0].condition == Truth(True)


@pytest.mark.slow
def test_the_table_says_what_depends_on_what(tmp_path: Path) -> None:
    path = tmp_path / "law.norm"
    path.write_text(WORDS + TOP + CODE + SCENARIO, encoding="utf-8")

    full = amparo("mutate", path)
    printed = json.loads(
        amparo("mutate", path, "--format", "json", "--under", "code article 4").out
    )

    said = " ".join(full.out.split())
    assert full.code == 0
    assert (
        "11 safeguards taken away or weakened, one at a time; 4 protections and 1 scenario" in said
    )
    assert "without the condition that" in said
    assert "then it is violated: The basic law, article 1 (licensed-violation)" in said
    needed, idle = said.split("Nothing depends on these: ")
    assert "The code, article 1, without its exception “unless owns(l.from, l.from)”" in idle
    assert "The code, article 4, without it" in needed
    assert "fails: scenario “A judge does not shout”" in needed
    page = amparo("mutate", path, "--format", "markdown", "--under", "code article 4").out
    assert "# What depends on the safeguards of `law`\n" in page
    assert "## Something depends on these (2)\n" in page
    assert (
        "| The code, article 4 (`quiet`) | without it | fails: scenario “A judge does not shout” |"
        in page
    )
    assert "### The code\n\n| safeguard | taken away |" in page
    Draft202012Validator(json.loads(schema("mutate"))).validate(printed)
    (body,) = printed["bodies"]
    assert [(each["part"], each["dependence"]) for each in body["safeguards"]] == [
        ("whole", "needed"),
        ("alternative", "needed"),
        ("alternative", "idle"),
    ]
    assert body["safeguards"][1]["words"] == "where it no longer covers that the person is a judge"


def test_what_is_violated_already_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "law.norm"
    path.write_text(
        WORDS + TOP + CODE.replace("when decided(l) and not", "when not"), encoding="utf-8"
    )

    ended = amparo("mutate", path, "--protection", "basic article 1")

    assert "Not asked:" in ended.out
    assert "- The basic law, article 1 (licensed-violation): violated" in ended.out
    assert "0 protections" in ended.out
