"""The tree of a norm file, as written: sugar and all, every node with its span.

Nodes are values: equal when they say the same, wherever they stand. `parse` builds them,
`unparse` prints them, ``parse(unparse(tree)) == tree``.
"""

import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal as OneOf

from amparo.text import NOWHERE, Span

Evidence = OneOf["read", "summary", "inferred", "unknown"]
Rounding = OneOf["down", "up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Anything that stands in a text."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """An identifier where it is written."""

    text: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A quoted text (adjacent pieces joined with one space, escapes resolved)."""

    text: str


@dataclass(frozen=True, slots=True)
class Label(Node):
    """The number or letter of an article, paragraph or point: ``55``, ``55-1``, ``300A``, ``a``."""

    text: str


@dataclass(frozen=True, slots=True)
class Day(Node):
    """A date."""

    value: datetime.date


# -- expressions: conditions and terms alike; sorts tell them apart ----------------------


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``l.of``: a variable or name, and the roles followed from it (``on`` is the date)."""

    head: Name
    steps: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``owns(p, x)``, ``value(x)``, ``sole_home(d, p) at c``: a fact, state or definition."""

    name: Name
    arguments: tuple["Expression", ...]
    at: "Expression | None" = None


@dataclass(frozen=True, slots=True)
class Infix(Node):
    """``p owns x``: a relation of two, written between them."""

    left: Path
    name: Name
    right: Path
    at: "Expression | None" = None


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A plain number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Quantity(Node):
    """``250 KZT`` or ``20 mci``: an amount in a currency, or a multiple of a parameter."""

    value: Fraction
    unit: Name


@dataclass(frozen=True, slots=True)
class Percent(Node):
    """``50 %`` (a share), or ``50 % of value(x)`` when ``of`` is given. ``value`` is 50."""

    value: Fraction
    of: "Expression | None" = None


@dataclass(frozen=True, slots=True)
class Duration(Node):
    """A length of time. Months and years state their rounding, or sorts will ask for it."""

    count: int
    unit: OneOf["days", "working days", "months", "years"]
    rounding: Rounding | None = None
    calendar: Name | None = None


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``left operator right``."""

    operator: OneOf["+", "-", "*"]
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """``left operator right``; ``is`` between values is ``=``, ``is not`` is ``!=``."""

    operator: OneOf["=", "!=", "<", "<=", ">", ">=", "is", "is not"]
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class IsA(Node):
    """``x is a Dwelling``; negated: ``x is not a Dwelling``."""

    value: "Expression"
    kind: Name
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Order(Node):
    """``left before right`` or ``left after right``, of events or dates."""

    relation: OneOf["before", "after"]
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Within(Node):
    """``value is within duration of|before|after anchor``."""

    value: "Expression"
    duration: Duration
    direction: OneOf["of", "before", "after"]
    anchor: "Expression"


@dataclass(frozen=True, slots=True)
class OpenTo(Node):
    """``Appeal is open to person against act``: the lower law gives a basis for that remedy."""

    remedy: "Expression"
    holder: "Expression"
    against: "Expression"


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Negation."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Both(Node):
    """Conjunction, right-nested as parsed."""

    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Either(Node):
    """Disjunction, right-nested as parsed."""

    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some Kind v has condition``; ``number`` only with ``at least`` and ``at most``."""

    quantifier: OneOf["some", "no", "every", "at least", "at most"]
    kind: Name
    variable: Name
    condition: "Expression | None" = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Group(Node):
    """An expression in parentheses. Kept, so that what is printed is what was written."""

    inner: "Expression"


Expression = (
    Path
    | Call
    | Infix
    | Number
    | Quantity
    | Percent
    | Duration
    | Day
    | Arithmetic
    | Compare
    | IsA
    | Order
    | Within
    | OpenTo
    | Not
    | Both
    | Either
    | Quantified
    | Group
)

# -- vocabulary ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SortName(Node):
    """A sort as written: ``number``, ``share``, ``date``, ``duration``, ``money`` (``of`` its currency), or a kind or enumeration."""

    kind: OneOf["named", "number", "share", "date", "duration", "money"]
    name: Name | None = None


@dataclass(frozen=True, slots=True)
class Param(Node):
    """``p: Person``: a parameter of a fact or definition, or a role of an event."""

    name: Name
    sort: SortName


@dataclass(frozen=True, slots=True)
class KindDecl(Node):
    """``kind Dwelling is Property may overlap Office reads "a dwelling".``."""

    name: Name
    parent: Name | None
    overlaps: tuple[Name, ...]
    reads: Text | None


@dataclass(frozen=True, slots=True)
class EnumerationDecl(Node):
    """``enumeration Aim: public_order reads "public order", health.``."""

    name: Name
    options: tuple[tuple[Name, Text | None], ...]


@dataclass(frozen=True, slots=True)
class CurrencyDecl(Node):
    """``currency KZT reads "tenge".``."""

    name: Name
    reads: Text | None


@dataclass(frozen=True, slots=True)
class FactDecl(Node):
    """A relation (no sort), a total attribute (with a sort), or an open fact.

    ``ordinary`` is one value or the two ends of a range: what a plausible case prefers.
    """

    name: Name
    open: bool
    params: tuple[Param, ...]
    sort: SortName | None
    reads: Text | None
    ordinary: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening(Node):
    """``begins with Transfer t when …`` of a state (and ``ends with``)."""

    kind: Name
    variable: Name
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class StateDecl(Node):
    """A relation that events begin and end."""

    name: Name
    params: tuple[Param, ...]
    begins: tuple[Opening, ...]
    ends: tuple[Opening, ...]
    reads: Text | None


@dataclass(frozen=True, slots=True)
class EventDecl(Node):
    """A kind of event. ``general act`` has no instances but the acts that norms count as it."""

    name: Name
    category: OneOf["event", "private act", "power act", "official act", "general act"]
    parent: Name | None
    roles: tuple[Param, ...]
    reads: Text | None


@dataclass(frozen=True, slots=True)
class ParameterDecl(Node):
    """``parameter mci: money reads "…" = 2917 KZT from 2022-01-01, …``."""

    name: Name
    sort: SortName
    reads: Text | None
    values: tuple[tuple[Expression, Day], ...]


@dataclass(frozen=True, slots=True)
class CalendarDecl(Node):
    """Working days between two dates (the second exclusive)."""

    name: Name
    start: Day
    end: Day
    rests: tuple[Name, ...]
    holidays: tuple[Day, ...] = ()
    working: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingOption(Node):
    """One way to read a text, and its ground. At most one option of a reading is ``as_written``."""

    name: Name
    as_written: bool
    because: Text


@dataclass(frozen=True, slots=True)
class ReadingDecl(Node):
    """``reading r "what it is about" either a because "…" or b because "…".``."""

    name: Name
    title: Text
    options: tuple[ReadingOption, ...]


@dataclass(frozen=True, slots=True)
class GraveDecl(Node):
    """What weighs when the gravest case is asked for: ``grave Levy l when …``."""

    kind: Name
    variable: Name
    condition: Expression | None


# -- provisions ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rank(Node):
    """``rank law``."""

    name: Name


@dataclass(frozen=True, slots=True)
class InForce(Node):
    """``in force from D until D`` (``until`` exclusive), or ``in force until D``."""

    start: Day | None
    end: Day | None


@dataclass(frozen=True, slots=True)
class Cites(Node):
    """Where the text of the provision is found."""

    text: Text


@dataclass(frozen=True, slots=True)
class Graded(Node):
    """``evidence read``: what the modelling rests on."""

    grade: Evidence


@dataclass(frozen=True, slots=True)
class Says(Node):
    """The provision in our own words."""

    text: Text


@dataclass(frozen=True, slots=True)
class Enacted(Node):
    """The bill is law from its commencement."""


@dataclass(frozen=True, slots=True)
class MadeUnder(Node):
    """``made under citation.``: the provision that gives the power to make this act."""

    citation: "Citation"


@dataclass(frozen=True, slots=True)
class Aims(Node):
    """``aim public_order and health``: what a limit of a right is for."""

    names: tuple[Name, ...]


Heading = Rank | InForce | Cites | Graded | Says | Enacted | MadeUnder | Aims


@dataclass(frozen=True, slots=True)
class Place(Node):
    """A place within an act. All parts optional, at least one given."""

    article: Label | None = None
    paragraph: Label | None = None
    point: Label | None = None
    norm: Name | None = None
    definition: Name | None = None


@dataclass(frozen=True, slots=True)
class Citation(Node):
    """A place in an act; ``act`` None means the act in which the citation stands."""

    act: Name | None
    place: Place


@dataclass(frozen=True, slots=True)
class Forbid(Node):
    """``forbid Levy l when …``."""

    kind: Name
    variable: Name
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class Permit(Node):
    """``permit Levy l when …``; ``empower`` says the same of an office."""

    kind: Name
    variable: Name
    condition: Expression | None
    empower: bool = False


@dataclass(frozen=True, slots=True)
class Guarantee(Node):
    """``guarantee Appeal a when …``: lower law may not take it, nor leave it without a way."""

    kind: Name
    variable: Name
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class Obligation(Node):
    """``some Notice n has … within 3 days``; ``deadline`` is a duration from the trigger or a date."""

    kind: Name
    variable: Name
    condition: Expression | None
    deadline: "Duration | Expression | None"


@dataclass(frozen=True, slots=True)
class Duty(Node):
    """``when Levy l has … require …``; ``otherwise`` is the chain of what is due on breach."""

    kind: Name
    variable: Name
    condition: Expression | None
    obligation: Obligation
    otherwise: tuple[Obligation, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownRule(Node):
    """``unknown Levy l when … because "…"``: the text was not seen; it may say anything of these acts."""

    kind: Name
    variable: Name
    condition: Expression | None
    because: Text


@dataclass(frozen=True, slots=True)
class Counts(Node):
    """``count Levy l as Deprivation { of: l.of } when …``: roles not bound are those of the same name."""

    kind: Name
    variable: Name
    general: Name
    bindings: tuple[tuple[Name, Expression], ...]
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class Excludes(Node):
    """``never count Arrest a as Deprivation when …``."""

    kind: Name
    variable: Name
    general: Name
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class Interprets(Node):
    """``interpret citation for Deprivation d unless …``: an exception that a court reads into a norm."""

    target: Citation
    kind: Name
    variable: Name
    exception: Expression


@dataclass(frozen=True, slots=True)
class Judges(Node):
    """``judge Levy l by the law on l.opened when …``: a transitional clause."""

    kind: Name
    variable: Name
    date: Expression
    condition: Expression | None


Rule = Forbid | Permit | Guarantee | Duty | UnknownRule | Counts | Excludes | Interprets | Judges


@dataclass(frozen=True, slots=True)
class Unless(Node):
    """``unless condition``: an exception."""

    condition: Expression


@dataclass(frozen=True, slots=True)
class Precedes(Node):
    """``despite P`` and ``special to P`` prevail over P; ``subject to P`` gives way to it."""

    relation: OneOf["despite", "subject to", "special to"]
    citation: Citation


@dataclass(frozen=True, slots=True)
class LimitedBy(Node):
    """``may be limited by law for public_order and health``."""

    rank: Name
    aims: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Effect(Node):
    """``with effect from D``: of an interpretation or a count, where it states a date."""

    start: Day


Clause = Unless | Precedes | LimitedBy | Effect | InForce | Cites | Graded | Says | Aims


@dataclass(frozen=True, slots=True)
class NormDecl(Node):
    """One sentence of law."""

    name: Name
    rule: Rule
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Define(Node):
    """A clause: ``define sole_home(d: Dwelling, p: Person) reads "…" means … unless …``.

    Several clauses of one name are alternatives. ``clauses`` are exceptions and notes.
    """

    name: Name
    params: tuple[Param, ...]
    reads: Text | None
    condition: Expression
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Untranslated(Node):
    """A sentence that the language cannot say, and why."""

    sentence: Text
    because: Text


Element = NormDecl | Define | Untranslated


@dataclass(frozen=True, slots=True)
class Point(Node):
    """A point."""

    label: Label
    title: Text | None
    headings: tuple[Heading, ...]
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Paragraph(Node):
    """A paragraph; its own sentences first, then its points."""

    label: Label
    title: Text | None
    headings: tuple[Heading, ...]
    elements: tuple[Element, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Article(Node):
    """An article; its own sentences first, then points that stand in no paragraph, then paragraphs."""

    label: Label
    title: Text | None
    headings: tuple[Heading, ...]
    elements: tuple[Element, ...]
    points: tuple[Point, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Act(Node):
    """An act."""

    name: Name
    title: Text
    headings: tuple[Heading, ...]
    elements: tuple[Element, ...]
    articles: tuple[Article, ...]


# -- bills ---------------------------------------------------------------------------------

Content = tuple[Element, ...] | tuple[Article, ...] | tuple[Paragraph, ...] | tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Replace(Node):
    """``replace PLACE with …``."""

    target: Place
    content: Content


@dataclass(frozen=True, slots=True)
class Insert(Node):
    """``insert …`` (at the end of the instruction's place), ``after P insert …``, ``before P insert …``."""

    where: OneOf["in", "after", "before"]
    target: Place | None
    content: Content


@dataclass(frozen=True, slots=True)
class Repeal(Node):
    """``repeal PLACE.``."""

    target: Place


@dataclass(frozen=True, slots=True)
class Renumber(Node):
    """``renumber PLACE as PLACE.``."""

    target: Place
    new: Place


@dataclass(frozen=True, slots=True)
class Substitute(Node):
    """``substitute EXPRESSION with EXPRESSION.`` within the instruction's place: exactly one occurrence."""

    old: Expression
    new: Expression


@dataclass(frozen=True, slots=True)
class Add(Node):
    """``add unless CONDITION.`` to the norm that is the instruction's place."""

    clause: Unless


Action = Replace | Insert | Repeal | Renumber | Substitute | Add


@dataclass(frozen=True, slots=True)
class Instruction(Node):
    """One instruction. ``within`` is the ``in …`` part: the action's own place is relative to it."""

    commencing: Day | None
    within: Place | None
    action: Action


@dataclass(frozen=True, slots=True)
class Amend(Node):
    """The instructions on one act."""

    act: Name
    instructions: tuple[Instruction, ...]


@dataclass(frozen=True, slots=True)
class Bill(Node):
    """A bill, or an amending act once ``enacted``.

    ``ordinals``, of a part of a bill: the ordinals of its instructions in the whole bill.
    """

    name: Name
    title: Text
    headings: tuple[Heading, ...]
    amends: tuple[Amend, ...]
    ordinals: tuple[int, ...] | None = field(default=None, compare=False, repr=False)


# -- tests ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfLaw(Node):
    """``law kz``: the body of law that is meant."""

    name: Name


@dataclass(frozen=True, slots=True)
class WithBills(Node):
    """``bill a, b``: as amended by these, in this order."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class WithoutBills(Node):
    """``without bill a``: as if these enacted bills had never been made."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class AsOf(Node):
    """``as of 2024-05-01``."""

    date: Day


@dataclass(frozen=True, slots=True)
class FixedReading(Node):
    """``reading money_judgment is suffices``."""

    reading: Name
    option: Name


@dataclass(frozen=True, slots=True)
class Decides(Node):
    """``outcome of jaftha``: what the court decided; ``ground of jaftha``: why it did."""

    part: OneOf["outcome", "ground"]
    decision: Name


Setting = OfLaw | WithBills | WithoutBills | AsOf | FixedReading | Decides


@dataclass(frozen=True, slots=True)
class GivenIndividual(Node):
    """``home: Dwelling``."""

    name: Name
    kind: Name


@dataclass(frozen=True, slots=True)
class GivenFact(Node):
    """``debtor owns home``, ``not minor(child)``, ``value(home) = 5_000_000 KZT``."""

    statement: Expression


@dataclass(frozen=True, slots=True)
class Occurrence(Node):
    """``levy: Levy { of: home, from: debtor, on: 2020-03-01 }``; the order written is the order within a day."""

    name: Name
    kind: Name
    roles: tuple[tuple[Name, Expression], ...]
    on: Day | None


@dataclass(frozen=True, slots=True)
class ExpectAct(Node):
    """``levy forbidden by P``, ``levy permitted by P``, ``levy lawful``, ``levy unlawful``; negated by ``not``."""

    act: Name
    outcome: OneOf["forbidden", "permitted", "lawful", "unlawful"]
    by: Citation | None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ExpectDuty(Node):
    """``duty P breached for levy``."""

    duty: Citation
    outcome: OneOf["met", "breached", "pending"]
    trigger: Name | None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ExpectThat(Node):
    """``that sole_home(home, debtor)``, judged on the closing date."""

    condition: Expression
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ExpectSecured(Node):
    """``P secured``: not everybody obeys the lower law here while a protection at P is broken."""

    protection: Citation
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ExpectObeyable(Node):
    """``the law can be obeyed``, ``the law cannot be obeyed, because of P and Q``: from here on."""

    possible: bool
    because_of: tuple[Citation, ...] = ()
    negated: bool = False


Expectation = ExpectAct | ExpectDuty | ExpectThat | ExpectSecured | ExpectObeyable


@dataclass(frozen=True, slots=True)
class Scenario(Node):
    """One concrete case and what the law must say of it."""

    title: Text
    settings: tuple[Setting, ...]
    given: tuple[GivenIndividual | GivenFact, ...]
    occurrences: tuple[Occurrence, ...]
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class CausedBy(Node):
    """``caused by BILL in PLACE``."""

    bill: Name
    place: Place | None


@dataclass(frozen=True, slots=True)
class Outcome(Node):
    """What the engine must answer of one protection, as to one kind of ``act`` or to any."""

    protection: Citation
    verdict: OneOf["holds", "violated", "depends", "unknown", "holds if read so"]
    status: OneOf["introduced", "pre-existing", "cured", "unchanged"] | None
    caused_by: tuple[CausedBy, ...] = ()
    relying_on: tuple[Citation, ...] = ()
    act: Name | None = None


Claimed = OneOf[
    "never applies",
    "can apply",
    "has no effect",
    "has an effect",
    "cannot be obeyed",
    "can be obeyed",
    "conflicts",
    "does not conflict",
]


@dataclass(frozen=True, slots=True)
class Claim(Node):
    """``P never applies``, ``P conflicts with Q``: what must come out of a provision, or its opposite.

    Only a conflict has an ``other`` side.
    """

    provision: Citation
    claim: Claimed
    other: Citation | None = None


@dataclass(frozen=True, slots=True)
class Question(Node):
    """What the engine must answer over all worlds."""

    title: Text
    settings: tuple[Setting, ...]
    outcomes: tuple[Outcome | Claim, ...]


# -- decisions -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Year(Node):
    """A year, where the day is not known."""

    value: int


@dataclass(frozen=True, slots=True)
class Court(Node):
    """Who decided."""

    text: Text


@dataclass(frozen=True, slots=True)
class Decided(Node):
    """``decided 2004-10-08``, or ``decided 1972`` where the day is not known."""

    on: Day | Year


@dataclass(frozen=True, slots=True)
class Happened(Node):
    """``facts "…"``: what the court had before it."""

    text: Text


Holding = OneOf[
    "consistent",
    "inconsistent",
    "consistent if read so",
    "split",
    "inconsistent as applied",
]


@dataclass(frozen=True, slots=True)
class Held(Node):
    """``held split because "…"``: how the court decided, and on what ground."""

    holding: Holding
    because: Text


@dataclass(frozen=True, slots=True)
class About(Node):
    """``about "…", "…"``: the points on which the decision stands beside others."""

    points: tuple[Text, ...]


Said = Court | Decided | Cites | Graded | Happened | Held | About | Untranslated


@dataclass(frozen=True, slots=True)
class Decision(Node):
    """A decision of a court, and what is ``said`` of it, in the order written."""

    name: Name
    title: Text
    said: tuple[Said, ...]


# -- waivers -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiver(Node):
    """``waive RULE of P with Q for Levy as depends caused by BILL because "…" by "…" until DAY.``.

    ``verdict`` None: violated. ``as_of``: a day on which the version of P that is meant is in force.
    """

    rule: Name
    provision: Citation
    because: Text
    by: Text
    until: Day
    beside: tuple[Citation, ...] = ()
    act: Name | None = None
    as_of: Day | None = None
    verdict: OneOf["holds", "violated", "depends", "unknown", "holds if read so"] | None = None
    bills: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Absolute(Node):
    """``never waive P because "…".``: nothing that is found at P can be waived."""

    provision: Citation
    because: Text | None = None


# -- files ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Use(Node):
    """``use property, enforcement_act from "../kz/x.norm".``."""

    names: tuple[Name, ...]
    path: Text | None


@dataclass(frozen=True, slots=True)
class BodyDecl(Node):
    """``body kz "The law of Kazakhstan" ranks constitution, code, law.``: highest rank first."""

    name: Name
    title: Text
    ranks: tuple[Name, ...]


Word = (
    KindDecl
    | EnumerationDecl
    | CurrencyDecl
    | FactDecl
    | StateDecl
    | EventDecl
    | ParameterDecl
    | CalendarDecl
    | ReadingDecl
    | GraveDecl
    | Define
)


@dataclass(frozen=True, slots=True)
class Vocabulary(Node):
    """A vocabulary and the words it declares."""

    name: Name
    title: Text | None
    words: tuple[Word, ...]


Item = Use | BodyDecl | Vocabulary | Act | Bill | Scenario | Question | Decision | Waiver | Absolute


@dataclass(frozen=True, slots=True)
class File(Node):
    """One norm file. ``comments`` are kept apart: (span of the comment, its text after ``#``).

    ``whole`` is False where words were passed over: what the file declares may not be all there.
    """

    items: tuple[Item, ...]
    comments: tuple[tuple[Span, str], ...] = field(default=(), compare=False, repr=False)
    whole: bool = field(default=True, compare=False, repr=False)
