"""What more can happen in a world that is fixed, so that everybody obeys: or that nothing can.

The fixed world is written down name by name (`fixed`); what is added is grounded lazily like any
question (`search`), so that "nothing can" is a proof for additions of any number.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from amparo.core.law import Law
from amparo.core.world import World
from amparo.smt import term as t
from amparo.smt.compile import Compiler
from amparo.smt.decode import decode
from amparo.smt.fixed import Fixed
from amparo.smt.ground import CLOSING, Element, Ground, Somebody
from amparo.smt.norms import Duties
from amparo.smt.obey import Demand, Side, controlled, done_by_somebody, is_controlled, obedience
from amparo.smt.search import CLOSED, Budget, Found, Result, correct_sums, question, solve
from amparo.smt.session import Session
from amparo.smt.situation import MARGIN
from amparo.smt.term import Term

NEAR = (1, 2, 3, 5, 10, 20, 40)
"""How many days after it had to, at most, something had best happen."""

KEEPING = 4
"""The part of the effort that is spent on leaving nothing undone is one in so many."""


@dataclass(frozen=True, slots=True)
class Start:
    """What is fixed: ``world``, but those of its events that are ``optional``.

    ``excused`` are demands that are not made of an event. What is added happens strictly ``after``
    that event of the world, and not before the day ``since``; there is nothing after ``closing``.
    """

    world: World
    closing: datetime.date
    optional: frozenset[str] = frozenset()
    excused: frozenset[tuple[Demand, str]] = frozenset()
    after: str | None = None
    since: datetime.date | None = None
    about: str | None = None
    """The event near to which something is done, by preference."""
    valued: bool = True
    """Whether its open facts are as it tells, or only by preference."""


@dataclass(slots=True)
class Continuing:
    """One question: whether ``start`` can go on so that ``demanded`` is obeyed."""

    law: Law
    readings: Mapping[str, str]
    duties: Duties
    budget: Budget
    start: Start
    demanded: Side
    fixed: Fixed = field(init=False)
    compiler: Compiler = field(init=False)
    acts: tuple[str, ...] = field(init=False)
    _all_kept: bool = False

    def __post_init__(self) -> None:
        """Fix the world."""
        start = self.start
        self.fixed = Fixed(self.law.vocabulary, start.world, start.optional, start.valued)
        self.compiler = Compiler(self.law, 0, self.readings, self.fixed.ground)
        self.acts = (*controlled(self.law), *done_by_somebody(self.law))

    def decide(self) -> Result:
        """Return `Proved` iff nothing can be done; `Found` if something can.

        What can be done without leaving anything undone is looked for first: it is the plainer way.
        """
        if self.start.optional:
            self._all_kept = True
            some = replace(self.budget, effort=self.budget.effort // KEEPING)
            if isinstance(found := solve(self.fixed.ground, self.asserts, some), Found):
                return found
            self._all_kept = False
        return solve(self.fixed.ground, self.asserts, self.budget)

    def asserts(self) -> list[Term]:
        """Return asserts that are unsatisfiable iff nothing can be done."""
        return [*self._demands().values(), *self._frame()]

    def core(self) -> frozenset[Demand]:
        """Return demands that, after a proof, are enough for it."""
        names: dict[str, Demand] = {}

        def named() -> list[Term]:
            found = []
            for demand, term in self._demands().items():
                name = self.fixed.ground.free(("demanded", demand))
                names[name] = demand
                found.append(t.implies(name, term))
            return [*found, *self._frame()]

        session = Session(question(self.fixed.ground, named), self.budget.effort)
        if session.check(sorted(names)) != "unsat":
            return frozenset(names.values())
        return frozenset(names[each] for each in session.core())

    def shown(self) -> World | None:
        """Return a world in which it is done, near to ``start`` and early; None beyond the budget."""
        for _ in range(self.budget.rounds * 2):
            session = self._preferred()
            if session is None or not correct_sums(self.fixed.ground, session):
                break
        else:
            return None
        if session is None:
            return None
        names = {each.name: name for name, each in self.fixed.elements.items()}
        return decode(self.fixed.ground, session, dict(self.readings), names)

    # -- what is asked ----------------------------------------------------------------------

    def _demands(self) -> Mapping[Demand, Term]:
        return obedience(self.compiler, self.duties, self.demanded, self._excused, positive=True)

    def _excused(self, demand: Demand, somebody: Somebody) -> Term:
        return t.disjunction(
            self.fixed.ground.same(somebody, self.fixed.elements[name])
            for excuse, name in sorted(self.start.excused)
            if excuse == demand
        )

    def _frame(self) -> list[Term]:
        """Return that the world is as it is, and what is added is done by those who answer for it."""
        closing = t.equal(CLOSING, str(self.start.closing.toordinal()))
        optional = sorted(self.start.optional) if self._all_kept else ()
        everything = (self.fixed.elements[name].active for name in optional)
        return [closing, *everything, *self._later(), *self.fixed.facts()]

    def _later(self) -> Iterator[Term]:
        fixed = {each.name for each in self.fixed.elements.values()}
        for each in tuple(self.fixed.ground.elements.values()):
            if each.name not in fixed and self.fixed.ground.is_event(each):
                says = [is_controlled(self.compiler, each, self.acts), *self._in_time(each)]
                yield t.implies(each.active, t.or_(self.fixed.is_fixed(each), t.conjunction(says)))

    def _in_time(self, act: Element) -> Iterator[Term]:
        ground, start = self.fixed.ground, self.start
        yield t.compare("<=", str(MARGIN), ground.day(act))
        if start.after is not None:
            yield self.compiler.values.before(self.fixed.elements[start.after], act)
        if start.since is not None:
            yield t.compare("<=", str(start.since.toordinal()), ground.day(act))

    # -- what is shown ----------------------------------------------------------------------

    def _preferred(self) -> Session | None:
        script = question(self.fixed.ground, self.asserts)
        return preferred(script, self.fixed.ground, self._wishes(), self.budget.effort)

    def _wishes(self) -> Iterator[Term]:
        """Wish that all is kept, nothing is added, and what must be is done at once."""
        ground, fixed = self.fixed.ground, self.fixed.elements
        for (fact, names), truth in sorted(self.start.world.open_facts.items()):
            said = ground.atom(fact, tuple(fixed[name] for name in names))
            yield t.signed(said, truth)
        yield from (fixed[name].active for name in sorted(self.start.optional))
        known = {each.name for each in fixed.values()}
        added = [each for each in ground.domain.values() if each.name not in known]
        events = [each for each in added if ground.is_event(each)]
        for each in (*events, *(one for one in added if not ground.is_event(one))):
            yield t.or_(t.not_(each.active), self.fixed.is_fixed(each))
        about = self.start.about
        if about is None:
            yield self.fixed.as_numbered()
            return
        first = fixed[about]
        days = list(dict.fromkeys(e.on.toordinal() for e in self.start.world.events.values()))
        for number, each in enumerate(events, 1):
            day, new = ground.day(each), t.and_(each.active, t.not_(self.fixed.is_fixed(each)))
            yield t.implies(new, t.equal(day, ground.day(first)))
            yield t.implies(new, t.disjunction(t.equal(day, str(other)) for other in days))
            yield t.implies(new, t.disjunction(t.equal(day, str(other)) for other in self._turns()))
            for count in NEAR:
                yield t.implies(new, t.compare("<=", day, f"(+ {ground.day(first)} {count})"))
            yield t.implies(new, self.fixed.is_apart(each))
            for side in "+-":
                place = f"({side} {ground.order(first)} {number})"
                yield t.implies(new, t.equal(ground.order(each), place))
        yield self.fixed.as_numbered()

    def _turns(self) -> tuple[int, ...]:
        """Return the days on which the law changes."""
        periods = [norm.period for norm in self.law.norms.values()]
        days = [day for each in periods for day in (each.start, each.end) if day is not None]
        return tuple(sorted({day.toordinal() for day in days}))


def preferred(script: str, ground: Ground, wishes: Iterable[Term], effort: int) -> Session | None:
    """Return a session on ``script``, closed, that keeps every wish that those before it allow.

    None where nothing satisfies it within the effort.
    """
    declared = len(ground.symbols.declarations)
    wished = [each for each in wishes if each != t.TRUE]
    names = [f"wish{number}" for number in range(len(wished))]
    lines = [
        # A wish may speak of what the question did not.
        *tuple(ground.symbols.declarations.values())[declared:],
        *(f"(declare-const {name} Bool)" for name in names),
        *(f"(assert (= {name} {wish}))" for name, wish in zip(names, wished, strict=True)),
    ]
    session = Session(script + "\n".join(lines), effort)
    session.add(CLOSED)
    if session.check() != "sat":
        return None
    for name in names:
        if session.truth(name) or session.check([name]) == "sat":
            session.add(name)
        elif session.check() != "sat":
            return None
    return session if session.check() == "sat" else None
