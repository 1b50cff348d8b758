"""What is done about a situation, as ground terms: whom a plan adds, and what it leaves undone.

A plan is found in one world and tried in all: who fills its roles and when its events happen is
said in the terms of the question, so that it means something in every world of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from amparo.core.condition import Enumerated, Sort
from amparo.core.law import Fact
from amparo.smt import term as t
from amparo.smt.ground import Element, Entity, Ground, Planned, Somebody, is_planned
from amparo.smt.term import Term

Among = tuple[Entity, ...]
ROOM = 1_000
"""So many events could be added between two of a day, and before the first: more than any plan adds."""


class Unplanned(Exception):
    """The plan does not say who an attribute of one whom it adds is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about those ``added``; ``dropped`` are those of the world who are left out.

    ``facts`` gives the arguments of which a relation, state or open fact is so wherever one of
    them is added; of all others it is not so. ``amounts`` and ``persons`` are attributes.
    ``overrides`` value open facts of others anew, for the arguments given; else they stay as they
    are. ``orders`` are places as `place` gives them to others.
    """

    added: tuple[Planned, ...] = ()
    dropped: tuple[Element, ...] = ()
    fillers: Mapping[tuple[str, str], Somebody] = field(default_factory=dict)
    numbers: Mapping[tuple[str, str], Term] = field(default_factory=dict)
    days: Mapping[str, Term] = field(default_factory=dict)
    orders: Mapping[str, Term] = field(default_factory=dict)
    facts: Mapping[str, tuple[Among, ...]] = field(default_factory=dict)
    overrides: Mapping[str, tuple[tuple[Among, bool], ...]] = field(default_factory=dict)
    amounts: Mapping[str, tuple[tuple[Among, Term], ...]] = field(default_factory=dict)
    persons: Mapping[tuple[str, Among], Somebody] = field(default_factory=dict)

    def filler(self, event: Planned, role: str) -> Somebody:
        """Return who fills ``role`` of an added event."""
        return self.fillers[event.name, role]

    def number(self, event: Planned, role: str) -> Term:
        """Return what number, amount, date or option ``role`` of an added event is."""
        return self.numbers[event.name, role]

    def attributed(self, fact: str, arguments: Among) -> Somebody:
        """Return who the attribute ``fact`` of ``arguments`` is.

        Raises:
            Unplanned: the plan does not say.
        """
        if (fact, arguments) not in self.persons:
            raise Unplanned(fact)
        return self.persons[fact, arguments]

    def measured(self, ground: Ground, fact: str, arguments: Among) -> Term:
        """Return the number, amount, date or option that ``fact`` of ``arguments`` is."""
        sort = ground.vocabulary.facts[fact].sort
        assert sort is not None
        found = _least(sort)
        for among, value in reversed(self.amounts.get(fact, ())):
            found = t.ite(_are(ground, arguments, among), value, found)
        return found

    def says(self, ground: Ground, fact: Fact, arguments: Among) -> Term:
        """Return that ``fact`` is so of ``arguments``, one of whom is added; or, of others, anew."""
        if not is_planned(arguments):
            found: Term = ground.atom(fact.name, arguments)
            for among, truth in self.overrides.get(fact.name, ()):
                found = t.ite(_are(ground, arguments, among), str(truth).lower(), found)
            return found
        fit = t.conjunction(
            ground.is_kind(each, parameter.sort.kind)
            for each, parameter in zip(arguments, fact.parameters, strict=True)
        )
        told = (_are(ground, arguments, among) for among in self.facts.get(fact.name, ()))
        return t.and_(fit, t.disjunction(told))

    def keeps(self, ground: Ground, somebody: Element) -> Term:
        """Return that ``somebody`` is not dropped."""
        return t.conjunction(t.not_(ground.same(somebody, each)) for each in self.dropped)

    def spoken_of(self) -> tuple[Element, ...]:
        """Return those of the world who fill a role of an added event."""
        found = (each for each in self.fillers.values() if isinstance(each, Element))
        return tuple(dict.fromkeys(found))


NOTHING = Plan()


def place(ground: Ground, event: Element) -> Term:
    """Return the place of ``event`` within its day, with room for what a plan adds on each side.

    Only which of two events is first means anything, so every world is one that leaves this room.
    """
    return f"(* {ROOM} {ground.order(event)})"


def _are(ground: Ground, some: Among, others: Among) -> Term:
    return t.conjunction(ground.same(a, b) for a, b in zip(some, others, strict=True))


def _least(sort: Sort) -> Term:
    if sort == "share":
        return "0.0"
    return "0" if isinstance(sort, Enumerated) or sort != "date" else "1"
