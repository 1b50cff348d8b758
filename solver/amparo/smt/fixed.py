"""A world put before the solver as it is, to ask what more can happen in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product

from amparo.core.condition import Individual, Sort, WorkingDays
from amparo.core.law import Fact, Vocabulary
from amparo.core.world import Plain, World
from amparo.smt import term as t
from amparo.smt.ground import Element, Ground, NumericSort, plain
from amparo.smt.symbols import Symbols
from amparo.smt.term import Term


@dataclass(slots=True)
class Fixed:
    """A ground in which everybody of ``world`` is; those in ``optional`` may be left out.

    Open facts and attributes that the world does not tell stay open.
    """

    vocabulary: Vocabulary
    world: World
    optional: frozenset[str] = frozenset()
    valued: bool = True
    """Whether its open facts are as it tells."""
    ground: Ground = field(init=False)
    elements: dict[str, Element] = field(default_factory=dict)
    """By the names of the world."""

    def __post_init__(self) -> None:
        """Meet everybody of the world."""
        self.ground = Ground(self.vocabulary, Symbols(self.vocabulary))
        everybody = {**self.world.things, **{n: e.kinds for n, e in self.world.events.items()}}
        for name, kinds in everybody.items():
            element = self.ground.witness(("of the world", name), name, min(sorted(kinds)))
            self.elements[name] = self.ground.domain[element.name] = element
            self.ground.settled[element.name] = frozenset(
                above for kind in kinds for above in self.vocabulary.lineage(kind)
            )

    def facts(self) -> list[Term]:
        """Return that the world is so. To be called after all that is asked has been compiled."""
        return [
            *self._people(),
            *self._events(),
            *self._atoms(),
            *self._told(),
            *self._assumed(),
            *self._referred(),
        ]

    def is_fixed(self, element: Element) -> Term:
        """Return that ``element`` is one of the world."""
        if element.name in {each.name for each in self.elements.values()}:
            return t.TRUE
        return t.disjunction(self.ground.same(element, each) for each in self.elements.values())

    def _people(self) -> Iterator[Term]:
        everybody = list(self.elements.items())
        for number, (name, each) in enumerate(everybody):
            if name not in self.optional:
                yield each.active
            for _, other in everybody[:number]:
                yield t.not_(self.ground.same(each, other))

    def _events(self) -> Iterator[Term]:
        for name, event in self.world.events.items():
            element = self.elements[name]
            yield t.equal(self.ground.day(element), str(event.on.toordinal()))
            for kind in sorted(event.kinds):
                for role, sort in self.vocabulary.kinds[kind].roles:
                    filler = self.ground.role(element, kind, role, sort)
                    yield t.equal(filler.name, self._plain(event.roles[role], sort))
        yield from self._days()

    def _days(self) -> Iterator[Term]:
        """Tell the order of each day, and no numbers: more can happen before, between and after."""
        moments = sorted((event.moment, name) for name, event in self.world.events.items())
        for (first, name), (second, following) in pairwise(moments):
            if first[0] == second[0]:
                earlier, later = (self.ground.order(self.elements[n]) for n in (name, following))
                if first == second:
                    yield t.equal(earlier, later)
                else:
                    yield t.compare("<", earlier, later)

    def is_apart(self, event: Element) -> Term:
        """Return that ``event`` is at no moment at which something of the world happens."""
        day, order = self.ground.day(event), self.ground.order(event)
        return t.not_(
            t.disjunction(
                t.and_(t.equal(day, self.ground.day(each)), t.equal(order, self.ground.order(each)))
                for each in (self.elements[name] for name in self.world.events)
            )
        )

    def as_numbered(self) -> Term:
        """Return that what happens has the very numbers within its day that the world gives it."""
        return t.conjunction(
            t.equal(self.ground.order(self.elements[name]), t.integer(event.order))
            for name, event in self.world.events.items()
        )

    def _atoms(self) -> Iterator[Term]:
        for name in dict.fromkeys(fact for fact, _ in tuple(self.ground.atoms)):
            fact = self.vocabulary.facts[name]
            if fact.category == "open":
                continue
            for names, elements in self._arguments(fact):
                key = (name, names)
                so = key in self.world.relations or key in self.world.states
                yield t.signed(self.ground.atom(name, elements), so)
        for (name, names), so in sorted(self.world.open_facts.items()):
            said = self.ground.atom(name, tuple(self.elements[each] for each in names))
            if self.valued:
                yield t.signed(said, so)

    def _arguments(self, fact: Fact) -> Iterator[tuple[tuple[str, ...], tuple[Element, ...]]]:
        roots = [self.vocabulary.root(each.sort.kind) for each in fact.parameters]
        groups = [
            [(n, e) for n, e in self.elements.items() if self.vocabulary.root(e.kind) == root]
            for root in roots
        ]
        for pairs in product(*groups):
            yield tuple(name for name, _ in pairs), tuple(element for _, element in pairs)

    def _told(self) -> Iterator[Term]:
        for (name, names), value in sorted(self.world.attributes.items(), key=lambda e: e[0]):
            sort = self.vocabulary.facts[name].sort
            assert sort is not None
            owners = tuple(self.elements[each] for each in names)
            attribute = self.ground.attribute(name, owners, sort)
            yield t.equal(attribute.name, self._plain(value, sort))

    def _plain(self, value: Plain, sort: Sort) -> Term:
        if isinstance(sort, Individual):
            return self.elements[str(value)].name
        return plain(value, sort, self.vocabulary.enumerations)

    def _assumed(self) -> Iterator[Term]:
        for (length, backwards, _), (_, _, function) in tuple(self.ground.sums.items()):
            if isinstance(length, WorkingDays):
                count = -length.count if backwards else length.count
                for (calendar, day, days), result in self.world.assumed_days.items():
                    if (calendar, days) == (length.calendar, count):
                        yield f"(= ({function} {day.toordinal()}) {result.toordinal()})"
        parameters = {name for name, _ in self.ground.gaps}
        for (name, day), value in self.world.assumed_parameters.items():
            if name in parameters:
                sort = self.vocabulary.parameters[name].sort
                numeric: NumericSort = "Real" if sort == "share" else "Int"
                gap = self.ground.parameter_gap(name, str(day.toordinal()), numeric)
                yield t.equal(gap, self._plain(value, sort))

    def _referred(self) -> Iterator[Term]:
        """Return that whoever is spoken of is not left out."""
        fixed = {each.name for each in self.elements.values()}
        for name in sorted(self.optional):
            one = self.elements[name]
            for each in tuple(self.ground.elements.values()):
                if each.name not in fixed and (same := self.ground.same(one, each)) != t.FALSE:
                    yield t.implies(t.and_(each.active, same), one.active)
