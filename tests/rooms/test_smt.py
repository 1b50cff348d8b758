"""Terms, and deciding them for worlds of any size."""

import datetime
from collections.abc import Callable

import pytest

import laws
from amparo.core.condition import Days, Months, WorkingDays
from amparo.core.dates import add_months
from amparo.core.law import Law
from amparo.smt import term as t
from amparo.smt.compile import Compiler, ReadingNeeded
from amparo.smt.decode import decode
from amparo.smt.ground import Ground
from amparo.smt.months import days_of
from amparo.smt.prefer import plausible
from amparo.smt.search import (
    OUT_OF_RANGE,
    Budget,
    Found,
    Proved,
    Result,
    exact_sum,
    question,
    solve,
)
from amparo.smt.symbols import Symbols
from amparo.smt.term import FALSE, TRUE, Term

WORDS = """
vocabulary home
kind Person.
kind Judge is Person.
kind Clerk is Person.
kind Дом.
fact owns(p: Person, x: Дом).
official act Levy { of: Дом, from: Person }.
official act HomeLevy is Levy.
event Decision { of: Дом }.
calendar office from 2024-01-01 until 2025-01-01 rests Saturday, Sunday.
reading paper "Is it?" either yes because "so" or no because "or so".
act code "The code" rank law in force from 2000-01-01 evidence read
 article 1
  norm n permit Levy l when """


def law(condition: str) -> Law:
    return laws.law(f"{WORDS}{condition}.")


def satisfied(condition: str, *, positive: bool = True, budget: Budget | None = None) -> Result:
    """Ask whether a levy can be such that ``condition`` is true of it, or false."""
    stated = law(condition)
    ground = Ground(stated.vocabulary, Symbols(stated.vocabulary))
    return solve(ground, asserted(stated, ground, positive), budget or Budget())


def asserted(stated: Law, ground: Ground, positive: bool) -> Callable[[], list[Term]]:
    compiler = Compiler(stated, 0, {}, ground)
    (case,) = stated.norms["code article 1 norm n"].cases
    levy = ground.witness(("levy",), "levy", "Levy")
    env = {case.variable.name: levy}
    return lambda: [levy.active, compiler.formula(case.condition, env, positive)]


# -- terms -----------------------------------------------------------------------------------------


def test_terms_are_simplified_where_a_part_decides() -> None:
    assert t.conjunction(["p", TRUE]) == "p"
    assert t.conjunction(["p", FALSE]) == FALSE
    assert t.disjunction(["p", TRUE]) == TRUE
    assert t.disjunction([]) == FALSE
    assert t.conjunction([]) == TRUE
    assert t.not_(t.not_("p")) == "p"
    assert t.implies(FALSE, "p") == TRUE
    assert t.equal("a", "a") == TRUE
    assert t.signed("p", False) == t.not_("p")


def test_no_word_of_the_user_reaches_the_solver_but_in_a_comment() -> None:
    stated = law("l.from owns l.of")
    ground = Ground(stated.vocabulary, Symbols(stated.vocabulary))

    script = question(ground, asserted(stated, ground, positive=True))

    assert script.isascii()
    for line in script.splitlines():
        assert not {"Person", "owns", "Levy", "code"} & set(line.partition(";")[0].split())


def test_the_same_question_is_the_same_text() -> None:
    def script() -> str:
        stated = law("some Decision c has c.of = l.of and every Person p has p owns c.of")
        ground = Ground(stated.vocabulary, Symbols(stated.vocabulary))
        return question(ground, asserted(stated, ground, positive=True))

    assert script() == script()


# -- conditions, for all worlds ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "can_be", "can_fail"),
    [
        ("l.from = l.from", True, False),
        ("l before l", False, True),
        ("l.from is a Judge", True, True),
        ("l.from is a Judge and some Person q has q = l.from and q is a Clerk", False, True),
        ("l is a HomeLevy or not l is a HomeLevy", True, False),
        ("some Person p has p = l.from", True, False),
        ("at least 2 Person p has p = l.from", False, True),
        ("every Person p has p = l.from", True, True),
        ("(every Person p has p = l.from) and some Judge j has not j = l.from", False, True),
        ("(every Person p has p owns l.of) and not l.from owns l.of", False, True),
        ("some Person p has every Person q has p = q", True, True),
        (
            "(some Decision c has c before l and every Decision d has d = c) "
            "and at least 2 Decision e",
            False,
            True,
        ),
        (
            "some Decision c has c before l and (some Decision d has l before d and d before c)",
            False,
            True,
        ),
        ("l is within 0 days of l", True, False),
        ("l.on + 1 months rounded down <= l.on + 31 days", True, False),
        ("l.on + 1 months rounded down >= l.on + 31 days", True, True),
        ("l.on = 2024-01-31 and l.on + 1 months rounded down > 2024-02-29", False, True),
        ("l.on = 2024-03-31 and l.on - 1 months rounded down = 2024-02-29", True, True),
        ("l.on = 2024-03-01 and l.on + 1 working days by calendar office = 2024-03-04", True, True),
        (
            "l.on = 2024-03-01 and l.on + 1 working days by calendar office < 2024-03-04",
            False,
            True,
        ),
    ],
)
def test_a_condition_can_be_and_can_fail(condition: str, can_be: bool, can_fail: bool) -> None:
    assert isinstance(satisfied(condition), Found if can_be else Proved)
    assert isinstance(satisfied(condition, positive=False), Found if can_fail else Proved)


def test_a_reading_that_matters_is_asked_for() -> None:
    with pytest.raises(ReadingNeeded, match="paper"):
        satisfied("paper is yes")


def test_what_goes_back_for_ever_is_in_no_world() -> None:
    endless = (
        "(every Decision c has some Decision d has d before c) and some Decision e has e before l"
    )

    result = satisfied(endless, budget=Budget(rounds=5))

    assert isinstance(result, Proved)


def test_a_world_is_decoded_as_the_model_says() -> None:
    stated = law("l.from owns l.of and l.from is a Judge and some Decision c has c before l")
    ground = Ground(stated.vocabulary, Symbols(stated.vocabulary))
    says = asserted(stated, ground, positive=True)
    assert isinstance(solve(ground, says, Budget()), Found)

    near = datetime.date(2024, 5, 8)
    session = plausible(ground, says, Budget(), near.toordinal())
    assert session is not None
    world = decode(ground, session, {})

    levy, decision = (
        next(each for each in world.events.values() if kind in each.kinds)
        for kind in ("Levy", "Decision")
    )
    assert decision.moment < levy.moment
    assert world.things[str(levy.roles["from"])] == frozenset({"Judge"})
    assert world.relations == {("owns", (str(levy.roles["from"]), str(levy.roles["of"])))}
    assert near in (levy.on, decision.on)


# -- sums of dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 6, 13])
@pytest.mark.parametrize("backwards", [False, True])
def test_no_sum_of_months_is_outside_its_bounds_and_some_reach_them(
    count: int, backwards: bool
) -> None:
    first = datetime.date(1999, 1, 1)
    days = [first + datetime.timedelta(each) for each in range(9 * 366)]
    for down in (True, False):
        between = {
            abs(
                add_months(each, -count if backwards else count, "down" if down else "up") - each
            ).days
            for each in days
        }
        bounds = days_of(count, "down" if down else "up", backwards=backwards)
        assert (min(between), max(between)) == bounds


def test_exact_sums_are_those_of_the_language() -> None:
    stated = law("l before l")
    ground = Ground(stated.vocabulary, Symbols(stated.vocabulary))
    friday = datetime.date(2024, 3, 1)

    def sum_of(length: Days | Months | WorkingDays, backwards: bool = False) -> int | None:
        return exact_sum(ground, friday.toordinal(), length, backwards)

    assert sum_of(Days(2)) == friday.toordinal() + 2
    assert sum_of(WorkingDays(1, "office")) == friday.toordinal() + 3
    assert sum_of(Months(1, "down"), True) == datetime.date(2024, 2, 1).toordinal()
    assert exact_sum(ground, 1, Months(1, "down"), True) == OUT_OF_RANGE
    assert exact_sum(ground, 700_000, WorkingDays(1, "office"), False) is None


def test_kinds_that_exclude_each_other_are_never_one() -> None:
    stated = law("l before l")
    ground = Ground(stated.vocabulary, Symbols(stated.vocabulary))
    judge = ground.witness(("j",), "j", "Judge")
    clerk = ground.witness(("c",), "c", "Clerk")

    assert ground.same(judge, clerk) == FALSE
    assert ground.is_kind(judge, "Person") == TRUE
    assert ground.is_kind(judge, "Clerk") == FALSE
