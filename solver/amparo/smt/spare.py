"""A case without an event to spare, found at once: for a replay, not for a reader."""

from collections.abc import Callable

from amparo.smt import term as t
from amparo.smt.ground import Ground
from amparo.smt.search import CLOSED, CORRECTIONS, Budget, correct_sums, is_active, question
from amparo.smt.session import Session
from amparo.smt.term import Term


def sparing(ground: Ground, assertions: Callable[[], list[Term]], budget: Budget) -> Session | None:
    """Return a session whose last model has no event that could be left out; None: out of budget.

    Minimal by deletion, one event after another; it need not have the fewest.
    """
    for _ in range(CORRECTIONS + 1):
        session = Session(question(ground, assertions), budget.effort)
        if session.check([CLOSED]) != "sat":
            return None
        absent: list[str] = []
        for each in reversed(tuple(ground.domain.values())):
            if not ground.is_event(each) or each.active == t.TRUE:
                continue
            away = [*absent, each.active]
            if not is_active(session, each) or session.check([CLOSED], denied=away) == "sat":
                absent = away
            elif session.check([CLOSED], denied=absent) != "sat":
                return None
        if not correct_sums(ground, session):
            return session
    return None
