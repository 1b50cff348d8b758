"""Protections that a change takes away.

Nothing can be asked about a protection that is not there, so no other rule finds it missing.
Whether it is meant to go is for whoever changes the constitution to say: the answer depends.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace

from amparo.core.law import Law, Norm, Period, Provision
from amparo.core.moved import origin
from amparo.verify.finding import Finding, Outcome
from amparo.verify.inquiry import Inquiry


def lost(inquiry: Inquiry, base: Law) -> tuple[Finding, ...]:
    """Return a finding for every protection of ``base`` that is none on some day asked about.

    One that another takes the place of, under another name, is not lost: that one is asked about.
    """
    now = inquiry.law.protections()
    known = {each.provision for each in base.protections()}
    found: dict[Provision, Finding] = {}
    for norm in base.protections():
        instead = [each.period for each in now if _in_place(inquiry.law, each, norm, known)]
        for gap in _uncovered(norm.period, instead):
            if gap.meets(inquiry.when) and norm.provision not in found:
                found[norm.provision] = _finding(inquiry.law, norm, gap.start)
    return tuple(found.values())


def _in_place(law: Law, norm: Norm, of: Norm, known: Iterable[Provision]) -> bool:
    if of.provision in (norm.provision, origin(law, norm)):
        return True
    beside = replace(norm.provision, norm="") == replace(of.provision, norm="")
    return beside and norm.provision not in known


def _uncovered(period: Period, by: Iterable[Period]) -> Iterator[Period]:
    """Yield the parts of ``period`` in which none of ``by`` is in force."""
    start = period.start
    for each in sorted(by, key=lambda one: one.start or datetime.date.min):
        if each.start is not None and (start is None or start < each.start):
            if period.end is not None and each.start >= period.end:
                break
            yield Period(start, each.start)
        if each.end is None:
            return
        start = each.end if start is None else max(start, each.end)
        if period.end is not None and start >= period.end:
            return
    yield Period(start, period.end)


def _finding(law: Law, norm: Norm, since: datetime.date | None) -> Finding:
    act = law.acts.get(norm.provision.act)
    here = law.norms.get(norm.id, act) or norm
    note = "It protects without this change, and no more with it"
    note += "." if since == norm.period.start else f" from {since} on."
    return Finding(
        rule="lost-protection",
        provision=norm.provision,
        norm=norm.id,
        verdict="depends",
        outcomes=(Outcome({}, "depends", note=note),),
        status="introduced",
        base_verdict="holds",
        notes=("whether it is meant to go is for whoever changes this law to say",),
        span=here.provenance.span,
    )
