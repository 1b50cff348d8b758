"""What the engine answers: one finding per question, as data."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf

from amparo.core.law import NormId, Provision
from amparo.core.world import World
from amparo.text import NOWHERE, Span

Verdict = OneOf["holds", "violated", "holds-if-read-so", "depends", "unknown"]
Status = OneOf["introduced", "pre-existing", "cured", "unchanged"]
Rule = OneOf["licensed-violation", "missing-safeguard", "right-without-remedy"]


@dataclass(frozen=True, slots=True)
class Cause:
    """An instruction of a bill, by its ordinal (from 1) in the bill."""

    bill: str
    instruction: int
    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer under one choice of readings (reading to option; empty when none matters)."""

    readings: Mapping[str, str]
    verdict: OneOf["holds", "violated", "depends", "unknown"]
    relies_on: tuple[NormId, ...] = ()
    """For ``holds``: a minimal set of norms whose words prove it, whatever the others say."""
    world: World | None = None
    """For ``violated`` and ``depends``: a small case, replayed. For ``holds``: a lawful instance."""
    story: tuple[str, ...] = ()
    note: str = ""
    """For ``unknown``: the limit that was hit or the construct that could not be decided."""
    turns_on: tuple[str, ...] = ()
    """For ``depends``: the open facts that decide."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question of one protection."""

    rule: Rule
    protection: Provision
    norm: NormId
    verdict: Verdict
    outcomes: tuple[Outcome, ...]
    """One per choice of the readings that matter; the first is the one that decides the verdict."""
    status: Status = "unchanged"
    base_verdict: Verdict | None = None
    cause: tuple[Cause, ...] = ()
    cure: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def outcome(self) -> Outcome:
        """The outcome that decides the verdict."""
        return self.outcomes[0]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one run found. ``notes`` are remarks, such as a later bill that no longer fits."""

    body: str
    findings: tuple[Finding, ...]
    bills: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    notes: tuple[str, ...] = ()
