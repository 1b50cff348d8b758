"""A protection that holds because nothing tests it: what it speaks of can never lawfully happen.

It is a note beside the verdict, with the norms that make it so. That nobody can obey the law is
never the reason: the world in which nothing happens obeys every law of this language.
"""

from collections.abc import Iterator
from dataclasses import replace

from amparo.core.citation import in_words
from amparo.core.condition import Individual
from amparo.core.law import Law, Norm, NormId
from amparo.smt.search import Proved
from amparo.verify.against import before_in, combined, read_as
from amparo.verify.ask import Asking
from amparo.verify.assume import assumptions
from amparo.verify.finding import Finding, Outcome, Status
from amparo.verify.inquiry import in_every_reading


def with_reason(
    asking: Asking, finding: Finding, base: Law | None
) -> tuple[Finding, Finding | None]:
    """Return ``finding`` with the reason why nothing tests it, and the note that says so.

    No note where some lawful case tests it under every reading.
    """
    if finding.verdict != "holds" or all(each.world is not None for each in finding.outcomes):
        return finding, None
    told, noted = list[Outcome](), list[Outcome]()
    for each in finding.outcomes:
        if each.world is not None:
            told.append(each)
            noted.append(replace(each, relies_on=()))
            continue
        core = read_as(asking, each).lawful_case().core
        reason = _reason(asking.law, asking.norm, core)
        told.append(replace(each, note=reason))
        noted.append(Outcome(each.readings, "violated", relies_on=core, note=reason))
    verdict, outcomes = combined(asking, tuple(noted))
    note = Finding(
        rule="holds-vacuously",
        provision=finding.provision,
        norm=finding.norm,
        verdict=verdict,
        outcomes=outcomes,
        act=finding.act,
        status="unchanged" if base is None else _status(asking, outcomes[0], base),
        assumptions=assumptions(asking.inquiry, [finding.norm], outcomes),
        span=finding.span,
    )
    return replace(finding, outcomes=tuple(told)), note


def _status(asking: Asking, outcome: Outcome, base: Law) -> Status:
    before = before_in(asking, base)
    if before is None:
        return "introduced"
    was_so = in_every_reading(
        before.inquiry.read(outcome.readings),
        lambda inquiry: isinstance(replace(before, inquiry=inquiry).lawful_case().result, Proved),
    )
    return "pre-existing" if was_so else "introduced"


# -- why, in words ----------------------------------------------------------------------------


def _reason(law: Law, norm: Norm, core: tuple[NormId, ...]) -> str:
    """Return why what ``norm`` speaks of can never lawfully happen, without a full stop."""
    if not norm.cases:
        return f"no norm counts any act as `{norm.general}`"
    such = "such act" if norm.modality != "guarantee" else "act against which the right is given"
    norms = [law.norms[each] for each in core if each in law.norms]
    bans = [each for each in norms if each.modality == "forbid"]
    duties = [each for each in norms if each.modality == "require"]
    if bans:
        return f"every {such} is forbidden by {_named(law, bans)}"
    if duties:
        return f"no {such} lets everybody do what is required by {_named(law, duties)}"
    if not any(_has_permit(law, norm, kind) for kind in _kinds(law, norm)):
        return f"no norm of the lower law permits any {such}"
    if norms:
        return f"{_named(law, norms)} can permit no {such}"
    if core:
        return f"what the lower law counts or defines leaves no {such}"
    return f"there can be no {such}, whatever the lower law says"


def _kinds(law: Law, norm: Norm) -> Iterator[str]:
    """Yield the kinds of acts of which ``norm`` speaks; of a right, those against which it is."""
    for case in norm.cases:
        kind = case.variable.sort.kind
        if norm.modality != "guarantee":
            yield kind
            continue
        against = dict(law.vocabulary.kinds[kind].roles).get("against")
        if isinstance(against, Individual):
            yield against.kind


def _has_permit(law: Law, norm: Norm, kind: str) -> bool:
    if law.vocabulary.kinds[kind].category not in ("official act", "power act"):
        return True
    return any(
        law.vocabulary.compatible(kind, case.variable.sort.kind)
        for permit in law.lower(norm.rank)
        if permit.modality == "permit"
        for case in permit.cases
    )


def _named(law: Law, norms: list[Norm]) -> str:
    return " and ".join(dict.fromkeys(in_words(law, each.provision) for each in norms))
