"""Whose turn it is to join the domain: only those whom some model cannot do without."""

import laws
from amparo.smt import term as t
from amparo.smt.ground import Element, Ground
from amparo.smt.search import CLOSED, Budget, fewest_needed, question
from amparo.smt.session import Session
from amparo.smt.symbols import Symbols
from amparo.smt.term import Term

EFFORT = Budget().effort


def people(ground: Ground, number: int) -> list[Element]:
    return [ground.witness(("one", each), None, "Person") for each in range(number)]


def ground() -> Ground:
    stated = laws.law("vocabulary home\nkind Person.")
    return Ground(stated.vocabulary, Symbols(stated.vocabulary))


def opened(around: Ground, *asserted: Term) -> list[str]:
    session = Session(question(around, lambda: list(asserted)), EFFORT)
    assert session.check([CLOSED]) == "unsat"
    assert session.check() == "sat"
    return [each.name for each in fewest_needed(around, session)[0]]


def test_whom_nothing_asks_for_stays_out() -> None:
    around = ground()
    one, *others = people(around, 6)
    spare = t.conjunction(t.or_(each.active, around.free(("or", each.name))) for each in others)

    assert opened(around, one.active, spare) == [one.name]


def test_of_two_that_may_be_asked_for_one_joins() -> None:
    around = ground()
    first, second, third = people(around, 3)

    found = opened(around, t.or_(first.active, second.active), t.or_(first.active, third.active))

    assert 1 <= len(found) < 3


def test_who_may_be_somebody_known_does_not_join() -> None:
    around = ground()
    known, other, new = people(around, 3)
    around.domain[known.name] = known
    apart = t.not_(t.equal(new.name, known.name))

    assert opened(around, known.active, other.active, new.active, apart) == [new.name]


def test_where_the_effort_ends_nobody_joins() -> None:
    around = ground()
    one, _ = people(around, 2)
    session = Session(question(around, lambda: [one.active]), 1)

    assert fewest_needed(around, session) == ([], [])
