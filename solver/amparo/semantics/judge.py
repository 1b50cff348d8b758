"""Judgements of one concrete world: who breaches the lower law, and what breaks a protection.

Guarantees: a judgement rests on what the world says; where that leaves it open, `Unspecified`.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal as OneOf
from typing import TypeVar

from amparo.core.condition import Individual, Sort
from amparo.core.law import Case, Deadline, Denial, Law, Norm, NormId, Obligation
from amparo.core.limits import may_limit
from amparo.core.world import World
from amparo.semantics.context import Binding, Context, imagine
from amparo.semantics.evaluate import (
    Unspecified,
    applies,
    both,
    day_of,
    governs,
    holds,
    law_date,
    lower,
    outcome,
    shift,
    some,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Breach:
    """``event`` is forbidden by ``norm``, has no basis (no norm), or triggers a duty unmet."""

    fault: OneOf["forbidden", "no basis", "duty"]
    event: str
    norm: NormId | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """``norm`` is broken: by ``event``, at that trigger, or for ``holder`` against that event.

    A right that is against nothing has no event.
    """

    norm: NormId
    event: str | None
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One obligation of a duty: ``by`` is its last day, ``met_by`` the first event to meet it."""

    obligation: Obligation
    by: datetime.date
    state: OneOf["met", "missed", "pending"]
    met_by: str | None = None


# -- compliance -------------------------------------------------------------------------------


def complies(law: Law, world: World, rank: int = 0) -> tuple[Breach, ...]:
    """Return every breach of the norms lower than ``rank``: empty iff nobody breaches lower law.

    A power act without a basis counts for nothing in law. The worlds of a question hold only
    acts that count, so here it is a fault like an official act's.
    """
    return tuple(
        breach for breach, is_so in possible_breaches(Context(law, world, rank)) if is_so()
    )


def obeyed(law: Law, world: World, rank: int = 0) -> bool:
    """Say whether nobody breaches a norm lower than ``rank``.

    One breach that is certain suffices, whatever is open of others.
    """
    return not some(lambda possible: possible[1](), possible_breaches(Context(law, world, rank)))


def possible_breaches(context: Context) -> Iterator[tuple[Breach, Callable[[], bool]]]:
    """Yield every breach of the lower law that there can be, and the test whether there is."""
    for event in sorted(context.world.events, key=lambda each: (context.moment(each), each)):
        for norm in lower(context, "forbid"):
            yield Breach("forbidden", event, norm.id), partial(governs, norm, event, context)
        yield Breach("no basis", event), partial(_baseless, event, context)
        for norm in lower(context, "require"):
            yield Breach("duty", event, norm.id), partial(_unmet, norm, event, context)


def _baseless(event: str, context: Context) -> bool:
    permits = lower(context, "permit")
    return needs_basis(event, context) and not has_basis(event, permits, context)


def _unmet(norm: Norm, event: str, context: Context) -> bool:
    return both(lambda: governs(norm, event, context), lambda: breached(norm, event, context))


def needs_basis(event: str, context: Context) -> bool:
    """Say whether ``event`` is an official act or a power act."""
    vocabulary = context.law.vocabulary
    return any(
        vocabulary.kinds[ancestor].category in ("official act", "power act")
        for kind in context.event(event).kinds
        for ancestor in vocabulary.lineage(kind)
    )


def has_basis(event: str, permits: Iterable[Norm], context: Context) -> bool:
    """Say whether one of ``permits`` applies to ``event``."""
    return some(lambda norm: governs(norm, event, context), permits)


# -- duties -----------------------------------------------------------------------------------


def breached(norm: Norm, trigger: str, context: Context) -> bool:
    """Say whether the chain of the duty ``norm``, once triggered, ends unmet at closing.

    What is open of one obligation is all one where it is not yet due, or another makes it good.
    """
    binding = {case.variable.name: trigger for case in norm.cases}
    start = context.event(trigger).on
    return _all_missed(norm.obligations, start, trigger, binding, context)


def _all_missed(
    obligations: tuple[Obligation, ...],
    counted_from: datetime.date,
    trigger: str,
    binding: Binding,
    context: Context,
) -> bool:
    if not obligations:
        return True
    first, *rest = obligations
    by = _last_day(first.deadline, counted_from, binding, context)
    return both(
        lambda: by <= context.world.closing,
        lambda: _due(first, by, trigger, binding, context).state == "missed",
        lambda: _all_missed(tuple(rest), by, trigger, binding, context),
    )


def dues(norm: Norm, trigger: str, context: Context) -> tuple[Due, ...]:
    """Return the obligations that fell due in turn: each but the last was missed."""
    binding = {case.variable.name: trigger for case in norm.cases}
    found: list[Due] = []
    counted_from = context.event(trigger).on
    for obligation in norm.obligations:
        by = _last_day(obligation.deadline, counted_from, binding, context)
        found.append(_due(obligation, by, trigger, binding, context))
        if found[-1].state != "missed":
            break
        counted_from = by
    return tuple(found)


def _last_day(
    deadline: Deadline, counted_from: datetime.date, binding: Binding, context: Context
) -> datetime.date:
    if deadline.until is not None:
        return day_of(deadline.until, binding, context)
    assert deadline.duration is not None, deadline
    return shift(counted_from, deadline.duration, context)


def _due(
    obligation: Obligation, by: datetime.date, trigger: str, binding: Binding, context: Context
) -> Due:
    start = context.event(trigger).on
    variable = obligation.variable

    def meets(event: str) -> bool:
        return holds(obligation.condition, {**binding, variable.name: event}, context)

    in_time = [
        event
        for event in sorted(context.of_kind(variable.sort.kind), key=context.moment)
        if start <= context.event(event).on <= by
    ]
    if some(meets, in_time):
        known = (each for each in in_time if outcome(partial(meets, each)) is True)
        return Due(obligation, by, "met", next(known))
    return Due(obligation, by, "pending" if by > context.world.closing else "missed")


# -- protections ------------------------------------------------------------------------------


def violations(
    law: Law, world: World, norm: Norm, denial: Denial | None = None
) -> tuple[Violation, ...]:
    """Return how the protection ``norm`` of ``law`` is broken in ``world``; empty iff it is kept.

    It may speak of some only of the kinds of acts of which it speaks in the law. A guarantee is
    broken by ``denial``, or either way where none is given.
    """
    context = Context(law, world, norm.rank)
    events = sorted(world.events, key=lambda each: (context.moment(each), each))
    match norm.modality:
        case "forbid":
            broken = _known(lambda each: governs(norm, each, context), events)
            return tuple(Violation(norm.id, each) for each in broken)
        case "require":
            missed = _known(lambda each: _unmet(norm, each, context), events)
            return tuple(Violation(norm.id, each) for each in missed)
        case "guarantee":
            refused = _known(
                lambda claim: denied(norm, *claim, context, denial), claims(norm, context)
            )
            return tuple(dict.fromkeys(Violation(norm.id, act, who) for _, who, act in refused))
        case "permit":
            return ()


def _known(test: Callable[[T], bool], items: Iterable[T]) -> tuple[T, ...]:
    """Return the items that pass ``test`` for certain: one suffices, whatever is open of others."""
    found, open_ = list[T](), list[Unspecified]()
    for item in items:
        passed = outcome(partial(test, item))
        if isinstance(passed, Unspecified):
            open_.append(passed)
        elif passed:
            found.append(item)
    if open_ and not found:
        raise open_[0]
    return tuple(found)


def claims(norm: Norm, context: Context) -> Iterator[tuple[Case, str, str | None]]:
    """Yield by which case ``norm`` may guarantee whom a right, and against what."""
    for case in norm.cases:
        kind = case.variable.sort.kind
        roles = dict(context.law.vocabulary.kinds[kind].roles)
        anchors = _of_sort(roles["against"], context) if "against" in roles else (None,)
        for anchor in anchors:
            for holder in _of_sort(roles["by"], context):
                yield case, holder, anchor


def denied(
    norm: Norm,
    case: Case,
    holder: str,
    against: str | None,
    context: Context,
    denial: Denial | None = None,
) -> bool:
    """Say whether ``norm`` guarantees ``holder`` an act ``against`` an act, and it is denied.

    The law of the date of ``against`` judges what is guaranteed. It is denied by ``denial``, or
    either way where none is given.
    """
    kind = case.variable.sort.kind
    act, imagined = imagine(kind, holder, against, context)
    return both(
        lambda: applies(norm, case, act, imagined, guarantee_date(against, context)),
        lambda: some(
            lambda way: _denied_by(way, norm, act, imagined),
            _DENIALS if denial is None else (denial,),
        ),
    )


_DENIALS: tuple[Denial, ...] = ("forbidden", "no basis")


def _denied_by(denial: Denial, guarantee: Norm, act: str, context: Context) -> bool:
    match denial:
        case "forbidden":
            return some(
                lambda norm: not may_limit(norm, guarantee) and governs(norm, act, context),
                lower(context, "forbid"),
            )
        case "no basis":
            return _baseless(act, context)


def guarantee_date(against: str | None, context: Context) -> datetime.date:
    """Return the date whose law says what is guaranteed against the act ``against``.

    Where it is against no act, that is the closing date.
    """
    if against is None or not context.is_event(against):
        return context.world.closing
    return law_date(against, context)


def _of_sort(sort: Sort, context: Context) -> tuple[str, ...]:
    assert isinstance(sort, Individual), sort
    return context.of_kind(sort.kind)
