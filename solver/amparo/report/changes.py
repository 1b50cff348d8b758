"""What two laws judge differently, as text for a terminal."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from amparo.diagnostics import Diagnostic
from amparo.explain.changes import about, extent, headline
from amparo.report.column import Column
from amparo.report.style import Paint, Role, plainly
from amparo.verify.compare import Change, Comparison

Overall = OneOf["unchanged", "changed", "undecided"]
SENTENCES: dict[Overall, tuple[str, Role]] = {
    "unchanged": ("Nothing changes: every case is judged as before.", "good"),
    "changed": ("Some cases are judged differently.", "strong"),
    "undecided": ("No change was found, but not everything could be decided.", "doubt"),
}
SHORT: dict[str, str] = {"violated": "changed", "holds": "as before", "unknown": "undecided"}


@dataclass(frozen=True, slots=True)
class Compared:
    """One body of law, before and after. ``bills`` are those that make the difference, if named."""

    body: str
    comparison: Comparison
    bills: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What one run found. ``warnings`` are about the text."""

    compared: tuple[Compared, ...]
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def verdict(self) -> Overall:
        """Whether any body changed; undecided where none was seen to, and some question is open."""
        if any(each.comparison.changes for each in self.compared):
            return "changed"
        if any(each.comparison.undecided for each in self.compared):
            return "undecided"
        return "unchanged"


def render_changes(changes: Changes, width: int = 80, paint: Paint = plainly) -> str:
    """Return ``changes`` as text of at most ``width`` columns, except where one word is longer."""
    column = Column(width, paint)
    sentence, role = SENTENCES[changes.verdict]
    lines = [*column.said(sentence, role=role)]
    for each in changes.compared:
        if len(changes.compared) > 1:
            lines += ["", *column.said(f"== {each.body} ==", role="strong")]
        lines += _body(each, column)
    return "\n".join(lines) + "\n"


def _body(each: Compared, column: Column) -> Iterator[str]:
    comparison = each.comparison
    for change in comparison.changes:
        yield from _change(comparison, change, column)
    for change in comparison.undecided:
        yield ""
        title = headline(comparison.united, change)
        yield from column.said(f"COULD NOT DECIDE: {title}", role="doubt")
        yield from column.said(f"{change.outcome.note}.", indent=2)
    yield ""
    yield from column.said(_counted(comparison), role="faint")
    yield from column.listed("Notes", each.notes)


def _change(comparison: Comparison, change: Change, column: Column) -> Iterator[str]:
    united, outcome = comparison.united, change.outcome
    title = headline(united, change)
    yield ""
    yield from column.said(title[0].upper() + title[1:], role="strong")
    if said := about(united, change):
        yield from column.said(f"“{said}”", indent=2)
    for sentence in extent(united, change):
        yield from column.said(sentence, indent=2)
    yield from column.numbered(outcome.story)
    if outcome.note:
        yield from column.said(f"{outcome.note[0].upper()}{outcome.note[1:]}.", indent=2)
    yield from column.by_reading(change.outcomes, SHORT)


def _counted(comparison: Comparison) -> str:
    """Return in a sentence how many questions were asked, and what is proved."""
    count = comparison.asked
    if not count:
        return "No provision says anything else than before."
    same = count - comparison.differing - len(comparison.undecided)
    return (
        f"Asked: {count} question{'s' * (count != 1)} about acts that may be judged differently; of "
        f"{same} it is proved that they are not. All other acts turn on nothing that changed."
    )
