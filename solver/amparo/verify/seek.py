"""Any world that satisfies a question; or the proof that there is none."""

from collections.abc import Callable
from itertools import repeat

from amparo.core.world import World
from amparo.smt import term as t
from amparo.smt.decode import decode
from amparo.smt.ground import Ground
from amparo.smt.search import (
    CLOSED,
    Found,
    Result,
    correct_sums,
    question,
    solve,
)
from amparo.smt.session import Session
from amparo.smt.term import Term
from amparo.verify.inquiry import Inquiry
from amparo.verify.obeying import sought

MOST_TRIES = 12
"""How often the sums of dates of a model are made exact before the preferred one is looked for."""
HALF_A_YEAR = 183


def witness(
    inquiry: Inquiry, ground: Ground, asserts: Callable[[], list[Term]]
) -> tuple[Result, World | None]:
    """Decide ``asserts``; return any world that satisfies them, however odd, if one does.

    Enough to be replayed, not to be shown.
    """
    result = solve(ground, asserts, inquiry.budget)
    if not isinstance(result, Found):
        return result, None
    near = inquiry.near.toordinal()
    for wished in (False, *repeat(True, MOST_TRIES)):
        # Sums of dates are made exact around the days of a model: the next is to be near it.
        days = _around(ground, near) if wished else []
        session = Session(question(ground, lambda: [*asserts(), *days]), inquiry.budget.effort)  # noqa: B023
        if session.check([CLOSED]) != "sat":
            break
        if not correct_sums(ground, session):
            return result, decode(ground, session, dict(inquiry.readings))
    return sought(inquiry, ground, None, asserts)


def _around(ground: Ground, near: int) -> list[Term]:
    """Return that all events of the domain are within half a year of the day ``near``."""
    days = [ground.day(each) for each in ground.domain.values() if ground.is_event(each)]
    first, last = str(near - HALF_A_YEAR), str(near + HALF_A_YEAR)
    return [t.and_(t.compare("<=", first, day), t.compare("<=", day, last)) for day in days]
