"""What is asked of each protection, and what comes out: one small law for each meaning."""

import datetime
import re
from dataclasses import replace

import pytest

import laws
from amparo.core.law import Period
from amparo.core.world import World
from amparo.smt.search import Budget
from amparo.verify.check import check, protections
from amparo.verify.export import export
from amparo.verify.finding import Finding
from laws import edited, finding, findings

WORDS = """
vocabulary home
currency KZT.
kind Person reads "a person".
kind Bailiff is Person reads "a bailiff".
kind Property reads "a thing".
kind Dwelling is Property reads "a dwelling".
fact owns(p: Person, x: Property) reads "{x} belongs to {p}".
fact value(x: Property): money reads "the value of {x}".
open fact fair(l: Levy) reads "taking {l.of} is fair".
open fact grave(l: Levy) reads "the cause of taking {l.of} is grave".
event Decision { of: Property, against: Person } reads "a court decides that {against} loses {of}".
event Notice { to: Person, of: Property } reads "{to} is told about {of}".
event Sale { of: Property, to: Person } reads "{of} is sold to {to}".
official act Levy { of: Property, from: Person } reads "{of} is taken from {from}".
official act Entry { into: Dwelling, by: Person } reads "{by} enters {into}".
power act Appeal { by: Person, against: Levy } reads "{by} appeals against {against}".
private act Complaint { by: Person, against: Levy } reads "{by} complains about {against}".
general act Deprivation { of: Property, from: Person }.
state holds_title(p: Person, x: Property)
  begins with Sale s when s.to = p and s.of = x
  ends with Sale s when s.of = x and not s.to = p
  reads "{p} has the title to {x}".
reading paper "Is a paper a decision?"
  either formal as written because "it says decision" or loose because "it is so used".
calendar office from 2024-01-01 until 2025-01-01 rests Saturday, Sunday.
"""
TOP = 'act basic "The basic law" rank constitution in force from 2000-01-01 evidence read\n'
CODE = 'act code "The code" rank law in force from 2000-01-01 evidence read\n'
DECIDED = "some Decision c has c.of = l.of and c.against = l.from and c before l"


def text(protection: str, *norms: str, words: str = "", more: str = "") -> str:
    """Return a law of one protection and lower norms `n1`, `n2`, ..."""
    lower = "".join(f"  norm n{number} {each}.\n" for number, each in enumerate(norms, 1))
    top = f"{TOP} article 1\n  norm protection {protection}.\n"
    return f"{WORDS}{words}{top}{CODE} article 1\n{lower}{more}"


def verdict(protection: str, *norms: str, words: str = "", as_of: str | None = None) -> str:
    return finding(text(protection, *norms, words=words), as_of).verdict


def world(found: Finding) -> World:
    assert found.outcome.world is not None
    return found.outcome.world


def code(number: int) -> str:
    return f"code article 1 norm n{number}"


# -- what breaks a protection --------------------------------------------------------------------


def test_rank_never_cures_what_the_constitution_forbids_and_a_law_permits() -> None:
    found = finding(text("forbid Levy l", "permit Levy l"))

    assert found.verdict == "violated"
    assert found.rule == "licensed-violation"
    assert [each.kinds for each in world(found).events.values()] == [frozenset({"Levy"})]


def test_a_basis_is_not_a_limit() -> None:
    protection = f"forbid Levy l when l.of is a Dwelling unless {DECIDED}"

    assert verdict(protection, f"permit Levy l when {DECIDED}") == "holds"
    assert verdict(protection, f"permit Levy l when {DECIDED}", "permit Levy l") == "violated"


def test_without_a_basis_nothing_can_happen_and_the_verdict_says_so() -> None:
    found = finding(text("forbid Levy l", "forbid Entry e"))

    assert found.verdict == "holds"
    assert found.outcome.relies_on == ()
    assert found.outcome.note == "no norm of the lower law permits any such act"


def test_an_act_that_needs_no_basis_breaks_it_unless_the_law_forbids_it() -> None:
    assert verdict("forbid Sale s", "forbid Entry e") == "violated"
    assert verdict("forbid Sale s", "forbid Sale s") == "holds"


def test_a_prohibition_of_the_lower_law_with_the_same_exception_secures() -> None:
    protection = f"forbid Levy l unless {DECIDED}"
    found = finding(text(protection, "permit Levy l", f"forbid Levy l unless {DECIDED}"))

    assert found.verdict == "holds"
    assert found.outcome.relies_on == (code(2),)
    assert len(world(found).events) == 2


def test_a_permission_that_prevails_over_the_prohibition_breaks_it() -> None:
    ban = f"forbid Levy l unless {DECIDED}"
    despite = "permit Levy l when l.of is a Dwelling despite norm n1"

    assert verdict(f"forbid Levy l unless {DECIDED}", ban, "permit Levy l", despite) == "violated"


def test_the_person_named_in_the_exception_must_be_the_one_who_is_taken_from() -> None:
    someone = "some Decision c has c.of = l.of and c before l"

    assert verdict(f"forbid Levy l unless {DECIDED}", f"permit Levy l when {DECIDED}") == "holds"
    found = finding(text(f"forbid Levy l unless {DECIDED}", f"permit Levy l when {someone}"))
    assert found.verdict == "violated"
    (decision,) = [each for each in world(found).events.values() if "Decision" in each.kinds]
    (levy,) = [each for each in world(found).events.values() if "Levy" in each.kinds]
    assert decision.roles["against"] != levy.roles["from"]


def test_what_must_come_before_is_not_secured_by_what_comes_after() -> None:
    late = edited(DECIDED, "c before l", "l before c")
    any_time = edited(DECIDED, " and c before l")

    assert verdict(f"forbid Levy l unless {DECIDED}", f"permit Levy l when {late}") == "violated"
    assert (
        verdict(f"forbid Levy l unless {DECIDED}", f"permit Levy l when {any_time}") == "violated"
    )
    assert verdict(f"forbid Levy l unless {any_time}", f"permit Levy l when {late}") == "holds"


def test_order_within_a_day_counts() -> None:
    same_day = "some Decision c has c.of = l.of and c.on = l.on"
    protection = "forbid Levy l unless some Decision c has c.of = l.of and c before l"

    assert verdict(protection, f"permit Levy l when {same_day}") == "violated"
    assert verdict(protection, f"permit Levy l when {same_day} and c before l") == "holds"


CYCLE = """
official act Sanction { of: Seizure }.
official act Seizure { by_paper: Sanction, from: Person }.
"""


def test_kinds_that_name_each_other_are_decided_either_way() -> None:
    protection = "forbid Seizure s unless s.by_paper.of = s"
    papers = "permit Sanction p"

    assert (
        verdict(protection, papers, "permit Seizure s when s.by_paper.of = s", words=CYCLE)
        == "holds"
    )
    assert (
        verdict(
            protection,
            papers,
            "permit Seizure s when s.by_paper.of.from = s.from",
            words=CYCLE,
        )
        == "violated"
    )
    chained = (
        "permit Seizure s when s.by_paper before s and s.by_paper.of.by_paper before s.by_paper"
    )
    assert verdict(protection, papers, chained, words=CYCLE) in ("violated", "unknown")


def test_at_least_two_are_two_who_differ() -> None:
    two = "at least 2 Decision c has c.of = l.of and c before l"
    one = "some Decision c has c.of = l.of and c before l"
    pair = "some Decision c has c.of = l.of and c before l and some Decision d has d.of = l.of and c before d and d before l"

    assert verdict(f"forbid Levy l unless {two}", f"permit Levy l when {one}") == "violated"
    assert verdict(f"forbid Levy l unless {two}", f"permit Levy l when {two}") == "holds"
    assert verdict(f"forbid Levy l unless {two}", f"permit Levy l when {pair}") == "holds"
    assert verdict(f"forbid Levy l unless {one}", f"permit Levy l when {two}") == "holds"


def test_every_and_no_are_told_from_some() -> None:
    every = "every Decision c has c.of = l.of"
    no = "no Decision c has c.of = l.of"

    assert verdict(f"forbid Levy l when {no}", f"permit Levy l when {every}") == "violated"
    both = f"permit Levy l when ({every}) and some Decision d"
    assert verdict(f"forbid Levy l when {no}", both) == "holds"


# -- definitions, general acts, interpretations --------------------------------------------------

ONLY = """
define sole(p: Person, d: Dwelling) means p owns d and no Dwelling e has p owns e and not e = d
  unless some Notice n has n.of = d.
"""


def test_a_definition_is_the_same_for_both_sides() -> None:
    protection = "forbid Levy l when sole(l.from, l.of)"

    assert verdict(protection, "permit Levy l unless sole(l.from, l.of)", words=ONLY) == "holds"
    assert verdict(protection, "permit Levy l", words=ONLY) == "violated"


def test_an_exception_to_a_definition_takes_out_of_it_and_puts_into_its_denial() -> None:
    told = "some Notice n has n.of = l.of"

    assert (
        verdict("forbid Levy l when sole(l.from, l.of)", f"permit Levy l when {told}", words=ONLY)
        == "holds"
    )
    assert (
        verdict(
            "forbid Levy l unless sole(l.from, l.of)",
            "permit Levy l when l.from owns l.of and no Dwelling e has l.from owns e and not e = l.of",
            words=ONLY,
        )
        == "violated"
    )
    assert (
        verdict(
            "forbid Levy l unless sole(l.from, l.of)",
            "permit Levy l when sole(l.from, l.of) and l.from owns l.of",
            words=ONLY,
        )
        == "holds"
    )


COUNT = "count Levy l as Deprivation { of: l.of, from: l.from }"


def test_a_general_act_happens_where_a_norm_counts_another_act_as_it() -> None:
    protection = "forbid Deprivation d when d.of is a Dwelling"

    uncounted = finding(text(protection, "permit Levy l"))
    assert (uncounted.verdict, uncounted.outcome.world) == ("holds", None)
    assert uncounted.outcome.note == "no norm counts any act as `Deprivation`"
    assert verdict(protection, "permit Levy l", COUNT) == "violated"
    assert verdict(protection, "permit Levy l", f"{COUNT} when l.from is a Bailiff") == "violated"
    never = "never count Levy l as Deprivation when l.of is a Dwelling"
    assert verdict(protection, "permit Levy l", COUNT, never) == "holds"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2009-12-31", "violated"), ("2010-01-01", "holds"), ("2015-01-01", "violated")],
)
def test_what_never_counts_does_so_while_the_norm_is_in_force(day: str, expected: str) -> None:
    never = "never count Levy l as Deprivation in force from 2010-01-01 until 2015-01-01"

    assert verdict("forbid Deprivation d", "permit Levy l", COUNT, never, as_of=day) == expected


def test_what_the_lower_law_does_not_count_is_relied_on_as_a_proof() -> None:
    found = finding(
        text(
            "forbid Deprivation d when d.of is a Dwelling",
            "permit Levy l",
            f"{COUNT} when not l.of is a Dwelling",
        )
    )

    assert found.verdict == "holds"
    assert found.outcome.relies_on == (code(2),)


INTERPRETED = """
act ruling "The ruling" rank constitution in force from 2010-01-01 evidence read
 article 1
  norm reads_in interpret basic article 1 norm protection for Levy l unless l.of is a Dwelling{effect}.
"""


def test_an_interpretation_reads_an_exception_into_the_protection_from_the_beginning() -> None:
    plain = text("forbid Levy l", "permit Levy l when l.of is a Dwelling")
    interpreted = plain + INTERPRETED.format(effect="")

    assert finding(plain, "2005-01-01").verdict == "violated"
    found = finding(interpreted, "2005-01-01")
    assert found.verdict == "holds"
    assert (
        "the interpretation in The ruling, article 1 has effect "
        "from the commencement of what it interprets"
    ) in found.assumptions


def test_an_interpretation_has_effect_from_the_date_it_states() -> None:
    dated = text("forbid Levy l", "permit Levy l when l.of is a Dwelling") + INTERPRETED.format(
        effect=" with effect from 2012-01-01"
    )

    assert finding(dated, "2011-12-31").verdict == "violated"
    assert finding(dated, "2012-01-01").verdict == "holds"
    found = finding(dated)
    assert found.verdict == "violated"
    assert all(each.on < datetime.date(2012, 1, 1) for each in world(found).events.values())


def test_what_a_lower_act_reads_into_the_protection_has_no_effect() -> None:
    plain = text("forbid Levy l", "permit Levy l when l.of is a Dwelling")
    ruling = INTERPRETED.format(effect="").replace("rank constitution", "rank law")

    assert finding(plain + ruling, "2015-01-01").verdict == "violated"


def test_what_is_read_into_a_permission_secures_the_protection() -> None:
    plain = text("forbid Levy l when l.of is a Dwelling", "permit Levy l")
    ruling = INTERPRETED.format(effect="").replace("basic article 1 norm protection", str(code(1)))

    assert finding(plain).verdict == "violated"
    found = finding(plain + ruling)
    assert found.verdict == "holds"
    assert set(map(str, found.outcome.relies_on)) == {
        "code article 1 norm n1",
        "ruling article 1 norm reads_in",
    }


# -- time ------------------------------------------------------------------------------------------


def test_a_norm_applies_only_to_acts_of_its_period() -> None:
    passing = text("forbid Levy l", "permit Levy l in force from 2020-01-01 until 2021-01-01")

    assert finding(passing, "2019-12-31").verdict == "holds"
    assert finding(passing, "2020-01-01").verdict == "violated"
    assert finding(passing, "2020-12-31").verdict == "violated"
    assert finding(passing, "2021-01-01").verdict == "holds"
    (event,) = world(finding(passing)).events.values()
    assert datetime.date(2020, 1, 1) <= event.on < datetime.date(2021, 1, 1)


def test_a_protection_out_of_force_is_not_asked_about() -> None:
    ended = "constitution in force from 2000-01-01 until 2010-01-01"
    old = edited(
        text("forbid Levy l", "permit Levy l"), "constitution in force from 2000-01-01", ended
    )

    assert findings(old, "2010-01-01") == ()
    (event,) = world(finding(old)).events.values()
    assert event.on < datetime.date(2010, 1, 1)


LATER = """
act later "The later act" rank law in force from 2020-01-01 evidence read
 article 1
  norm n {}.
"""


def test_the_later_of_two_acts_of_one_rank_prevails() -> None:
    banned = text("forbid Levy l", "forbid Levy l") + LATER.format("permit Levy l")
    lifted = text("forbid Levy l", "permit Levy l") + LATER.format("forbid Levy l")

    assert finding(banned, "2019-01-01").verdict == "holds"
    assert finding(banned, "2020-01-01").verdict == "violated"
    assert finding(lifted, "2019-01-01").verdict == "violated"
    assert finding(lifted, "2020-01-01").verdict == "holds"


def test_a_transition_keeps_old_acts_under_the_old_law() -> None:
    text_ = text(
        "forbid Levy l",
        "permit Levy l in force until 2020-01-01",
        "judge Levy l by the law on 2019-12-31 when some Decision c has c.of = l.of and c.on < 2020-01-01",
    )

    assert finding(text_, "2021-01-01").verdict == "violated"
    assert finding(edited(text_, "2019-12-31", "2020-06-01"), "2021-01-01").verdict == "holds"


def test_months_are_added_correctly() -> None:
    protection = "forbid Levy l unless some Notice n has l is within {} days after n"
    basis = "permit Levy l when some Notice n has l is within 1 months rounded {} after n"

    assert verdict(protection.format(31), basis.format("down")) == "holds"
    assert verdict(protection.format(30), basis.format("down")) == "violated"
    assert verdict(protection.format(31), basis.format("up")) == "holds"
    exact = "permit Levy l when some Notice n has n.on = 2024-01-31 and l.on <= n.on + 1 months rounded down and not l before n"
    assert verdict(protection.format(29), exact) == "holds"
    assert verdict(protection.format(28), exact) == "violated"


def test_working_days_are_those_of_the_calendar() -> None:
    protection = "forbid Levy l unless some Notice n has l is within {} days after n"
    basis = "permit Levy l when some Notice n has n.on = 2024-03-01 and l is within 1 working days after n"

    assert verdict(protection.format(3), basis) == "holds"
    assert verdict(protection.format(2), basis) == "violated"


def test_beyond_the_calendar_working_days_are_assumed_and_said_so() -> None:
    found = finding(
        text(
            "forbid Levy l unless some Notice n has l is within 2 days after n",
            "permit Levy l when some Notice n has n.on = 2030-03-01 and l is within 1 working days after n",
        )
    )

    assert found.verdict in ("violated", "depends")
    assert any("calendar office does not cover" in each for each in found.assumptions)


def test_states_change_hands_with_events() -> None:
    protection = "forbid Levy l unless holds_title(l.from, l.of)"

    assert verdict(protection, "permit Levy l when holds_title(l.from, l.of)") == "holds"
    sold_once = "permit Levy l when some Sale s has s.of = l.of and s.to = l.from and s before l"
    found = finding(text(protection, sold_once))
    assert found.verdict == "violated"
    assert sum("Sale" in each.kinds for each in world(found).events.values()) == 2
    last = (
        "permit Levy l when some Sale s has s.of = l.of and s.to = l.from and s before l"
        " and no Sale t has t.of = l.of and not t before s and t before l and not t = s"
    )
    assert verdict(protection, last) == "holds"


# -- amounts -----------------------------------------------------------------------------------------


def test_amounts_are_compared_exactly() -> None:
    protection = "forbid Levy l when value(l.of) < 1_000 KZT"

    assert verdict(protection, "permit Levy l when value(l.of) >= 1_000 KZT") == "holds"
    assert verdict(protection, "permit Levy l when value(l.of) > 999.99 KZT") == "holds"
    found = finding(text(protection, "permit Levy l when value(l.of) >= 999.99 KZT"))
    assert found.verdict == "violated"
    assert list(world(found).attributes.values()) == [99_999]


def test_a_parameter_has_the_value_of_the_day() -> None:
    index = "parameter mci: money = 100 KZT from 2020-01-01, = 200 KZT from 2021-01-01.\n"
    protection = "forbid Levy l when value(l.of) < 1_500 KZT"
    basis = "permit Levy l when value(l.of) >= 10 mci"

    assert verdict(protection, basis, words=index, as_of="2020-06-01") == "violated"
    assert verdict(protection, basis, words=index, as_of="2021-06-01") == "holds"
    assert verdict(protection, basis, words=index) == "violated"


def test_shares_are_fractions() -> None:
    protection = "forbid Levy l when some Property x has x = l.of and value(x) < 50 % of 200 KZT"

    assert verdict(protection, "permit Levy l when value(l.of) >= 100 KZT") == "holds"
    assert verdict(protection, "permit Levy l when value(l.of) >= 99 KZT") == "violated"


# -- what is left open --------------------------------------------------------------------------------


def test_what_only_a_person_can_decide_decides() -> None:
    found = finding(text("forbid Levy l unless fair(l)", "permit Levy l"))

    assert found.verdict == "depends"
    assert found.outcome.turns_on == ("fair",)
    assert list(world(found).open_facts.values()) == [False]
    assert any(each.startswith("left open") for each in found.assumptions)


def test_an_open_fact_that_both_texts_ask_for_is_no_way_out() -> None:
    assert verdict("forbid Levy l unless fair(l)", "permit Levy l when fair(l)") == "holds"
    assert verdict("forbid Levy l unless fair(l)", "permit Levy l when not fair(l)") == "violated"


def test_it_is_violated_where_no_answer_to_the_open_question_helps() -> None:
    found = finding(text("forbid Levy l unless fair(l) and l.from is a Bailiff", "permit Levy l"))

    assert found.verdict == "violated"
    assert found.outcome.turns_on == ()


def test_two_open_facts_may_decide_together() -> None:
    found = finding(text("forbid Levy l unless fair(l) and grave(l)", "permit Levy l"))

    assert found.verdict == "depends"
    assert set(found.outcome.turns_on) == {"fair", "grave"}


def test_a_text_that_was_not_seen_leaves_the_verdict_open() -> None:
    found = finding(text("forbid Levy l", 'unknown Levy l because "it was not published"'))

    assert found.verdict == "depends"


def test_a_text_that_was_not_seen_does_not_hide_one_that_was() -> None:
    unseen = 'unknown Levy l because "it was not published"'

    assert verdict("forbid Levy l", "permit Levy l", unseen) == "depends"
    secured = verdict(f"forbid Levy l unless {DECIDED}", f"forbid Levy l unless {DECIDED}", unseen)
    assert secured == "holds"


def test_a_text_that_was_not_seen_leaves_open_only_what_it_is_about() -> None:
    unseen = 'unknown Levy l when l.of is not a Dwelling because "it was not published"'

    assert verdict("forbid Levy l when l.of is a Dwelling", unseen) == "holds"
    assert verdict("forbid Levy l when l.of is not a Dwelling", unseen) == "depends"


READ_SO = f"forbid Levy l unless ({DECIDED} or paper is loose and some Notice n has n.of = l.of)"


def test_a_text_that_admits_two_readings_holds_if_read_so() -> None:
    found = finding(
        text(
            READ_SO.replace(f"({DECIDED} or", f"(({DECIDED}) or"),
            "permit Levy l when some Notice n has n.of = l.of",
        )
    )

    assert found.verdict == "holds-if-read-so"
    assert [(dict(each.readings), each.verdict) for each in found.outcomes] == [
        ({"paper": "formal"}, "violated"),
        ({"paper": "loose"}, "holds"),
    ]
    assert any("Is a paper a decision?" in each for each in found.assumptions)


def test_without_a_reading_as_written_the_readings_leave_it_open() -> None:
    neutral = edited(
        text(
            READ_SO.replace(f"({DECIDED} or", f"(({DECIDED}) or"),
            "permit Levy l when some Notice n has n.of = l.of",
        ),
        "formal as written because",
        "formal because",
    )

    assert finding(neutral).verdict == "depends"


def test_a_reading_on_which_nothing_turns_is_not_asked_for() -> None:
    found = finding(text("forbid Levy l", "permit Levy l"))

    assert [dict(each.readings) for each in found.outcomes] == [{}]


# -- rights and duties ----------------------------------------------------------------------------------


def test_a_right_that_the_law_gives_no_way_to_use_is_broken() -> None:
    found = finding(text("guarantee Appeal a", "permit Levy l"))

    assert found.rule == "right-without-remedy"
    assert found.verdict == "violated"


def test_a_right_is_kept_by_a_basis_for_everybody_who_has_it() -> None:
    right = "guarantee Appeal a when a.by = a.against.from"

    found = finding(text(right, "permit Levy l", "permit Appeal a"))
    assert found.verdict == "holds"
    assert found.outcome.relies_on == (code(2),)
    assert verdict(right, "permit Levy l", "permit Appeal a when a.by = a.against.from") == "holds"
    owner = "permit Appeal a when a.by owns a.against.of"
    assert verdict(right, "permit Levy l", owner) == "violated"
    banned = "forbid Appeal a when a.by is a Bailiff"
    assert verdict(right, "permit Levy l", "permit Appeal a", banned) == "violated"


def test_a_private_act_is_open_unless_it_is_forbidden() -> None:
    assert verdict("guarantee Complaint c", "permit Levy l") == "holds"
    assert verdict("guarantee Complaint c", "permit Levy l", "forbid Complaint c") == "violated"


def test_an_exception_may_rest_on_a_remedy_that_is_open() -> None:
    protection = "forbid Levy l unless Appeal is open to l.from against l"

    assert verdict(protection, "permit Levy l", "permit Appeal a") == "holds"
    assert verdict(protection, "permit Levy l") == "violated"
    assert (
        verdict(protection, "permit Levy l", "permit Appeal a when a.by is a Bailiff") == "violated"
    )
    dated = text(protection, "permit Levy l", "permit Appeal a in force until 2020-01-01")
    assert finding(dated, "2019-06-01").verdict == "holds"
    assert finding(dated, "2020-06-01").verdict == "violated"


DUTY = "when Levy l require some Notice n has n.to = l.from within {} days"


def test_a_safeguard_that_the_law_does_not_demand_is_missing() -> None:
    found = finding(text(DUTY.format(5), "permit Levy l"))

    assert found.rule == "missing-safeguard"
    assert found.verdict == "violated"


def test_a_duty_of_the_lower_law_secures_one_that_leaves_no_less_time() -> None:
    shorter = finding(text(DUTY.format(5), "permit Levy l", DUTY.format(3)))
    assert shorter.verdict == "holds"
    assert shorter.outcome.relies_on == (code(2),)
    assert verdict(DUTY.format(3), "permit Levy l", DUTY.format(5)) == "violated"
    assert verdict(DUTY.format(5), "permit Levy l", DUTY.format(5)) == "holds"


def test_a_second_duty_on_breach_of_the_first_leaves_more_time() -> None:
    chain = DUTY.format(2) + " otherwise require some Notice m has m.to = l.from within 2 days"

    assert verdict(DUTY.format(4), "permit Levy l", chain) == "holds"
    assert verdict(DUTY.format(3), "permit Levy l", chain) == "violated"
    assert verdict(chain, "permit Levy l", DUTY.format(4)) == "holds"


def test_what_is_required_to_be_there_before_is_a_condition_of_the_basis() -> None:
    before = "some Notice n has n.to = l.from and n before l"

    assert verdict(f"forbid Levy l unless {before}", "permit Levy l", DUTY.format(1)) == "violated"
    assert verdict(f"forbid Levy l unless {before}", f"permit Levy l when {before}") == "holds"


# -- bills ------------------------------------------------------------------------------------------------

BILL = """
bill change "The bill" rank law in force from 2020-01-01 evidence read
  amend code
    in article 1
      replace norm n1 with norm n1 {}.
"""


def test_a_bill_introduces_what_it_breaks_and_the_cause_is_its_instruction() -> None:
    protection = f"forbid Levy l unless {DECIDED}"
    two = BILL.format("permit Levy l") + "    in article 1 insert norm harmless permit Entry e.\n"
    found = finding(text(protection, f"permit Levy l when {DECIDED}") + two)

    assert (found.verdict, found.base_verdict, found.status) == ("violated", "holds", "introduced")
    assert [(each.bill, each.instruction) for each in found.cause] == [("change", 1)]
    assert "replace norm n1" in found.cause[0].text


def test_two_instructions_that_break_it_only_together_are_both_the_cause() -> None:
    protection = f"forbid Levy l unless {DECIDED}"
    base = text(protection, f"permit Levy l when {DECIDED}", f"forbid Levy l unless {DECIDED}")
    two = BILL.format("permit Levy l") + "    in article 1 repeal norm n2.\n"
    found = finding(base + two)

    assert found.status == "introduced"
    assert [each.instruction for each in found.cause] == [1, 2]


def test_what_was_broken_before_is_pre_existing() -> None:
    found = finding(text("forbid Levy l", "permit Levy l") + BILL.format("permit Levy k"))

    assert (found.verdict, found.base_verdict, found.status) == (
        "violated",
        "violated",
        "pre-existing",
    )
    assert found.cause == ()


def test_a_new_breach_is_not_hidden_by_an_old_one() -> None:
    found = finding(
        text("forbid Levy l", "permit Levy l when l.of is a Dwelling")
        + BILL.format("permit Levy l")
    )

    assert (found.base_verdict, found.status) == ("violated", "introduced")
    assert [each.instruction for each in found.cause] == [1]


def test_a_bill_may_cure() -> None:
    cured = finding(
        text(f"forbid Levy l unless {DECIDED}", "permit Levy l")
        + BILL.format(f"permit Levy l when {DECIDED}"),
        "2021-01-01",
    )

    assert (cured.verdict, cured.base_verdict, cured.status) == ("holds", "violated", "cured")


def test_a_bill_that_changes_nothing_changes_no_verdict() -> None:
    found = finding(
        text(f"forbid Levy l unless {DECIDED}", f"permit Levy l when {DECIDED}")
        + BILL.format(f"permit Levy l when {DECIDED}")
    )

    assert (found.verdict, found.status) == ("holds", "unchanged")


def test_the_old_text_judges_acts_before_the_bill_commences() -> None:
    amended = text("forbid Levy l", "forbid Levy l") + BILL.format("permit Levy l")

    assert finding(amended, "2019-12-31").verdict == "holds"
    assert finding(amended, "2020-01-01").verdict == "violated"
    (event,) = world(finding(amended)).events.values()
    assert event.on >= datetime.date(2020, 1, 1)


# -- what a proof relies on ---------------------------------------------------------------------------------

SECURED = (
    text(
        f"forbid Levy l when l.of is a Dwelling unless {DECIDED}",
        f"permit Levy l when {DECIDED} and l.from is a Bailiff",
        "permit Levy l when l.of is a Dwelling or not l.of is a Dwelling",
        f"forbid Levy l unless {DECIDED}",
        "permit Entry e",
        "forbid Notice n when n.to is a Bailiff",
    ),
    text(
        f"forbid Levy l when l.of is a Dwelling unless {DECIDED}",
        f"permit Levy l when {DECIDED} and l.from is a Bailiff",
        "permit Levy l unless l.of is a Dwelling",
        f"permit Levy l when {DECIDED} and value(l.of) > 5 KZT",
        "forbid Entry e",
    ),
    text(
        "guarantee Appeal a when a.against.from = a.by",
        "permit Levy l",
        "permit Appeal a when a.by is a Bailiff",
        "permit Appeal a unless a.by is a Bailiff",
        "forbid Appeal a unless a.by = a.against.from",
    ),
)


@pytest.mark.parametrize("law", SECURED)
def test_every_norm_relied_on_is_needed(law: str) -> None:
    found = finding(law)
    assert found.verdict == "holds"
    assert found.outcome.relies_on
    for norm in found.outcome.relies_on:
        name = norm.rsplit(" ", 1)[1]
        (sentence,) = re.findall(rf"  norm {name} .*\.\n", law)
        assert finding(law.replace(sentence, _given_up(sentence))).verdict != "holds", norm


def _given_up(sentence: str) -> str:
    """Return the norm that says the most harmful thing it can instead of what it says."""
    said = re.match(r"  norm (\w+) (permit|forbid) (\w+) (\w+)", sentence)
    assert said is not None
    name, modality, kind, variable = said.groups()
    if kind == "Appeal":
        # A right is taken by less permission and more prohibition.
        return "" if modality == "permit" else f"  norm {name} forbid {kind} {variable}.\n"
    return "" if modality == "forbid" else f"  norm {name} permit {kind} {variable}.\n"


def test_a_norm_that_says_nothing_of_the_matter_is_not_relied_on() -> None:
    assert finding(SECURED[0]).outcome.relies_on == (code(3),)
    assert finding(SECURED[1]).outcome.relies_on == (code(1), code(2), code(3))


# -- how the case is chosen, and what limits the search ----------------------------------------------------


def test_the_case_is_small_and_near_the_day() -> None:
    found = finding(text("forbid Levy l", "permit Levy l"), near="2023-05-08")

    (event,) = world(found).events.values()
    assert event.on == datetime.date(2023, 5, 8)
    assert len(world(found).things) == 2
    assert world(found).relations == frozenset()


def test_the_same_question_gets_the_same_answer() -> None:
    asked = text(
        f"forbid Levy l unless {DECIDED}", "permit Levy l when fair(l) or l.from owns l.of"
    )

    assert findings(asked) == findings(asked)


def test_the_gravest_case_is_told_where_it_is_asked_for() -> None:
    grave = "grave Levy g when g.of is a Dwelling.\n"
    asked = text("forbid Levy l", "permit Levy l", words=grave)

    def taken(found: Finding) -> bool:
        (event,) = world(found).events.values()
        return world(found).things[str(event.roles["of"])] == frozenset({"Dwelling"})

    assert not taken(finding(asked))
    assert taken(finding(asked, gravest=True))


def test_effort_that_does_not_suffice_is_said_and_never_holds() -> None:
    law = laws.law(SECURED[0])

    (found,) = check(replace(laws.inquiry(law), budget=Budget(effort=1)))

    assert found.verdict == "unknown"
    assert "effort" in found.outcome.note


def test_a_remedy_that_rests_on_itself_is_not_decided() -> None:
    found = finding(
        text(
            "guarantee Appeal a",
            "permit Levy l",
            "permit Appeal a when Appeal is open to a.by against a.against",
        )
    )

    assert found.verdict == "unknown"
    assert "rests on itself" in found.outcome.note


def test_only_norms_of_the_highest_rank_are_protections() -> None:
    law = laws.law(text("forbid Levy l", "forbid Entry e", "permit Levy l"))

    assert [each.id for each in protections(law, Period())] == ["basic article 1 norm protection"]


def test_each_protection_is_asked_about_by_itself() -> None:
    several = edited(
        text("forbid Levy l", "permit Levy l"),
        "norm protection forbid Levy l.",
        "norm protection forbid Levy l.\n  norm other forbid Entry e.",
    )

    assert [(each.rule, each.verdict) for each in findings(several)] == [
        ("licensed-violation", "violated"),
        ("licensed-violation", "holds"),
        ("holds-vacuously", "violated"),
    ]


@pytest.mark.parametrize("number", range(len(SECURED)))
def test_an_exported_question_says_what_to_expect(number: int) -> None:
    first, *_ = export(laws.inquiry(laws.law(SECURED[number])), protection=None)

    assert first.text.startswith("(reset)\n")
    assert "; expect: unsat\n(check-sat)" in first.text


def test_a_question_that_is_answered_with_a_case_is_exported_so() -> None:
    (asked,) = export(
        laws.inquiry(laws.law(text("forbid Levy l", "permit Levy l"))), protection="basic"
    )

    assert "(assert closed)\n; expect: sat\n(check-sat)" in asked.text
    assert not export(laws.inquiry(laws.law(SECURED[0])), protection="basic article 2")


def test_a_kind_may_be_declared_before_the_one_it_is_of() -> None:
    found = laws.finding(
        """
        vocabulary later
        official act Eviction is Measure reads "an eviction".
        official act Measure {} reads "a measure".

        act basic "Basic law" rank constitution
          norm protection forbid Eviction e.

        act code "Code" rank law
          norm basis permit Eviction e.
        """
    )

    assert found.verdict == "violated"


EXCEPTION = """
vocabulary sides
kind Person reads "a person".
official act Measure { from: Person } reads "a measure".
official act Taking is Measure { by: Person } reads "a taking".
official act Hold is Measure reads "a hold".
fact minor(p: Person) reads "{p} is a minor".
fact late(h: Hold) reads "{h} is late".
general act Loss { act: Measure, from: Person } reads "a loss".

act basic "Basic law" rank constitution
  norm taking_counts count Taking t as Loss { act: t }.
  norm hold_counts count Hold h as Loss { act: h }.
  norm protection forbid Loss l unless EXCEPTION.

act code "Code" rank law
  norm basis permit Taking t.
"""


@pytest.mark.parametrize(
    ("exception", "verdict"),
    [
        ("l.act is a Hold", "violated"),
        ("l.act is a Hold and late(l.act)", "violated"),
        ("late(l.act)", "violated"),
        ("some Hold h has h = l.act", "violated"),
        ("l.act is not a Hold", "holds"),
        ("not late(l.act)", "holds"),
        ("every Hold h has h != l.act", "holds"),
    ],
)
def test_what_one_of_several_acts_can_never_be_is_false_of_it(exception: str, verdict: str) -> None:
    """A norm about a general act is about every act that counts as it, whatever it says of others."""
    assert laws.finding(EXCEPTION.replace("EXCEPTION", exception)).verdict == verdict


def test_a_role_that_is_first_asked_of_a_subkind_is_filled_for_every_kind() -> None:
    found = laws.finding(
        """
        vocabulary roles
        kind Authority reads "an authority".
        kind Customs is Authority reads "customs".
        official act Measure { by: Authority } reads "a measure".
        official act Hold is Measure reads "a hold".
        official act Sale is Measure reads "a sale".
        general act Loss { act: Measure } reads "a loss".

        act code "Code" rank law
          norm holds permit Hold h when h.by is a Customs.
          norm sales permit Sale s when s.by is a Customs.

        act basic "Basic law" rank constitution
          norm counts count Measure m as Loss { act: m }.
          norm protection forbid Loss l.
        """
    )

    assert found.verdict == "violated"


EVACUATION = """
vocabulary evacuation
kind Home reads "a home".
official act Evacuation { from: Home } reads "{from} is evacuated".
fact for_good(e: Evacuation) reads "{e} is for good".
fact danger(h: Home) reads "{h} is in danger".
reading evacuate "May it be for good?"
  either even_so as written because "the text says no more" or for_a_time because "OTHERWISE".

act basic "Basic law" rank constitution
  norm protection forbid Evacuation e when for_good(e).

act code "Code" rank law
  norm basis permit Evacuation e when PERMITTED.
"""


@pytest.mark.parametrize(
    ("permitted", "verdict"),
    [
        # So read, people are still evacuated, for a time.
        ("danger(e.from) and (evacuate is even_so or not for_good(e))", "holds-if-read-so"),
        # So read, the norm is dead: that is no way to read it.
        ("danger(e.from) and evacuate is even_so", "depends"),
    ],
)
def test_a_reading_conforms_only_if_it_leaves_the_norm_a_case(permitted: str, verdict: str) -> None:
    assert laws.finding(EVACUATION.replace("PERMITTED", permitted)).verdict == verdict


def test_the_lawful_case_of_what_holds_tells_nothing_that_plays_no_part_in_it() -> None:
    allowed = f"permit Levy l when (fair(l) or value(l.of) > 100 KZT) and {DECIDED}"

    found = finding(text(f"forbid Levy l unless {DECIDED}", allowed))

    assert found.verdict == "holds"
    assert len(world(found).open_facts) + len(world(found).attributes) == 1
