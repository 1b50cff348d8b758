"""Every protection of a law asked about, and what a bill changed."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from amparo.core.law import Law, Norm, Period
from amparo.verify.against import before_in, combined, compared
from amparo.verify.ask import Asking
from amparo.verify.assume import assumptions
from amparo.verify.finding import Finding, Outcome, Status, Verdict
from amparo.verify.improper import improper, proper
from amparo.verify.inquiry import ALWAYS, Inquiry
from amparo.verify.lapses import lapse_findings
from amparo.verify.outcome import outcomes, stands
from amparo.verify.rules import DENIALS, Rule
from amparo.verify.timeline import Question
from amparo.verify.vacuous import with_reason

PROTECTING: Mapping[str, tuple[Rule, ...]] = {
    "forbid": ("licensed-violation",),
    "require": ("missing-safeguard",),
    "guarantee": ("denied-right", "right-without-remedy"),
}
MOVABLE = ("licensed-violation", "missing-safeguard")
"""The rules whose cases `semantics` alone can judge at another time."""


def check(
    inquiry: Inquiry,
    base: Law | None = None,
    *,
    only: Callable[[Norm], bool] = lambda _: True,
) -> tuple[Finding, ...]:
    """Return a finding for every protection of the law, compared with ``base`` where there is one.

    ``only`` tells which protections are asked about.
    """
    return tuple(
        finding
        for question in questions(inquiry.law, base, only=only)
        if question.during.meets(inquiry.when)
        for finding in question.ask(inquiry)
    )


def questions(
    law: Law, base: Law | None = None, *, only: Callable[[Norm], bool] = lambda _: True
) -> Iterator[Question]:
    """Yield the questions of which `check` gives the answers, each to be asked of any days."""
    for norm in protections(law, ALWAYS):
        if only(norm):
            for rule in rules_of(law, norm):
                yield Question(
                    partial(_asked, rule, norm, base),
                    norm.period,
                    partial(_stands, norm) if rule in MOVABLE else None,
                )
            if norm.limited_by is not None:
                yield Question(partial(improper, norm, base), norm.period)
    asked = tuple(norm for norm in protections(law, ALWAYS) if only(norm))
    before = None if base is None else tuple(protections(base, ALWAYS))
    yield Question(lambda inquiry: lapse_findings(inquiry, asked, before))


def _asked(rule: Rule, norm: Norm, base: Law | None, inquiry: Inquiry) -> tuple[Finding, ...]:
    asking = Asking(inquiry, norm, DENIALS.get(rule))
    finding, note = with_reason(asking, _finding(rule, asking, base), base)
    # What a guarantee speaks of can lawfully happen or not, however it may be denied.
    noted = note is not None and rule == rules_of(inquiry.law, norm)[0]
    return (finding, note) if note is not None and noted else (finding,)


def _stands(norm: Norm, inquiry: Inquiry, outcome: Outcome) -> bool:
    asking = Asking(inquiry.read(outcome.readings), norm)
    return outcome.world is not None and stands(asking, outcome.world)


def protections(law: Law, when: Period) -> Iterator[Norm]:
    """Yield the norms of the highest rank that protect on any day of ``when``, in the text's order."""
    for norm in law.norms.values():
        protects = norm.rank == 0 and norm.modality in PROTECTING
        if protects and norm.period.meets(when) and not norm.unknown_text:
            yield norm


def protects(rule: Rule) -> bool:
    """Say whether ``rule`` asks if a protection can be broken."""
    return any(rule in rules for rules in PROTECTING.values())


def rules_of(law: Law, norm: Norm) -> tuple[Rule, ...]:
    """Return the rules by which a protection is asked about.

    A private act needs no basis, so its guarantee cannot lack one.
    """
    kinds = (law.vocabulary.kinds[case.variable.sort.kind] for case in norm.cases)
    if norm.modality == "guarantee" and all(each.category == "private act" for each in kinds):
        return ("denied-right",)
    return PROTECTING[norm.modality]


def _finding(rule: Rule, asking: Asking, base: Law | None) -> Finding:
    answers = tuple(outcomes(asking))
    verdict, answers = combined(asking, answers)
    base_verdict: Verdict | None = None
    status: Status = "unchanged"
    if base is not None:
        before = before_in(asking, base)
        base_verdict, status = compared(asking, before, verdict, answers)
    return Finding(
        rule=rule,
        provision=asking.norm.provision,
        norm=asking.norm.id,
        verdict=verdict,
        outcomes=answers,
        status=status,
        base_verdict=base_verdict,
        notes=tuple(proper(asking.law, asking.norm)) if rule == "denied-right" else (),
        assumptions=assumptions(asking.inquiry, [asking.norm.id], answers),
        span=asking.norm.provenance.span,
    )
