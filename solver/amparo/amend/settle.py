"""New versions put beside the old ones, in the holder where both stand.

Guarantees that versions of one provision stand next to each other in order of time, and that no
two of them are in force on one day.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amparo.amend.history import Site, Step, pruned
from amparo.amend.instructions import Order
from amparo.amend.parts import (
    Part,
    Period,
    Slot,
    Some,
    in_slot,
    key,
    own_period,
    slot_of,
    slots,
    with_period,
    with_slot,
)
from amparo.diagnostics import Label
from amparo.syntax.tree import Act, Define, Renumber, Untranslated


@dataclass(frozen=True, slots=True)
class Exchange:
    """``content`` for ``ended``, all in the holder at ``path``.

    What is no version of something that stands there already is put at ``index``.
    """

    path: tuple[Step, ...]
    index: int
    content: tuple[Part, ...]
    ended: tuple[Site, ...] = ()


def dated(order: Order, content: Sequence[Part], end: datetime.date | None) -> tuple[Part, ...]:
    """Return ``content`` in force from the day of ``order`` until ``end``.

    A part that states a period of its own is in force only as long as both allow.
    """
    found: list[Part] = []
    for part in content:
        period = own_period(part).meet(Period(order.day, end))
        if period.empty:
            message = f"{describe(part)} would never be in force"
            raise order.rejected("not-in-force", message, part.span)
        found.append(pruned(with_period(part, period, order.instruction.span), period))
    return tuple(found)


def settled(order: Order, act: Act, exchange: Exchange) -> Act:
    """Return ``act`` where what ends does so on the day, and what is new stands by its versions."""
    content, ended = exchange.content, exchange.ended
    holder, within = _holder(act, exchange.path)
    slot = slot_of(content[0] if content else ended[0].part)
    siblings = in_slot(holder, slot)
    assert siblings is not None
    periods = {each.path[-1][1]: each.period for each in ended}
    left: list[Part] = []
    spot = 0
    for i, part in enumerate(siblings):
        spot = len(left) if i == exchange.index else spot
        if i not in periods:
            left.append(part)
            continue
        until = Period(None, order.day)
        if not (rest := periods[i].meet(until)).empty:
            closed = with_period(part, own_period(part).meet(until), order.instruction.span)
            left.append(pruned(closed, rest))
    spot = len(left) if exchange.index >= len(siblings) else spot
    for part in content:
        _check_free(order, part, left, within)
        spot = _put(left, spot, part)
    return _with_parts_at(act, exchange.path, slot, tuple(left))


def siblings_at(act: Act, path: tuple[Step, ...]) -> tuple[Part, ...]:
    """Return what stands in one slot with the part at ``path``, itself included."""
    holder, _ = _holder(act, path[:-1])
    return dict(slots(holder))[path[-1][0]]


def end_of_group(siblings: Sequence[Part], index: int) -> int:
    """Return the index after the last version of what stands at ``index``."""
    after = index + 1
    while after < len(siblings) and key(siblings[after]) == key(siblings[index]):
        after += 1
    return after


def describe(part: Part) -> str:
    """Return ``part`` as the law cites it, without where it stands."""
    level, name = key(part)
    return "the untranslated sentence" if isinstance(part, Untranslated) else f"{level} {name}"


def _holder(act: Act, path: Iterable[Step]) -> tuple[Act | Part, Period]:
    holder: Act | Part = act
    period = own_period(act)
    for slot, index in path:
        holder = dict(slots(holder))[slot][index]
        period = period.meet(own_period(holder))
    return holder, period


def _check_free(order: Order, part: Part, siblings: Iterable[Part], within: Period) -> None:
    """Check that no version of ``part`` is in force on a day on which it is to be.

    Clauses of a definition stand beside each other, as do untranslated sentences.
    """
    if isinstance(part, Define | Untranslated):
        return
    period = within.meet(own_period(part))
    for each in siblings:
        other = own_period(each).meet(within)
        if key(each) == key(part) and not other.empty and not other.meet(period).empty:
            message, advice = f"{describe(part)} is already there", None
            if isinstance(order.instruction.action, Renumber):
                advice = "when numbers move up, renumber from the last to the first"
            if other.start and other.start > order.day:
                message = f"{describe(part)} is already to be in force from {other.start}"
                advice = "amend first what commences first"
            raise order.rejected(
                "already-exists", message, part.span, [Label(each.span, "it stands here")], advice
            )


def _put(siblings: list[Part], spot: int, part: Part) -> int:
    """Put ``part`` among its versions, else at ``spot``; return where the next one goes."""
    mine = _start(part)
    versions = [i for i, each in enumerate(siblings) if key(each) == key(part)]
    later = [i for i in versions if _start(siblings[i]) > mine]
    where = later[0] if later else versions[-1] + 1 if versions else spot
    siblings.insert(where, part)
    return spot + (where <= spot)


def _start(part: Part) -> datetime.date:
    return own_period(part).start or datetime.date.min


def _with_parts_at(
    holder: Some, path: tuple[Step, ...], slot: Slot, parts: tuple[Part, ...]
) -> Some:
    if not path:
        return with_slot(holder, slot, parts)
    (outer, index), *rest = path
    siblings = dict(slots(holder))[outer]
    inner = _with_parts_at(siblings[index], tuple(rest), slot, parts)
    return with_slot(holder, outer, (*siblings[:index], inner, *siblings[index + 1 :]))
