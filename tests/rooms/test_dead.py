"""Dead letters: what never applies, and what could be left out; and what only seems so."""

import laws
import levies
from amparo.smt.search import Found, Proved
from amparo.verify.applicable import applicable
from amparo.verify.dead import dead, idle_instructions
from amparo.verify.finding import Finding
from levies import CODE, DECIDED, RIGHT, TOP, WORDS


def text(*lower: str, top: str = "  norm protection forbid Sale s.\n", more: str = "") -> str:
    """Return a law of norms `n1`, `n2`, ... under a protection that is no dead letter."""
    return levies.text(*lower, top=top, more=more)


def fired(law: str, as_of: str | None = None) -> dict[tuple[str, str], Finding]:
    """Return what fires, by its rule and the name of the norm with the words found idle."""
    found = dead(laws.inquiry(laws.law(law), as_of))
    return {
        (each.rule, " ".join((each.norm.removeprefix("code article 1 norm "), *each.notes))): each
        for each in found
        if each.verdict != "holds"
    }


def code(name: str) -> str:
    return f"code article 1 norm {name}"


# -- whether a norm can apply -------------------------------------------------------------------


def test_a_permission_applies_in_a_world_that_obeys_the_law_other_norms_in_any() -> None:
    law = laws.law(text("permit Levy l when l.of is a Car", "forbid Levy l when l.of is a Car"))

    result, world = applicable(laws.inquiry(law), code("n1"))
    assert (result, world) == (Proved(), None)
    result, world = applicable(laws.inquiry(law), code("n2"))
    assert isinstance(result, Found)
    assert world is not None
    assert [each.kinds for each in world.events.values()] == [frozenset({"Levy"})]


def test_a_right_applies_to_an_act_that_is_only_thought_of() -> None:
    top = RIGHT + "  norm right guarantee Appeal a when a.by = a.against.from.\n"
    never = RIGHT + "  norm right guarantee Appeal a when a.by = a.against.from and a.by != a.by.\n"
    name = "basic article 1 norm right"

    assert isinstance(applicable(laws.inquiry(laws.law(text(top=top))), name)[0], Found)
    assert applicable(laws.inquiry(laws.law(text(top=never))), name)[0] == Proved()


# -- never applies ------------------------------------------------------------------------------


def test_a_norm_whose_words_exclude_each_other_never_applies() -> None:
    found = fired(
        text(
            "permit Levy l",
            "forbid Levy l when l.of is a Car and value(l.of) < 1 KZT and value(l.of) > 2 KZT",
        )
    )

    assert list(found) == [("never-applies", "n2")]
    assert found["never-applies", "n2"].outcome.relies_on == ()
    assert "its own words" in found["never-applies", "n2"].outcome.note
    assert fired(text("permit Levy l", "forbid Levy l when l.of is a Car")) == {}


def test_a_permission_of_what_is_forbidden_never_applies_and_the_prohibition_is_named() -> None:
    found = fired(
        text(
            "permit Levy l", "permit Levy l when l.of is a Car", "forbid Levy l when l.of is a Car"
        )
    )

    assert ("never-applies", "n2") in found
    assert found["never-applies", "n2"].outcome.relies_on == (code("n3"),)
    assert "forbidden all the same" in found["never-applies", "n2"].outcome.note


def test_a_norm_over_which_another_always_prevails_never_applies() -> None:
    norms = ["permit Levy l", "forbid Levy l when l.of is a Car", "permit Levy l despite norm n2"]
    found = fired(text(*norms))

    assert found["never-applies", "n2"].outcome.relies_on == (code("n3"),)
    assert "prevails" in found["never-applies", "n2"].outcome.note
    norms[2] = f"permit Levy l when {DECIDED} despite norm n2"
    assert fired(text(*norms)) == {}


def test_a_power_that_only_a_breach_gives_rise_to_is_not_dead() -> None:
    # Every levy on a car is unlawful, so that whoever annuls one meets a breach.
    norms = ("permit Levy l", "forbid Levy l when l.of is a Car")

    assert fired(text(*norms, "permit Annulment a when a.of.of is a Car")) == {}


# -- no effect ----------------------------------------------------------------------------------


def test_a_prohibition_within_another_has_no_effect() -> None:
    found = fired(
        text(
            "permit Levy l",
            "forbid Levy l when l.of is a Car",
            "forbid Levy l when l.of is a Car and l.from is a Bailiff",
        )
    )

    assert list(found) == [("no-effect", "n3")]
    assert found["no-effect", "n3"].outcome.relies_on == (code("n2"),)
    assert found["no-effect", "n3"].outcome.note == "whatever it forbids is forbidden without it"


def test_a_prohibition_of_an_act_that_nothing_permits_has_no_effect() -> None:
    found = fired(text("permit Levy l when l.of is a Dwelling", "forbid Levy l when l.of is a Car"))

    assert "nothing permits" in found["no-effect", "n2"].outcome.note


def test_a_permission_beside_a_wider_one_has_no_effect() -> None:
    found = fired(text("permit Levy l", f"permit Levy l when {DECIDED}"))

    assert found["no-effect", "n2"].outcome.relies_on == (code("n1"),)
    assert list(found) == [("no-effect", "n2")]


def test_a_permission_that_lifts_a_prohibition_has_an_effect() -> None:
    norms = ["permit Levy l", "forbid Levy l when l.of is a Car"]

    assert fired(text(*norms, f"permit Levy l when {DECIDED} despite norm n2")) == {}
    assert ("no-effect", "n3") in fired(text(*norms, f"permit Levy l when {DECIDED}"))


def test_a_single_exception_that_changes_nothing_is_named_by_its_words() -> None:
    unless = "unless l.of is a Dwelling unless l.from is a Bailiff"
    found = fired(text("permit Levy l", f"forbid Levy l when l.of is a Car {unless}"))

    ((rule, name),) = found
    assert rule == "no-effect"
    assert "unless l.of is a Dwelling" in name


def test_a_duty_that_another_already_makes_has_no_effect() -> None:
    duty = "when Levy l require some Notice n has n.to = l.from within {} days"
    found = fired(text("permit Levy l", duty.format(3), duty.format(3)))

    assert list(found) == [("no-effect", "n2"), ("no-effect", "n3")]
    assert found["no-effect", "n3"].outcome.relies_on == (code("n2"),)


def test_a_longer_time_for_the_same_is_not_dead_for_who_has_missed_the_shorter() -> None:
    duty = "when Levy l require some Notice n has n.to = l.from within {} days"

    assert fired(text("permit Levy l", duty.format(3), duty.format(5))) == {}


def test_what_is_due_when_another_duty_was_breached_is_not_dead() -> None:
    primary = "when Levy l require some Notice n has n.to = l.from within 3 days"
    sequel = "when Levy l has no Notice n has n.to = l.from require some Annulment a has a.of = l within 9 days"

    assert fired(text("permit Levy l", "permit Annulment a", primary, sequel)) == {}


def test_what_forbids_only_who_has_already_breached_the_law_is_not_dead() -> None:
    # Whoever is told by a sale that followed an unlawful levy breaches the law again.
    sale = "forbid Sale s when some Levy l has l.of = s.of and l.of is a Car and l before s"

    assert fired(text("permit Levy l", "forbid Levy l when l.of is a Car", sale)) == {}


def test_a_counting_norm_and_a_definition_that_nothing_turns_on_have_no_effect() -> None:
    top = "  norm protection forbid Levy l when l.of is a Dwelling.\n"
    more = "  define cheap(x: Property) means value(x) < 1 KZT.\n"
    found = fired(text("permit Levy l", "count Levy l as Deprivation", top=top, more=more))

    assert {rule for rule, _ in found} == {"no-effect"}
    assert [each.outcome.note for each in found.values()] == ["nothing in the law turns on it"] * 2


def test_an_interpretation_that_secures_one_protection_has_an_effect_though_another_forbids() -> (
    None
):
    top = RIGHT + "  norm other forbid Deprivation d.\n  norm reading\n"
    top += "   interpret article 1 norm other for Deprivation d unless d.of is a Car.\n"

    assert fired(text("permit Levy l", "count Levy l as Deprivation", top=top)) == {
        key: each
        for key, each in fired(
            text("permit Levy l", "count Levy l as Deprivation", top=top)
        ).items()
        if key == ("no-effect", "basic article 1 norm other")
    }


def test_a_norm_is_judged_in_its_own_time() -> None:
    old = "permit Levy l in force until 2010-01-01"
    new = "permit Levy l in force from 2010-01-01"
    idle = "permit Levy l in force from 2015-01-01"

    assert fired(text(old, new)) == {}
    assert list(fired(text(old, new, idle))) == [("no-effect", "n3")]
    assert list(fired(text(old, new, idle), "2012-01-01")) == []


def test_what_is_dead_only_under_one_reading_is_not_dead() -> None:
    norm = "forbid Levy l when l.of is a Car and paper is {}"

    assert fired(text("permit Levy l", norm.format("formal"))) == {}


# -- instructions of a bill ---------------------------------------------------------------------

BILL = """
bill change "A change" rank law in force from 2020-05-01 evidence read
  amend code
    in article 1 replace norm n1 with
      norm n1 permit Levy l.
    in article 1 replace norm n2 with
      norm n2 forbid Levy l unless l.of is not a Car.
    in article 1 insert
      untranslated "Levies are fair." because "fairness is not modelled".
"""


def test_an_instruction_that_changes_no_case_is_found_one_that_is_not_modelled_is_not() -> None:
    norms = (f"permit Levy l when {DECIDED}", "forbid Levy l when l.of is a Car")
    asked = laws.editions(text(*norms, more=BILL))
    found = tuple(
        idle_instructions(laws.inquiry(asked.head().law), asked.instructions(), asked.variant)
    )

    assert [each.causes[0][0].instruction for each in found] == [2]
    assert {each.rule for each in found} == {"no-effect"}


def test_a_law_in_which_everything_counts_has_no_dead_letter() -> None:
    norms = (f"permit Levy l when {DECIDED}", "count Levy l as Deprivation", "permit Appeal a")

    assert (
        fired(
            f"{WORDS}{TOP}{RIGHT}{CODE}"
            + "".join(f"  norm n{number} {each}.\n" for number, each in enumerate(norms))
        )
        == {}
    )


def test_duties_after_acts_of_different_kinds_are_no_doubles() -> None:
    notice = "require some Notice n within 3 days"

    assert fired(text("permit Levy l", f"when Levy l {notice}", f"when Decision d {notice}")) == {}
