"""A provision explained: what it says, what it turns on, what prevails, which side it is on."""

import datetime
from pathlib import Path

import pytest

from amparo.core.law import Provision
from amparo.explain.provision import Entry, explained
from expect import amparo as run
from laws import law

LAW = """
vocabulary homes
kind Person reads "a person".
kind Court is Person reads "a court".
kind Dwelling reads "a dwelling".
fact lives_in(p: Person, d: Dwelling) reads "{p} lives in {d}".
official act Eviction { by: Person, from: Dwelling, of: Person } reads "{by} clears {from}".
event Order { by: Person, on_home: Dwelling } reads "{by} orders that {on_home} be cleared".
event Notice { to: Person } reads "{to} is told".
general act Intrusion { from: Dwelling }.
define home(d: Dwelling, p: Person) reads "{d} is the home of {p}"
  means lives_in(p, d) unless some Order o has o.on_home = d.

act charter "The charter" rank constitution in force from 2000-01-01 evidence read cites "C 1"
  article 1 "The home"
    says "The home is inviolable."
    norm no_intrusion forbid Intrusion i unless some Order o has o.on_home = i.from and o before i.

act housing "The housing act" rank law in force from 2001-01-01 evidence summary cites "H 1"
  article 1 "Eviction"
    norm eviction_counts count Eviction e as Intrusion when e.from is a Dwelling.
    norm eviction permit Eviction e when home(e.from, e.of) in force until 2010-01-01.
    norm not_in_winter forbid Eviction e when e.on < 2005-01-01 despite norm eviction.
    norm but_urgent permit Eviction e special to norm not_in_winter.
  article 2 "Notice"
    norm told when Eviction e require some Notice n has n.to = e.of within 3 days
      otherwise require some Notice n within 10 days.

act later "The later act" rank law in force from 2006-01-01 evidence inferred
  article 1
    norm none forbid Eviction e when e.of is a Court.
    norm old_cases judge Eviction e by the law on 2004-05-01 when e.on < 2007-01-01.

act decree "A decree" rank decree in force from 2003-01-01 evidence unknown
  article 1
    norm also permit Eviction e.
"""


def entries(place: Provision, on: str | None = None) -> tuple[Entry, ...]:
    day = None if on is None else datetime.date.fromisoformat(on)
    return explained(law(LAW), place, day)


def text(place: Provision) -> str:
    (entry,) = entries(place)
    return "\n".join([entry.heading, *("  " * each.depth + each.text for each in entry.lines)])


def norm(act: str, article: str, name: str) -> Provision:
    return Provision(act, article, norm=name)


def test_a_norm_is_told_with_its_condition_and_its_ground() -> None:
    said = text(norm("housing", "1", "eviction"))

    assert said.startswith("eviction permits\n")
    assert "It is in force from 2001-01-01 until 2010-01-01." in said
    assert "Its text is H 1; a summary of the text was read." in said
    assert "It permits an eviction if the dwelling is the home of the person “of”." in said


def test_what_prevails_is_a_tree_with_the_ground_of_each() -> None:
    said = text(norm("housing", "1", "eviction"))

    assert "It gives way to these where they apply, and is decided after them, in step 4:" in said
    assert (
        "  The housing act, article 1 (not in winter, forbids): "
        "it says that it applies despite this.\n"
        "    This in turn gives way to:\n"
        "      The housing act, article 1 (but urgent, permits): "
        "it is the special rule, this the general one.\n"
        "        This in turn gives way to:\n"
        "          The later act, article 1 (none, forbids): its act commenced later.\n"
    ) in said
    assert "  The later act, article 1 (none, forbids): its act commenced later." in said


def test_over_what_it_prevails_is_told_too() -> None:
    said = text(norm("later", "1", "none"))

    assert "Nothing prevails over it." in said
    assert "It prevails over:" in said
    assert "  The housing act, article 1 (eviction, permits): this act commenced later." in said
    assert "  A decree, article 1 (also, permits): this is of the higher rank." in said


def test_the_protection_does_not_stand_in_the_tree_of_the_lower_law() -> None:
    said = text(norm("housing", "1", "eviction"))
    over, _, sides = said.partition("neither rank nor time decides")

    assert "The charter" not in over
    assert "The charter, article 1 (no intrusion, forbids)." in sides


def test_a_protection_is_told_with_what_counts_and_with_the_law_below_it() -> None:
    said = text(norm("charter", "1", "no_intrusion"))

    assert "“The home is inviolable.”" in said
    assert (
        "It forbids an eviction that The housing act, article 1, counts as an intrusion."
    ) in said
    assert "  Not so if a person orders that the dwelling be cleared before the eviction." in said
    assert "It is a protection" in said
    assert "  The housing act, article 1 (eviction, permits)." in said


def test_a_duty_is_told_with_its_deadline_and_what_is_due_otherwise() -> None:
    said = text(norm("housing", "2", "told"))

    assert "After an eviction:" in said
    assert (
        "  A notice must follow within 3 days such that the person of the notice is the person “of”."
        in said
    )
    assert "When that was not done, a notice must follow within 10 days" in said


def test_what_counts_and_what_judges_is_told() -> None:
    counted = text(norm("housing", "1", "eviction_counts"))
    judged = text(norm("later", "1", "old_cases"))

    assert "An eviction counts as an intrusion by The housing act, article 1, if" in counted
    assert "An eviction is judged by the law in force on 1 May 2004 if" in judged


def test_of_one_day_only_what_is_in_force_is_told() -> None:
    place = Provision("housing", "1")

    assert len(entries(place)) == 4
    assert len(entries(place, "2012-01-01")) == 3


@pytest.fixture
def there(project: Path) -> Path:
    (project / "homes.norm").write_text(LAW)
    return project


def test_the_command_explains_a_provision_of_the_law_here(there: Path) -> None:
    ended = run("explain", "housing article 1 norm eviction")

    assert ended.code == 0
    assert ended.out.startswith("The housing act, article 1\n\n  eviction permits\n")


@pytest.mark.parametrize(
    ("citation", "said"),
    [
        ("housing article 3", "there is no `housing article 3` in this law"),
        ("housin article 1", "there is no act `housin`; did you mean `housing`?"),
        ("housing article", "is no citation"),
        ("housing point 1 article 2", "is no citation"),
    ],
)
def test_a_place_that_is_not_there_is_said_so(there: Path, citation: str, said: str) -> None:
    ended = run("explain", citation, ".")

    assert ended.code == 2
    assert said in ended.err


def test_nothing_in_force_is_said_so(there: Path) -> None:
    ended = run("explain", "housing article 1 norm eviction", ".", "--as-of", "2015-01-01")

    assert ended.code == 2
    assert "is in force on 2015-01-01" in ended.err
