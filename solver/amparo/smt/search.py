"""Lazy grounding: prove a question unsatisfiable for worlds of any size, or find a world.

NOTE(open-ends). Each round instantiates universal statements for the individuals of the domain
only. What is unsatisfiable then is unsatisfiable for worlds of any size, for every instance left
out is one demand fewer. What is satisfiable is a world only if everybody it needs has been
instantiated: whoever is there in the model is in the domain or is one with somebody in it (equal
terms have equal instances, by congruence). Otherwise some ends are open. They are closed on the
individuals there are, which is good only for finding a world; failing that, those whom the model
needs join the domain. Statements that rest on themselves (`Ground.postponed`) are open ends too:
closed, they are not relied on. The method is that of FOL* (Feng, Marsso, Sabetzadeh, Chechik,
"Early Verification of Legal Compliance via Bounded Satisfiability Checking", CAV 2023) with
equality in place of a bound. Where nobody is needed on account of one needed for the same reason
(`circles`) the ground terms are finitely many and it ends (Ge and de Moura, "Complete
Instantiation for Quantified Formulas in Satisfiability Modulo Theories", CAV 2009).
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from amparo.core.condition import Days, Length, Months
from amparo.core.dates import add_months, add_working_days
from amparo.smt import term as t
from amparo.smt.circles import circles, events, extremes, told
from amparo.smt.ground import LAST_DAY, ROOM, Element, Ground
from amparo.smt.memory import OutOfMemory, most
from amparo.smt.proofs import record
from amparo.smt.session import Session
from amparo.smt.sums import Shift, exactly, moved, runs
from amparo.smt.term import Term

CLOSED = "closed"
"""Nobody is there but the domain."""
EXACT = "exact"
"""No sum of dates but those that are made exact, or that no calendar tells."""
WINDOW = 31
"""Days before and after a wrong sum of dates that are made exact with it, the first time."""
WIDEST = 1000
"""The same, the last times: that holds a leap year, and the year around it."""

OUT_OF_RANGE = 0
"""What a sum is that leaves the range of dates: no ordinal of a date."""

PATIENCE = 5
"""How many times the limits of size are stretched where the law calls for nobody without end."""

CORRECTIONS = 24
"""How often wrong sums of dates are made exact in one question."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much one question may take: solver effort (not time: the same everywhere), and size.

    ``room`` is for characters of terms. ``rounds`` and ``individuals`` are for what may go on for ever; the rest has `PATIENCE` times that.
    """

    effort: int = 40_000_000
    rounds: int = 24
    individuals: int = 160
    room: int = ROOM


@dataclass(frozen=True, slots=True)
class Proved:
    """No world of any size satisfies the question."""


@dataclass(frozen=True, slots=True)
class Found:
    """The question is satisfied by a world whose individuals are those of the ground domain."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither within the budget: which limit was hit, and at what size."""

    reason: str


Result = Proved | Found | Undecided


def solve(ground: Ground, assertions: Callable[[], list[Term]], budget: Budget) -> Result:
    """Decide the conjunction of ``assertions``, compiled anew whenever the domain has grown.

    Where the law calls for ever more events, it is asked again with what a finite world has: a
    first and a last of them. That burdens the search, so half of the effort goes without it.
    """
    domain = dict(ground.domain)
    result, left = _search(ground, assertions, budget, budget.effort // 2)
    if not isinstance(result, Undecided):
        return result
    kinds = {kind for way in circles(ground, ground.domain) for kind in events(ground, way)}
    if kinds:
        ground.circling.update(kinds)
        ground.domain.clear()
        ground.domain.update(domain)
    elif left:
        return result
    return _search(ground, assertions, budget, left + budget.effort - budget.effort // 2)[0]


def _search(
    ground: Ground, assertions: Callable[[], list[Term]], budget: Budget, effort: int
) -> tuple[Result, int]:
    """Return the answer, and what is left of ``effort``."""
    try:
        return _searched(ground, assertions, budget, effort)
    except (OutOfMemory, MemoryError):
        if most() is None:
            raise
        return Undecided(f"{OutOfMemory()}; {_size(ground)}"), 0


def _searched(
    ground: Ground, assertions: Callable[[], list[Term]], budget: Budget, effort: int
) -> tuple[Result, int]:
    corrections, rounds = CORRECTIONS, 1
    while effort:
        script = question(ground, assertions)
        session = Session(script, effort)
        # A hard proof leaves as much again for a world.
        answer = session.check(most=effort // 2)
        if answer == "unsat":
            record(script)
            return Proved(), session.left
        if session.check([CLOSED]) == "sat":
            if not correct_sums(ground, session) or session.check([CLOSED, EXACT]) == "sat":
                return Found(), session.left
            corrections -= 1
            if not corrections:
                limit = f"{CORRECTIONS} corrections of sums of dates"
                return _undecided(ground, rounds, limit), session.left
        elif answer == "unknown" or session.check() != "sat":
            break
        else:
            needed, unfolded = fewest_needed(ground, session)
            if not needed and not unfolded:
                break
            endless = any(circles(ground, [*ground.domain, *(each.name for each in needed)]))
            # What comes to an end may take long; no more than what there is room for.
            times = 1 if endless else PATIENCE
            if rounds >= budget.rounds * times:
                return _undecided(ground, rounds, f"{rounds} rounds"), session.left
            if len(ground.domain) + len(needed) > budget.individuals * times:
                limit = f"room for {budget.individuals * times} individuals"
                return _undecided(ground, rounds, limit), session.left
            ground.domain.update((each.name, each) for each in needed)
            ground.unfolded.update(unfolded)
            rounds += 1
        effort = session.left
    return _undecided(ground, rounds, f"solver effort of {budget.effort} units"), 0


def _undecided(ground: Ground, rounds: int, limit: str) -> Undecided:
    reason = f"{limit} used up; {_size(ground)} in {rounds} round{'s' * (rounds != 1)}"
    way = next(circles(ground, ground.elements), None)
    if way:
        return Undecided(f"{reason}; the law calls for ever more: {told(ground, way)}")
    return Undecided(f"{reason}; nothing in the law calls for more without end")


def _size(ground: Ground) -> str:
    return f"{len(ground.domain)} individual{'s' * (len(ground.domain) != 1)} considered"


def question(ground: Ground, assertions: Callable[[], list[Term]]) -> str:
    """Return the SMT-LIB script of ``assertions`` over the present domain."""
    ground.begin()
    ends = list(extremes(ground))
    _close(ground)
    asserted = [each for each in (*ends, *assertions()) if each != t.TRUE]
    _close(ground)
    kinds = list(ground.related_kinds())
    closing = closings(ground)
    lines = [
        *ground.symbols.declarations.values(),
        f"(declare-const {CLOSED} Bool)",
        f"(declare-const {EXACT} Bool)",
        *(f"(assert {each})" for each in (*ground.axioms, *kinds) if each != t.TRUE),
        *(f"(assert (=> {name} {says}))" for name, says in ground.statements.items()),
        *(f"(assert (=> {CLOSED} {name}))" for name in closing),
        *(f"(assert (=> {name} {says}))" for name, says in closing.items()),
        *(f"(assert {each})" for each in _sums(ground)),
        *(f"(assert (=> {EXACT} {each}))" for each in _exact(ground)),
        *(f"(assert {each})" for each in asserted),
    ]
    return "\n".join(lines) + "\n"


def _close(ground: Ground) -> None:
    """Register what everybody of the domain has, as far as the kinds go that are spoken of."""
    spoken = -1
    while spoken < len(ground.symbols.kinds):
        spoken = len(ground.symbols.kinds)
        for each in tuple(ground.domain.values()):
            ground.close(each)


def _sums(ground: Ground) -> Iterable[Term]:
    """Yield what is known exactly of sums of dates."""
    for (length, backwards, _), (day, result, function) in ground.sums.items():
        shift = Shift(length, backwards, day.name, result.name)
        for run in ground.exact.get(function, ()):
            yield moved(shift, run)


def _exact(ground: Ground) -> Iterable[Term]:
    """Yield of every sum of dates that matters that it is known exactly."""
    for (length, backwards, of), (day, result, function) in ground.sums.items():
        shift = Shift(length, backwards, day.name, result.name)
        owner = ground.elements.get(ground.owners.get(of, ""))
        is_exact = exactly(shift, ground.exact.get(function, ()), ground.vocabulary.calendars)
        yield is_exact if owner is None else t.implies(owner.active, is_exact)


def open_ends(ground: Ground) -> list[Element]:
    """Return whoever is registered and not instantiated."""
    return [each for name, each in ground.elements.items() if name not in ground.domain]


def closings(ground: Ground) -> dict[str, Term]:
    """Return each open end's closing under its name: he is somebody known; it is not relied on."""
    found = {
        ground.free(("closing", each.name)): _closed(ground, each) for each in open_ends(ground)
    }
    return found | {ground.free(("closing", each)): t.not_(each) for each in ground.postponed}


def _closed(ground: Ground, element: Element) -> Term:
    peers = (
        t.and_(each.active, t.equal(element.name, each.name))
        for each in ground.domain.values()
        if ground.same(each, element) != t.FALSE
    )
    return t.implies(element.active, t.disjunction(peers))


def _needed(ground: Ground, session: Session) -> list[Element]:
    """Return the open ends that the last model has and that are nobody of the domain."""
    known = {
        present(ground, session, each)
        for each in ground.domain.values()
        if is_active(session, each)
    }
    needed: dict[tuple[str, str], Element] = {}
    for each in open_ends(ground):
        if is_active(session, each):
            who = present(ground, session, each)
            if who not in known:
                needed.setdefault(who, each)
    return list(needed.values())


def fewest_needed(ground: Ground, session: Session) -> tuple[list[Element], list[str]]:
    """Return the open ends that some model needs, having done without whom and what it can.

    A model has people whom nothing asks for; each would bring in others. So every end is closed
    but those that a reason why not all can be names, until there is a model: only those of it
    are opened (Fu and Malik, "On Solving the Partial MAX-SAT Problem", SAT 2006). Nobody, where
    there is no model within the effort.
    """
    closed = dict.fromkeys(closings(ground))
    while (answer := session.check(list(closed))) == "unsat" and (core := session.core()):
        for each in core:
            closed.pop(each, None)
    if answer != "sat" and session.check() != "sat":
        return [], []
    return _needed(ground, session), _relied_on(ground, session)


def _relied_on(ground: Ground, session: Session) -> list[str]:
    """Return the postponed statements that are so in the last model."""
    return [each for each in ground.postponed if session.truth(each)]


def is_active(session: Session, element: Element) -> bool:
    """Say whether ``element`` is there in the last model."""
    return element.active == t.TRUE or session.truth(element.active)


def present(ground: Ground, session: Session, element: Element) -> tuple[str, str]:
    """Return who ``element`` is in the last model: equal for one and the same individual."""
    sort = ground.symbols.sort(element.kind)
    return sort, session.individual(element.name, sort)


def correct_sums(ground: Ground, session: Session) -> bool:
    """Make exact every sum of dates that the last model got wrong; say whether any was.

    The days around it are made exact too: the next model is likely to be near.
    """
    wrong = False
    for (length, backwards, of), (day, result, function) in ground.sums.items():
        if not reckoned(ground, session, of):
            continue
        at = int(session.number(day.name, "Int"))
        exact = exact_sum(ground, at, length, backwards)
        if exact is None or exact == session.number(result.name, "Int"):
            continue
        wrong = True
        known = ground.exact.setdefault(function, [])
        widened = ground.widened.get(function, 0)
        ground.widened[function] = widened + 1
        window = min(WINDOW << widened, WIDEST)
        new = (
            (each, sum_)
            for each in range(max(1, at - window), min(at + window, LAST_DAY) + 1)
            if not any(run.first <= each <= run.last for run in known)
            and (sum_ := exact_sum(ground, each, length, backwards)) is not None
        )
        known += [*runs(new)]
    return wrong


def reckoned(ground: Ground, session: Session, day: Term) -> bool:
    """Say whether ``day`` matters in the last model: it is no event's, or the event is there."""
    owner = ground.elements.get(ground.owners.get(day, ""))
    return owner is None or is_active(session, owner)


def exact_sum(ground: Ground, day: int, length: Length, backwards: bool) -> int | None:
    """Return the ordinal of ``day`` moved by ``length``; None where no calendar tells.

    `OUT_OF_RANGE` where there is no such date.
    """
    if not 1 <= day <= LAST_DAY:
        return None
    start, sign = datetime.date.fromordinal(day), -1 if backwards else 1
    match length:
        case Days(count):
            return day + sign * count
        case Months(count, rounding):
            try:
                return add_months(start, sign * count, rounding).toordinal()
            except OverflowError:
                return OUT_OF_RANGE
        case _:
            calendar = ground.vocabulary.calendars[length.calendar]
            found = add_working_days(start, sign * length.count, calendar)
            return None if found is None else found.toordinal()
