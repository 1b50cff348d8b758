"""A case as a picture shows it: who there is, what is so between them, what happens when.

Told in the words of the story, with the individuals that each sentence is about in the order in
which it speaks of them.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from amparo.core.law import Denial, Law, Norm, NormId
from amparo.core.world import Event, World
from amparo.explain.labels import Labels, label
from amparo.explain.story import bases, events_said, fact_said, in_order
from amparo.semantics.judge import violations

_PLACEHOLDER = re.compile(r"\{(\w+)(?:\.(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, and of whom: names of individuals, then of events."""

    said: str
    of: tuple[str, ...]
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """An event on its day; an act of authority with the norm on which it rests."""

    name: str
    on: datetime.date
    what: Sentence
    doer: str | None = None
    """Whoever does it, where the event says by whom."""
    rests_on: NormId | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A case: everybody by what he is called, what is so, what happens in the order of time."""

    individuals: Mapping[str, str]
    facts: tuple[Sentence, ...]
    happenings: tuple[Happening, ...]
    closing: datetime.date
    breaks: str | None = None
    """The event that breaks the protection, where one does."""


def scene(
    law: Law,
    world: World,
    norm: Norm | None = None,
    denial: Denial | None = None,
    *,
    broken: bool = False,
) -> Scene:
    """Return the case of ``world``, which is about ``norm`` (denied as told); it may be ``broken``."""
    rank = 0 if norm is None else norm.rank
    breaks = violations(law, world, norm, denial)[:1] if broken and norm is not None else ()
    labels = label(law.vocabulary, world)
    rests = {act: norm.id for act, norm in bases(law, rank, world)}
    said = (each for _, each in events_said(law, world, labels))
    happenings = tuple(
        Happening(
            event.name,
            event.on,
            _sentence(words, _spoken_of(law, event.name, world), world),
            _doer(event),
            rests.get(event.name),
        )
        for event, words in zip(in_order(world), said, strict=True)
    )
    named = {each for happening in happenings for each in happening.what.of}
    facts = tuple(_facts(law, world, labels))
    named |= {each for fact in facts for each in fact.of}
    individuals = {each: labels.individual(each) for each in world.things if each in named}
    return Scene(
        individuals, facts, happenings, world.closing, next((each.event for each in breaks), None)
    )


def _doer(event: Event) -> str | None:
    by = event.roles.get("by")
    return by if isinstance(by, str) else None


def _facts(law: Law, world: World, labels: Labels) -> Iterator[Sentence]:
    for fact, arguments in sorted(world.relations | world.states):
        said = fact_said(law, labels, fact, arguments)
        yield _sentence(said, _arguments(law, fact, arguments, world), world)
    for (fact, arguments), value in sorted(world.attributes.items(), key=lambda each: each[0]):
        sort = law.vocabulary.facts[fact].sort
        assert sort is not None
        said = fact_said(law, labels, fact, arguments, labels.value(value, sort))
        yield _sentence(said, _arguments(law, fact, arguments, world), world)


def _arguments(law: Law, fact: str, arguments: tuple[str, ...], world: World) -> list[str]:
    """Return of whom a fact is said, in the order of its phrase."""
    declared = law.vocabulary.facts[fact]
    names = [each.name.split("#")[0] for each in declared.parameters]
    fillers = dict(zip(names, arguments, strict=True))
    return [*_in_phrase(declared.reads, fillers, world), *arguments]


def _spoken_of(law: Law, name: str, world: World) -> list[str]:
    event = world.events[name]
    fillers = {role: each for role, each in event.roles.items() if isinstance(each, str)}
    reads = law.vocabulary.kinds[min(event.kinds)].reads
    return [*_in_phrase(reads, fillers, world), *fillers.values()]


def _in_phrase(reads: str | None, fillers: Mapping[str, str], world: World) -> Iterator[str]:
    for found in _PLACEHOLDER.finditer(reads or ""):
        filler = fillers.get(found[1])
        event = world.events.get(filler) if filler is not None else None
        inner = event.roles.get(found[2]) if event is not None and found[2] else filler
        if isinstance(inner, str):
            yield inner


def _sentence(said: str, names: Iterable[str], world: World) -> Sentence:
    several = tuple(dict.fromkeys(names))
    stopped = f"{said[:1].upper()}{said[1:]}"
    return Sentence(
        stopped if stopped.endswith(".") else f"{stopped}.",
        tuple(each for each in several if each in world.things),
        tuple(each for each in several if each in world.events),
    )
