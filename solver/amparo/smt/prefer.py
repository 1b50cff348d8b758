"""The small and plausible case among those that satisfy a question.

Preferences are kept greedily in the order of the design: fewest events; fewest double roles;
fewest people and things; fewest facts out of the ordinary; round values and near dates. Each is
one more check on the same script, skipped where the model at hand satisfies it already.
"""

from collections.abc import Callable, Iterator
from itertools import combinations

from amparo.core.condition import Constant, WorkingDays
from amparo.core.law import Fact
from amparo.smt import term as t
from amparo.smt.ground import CLOSING, Element, Ground, Named, plain
from amparo.smt.search import CLOSED, Budget, correct_sums, question
from amparo.smt.term import Term
from amparo.smt.z3_backend import Session


def plausible(
    ground: Ground,
    assertions: Callable[[], list[Term]],
    budget: Budget,
    near: int,
    first: tuple[Term, ...] = (),
) -> Session | None:
    """Return a session whose last model is the preferred one; None when the budget ends first.

    ``near`` is the ordinal of the day of the check; ``first`` are wishes before all others.
    """
    for _ in range(budget.rounds * 10):
        script = question(ground, assertions)
        declared = len(ground.symbols.declarations)
        wishes = [*first, *_wishes(ground, near)]
        names = [f"wish{number}" for number in range(len(wishes))]
        sizes, count = _sizes(ground)
        extra = [
            # A wish may speak of a kind of which the question did not.
            *tuple(ground.symbols.declarations.values())[declared:],
            *(f"(declare-const {name} Bool)" for name in names),
            *(f"(assert (= {n} {w}))" for n, w in zip(names, wishes, strict=True)),
            *sizes,
        ]
        session = Session(script + "\n".join(extra), budget.effort)
        session.add(CLOSED)
        if not _fewest(session, count):
            return None
        for name in names:
            if session.truth(name) or session.check([name]) == "sat":
                session.add(name)
            elif session.check() != "sat":
                return None
        if session.check() != "sat":
            return None
        if not correct_sums(ground, session):
            return session
    return None


def _sizes(ground: Ground) -> tuple[list[str], int]:
    """Return declarations of ``size<k>``: at most k events there, and how many there may be."""
    events = [each for each in ground.domain.values() if ground.is_event(each)]
    # One who is nobody else of the domain before him counts; others are the same event again.
    counted = [
        t.ite(
            t.and_(
                each.active,
                *(
                    t.not_(t.and_(other.active, ground.same(each, other)))
                    for other in events[:position]
                ),
            ),
            "1",
            "0",
        )
        for position, each in enumerate(events)
    ]
    total = f"(+ 0 {' '.join(counted)})" if counted else "0"
    lines = ["(declare-const size Int)", f"(assert (= size {total}))"]
    for number in range(len(events) + 1):
        lines.append(f"(declare-const size{number} Bool)")
        lines.append(f"(assert (= size{number} (<= size {number})))")
    return lines, len(events)


def _fewest(session: Session, most: int) -> bool:
    for number in range(most + 1):
        name = f"size{number}"
        if session.check([name]) == "sat":
            session.add(name)
            return session.check() == "sat"
    return False


def _wishes(ground: Ground, near: int) -> Iterator[Term]:
    people = [each for each in ground.domain.values() if not ground.is_event(each)]
    yield from _apart(ground, people)
    yield from (
        t.implies(t.and_(a.active, b.active), ground.same(a, b))
        for a, b in combinations(people, 2)
        if ground.same(a, b) != t.FALSE
    )
    for each in people:
        yield t.not_(each.active)
    for (fact, _), name in ground.atoms.items():
        if ground.vocabulary.facts[fact].category != "open":
            yield t.not_(name)
    for each in ground.domain.values():
        yield from _plain_kind(ground, each)
    yield from _days(ground, near)
    yield from _soon(ground)
    yield from _amounts(ground)


def _apart(ground: Ground, people: list[Element]) -> Iterator[Term]:
    """Wish that fillers of different roles are different people."""
    roles: dict[str, set[str]] = {}
    for key, filler in ground.fillers.items():
        roles.setdefault(filler.name, set()).add(ground.labels[key])
    for first, second in combinations(people, 2):
        mine, theirs = roles.get(first.name, set()), roles.get(second.name, set())
        if mine and theirs and not mine & theirs and ground.same(first, second) != t.FALSE:
            both = t.and_(first.active, second.active)
            yield t.implies(both, t.not_(ground.same(first, second)))


def _plain_kind(ground: Ground, element: Element) -> Iterator[Term]:
    for kind in ground.vocabulary.below(element.kind)[1:]:
        yield t.not_(ground.is_kind(element, kind))


def _days(ground: Ground, near: int) -> Iterator[Term]:
    events = [each for each in ground.domain.values() if ground.is_event(each)]
    if not events:
        return
    last = ground.day(events[0])
    yield t.equal(last, str(near))
    yield t.compare("<=", last, str(near))
    yield t.compare("<=", f"(- {near} 366)", last)
    for number, each in enumerate(events[1:], 1):
        day = ground.day(each)
        yield t.implies(each.active, t.equal(day, f"(- {last} {7 * number})"))
        yield t.implies(each.active, t.compare("<=", day, last))
        yield t.implies(each.active, t.compare("<=", f"(- {last} 60)", day))
        yield t.implies(each.active, t.compare("<=", f"(- {last} 400)", day))
    for each in events:
        yield t.equal(ground.order(each), "0")
    yield t.equal(CLOSING, last)
    yield t.conjunction(
        t.implies(each.active, t.compare("<=", ground.day(each), CLOSING)) for each in events
    )


def _soon(ground: Ground) -> Iterator[Term]:
    """Wish that working days beyond every calendar run as they do elsewhere."""
    for (length, backwards, _), (day, result, _) in ground.sums.items():
        first, last = (result, day) if backwards else (day, result)
        if isinstance(length, WorkingDays):
            yield t.compare("<=", last.name, f"(+ {first.name} {2 * length.count + 7})")


def _amounts(ground: Ground) -> Iterator[Term]:
    for key, named in ground.values.items():
        label = ground.labels[key]
        if label in ("day", "order"):
            continue
        fact = ground.vocabulary.facts.get(label)
        yield from _ordinary(ground, fact, named)
        unit = "1.0" if named.sort == "Real" else "1"
        if named.sort == "Int":
            yield t.equal(f"(mod {named.name} 10000000)", "0")
            yield t.equal(f"(mod {named.name} 100000)", "0")
        else:
            yield t.equal(named.name, unit)


def _ordinary(ground: Ground, fact: Fact | None, named: Named) -> Iterator[Term]:
    if fact is None or fact.sort is None:
        return
    ends = [
        plain(each.value, each.sort, ground.vocabulary.enumerations)
        for each in fact.ordinary
        if isinstance(each, Constant)
    ]
    if len(ends) == 1:
        yield t.equal(named.name, ends[0])
    elif len(ends) == 2:  # noqa: PLR2004 - a range has two ends
        yield t.compare("<=", ends[0], named.name)
        yield t.compare("<=", named.name, ends[1])
