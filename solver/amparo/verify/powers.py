"""What the law makes a measure rest on, and whether it passes when only some of that is counted.

A *measure* is a kind of act of authority that is about a person or a thing. What it may rest on
are the acts that authorise it (`core.authority`). Each question is asked over all worlds that obey
the lower law: can the measure be lawful with these counted, and unlawful with those?
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
from amparo.core.law import Law, NormId
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, governs, lower, outcome
from amparo.semantics.judge import complies as breaches
from amparo.smt import term as t
from amparo.smt.applying import subject
from amparo.smt.compile import Compiler
from amparo.smt.ground import Element, Ground
from amparo.smt.norms import Duties, complies
from amparo.smt.search import Found, Proved, solve
from amparo.smt.term import Term
from amparo.verify.ask import InvalidModel
from amparo.verify.finding import Outcome
from amparo.verify.inquiry import Inquiry, by_reading
from amparo.verify.seek import seek

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
            posed = Posed(self, Subject(act, ()), (), (), authority, wide=True)
            self._able[key] = posed.answer() != "no"
        return self._able[key]

    def doers(self, measure: str) -> tuple[str, ...]:
        """Return the kinds of those who may do ``measure``; none where it has no role ``by``."""
        sort = dict(self.law.vocabulary.kinds[measure].roles).get("by")
        return self.law.vocabulary.below(sort.kind) if isinstance(sort, Individual) else ()

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

    def question(
        self,
        subject_: Subject,
        lawful: tuple[Law, ...],
        unlawful: tuple[Law, ...],
        doer: str | None = None,
    ) -> "Posed":
        """Ask for a world that obeys the law, with the measure lawful and unlawful by these laws."""
        return Posed(self, subject_, lawful, unlawful, doer)


@dataclass(frozen=True, slots=True)
class Posed:
    """A question: whether such a measure can be lawful by all of ``lawful``, and by no ``unlawful``.

    ``wide``: on any day, and of any narrower kind.
    """

    powers: Powers
    subject: Subject
    lawful: tuple[Law, ...]
    unlawful: tuple[Law, ...]
    doer: str | None = None
    wide: bool = False

    def answer(self) -> Answer:
        """Return the answer over all readings of the law."""
        verdicts = {each.verdict for each in by_reading(self.powers.inquiry, self._decided)}
        if verdicts == {"violated"}:
            return "yes"
        if verdicts == {"holds"}:
            return "no"
        return "unknown" if "unknown" in verdicts else "depends"

    def case(self) -> World | None:
        """Return a small and plausible world that says yes, replayed; None if none was found.

        Raises:
            InvalidModel: the world does not replay.
        """
        found = by_reading(self.powers.inquiry, self._sought)
        return next((each.world for each in found if each.world is not None), None)

    def _decided(self, inquiry: Inquiry) -> Outcome:
        ground = inquiry.ground()
        match solve(ground, self._asserts(inquiry, ground), inquiry.budget):
            case Found():
                return Outcome(inquiry.readings, "violated")
            case Proved():
                return Outcome(inquiry.readings, "holds")
            case undecided:
                return Outcome(inquiry.readings, "unknown", note=undecided.reason)

    def _sought(self, inquiry: Inquiry) -> Outcome:
        ground = inquiry.ground()
        _, world = seek(inquiry, ground, self._asserts(inquiry, ground))
        if world is None:
            return Outcome(inquiry.readings, "unknown")
        if not self.acts(world):
            place = f"the measure {self.subject.measure}"
            raise InvalidModel(place, world, "no such measure is lawful and unlawful as asked")
        return Outcome(inquiry.readings, "violated", world=world)

    def _asserts(self, inquiry: Inquiry, ground: Ground) -> Callable[[], list[Term]]:
        compiler = inquiry.compiler(ground, HIGHEST)
        duties = Duties(inquiry.law)
        laws = [(each, True) for each in self.lawful] + [(each, False) for each in self.unlawful]
        by_law = [
            (Compiler(law, HIGHEST, inquiry.readings, ground, f"weighed {number}"), so)
            for number, (law, so) in enumerate(laws)
        ]

        def asserts() -> list[Term]:
            act, there, day = subject(compiler, ("measure",), self.subject.measure)
            assert isinstance(act, Element)
            return [
                there,
                t.TRUE if self.wide else inquiry.on(day),
                *self._just(ground, act),
                *(_passes(each, act, so) for each, so in by_law),
                complies(compiler, duties, positive=True),
            ]

        return asserts

    def _just(self, ground: Ground, act: Element) -> Iterator[Term]:
        """Yield that ``act`` is of the kind and on objects of the kinds asked about, no narrower."""
        kinds, measure = self.powers.law.vocabulary.kinds, self.subject.measure
        narrower = () if self.wide else self.powers.below(measure)
        yield from (t.not_(ground.is_kind(act, each)) for each in narrower)
        sorts = dict(kinds[measure].roles)
        wanted = [*self.subject.objects, *([("by", self.doer)] if self.doer else [])]
        for role, kind in wanted:
            filler = ground.role(act, measure, role, sorts[role])
            assert isinstance(filler, Element)
            yield ground.is_kind(filler, kind)
            yield from (t.not_(ground.is_kind(filler, each)) for each in self.powers.below(kind))

    # -- the replay ---------------------------------------------------------------------------

    def acts(self, world: World) -> tuple[str, ...]:
        """Return the measures in ``world`` that are as asked; none if the law is not obeyed in it."""
        law = self.powers.law
        try:
            if breaches(law, world, HIGHEST):
                return ()
        except Unspecified:
            return ()
        return tuple(
            event
            for event in sorted(world.events)
            if self._is_one(Context(law, world, HIGHEST), event)
            and all(lawful(each, world, event) for each in self.lawful)
            and not any(lawful(each, world, event) for each in self.unlawful)
        )

    def _is_one(self, context: Context, event: str) -> bool:
        roles = context.event(event).roles

        def just(name: str, kind: str) -> bool:
            narrower = self.powers.below(kind)
            return context.is_a(name, kind) and not any(context.is_a(name, n) for n in narrower)

        wanted = [*self.subject.objects, *([("by", self.doer)] if self.doer else [])]
        return just(event, self.subject.measure) and all(
            just(str(roles[role]), kind) for role, kind in wanted
        )


def _passes(compiler: Compiler, act: Element, so: bool) -> Term:
    parts = compiler.has_basis(act, so), compiler.unforbidden(act, so)
    return t.conjunction(parts) if so else t.disjunction(parts)


def lawful(law: Law, world: World, event: str) -> bool:
    """Say whether ``event`` has a basis for certain, and for certain nothing forbids it, by ``law``."""
    context = Context(law, world, HIGHEST)

    def says(norms: Iterator[NormId] | tuple[NormId, ...], so: bool) -> bool:
        return any(outcome(partial(governs, law.norms[n], event, context)) is so for n in norms)

    permits = [each.id for each in lower(context, "permit")]
    bans = [outcome(partial(governs, each, event, context)) for each in lower(context, "forbid")]
    return says(tuple(permits), True) and all(each is False for each in bans)
