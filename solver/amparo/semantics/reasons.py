"""Why a scenario comes out otherwise than expected, in words."""

from collections.abc import Iterator
from functools import partial

from amparo.core.case import ExpectAct, Expectation, ExpectDuty, ExpectSecured, ExpectThat
from amparo.core.law import Modality, Norm
from amparo.names.places import covers
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, governs, outcome
from amparo.semantics.judge import dues, needs_basis
from amparo.semantics.secured import why

SAYS: dict[Modality, str] = {
    "forbid": "forbids it",
    "permit": "permits it",
    "guarantee": "guarantees it",
    "require": "asks for something after it",
}
ENDS = {"met": "is met", "missed": "is breached", "pending": "is pending"}


def reason(expectation: Expectation, context: Context) -> str:
    """Return what is so of what ``expectation`` speaks of."""
    match expectation:
        case ExpectAct(event):
            said = [f"`{norm.id}` {SAYS[norm.modality]}" for norm in _applying(event, context)]
            if needs_basis(event, context) and not _permitted(event, context):
                said.append("nothing permits it")
            return " and ".join(said) or "no norm applies to it"
        case ExpectDuty():
            return " and ".join(_duties(expectation, context)) or "the duty does not arise"
        case ExpectThat():
            return "it is so" if expectation.negated else "it is not so"
        case ExpectSecured(place):
            return why(place, context.law, context.world)


def undecided(gap: Unspecified) -> str:
    """Return what is not given and matters."""
    match gap.kind, gap.key:
        case "open fact", (str(fact), tuple(arguments)):
            return f"undecided: it is not given whether `{fact}({', '.join(arguments)})`"
        case "attribute", (str(fact), tuple(arguments)):
            return f"undecided: `{fact}({', '.join(arguments)})` is not given"
        case "reading", str(reading):
            return f"undecided: no option of the reading `{reading}` is chosen"
        case "parameter", (str(parameter), day):
            return f"undecided: `{parameter}` has no value on {day}"
        case "role", role:
            return f"undecided: nobody fills the role `{role}` of an act that is not done yet"
        case _:
            return f"undecided: {gap}"


def _applying(event: str, context: Context) -> Iterator[Norm]:
    for norm in context.law.norms.values():
        if outcome(partial(governs, norm, event, context)) is True:
            yield norm


def _permitted(event: str, context: Context) -> bool:
    return any(norm.modality == "permit" for norm in _applying(event, context))


def _duties(expectation: ExpectDuty, context: Context) -> Iterator[str]:
    world, trigger = context.world, expectation.trigger
    for event in sorted(world.events) if trigger is None else [trigger]:
        for norm in _applying(event, context):
            if norm.modality == "require" and covers(expectation.duty, norm.provision):
                end = dues(norm, event, context)[-1].state
                yield f"the duty `{norm.id}` {ENDS[end]} for `{event}`"
