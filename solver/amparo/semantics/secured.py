"""Whether the lower law secures a protection in one world, and why, in words.

It does not where everybody obeys the lower law and the protection is broken nevertheless.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from amparo.core.law import Law, Norm, Provision
from amparo.core.world import World
from amparo.names.places import covers
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, both, governs, lower, outcome, some
from amparo.semantics.judge import (
    Breach,
    Violation,
    needs_basis,
    obeyed,
    possible_breaches,
    violations,
)


def secured(place: Provision, law: Law, world: World) -> bool:
    """Say whether no protection at ``place`` is broken while everybody obeys the lower law.

    One that is kept, or one breach of the lower law, suffices for it, whatever is open.
    """
    return not some(partial(_licensed, law, world), _protections(place, law))


def why(place: Provision, law: Law, world: World) -> str:
    """Return why the protections at ``place`` are secured, or why they are not."""
    protections = _protections(place, law)
    for norm in protections:
        if outcome(partial(_licensed, law, world, norm)) is True:
            broken = _and(_broken(norm, each) for each in violations(law, world, norm))
            return f"everybody obeys the lower law{_bases(law, world, norm.rank)}, and {broken}"
    return "; ".join(_secured(norm, law, world) for norm in protections)


def _protections(place: Provision, law: Law) -> tuple[Norm, ...]:
    return tuple(norm for norm in law.protections() if covers(place, norm.provision))


def _licensed(law: Law, world: World, norm: Norm) -> bool:
    return both(lambda: bool(violations(law, world, norm)), lambda: obeyed(law, world, norm.rank))


# -- in words ---------------------------------------------------------------------------------


def _bases(law: Law, world: World, rank: int) -> str:
    """Return on what the acts rest that need a basis."""
    context = Context(law, world, rank)
    found = [
        f"`{event}` is permitted by {_and(f'`{norm}`' for norm in _permits(event, context))}"
        for event in sorted(world.events, key=context.moment)
        if needs_basis(event, context)
    ]
    return f" ({_and(found)})" if found else ""


def _permits(event: str, context: Context) -> Iterator[str]:
    for norm in lower(context, "permit"):
        if outcome(partial(governs, norm, event, context)) is True:
            yield norm.id


def _secured(norm: Norm, law: Law, world: World) -> str:
    try:
        if not violations(law, world, norm):
            return f"`{norm.id}` is kept"
    except Unspecified:
        pass
    context = Context(law, world, norm.rank)
    certain = [each for each, is_so in possible_breaches(context) if outcome(is_so) is True]
    return f"the lower law is not obeyed: {_and(map(_breach, certain))}"


def _broken(norm: Norm, violation: Violation) -> str:
    event, holder = violation.event, violation.holder
    match norm.modality:
        case "guarantee":
            against = "" if event is None else f" against `{event}`"
            return f"`{holder}` has no way to use the right of `{norm.id}`{against}"
        case "require":
            return f"the duty `{norm.id}` is not met for `{event}`"
        case _:
            return f"`{event}` breaks `{norm.id}`"


def _breach(breach: Breach) -> str:
    match breach.fault:
        case "forbidden":
            return f"`{breach.norm}` forbids `{breach.event}`"
        case "no basis":
            return f"nothing permits `{breach.event}`"
        case "duty":
            return f"the duty `{breach.norm}` is not met for `{breach.event}`"


def _and(words: Iterable[str]) -> str:
    return " and ".join(words)
