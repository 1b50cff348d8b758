"""The outcome of one question under one choice of readings."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from amparo.core.law import NormId
from amparo.core.world import Ground, World
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies, violations
from amparo.smt.compile import ReadingNeeded
from amparo.smt.search import Found, Proved, Undecided
from amparo.verify.ask import Asking
from amparo.verify.finding import Outcome

MOST_VALUATIONS = 256
"""Valuations of the open facts of one world that are tried one by one."""
VACUOUS = "no act of which the protection speaks can lawfully happen"


def outcomes(asking: Asking) -> Iterator[Outcome]:
    """Yield the outcome under every choice of the declared readings that the question turns on."""
    try:
        yield _outcome(asking)
    except ReadingNeeded as needed:
        for option, _ in asking.law.vocabulary.readings[needed.reading].options:
            chosen = {**asking.readings, needed.reading: option}
            yield from outcomes(replace_readings(asking, chosen))


def replace_readings(asking: Asking, readings: Mapping[str, str]) -> Asking:
    """Return the same question with these readings."""
    return Asking(
        asking.law,
        asking.norm,
        readings,
        asking.as_of,
        asking.near,
        asking.budget,
        asking.gravest,
    )


def _outcome(asking: Asking) -> Outcome:
    answer = asking.violated()
    match answer.result:
        case Undecided(reason):
            return Outcome(asking.readings, "unknown", note=reason)
        case Proved():
            return _holds(asking, answer.core)
        case Found():
            pass
    if answer.world is None:
        return Outcome(asking.readings, "unknown", note="no plausible case within the budget")
    if not _open(answer.world):
        return Outcome(asking.readings, "violated", world=answer.world)
    if _always(asking, answer.world):
        return Outcome(asking.readings, "violated", world=answer.world)
    whatever = asking.violated_whatever()
    match whatever.result:
        case Proved():
            return Outcome(asking.readings, "depends", world=answer.world)
        case Undecided(reason):
            return Outcome(asking.readings, "unknown", world=answer.world, note=reason)
        case Found():
            if whatever.world is not None and _always(asking, whatever.world):
                return Outcome(asking.readings, "violated", world=whatever.world)
            note = "whether the case breaks it under every valuation of the open facts"
            return Outcome(asking.readings, "unknown", world=answer.world, note=note)


def _holds(asking: Asking, core: tuple[NormId, ...]) -> Outcome:
    lawful = asking.lawful_case()
    match lawful.result:
        case Proved():
            return Outcome(asking.readings, "holds", relies_on=core, note=VACUOUS)
        case Undecided(reason):
            note = f"proved, but no lawful case was found: {reason}"
            return Outcome(asking.readings, "unknown", relies_on=core, note=note)
        case Found():
            return Outcome(asking.readings, "holds", relies_on=core, world=lawful.world)


def _open(world: World) -> bool:
    return bool(world.open_facts)


def _always(asking: Asking, world: World) -> bool:
    """Say whether every valuation of the open facts of ``world`` that obeys the law breaks it.

    Every valuation is tried in `semantics`; with too many to try, or where one cannot be judged,
    the answer is no.
    """
    keys = tuple(world.open_facts)
    if 2 ** len(keys) > MOST_VALUATIONS:
        return False
    for values in islice(product((True, False), repeat=len(keys)), MOST_VALUATIONS):
        if _kept(asking, world, dict(zip(keys, values, strict=True))):
            return False
    return True


def _kept(asking: Asking, world: World, open_facts: dict[Ground, bool]) -> bool:
    """Say whether the lower law is obeyed and the protection kept when the open facts are so."""
    valued = replace(world, open_facts=open_facts)
    try:
        if complies(asking.law, valued, asking.norm.rank):
            return False
        return not violations(asking.law, valued, asking.norm.id)
    except Unspecified:
        return True
