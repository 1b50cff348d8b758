"""The outcome of one question under one choice of readings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import combinations, product

from amparo.core.law import UNSEEN, NormId
from amparo.core.world import Ground, World
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies, violations
from amparo.smt.search import Found, Proved, Undecided
from amparo.verify.ask import Asking
from amparo.verify.finding import Outcome
from amparo.verify.inquiry import Inquiry, by_reading
from amparo.verify.remedies import confirmed

MOST_TRIES = 8
"""Cases that are asked for when valuations rescue those found so far."""
MOST_VALUATIONS = 256
"""Valuations of the open facts of one world that are tried one by one."""
VACUOUS = "no act of which the protection speaks can lawfully happen"


def outcomes(
    asking: Asking, *, brief: bool = False, cases: Iterable[World] = ()
) -> Iterator[Outcome]:
    """Yield the outcome under every choice of the declared readings that the question turns on.

    ``brief``: where only the verdict counts, a proof is not looked into, nor a lawful case for it,
    and any case will do. A case found under one reading, or one of ``cases``, is judged under the
    next before the solver is asked for another.
    """
    known = list(cases)

    def ask(inquiry: Inquiry) -> Outcome:
        again = replace(asking, inquiry=inquiry)
        outcome = confirmed(again, _outcome(again, brief, known), partial(_as_case, again))
        if outcome.world is not None and outcome.verdict != "holds":
            known.append(outcome.world)
        return outcome

    yield from by_reading(asking.inquiry, ask)


def _as_case(asking: Asking, world: World) -> World | None:
    return told(asking, world) if stands(asking, world) else None


def _outcome(asking: Asking, brief: bool, cases: Iterable[World]) -> Outcome:
    for case in cases if not asking.inquiry.gravest else ():
        moved = replace(case, readings=asking.inquiry.readings)
        if _breaks(asking, moved):
            return _as_declared(asking, _decided(asking, moved, brief), brief)
    answer = asking.violated(brief=brief)
    match answer.result:
        case Undecided(reason):
            return Outcome(asking.inquiry.readings, "unknown", note=reason)
        case Proved() if brief:
            return Outcome(asking.inquiry.readings, "holds")
        case Proved():
            return _holds(asking, answer.core)
        case Found():
            assert answer.world is not None
            return _as_declared(asking, _decided(asking, answer.world, brief), brief)


def _as_declared(asking: Asking, outcome: Outcome, brief: bool) -> Outcome:
    """Return ``outcome``; that it depends, where every case needs what no calendar or value says.

    Nobody knows the working days beyond the calendars, nor a parameter's value before its first.
    So a case that rests on either proves nothing; one is looked for that rests on neither.
    """
    if outcome.verdict != "violated" or outcome.world is None or not beyond(outcome.world):
        return outcome
    strict = replace(asking, declared=True)
    answer = strict.violated(brief=brief)
    if answer.world is not None:
        return _decided(strict, answer.world, brief)
    if isinstance(answer.result, Proved):
        return replace(outcome, verdict="depends", note=beyond(outcome.world))
    note = f"whether a case needs nothing undeclared ({beyond(outcome.world)})"
    return replace(outcome, verdict="unknown", note=note)


def beyond(world: World) -> str:
    """Return, as a sentence without its full stop, what ``world`` rests on that is not declared."""
    said = [
        f"which days are working days is not known: the calendar `{calendar}` does not cover "
        f"{abs(count)} working days {'after' if count > 0 else 'before'} {day}"
        for calendar, day, count in sorted(world.assumed_days)
    ]
    said += [
        f"`{parameter}` has no value on {day}"
        for parameter, day in sorted(world.assumed_parameters)
    ]
    return "; ".join(said)


def _decided(asking: Asking, first: World, brief: bool) -> Outcome:
    """Tell whether some world breaks it whatever the open facts, given one that breaks it at all.

    A case that some valuation rescues is asked for again with that valuation held against it,
    until none is left (it depends) or one is found that no valuation rescues (violated).
    """
    world, rescues = first, list[Mapping[str, bool]]()
    for _ in range(MOST_TRIES):
        saving = rescue(asking, world)
        if saving is None:
            return _whatever_the_text(asking, told(asking, world))
        if saving in rescues:
            break
        rescues.append(saving)
        answer = asking.violated_despite(rescues, brief=brief)
        if isinstance(answer.result, Proved):
            turns_on = tuple(sorted({fact for each in rescues for fact in each}))
            case = told(asking, first, turns_on)
            return Outcome(asking.inquiry.readings, "depends", world=case, turns_on=turns_on)
        if isinstance(answer.result, Undecided):
            return Outcome(
                asking.inquiry.readings, "unknown", world=first, note=answer.result.reason
            )
        assert answer.world is not None
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
        case Found():
            assert lawful.world is not None
            case = _without(lawful.world, (), lambda fewer: _lawful(asking, fewer))
            return Outcome(asking.inquiry.readings, "holds", relies_on=core, world=case)


def rescue(asking: Asking, world: World) -> Mapping[str, bool] | None:
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


def told(asking: Asking, world: World, turns_on: tuple[str, ...] = ()) -> World:
    """Return ``world`` without the open facts and values that play no part in what is told.

    Whatever they were, it would be judged the same: `semantics` does not miss them. Those of
    ``turns_on`` stay.
    """
    return _without(world, turns_on, lambda fewer: _breaks(asking, fewer))


def stands(asking: Asking, world: World) -> bool:
    """Say whether ``world`` is a case of what is asked: broken on those days, whatever is open.

    One that rests on a text not seen, or on what is not declared, is not taken for one.
    """
    if beyond(world) or any(fact.startswith(UNSEEN) for fact, _ in world.open_facts):
        return False
    return _breaks(asking, world) and rescue(asking, world) is None


def _broken(asking: Asking, world: World) -> bool:
    """Say whether the protection is broken on a day that is asked about."""
    found = violations(asking.law, world, asking.norm, asking.denial)
    days = (world.closing if each.event is None else world.events[each.event].on for each in found)
    return any(map(asking.inquiry.when.covers, days))


def _without(world: World, kept: tuple[str, ...], same: Callable[[World], bool]) -> World:
    """Return ``world`` with fewer open facts and values, as long as it is the ``same``."""
    for key in tuple(world.open_facts):
        others = {each: value for each, value in world.open_facts.items() if each != key}
        fewer = replace(world, open_facts=others)
        if key[0] not in kept and same(fewer):
            world = fewer
    for key in tuple(world.attributes):
        rest = {each: value for each, value in world.attributes.items() if each != key}
        fewer = replace(world, attributes=rest)
        if same(fewer):
            world = fewer
    for sum_ in tuple(world.assumed_days):
        days = {each: value for each, value in world.assumed_days.items() if each != sum_}
        fewer = replace(world, assumed_days=days)
        if same(fewer):
            world = fewer
    for at in tuple(world.assumed_parameters):
        values = {each: value for each, value in world.assumed_parameters.items() if each != at}
        fewer = replace(world, assumed_parameters=values)
        if same(fewer):
            world = fewer
    return world


def _lawful(asking: Asking, world: World) -> bool:
    """Say whether the lower law is obeyed and the protection kept, for certain."""
    try:
        kept = not violations(asking.law, world, asking.norm, asking.denial)
        return kept and not complies(asking.law, world, asking.norm.rank)
    except Unspecified:
        return False


def _breaks(asking: Asking, world: World) -> bool:
    try:
        obeyed = not complies(asking.law, world, asking.norm.rank)
        return obeyed and _broken(asking, world)
    except Unspecified:
        return False


def _kept(asking: Asking, world: World, open_facts: dict[Ground, bool]) -> bool:
    """Say whether the lower law is obeyed and the protection kept when the open facts are so."""
    valued = replace(world, open_facts=open_facts)
    try:
        if complies(asking.law, valued, asking.norm.rank):
            return False
        return not _broken(asking, valued)
    except Unspecified:
        return True
