"""What nobody can obey, for a check: what is wrong now, and what a bill brought or took away."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from amparo.core.citation import located, provenance
from amparo.core.law import Law, Provision
from amparo.core.moved import first_place
from amparo.core.reliance import texts
from amparo.verify.against import WORSE
from amparo.verify.finding import Cause, Finding, Status, Verdict
from amparo.verify.impossible import ANYHOW, Decided, commanded, impossibilities
from amparo.verify.inquiry import Inquiry
from amparo.verify.resting import resting_on, with_proofs
from amparo.verify.rules import Rule

MOST_EFFORT = 8_000_000
"""Solver effort of one question: there are many, and a check waits for them."""
Identity = tuple[Rule, Provision, frozenset[Provision]]
"""What makes a finding the same in two editions: its rule, its place, and what it takes besides."""


def obstacles(
    inquiry: Inquiry, base: Law | None = None, instructions: Iterable[Cause] = ()
) -> tuple[Finding, ...]:
    """Return what nobody can obey, or the proof that there is a way; compared with ``base`` if given.

    ``instructions`` are those of the bills: of what is introduced, those are the cause that put
    one of its norms where it is.
    """
    now = _asked(inquiry)
    if base is None:
        return now
    then = now if _says_the_same(base, inquiry.law) else _asked(inquiry.to(base))
    known = {_identity(base, each): each for each in then if each.verdict != "holds"}
    worst: dict[tuple[Rule, Provision], Finding] = {}
    for each in then:
        key = (_family(each.rule), first_place(base, each.provision, each.norm))
        if key not in worst or WORSE[each.verdict] > WORSE[worst[key].verdict]:
            worst[key] = each
    found = []
    for each in now:
        place = first_place(inquiry.law, each.provision, each.norm)
        before = worst.get((_family(each.rule), place))
        base_verdict = None if before is None else before.verdict
        if each.verdict == "holds":
            was_in_order = base_verdict in (None, "holds")
            both = each if before is None else resting_on(each, before)
            found.append(_with(both, "unchanged" if was_in_order else "cured", base_verdict))
        elif (same := known.get(_identity(inquiry.law, each))) is not None:
            worse = WORSE[each.verdict] > WORSE[same.verdict]
            status: Status = "introduced" if worse else "pre-existing"
            found.append(_with(resting_on(each, same), status, same.verdict))
        else:
            both = each if before is None else resting_on(each, before)
            fresh = _with(both, "introduced", base_verdict)
            found.append(_blamed(inquiry.law, fresh, tuple(instructions)))
    return tuple(found)


def _says_the_same(law: Law, other: Law) -> bool:
    return texts(law) == texts(other) and law.vocabulary.readings == other.vocabulary.readings


def _asked(inquiry: Inquiry) -> tuple[Finding, ...]:
    decided: Decided = {}
    effort = min(inquiry.budget.effort, MOST_EFFORT)
    inquiry = replace(inquiry, budget=replace(inquiry.budget, effort=effort))
    duties = impossibilities(inquiry, decided)
    protections = with_proofs(partial(commanded, inquiry, decided), also=duties)
    # What is wrong with the duty is told once, where it stands.
    return (*duties, *(each for each in protections if each.outcome.note != ANYHOW))


def _family(rule: Rule) -> Rule:
    return "no-way-to-comply" if rule == "conflict" else rule


def _identity(law: Law, finding: Finding) -> Identity:
    beside = frozenset(first_place(law, located(law, each), each) for each in finding.beside)
    return finding.rule, first_place(law, finding.provision, finding.norm), beside


def _with(finding: Finding, status: Status, before: Verdict | None) -> Finding:
    return replace(finding, status=status, base_verdict=before)


def _blamed(law: Law, finding: Finding, instructions: tuple[Cause, ...]) -> Finding:
    """Return ``finding`` with the instructions that put its norms where they are."""
    put = {provenance(law, each).inserted_by for each in (finding.norm, *finding.beside)}
    cause = tuple(each for each in instructions if (each.bill, each.instruction) in put)
    return replace(finding, causes=(cause,) if cause else ())
