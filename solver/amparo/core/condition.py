"""Conditions and values of the core language: names bound, sorts known, sugar gone.

Every node is typed by construction. Variables are unique within a law. Whatever can change in
time says at which moment it is asked (``at``: an event, or a date). General acts are gone: a
quantifier over one has become a choice among the norms that count other acts as it.
"""

import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal as OneOf

from amparo.text import NOWHERE, Span

# -- sorts ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Individual:
    """A person, thing or event of ``kind``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of ``currency``, in hundredths of it, whole."""

    currency: str


@dataclass(frozen=True, slots=True)
class Enumerated:
    """One of the options of an enumeration."""

    enumeration: str


Scalar = OneOf["number", "share", "date", "duration"]
Sort = Individual | Money | Enumerated | Scalar
"""``number`` is whole; a ``share`` is a fraction of one (50 % is 1/2); a ``date`` a day;
a ``duration`` a whole number of days."""

# -- values --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of a condition; ``span`` is where it is written."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """A bound individual (``sort`` is its declared kind)."""

    name: str
    sort: Individual


MOMENT = Variable("moment", Individual("moment"))
"""The moment at which a definition is asked: the ``at`` of what stands in its clauses.

Bound, where a `Defined` is judged, to the event or date that its own ``at`` denotes.
"""


@dataclass(frozen=True, slots=True)
class RoleOf(Node):
    """The filler of ``role`` of ``event``.

    ``known``: the kind that ``event`` is known to be of here, where its sort alone has no such role.
    """

    event: "Value"
    role: str
    sort: Sort
    known: str | None = None


@dataclass(frozen=True, slots=True)
class DateOf(Node):
    """The date of ``event``."""

    event: "Value"


@dataclass(frozen=True, slots=True)
class Attribute(Node):
    """The value of a total attribute of ``arguments``."""

    fact: str
    arguments: tuple["Value", ...]
    sort: Sort


@dataclass(frozen=True, slots=True)
class ParameterAt(Node):
    """The value of a parameter at a moment; free where no value is declared for it."""

    parameter: str
    at: "Value"
    sort: Sort


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A number, share, amount (hundredths), date or option.

    ``value`` is an int for numbers and money, a Fraction for shares, a date, or the option's name.
    """

    value: int | Fraction | datetime.date | str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """``left + right``, or ``left - right``; both of ``sort``, or a date and a duration."""

    operator: OneOf["+", "-"]
    left: "Value"
    right: "Value"
    sort: Sort


@dataclass(frozen=True, slots=True)
class Scaled(Node):
    """``factor * value``: linear arithmetic. The result may be no whole number; it is compared exactly."""

    factor: Fraction
    value: "Value"
    sort: Sort


@dataclass(frozen=True, slots=True)
class Days:
    """A number of calendar days."""

    count: int


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A number of working days of a calendar."""

    count: int
    calendar: str


@dataclass(frozen=True, slots=True)
class Months:
    """A number of calendar months; a day that the month lacks is rounded as stated."""

    count: int
    rounding: OneOf["down", "up"]


Length = Days | WorkingDays | Months


@dataclass(frozen=True, slots=True)
class Shifted(Node):
    """The date ``duration`` after ``date`` (or before it, when ``backwards``)."""

    date: "Value"
    duration: Length
    backwards: bool = False


Value = Variable | RoleOf | DateOf | Attribute | ParameterAt | Constant | Sum | Scaled | Shifted

# -- conditions ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """Always, or never."""

    value: bool


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Negation."""

    operand: "Condition"


@dataclass(frozen=True, slots=True)
class And(Node):
    """All of ``operands``."""

    operands: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Any of ``operands``."""

    operands: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Exists(Node):
    """At least ``number`` distinct individuals of the variable's kind satisfy ``body``."""

    variable: Variable
    body: "Condition"
    number: int = 1


@dataclass(frozen=True, slots=True)
class ForAll(Node):
    """Every individual of the variable's kind satisfies ``body``."""

    variable: Variable
    body: "Condition"


@dataclass(frozen=True, slots=True)
class Holds(Node):
    """A relation, open fact or state holds of ``arguments``; a state at the moment ``at``.

    An argument whose kind is not the declared one makes it false.
    """

    fact: str
    arguments: tuple["Value", ...]
    at: "Value | None" = None


@dataclass(frozen=True, slots=True)
class Defined(Node):
    """A definition applies to ``arguments`` by its clauses in force at ``at``."""

    definition: str
    arguments: tuple["Value", ...]
    at: "Value"


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """``left operator right``: of one sort; individuals and options only by ``=``."""

    operator: OneOf["=", "<", "<="]
    left: "Value"
    right: "Value"


@dataclass(frozen=True, slots=True)
class IsA(Node):
    """``value`` is of ``kind``."""

    value: "Value"
    kind: str


@dataclass(frozen=True, slots=True)
class Before(Node):
    """``left`` is strictly before ``right``: dates by day; events by day, then order within it.

    Between an event and a date only the days count.
    """

    left: "Value"
    right: "Value"


@dataclass(frozen=True, slots=True)
class OpenTo(Node):
    """The lower law gives ``holder`` a basis for the remedy ``kind`` against ``against``.

    It is judged as if the remedy were used straight after ``against``, on its day.
    """

    kind: str
    holder: "Value"
    against: "Value"


@dataclass(frozen=True, slots=True)
class Read(Node):
    """The declared reading ``reading`` is taken as ``option``."""

    reading: str
    option: str


@dataclass(frozen=True, slots=True)
class Counted(Node):
    """The norm ``rule`` (an identity in ``Law.counts``) counts ``event`` as its general act."""

    rule: "str"
    event: "Value"


Condition = (
    Truth
    | Not
    | And
    | Or
    | Exists
    | ForAll
    | Holds
    | Defined
    | Compare
    | IsA
    | Before
    | OpenTo
    | Read
    | Counted
)
