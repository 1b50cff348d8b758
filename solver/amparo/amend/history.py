"""An act through time: what is in force when, and where.

An act keeps its history: versions of one provision stand next to each other, with disjoint
periods. A part that states no period is in force as long as what holds it.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amparo.amend.parts import (
    Key,
    Part,
    Period,
    Slot,
    Some,
    key,
    own_period,
    slots,
    timeless,
    with_period,
    with_slot,
)
from amparo.syntax.tree import Act, Label, Name, Place

Address = tuple[Key, ...]
"""The keys on the way from the act to a part: the same for all versions of a provision."""

Step = tuple[Slot, int]


@dataclass(frozen=True, slots=True)
class Site:
    """A part of an act, where it stands, and its period within those of all that hold it."""

    part: Part
    address: Address
    path: tuple[Step, ...]
    period: Period


def sites(act: Act) -> Iterator[Site]:
    """Yield every part of ``act``, each holder before what it holds."""
    for each in standing_in(act, None):
        yield each
        yield from sites_under(act, each)


def sites_under(act: Act, site: Site) -> Iterator[Site]:
    """Yield every part of what stands at ``site`` of ``act``, each holder before what it holds."""
    for each in standing_in(act, site):
        yield each
        yield from sites_under(act, each)


def standing_in(act: Act, site: Site | None, named: Key | None = None) -> Iterator[Site]:
    """Yield what stands directly in the part at ``site``, or in the act: all, or one."""
    holder: Act | Part = site.part if site else act
    address, path = (site.address, site.path) if site else ((), ())
    period = site.period if site else own_period(act)
    for slot, parts in slots(holder):
        for index, part in enumerate(parts):
            if (its_key := key(part)) == (named or its_key):
                its_period = period.meet(own_period(part))
                yield Site(part, (*address, its_key), (*path, (slot, index)), its_period)


def versions_of(act: Act, address: Address) -> tuple[Site, ...]:
    """Return every part of ``act`` with this address, in the order of the text."""
    holders: list[Site | None] = [None]
    for named in address:
        holders = [each for holder in holders for each in standing_in(act, holder, named)]
    return tuple(each for each in holders if each)


def sliced(part: Some, day: datetime.date) -> Some:
    """Return ``part`` with only what is in force on ``day``, stating no periods."""
    for slot, parts in slots(part):
        kept = tuple(sliced(each, day) for each in parts if own_period(each).covers(day))
        part = with_slot(part, slot, kept)
    return timeless(part)


def pruned(part: Some, period: Period) -> Some:
    """Return ``part``, in force in ``period``, without what would never be in force within it."""
    for slot, parts in slots(part):
        periods = [(each, period.meet(own_period(each))) for each in parts]
        kept = tuple(pruned(each, its) for each, its in periods if not its.empty)
        part = with_slot(part, slot, kept)
    return part


def as_place(address: Address) -> Place:
    """Return ``address`` as the law cites it; an untranslated sentence is cited by its holder."""
    found = dict(address)
    labels = {
        level: Label(found[level]) for level in ("article", "paragraph", "point") if level in found
    }
    return Place(
        article=labels.get("article"),
        paragraph=labels.get("paragraph"),
        point=labels.get("point"),
        norm=Name(found["norm"]) if "norm" in found else None,
        definition=Name(found["definition"]) if "definition" in found else None,
    )


def same_law(first: Sequence[Act], second: Sequence[Act]) -> bool:
    """Say whether both hold the same provisions, each in force in the same period.

    In what order acts and provisions stand next to each other carries no meaning.
    """
    return _unordered(first) == _unordered(second)


def _unordered(acts: Sequence[Act]) -> list[Act]:
    return sorted((_ordered(each) for each in acts), key=lambda act: (act.name.text, repr(act)))


def _ordered(part: Some) -> Some:
    for slot, parts in slots(part):
        part = with_slot(part, slot, tuple(sorted(map(_ordered, parts), key=_order)))
    return _period_first(part)


def _order(part: Part) -> tuple[str, str, datetime.date, str]:
    start = own_period(part).start or datetime.date.min
    return (*key(part), start, repr(part))


def _period_first(part: Some) -> Some:
    # Where among its notes a part states its period carries no meaning either.
    return with_period(timeless(part), own_period(part), part.span)
