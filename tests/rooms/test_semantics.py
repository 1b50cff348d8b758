"""What the law says in one concrete world."""

import datetime
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest

from amparo.core.case import ExpectAct, Expectation, ExpectDuty, ExpectThat, Scenario
from amparo.core.condition import (
    MOMENT,
    And,
    Attribute,
    Before,
    Compare,
    Condition,
    Constant,
    Counted,
    DateOf,
    Days,
    Defined,
    Exists,
    ForAll,
    Holds,
    Individual,
    IsA,
    Length,
    Money,
    Months,
    Not,
    OpenTo,
    Or,
    ParameterAt,
    Read,
    RoleOf,
    Scaled,
    Shifted,
    Sum,
    Truth,
    Value,
    Variable,
    WorkingDays,
)
from amparo.core.law import (
    ActInfo,
    Calendar,
    Case,
    Clause,
    Count,
    Deadline,
    Exception_,
    Fact,
    Kind,
    Law,
    Modality,
    Norm,
    Obligation,
    Opening,
    Parameter,
    Period,
    Provision,
    Reading,
    Transition,
    Vocabulary,
)
from amparo.core.world import Event, Plain, World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, governs, holds, value
from amparo.semantics.judge import Breach, Violation, complies, dues, obeyed, violations
from amparo.semantics.scenario import run
from amparo.semantics.trace import explain, reason

# -- a small vocabulary, and builders ---------------------------------------------------------

TRUE, FALSE = Truth(True), Truth(False)
ALWAYS = Period()
MONEY = Money("KZT")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def var(name: str, kind: str) -> Variable:
    return Variable(name, Individual(kind))


LEVY, NOTICE, APPEAL, DECISION = (
    var("l", "Levy"),
    var("n", "Notice"),
    var("a", "Appeal"),
    var("c", "Decision"),
)
PERSON, DWELLING = var("p", "Person"), var("d", "Dwelling")
PERSONAL = Individual("Person")
PROPER = Fact("proper", "open", (LEVY,))
FAIR = Fact("fair", "open", (LEVY,))
IN_DEBT = Fact(
    "in_debt",
    "state",
    (PERSON,),
    begins=(
        Opening(var("b", "Loan"), Compare("=", RoleOf(var("b", "Loan"), "to", PERSONAL), PERSON)),
    ),
    ends=(
        Opening(
            var("e", "Payment"), Compare("=", RoleOf(var("e", "Payment"), "by", PERSONAL), PERSON)
        ),
    ),
)
WORDS = Vocabulary(
    kinds={
        each.name: each
        for each in (
            Kind("Person", None, "thing"),
            Kind("Bailiff", "Person", "thing"),
            Kind("Property", None, "thing"),
            Kind("Dwelling", "Property", "thing"),
            Kind("Loan", None, "event", (("to", PERSONAL),)),
            Kind("Payment", None, "private act", (("by", PERSONAL),)),
            Kind("Decision", None, "event", (("of", Individual("Property")),)),
            Kind("Measure", None, "official act"),
            Kind(
                "Levy",
                "Measure",
                "official act",
                (("of", Individual("Property")), ("from", PERSONAL)),
            ),
            Kind("Notice", None, "event", (("to", PERSONAL),)),
            Kind("Apology", None, "event"),
            Kind("Appeal", None, "power act", (("by", PERSONAL), ("against", Individual("Levy")))),
            Kind("Petition", None, "power act", (("by", PERSONAL),)),
        )
    },
    facts={
        each.name: each
        for each in (
            Fact("owns", "relation", (PERSON, var("x", "Property"))),
            Fact("lives_in", "relation", (PERSON, DWELLING)),
            Fact("worth", "attribute", (var("y", "Property"),), MONEY),
            Fact("respite", "attribute", (PERSON,), "duration"),
            PROPER,
            FAIR,
            IN_DEBT,
        )
    },
    parameters={
        "mci": Parameter("mci", MONEY, ((day("2020-01-01"), 100), (day("2021-01-01"), 120)))
    },
    calendars={
        "court": Calendar(
            "court",
            day("2020-03-01"),
            day("2020-04-01"),
            frozenset({5, 6}),
            frozenset({day("2020-03-09")}),
            frozenset(),
        )
    },
    readings={"strict": Reading("strict", "how strict", (("yes", "a"), ("no", "b")))},
)


def open_fact(name: str, argument: Value = LEVY) -> Condition:
    return Holds(name, (argument,))


def norm(
    name: str,
    modality: Modality,
    variable: Variable = LEVY,
    condition: Condition = TRUE,
    rank: int = 1,
) -> Norm:
    return Norm(name, Provision("a", norm=name), modality, (Case(variable, condition),), rank)


def unless(excepted: Norm, *exceptions: Exception_ | Condition) -> Norm:
    built = [each if isinstance(each, Exception_) else Exception_(each) for each in exceptions]
    return replace(excepted, cases=(replace(excepted.cases[0], exceptions=tuple(built)),))


def yielding(defeated: Norm, *prevailing: str) -> Norm:
    return replace(defeated, defeated_by=tuple((each, "despite") for each in prevailing))


def duty(*obligations: Obligation, rank: int = 1) -> Norm:
    return replace(norm("duty", "require", rank=rank), obligations=obligations)


def law(
    *norms: Norm, transitions: tuple[Transition, ...] = (), counts: tuple[Count, ...] = ()
) -> Law:
    return Law(
        "test",
        WORDS,
        {"a": ActInfo("a", "A", 1, "law")},
        {each.id: each for each in norms},
        {each.id: each for each in counts},
        transitions=transitions,
    )


def event(name: str, kind: str, on: str = "2020-03-02", order: int = 0, **roles: Plain) -> Event:
    return Event(name, frozenset({kind}), day(on), order, roles)


def levy(name: str = "levy", on: str = "2020-03-02", order: int = 0) -> Event:
    return Event(name, frozenset({"Levy"}), day(on), order, {"of": "home", "from": "ann"})


def broken(law: Law, world: World, norm: str) -> tuple[Violation, ...]:
    return violations(law, world, law.norms[norm])


def world(*events: Event, closing: str = "2020-12-31") -> World:
    things = {
        "ann": frozenset({"Person"}),
        "bob": frozenset({"Bailiff"}),
        "home": frozenset({"Dwelling"}),
    }
    return World(things, {each.name: each for each in events}, day(closing))


def applied(norms: Law, case: World, name: str, act: str = "levy", rank: int = 0) -> bool:
    return governs(norms.norms[name], act, Context(norms, case, rank))


def true(condition: Condition, case: World, norms: Law | None = None, **binding: str) -> bool:
    return holds(condition, binding, Context(norms or law(), case))


def worth(term: Value, case: World, **binding: str) -> Plain:
    return value(term, binding, Context(law(), case))


PERMITTED = norm("permitted", "permit")

# -- what is left open ------------------------------------------------------------------------


def test_an_open_fact_that_decides_is_unspecified() -> None:
    with pytest.raises(Unspecified) as found:
        true(open_fact("proper"), world(levy()), l="levy")
    assert (found.value.kind, found.value.key) == ("open fact", ("proper", ("levy",)))


@pytest.mark.parametrize("operands", [*permutations((FALSE, open_fact("proper"), TRUE))])
def test_a_false_operand_decides_and_whatever_is_left_open(operands: tuple[Condition, ...]) -> None:
    assert not true(And(operands), world(levy()), l="levy")


@pytest.mark.parametrize("operands", [*permutations((FALSE, open_fact("proper"), TRUE))])
def test_a_true_operand_decides_or_whatever_is_left_open(operands: tuple[Condition, ...]) -> None:
    assert true(Or(operands), world(levy()), l="levy")


@pytest.mark.parametrize(
    "condition", [And((TRUE, open_fact("proper"))), Or((FALSE, open_fact("proper")))]
)
def test_an_open_operand_that_decides_is_unspecified(condition: Condition) -> None:
    with pytest.raises(Unspecified):
        true(condition, world(levy()), l="levy")


def test_one_witness_decides_a_quantifier_whatever_the_others_leave_open() -> None:
    case = replace(world(levy("l1"), levy("l2")), open_facts={("proper", ("l2",)): True})
    assert true(Exists(LEVY, open_fact("proper")), case)
    with pytest.raises(Unspecified):
        true(ForAll(LEVY, open_fact("proper")), case)


def test_at_least_two_counts_distinct_individuals() -> None:
    anyone = Exists(PERSON, TRUE, 2)
    assert true(anyone, world())
    assert not true(Exists(PERSON, TRUE, 3), world())
    assert not true(Exists(var("b", "Bailiff"), TRUE, 2), world())


def test_at_least_is_decided_when_those_left_open_cannot_change_it() -> None:
    case = replace(world(levy("l1"), levy("l2")), open_facts={("proper", ("l2",)): False})
    assert not true(Exists(LEVY, open_fact("proper"), 2), case)
    with pytest.raises(Unspecified):
        true(Exists(LEVY, open_fact("proper")), case)


# -- conditions -------------------------------------------------------------------------------


def test_a_quantifier_over_nothing_is_false_for_some_and_true_for_every() -> None:
    assert not true(Exists(NOTICE, TRUE), world())
    assert true(ForAll(NOTICE, FALSE), world())


def test_a_kind_has_the_individuals_of_its_subkinds() -> None:
    assert true(IsA(PERSON, "Person"), world(), p="bob")
    assert true(IsA(PERSON, "Bailiff"), world(), p="bob")
    assert not true(IsA(PERSON, "Bailiff"), world(), p="ann")
    assert true(IsA(LEVY, "Measure"), world(levy()), l="levy")


def test_a_relation_that_is_not_stated_is_false() -> None:
    owns = Holds("owns", (PERSON, DWELLING))
    case = replace(world(), relations=frozenset({("owns", ("ann", "home"))}))
    assert true(owns, case, p="ann", d="home")
    assert not true(owns, case, p="bob", d="home")


def test_an_argument_of_another_kind_makes_a_fact_false_even_an_open_one() -> None:
    assert not true(Holds("lives_in", (PERSON, PERSON)), world(), p="ann")
    assert not true(open_fact("proper", PERSON), world(), p="ann")


def test_an_attribute_that_is_not_stated_is_unspecified() -> None:
    term = Attribute("worth", (DWELLING,), MONEY)
    case = replace(world(), attributes={("worth", ("home",)): 500})
    assert worth(term, case, d="home") == 500
    with pytest.raises(Unspecified, match="worth"):
        worth(term, world(), d="home")


def test_a_reading_that_is_not_chosen_is_unspecified() -> None:
    assert true(Read("strict", "yes"), replace(world(), readings={"strict": "yes"}))
    assert not true(Read("strict", "no"), replace(world(), readings={"strict": "yes"}))
    with pytest.raises(Unspecified, match="strict"):
        true(Read("strict", "yes"), world())


def test_a_day_orders_events_and_order_does_within_it() -> None:
    case = world(levy("first", order=0), levy("second", order=1), levy("tie", order=1))
    before = Before(var("x", "Levy"), var("y", "Levy"))
    assert true(before, case, x="first", y="second")
    assert not true(before, case, x="second", y="first")
    assert not true(before, case, x="second", y="tie")


def test_between_an_event_and_a_date_only_the_days_count() -> None:
    case = world(levy(on="2020-03-02"))
    assert not true(Before(LEVY, Constant(day("2020-03-02"), "date")), case, l="levy")
    assert true(Before(LEVY, Constant(day("2020-03-03"), "date")), case, l="levy")
    assert not true(Before(Constant(day("2020-03-02"), "date"), LEVY), case, l="levy")


# -- values -----------------------------------------------------------------------------------


def test_arithmetic_is_exact() -> None:
    third = Scaled(Fraction(1, 3), Constant(100, MONEY), MONEY)
    assert worth(third, world()) == Fraction(100, 3)
    assert worth(Sum("+", third, Sum("+", third, third, MONEY), MONEY), world()) == 100
    assert true(Compare("<", third, Constant(34, MONEY)), world())
    assert not true(Compare("<=", Constant(34, MONEY), third), world())


def test_a_length_told_by_the_world_is_added_to_a_date_or_taken_from_it() -> None:
    respite = Attribute("respite", (PERSON,), "duration")
    case = replace(world(levy(on="2020-03-02")), attributes={("respite", ("ann",)): 3})
    later, earlier = (
        Sum("+", DateOf(LEVY), respite, "date"),
        Sum("-", DateOf(LEVY), respite, "date"),
    )

    assert worth(later, case, l="levy", p="ann") == day("2020-03-05")
    assert worth(earlier, case, l="levy", p="ann") == day("2020-02-28")


def test_a_parameter_has_the_last_value_started_by_the_day() -> None:
    term = ParameterAt("mci", DateOf(LEVY), MONEY)
    assert worth(term, world(levy(on="2020-12-31")), l="levy") == 100
    assert worth(term, world(levy(on="2021-01-01")), l="levy") == 120
    assert worth(ParameterAt("mci", LEVY, MONEY), world(levy(on="2021-01-01")), l="levy") == 120


def test_a_parameter_before_its_first_value_is_what_the_world_assumes() -> None:
    early = Constant(day("2019-12-31"), "date")
    with pytest.raises(Unspecified, match="mci"):
        worth(ParameterAt("mci", early, MONEY), world())
    assumed = replace(world(), assumed_parameters={("mci", day("2019-12-31")): 90})
    assert worth(ParameterAt("mci", early, MONEY), assumed) == 90


@pytest.mark.parametrize(
    ("duration", "backwards", "expected"),
    [
        (Days(30), False, "2020-03-31"),
        (Days(1), True, "2020-02-29"),
        (Months(1, "down"), False, "2020-04-01"),
        (WorkingDays(6, "court"), False, "2020-03-10"),
    ],
)
def test_a_date_is_shifted_by_a_duration(duration: Length, backwards: bool, expected: str) -> None:
    term = Shifted(Constant(day("2020-03-01"), "date"), duration, backwards)
    assert worth(term, world()) == day(expected)


def test_working_days_outside_the_calendar_are_what_the_world_assumes() -> None:
    term = Shifted(Constant(day("2020-05-01"), "date"), WorkingDays(2, "court"), backwards=True)
    with pytest.raises(Unspecified) as found:
        worth(term, world())
    assert found.value.key == ("court", day("2020-05-01"), -2)
    assumed = replace(world(), assumed_days={("court", day("2020-05-01"), -2): day("2020-04-29")})
    assert worth(term, assumed) == day("2020-04-29")


# -- states -----------------------------------------------------------------------------------


def loan(name: str = "loan", on: str = "2020-01-01", order: int = 0) -> Event:
    return event(name, "Loan", on, order, to="ann")


def payment(name: str = "payment", on: str = "2020-02-01", order: int = 0) -> Event:
    return event(name, "Payment", on, order, by="ann")


def in_debt(case: World, person: str = "ann") -> bool:
    return true(Holds("in_debt", (PERSON,), LEVY), case, p=person, l="levy")


def test_a_state_holds_from_the_event_that_begins_it() -> None:
    assert in_debt(world(loan(), levy()))
    assert not in_debt(world(loan(), levy()), "bob")
    assert not in_debt(world(levy(), loan(on="2020-06-01")))


def test_an_event_does_not_change_a_state_at_its_own_moment() -> None:
    assert not in_debt(world(levy(order=1), loan(on="2020-03-02", order=1)))
    assert in_debt(world(levy(order=2), loan(on="2020-03-02", order=1)))


def test_a_state_ends_and_may_begin_again() -> None:
    assert not in_debt(world(loan(), payment(), levy()))
    assert in_debt(world(loan(), payment(), loan("again", "2020-02-02"), levy()))


def test_of_simultaneous_events_the_ending_one_comes_last() -> None:
    assert not in_debt(world(loan(on="2020-02-01"), payment(on="2020-02-01"), levy()))
    assert in_debt(world(loan(on="2020-02-01", order=1), payment(on="2020-02-01"), levy()))


def test_a_state_of_the_opening_lasts_until_it_is_ended() -> None:
    opening = frozenset({("in_debt", ("ann",))})
    assert in_debt(replace(world(levy()), states=opening))
    assert not in_debt(replace(world(payment(), levy()), states=opening))
    assert in_debt(replace(world(payment(on="2020-06-01"), levy()), states=opening))


def test_what_may_have_changed_a_state_matters_only_until_it_is_settled() -> None:
    doubtful = (Opening(var("b", "Loan"), open_fact("fair", Constant("levy", Individual("Levy")))),)
    debt = replace(IN_DEBT, begins=doubtful)
    norms = replace(law(), vocabulary=replace(WORDS, facts={**WORDS.facts, "in_debt": debt}))
    owed = Holds("in_debt", (PERSON,), LEVY)
    with pytest.raises(Unspecified, match="fair"):
        true(owed, world(loan(), levy()), norms, p="ann", l="levy")
    assert not true(owed, world(loan(), payment(), levy()), norms, p="ann", l="levy")
    opening = replace(world(loan(), levy()), states=frozenset({("in_debt", ("ann",))}))
    assert true(owed, opening, norms, p="ann", l="levy")


# -- definitions and counting norms -----------------------------------------------------------


def defined(*clauses: Clause) -> Law:
    return replace(law(), definitions={"sole_home": clauses})


def clause(condition: Condition, *unless: Exception_, period: Period = ALWAYS) -> Clause:
    return Clause("c", Provision("a"), "sole_home", (PERSON, DWELLING), condition, unless, period)


def is_sole_home(norms: Law, home: str = "home") -> bool:
    return true(
        Defined("sole_home", (PERSON, DWELLING), LEVY),
        world(levy()),
        norms,
        p="ann",
        d=home,
        l="levy",
    )


def test_one_clause_of_a_definition_is_enough() -> None:
    assert is_sole_home(defined(clause(FALSE), clause(TRUE)))
    assert not is_sole_home(defined(clause(FALSE), clause(FALSE)))


def test_an_exception_takes_from_its_own_clause_only() -> None:
    excepted = clause(TRUE, Exception_(TRUE))
    assert not is_sole_home(defined(excepted))
    assert is_sole_home(defined(excepted, clause(TRUE)))


def test_a_clause_counts_only_while_in_force() -> None:
    assert is_sole_home(defined(clause(TRUE, period=Period(end=day("2020-03-03")))))
    assert not is_sole_home(defined(clause(TRUE, period=Period(end=day("2020-03-02")))))


def test_a_definition_is_false_of_individuals_of_another_kind() -> None:
    assert not is_sole_home(defined(clause(TRUE)), home="bob")


def test_a_clause_asks_what_changes_at_the_moment_the_definition_is_asked_for() -> None:
    norms = defined(clause(Holds("in_debt", (PERSON,), MOMENT)))
    case, by_date = world(loan(on="2020-03-01"), levy()), Constant(day("2020-03-01"), "date")
    dated = DateOf(LEVY)
    asked = {at: Defined("sole_home", (PERSON, DWELLING), at) for at in (LEVY, by_date, dated)}
    assert true(asked[LEVY], case, norms, p="ann", d="home", l="levy")
    assert true(asked[dated], case, norms, p="ann", d="home", l="levy")
    assert not true(asked[by_date], case, norms, p="ann", d="home")


def test_an_act_is_counted_by_a_norm_in_force_whose_condition_holds() -> None:
    rule = Count(
        "k", Provision("a"), LEVY, "Deprivation", IsA(RoleOf(LEVY, "of", PERSONAL), "Dwelling"), 1
    )
    ended = replace(rule, id="ended", period=Period(end=day("2020-01-01")))
    norms = law(counts=(rule, ended))
    assert true(Counted("k", LEVY), world(levy()), norms, l="levy")
    assert not true(Counted("ended", LEVY), world(levy()), norms, l="levy")
    assert not true(Counted("k", LEVY), world(loan()), norms, l="loan")


# -- when a norm applies ----------------------------------------------------------------------


def test_a_norm_applies_to_acts_of_its_kind_that_meet_its_condition() -> None:
    norms = law(norm("n", "forbid", condition=IsA(RoleOf(LEVY, "of", PERSONAL), "Dwelling")))
    assert applied(norms, world(levy()), "n")
    assert not applied(norms, world(loan()), "n", "loan")


def test_an_act_is_judged_by_the_law_of_its_date() -> None:
    until = replace(norm("n", "forbid"), period=Period(day("2020-03-02"), day("2020-04-01")))
    assert not applied(law(until), world(levy(on="2020-03-01")), "n")
    assert applied(law(until), world(levy(on="2020-03-02")), "n")
    assert applied(law(until), world(levy(on="2020-03-31")), "n")
    assert not applied(law(until), world(levy(on="2020-04-01")), "n")


def test_a_transition_moves_the_date_of_the_law() -> None:
    old = replace(norm("old", "forbid"), period=Period(end=day("2020-01-01")))
    move = Transition(
        "t",
        Provision("a"),
        LEVY,
        Constant(day("2019-06-01"), "date"),
        open_fact("proper"),
        Period(day("2020-01-01")),
    )
    norms = law(old, transitions=(move,))
    case = world(levy())
    assert applied(norms, replace(case, open_facts={("proper", ("levy",)): True}), "old")
    assert not applied(norms, replace(case, open_facts={("proper", ("levy",)): False}), "old")


def test_a_transition_that_is_not_in_force_moves_nothing() -> None:
    old = replace(norm("old", "forbid"), period=Period(end=day("2020-01-01")))
    later = Period(day("2020-06-01"))
    move = Transition("t", Provision("a"), LEVY, Constant(day("2019-06-01"), "date"), TRUE, later)
    assert not applied(law(old, transitions=(move,)), world(levy()), "old")


def test_an_exception_keeps_a_norm_from_applying() -> None:
    norms = law(unless(norm("n", "forbid"), open_fact("proper"), FALSE))
    assert not applied(norms, replace(world(levy()), open_facts={("proper", ("levy",)): True}), "n")
    assert applied(norms, replace(world(levy()), open_facts={("proper", ("levy",)): False}), "n")


def test_an_exception_read_in_has_effect_from_its_date() -> None:
    norms = law(unless(norm("n", "forbid"), Exception_(TRUE, "i", day("2020-03-02"))))
    assert applied(norms, world(levy(on="2020-03-01")), "n")
    assert not applied(norms, world(levy(on="2020-03-02")), "n")


def test_a_norm_left_open_is_decided_by_an_exception_that_holds() -> None:
    norms = law(unless(norm("n", "forbid", condition=open_fact("proper")), TRUE))
    assert not applied(norms, world(levy()), "n")


def test_a_norm_that_applies_defeats_and_one_that_does_not_does_not() -> None:
    defeated = yielding(norm("n", "forbid"), "p")
    assert not applied(law(defeated, norm("p", "permit")), world(levy()), "n")
    assert applied(law(defeated, norm("p", "permit", condition=FALSE)), world(levy()), "n")


def test_a_norm_that_is_itself_defeated_defeats_nothing() -> None:
    norms = law(
        yielding(norm("n", "forbid"), "p"),
        yielding(norm("p", "permit"), "f"),
        norm("f", "forbid"),
    )
    assert applied(norms, world(levy()), "n")


def test_no_norm_defeats_one_of_the_other_side() -> None:
    norms = law(yielding(norm("n", "forbid", rank=2), "p"), norm("p", "permit", rank=1))
    assert not applied(norms, world(levy()), "n", rank=0)
    assert applied(norms, world(levy()), "n", rank=1)
    assert not applied(norms, world(levy()), "n", rank=2)


# -- compliance -------------------------------------------------------------------------------


def test_nobody_breaches_a_law_that_says_nothing_of_ordinary_events() -> None:
    assert complies(law(), world(loan(), payment())) == ()


def test_a_forbidden_act_is_a_breach_even_with_a_basis() -> None:
    norms = law(norm("n", "forbid"), PERMITTED)
    assert complies(norms, world(levy())) == (Breach("forbidden", "levy", "n"),)


def test_an_official_act_without_basis_is_a_breach() -> None:
    assert complies(law(), world(levy())) == (Breach("no basis", "levy"),)
    assert complies(law(PERMITTED), world(levy())) == ()
    assert complies(law(norm("g", "guarantee")), world(levy())) == (Breach("no basis", "levy"),)


def test_a_law_is_obeyed_where_nobody_breaches_it() -> None:
    assert obeyed(law(PERMITTED), world(levy()))
    assert not obeyed(law(), world(levy()))
    assert obeyed(law(norm("f", "forbid", rank=0), PERMITTED), world(levy()))
    assert not obeyed(law(norm("f", "forbid", rank=0), PERMITTED), world(levy()), rank=-1)


def test_a_power_act_without_basis_does_not_belong_in_a_complying_world() -> None:
    appeal = event("appeal", "Appeal", by="ann", against="levy")
    assert complies(law(PERMITTED), world(levy(), appeal)) == (Breach("no basis", "appeal"),)


def test_norms_of_the_higher_side_neither_bind_nor_give_a_basis() -> None:
    assert complies(law(norm("p", "permit", rank=0)), world(levy())) == (
        Breach("no basis", "levy"),
    )
    assert complies(law(norm("f", "forbid", rank=0), PERMITTED), world(levy())) == ()
    assert complies(law(norm("f", "forbid", rank=1)), world(levy()), rank=1) == (
        Breach("no basis", "levy"),
    )


def test_unknown_text_leaves_the_act_open() -> None:
    fact = "unknown text of u: permits"
    words = replace(WORDS, facts={**WORDS.facts, fact: Fact(fact, "open", (LEVY,))})
    unknown = replace(norm("u", "permit", condition=Holds(fact, (LEVY,))), unknown_text=True)
    norms = replace(law(unknown), vocabulary=words)
    with pytest.raises(Unspecified, match="unknown text of u"):
        complies(norms, world(levy()))
    assert complies(norms, replace(world(levy()), open_facts={(fact, ("levy",)): True})) == ()


# -- duties -----------------------------------------------------------------------------------


def within(count: int, kind: str = "Notice") -> Obligation:
    return Obligation(var(f"o_{kind}", kind), TRUE, Deadline(Days(count)))


NOTIFY = law(PERMITTED, duty(within(3)))
CHAIN = law(PERMITTED, duty(within(3), within(5, "Apology")))


def notice(on: str, order: int = 0) -> Event:
    return event("notice", "Notice", on, order, to="ann")


def states(norms: Law, case: World) -> list[str]:
    return [due.state for due in dues(norms.norms["duty"], "levy", Context(norms, case))]


@pytest.mark.parametrize("on", ["2020-03-02", "2020-03-05"])
def test_a_duty_is_met_from_the_day_of_the_trigger_to_the_last_day(on: str) -> None:
    assert states(NOTIFY, world(levy(order=1), notice(on))) == ["met"]
    assert complies(NOTIFY, world(levy(order=1), notice(on))) == ()


@pytest.mark.parametrize("on", ["2020-03-01", "2020-03-06"])
def test_a_duty_is_breached_by_an_event_too_early_or_too_late(on: str) -> None:
    assert states(NOTIFY, world(levy(), notice(on))) == ["missed"]
    assert complies(NOTIFY, world(levy(), notice(on))) == (Breach("duty", "levy", "duty"),)


def test_a_duty_is_pending_until_its_last_day_is_over() -> None:
    assert states(NOTIFY, world(levy(), closing="2020-03-04")) == ["pending"]
    assert complies(NOTIFY, world(levy(), closing="2020-03-04")) == ()
    assert states(NOTIFY, world(levy(), closing="2020-03-05")) == ["missed"]


def test_a_duty_may_name_its_last_day() -> None:
    last = Deadline(until=Shifted(DateOf(LEVY), Days(1)))
    norms = law(duty(Obligation(NOTICE, TRUE, last)))
    assert states(norms, world(levy(), notice("2020-03-03"))) == ["met"]
    assert states(norms, world(levy(), notice("2020-03-04"))) == ["missed"]


def test_what_meets_a_duty_may_depend_on_the_trigger() -> None:
    to_debtor = Compare("=", RoleOf(NOTICE, "to", PERSONAL), RoleOf(LEVY, "from", PERSONAL))
    norms = law(duty(Obligation(NOTICE, to_debtor, Deadline(Days(3)))))
    wrong = event("notice", "Notice", to="bob")
    assert states(norms, world(levy(), notice("2020-03-03"))) == ["met"]
    assert states(norms, world(levy(), wrong)) == ["missed"]


def test_what_is_due_otherwise_counts_from_the_missed_day() -> None:
    apology = event("apology", "Apology", "2020-03-10")
    late = event("apology", "Apology", "2020-03-11")
    assert states(CHAIN, world(levy(), apology)) == ["missed", "met"]
    assert complies(CHAIN, world(levy(), apology)) == ()
    assert states(CHAIN, world(levy(), closing="2020-03-09")) == ["missed", "pending"]
    assert complies(CHAIN, world(levy(), closing="2020-03-09")) == ()
    assert states(CHAIN, world(levy(), late)) == ["missed", "missed"]
    assert complies(CHAIN, world(levy(), late)) == (Breach("duty", "levy", "duty"),)


def test_nothing_is_due_otherwise_when_the_duty_is_met() -> None:
    assert states(CHAIN, world(levy(), notice("2020-03-03"))) == ["met"]


# -- what is open to somebody -----------------------------------------------------------------

OPEN = OpenTo("Appeal", PERSON, LEVY)
APPEALED = RoleOf(APPEAL, "against", Individual("Levy"))


def may_appeal(condition: Condition = TRUE, rank: int = 1) -> Norm:
    return norm("may_appeal", "permit", APPEAL, condition, rank=rank)


def is_open(norms: Law, case: World | None = None, person: str = "ann") -> bool:
    return true(OPEN, case or world(levy()), norms, p=person, l="levy")


def test_a_remedy_is_open_where_lower_law_gives_a_basis() -> None:
    assert is_open(law(may_appeal()))
    assert not is_open(law())
    assert not is_open(law(may_appeal(rank=0)))


def test_a_remedy_that_lower_law_forbids_is_not_open() -> None:
    assert not is_open(law(may_appeal(), norm("barred", "forbid", APPEAL)))
    assert is_open(law(may_appeal(), norm("barred", "forbid", APPEAL, rank=0)))


def test_a_remedy_is_open_to_those_whom_its_basis_names() -> None:
    debtor = Compare("=", RoleOf(APPEAL, "by", PERSONAL), RoleOf(APPEALED, "from", PERSONAL))
    assert is_open(law(may_appeal(debtor)), person="ann")
    assert not is_open(law(may_appeal(debtor)), person="bob")


def test_a_remedy_is_judged_straight_after_the_act() -> None:
    after = Before(APPEALED, APPEAL)
    decided = Exists(DECISION, Before(DECISION, APPEAL))
    decision = event("decision", "Decision", order=1, of="home")
    assert is_open(law(may_appeal(after)))
    assert not is_open(law(may_appeal(decided)), world(levy(order=0), decision))
    assert is_open(law(may_appeal(decided)), world(levy(order=1), decision))


def test_an_imagined_remedy_is_no_event_of_the_world() -> None:
    assert not is_open(law(may_appeal(Exists(APPEAL, TRUE))))


def test_a_remedy_is_not_open_to_what_cannot_fill_its_roles() -> None:
    assert not is_open(law(may_appeal()), person="home")


# -- protections ------------------------------------------------------------------------------


def test_a_prohibition_is_broken_by_each_act_it_applies_to() -> None:
    norms = law(unless(norm("home", "forbid", rank=0), Exists(DECISION, Before(DECISION, LEVY))))
    decision = event("decision", "Decision", "2020-04-01", of="home")
    case = world(levy("early"), decision, levy("late", "2020-05-01"))
    assert broken(norms, case, "home") == (Violation("home", "early"),)


def test_lower_law_cannot_lift_a_protection() -> None:
    norms = law(yielding(norm("home", "forbid", rank=0), "permitted"), PERMITTED)
    assert broken(norms, world(levy()), "home") == (Violation("home", "levy"),)


def test_a_higher_norm_of_the_same_side_lifts_a_protection() -> None:
    norms = law(yielding(norm("home", "forbid", rank=0), "p"), norm("p", "permit", rank=0))
    assert broken(norms, world(levy()), "home") == ()


def test_a_duty_of_higher_law_is_broken_when_it_ends_unmet() -> None:
    norms = law(duty(within(3), rank=0))
    assert broken(norms, world(levy()), "duty") == (Violation("duty", "levy"),)
    assert broken(norms, world(levy(), notice("2020-03-03")), "duty") == ()
    assert broken(norms, world(levy(), closing="2020-03-04"), "duty") == ()


DEBTOR_MAY = norm(
    "right",
    "guarantee",
    APPEAL,
    Compare("=", RoleOf(APPEAL, "by", PERSONAL), RoleOf(APPEALED, "from", PERSONAL)),
    rank=0,
)


def test_a_guarantee_is_broken_for_each_holder_to_whom_it_is_not_open() -> None:
    assert broken(law(DEBTOR_MAY), world(levy()), "right") == (Violation("right", "levy", "ann"),)
    assert broken(law(DEBTOR_MAY, may_appeal()), world(levy()), "right") == ()
    assert broken(law(DEBTOR_MAY), world(), "right") == ()


def test_a_guarantee_binds_from_its_commencement_by_the_date_of_the_act() -> None:
    later = replace(DEBTOR_MAY, period=Period(day("2020-03-03")))
    assert broken(law(later), world(levy()), "right") == ()
    assert broken(law(later), world(levy(on="2020-03-03")), "right") != ()


def test_the_law_of_the_act_says_what_is_guaranteed_against_it() -> None:
    earlier = replace(DEBTOR_MAY, period=Period(end=day("2020-01-01")))
    move = Transition("t", Provision("a"), LEVY, Constant(day("2019-06-01"), "date"), TRUE)
    assert broken(law(earlier), world(levy()), "right") == ()
    assert broken(law(earlier, transitions=(move,)), world(levy()), "right") != ()


def test_a_guarantee_against_nothing_is_judged_at_closing() -> None:
    petition = var("q", "Petition")
    right = norm(
        "right", "guarantee", petition, IsA(RoleOf(petition, "by", PERSONAL), "Bailiff"), rank=0
    )
    may = replace(norm("may", "permit", petition), period=Period(end=day("2020-06-01")))
    assert broken(law(right), world(), "right") == (Violation("right", None, "bob"),)
    assert broken(law(right, may), world(closing="2020-05-31"), "right") == ()
    assert broken(law(right, may), world(closing="2020-06-01"), "right") != ()


def test_a_guarantee_against_nothing_comes_after_everything_that_happened() -> None:
    petition = var("q", "Petition")
    right = norm("right", "guarantee", petition, Exists(LEVY, Before(petition, LEVY)), rank=0)
    assert broken(law(right), world(levy(on="2020-12-31", order=7)), "right") == ()
    moved = replace(
        right, period=Period(day("2020-12-31")), cases=norm("", "permit", petition).cases
    )
    assert len(broken(law(moved), world(), "right")) == 2


# -- traces -----------------------------------------------------------------------------------


def why(condition: Condition, case: World, **binding: str) -> list[tuple[Condition, bool | None]]:
    parts = reason(condition, binding, Context(law(), case)).parts
    return [(each.condition, each.truth) for each in parts]


def test_a_false_conjunction_rests_on_its_first_false_operand() -> None:
    undecided = open_fact("proper")
    assert why(And((undecided, TRUE, FALSE)), world(levy()), l="levy") == [(FALSE, False)]
    assert why(And((TRUE, Not(FALSE))), world()) == [(TRUE, True), (Not(FALSE), True)]


def test_a_true_disjunction_rests_on_its_first_true_operand() -> None:
    assert why(Or((FALSE, TRUE, TRUE)), world()) == [(TRUE, True)]
    assert why(Or((FALSE, FALSE)), world()) == [(FALSE, False), (FALSE, False)]


def test_what_is_left_open_rests_on_what_is_open() -> None:
    undecided = open_fact("proper")
    assert why(And((undecided, TRUE)), world(levy()), l="levy") == [(undecided, None)]


def test_a_true_some_names_its_witness_and_a_false_one_nobody() -> None:
    clerk = Exists(PERSON, IsA(PERSON, "Bailiff"))
    found = reason(clerk, {"l": "levy"}, Context(law(), world()))
    assert [each.bindings for each in found.parts] == [(("l", "levy"), ("p", "bob"))]
    assert why(Exists(PERSON, FALSE), world()) == []
    assert why(Exists(PERSON, IsA(PERSON, "Bailiff"), 2), world()) == []


def test_a_definition_rests_on_the_clause_that_applies() -> None:
    norms = defined(clause(FALSE), clause(TRUE))
    asked = Defined("sole_home", (PERSON, DWELLING), LEVY)
    context = Context(norms, world(levy()))
    found = reason(asked, {"p": "ann", "d": "home", "l": "levy"}, context)
    assert [each.condition for each in found.parts] == [And((TRUE,))]


def test_a_reason_names_variables_as_the_user_does() -> None:
    found = reason(IsA(var("p#7", "Person"), "Person"), {"p#7": "ann"}, Context(law(), world()))
    assert found.bindings == (("p", "ann"),)


def test_a_false_every_names_who_fails() -> None:
    found = reason(ForAll(PERSON, IsA(PERSON, "Bailiff")), {}, Context(law(), world()))
    assert [each.bindings for each in found.parts] == [(("p", "ann"),)]


def test_a_step_tells_exceptions_and_what_prevails() -> None:
    norms = law(
        yielding(unless(norm("n", "forbid"), FALSE), "p", "q"),
        norm("p", "permit"),
        norm("q", "permit", condition=FALSE),
    )
    step = explain(norms.norms["n"], "levy", Context(norms, world(levy())))
    assert (step.applied, step.in_force, step.law_date) == (False, True, day("2020-03-02"))
    assert [each.held for each in step.exceptions] == [False]
    assert [each.norm for each in step.defeats] == ["p"]


def test_a_step_speaks_of_the_case_that_applies() -> None:
    cases = tuple(norm("", "forbid", condition=each).cases[0] for each in (FALSE, TRUE))
    norms = law(replace(norm("n", "forbid"), cases=cases))
    step = explain(norms.norms["n"], "levy", Context(norms, world(levy())))
    assert step.because == reason(TRUE, {"l": "levy"}, Context(norms, world(levy())))


def test_a_closed_remedy_rests_on_what_bars_it_or_on_what_could_have_opened_it() -> None:
    def steps(norms: Law) -> list[tuple[str, bool | None]]:
        context = Context(norms, world(levy()))
        found = reason(OPEN, {"p": "ann", "l": "levy"}, context)
        return [(each.norm, each.applied) for each in found.steps]

    barred = norm("barred", "forbid", APPEAL)
    assert steps(law(may_appeal(FALSE), PERMITTED)) == [("may_appeal", False)]
    idle = norm("idle", "permit", APPEAL, FALSE)
    assert steps(law(may_appeal(), barred, idle)) == [("barred", True), ("may_appeal", True)]


# -- scenarios --------------------------------------------------------------------------------


def fulfilled(norms: Law, case: World, expectation: Expectation) -> bool:
    scenario = Scenario("case", "test", (), None, {}, case, (expectation,))
    return run(norms, scenario)[0].ok


def test_an_expected_act_is_judged_by_the_norms_at_the_place_cited() -> None:
    norms = law(PERMITTED, norm("home", "forbid", rank=0))
    case, here, elsewhere = world(levy()), Provision("a"), Provision("a", "7")
    assert fulfilled(norms, case, ExpectAct("levy", "forbidden", here))
    assert fulfilled(norms, case, ExpectAct("levy", "permitted"))
    assert fulfilled(norms, case, ExpectAct("levy", "forbidden", elsewhere, negated=True))
    assert fulfilled(norms, case, ExpectAct("levy", "unlawful"))
    assert fulfilled(law(PERMITTED), case, ExpectAct("levy", "lawful"))
    assert not fulfilled(law(), case, ExpectAct("levy", "lawful"))


def test_an_expected_duty_is_judged_for_its_trigger_or_for_any() -> None:
    case = world(levy(), notice("2020-03-03"), levy("later", "2020-03-10"))
    place = Provision("a", norm="duty")
    assert fulfilled(NOTIFY, case, ExpectDuty(place, "met", "levy"))
    assert fulfilled(NOTIFY, case, ExpectDuty(place, "breached", "later"))
    assert fulfilled(NOTIFY, case, ExpectDuty(place, "breached"))
    assert not fulfilled(NOTIFY, case, ExpectDuty(place, "pending"))


def test_an_expected_condition_speaks_of_individuals_by_name() -> None:
    assert fulfilled(law(), world(), ExpectThat(IsA(var("bob", "Person"), "Bailiff")))


def test_what_is_undecided_fulfils_no_expectation() -> None:
    norms = law(norm("n", "forbid", condition=open_fact("proper")))
    for negated in (True, False):
        scenario = Scenario(
            "case",
            "test",
            (),
            None,
            {},
            world(levy()),
            (ExpectAct("levy", "forbidden", None, negated),),
        )
        (result,) = run(norms, scenario)
        assert not result.ok
        assert result.detail == "undecided: it is not given whether `proper(levy)`"
