"""Every other distinct way of going wrong, each with a case of its own.

A way is the set of norms that let it happen: the bases of the acts of authority in the case, the
norms that count the breaking act as what the protection speaks of, and, of a right, what closes
it. A way that needs all the norms of an earlier one is not distinct. So a way is asked for by
holding the earlier ones against it: of each, some norm must play no part. Asking goes on until it
is proved that there is no other, or enough were found. (The enumeration of minimal sets by
blocking those found is that of Reiter, "A Theory of Diagnosis from First Principles", 1987.)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from amparo.core.condition import Counted
from amparo.core.law import Law, Norm, NormId
from amparo.core.world import World
from amparo.semantics.context import Context, imagine
from amparo.semantics.evaluate import applies, governs, outcome
from amparo.semantics.judge import Violation, denied, needs_basis, violations
from amparo.smt import term as t
from amparo.smt.compile import Compiler, ReadingNeeded
from amparo.smt.norms import Judged
from amparo.smt.term import Term
from amparo.verify.ask import Asking
from amparo.verify.finding import Finding, Way
from amparo.verify.inquiry import Inquiry
from amparo.verify.obeying import Part
from amparo.verify.outcome import rescue, told
from amparo.verify.remedies import shut

MOST_WAYS = 4
"""Further ways that are told."""
MOST_TRIES = 8
"""Cases that are asked for, those that turned on open facts included."""
LESS = 8
"""What part of the effort for an answer the search for one more way may cost."""


@dataclass(frozen=True, slots=True)
class _Norms:
    """The norms that let a case happen. ``direct`` are those that bear on the breaking act."""

    direct: frozenset[NormId]
    support: frozenset[NormId]

    @property
    def all(self) -> frozenset[NormId]:
        """Every one of them."""
        return self.direct | self.support


def with_ways(inquiry: Inquiry, finding: Finding) -> Finding:
    """Return ``finding`` with the other ways of the outcome that decides it.

    Only a protection that is violated has ways: whatever its open facts, in each case.
    """
    first = finding.outcome
    norm = inquiry.law.norms.get(finding.norm)
    asked = norm is not None and norm.rank == 0 and finding.rule in _RULES
    if norm is None or not asked or first.verdict != "violated" or first.world is None:
        return finding
    budget = replace(inquiry.budget, effort=inquiry.budget.effort // LESS)
    cheaper = replace(inquiry.read(first.readings), budget=budget)
    asking = replace(Asking.of(cheaper, finding), declared=True)
    others = tuple(_others(asking, first.world))
    return replace(finding, outcomes=(replace(first, others=others), *finding.outcomes[1:]))


_RULES = ("licensed-violation", "missing-safeguard", "denied-right", "right-without-remedy")


def norms_of(asking: Asking, world: World) -> tuple[NormId, ...]:
    """Return the norms that let the protection be broken in ``world``, in the order of the law."""
    found = _norms(asking, world).all
    return tuple(each for each in (*asking.law.norms, *asking.law.counts) if each in found)


def _others(asking: Asking, first: World) -> Iterator[Way]:
    """Yield the ways that differ in what bears on the breaking act, then any others."""
    compiler, part = asking.compiler(asking.ground()), asking.part()
    known = [_norms(asking, first)]
    rescues: list[Mapping[str, bool]] = []
    direct = True
    for _ in range(MOST_TRIES):
        world = _next(asking, compiler, part, known, rescues, direct=direct)
        saving = None if world is None else rescue(asking, world)
        if saving is not None and saving not in rescues:
            rescues.append(saving)
            continue
        case = None if world is None or saving is not None else told(asking, world)
        way = None if case is None else _norms(asking, case)
        if case is not None and way is not None and not any(k.all <= way.all for k in known):
            known.append(way)
            norms = norms_of(asking, case)
            seen = not any(_unseen(asking.law, each) for each in norms)
            if seen and shut(asking, case):
                yield Way(case, norms)
        elif direct:
            direct = False
        else:
            return
        if len(known) > MOST_WAYS:
            return


def _unseen(law: Law, norm: NormId) -> bool:
    """Say whether nobody has seen the text of ``norm``: what rests on it is not violated for sure."""
    return norm in law.norms and law.norms[norm].unknown_text


def _next(
    asking: Asking,
    compiler: Compiler,
    part: Part,
    known: list[_Norms],
    rescues: list[Mapping[str, bool]],
    *,
    direct: bool,
) -> World | None:
    """Return a case of a way that is none of ``known``; None where there is none, or no budget."""

    def distinct(act: Judged) -> Term:
        parts = []
        for way in known:
            parts.append(t.disjunction(_unused(compiler, each, act) for each in sorted(way.all)))
            if direct:
                parts += [_not_of(compiler, each, act) for each in sorted(way.direct)]
        return t.conjunction(parts)

    if direct and not all(way.direct for way in known):
        return None
    asserts = asking.broken_despite(compiler, part, rescues, of=distinct)
    try:
        return asking.shown(compiler.ground, part, asserts).world
    except ReadingNeeded:  # no way under the readings of this outcome
        return None


def _unused(compiler: Compiler, norm: NormId, act: Judged) -> Term:
    """Return that ``norm`` plays no part: it is nobody's basis, and bears not on ``act``."""
    law = compiler.law
    if norm in law.counts or law.norms[norm].modality != "permit":
        return _not_of(compiler, norm, act)
    basis = law.norms[norm]
    return t.conjunction(
        compiler.every(
            f"unused {norm} {number}",
            case.variable.sort.kind,
            lambda each, so, case=case: compiler.applies(basis, case, each, not so),  # type: ignore[misc]
            positive=True,
        )
        for number, case in enumerate(basis.cases)
    )


def _not_of(compiler: Compiler, norm: NormId, act: Judged) -> Term:
    """Return that ``norm`` does not count ``act``, or does not apply to it."""
    law = compiler.law
    if norm in law.counts:
        variable = law.counts[norm].variable
        return compiler.formula(Counted(norm, variable), {variable.name: act}, positive=False)
    found = law.norms[norm]
    return t.conjunction(compiler.applies(found, case, act, False) for case in found.cases)


# -- what lets a case happen ----------------------------------------------------------------------


def _norms(asking: Asking, world: World) -> _Norms:
    law, protection = asking.law, asking.norm
    context = Context(law, world, protection.rank)
    violation = violations(law, world, protection, asking.denial)[0]
    direct, support = set[NormId](), set[NormId]()
    for event in world.events:
        if needs_basis(event, context):
            basis = next(_applying(asking, "permit", event, context))
            (direct if event == violation.event else support).add(basis)
    direct.update(_counting(protection, violation, context))
    if violation.holder is not None and asking.denial != "no basis":
        kind = protection.cases[0].variable.sort.kind
        act, imagined = imagine(kind, violation.holder, violation.event, context)
        direct.update(_applying(asking, "forbid", act, imagined))
    return _Norms(frozenset(direct), frozenset(support) - direct)


def _applying(asking: Asking, modality: str, event: str, context: Context) -> Iterator[NormId]:
    """Yield the norms of the lower law that permit, or forbid, ``event``."""
    for norm in asking.law.lower(asking.norm.rank):
        if norm.modality == modality and outcome(partial(governs, norm, event, context)) is True:
            yield norm.id


def _counting(protection: Norm, violation: Violation, context: Context) -> tuple[str, ...]:
    """Return the norms that count the breaking act as what the protection speaks of."""
    for case in protection.cases:
        if violation.holder is not None:
            found = outcome(
                partial(denied, protection, case, violation.holder, violation.event, context)
            )
        else:
            assert violation.event is not None
            found = outcome(partial(applies, protection, case, violation.event, context))
        if found is True:
            return case.rules
    return ()
