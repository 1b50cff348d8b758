"""The ground terms of one question: who is spoken of so far, and what the solver knows of each.

Individuals are terms, not distinct elements: a witness may turn out to be somebody known
already. Whoever is registered but not in ``domain`` is an *open end*: no universal statement
has been instantiated for him yet (see NOTE(open-ends) in `search`).
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal as OneOf

from amparo.core.condition import Days, Enumerated, Individual, Length, Sort
from amparo.core.law import Vocabulary
from amparo.smt import term as t
from amparo.smt.kinds import Pairs, excluded, included, possible
from amparo.smt.sums import Run, Shift, bounds, composed, ordered, together
from amparo.smt.symbols import Symbols
from amparo.smt.term import TRUE, Term

LAST_DAY = datetime.date.max.toordinal()
CLOSING = "closing"
"""The closing date of the world."""
ROOM = 100_000_000
"""How many characters the terms of one question may have, each counted wherever it is written."""


@dataclass(frozen=True, slots=True)
class Element:
    """An individual: the solver's constant ``name``, of ``kind`` at least; there if ``active``."""

    name: str
    kind: str
    active: Term = field(compare=False)


@dataclass(frozen=True, slots=True)
class Planned:
    """An individual that a plan adds to the world (`plan`): of exactly these most specific kinds.

    He is nobody else, and every universal statement about a world with the plan holds of him too.
    """

    name: str
    kind: str
    kinds: frozenset[str]


Somebody = Element | Planned
"""Whoever is there, or would be if a plan were carried out."""


@dataclass(frozen=True, slots=True)
class Hypothetical:
    """An act that is only thought of: straight after ``anchor``, or at the closing date.

    What it is against may itself be only thought of.
    """

    kind: str
    roles: tuple[tuple[str, "Entity"], ...]
    anchor: "Entity | None"

    @property
    def name(self) -> str:
        """Tell it from every other hypothetical act."""
        return f"{self.kind}({', '.join(f'{r}: {e.name}' for r, e in self.roles)})"

    @property
    def shape(self) -> str:
        """Tell what it is, whoever fills its roles."""
        inner = (f"{r}: {e.shape}" for r, e in self.roles if isinstance(e, Hypothetical))
        return f"{self.kind}({', '.join(inner)})"

    @property
    def fillers(self) -> tuple[Somebody, ...]:
        """Return who fills its roles, and those of what it is against: they tell which act it is."""
        return flat(each for _, each in self.roles)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is no event's: a term of its ordinal."""

    name: Term


Entity = Element | Planned | Hypothetical
NumericSort = OneOf["Int", "Real"]


def flat(entities: Iterable[Entity]) -> tuple[Somebody, ...]:
    """Return the individuals that tell which ``entities`` these are."""
    parts = (each.fillers if isinstance(each, Hypothetical) else (each,) for each in entities)
    return tuple(somebody for part in parts for somebody in part)


def elements_of(entities: Iterable[Entity]) -> tuple[Element, ...]:
    """Return the elements that tell which ``entities`` these are."""
    return tuple(each for each in flat(entities) if isinstance(each, Element))


def is_planned(entities: Iterable[Entity]) -> bool:
    """Say whether any of ``entities`` is one whom a plan adds, or is told by one."""
    return any(isinstance(each, Planned) for each in flat(entities))


@dataclass(frozen=True, slots=True)
class Named:
    """A constant that names a ground value, so that it can be read from a model."""

    name: str
    sort: NumericSort


@dataclass(frozen=True, slots=True)
class Origin:
    """Why somebody is spoken of: for what ``reason``, of which ``parents``, by which norm."""

    reason: object
    parents: tuple[str, ...]
    norm: str


@dataclass(slots=True)
class Ground:
    """What has been registered. Everything here is true of every world, whatever is asked."""

    vocabulary: Vocabulary
    symbols: Symbols
    elements: dict[str, Element] = field(default_factory=dict)
    domain: dict[str, Element] = field(default_factory=dict)
    axioms: dict[Term, None] = field(default_factory=dict)
    settled: dict[str, frozenset[str]] = field(default_factory=dict)
    """Whoever is known to be of exactly these kinds, and those above them."""
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
    exact: dict[str, list[Run]] = field(default_factory=dict)
    """Where the function of a sum is made exact; no day is in two runs."""
    widened: dict[str, int] = field(default_factory=dict)
    """How often it was."""
    owners: dict[Term, str] = field(default_factory=dict)
    """A day that is reckoned from an event's own, to the event."""
    imagined: dict[tuple[str, tuple[Entity, ...]], str] = field(default_factory=dict)
    """Open facts of hypothetical acts, as in ``atoms``."""
    spoken_of: dict[tuple[str, tuple[str, ...]], tuple[Entity, ...]] = field(default_factory=dict)
    """An attribute's solver function, applied, to whom it is said of."""
    gaps: dict[tuple[str, Term], tuple[Named, Named]] = field(default_factory=dict)
    """Parameters at days: (parameter, day term) to the day and the value assumed there."""
    frees: dict[tuple[str, ...], str] = field(default_factory=dict)
    statements: dict[str, Term] = field(default_factory=dict)
    """A name that stands for a statement wherever it is asserted, to what it says at least."""
    unfolded: set[str] = field(default_factory=set)
    """Statements resting on themselves that are to be said in full."""
    postponed: dict[str, None] = field(default_factory=dict)
    """Those of the question that are not: nothing is said of them yet."""
    origins: dict[str, Origin] = field(default_factory=dict)
    """Whoever is spoken of on account of others."""
    because: str = ""
    """The norm that is being compiled."""
    circling: set[str] = field(default_factory=set)
    """Kinds of events of which the law calls for ever more: there is a first and a last."""
    room: int = ROOM
    spent: int = 0
    generation: int = 0
    """How many times a question was begun; what is remembered of one is not true of the next."""
    compilers: int = 0
    _told: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    _kinds: dict[tuple[str, str], OneOf["is", "may be", "cannot be"]] = field(default_factory=dict)
    _witnesses: dict[tuple[object, ...], Element] = field(default_factory=dict)
    _kept: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Declare the closing date."""
        self.symbols.declarations[CLOSING] = f"(declare-const {CLOSING} Int)"
        self.axioms[t.compare("<=", "1", CLOSING)] = None
        self.axioms[t.compare("<=", CLOSING, str(LAST_DAY))] = None

    # -- individuals ---------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a question over the present domain."""
        self.generation += 1
        self.spent = 0
        self.postponed.clear()

    def witness(
        self,
        key: tuple[object, ...],
        kept: object,
        kind: str,
        reason: object = None,
        parents: Iterable[str] = (),
    ) -> Element:
        """Return the individual that ``key`` asks for; ``kept`` must outlive the key.

        He is asked for, for some ``reason``, on account of ``parents``.
        """
        if key not in self._witnesses:
            self._kept.append(kept)
            active = self.free(("active", str(len(self._witnesses))))
            found = self._witnesses[key] = self._register(self.symbols.fresh("e"), kind, active)
            self.origins[found.name] = Origin(reason, tuple(parents), self.because)
        return self._witnesses[key]

    def free(self, key: tuple[str, ...]) -> str:
        """Return a Boolean constant of its own for ``key``."""
        if key not in self.frees:
            name = self.frees[key] = self.symbols.fresh("p")
            self.symbols.declarations[name] = f"(declare-const {name} Bool)"
        return self.frees[key]

    def predicate(self, key: tuple[str, ...], of: Iterable[Entity], day: Term | None) -> Term:
        """Return that a predicate of its own for ``key`` is so of these entities, on a day if given."""
        entities = tuple(of)
        shapes = [each.shape for each in entities if isinstance(each, Hypothetical)]
        sorts = [self.symbols.sort(each.kind) for each in flat(entities)]
        names = [each.name for each in flat(entities)]
        if day is not None:
            sorts, names, shapes = [*sorts, "Int"], [*names, day], [*shapes, "day"]
        function = self.symbols.function("h", (*key, *shapes, *sorts), " ".join(sorts), "Bool")
        return f"({function} {' '.join(names)})" if names else function

    def role(self, event: Element, kind: str, role: str, sort: Sort) -> Element | Named:
        """Return the filler of ``role`` of ``event``, which has it as one of ``kind``."""
        function = self.symbols.role(kind, role, self.solver_sort(sort))
        # Whoever first asks may ask of a subkind: the filler is there whenever the role is.
        owner = self.symbols.owner(kind, role)
        active = t.and_(event.active, self.is_kind(event, owner))
        return self._application(function, role, (event,), sort, active)

    def attribute(self, fact: str, arguments: tuple[Entity, ...], sort: Sort) -> Element | Named:
        """Return the value of an attribute; of a hypothetical act too, as of any act like it."""
        elements = elements_of(arguments)
        function = self._of_fact(fact, arguments, self.solver_sort(sort))
        active = t.conjunction(each.active for each in elements)
        self.spoken_of[function, tuple(each.name for each in elements)] = arguments
        return self._application(function, fact, elements, sort, active)

    def _of_fact(self, fact: str, arguments: tuple[Entity, ...], result: str) -> str:
        """Return the solver's function for ``fact``: of a hypothetical act, over who tells it."""
        sorts = [self.symbols.sort(each.kind) for each in flat(arguments)]
        shapes = [each.shape for each in arguments if isinstance(each, Hypothetical)]
        return self.symbols.function("f", (fact, *shapes), " ".join(sorts), result)

    def is_kind(self, element: Entity, kind: str) -> Term:
        """Say that ``element`` is of ``kind``; decided at once where its known kind tells."""
        if isinstance(element, Planned):
            is_one = any(kind in self.vocabulary.lineage(each) for each in element.kinds)
            return TRUE if is_one else t.FALSE
        known = self._related(element.kind, kind)
        if known == "is":
            return TRUE
        if isinstance(element, Hypothetical) or known == "cannot be":
            return t.FALSE
        return f"({self.symbols.kind(kind)} {element.name})"

    def _related(self, known: str, kind: str) -> OneOf["is", "may be", "cannot be"]:
        """Return what one of ``known`` is as to ``kind``; asked so often that it is remembered."""
        if (known, kind) not in self._kinds:
            if kind in self.vocabulary.lineage(known):
                self._kinds[known, kind] = "is"
            else:
                may = self.vocabulary.compatible(known, kind)
                self._kinds[known, kind] = "may be" if may else "cannot be"
        return self._kinds[known, kind]

    def narrower(self, element: Element) -> tuple[str, ...]:
        """Return the kinds spoken of under the one that ``element`` is known to be of."""
        below = self.vocabulary.below(element.kind)[1:]
        return tuple(each for each in below if each in self.symbols.kinds)

    def related_kinds(self) -> Iterator[Term]:
        """Yield what being of one kind says of being of another (`kinds`), of everybody registered.

        To be asked for when everything of the question has been said.
        """
        spoken, named = tuple(self.symbols.kinds), self.symbols.kind
        said: dict[str, tuple[Pairs, Pairs]] = {}
        for name, element in self.elements.items():
            if name in self.settled:
                held = self.settled[name]
                kin = possible(self.vocabulary, spoken, self.vocabulary.root(element.kind))
                yield from (t.signed(f"({named(each)} {name})", each in held) for each in kin)
                continue
            if element.kind not in said:
                said[element.kind] = (
                    included(self.vocabulary, spoken, element.kind),
                    excluded(self.vocabulary, spoken, element.kind),
                )
            inclusions, exclusions = said[element.kind]
            for kind, above in inclusions:
                yield t.implies(f"({named(kind)} {name})", f"({named(above)} {name})")
            for first, second in exclusions:
                yield f"(not (and ({named(first)} {name}) ({named(second)} {name})))"

    def is_event(self, element: Element) -> bool:
        """Say whether it is an event and not a person or thing."""
        return self.vocabulary.kinds[element.kind].category != "thing"

    def same(self, left: Entity, right: Entity) -> Term:
        """Say that two are one."""
        if not (isinstance(left, Element) and isinstance(right, Element)):
            return TRUE if left == right else t.FALSE
        if self._related(left.kind, right.kind) == "cannot be":
            return t.FALSE
        return t.equal(left.name, right.name)

    # -- facts ---------------------------------------------------------------------------

    def atom(self, fact: str, arguments: tuple[Entity, ...]) -> str:
        """Return the constant that says whether a relation, open fact or initial state holds."""
        names = tuple(each.name for each in elements_of(arguments))
        function = self._of_fact(fact, arguments, "Bool")
        if (function, names) not in self._told:
            declared = self.vocabulary.facts[fact]
            guard = (
                self.is_kind(each, parameter.sort.kind)
                for each, parameter in zip(arguments, declared.parameters, strict=True)
            )
            applied = f"({function} {' '.join(names)})" if names else function
            name = self._told[function, names] = self.symbols.fresh("b")
            self.symbols.declarations[name] = f"(declare-const {name} Bool)"
            self.axioms[t.equal(name, t.and_(*guard, applied))] = None
            if any(isinstance(each, Hypothetical) for each in arguments):
                self.imagined[fact, arguments] = name
            else:
                self.atoms[fact, names] = name
        return self._told[function, names]

    def day(self, event: Element) -> Term:
        """Return the day of ``event``."""
        return self._event_number(event, "day")

    def order(self, event: Element) -> Term:
        """Return the place of ``event`` within its day."""
        return self._event_number(event, "order")

    def shifted(self, day: Term, length: Length, backwards: bool) -> Term:
        """Return ``day`` moved by ``length``.

        Days are added. Months and working days are an unknown function of which `sums.truths` are
        said, made exact where a model needs it (`search`).
        """
        if isinstance(length, Days):
            return self.dated(f"({'-' if backwards else '+'} {day} {length.count})")
        key = (length, backwards, day)
        if key not in self.sums:
            function = self.symbols.function("g", (str(length), str(backwards)), "Int", "Int")
            result = f"({function} {day})"
            named = self.named(day, "Int"), self.named(result, "Int"), function
            self.sums[key] = named
            if day in self.owners:
                self.owners[named[1].name] = self.owners[day]
            self.dated(named[1].name)
            this = Shift(length, backwards, named[0].name, named[1].name)
            said = [*bounds(this, self.vocabulary.calendars)]
            for (other, back, _), (start, end, _) in self.sums.items():
                if back == backwards and end != named[1]:
                    said += ordered(this, Shift(other, back, start.name, end.name))
            self.axioms.update(dict.fromkeys(said))
            self._compose(day, length, backwards)
        return self.sums[key][1].name

    def _compose(self, day: Term, length: Length, backwards: bool) -> None:
        """Relate a sum that starts from another sum to that of both lengths from where that starts."""
        result = self.sums[length, backwards, day][1].name
        for (first, back, start), (_, middle, _) in tuple(self.sums.items()):
            both = together(first, length)
            if middle.name == day and back == backwards and both is not None:
                whole = self.shifted(start, both, backwards)
                self.axioms[composed(both, result, whole)] = None

    def dated(self, day: Term) -> Term:
        """Return ``day``, which lies in the range of dates: a world where it does not is none."""
        for bound in (t.compare("<=", "1", day), t.compare("<=", day, str(LAST_DAY))):
            self.axioms[bound] = None
        return day

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
        """Register what an individual of the domain has: its day, order and roles.

        The roles of every kind spoken of that it may be of: to be said again when more are.
        """
        kinds = self.vocabulary.kinds
        if not self.is_event(element):
            return
        self.day(element)
        self.order(element)
        held = self.settled.get(element.name, self.narrower(element))
        for kind in (*self.vocabulary.lineage(element.kind), *sorted(held)):
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
                self.origins[element.name] = Origin(function, names, self.because)
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
        if kind != self.vocabulary.root(kind):
            self.axioms[t.implies(active, f"({self.symbols.kind(kind)} {name})")] = None
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
