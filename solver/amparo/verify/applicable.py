"""Whether a norm can ever apply.

A permission can when it is a basis of an act in a world that obeys the lower law. Any other norm
can when it applies in some world: it may be meant for what is already a breach.
"""

from collections.abc import Iterator
from functools import partial

from amparo.core.condition import Individual, Sort
from amparo.core.law import Norm, NormId
from amparo.core.world import World
from amparo.semantics.context import Context, imagine
from amparo.semantics.evaluate import Unspecified, applies, governs, outcome
from amparo.semantics.judge import complies as breaches
from amparo.semantics.judge import guarantee_date
from amparo.smt import term as t
from amparo.smt.applying import applying
from amparo.smt.compile import Compiler
from amparo.smt.norms import Duties
from amparo.smt.search import Result
from amparo.smt.term import Term
from amparo.verify.ask import InvalidModel
from amparo.verify.inquiry import Inquiry
from amparo.verify.obeying import Part, pleasing

HIGHEST = 0
"""The rank of the protections: the law below it is what everybody is to obey."""


def applicable(inquiry: Inquiry, norm_id: NormId) -> tuple[Result, World | None]:
    """Ask whether the norm can ever apply to an act of the days asked about.

    `Proved`: it never can. `Found`: in the world that comes with it, the smallest plausible one.

    Raises:
        ReadingNeeded: the answer turns on a declared reading that is not chosen.
        NotCompiled: the law uses a construct that cannot be decided for all worlds.
        InvalidModel: the world does not replay.
    """
    norm = inquiry.law.norms[norm_id]
    ground = inquiry.ground()
    compiler = inquiry.compiler(ground, HIGHEST)
    duties = Duties(inquiry.law)
    part = Part(inquiry.law, HIGHEST) if lawfully(norm) else None

    def asserts() -> list[Term]:
        obeyed = t.TRUE if part is None else part.obeyed(compiler, duties)
        return [applied_to(inquiry, compiler, norm), obeyed]

    result, world = pleasing(inquiry, ground, part, asserts)
    if world is not None:
        replayed(inquiry, norm, world)
    return result, world


def lawfully(norm: Norm) -> bool:
    """Say whether ``norm`` is asked about in worlds that obey the lower law: a lower permission."""
    return norm.modality == "permit" and norm.rank > HIGHEST


def applied_to(inquiry: Inquiry, compiler: Compiler, norm: Norm) -> Term:
    """Return that ``norm`` applies to some act of the days asked about."""
    return t.disjunction(each for _, _, each in applying(compiler, norm, inquiry.on))


def replayed(inquiry: Inquiry, norm: Norm, world: World) -> None:
    """Hold ``world`` against `semantics`.

    Raises:
        InvalidModel: the norm does not apply in it; or, of a permission, the lower law is breached.
    """
    try:
        if lawfully(norm) and (faults := breaches(inquiry.law, world, HIGHEST)):
            raise InvalidModel(norm.id, world, f"the lower law is breached: {faults}")
    except Unspecified as gap:
        raise InvalidModel(norm.id, world, str(gap)) from gap
    if not applied_in(inquiry, norm, world):
        raise InvalidModel(norm.id, world, "the norm does not apply")


def applied_in(inquiry: Inquiry, norm: Norm, world: World) -> tuple[str, ...]:
    """Return the acts of ``world`` to which ``norm`` applies for certain, in order of their names.

    Of a right, the acts against which it is given; the empty name where it is against nothing.
    """
    context = Context(inquiry.law, world, HIGHEST)
    if norm.modality == "guarantee":
        return tuple(_guaranteed(norm, context))
    return tuple(
        each
        for each in sorted(world.events)
        if inquiry.when.covers(world.events[each].on)
        and outcome(partial(governs, norm, each, context)) is True
    )


def _guaranteed(norm: Norm, context: Context) -> Iterator[str]:
    for case in norm.cases:
        kind = case.variable.sort.kind
        roles = dict(context.law.vocabulary.kinds[kind].roles)
        everybody = sorted({*context.world.things, *context.world.events})
        against = [each for each in everybody if _may_fill(roles.get("against"), each, context)]
        for anchor in against if "against" in roles else [None]:
            for holder in everybody:
                if not _may_fill(roles["by"], holder, context):
                    continue
                act, imagined = imagine(kind, holder, anchor, context)
                day = guarantee_date(anchor, context)
                if outcome(partial(applies, norm, case, act, imagined, day)) is True:
                    yield anchor or ""


def _may_fill(sort: Sort | None, name: str, context: Context) -> bool:
    return isinstance(sort, Individual) and context.is_a(name, sort.kind)
