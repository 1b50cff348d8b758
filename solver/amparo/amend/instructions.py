"""The instructions of a bill, numbered from 1 over the whole bill.

A part of a bill (`parts`) numbers its instructions as the whole does.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from amparo.diagnostics import Diagnostic, Label, Rejected
from amparo.syntax.tree import (
    Add,
    Amend,
    Bill,
    InForce,
    Insert,
    Instruction,
    Place,
    Renumber,
    Repeal,
    Replace,
    Substitute,
)
from amparo.text import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Order:
    """An instruction to carry out, and the day on which it commences."""

    bill: Bill
    ordinal: int
    amend: Amend
    instruction: Instruction
    day: datetime.date

    def rejected(
        self,
        code: str,
        message: str,
        at: Span,
        related: Sequence[Label] = (),
        advice: str | None = None,
    ) -> Rejected:
        """Return the rejection of this instruction, with ``message`` on the words at ``at``."""
        what = f"instruction {self.ordinal} of `{self.bill.name.text}`, `{words(self.instruction)}`"
        at = at if at != NOWHERE else self.instruction.span
        return Rejected([Diagnostic(code, f"{what}: {message}", at, "", tuple(related), advice)])


def instructions(bill: Bill) -> tuple[tuple[int, Amend, Instruction], ...]:
    """Return the instructions of ``bill`` in order, each with its ordinal and its `Amend`."""
    given = [(amend, each) for amend in bill.amends for each in amend.instructions]
    ordinals = count(1) if bill.ordinals is None else bill.ordinals
    return tuple((ordinal, *each) for ordinal, each in zip(ordinals, given, strict=False))


def parts(bill: Bill, ordinals: frozenset[int]) -> Bill:
    """Return ``bill`` with only the instructions that have these ``ordinals``, which they keep."""
    kept = [each for each in instructions(bill) if each[0] in ordinals]
    amends = (
        replace(amend, instructions=tuple(one for _, its, one in kept if its is amend))
        for amend in bill.amends
    )
    return replace(
        bill,
        amends=tuple(each for each in amends if each.instructions),
        ordinals=tuple(ordinal for ordinal, _, _ in kept),
    )


def orders(bill: Bill) -> tuple[tuple[Order, ...], tuple[Diagnostic, ...]]:
    """Return the instructions that have a day to commence, and a diagnostic for all others."""
    stated = [each for each in bill.headings if isinstance(each, InForce)]
    start = next((each.start for each in stated if each.start), None)
    faults = [
        Diagnostic(
            "temporary-bill",
            f"bill `{bill.name.text}` ends, and does not say what stands after it",
            each.end.span,
            help="let another bill restore the text, with the later date as its commencement",
        )
        for each in stated
        if each.end
    ]
    found: list[Order] = []
    undated: list[Label] = []
    for ordinal, amend, instruction in instructions(bill):
        day = instruction.commencing or start
        if day is None:
            undated.append(Label(instruction.span, f"instruction {ordinal} needs a date"))
        else:
            found.append(Order(bill, ordinal, amend, instruction, day.value))
    if undated:
        faults.append(
            Diagnostic(
                "no-commencement",
                f"bill `{bill.name.text}` does not say when it commences",
                bill.name.span,
                related=tuple(undated),
                help="say `in force from` a date after the bill's title",
            )
        )
    return tuple(found), tuple(faults)


def words(instruction: Instruction) -> str:
    """Return what ``instruction`` does and where, without the text that it brings."""
    within = f"in {cite(instruction.within)} " if instruction.within else ""
    match instruction.action:
        case Replace(target=target):
            return f"{within}replace {cite(target)}"
        case Insert(where=where, target=target):
            return f"{within}insert" if target is None else f"{within}{where} {cite(target)} insert"
        case Repeal(target=target):
            return f"{within}repeal {cite(target)}"
        case Renumber(target=target, new=new):
            return f"{within}renumber {cite(target)} as {cite(new)}"
        case Substitute():
            return f"{within}substitute"
        case Add():
            return f"{within}add unless"


def cite(place: Place) -> str:
    """Return ``place`` as the law cites it: ``article 55 paragraph 8``."""
    named = (
        ("article", place.article),
        ("paragraph", place.paragraph),
        ("point", place.point),
        ("norm", place.norm),
        ("definition", place.definition),
    )
    return " ".join(chain.from_iterable((word, name.text) for word, name in named if name))
