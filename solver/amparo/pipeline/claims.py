"""What is expected of the law that no single world decides: prospects, and faults of provisions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from amparo.core.case import Claim, Prospect
from amparo.core.citation import located
from amparo.core.law import Law, Norm, NormId, Provision
from amparo.core.world import Ground, World
from amparo.names.places import covers
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.evaluate import outcome as judged
from amparo.semantics.judge import possible_breaches
from amparo.semantics.reasons import undecided
from amparo.verify.ask import InvalidModel
from amparo.verify.dead import dead
from amparo.verify.finding import Finding, Outcome
from amparo.verify.impossible import impossible, obeyable
from amparo.verify.inquiry import Inquiry
from amparo.verify.rules import Rule

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unlike:
    """What is not as expected. ``undecided``: it could not be decided, or it depends."""

    said: str
    undecided: bool = False


# -- from a case on ---------------------------------------------------------------------------


def prospect_fault(prospect: Prospect, inquiry: Inquiry, world: World) -> Unlike | None:
    """Return what is not as ``prospect`` expects of the law from ``world`` on; None if all is."""
    outcome = obeyable(inquiry, world)
    if outcome.verdict not in ("holds", "violated"):
        return Unlike(f"undecided: {outcome.note}" if outcome.note else "undecided", undecided=True)
    if outcome.world is not None and outcome.verdict == "holds":
        gap = _left_open(inquiry.law, world, outcome.world)
        if gap is not None:
            return Unlike(undecided(gap), undecided=True)
    so = (outcome.verdict == "holds") is prospect.possible
    if so and prospect.because_of:
        so = _blamed(prospect.because_of, outcome, inquiry.law)
    return None if so is not prospect.negated else Unlike(_prospect(outcome, inquiry.law))


def _left_open(law: Law, world: World, after: World) -> Unspecified | None:
    """Return what ``world`` leaves open, and the way to obey from it, ``after``, turns on.

    Raises:
        InvalidModel: ``after`` is no way to obey.
    """
    known = {*world.things, *world.events}
    given = replace(
        after,
        open_facts=_as_given(after.open_facts, world.open_facts, known),
        attributes=_as_given(after.attributes, world.attributes, known),
    )
    final = {
        (breach.norm, breach.event)
        for breach, is_so in possible_breaches(Context(law, world))
        if judged(is_so) is True
    }
    for breach, is_so in possible_breaches(Context(law, given)):
        found = judged(is_so)
        if (breach.norm, breach.event) in final or found is False:
            continue
        if isinstance(found, Unspecified):
            return found
        raise InvalidModel(breach.norm or breach.event, after, f"the law is breached: {breach}")
    return None


def _as_given(
    found: Mapping[Ground, T], given: Mapping[Ground, T], known: set[str]
) -> dict[Ground, T]:
    """Return ``found`` without what is told of those who are known, and was not given."""
    return {
        each: value
        for each, value in found.items()
        if each in given or not known.issuperset(each[1])
    }


def _prospect(outcome: Outcome, law: Law) -> str:
    chosen = [f"`{reading}` is `{option}`" for reading, option in sorted(outcome.readings.items())]
    read = f", if {' and '.join(chosen)}" if chosen else ""
    if outcome.verdict == "holds":
        return f"everybody can obey it{read}"
    return f"nobody can obey {_together(law, outcome.relies_on) or 'it'}{read}"


def _together(law: Law, norms: Iterable[NormId]) -> str:
    places = [f"`{each}`" for each in dict.fromkeys(located(law, norm) for norm in norms)]
    return f"{' and '.join(places)}{' together' if places[1:] else ''}"


def _blamed(because_of: tuple[Provision, ...], outcome: Outcome, law: Law) -> bool:
    """Say whether these places hold the norms that leave no way, all of them and each some."""
    blamed = [located(law, each) for each in outcome.relies_on]
    return all(any(covers(place, each) for place in because_of) for each in blamed) and all(
        any(covers(place, each) for each in blamed) for place in because_of
    )


# -- faults of provisions ---------------------------------------------------------------------


SAID: Mapping[Rule, str] = {
    "never-applies": "never applies",
    "no-effect": "has no effect",
    "conflict": "conflicts",
    "no-way-to-comply": "cannot be obeyed",
}


@dataclass(slots=True)
class Faults:
    """The faults of provisions of one law, each looked for once."""

    inquiry: Inquiry
    found: dict[NormId, tuple[Finding, ...]] = field(default_factory=dict)

    def differing(self, claim: Claim) -> Unlike | None:
        """Return what is not as ``claim`` says of its provision; None if all is."""
        asked = tuple(self._asked(claim))
        if not asked and not self._norms(claim):
            return Unlike(f"there is nothing at `{claim.provision}` of which that can be asked")
        at_fault = [each for each in asked if each.verdict == "violated"]
        undecided = [each for each in asked if each.verdict not in ("violated", "holds")]
        if claim.found and at_fault:
            return None
        if at_fault:
            return Unlike(self._said(at_fault[0]))
        if undecided:
            return Unlike(_undecided(undecided[0]), undecided=True)
        return Unlike("it is not so") if claim.found else None

    def _norms(self, claim: Claim) -> tuple[Norm, ...]:
        """Return the norms of which ``claim`` speaks, on the days asked about."""
        return tuple(
            norm
            for norm in self.inquiry.law.norms.values()
            if covers(claim.provision, norm.provision) and norm.period.meets(self.inquiry.when)
        )

    def _asked(self, claim: Claim) -> Iterator[Finding]:
        """Yield the findings on which ``claim`` turns. What never applies has no effect either."""
        match claim.rule:
            case "never-applies" | "no-effect":
                rules = ("never-applies", claim.rule)
                every = dead(self.inquiry, only=partial(covers, claim.provision))
                yield from (each for each in every if each.rule in rules)
            case "conflict" | "no-way-to-comply":
                for duty in self._duties(claim):
                    yield from self._impossible(claim, duty)

    def _duties(self, claim: Claim) -> Iterator[Norm]:
        """Yield the duties that can be part of such a fault: in each there is one.

        Where all that is spoken of are duties, each is asked about itself.
        """
        here = self._norms(claim)
        if all(each.modality == "require" for each in here):
            yield from here
            return
        for norm in self.inquiry.law.norms.values():
            if norm.modality == "require" and norm.period.meets(self.inquiry.when):
                yield norm

    def _impossible(self, claim: Claim, duty: Norm) -> Iterator[Finding]:
        """Yield what was found of ``duty``, but where other provisions are at fault."""
        if duty.id not in self.found:
            self.found[duty.id] = impossible(self.inquiry, duty)
        wanted = ("conflict",) if claim.rule == "conflict" else ("conflict", "no-way-to-comply")
        for each in self.found[duty.id]:
            elsewhere = each.rule not in wanted or not self._between(claim, each)
            if each.verdict not in ("violated", "depends") or not elsewhere:
                yield each

    def _between(self, claim: Claim, finding: Finding) -> bool:
        sides = {finding.norm, *finding.beside}
        places = {each: located(self.inquiry.law, each) for each in sides}
        mine = {each for each in sides if covers(claim.provision, places[each])}
        if claim.other is None:
            return bool(mine)
        theirs = {each for each in sides if covers(claim.other, places[each])}
        return any(first != second for first in mine for second in theirs)

    def _said(self, finding: Finding) -> str:
        norms = _together(self.inquiry.law, (finding.norm, *finding.beside))
        if finding.rule == "no-way-to-comply":
            return f"there is a case in which nobody can obey {norms}"
        if finding.rule == "conflict":
            return f"there is a case in which {norms} cannot be obeyed"
        why = [each for each in (*finding.notes, finding.outcome.note) if each]
        said = f"`{finding.provision}` {SAID[finding.rule]}"
        return f"{said}: {'; '.join(why)}" if why else said


def _undecided(finding: Finding) -> str:
    note = f": {finding.outcome.note}" if finding.outcome.note else ""
    if finding.verdict == "depends":
        return f"it depends{note}"
    return f"undecided{note}"
