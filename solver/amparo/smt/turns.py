"""On what a norm turns: facts, definitions, counting norms, states, other norms.

Used to leave out of a question what cannot differ in it: a norm that turns on nothing that was
changed is obeyed after the change exactly if it was before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
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
    IsA,
    Not,
    OpenTo,
    Or,
    Read,
    Truth,
    Variable,
)
from amparo.core.law import Law, Norm
from amparo.smt.norms import Scope
from amparo.text import Span

KIND = "kind "
"""What the name of a kind among the things that a norm turns on begins with."""


@dataclass(slots=True)
class Turns:
    """Answers for one law, as a protection of ``rank`` sees it; remembers what it found."""

    law: Law
    rank: int
    _found: dict[str, frozenset[str]] = field(default_factory=dict)

    def norm(self, norm: Norm) -> frozenset[str]:
        """Return the names of all that decides whether ``norm`` applies or is kept."""
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
            found = self._all(conditions).union(*map(self.norm, stronger))
            self._found[key] = found | {key, "transitions"}
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
                yield f"definition {definition}"
                yield from self._once(f"definition {definition}", parts)
            case Counted(rule):
                yield f"count {rule}"
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
            case Exists(variable, body) | ForAll(variable, body):
                yield KIND + variable.sort.kind
                yield from self._facts(body)
            case Truth() | Compare() | IsA() | Before() | Read():
                pass

    def _once(self, key: str, conditions: list[Condition]) -> frozenset[str]:
        if key not in self._found:
            self._found[key] = frozenset()
            self._found[key] = self._all(conditions)
        return self._found[key]


def turning(law: Law, rank: int, names: frozenset[str]) -> Scope:
    """Return the part of compliance with the lower law that turns on any of ``names``."""
    return _scope(law, law, rank, names)


def differing(law: Law, base: Law, rank: int) -> Scope:
    """Return the part of compliance with the lower law in which two laws may differ."""
    return _scope(law, base, rank, _changed(law, base))


def _scope(law: Law, base: Law, rank: int, names: frozenset[str]) -> Scope:
    turns = (Turns(law, rank), Turns(base, rank))
    compatible = law.vocabulary.compatible

    def concerned(norm: Norm) -> bool:
        return any(
            not each.norm(norm).isdisjoint(names) for each in turns if norm.id in each.law.norms
        )

    # An act may lose its basis, or get its first: the permits of both laws count.
    kinds = {
        case.variable.sort.kind
        for each in turns
        for norm in each.law.lower(rank)
        if norm.modality == "permit" and concerned(norm)
        for case in norm.cases
    }
    return Scope(concerned, lambda kind: any(compatible(kind, each) for each in kinds))


def supporting(law: Law, base: Law, protection: Norm, scope: Scope) -> Scope:
    """Return the part of ``scope`` on which acts that ``protection`` speaks of may rest."""
    compatible, rank = law.vocabulary.compatible, protection.rank
    kinds = {case.variable.sort.kind for case in protection.cases}
    near = partial(_near, compatible, kinds)
    size = -1
    while size < len(kinds):
        size = len(kinds)
        for turns in (Turns(law, rank), Turns(base, rank)):
            for norm in turns.law.lower(rank):
                if any(near(case.variable.sort.kind) for case in norm.cases):
                    found = (name for name in turns.norm(norm) if name.startswith(KIND))
                    kinds.update(name.removeprefix(KIND) for name in found)
    return Scope(
        lambda norm: scope.norm(norm) and any(near(c.variable.sort.kind) for c in norm.cases),
        lambda kind: scope.basis(kind) and near(kind),
    )


def _near(compatible: Callable[[str, str], bool], kinds: set[str], kind: str) -> bool:
    return any(compatible(kind, each) for each in kinds)


def _changed(law: Law, base: Law) -> frozenset[str]:
    """Return the names of the norms, definitions and counting norms that differ in two laws.

    Those are the same whose every part stands in the same place of the same text, with the same
    period and rank: the same vocabulary gives the same words the same meaning.
    """
    now, before = _texts(law), _texts(base)
    return frozenset(name for name in {**now, **before} if now.get(name) != before.get(name))


def _texts(law: Law) -> dict[str, object]:
    found: dict[str, object] = {}
    for norm in law.norms.values():
        parts = tuple(_places(norm))
        found[f"norm {norm.id}"] = norm.period, norm.rank, norm.modality, norm.defeated_by, parts
    for count in law.counts.values():
        found[f"count {count.id}"] = count.period, count.rank, tuple(_places(count))
    for name, clauses in law.definitions.items():
        periods = [each.period for each in clauses]
        found[f"definition {name}"] = periods, [tuple(_places(each)) for each in clauses]
    found["transitions"] = [(each.period, tuple(_places(each))) for each in law.transitions]
    return found


def _places(part: object) -> Iterator[object]:
    """Yield where every part of a norm stands, and the plain words in it but names of variables."""
    if isinstance(part, tuple):
        for each in part:
            yield from _places(each)
    elif isinstance(part, Variable):
        yield part.sort
    elif isinstance(part, Span) or not is_dataclass(part):
        yield part
    else:
        for each in fields(part):
            yield from _places(getattr(part, each.name))
