"""The pass into core: general acts, precedence, duties, provenance, scenarios and questions."""

import datetime

import pytest

from amparo.amend.consolidate import consolidate
from amparo.core.case import (
    ExpectAct,
    ExpectDuty,
    ExpectedOutcome,
    ExpectThat,
    Question,
    Scenario,
)
from amparo.core.condition import (
    And,
    Compare,
    Constant,
    Counted,
    Days,
    Exists,
    Holds,
    Individual,
    IsA,
    Not,
    Or,
    RoleOf,
    Variable,
)
from amparo.core.from_tree import (
    Checked,
    elaborate,
    elaborate_cases,
    elaborate_question,
    elaborate_scenario,
)
from amparo.core.law import Law, Period, Provision
from amparo.diagnostics import Rejected
from amparo.syntax import tree as surface
from amparo.syntax.parse import parse
from amparo.syntax.tree import Act, Bill, File
from amparo.text import Source

RANKS = ("constitution", "law")
WORDS = """
vocabulary home
currency KZT.
kind Person.
kind Property.
kind Dwelling is Property.
fact owns(p: Person, x: Property).
fact value(x: Property): money.
open fact fair(l: Levy).
state occupied(d: Dwelling) begins with Entry e when e.of = d.
event Entry { of: Dwelling }.
official act Levy { of: Property, from: Person }.
official act HomeLevy is Levy.
official act Arrest { thing: Property, from: Person }.
official act Notice { to: Person }.
general act Deprivation { act: Levy, of: Property }.
general act Limitation { of: Property }.
reading title "Which?" either narrow because "so" or wide because "or so".
"""
CONSTITUTION = """
act basic "The basic law" rank constitution in force from 2000-01-01 cites "B" evidence read
  article 1 "The home"
    norm no_levy forbid Deprivation d when d.of is a Dwelling unless owns(d.act.from, d.of).
"""
COUNT = """
act code "The code" rank law in force from 2001-01-01 evidence summary
  article 1
    says "What a levy is."
    norm counted count Levy l as Deprivation { act: l } when l.from owns l.of.
"""


def read(text: str) -> File:
    tree, problems = parse(Source("law.norm", text))
    assert problems == ()
    return tree


def check(text: str) -> Checked:
    tree = read(text)
    acts = [item for item in tree.items if isinstance(item, Act)]
    return elaborate("body", RANKS, [tree], acts, [])


def law(text: str) -> Law:
    return check(text).law


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(Rejected) as caught:
        check(text)
    return [(each.code, each.primary.text) for each in caught.value.diagnostics]


def code(norms: str, rank: str = "law") -> str:
    return WORDS + f'act code "C" rank {rank} in force from 2001-01-01 evidence read {norms}'


# -- general acts ------------------------------------------------------------------------------


def test_a_norm_on_a_general_act_has_one_case_for_each_counting_norm() -> None:
    found = law(WORDS + CONSTITUTION + COUNT)

    (case,) = found.norms["basic article 1 norm no_levy"].cases
    act = case.variable
    thing = RoleOf(act, "of", Individual("Property"))
    assert act.sort == Individual("Levy")
    assert case.rules == ("code article 1 norm counted",)
    assert case.condition == And((Counted(case.rules[0], act), IsA(thing, "Dwelling")))
    (exception,) = case.exceptions
    person = RoleOf(act, "from", Individual("Person"))
    assert exception.condition == Holds("owns", (person, thing))


def test_a_quantifier_over_a_general_act_is_a_choice_among_counting_norms() -> None:
    more = "norm other count HomeLevy l as Deprivation { act: l }.\n"
    text = WORDS + CONSTITUTION + COUNT + more
    norm = "norm last forbid Arrest a when some Deprivation d has d.of = a.thing."

    (case,) = law(text + norm).norms["code article 1 norm last"].cases

    assert isinstance(case.condition, Or)
    kinds = [
        each.variable.sort.kind for each in case.condition.operands if isinstance(each, Exists)
    ]
    assert kinds == ["Levy", "HomeLevy"]


def test_a_general_act_that_counts_as_another_is_expanded() -> None:
    text = code(
        "norm a count Levy l as Deprivation { act: l }. "
        "norm b count Deprivation d as Limitation. norm c forbid Limitation x."
    )

    found = law(text)

    (case,) = found.norms["code norm c"].cases
    assert case.rules == ("code norm b via code norm a",)
    count = found.counts[case.rules[0]]
    assert count.variable.sort == Individual("Levy")
    assert isinstance(count.condition, And)
    assert count.condition.operands[0] == Counted("code norm a", count.variable)
    assert count.roles == (("of", RoleOf(count.variable, "of", Individual("Property"))),)


def test_never_count_is_left_out_of_the_counting_norm() -> None:
    text = code(
        "norm a count Levy l as Deprivation { act: l }. "
        "norm b never count HomeLevy h as Deprivation when h.from owns h.of."
    )

    condition = law(text).counts["code norm a"].condition

    assert isinstance(condition, And)
    left_out = condition.operands[1]
    assert isinstance(left_out, Not)
    assert isinstance(left_out.operand, And)
    variable = law(text).counts["code norm a"].variable
    assert left_out.operand.operands[0] == IsA(Variable(variable.name, variable.sort), "HomeLevy")


@pytest.mark.parametrize(
    ("norms", "fault", "words"),
    [
        ("norm a permit Deprivation d.", "general-act-not-allowed", "Deprivation"),
        ("norm a guarantee Deprivation d.", "general-act-not-allowed", "Deprivation"),
        ("norm a when Levy l require Deprivation d within 3 days.", "general-act-not-allowed",
         "Deprivation"),
        ("norm a count Arrest a as Deprivation { of: a.thing }.", "unbound-role", "Deprivation"),
        ("norm a count Arrest a as Levy.", "wrong-category", "Levy"),
        ("norm a count Levy l as Deprivation { act: l, on_it: l }.", "unknown-role", "on_it"),
        ("norm a count Levy l as Deprivation { act: l, of: l.from }.", "wrong-sort", "l.from"),
        ("norm a forbid Dwelling d.", "wrong-category", "Dwelling"),
        ("norm a when Levy l require Notice n has n.to = l.from.", "duty-without-deadline",
         "Notice n has n.to = l.from"),
        ("norm a judge Levy l by the law on l.", "wrong-sort", "l"),
        ("norm a forbid Levy l in force from 2020-01-01 until 2020-01-01.", "period-reversed",
         "in force from 2020-01-01 until 2020-01-01"),
        ("norm a forbid Levy l in force until 1999-01-01.", "never-in-force",
         "norm a forbid Levy l in force until 1999-01-01."),
        ("norm a judge Levy l by the law on 2001-05-01. norm b interpret norm a for Levy l unless fair(l).",
         "unknown-norm", "norm a"),
    ],
)  # fmt: skip
def test_what_a_norm_cannot_say_is_underlined(norms: str, fault: str, words: str) -> None:
    assert faults(code(norms)) == [(fault, words)]


def test_counting_in_a_circle_is_a_fault() -> None:
    text = code(
        "norm a count Limitation l as Deprivation { act: l.of }. "
        "norm b count Deprivation d as Limitation."
    )

    assert "counting-cycle" in [fault for fault, _ in faults(text)]


def test_counting_that_asks_for_itself_is_a_fault() -> None:
    text = code(
        "norm a count Levy l as Deprivation { act: l } when no Deprivation d has d.of = l.of."
    )

    ((fault, _),) = faults(text)
    assert fault == "counting-cycle"


def resting(asked: str) -> str:
    """Return a law with a state that begins when ``asked``."""
    others = (
        "state vacant(d: Dwelling) begins with Entry e when not occupied(d). "
        "state watched(d: Dwelling) begins with Entry e when e.of = d.\nstate occupied"
    )
    words = WORDS.replace("when e.of = d.", f"when {asked}.").replace("state occupied", others)
    return words + code("norm n permit Levy l.").removeprefix(WORDS)


@pytest.mark.parametrize(
    "asked", ["occupied(d)", "occupied(d) at e", "vacant(d)", "watched(d) at 2030-01-01"]
)
def test_a_state_may_rest_on_what_was_so_at_the_event(asked: str) -> None:
    assert law(resting(asked)).norms


@pytest.mark.parametrize("asked", ["vacant(d) at 2030-01-01", "occupied(d) at 2030-01-01"])
def test_a_state_does_not_rest_on_itself_at_another_moment(asked: str) -> None:
    assert faults(resting(asked)) == [("state-cycle", asked)]


def test_a_state_that_rests_on_earlier_events_hides_no_definition_that_rests_on_itself() -> None:
    words = WORDS.replace(
        "begins with Entry e when e.of = d", "begins with Entry e when e.of = d and not occupied(d)"
    )
    assert words != WORDS
    norms = code("norm n permit Levy l.").removeprefix(WORDS)
    circle = "define a(p: Person) means b(p). define b(p: Person) means a(p). "

    assert law(words + norms).norms
    assert [fault for fault, _ in faults(words + circle + norms)] == ["definition-cycle"]


@pytest.mark.parametrize(
    ("norm", "misplaced"),
    [
        ("judge Levy l by the law on l.on unless fair(l)", "unless fair(l)"),
        ('unknown Levy l because "unseen" unless fair(l)', "unless fair(l)"),
        ("never count Levy l as Limitation despite code", "despite code"),
        ("forbid Levy l with effect from 2010-01-01", "with effect from 2010-01-01"),
        ("empower Levy l may be limited by law", "may be limited by law"),
    ],
)
def test_a_clause_that_would_mean_nothing_is_reported(norm: str, misplaced: str) -> None:
    assert ("misplaced-clause", misplaced) in faults(code(f"norm n {norm}."))


def test_a_protection_that_reaches_nothing_is_remarked_on() -> None:
    warnings = check(WORDS + CONSTITUTION).warnings

    assert [(each.code, each.primary.text) for each in warnings] == [
        ("reaches-nothing", "Deprivation")
    ]


def test_text_that_was_not_seen_may_permit_or_forbid() -> None:
    found = law(code('norm a unknown Levy l because "not found".'))

    permits, forbids = found.norms["code norm a: permits"], found.norms["code norm a: forbids"]
    assert (permits.modality, forbids.modality) == ("permit", "forbid")
    assert permits.unknown_text
    fact = "unknown text of code norm a: forbids"
    assert found.vocabulary.facts[fact].category == "open"
    assert forbids.cases[0].condition == Holds(fact, (forbids.cases[0].variable,))


def test_text_that_was_not_seen_may_be_known_to_be_about_some_acts_only() -> None:
    found = law(code('norm a unknown Levy l when l.of is a Dwelling because "not found".'))

    condition = found.norms["code norm a: permits"].cases[0].condition
    assert isinstance(condition, And)
    first, second = condition.operands
    assert isinstance(first, IsA)
    assert isinstance(second, Holds)


# -- duties --------------------------------------------------------------------------------------


def test_a_duty_is_a_chain_of_obligations() -> None:
    found = law(
        code(
            "norm a when Levy l require some Notice n has n.to = l.from within 3 days, "
            "otherwise require Notice m by l.on + 9 days."
        )
    )

    norm = found.norms["code norm a"]
    first, second = norm.obligations
    assert norm.modality == "require"
    assert first.deadline.duration == Days(3)
    assert second.deadline.until is not None
    assert isinstance(first.condition, Compare)
    assert first.condition.right == RoleOf(norm.cases[0].variable, "from", Individual("Person"))


# -- interpretation --------------------------------------------------------------------------------


def test_an_interpretation_adds_an_exception_to_each_case() -> None:
    text = WORDS + CONSTITUTION + COUNT
    court = (
        'act court "R" rank constitution evidence read norm meant interpret basic article 1 '
        "for Deprivation d unless d.act.from owns d.of with effect from 2010-01-01."
    )

    (case,) = law(text + court).norms["basic article 1 norm no_levy"].cases

    exception = case.exceptions[1]
    assert (exception.source, exception.start) == ("court norm meant", datetime.date(2010, 1, 1))
    assert exception.condition == case.exceptions[0].condition


def test_an_interpretation_of_another_act_is_a_fault() -> None:
    court = (
        'act court "R" rank constitution evidence read '
        "norm meant interpret basic article 1 for Arrest a unless a.from owns a.thing."
    )

    assert faults(WORDS + CONSTITUTION + COUNT + court) == [("interprets-another-act", "Arrest")]


def test_an_interpretation_of_lower_law_adds_an_exception_too() -> None:
    text = code("norm a permit Levy l. norm b interpret norm a for Levy l unless fair(l).")

    (case,) = law(text).norms["code norm a"].cases

    assert [each.source for each in case.exceptions] == ["code norm b"]


def test_an_act_of_a_lower_rank_reads_nothing_into_a_protection() -> None:
    text = WORDS + CONSTITUTION + COUNT
    ruling = (
        'act ruling "R" rank law in force from 2000-01-01 evidence read norm meant interpret basic '
        "article 1 for Deprivation d unless d.act.from owns d.of."
    )

    plain, warned = check(text), check(text + ruling)

    assert warned.law.norms == plain.law.norms
    assert [each.code for each in warned.warnings] == ["overrides-higher-rank"]


# -- precedence ------------------------------------------------------------------------------------


def defeats(text: str, norm: str) -> tuple[tuple[str, str], ...]:
    return law(text).norms[norm].defeated_by


def test_explicit_words_decide_first() -> None:
    text = code("norm a forbid Levy l. norm b permit Levy l despite norm a.")

    assert defeats(text, "code norm a") == (("code norm b", "despite"),)
    assert defeats(text, "code norm b") == ()


def test_subject_to_gives_way_to_every_norm_of_a_place() -> None:
    text = code("norm a permit Levy l subject to article 1. article 1 norm b forbid Levy l.")

    assert defeats(text, "code norm a") == (("code article 1 norm b", "subject to"),)


def test_within_an_act_nothing_prevails_unless_it_says_so() -> None:
    text = code("norm a forbid Levy l. norm b permit Levy l.")

    assert defeats(text, "code norm a") == defeats(text, "code norm b") == ()


def test_the_higher_rank_prevails() -> None:
    text = code("norm a permit Levy l.") + (
        '\nact basic "B" rank constitution in force from 1990-01-01 evidence read norm b forbid Levy l.'
    )

    assert defeats(text, "code norm a") == (("basic norm b", "rank"),)


LATER = (
    '\nact later "L" rank law in force from 2010-01-01 evidence read {0} norm b forbid Levy l{1}.'
)


def test_the_later_act_prevails_within_one_rank() -> None:
    text = code("norm a permit Levy l.") + LATER.format("", "")

    assert defeats(text, "code norm a") == (("later norm b", "later"),)


def test_explicit_words_beat_the_later_act() -> None:
    text = code("norm a permit Levy l.") + LATER.format("", " subject to code norm a")

    assert defeats(text, "later norm b") == (("code norm a", "subject to"),)
    assert defeats(text, "code norm a") == ()


def test_an_act_made_without_power_defeats_nothing() -> None:
    text = code("norm a permit Levy l in force until 2005-01-01.")
    made = LATER.format("made under code norm a.", "")

    assert defeats(text + made, "code norm a") == ()


def test_acts_that_cannot_be_the_same_do_not_compete() -> None:
    text = code("norm a permit Arrest l.") + LATER.format("", "")

    assert defeats(text, "code norm a") == ()


def test_precedence_in_a_circle_is_shown() -> None:
    text = code("norm a permit Levy l despite norm b. norm b forbid Levy l despite norm c. "
                "norm c permit Levy l despite norm d. norm d forbid Levy l despite norm a.")  # fmt: skip

    with pytest.raises(Rejected) as caught:
        check(text)

    (found,) = caught.value.diagnostics
    assert found.code == "precedence-cycle"
    assert found.primary.text == "despite norm b"
    assert found.message.count("gives way to") == 4


def test_words_that_prevail_both_ways_are_a_circle() -> None:
    text = code("norm a permit Levy l despite norm b. norm b forbid Levy l despite norm a.")

    assert [fault for fault, _ in faults(text)] == ["precedence-cycle"]


# -- provenance --------------------------------------------------------------------------------------


def test_what_a_norm_rests_on_is_inherited() -> None:
    norm = law(WORDS + CONSTITUTION + COUNT).norms["basic article 1 norm no_levy"]

    assert (norm.provenance.cites, norm.provenance.evidence) == ("B", "read")
    assert norm.period == Period(datetime.date(2000, 1, 1))
    assert norm.rank == 0


def test_titles_and_paraphrases_are_kept() -> None:
    found = law(WORDS + CONSTITUTION + COUNT)

    assert found.titles[Provision("basic", "1")] == "The home"
    assert found.titles[Provision("code", "1")] == "What a levy is."


BILL = """
bill reform "Reform" rank law in force from 2020-01-01
  amend code
    repeal article 1.
    in article 2 insert norm added permit Levy l.
"""


def test_a_norm_knows_the_instruction_that_put_it_here() -> None:
    tree = read(code("article 1 norm a forbid Levy l. article 2 norm b forbid Arrest a.\n") + BILL)
    acts = [item for item in tree.items if isinstance(item, Act)]
    bills = [item for item in tree.items if isinstance(item, Bill)]
    amended = consolidate(acts, bills).acts

    norms = elaborate("body", RANKS, [tree], amended, bills).law.norms

    assert norms["code article 2 norm added"].provenance.inserted_by == ("reform", 2)
    assert norms["code article 2 norm b"].provenance.inserted_by is None
    assert norms["code article 1 norm a"].period.end == datetime.date(2020, 1, 1)


# -- scenarios and questions ---------------------------------------------------------------------------

SCENARIO = """
scenario "A levy" law body reading title is wide
  given home: Dwelling, debtor: Person, debtor owns home, value(home) = 5_000 KZT,
    fair(levy), occupied(home).
  when levy: Levy { of: home, from: debtor, on: 2020-03-01 },
    notice: Notice { to: debtor, on: 2020-03-01 }.
  expect levy forbidden by basic article 1.
  expect not notice lawful.
  expect that debtor owns home.
"""


def cases(text: str, more: str = "") -> tuple[Scenario | Question, ...]:
    tree = read(WORDS + CONSTITUTION + COUNT + more + text)
    found = law(WORDS + CONSTITUTION + COUNT + more)
    scenarios, questions = elaborate_cases(found, [tree])
    return (*scenarios, *questions)


def test_a_scenario_is_one_world() -> None:
    (found,) = cases(SCENARIO)

    assert isinstance(found, Scenario)
    world = found.world
    assert world.things == {"home": frozenset({"Dwelling"}), "debtor": frozenset({"Person"})}
    assert world.relations == {("owns", ("debtor", "home"))}
    assert world.states == {("occupied", ("home",))}
    assert world.open_facts == {("fair", ("levy",)): True}
    assert world.attributes == {("value", ("home",)): 500_000}
    assert world.readings == found.readings == {"title": "wide"}
    assert world.closing == datetime.date(2020, 3, 1)
    assert [world.events[each].order for each in ("levy", "notice")] == [0, 1]
    assert world.events["levy"].roles == {"of": "home", "from": "debtor"}


def test_expectations_name_events_places_and_conditions() -> None:
    (found,) = cases(SCENARIO)

    assert isinstance(found, Scenario)
    debtor = Variable("debtor", Individual("Person"))
    home = Variable("home", Individual("Dwelling"))
    assert found.expectations == (
        ExpectAct("levy", "forbidden", Provision("basic", "1")),
        ExpectAct("notice", "lawful", negated=True),
        ExpectThat(Holds("owns", (debtor, home))),
    )


def test_what_an_expectation_asks_is_judged_at_the_closing_date() -> None:
    (found,) = cases(SCENARIO.replace("that debtor owns home", "that occupied(home)"))

    assert isinstance(found, Scenario)
    expected = found.expectations[-1]
    assert isinstance(expected, ExpectThat)
    assert isinstance(expected.condition, Holds)
    assert expected.condition.at == Constant(datetime.date(2020, 3, 1), "date")


@pytest.mark.parametrize(
    ("old", "new", "fault", "words"),
    [
        (", from: debtor, on", ", on", "missing-role", "levy"),
        ("of: home", "off: home, of: home", "unknown-role", "off"),
        ("of: home", "of: debtor", "wrong-sort", "debtor"),
        ("{ to: debtor, on: 2020-03-01 }", "{ to: debtor }", "date-missing", "notice"),
        ("home: Dwelling", "home: Levy", "wrong-category", "Levy"),
        ("notice: Notice", "notice: Deprivation", "wrong-category", "Deprivation"),
        ("occupied(home)", "value(home) > 5 KZT", "not-a-given", "value(home) > 5 KZT"),
        ("is wide", "is wid", "unknown-option", "wid"),
        ("law body", "law other", "unknown-body", "other"),
        ("law body", "law body bill reform", "unknown-bill", "reform"),
        ("law body", "law body as of 2020-01-01", "event-after-closing", "2020-03-01"),
        ("expect levy", "expect levi", "unknown-event", "levi"),
        ("by basic article 1", "by basic article 2", "unknown-article", "2"),
        ("by basic article 1", "by article 1", "unknown-act", "article 1"),
        (
            "levy forbidden by",
            "duty basic article 1 met. expect levy forbidden by",
            "not-a-duty",
            "basic article 1",
        ),
        ("levy forbidden by", "code secured. expect levy forbidden by", "not-a-protection", "code"),
        ("levy forbidden by", "levy secured. expect levy forbidden by", "wrong-category", "levy"),
        (
            "levy forbidden by",
            "the law cannot be obeyed because of code article 7. expect levy forbidden by",
            "unknown-article",
            "7",
        ),
    ],
)
def test_a_faulty_scenario_is_underlined(old: str, new: str, fault: str, words: str) -> None:
    with pytest.raises(Rejected) as caught:
        cases(SCENARIO.replace(old, new, 1))

    assert (fault, words) in [(d.code, d.primary.text) for d in caught.value.diagnostics]


def test_a_duty_is_expected_for_a_trigger() -> None:
    duty = "norm told when Levy l require some Notice n within 2 days."
    text = SCENARIO + "  expect duty code article 1 breached for levy.\n"

    (found,) = cases(text, duty)

    assert isinstance(found, Scenario)
    assert found.expectations[-1] == ExpectDuty(Provision("code", "1"), "breached", "levy")


def test_a_question_names_protections_causes_and_grounds() -> None:
    reform = BILL.replace("in article 2", "in article 1")
    text = reform + (
        'question "The reform" law body bill reform as of 2021-01-01 '
        "expect basic article 1 violated introduced, caused by reform in article 1, "
        "relying on code article 1 norm counted."
    )

    (found,) = cases(text)

    assert isinstance(found, Question)
    assert (found.bills, found.as_of) == (("reform",), datetime.date(2021, 1, 1))
    (outcome,) = found.outcomes
    assert isinstance(outcome, ExpectedOutcome)
    assert (outcome.protection, outcome.verdict) == (Provision("basic", "1"), "violated")
    assert outcome.caused_by == (("reform", Provision("code", "1")),)
    assert outcome.relying_on == (Provision("code", "1", norm="counted"),)


def asked(words: str) -> str:
    return f'question "Q" law body expect {words}.'


@pytest.mark.parametrize(
    ("protection", "act"),
    [
        ("basic", "Levy"),
        ("basic article 1", "Levy"),
        ("basic article 1 norm no_levy", "HomeLevy"),
        ("basic_too", "Notice"),
    ],
)
def test_a_protection_is_asked_about_as_to_one_kind_of_act(protection: str, act: str) -> None:
    more = (
        " article 2 norm too count HomeLevy h as Deprivation { act: h }."
        ' act basic_too "B" rank constitution evidence read norm told forbid Notice n. '
    )

    (found,) = cases(asked(f"{protection} for {act} violated introduced"), more)

    assert isinstance(found, Question)
    (outcome,) = found.outcomes
    assert isinstance(outcome, ExpectedOutcome)
    assert (outcome.act, outcome.verdict, outcome.status) == (act, "violated", "introduced")


@pytest.mark.parametrize(
    ("act", "code", "advice"),
    [
        ("HomeLevy", "act-not-protected", "did you mean `Levy`?"),
        ("Arrest", "act-not-protected", "known here: `Levy`"),
        ("Deprivation", "act-not-protected", "known here: `Levy`"),
        ("Levi", "unknown-kind", "did you mean `Levy`?"),
    ],
)
def test_an_act_of_which_no_protection_is_asked_is_underlined(
    act: str, code: str, advice: str
) -> None:
    with pytest.raises(Rejected) as caught:
        cases(asked(f"basic article 1 for {act} violated"))

    assert [(each.code, each.primary.text, each.help) for each in caught.value.diagnostics] == [
        (code, act, advice)
    ]


def test_one_scenario_or_question_can_be_asked_of_one_law() -> None:
    tree = read(
        WORDS + CONSTITUTION + COUNT + SCENARIO + 'question "Q" law body expect basic holds.'
    )
    found = law(WORDS + CONSTITUTION + COUNT)
    (scenario,) = [item for item in tree.items if isinstance(item, surface.Scenario)]
    (question,) = [item for item in tree.items if isinstance(item, surface.Question)]

    assert elaborate_scenario(found, scenario, [tree]).title == "A levy"
    expected = ExpectedOutcome(Provision("basic"), "holds")
    assert elaborate_question(found, question, [tree]).outcomes == (expected,)
