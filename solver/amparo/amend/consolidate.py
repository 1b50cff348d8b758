"""Bills into acts: law in, law out, and what changed.

History is kept, so that the consolidated law covers all time. Bills apply in the order given;
each sees what the former made of the law. Within a bill the order of the instructions decides
only where new provisions stand, and which numbers are free: two that touch the same text on the
same day are rejected.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amparo.amend.carry_out import Manner, Work, carry_out
from amparo.amend.desk import Desk, Touch
from amparo.amend.follow import Move, followed
from amparo.amend.history import as_place
from amparo.amend.instructions import Order, orders
from amparo.amend.parts import Part, key, own_period, period_ends_at
from amparo.amend.place import suggest_act
from amparo.diagnostics import Diagnostic, Label, Rejected
from amparo.syntax.tree import Act, Bill, Place


@dataclass(frozen=True, slots=True)
class Change:
    """What the instruction ``ordinal`` of ``bill`` did to one part of ``act``.

    ``place`` is where that part stands (nothing in it is set: in the act itself). ``old`` and
    ``new`` are the part before and after; None where it was inserted or repealed.
    """

    bill: str
    ordinal: int
    act: str
    place: Place
    manner: Manner
    old: Part | None
    new: Part | None


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The acts, in the order given, and every change in the order in which it was made."""

    acts: tuple[Act, ...]
    changes: tuple[Change, ...]


def consolidate(acts: Sequence[Act], bills: Sequence[Bill]) -> Consolidated:
    """Return ``acts`` as amended by ``bills``.

    Raises:
        Rejected: some instructions do not fit the law; with every one of them.

    """
    law, changes, faults = _walk(acts, bills)
    if faults:
        raise Rejected(faults)
    return Consolidated(law, changes)


def fits(acts: Sequence[Act], bill: Bill) -> tuple[Diagnostic, ...]:
    """Return what keeps ``bill`` from being applied to ``acts``: nothing if it fits."""
    _, _, faults = _walk(acts, [bill])
    return Rejected(faults).diagnostics


def _walk(
    acts: Sequence[Act], bills: Sequence[Bill]
) -> tuple[tuple[Act, ...], tuple[Change, ...], list[Diagnostic]]:
    law = list(acts)
    changes: list[Change] = []
    faults: list[Diagnostic] = []
    for number, bill in enumerate(bills):
        before, touches, moves = tuple(law), list[Touch](), list[Move]()
        given, undated = orders(bill)
        faults += undated
        faults += _unknown_acts(bill, acts)
        for order in given:
            index = _index(order, law)
            if index is None:
                continue
            applied = tuple(bills[: number + 1])
            desk = Desk(order, before[index], law[index], tuple(touches), applied)
            try:
                _check_in_force(order, law[index])
                work = carry_out(desk)
            except Rejected as misfit:
                faults += misfit.diagnostics
                continue
            law[index] = work.act
            touches.append(work.touch)
            if work.manner == "renumbered":
                moves += _moves(order, work)
            changes += (
                Change(
                    bill.name.text,
                    order.ordinal,
                    order.amend.act.text,
                    as_place(address),
                    work.manner,
                    old,
                    new,
                )
                for address, old, new in work.turned
            )
        law = followed(before, law, tuple(moves))
    return tuple(law), tuple(changes), faults


def _moves(order: Order, work: Work) -> Iterator[Move]:
    for address, old, new in work.turned:
        if old is not None and new is not None:
            yield Move(order, (*address[:-1], key(old)), address)


def _index(order: Order, law: Sequence[Act]) -> int | None:
    return next((i for i, each in enumerate(law) if each.name == order.amend.act), None)


def _unknown_acts(bill: Bill, acts: Sequence[Act]) -> list[Diagnostic]:
    known = {each.name.text for each in acts}
    return [
        Diagnostic(
            "unknown-act",
            f"bill `{bill.name.text}` amends `{each.act.text}`, and there is no such act",
            each.act.span,
            help=suggest_act(each.act.text, acts),
        )
        for each in bill.amends
        if each.act.text not in known
    ]


def _check_in_force(order: Order, act: Act) -> None:
    period = own_period(act)
    stated = order.instruction.commencing
    at = stated.span if stated else order.amend.act.span
    if period.start and order.day < period.start:
        message = f"it commences on {order.day}, before `{act.name.text}` does on {period.start}"
        related = [Label(act.name.span, f"in force from {period.start}")]
        raise order.rejected("not-in-force", message, at, related)
    if period.end and order.day >= period.end:
        message = f"`{act.name.text}` has not been in force since {period.end}"
        related = [Label(period_ends_at(act) or act.name.span, "ended here")]
        raise order.rejected("already-repealed", message, at, related)
