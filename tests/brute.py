"""Questions answered without the engine: every small world tried, and judged in `semantics`.

What is found here is so. What is not found may yet be in a larger world, so an engine that finds
more is not wrong; one that proves what fails here is. Nothing here knows `smt` or `verify`.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from itertools import product

from amparo.core.condition import Attribute, Counted, Defined, Holds, Individual, IsA, Variable
from amparo.core.judgement import IMAGINED, Matter, Topic, is_remedy
from amparo.core.law import Denial, Law, Norm
from amparo.core.world import World
from amparo.semantics.conduct import says, subjects
from amparo.semantics.context import Context, imagine
from amparo.semantics.evaluate import Unspecified, applies, governs, law_date, outcome
from amparo.semantics.judge import claims, complies, guarantee_date, needs_basis, violations
from strategies import worlds


def words(law: Law) -> frozenset[str]:
    """Return the kinds and facts that the norms of ``law`` use, and what these rest on."""
    found: set[str] = set()
    waiting: list[object] = [*law.norms.values(), *law.transitions]
    seen: set[str] = set()
    while waiting:
        part = waiting.pop()
        match part:
            case Variable(sort=sort) if sort.kind in law.vocabulary.kinds:
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


def broken(
    law: Law,
    world: World,
    norm: str,
    denial: Denial | None = None,
    act: str | None = None,
    on: datetime.date | None = None,
) -> bool | None:
    """Say whether the protection ``norm`` is broken; None where the world leaves it open.

    A right: by ``denial``; a protection of a general act: by an act of the kind ``act``; ``on`` a
    day, if one is given. A right that is against nothing is broken when the world closes.
    """
    try:
        found = violations(law, world, law.norms[norm].of_kind(act), denial)
    except Unspecified:
        return None
    days = (world.closing if each.event is None else world.events[each.event].on for each in found)
    return any(on is None or each == on for each in days)


def shows(
    law: Law,
    world: World,
    norm: str,
    denial: Denial | None = None,
    act: str | None = None,
    on: datetime.date | None = None,
) -> bool:
    """Say whether everybody obeys the lower law in ``world`` and ``norm`` is broken."""
    rank = law.norms[norm].rank
    return broken(law, world, norm, denial, act, on) is True and obeyed(law, world, rank) is True


def rescued(
    law: Law,
    world: World,
    norm: str,
    denial: Denial | None = None,
    act: str | None = None,
    on: datetime.date | None = None,
) -> bool:
    """Say whether everybody obeys the lower law in ``world`` and ``norm`` is kept, for certain."""
    rank = law.norms[norm].rank
    return obeyed(law, world, rank) is True and broken(law, world, norm, denial, act, on) is False


# -- what else a world may show ----------------------------------------------------------------


def applies_somewhere(law: Law, world: World, norm: Norm) -> bool:
    """Say whether ``norm`` applies for certain in ``world``; a lower permission, to a lawful act."""
    context = Context(law, world)
    if norm.modality == "guarantee":
        return any(True for _ in _given(norm, context))
    acts = [each for each in world.events if _so(partial(governs, norm, each, context))]
    if norm.modality == "permit" and norm.rank > 0:
        return any(lawful(law, world, each) for each in acts)
    return bool(acts)


def lawful(law: Law, world: World, event: str) -> bool:
    """Say whether ``event`` has the basis it needs and is forbidden by nothing, for certain."""
    context = Context(law, world)
    norms = [each for each in law.norms.values() if each.rank > 0]
    bans = [each for each in norms if each.modality == "forbid"]
    permits = [each for each in norms if each.modality == "permit"]
    based = not needs_basis(event, context) or any(
        _so(partial(governs, each, event, context)) for each in permits
    )
    return based and all(outcome(partial(governs, each, event, context)) is False for each in bans)


def arises(law: Law, world: World, norm: Norm, on: datetime.date | None = None) -> bool:
    """Say whether everybody obeys the lower law, and there is what ``norm`` speaks of (`speaks`)."""
    return obeyed(law, world, norm.rank) is True and speaks(law, world, norm, on)


def speaks(law: Law, world: World, norm: Norm, on: datetime.date | None = None) -> bool:
    """Say whether there is for certain what ``norm`` speaks of, exceptions aside.

    That is, on the day ``on`` if one is given.
    """
    context = Context(law, world, norm.rank)
    bare = replace(
        norm,
        defeated_by=(),
        cases=tuple(replace(each, exceptions=()) for each in norm.cases),
    )
    if norm.modality == "guarantee":
        return any(True for _ in _given(bare, context, on))
    acts = [name for name, each in world.events.items() if on is None or each.on == on]
    return any(_so(partial(governs, bare, each, context)) for each in acts)


def limits(law: Law, world: World, guarantee: Norm, on: datetime.date | None = None) -> bool:
    """Say whether lawfully a lower norm forbids what is guaranteed that by rank or aim may not.

    What is guaranteed ``on`` a day, if one is given.
    """
    allowed = guarantee.limited_by
    if allowed is None or obeyed(law, world, guarantee.rank) is not True:
        return False
    improper = [
        each
        for each in law.norms.values()
        if each.modality == "forbid"
        and each.rank > guarantee.rank
        and (
            each.rank > allowed.rank
            or (allowed.aims and not set(allowed.aims) & set(each.provenance.aims))
        )
    ]
    context = Context(law, world, guarantee.rank)
    return any(
        _so(partial(governs, each, act, within))
        for act, within in _given(guarantee, context, on)
        for each in improper
    )


def _given(
    norm: Norm, context: Context, on: datetime.date | None = None
) -> Iterator[tuple[str, Context]]:
    """Yield the acts, only thought of, that ``norm`` guarantees for certain; ``on`` a day if given."""
    events, closing = context.world.events, context.world.closing
    for case, holder, against in claims(norm, context):
        if on not in (None, closing if against is None else events[against].on):
            continue
        act, within = imagine(case.variable.sort.kind, holder, against, context)
        day = guarantee_date(against, context)
        if _so(partial(applies, norm, case, act, within, day)):
            yield act, within


def slips(law: Law, world: World, general: str) -> bool:
    """Say whether a lawful act of authority on the objects of ``general`` is not told to be one or none.

    On a day on which a protection speaks of the general act.
    """
    if obeyed(law, world) is not True:
        return False
    vocabulary, context = law.vocabulary, Context(law, world)
    objects = {
        role: sort.kind
        for role, sort in vocabulary.kinds[general].roles
        if role != "by"
        and isinstance(sort, Individual)
        and vocabulary.kinds[sort.kind].category == "thing"
    }
    spoken = [each for each in law.norms.values() if each.rank == 0 and each.general == general]
    spoken = [each for each in spoken if each.modality in ("forbid", "require")]
    said = [(each.variable.sort.kind, each.period.end) for each in law.counts.values()]
    said += [(each.kind, each.period.end) for each in law.exclusions]

    def unsaid(event: str) -> bool:
        (kind,) = world.events[event].kinds
        roles = dict(vocabulary.kinds[kind].roles)
        near = vocabulary.kinds[kind].category == "official act" and all(
            isinstance(own := roles.get(role), Individual) and vocabulary.compatible(own.kind, of)
            for role, of in objects.items()
        )
        day = law_date(event, context)
        told = (context.is_a(event, of) and (end is None or day < end) for of, end in said)
        return near and not any(told) and any(each.period.covers(day) for each in spoken)

    return bool(objects) and any(_so(partial(unsaid, each)) for each in world.events)


def _so(test: Callable[[], bool]) -> bool:
    """Say whether ``test`` passes for certain."""
    return outcome(test) is True


# -- what two laws judge of it -------------------------------------------------------------------

TOPICS: tuple[Topic, ...] = ("act", "duty", "remedy", "protection", "safeguard", "right")


def differences(before: Law, after: Law, world: World) -> Iterator[tuple[Matter, bool]]:
    """Yield what is judged of ``world`` by one law only, and whether by the second."""
    kinds = after.vocabulary.kinds
    then, now = Context(before, world), Context(after, world)
    guaranteed = {
        case.variable.sort.kind
        for law in (before, after)
        for norm in law.norms.values()
        if norm.modality == "guarantee" and norm.rank == 0
        for case in norm.cases
    }
    for topic in TOPICS:
        for name, kind in kinds.items():
            right = topic == "right" and name in guaranteed
            if topic in IMAGINED and not (is_remedy(kind) and topic == "remedy") and not right:
                continue
            if kind.category in ("thing", "general act") or kind.parent is not None:
                continue
            matter = Matter(topic, name, imagined=topic in IMAGINED)
            for each in subjects(matter, now):
                was = outcome(partial(says, matter, each, then))
                is_so = outcome(partial(says, matter, each, now))
                if isinstance(was, bool) and isinstance(is_so, bool) and was != is_so:
                    yield matter, is_so
