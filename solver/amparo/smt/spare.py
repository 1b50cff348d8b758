"""A case without an event to spare, found at once: for a replay, not for a reader."""

from collections.abc import Callable
from itertools import combinations

from amparo.smt import term as t
from amparo.smt.ground import Element, Ground
from amparo.smt.search import (
    CLOSED,
    CORRECTIONS,
    Budget,
    correct_sums,
    is_active,
    present,
    question,
)
from amparo.smt.session import Session
from amparo.smt.term import Term


def sparing(ground: Ground, assertions: Callable[[], list[Term]], budget: Budget) -> Session | None:
    """Return a session whose last model has no event that could be left out; None: out of budget.

    Minimal by deletion, one event after another, and by taking two for one; it need not have the
    fewest.
    """
    for _ in range(CORRECTIONS + 1):
        script = question(ground, assertions)
        events = [each for each in ground.domain.values() if ground.is_event(each)]
        pairs = _pairs(ground, events)
        lines = [
            line
            for name, (one, other) in pairs.items()
            for line in (
                f"(declare-const {name} Bool)",
                f"(assert (=> {name} {ground.same(one, other)}))",
            )
        ]
        session = Session(script + "\n".join(lines), budget.effort)
        if not _spared(ground, session, events, pairs):
            return None
        if not correct_sums(ground, session):
            return session
    return None


def _pairs(ground: Ground, events: list[Element]) -> dict[str, tuple[Element, Element]]:
    """Return, by a name of it, every two of ``events`` that may be one."""
    several = (pair for pair in combinations(events, 2) if ground.same(*pair) != t.FALSE)
    return {f"one{number}": pair for number, pair in enumerate(several)}


def _spared(
    ground: Ground,
    session: Session,
    events: list[Element],
    pairs: dict[str, tuple[Element, Element]],
) -> bool:
    """Bring the session to a model with none of ``events`` to spare; no if there is none."""
    held, absent = [CLOSED], list[str]()
    if session.check(held) != "sat":
        return False
    for each in reversed(events):
        if each.active == t.TRUE:
            continue
        away = [*absent, each.active]
        if not is_active(session, each) or session.check(held, denied=away) == "sat":
            absent = away
        elif session.check(held, denied=absent) != "sat":
            return False
    for name, (one, other) in pairs.items():
        if not (is_active(session, one) and is_active(session, other)):
            continue
        if present(ground, session, one) == present(ground, session, other):
            continue
        if session.check([*held, name], denied=absent) == "sat":
            held.append(name)
        elif session.check(held, denied=absent) != "sat":
            return False
    return True


def leave(ground: Ground, session: Session) -> None:
    """Leave in the domain of ``ground`` nobody but those of the last model, each by one term."""
    there: dict[tuple[str, str], Element] = {}
    for each in ground.domain.values():
        if is_active(session, each):
            there.setdefault(present(ground, session, each), each)
    ground.domain.clear()
    ground.domain.update((each.name, each) for each in there.values())
