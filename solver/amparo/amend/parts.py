"""The parts of an act: what holds what, and the period that each states of itself.

Guarantees that `with_slot` and `with_period` change nothing else of a part.
"""

import datetime
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from typing import Literal as OneOf

from amparo.syntax.tree import (
    Act,
    Article,
    Clause,
    Day,
    Define,
    Heading,
    InForce,
    NormDecl,
    Paragraph,
    Point,
    Untranslated,
)
from amparo.text import Span

Part = Article | Paragraph | Point | NormDecl | Define | Untranslated
Level = OneOf["article", "paragraph", "point", "norm", "definition", "untranslated"]
Slot = OneOf["elements", "points", "paragraphs", "articles"]
Key = tuple[Level, str]

Some = TypeVar("Some", bound=Act | Part)


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` (None: always) until ``end`` (exclusive; None: without end)."""

    start: datetime.date | None = None
    end: datetime.date | None = None

    def covers(self, day: datetime.date) -> bool:
        """Say whether ``day`` lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def meet(self, other: "Period") -> "Period":
        """Return what lies in both."""
        starts = [each for each in (self.start, other.start) if each is not None]
        ends = [each for each in (self.end, other.end) if each is not None]
        return Period(max(starts, default=None), min(ends, default=None))

    @property
    def empty(self) -> bool:
        """Say whether no day lies in the period."""
        return self.start is not None and self.end is not None and self.start >= self.end


ALWAYS = Period()


def key(part: Part) -> Key:
    """Return what tells ``part`` from its neighbours; versions of one provision share it."""
    match part:
        case Article(label=label):
            return "article", label.text
        case Paragraph(label=label):
            return "paragraph", label.text
        case Point(label=label):
            return "point", label.text
        case NormDecl(name=name):
            return "norm", name.text
        case Define(name=name):
            return "definition", name.text
        case Untranslated(sentence=sentence):
            return "untranslated", sentence.text


def slot_of(part: Part) -> Slot:
    """Return the slot of its holder in which ``part`` stands."""
    match part:
        case Article():
            return "articles"
        case Paragraph():
            return "paragraphs"
        case Point():
            return "points"
        case NormDecl() | Define() | Untranslated():
            return "elements"


def slots(part: Act | Part) -> tuple[tuple[Slot, tuple[Part, ...]], ...]:
    """Return the slots of ``part`` with what stands in them, in the order of the text."""
    match part:
        case Act(elements=elements, articles=articles):
            return ("elements", elements), ("articles", articles)
        case Article(elements=elements, points=points, paragraphs=paragraphs):
            return ("elements", elements), ("points", points), ("paragraphs", paragraphs)
        case Paragraph(elements=elements, points=points):
            return ("elements", elements), ("points", points)
        case Point(elements=elements):
            return (("elements", elements),)
        case NormDecl() | Define() | Untranslated():
            return ()


def in_slot(holder: Act | Part, slot: Slot) -> tuple[Part, ...] | None:
    """Return what stands in ``slot`` of ``holder``; None if it has no such slot."""
    return dict(slots(holder)).get(slot)


def with_slot(holder: Some, slot: Slot, parts: tuple[Part, ...]) -> Some:
    """Return ``holder`` with ``parts``, which must be of the level of ``slot``, in that slot."""
    # Which field it is, and so its type, is known at run time only.
    change: dict[str, Any] = {slot: parts}
    return replace(holder, **change)


def own_period(part: Act | Part) -> Period:
    """Return the period that ``part`` itself states."""
    stated = ALWAYS
    for each in _notes(part):
        if isinstance(each, InForce):
            start = each.start.value if each.start else None
            end = each.end.value if each.end else None
            stated = stated.meet(Period(start, end))
    return stated


def period_ends_at(part: Act | Part) -> Span | None:
    """Return the words by which ``part`` ends, if it states any."""
    return next(
        (each.span for each in _notes(part) if isinstance(each, InForce) and each.end), None
    )


def with_period(part: Some, period: Period, span: Span) -> Some:
    """Return ``part`` stating ``period``, on the ground of the words at ``span``.

    An `Untranslated` sentence states no period: it is in force as long as what holds it.
    """
    notes = _notes(part)
    here = next((i for i, each in enumerate(notes) if isinstance(each, InForce)), None)
    if here is None:
        here = len(notes) if isinstance(part, NormDecl | Define) else 0
    stated: tuple[Clause | Heading, ...] = ()
    if period != ALWAYS:
        start = Day(period.start, span=span) if period.start else None
        end = Day(period.end, span=span) if period.end else None
        stated = (InForce(start, end, span=span),)
    before, after = (
        tuple(each for each in half if not isinstance(each, InForce))
        for half in (notes[:here], notes[here:])
    )
    return _with_notes(part, before + stated + after)


def timeless(part: Some) -> Some:
    """Return ``part`` without the period that it itself states."""
    return with_period(part, ALWAYS, part.span)


def _notes(part: Act | Part) -> tuple[Clause | Heading, ...]:
    match part:
        case Act() | Article() | Paragraph() | Point():
            return part.headings
        case NormDecl() | Define():
            return part.clauses
        case Untranslated():
            return ()


def _with_notes(part: Some, notes: tuple[Clause | Heading, ...]) -> Some:
    match part:
        case Act() | Article() | Paragraph() | Point():
            change: dict[str, Any] = {"headings": notes}
        case NormDecl() | Define():
            change = {"clauses": notes}
        case Untranslated():
            return part
    return replace(part, **change)
