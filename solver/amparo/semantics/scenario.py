"""Whether the law says of a case what a scenario expects.

Norms of every rank are judged. "Is open to" speaks of the law below the highest rank. What is
left open and matters fulfils no expectation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from amparo.core.case import (
    ExpectAct,
    Expectation,
    ExpectDuty,
    ExpectSecured,
    ExpectThat,
    Prospect,
    Scenario,
)
from amparo.core.law import Law, Modality, Norm, NormId, Provision
from amparo.names.places import covers
from amparo.semantics.context import Context, TooManySteps
from amparo.semantics.evaluate import Unspecified, both, governs, holds, outcome, some
from amparo.semantics.judge import dues, needs_basis
from amparo.semantics.reasons import reason, undecided
from amparo.semantics.secured import secured

ENDS = {"met": "met", "breached": "missed", "pending": "pending"}


@dataclass(frozen=True, slots=True)
class Result:
    """Whether ``expectation`` is fulfilled; if it is not, ``detail`` says why.

    ``norms`` are those that apply to the event spoken of, whatever they say. ``undecided``: what
    matters is left open.
    """

    expectation: Expectation
    ok: bool
    detail: str = ""
    norms: tuple[NormId, ...] = ()
    undecided: bool = False


def run(law: Law, scenario: Scenario) -> tuple[Result, ...]:
    """Return a result for each expectation that one world decides, in their order."""
    context = Context(law, scenario.world)
    return tuple(
        _judged(each, context) for each in scenario.expectations if not isinstance(each, Prospect)
    )


def _judged(expectation: Expectation, context: Context) -> Result:
    applying: tuple[NormId, ...] = ()
    try:
        applying = _applying(expectation, context)
        found = _fulfilled(expectation, context)
        if found is not expectation.negated:
            return Result(expectation, ok=True, norms=applying)
        return Result(expectation, ok=False, detail=reason(expectation, context), norms=applying)
    except Unspecified as gap:
        return Result(expectation, False, undecided(gap), applying, undecided=True)
    except TooManySteps as limit:
        return Result(expectation, False, f"undecided: {limit}", applying, undecided=True)


def _applying(expectation: Expectation, context: Context) -> tuple[NormId, ...]:
    match expectation:
        case ExpectAct(event) | ExpectDuty(_, _, str(event)):
            return tuple(
                norm.id
                for norm in context.law.norms.values()
                if outcome(partial(governs, norm, event, context)) is True
            )
        case ExpectDuty() | ExpectThat() | ExpectSecured():
            return ()


def _fulfilled(expectation: Expectation, context: Context) -> bool:
    """Say whether ``expectation`` is fulfilled, before any ``not``."""
    match expectation:
        case ExpectAct(event, "forbidden", by):
            return _said(("forbid",), event, by, context)
        case ExpectAct(event, "permitted", by):
            return _said(("permit", "guarantee"), event, by, context)
        case ExpectAct(event, "unlawful"):
            return _unlawful(event, context)
        case ExpectAct(event):
            return not _unlawful(event, context)
        case ExpectDuty(duty, ends, trigger):
            triggers = sorted(context.world.events) if trigger is None else [trigger]
            pairs = [
                (norm, event) for norm in _at(duty, ("require",), context) for event in triggers
            ]
            return some(lambda pair: _ends(*pair, ENDS[ends], context), pairs)
        case ExpectThat(condition):
            everybody = {each: each for each in (*context.world.things, *context.world.events)}
            return holds(condition, everybody, context)
        case ExpectSecured(protection):
            return secured(protection, context.law, context.world)


def _at(
    place: Provision | None, modalities: Iterable[Modality], context: Context
) -> tuple[Norm, ...]:
    """Return the norms with one of ``modalities`` at ``place`` (None: anywhere)."""
    return tuple(
        norm
        for norm in context.law.norms.values()
        if norm.modality in modalities and (place is None or covers(place, norm.provision))
    )


def _said(
    modalities: Iterable[Modality], event: str, by: Provision | None, context: Context
) -> bool:
    return some(lambda norm: governs(norm, event, context), _at(by, modalities, context))


def _unlawful(event: str, context: Context) -> bool:
    """Say whether a norm forbids ``event``, or it needs a basis and no norm gives one."""
    return not both(
        lambda: not _said(("forbid",), event, None, context),
        lambda: not needs_basis(event, context) or _said(("permit",), event, None, context),
    )


def _ends(norm: Norm, trigger: str, end: str, context: Context) -> bool:
    return governs(norm, trigger, context) and dues(norm, trigger, context)[-1].state == end
