"""What `amparo lint` found, as text for a terminal."""

from collections.abc import Iterator

from amparo.core.citation import in_words, located, title
from amparo.report.column import Column
from amparo.report.result import Examined, Result
from amparo.report.style import Paint, plainly
from amparo.report.telling import waived
from amparo.verify.finding import Finding
from amparo.verify.rules import RULES

WORDS = {"violated": "so", "holds": "not so", "depends": "it depends", "unknown": "undecided"}
NOTHING = "Nothing to look at: every question was answered, and none found anything."


def render_warnings(result: Result, width: int = 80, paint: Paint = plainly) -> str:
    """Return ``result`` as text of at most ``width`` columns, except where one word is longer."""
    column = Column(width, paint)
    lines = list(_head(result, column))
    for each in result.examined:
        if len(result.examined) > 1:
            lines += ["", *column.said(f"== {each.report.body} ==", role="strong")]
        for finding in each.findings:
            lines += _finding(each, finding, column)
    notes = (note for each in result.examined for note in each.report.notes)
    lines += column.listed("Notes", dict.fromkeys(notes))
    return "\n".join(lines) + "\n"


def _head(result: Result, column: Column) -> Iterator[str]:
    several = [(each, finding) for each in result.examined for finding in each.findings]
    found = [(each, finding) for each, finding in several if not finding.waived]
    quiet = len(several) - len(found)
    if quiet:
        yield from column.said(f"Waived: {quiet}.")
    if not found:
        yield from column.said(NOTHING, role="good")
        return
    count = len(found)
    yield from column.said(f"{count} provision{'s' * (count != 1)} to look at.", role="strong")
    if any(each.report.bills for each in result.examined):
        new = sum(finding.status == "introduced" for _, finding in found)
        yield from column.said(f"New with the bill: {new}. There before: {count - new}.")


def _finding(examined: Examined, finding: Finding, column: Column) -> Iterator[str]:
    law, outcome = examined.law, finding.outcome
    fired = finding.verdict == "violated"
    word = RULES[finding.rule].fired if fired else f"COULD NOT DECIDE ({finding.rule})"
    status = ""
    if examined.report.bills:
        new = finding.status == "introduced"
        status = " (new with the bill)" if new else " (was so before)"
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
    yield from column.by_reading(finding.outcomes, WORDS)
