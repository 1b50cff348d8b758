"""Every small world of a small law, without the engine: what its verdicts are compared with.

Individuals are of every kind that the law knows, events have every order on two days, and all
that the law speaks of is so or not so. Where the worlds of one shape are too many, a part of them
is drawn, always the same.
"""

import datetime
import random
from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement, islice, product

from amparo.core.condition import Individual, Money
from amparo.core.law import Fact, Law
from amparo.core.world import Event, Ground, Plain, World

MOMENTS = (
    (datetime.date(2024, 1, 30), 0),
    (datetime.date(2024, 2, 1), 0),
    (datetime.date(2024, 2, 1), 1),
)
CLOSINGS = (datetime.date(2024, 2, 1), datetime.date(2024, 3, 9))
AMOUNTS = (0, 10_000, 10_100)


def worlds(
    law: Law, words: frozenset[str], readings: Mapping[str, str], *, most: int, seed: int = 0
) -> Iterator[World]:
    """Yield worlds of ``law`` over its ``words``: at most ``most`` of each shape, small ones first.

    A shape is how many persons and things there are, and of which kinds the events are.
    """
    kinds = law.vocabulary.kinds
    things = [each for each, kind in kinds.items() if _is_root(kind.parent, kind.category)]
    acts = [
        name
        for name, kind in kinds.items()
        if kind.category not in ("thing", "general act") and name in words
    ]
    for number in range(3):
        for happening in combinations_with_replacement(acts, number):
            for counts in product((1, 2), repeat=len(things)):
                people = [
                    (f"{kind.lower()}_{each}", kind)
                    for kind, count in zip(things, counts, strict=True)
                    for each in range(1, count + 1)
                ]
                shape = _Shape(law, words, people, happening)
                for choice in shape.choices(most, random.Random(seed)):
                    yield shape.world(choice, readings)


def _is_root(parent: str | None, category: str) -> bool:
    return parent is None and category == "thing"


class _Shape:
    """Who there is and what happens; all else is chosen."""

    def __init__(
        self,
        law: Law,
        words: frozenset[str],
        people: list[tuple[str, str]],
        happening: tuple[str, ...],
    ) -> None:
        self.law = law
        self.people = people
        self.events = [(f"event_{number}", kind) for number, kind in enumerate(happening, 1)]
        everybody = [*people, *self.events]
        self.options: dict[tuple[str, object], tuple[object, ...]] = {}
        vocabulary = law.vocabulary
        for name, kind in everybody:
            below = [each for each in vocabulary.below(kind) if each == kind or each in words]
            if name not in dict(self.events):
                self.options["kind", name] = tuple(below)
        for name, kind in self.events:
            self.options["moment", name] = MOMENTS
            for role, sort in vocabulary.kinds[kind].roles:
                assert isinstance(sort, Individual)
                fillers = self._of(sort.kind, everybody)
                self.options["role", (name, role)] = tuple(fillers)
        self.options["closing", ""] = CLOSINGS
        for fact in vocabulary.facts.values():
            if fact.name in words:
                for arguments in self._arguments(fact, everybody):
                    self.options["fact", (fact.name, arguments)] = (
                        AMOUNTS if isinstance(fact.sort, Money) else (False, True)
                    )

    def _of(self, kind: str, everybody: list[tuple[str, str]]) -> list[str]:
        lineage = self.law.vocabulary.lineage
        return [name for name, own in everybody if kind in lineage(own) or own in lineage(kind)]

    def _arguments(self, fact: Fact, everybody: list[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
        return product(*(self._of(each.sort.kind, everybody) for each in fact.parameters))

    def choices(self, most: int, draw: random.Random) -> Iterator[tuple[object, ...]]:
        """Yield all choices, or ``most`` drawn ones where they are more."""
        options = tuple(self.options.values())
        size = 1
        for each in options:
            size *= len(each)
        if size <= most:
            yield from product(*options)
        else:
            yield from islice(_drawn(options, draw), most)

    def world(self, choice: tuple[object, ...], readings: Mapping[str, str]) -> World:
        """Return the world in which things are as chosen."""
        chosen = dict(zip(self.options, choice, strict=True))
        things = {name: frozenset({str(chosen["kind", name])}) for name, _ in self.people}
        events = {name: self._event(name, kind, chosen) for name, kind in self.events}
        relations: set[Ground] = set()
        states: set[Ground] = set()
        open_facts: dict[Ground, bool] = {}
        attributes: dict[Ground, Plain] = {}
        for (what, key), value in chosen.items():
            if what != "fact":
                continue
            assert isinstance(key, tuple)
            assert isinstance(value, int)
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

    def _event(self, name: str, kind: str, chosen: Mapping[tuple[str, object], object]) -> Event:
        moment = chosen["moment", name]
        assert isinstance(moment, tuple)
        roles = {
            role: str(chosen["role", (name, role)])
            for role, _ in self.law.vocabulary.kinds[kind].roles
        }
        return Event(name, frozenset({kind}), moment[0], moment[1], roles)


def _drawn(
    options: tuple[tuple[object, ...], ...], draw: random.Random
) -> Iterator[tuple[object, ...]]:
    while all(options):
        yield tuple(draw.choice(each) for each in options)
