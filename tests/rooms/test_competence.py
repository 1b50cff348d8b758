"""Who may authorise what, on which object; what nobody may, and what several may."""

import json
from itertools import product
from pathlib import Path

import jsonschema
import pytest

import brute
import laws
from amparo.core.authority import counting_none, counting_only, demands, weighed
from amparo.verify.competence import How, matrix
from amparo.verify.competence_gaps import gaps, overlaps
from amparo.verify.finding import Finding
from amparo.verify.powers import Powers, lawful
from expect import amparo
from laws import edited

WORDS = """
vocabulary seizure
kind Person reads "a person".
kind Authority reads "an authority".
kind Judge is Authority reads "a judge".
kind Mayor is Authority reads "a mayor".
kind Officer is Authority reads "an officer".
kind Thing reads "a thing".
kind Dwelling is Thing reads "a dwelling".
kind Vessel is Thing reads "a vessel".
kind Barn is Thing reads "a barn".
event Complaint { about: Thing } reads "{about} is complained about".
official act Seizure { by: Officer, of: Thing, from: Person } reads "{by} seizes {of} from {from}".
official act Arrest { by: Officer, of: Person } reads "{by} arrests {of}".
official act Decision { by: Authority, about: Thing } reads "{by} decides on {about}".
official act Warrant { by: Authority, for: Seizure } reads "{by} issues a warrant".
official act Opening { by: Authority } reads "{by} opens a case".
"""
ACT = 'act code "The code" rank law in force from 2000-01-01 evidence read\n  article 1\n'
WARRANT = "some Warrant w has w.for = s and w before s"
BY = "some Warrant w has w.for = s and w.by is a {} and w before s"
SEIZE = f"permit Seizure s when {WARRANT}"
JUDGES = "permit Warrant w when w.by is a Judge"
MAYORS = "permit Warrant w when w.by is a Mayor"


def text(*norms: str, more: str = "") -> str:
    return (
        WORDS + ACT + "".join(f"    norm n{n} {each}.\n" for n, each in enumerate(norms, 1)) + more
    )


def table(law: str, as_of: str | None = None) -> dict[str, set[tuple[str, How]]]:
    """Return who may do what about seizures, by the class of thing."""
    found = matrix(laws.inquiry(laws.law(law), as_of), cases=False)
    return {
        row.subject.objects[0][1]: {(each.authority, each.how) for each in row.cells}
        for row in found.rows
        if row.subject.measure == "Seizure"
    }


def gap(law: str, as_of: str | None = None) -> list[Finding]:
    found = gaps(laws.inquiry(laws.law(law), as_of))
    return [each for each in found if each.verdict == "violated"]


def overlap(law: str, as_of: str | None = None) -> list[Finding]:
    found = overlaps(laws.inquiry(laws.law(law), as_of))
    return [each for each in found if each.verdict == "violated"]


# -- the matrix ------------------------------------------------------------------------------------


def test_what_needs_nobodys_act_is_done_alone() -> None:
    assert table(text("permit Seizure s")) == {"Thing": {("Officer", "alone")}}


def test_whose_act_a_permission_demands_authorises() -> None:
    assert table(text(SEIZE, JUDGES)) == {"Thing": {("Officer", "acts"), ("Judge", "authorises")}}


def test_so_does_whose_act_a_prohibition_excepts() -> None:
    law = text("permit Seizure s", f"forbid Seizure s unless {BY.format('Judge')}", JUDGES, MAYORS)

    assert table(law) == {"Thing": {("Officer", "acts"), ("Judge", "authorises")}}


def test_so_does_whose_act_is_asked_for_by_a_prohibition_of_acts_without_it() -> None:
    law = text(
        "permit Seizure s",
        "forbid Seizure s when no Warrant w has w.for = s and w.by is a Mayor and w before s",
        JUDGES,
        MAYORS,
    )

    assert table(law) == {"Thing": {("Officer", "acts"), ("Mayor", "authorises")}}


def test_the_power_to_authorise_is_needed_as_well() -> None:
    law = text(f"permit Seizure s when ({BY.format('Judge')}) or {BY.format('Mayor')}", JUDGES)

    assert table(law) == {"Thing": {("Officer", "acts"), ("Judge", "authorises")}}


def test_classes_of_things_are_told_apart_where_the_law_tells_them_apart() -> None:
    law = text(
        f"permit Seizure s when s.of is not a Vessel and {BY.format('Judge')}",
        f"permit Seizure s when s.of is a Vessel and {BY.format('Mayor')}",
        JUDGES,
        MAYORS,
    )

    assert table(law) == {
        "Thing": {("Officer", "acts"), ("Judge", "authorises")},
        "Vessel": {("Officer", "acts"), ("Mayor", "authorises")},
    }


def test_a_permission_that_rests_on_a_state_which_never_begins_authorises_nobody() -> None:
    held = "state held(x: Thing) begins with Complaint c when c.about = x and not held(x) at c.\n"
    begun = "held(s.of) and some Opening o has (o before s and not held(s.of) at o)"
    law = text(
        f"permit Seizure s when {begun} and {BY.format('Judge')}",
        f"permit Seizure s when {BY.format('Mayor')}",
        JUDGES,
        MAYORS,
        "permit Opening o",
        "forbid Complaint c",
    )
    always = edited(edited(law, " in force from 2000-01-01"), "act code", f"{held}act code")

    assert table(always) == {"Thing": {("Officer", "acts"), ("Mayor", "authorises")}}


def test_a_definition_that_demands_an_act_is_looked_into() -> None:
    defined = "    define covered(s: Seizure) means some Warrant w has w.for = s and w before s.\n"
    twice = "    define allowed(s: Seizure) means covered(s) or s.of is a Vessel.\n"
    law = text("permit Seizure s when allowed(s)", JUDGES, more=defined + twice)

    assert table(law) == {
        "Thing": {("Officer", "acts"), ("Judge", "authorises")},
        "Vessel": {("Officer", "alone")},
    }


def test_an_act_about_the_thing_authorises_and_one_about_neither_does_not() -> None:
    about = "permit Seizure s when some Decision d has d.about = s.of and d before s"
    beside = "permit Seizure s when some Opening o has o.by = s.by and o before s"

    assert table(text(about, "permit Decision d when d.by is a Mayor")) == {
        "Thing": {("Officer", "acts"), ("Mayor", "authorises")}
    }
    assert table(text(beside, "permit Opening o")) == {"Thing": {("Officer", "alone")}}


def test_two_that_are_both_needed_authorise_jointly() -> None:
    law = text(
        f"permit Seizure s when ({BY.format('Judge')}) and some Decision d has d.about = s.of"
        " and d.by is a Mayor and d before s",
        JUDGES,
        "permit Decision d",
    )

    assert table(law) == {
        "Thing": {("Officer", "acts"), ("Judge", "jointly"), ("Mayor", "jointly")}
    }


def test_what_is_done_alone_in_some_cases_may_need_an_act_in_others() -> None:
    law = text(f"permit Seizure s when (some Complaint c has c.about = s.of) or {WARRANT}", JUDGES)

    assert table(law) == {
        "Thing": {("Officer", "alone"), ("Officer", "acts"), ("Judge", "authorises")}
    }


def test_a_class_that_may_not_be_touched_has_a_row_without_cells() -> None:
    law = text("permit Seizure s", "forbid Seizure s when s.of is a Dwelling")

    assert table(law) == {"Thing": {("Officer", "alone")}, "Dwelling": set()}


def test_the_law_of_the_day_decides() -> None:
    law = text(
        f"permit Seizure s when {BY.format('Judge')} in force until 2010-01-01",
        f"permit Seizure s when {BY.format('Mayor')} in force from 2010-01-01",
        JUDGES,
        MAYORS,
    )

    assert table(law, "2009-06-01") == {"Thing": {("Officer", "acts"), ("Judge", "authorises")}}
    assert table(law, "2011-06-01") == {"Thing": {("Officer", "acts"), ("Mayor", "authorises")}}


def test_a_bill_moves_a_competence() -> None:
    bill = f"""
bill b "A bill" rank law in force from 2020-01-01
  amend code in article 1 replace norm n1 with norm n1 permit Seizure s when {BY.format("Mayor")}.
"""
    law = text(f"permit Seizure s when {BY.format('Judge')}", JUDGES, MAYORS, more=bill)

    assert table(law, "2021-01-01") == {"Thing": {("Officer", "acts"), ("Mayor", "authorises")}}


def test_every_cell_has_a_case_and_the_provisions_on_which_it_rests() -> None:
    found = matrix(laws.inquiry(laws.law(text(SEIZE, JUDGES, "permit Arrest a"))))

    cells = [each for row in found.rows for each in row.cells]
    assert [(each.authority, each.how) for each in cells] == [
        ("Officer", "acts"),
        ("Judge", "authorises"),
        ("Officer", "alone"),
    ]
    assert all(each.world is not None for each in cells)
    assert [each.relies_on for each in cells] == [
        ("code article 1 norm n1", "code article 1 norm n2"),
        ("code article 1 norm n1", "code article 1 norm n2"),
        ("code article 1 norm n3",),
    ]


def test_what_the_authorising_act_needs_is_looked_into() -> None:
    opened = "forbid Warrant w unless some Opening o has o.by = w.by and o before w"
    told = "when Opening o require some Complaint c within 3 days"

    able = matrix(laws.inquiry(laws.law(text(SEIZE, JUDGES, opened, "permit Opening o", told))))
    (row,) = (each for each in able.rows if each.subject.measure == "Seizure")
    assert [(each.authority, each.how) for each in row.cells] == [
        ("Officer", "acts"),
        ("Judge", "authorises"),
    ]
    worlds = [each.world for each in row.cells]
    assert all(
        each and any(e.kinds == {"Opening"} for e in each.events.values()) for each in worlds
    )
    assert table(text(SEIZE, JUDGES, opened)) == {}


def test_a_case_of_one_class_serves_a_narrower_one_only_where_it_is_lawful_there() -> None:
    recorded = "forbid Seizure s when s.of is a Vessel and not some Complaint c has c.about = s.of"
    law = text(SEIZE, JUDGES, recorded, "forbid Seizure s when s.of is a Barn")

    assert table(law) == {
        "Thing": {("Officer", "acts"), ("Judge", "authorises")},
        "Barn": set(),
    }


def test_a_measure_can_be_asked_about_alone(project: Path) -> None:
    (project / "law.norm").write_text(text(SEIZE, JUDGES, "permit Arrest a"))

    ended = amparo("competences", ".", "--measure", "Arrest")
    assert ended.code == 0
    assert "arrest  alone" in ended.out.lower()
    assert "seizure" not in ended.out.lower()

    ended = amparo("competences", ".", "--measure", "Arest")
    assert ended.code == 2
    assert "no measure is called `Arest`; there are Arrest, Decision, Seizure" in ended.err


def test_the_table_alone_can_be_printed(project: Path) -> None:
    (project / "law.norm").write_text(text(SEIZE, JUDGES, "permit Arrest a"))

    full, concise = amparo("competences", "."), amparo("competences", ".", "--format", "concise")

    table_, reasons, _ = full.out.partition("\nOn what it rests")
    assert reasons
    assert concise.out == table_


def test_a_version_is_told_in_its_own_words(project: Path) -> None:
    bill = f"""
bill b "A bill" rank law in force from 2020-01-01 enacted
  amend code in article 1 replace norm n1 with
    norm n1 permit Seizure s when {BY.format("Mayor")} says "Mayors let officers seize.".
"""
    judges = f'permit Seizure s when {BY.format("Judge")} says "Judges let officers seize."'
    (project / "law.norm").write_text(text(judges, JUDGES, MAYORS, more=bill))

    ended = amparo("competences", ".", "--as-of", "2021-01-01")

    assert "Mayors let officers seize." in ended.out
    assert "Judges let officers seize." not in ended.out


def test_acts_that_authorise_others_are_no_measures() -> None:
    powers = Powers(laws.inquiry(laws.law(text(SEIZE, JUDGES, "permit Arrest a"))))

    assert list(powers.measures()) == ["Seizure", "Arrest", "Decision"]
    about = "permit Seizure s when some Decision d has d.about = s.of and d before s"
    powers = Powers(laws.inquiry(laws.law(text(about, "permit Decision d"))))
    assert "Decision" not in list(powers.measures())


BASES = (
    SEIZE,
    f"permit Seizure s when {BY.format('Mayor')}",
    f"permit Seizure s when s.of is a Vessel or {BY.format('Judge')}",
    "permit Seizure s unless no Warrant w has w.for = s and w.by is a Judge",
)
BANS = (
    "forbid Arrest a",
    f"forbid Seizure s when s.of is a Vessel unless {BY.format('Mayor')}",
    "forbid Seizure s when no Warrant w has w.for = s and w.by is a Mayor",
)
POWERS = (JUDGES, "permit Warrant w when w.for.of is not a Vessel")


@pytest.mark.slow
@pytest.mark.parametrize(("basis", "ban", "power"), list(product(BASES, BANS, POWERS)))
def test_what_is_not_in_the_matrix_happens_in_no_small_world(
    basis: str, ban: str, power: str
) -> None:
    law = laws.law(text(basis, ban, power))
    shown = table(text(basis, ban, power))
    laws_of = {
        each: weighed(law, "Seizure", counting_only(law.vocabulary, each))
        for each in ("Judge", "Mayor")
    }
    without = weighed(law, "Seizure", counting_none)
    for world in brute.small_worlds(law, most=60):
        if not brute.obeyed(law, world):
            continue
        for name, event in world.events.items():
            if "Seizure" not in event.kinds:
                continue
            (thing,) = world.things[str(event.roles["of"])]
            row = shown.get(thing, shown.get("Thing", set()))
            alone = lawful(without, world, name)
            assert not alone or ("Officer", "alone") in row
            for authority, only in laws_of.items():
                if not alone and lawful(only, world, name):
                    assert (authority, "authorises") in row


# -- gaps and overlaps -----------------------------------------------------------------------------

NO_VESSELS = "permit Warrant w when w.by is a Judge and w.for.of is not a Vessel"


def test_a_measure_that_needs_an_act_which_nobody_may_do_is_a_gap() -> None:
    (found,) = gap(text(SEIZE, NO_VESSELS))

    assert (found.rule, found.level) == ("competence-gap", "warning")
    assert found.norm == "code article 1 norm n1"
    assert found.notes == (
        "`Seizure` of a vessel from a person needs an act that nobody may lawfully do",
    )
    assert gap(text(SEIZE, JUDGES)) == []


def test_nobody_at_all_is_a_gap_too() -> None:
    (found,) = gap(text(SEIZE, "permit Arrest a"))

    assert "of a thing" in found.notes[0]


def test_what_is_forbidden_or_permitted_by_nothing_is_no_gap() -> None:
    assert gap(text(SEIZE, NO_VESSELS, "forbid Seizure s when s.of is a Vessel")) == []
    silent = f"permit Seizure s when s.of is not a Vessel and {WARRANT}"
    assert gap(text(silent, NO_VESSELS)) == []


def test_another_way_to_the_measure_fills_the_gap() -> None:
    way = "permit Seizure s when s.of is a Vessel"

    assert gap(text(SEIZE, NO_VESSELS, way)) == []


def test_a_power_that_lapses_leaves_a_gap() -> None:
    law = text(SEIZE, f"{JUDGES} in force until 2010-01-01")

    assert gap(law, "2009-06-01") == []
    # A warrant of the year before still serves.
    assert gap(law, "2010-01-02") == []
    same_day = edited(law, "and w before s", "and w before s and w.on = s.on")
    assert len(gap(same_day, "2010-01-02")) == 1


def test_two_that_may_each_authorise_in_one_case_overlap() -> None:
    (found,) = overlap(text(SEIZE, JUDGES, MAYORS))

    assert (found.rule, found.level) == ("competence-overlap", "warning")
    assert found.notes == (
        "`Seizure` of a thing from a person may be authorised by a judge and by a mayor, by each "
        "without the other",
    )
    assert found.outcome.world is not None
    warrants = [e for e in found.outcome.world.events.values() if "Warrant" in e.kinds]
    assert len(warrants) == 2


def test_a_line_between_them_leaves_no_overlap() -> None:
    judges = "permit Warrant w when w.by is a Judge and w.for.of is not a Vessel"
    mayors = "permit Warrant w when w.by is a Mayor and w.for.of is a Vessel"

    assert overlap(text(SEIZE, judges, mayors)) == []
    assert overlap(text(SEIZE, JUDGES)) == []


def test_two_that_are_both_needed_do_not_overlap() -> None:
    both = f"permit Seizure s when ({BY.format('Judge')}) and {BY.format('Mayor')}"

    assert overlap(text(both, JUDGES, MAYORS)) == []


def test_an_overlap_on_a_narrower_class_alone_is_named_there() -> None:
    mayors = "permit Warrant w when w.by is a Mayor and w.for.of is a Vessel"

    (found,) = overlap(text(SEIZE, JUDGES, mayors))

    assert "of a vessel" in found.notes[0]


def test_what_authorises_is_read_off_where_it_helps_the_measure() -> None:
    law = laws.law(
        text(
            f"forbid Seizure s when {WARRANT}",
            f"permit Seizure s unless {WARRANT}",
            "permit Warrant w",
        )
    )

    assert demands(law, "Seizure") == ()
    assert len(demands(laws.law(text(SEIZE)), "Seizure")) == 1


# -- what is printed -------------------------------------------------------------------------------


def test_the_table_fits_and_says_what_its_words_mean(project: Path) -> None:
    (project / "law.norm").write_text(text(SEIZE, NO_VESSELS, "permit Arrest a"))

    ended = amparo("competences", ".", "--as-of", "2020-01-01")

    assert ended.code == 0
    assert "seizure of a thing" in ended.out
    assert max(map(len, ended.out.splitlines())) <= 100
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert "judge officer" in lines
    assert "seizure of a thing authorises sanctioned" in lines
    assert "seizure of a vessel nobody" in lines
    assert "arrest alone" in lines
    assert "authorises: its act alone lets another do it" in lines
    assert not any(line.startswith("jointly:") for line in lines)


def test_the_json_conforms_to_the_published_schema(project: Path) -> None:
    (project / "law.norm").write_text(text(SEIZE, NO_VESSELS, "permit Arrest a"))

    printed = json.loads(amparo("competences", ".", "--format", "json").out)

    published = json.loads(amparo("schema", "competences").out)
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.validate(printed, published)
    (body,) = printed["bodies"]
    assert [(row["measure"], row["objects"].get("of")) for row in body["rows"]] == [
        ("Seizure", "Thing"),
        ("Seizure", "Vessel"),
        ("Arrest", "Person"),
    ]


def test_a_law_without_measures_says_so(project: Path) -> None:
    (project / "law.norm").write_text(
        'act a "An act" rank law\n  evidence read\n  untranslated "This." because "it is so".\n'
    )

    assert "No act of authority" in amparo("competences", ".").out


def test_lint_says_what_is_wrong_with_competences(project: Path) -> None:
    (project / "law.norm").write_text(text(SEIZE, NO_VESSELS, MAYORS))

    ended = amparo("lint", ".")

    assert "SEVERAL ARE COMPETENT: The code, article 1" in ended.out
    (project / "law.norm").write_text(text(SEIZE, NO_VESSELS))
    assert "NOBODY IS COMPETENT: The code, article 1" in amparo("lint", ".").out
