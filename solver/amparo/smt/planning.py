"""From what was done in one world to a plan for all: who and when, in the terms of the question."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from amparo.core.condition import Individual, Sort
from amparo.core.law import Law
from amparo.core.world import Event, Plain, World
from amparo.smt.ground import Element, Ground, Planned, Somebody, plain
from amparo.smt.plan import Among, Plan, place
from amparo.smt.term import Term

Terms = Mapping[str, list[Element]]
"""The terms that denote each individual of the world, the first met first."""


@dataclass(frozen=True, slots=True)
class Planning:
    """``before`` is the world that was found, ``after`` what was made of it.

    ``terms`` denote those of ``before``; ``about`` is the event from which days are counted.
    """

    law: Law
    ground: Ground
    terms: Terms
    before: World
    after: World
    about: str
    number: int
    valued: bool = False
    """Whether open facts were valued anew."""

    def plan(self) -> Plan:
        """Return what was done as a plan."""
        events = [each for name, each in self.after.events.items() if self._added(name)]
        fillers: dict[tuple[str, str], Somebody] = {}
        numbers: dict[tuple[str, str], Term] = {}
        for event in events:
            for role, value in event.roles.items():
                sort = self._role(event, role)
                key = self._planned(event.name).name, role
                if isinstance(sort, Individual):
                    fillers[key] = self._somebody(str(value))
                else:
                    numbers[key] = plain(value, sort, self.law.vocabulary.enumerations)
        names = [*self.after.things, *self.after.events]
        gone = [name for name in self.before.events if name not in self.after.events]
        amounts, persons = self._attributes()
        return Plan(
            added=tuple(self._planned(name) for name in names if self._added(name)),
            dropped=tuple(self.terms[name][0] for name in gone),
            overrides=self._overrides(),
            fillers=fillers,
            numbers=numbers,
            days={self._planned(each.name).name: self._when(each)[0] for each in events},
            orders={self._planned(each.name).name: self._when(each)[1] for each in events},
            facts=self._facts(),
            amounts=amounts,
            persons=persons,
        )

    def _added(self, name: str) -> bool:
        return name not in self.before.things and name not in self.before.events

    def _planned(self, name: str) -> Planned:
        things, events = self.after.things, self.after.events
        kinds = things[name] if name in things else events[name].kinds
        return Planned(f"{name} of plan {self.number}", min(sorted(kinds)), kinds)

    def _somebody(self, name: str) -> Somebody:
        return self._planned(name) if self._added(name) else self.terms[name][0]

    def _role(self, event: Event, role: str) -> Sort:
        kinds = (self.law.vocabulary.kinds[each] for each in sorted(event.kinds))
        return next(dict(each.roles)[role] for each in kinds if role in dict(each.roles))

    def _when(self, act: Event) -> tuple[Term, Term]:
        """Return the day and place of an added event, from one that stays on that day if any."""
        about = self.after.events[self.about]
        places = sorted({each.order for each in self.after.events.values() if each.on == act.on})
        at = places.index(act.order)
        if (anchor := self._beside(act)) is not None:
            element = self.terms[anchor.name][0]
            order = _shifted(place(self.ground, element), at - places.index(anchor.order))
            return self.ground.day(element), order
        if act.on in self._turns():
            return str(act.on.toordinal()), str(at)
        first = self.terms[self.about][0]
        return _shifted(self.ground.day(first), (act.on - about.on).days), str(at)

    def _beside(self, act: Event) -> Event | None:
        """Return one that stays, with no other between it and ``act``: ``about`` if it can be."""
        stay = [each for name, each in self.after.events.items() if not self._added(name)]
        same_day = [each for each in stay if each.on == act.on]
        before = max((each.order for each in same_day if each.order <= act.order), default=None)
        after = min((each.order for each in same_day if each.order >= act.order), default=None)
        beside = [each for each in same_day if each.order in (before, after)]
        return min(beside, key=lambda each: (each.name != self.about, each.order), default=None)

    def _turns(self) -> frozenset[datetime.date]:
        periods = [norm.period for norm in self.law.norms.values()]
        return frozenset(day for each in periods for day in (each.start, each.end) if day)

    def _facts(self) -> Mapping[str, tuple[Among, ...]]:
        so = {*self.after.relations, *self.after.states}
        so |= {fact for fact, truth in self.after.open_facts.items() if truth}
        found: dict[str, list[Among]] = {}
        for fact, names in sorted(so):
            if any(map(self._added, names)):
                found.setdefault(fact, []).append(tuple(map(self._somebody, names)))
        return {fact: tuple(each) for fact, each in found.items()}

    def _overrides(self) -> Mapping[str, tuple[tuple[Among, bool], ...]]:
        """Return the open facts that were valued anew."""
        found: dict[str, list[tuple[Among, bool]]] = {}
        told = sorted(self.after.open_facts.items()) if self.valued else ()
        for (fact, names), truth in told:
            known = all(name in self.terms for name in names) and not any(map(self._added, names))
            if known and self.before.open_facts.get((fact, names)) is not truth:
                found.setdefault(fact, []).append((tuple(map(self._somebody, names)), truth))
        return {fact: tuple(each) for fact, each in found.items()}

    def _attributes(
        self,
    ) -> tuple[Mapping[str, tuple[tuple[Among, Term], ...]], Mapping[tuple[str, Among], Somebody]]:
        amounts: dict[str, list[tuple[Among, Term]]] = {}
        persons: dict[tuple[str, Among], Somebody] = {}
        for (fact, names), value in sorted(self.after.attributes.items(), key=lambda e: e[0]):
            if not any(map(self._added, names)):
                continue
            among, sort = tuple(map(self._somebody, names)), self.law.vocabulary.facts[fact].sort
            assert sort is not None
            if isinstance(sort, Individual):
                persons[fact, among] = self._somebody(str(value))
            else:
                term = self._plain(value, sort)
                amounts.setdefault(fact, []).append((among, term))
        return {fact: tuple(each) for fact, each in amounts.items()}, persons

    def _plain(self, value: Plain, sort: Sort) -> Term:
        exact: int | Fraction | datetime.date | str = value
        return plain(exact, sort, self.law.vocabulary.enumerations)


def _shifted(term: Term, count: int) -> Term:
    if count == 0:
        return term
    return f"({'+' if count > 0 else '-'} {term} {abs(count)})"
