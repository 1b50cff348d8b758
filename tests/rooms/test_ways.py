"""Every distinct way in which a protection can be broken, each with a case of its own."""

import json
from pathlib import Path

import jsonschema
import pytest

import laws
from amparo.core.law import Law, NormId
from amparo.core.world import World
from amparo.explain.story import told
from amparo.report.schemas import schema
from amparo.semantics.judge import complies, violations
from amparo.verify.ask import Asking
from amparo.verify.check import check
from amparo.verify.finding import Finding
from amparo.verify.rules import DENIALS
from amparo.verify.ways import MOST_WAYS, norms_of, with_ways
from expect import amparo

WORDS = """
vocabulary home
kind Person reads "a person".
kind Property reads "a thing".
kind Dwelling is Property reads "a dwelling".
fact owns(p: Person, x: Property) reads "{x} belongs to {p}".
fact poor(p: Person) reads "{p} is poor".
open fact fair(l: Levy) reads "taking {l.of} is fair".
event Sale { of: Property, from: Person } reads "{from} sells {of}".
event Notice { of: Property } reads "a notice about {of} is sent".
official act Order { of: Property, from: Person } reads "an order is made on {of}".
official act Levy { of: Property, from: Person } reads "{of} is taken from {from}".
official act Fine { from: Person } reads "{from} is fined".
power act Appeal { by: Person, against: Levy } reads "{by} appeals against {against}".
private act Gift { by: Person, against: Levy } reads "{by} gives".
general act Deprivation { from: Person }.
"""


def text(protection: str, *norms: str, more: str = "") -> str:
    """Return a law of one protection and lower norms `n1`, `n2`, ..."""
    lower = "".join(f"  norm n{number} {each}.\n" for number, each in enumerate(norms, 1))
    return (
        f"{WORDS}act basic 'The basic law' rank constitution in force from 2000-01-01 "
        f"evidence read\n article 1\n  norm protection {protection}.\n"
        f"act code 'The code' rank law in force from 2000-01-01 evidence read\n article 1\n"
        f"{lower}{more}"
    ).replace("'", '"')


def asked(law_text: str, as_of: str | None = None) -> tuple[Law, Finding]:
    """Return a law, and the worst finding about its only protection, with every way."""
    law = laws.law(law_text)
    inquiry = laws.inquiry(law, as_of)
    found = [each for each in check(inquiry) if each.rule in _ABOUT]
    worst = next((each for each in found if each.verdict == "violated"), found[0])
    return law, told(law, with_ways(inquiry, worst))


_ABOUT = ("licensed-violation", "missing-safeguard", "denied-right", "right-without-remedy")


def ways(law_text: str, as_of: str | None = None) -> list[set[str]]:
    """Return the norms of each way found, the first case included; each replayed."""
    law, found = asked(law_text, as_of)
    norm, outcome = law.norms[found.norm], found.outcome
    assert outcome.world is not None
    denial = DENIALS.get(found.rule)
    worlds = (outcome.world, *(each.world for each in outcome.others))
    for world in worlds:
        assert complies(law, world, norm.rank) == ()
        assert violations(law, world, norm, denial)
    asking = Asking(laws.inquiry(law, as_of).read(outcome.readings), norm, denial)
    sets = [set(norms_of(asking, world)) for world in worlds]
    assert [set(each.norms) for each in outcome.others] == sets[1:]
    for position, each in enumerate(sets):
        assert not any(other <= each for other in sets[:position]), sets
    return [{_short(each) for each in norms} for norms in sets]


def _short(norm: NormId) -> str:
    return norm.rpartition(" ")[2]


def test_every_basis_of_the_breaking_act_is_a_way() -> None:
    found = ways(
        text(
            "forbid Levy l",
            "permit Levy l when l.of is a Dwelling",
            "permit Levy l when l.from is poor and l.of is not a Dwelling",
        )
    )

    assert sorted(map(sorted, found)) == [["n1"], ["n2"]]


def test_what_differs_only_in_the_facts_is_one_way() -> None:
    assert ways(
        text("forbid Levy l", "permit Levy l when l.from is poor or l.of is a Dwelling")
    ) == [{"n1"}]


def test_a_basis_that_never_applies_alone_is_no_way_of_its_own() -> None:
    found = ways(text("forbid Levy l", "permit Levy l", "permit Levy l when l.of is a Dwelling"))

    assert found == [{"n1"}]


def test_a_basis_that_breaks_nothing_is_no_way() -> None:
    found = ways(
        text(
            "forbid Levy l unless l.from is poor",
            "permit Levy l when l.of is a Dwelling",
            "permit Levy l when l.from is poor",
        )
    )

    assert found == [{"n1"}]


def test_the_acts_that_the_breaking_act_rests_on_are_told_apart_by_their_bases() -> None:
    ordered = "some Order o has o.of = l.of and o.from = l.from and o before l"
    found = ways(
        text(
            "forbid Levy l",
            f"permit Levy l when {ordered}",
            "permit Order o when o.from is poor",
            "permit Order o when o.of is a Dwelling",
        )
    )

    assert sorted(map(sorted, found)) == [["n1", "n2"], ["n1", "n3"]]


def test_another_basis_of_the_breaking_act_comes_before_another_of_what_it_rests_on() -> None:
    ordered = "some Order o has o.of = l.of and o before l"
    noted = "some Notice n has n.of = l.of and n before l"
    _, found = asked(
        text(
            "forbid Levy l",
            f"permit Levy l when not l.from is poor and {ordered}",
            f"permit Levy l when l.from is poor and ({ordered}) and {noted}",
            "permit Order o when o.of is not a Dwelling",
            "permit Order o when o.of is a Dwelling",
        )
    )

    first, second, _ = found.outcome.others
    assert "code article 1 norm n2" in first.norms
    assert "code article 1 norm n1" in second.norms


def test_every_norm_that_counts_an_act_as_the_general_one_is_a_way() -> None:
    found = ways(
        text(
            "forbid Deprivation d",
            "permit Levy l",
            "count Levy l as Deprivation when l.from is poor",
            "count Levy l as Deprivation when l.of is a Dwelling",
            "count Sale s as Deprivation",
        )
    )

    assert sorted(map(sorted, found)) == [["n1", "n2"], ["n1", "n3"]]


def test_of_a_duty_the_ways_to_its_trigger_are_told() -> None:
    found = ways(
        text(
            "when Levy l has l.of = l.of require some Notice n has n.of = l.of within 3 days",
            "permit Levy l when l.of is a Dwelling",
            "permit Levy l when l.from is poor and l.of is not a Dwelling",
        )
    )

    assert sorted(map(sorted, found)) == [["n1"], ["n2"]]


def test_of_a_right_what_closes_it_is_a_way() -> None:
    found = ways(
        text(
            "guarantee Gift g when g.by = g.against.from",
            "permit Levy l",
            "forbid Gift g when g.by is poor",
            "forbid Gift g when g.against.of is a Dwelling and not g.by is poor",
        )
    )

    assert sorted(map(sorted, found)) == [["n1", "n2"], ["n1", "n3"]]


def test_on_one_day_only_what_is_in_force_then_is_a_way() -> None:
    law = text(
        "forbid Levy l",
        "permit Levy l when l.of is a Dwelling in force until 2024-02-01",
        "permit Levy l when l.of is not a Dwelling",
    )

    assert sorted(map(sorted, ways(law, "2024-01-10"))) == [["n1"], ["n2"]]
    assert ways(law, "2024-03-10") == [{"n2"}]


def test_a_bill_and_a_later_act_open_ways() -> None:
    bill = (
        'bill wider "Wider" rank law in force from 2024-02-01\n amend code\n'
        "  in article 1 insert\n   point 7\n    norm added permit Levy l when l.from is poor\n"
        "     and l.of is a Dwelling.\n"
    )
    later = (
        'act later "L" rank law in force from 2024-02-01 evidence read\n article 1\n'
        "  norm also permit Levy l when l.of is a Dwelling and not l.from is poor.\n"
    )
    law = text("forbid Levy l", "permit Levy l when l.of is not a Dwelling", more=later + bill)

    assert sorted(map(sorted, ways(law, "2024-03-10"))) == [["added"], ["also"], ["n1"]]
    assert ways(law, "2024-01-10") == [{"n1"}]


def test_what_prevails_over_a_basis_leaves_it_no_way() -> None:
    law = text(
        "forbid Levy l",
        "permit Levy l when l.of is a Dwelling",
        "permit Levy l when l.of is not a Dwelling",
        "forbid Levy l when l.of is a Dwelling",
    )

    assert ways(law) == [{"n2"}]


def test_a_case_that_an_open_fact_rescues_is_no_way() -> None:
    found = ways(
        text(
            "forbid Levy l unless l.of is not a Dwelling and fair(l)",
            "permit Levy l when l.of is a Dwelling",
            "permit Levy l when l.of is not a Dwelling",
        )
    )

    assert found == [{"n1"}]


def test_what_rests_on_a_text_that_nobody_saw_is_no_way() -> None:
    known = ("forbid Levy l", "permit Levy l when not l.from is poor")

    assert ways(text(*known, 'unknown Levy l because "not published"')) == [{"n1"}]
    assert {"n2"} in ways(text(*known, "permit Levy l when l.from is poor"))


def test_no_more_ways_are_told_than_can_be_read() -> None:
    kinds = [f"kind Sort{number} is Property.\n" for number in range(MOST_WAYS + 4)]
    norms = [f"permit Levy l when l.of is a Sort{number}" for number in range(MOST_WAYS + 4)]
    law = text("forbid Levy l", *norms).replace("fact owns", "".join(kinds) + "fact owns", 1)

    assert len(ways(law)) == 1 + MOST_WAYS


def test_only_what_is_violated_has_ways() -> None:
    for protection in ("forbid Levy l when l.from is poor and not l.from is poor", "forbid Fine f"):
        _, found = asked(text(protection, "permit Levy l"))
        assert found.verdict == "holds"
        assert found.outcome.others == ()


def test_a_way_tells_what_is_other_than_in_the_first_case() -> None:
    _, found = asked(
        text(
            "forbid Levy l",
            "permit Levy l when l.of is a Dwelling",
            "permit Levy l when l.from is poor and l.of is not a Dwelling",
        )
    )

    (way,) = found.outcome.others
    assert way.story == (
        "The person is poor.",
        "1 January 2000: the thing is taken from the person.",
    )


@pytest.mark.parametrize("as_of", [None, "2024-03-08"])
def test_ways_are_the_same_on_every_run(as_of: str | None) -> None:
    law = text(
        "forbid Levy l", "permit Levy l when l.of is a Dwelling", "permit Levy l when poor(l.from)"
    )

    def worlds() -> list[World]:
        return [each.world for each in asked(law, as_of)[1].outcome.others]

    assert worlds() == worlds()


def test_reports_tell_every_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "law.norm").write_text(
        text(
            "forbid Levy l",
            "permit Levy l when l.of is a Dwelling",
            "permit Levy l when l.from is poor and l.of is not a Dwelling",
        )
    )

    plain = " ".join(amparo("check", "law.norm").out.split())
    assert "Another way: The person is poor. 1 January 2000: the thing is taken" in plain

    found = json.loads(amparo("check", "law.norm", "--format", "json").out)
    jsonschema.validate(found, json.loads(schema()))
    (finding,) = (each for each in found["findings"] if each["rule"] == "licensed-violation")
    (way,) = finding["outcomes"][0]["others"]
    assert [each["norm"] for each in way["norms"]] == ["n2"]
    assert way["differs"][0] == "The person is poor."
    assert way["world"]["events"]
