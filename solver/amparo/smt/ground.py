"""The ground terms of one question: who is spoken of so far, and what the solver knows of each.

Individuals are terms, not distinct elements: a witness may turn out to be somebody known
already. Whoever is registered but not in ``domain`` is an *open end*: no universal statement
has been instantiated for him yet (see NOTE(open-ends) in `search`).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal as OneOf

from amparo.core.condition import Days, Enumerated, Individual, Length, Months, Sort
from amparo.core.law import Vocabulary
from amparo.smt import term as t
from amparo.smt.months import days_of
from amparo.smt.symbols import Symbols
from amparo.smt.term import TRUE, Term

LAST_DAY = datetime.date.max.toordinal()
CLOSING = "closing"
"""The closing date of the world."""


@dataclass(frozen=True, slots=True)
class Element:
    """An individual: the solver's constant ``name``, of ``kind`` at least; there if ``active``."""

    name: str
    kind: str
    active: Term = field(compare=False)


@dataclass(frozen=True, slots=True)
class Hypothetical:
    """An act that is only thought of: straight after ``anchor``, or at the closing date."""

    kind: str
    roles: tuple[tuple[str, Element], ...]
    anchor: Element | None

    @property
    def name(self) -> str:
        """Tell it from every other hypothetical act."""
        return f"{self.kind}({', '.join(f'{r}: {e.name}' for r, e in self.roles)})"


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is no event's: a term of its ordinal."""

    name: Term


Entity = Element | Hypothetical
NumericSort = OneOf["Int", "Real"]


@dataclass(frozen=True, slots=True)
class Named:
    """A constant that names a ground value, so that it can be read from a model."""

    name: str
    sort: NumericSort


@dataclass(slots=True)
class Ground:
    """What has been registered. Everything here is true of every world, whatever is asked."""

    vocabulary: Vocabulary
    symbols: Symbols
    elements: dict[str, Element] = field(default_factory=dict)
    domain: dict[str, Element] = field(default_factory=dict)
    axioms: dict[Term, None] = field(default_factory=dict)
    atoms: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    """(fact, names of its arguments) to the Boolean constant that says whether it holds."""
    values: dict[tuple[str, tuple[str, ...]], Named] = field(default_factory=dict)
    """An attribute's or role's solver function, applied, to its value, where it is no individual."""
    fillers: dict[tuple[str, tuple[str, ...]], Element] = field(default_factory=dict)
    """The same for individuals."""
    labels: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    """The role or attribute that such an application stands for."""
    sums: dict[tuple[Length, bool, Term], tuple[Named, Named, str]] = field(default_factory=dict)
    """Sums of dates that the solver cannot compute: the day, the result, the function."""
    owners: dict[Term, str] = field(default_factory=dict)
    """A day that is reckoned from an event's own, to the event."""
    gaps: dict[tuple[str, Term], tuple[Named, Named]] = field(default_factory=dict)
    """Parameters at days: (parameter, day term) to the day and the value assumed there."""
    frees: dict[tuple[str, ...], str] = field(default_factory=dict)
    _witnesses: dict[tuple[object, ...], Element] = field(default_factory=dict)
    _kept: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Declare the closing date."""
        self.symbols.declarations[CLOSING] = f"(declare-const {CLOSING} Int)"
        self.axioms[t.compare("<=", "1", CLOSING)] = None
        self.axioms[t.compare("<=", CLOSING, str(LAST_DAY))] = None

    # -- individuals ---------------------------------------------------------------------

    def witness(self, key: tuple[object, ...], kept: object, kind: str) -> Element:
        """Return the individual that ``key`` asks for; ``kept`` must outlive the key."""
        if key not in self._witnesses:
            self._kept.append(kept)
            active = self.free(("active", str(len(self._witnesses))))
            self._witnesses[key] = self._register(self.symbols.fresh("e"), kind, active)
        return self._witnesses[key]

    def free(self, key: tuple[str, ...]) -> str:
        """Return a Boolean constant of its own for ``key``."""
        if key not in self.frees:
            name = self.frees[key] = self.symbols.fresh("p")
            self.symbols.declarations[name] = f"(declare-const {name} Bool)"
        return self.frees[key]

    def role(self, event: Element, kind: str, role: str, sort: Sort) -> Element | Named:
        """Return the filler of ``role`` of ``event``, which has it as one of ``kind``."""
        function = self.symbols.role(kind, role, self.solver_sort(sort))
        active = t.and_(event.active, self.is_kind(event, kind))
        return self._application(function, role, (event,), sort, active)

    def attribute(self, fact: str, arguments: tuple[Element, ...], sort: Sort) -> Element | Named:
        """Return the value of an attribute."""
        parameters = self.vocabulary.facts[fact].parameters
        function = self.symbols.function(
            "f",
            (fact,),
            " ".join(self.symbols.sort(each.sort.kind) for each in parameters),
            self.solver_sort(sort),
        )
        active = t.conjunction(each.active for each in arguments)
        return self._application(function, fact, arguments, sort, active)

    def is_kind(self, element: Entity, kind: str) -> Term:
        """Say that ``element`` is of ``kind``; decided at once where its known kind tells."""
        if kind in self.vocabulary.lineage(element.kind):
            return TRUE
        if isinstance(element, Hypothetical) or not self.vocabulary.compatible(element.kind, kind):
            return t.FALSE
        return f"({self.symbols.kind(kind)} {element.name})"

    def is_event(self, element: Element) -> bool:
        """Say whether it is an event and not a person or thing."""
        return self.vocabulary.kinds[element.kind].category != "thing"

    def same(self, left: Entity, right: Entity) -> Term:
        """Say that two are one."""
        if isinstance(left, Hypothetical) or isinstance(right, Hypothetical):
            return TRUE if left == right else t.FALSE
        if not self.vocabulary.compatible(left.kind, right.kind):
            return t.FALSE
        return t.equal(left.name, right.name)

    # -- facts ---------------------------------------------------------------------------

    def atom(self, fact: str, arguments: tuple[Element, ...]) -> str:
        """Return the constant that says whether a relation, open fact or initial state holds."""
        key = (fact, tuple(each.name for each in arguments))
        if key not in self.atoms:
            declared = self.vocabulary.facts[fact]
            sorts = [self.symbols.sort(each.sort.kind) for each in declared.parameters]
            function = self.symbols.function("f", (fact,), " ".join(sorts), "Bool")
            guard = (
                self.is_kind(each, parameter.sort.kind)
                for each, parameter in zip(arguments, declared.parameters, strict=True)
            )
            applied = f"({function} {' '.join(key[1])})" if arguments else function
            name = self.atoms[key] = self.symbols.fresh("b")
            self.symbols.declarations[name] = f"(declare-const {name} Bool)"
            self.axioms[t.equal(name, t.and_(*guard, applied))] = None
        return self.atoms[key]

    def day(self, event: Element) -> Term:
        """Return the day of ``event``."""
        return self._event_number(event, "day")

    def order(self, event: Element) -> Term:
        """Return the place of ``event`` within its day."""
        return self._event_number(event, "order")

    def shifted(self, day: Term, length: Length, backwards: bool) -> Term:
        """Return ``day`` moved by ``length``.

        Days are added. Months and working days are an unknown function with true bounds, made
        exact where a model needs it (`search`).
        """
        if isinstance(length, Days):
            return f"({'-' if backwards else '+'} {day} {length.count})"
        key = (length, backwards, day)
        if key not in self.sums:
            function = self.symbols.function("g", (str(length), str(backwards)), "Int", "Int")
            result = f"({function} {day})"
            named = self.named(day, "Int"), self.named(result, "Int"), function
            self.sums[key] = named
            if day in self.owners:
                self.owners[named[1].name] = self.owners[day]
            low, high = (
                days_of(length.count, length.rounding, backwards=backwards)
                if isinstance(length, Months)
                else (length.count, LAST_DAY)
            )
            self.axioms[
                t.and_(
                    t.compare("<=", "1", named[1].name),
                    t.compare("<=", named[1].name, str(LAST_DAY)),
                )
            ] = None
            first, second = (result, day) if backwards else (day, result)
            self.axioms[t.compare("<=", f"(+ {first} {low})", second)] = None
            self.axioms[t.compare("<=", second, f"(+ {first} {high})")] = None
        return self.sums[key][1].name

    def parameter_gap(self, parameter: str, day: Term, sort: NumericSort) -> Term:
        """Return the unknown value of ``parameter`` on a day for which none is declared."""
        key = (parameter, day)
        if key not in self.gaps:
            function = self.symbols.function("q", (parameter,), "Int", sort)
            self.gaps[key] = self.named(day, "Int"), self.named(f"({function} {day})", sort)
            self.axioms[t.compare("<=", "0", self.gaps[key][1].name)] = None
        return self.gaps[key][1].name

    def named(self, term: Term, sort: NumericSort) -> Named:
        """Give ``term`` a name that a model can be asked for."""
        name = self.symbols.fresh("v")
        self.symbols.declarations[name] = f"(declare-const {name} {sort})"
        self.axioms[t.equal(name, term)] = None
        return Named(name, sort)

    def solver_sort(self, sort: Sort) -> str:
        """Return the solver's sort for values of ``sort``."""
        if isinstance(sort, Individual):
            return self.symbols.sort(sort.kind)
        return "Real" if sort == "share" else "Int"

    def close(self, element: Element) -> None:
        """Register what an individual of the domain has: its kinds, day, order and roles."""
        kinds = self.vocabulary.kinds
        if not self.is_event(element):
            return
        self.day(element)
        self.order(element)
        for kind in (*self.vocabulary.lineage(element.kind), *self.vocabulary.below(element.kind)):
            for role, sort in kinds[kind].roles:
                self.role(element, kind, role, sort)

    # -- inside --------------------------------------------------------------------------

    def _application(
        self, function: str, key: str, arguments: tuple[Element, ...], sort: Sort, active: Term
    ) -> Element | Named:
        names = tuple(each.name for each in arguments)
        full = (function, names)
        applied = f"({function} {' '.join(names)})" if names else function
        if isinstance(sort, Individual):
            if full not in self.fillers:
                element = self._register(self.symbols.fresh("e"), sort.kind, active)
                self.axioms[t.equal(element.name, applied)] = None
                self.fillers[full] = element
                self.labels[full] = key
            return self.fillers[full]
        if full not in self.values:
            named = self.values[full] = self.named(applied, "Real" if sort == "share" else "Int")
            self.labels[full] = key
            self._bound(named.name, sort)
        return self.values[full]

    def _bound(self, name: Term, sort: Sort) -> None:
        """Hold a value within what its sort allows; amounts and numbers are never negative."""
        if isinstance(sort, Enumerated):
            top = str(len(self.vocabulary.enumerations[sort.enumeration]) - 1)
            self.axioms[t.and_(t.compare("<=", "0", name), t.compare("<=", name, top))] = None
        elif sort == "share":
            self.axioms[t.and_(f"(<= 0.0 {name})", f"(<= {name} 1.0)")] = None
        elif sort == "date":
            self.axioms[t.and_(f"(<= 1 {name})", f"(<= {name} {LAST_DAY})")] = None
        else:
            self.axioms[t.compare("<=", "0", name)] = None

    def _register(self, name: str, kind: str, active: Term) -> Element:
        if active.startswith("("):
            named = self.free(("active", name))
            self.axioms[t.equal(named, active)] = None
            active = named
        element = self.elements[name] = Element(name, kind, active)
        self.symbols.declarations[name] = f"(declare-const {name} {self.symbols.sort(kind)})"
        for each in self.vocabulary.lineage(kind)[:-1]:
            self.axioms[t.implies(active, f"({self.symbols.kind(each)} {name})")] = None
        below = self.vocabulary.below(self.vocabulary.root(kind))
        for each in below[1:]:
            parent = self.vocabulary.kinds[each].parent
            if parent is not None and self.vocabulary.kinds[parent].parent is not None:
                self.axioms[
                    t.implies(
                        f"({self.symbols.kind(each)} {name})",
                        f"({self.symbols.kind(parent)} {name})",
                    )
                ] = None
        for position, first in enumerate(below[1:], 1):
            for second in below[position + 1 :]:
                if not self.vocabulary.compatible(first, second):
                    left, right = self.symbols.kind(first), self.symbols.kind(second)
                    self.axioms[f"(not (and ({left} {name}) ({right} {name})))"] = None
        return element

    def _event_number(self, event: Element, which: OneOf["day", "order"]) -> Term:
        key = (which, (event.name,))
        if key not in self.values:
            function = (
                self.symbols.day(event.kind) if which == "day" else self.symbols.order(event.kind)
            )
            named = self.values[key] = self.named(f"({function} {event.name})", "Int")
            self.labels[key] = which
            self.axioms[t.compare("<=", "0", named.name)] = None
            if which == "day":
                self.owners[named.name] = event.name
                self.axioms[t.compare("<=", "1", named.name)] = None
                self.axioms[t.implies(event.active, f"(<= {named.name} {CLOSING})")] = None
        return self.values[key].name


def plain(
    value: int | Fraction | datetime.date | str, sort: Sort, options: Mapping[str, tuple[str, ...]]
) -> Term:
    """Return the term of a declared constant."""
    if isinstance(sort, Enumerated):
        return str(options[sort.enumeration].index(str(value)))
    match value:
        case datetime.date():
            return str(value.toordinal())
        case Fraction():
            return t.real(value)
        case int():
            return t.real(value) if sort == "share" else t.integer(value)
        case str():
            raise ValueError(f"{value} is no value of a number")
