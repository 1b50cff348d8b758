"""Sorts: what fits together, and the words underlined where it does not."""

from fractions import Fraction

import pytest

from amparo.core.condition import (
    And,
    Before,
    Compare,
    Condition,
    Constant,
    DateOf,
    Days,
    Enumerated,
    Exists,
    Holds,
    IsA,
    Money,
    Not,
    ParameterAt,
    Read,
    Scaled,
    Shifted,
    Truth,
)
from amparo.core.from_tree import Checked, elaborate
from amparo.core.law import Norm
from amparo.diagnostics import Diagnostic, Rejected
from amparo.syntax.parse import parse
from amparo.syntax.tree import Act
from amparo.text import Source

WORDS = """
vocabulary home
currency KZT.
currency USD.
enumeration Aim: order, health.
kind Person.
kind Court is Person.
kind Clerk is Person.
kind Property.
kind Dwelling is Property.
fact owns(p: Person, x: Property).
fact minor(p: Person).
fact value(x: Property): money in KZT.
fact price(x: Property): money in USD.
fact rooms(d: Dwelling): number.
fact aim_of(x: Property): Aim.
fact share_of(x: Property): share.
fact built(x: Property): date.
state occupied(d: Dwelling) begins with Entry e when e.of = d.
event Entry { of: Dwelling }.
official act Levy { by: Person, of: Property, home: Dwelling, court: Court }.
general act Deprivation { of: Property }.
power act Appeal { by: Person, against: Levy }.
private act Sale { by: Person }.
parameter mci: money in KZT = 3_000 KZT from 2022-01-01.
calendar court_days from 2020-01-01 until 2030-01-01 rests saturday, sunday.
reading title "Which?" either narrow because "so" or wide because "or so".
define sole(d: Dwelling) means occupied(d).
"""


def check(words: str) -> Checked:
    tree, problems = parse(Source("law.norm", words))
    assert problems == ()
    acts = [item for item in tree.items if isinstance(item, Act)]
    return elaborate("body", ("constitution", "law"), [tree], acts, [])


def with_norm(condition: str, words: str = WORDS) -> str:
    return words + (
        f'act code "The code" rank law evidence read norm n forbid Levy l when {condition}.'
    )


def fault(text: str) -> Diagnostic:
    with pytest.raises(Rejected) as caught:
        check(text)
    (one,) = caught.value.diagnostics
    return one


def norm(condition: str) -> Norm:
    return check(with_norm(condition)).law.norms["code norm n"]


def read(condition: str) -> Condition:
    return norm(condition).cases[0].condition


@pytest.mark.parametrize(
    ("condition", "code", "words"),
    [
        ("value(l.of)", "condition-expected", "value(l.of)"),
        ("l.of", "condition-expected", "l.of"),
        ("minor", "condition-expected", "minor"),
        ("minor(l.by) = 3", "value-expected", "minor(l.by)"),
        ("value(l.of) = 2020-01-01", "not-comparable", "value(l.of) = 2020-01-01"),
        ("value(l.of) < price(l.of)", "not-comparable", "value(l.of) < price(l.of)"),
        ("l.by = l.of", "not-comparable", "l.by = l.of"),
        ("l.by < l.court", "not-comparable", "l.by < l.court"),
        ("aim_of(l.of) < aim_of(l.home)", "not-comparable", "aim_of(l.of) < aim_of(l.home)"),
        ("aim_of(l.of) is helth", "unknown-option", "helth"),
        ("value(l.of) + 3 > 2 KZT", "wrong-sort", "value(l.of) + 3"),
        ("5 KZT * value(l.of) > 2 KZT", "wrong-sort", "5 KZT * value(l.of)"),
        ("rooms(l.home) * rooms(l.home) > 2", "product-of-variables", "rooms(l.home) * rooms(l.home)"),
        ("owns(l.by)", "wrong-argument-count", "owns(l.by)"),
        ("owns(l.by, l.court)", "wrong-sort", "l.court"),
        ("rooms(l.of) > 2", "argument-may-lack-value", "l.of"),
        ("l.court is a Clerk", "never-of-kind", "l.court is a Clerk"),
        ("l is a Deprivation", "general-act-as-kind", "Deprivation"),
        ("l.by before l", "wrong-sort", "l.by"),
        ("some Person l has minor(l)", "shadowed-variable", "l"),
        ("l.on < 2020-01-01 + 2 months", "rounding-not-stated", "2 months"),
        ("value(l.of) > 1.005 KZT", "wrong-sort", "1.005 KZT"),
        ("rooms(l.home) > 1.5", "wrong-sort", "1.5"),
        ("value(l.of) > 5 EUR", "unknown-currency", "EUR"),
        ("value(l.of) > mcy", "unknown-variable", "mcy"),
        ("l.on + 3 > 2020-01-01", "wrong-sort", "l.on + 3"),
        ("l + 3 days > 2020-01-01", "wrong-sort", "l"),
        ("l.of.size > 3", "unknown-role", "size"),
        ("minor(l.by) at l", "does-not-change", "l"),
        ("Sale is open to l.by against l", "not-a-remedy", "Sale"),
        ("Levy is open to l.by against l", "not-a-remedy", "Levy"),
        ("at least 2 Deprivation d has d.of = l.of", "general-act-not-counted-up",
         "at least 2 Deprivation d has d.of = l.of"),
        ("l is within 3 working days by calendar cort_days of l", "unknown-calendar", "cort_days"),
        ("sole(l.by)", "wrong-sort", "l.by"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_underlined(condition: str, code: str, words: str) -> None:
    found = fault(with_norm(condition))

    assert (found.code, found.primary.text) == (code, words)


@pytest.mark.parametrize(
    ("words", "code", "underlined"),
    [
        ("kind A is B. kind B is A.", "kind-cycle", "A"),
        ("power act Plea is Levy.", "wrong-category", "Levy"),
        ("fact fee(p: Person): money.", "currency-not-stated", "money"),
        ("fact big(p: Aim).", "wrong-sort", "Aim"),
        ("fact big(p: Deprivation).", "wrong-sort", "Deprivation"),
        ("fact twice(p: Person, p: Person).", "duplicate-name", "p"),
        ("event Twice { of: Person, of: Person }.", "duplicate-name", "of"),
        ("calendar c from 2022-01-01 until 2021-01-01 rests sunday.", "period-reversed",
         "2021-01-01"),
        ("calendar c from 2022-01-01 until 2023-01-01 rests sonday.", "unknown-weekday", "sonday"),
        ("parameter q: number = 1 from 2022-01-01, = 2 from 2021-01-01.", "dates-not-ascending",
         "2021-01-01"),
        ("parameter q: number = 1 KZT from 2022-01-01.", "wrong-sort", "1 KZT"),
        ('reading r "x" either a as written because "b" or c as written because "d".',
         "two-as-written", "c"),
        ('reading r "x" either a because "b" or a because "d".', "duplicate-name", "a"),
        ("enumeration E: a, a.", "duplicate-name", "a"),
        ("define sole(p: Person) means minor(p).", "definition-mismatch", "sole"),
        ("grave Deprivation d.", "wrong-category", "Deprivation"),
        ("state s(p: Person) begins with Levy l when l.by = p.x.", "unknown-role", "x"),
    ],
)  # fmt: skip
def test_a_faulty_word_is_underlined(words: str, code: str, underlined: str) -> None:
    found = fault(WORDS + words)

    assert (found.code, found.primary.text) == (code, underlined)


def test_working_days_need_one_calendar() -> None:
    other = "calendar bank_days from 2020-01-01 until 2030-01-01 rests sunday.\n"
    condition = "l is within 3 working days after l"

    found = fault(with_norm(condition, WORDS + other))

    assert (found.code, found.primary.text) == ("ambiguous-calendar", "3 working days")


def test_a_definition_that_rests_on_itself_shows_the_way_round() -> None:
    words = "define a(p: Person) means b(p). define b(p: Person) means not a(p)."

    found = fault(WORDS + words)

    assert found.code == "definition-cycle"
    assert found.message == "this depends on itself: `a` → `b` → `a`"


def test_comparisons_come_down_to_three() -> None:
    more, least = read("rooms(l.home) > 2"), read("rooms(l.home) >= 2")
    other = read("rooms(l.home) != 2")

    assert isinstance(more, Compare)
    assert isinstance(least, Compare)
    assert isinstance(other, Not)
    assert (more.operator, least.operator) == ("<", "<=")
    assert more.left == Constant(2, "number")


def test_constant_factors_are_worked_out() -> None:
    found = read("value(l.of) > 2 * 20 mci + 50 % of 1_000 KZT")

    assert isinstance(found, Compare)
    match found.left:
        case object(left=Scaled(factor, ParameterAt("mci")), right=Constant(amount, sort)):
            assert (factor, amount, sort) == (Fraction(40), 50_000, Money("KZT"))
        case _:
            pytest.fail(str(found.left))


def test_a_share_is_a_fraction_of_one() -> None:
    found = read("share_of(l.of) < 50 %")

    assert isinstance(found, Compare)
    assert found.right == Constant(Fraction(1, 2), "share")


def test_is_means_what_stands_beside_it() -> None:
    assert read("title is narrow") == Read("title", "narrow")
    assert isinstance(read("l.by is minor"), Holds)
    assert isinstance(read("l.by is not minor"), Not)
    option = read("aim_of(l.of) is health")
    assert isinstance(option, Compare)
    assert option.right == Constant("health", Enumerated("Aim"))


def test_within_is_an_order_and_a_last_day() -> None:
    found = read("some Entry e has l is within 3 days after e")

    assert isinstance(found, Exists)
    assert isinstance(found.body, And)
    order, last = found.body.operands
    assert isinstance(order, Not)
    assert isinstance(order.operand, Before)
    assert isinstance(last, Compare)
    assert isinstance(last.left, DateOf)
    assert last.right == Shifted(DateOf(found.variable), Days(3))


def test_what_is_said_of_a_kind_holds_for_what_follows() -> None:
    found = read("l.of is a Dwelling and rooms(l.of) > 2")

    assert isinstance(found, And)
    assert isinstance(found.operands[0], IsA)


def test_a_state_is_asked_at_the_act_judged() -> None:
    one = norm("occupied(l.home)").cases[0]

    assert isinstance(one.condition, Holds)
    assert one.condition.at == one.variable


def test_at_most_is_not_one_more() -> None:
    found = read("at most 1 Person p has p = l.by")

    assert isinstance(found, Not)
    assert isinstance(found.operand, Exists)
    assert found.operand.number == 2


def test_a_norm_without_a_condition_always_applies() -> None:
    text = WORDS + 'act code "The code" rank law evidence read norm n forbid Levy l.'

    assert check(text).law.norms["code norm n"].cases[0].condition == Truth(True)


def test_a_variable_of_which_nothing_is_said_is_remarked_on() -> None:
    warnings = check(with_norm("some Person p has minor(l.by)")).warnings

    assert [(each.code, each.primary.text) for each in warnings] == [("unused-variable", "p")]
