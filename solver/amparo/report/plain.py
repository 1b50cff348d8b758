"""A result as text for a terminal: the verdict first, then each finding as one would tell it."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from amparo.core.citation import title
from amparo.core.law import Law, NormId
from amparo.report.bills import adoptable, heading
from amparo.report.column import Column
from amparo.report.days import CHANGES, by_day
from amparo.report.escape import visible
from amparo.report.result import Examined, Result
from amparo.report.said import first
from amparo.report.style import Paint, plainly
from amparo.report.telling import (
    by_reading,
    can_happen,
    changes,
    clear,
    confirmed,
    counted,
    headline,
    is_clear,
    is_doubted,
    lasting,
    notes,
    opinion,
    over_time,
    overall,
    place,
    sentence,
    status,
    taken_for_granted,
    waived,
    with_their_words,
)
from amparo.verify.finding import Cause, Finding, Outcome, Way

LONGEST_INSTRUCTION = 300


def render_concise(result: Result) -> str:
    """Return one line per finding: where it is shown, verdict, rule, citation, status.

    Over time, one line per stretch of it. What is taken for granted stands in lines after all, and
    what a second solver says where it was asked: of a finding that it does not confirm, in its line.
    """
    lines = [
        line
        for each in result.examined
        for finding in each.findings
        for line in _lines(each, finding)
    ]
    lines += [f"taken for granted: {visible(each)}" for each in taken_for_granted(result)]
    opinions = [each.report.opinion for each in result.examined if each.report.opinion is not None]
    lines += [confirmed(each) for each in opinions]
    return "".join(f"{line}\n" for line in lines)


def _lines(examined: Examined, finding: Finding) -> Iterator[str]:
    shown = first(finding)
    where = f"{visible(shown.source.path)}:{shown.line}"
    only = "" if finding.act is None else f" for {visible(finding.act)}"
    asked = f"{finding.rule} {visible(str(finding.provision))}{only}"
    doubt = " not-confirmed" if is_doubted(finding) else ""
    quiet = f" ({said[:1].lower()}{said[1:]})" if (said := visible(waived(finding))) else ""
    if not finding.segments:
        against = f" {finding.status}" if examined.report.compares else ""
        yield f"{where}: {finding.verdict} {asked}{against}{doubt}{quiet}"
    for each in finding.segments:
        against = f" {each.status}" if examined.report.compares and each.verdict is not None else ""
        yield f"{where}: {each.verdict or 'not-in-force'} {asked}{against} {lasting(each)}{doubt}{quiet}"


def render_plain(result: Result, width: int = 80, paint: Paint = plainly) -> str:
    """Return ``result`` as text of at most ``width`` columns, except where one word is longer."""
    return _Page(Column(width, paint)).result(result)


@dataclass(frozen=True, slots=True)
class _Page:
    """Tells findings in a column."""

    column: Column

    def result(self, result: Result) -> str:
        """Return the whole page."""
        verdict, role = overall(result)
        lines = list(self.column.said(verdict, role=role))
        lines.extend(self.column.said(counted(result)))
        for each in result.examined:
            lines.extend(self.column.said(adoptable(each)))
        several = len(result.examined) > 1
        for each in result.examined:
            if several:
                lines += ["", *self.column.said(f"== {each.report.body} ==", role="strong")]
            for finding in each.findings:
                if not is_clear(finding):
                    lines.extend(self.finding(each, finding))
            lines.extend(self.clear(each))
            lines.extend(self.days(each))
        lines.extend(self.closing(result))
        return "\n".join(lines) + "\n"

    def clear(self, examined: Examined) -> Iterator[str]:
        """Yield what was asked besides, and nothing found, a line for each rule."""
        yield from self.column.listed("Also asked, and proved", clear(examined))

    def days(self, examined: Examined) -> Iterator[str]:
        """Yield what changes, day after day, where it was asked over time."""
        for index, (day, changed) in enumerate(by_day(examined)):
            if not index:
                yield ""
                yield from self.column.said(f"{CHANGES}:", role="strong")
            yield from self.column.said(f"{day}:", indent=2)
            for each in changed:
                yield from self.column.said(each, indent=4, mark="- ")

    def finding(self, examined: Examined, finding: Finding) -> Iterator[str]:
        """Yield the lines that tell one finding."""
        law = examined.law
        word, role = headline(examined, finding)
        yield ""
        yield from self.column.said(f"{word}: {place(examined, finding)}", role=role)
        about = title(law, finding.provision)
        if about:
            yield from self.column.said(f"“{about}”", indent=2)
        yield from self.column.said(str(finding.provision), indent=2, role="faint")
        if finding.waived:
            yield from self.column.said(waived(finding), indent=2)
            return
        yield from self.over_time(examined, finding)
        outcome = finding.outcome
        if finding.verdict == "holds":
            yield from self.relied_on(law, outcome.relies_on)
            if outcome.note:
                yield from self.column.said(f"It holds vacuously: {outcome.note}.", indent=2)
            if outcome.story:
                yield from self.column.said(f"A lawful case: {' '.join(outcome.story)}", indent=2)
            yield from self.remarks(finding.notes)
            yield from self.others(finding.outcomes)
            yield from self.opinion(finding)
            return
        yield from self.column.said(can_happen(finding), indent=2)
        if finding.segments:
            yield from self.stretches(finding)
        else:
            if outcome.note:
                yield from self.column.said(outcome.note, indent=2)
            yield from self.story(outcome)
        yield from self.ways(law, outcome.others)
        yield from self.relied_on(law, outcome.relies_on)
        yield from self.causes(finding.causes)
        yield from self.changes(examined, finding)
        if not finding.segments:
            yield from self.others(finding.outcomes)
        yield from self.cures(finding.cure)
        yield from self.remarks(finding.notes)
        yield from self.opinion(finding)

    def over_time(self, examined: Examined, finding: Finding) -> Iterator[str]:
        """Yield the answer over time, a line for each stretch of it."""
        spans = [lasting(each) for each in finding.segments]
        wide = max(map(len, spans), default=0)
        if spans:
            yield from self.column.said("Over time:", indent=2, role="strong")
        for span, each in zip(spans, finding.segments, strict=True):
            word, role = over_time(finding.rule, each)
            against = (
                f" ({status(examined, each)})" if examined.report.compares and each.verdict else ""
            )
            yield " " * 4 + f"{span:<{wide}}  " + self.column.paint(f"{word}{against}", role)

    def stretches(self, finding: Finding) -> Iterator[str]:
        """Yield the first case of every stretch of time in which something was found."""
        for each in finding.segments:
            if each.verdict in (None, "holds"):
                continue
            first, (word, _) = each.outcomes[0], over_time(finding.rule, each)
            yield ""
            how = (
                " this can happen:" if each.verdict == "violated" and first.story else f": {word}."
            )
            yield from self.column.said(f"{lasting(each).capitalize()}{how}", indent=2)
            if first.note:
                yield from self.column.said(first.note, indent=2)
            yield from self.story(first)
            yield from self.others(each.outcomes)

    def story(self, outcome: Outcome) -> Iterator[str]:
        """Yield the case, one numbered sentence after another."""
        if outcome.story:
            yield ""
        yield from self.column.numbered(outcome.story)

    def ways(self, law: Law, others: Iterable[Way]) -> Iterator[str]:
        """Yield what is other in every other way of going wrong."""
        for each in others:
            by = "; ".join(with_their_words(law, each.norms))
            yield ""
            yield from self.column.said(
                f"Another way: {' '.join(each.story) or f'{by}.'}", indent=2
            )

    def relied_on(self, law: Law, norms: Iterable[NormId]) -> Iterator[str]:
        """Yield the provisions that an answer rests on."""
        for index, each in enumerate(with_their_words(law, norms)):
            if not index:
                yield from self.column.said("It rests on:", indent=2)
            yield from self.column.said(each, indent=4, mark="- ")

    def causes(self, causes: tuple[tuple[Cause, ...], ...]) -> Iterator[str]:
        """Yield the instructions of the bill that a finding comes from."""
        if not causes:
            return
        yield ""
        yield from self.column.said(heading(causes), indent=2, role="strong")
        for cause in causes:
            if len(causes) > 1 and len(cause) > 1:
                yield from self.column.said("these together:", indent=4)
            for each in cause:
                yield from self.instruction(each)

    def changes(self, examined: Examined, finding: Finding) -> Iterator[str]:
        """Yield the changes since a base version that a finding comes from."""
        for index, each in enumerate(changes(examined, finding)):
            if not index:
                yield ""
                yield from self.column.said("What brings it:", indent=2, role="strong")
            yield from self.column.said(each, indent=4, mark="- ")

    def instruction(self, cause: Cause) -> Iterator[str]:
        """Yield where an instruction stands, and what it does."""
        where = f"{cause.span.source.path}:{cause.span.line}"
        yield from self.column.said(where, indent=4, mark="- ", role="place")
        words = f"{cause.bill}, instruction {cause.instruction}: {cause.text}"
        yield from self.column.said(
            textwrap.shorten(words, LONGEST_INSTRUCTION, placeholder=" …"), indent=6
        )

    def cures(self, cures: Iterable[str]) -> Iterator[str]:
        """Yield the words that cure it, line by line as they are to be pasted."""
        for number, cure in enumerate(cures):
            yield ""
            yield from self.column.said(
                "Or:" if number else "A cure, verified:", indent=2, role="strong"
            )
            yield ""
            yield from (f"    {visible(line)}".rstrip() for line in cure.split("\n"))

    def remarks(self, notes: Iterable[str]) -> Iterator[str]:
        """Yield what else is to be said of a finding."""
        for each in notes:
            yield ""
            yield from self.column.said(sentence(each), indent=2)

    def opinion(self, finding: Finding) -> Iterator[str]:
        """Yield what a second solver says of it, where it was asked."""
        if finding.opinion is not None:
            yield ""
            yield from self.column.said(opinion(finding.opinion), indent=2)

    def others(self, outcomes: Sequence[Outcome]) -> Iterator[str]:
        """Yield what comes out under each reading, if readings matter; the first was told."""
        said = tuple(by_reading(outcomes))
        if said:
            yield ""
        for each in said:
            yield from self.column.said(each, indent=2, mark="- " if len(said) > 1 else "")

    def closing(self, result: Result) -> Iterator[str]:
        """Yield the notes, and what every answer takes for granted, each once."""
        for topic, entries in (
            ("Notes", notes(result)),
            ("Taken for granted", taken_for_granted(result)),
        ):
            yield from self.column.listed(topic, entries)
