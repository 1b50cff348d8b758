"""Who may authorise what, on which object, as a table for a terminal."""

import datetime
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from amparo.core.citation import about, in_words, located
from amparo.core.law import Law
from amparo.explain.labels import noun
from amparo.explain.story import allowed
from amparo.report.column import Column
from amparo.report.escape import visible
from amparo.report.style import Paint, plainly
from amparo.verify.competence import Cell, How, Matrix, Row
from amparo.verify.powers import Subject

WIDEST = 100
WIDEST_LABEL = 32
WORDS: Mapping[frozenset[How], str] = {
    frozenset({"alone"}): "alone",
    frozenset({"acts"}): "sanctioned",
    frozenset({"alone", "acts"}): "either",
    frozenset({"authorises"}): "authorises",
    frozenset({"jointly"}): "jointly",
}
LEGEND: Mapping[str, str] = {
    "alone": "does it on its own power",
    "sanctioned": "does it if another authority authorises it",
    "either": "does it alone in some cases, in others only if another authorises it",
    "authorises": "its act alone lets another do it",
    "jointly": "its act lets another do it only together with the act of a third",
    "nobody": "it is never lawful",
    "?": "could not be decided, or depends on how the law is read",
}
EMPTY = "No act of authority in this law is about a person or a thing."


@dataclass(frozen=True, slots=True)
class Competences:
    """The matrix of one body of law, with the law that it is of."""

    body: str
    bills: tuple[str, ...]
    as_of: datetime.date | None
    law: Law
    matrix: Matrix


def render_competences(
    several: Iterable[Competences],
    width: int = WIDEST,
    paint: Paint = plainly,
    *,
    reasons: bool = True,
) -> str:
    """Return a table for every body, and under it on what every entry rests, with a case."""
    tables = (_Table(each, width, paint).lines(reasons=reasons) for each in several)
    return "\n".join("\n".join(lines) + "\n" for lines in tables)


class _Table:
    """One matrix, in columns: a row for each measure and object, a column for each authority."""

    def __init__(self, found: Competences, width: int, paint: Paint) -> None:
        """Lay out ``found`` in at most ``width`` columns."""
        self.found, self.law, self.matrix = found, found.law, found.matrix
        self.column, self.width, self.paint = Column(width, paint), width, paint

    def lines(self, *, reasons: bool) -> Iterator[str]:
        """Yield the whole page, with or without its ``reasons``."""
        yield from self.column.said(self._heading(), role="strong")
        if not self.matrix.rows:
            yield from ["", *self.column.said(EMPTY)]
            return
        yield ""
        yield from self._grid()
        yield ""
        yield from self._legend()
        if not reasons:
            return
        yield ""
        yield from self.column.said("On what it rests, and a case:", role="strong")
        for row in self.matrix.rows:
            yield from self._reasons(row)

    def _heading(self) -> str:
        bills = " and ".join(f"the bill `{each}`" for each in self.found.bills)
        day = "" if self.found.as_of is None else f" on {self.found.as_of}"
        return f"Who may do and authorise what{day}{f', with {bills}' if bills else ''}: " + (
            self.found.body
        )

    # -- the grid -----------------------------------------------------------------------------

    def _grid(self) -> Iterator[str]:
        """Yield the table; one under another where the authorities are too many for the width."""
        heads = [_wrapped(noun(self.law.vocabulary, each)) for each in self.matrix.authorities]
        entries = [self._entries(row) for row in self.matrix.rows]
        wide = [
            max(map(len, [*head, *(entry[number] for entry in entries)]))
            for number, head in enumerate(heads)
        ]
        labels = [said(self.law, row.subject, self.matrix.rows) for row in self.matrix.rows]
        label = min(max(map(len, labels)), WIDEST_LABEL)
        for count, block in enumerate(_blocks(wide, self.width - label)):
            if count:
                yield ""
            yield from self._block(block, labels, entries, heads, wide, label)

    def _block(
        self,
        block: list[int],
        labels: list[str],
        entries: list[list[str]],
        heads: list[list[str]],
        wide: list[int],
        label: int,
    ) -> Iterator[str]:
        sizes = [wide[number] for number in block]
        for line in range(max((len(heads[number]) for number in block), default=0)):
            cells = [head[line] if line < len(head) else "" for head in (heads[n] for n in block)]
            yield self.paint(self._line("", cells, label, sizes), "strong")
        yield "-" * (label + sum(sizes) + 2 * len(sizes))
        for text, cells in zip(labels, entries, strict=True):
            mine = [cells[number] for number in block]
            if any(mine):
                first, *rest = textwrap.wrap(text, label, subsequent_indent="  ")
                yield self._line(first, mine, label, sizes)
                yield from rest

    def _line(self, label: str, cells: list[str], label_width: int, wide: list[int]) -> str:
        parts = [f"{visible(label):<{label_width}}"]
        parts += [f"{visible(each):<{size}}" for each, size in zip(cells, wide, strict=True)]
        return "  ".join(parts).rstrip()

    def _entries(self, row: Row) -> list[str]:
        if not row.cells:
            return ["nobody", *[""] * (len(self.matrix.authorities) - 1)]
        return [_entry(row, each) for each in self.matrix.authorities]

    def _legend(self) -> Iterator[str]:
        used = {
            word for row in self.matrix.rows for each in self._entries(row) for word in each.split()
        }
        marks = {word.rstrip("?+") for word in used} | {"?" for word in used if word.endswith("?")}
        for word, means in LEGEND.items():
            if word in marks:
                yield from self.column.said(f"{word}: {means}", indent=2)
        if any(_narrower(row.subject, self.matrix.rows) for row in self.matrix.rows):
            said_ = "what holds of a class holds of the classes under it that have no row"
            yield from self.column.said(said_, indent=2)

    # -- what it rests on ---------------------------------------------------------------------

    def _reasons(self, row: Row) -> Iterator[str]:
        lets = any(each.how in ("authorises", "jointly") for each in row.cells)
        # Who does it once authorised is in the case of who authorises it.
        for cell in (each for each in row.cells if not lets or each.how != "acts"):
            who = noun(self.law.vocabulary, cell.authority)
            label = said(self.law, row.subject, self.matrix.rows)
            yield ""
            yield from self.column.said(f"{label}: {who} {_does(cell)}", indent=2, role="strong")
            for norm in cell.relies_on:
                said_ = about(self.law, norm)
                text = in_words(self.law, located(self.law, norm)) + (f": {said_}" if said_ else "")
                yield from self.column.said(text, indent=4, mark="- ")
            if cell.world is not None:
                yield from self.column.said(" ".join(allowed(self.law, cell.world)), indent=4)


def said(law: Law, subject: Subject, rows: Iterable[Row]) -> str:
    """Return a subject in words; roles by which no two rows of its measure differ are left out."""
    peers = [row.subject for row in rows if row.subject.measure == subject.measure]
    words = law.vocabulary.kinds
    parts = [noun(law.vocabulary, subject.measure)]
    for number, (role, kind) in enumerate(subject.objects):
        if len({each.objects[number] for each in peers}) > 1 or _is_narrow(law, subject, number):
            parts.append(f"{role.replace('_', ' ')} {words[kind].reads or kind}")
    return " ".join(parts)


def _is_narrow(law: Law, subject: Subject, number: int) -> bool:
    """Say whether an object is of a narrower class than the measure takes."""
    role, kind = subject.objects[number]
    sort = dict(law.vocabulary.kinds[subject.measure].roles)[role]
    return getattr(sort, "kind", kind) != kind


def _narrower(subject: Subject, rows: Iterable[Row]) -> bool:
    return any(row.subject != subject and row.subject.measure == subject.measure for row in rows)


def _entry(row: Row, authority: str) -> str:
    mine = [each for each in row.cells if each.authority == authority]
    does = frozenset(each.how for each in mine if each.how in ("alone", "acts"))
    lets = frozenset(each.how for each in mine if each.how in ("authorises", "jointly"))
    words = [WORDS[each] for each in (does, lets) if each]
    doubt = "?" if any(each.answer != "yes" for each in mine) else ""
    return "+".join(words) + doubt


def _does(cell: Cell) -> str:
    match cell.how:
        case "alone":
            return "does it on its own power"
        case "acts":
            return "does it, if another authority authorises it"
        case "authorises":
            return "authorises it"
        case "jointly":
            return "authorises it together with another"


def _blocks(wide: list[int], room: int) -> Iterator[list[int]]:
    """Yield the columns in blocks that each fit into ``room``, one column at least."""
    block: list[int] = []
    for number, size in enumerate(wide):
        if block and sum(wide[each] + 2 for each in block) + size + 2 > room:
            yield block
            block = []
        block.append(number)
    yield block


def _wrapped(words: str) -> list[str]:
    return words.split()
