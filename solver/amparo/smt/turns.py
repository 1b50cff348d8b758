"""On which facts a norm turns, through definitions, counting norms, states and remedies.

Used to leave out of a question what cannot differ in it: a norm that turns on none of the facts
whose truth is changed is obeyed after the change exactly if it was before.
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


@dataclass(slots=True)
class Turns:
    """Answers for one law, as a protection of ``rank`` sees it; remembers what it found."""

    law: Law
    rank: int
    _found: dict[str, frozenset[str]] = field(default_factory=dict)

    def norm(self, norm: Norm) -> frozenset[str]:
        """Return the facts that decide whether ``norm`` applies or is kept."""
        key = f"norm {norm.id}"
        if key not in self._found:
            self._found[key] = frozenset()
            conditions = [case.condition for case in norm.cases]
            conditions += [each.condition for case in norm.cases for each in case.exceptions]
            conditions += [each.condition for each in norm.obligations]
            conditions += [each.condition for each in self.law.transitions]
            lower = norm.rank > self.rank
            rivals = (self.law.norms[each] for each, _ in norm.defeated_by)
            stronger = [each for each in rivals if (each.rank > self.rank) == lower]
            self._found[key] = self._all(conditions).union(*map(self.norm, stronger))
        return self._found[key]

    def _all(self, conditions: list[Condition]) -> frozenset[str]:
        return frozenset(fact for each in conditions for fact in self._facts(each))

    def _facts(self, condition: Condition) -> Iterator[str]:
        match condition:
            case Holds(fact):
                yield fact
                declared = self.law.vocabulary.facts[fact]
                openings = (*declared.begins, *declared.ends)
                yield from self._once(f"state {fact}", [each.condition for each in openings])
            case Defined(definition):
                clauses = self.law.definitions.get(definition, ())
                parts = [each.condition for each in clauses]
                parts += [each.condition for clause in clauses for each in clause.exceptions]
                yield from self._once(f"definition {definition}", parts)
            case Counted(rule):
                yield from self._once(f"count {rule}", [self.law.counts[rule].condition])
            case OpenTo():
                for norm in self.law.norms.values():
                    if norm.modality in ("permit", "forbid"):
                        yield from self.norm(norm)
            case Not(operand):
                yield from self._facts(operand)
            case And(operands) | Or(operands):
                for each in operands:
                    yield from self._facts(each)
            case Exists(_, body) | ForAll(_, body):
                yield from self._facts(body)
            case Truth() | Compare() | IsA() | Before() | Read():
                pass

    def _once(self, key: str, conditions: list[Condition]) -> frozenset[str]:
        if key not in self._found:
            self._found[key] = frozenset()
            self._found[key] = self._all(conditions)
        return self._found[key]
