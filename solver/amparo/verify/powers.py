"""What the law makes a measure rest on, and whether it passes when only some of that is counted.

A *measure* is a kind of act of authority that is about a person or a thing. What it may rest on
are the acts that authorise it (`core.authority`). Each question is asked over all worlds that obey
the lower law: can the measure be lawful with these counted, and unlawful with those?
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from typing import Literal as OneOf

from amparo.core.authority import (
    counting_none,
    counting_only,
    demands,
    objects_of,
    told_apart,
    weighed,
)
from amparo.core.condition import Individual
from amparo.core.law import Law, Norm, NormId
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, governs, lower, outcome
from amparo.semantics.judge import complies as breaches
from amparo.smt import term as t
from amparo.smt.applying import subject
from amparo.smt.compile import Compiler
from amparo.smt.conduct import Judge
from amparo.smt.ground import Element, Ground
from amparo.smt.norms import Duties
from amparo.smt.search import Found, Proved, Result, solve
from amparo.smt.term import Term
from amparo.smt.turns import differing
from amparo.verify.ask import InvalidModel
from amparo.verify.finding import Outcome
from amparo.verify.inquiry import Inquiry, by_reading
from amparo.verify.obeying import Part, pleasing, sought

HIGHEST = 0
Answer = OneOf["yes", "no", "depends", "unknown"]
MOST_CLASSES = 200
"""Classes of objects of one measure that are told apart; of more, only the widest is asked about."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A measure on a class of object: a kind for each of its roles that names a person or thing.

    Of just these kinds: a narrower class is a subject of its own.
    """

    measure: str
    objects: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Powers:
    """What the law of an inquiry says about competence; remembers what was asked."""

    inquiry: Inquiry
    kinds: frozenset[str] = field(init=False)
    """The kinds that the law tells apart."""
    _lone: dict[tuple[str, str], Law] = field(default_factory=dict)
    _able: dict[tuple[str, str], bool] = field(default_factory=dict)
    _cases: dict[str, list[World]] = field(default_factory=dict)
    """Worlds in which the law is obeyed, found on the way, by the measure that they have."""

    def __post_init__(self) -> None:
        """Look up which kinds matter."""
        self.kinds = told_apart(self.inquiry.law)

    @property
    def law(self) -> Law:
        """The law asked about."""
        return self.inquiry.law

    # -- what is asked about ------------------------------------------------------------------

    def measures(self) -> Iterator[str]:
        """Yield the kinds of measures; acts by which others are authorised are none."""
        vocabulary = self.law.vocabulary
        official = [each for each in vocabulary.kinds.values() if each.category == "official act"]
        steps = {
            vocabulary.root(demand.variable.sort.kind)
            for each in official
            for demand in demands(self.law, each.name)
        }
        for each in official:
            about = any(True for _ in objects_of(vocabulary, each.name))
            if about and each.name in self.kinds and vocabulary.root(each.name) not in steps:
                yield each.name

    def subjects(self, measure: str) -> tuple[Subject, ...]:
        """Return the classes of objects of ``measure``, the widest first."""
        vocabulary = self.law.vocabulary
        roles = tuple(objects_of(vocabulary, measure))
        choices = [
            [each for each in vocabulary.below(kind) if each == kind or each in self.kinds]
            for _, kind in roles
        ]
        found = [
            Subject(measure, tuple(zip((role for role, _ in roles), each, strict=True)))
            for each in product(*choices)
        ]
        return tuple(found) if len(found) <= MOST_CLASSES else tuple(found[:1])

    def wider(self, subject: Subject) -> Iterator[Subject]:
        """Yield the subjects that are wider by one step: one object, or the measure."""
        for number, (role, kind) in enumerate(subject.objects):
            above = self._above(kind)
            if above is not None:
                objects = (*subject.objects[:number], (role, above), *subject.objects[number + 1 :])
                yield Subject(subject.measure, objects)
        above = self._above(subject.measure)
        if above is not None:
            yield Subject(above, subject.objects)

    def _above(self, kind: str) -> str | None:
        lineage = self.law.vocabulary.lineage(kind)[1:]
        return next((each for each in lineage if each in self.kinds), None)

    def below(self, kind: str) -> tuple[str, ...]:
        """Return the kinds under ``kind`` that are told apart."""
        return tuple(each for each in self.law.vocabulary.below(kind)[1:] if each in self.kinds)

    def demanding(self, measure: str) -> tuple[NormId, ...]:
        """Return the norms that make ``measure`` rest on somebody's act, in order of the law."""
        without, norms = self.without(measure), self.law.norms
        return tuple(each for each in norms if without.norms[each] != norms[each])

    def to(self, law: Law) -> "Powers":
        """Return the same about another law of the same words."""
        other = Powers(self.inquiry.to(law))
        other.kinds = self.kinds
        return other

    def authorities(self, measure: str) -> tuple[str, ...]:
        """Return the kinds of those who may lawfully do acts that ``measure`` may rest on."""
        vocabulary = self.law.vocabulary
        found: set[str] = set()
        for act in dict.fromkeys(each.variable.sort.kind for each in demands(self.law, measure)):
            sort = dict(vocabulary.kinds[act].roles)["by"]
            assert isinstance(sort, Individual)
            found.update(each for each in vocabulary.below(sort.kind) if self._may(each, act))
        return tuple(each for each in vocabulary.kinds if each in found)

    def _may(self, authority: str, act: str) -> bool:
        """Say whether ``authority`` may ever lawfully do ``act``, as far as could be decided."""
        key = authority, act
        if key not in self._able:
            (answer,) = Asked(self, act, (), (), wide=True).answers([Sort(authority)])
            self._able[key] = answer != "no"
        return self._able[key]

    def doers(self, measure: str) -> tuple[str, ...]:
        """Return the kinds of those who may do ``measure``; none where it has no role ``by``."""
        sort = dict(self.law.vocabulary.kinds[measure].roles).get("by")
        return self.law.vocabulary.below(sort.kind) if isinstance(sort, Individual) else ()

    def cases(self, measure: str) -> list[World]:
        """Return the worlds with ``measure`` that were found so far; more may be added."""
        return self._cases.setdefault(measure, [])

    # -- laws ---------------------------------------------------------------------------------

    def without(self, measure: str) -> Law:
        """Return the law with no authorising act counted."""
        return self._weighed(measure, "")

    def only(self, measure: str, authority: str) -> Law:
        """Return the law with only the authorising acts of ``authority`` counted."""
        return self._weighed(measure, authority)

    def _weighed(self, measure: str, authority: str) -> Law:
        key = measure, authority
        if key not in self._lone:
            vocabulary = self.law.vocabulary
            weigh = counting_only(vocabulary, authority) if authority else counting_none
            self._lone[key] = weighed(self.law, measure, weigh)
        return self._lone[key]

    # -- questions ----------------------------------------------------------------------------

    def asked(self, measure: str, lawful: tuple[Law, ...], unlawful: tuple[Law, ...]) -> "Asked":
        """Ask for worlds that obey the law, with such a measure lawful and unlawful by these laws."""
        return Asked(self, measure, lawful, unlawful)

    def question(
        self,
        subject_: Subject,
        lawful: tuple[Law, ...],
        unlawful: tuple[Law, ...],
        doer: str | None = None,
    ) -> "Posed":
        """Ask the same of one subject, and one doer if one is given."""
        asked = self.asked(subject_.measure, lawful, unlawful)
        return Posed(asked, Sort(doer, subject_.objects))


@dataclass(frozen=True, slots=True)
class Sort:
    """Of which kinds who does a measure is, and whom and what it is about: just these kinds."""

    doer: str | None = None
    objects: tuple[tuple[str, str], ...] = ()

    def roles(self) -> Iterator[tuple[str, str]]:
        """Yield the roles whose kinds are told, with these."""
        yield from self.objects
        if self.doer is not None:
            yield "by", self.doer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: whether such a measure can be lawful by all of ``lawful``, and by no ``unlawful``.

    In a world that obeys the law of ``powers``, so the measure is lawful by that law as well.
    ``wide``: on any day, and of any narrower kind.
    """

    powers: Powers
    measure: str
    lawful: tuple[Law, ...]
    unlawful: tuple[Law, ...]
    wide: bool = False

    def answers(self, sorts: Sequence[Sort]) -> tuple[Answer, ...]:
        """Return for measures of each of ``sorts`` the answer over all readings of the law."""
        by_sort = [set[str]() for _ in sorts]

        def decided(inquiry: Inquiry) -> Outcome:
            for verdicts, verdict in zip(by_sort, self._verdicts(inquiry, sorts), strict=True):
                verdicts.add(verdict)
            return Outcome(inquiry.readings, "unknown")

        for undecided in by_reading(self.powers.inquiry, decided):
            # What cannot be compiled has not been decided of any.
            if undecided.note:
                for verdicts in by_sort:
                    verdicts.add("unknown")
        return tuple(map(_answer, by_sort))

    def _verdicts(self, inquiry: Inquiry, sorts: Sequence[Sort]) -> Iterator[str]:
        """Yield the verdict on each of ``sorts``; what one case took of the law serves the next."""
        part = self.part(inquiry)
        found = self.powers.cases(self.measure)
        for sort in sorts:
            if any(Posed(self, sort).acts(each) for each in self._alike(found, sort)):
                yield "violated"
                continue
            # What the law says of the measure itself mostly rules it out.
            ground = inquiry.ground()
            result = solve(
                ground, self._of(inquiry, ground, self.part(inquiry), sort), inquiry.budget
            )
            if isinstance(result, Found):
                ground = inquiry.ground()
                asserts = self._of(inquiry, ground, part, sort)
                result, world = sought(inquiry, ground, part, asserts)
                if world is not None:
                    found.append(self.replayed(world, sort))
            yield _VERDICTS.get(type(result), "unknown")

    def _of(
        self, inquiry: Inquiry, ground: Ground, part: Part, sort: Sort
    ) -> Callable[[], list[Term]]:
        of_any = self.asserts(inquiry, ground, part)

        def asserts() -> list[Term]:
            act, terms = of_any()
            return [*terms, *self.just(ground, act, sort)]

        return asserts

    def seen(self, inquiry: Inquiry, sort: Sort) -> World | None:
        """Return a small and plausible world with a measure of ``sort``; None if none was found."""
        ground, part = inquiry.ground(), self.part(inquiry)
        _, world = pleasing(inquiry, ground, part, self._of(inquiry, ground, part, sort))
        return None if world is None else self.replayed(world, sort)

    def replayed(self, world: World, sort: Sort) -> World:
        """Return ``world``.

        Raises:
            InvalidModel: by `semantics` it has no measure as asked.
        """
        if not Posed(self, sort).acts(world):
            place = f"the measure {self.measure}"
            raise InvalidModel(place, world, "no such measure is lawful and unlawful as asked")
        return world

    def _alike(self, worlds: Sequence[World], sort: Sort) -> Iterator[World]:
        """Yield ``worlds`` with those about whom a measure is made of ``sort``, where it is narrower.

        Whatever was true of somebody is so of one of a narrower kind. Whether the law is obeyed then
        is for `semantics` to say.
        """
        vocabulary = self.powers.law.vocabulary
        for world in worlds:
            for event in world.events.values():
                if event.kinds != {self.measure}:
                    continue
                made = {str(event.roles[role]): kind for role, kind in sort.roles()}
                lineages = {name: vocabulary.lineage(kind) for name, kind in made.items()}
                if all(world.things[name] <= {*above} for name, above in lineages.items()):
                    narrowed = {name: frozenset({kind}) for name, kind in made.items()}
                    yield replace(world, things={**world.things, **narrowed})

    def part(self, inquiry: Inquiry) -> Part:
        """Return the part of the law to begin with: what it says of the measure."""
        return Part(inquiry.law, HIGHEST).about(self.measure)

    def asserts(
        self, inquiry: Inquiry, ground: Ground, part: Part
    ) -> Callable[[], tuple[Element, list[Term]]]:
        """Return what gives a measure of any sort, and the asserts about it, each time anew."""
        compiler, duties = inquiry.compiler(ground, HIGHEST), Duties(inquiry.law)
        laws = [(each, True) for each in self.lawful if each is not inquiry.law]
        laws += [(each, False) for each in self.unlawful]
        weighing = [
            (Compiler(law, HIGHEST, inquiry.readings, ground, f"weighed {number}"), so)
            for number, (law, so) in enumerate(laws)
        ]

        def asserts() -> tuple[Element, list[Term]]:
            act, there, day = subject(compiler, ("measure",), self.measure)
            assert isinstance(act, Element)
            narrower = () if self.wide else self.powers.below(self.measure)
            terms = [
                there,
                t.TRUE if self.wide else inquiry.on(day),
                *(t.not_(ground.is_kind(act, each)) for each in narrower),
                *(_passes(compiler, each, act, so) for each, so in weighing),
                part.obeyed(compiler, duties),
            ]
            return act, terms

        return asserts

    def just(self, ground: Ground, act: Element, sort: Sort) -> Iterator[Term]:
        """Yield that those about whom ``act`` is are of the kinds of ``sort``, and no narrower."""
        sorts = dict(self.powers.law.vocabulary.kinds[self.measure].roles)
        for role, kind in sort.roles():
            filler = ground.role(act, self.measure, role, sorts[role])
            assert isinstance(filler, Element)
            yield ground.is_kind(filler, kind)
            yield from (t.not_(ground.is_kind(filler, each)) for each in self.powers.below(kind))


def _passes(real: Compiler, weighing: Compiler, act: Element, so: bool) -> Term:
    """Return that ``act``, lawful by the law of ``real``, is so by that of ``weighing``, or is not.

    What both laws say alike neither forbids it in one of them alone nor takes its basis away.
    """
    law = weighing.law
    concerned, duties = differing(law, real.law, HIGHEST).norm, Duties(law)
    here, there = Judge(real, duties, concerned), Judge(weighing, duties, concerned)

    def alike(norm: Norm) -> bool:
        return not concerned(norm)

    if so:
        based = t.or_(here.based(act, alike), there.based(act, concerned))
        return t.and_(based, weighing.unforbidden(act, True, alike))
    # What forbids it in other words does so by itself; what does in the same words has lost the
    # permission that prevailed over it, and a permission lost is one that it had.
    own = differing(_unrivalled(law), _unrivalled(real.law), HIGHEST).norm
    by_itself = weighing.unforbidden(act, False, lambda norm: not own(norm))
    lost = t.or_(there.forbidden(act), there.baseless(act))
    return t.or_(by_itself, t.and_(here.based(act, concerned), lost))


def _unrivalled(law: Law) -> Law:
    """Return ``law`` with nothing that prevails over anything."""
    return replace(law, norms={n: replace(each, defeated_by=()) for n, each in law.norms.items()})


_VERDICTS: Mapping[type[Result], str] = {Proved: "holds", Found: "violated"}


def _answer(verdicts: set[str]) -> Answer:
    if verdicts == {"violated"}:
        return "yes"
    if verdicts == {"holds"}:
        return "no"
    return "unknown" if "unknown" in verdicts else "depends"


@dataclass(frozen=True, slots=True)
class Posed:
    """A question about measures of one sort."""

    asked: Asked
    sort: Sort

    def answer(self) -> Answer:
        """Return the answer over all readings of the law."""
        return self.asked.answers([self.sort])[0]

    def case(self) -> World | None:
        """Return a small and plausible world that says yes, replayed; None if none was found.

        Raises:
            InvalidModel: the world does not replay.
        """
        found = by_reading(self.asked.powers.inquiry, self._sought)
        return next((each.world for each in found if each.world is not None), None)

    def _sought(self, inquiry: Inquiry) -> Outcome:
        world = self.asked.seen(inquiry, self.sort)
        return Outcome(inquiry.readings, "unknown" if world is None else "violated", world=world)

    # -- the replay ---------------------------------------------------------------------------

    def acts(self, world: World) -> tuple[str, ...]:
        """Return the measures in ``world`` that are as asked; none if the law is not obeyed in it."""
        law = self.asked.powers.law
        try:
            if breaches(law, world, HIGHEST):
                return ()
        except Unspecified:
            return ()
        return tuple(
            event
            for event in sorted(world.events)
            if self._is_one(Context(law, world, HIGHEST), event)
            and (self.asked.wide or self.asked.powers.inquiry.when.covers(world.events[event].on))
            and all(lawful(each, world, event) for each in self.asked.lawful)
            and not any(lawful(each, world, event) for each in self.asked.unlawful)
        )

    def _is_one(self, context: Context, event: str) -> bool:
        roles, below = context.event(event).roles, self.asked.powers.below

        def just(name: str, kind: str) -> bool:
            return context.is_a(name, kind) and not any(context.is_a(name, n) for n in below(kind))

        return just(event, self.asked.measure) and all(
            just(str(roles[role]), kind) for role, kind in self.sort.roles()
        )


def lawful(law: Law, world: World, event: str) -> bool:
    """Say whether ``event`` has a basis for certain, and for certain nothing forbids it, by ``law``."""
    context = Context(law, world, HIGHEST)

    def says(norms: Iterator[NormId] | tuple[NormId, ...], so: bool) -> bool:
        return any(outcome(partial(governs, law.norms[n], event, context)) is so for n in norms)

    permits = [each.id for each in lower(context, "permit")]
    bans = [outcome(partial(governs, each, event, context)) for each in lower(context, "forbid")]
    return says(tuple(permits), True) and all(each is False for each in bans)
