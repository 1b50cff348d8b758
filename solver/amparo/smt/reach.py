"""What a question about one protection can turn on at all, and what a law says of that.

Two laws that say the same of it give the protection the same verdict.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from amparo.core.condition import (
    And,
    Before,
    Compare,
    Condition,
    Counted,
    Defined,
    Exists,
    ForAll,
    Holds,
    Individual,
    IsA,
    Not,
    OpenTo,
    Or,
    Read,
    Truth,
)
from amparo.core.law import Law, Norm, NormId
from amparo.core.reliance import texts

Said = frozenset[tuple[str, Hashable]]
"""What a law says within a reach: the text of each name in it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What is looked into: lower norms than ``rank`` on acts of ``kinds``, and those ``names``."""

    rank: int
    kinds: frozenset[str]
    names: frozenset[str]

    def says(self, law: Law) -> Said:
        """Return what ``law`` says within the reach."""
        written = texts(law)
        norms = (f"norm {each.id}" for each in law.norms.values() if self.concerns(each))
        return frozenset(
            (name, written[name])
            for name in {"transitions", *norms, *self.names}
            if name in written
        )

    def concerns(self, norm: Norm) -> bool:
        """Say whether ``norm`` is a lower norm on events that a case may need."""
        lower = norm.rank > self.rank
        return lower and any(case.variable.sort.kind in self.kinds for case in norm.cases)


def reach(laws: Iterable[Law], protection: NormId) -> Reach:
    """Return what the question can turn on in any of ``laws``, which have one vocabulary.

    An event of another kind fills no role, is quantified over in no condition and triggers no duty
    within the reach. So every case is as good without it, and whatever is said of it is obeyed. Of
    the norms on the side of the protection only those count that prevail over it.
    """
    several = tuple(laws)
    asked = [law.norms[protection] for law in several if protection in law.norms]
    claimed = any(each.modality == "guarantee" for each in asked)
    tracing = _Tracing(several, min(each.rank for each in asked), claimed)
    for norm in asked:
        for case in norm.cases:
            tracing.kind(case.variable.sort.kind)
        tracing.norm(norm)
    for law in several:
        for transition in law.transitions:
            tracing.condition(transition.condition)
    return Reach(tracing.rank, frozenset(tracing.spoken), frozenset(tracing.names))


@dataclass(slots=True)
class _Tracing:
    laws: tuple[Law, ...]
    rank: int
    claimed: bool
    """Whether a right is asked about: what its holder can do rests on what others then owe."""
    kinds: set[str] = field(default_factory=set)
    spoken: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    _norms: set[int] = field(default_factory=set)
    _states: set[str] = field(default_factory=set)
    _speaking: dict[str, list[Norm]] = field(default_factory=dict)
    """Lower norms by the kinds of acts that they speak of."""

    def norm(self, norm: Norm) -> None:
        if id(norm) in self._norms:
            return
        self._norms.add(id(norm))
        if norm.rank <= self.rank:
            self.names.add(f"norm {norm.id}")
            for law in self.laws:
                for stronger, _ in norm.defeated_by:
                    if stronger in law.norms and law.norms[stronger].rank <= self.rank:
                        self.norm(law.norms[stronger])
        for case in norm.cases:
            self.condition(case.condition)
            for exception in case.exceptions:
                self.condition(exception.condition)
        if self.claimed and norm.obligations:
            for case in norm.cases:
                self.kind(case.variable.sort.kind)
        for due in norm.obligations:
            self.kind(due.variable.sort.kind)
            self.condition(due.condition)

    def kind(self, kind: str) -> None:
        """Take in that a case may need events of ``kind``: what fills their roles, and their norms.

        Such an event may be of any kind that goes with this one, and is then what its ancestors are.
        """
        vocabulary = self.laws[0].vocabulary
        declared = vocabulary.kinds.get(kind)
        if declared is None or kind in self.kinds or declared.category == "thing":
            return
        self.kinds.add(kind)
        for _, sort in declared.roles:
            if isinstance(sort, Individual):
                self.kind(sort.kind)
        ancestors = vocabulary.lineage(kind)
        for each in vocabulary.kinds:
            if not vocabulary.compatible(kind, each):
                continue
            if each not in ancestors:
                self.kind(each)
            if each not in self.spoken:
                self.spoken.add(each)
                for norm in self._speaking_of(each):
                    self.norm(norm)

    def _speaking_of(self, kind: str) -> Iterable[Norm]:
        if not self._speaking:
            for norm in (each for law in self.laws for each in law.lower(self.rank)):
                spoken = [case.variable.sort.kind for case in norm.cases]
                if self.claimed:
                    spoken += [due.variable.sort.kind for due in norm.obligations]
                for each in dict.fromkeys(spoken):
                    self._speaking.setdefault(each, []).append(norm)
        return self._speaking.get(kind, ())

    def condition(self, condition: Condition) -> None:
        match condition:
            case Holds(fact):
                declared = self.laws[0].vocabulary.facts.get(fact)
                if declared is None or fact in self._states:
                    return
                self._states.add(fact)
                for opening in (*declared.begins, *declared.ends):
                    self.kind(opening.variable.sort.kind)
                    self.condition(opening.condition)
            case Defined(definition):
                self._once(f"definition {definition}", partial(_meanings, definition))
            case Counted(rule):
                self._once(f"count {rule}", partial(_counting, rule))
            case OpenTo(kind):
                self.kind(kind)
            case Not(operand):
                self.condition(operand)
            case And(operands) | Or(operands):
                for each in operands:
                    self.condition(each)
            case Exists(variable, body) | ForAll(variable, body):
                self.kind(variable.sort.kind)
                self.condition(body)
            case Truth() | Compare() | IsA() | Before() | Read():
                pass

    def _once(self, name: str, conditions: "partial[Iterator[Condition]]") -> None:
        if name not in self.names:
            self.names.add(name)
            for law in self.laws:
                for each in conditions(law):
                    self.condition(each)


def _meanings(definition: str, law: Law) -> Iterator[Condition]:
    for clause in law.definitions.get(definition, ()):
        yield clause.condition
        yield from (each.condition for each in clause.exceptions)


def _counting(rule: NormId, law: Law) -> Iterator[Condition]:
    if rule in law.counts:
        yield law.counts[rule].condition
