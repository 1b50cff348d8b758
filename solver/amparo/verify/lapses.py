"""Times in which a protection is not in force, though it is before and after.

Such a gap is seldom meant: one text ends on a day, the next commences on a later one.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from amparo.core.law import Law, Norm, Period, Provision
from amparo.names.places import covers
from amparo.verify.finding import Finding, Outcome, Status
from amparo.verify.inquiry import Inquiry


@dataclass(frozen=True, slots=True)
class Lapse:
    """Nothing at ``place`` protects from ``start`` until ``end``, as ``before`` did and ``after`` does."""

    place: Provision
    start: datetime.date
    end: datetime.date
    before: Norm
    after: Norm


def lapses(protections: Sequence[Norm]) -> tuple[Lapse, ...]:
    """Return the gaps between ``protections``: of an act, an article, a place in it, or a norm.

    What lies within a gap of the act or article around it is not told again. A norm that another
    at the same place takes up from leaves none.
    """
    found: list[Lapse] = []
    places = {around for norm in protections for around in _around(norm.provision)}
    for place in sorted(places, key=lambda each: (_depth(each), each)):
        there = [norm for norm in protections if covers(place, norm.provision)]
        for lapse in _between(place, there):
            if not (_told(lapse, found) or (place.norm and _taken_up(lapse, protections))):
                found.append(lapse)
    return tuple(found)


def lapse_findings(
    inquiry: Inquiry, protections: Iterable[Norm], base: Iterable[Norm] | None
) -> tuple[Finding, ...]:
    """Return a finding for every gap on a day that is asked about.

    ``base`` are the protections of the law without the bills, to which what was there is compared.
    """
    known = None if base is None else [(g.place, g.start, g.end) for g in lapses(tuple(base))]
    return tuple(
        _finding(inquiry.law, each, known)
        for each in lapses(tuple(protections))
        if Period(each.start, each.end).meets(inquiry.when)
    )


def _finding(
    law: Law, lapse: Lapse, known: Sequence[tuple[Provision, datetime.date, datetime.date]] | None
) -> Finding:
    note = f"Nothing here protects from {lapse.start} until {lapse.end}, though it does before and after."
    ids = tuple(dict.fromkeys((lapse.before.id, lapse.after.id)))
    status: Status = "unchanged"
    if known is not None:
        was = (lapse.place, lapse.start, lapse.end) in known
        status = "pre-existing" if was else "introduced"
    return Finding(
        rule="protection-gap",
        provision=lapse.place,
        norm=lapse.before.id,
        verdict="violated",
        outcomes=(Outcome({}, "violated", note=note, relies_on=ids),),
        status=status,
        span=law.norms[lapse.before.id].provenance.span,
    )


def _around(place: Provision) -> Iterator[Provision]:
    yield Provision(place.act)
    yield Provision(place.act, place.article)
    yield replace(place, norm="", point="")
    yield replace(place, norm="")
    yield place


def _depth(place: Provision) -> int:
    return sum(map(bool, (place.article, place.paragraph, place.point, place.norm)))


def _between(place: Provision, norms: Sequence[Norm]) -> Iterator[Lapse]:
    """Yield the times between the first commencement and the last end in which no norm is in force."""
    ordered = sorted(norms, key=lambda each: (_first(each), each.id))
    last = ordered[0]
    for norm in ordered[1:]:
        start, end = last.period.end, norm.period.start
        if start is None:
            return
        if end is not None and start < end:
            yield Lapse(place if place.norm else _common(last, norm), start, end, last, norm)
        if norm.period.end is None or norm.period.end > start:
            last = norm


def _common(first: Norm, second: Norm) -> Provision:
    """Return the nearest place, no norm, in which both stand."""
    around = [each for each in _around(first.provision) if not each.norm]
    return next(each for each in reversed(around) if covers(each, second.provision))


def _first(norm: Norm) -> int:
    return 0 if norm.period.start is None else norm.period.start.toordinal()


def _told(lapse: Lapse, found: Iterable[Lapse]) -> bool:
    return any(
        covers(each.place, lapse.place) and each.start <= lapse.start and lapse.end <= each.end
        for each in found
    )


def _taken_up(lapse: Lapse, protections: Iterable[Norm]) -> bool:
    """Say whether another norm at the same place commences when the one with the gap ends."""
    around = replace(lapse.place, norm="")
    return any(
        replace(each.provision, norm="") == around and each.period.start == lapse.start
        for each in protections
    )
