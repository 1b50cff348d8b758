"""A world as a scenario in the language: what the engine found, as a drafter would write it down.

Guarantees that nothing is left out or changed silently: what the language cannot state is
`Unwritable`. That the scenario is judged as the world is, only its replay tells: within a day a
scenario puts one event after another, and a world need not.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from itertools import chain, groupby, islice, permutations, product

from amparo.core.condition import Individual, Money, Sort
from amparo.core.law import Law, Provision, Vocabulary
from amparo.core.world import Event, Ground, Plain, World
from amparo.explain.labels import noun
from amparo.syntax import tree
from amparo.syntax.keywords import load, single_words

MOST_ORDERS = 24
"""Orders of events that a world puts at one moment, of which a scenario needs one."""
_WORD = re.compile(r"[^\W\d_]\w*")


class Unwritable(Exception):
    """The scenario language has no words for what the world says; the message tells for what."""


def scenarios(
    law: Law,
    world: World,
    title: str,
    settings: tuple[tree.Setting, ...],
    expectation: tree.Expectation,
) -> Iterator[tree.Scenario]:
    """Yield ``world`` as a scenario, once for each order of what it puts at one moment.

    The closing date is the scenario's ``as of``; ``settings`` are the others.

    Raises:
        Unwritable: the language cannot state it.
    """
    names = _names(law.vocabulary, world)
    closing = tree.AsOf(tree.Day(world.closing))
    readings = (
        tree.FixedReading(tree.Name(reading), tree.Name(option))
        for reading, option in world.readings.items()
    )
    given = tuple(_given(law.vocabulary, world, names))
    for events in islice(_orders(world), MOST_ORDERS):
        yield tree.Scenario(
            tree.Text(title),
            (*settings, closing, *readings),
            given,
            tuple(_occurrence(law.vocabulary, each, names) for each in events),
            (expectation,),
        )


def citation(place: Provision) -> tree.Citation:
    """Return ``place`` as it is cited in the language."""
    labels = (place.article, place.paragraph, place.point)
    article, paragraph, point = (tree.Label(each) if each else None for each in labels)
    norm = tree.Name(place.norm) if place.norm else None
    return tree.Citation(tree.Name(place.act), tree.Place(article, paragraph, point, norm))


def words_of(node: object) -> frozenset[str]:
    """Return every name that stands in ``node``."""
    if isinstance(node, tree.Name):
        return frozenset({node.text})
    parts: tuple[object, ...] = node if isinstance(node, tuple) else ()
    if is_dataclass(node):
        parts = tuple(getattr(node, each.name) for each in fields(node) if each.compare)
    return frozenset(chain.from_iterable(map(words_of, parts)))


# -- names ------------------------------------------------------------------------------------


def _names(vocabulary: Vocabulary, world: World) -> Mapping[str, str]:
    """Call everybody by what he is: ``bailiff``, ``home``, ``home_2``."""
    taken = {
        *single_words(load()),
        *vocabulary.kinds,
        *vocabulary.facts,
        *vocabulary.parameters,
        *vocabulary.calendars,
        *vocabulary.readings,
        *vocabulary.phrases,
        *(option for options in vocabulary.enumerations.values() for option in options),
    }
    kinds = {**world.things, **{name: each.kinds for name, each in world.events.items()}}
    names: dict[str, str] = {}
    for name, members in kinds.items():
        stem = _stem(vocabulary, min(members))
        number, said = 1, stem
        while said in taken:
            number += 1
            said = f"{stem}_{number}"
        taken.add(said)
        names[name] = said
    return names


def _stem(vocabulary: Vocabulary, kind: str) -> str:
    words = "_".join(_WORD.findall(noun(vocabulary, kind)))
    if words.isascii() == kind.isascii() and words:
        return words
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in kind).strip("_")


# -- what is given ----------------------------------------------------------------------------


def _given(
    vocabulary: Vocabulary, world: World, names: Mapping[str, str]
) -> Iterator[tree.GivenIndividual | tree.GivenFact]:
    if world.assumed_days:
        raise Unwritable("it rests on working days that no calendar gives")
    if world.assumed_parameters:
        raise Unwritable("it rests on the value of a parameter for a day on which none is declared")
    for name, kinds in world.things.items():
        first, *others = sorted(kinds)
        yield tree.GivenIndividual(tree.Name(names[name]), tree.Name(first))
        for each in others:
            yield tree.GivenFact(tree.IsA(_path(names[name]), tree.Name(each)))
    for fact, arguments in sorted(world.relations | world.states):
        yield tree.GivenFact(_said((fact, arguments), names))
    for ground, value in sorted(world.attributes.items(), key=lambda each: each[0]):
        sort = vocabulary.facts[ground[0]].sort
        assert sort is not None
        said = _said(ground, names)
        yield tree.GivenFact(tree.Compare("=", said, _value(value, sort, names)))
    for ground, so in sorted(world.open_facts.items()):
        open_fact = _said(ground, names)
        yield tree.GivenFact(open_fact if so else tree.Not(open_fact))


def _said(ground: Ground, names: Mapping[str, str]) -> tree.Call:
    fact, arguments = ground
    if not re.fullmatch(r"\w+", fact):
        raise Unwritable("it turns on a text that nobody has seen")
    if not names.keys() >= set(arguments):
        raise Unwritable("it turns on what is true of an act that is only thought of")
    return tree.Call(tree.Name(fact), tuple(_path(names[each]) for each in arguments))


def _path(name: str) -> tree.Path:
    return tree.Path(tree.Name(name))


def _value(value: Plain, sort: Sort, names: Mapping[str, str]) -> tree.Expression:
    match value:
        case datetime.date():
            return tree.Day(value)
        case str() if isinstance(sort, Individual):
            return _path(names[value])
        case str():
            return _path(value)
        case _ if isinstance(sort, Money):
            return tree.Quantity(Fraction(value) / 100, tree.Name(sort.currency))
        case _ if sort == "share":
            return tree.Percent(_decimal(Fraction(value) * 100))
        case _ if sort == "duration":
            return tree.Duration(int(value), "days")
        case _:
            return tree.Number(_decimal(Fraction(value)))


def _decimal(number: Fraction) -> Fraction:
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        raise Unwritable(f"it rests on the number {number}, which has no end as a decimal")
    return number


# -- what happens -----------------------------------------------------------------------------


def _orders(world: World) -> Iterator[tuple[Event, ...]]:
    """Yield the events in the order of time, in every order those of one moment may have."""
    in_time = sorted(world.events.values(), key=lambda each: (each.moment, each.name))
    moments = [tuple(group) for _, group in groupby(in_time, key=lambda each: each.moment)]
    for chosen in product(*(permutations(each) for each in moments)):
        yield tuple(chain.from_iterable(chosen))


def _occurrence(vocabulary: Vocabulary, event: Event, names: Mapping[str, str]) -> tree.Occurrence:
    if len(event.kinds) != 1:
        raise Unwritable("something that happens is of several kinds at once")
    (kind,) = event.kinds
    roles = tuple(
        (tree.Name(role), _value(event.roles[role], sort, names))
        for role, sort in vocabulary.kinds[kind].roles
    )
    return tree.Occurrence(tree.Name(names[event.name]), tree.Name(kind), roles, tree.Day(event.on))
