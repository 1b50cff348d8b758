"""Decided cases in sentences: how a court is cited, what is answered, and where the two part."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from amparo.core.case import (
    Claim,
    Claimed,
    ExpectAct,
    Expectation,
    ExpectDuty,
    ExpectedOutcome,
    ExpectSecured,
    ExpectThat,
    Prospect,
)
from amparo.core.citation import in_words, located, provenance, title
from amparo.core.law import Evidence, Law, NormId
from amparo.explain.labels import as_to, day
from amparo.report.heard import Agreement, Answer, Heard, Tried
from amparo.verify.finding import Finding, Verdict
from amparo.verify.rules import RULES

RESTS_ON: Mapping[Evidence, str] = {
    "read": "modelled from the text, which was read",
    "summary": "modelled from a summary",
    "inferred": "modelled from general knowledge; the text was not read",
    "unknown": "the text was not seen",
}
OUTCOMES: Mapping[Agreement, tuple[str, str]] = {
    "agrees": ("agrees", "agree"),
    "differs": ("differs", "differ"),
    "undecided": ("is undecided", "are undecided"),
    "not expressed": ("is not expressed", "are not expressed"),
    "not tested": ("is not tested", "are not tested"),
}
"""What is said of one, and of several."""


def on(decided: datetime.date | int) -> str:
    """Return when a court decided: the day, or the year where the day is not known."""
    return day(decided) if isinstance(decided, datetime.date) else str(decided)


def year(heard: Heard) -> str:
    """Return the year of a decision."""
    decided = heard.decision.decided
    return str(decided.year if isinstance(decided, datetime.date) else decided)


def counted(number: int, noun: str, several: str | None = None) -> str:
    """Return how many there are: ``1 court``, ``2 courts``."""
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"


def tally(noun: str, said: Iterable[Agreement]) -> str:
    """Return a sentence that says of how many it is said: ``Outcomes: 3 agree, 1 differs``."""
    found = list(said)
    parts = [
        f"{found.count(each)} {one if found.count(each) == 1 else several}"
        for each, (one, several) in OUTCOMES.items()
        if each in found
    ]
    return f"{noun}: {', '.join(parts)}."


def terms(tried: Tried) -> str:
    """Return by which law it is asked: as of which day, with which bills, how it is read."""
    said = [] if tried.as_of is None else [f"the law of {day(tried.as_of)}"]
    said += [f"with the bill “{each.title}”" for each in tried.bills]
    said += [f"without the bill “{each.title}”" for each in tried.without]
    said += [f"where {_read(tried.law, *each)}" for each in tried.readings.items()]
    return ", ".join(said)


def answered(law: Law, answer: Answer) -> tuple[str, str]:
    """Return what an answer is about and what it says, as the two halves of a sentence."""
    finding = answer.finding
    if finding is None:
        so = "it is so" if not answer.faults else f"it is not so: {'; '.join(answer.faults)}"
        return expected(law, answer.asked), so
    place = in_words(law, finding.provision)
    # What holds, holds as to all that was asked about.
    if finding.verdict != "holds" or not answer.others:
        place += as_to(law.vocabulary, finding.act)
    return place, _verdict(law, finding)


def expected(law: Law, asked: ExpectedOutcome | Claim | Expectation | Prospect) -> str:
    """Return what is expected, in words where there are some for it."""
    match asked:
        case ExpectAct():
            by = "" if asked.by is None else f" by {in_words(law, asked.by)}"
            negated = "not " if asked.negated else ""
            return f"The {_spaced(asked.event)} is {negated}{asked.outcome}{by}"
        case ExpectDuty():
            after = "" if asked.trigger is None else f" after the {_spaced(asked.trigger)}"
            negated = "not " if asked.negated else ""
            return f"The duty of {in_words(law, asked.duty)}{after} is {negated}{asked.outcome}"
        case ExpectSecured():
            negated = "not " if asked.negated else ""
            return f"{in_words(law, asked.protection)} is {negated}secured"
        case Claim():
            return f"{in_words(law, asked.provision)}: {_CLAIMS[asked.rule][asked.found]}"
        case Prospect():
            can = asked.possible is not asked.negated
            return f"From here on the law {'can' if can else 'cannot'} be obeyed"
        case ExpectThat() | ExpectedOutcome():
            return as_written(asked)


_CLAIMS: Mapping[Claimed, tuple[str, str]] = {
    "never-applies": ("it can apply", "it never applies"),
    "no-effect": ("it has an effect", "it has no effect"),
    "conflict": ("it conflicts with nothing", "it conflicts with another norm"),
    "no-way-to-comply": ("it can be obeyed", "it cannot always be obeyed"),
}
"""What is said of a provision that is not at fault, and of one that is."""


def as_written(asked: ExpectedOutcome | Claim | Expectation | Prospect) -> str:
    """Return an expectation on one line, without the keyword and the full stop."""
    return " ".join(asked.span.text.split()).removeprefix("expect ").removesuffix(".")


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _verdict(law: Law, finding: Finding) -> str:
    outcome = finding.outcome
    match finding.verdict:
        case "violated":
            return f"contradicted: {RULES[finding.rule].can_be}"
        case "holds":
            why = f" vacuously: {outcome.note}" if outcome.note else ""
            return f"holds{why or ': whoever obeys the law keeps it'}"
        case "holds-if-read-so":
            ways = " or ".join(dict.fromkeys(_so_read(law, finding, "holds")))
            return f"contradicted as written; holds if {ways}"
        case "depends":
            turns_on = " and ".join(f"`{each}`" for each in outcome.turns_on)
            if turns_on:
                return f"depends on {turns_on}, which only a person can decide"
            ways = " or ".join(dict.fromkeys(_so_read(law, finding, "violated")))
            return f"depends: {outcome.note or f'contradicted if {ways}'}"
        case "unknown":
            return f"could not be decided: {outcome.note or 'the budget was spent'}"


def _so_read(law: Law, finding: Finding, verdict: Verdict) -> Iterator[str]:
    """Yield the readings under which ``finding`` comes out so, each in words."""
    for each in finding.outcomes:
        if each.verdict == verdict:
            yield " and ".join(_read(law, *chosen) for chosen in each.readings.items())


def _read(law: Law, reading: str, option: str) -> str:
    return f"“{law.vocabulary.readings[reading].title}” is answered “{option.replace('_', ' ')}”"


def rests_on(law: Law, answer: Answer) -> tuple[str, ...]:
    """Return the provisions on which it rests that something holds, each with what it is about."""
    if answer.finding is None or answer.finding.verdict != "holds":
        return ()
    several = (answer.finding, *answer.others)
    norms = (norm for each in several for norm in each.outcome.relies_on)
    return tuple(dict.fromkeys(_with_its_words(law, each) for each in norms))


def _with_its_words(law: Law, norm: NormId) -> str:
    """Return where a norm stands and what it says; a paraphrase from before a bill is none of it."""
    place, ground = located(law, norm), provenance(law, norm)
    before = law.titles.get(replace(place, norm=""))
    if ground.inserted_by is not None and ground.says in (None, before):
        return f"{in_words(law, place)}, as amended"
    about = title(law, place)
    return in_words(law, place) + (f": {about}" if about else "")


def protected(heard: Heard) -> tuple[tuple[str, str], ...]:
    """Return what is protected where its outcome is asked about: the place, and what it says."""
    found: dict[str, str] = {}
    for tried in heard.trials:
        for each in tried.answers:
            if isinstance(each.asked, ExpectedOutcome) and each.finding is not None:
                place = each.finding.provision
                found.setdefault(in_words(tried.law, place), title(tried.law, place))
        for norm in tried.case.broken if tried.case is not None else ():
            place = located(tried.law, norm)
            found.setdefault(in_words(tried.law, place), title(tried.law, place))
    return tuple(found.items())


def in_this_case(tried: Tried) -> str:
    """Return what is so of the protections in the case that a scenario tells."""
    case = tried.case
    assert case is not None
    if case.broken:
        places = " and ".join(
            dict.fromkeys(in_words(tried.law, located(tried.law, each)) for each in case.broken)
        )
        return f"In this case everybody obeys the law, and it breaks {places}."
    if case.undecided:
        return f"In this case it is {case.undecided}."
    if case.kept:
        return "In this case nothing that is protected is broken."
    return "In this case a protection is broken, and somebody does not obey the law."


def differences(heard: Heard) -> Iterator[str]:
    """Yield, sentence by sentence, where a decision and what is answered part, and why."""
    decision = heard.decision
    if heard.outcome in ("differs", "undecided"):
        yield f"The court held: {decision.held}. {full_stop(decision.because)}"
        yield f"Amparo answers: {heard.verdict}."
    for tried in heard.trials:
        for each in tried.answers:
            for fault in each.faults:
                wanted = f"`{as_written(each.asked)}`"
                yield f"{tried.title} ({tried.part}): expected {wanted}, but {full_stop(fault)}"


def full_stop(text: str) -> str:
    """Return ``text`` as a sentence that ends."""
    return text if text.endswith((".", "!", "?", ".”", "…")) else f"{text}."
