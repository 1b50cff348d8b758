"""On what a norm turns: facts, definitions, counting norms, states, other norms.

Used to leave out of a question what cannot differ in it: a norm that turns on nothing that was
changed is obeyed after the change exactly if it was before.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import product

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
from amparo.core.law import Clause, Count, Law, Norm, Vocabulary
from amparo.core.reliance import Reliance, same_words, texts
from amparo.smt.norms import Scope

KIND = "kind "
"""What the name of a kind among the things that a norm turns on begins with."""
NORM, DEFINITION, COUNT, TRANSITIONS = "norm ", "definition ", "count ", "transitions"


@dataclass(slots=True)
class Turns:
    """Answers for one law, as a protection of ``rank`` sees it; remembers what it found.

    What one name turns on is looked up by itself and followed to the end, so that a way round (a
    remedy whose basis asks whether another is open) hides nothing.
    """

    law: Law
    rank: int
    _found: dict[str, frozenset[str]] = field(default_factory=dict)
    _next: dict[str, frozenset[str]] = field(default_factory=dict)

    def norm(self, norm: Norm) -> frozenset[str]:
        """Return the names of all that decides whether ``norm`` applies or is kept."""
        return self._reached(f"{NORM}{norm.id}")

    def part(self, part: Clause | Count) -> frozenset[str]:
        """Return the names of all that decides whether a definition or counting norm covers a case."""
        match part:
            case Clause():
                return self._reached(f"{DEFINITION}{part.definition}")
            case Count():
                return self._reached(f"{COUNT}{part.id}")

    def _reached(self, start: str) -> frozenset[str]:
        if start not in self._found:
            reached, ahead = {start}, [start]
            while ahead:
                name = ahead.pop()
                if name not in self._next:
                    self._next[name] = self._directly(name)
                new = self._next[name] - reached
                reached |= new
                ahead += sorted(new)
            self._found[start] = frozenset(reached)
        return self._found[start]

    def _directly(self, name: str) -> frozenset[str]:
        law, names = self.law, set[str]()
        if name.startswith(NORM):
            norm = law.norms[name.removeprefix(NORM)]
            conditions = [case.condition for case in norm.cases]
            conditions += [each.condition for case in norm.cases for each in case.exceptions]
            conditions += [each.condition for each in norm.obligations]
            lower = norm.rank > self.rank
            rivals = (law.norms[each] for each, _ in norm.defeated_by)
            names |= {NORM + each.id for each in rivals if (each.rank > self.rank) == lower}
            names.add(TRANSITIONS)
        elif name.startswith(DEFINITION):
            clauses = law.definitions.get(name.removeprefix(DEFINITION), ())
            conditions = [each.condition for each in clauses]
            conditions += [each.condition for clause in clauses for each in clause.exceptions]
        elif name.startswith(COUNT):
            conditions = [law.counts[name.removeprefix(COUNT)].condition]
            names.add(TRANSITIONS)
        elif name == TRANSITIONS:
            conditions = [each.condition for each in law.transitions]
        elif name in law.vocabulary.facts:
            declared = law.vocabulary.facts[name]
            conditions = [each.condition for each in (*declared.begins, *declared.ends)]
        else:
            conditions = []
        return frozenset(names.union(*map(self._named, conditions)))

    def _named(self, condition: Condition) -> Iterator[str]:
        match condition:
            case Holds(fact):
                yield fact
            case Defined(definition):
                yield DEFINITION + definition
            case Counted(rule):
                yield COUNT + rule
            case OpenTo():
                for norm in self.law.norms.values():
                    if norm.modality in ("permit", "forbid"):
                        yield NORM + norm.id
            case Not(operand):
                yield from self._named(operand)
            case And(operands) | Or(operands):
                for each in operands:
                    yield from self._named(each)
            case Exists(variable, body) | ForAll(variable, body):
                yield KIND + variable.sort.kind
                yield from self._named(body)
            case Truth() | Compare() | IsA() | Before() | Read():
                pass


def turning(law: Law, rank: int, names: frozenset[str]) -> Scope:
    """Return the part of compliance with the lower law that turns on any of ``names``."""
    turns = Turns(law, rank)
    return _scope((law,), rank, lambda norm: not turns.norm(norm).isdisjoint(names))


def differing(law: Law, base: Law, rank: int) -> Scope:
    """Return the part of compliance with the lower law in which two laws may differ."""
    changed = _changed(law, base)
    if same_words(law, base):
        several = [Turns(each, rank) for each in (law, base)]

        def concerned(norm: Norm) -> bool:
            known = (each.norm(norm) for each in several if norm.id in each.law.norms)
            return any(not each.isdisjoint(changed) for each in known)
    else:
        reliances = [Reliance(each) for each in (law, base)]

        def concerned(norm: Norm) -> bool:
            known = (each.of(NORM + norm.id) for each in reliances if norm.id in each.law.norms)
            return any(not each.isdisjoint(changed) for each in known)

    return _scope((law, base), rank, concerned)


def _scope(laws: Iterable[Law], rank: int, concerned: Callable[[Norm], bool]) -> Scope:
    # An act may lose its basis, or get its first: the permits of both laws count.
    kinds = {
        case.variable.sort.kind
        for each in laws
        for norm in each.lower(rank)
        if norm.modality == "permit" and concerned(norm)
        for case in norm.cases
    }
    return Scope(concerned, frozenset(kinds))


def supporting(law: Law, base: Law, protection: Norm, scope: Scope) -> Scope:
    """Return the part of ``scope`` on which acts that ``protection`` speaks of may rest."""
    compatible, rank = law.vocabulary.compatible, protection.rank
    kinds = {case.variable.sort.kind for case in protection.cases}
    # What an act is done under is named by a role, and not looked for. Of acts that are looked for
    # the roles mostly lead back to it.
    ahead = [*kinds]
    while ahead:
        new = set(_acts_in_roles(law.vocabulary, ahead.pop())) - kinds
        kinds |= new
        ahead += sorted(new)
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
        frozenset(
            _narrower(law.vocabulary, asked, kind)
            for asked, kind in product(scope.basis, kinds)
            if compatible(asked, kind)
        ),
    )


def _acts_in_roles(vocabulary: Vocabulary, kind: str) -> Iterator[str]:
    for _, sort in vocabulary.kinds[kind].roles:
        if isinstance(sort, Individual) and vocabulary.kinds[sort.kind].category != "thing":
            yield sort.kind


def _narrower(vocabulary: Vocabulary, first: str, second: str) -> str:
    """Return which of two kinds includes less; where neither includes the other, ``first``."""
    return second if first in vocabulary.lineage(second) else first


def _near(compatible: Callable[[str, str], bool], kinds: set[str], kind: str) -> bool:
    return any(compatible(kind, each) for each in kinds)


def _changed(law: Law, base: Law) -> frozenset[str]:
    """Return the names of what two laws do not both say, wherever it stands in their files."""
    now, before = texts(law), texts(base)
    return frozenset(name for name in {**now, **before} if now.get(name) != before.get(name))
