"""Precedence as a stratified tree: what is decided first, and what each decision turns on.

What prevails over a norm is worked out before any case is known (`precedence`). Norms over which
nothing prevails are of the lowest stratum; every other is one above the highest of those that
prevail over it. So whether norms apply to an act is decided stratum by stratum, each once, with no
way round (Apt, Blair and Walker, "Towards a Theory of Declarative Knowledge", 1988: stratified
negation).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from amparo.core.law import Law, Norm, NormId


@dataclass(frozen=True, slots=True)
class Prevailing:
    """``norm`` prevails on ``ground`` over what stands above it in the tree, unless ``over`` it."""

    norm: NormId
    ground: str
    over: tuple["Prevailing", ...]


def prevailing(law: Law, norm: Norm, rank: int) -> tuple[Prevailing, ...]:
    """Return what prevails over ``norm`` among those of its side, as a protection of ``rank`` sees it.

    Ends, for precedence is acyclic. A norm stands in the tree wherever it counts.
    """
    return tuple(
        Prevailing(each, ground, prevailing(law, law.norms[each], rank))
        for each, ground in norm.defeated_by
        if same_side(law.norms[each], norm, rank)
    )


def same_side(first: Norm, second: Norm, rank: int) -> bool:
    """Say whether both are lower law, or both are not, as a protection of ``rank`` sees it."""
    return (first.rank > rank) == (second.rank > rank)


def yielding(law: Law, norm: Norm) -> tuple[tuple[NormId, str], ...]:
    """Return over which norms ``norm`` prevails, and on which ground, in the order of the text."""
    return tuple(
        (other.id, ground)
        for other in law.norms.values()
        for each, ground in other.defeated_by
        if each == norm.id
    )


def strata(law: Law, rank: int) -> Mapping[NormId, int]:
    """Return the stratum of every norm, from 0, as a protection of ``rank`` sees the law."""
    found: dict[NormId, int] = {}

    def stratum(norm: Norm) -> int:
        if norm.id not in found:
            stronger = (law.norms[each] for each, _ in norm.defeated_by)
            found[norm.id] = 1 + max(
                (stratum(each) for each in stronger if same_side(each, norm, rank)), default=-1
            )
        return found[norm.id]

    for norm in law.norms.values():
        stratum(norm)
    return {each: found[each] for each in law.norms}
