"""What courts decided, what is answered to the same questions, and whether the two agree.

The verdict on a decision is read off the answers alone. What was expected decides only whether
the answers agree with it.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf

from amparo.core.case import (
    Claim,
    Decision,
    Expectation,
    ExpectedOutcome,
    ExpectSecured,
    Prospect,
)
from amparo.core.law import Law, NormId, Provision
from amparo.core.world import World
from amparo.syntax.tree import Holding
from amparo.text import Span
from amparo.verify.finding import Finding, Verdict

Answered = OneOf[
    "consistent",
    "consistent as applied",
    "inconsistent",
    "consistent if read so",
    "split",
    "inconsistent as applied",
    "depends",
    "unknown",
    "not expressed",
]
"""What is answered of the law that a court decided on; as applied: in the case told alone."""
Agreement = OneOf["agrees", "differs", "undecided", "not expressed", "not tested"]
_WORST: Mapping[Agreement, int] = {
    "agrees": 0,
    "not expressed": 0,
    "not tested": 0,
    "undecided": 1,
    "differs": 2,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to one expectation. It came out as expected if there are no ``faults``."""

    asked: ExpectedOutcome | Claim | Expectation | Prospect
    faults: tuple[str, ...] = ()
    finding: Finding | None = None
    """Of protections, over all cases: the worst there is at the place asked about."""
    others: tuple[Finding, ...] = ()
    """What else there is at the place: of its other protections, and as to other kinds of acts."""
    undecided: bool = False
    """Whether that could not be decided, or depends on what is left open."""

    @property
    def came_out(self) -> "Agreement":
        """Say whether the outcome is as expected, whatever the ground."""
        if not isinstance(self.asked, ExpectedOutcome) or not self.tells_why:
            return _agreement([self])
        if self.finding is not None and self.finding.verdict == self.asked.verdict.replace(
            " ", "-"
        ):
            return "agrees"
        return "undecided" if self.undecided else "differs"

    @property
    def tells_why(self) -> bool:
        """Say whether it speaks of the ground, and not of the outcome alone."""
        match self.asked:
            case ExpectedOutcome():
                return bool(self.asked.relying_on or self.asked.caused_by)
            case ExpectSecured():
                return False
            case _:
                return True


@dataclass(frozen=True, slots=True)
class CaseTold:
    """One case in sentences. ``broken``: the protections broken in it while everybody obeys.

    ``kept``: none is broken, whoever obeys. ``undecided`` says what is not given and matters.
    """

    world: World
    story: tuple[str, ...]
    broken: tuple[NormId, ...] = ()
    kept: bool = False
    undecided: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """An act or bill: its title, its words, and what each place in it says in ours."""

    name: str
    title: str
    words: str = field(compare=False, repr=False)
    says: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """A scenario (it has a ``case``) or question that tells the outcome of a decision, or its ground."""

    part: OneOf["outcome", "ground"]
    title: str
    span: Span
    law: Law
    bills: tuple[Instrument, ...]
    without: tuple[Instrument, ...]
    as_of: datetime.date | None
    readings: Mapping[str, str]
    answers: tuple[Answer, ...]
    case: CaseTold | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A decision of a court, and what is answered to the trials that tell it."""

    body: str
    decision: Decision
    trials: tuple[Tried, ...]
    law: Law
    """The law in force, by which provisions are cited."""
    challenged: tuple[Instrument, ...] = ()
    """The law that the court decided on, as far as it stands beside the decision."""

    @property
    def verdict(self) -> Answered:
        """What is answered to the trials of its outcome."""
        trials = [each for each in self.trials if each.part == "outcome"]
        found = [
            answer.finding.verdict
            for each in trials
            for answer in each.answers
            if answer.finding is not None
        ]
        cases = [each.case for each in trials if each.case is not None]
        by_text = over_all(found)
        # What breaks whatever the case is no fault of one application.
        if by_text in ("inconsistent", "split"):
            return by_text
        if any(each.broken for each in cases):
            return "inconsistent as applied"
        if any(each.undecided for each in cases):
            return "depends"
        if by_text == "not expressed" and cases:
            return "consistent as applied"
        return by_text

    @property
    def outcome(self) -> Agreement:
        """Say whether the answers agree with what the court decided."""
        if self.verdict == "not expressed":
            return "not expressed"
        if self.verdict in ("depends", "unknown"):
            return "undecided"
        said = self.verdict
        if self.decision.held == "consistent" and said == "consistent as applied":
            said = "consistent"
        if said != self.decision.held:
            return "differs"
        # A split may be split elsewhere than where the court split it.
        came_out = [
            answer.came_out
            for each in self.trials
            if each.part == "outcome"
            for answer in each.answers
            if isinstance(answer.asked, ExpectedOutcome | ExpectSecured)
        ]
        return _worst(came_out)

    @property
    def ground(self) -> Agreement:
        """Say whether what was expected of the ground comes out."""
        why = [
            answer
            for each in self.trials
            for answer in each.answers
            if each.part == "ground" or answer.tells_why
        ]
        return _agreement(why) if why else "not tested"


def over_all(verdicts: Iterable[Verdict]) -> Answered:
    """Return what a law comes to of which these are the verdicts on what was asked about."""
    found = set(verdicts)
    kept = found & {"holds", "holds-if-read-so"}
    if kept and "violated" in found:
        return "split"
    if "unknown" in found:
        return "unknown"
    if "depends" in found:
        return "depends"
    if "violated" in found:
        return "inconsistent"
    if "holds-if-read-so" in found:
        return "consistent if read so"
    return "consistent" if found else "not expressed"


def _agreement(answers: Iterable[Answer]) -> Agreement:
    unlike = [each for each in answers if each.faults]
    if any(not each.undecided for each in unlike):
        return "differs"
    return "undecided" if unlike else "agrees"


def agreement(several: Iterable[Heard]) -> Agreement:
    """Return the worst of what all outcomes and grounds come to; what is not asked is no fault."""
    return _worst(said for each in several for said in (each.outcome, each.ground))


def _worst(several: Iterable[Agreement]) -> Agreement:
    worst: Agreement = "agrees"
    for each in several:
        worst = each if _WORST[each] > _WORST[worst] else worst
    return worst


@dataclass(frozen=True, slots=True)
class Pair:
    """A point on which several decisions stand beside each other."""

    about: str
    heard: tuple[Heard, ...]

    def by_holding(self, apart: Heard | None = None) -> Mapping[Holding, tuple[Heard, ...]]:
        """Return the decisions by what the courts held, but for the one ``apart``."""
        found: dict[Holding, tuple[Heard, ...]] = {}
        for each in self.heard:
            if each is not apart:
                held = each.decision.held
                found[held] = (*found.get(held, ()), each)
        return found


def pairs(several: Iterable[Heard]) -> tuple[Pair, ...]:
    """Return every point that two or more decisions are about, in order of the first."""
    found: dict[str, list[Heard]] = {}
    for each in several:
        for about in dict.fromkeys(each.decision.about):
            found.setdefault(about, []).append(each)
    return tuple(Pair(about, tuple(those)) for about, those in found.items() if len(those) > 1)


def asked_of(heard: Heard) -> tuple[str, ...]:
    """Return the acts of the highest rank that its trials ask about, by their titles."""
    names = (
        place.act
        for each in heard.trials
        for answer in each.answers
        for place in _protected(answer)
    )
    return tuple(dict.fromkeys(heard.law.acts[n].title for n in names if n in heard.law.acts))


def _protected(answer: Answer) -> tuple[Provision, ...]:
    match answer.asked:
        case ExpectedOutcome(place) | ExpectSecured(place):
            return (place,)
        case _:
            return ()
