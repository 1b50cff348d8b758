"""Decided cases for a terminal: the table, the cases side by side, and where the answers part."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from amparo.report.column import Column
from amparo.report.docket_words import counted, differences, full_stop, on, tally, year
from amparo.report.escape import visible
from amparo.report.heard import Agreement, Heard, asked_of, pairs
from amparo.report.style import Paint, Role, plainly

WIDEST = 110
GAP, LEAST = 2, 76
COLUMNS = (("date", 10), ("the court held", 12), ("Amparo answers", 12), ("ground", 10))
"""What stands in the table after the case and the court, which share the rest of the width."""
ROLES: dict[Agreement, Role] = {"differs": "bad", "undecided": "doubt"}


def render_docket(several: Sequence[Heard], width: int = WIDEST, paint: Paint = plainly) -> str:
    """Return the decisions as a table of at most ``width`` columns, and what they come to."""
    column = Column(width, paint)
    lines = [*column.said(summary(several), role="strong"), ""]
    lines += _table(several, column)
    beside = pairs(several)
    if beside:
        lines += ["", *column.said("Side by side:", role="strong")]
    for each in beside:
        lines += ["", *column.said(each.about, indent=2, role="strong")]
        for held, those in each.by_holding().items():
            cases = "; ".join(f"{heard.decision.title} ({year(heard)})" for heard in those)
            lines += column.said(f"{held}: {cases}", indent=4, mark="- ")
    lines += _apart(several, column)
    lines += _unsaid(several, column)
    lines += ["", *(line for said in counts(several) for line in column.said(said))]
    return "\n".join(lines) + "\n"


def render_docket_concise(several: Iterable[Heard]) -> str:
    """Return one line per decision: where it stands, whether it agrees, and what is answered."""
    return "".join(f"{_line(each)}\n" for each in several)


def _line(heard: Heard) -> str:
    decision = heard.decision
    place = f"{visible(decision.span.source.path)}:{decision.span.line}"
    said = f"{heard.outcome}: held {decision.held}, answered {heard.verdict}, ground {heard.ground}"
    return f"{place}: {visible(decision.name)} {said}"


def summary(several: Sequence[Heard]) -> str:
    """Return in a sentence how many decisions there are, of how many courts, on which texts."""
    courts = {each.decision.court for each in several}
    texts = {act for each in several for act in asked_of(each)}
    under = f" under {counted(len(texts), 'text')} of the highest rank"
    of = f"{counted(len(several), 'decision')} of {counted(len(courts), 'court')}"
    return f"{of}{under if texts else ''}."


def counts(several: Sequence[Heard]) -> Iterator[str]:
    """Yield in sentences what the courts held, and in how many the answers agree."""
    held = Counter(each.decision.held for each in several)
    yield f"Held: {', '.join(f'{number} {each}' for each, number in held.most_common())}."
    yield tally("Outcomes", (each.outcome for each in several))
    yield tally("Grounds", (each.ground for each in several))


def _table(several: Sequence[Heard], column: Column) -> Iterator[str]:
    if column.width < LEAST:
        for each in several:
            title, court, decided, held, said, ground = _cells(each)
            about = f"{title} ({court}, {decided})"
            whole = f"{about}: {held}. Amparo answers: {said}. Ground: {ground}."
            yield from column.said(whole, mark="- ")
        return
    rest = column.width - sum(size + GAP for _, size in COLUMNS) - GAP
    case = rest * 3 // 5
    wide = [case, rest - case, *(size for _, size in COLUMNS)]
    heads = ["case", "court", *(name for name, _ in COLUMNS)]
    yield from _row(heads, wide, column.paint, "strong")
    yield "-" * (sum(wide) + GAP * (len(wide) - 1))
    for each in several:
        worst = next(
            (e for e in ("differs", "undecided") if e in (each.outcome, each.ground)), None
        )
        yield from _row(_cells(each), wide, column.paint, ROLES.get(worst) if worst else None)


def _cells(heard: Heard) -> list[str]:
    decision = heard.decision
    decided = decision.decided if isinstance(decision.decided, int) else str(decision.decided)
    said = (
        heard.verdict
        if heard.outcome in ("agrees", "not expressed")
        else (f"{heard.verdict} ({heard.outcome})")
    )
    return [decision.title, decision.court, str(decided), decision.held, said, heard.ground]


def _row(
    cells: Sequence[str], wide: Sequence[int], paint: Paint, role: Role | None
) -> Iterator[str]:
    wrapped = [
        textwrap.wrap(visible(cell), size, break_on_hyphens=False) or [""]
        for cell, size in zip(cells, wide, strict=True)
    ]
    for number in range(max(map(len, wrapped))):
        parts = [lines[number] if number < len(lines) else "" for lines in wrapped]
        line = (" " * GAP).join(f"{each:<{size}}" for each, size in zip(parts, wide, strict=True))
        yield paint(line.rstrip(), role) if role else line.rstrip()


def _apart(several: Iterable[Heard], column: Column) -> Iterator[str]:
    """Yield, for every decision from which the answers part, what each side says."""
    apart = [each for each in several if any(differences(each))]
    if apart:
        yield from ("", *column.said("Where they part:", role="strong"))
    for each in apart:
        yield ""
        yield from column.said(f"{each.decision.title} ({on(each.decision.decided)})", indent=2)
        for said in differences(each):
            yield from column.said(said, indent=4)


def _unsaid(several: Iterable[Heard], column: Column) -> Iterator[str]:
    """Yield what the language cannot say of the decisions."""
    entries = [
        f"{each.decision.title}: {full_stop(sentence)} Not said, because {full_stop(because)}"
        for each in several
        for sentence, because in each.decision.untranslated
    ]
    yield from column.listed("What the language cannot say", entries)
