"""Every protection of a law asked about, and what a bill changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from amparo.core.law import Law, Norm, Period
from amparo.smt.compile import NotCompiled
from amparo.smt.search import Found, Proved
from amparo.verify.ask import Asking
from amparo.verify.assume import assumptions
from amparo.verify.finding import Cause, Finding, Outcome, Status, Verdict
from amparo.verify.inquiry import Inquiry
from amparo.verify.novelty import introduced
from amparo.verify.outcome import outcomes
from amparo.verify.rules import Rule

Variant = Callable[[frozenset[tuple[str, int]]], Law | None]
"""The law with only these instructions (bill, ordinal); None where they do not fit."""

WORSE: Mapping[Verdict, int] = {
    "holds": 0,
    "holds-if-read-so": 1,
    "depends": 2,
    "unknown": 3,
    "violated": 4,
}
PROTECTING: Mapping[str, Rule] = {
    "forbid": "licensed-violation",
    "require": "missing-safeguard",
    "guarantee": "right-without-remedy",
}


def check(
    inquiry: Inquiry,
    base: Law | None = None,
    *,
    variant: Variant | None = None,
    instructions: tuple[Cause, ...] = (),
    only: Callable[[Norm], bool] = lambda _: True,
) -> tuple[Finding, ...]:
    """Return a finding for every protection of the law, compared with ``base`` where there is one.

    ``variant`` and ``instructions`` serve to find the cause in the bill; ``only`` tells which
    protections are asked about.
    """
    return tuple(
        _finding(Asking(inquiry, norm), base, variant, instructions)
        for norm in protections(inquiry.law, inquiry.when)
        if only(norm)
    )


def protections(law: Law, when: Period) -> Iterator[Norm]:
    """Yield the norms of the highest rank that protect on any day of ``when``, in the text's order."""
    for norm in law.norms.values():
        protects = norm.rank == 0 and norm.modality in PROTECTING
        if protects and norm.period.meets(when) and not norm.unknown_text:
            yield norm


def _finding(
    asking: Asking, base: Law | None, variant: Variant | None, instructions: tuple[Cause, ...]
) -> Finding:
    answers = tuple(outcomes(asking))
    verdict, answers = _combined(asking, answers)
    base_verdict: Verdict | None = None
    status: Status = "unchanged"
    cause: tuple[Cause, ...] = ()
    if base is not None:
        before = _before(asking, base)
        base_verdict, status = _compared(asking, before, verdict, answers)
        if status == "introduced" and variant is not None:
            news = None if base_verdict in (None, "holds") else before
            part = partial(_still, asking, answers[0], variant, news)
            cause = _cause(part, instructions)
    return Finding(
        rule=PROTECTING[asking.norm.modality],
        provision=asking.norm.provision,
        norm=asking.norm.id,
        verdict=verdict,
        outcomes=answers,
        status=status,
        base_verdict=base_verdict,
        cause=cause,
        assumptions=assumptions(asking, answers),
        span=asking.norm.provenance.span,
    )


def _combined(asking: Asking, answers: tuple[Outcome, ...]) -> tuple[Verdict, tuple[Outcome, ...]]:
    """Return the verdict over all readings, and the outcomes with the deciding one first."""
    ranked = tuple(sorted(answers, key=lambda each: -WORSE[each.verdict]))
    verdicts = {each.verdict for each in answers}
    if len(verdicts) == 1:
        return ranked[0].verdict, ranked
    if "unknown" in verdicts:
        return "unknown", ranked
    if _holds_if_read_so(asking, answers):
        return "holds-if-read-so", ranked
    return "depends", ranked


def _holds_if_read_so(asking: Asking, answers: tuple[Outcome, ...]) -> bool:
    """Say whether it is violated as written, and holds, with a case to apply to, if read otherwise."""
    declared = asking.law.vocabulary.readings

    def as_written(outcome: Outcome) -> bool:
        return all(
            declared[reading].as_written in (None, option)
            for reading, option in outcome.readings.items()
        )

    literal = [each for each in answers if as_written(each)]
    others = [each for each in answers if not as_written(each)]
    return (
        all(each.verdict == "violated" for each in literal)
        and bool(literal)
        and any(each.verdict == "holds" and each.world is not None for each in others)
    )


# -- against the law without the bill -----------------------------------------------------------


def _before(asking: Asking, base: Law) -> Asking | None:
    """Return the same question to the base law, if it has the protection."""
    norm = _counterpart(base, asking)
    if norm is None:
        return None
    return Asking(replace(asking.inquiry.to(base), gravest=False), norm)


def _counterpart(law: Law, asking: Asking) -> Norm | None:
    """Return the protection of ``law`` that stands where the one asked about does, on that day.

    Its identity may differ: a bill that amends it makes versions of it.
    """
    if asking.norm.id in law.norms:
        return law.norms[asking.norm.id]
    versions = [
        each
        for each in law.norms.values()
        if each.provision == asking.norm.provision and each.modality == asking.norm.modality
    ]
    inquiry = asking.inquiry
    day = inquiry.when.start or asking.norm.period.start or inquiry.near
    return next((each for each in versions if each.period.covers(day)), None)


def _compared(
    asking: Asking, before: Asking | None, verdict: Verdict, answers: tuple[Outcome, ...]
) -> tuple[Verdict | None, Status]:
    """Return the verdict of the base law, and what became of it."""
    if before is None:
        return None, "introduced" if verdict != "holds" else "unchanged"
    base_answers = tuple(outcomes(before, brief=True))
    base_verdict, _ = _combined(before, base_answers)
    if WORSE[verdict] < WORSE[base_verdict]:
        return base_verdict, "cured"
    if WORSE[verdict] > WORSE[base_verdict]:
        return base_verdict, "introduced"
    if verdict == "holds":
        return base_verdict, "unchanged"
    return base_verdict, _newly(asking, before, answers)


def _newly(asking: Asking, before: Asking, answers: tuple[Outcome, ...]) -> Status:
    """Say whether it can be broken in a new way, so that no old fault hides a new one.

    What could not be decided counts as new: it is never taken for harmless.
    """
    for each in answers:
        if each.verdict == "holds":
            continue
        now, then = (_read(every, each) for every in (asking, before))
        try:
            if not isinstance(introduced(now, then), Proved):
                return "introduced"
        except NotCompiled:
            return "introduced"
    return "pre-existing"


def _read(asking: Asking, outcome: Outcome) -> Asking:
    return Asking(asking.inquiry.read(outcome.readings), asking.norm)


def _cause(
    still: Callable[[Iterable[Cause]], bool], instructions: tuple[Cause, ...]
) -> tuple[Cause, ...]:
    """Return the instructions that each break the protection alone, or else a minimal set that does.

    Minimal by deletion: without any one of the set the others do not break it.
    """
    alone = [each for each in instructions if still([each])]
    if alone:
        return tuple(alone)
    kept = list(instructions)
    for each in instructions:
        without = [other for other in kept if other is not each]
        if still(without):
            kept = without
    return tuple(kept)


def _still(
    asking: Asking,
    outcome: Outcome,
    variant: Variant,
    before: Asking | None,
    instructions: Iterable[Cause],
) -> bool:
    """Say whether these instructions alone let the protection be broken, read as in ``outcome``.

    Where it could be broken ``before`` too, only what could not be done then counts.
    """
    law = variant(frozenset((each.bill, each.instruction) for each in instructions))
    norm = None if law is None else _counterpart(law, asking)
    if law is None or norm is None:
        return False
    part = Asking(replace(asking.inquiry.to(law).read(outcome.readings), gravest=False), norm)
    try:
        if before is None:
            return isinstance(part.breakable(), Found)
        return isinstance(introduced(part, _read(before, outcome)), Found)
    except NotCompiled:
        return False
