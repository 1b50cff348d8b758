"""Lazy grounding: prove a question unsatisfiable for worlds of any size, or find a world.

NOTE(open-ends). Each round instantiates universal statements for the individuals of the domain
only. What is unsatisfiable then is unsatisfiable for worlds of any size, for every instance left
out is one demand fewer. What is satisfiable is a world only if everybody it needs has been
instantiated: whoever is there in the model is in the domain or is one with somebody in it (equal
terms have equal instances, by congruence). Otherwise some ends are open. They are closed on the
individuals there are, which is good only for finding a world; failing that, those whom the model
needs join the domain. The method is that of FOL* (Feng, Marsso, Sabetzadeh, Chechik, "Early
Verification of Legal Compliance via Bounded Satisfiability Checking", CAV 2023) with equality in
place of a bound; where kinds refer to each other without a cycle the ground terms are finitely
many and it ends (Ge and de Moura, "Complete Instantiation for Quantified Formulas in
Satisfiability Modulo Theories", CAV 2009).
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from amparo.core.condition import Days, Length, Months
from amparo.core.dates import add_months, add_working_days
from amparo.smt import term as t
from amparo.smt.ground import LAST_DAY, Element, Ground
from amparo.smt.term import Term
from amparo.smt.z3_backend import Session

CLOSED = "closed"
WINDOW = 31
"""Days before and after a wrong sum of dates that are made exact with it."""

CORRECTIONS = 4
"""How often wrong sums of dates are made exact before a world is looked for nonetheless."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much one question may take: solver effort per check (not time: the same everywhere)."""

    effort: int = 10_000_000
    rounds: int = 24
    individuals: int = 160


@dataclass(frozen=True, slots=True)
class Proved:
    """No world of any size satisfies the question."""


@dataclass(frozen=True, slots=True)
class Found:
    """The question is satisfied by a world whose individuals are those of the ground domain."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither within the budget: which limit was hit."""

    reason: str


Result = Proved | Found | Undecided


def solve(ground: Ground, assertions: Callable[[], list[Term]], budget: Budget) -> Result:
    """Decide the conjunction of ``assertions``, compiled anew whenever the domain has grown."""
    corrections = CORRECTIONS
    for _ in range(budget.rounds):
        script = question(ground, assertions)
        session = Session(script, budget.effort)
        match session.check():
            case "unsat":
                return Proved()
            case "unknown":
                return Undecided(f"solver effort of {budget.effort} units per check")
            case "sat":
                needed = _fewest_needed(ground, session)
        if not needed or session.check([CLOSED]) == "sat":
            if corrections and session.check([CLOSED]) == "sat" and correct_sums(ground, session):
                corrections -= 1
                continue
            return Found()
        if len(ground.domain) + len(needed) > budget.individuals:
            return Undecided(f"{budget.individuals} individuals considered at once")
        ground.domain.update((each.name, each) for each in needed)
    return Undecided(f"{budget.rounds} rounds; {len(ground.domain)} individuals considered")


def question(ground: Ground, assertions: Callable[[], list[Term]]) -> str:
    """Return the SMT-LIB script of ``assertions`` over the present domain."""
    for each in tuple(ground.domain.values()):
        ground.close(each)
    asserted = [each for each in assertions() if each != t.TRUE]
    closing = [_closed(ground, each) for each in open_ends(ground)]
    lines = [
        *ground.symbols.declarations.values(),
        f"(declare-const {CLOSED} Bool)",
        *(f"(assert {each})" for each in ground.axioms if each != t.TRUE),
        *(f"(assert (=> {CLOSED} {each}))" for each in closing),
        *(f"(assert {each})" for each in asserted),
    ]
    return "\n".join(lines) + "\n"


def open_ends(ground: Ground) -> list[Element]:
    """Return whoever is registered and not instantiated."""
    return [each for name, each in ground.elements.items() if name not in ground.domain]


def _closed(ground: Ground, element: Element) -> Term:
    peers = (
        t.and_(each.active, t.equal(element.name, each.name))
        for each in ground.domain.values()
        if ground.vocabulary.compatible(each.kind, element.kind)
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


def _fewest_needed(ground: Ground, session: Session) -> list[Element]:
    """Return the open ends that some model needs, having done without whom it can.

    A model has people whom nothing asks for; each would bring in others.
    """
    needed = _needed(ground, session)
    absent: list[str] = []
    for each in reversed(needed):
        if each.active == t.TRUE or each.active in absent:
            continue
        if not is_active(session, each) or session.check(denied=[*absent, each.active]) == "sat":
            absent.append(each.active)
        elif session.check(denied=absent) != "sat":
            return needed
    return _needed(ground, session)


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
        for each in range(at - WINDOW, at + WINDOW + 1):
            nearby = exact_sum(ground, each, length, backwards)
            if nearby is not None:
                ground.axioms[f"(= ({function} {each}) {nearby})"] = None
    return wrong


def reckoned(ground: Ground, session: Session, day: Term) -> bool:
    """Say whether ``day`` matters in the last model: it is no event's, or the event is there."""
    owner = ground.elements.get(ground.owners.get(day, ""))
    return owner is None or is_active(session, owner)


def exact_sum(ground: Ground, day: int, length: Length, backwards: bool) -> int | None:
    """Return the ordinal of ``day`` moved by ``length``; None where no calendar tells."""
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
                return None
        case _:
            calendar = ground.vocabulary.calendars[length.calendar]
            found = add_working_days(start, sign * length.count, calendar)
            return None if found is None else found.toordinal()
