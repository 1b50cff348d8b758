"""Acts of authority on protected objects that no norm counts as what is protected against."""

from pathlib import Path

import laws
from amparo.verify.classify import unclassified
from amparo.verify.finding import Finding
from expect import amparo
from laws import edited

WORDS = """
vocabulary property
kind Person reads "a person".
kind Officer reads "an officer".
kind Thing reads "a thing".
kind Dwelling is Thing reads "a dwelling".
kind Licence reads "a licence".
official act Levy { by: Officer, of: Thing, from: Person } reads "{by} levies on {of}".
official act Sale is Levy reads "{by} sells {of}".
official act Seizure { by: Officer, of: Dwelling, from: Person } reads "{by} seizes {of}".
official act Fine { by: Officer, from: Person } reads "{by} fines {from}".
official act Revocation { by: Officer, of: Licence, from: Person } reads "{by} revokes {of}".
private act Purchase { by: Person, of: Thing, from: Person } reads "{by} buys {of}".
general act Deprivation { of: Thing, from: Person } reads "{from} is deprived of {of}".
general act Hardship { by: Officer }.
"""
TOP = """
act basic "The basic law" rank constitution in force from 2000-01-01 evidence read
  article 1
    norm property forbid Deprivation d.
"""
LEVIES = """
act levies "The levies act" rank law in force from 2000-01-01 evidence read
  article 1
    norm levy permit Levy l.
    norm counts count Levy l as Deprivation.
"""
SEIZURES = """
act seizures "The seizures act" rank law in force from 2005-01-01 evidence read
  article 1
    norm seizure permit Seizure s.
"""
TAKES_NOTHING = """
  article 2
    norm takes_nothing never count Seizure s as Deprivation.
"""


def found(text: str, as_of: str | None = None) -> list[Finding]:
    return list(unclassified(laws.inquiry(laws.law(text), as_of)))


def fired(text: str, as_of: str | None = None) -> list[str]:
    """Return of which kinds it is said that they are not classified."""
    findings = found(text, as_of)
    assert all(each.rule == "unclassified-act" for each in findings)
    return [each.notes[0].split("`")[1] for each in findings if each.verdict == "violated"]


def test_an_act_on_the_same_objects_that_no_norm_counts_or_excludes_is_unclassified() -> None:
    (finding,) = found(WORDS + TOP + LEVIES + SEIZURES)

    assert (finding.verdict, finding.level) == ("violated", "warning")
    assert finding.norm == "basic article 1 norm property"
    assert "counts `Seizure` as `Deprivation`" in finding.notes[0]
    assert finding.outcome.world is not None
    assert [each.kinds for each in finding.outcome.world.events.values()] == [
        frozenset({"Seizure"})
    ]


def test_so_it_is_where_the_protection_is_a_duty_that_the_general_act_brings_about() -> None:
    duty = "when Deprivation d require some Purchase p has p.of = d.of within 3 days"

    assert fired(WORDS + edited(TOP, "forbid Deprivation d", duty) + LEVIES + SEIZURES) == [
        "Seizure"
    ]


def test_what_is_counted_or_never_counted_is_classified() -> None:
    assert fired(WORDS + TOP + LEVIES + SEIZURES + TAKES_NOTHING) == []
    counted = SEIZURES + "    norm counts count Seizure s as Deprivation.\n"
    assert fired(WORDS + TOP + LEVIES + counted) == []


def test_where_nothing_slips_through_one_finding_says_so() -> None:
    (finding,) = found(WORDS + TOP + LEVIES)

    assert (finding.verdict, finding.notes) == ("holds", ())


def test_only_what_can_lawfully_happen_is_asked_about() -> None:
    forbidden = SEIZURES + "    norm none forbid Seizure s.\n"

    assert fired(WORDS + TOP + LEVIES) == []
    assert fired(WORDS + TOP + LEVIES + forbidden) == []


def test_other_objects_and_other_classes_of_acts_are_not_asked_about() -> None:
    others = """
act others "Other acts" rank law in force from 2000-01-01 evidence read
  article 1
    norm fine permit Fine f.
    norm revocation permit Revocation r.
    norm purchase permit Purchase p.
"""
    hardship = TOP + "    norm hardship forbid Hardship h.\n"

    assert fired(WORDS + hardship + LEVIES + others) == []


def test_a_kind_is_classified_with_the_kind_above_it_and_not_the_other_way() -> None:
    part = edited(LEVIES, "count Levy l as", "count Sale l as")

    assert fired(WORDS + TOP + LEVIES) == []
    assert fired(WORDS + TOP + part) == ["Levy"]


def test_of_a_kind_and_the_kind_above_it_the_one_above_is_named() -> None:
    uncounted = edited(LEVIES, "    norm counts count Levy l as Deprivation.\n", "")
    other = SEIZURES + "    norm counts count Seizure s as Deprivation.\n"

    assert fired(WORDS + TOP + uncounted + other) == ["Levy"]


def test_what_is_said_later_classifies_what_was_before_and_what_lapses_does_not_stay() -> None:
    later = SEIZURES + TAKES_NOTHING.replace(
        "Deprivation.", "Deprivation in force from 2010-01-01."
    )
    lapsed = SEIZURES + TAKES_NOTHING.replace(
        "Deprivation.", "Deprivation in force until 2010-01-01."
    )

    assert fired(WORDS + TOP + LEVIES + later, "2006-01-01") == []
    assert fired(WORDS + TOP + LEVIES + lapsed, "2006-01-01") == []
    assert fired(WORDS + TOP + LEVIES + lapsed, "2012-01-01") == ["Seizure"]


def test_a_protection_that_is_not_in_force_speaks_of_nothing() -> None:
    until = edited(TOP, "in force from 2000-01-01", "in force from 2000-01-01 until 2004-01-01")

    assert found(WORDS + until + LEVIES + SEIZURES, "2006-01-01") == []
    assert fired(WORDS + until + LEVIES + SEIZURES) == []


def test_lint_says_what_a_bill_leaves_unclassified(project: Path) -> None:
    bill = """
bill b "A bill" rank law in force from 2020-01-01
  amend levies in article 1 insert norm seizure permit Seizure s.
"""
    (project / "law.norm").write_text(WORDS + TOP + LEVIES + bill)

    ended = amparo("lint", ".", "--bill", "law.norm")

    assert "UNCLASSIFIED (new with the bill): The basic law, article 1" in ended.out
    assert amparo("lint", ".").out.startswith("Nothing to look at")
