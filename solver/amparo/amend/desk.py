"""What an instruction works on: the act as its bill found it, and as it is by now.

Places are looked up in the act as the bill found it, so that no instruction depends on another
of the same bill but where it names what only that one brings. Guarantees that no two instructions
of a bill touch the same text on the same day.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from amparo.amend.history import Address, Site, versions_of
from amparo.amend.instructions import Order
from amparo.amend.place import Lookup, Step, find, route
from amparo.diagnostics import Label, Rejected
from amparo.syntax.tree import Act, Bill, Place
from amparo.text import Span


@dataclass(frozen=True, slots=True)
class Touch:
    """What an instruction ended, what it brought, and what it was put into."""

    order: Order
    ended: tuple[Address, ...]
    brought: tuple[Address, ...]
    into: Address


@dataclass(frozen=True, slots=True)
class Desk:
    """What an instruction works on.

    ``before`` is the act as the bill found it, ``act`` what earlier instructions of the bill have
    made of it, ``touches`` what they did. ``applied`` are the bills so far, this one included.
    """

    order: Order
    before: Act
    act: Act
    touches: tuple[Touch, ...]
    applied: tuple[Bill, ...]


def ending(desk: Desk, target: Place) -> tuple[Site, ...]:
    """Return what ``target`` denotes, which the instruction is to end."""
    way = route(desk.order, target)
    address, created = _address(desk, way)
    touch = Touch(desk.order, (address,), (), address[:-1])
    check_overlap(desk, touch, target.span, created=created)
    return standing(desk, way)


def standing(desk: Desk, way: Sequence[Step]) -> tuple[Site, ...]:
    """Return what ``way`` denotes as the bill found the act, as it is in force by now."""
    address, _ = _address(desk, way)
    check_overlap(desk, Touch(desk.order, (), (), address), way[-1].span)
    day = desk.order.day
    found = tuple(each for each in versions_of(desk.act, address) if each.period.covers(day))
    return found or find(Lookup(desk.order, desk.act, desk.applied), way)


def versions(desk: Desk, way: Sequence[Step]) -> tuple[Site, ...]:
    """Return every version of what ``way`` denotes: text may follow what the bill itself ends."""
    address, _ = _address(desk, way)
    found = versions_of(desk.act, address)
    day = desk.order.day
    near = [each for each in found if each.period.covers(day) or each.period.end == day]
    holder = (near or find(Lookup(desk.order, desk.act, desk.applied), way))[-1].path[:-1]
    return tuple(each for each in found if each.path[:-1] == holder)


def _address(desk: Desk, way: Sequence[Step]) -> tuple[Address, bool]:
    """Return what ``way`` denotes, and whether only this bill brought it."""
    try:
        return find(Lookup(desk.order, desk.before, desk.applied), way)[0].address, False
    except Rejected:
        return find(Lookup(desk.order, desk.act, desk.applied), way)[0].address, True


def check_overlap(desk: Desk, mine: Touch, at: Span, *, created: bool = False) -> None:
    """Check that no earlier instruction of the bill touches on that day what ``mine`` does.

    ``created``: what ``mine`` ends was brought by the bill itself.
    """
    for other in desk.touches:
        same = other.order.amend.act == mine.order.amend.act and other.order.day == mine.order.day
        if same and _overlap(mine, other, created):
            message = (
                f"instruction {other.order.ordinal} already changes the same text on the same day"
            )
            related = [Label(other.order.instruction.span, "this instruction")]
            advice = "say both in one instruction, or let one commence on another day"
            raise mine.order.rejected("overlapping-instructions", message, at, related, advice)


def _overlap(mine: Touch, other: Touch, created: bool) -> bool:
    theirs = (*other.ended, *other.brought) if created else other.ended
    return (
        any(_holds(a, b) or _holds(b, a) for a in mine.ended for b in theirs)
        or any(_holds(each, other.into) for each in mine.ended)
        or any(_holds(each, mine.into) for each in other.ended)
    )


def _holds(outer: Address, inner: Address) -> bool:
    return inner[: len(outer)] == outer
