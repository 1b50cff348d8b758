"""From a model to a world. What the model leaves open about somebody is settled here, once.

The world is a claim, not yet a finding: only its replay in `semantics` makes it one.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, count

from amparo.core.condition import Enumerated, Sort, WorkingDays
from amparo.core.law import Fact
from amparo.core.world import Event, Plain, World, imagined
from amparo.core.world import Ground as Fact_
from amparo.smt.ground import (
    CLOSING,
    Element,
    Entity,
    Ground,
    Hypothetical,
    Named,
    elements_of,
)
from amparo.smt.kinds import possible
from amparo.smt.search import exact_sum, is_active, present, reckoned
from amparo.smt.session import Session

NOBODY: Mapping[str, str] = {}


@dataclass(slots=True)
class _Decoder:
    ground: Ground
    session: Session
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """Who somebody is in the model, to his name in the world."""
    members: dict[str, list[Element]] = field(default_factory=dict)
    """The terms that denote each named individual."""

    def meet(self, known: Mapping[str, str]) -> None:
        """Name everybody who is there; ``known`` gives the names of some terms."""
        taken = set(known.values())
        everybody = [
            each for each in self.ground.elements.values() if is_active(self.session, each)
        ]
        for each in everybody:
            who = present(self.ground, self.session, each)
            if who not in self.names:
                name = known.get(each.name) or _unused(self._stem(each), taken)
                taken.add(name)
                self.names[who] = name
                self.members[name] = []
            self.members[self.names[who]].append(each)

    def _stem(self, element: Element) -> str:
        kind = next(iter(sorted(self.kinds(element))))
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in kind).strip("_")

    def name(self, element: Element) -> str:
        """Return the name of ``element``."""
        return self.names[present(self.ground, self.session, element)]

    def entity(self, entity: Entity) -> str:
        """Return the name of an individual, or of an act that is only thought of."""
        if isinstance(entity, Hypothetical):
            roles = {role: self.entity(each) for role, each in entity.roles}
            return imagined(entity.kind, roles["by"], roles.get("against"))
        assert isinstance(entity, Element)
        return self.name(entity)

    def kinds(self, element: Element) -> frozenset[str]:
        """Return the most specific kinds of ``element``."""
        vocabulary, symbols = self.ground.vocabulary, self.ground.symbols
        root, sort = vocabulary.root(element.kind), symbols.sort(element.kind)
        held = {root} | {
            kind
            for kind in possible(vocabulary, symbols.kinds, element.kind)
            if self.session.holds(symbols.kind(kind), sort, element.name)
        }
        above = {each for kind in held for each in vocabulary.lineage(kind)[1:]}
        return frozenset(held - above)

    def value(self, named: Named, sort: Sort) -> Plain:
        """Return the value of a named constant, as a value of ``sort``."""
        number = self.session.number(named.name, named.sort)
        if isinstance(sort, Enumerated):
            options = self.ground.vocabulary.enumerations[sort.enumeration]
            return options[int(number)]
        if sort == "date":
            return datetime.date.fromordinal(int(number))
        return Fraction(number) if sort == "share" else int(number)

    def day(self, name: str) -> datetime.date:
        """Return the date of a named ordinal."""
        return datetime.date.fromordinal(int(self.session.number(name, "Int")))

    def there(self, names: tuple[str, ...]) -> bool:
        """Say whether all these terms denote somebody who is there."""
        return all(is_active(self.session, self.ground.elements[each]) for each in names)

    def ground_fact(self, fact: str, names: tuple[str, ...]) -> Fact_:
        """Return ``fact`` applied to the names of the world."""
        return fact, tuple(self.name(self.ground.elements[each]) for each in names)

    def fact(self, name: str) -> Fact:
        """Return a declared fact."""
        return self.ground.vocabulary.facts[name]


def _unused(stem: str, taken: set[str]) -> str:
    numbered = (f"{stem}_{number}" for number in count(2))
    return next(name for name in chain([stem], numbered) if name not in taken)


def terms_of(
    ground: Ground, session: Session, known: Mapping[str, str] = NOBODY
) -> Mapping[str, list[Element]]:
    """Return the terms that denote each individual of the world that `decode` gives."""
    decoder = _Decoder(ground, session)
    decoder.meet(known)
    return decoder.members


def decode(
    ground: Ground,
    session: Session,
    readings: dict[str, str],
    known: Mapping[str, str] = NOBODY,
) -> World:
    """Return the world of the last model of ``session``; ``known`` gives the names of some terms."""
    decoder = _Decoder(ground, session)
    decoder.meet(known)
    events: dict[str, Event] = {}
    things: dict[str, frozenset[str]] = {}
    for name, elements in decoder.members.items():
        if ground.is_event(elements[0]):
            events[name] = _event(decoder, name, elements)
        else:
            things[name] = decoder.kinds(elements[0])
    relations: set[Fact_] = set()
    states: set[Fact_] = set()
    open_facts: dict[Fact_, bool] = {}
    for (fact, entities), told in ground.imagined.items():
        if decoder.there(tuple(each.name for each in elements_of(entities))):
            open_facts[fact, tuple(map(decoder.entity, entities))] = session.truth(told)
    for (fact, names), atom in ground.atoms.items():
        if not decoder.there(names):
            continue
        key, truth = decoder.ground_fact(fact, names), session.truth(atom)
        match decoder.fact(fact).category:
            case "open":
                open_facts[key] = truth
            case "state" if truth:
                states.add(key)
            case "relation" if truth:
                relations.add(key)
            case _:
                pass
    return World(
        things=things,
        events=events,
        closing=decoder.day(CLOSING),
        relations=frozenset(relations),
        states=frozenset(states),
        open_facts=open_facts,
        attributes=_attributes(decoder),
        readings=dict(readings),
        assumed_days=_assumed_days(decoder),
        assumed_parameters=_assumed_parameters(decoder),
    )


def _event(decoder: _Decoder, name: str, elements: list[Element]) -> Event:
    ground, kinds = decoder.ground, decoder.kinds(elements[0])
    roles: dict[str, Plain] = {}
    for kind in sorted(kinds):
        for role, sort in ground.vocabulary.kinds[kind].roles:
            for element in elements:
                key = ground.symbols.role(kind, role, ground.solver_sort(sort)), (element.name,)
                if key in ground.fillers:
                    roles[role] = decoder.name(ground.fillers[key])
                    break
                if key in ground.values:
                    roles[role] = decoder.value(ground.values[key], sort)
                    break
    known = next(each for each in elements if each.name in ground.domain)
    order = int(decoder.session.number(ground.order(known), "Int"))
    return Event(name, kinds, decoder.day(ground.day(known)), order, roles)


def _attributes(decoder: _Decoder) -> dict[Fact_, Plain]:
    ground = decoder.ground
    found: dict[Fact_, Plain] = {}
    for key, label in ground.labels.items():
        fact = ground.vocabulary.facts.get(label)
        if fact is None or fact.sort is None or not key[0].startswith("f"):
            continue
        if not decoder.there(key[1]):
            continue
        applied = label, tuple(map(decoder.entity, ground.spoken_of[key]))
        if key in ground.fillers:
            found[applied] = decoder.name(ground.fillers[key])
        else:
            found[applied] = decoder.value(ground.values[key], fact.sort)
    return found


def _assumed_days(decoder: _Decoder) -> dict[tuple[str, datetime.date, int], datetime.date]:
    found = {}
    for (length, backwards, of), (day, result, _) in decoder.ground.sums.items():
        if not reckoned(decoder.ground, decoder.session, of):
            continue
        at = int(decoder.session.number(day.name, "Int"))
        if not isinstance(length, WorkingDays):
            continue
        if exact_sum(decoder.ground, at, length, backwards) is None:
            days = -length.count if backwards else length.count
            key = (length.calendar, datetime.date.fromordinal(at), days)
            found[key] = decoder.day(result.name)
    return found


def _assumed_parameters(decoder: _Decoder) -> dict[tuple[str, datetime.date], Plain]:
    found = {}
    for (parameter, _), (day, value) in decoder.ground.gaps.items():
        declared = decoder.ground.vocabulary.parameters[parameter]
        at = decoder.day(day.name)
        if not declared.values or at < declared.values[0][0]:
            found[parameter, at] = decoder.value(value, declared.sort)
    return found
