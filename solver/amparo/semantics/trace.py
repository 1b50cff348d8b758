"""Why a judgement came out as it did, as data: the parts of a condition that decided it.

Relies on `evaluate` for every truth; decides nothing itself.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from amparo.core.condition import (
    MOMENT,
    And,
    Before,
    Compare,
    Condition,
    Counted,
    Defined,
    Exists,
    ForAll,
    Holds,
    IsA,
    Not,
    OpenTo,
    Or,
    Read,
    Truth,
    Variable,
)
from amparo.core.law import Case, Exception_, Modality, Norm, NormId
from amparo.semantics.context import Binding, Context, imagine
from amparo.semantics.evaluate import (
    Unspecified,
    applies,
    clauses,
    governs,
    holds,
    law_date,
    lower,
    name,
    names,
    outcome,
    rivals,
    value,
    with_effect,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """``condition`` has ``truth`` for the individuals in ``bindings``, because of ``parts``.

    A truth of None: the world leaves it open. The individuals that make a ``some`` true, or an
    ``every`` false, are in the bindings of its parts. ``steps`` are the norms that decide whether
    an act is open.
    """

    condition: Condition
    truth: bool | None
    bindings: tuple[tuple[str, str], ...]
    parts: tuple["Reason", ...] = ()
    steps: tuple["Step", ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """An exception, and whether it held."""

    exception: Exception_
    held: bool | None
    because: Reason


@dataclass(frozen=True, slots=True)
class Step:
    """One norm judged of one event.

    ``applied`` is None where the world leaves it open. ``because`` is the reason of its condition;
    None when no case speaks of such an event. ``defeats`` are the norms of its side that prevail
    over it here.
    """

    norm: NormId
    event: str
    modality: Modality
    applied: bool | None
    law_date: datetime.date
    in_force: bool
    because: Reason | None = None
    exceptions: tuple[Tried, ...] = ()
    defeats: tuple["Step", ...] = ()


# -- norms ------------------------------------------------------------------------------------


def explain(norm: Norm, event: str, context: Context, day: datetime.date | None = None) -> Step:
    """Return how ``norm`` was judged of ``event``: by the case that applies, else the nearest.

    ``day`` is the date whose law judges the event, where it is not that of the event itself.
    """
    judged_by = day or law_date(event, context)
    applied = _known(partial(governs, norm, event, context, day))
    in_force = norm.period.covers(judged_by)
    case = _case(norm, event, context, day)
    if case is None:
        return Step(norm.id, event, norm.modality, applied, judged_by, in_force)
    binding = {case.variable.name: event}
    return Step(
        norm.id,
        event,
        norm.modality,
        applied,
        judged_by,
        in_force,
        reason(case.condition, binding, context),
        tuple(_tried(case, event, binding, context)),
        tuple(
            explain(each, event, context, day)
            for each in rivals(norm, context)
            if _known(partial(governs, each, event, context, day)) is True
        ),
    )


def _case(norm: Norm, event: str, context: Context, day: datetime.date | None) -> Case | None:
    """Return the case that applies, else one whose condition holds, else any of such events."""
    cases = [each for each in norm.cases if context.is_a(event, each.variable.sort.kind)]

    def nearness(case: Case) -> int:
        if _known(partial(applies, norm, case, event, context, day)) is True:
            return 2
        binding = {case.variable.name: event}
        return _known(partial(holds, case.condition, binding, context)) is True

    return max(cases, key=nearness, default=None)


def _tried(case: Case, event: str, binding: Binding, context: Context) -> Iterator[Tried]:
    for exception in with_effect(case.exceptions, context.event(event).on):
        because = reason(exception.condition, binding, context)
        yield Tried(exception, because.truth, because)


# -- conditions -------------------------------------------------------------------------------


def reason(condition: Condition, binding: Binding, context: Context) -> Reason:
    """Return the truth of ``condition``, and the parts of it that decided.

    A truth of None is one that the world leaves open; its parts are those that are open.
    """
    truth = _known(partial(holds, condition, binding, context))
    parts, steps = tuple[Reason, ...](), tuple[Step, ...]()
    match condition:
        case Not(operand):
            parts = (reason(operand, binding, context),)
        case And(operands):
            parts = _deciding(truth, False, ((each, binding) for each in operands), context)
        case Or(operands):
            parts = _deciding(truth, True, ((each, binding) for each in operands), context)
        case Exists(variable, body, number):
            parts = _witnesses(truth, True, (variable, body, number), binding, context)
        case ForAll(variable, body):
            parts = _witnesses(truth, False, (variable, body, 1), binding, context)
        case Defined(definition, arguments, at):
            actual, moment = names(arguments, binding, context), value(at, binding, context)
            parts = _deciding(truth, True, clauses(definition, actual, moment, context), context)
        case Counted(rule, event):
            count = context.law.counts[rule]
            act = name(event, binding, context)
            if context.is_a(act, count.variable.sort.kind):
                parts = (reason(count.condition, {count.variable.name: act}, context),)
        case OpenTo(kind, holder, against):
            by, act = (name(each, binding, context) for each in (holder, against))
            steps = opening(kind, by, act, context)
        case Truth() | Holds() | Compare() | IsA() | Before() | Read():
            pass
    return Reason(condition, truth, _as_written(binding), parts, steps)


def opening(kind: str, holder: str, against: str | None, context: Context) -> tuple[Step, ...]:
    """Return how lower law was judged of an imagined act: what applies, else what could have."""
    act, imagined = imagine(kind, holder, against, context)
    steps = [
        explain(norm, act, imagined)
        for modality in ("forbid", "permit")
        for norm in lower(imagined, modality)
        if any(imagined.is_a(act, case.variable.sort.kind) for case in norm.cases)
    ]
    return tuple(step for step in steps if step.applied) or tuple(steps)


def _as_written(binding: Binding) -> tuple[tuple[str, str], ...]:
    """Return ``binding`` with the user's names: ``l#3`` is a variable written ``l``."""
    return tuple(
        (variable.partition("#")[0], individual)
        for variable, individual in binding.items()
        if variable != MOMENT.name and isinstance(individual, str)
    )


def _deciding(
    truth: bool | None,
    decisive: bool,
    bodies: Iterable[tuple[Condition, Binding]],
    context: Context,
) -> tuple[Reason, ...]:
    """Return the first of ``bodies`` that decides alone, or all that had to agree."""
    reasons = (reason(body, binding, context) for body, binding in bodies)
    if truth is decisive:
        return (next(each for each in reasons if each.truth is decisive),)
    return tuple(each for each in reasons if each.truth is truth)


def _witnesses(
    truth: bool | None,
    decisive: bool,
    quantified: tuple[Variable, Condition, int],
    binding: Binding,
    context: Context,
) -> tuple[Reason, ...]:
    """Return why the individuals that decide do; nothing where none does."""
    variable, body, number = quantified
    if truth is not decisive:
        return ()
    individuals = context.of_kind(variable.sort.kind)
    reasons = (reason(body, {**binding, variable.name: each}, context) for each in individuals)
    return tuple(islice((each for each in reasons if each.truth is decisive), number))


def _known(test: Callable[[], bool]) -> bool | None:
    found = outcome(test)
    return None if isinstance(found, Unspecified) else found
