"""What a program that shows results is told of a finding: a sentence, and the lines that explain it.

Everything is safe to print: no control character of a stranger passes (`visible`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from amparo.core.citation import in_words, located, title
from amparo.diagnostics import Diagnostic
from amparo.explain.labels import as_to
from amparo.report import telling
from amparo.report.escape import visible
from amparo.report.identity import identified
from amparo.report.result import Examined, Result
from amparo.report.telling import remarks, sentence
from amparo.text import NOWHERE, Span
from amparo.verify.finding import Cause, Finding
from amparo.verify.rules import RULES, Level

NO_VERDICT = "There is no verdict."
_GRAVITY: dict[Level, int] = {"error": 0, "warning": 1, "note": 2}


def level(examined: Examined, finding: Finding) -> Level:
    """Return how much ``finding`` weighs, which does not hold.

    What bears on no verdict is a note. What is undecided or depends is a warning: the run fails,
    and nothing is known to be wrong.
    """
    if not examined.counts(finding):
        return "note"
    return finding.level if finding.verdict == "violated" else "warning"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding that does not hold, with its identity and where it was found."""

    identity: str
    examined: Examined
    finding: Finding

    @property
    def level(self) -> Level:
        """How much it weighs in this run."""
        return level(self.examined, self.finding)


def found(result: Result) -> tuple[Found, ...]:
    """Return what does not hold: what counts first, the worst first."""
    several = (
        Found(name, each, finding)
        for each in result.examined
        for name, finding in identified(each)
        if finding.verdict != "holds"
    )
    return tuple(sorted(several, key=lambda each: _GRAVITY[each.level]))


def first(finding: Finding) -> Span:
    """Return where a finding is shown: at the instruction or the change that causes it, or itself."""
    if finding.cause:
        return finding.cause[0].span
    placed = (each.span for each in finding.altered if each.span != NOWHERE)
    return next(placed, finding.span)


def where(examined: Examined, finding: Finding) -> str:
    """Return the provision as a lawyer cites it, and the kind of act that it is about."""
    law = examined.law
    return visible(in_words(law, finding.provision) + as_to(law.vocabulary, finding.act))


def summary(examined: Examined, finding: Finding) -> str:
    """Return in one sentence what is found."""
    can_be = RULES[finding.rule].can_be
    match finding.verdict:
        case "violated":
            said = can_be
        case "holds-if-read-so":
            said = f"as it is read otherwise, {can_be}"
        case "depends":
            said = (
                f"it depends on what only a person can decide, or on the reading, whether {can_be}"
            )
        case "unknown":
            said = f"it could not be decided whether {can_be}"
        case "holds":
            said = "no contradiction"
    return f"{where(examined, finding)}: {said}."


def details(examined: Examined, finding: Finding) -> tuple[str, ...]:
    """Return what a drafter needs to understand ``finding``, line by line."""
    return tuple(visible(each) for each in _details(examined, finding))


def _details(examined: Examined, finding: Finding) -> Iterator[str]:
    outcome = finding.outcome
    yield from words(examined, finding)
    yield from status(examined, finding)
    yield from waived(finding)
    if outcome.note:
        yield sentence(outcome.note)
    yield from over_time(finding)
    if finding.verdict == "holds" and outcome.story:
        yield "A lawful case:"
    for number, each in enumerate(outcome.story, start=1):
        yield f"{number}. {each}"
    yield from by_reading(finding)
    for cause in finding.cause:
        yield f"Caused by {instruction(cause)}, {place(cause)}: {cause.text}"
    yield from map(sentence, telling.changes(examined, finding))
    for cure in finding.cure[:1]:
        yield "A cure, verified:"
        yield from cure.split("\n")
    yield from remarks(finding)


def rests_on(examined: Examined, finding: Finding) -> tuple[str, ...]:
    """Return the provisions that an answer rests on, as a lawyer cites them."""
    law = examined.law
    said = (in_words(law, located(law, each)) for each in finding.outcome.relies_on)
    return tuple(dict.fromkeys(visible(each) for each in said))


def status(examined: Examined, finding: Finding) -> tuple[str, ...]:
    """Return in a sentence how a finding stands to what it is compared with, where that is done."""
    if not examined.report.compares:
        return ()
    if examined.report.against:
        return (_since(examined.report.against, finding),)
    match finding.status:
        case "introduced":
            return ("It is new with the bill.",)
        case "pre-existing":
            return ("It was so before the bill.",)
        case "cured" if finding.verdict == "holds":
            return ("The bill cures it.",)
        case "cured":
            return ("It is better than before the bill, and not yet in order.",)
        case "unchanged":
            return ("It is as before the bill.",)


def _since(against: str, finding: Finding) -> str:
    version = f"`{visible(against)}`"
    match finding.status:
        case "introduced":
            return f"It is new: it was not so in {version}."
        case "pre-existing":
            return f"It was so in {version}."
        case "cured" if finding.verdict == "holds":
            return f"It is cured: in {version} it was not so."
        case "cured":
            return f"It is better than in {version}, and not yet in order."
        case "unchanged":
            return f"It is as in {version}."


def waived(finding: Finding) -> tuple[str, ...]:
    """Return in a sentence who keeps a finding quiet, why and until when, where somebody does."""
    said = telling.waived(finding)
    return (visible(said),) if said else ()


def words(examined: Examined, finding: Finding) -> tuple[str, ...]:
    """Return what the provision says, in quotation marks; nothing where that is not known."""
    about = title(examined.law, finding.provision)
    return (f"“{about}”",) if about else ()


def instruction(cause: Cause) -> str:
    """Return an instruction by its number and its bill."""
    return f"instruction {cause.instruction} of `{cause.bill}`"


def place(cause: Cause) -> str:
    """Return the file and the line of an instruction."""
    return f"{cause.span.source.path}:{cause.span.line}"


def fault(diagnostic: Diagnostic) -> str:
    """Return what is wrong with the text, as a sentence, and what to do about it."""
    said = sentence(diagnostic.message)
    advice = f" {sentence(diagnostic.help)}" if diagnostic.help else ""
    return visible(" ".join((said + advice).split()))


def over_time(finding: Finding) -> Iterator[str]:
    """Yield the answer of every stretch of time, where it was asked for."""
    for each in finding.segments:
        start, end = each.period.start, each.period.end
        since = [] if start is None else [f"from {start}"]
        until = [] if end is None else [f"until {end}"]
        span = " ".join([*since, *until]) or "at all times"
        yield f"{span[:1].upper()}{span[1:]}: {each.verdict or 'not in force'}."


def by_reading(finding: Finding) -> Iterator[str]:
    """Yield the answer under every reading, where readings matter."""
    for each in finding.outcomes if len(finding.outcomes) > 1 else ():
        chosen = " and ".join(f"{name} is {option}" for name, option in each.readings.items())
        yield f"If {chosen}: {each.verdict}."
