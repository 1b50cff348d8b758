"""The law as checked: every norm with its place, its period, its rank, its exceptions and its ground.

A `Law` covers all time: provisions carry the period in which they are in force, and an act is
judged by those in force on its own date (*tempus regit actum*).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal as OneOf

from amparo.core.condition import Condition, Length, Sort, Value, Variable
from amparo.text import NOWHERE, Span

Evidence = OneOf["read", "summary", "inferred", "unknown"]
Category = OneOf["thing", "event", "private act", "power act", "official act", "general act"]

UNSEEN = "unknown text of "
"""What the names of the open facts begin with that stand for what a text not seen may say.

They end in ``: permits`` and ``: forbids``.
"""

# -- vocabulary ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of individual. ``roles`` of an event include the inherited ones, in order."""

    name: str
    parent: str | None
    category: Category
    roles: tuple[tuple[str, Sort], ...] = ()
    overlaps: frozenset[str] = frozenset()
    reads: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """``kind`` events that satisfy ``condition`` begin (or end) a state.

    ``parameters`` are the state's, free in ``condition`` together with ``variable``.
    """

    variable: Variable
    condition: Condition


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation, open fact, state or attribute over ``parameters``.

    ``sort`` is that of an attribute, None otherwise. ``ordinary`` is a value or a range.
    """

    name: str
    category: OneOf["relation", "open", "state", "attribute"]
    parameters: tuple[Variable, ...]
    sort: Sort | None = None
    reads: str | None = None
    ordinary: tuple[Value, ...] = ()
    begins: tuple[Opening, ...] = ()
    ends: tuple[Opening, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated value. ``values`` are (from, value as in `Constant`), ascending."""

    name: str
    sort: Sort
    values: tuple[tuple[datetime.date, int | Fraction | datetime.date | str], ...]
    reads: str | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days from ``start`` until ``end`` (exclusive); outside, nobody knows."""

    name: str
    start: datetime.date
    end: datetime.date
    resting_weekdays: frozenset[int]
    """Monday is 0."""
    holidays: frozenset[datetime.date]
    working: frozenset[datetime.date]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that admits several readings: (option, ground) in order."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...]
    as_written: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Grave:
    """A case is the graver when the act that breaks the protection is such an event."""

    variable: Variable
    condition: Condition


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every declared word, by name."""

    kinds: Mapping[str, Kind]
    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)
    enumerations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    """What options, currencies and definitions read as."""
    graves: tuple[Grave, ...] = ()
    _lineages: dict[str, tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What was found of kinds, each asked about a great many times."""
    _below: dict[str, tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _compatible: dict[tuple[str, str], bool] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def lineage(self, kind: str) -> tuple[str, ...]:
        """Return ``kind`` and its ancestors, nearest first."""
        if kind not in self._lineages:
            parent = self.kinds[kind].parent
            above = () if parent is None else self.lineage(parent)
            self._lineages[kind] = kind, *above
        return self._lineages[kind]

    def root(self, kind: str) -> str:
        """Return the topmost ancestor of ``kind``."""
        return self.lineage(kind)[-1]

    def below(self, kind: str) -> tuple[str, ...]:
        """Return ``kind``, then every kind under it, in order of declaration."""
        if kind not in self._below:
            under = (each for each in self.kinds if each != kind and kind in self.lineage(each))
            self._below[kind] = kind, *under
        return self._below[kind]

    def compatible(self, first: str, second: str) -> bool:
        """Say whether one individual may be of both kinds."""
        if (first, second) not in self._compatible:
            self._compatible[first, second] = self._overlap(first, second)
        return self._compatible[first, second]

    def _overlap(self, first: str, second: str) -> bool:
        above, other = self.lineage(first), self.lineage(second)
        if first in other or second in above:
            return True
        if above[-1] != other[-1]:
            return False
        mine = [each for each in above if each not in other]
        theirs = [each for each in other if each not in above]
        top, peer = self.kinds[mine[-1]], self.kinds[theirs[-1]]
        return peer.name in top.overlaps or top.name in peer.overlaps


# -- provisions ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Provision:
    """A place in the law. Parts that are not there are empty strings."""

    act: str
    article: str = ""
    paragraph: str = ""
    point: str = ""
    norm: str = ""

    def __str__(self) -> str:
        """Print as a citation in the language: ``enforcement_act article 55 paragraph 8 norm levy``."""
        words = ("article", "paragraph", "point", "norm")
        parts = (self.article, self.paragraph, self.point, self.norm)
        return " ".join([self.act, *(f"{w} {p}" for w, p in zip(words, parts, strict=True) if p)])


@dataclass(frozen=True, slots=True)
class Period:
    """In force from ``start`` (None: always) until ``end`` (exclusive; None: without end)."""

    start: datetime.date | None = None
    end: datetime.date | None = None

    def covers(self, day: datetime.date) -> bool:
        """Say whether ``day`` lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def meets(self, other: "Period") -> bool:
        """Say whether some day lies in both periods."""
        starts = [each for each in (self.start, other.start) if each is not None]
        ends = [each for each in (self.end, other.end) if each is not None]
        return not starts or not ends or max(starts) < min(ends)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a norm rests on. ``title`` is that of its article or act, ``says`` a paraphrase."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)
    cites: str | None = None
    evidence: Evidence | None = None
    says: str | None = None
    aims: tuple[str, ...] = ()
    inserted_by: tuple[str, int] | None = None
    """The bill and the ordinal (from 1) of its instruction that put the norm here."""


@dataclass(frozen=True, slots=True)
class Exception_:  # noqa: N801 - the field's word; the bare one is Python's
    """An exception, with its own ground where a court read it in.

    ``start``: the date of the act from which it has effect; None: as long as the norm itself.
    """

    condition: Condition
    source: "NormId | None" = None
    start: datetime.date | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of act that the norm speaks of: all of one kind, or those counted as a general act.

    ``variable`` is free in ``condition`` and in every exception. ``rules`` are the counting norms
    (already conjoined to ``condition`` as `Counted`).
    """

    variable: Variable
    condition: Condition
    exceptions: tuple[Exception_, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """``duration`` from the trigger (or from the breach before it), or the date ``until``."""

    duration: Length | None = None
    until: Value | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """An event of the variable's kind that satisfies ``condition``, not before the trigger, in time.

    The trigger's variable is free in ``condition`` and in the deadline.
    """

    variable: Variable
    condition: Condition
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Limits:
    """Who may limit a right: norms of this rank or a higher one, for one of ``aims`` if any is named."""

    rank: int
    rank_name: str
    aims: tuple[str, ...] = ()


Modality = OneOf["forbid", "permit", "require", "guarantee"]
Denial = OneOf["forbidden", "no basis"]
"""How the lower law may deny what is guaranteed: it forbids it, or provides no way to it."""
NormId = str
"""Unique within a law: the provision's citation, with ``@start`` where versions follow each other."""


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm. A duty has ``obligations``: the primary, then what is due on each breach.

    ``defeated_by`` are the norms that prevail over this one and say the opposite, with the ground
    (``despite``, ``subject to``, ``special``, ``rank``, ``later``); acyclic. Only those of the
    same side of a question count.
    """

    id: NormId
    provision: Provision
    modality: Modality
    cases: tuple[Case, ...]
    rank: int
    """0 is the highest."""
    period: Period = Period()
    obligations: tuple[Obligation, ...] = ()
    defeated_by: tuple[tuple[NormId, str], ...] = ()
    limited_by: Limits | None = None
    general: str | None = None
    """The general act of which the norm speaks, where it speaks of one."""
    unknown_text: bool = False
    provenance: Provenance = Provenance()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of acts of which it speaks, in the order of the text."""
        return tuple(dict.fromkeys(each.variable.sort.kind for each in self.cases))

    def of_kind(self, kind: str | None) -> "Norm":
        """Return the norm as far as it speaks of acts of ``kind``; of all, if None."""
        if kind is None:
            return self
        return replace(
            self, cases=tuple(each for each in self.cases if each.variable.sort.kind == kind)
        )


@dataclass(frozen=True, slots=True)
class Count:
    """A constitutive norm: acts of the variable's kind that satisfy ``condition`` count as ``general``.

    ``condition`` already leaves out what its exceptions and `never count` norms exclude.
    """

    id: NormId
    provision: Provision
    variable: Variable
    general: str
    condition: Condition
    rank: int
    period: Period = Period()
    provenance: Provenance = Provenance()
    roles: tuple[tuple[str, Value], ...] = ()
    """What fills the roles of the general act."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A norm by which acts of ``kind`` never count as ``general``; some of them, or all.

    The counting norms leave out already what it excludes.
    """

    id: NormId
    provision: Provision
    kind: str
    general: str
    period: Period = Period()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a definition; ``parameters`` are free in ``condition`` and the exceptions.

    What can change in time stands there with ``at`` = `condition.MOMENT`: the moment that the
    definition is asked for.
    """

    id: NormId
    provision: Provision
    definition: str
    parameters: tuple[Variable, ...]
    condition: Condition
    exceptions: tuple[Exception_, ...] = ()
    period: Period = Period()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A norm by which a court reads an exception into others (`Exception_.source`)."""

    id: NormId
    provision: Provision
    target: Provision
    start: datetime.date | None = None
    provenance: Provenance = Provenance()
    period: Period = Period()


@dataclass(frozen=True, slots=True)
class Transition:
    """Acts of the variable's kind that satisfy ``condition`` are judged by the law on ``date``."""

    id: NormId
    provision: Provision
    variable: Variable
    date: Value
    condition: Condition
    period: Period = Period()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A sentence that was not modelled, and where it stands."""

    provision: Provision
    sentence: str
    because: str
    period: Period = Period()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ActInfo:
    """An act: its title, rank, period, and where its text is found."""

    name: str
    title: str
    rank: int
    rank_name: str
    period: Period = Period()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True)
class Move:
    """From ``on``, what stood at ``old`` stands at ``new``: it was given another number or name."""

    old: Provision
    new: Provision
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Law:
    """A body of law, checked. Mappings are in the order of the text."""

    name: str
    vocabulary: Vocabulary
    acts: Mapping[str, ActInfo]
    norms: Mapping[NormId, Norm]
    counts: Mapping[NormId, Count] = field(default_factory=dict)
    definitions: Mapping[str, tuple[Clause, ...]] = field(default_factory=dict)
    transitions: tuple[Transition, ...] = ()
    interpretations: Mapping[NormId, Interpretation] = field(default_factory=dict)
    untranslated: tuple[Untranslated, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    titles: Mapping[Provision, str] = field(default_factory=dict)
    """Titles of articles, and paraphrases of provisions that state them."""
    moves: tuple[Move, ...] = ()
    texts: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `reliance.texts` found, which is asked a great many times."""
    relied: dict[str, frozenset[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What `reliance.Reliance` found that each provision and word turns on directly."""
    _lower: dict[tuple[int, Modality | None], tuple[Norm, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def lower(self, rank: int, modality: Modality | None = None) -> tuple[Norm, ...]:
        """Return the norms that a protection of ``rank`` is held against: those of lower rank.

        All, or those of one modality.
        """
        if (rank, modality) not in self._lower:
            self._lower[rank, modality] = tuple(
                norm
                for norm in self.norms.values()
                if norm.rank > rank and modality in (None, norm.modality)
            )
        return self._lower[rank, modality]

    def protections(self) -> tuple[Norm, ...]:
        """Return the norms of the highest rank that forbid, require or guarantee, as far as seen."""
        return tuple(
            norm
            for norm in self.norms.values()
            if norm.rank == 0 and norm.modality != "permit" and not norm.unknown_text
        )

    def higher(self, rank: int) -> tuple[Norm, ...]:
        """Return the norms of ``rank`` and above."""
        return tuple(norm for norm in self.norms.values() if norm.rank <= rank)
