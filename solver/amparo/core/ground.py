"""What a provision has from the provisions around it: its period and what it rests on."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amparo.core.law import Evidence, Period, Provenance
from amparo.diagnostics import Diagnostic
from amparo.names.places import Placed
from amparo.names.problems import Problems
from amparo.syntax.tree import (
    Aims,
    Bill,
    Cites,
    Clause,
    Define,
    Graded,
    Heading,
    InForce,
    NormDecl,
    Says,
)
from amparo.text import NOWHERE, Source, Span


@dataclass(frozen=True, slots=True)
class Instructions:
    """Where the instructions of the applied bills stand: (span, bill, ordinal from 1)."""

    spans: tuple[tuple[Span, str, int], ...]
    sources: frozenset[Source]

    def covering(self, span: Span) -> tuple[str, int] | None:
        """Return the instruction in whose text ``span`` lies."""
        if span.source not in self.sources or span == NOWHERE:
            return None
        for outer, bill, ordinal in self.spans:
            if outer.source == span.source and outer.start <= span.start and span.end <= outer.end:
                return bill, ordinal
        return None


def instructions(bills: Iterable[Bill]) -> Instructions:
    """Return where the instructions of ``bills`` stand."""
    found = []
    for bill in bills:
        each = [instruction for amend in bill.amends for instruction in amend.instructions]
        found += [(one.span, bill.name.text, i) for i, one in enumerate(each, 1)]
    return Instructions(tuple(found), frozenset(span.source for span, _, _ in found))


@dataclass(frozen=True, slots=True)
class Ground:
    """The period in force and the provenance of an element or container."""

    period: Period
    provenance: Provenance


def ground(placed: Placed, changes: Instructions, problems: Problems) -> Ground:
    """Return what ``placed`` has: its own notes, else those of the nearest container."""
    element = placed.element
    own: Sequence[Clause] = element.clauses if isinstance(element, (NormDecl, Define)) else ()
    layers: list[Sequence[Clause | Heading]] = [own]
    layers += [each.headings for each in reversed(placed.within)]
    cites: str | None = None
    evidence: Evidence | None = None
    says: str | None = None
    aims: tuple[str, ...] = ()
    for note in (note for layer in layers for note in layer):
        match note:
            case Cites(text):
                cites = cites or text.text
            case Graded(grade):
                evidence = evidence or grade
            case Says(text):
                says = says or text.text
            case Aims(names):
                aims = aims or tuple(name.text for name in names)
            case _:
                pass
    span = element.span if element is not None else placed.container.span
    period = _period([note for layer in layers for note in layer], span, problems)
    return Ground(period, Provenance(span, cites, evidence, says, aims, changes.covering(span)))


def _period(notes: Sequence[Clause | Heading], span: Span, problems: Problems) -> Period:
    """Return the intersection of all periods stated in ``notes``."""
    start: datetime.date | None = None
    end: datetime.date | None = None
    sound = True
    for note in notes:
        if not isinstance(note, InForce):
            continue
        mine = note.start.value if note.start is not None else None
        until = note.end.value if note.end is not None else None
        if mine is not None and until is not None and until <= mine:
            message = "`until` must be later than `from`"
            problems.error(Diagnostic("period-reversed", message, note.span))
            sound = False
        if mine is not None:
            start = mine if start is None else max(start, mine)
        if until is not None:
            end = until if end is None else min(end, until)
    if sound and start is not None and end is not None and end <= start:
        message = f"never in force: with what it stands in, it begins on {start} and ends on {end}"
        problems.error(Diagnostic("never-in-force", message, span))
    return Period(start, end)


def overlap(first: Period, second: Period) -> bool:
    """Say whether some day lies in both periods."""
    return (first.end is None or second.start is None or second.start < first.end) and (
        second.end is None or first.start is None or first.start < second.end
    )
