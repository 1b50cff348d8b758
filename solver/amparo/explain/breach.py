"""Which provisions of the lower law let a protection be broken in a case: what a drafter looks up."""

from collections.abc import Iterator
from functools import partial

from amparo.core.law import Denial, Law, Norm, Provision
from amparo.core.world import World
from amparo.explain.story import bases
from amparo.semantics.context import Context, imagine
from amparo.semantics.evaluate import governs, outcome
from amparo.semantics.judge import Violation, violations


def let_by(
    law: Law, norm: Norm, world: World, denial: Denial | None = None
) -> tuple[Provision, ...]:
    """Return what the breaking act rests on; of a right that is forbidden, what forbids it.

    Nothing, where a duty is not met or a right has no basis: then it is what the law does not say.
    """
    places = (
        place
        for violation in violations(law, world, norm, denial)[:1]
        for place in _places(law, norm, world, violation, denial)
    )
    return tuple(dict.fromkeys(places))


def _places(
    law: Law, norm: Norm, world: World, violation: Violation, denial: Denial | None
) -> Iterator[Provision]:
    if violation.holder is None:
        rests = bases(law, norm.rank, world)
        yield from (each.provision for act, each in rests if act == violation.event)
    elif denial == "forbidden":
        context = Context(law, world, norm.rank)
        for case in norm.cases:
            kind = case.variable.sort.kind
            act, imagined = imagine(kind, violation.holder, violation.event, context)
            for each in law.lower(norm.rank):
                forbids = each.modality == "forbid"
                if forbids and outcome(partial(governs, each, act, imagined)) is True:
                    yield each.provision
