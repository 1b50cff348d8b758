"""Which protections a safeguard keeps: each is taken away or made weaker, and they are asked again.

NOTE(kept). Most need not be. A protection that holds relies on norms whose words prove it whatever
the others say (`Asking.core`, docs/decisions/0008): what changes the words of none of these, and no
period and no kind of act, leaves the proof as it is. And two laws that say the same within the
reach of a question give it the same verdict (`smt.reach`). What is left is put to the solver.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Literal as OneOf

from amparo.core.law import Law, Provision
from amparo.smt.reach import reach
from amparo.smt.search import Proved
from amparo.verify.against import WORSE, combined
from amparo.verify.ask import Asking
from amparo.verify.check import Wanted, acts_of, everything, protections, rules_of
from amparo.verify.finding import Finding, Outcome, Verdict
from amparo.verify.inquiry import Inquiry, by_reading
from amparo.verify.outcome import outcomes
from amparo.verify.rules import DENIALS, Rule
from amparo.verify.weaken import Weakening, weakenings

Dependence = OneOf["needed", "unknown", "idle"]


@dataclass(frozen=True, slots=True)
class Loss:
    """A protection that is worse without a safeguard: what it was, and what it is."""

    rule: Rule
    provision: Provision
    act: str | None
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Mutant:
    """A weakening of the law, what becomes worse by it, and which ``trials`` then fail.

    What could not be decided, and was before, is a loss to ``unknown``.
    """

    weakening: Weakening
    losses: tuple[Loss, ...]
    trials: tuple[str, ...] = ()

    @property
    def dependence(self) -> Dependence:
        """Say whether anything depends on what was taken out."""
        if self.trials or any(each.after != "unknown" for each in self.losses):
            return "needed"
        return "unknown" if self.losses else "idle"


def as_it_is(inquiry: Inquiry, *, only: Wanted = everything) -> tuple[Finding, ...]:
    """Return a finding for every protection of the law, without a case: less than `check` finds."""
    found = []
    for norm in protections(inquiry.law, inquiry.when):
        acts = [each for each in acts_of(norm) if only(norm, each)]
        for rule, act in product(rules_of(inquiry.law, norm), acts):
            asking = Asking(inquiry, norm, DENIALS.get(rule), act)
            answers = tuple(by_reading(inquiry, partial(_proved, asking)))
            if any(each.verdict != "holds" for each in answers):
                answers = tuple(outcomes(asking, brief=True))
            verdict, answers = combined(asking, answers)
            found.append(Finding(rule, norm.provision, norm.id, verdict, answers, act))
    return tuple(found)


def _proved(asking: Asking, inquiry: Inquiry) -> Outcome:
    answer = replace(asking, inquiry=inquiry).kept()
    proved = isinstance(answer.result, Proved)
    return Outcome(inquiry.readings, "holds" if proved else "unknown", answer.core)


def can_be_worse(finding: Finding) -> bool:
    """Say whether a protection is one that is neither violated already nor undecided."""
    return finding.verdict not in ("violated", "unknown")


def mutants(
    inquiry: Inquiry,
    findings: Iterable[Finding],
    *,
    only: Callable[[Provision], bool] = lambda _: True,
    failing: Callable[[Law], tuple[str, ...]] = lambda _: (),
) -> Iterator[Mutant]:
    """Yield what becomes of each of ``findings`` without each safeguard, in the order of the text.

    ``only`` tells which safeguards are taken away, ``failing`` which trials fail by a law.
    """
    held = tuple(filter(can_be_worse, findings))
    for weakening in weakenings(inquiry.law):
        if only(weakening.provision):
            losses = (_loss(inquiry, each, weakening) for each in held)
            yield Mutant(
                weakening,
                tuple(each for each in losses if each is not None),
                failing(weakening.law),
            )


def _loss(inquiry: Inquiry, finding: Finding, weakening: Weakening) -> Loss | None:
    if _proved_without(finding, weakening) or not _within_reach(inquiry.law, finding, weakening):
        return None
    asking = Asking.of(inquiry.to(weakening.law), finding)
    answers = tuple(
        outcomes(replace(asking, inquiry=replace(asking.inquiry, gravest=False)), brief=True)
    )
    verdict, _ = combined(asking, answers)
    if WORSE[verdict] <= WORSE[finding.verdict]:
        return None
    return Loss(finding.rule, finding.provision, finding.act, finding.verdict, verdict)


def _proved_without(finding: Finding, weakening: Weakening) -> bool:
    """Say whether the proof of ``finding`` stands whatever the norm says that is weakened."""
    return finding.verdict == "holds" and all(
        each.verdict == "holds" and weakening.norm not in each.relies_on
        for each in finding.outcomes
    )


def _within_reach(law: Law, finding: Finding, weakening: Weakening) -> bool:
    """Say whether the question can turn on what was taken out."""
    both = reach((law, weakening.law), finding.norm)
    return both.says(law) != both.says(weakening.law)
