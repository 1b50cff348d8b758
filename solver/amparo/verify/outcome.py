"""The outcome of one question under one choice of readings."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product

from amparo.core.law import UNSEEN, NormId
from amparo.core.world import Ground, World
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies, violations
from amparo.smt.search import Found, Proved, Undecided
from amparo.verify.ask import Asking
from amparo.verify.finding import Outcome
from amparo.verify.inquiry import by_reading

MOST_TRIES = 8
"""Cases that are asked for when valuations rescue those found so far."""
MOST_VALUATIONS = 256
"""Valuations of the open facts of one world that are tried one by one."""
VACUOUS = "no act of which the protection speaks can lawfully happen"


def outcomes(asking: Asking, *, brief: bool = False) -> Iterator[Outcome]:
    """Yield the outcome under every choice of the declared readings that the question turns on.

    ``brief``: a proof is not looked into, nor a lawful case for it, where only the verdict counts.
    """
    yield from by_reading(
        asking.inquiry, lambda inquiry: _outcome(Asking(inquiry, asking.norm), brief)
    )


def _outcome(asking: Asking, brief: bool) -> Outcome:
    answer = asking.violated(brief=brief)
    match answer.result:
        case Undecided(reason):
            return Outcome(asking.inquiry.readings, "unknown", note=reason)
        case Proved() if brief:
            return Outcome(asking.inquiry.readings, "holds")
        case Proved():
            return _holds(asking, answer.core)
        case Found():
            pass
    if answer.world is None:
        return Outcome(
            asking.inquiry.readings, "unknown", note="no plausible case within the budget"
        )
    return _decided(asking, answer.world)


def _decided(asking: Asking, first: World) -> Outcome:
    """Tell whether some world breaks it whatever the open facts, given one that breaks it at all.

    A case that some valuation rescues is asked for again with that valuation held against it,
    until none is left (it depends) or one is found that no valuation rescues (violated).
    """
    world, rescues = first, list[Mapping[str, bool]]()
    for _ in range(MOST_TRIES):
        rescue = _rescue(asking, world)
        if rescue is None:
            return _whatever_the_text(asking, _told(asking, world))
        if rescue in rescues:
            break
        rescues.append(rescue)
        answer = asking.violated_despite(rescues)
        if isinstance(answer.result, Proved):
            turns_on = tuple(sorted({fact for each in rescues for fact in each}))
            told = _told(asking, first, turns_on)
            return Outcome(asking.inquiry.readings, "depends", world=told, turns_on=turns_on)
        if isinstance(answer.result, Undecided):
            return Outcome(
                asking.inquiry.readings, "unknown", world=first, note=answer.result.reason
            )
        if answer.world is None:
            break
        world = answer.world
    note = "whether a case breaks it under every valuation of what is left open"
    return Outcome(asking.inquiry.readings, "unknown", world=first, note=note)


def _whatever_the_text(asking: Asking, world: World) -> Outcome:
    """Return that ``world`` breaks the protection; or, where texts nobody saw decide, that it depends.

    A text not seen may permit or forbid. If it is kept in every world where all of them say the
    same, it is they that decide.
    """
    unseen = tuple(sorted({fact for fact, _ in world.open_facts if fact.startswith(UNSEEN)}))
    for permits, forbids in product((False, True), repeat=2):
        text = {fact: permits if fact.endswith(": permits") else forbids for fact in unseen}
        if unseen and isinstance(asking.breakable(text), Proved):
            return Outcome(asking.inquiry.readings, "depends", world=world, turns_on=unseen)
    return Outcome(asking.inquiry.readings, "violated", world=world)


def _holds(asking: Asking, core: tuple[NormId, ...]) -> Outcome:
    lawful = asking.lawful_case()
    match lawful.result:
        case Proved():
            return Outcome(asking.inquiry.readings, "holds", relies_on=core, note=VACUOUS)
        case Undecided(reason):
            note = f"proved, but no lawful case was found: {reason}"
            return Outcome(asking.inquiry.readings, "unknown", relies_on=core, note=note)
        case Found() if lawful.world is None:
            note = "proved, but no plausible lawful case was found within the budget"
            return Outcome(asking.inquiry.readings, "unknown", relies_on=core, note=note)
        case Found():
            return Outcome(asking.inquiry.readings, "holds", relies_on=core, world=lawful.world)


def _rescue(asking: Asking, world: World) -> Mapping[str, bool] | None:
    """Return truths of open facts under which ``world`` obeys the law and keeps the protection.

    None when there are none: every valuation is tried in `semantics`. Otherwise the fewest facts
    that rescue it when each has one truth for everybody, the others as they are in the world. A
    rescue that must tell individuals apart comes back as the nearest that does not.
    """
    now = world.open_facts
    facts = sorted({fact for fact, _ in now})
    mixed: dict[Ground, bool] | None = dict.fromkeys(now, True)
    if 2 ** len(now) <= MOST_VALUATIONS:
        valuations = (
            dict(zip(now, values, strict=True))
            for values in product((True, False), repeat=len(now))
        )
        mixed = next((each for each in valuations if _kept(asking, world, each)), None)
    if mixed is None:
        return None
    for number in range(1, len(facts) + 1):
        for chosen in combinations(facts, number):
            for truths in product((True, False), repeat=number):
                uniform = dict(zip(chosen, truths, strict=True))
                if _kept(asking, world, {k: uniform.get(k[0], v) for k, v in now.items()}):
                    return uniform
    return {fact: any(v for key, v in mixed.items() if key[0] == fact) for fact in facts}


def _told(asking: Asking, world: World, turns_on: tuple[str, ...] = ()) -> World:
    """Return ``world`` without the open facts and values that play no part in what is told.

    Whatever they were, it would be judged the same: `semantics` does not miss them.
    """
    for key in tuple(world.open_facts):
        others = {each: value for each, value in world.open_facts.items() if each != key}
        fewer = replace(world, open_facts=others)
        if key[0] not in turns_on and _breaks(asking, fewer):
            world = fewer
    for key in tuple(world.attributes):
        rest = {each: value for each, value in world.attributes.items() if each != key}
        fewer = replace(world, attributes=rest)
        if _breaks(asking, fewer):
            world = fewer
    return world


def _breaks(asking: Asking, world: World) -> bool:
    try:
        obeyed = not complies(asking.law, world, asking.norm.rank)
        return obeyed and bool(violations(asking.law, world, asking.norm.id))
    except Unspecified:
        return False


def _kept(asking: Asking, world: World, open_facts: dict[Ground, bool]) -> bool:
    """Say whether the lower law is obeyed and the protection kept when the open facts are so."""
    valued = replace(world, open_facts=open_facts)
    try:
        if complies(asking.law, valued, asking.norm.rank):
            return False
        return not violations(asking.law, valued, asking.norm.id)
    except Unspecified:
        return True
