"""Waivers: which finding each keeps quiet, and what none can."""

import contextlib
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from amparo.core.case import Waiver
from amparo.core.law import Provision
from amparo.core.waivers import versions
from amparo.diagnostics import Rejected
from amparo.pipeline.load import load
from amparo.pipeline.prepare import prepared
from amparo.pipeline.run import examine
from amparo.pipeline.texts import consolidated
from amparo.pipeline.waivers import Terms, waived
from amparo.report.result import Examined
from amparo.verify.finding import Verdict
from expect import amparo

WORDS = """
vocabulary home
kind Officer reads "an officer".
kind Dwelling reads "a dwelling".
event Order { to_clear: Dwelling } reads "a court orders that {to_clear} be cleared".
official act Eviction { by: Officer, from: Dwelling } reads "{by} clears {from}".
official act Search { by: Officer, of: Dwelling } reads "{by} searches {of}".
official act Levy { by: Officer, of: Dwelling } reads "{by} levies on {of}".
official act Requisition { by: Officer, of: Dwelling } reads "{by} requisitions {of}".
general act Deprivation { of: Dwelling }.
open fact necessary(s: Search) reads "{s} is necessary".
"""
CHARTER = """
act charter "The charter" rank constitution in force from 2000-01-01 evidence inferred
  article 1 "The home"
    norm no_eviction
      forbid Eviction e unless some Order o has o.to_clear = e.from and o before e.
  article 2 "Searches"
    norm no_search
      forbid Search s unless necessary(s).
  article 3 "Deprivation"
    norm no_deprivation
      forbid Deprivation d.
    norm count_levy
      count Levy l as Deprivation { of: l.of }.
    norm count_requisition
      count Requisition r as Deprivation { of: r.of }.
"""
HOUSING = """
act housing "The housing act" rank law in force from 2001-01-01 evidence inferred
  article 1 "Eviction"
    norm eviction
      permit Eviction e when some Order o has o.to_clear = e.from.
  article 2 "Searches"
    norm search
      permit Search s.
  article 3 "Levies"
    norm levy
      permit Levy l.
"""
BILL = """
use home, housing.
bill quick "Quick eviction" rank law in force from 2020-01-01 evidence inferred
  amend housing
    in article 1
      replace norm eviction with
        norm eviction permit Eviction e.
    in article 3
      insert norm requisition permit Requisition r.
"""
BODY = 'body homes "Homes" ranks constitution, law.\n'
END = 'because "It is being redrafted." by "The ministry" until 2027-03-01.\n'
TODAY = datetime.date(2027, 2, 28)
TERMS = Terms(TODAY, "error", whole=True)

EVICTION = f"waive licensed-violation of charter article 1 {END}"
SEARCH = f"waive licensed-violation of charter article 2 as depends {END}"
LEVY = f"waive licensed-violation of charter article 3 for Levy {END}"
ALL = (EVICTION, SEARCH, LEVY)


@dataclass(frozen=True)
class Town:
    """A law in a folder, and what is found in it, without the bill and with it."""

    folder: Path
    found: Examined
    with_bill: Examined


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder = tmp_path_factory.mktemp("town")
    write(folder)
    with contextlib.chdir(folder):
        (plain,) = examine([Path("law")], waivers=False).examined
        (amended,) = examine([Path("law")], [Path("bill.norm")], waivers=False).examined
    return Town(folder, plain, amended)


def write(folder: Path, *stated: str, charter: str = CHARTER) -> None:
    (folder / "law").mkdir(exist_ok=True)
    (folder / "amparo.toml").touch()
    (folder / "law" / "body.norm").write_text(BODY)
    (folder / "law" / "words.norm").write_text(WORDS + charter)
    (folder / "law" / "housing.norm").write_text(f"use home, charter.\n{HOUSING}{''.join(stated)}")
    (folder / "bill.norm").write_text(BILL)


def stated(town: Town, *texts: str, bills: Sequence[str] = ()) -> tuple[Waiver, ...]:
    """Return the waivers of the texts, as the law of the town with the bills reads them."""
    write(town.folder, *texts)
    with contextlib.chdir(town.folder):
        (ready,) = prepared(load([Path("law")], [Path(each) for each in bills]))
    return ready.waivers


def told(examined: Examined) -> dict[str, str]:
    """Return what came out of every finding that does not hold: by act and rule."""
    return {
        f"{each.provision.article} {each.act or ''} {each.rule}".replace("  ", " "): (
            "waived" if each.waived else each.verdict if examined.counts(each) else "quiet"
        )
        for each in examined.report.findings
        if each.verdict != "holds" and each.level != "note"
    }


def quietened(town: Town, *texts: str, terms: Terms = TERMS) -> dict[str, str]:
    return told(waived(town.found, stated(town, *texts), terms))


def quietened_with_bill(town: Town, *texts: str, terms: Terms = TERMS) -> dict[str, str]:
    return told(waived(town.with_bill, stated(town, *texts, bills=["bill.norm"]), terms))


OPEN = {
    "1 licensed-violation": "violated",
    "2 licensed-violation": "depends",
    "3 Levy licensed-violation": "violated",
}


# -- what is covered --------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_waiver_keeps_its_finding_quiet_and_no_other(town: Town) -> None:
    assert quietened(town) == OPEN
    assert quietened(town, *ALL) == dict.fromkeys(OPEN, "waived")
    for text, name in zip(ALL, OPEN, strict=True):
        assert quietened(town, text) == OPEN | {name: "waived"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        (
            f"waive licensed-violation of charter article 2 {END}",
            "2 unused-waiver",
            "What is found is `depends`, and what is waived is `violated`.",
        ),
        (
            f"waive licensed-violation of charter article 1 as depends {END}",
            "1 unused-waiver",
            "What is found is `violated`, and what is waived is `depends`.",
        ),
        (
            f"waive licensed-violation of charter article 3 norm no_deprivation {END}",
            "3 unused-waiver",
            "There is no such finding. Found here: licensed-violation of charter article 3 norm "
            "no_deprivation for Levy.",
        ),
        (
            "waive licensed-violation of charter article 3 norm no_deprivation "
            f"for Requisition {END}",
            "3 Requisition unused-waiver",
            "There is no such finding. Found here: licensed-violation of charter article 3 norm "
            "no_deprivation for Levy.",
        ),
        (
            f"waive conflict of charter article 1 with housing article 1 {END}",
            "1 unused-waiver",
            "There is no such finding. Found here: licensed-violation of charter article 1 norm "
            "no_eviction.",
        ),
        (
            f"waive licensed-violation of charter article 1 with housing article 1 {END}",
            "1 unused-waiver",
            "There is no such finding. Found here: licensed-violation of charter article 1 norm "
            "no_eviction.",
        ),
    ],
)
def test_a_waiver_that_names_another_finding_covers_none_and_fails(
    town: Town, text: str, name: str, why: str
) -> None:
    found = waived(town.found, stated(town, text), TERMS)

    assert told(found) == OPEN | {name: "violated"}
    assert found.report.findings[-1].outcome.note == why


@pytest.mark.slow
def test_a_norm_that_speaks_of_one_kind_of_act_may_be_waived_for_it(town: Town) -> None:
    named = EVICTION.replace("article 1", "article 1 for Eviction")

    assert quietened(town, named) == OPEN | {"1 licensed-violation": "waived"}


def test_a_waiver_is_of_one_verdict_and_nothing_worse(town: Town) -> None:
    (only,) = stated(town, SEARCH)

    def turned(verdict: Verdict) -> dict[str, str]:
        findings = tuple(
            replace(each, verdict=verdict) if each.verdict == "depends" else each
            for each in town.found.report.findings
        )
        found = replace(town.found, report=replace(town.found.report, findings=findings))
        return told(waived(found, [only], TERMS))

    assert turned("depends")["2 licensed-violation"] == "waived"
    assert turned("violated") == OPEN | {
        "2 licensed-violation": "violated",
        "2 unused-waiver": "violated",
    }
    # Nothing is known of it: neither that the waiver is one too many.
    assert turned("unknown") == OPEN | {"2 licensed-violation": "unknown"}


def test_a_waiver_is_for_one_finding_of_those_that_are_alike(town: Town) -> None:
    (only,) = stated(town, EVICTION)
    twice = (*town.found.report.findings, town.found.report.findings[0])
    found = waived(
        replace(town.found, report=replace(town.found.report, findings=twice)), [only], TERMS
    )

    assert found.report.findings[0].rule == "licensed-violation"
    assert not any(each.waived for each in found.report.findings)
    assert found.report.findings[-1].outcome.note == (
        "2 findings are meant by it, and a waiver is for one."
    )


def test_a_waiver_may_name_the_identity_and_then_covers_that_alone(town: Town) -> None:
    (only,) = stated(town, EVICTION)
    other = replace(only, finding="0123456789abcdef")

    assert told(waived(town.found, [other], TERMS))["1 licensed-violation"] == "violated"


# -- time -------------------------------------------------------------------------------------------


def test_until_is_exclusive_and_an_expired_waiver_fails_by_itself(town: Town) -> None:
    stood = stated(town, EVICTION)
    on_the_day = replace(TERMS, today=datetime.date(2027, 3, 1))

    assert told(waived(town.found, stood, TERMS))["1 licensed-violation"] == "waived"
    assert told(waived(town.found, stood, on_the_day)) == OPEN | {"1 expired-waiver": "violated"}


def test_of_two_waivers_the_later_one_keeps_it_quiet_and_the_expired_one_fails(town: Town) -> None:
    both = stated(town, EVICTION, EVICTION.replace("2027-03-01", "2030-01-01"))

    found = waived(town.found, both, replace(TERMS, today=datetime.date(2028, 1, 1)))
    standing = waived(town.found, both, TERMS).report.findings[0].waived

    assert told(found) == OPEN | {
        "1 licensed-violation": "waived",
        "1 expired-waiver": "violated",
    }
    assert standing is not None
    assert standing.until == datetime.date(2030, 1, 1)


def test_where_not_everything_was_asked_no_waiver_is_one_too_many(town: Town) -> None:
    stood = stated(town, EVICTION.replace("article 1", "article 1 as depends"))

    assert "1 unused-waiver" in told(waived(town.found, stood, TERMS))
    assert told(waived(town.found, stood, replace(TERMS, whole=False))) == OPEN


def test_only_waivers_of_the_rules_that_were_asked_are_looked_at(town: Town) -> None:
    stood = stated(town, f"waive never-applies of housing article 1 {END}")

    assert told(waived(town.found, stood, TERMS)) == OPEN
    assert "1 unused-waiver" in told(waived(town.found, stood, replace(TERMS, level="warning")))


# -- bills ------------------------------------------------------------------------------------------

WITH_BILL = {
    "1 licensed-violation": "violated",
    "2 licensed-violation": "quiet",
    "3 Levy licensed-violation": "quiet",
    "3 Requisition licensed-violation": "violated",
}
NEW_EVICTION = EVICTION.replace("because", "caused by quick because")
NEW_REQUISITION = LEVY.replace("Levy", "Requisition caused by quick")


@pytest.mark.slow
def test_a_known_fault_that_is_waived_hides_nothing_that_a_bill_brings(town: Town) -> None:
    """The bill lets a home be cleared without any order, where before a later one would do."""
    assert quietened_with_bill(town) == WITH_BILL
    assert quietened_with_bill(town, *ALL) == WITH_BILL | {
        "2 licensed-violation": "waived",
        "3 Levy licensed-violation": "waived",
    }


@pytest.mark.slow
def test_what_a_bill_brings_is_waived_by_a_waiver_for_the_bill(town: Town) -> None:
    assert quietened_with_bill(town, NEW_EVICTION, NEW_REQUISITION) == WITH_BILL | {
        "1 licensed-violation": "waived",
        "3 Requisition licensed-violation": "waived",
    }


@pytest.mark.slow
def test_a_waiver_for_a_bill_is_for_no_other_and_for_none_without_it(town: Town) -> None:
    other = NEW_EVICTION.replace("quick", "another")
    both = NEW_EVICTION.replace("quick", "quick, another")

    assert quietened(town, NEW_EVICTION) == OPEN
    assert quietened_with_bill(town, other) == WITH_BILL
    assert quietened_with_bill(town, both) == WITH_BILL


@pytest.mark.slow
def test_a_waiver_for_a_bill_that_brings_no_such_fault_fails(town: Town) -> None:
    levy = LEVY.replace("because", "caused by quick because")
    found = waived(town.with_bill, stated(town, levy, bills=["bill.norm"]), TERMS)

    assert told(found) == WITH_BILL | {"3 Levy unused-waiver": "violated"}
    assert found.report.findings[-1].outcome.note == (
        "What is found is not new with the bill, and only what the bill brings is waived."
    )


@pytest.mark.slow
def test_with_a_bill_an_expired_waiver_of_the_law_is_no_fault_of_the_bill(town: Town) -> None:
    late = replace(TERMS, today=datetime.date(2028, 1, 1))

    assert quietened_with_bill(town, LEVY, terms=late) == WITH_BILL | {
        "3 Levy expired-waiver": "quiet"
    }
    assert quietened_with_bill(town, NEW_REQUISITION, terms=late) == WITH_BILL | {
        "3 Requisition expired-waiver": "violated"
    }


# -- versions ---------------------------------------------------------------------------------------

LATER = CHARTER.replace(
    "  article 2",
    """  article 1 "The home" in force from 2010-01-01
    norm no_eviction
      forbid Eviction e unless some Order o has o.to_clear = e.from and o before e.
  article 2""",
).replace('article 1 "The home"', 'article 1 "The home" in force until 2010-01-01', 1)


@pytest.mark.slow
def test_of_several_versions_one_is_waived(town: Town) -> None:
    write(town.folder, charter=LATER)
    with contextlib.chdir(town.folder):
        found = examine([Path("law")]).examined[0]
        for day, start in (("2005-01-01", 2000), ("2015-01-01", 2010)):
            text = EVICTION.replace("because", f"as of {day} because")
            write(town.folder, text, charter=LATER)
            (ready,) = prepared(load([Path("law")]))
            kept = [each for each in waived(found, ready.waivers, TERMS).findings if each.waived]

            assert [ready.head.law.norms[each.norm].period.start for each in kept] == [
                datetime.date(start, 1, 1)
            ]


def test_of_several_versions_one_must_be_named(town: Town) -> None:
    write(town.folder, EVICTION, charter=LATER)
    with contextlib.chdir(town.folder), pytest.raises(Rejected) as caught:
        prepared(load([Path("law")]))

    (only,) = caught.value.diagnostics
    assert (only.code, only.help) == (
        "ambiguous-waiver",
        "name a day on which it is in force: as of 2010-01-01",
    )


def test_a_bill_that_makes_a_new_version_leaves_the_old_one_waived(town: Town) -> None:
    write(town.folder, EVICTION)
    (town.folder / "bill.norm").write_text(
        "use home, charter.\n"
        'bill anew "Anew" rank constitution in force from 2015-01-01 evidence inferred\n'
        "  amend charter in article 1 replace norm no_eviction with\n"
        "    norm no_eviction forbid Eviction e.\n"
    )
    with contextlib.chdir(town.folder):
        (ready,) = prepared(load([Path("law")], [Path("bill.norm")]))

    assert len(versions(ready.head.law, ready.waivers[0].provision)) == 2
    assert [each.start for each in ready.waivers] == [datetime.date(2000, 1, 1)]


# -- what is rejected -------------------------------------------------------------------------------


def faults(town: Town, *texts: str) -> list[tuple[str, str, str]]:
    with pytest.raises(Rejected) as caught:
        stated(town, *texts)
    return [(each.code, each.message, each.primary.text) for each in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("text", "code", "message", "underlined"),
    [
        (
            EVICTION.replace("licensed", "licenced"),
            "unknown-rule",
            "there is no rule `licenced-violation`",
            "licenced-violation",
        ),
        (
            EVICTION.replace("It is being redrafted.", "  "),
            "unexplained-waiver",
            "the waiver of `licensed-violation` names no reason",
            '"  "',
        ),
        (
            EVICTION.replace("The ministry", ""),
            "unexplained-waiver",
            "the waiver of `licensed-violation` names no author",
            '""',
        ),
        (
            EVICTION.replace("article 1", "article 1 as unknown"),
            "not-waivable",
            "what is `unknown` cannot be waived",
            EVICTION.replace("article 1", "article 1 as unknown").strip(),
        ),
        (
            EVICTION.replace("licensed-violation", "holds-vacuously"),
            "not-waivable",
            "`holds-vacuously` cannot be waived",
            "holds-vacuously",
        ),
        (
            EVICTION.replace("licensed-violation", "expired-waiver"),
            "not-waivable",
            "`expired-waiver` cannot be waived",
            "expired-waiver",
        ),
        (
            EVICTION.replace("charter article 1", "charter"),
            "ambiguous-waiver",
            "`charter` has 3 such norms, and a waiver is for one",
            "charter",
        ),
        (
            EVICTION.replace("charter article 1", "housing article 1"),
            "ambiguous-waiver",
            "`housing article 1` has no such norms, and a waiver is for one",
            "housing article 1",
        ),
        (
            LEVY.replace("licensed-violation", "conflict"),
            "ambiguous-waiver",
            "`charter article 3` has 3 such norms, and a waiver is for one",
            "charter article 3",
        ),
        (
            EVICTION.replace("article 1", "article 9"),
            "unknown-article",
            "there is no article `9` in `charter`",
            "9",
        ),
        (
            EVICTION.replace("article 1", "article 1 for Search"),
            "act-not-protected",
            "no protection at `charter article 1 norm no_eviction` is asked of a `Search`",
            "Search",
        ),
        (
            EVICTION.replace("article 1", "article 1 for Serch"),
            "unknown-kind",
            "there is no kind `Serch`",
            "Serch",
        ),
        (
            EVICTION.replace("article 1", "article 1 as of 1990-01-01"),
            "ambiguous-waiver",
            "`charter article 1 norm no_eviction` is not in force on 1990-01-01",
            "1990-01-01",
        ),
        (
            f"never waive charter article 1.\n{EVICTION}",
            "not-waivable",
            "nothing at `charter article 1` can be waived",
            "charter article 1",
        ),
    ],
)
def test_a_waiver_that_cannot_be_meant_is_rejected(
    town: Town, text: str, code: str, message: str, underlined: str
) -> None:
    assert faults(town, text) == [(code, message, underlined)]


def test_every_fault_of_waivers_is_told_beside_those_of_the_law(town: Town) -> None:
    write(
        town.folder,
        EVICTION.replace("licensed", "licenced"),
        charter=CHARTER.replace("Search s", "Serch s"),
    )
    with contextlib.chdir(town.folder), pytest.raises(Rejected) as caught:
        prepared(load([Path("law")]))

    assert [each.code for each in caught.value.diagnostics] == ["unknown-rule", "unknown-kind"]


def test_what_is_absolute_leaves_the_rest_to_be_waived(town: Town) -> None:
    (found,) = stated(town, "never waive charter article 2.\n", EVICTION)

    assert found.provision == Provision("charter", "1", norm="no_eviction")


# -- beside the law ---------------------------------------------------------------------------------


def test_the_consolidated_law_has_no_waivers(town: Town) -> None:
    write(town.folder, EVICTION, "never waive charter article 2.\n")
    with contextlib.chdir(town.folder):
        assert "waive" not in consolidated([Path("law")], [Path("bill.norm")], None)


@pytest.mark.slow
def test_the_command_waives_until_it_is_told_not_to(project: Path) -> None:
    write(project, *ALL)

    def ended(*options: str) -> int:
        return amparo("check", "law", "--quiet", *options).code

    assert ended("--today", "2027-02-28") == 0
    assert ended("--today", "2027-03-01") == 1
    assert ended("--today", "2027-02-28", "--no-waivers") == 1
    assert ended("--today", "2027-02-28", "--bill", "bill.norm") == 1


@pytest.mark.slow
def test_lint_waives_too(project: Path) -> None:
    idle = "norm idle permit Search s when necessary(s) and not necessary(s).\n"
    text = f"waive never-applies of housing article 3 norm idle {END}"
    write(project, idle, text)

    quiet = amparo("lint", "law", "--today", "2027-02-28", "--format", "concise")
    loud = amparo("lint", "law", "--today", "2027-02-28", "--format", "concise", "--no-waivers")

    (line,) = (each for each in quiet.out.splitlines() if "never-applies" in each)
    assert "waived until 2027-03-01 by The ministry" in line
    assert loud.out.count("\n") == quiet.out.count("\n")
    assert "waived" not in loud.out

    write(project, f"waive never-applies of housing article 2 {END}")
    spare = amparo("lint", "law", "--today", "2027-02-28")

    assert spare.code == 1
    assert "WAIVER WITHOUT A USE: The housing act, article 2" in spare.out
    assert "There is no such finding, any more or yet." in spare.out
