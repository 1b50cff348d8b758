"""Which acts of authority a measure is made to rest on, and the law with only some of them counted.

An act of authority *authorises* a measure where a norm of the lower law lets the measure pass
because of it: a permission applies only if there is such an act, or a prohibition excepts it. It
must be about the measure: one of its roles names the measure, or somebody or something that the
measure is about. An act about something else, such as the title on which a measure rests, is a
condition of the measure and authorises nothing; nor does an earlier act of the measure's own family
(the sale before the eviction), which is a step of the same road.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace

from amparo.core.condition import (
    And,
    Compare,
    Condition,
    Defined,
    Exists,
    ForAll,
    Individual,
    IsA,
    Not,
    Or,
    RoleOf,
    Truth,
    Value,
    Variable,
)
from amparo.core.law import Case, Clause, Exception_, Law, Norm, Vocabulary

Weigh = Callable[[Exists], Condition]
"""What stands for a demand for an authorising act."""


def counting_only(vocabulary: Vocabulary, authority: str) -> Weigh:
    """Count only the acts of ``authority``, and of no kind under it."""
    return lambda demand: replace(
        demand, body=And((demand.body, _is_just(vocabulary, demand.variable, authority)))
    )


def counting_all_but(vocabulary: Vocabulary, authority: str) -> Weigh:
    """Count the acts of everybody but ``authority``."""
    return lambda demand: replace(
        demand, body=And((demand.body, Not(_is_just(vocabulary, demand.variable, authority))))
    )


def counting_none(_: Exists) -> Condition:
    """Count no authorising act."""
    return Truth(False)


def granted(_: Exists) -> Condition:
    """Take every authorising act for granted."""
    return Truth(True)


def _is_just(vocabulary: Vocabulary, act: Variable, authority: str) -> Condition:
    sort = dict(vocabulary.kinds[act.sort.kind].roles)["by"]
    by = RoleOf(act, "by", sort)
    below = (each.name for each in vocabulary.kinds.values() if each.parent == authority)
    return And((IsA(by, authority), *(Not(IsA(by, each)) for each in below)))


def objects_of(vocabulary: Vocabulary, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the roles of an act that name a person or thing, the doer aside, with their kinds."""
    for role, sort in vocabulary.kinds[kind].roles:
        if role == "by" or not isinstance(sort, Individual):
            continue
        if vocabulary.kinds[sort.kind].category == "thing":
            yield role, sort.kind


@dataclass(slots=True)
class Weighed:
    """A law in which what ``measure`` may rest on is weighed anew; see `weighed`."""

    law: Law
    measure: str
    weigh: Weigh
    demands: list[Exists] = field(default_factory=list)
    """The demands for authorising acts that were met on the way."""
    _definitions: dict[str, tuple[Clause, ...]] = field(default_factory=dict)
    _met: dict[str, bool] = field(default_factory=dict)

    def made(self) -> Law:
        """Return the law."""
        norms = {each.id: self._norm(each) for each in self.law.norms.values()}
        definitions = {**self.law.definitions, **self._definitions}
        return replace(self.law, norms=norms, definitions=definitions)

    def _norm(self, norm: Norm) -> Norm:
        if norm.rank == 0 or norm.modality not in ("permit", "forbid"):
            return norm
        helps = norm.modality == "permit"
        return replace(norm, cases=tuple(self._case(each, helps) for each in norm.cases))

    def _case(self, case: Case, helps: bool) -> Case:
        vocabulary, kind = self.law.vocabulary, case.variable.sort.kind
        if not vocabulary.compatible(kind, self.measure):
            return case
        about = _About(frozenset({case.variable.name}), frozenset(), self._roles(kind))
        return replace(
            case,
            condition=self._condition(case.condition, helps, about),
            exceptions=self._exceptions(case.exceptions, helps, about),
        )

    def _roles(self, kind: str) -> frozenset[str]:
        vocabulary = self.law.vocabulary
        near = (each for each in (kind, self.measure) if kind in vocabulary.lineage(each))
        return frozenset(role for each in near for role, _ in objects_of(vocabulary, each))

    def _exceptions(
        self, exceptions: tuple[Exception_, ...], helps: bool, about: "_About"
    ) -> tuple[Exception_, ...]:
        return tuple(
            replace(each, condition=self._condition(each.condition, not helps, about))
            for each in exceptions
        )

    def _condition(self, condition: Condition, helps: bool, about: "_About") -> Condition:
        """Return ``condition`` weighed; ``helps`` says whether its truth lets the measure pass."""
        match condition:
            case Not(operand):
                return replace(condition, operand=self._condition(operand, not helps, about))
            case And(operands) | Or(operands):
                parts = tuple(self._condition(each, helps, about) for each in operands)
                return replace(condition, operands=parts)
            case Exists() if helps and self._authorises(condition, about):
                self.demands.append(condition)
                return self.weigh(condition)
            case Exists(_, body) | ForAll(_, body):
                return replace(condition, body=self._condition(body, helps, about))
            case Defined():
                return self._defined(condition, helps, about)
            case _:
                return condition

    def _authorises(self, demand: Exists, about: "_About") -> bool:
        kind = self.law.vocabulary.kinds[demand.variable.sort.kind]
        by = dict(kind.roles).get("by")
        official = kind.category == "official act" and isinstance(by, Individual)
        apart = self.law.vocabulary.root(kind.name) != self.law.vocabulary.root(self.measure)
        return (
            official
            and apart
            and any(about.ties(demand.variable, each) for each in _equations(demand))
        )

    def _defined(self, condition: Defined, helps: bool, about: "_About") -> Condition:
        """Return the same of a copy of the definition, weighed for what its parameters stand for."""
        law, marks = self.law, tuple(about.mark(each) for each in condition.arguments)
        name = f"{condition.definition} of {'/'.join(marks)} {'for' if helps else 'against'}"
        if name not in self._met:
            clauses = law.definitions.get(condition.definition, ())
            weighed_ = tuple(self._clause(each, helps, marks) for each in clauses)
            self._met[name] = weighed_ != clauses
            if self._met[name]:
                self._definitions[name] = weighed_
        return replace(condition, definition=name) if self._met[name] else condition

    def _clause(self, clause: Clause, helps: bool, marks: tuple[str, ...]) -> Clause:
        names = [each.name for each in clause.parameters]
        measures = {name for name, mark in zip(names, marks, strict=True) if mark == "measure"}
        objects = {name for name, mark in zip(names, marks, strict=True) if mark == "object"}
        kinds = [each.sort.kind for each in clause.parameters if each.name in measures]
        roles = frozenset[str]().union(*map(self._roles, kinds))
        about = _About(frozenset(measures), frozenset(objects), roles)
        return replace(
            clause,
            condition=self._condition(clause.condition, helps, about),
            exceptions=self._exceptions(clause.exceptions, helps, about),
        )


@dataclass(frozen=True, slots=True)
class _About:
    """The names of the variables that stand for the measure, and for what it is about."""

    measures: frozenset[str]
    objects: frozenset[str]
    roles: frozenset[str]

    def mark(self, value: Value) -> str:
        """Return what ``value`` stands for: the measure, what it is about, or neither."""
        match value:
            case Variable(name) if name in self.measures:
                return "measure"
            case Variable(name) if name in self.objects:
                return "object"
            case RoleOf(Variable(name), role) if name in self.measures and role in self.roles:
                return "object"
            case _:
                return "other"

    def ties(self, act: Variable, equation: Compare) -> bool:
        """Say whether ``equation`` makes a role of ``act`` the measure, or what it is about."""
        for own, other in (
            (equation.left, equation.right),
            (equation.right, equation.left),
        ):
            match own:
                case RoleOf(Variable(name), role) if name == act.name and role != "by":
                    if self.mark(other) != "other":
                        return True
                case _:
                    pass
        return False


def _equations(part: object) -> Iterator[Compare]:
    """Yield the equations in a condition, wherever they stand."""
    if isinstance(part, Compare):
        if part.operator == "=":
            yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _equations(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for each in fields(part):
            yield from _equations(getattr(part, each.name))


def weighed(law: Law, measure: str, weigh: Weigh) -> Law:
    """Return ``law`` with each demand for an act that authorises ``measure`` as ``weigh`` says."""
    return Weighed(law, measure, weigh).made()


def demands(law: Law, measure: str) -> tuple[Exists, ...]:
    """Return what the lower law demands of acts that authorise ``measure``."""
    found = Weighed(law, measure, counting_none)
    found.made()
    return tuple(found.demands)


def told_apart(law: Law) -> frozenset[str]:
    """Return the kinds that the law tells from the kind above them, as far as acts are judged.

    An individual of another kind is judged as one of the kind above it.
    """
    vocabulary = law.vocabulary
    found: set[str] = set()
    parts: list[object] = [
        *law.norms.values(),
        *law.counts.values(),
        *law.definitions.values(),
        *law.transitions,
        *vocabulary.facts.values(),
    ]
    for part in parts:
        found.update(_kinds(part))
    for kind in vocabulary.kinds.values():
        parent = vocabulary.kinds[kind.parent] if kind.parent is not None else None
        if parent is None or len(kind.roles) > len(parent.roles):
            found.add(kind.name)
        found.update(sort.kind for _, sort in kind.roles if isinstance(sort, Individual))
    return frozenset(found)


def _kinds(part: object) -> Iterator[str]:
    match part:
        case IsA(value, kind):
            yield kind
            yield from _kinds(value)
        case Individual(kind):
            yield kind
        case tuple():
            for each in part:
                yield from _kinds(each)
        case _ if is_dataclass(part) and not isinstance(part, type):
            for each in fields(part):
                yield from _kinds(getattr(part, each.name))
        case _:
            pass
