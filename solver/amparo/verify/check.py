"""Every protection of a law asked about, and what a bill changed."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from amparo.core.law import Law, Norm
from amparo.smt.compile import NotCompiled
from amparo.smt.search import Budget, Found, Proved
from amparo.verify.ask import Asking
from amparo.verify.assume import assumptions
from amparo.verify.finding import Cause, Finding, Outcome, Rule, Status, Verdict
from amparo.verify.novelty import introduced
from amparo.verify.outcome import outcomes, with_readings

Variant = Callable[[frozenset[tuple[str, int]]], Law | None]
"""The law with only these instructions (bill, ordinal); None where they do not fit."""

WORSE: Mapping[Verdict, int] = {
    "holds": 0,
    "holds-if-read-so": 1,
    "depends": 2,
    "unknown": 3,
    "violated": 4,
}
RULES: Mapping[str, Rule] = {
    "forbid": "licensed-violation",
    "require": "missing-safeguard",
    "guarantee": "right-without-remedy",
}


def check(
    head: Law,
    base: Law | None,
    *,
    as_of: datetime.date | None,
    near: datetime.date | None = None,
    readings: Mapping[str, str] | None = None,
    gravest: bool = False,
    budget: Budget | None = None,
    variant: Variant | None = None,
    instructions: tuple[Cause, ...] = (),
    only: Callable[[Norm], bool] = lambda _: True,
) -> tuple[Finding, ...]:
    """Return a finding for every protection of ``head``, compared with ``base`` where there is one.

    ``as_of`` is the day of the judged act (None: any day); ``near`` the day to which a case is
    near (None: ``as_of``, else the latest commencement of the law); ``readings`` fix declared
    readings; ``variant`` and ``instructions`` serve to find the cause in the bill; ``only`` tells
    which protections are asked about.
    """
    day = near or as_of or latest(head)
    found = []
    for norm in filter(only, protections(head, as_of)):
        asking = Asking(head, norm, dict(readings or {}), as_of, day, budget or Budget(), gravest)
        found.append(_finding(asking, base, variant, instructions))
    return tuple(found)


def protections(law: Law, as_of: datetime.date | None) -> Iterator[Norm]:
    """Yield the norms of the highest rank that protect, in the order of the text."""
    for norm in law.norms.values():
        protects = norm.rank == 0 and norm.modality in RULES
        asked = as_of is None or norm.period.covers(as_of)
        if protects and asked and not norm.unknown_text:
            yield norm


def latest(law: Law) -> datetime.date:
    """Return the day on which the newest provision of ``law`` commences."""
    starts = [norm.period.start for norm in law.norms.values() if norm.period.start is not None]
    return max(starts, default=datetime.date(2024, 1, 1))


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
        rule=RULES[asking.norm.modality],
        protection=asking.norm.provision,
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
    return Asking(base, norm, asking.readings, asking.as_of, asking.near, asking.budget)


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
    day = asking.as_of or asking.norm.period.start or asking.near
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
        now, then = (with_readings(every, each.readings) for every in (asking, before))
        try:
            if not isinstance(introduced(now, then), Proved):
                return "introduced"
        except NotCompiled:
            return "introduced"
    return "pre-existing"


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
    part = Asking(law, norm, outcome.readings, asking.as_of, asking.near, asking.budget)
    try:
        if before is None:
            return isinstance(part.breakable(), Found)
        return isinstance(introduced(part, with_readings(before, outcome.readings)), Found)
    except NotCompiled:
        return False
