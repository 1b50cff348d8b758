"""Every small world of a small law, without the engine: what its verdicts are compared with.

Individuals are of every kind that the law knows, of several where they may overlap; events have
every order on two days, and all that the law speaks of is so or not so. Where the worlds of one
shape are too many, a part of them is drawn, always the same.
"""

import datetime
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, islice, product

from amparo.core.condition import Enumerated, Individual, Money, Sort
from amparo.core.law import Fact, Law
from amparo.core.world import Event, Ground, Plain, World, imagined

MOMENTS = (
    (datetime.date(2024, 1, 30), 0),
    (datetime.date(2024, 2, 1), 0),
    (datetime.date(2024, 2, 1), 1),
)
CLOSINGS = (datetime.date(2024, 2, 1), datetime.date(2024, 3, 9))
AMOUNTS = (0, 10_000, 10_100)
SCALARS: Mapping[Sort, tuple[Plain, ...]] = {
    "number": (0, 1, 3),
    "share": (Fraction(0), Fraction(1, 2), Fraction(1)),
    "duration": (0, 1, 30),
    "date": tuple(dict.fromkeys(day for day, _ in MOMENTS)),
}

Kinds = frozenset[str]
"""The most specific kinds of one individual."""


def worlds(
    law: Law, words: frozenset[str], readings: Mapping[str, str], *, most: int, seed: int = 0
) -> Iterator[World]:
    """Yield worlds of ``law`` over its ``words``: at most ``most`` of each shape, small ones first.

    A shape is how many persons and things there are, and of which kinds the events are. There are
    up to two of a root kind and up to two events.
    """
    vocabulary = law.vocabulary
    roots = [
        name
        for name, kind in vocabulary.kinds.items()
        if kind.parent is None and kind.category == "thing"
    ]
    acts = [
        several
        for name, kind in vocabulary.kinds.items()
        if kind.parent is None and kind.category not in ("thing", "general act")
        for several in _kinds(law, name, words)
        if several <= words
    ]
    for number in range(3):
        for happening in combinations_with_replacement(acts, number):
            for counts in product((1, 2, 0), repeat=len(roots)):
                people = [
                    (f"{kind.lower()}_{each}", kind)
                    for kind, count in zip(roots, counts, strict=True)
                    for each in range(1, count + 1)
                ]
                shape = _Shape(law, words, people, happening, {}, MOMENTS, CLOSINGS)
                yield from shape.worlds(most, random.Random(seed), readings)


def continuations(
    law: Law, world: World, words: frozenset[str], *, days: range, most: int, seed: int = 0
) -> Iterator[World]:
    """Yield ``world`` itself, then with up to two more events, each so many days after it closes.

    Nobody else appears and no fact changes; the world closes when the last of ``days`` does.
    """
    vocabulary = law.vocabulary
    end = world.closing + datetime.timedelta(days=max(days, default=0))
    moments = tuple((world.closing + datetime.timedelta(days=each), 1) for each in days)
    people = [(name, vocabulary.root(min(kinds))) for name, kinds in world.things.items()]
    acts = [
        several
        for name, kind in vocabulary.kinds.items()
        if kind.parent is None and kind.category not in ("thing", "general act")
        for several in _kinds(law, name, words)
        if several <= words
    ]
    yield replace(world, closing=end)
    for number in (1, 2):
        for happening in combinations_with_replacement(acts, number):
            before = {name: event.kinds for name, event in world.events.items()}
            shape = _Shape(law, words, people, happening, before, moments, (end,))
            for each in shape.worlds(most, random.Random(seed), world.readings):
                # What is new adds to what was; what was is as it was.
                yield replace(
                    each,
                    things=world.things,
                    events={**each.events, **world.events},
                    relations=world.relations
                    | {fact for fact in each.relations if _new(fact, world)},
                    states=world.states | {fact for fact in each.states if _new(fact, world)},
                    open_facts={**each.open_facts, **world.open_facts},
                    attributes={**each.attributes, **world.attributes},
                )


def _new(fact: Ground, world: World) -> bool:
    return any(each not in world.things and each not in world.events for each in fact[1])


def _kinds(law: Law, root: str, words: frozenset[str]) -> list[Kinds]:
    """Return what an individual of ``root`` may most specifically be, as far as ``words`` tell."""
    vocabulary = law.vocabulary
    below = [each for each in vocabulary.below(root) if each == root or each in words]
    pairs = [
        frozenset(pair)
        for pair in combinations(below, 2)
        if vocabulary.compatible(*pair)
        and not any(a in vocabulary.lineage(b) for a, b in (pair, pair[::-1]))
    ]
    return [*(frozenset({each}) for each in below), *pairs]


class _Shape:
    """Who there is and what happens; all else is chosen."""

    def __init__(
        self,
        law: Law,
        words: frozenset[str],
        people: list[tuple[str, str]],
        happening: tuple[Kinds, ...],
        before: Mapping[str, Kinds],
        moments: tuple[tuple[datetime.date, int], ...],
        closings: tuple[datetime.date, ...],
    ) -> None:
        """Gather what is to be chosen; ``before`` are events that are there already."""
        self.law = law
        self.people = people
        first = len(before) + 1
        self.events = [(f"event_{number}", each) for number, each in enumerate(happening, first)]
        vocabulary = law.vocabulary
        root = dict(people)
        root |= {name: vocabulary.root(min(kinds)) for name, kinds in self.events}
        root |= {name: vocabulary.root(min(kinds)) for name, kinds in before.items()}
        self.root = root
        self.happened = {**before, **dict(self.events)}
        self.options: dict[tuple[str, object], tuple[object, ...]] = {}
        for name, kind in people:
            self.options["kinds", name] = tuple(_kinds(law, kind, words))
        for name, kinds in self.events:
            self.options["moment", name] = moments
            for role, sort in self._roles(kinds):
                self.options["role", (name, role)] = tuple(self._of_sort(sort))
        self.options["closing", ""] = closings
        for fact in vocabulary.facts.values():
            if fact.name in words:
                for arguments in self._arguments(fact):
                    values = (False, True) if fact.sort is None else self._of_sort(fact.sort)
                    self.options["fact", (fact.name, arguments)] = tuple(values)

    def _roles(self, kinds: Kinds) -> list[tuple[str, Sort]]:
        declared = self.law.vocabulary.kinds
        found = {role: sort for kind in sorted(kinds) for role, sort in declared[kind].roles}
        return list(found.items())

    def _of_sort(self, sort: Sort) -> tuple[Plain, ...]:
        match sort:
            case Individual(kind):
                wanted = self.law.vocabulary.root(kind)
                return tuple(name for name, root in self.root.items() if root == wanted)
            case Money():
                return AMOUNTS
            case Enumerated(enumeration):
                return self.law.vocabulary.enumerations[enumeration]
            case _:
                return SCALARS[sort]

    def _arguments(self, fact: Fact) -> Iterator[tuple[str, ...]]:
        of = [tuple(map(str, self._of_sort(each.sort))) for each in fact.parameters]
        if fact.category in ("open", "attribute"):
            # What must be told of acts that are only thought of, too.
            of = [
                (*names, *self._imagined(each.sort.kind))
                for names, each in zip(of, fact.parameters, strict=True)
            ]
        return product(*of)

    def _imagined(self, kind: str) -> Iterator[str]:
        """Yield the acts of ``kind`` that somebody may be thought to do, if it is open to anybody."""
        vocabulary = self.law.vocabulary
        for each in vocabulary.below(vocabulary.root(kind)):
            declared = vocabulary.kinds[each]
            roles = dict(declared.roles)
            remedial = declared.category in ("power act", "private act")
            if not remedial or not roles.keys() <= {"by", "against"} or "by" not in roles:
                continue
            against = self._of_sort(roles["against"]) if "against" in roles else (None,)
            for holder, act in product(self._of_sort(roles["by"]), against):
                yield imagined(each, str(holder), None if act is None else str(act))

    def worlds(
        self, most: int, draw: random.Random, readings: Mapping[str, str]
    ) -> Iterator[World]:
        """Yield all worlds of the shape, or ``most`` drawn ones where the choices are more."""
        for choice in self._choices(most, draw):
            world = self._world(choice, readings)
            if self._fits(world):
                yield world

    def _choices(self, most: int, draw: random.Random) -> Iterator[tuple[object, ...]]:
        options = tuple(self.options.values())
        size = 1
        for each in options:
            size *= len(each)
        if size <= most:
            yield from product(*options)
        else:
            yield from islice(_drawn(options, draw), most)

    def _fits(self, world: World) -> bool:
        """Say whether everything that must be of a kind is."""
        vocabulary = self.law.vocabulary
        kinds = {name: each.kinds for name, each in world.events.items()} | dict(world.things)

        def is_a(name: object, sort: Sort) -> bool:
            if not isinstance(sort, Individual) or name not in kinds:
                return True
            return any(sort.kind in vocabulary.lineage(each) for each in kinds[str(name)])

        return all(
            is_a(event.roles[role], sort)
            for event in world.events.values()
            for role, sort in self._roles(event.kinds)
        ) and all(
            is_a(value, sort)
            for (fact, _), value in world.attributes.items()
            if (sort := vocabulary.facts[fact].sort) is not None
        )

    def _world(self, choice: tuple[object, ...], readings: Mapping[str, str]) -> World:
        chosen = dict(zip(self.options, choice, strict=True))
        things: dict[str, Kinds] = {}
        for name, _ in self.people:
            kinds = chosen["kinds", name]
            assert isinstance(kinds, frozenset)
            things[name] = kinds
        events = {name: self._event(name, kinds, chosen) for name, kinds in self.events}
        relations: set[Ground] = set()
        states: set[Ground] = set()
        open_facts: dict[Ground, bool] = {}
        attributes: dict[Ground, Plain] = {}
        for (what, key), value in chosen.items():
            if what != "fact":
                continue
            assert isinstance(key, tuple)
            assert isinstance(value, int | Fraction | datetime.date | str)
            if not self._fit(key, things):
                continue
            match self.law.vocabulary.facts[key[0]].category:
                case "open":
                    open_facts[key] = bool(value)
                case "state" if value:
                    states.add(key)
                case "relation" if value:
                    relations.add(key)
                case "attribute":
                    attributes[key] = value
                case _:
                    pass
        closing = chosen["closing", ""]
        assert isinstance(closing, datetime.date)
        return World(
            things,
            events,
            closing,
            frozenset(relations),
            frozenset(states),
            open_facts,
            attributes,
            dict(readings),
        )

    def _fit(self, ground: Ground, things: Mapping[str, Kinds]) -> bool:
        """Say whether those named are such as the fact is about: of others there is none."""
        vocabulary = self.law.vocabulary
        kinds = {**things, **self.happened}
        return all(
            any(
                each.sort.kind in vocabulary.lineage(kind)
                for kind in kinds.get(name, (name.split(" by ")[0],))
            )
            for each, name in zip(vocabulary.facts[ground[0]].parameters, ground[1], strict=True)
        )

    def _event(self, name: str, kinds: Kinds, chosen: Mapping[tuple[str, object], object]) -> Event:
        moment = chosen["moment", name]
        assert isinstance(moment, tuple)
        roles: dict[str, Plain] = {}
        for role, _ in self._roles(kinds):
            value = chosen["role", (name, role)]
            assert isinstance(value, int | Fraction | datetime.date | str)
            roles[role] = value
        return Event(name, kinds, moment[0], moment[1], roles)


def _drawn(
    options: tuple[tuple[object, ...], ...], draw: random.Random
) -> Iterator[tuple[object, ...]]:
    while all(options):
        yield tuple(draw.choice(each) for each in options)
