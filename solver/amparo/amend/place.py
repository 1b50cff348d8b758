"""Where in an act an instruction works: the part that its words denote on the day it commences.

Articles, paragraphs and points are found on the level that is written; norms and definitions
anywhere below, as the law cites them.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import zip_longest

from amparo.amend.history import Site, as_place, sites, sites_under, standing_in
from amparo.amend.instructions import Order, cite
from amparo.amend.parts import Level, own_period, period_ends_at
from amparo.diagnostics import Label, Rejected
from amparo.syntax.labels import order
from amparo.syntax.tree import Act, Bill, Name, Place
from amparo.syntax.tree import Label as Number
from amparo.text import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a place, and the words of the bill in which it is written."""

    level: Level
    name: str
    span: Span


DEPTH: dict[Level, int] = {"article": 0, "paragraph": 1, "point": 2, "norm": 3, "definition": 3}
SENTENCES = ("norm", "definition")
MOST_COMPARED = 5_000
"""Among more names none is looked for that is like a wrong one."""


def route(order: Order, target: Place | None) -> tuple[Step, ...]:
    """Return the way from the act to ``target``, which is written relative to the instruction."""
    within = steps(order.instruction.within)
    below = steps(target)
    if within and below and DEPTH[below[0].level] <= DEPTH[within[-1].level]:
        message = f"{written(below)} cannot stand in {written(within)}"
        raise order.rejected("wrong-level", message, below[0].span)
    return within + below


def steps(place: Place | None) -> tuple[Step, ...]:
    """Return the words of ``place`` in order."""
    if place is None:
        return ()
    named: tuple[tuple[Level, Number | Name | None], ...] = (
        ("article", place.article),
        ("paragraph", place.paragraph),
        ("point", place.point),
        ("norm", place.norm),
        ("definition", place.definition),
    )
    return tuple(Step(level, name.text, place.span) for level, name in named if name)


def written(way: Sequence[Step]) -> str:
    """Return ``way`` as the law cites it."""
    return " ".join(f"{each.level} {each.name}" for each in way)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Who looks in which act. ``applied`` are the bills that made the act what it is."""

    order: Order
    act: Act
    applied: tuple[Bill, ...]

    def below(self, held: Site | None) -> Iterator[Site]:
        """Yield every part of ``held``, or of the act."""
        return sites_under(self.act, held) if held else sites(self.act)


def find(lookup: Lookup, way: Sequence[Step]) -> tuple[Site, ...]:
    """Return what ``way`` denotes on the day: one part, or all clauses of a definition.

    Raises:
        Rejected: nothing does, or more than one.

    """
    day = lookup.order.day
    held: Site | None = None
    found: tuple[Site, ...] = ()
    for step in way:
        versions = _named(lookup, held, step)
        found = tuple(each for each in versions if each.period.covers(day))
        if not found:
            raise _absent(lookup, held, step, versions)
        if len(found) > 1 and not _one_definition(found):
            raise _ambiguous(lookup.order, step, found)
        held = found[0]
    return found


def _named(lookup: Lookup, held: Site | None, step: Step) -> tuple[Site, ...]:
    goal = (step.level, step.name)
    here = tuple(standing_in(lookup.act, held, goal))
    if step.level not in SENTENCES or any(each.period.covers(lookup.order.day) for each in here):
        return here
    return tuple(each for each in lookup.below(held) if each.address[-1] == goal)


def _one_definition(found: Sequence[Site]) -> bool:
    # The clauses of a definition are one target: each is a part of what the word means.
    one_place = len({each.address for each in found}) == 1
    one_holder = len({each.path[:-1] for each in found}) == 1
    return one_place and one_holder and found[0].address[-1][0] == "definition"


def _ambiguous(order: Order, step: Step, found: Sequence[Site]) -> Rejected:
    message = f"{step.level} `{step.name}` is in force {len(found)} times on {order.day}"
    related = [Label(each.part.span, cite(as_place(each.address))) for each in found]
    advice = "cite the provision in which it stands"
    return order.rejected("ambiguous-target", message, step.span, related, advice)


def _absent(lookup: Lookup, held: Site | None, step: Step, versions: Sequence[Site]) -> Rejected:
    order, name = lookup.order, lookup.act.name.text
    what = f"{step.level} `{step.name}`" if step.level in SENTENCES else f"{step.level} {step.name}"
    where = f"{cite(as_place(held.address))} of `{name}`" if held else f"`{name}`"
    past = [(each.period.end, each) for each in versions if each.period.end]
    past = [(end, each) for end, each in past if end <= order.day]
    if past:
        end, last = max(past, key=lambda each: each[0])
        message = f"{what} of {where} has not been in force since {end}"
        related = [_ending(lookup, last)]
        return order.rejected("already-repealed", message, step.span, related)
    if versions:
        start = min(each.period.start or datetime.date.min for each in versions)
        message = f"{what} of {where} is not in force on {order.day}, but only from {start}"
        related = [Label(each.part.span, "this comes later") for each in versions]
        return order.rejected("not-in-force", message, step.span, related)
    message = f"{where} has no {what}"
    advice = _suggestion(lookup, held, step)
    return order.rejected("unknown-place", message, step.span, advice=advice)


def _ending(lookup: Lookup, ended: Site) -> Label:
    """Point at the words by which ``ended``, or what holds it, ended."""
    holders = (each for each in sites(lookup.act) if ended.path[: len(each.path)] == each.path)
    for part in (lookup.act, *(each.part for each in holders)):
        words = period_ends_at(part)
        if words is not None and own_period(part).end == ended.period.end:
            by = writer(lookup.applied, words)
            return Label(words, f"ended by `{by.name.text}`" if by else "ended here")
    return Label(ended.part.span, "this is the version that ended")


def writer(bills: Sequence[Bill], words: Span) -> Bill | None:
    """Return which of ``bills`` ``words`` are from, None if they are from none."""
    return next((each for each in bills if _covers(each.span, words)), None)


def _covers(outer: Span, inner: Span) -> bool:
    same = outer.source == inner.source and inner != NOWHERE
    return same and outer.start <= inner.start and inner.end <= outer.end


def _suggestion(lookup: Lookup, held: Site | None, step: Step) -> str | None:
    day = lookup.order.day
    for each in sites(lookup.act):
        same = each.address[-1] == (step.level, step.name) and step.level in SENTENCES
        if same and each.period.covers(day):
            return f"it stands in {cite(as_place(each.address[:-1])) or 'the act itself'}"
    live = (each for each in lookup.below(held) if each.period.covers(day))
    keys = {each.address[-1] for each in live}
    names = sorted(name for level, name in keys if level == step.level)
    if step.level in SENTENCES:
        return _did_you_mean(step.name, names)
    near = sorted(names, key=lambda each: (_distance(each, step.name), each))[:3]
    return f"the nearest: {', '.join(f'{step.level} {each}' for each in near)}" if near else None


def _distance(label: str, other: str) -> tuple[int, ...]:
    pairs = zip_longest(order(label), order(other), fillvalue=0)
    return tuple(abs(one - two) for one, two in pairs)


def _did_you_mean(name: str, known: Sequence[str]) -> str | None:
    close = get_close_matches(name, known, n=3) if len(known) <= MOST_COMPARED else []
    return f"did you mean {' or '.join(f'`{each}`' for each in close)}?" if close else None


def suggest_act(name: str, acts: Sequence[Act]) -> str | None:
    """Return a question that names the acts whose names are close to ``name``."""
    return _did_you_mean(name, [each.name.text for each in acts])
