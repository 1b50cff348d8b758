"""A result as text for a terminal: the verdict first, then each finding as one would tell it."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from amparo.core.citation import in_words, located, provenance, title
from amparo.core.law import Law, NormId
from amparo.explain.labels import as_to
from amparo.report.bills import adoptable, heading
from amparo.report.column import Column
from amparo.report.escape import visible
from amparo.report.result import Examined, Overall, Result
from amparo.report.style import Paint, Role, plainly
from amparo.verify.finding import Cause, Finding, Outcome, Stretch, Verdict, Way
from amparo.verify.rules import RULES, Rule

LONGEST_INSTRUCTION = 300

HEADLINES: dict[Verdict, tuple[str, Role]] = {
    "violated": ("", "bad"),
    "unknown": ("COULD NOT DECIDE", "doubt"),
    "depends": ("DEPENDS", "doubt"),
    "holds-if-read-so": ("ONLY IF READ SO", "doubt"),
    "holds": ("no contradiction", "good"),
}
_OVERALL: dict[Overall, tuple[str, Role]] = {
    "violated": ("{} {}.", "bad"),
    "undecided": ("{}: could not be decided.", "doubt"),
    "depends": ("{} may contradict what is protected: it depends.", "doubt"),
    "holds": ("{}: no contradiction under this reading.", "good"),
}
_OUTCOMES = {
    "holds": "no contradiction",
    "violated": "contradicts",
    "depends": "depends",
    "unknown": "could not be decided",
}


def render_concise(result: Result) -> str:
    """Return one line per finding: file, line, verdict, rule, citation, status.

    Over time, one line per stretch of it. What is taken for granted stands in lines after all.
    """
    lines = [
        line
        for each in result.examined
        for finding in each.findings
        for line in _lines(each, finding)
    ]
    taken = (
        a for each in result.examined for finding in each.findings for a in finding.assumptions
    )
    lines += [f"taken for granted: {visible(each)}" for each in dict.fromkeys(taken)]
    return "".join(f"{line}\n" for line in lines)


def _lines(examined: Examined, finding: Finding) -> Iterator[str]:
    place = f"{visible(finding.span.source.path)}:{finding.span.line}"
    only = "" if finding.act is None else f" for {visible(finding.act)}"
    asked = f"{finding.rule} {visible(str(finding.provision))}{only}"
    if not finding.segments:
        status = f" {finding.status}" if examined.report.bills else ""
        yield f"{place}: {finding.verdict} {asked}{status}"
    for each in finding.segments:
        status = f" {each.status}" if examined.report.bills and each.verdict is not None else ""
        yield f"{place}: {each.verdict or 'not-in-force'} {asked}{status} {_span(each)}"


def _span(stretch: Stretch) -> str:
    """Return from which day a stretch of time lasts, and until which."""
    start, end = stretch.period.start, stretch.period.end
    since = [] if start is None else [f"from {start}"]
    until = [] if end is None else [f"until {end}"]
    return " ".join([*since, *until]) or "at all times"


def render_plain(result: Result, width: int = 80, paint: Paint = plainly) -> str:
    """Return ``result`` as text of at most ``width`` columns, except where one word is longer."""
    return _Page(Column(width, paint)).result(result)


@dataclass(frozen=True, slots=True)
class _Page:
    """Tells findings in a column."""

    column: Column

    def result(self, result: Result) -> str:
        """Return the whole page."""
        sentence, role = _OVERALL[result.verdict]
        bills = [bill for each in result.examined for bill in each.report.bills]
        subject = " with ".join(["The law", *([_listed(bills)] if bills else [])])
        lines = list(self.column.said(sentence.format(subject, _faults(result)), role=role))
        if bills:
            lines.extend(self.column.said(_counted(result)))
        for each in result.examined:
            lines.extend(self.column.said(adoptable(each)))
        several = len(result.examined) > 1
        for each in result.examined:
            if several:
                lines += ["", *self.column.said(f"== {each.report.body} ==", role="strong")]
            for finding in each.findings:
                if not _is_clear(finding):
                    lines.extend(self.finding(each, finding))
            lines.extend(self.clear(each))
        lines.extend(self.closing(result))
        return "\n".join(lines) + "\n"

    def clear(self, examined: Examined) -> Iterator[str]:
        """Yield what was asked besides, and nothing found, a line for each rule."""
        found = [each.rule for each in examined.findings if _is_clear(each)]
        clear = [
            f"{about.clear} ({found.count(rule)})" for rule, about in RULES.items() if rule in found
        ]
        yield from self.column.listed("Also asked, and proved", clear)

    def finding(self, examined: Examined, finding: Finding) -> Iterator[str]:
        """Yield the lines that tell one finding."""
        law = examined.law
        word, role = HEADLINES[finding.verdict]
        word = word or RULES[finding.rule].fired
        status = f" ({_status(finding)})" if examined.report.bills else ""
        yield ""
        where = in_words(law, finding.provision) + as_to(law.vocabulary, finding.act)
        yield from self.column.said(f"{word}{status}: {where}", role=role)
        about = title(law, finding.provision)
        if about:
            yield from self.column.said(f"“{about}”", indent=2)
        yield from self.column.said(str(finding.provision), indent=2, role="faint")
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
            return
        if finding.verdict == "violated":
            can_be = RULES[finding.rule].can_be
            if finding.level == "error":
                can_be = f"This can happen: {can_be}"
            yield from self.column.said(f"{can_be[:1].upper()}{can_be[1:]}.", indent=2)
        if finding.verdict == "holds-if-read-so":
            yield from self.column.said(
                "As written it contradicts; see the other readings.", indent=2
            )
        if finding.segments:
            yield from self.stretches(finding)
        else:
            if outcome.note:
                yield from self.column.said(outcome.note, indent=2)
            yield from self.story(outcome)
        yield from self.ways(law, outcome.others)
        yield from self.relied_on(law, outcome.relies_on)
        yield from self.causes(finding.causes)
        if not finding.segments:
            yield from self.others(finding.outcomes)
        yield from self.cures(finding.cure)
        yield from self.remarks(finding.notes)

    def over_time(self, examined: Examined, finding: Finding) -> Iterator[str]:
        """Yield the answer over time, a line for each stretch of it."""
        spans = [_span(each) for each in finding.segments]
        wide = max(map(len, spans), default=0)
        if spans:
            yield from self.column.said("Over time:", indent=2, role="strong")
        for span, each in zip(spans, finding.segments, strict=True):
            word, role = _over_time(finding.rule, each)
            status = f" ({_status(each)})" if examined.report.bills and each.verdict else ""
            yield " " * 4 + f"{span:<{wide}}  " + self.column.paint(f"{word}{status}", role)

    def stretches(self, finding: Finding) -> Iterator[str]:
        """Yield the first case of every stretch of time in which something was found."""
        for each in finding.segments:
            if each.verdict in (None, "holds"):
                continue
            first, (word, _) = each.outcomes[0], _over_time(finding.rule, each)
            yield ""
            how = (
                " this can happen:" if each.verdict == "violated" and first.story else f": {word}."
            )
            yield from self.column.said(f"{_span(each).capitalize()}{how}", indent=2)
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
            by = "; ".join(dict.fromkeys(_with_its_words(law, norm) for norm in each.norms))
            yield ""
            yield from self.column.said(
                f"Another way: {' '.join(each.story) or f'{by}.'}", indent=2
            )

    def relied_on(self, law: Law, norms: Iterable[NormId]) -> Iterator[str]:
        """Yield the provisions that an answer rests on."""
        said = dict.fromkeys(_with_its_words(law, norm) for norm in norms)
        for index, each in enumerate(said):
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
            yield from self.column.said(f"{each[0].upper()}{each[1:]}.", indent=2)

    def others(self, outcomes: Sequence[Outcome]) -> Iterator[str]:
        """Yield what comes out under each reading, if readings matter; the first was told."""
        if not any(outcome.readings for outcome in outcomes):
            return
        yield ""
        if len({outcome.verdict for outcome in outcomes}) == 1:
            asked = " and ".join(outcomes[0].readings)
            yield from self.column.said(
                f"The same under every reading of {asked}: {_OUTCOMES[outcomes[0].verdict]}.",
                indent=2,
            )
            return
        for outcome in outcomes:
            chosen = " and ".join(
                f"{name} is {option}" for name, option in outcome.readings.items()
            )
            yield from self.column.said(
                f"if {chosen}: {_OUTCOMES[outcome.verdict]}"
                + (f" ({outcome.note})" if outcome.note and outcome is not outcomes[0] else ""),
                indent=2,
                mark="- ",
            )

    def closing(self, result: Result) -> Iterator[str]:
        """Yield the notes, and what every answer takes for granted, each once."""
        notes = dict.fromkeys(note for each in result.examined for note in each.report.notes)
        taken = dict.fromkeys(
            assumption
            for each in result.examined
            for finding in each.findings
            for assumption in finding.assumptions
        )
        for topic, entries in (("Notes", notes), ("Taken for granted", taken)):
            yield from self.column.listed(topic, entries)


def _with_its_words(law: Law, norm: NormId) -> str:
    """Return where ``norm`` stands and what it says."""
    place = located(law, norm)
    if says := provenance(law, norm).says:
        return f"{in_words(law, place)}: {says}"
    about = title(law, place)
    return in_words(law, place) + (f": {about}" if about else "") + f" ({place})"


def _is_clear(finding: Finding) -> bool:
    """Say whether ``finding`` needs no telling by itself: its rule was asked, and nothing fired."""
    clear = RULES[finding.rule].clear is not None
    return finding.verdict == "holds" and clear and not finding.notes


def _faults(result: Result) -> str:
    """Return what is wrong with the law where it is violated, at its worst."""
    rules = {
        finding.rule
        for each in result.examined
        for finding in each.findings
        if each.counts(finding) and finding.verdict == "violated"
    }
    if rules <= {"conflict", "no-way-to-comply"}:
        return "cannot always be obeyed"
    return "contradicts what is protected"


def _counted(result: Result) -> str:
    """Return in a sentence how many findings the bill brought and took away."""
    findings = [finding for each in result.examined for finding in each.report.findings]
    found = [each for each in findings if each.verdict not in ("holds", "unknown")]
    new = sum(each.status == "introduced" for each in found)
    before = sum(each.status == "pre-existing" for each in found)
    cured = sum(each.status == "cured" for each in findings)
    open_ = sum(each.verdict == "unknown" for each in findings)
    undecided = f" Could not decide: {open_}." if open_ else ""
    return f"New with the bill: {new}. There before: {before}. Cured by it: {cured}.{undecided}"


def _over_time(rule: Rule, stretch: Stretch) -> tuple[str, Role]:
    """Return what is answered of a stretch of time, and how it is marked."""
    if stretch.verdict is None:
        return "not in force", "faint"
    word, role = HEADLINES[stretch.verdict]
    return (word or RULES[rule].fired).lower(), role


def _status(finding: Finding | Stretch) -> str:
    """Return how ``finding`` stands to the law without the bill."""
    match finding.status:
        case "introduced":
            return "new with the bill"
        case "pre-existing":
            return "was so before"
        case "cured":
            return "cured by the bill"
        case "unchanged":
            return "as before"


def _listed(names: Iterable[str]) -> str:
    return " and ".join(f"the bill `{name}`" for name in dict.fromkeys(names))
