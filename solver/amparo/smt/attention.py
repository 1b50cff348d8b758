"""Whether more or fewer individuals can turn what was obeyed into a breach.

Only that direction counts: one act more may lift a prohibition that asks for it, and never breaks
one. So what a plan adds is looked for under the quantifiers that may turn against it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

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
    IsA,
    Not,
    OpenTo,
    Or,
    Read,
    Truth,
)
from amparo.core.law import Law, Norm
from amparo.smt.obey import BASIS, Demand
from amparo.smt.turns import Turns


@dataclass(frozen=True, slots=True)
class Touched:
    """The kinds of those whom plans add, each in full, and of those whom they leave out."""

    added: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()

    def __or__(self, other: "Touched") -> "Touched":
        """Return both together."""
        return Touched(self.added | other.added, self.dropped | other.dropped)


@dataclass(frozen=True, slots=True)
class Attention:
    """What the demands of a law look at, besides the act that they judge."""

    law: Law
    turns: Turns
    _found: dict[tuple[Demand, bool], frozenset[str]] = field(default_factory=dict)

    def heeds(self, demand: Demand, touched: Touched) -> bool:
        """Say whether what was ``touched`` may breach ``demand`` by an act that is not of it."""
        return self._meets(demand, True, touched.added) or self._meets(
            demand, False, touched.dropped
        )

    def _meets(self, demand: Demand, more: bool, kinds: frozenset[str]) -> bool:
        if not kinds:
            return False
        if (demand, more) not in self._found:
            self._found[demand, more] = frozenset(self._breaching(demand, more))
        words, mine = self.law.vocabulary, self._found[demand, more]
        if more:
            # Whoever is added is of no narrower kind than is said.
            return any(not mine.isdisjoint(words.lineage(each)) for each in kinds)
        return any(words.compatible(one, each) for one in mine for each in kinds)

    def is_open(self, demand: Demand) -> bool:
        """Say whether ``demand`` may turn on an open fact."""
        facts = self.law.vocabulary.facts
        return any(
            name in facts and facts[name].category == "open"
            for each in self._norms(demand)
            for name in self.turns.norm(each)
        )

    def _norms(self, demand: Demand) -> list[Norm]:
        """Return the norm that makes ``demand``; of a basis, the permissions."""
        if not demand.startswith(BASIS):
            return [self.law.norms[demand]]
        kind, compatible = demand.removeprefix(BASIS), self.law.vocabulary.compatible
        return [
            each
            for each in self.law.lower(0)
            if each.modality == "permit"
            and any(compatible(kind, case.variable.sort.kind) for case in each.cases)
        ]

    # -- which quantifiers may turn -----------------------------------------------------------

    def _breaching(self, demand: Demand, more: bool) -> Iterator[str]:
        """Yield the kinds of which ``more`` (or fewer) individuals may breach ``demand``."""
        lifted = demand.startswith(BASIS)
        for norm in self._norms(demand):
            yield from self._applying(norm, not lifted, more)
            for each in norm.obligations:
                if not more:
                    yield each.variable.sort.kind
                yield from self._turning(each.condition, False, more, frozenset())

    def _applying(self, norm: Norm, so: bool, more: bool) -> Iterator[str]:
        """Yield the kinds of which more may make ``norm`` apply (``so``), or cease to."""
        for each in self.law.transitions:
            yield from self._either(each.condition, more, frozenset())
        for case in norm.cases:
            yield from self._turning(case.condition, so, more, frozenset())
            for exception in case.exceptions:
                yield from self._turning(exception.condition, not so, more, frozenset())
        rank = self.turns.rank
        for stronger, _ in norm.defeated_by:
            other = self.law.norms[stronger]
            if (other.rank > rank) == (norm.rank > rank):
                yield from self._applying(other, not so, more)

    def _either(self, condition: Condition, more: bool, within: frozenset[str]) -> Iterator[str]:
        yield from self._turning(condition, True, more, within)
        yield from self._turning(condition, False, more, within)

    def _turning(
        self, condition: Condition, so: bool, more: bool, within: frozenset[str]
    ) -> Iterator[str]:
        """Yield the kinds of which more, or fewer, may make ``condition`` true (``so``) or false.

        ``within`` are the states and remedies that are being looked into.
        """
        match condition:
            case Not(operand):
                yield from self._turning(operand, not so, more, within)
            case And(operands) | Or(operands):
                for each in operands:
                    yield from self._turning(each, so, more, within)
            case Exists(variable, body):
                if so is more:
                    yield variable.sort.kind
                yield from self._turning(body, so, more, within)
            case ForAll(variable, body):
                if so is not more:
                    yield variable.sort.kind
                yield from self._turning(body, so, more, within)
            case Holds(fact):
                declared = self.law.vocabulary.facts[fact]
                if fact not in within:
                    for opening in (*declared.begins, *declared.ends):
                        yield opening.variable.sort.kind
                        yield from self._either(opening.condition, more, within | {fact})
            case Defined(definition):
                for clause in self.law.definitions.get(definition, ()):
                    yield from self._turning(clause.condition, so, more, within)
                    for exception in clause.exceptions:
                        yield from self._turning(exception.condition, not so, more, within)
            case Counted(rule):
                yield from self._turning(self.law.counts[rule].condition, so, more, within)
            case OpenTo(kind):
                if kind not in within:
                    inner, compatible = within | {kind}, self.law.vocabulary.compatible
                    for norm in self.law.norms.values():
                        for case in norm.cases:
                            if not compatible(kind, case.variable.sort.kind):
                                continue
                            yield from self._either(case.condition, more, inner)
                            for exception in case.exceptions:
                                yield from self._either(exception.condition, more, inner)
            case Truth() | Compare() | IsA() | Before() | Read():
                pass
