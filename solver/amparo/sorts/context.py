"""What an expression is read against: the words, the variables in scope, and the moment judged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from amparo.core.condition import (
    Attribute,
    Constant,
    DateOf,
    Enumerated,
    Individual,
    Money,
    ParameterAt,
    RoleOf,
    Scaled,
    Shifted,
    Sort,
    Sum,
    Value,
    Variable,
)
from amparo.core.law import NormId, Vocabulary
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import Problems, a
from amparo.names.table import Table
from amparo.syntax.tree import Name


@dataclass(frozen=True, slots=True)
class Head:
    """A norm that counts acts of the variable's kind as ``general``, and what fills its roles."""

    rule: NormId
    variable: Variable
    general: str
    roles: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a name in scope stands for. ``roles`` of a counted act are those of the general act."""

    variable: Variable
    roles: Mapping[str, Value] | None = None
    name: Name | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that has a name. ``heads`` are the counting norms of each general act."""

    table: Table
    vocabulary: Vocabulary
    currencies: tuple[str, ...] = ()
    definitions: Mapping[str, tuple[Variable, ...]] = field(default_factory=dict)
    heads: Mapping[str, tuple[Head, ...]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def fresh(self, name: str, kind: str) -> Variable:
        """Return a variable that no other shares."""
        return Variable(f"{name}#{next(self.numbers)}", Individual(kind))

    def heads_of(self, general: str) -> tuple[Head, ...]:
        """Return the norms that count something as ``general`` or as a kind of it."""
        return tuple(
            head for kind in self.vocabulary.below(general) for head in self.heads.get(kind, ())
        )


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands. ``at`` is the moment judged; None where there is none."""

    language: Language
    problems: Problems
    variables: Mapping[str, Bound] = field(default_factory=dict)
    at: Value | None = None
    used: set[str] = field(default_factory=set)
    narrowed: Mapping[Value, str] = field(default_factory=dict)
    again: bool = False
    """Whether a norm about a general act is read of one act that counts as it.

    It has been checked as it stands; what such an act can never be is now no fault, but false.
    """
    faulty: frozenset[str] = frozenset()
    """Names whose introduction was reported as a fault: what they stand for is not known."""

    def bind(self, name: Name, variable: Variable, head: Head | None = None) -> "Context":
        """Return the context in which ``name`` stands for ``variable``, counted by ``head``."""
        other = self.variables.get(name.text)
        if other is not None:
            first = other.name.span if other.name is not None else name.span
            self.problems.error(
                Diagnostic(
                    "shadowed-variable",
                    f"`{name.text}` already stands for something else here",
                    name.span,
                    related=(Label(first, "first introduced here"),),
                    help="choose another name",
                )
            )
        roles = None
        if head is not None:
            roles = {role: renamed(each, head.variable, variable) for role, each in head.roles}
        bound = Bound(variable, roles, name)
        return replace(self, variables={**self.variables, name.text: bound})

    def muted(self) -> "Context":
        """Return the context for reading again what has been checked once."""
        return replace(self, problems=Problems(), again=True)

    def lookup(self, name: Name) -> Bound | None:
        """Return what ``name`` stands for, and remember that it is used."""
        found = self.variables.get(name.text)
        if found is not None:
            self.used.add(found.variable.name)
        return found


def renamed(value: Value, old: Variable, new: Value) -> Value:
    """Return ``value`` with ``new`` in place of the variable ``old``."""
    match value:
        case Variable(name):
            return new if name == old.name else value
        case RoleOf(event):
            return replace(value, event=renamed(event, old, new))
        case DateOf(event):
            return replace(value, event=renamed(event, old, new))
        case Attribute():
            arguments = tuple(renamed(each, old, new) for each in value.arguments)
            return replace(value, arguments=arguments)
        case ParameterAt():
            return replace(value, at=renamed(value.at, old, new))
        case Constant():
            return value
        case Sum():
            left, right = renamed(value.left, old, new), renamed(value.right, old, new)
            return replace(value, left=left, right=right)
        case Scaled():
            return replace(value, value=renamed(value.value, old, new))
        case Shifted():
            return replace(value, date=renamed(value.date, old, new))


def sort_of(value: Value) -> Sort:
    """Return the sort of ``value``."""
    match value:
        case DateOf() | Shifted():
            return "date"
        case _:
            return value.sort


def phrase(sort: Sort) -> str:
    """Return ``sort`` in the reader's words."""
    match sort:
        case Individual(kind):
            return a(kind)
        case Money(currency):
            return f"money in `{currency}`"
        case Enumerated(enumeration):
            return f"an option of `{enumeration}`"
        case "number" | "share" | "date" | "duration":
            return f"a {sort}"
