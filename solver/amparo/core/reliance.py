"""What provisions turn on, and whether two laws say the same, wherever it stands in their files.

Two parts say the same when they differ in nothing but places, paraphrases and the names of bound
variables. A name here is a provision or a word of a law with its sort before it: ``norm ...``,
``count ...``, ``definition ...``, ``fact ...``, ``parameter ...``, ``kind ...``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass

from amparo.core.condition import (
    Attribute,
    Counted,
    Defined,
    Enumerated,
    Holds,
    Individual,
    IsA,
    OpenTo,
    ParameterAt,
    Read,
    Variable,
    WorkingDays,
)
from amparo.core.law import UNSEEN, Clause, Kind, Law, Norm
from amparo.text import Span

NORM, COUNT, DEFINITION, TRANSITIONS = "norm ", "count ", "definition ", "transitions"
FACT, PARAMETER, KIND = "fact ", "parameter ", "kind "
CALENDAR, ENUMERATION, READING = "calendar ", "enumeration ", "reading "
OPENING = "opening of "
"""What begins and ends a state: it may change and leave the word itself what it is."""


def texts(law: Law) -> dict[str, object]:
    """Return what every provision and word of ``law`` says, by its name; equal iff it is the same."""
    if not law.texts:
        law.texts.update(_texts(law))
    return law.texts


def _texts(law: Law) -> dict[str, object]:
    found: dict[str, object] = {}
    for norm in law.norms.values():
        found[NORM + norm.id] = words_of(norm), _rivals(law, norm)
    for count in law.counts.values():
        said = count.variable, count.general, count.condition, count.roles
        found[COUNT + count.id] = count.period, count.rank > 0, _same(said)
    for name, clauses in law.definitions.items():
        found[DEFINITION + name] = tuple(map(_clause, clauses))
    found[TRANSITIONS] = tuple(
        (each.period, _same((each.variable, each.condition, each.date))) for each in law.transitions
    )
    return found | _words(law)


def same_words(law: Law, other: Law) -> bool:
    """Say whether two laws declare the same words, but for what texts that nobody saw may say.

    So it is of a law and of the same law with a bill.
    """
    return _declared(law) == _declared(other)


def _declared(law: Law) -> dict[str, object]:
    sorts = (FACT, OPENING, PARAMETER, KIND, CALENDAR, ENUMERATION, READING)
    unseen = tuple(each + UNSEEN for each in sorts)
    return {
        name: said
        for name, said in texts(law).items()
        if name.startswith(sorts) and not name.startswith(unseen)
    }


def words_of(norm: Norm) -> object:
    """Return what ``norm`` itself says; equal iff it is the same, whatever prevails over it."""
    cases = [
        (each.variable, each.condition, [(e.start, e.condition) for e in each.exceptions])
        for each in norm.cases
    ]
    said = [*cases, *((each.variable, each.condition, each.deadline) for each in norm.obligations)]
    # Who may limit a right is read off the rank and the aims of the limit.
    limits = norm.rank, norm.limited_by, norm.provenance.aims
    return norm.modality, limits, norm.period, norm.unknown_text, _same(said)


def _clause(clause: Clause) -> object:
    excepted = [(each.start, each.condition) for each in clause.exceptions]
    return clause.period, _same((clause.parameters, clause.condition, excepted))


def _rivals(law: Law, norm: Norm) -> frozenset[str]:
    """Return the norms of the same side that prevail over ``norm``."""
    stronger = (law.norms[each] for each, _ in norm.defeated_by)
    return frozenset(each.id for each in stronger if (each.rank > 0) == (norm.rank > 0))


def _words(law: Law) -> dict[str, object]:
    words = law.vocabulary
    found: dict[str, object] = {}
    for kind in words.kinds.values():
        found[KIND + kind.name] = _kind(kind)
    for fact in words.facts.values():
        parameters = tuple(each.sort for each in fact.parameters)
        found[FACT + fact.name] = fact.category, parameters, fact.sort
        openings = [(fact.parameters, each.variable, each.condition) for each in fact.begins]
        endings = [(fact.parameters, each.variable, each.condition) for each in fact.ends]
        found[OPENING + fact.name] = _same((openings, endings))
    for parameter in words.parameters.values():
        found[PARAMETER + parameter.name] = parameter.sort, parameter.values
    found |= {CALENDAR + name: each for name, each in words.calendars.items()}
    found |= {ENUMERATION + name: each for name, each in words.enumerations.items()}
    for reading in words.readings.values():
        found[READING + reading.name] = tuple(option for option, _ in reading.options)
    return found


def _kind(kind: Kind) -> object:
    return kind.parent, kind.category, kind.roles, kind.overlaps


def _same(part: object) -> tuple[object, ...]:
    """Return ``part`` flat, each bound variable as the number in which it is first met."""
    numbers: dict[str, int] = {}
    return tuple(_flat(part, numbers))


def _flat(part: object, numbers: dict[str, int]) -> Iterator[object]:
    if isinstance(part, tuple | list):
        yield len(part)
        for each in part:
            yield from _flat(each, numbers)
    elif isinstance(part, Variable):
        yield numbers.setdefault(part.name, len(numbers))
        yield part.sort
    elif not isinstance(part, Span):
        if not is_dataclass(part):
            yield part
            return
        yield type(part).__name__
        for each in fields(part):
            yield from _flat(getattr(part, each.name), numbers)


@dataclass(slots=True)
class Reliance:
    """On what the provisions of one law turn; remembers what it found."""

    law: Law
    _found: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, name: str) -> frozenset[str]:
        """Return ``name`` and the names of all that decides what it covers, directly or not."""
        if name not in self._found:
            reached, ahead = {name}, [name]
            while ahead:
                new = self._directly(ahead.pop()) - reached
                reached |= new
                ahead += sorted(new)
            self._found[name] = frozenset(reached)
        return self._found[name]

    def _directly(self, name: str) -> frozenset[str]:
        if name not in self.law.relied:
            self.law.relied[name] = frozenset(self._named(*self._parts(name)))
        return self.law.relied[name]

    def _parts(self, name: str) -> tuple[tuple[str, ...], object]:
        """Return what ``name`` turns on by its place, and the words that it is made of."""
        law, words = self.law, self.law.vocabulary
        if name.startswith(NORM) and (norm := law.norms.get(name.removeprefix(NORM))):
            rivals = tuple(NORM + each for each in sorted(_rivals(law, norm)))
            return (TRANSITIONS, *rivals), (norm.cases, norm.obligations)
        if name.startswith(COUNT) and (count := law.counts.get(name.removeprefix(COUNT))):
            return (TRANSITIONS,), (count.variable, count.condition, count.roles)
        if name.startswith(DEFINITION):
            clauses = law.definitions.get(name.removeprefix(DEFINITION), ())
            return (), [(each.parameters, each.condition, each.exceptions) for each in clauses]
        if name == TRANSITIONS:
            return (), [(each.variable, each.condition, each.date) for each in law.transitions]
        if name.startswith(FACT) and (fact := words.facts.get(name.removeprefix(FACT))):
            opening = (OPENING + fact.name,) if fact.category == "state" else ()
            return opening, (fact.parameters, fact.sort)
        if name.startswith(OPENING) and (fact := words.facts.get(name.removeprefix(OPENING))):
            return (), (fact.begins, fact.ends)
        if name.startswith(PARAMETER) and (one := words.parameters.get(name.split(" ", 1)[1])):
            return (), one.sort
        if name.startswith(KIND) and (kind := words.kinds.get(name.removeprefix(KIND))):
            return tuple(KIND + each for each in words.lineage(kind.name)[1:]), kind.roles
        return (), ()

    def _named(self, places: tuple[str, ...], part: object) -> Iterator[str]:
        yield from places
        yield from self._within(part)

    def _within(self, part: object) -> Iterator[str]:
        """Yield the names that stand in ``part``."""
        match part:
            case tuple() | list():
                for each in part:
                    yield from self._within(each)
                return
            case Holds(fact) | Attribute(fact):
                yield FACT + fact
            case Defined(definition):
                yield DEFINITION + definition
            case Counted(rule):
                yield COUNT + rule
            case ParameterAt(parameter):
                yield PARAMETER + parameter
            case WorkingDays(_, calendar):
                yield CALENDAR + calendar
            case Read(reading):
                yield READING + reading
            case IsA(_, kind) | Individual(kind):
                yield KIND + kind
            case Enumerated(enumeration):
                yield ENUMERATION + enumeration
            case OpenTo(kind):
                yield KIND + kind
                yield from (NORM + each.id for each in self.ways(kind))
            case _:
                pass
        if is_dataclass(part) and not isinstance(part, Span):
            for each in fields(part):
                yield from self._within(getattr(part, each.name))

    def ways(self, kind: str) -> Iterator[Norm]:
        """Yield the norms that permit or forbid acts of ``kind``, of whatever rank."""
        lineage = self.law.vocabulary.lineage(kind)
        for norm in self.law.norms.values():
            if norm.modality in ("permit", "forbid") and any(
                case.variable.sort.kind in lineage for case in norm.cases
            ):
                yield norm
