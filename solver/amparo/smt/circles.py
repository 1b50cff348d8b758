"""Who is needed on account of whom, and where that goes round for ever.

A witness is needed for a reason: a condition, or a role, of somebody already spoken of. If one is
needed, by however many steps, on account of one needed for the same reason, there may be no end
of them. Where that never happens, whoever is needed is one of finitely many.
"""

from collections.abc import Iterable, Iterator

from amparo.smt import term as t
from amparo.smt.ground import Ground, Origin
from amparo.smt.term import Term
from amparo.smt.values import Values

NOBODY = Origin(None, (), "")
Way = tuple[str, ...]
"""Individuals, each needed on account of the one before; the last for the same reason as the first."""


def circles(ground: Ground, names: Iterable[str]) -> Iterator[Way]:
    """Yield the way by which each of ``names`` is needed, where it comes round to the same reason."""
    for name in names:
        way = _back(ground, name)
        if way:
            yield way


def _back(ground: Ground, name: str) -> Way:
    """Return the shortest way to ``name`` from one that is needed for the same reason, if any."""
    reason = ground.origins.get(name, NOBODY).reason
    if reason is None:
        return ()
    waiting: list[Way] = [(name,)]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop(0)
        for parent in ground.origins.get(way[0], NOBODY).parents:
            if parent in seen:
                continue
            seen.add(parent)
            if ground.origins.get(parent, NOBODY).reason == reason:
                return (parent, *way)
            waiting.append((parent, *way))
    return ()


def told(ground: Ground, way: Way) -> str:
    """Return a way round in the law's words, with the norms on whose account each is needed.

    ``Notice → Answer (code article 1 norm reply) → Notice (code article 2 norm notify)``.
    """
    words = [ground.elements[way[0]].kind]
    for name in way[1:]:
        kind, norm = ground.elements[name].kind, ground.origins[name].norm
        words.append(f"{kind} ({norm})" if norm else kind)
    return " → ".join(words)


def events(ground: Ground, way: Way) -> set[str]:
    """Return the kinds of events on a way round."""
    there = (ground.elements[each] for each in way)
    return {each.kind for each in there if ground.is_event(each)}


def extremes(ground: Ground) -> Iterator[Term]:
    """Yield that there is a first and a last event of each kind that goes round, if any is there.

    So it is in every world, for a world is finite. It ends what would go back, or on, for ever.
    """
    before = Values(ground.vocabulary, ground).before
    for kind in sorted(ground.circling):
        for end in ("first", "last"):
            key = (end, kind)
            one = ground.witness(key, key, kind)
            ground.domain.setdefault(one.name, one)
            for each in tuple(ground.domain.values()):
                is_one = t.and_(each.active, ground.is_kind(each, kind))
                beyond = before(each, one) if end == "first" else before(one, each)
                yield t.implies(is_one, t.and_(one.active, t.not_(beyond)))
