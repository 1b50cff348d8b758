"""Whole norms as terms: who complies with the lower law, and what breaks a protection.

Each comes with its negation (``positive`` false), so that a question may ask for either.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from amparo.core.condition import (
    And,
    Compare,
    Condition,
    DateOf,
    Exists,
    Individual,
    Shifted,
    Value,
)
from amparo.core.law import Case, Denial, Law, Norm, NormId
from amparo.core.limits import may_limit
from amparo.smt import term as t
from amparo.smt.compile import Compiler
from amparo.smt.ground import CLOSING, Element, Entity, Hypothetical, Somebody
from amparo.smt.term import TRUE, Term
from amparo.smt.values import Env

Dates = Callable[[Term], Term]
"""What must be true of the day of the judged act."""


Judged = Entity


def anything(_: Judged) -> Term:
    """Demand nothing of the judged act."""
    return TRUE


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of compliance that a question need look into: the rest is known to be as it was."""

    norm: Callable[[Norm], bool]
    """Whether a prohibition or duty is looked into."""
    basis: frozenset[str]
    """The kinds of acts that are asked for their basis."""

    def asks(self, compiler: Compiler, act: Somebody) -> Term:
        """Say that ``act`` is asked for its basis."""
        return t.disjunction(compiler.ground.is_kind(act, each) for each in sorted(self.basis))


class Duties:
    """What the obligations of each duty demand, made once so that its witnesses stay the same."""

    def __init__(self, law: Law) -> None:
        """Prepare the duties of ``law``: (what is demanded, its last day) in turn, by norm and case."""
        self._demands = {
            (norm.id, position): tuple(_demands(norm, case))
            for norm in law.norms.values()
            if norm.modality == "require"
            for position, case in enumerate(norm.cases)
        }

    def of(self, norm: NormId, case: int) -> tuple[tuple[Condition, Value], ...]:
        """Return each obligation of a duty: the condition that meets it, and its last day."""
        return self._demands[norm, case]


def _demands(norm: Norm, case: Case) -> Iterator[tuple[Condition, Value]]:
    trigger = DateOf(case.variable)
    counted_from: Value = trigger
    for each in norm.obligations:
        if each.deadline.until is not None:
            by = each.deadline.until
        else:
            assert each.deadline.duration is not None
            by = Shifted(counted_from, each.deadline.duration)
        day = DateOf(each.variable)
        in_time = Compare("<=", trigger, day), Compare("<=", day, by)
        yield Exists(each.variable, And((each.condition, *in_time))), by
        counted_from = by


def complies(
    compiler: Compiler,
    duties: Duties,
    positive: bool,
    scope: "Scope | None" = None,
) -> Term:
    """Return that nobody breaches the lower law, or that somebody does; within ``scope`` if given."""
    parts = []
    for norm in compiler.law.lower(compiler.rank):
        if scope is not None and not scope.norm(norm):
            continue
        for position, case in enumerate(norm.cases):
            if norm.modality == "forbid":
                parts.append(_obeyed(compiler, norm, case, positive))
            elif norm.modality == "require":
                parts.append(_performed(compiler, duties, norm, position, positive))
    kinds = compiler.law.vocabulary.kinds.values()
    for kind in kinds:
        if kind.parent is not None or kind.category not in ("official act", "power act"):
            continue
        parts.append(_based(compiler, kind.name, positive, scope))
    return t.conjunction(parts) if positive else t.disjunction(parts)


def _obeyed(compiler: Compiler, norm: Norm, case: Case, positive: bool) -> Term:
    key = f"obeyed {norm.id} {norm.cases.index(case)}"
    return compiler.every(
        key,
        case.variable.sort.kind,
        lambda act, so: compiler.applies(norm, case, act, not so),
        positive,
    )


def _based(compiler: Compiler, kind: str, positive: bool, scope: Scope | None) -> Term:
    permits = compiler.law.lower(compiler.rank, "permit")

    def has_basis(act: Somebody, so: bool) -> Term:
        asked = t.TRUE if scope is None else scope.asks(compiler, act)
        if asked == t.FALSE:
            return t.signed(t.TRUE, so)
        bases = [compiler.applies(norm, case, act, so) for norm in permits for case in norm.cases]
        if so:
            return t.disjunction([t.not_(asked), *bases])
        return t.conjunction([asked, *bases])

    return compiler.every(f"basis {kind}", kind, has_basis, positive)


def _performed(
    compiler: Compiler, duties: Duties, norm: Norm, position: int, positive: bool
) -> Term:
    case = norm.cases[position]

    def performed(trigger: Somebody, so: bool) -> Term:
        released = compiler.applies(norm, case, trigger, not so)
        met = kept(compiler, duties, norm, position, trigger, so)
        return t.or_(released, met) if so else t.and_(released, met)

    key = f"performed {norm.id} {position}"
    return compiler.every(key, case.variable.sort.kind, performed, positive)


def kept(
    compiler: Compiler, duties: Duties, norm: Norm, position: int, trigger: Somebody, positive: bool
) -> Term:
    """Return that a duty, once triggered, ends met or pending; or that it is breached."""
    env: Env = {norm.cases[position].variable.name: trigger}
    parts = []
    for demand, by in duties.of(norm.id, position):
        last, _ = compiler.values.number(by, env)
        pending = t.compare("<", CLOSING, last)
        met = compiler.formula(demand, env, positive)
        parts.append(t.or_(met, pending) if positive else t.and_(met, t.not_(pending)))
    return t.disjunction(parts) if positive else t.conjunction(parts)


def breaks(
    compiler: Compiler,
    duties: Duties,
    norm: Norm,
    on: Dates,
    positive: bool = True,
    of: Callable[[Judged], Term] = anything,
    denial: Denial | None = None,
) -> Term:
    """Return that the protection ``norm`` is broken by an act on a day as ``on`` says, or is not.

    ``of`` is what else the act must be (only with ``positive``). A guarantee is broken by
    ``denial``, or either way where none is given.
    """
    if norm.modality == "guarantee":
        parts = [_denied(compiler, norm, case, on, positive, of, denial) for case in norm.cases]
    else:
        parts = [
            _breaking(compiler, duties, norm, position, on, positive, of)
            for position in range(len(norm.cases))
        ]
    return t.disjunction(parts) if positive else t.conjunction(parts)


def _breaking(
    compiler: Compiler,
    duties: Duties,
    norm: Norm,
    position: int,
    on: Dates,
    positive: bool,
    of: Callable[[Judged], Term],
) -> Term:
    case = norm.cases[position]

    def respected(act: Somebody, so: bool) -> Term:
        dated = t.and_(on(compiler.values.day(act)), TRUE if so else of(act))
        says = [t.signed(dated, not so), compiler.applies(norm, case, act, not so)]
        if norm.modality == "require":
            says.append(kept(compiler, duties, norm, position, act, so))
        return t.disjunction(says) if so else t.conjunction(says)

    key = f"respected {norm.id} {position}"
    return compiler.every(key, case.variable.sort.kind, respected, not positive)


def _denied(
    compiler: Compiler,
    norm: Norm,
    case: Case,
    on: Dates,
    positive: bool,
    of: Callable[[Judged], Term],
    denial: Denial | None,
) -> Term:
    """Return that somebody is left without the right ``norm`` guarantees, or that nobody is."""
    kind = case.variable.sort.kind
    roles = dict(compiler.law.vocabulary.kinds[kind].roles)
    holder_sort, against_sort = roles["by"], roles.get("against")
    assert isinstance(holder_sort, Individual)
    key = f"enjoyed {norm.id} {norm.cases.index(case)}"

    def enjoyed(holder: Somebody, against: Somebody | None, so: bool) -> Term:
        fillers: tuple[tuple[str, Somebody], ...] = (("by", holder),)
        if against is not None:
            fillers = (*fillers, ("against", against))
        act = Hypothetical(kind, fillers, against)
        day = CLOSING if against is None else compiler.values.day(against)
        judged_by = day if against is None else compiler.law_day(against)
        says = [
            t.signed(t.and_(on(day), TRUE if so else of(act)), not so),
            compiler.applies(norm, case, act, not so, judged_by),
            enabled(compiler, norm, act, denial, so),
        ]
        return t.disjunction(says) if so else t.conjunction(says)

    def enjoyed_by(holder: Somebody, so: bool) -> Term:
        if against_sort is None:
            return enjoyed(holder, None, so)
        assert isinstance(against_sort, Individual)
        return compiler.every(
            f"{key} {holder.name}",
            against_sort.kind,
            lambda against, still: enjoyed(holder, against, still),
            so,
        )

    return compiler.every(key, holder_sort.kind, enjoyed_by, not positive)


def enabled(
    compiler: Compiler, guarantee: Norm, act: Hypothetical, denial: Denial | None, positive: bool
) -> Term:
    """Return that the lower law does not deny ``act``, which is guaranteed; or that it does.

    A prohibition that the guarantee lets limit it denies nothing.
    """
    parts = []
    if denial != "forbidden":
        parts.append(compiler.has_basis(act, positive))
    if denial != "no basis":
        limits = partial(may_limit, guarantee=guarantee)
        parts.append(compiler.unforbidden(act, positive, limits))
    return t.conjunction(parts) if positive else t.disjunction(parts)


def unlawful(
    compiler: Compiler,
    protection: Norm,
    act: Judged,
    scope: Scope,
    denial: Denial | None = None,
) -> Term:
    """Return that ``act`` breaches the lower law within ``scope``.

    Or that ``protection``, if it is in the scope, does not speak of the act. Of a hypothetical act, that it was not denied by ``denial``; or that what it is against was unlawful.
    """
    says: list[Term] = []
    if scope.norm(protection):
        cases = protection.cases
        says.append(t.conjunction(compiler.applies(protection, c, act, False) for c in cases))
    if isinstance(act, Hypothetical):
        says.append(enabled(compiler, protection, act, denial, True))
        if act.anchor is not None:
            says.append(unlawful(compiler, protection, act.anchor, scope))
        return t.disjunction(says)
    lower = compiler.law.lower(compiler.rank)
    for norm in lower:
        if norm.modality == "forbid" and scope.norm(norm):
            says.extend(compiler.applies(norm, case, act, True) for case in norm.cases)
    category = compiler.law.vocabulary.kinds[act.kind].category
    if category in ("official act", "power act"):
        asked = scope.asks(compiler, act)
        permits = (each for each in lower if each.modality == "permit" and asked != t.FALSE)
        bases = (
            compiler.applies(norm, case, act, False) for norm in permits for case in norm.cases
        )
        says.append(t.conjunction([asked, *bases]))
    return t.disjunction(says)


def situation(compiler: Compiler, norm: Norm, on: Dates) -> Term:
    """Return that the situation arises of which ``norm`` speaks, its exceptions left aside."""
    return t.disjunction(_arises(compiler, norm, case, on) for case in norm.cases)


def _arises(compiler: Compiler, norm: Norm, case: Case, on: Dates) -> Term:
    def there(part: str, kind: str) -> tuple[Element, Term]:
        key = ("situation", norm.id, norm.cases.index(case), part)
        witness = compiler.ground.witness(key, key, kind)
        return witness, t.and_(witness.active, compiler.ground.is_kind(witness, kind))

    kind = case.variable.sort.kind
    act: Judged
    if norm.modality != "guarantee":
        act, present = there("act", kind)
        day, judged_by = compiler.ground.day(act), compiler.law_day(act)
    else:
        roles = dict(compiler.law.vocabulary.kinds[kind].roles)
        holder_sort, against_sort = roles["by"], roles.get("against")
        assert isinstance(holder_sort, Individual)
        holder, present = there("holder", holder_sort.kind)
        day = judged_by = CLOSING
        act = Hypothetical(kind, (("by", holder),), None)
        if isinstance(against_sort, Individual):
            against, is_there = there("against", against_sort.kind)
            present = t.and_(present, is_there)
            day, judged_by = compiler.ground.day(against), compiler.law_day(against)
            act = Hypothetical(kind, (("by", holder), ("against", against)), against)
    env: Env = {case.variable.name: act}
    covered = compiler.values.covers(norm.period, judged_by)
    return t.and_(present, on(day), covered, compiler.formula(case.condition, env, positive=True))
