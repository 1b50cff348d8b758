"""What a law says of one act: the judgements in which two laws may differ."""

from dataclasses import dataclass
from typing import Literal as OneOf

from amparo.core.law import Kind, Law, Norm, NormId

Topic = OneOf["act", "duty", "remedy", "protection", "safeguard", "right", "norm"]
"""What is judged: whether an act is lawful; whether a duty that it triggers is not met; whether a
remedy is open; whether the highest law forbids the act; whether a duty of the highest law that
it triggers is not met; whether the highest law guarantees the act; whether one norm applies."""

IMAGINED: tuple[Topic, ...] = ("remedy", "right")
"""What is judged of an act that is only thought of."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What is judged of acts of ``kind``; ``among`` these norms alone, or, if none, among all.

    ``imagined``: the act is only thought of.
    """

    topic: Topic
    kind: str
    among: tuple[NormId, ...] = ()
    imagined: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """An act of a world; or one thought of, by ``holder`` and against ``act`` if against anything."""

    act: str | None
    holder: str | None = None


def is_remedy(kind: Kind) -> bool:
    """Say whether acts of ``kind`` may be open to somebody against something."""
    remedial = kind.category in ("power act", "private act")
    return remedial and {role for role, _ in kind.roles} == {"by", "against"}


def asked(topic: Topic, law: Law, rank: int, among: tuple[NormId, ...] = ()) -> tuple[Norm, ...]:
    """Return the norms of which ``topic`` asks whether any of them applies: all, or ``among`` some."""
    return tuple(
        each
        for each in law.norms.values()
        if (not among or each.id in among) and _speaks_to(topic, each, lower=each.rank > rank)
    )


def _speaks_to(topic: Topic, norm: Norm, *, lower: bool) -> bool:
    match topic:
        case "act" | "remedy":
            return lower and norm.modality in ("forbid", "permit")
        case "duty":
            return lower and norm.modality == "require"
        case "protection":
            return not lower and norm.modality == "forbid"
        case "safeguard":
            return not lower and norm.modality == "require"
        case "right":
            return not lower and norm.modality == "guarantee"
        case "norm":
            return True
