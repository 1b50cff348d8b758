"""Which norms may limit a guarantee: of what rank, and for what aim, the guarantee itself says."""

from typing import Literal as OneOf

from amparo.core.law import Norm

Fault = OneOf["rank", "aim"]


def may_limit(limit: Norm, guarantee: Norm) -> bool:
    """Say whether ``guarantee`` lets ``limit`` forbid what it guarantees."""
    return guarantee.limited_by is not None and not faults(limit, guarantee)


def faults(limit: Norm, guarantee: Norm) -> tuple[Fault, ...]:
    """Return what keeps ``limit`` from limiting a ``guarantee`` that says who may limit it.

    Its rank is lower than the one named; or aims are named, and it states none of them. Whether
    it is necessary for its aim is no question to its text.
    """
    allowed = guarantee.limited_by
    if allowed is None:
        return ()
    found: list[Fault] = []
    if limit.rank > allowed.rank:
        found.append("rank")
    if allowed.aims and not set(allowed.aims) & set(limit.provenance.aims):
        found.append("aim")
    return tuple(found)
