"""Questions answered without the engine: every small world tried, and judged in `semantics`.

What is found here is so. What is not found may yet be in a larger world, so an engine that finds
more is not wrong; one that proves what fails here is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import product

import worlds
from amparo.core.condition import Attribute, Counted, Defined, Holds, Individual, IsA, Variable
from amparo.core.law import Denial, Law
from amparo.core.world import World
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies, violations


def words(law: Law) -> frozenset[str]:
    """Return the kinds and facts that the norms of ``law`` use, and what these rest on."""
    found: set[str] = set()
    waiting: list[object] = [*law.norms.values(), *law.transitions]
    seen: set[str] = set()
    while waiting:
        part = waiting.pop()
        match part:
            case Variable(sort=sort):
                found.add(sort.kind)
                found |= _fillers(law, sort.kind)
            case Holds(fact) | Attribute(fact) if fact not in found:
                found.add(fact)
                waiting.append(law.vocabulary.facts[fact])
            case IsA(_, kind):
                found.add(kind)
            case Defined(definition) if definition not in seen:
                seen.add(definition)
                waiting.extend(law.definitions.get(definition, ()))
            case Counted(rule) if rule not in seen:
                seen.add(rule)
                waiting.append(law.counts[rule])
            case _:
                pass
        if isinstance(part, tuple):
            waiting.extend(part)
        elif is_dataclass(part):
            waiting.extend(getattr(part, each.name) for each in fields(part))
    return frozenset(found)


def _fillers(law: Law, kind: str) -> set[str]:
    """Return the kinds of events that fill roles of ``kind``: without them there is none."""
    roles = law.vocabulary.kinds[kind].roles
    return {sort.kind for _, sort in roles if isinstance(sort, Individual)}


def small_worlds(
    law: Law, readings: Mapping[str, str] | None = None, *, most: int = 40, seed: int = 0
) -> Iterator[World]:
    """Yield small worlds of ``law``: at most ``most`` of each shape, the smallest shapes first."""
    yield from worlds.worlds(law, words(law), readings or {}, most=most, seed=seed)


def continuations(
    law: Law, world: World, *, days: range = range(4), most: int = 40, seed: int = 0
) -> Iterator[World]:
    """Yield what may follow in ``world``: up to two more events, on days counted from its closing.

    Nobody else appears, and what was is as it was.
    """
    yield from worlds.continuations(law, world, words(law), days=days, most=most, seed=seed)


def revalued(world: World) -> Iterator[World]:
    """Yield ``world`` under every valuation of its open facts."""
    for values in product((False, True), repeat=len(world.open_facts)):
        yield replace(world, open_facts=dict(zip(world.open_facts, values, strict=True)))


def obeyed(law: Law, world: World, rank: int = 0) -> bool | None:
    """Say whether nobody breaches the law lower than ``rank``; None where the world leaves it open."""
    try:
        return not complies(law, world, rank)
    except Unspecified:
        return None


def broken(law: Law, world: World, norm: str, denial: Denial | None = None) -> bool | None:
    """Say whether the protection ``norm`` is broken (a right: by ``denial``); None where the world leaves it open."""
    try:
        return bool(violations(law, world, law.norms[norm], denial))
    except Unspecified:
        return None


def shows(law: Law, world: World, norm: str, denial: Denial | None = None) -> bool:
    """Say whether everybody obeys the lower law in ``world`` and ``norm`` is broken."""
    rank = law.norms[norm].rank
    return broken(law, world, norm, denial) is True and obeyed(law, world, rank) is True


def rescued(law: Law, world: World, norm: str, denial: Denial | None = None) -> bool:
    """Say whether everybody obeys the lower law in ``world`` and ``norm`` is kept, for certain."""
    rank = law.norms[norm].rank
    return obeyed(law, world, rank) is True and broken(law, world, norm, denial) is False
