"""What the engine answers: one finding per question, as data."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from amparo.core.law import NormId, Period, Provision
from amparo.core.world import World
from amparo.text import NOWHERE, Span
from amparo.verify.rules import RULES, Level, Rule

if TYPE_CHECKING:
    from amparo.core.case import Waiver  # every start of the program would wait for it

Verdict = OneOf["holds", "violated", "holds-if-read-so", "depends", "unknown"]
Status = OneOf["introduced", "pre-existing", "cured", "unchanged"]


@dataclass(frozen=True, slots=True)
class Cause:
    """An instruction of a bill, by its ordinal (from 1) in the bill."""

    bill: str
    instruction: int
    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Alteration:
    """What says something else than in the base version: a provision by its citation, or a word.

    ``span`` is where it differs; of what is gone, a place near to where it was.
    """

    what: str
    manner: OneOf["new", "changed", "gone"]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Way:
    """One more distinct way of going wrong: another set of norms that lets it happen."""

    world: World
    norms: tuple[NormId, ...]
    story: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer under one choice of readings (reading to option; empty when none matters)."""

    readings: Mapping[str, str]
    verdict: OneOf["holds", "violated", "depends", "unknown"]
    relies_on: tuple[NormId, ...] = ()
    """For ``holds``: a minimal set of norms whose words prove it, whatever the others say.

    Where the answer is that nothing can be done: the norms that leave nothing.
    """
    world: World | None = None
    """For ``violated`` and ``depends``: a small case, replayed. For ``holds``: a lawful instance."""
    story: tuple[str, ...] = ()
    note: str = ""
    """For ``unknown``: the limit that was hit or the construct that could not be decided."""
    turns_on: tuple[str, ...] = ()
    """For ``depends``: the open facts that decide."""
    others: tuple[Way, ...] = ()
    """For ``violated``: a case for every other distinct way, where they were looked for."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time over which the answer is one and the same; ``outcomes`` are its first.

    Where the provision is not in force there is no norm and no verdict.
    """

    period: Period
    norm: NormId | None = None
    verdict: Verdict | None = None
    status: Status = "unchanged"
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second solver says of ``proofs`` scripts: that so many are ``confirmed``.

    Of the others it does not say within its effort whether they are unsatisfiable.
    """

    solver: str
    proofs: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question about one provision."""

    rule: Rule
    provision: Provision
    norm: NormId
    verdict: Verdict
    outcomes: tuple[Outcome, ...]
    """One per choice of the readings that matter; the first is the one that decides the verdict."""
    act: str | None = None
    """The kind of act as far as which it is about; None: all of which the norm speaks."""
    beside: tuple[NormId, ...] = ()
    """The other norms that it takes: the far side of a conflict, the rest of a chain."""
    status: Status = "unchanged"
    base_verdict: Verdict | None = None
    causes: tuple[tuple[Cause, ...], ...] = ()
    """Every part of the bills that contains all instructions of one of these brings it.

    Each is minimal: with one instruction fewer, some part that contains the others does not.
    """
    adoptable: tuple[Cause, ...] | None = None
    """The largest part of the bills that does not bring it; None where it was not looked for."""
    altered: tuple[Alteration, ...] = ()
    """What of the changes since a base version brings it, where it is new."""
    cure: tuple[str, ...] = ()
    """Instructions to paste, each of which cures it, the best first."""
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    segments: tuple[Stretch, ...] = ()
    """The answer over time, where it was asked for, in order; then the finding is that of the worst."""
    waived: "Waiver | None" = None
    """What keeps it quiet, visibly: it bears on no verdict."""
    proofs: tuple[str, ...] | None = field(default=None, compare=False, repr=False)
    """The scripts, found unsatisfiable, on which it rests; None where they are not collected."""
    opinion: Opinion | None = None
    """Of a second solver, where it was asked."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def cause(self) -> tuple[Cause, ...]:
        """Every instruction of any of the causes, in the order of the bills."""
        found = dict.fromkeys(each for cause in self.causes for each in cause)
        return tuple(sorted(found, key=lambda each: (each.bill, each.instruction)))

    @property
    def level(self) -> Level:
        """How much its rule weighs."""
        return RULES[self.rule].level

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
    adoptable: tuple[Cause, ...] | None = None
    """The largest part of the bills that makes no protection worse.

    None: not looked for, or it brings something else that is wrong.
    """
    opinion: Opinion | None = None
    """Of a second solver, where it was asked: of all proofs on which the findings rest."""
    turn: datetime.date | None = None
    """The day about which alone, just before it and from it on, it was asked over time; None: all."""
    against: str = ""
    """The base version that everything is compared with; empty: the law without the bills, if any."""

    @property
    def compares(self) -> bool:
        """Say whether every finding says how it stands to another law."""
        return bool(self.bills or self.against)
