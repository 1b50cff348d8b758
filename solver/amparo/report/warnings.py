"""What `amparo lint` found, as text for a terminal."""

from collections.abc import Iterator

from amparo.core.citation import in_words, located, title
from amparo.report.column import Column
from amparo.report.result import Examined, Result
from amparo.report.style import Paint, plainly
from amparo.report.telling import WARNED, notes, opinion, to_look_at, waived
from amparo.report.telling import status as against
from amparo.verify.finding import Finding
from amparo.verify.rules import RULES


def render_warnings(result: Result, width: int = 80, paint: Paint = plainly) -> str:
    """Return ``result`` as text of at most ``width`` columns, except where one word is longer."""
    column = Column(width, paint)
    (sentence, role), after = to_look_at(result)
    lines = list(column.said(sentence, role=role))
    for each in after:
        lines += column.said(each)
    for examined in result.examined:
        if len(result.examined) > 1:
            lines += ["", *column.said(f"== {examined.report.body} ==", role="strong")]
        for finding in examined.findings:
            lines += _finding(examined, finding, column)
    lines += column.listed("Notes", notes(result))
    return "\n".join(lines) + "\n"


def _finding(examined: Examined, finding: Finding, column: Column) -> Iterator[str]:
    law, outcome = examined.law, finding.outcome
    fired = finding.verdict == "violated"
    word = RULES[finding.rule].fired if fired else f"COULD NOT DECIDE ({finding.rule})"
    status = ""
    if examined.report.compares:
        status = f" ({against(examined, finding)})"
    status += " (waived)" if finding.waived else ""
    yield ""
    yield from column.said(
        f"{word}{status}: {in_words(law, finding.provision)}", role="bad" if fired else "doubt"
    )
    if about := title(law, finding.provision):
        yield from column.said(f"“{about}”", indent=2)
    yield from column.said(
        f"{finding.span.source.path}:{finding.span.line} {finding.norm}",
        indent=2,
        role="faint",
    )
    if finding.waived:
        yield from column.said(waived(finding), indent=2)
        return
    for note in finding.notes:
        yield from column.said(f"{note[0].upper()}{note[1:]}.", indent=2)
    if outcome.note:
        yield from column.said(f"{outcome.note[0].upper()}{outcome.note[1:]}.", indent=2)
    yield from column.numbered(outcome.story)
    said = dict.fromkeys(
        f"{in_words(law, place)} ({place})"
        for place in (located(law, each) for each in outcome.relies_on)
    )
    for index, each in enumerate(said):
        if not index:
            yield from column.said("It follows from:", indent=2)
        yield from column.said(each, indent=4, mark="- ")
    yield from column.by_reading(finding.outcomes, WARNED)
    if finding.opinion is not None:
        yield from column.said(opinion(finding.opinion), indent=2)
