"""A protection of a general act, asked about as far as each kind of act goes."""

import pytest

import laws
from amparo.verify.finding import Finding

LAW = """
vocabulary home
kind Person reads "a person".
kind Court reads "a court".
kind Thing reads "a thing".
kind Home is Thing reads "a home".
fact owns(p: Person, x: Thing) reads "{x} belongs to {p}".
fact needed(x: Thing) reads "{x} is needed in an emergency".
official act Interference { of: Thing, from: Person } reads "an authority acts on {of} of {from}".
official act Levy is Interference { under: Title } reads "{of} is taken from {from} for a debt".
official act Requisition is Interference reads "{of} of {from} is requisitioned".
event Title { against: Person } reads "a title is made against {against}".
event Decision { by: Court, for: Interference } reads "{by} decides on the measure".
general act Deprivation { act: Interference } reads "somebody is deprived".

act basic "The basic law"
  rank constitution
  in force from 2000-01-01
  evidence read
  article 1
    norm home_only_by_court
      forbid Deprivation d when d.act.of is a Home
      unless some Decision c has (c.for = d.act and c before d.act).

act code "The code"
  rank law
  in force from 2000-01-01
  evidence read
  article 1
    norm levy
      permit Levy l when some Decision c has (c.for = l and c before l).
    norm levy_deprives
      count Levy l as Deprivation { act: l }.
  article 2
    norm requisition
      permit Requisition r when needed(r.of).
    norm requisition_deprives
      count Requisition r as Deprivation { act: r }.
"""

LOOSE = """
bill loose "Levies without a decision"
  rank law
  in force from 2010-01-01
  amend code
    in article 1 replace norm levy with
      norm levy
        permit Levy l.
"""

TIGHT = """
bill tight "No requisition of homes"
  rank law
  in force from 2010-01-01
  amend code
    in article 2 norm requisition add unless r.of is a Home.
"""


def by_act(text: str) -> dict[str | None, Finding]:
    """Return the findings about the protection by the act as far as which they are."""
    found = laws.findings(text, "2020-01-01")
    return {each.act: each for each in found if each.rule == "licensed-violation"}


def test_each_kind_of_act_that_counts_has_its_own_verdict() -> None:
    found = by_act(LAW)

    assert {act: each.verdict for act, each in found.items()} == {
        "Levy": "holds",
        "Requisition": "violated",
    }
    assert found["Levy"].outcome.relies_on == ("code article 1 norm levy",)


def test_an_old_fault_of_one_act_hides_no_new_one_of_another() -> None:
    found = by_act(LAW + LOOSE)

    assert (found["Levy"].verdict, found["Levy"].status) == ("violated", "introduced")
    assert [each.instruction for each in found["Levy"].cause] == [1]
    assert found["Requisition"].status == "pre-existing"
    assert found["Requisition"].cause == ()


def test_what_became_lawful_beside_an_act_makes_its_old_fault_no_new_one() -> None:
    appeal = "power act Appeal { by: Person, against: Interference } reads 'an appeal is made'.\n"
    words = laws.edited(LAW, "event Title", appeal.replace("'", '"') + "event Title")
    appealed = "needed(r.of) and some Appeal a has (a.against.of = r.of and a before r)"
    permits = "    norm appeals\n      permit Appeal a.\n    norm requisition_deprives"
    text = laws.edited(words, "when needed(r.of)", f"when {appealed}")
    found = by_act(laws.edited(text, "    norm requisition_deprives", permits) + LOOSE)

    assert (found["Requisition"].verdict, found["Requisition"].status) == (
        "violated",
        "pre-existing",
    )


def test_a_bill_cures_one_act_whatever_stays_wrong_with_another() -> None:
    any_levy = laws.edited(LAW, "permit Levy l when some", "permit Levy l when not some")
    found = by_act(any_levy + TIGHT)

    assert (found["Requisition"].verdict, found["Requisition"].status) == ("holds", "cured")
    assert (found["Levy"].verdict, found["Levy"].status) == ("violated", "pre-existing")


def test_an_act_that_a_bill_newly_counts_is_compared_with_none_before() -> None:
    uncounted = laws.edited(LAW, "count Requisition r as", "count Levy r as")
    counting = """
bill counting "What a requisition is"
  rank law
  in force from 2010-01-01
  amend code
    in article 2 insert
      norm it_deprives
        count Requisition r as Deprivation { act: r }.
"""
    found = by_act(uncounted + counting)

    assert (found["Requisition"].verdict, found["Requisition"].status) == ("violated", "introduced")
    assert found["Levy"].status == "unchanged"


def test_where_one_kind_of_act_counts_the_protection_is_asked_whole() -> None:
    text = laws.edited(LAW, "count Requisition r as Deprivation { act: r }", "permit Requisition q")

    assert list(by_act(text)) == [None]


@pytest.mark.parametrize(("against", "verdict"), [("n.against", "holds"), ("n.other", "violated")])
def test_a_role_of_a_subkind_is_that_of_whoever_is_known_to_be_one(
    against: str, verdict: str
) -> None:
    words = "event Title { against: Person } reads"
    named = laws.edited(LAW, words, words.replace("Person", "Person, other: Person"))
    asked = """
  article 2
    norm own_title
      forbid Interference n when n is a Levy and n.under.against != n.from.
"""
    # The basic law looks at the title; the code asks for it of what may be no levy at all.
    basic = laws.edited(
        named,
        "unless some Decision c has (c.for = d.act and c before d.act).",
        f"unless d.act is a Levy and {against.replace('n.', 'd.act.under.')} = d.act.from.",
    )
    text = laws.edited(
        basic, "\n  article 2\n", asked.replace("article 2", "article 3") + "\n  article 2\n"
    )

    assert by_act(text)["Levy"].verdict == verdict
    assert by_act(text)["Requisition"].verdict == "violated"
