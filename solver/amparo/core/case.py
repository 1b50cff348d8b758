"""What is said beside the law, as checked: scenarios, questions, decisions of courts, waivers."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from amparo.core.condition import Condition
from amparo.core.law import Evidence, Provision
from amparo.core.world import World
from amparo.text import NOWHERE, Span

if TYPE_CHECKING:
    from amparo.syntax.tree import Holding  # every start of the program would wait for the tree


@dataclass(frozen=True, slots=True)
class ExpectAct:
    """The event called ``event`` comes out so, by a norm at ``by`` (None: by any)."""

    event: str
    outcome: OneOf["forbidden", "permitted", "lawful", "unlawful"]
    by: Provision | None = None
    negated: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectDuty:
    """A duty at ``duty`` comes out so, for the event ``trigger`` (None: for any)."""

    duty: Provision
    outcome: OneOf["met", "breached", "pending"]
    trigger: str | None = None
    negated: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectThat:
    """``condition`` holds at the closing date; individuals stand in it as variables of their name."""

    condition: Condition
    negated: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectSecured:
    """No protection at ``protection`` is broken while everybody obeys the law below its rank."""

    protection: Provision
    negated: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Expectation = ExpectAct | ExpectDuty | ExpectThat | ExpectSecured
"""What one world decides."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """From here on everybody can obey the law, or (not ``possible``) nobody can, whatever follows.

    ``because_of``: each of the norms that leave no way stands at one of these places, and at each
    place stands one of them; empty: whatever the norms.
    """

    possible: bool
    because_of: tuple[Provision, ...] = ()
    negated: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a court decided; ``decided`` is a year where the day is not known.

    ``about`` are the points on which it stands beside others: the same text joins them.
    ``untranslated`` are sentences of its ground that the language cannot say, and why.
    """

    name: str
    title: str
    court: str
    decided: datetime.date | int
    cites: str
    evidence: Evidence
    facts: str
    held: "Holding"
    because: str
    about: tuple[str, ...] = ()
    untranslated: tuple[tuple[str, str], ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Told = tuple[OneOf["outcome", "ground"], str]
"""What of a decision a scenario or question tells, and the decision's name."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One world, and what the law as amended by ``bills`` must say of it."""

    title: str
    law: str
    bills: tuple[str, ...]
    as_of: datetime.date | None
    readings: Mapping[str, str]
    world: World
    expectations: tuple[Expectation | Prospect, ...]
    decides: Told | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectedOutcome:
    """What must be answered of the protections at ``protection``, as to ``act`` (None: any act).

    ``caused_by`` are bills and the places in the act amended (None: anywhere in the bill).
    """

    protection: Provision
    verdict: OneOf["holds", "violated", "depends", "unknown", "holds if read so"]
    status: OneOf["introduced", "pre-existing", "cured", "unchanged"] | None = None
    caused_by: tuple[tuple[str, Provision | None], ...] = ()
    relying_on: tuple[Provision, ...] = ()
    act: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Claimed = OneOf["never-applies", "no-effect", "conflict", "no-way-to-comply"]


@dataclass(frozen=True, slots=True)
class Claim:
    """Something at ``provision`` is at fault under ``rule``; nothing is, if not ``found``.

    ``other``: the far side of a conflict stands there (None: anywhere).
    """

    provision: Provision
    rule: Claimed
    found: bool
    other: Provision | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What must be answered over all worlds, of the law as amended by ``bills``."""

    title: str
    law: str
    bills: tuple[str, ...]
    as_of: datetime.date | None
    readings: Mapping[str, str]
    outcomes: tuple[ExpectedOutcome | Claim, ...]
    decides: Told | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Waived = OneOf["violated", "depends", "holds-if-read-so"]
"""The verdicts that can be waived. Of `unknown` nothing is known that could be justified."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A known fault that is kept quiet: why, on whose word, and until when (exclusive).

    It is for one finding as it is: of this ``rule``, this version of a norm (that of ``provision``
    in force from ``start``), this kind of ``act`` (None: all of which the norm speaks), with norms
    at these places ``beside``, and of this ``verdict``. With ``bills`` it is for what these bring,
    when they are asked about and no others; without, for what is so without any. ``finding``: the
    identity that it must have, where one is stated.
    """

    rule: str
    provision: Provision
    start: datetime.date | None
    reason: str
    author: str
    until: datetime.date
    verdict: Waived = "violated"
    act: str | None = None
    beside: frozenset[Provision] = frozenset()
    bills: tuple[str, ...] = ()
    finding: str | None = None
    known: bool = field(default=False, compare=False)
    """It stood so in the base version already, where the law is compared with one."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)
