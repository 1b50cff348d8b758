"""Whether some situation leaves nothing that can be done: exists a situation, for all conduct.

Counterexample-guided (Solar-Lezama and others, "Combinatorial Sketching for Finite Programs",
ASPLOS 2006; Janota and others, "Solving QBF with Counterexample Guided Refinement", SAT 2012). A
situation is looked for in which every plan known so far fails (`smt.situation`). In that
situation, written down, conduct is looked for with which all is obeyed (`smt.continuing`): if
there is none, that is the proof for that situation; if there is, it is one plan more
(`smt.planning`). If no situation is left, that is the proof that there is always a way.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from operator import or_

from amparo.core.law import Law, Norm, Period
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, governs, outcome
from amparo.semantics.judge import Breach, possible_breaches, violations
from amparo.smt import term as t
from amparo.smt.attention import Touched
from amparo.smt.compile import NotCompiled
from amparo.smt.continuing import Continuing, Start, preferred
from amparo.smt.decode import decode, terms_of
from amparo.smt.ground import CLOSING, Element, Ground
from amparo.smt.norms import Duties
from amparo.smt.obey import BASIS, Demand, Side
from amparo.smt.plan import Unplanned
from amparo.smt.planning import Planning
from amparo.smt.search import Found, Proved, Undecided, correct_sums, question, solve
from amparo.smt.session import Session
from amparo.smt.situation import Situation, horizon_of
from amparo.smt.term import TRUE, Term
from amparo.verify.ask import InvalidModel
from amparo.verify.inquiry import Inquiry

MOST_PLANS = 16
"""Plans that are tried before a question is given up."""


@dataclass(frozen=True, slots=True)
class Always:
    """There is always a way: whom the plans add, or leave out, is of these kinds."""

    touched: Touched


@dataclass(frozen=True, slots=True)
class Never:
    """In ``situation`` there is none: ``world`` is it with conduct that obeys all the rest.

    ``demands`` are a minimal set of those that leave nothing.
    """

    situation: World
    world: World
    trigger: str
    demands: frozenset[Demand]
    turns_on: tuple[str, ...] = ()
    """The open facts that decide: in every situation some valuation of them leaves a way."""


@dataclass(frozen=True, slots=True)
class Open:
    """Neither was found within the budget."""

    reason: str


Dilemma = Always | Never | Open


@dataclass(slots=True)
class Ways:
    """Which duties of a side always leave a way, from the days of a question on.

    Asked when a plan lets one of them fall due, for that may be for any number of triggers, each of
    which takes an act more. None relies on one that is being asked about.
    """

    inquiry: Inquiry
    side: Side
    found: dict[Demand, Touched | None]

    @staticmethod
    def around(inquiry: Inquiry, norm: Norm, side: Side) -> "Ways":
        """Return what is known for the question about ``norm``: nothing yet."""
        end, room = inquiry.when.end, datetime.timedelta(days=2 * horizon_of(inquiry.law))
        until = None
        if end is not None:
            # A day that no calendar tells may be far: as far as the law stays as it is.
            periods = [each.period for each in inquiry.law.norms.values()]
            changes = [day for each in periods for day in (each.start, each.end) if day]
            until = min((day for day in changes if day >= end + room), default=None)
        longer = replace(inquiry, when=Period(inquiry.when.start, until))
        return Ways(longer, side, {norm.id: None})

    def of(self, demand: Demand) -> Touched | None:
        """Return what the ways touch that the duty ``demand`` always leaves; None if unknown."""
        if demand not in self.found:
            self.found[demand] = None
            norm = self.inquiry.law.norms.get(demand)
            if norm is not None and norm.modality == "require" and len(norm.cases) == 1:
                asked = Searching(self.inquiry, norm, 0, self.side, self.side, self)
                try:
                    answer = asked.search()
                except NotCompiled:
                    return None
                if isinstance(answer, Always):
                    self.found[demand] = answer.touched
        return self.found[demand]


@dataclass(slots=True)
class Searching:
    """One case of a duty: whether it can fall due where nothing obeys ``demanded``.

    And where all of ``obeyed`` could be obeyed if it had not; ``demanded`` is a part of that.
    """

    inquiry: Inquiry
    norm: Norm
    position: int
    obeyed: Side
    demanded: Side
    ways: "Ways"
    """What is known of the other duties."""
    valued: bool = False
    """Whether what is left open may be valued as serves best, together with what is done."""
    duties: Duties = field(init=False)
    situation: Situation = field(init=False)

    def __post_init__(self) -> None:
        """State the question."""
        law = self.inquiry.law
        self.duties = Duties(law)
        self.situation = Situation(
            self.inquiry.compiler(self.inquiry.ground(), 0),
            self.duties,
            self.norm,
            self.position,
            self.obeyed,
            self.demanded,
            self.inquiry.on,
            self.ways.inquiry.on,
        )

    def search(self) -> Dilemma:
        """Decide.

        Raises:
            NotCompiled: the law uses a construct that cannot be decided for all worlds.
            ReadingNeeded: the answer turns on a declared reading that is not chosen.
            InvalidModel: the world that was found does not replay.
        """
        while len(self.situation.plans) <= MOST_PLANS:
            result = self._asked()
            match result:
                case Proved():
                    touched = list(map(self.situation.touched, self.situation.plans))
                    touched += [
                        way
                        for each in sorted(self.situation.proved)
                        if (way := self.ways.of(each)) is not None
                    ]
                    return Always(reduce(or_, touched))
                case Undecided(reason):
                    return Open(reason)
                case Found():
                    found = self._tried(self._model())
            if isinstance(found, Open):
                return found
            if found is not None:
                return self._whatever_is_open(found)
        return Open(f"{MOST_PLANS} plans tried, each of which fails in some situation")

    def _asked(self) -> Proved | Found | Undecided:
        try:
            return solve(self.ground, self.situation.asserts, self.inquiry.budget)
        except Unplanned as gap:
            raise NotCompiled(f"who `{gap}` is of what is done") from gap

    @property
    def ground(self) -> Ground:
        """The ground of the question."""
        return self.situation.ground

    def _model(self) -> Session | None:
        """Return a session whose last model is a small case; None when the budget ends first."""
        for _ in range(self.inquiry.budget.rounds * 2):
            script = question(self.ground, self.situation.asserts)
            session = preferred(script, self.ground, self._wishes(), self.inquiry.budget.effort)
            if session is None or not correct_sums(self.ground, session):
                return session
        return None

    def _wishes(self) -> Iterator[Term]:
        """Wish for few events and people, on days near to that of the check, and for no more facts."""
        ground, day = self.ground, self.ground.day(self.situation.trigger)
        near = str(self.inquiry.near.toordinal())
        yield t.equal(day, near)
        yield t.and_(t.compare("<=", day, near), t.compare("<=", f"(- {near} 366)", day))
        everybody = tuple(ground.domain.values())
        events = [each for each in everybody if ground.is_event(each)]
        for each in (*events, *(one for one in everybody if not ground.is_event(one))):
            yield t.not_(each.active)
        for each in events:
            yield from (
                t.and_(
                    t.compare("<=", f"(- {day} {days})", ground.day(each)),
                    t.compare("<=", ground.day(each), f"(+ {day} {days})"),
                )
                for days in (30, 400)
            )
        yield t.equal(CLOSING, self.situation.last)
        for (fact, _), name in ground.atoms.items():
            if ground.vocabulary.facts[fact].category != "open":
                yield t.not_(name)

    def _tried(self, session: Session | None) -> Never | Open | None:
        """Try the situation of a model; None: there is a way, or more has to be asked."""
        if session is None:
            return Open("no case with true dates within the budget")
        case = _Case.read(self, session)
        unmet = self._unmet(case)
        if unmet:
            self.situation.ask_also(unmet)
            return None
        asked = self._continuing(case, self.demanded)
        match asked.decide():
            case Proved():
                self._replayed(case)
                return self._never(case, asked.core())
            case Undecided(reason):
                return Open(reason)
            case Found():
                after = asked.shown()
        if after is None:
            return Open("no plain way of obeying within the budget")
        number = len(self.situation.plans)
        plan = Planning(
            self.inquiry.law,
            self.ground,
            case.terms,
            case.world,
            after,
            case.trigger,
            number,
            self.valued,
        ).plan()
        for demand in self.situation.try_also(plan):
            if self.demanded == self.obeyed == self.ways.side and self.ways.of(demand) is not None:
                self.situation.proved |= {demand}
        return None

    def _never(self, case: "_Case", enough: frozenset[Demand]) -> Never:
        """Return that there is no way in ``case``; without its open facts if they do not matter."""
        if case.world.open_facts:
            anyhow = replace(case, start=replace(case.start, valued=False))
            asked = self._continuing(anyhow, self.demanded)
            if isinstance(asked.decide(), Proved):
                demands = self._core(anyhow, asked.core())
                situation = replace(case.situation, open_facts={})
                return Never(situation, case.world, case.trigger, demands)
        demands = self._core(case, enough)
        return Never(case.situation, case.world, case.trigger, demands)

    def _continuing(self, case: "_Case", demanded: Side) -> Continuing:
        return Continuing(
            self.inquiry.law,
            self.inquiry.readings,
            self.duties,
            self.inquiry.budget,
            case.start,
            demanded,
        )

    def _core(self, case: "_Case", enough: frozenset[Demand]) -> frozenset[Demand]:
        """Return a minimal set of demands of which nothing obeys all: by leaving out one at a time."""
        kept = enough
        for demand in sorted(enough, key=lambda each: (each == self.norm.id, each)):
            asked = self._continuing(case, self.demanded.only(kept - {demand}))
            if isinstance(asked.decide(), Proved):
                kept -= {demand}
        return kept

    def _whatever_is_open(self, found: Never) -> Dilemma:
        """Return a situation with no way however its open facts are valued; or that they decide."""
        told = found.situation.open_facts
        if self.valued or not told:
            return found
        anew = replace(self, valued=True).search()
        if isinstance(anew, Always):
            return replace(found, turns_on=tuple(sorted({fact for fact, _ in told})))
        return anew

    def _unmet(self, case: "_Case") -> frozenset[Demand]:
        """Return what is not met in the world of ``case``, as `semantics` reads it, nor asked for.

        What turns on something that the world does not tell is not met.
        """
        law, world, context = self.inquiry.law, case.world, Context(self.inquiry.law, case.world, 0)
        excused = case.excused | {(self.norm.id, case.trigger)}
        left = frozenset(self.obeyed.demands()) - self.situation.asked
        unmet = set[Demand]()
        for breach, is_so in possible_breaches(context):
            made = left & demands_of(law, world, breach)
            if made and (breach.norm, breach.event) not in excused and outcome(is_so) is not False:
                unmet |= made
        for norm in (each for each in self.obeyed.norms if each.rank == 0 and each.id in left):
            try:
                broken = {(norm.id, each.event) for each in violations(law, world, norm)}
            except Unspecified:
                unmet.add(norm.id)
            else:
                unmet |= {norm.id for each in broken if each not in excused}
        return frozenset(unmet)

    def _replayed(self, case: "_Case") -> None:
        """Hold the world against `semantics`: all is obeyed but what is excused or asked.

        Raises:
            InvalidModel: it is not, or the duty is not triggered.
        """
        law, world = self.inquiry.law, case.world
        context = Context(law, world, 0)
        excused = case.excused | {(self.norm.id, case.trigger)}
        demands = {each.id for each in self.obeyed.norms}
        highest = [each for each in self.obeyed.norms if each.rank == 0]
        try:
            for breach, is_so in possible_breaches(context):
                if breach.norm is None and not self.obeyed.based:
                    continue
                if breach.norm is not None and breach.norm not in demands:
                    continue
                if (breach.norm, breach.event) not in excused and is_so():
                    raise InvalidModel(self.norm.id, world, f"the law is breached: {breach}")
            for each in highest:
                for violation in violations(law, world, each):
                    if (each.id, violation.event) not in excused:
                        raise InvalidModel(self.norm.id, world, f"it is breached: {violation}")
            if not governs(self.norm, case.trigger, context):
                raise InvalidModel(self.norm.id, world, "the duty is not triggered")
        except Unspecified as gap:
            raise InvalidModel(self.norm.id, world, str(gap)) from gap


@dataclass(frozen=True, slots=True)
class _Case:
    """What one model of the question says: the world, and what of it is the situation."""

    world: World
    situation: World
    trigger: str
    terms: Mapping[str, list[Element]]
    start: Start
    excused: frozenset[tuple[Demand, str]]

    @staticmethod
    def read(searching: Searching, session: Session) -> "_Case":
        situation, ground = searching.situation, searching.ground
        world = decode(ground, session, dict(searching.inquiry.readings))
        terms = terms_of(ground, session)
        trigger = next(n for n, each in terms.items() if situation.trigger in each)

        def is_so(predicate: Callable[[Element], str], element: Element) -> bool:
            sort = ground.symbols.sort(element.kind)
            return session.holds(predicate(element), sort, element.name)

        there, excused = set[str](), set[tuple[Demand, str]]()
        for name in world.events:
            known = next(each for each in terms[name] if each.name in ground.domain)
            said = situation.situated(known)
            if said == TRUE or is_so(situation.situation_of, known):
                there.add(name)
                for demand in situation.excusable():
                    if is_so(partial(situation.excused_by, demand), known):
                        excused.add((demand, name))
        conduct = frozenset(world.events) - there
        after = trigger if _answered_for(searching, world, trigger) else None
        start = Start(
            world,
            world.closing,
            conduct,
            frozenset(excused),
            after,
            about=trigger,
            valued=not searching.valued,
        )
        return _Case(world, without(world, conduct), trigger, terms, start, frozenset(excused))


def _answered_for(searching: Searching, world: World, event: str) -> bool:
    lineages = (searching.inquiry.law.vocabulary.lineage(k) for k in world.events[event].kinds)
    return any(not set(searching.situation.acts).isdisjoint(each) for each in lineages)


def demands_of(law: Law, world: World, breach: Breach) -> frozenset[Demand]:
    """Return the demand that ``breach`` leaves unmet; of a basis, any kind of the act may ask it."""
    if breach.norm is not None:
        return frozenset((breach.norm,))
    kinds = world.events[breach.event].kinds
    return frozenset(BASIS + law.vocabulary.root(each) for each in kinds)


def without(world: World, events: frozenset[str]) -> World:
    """Return ``world`` without ``events``, and without what is said of them."""

    def told(names: tuple[str, ...]) -> bool:
        return events.isdisjoint(names)

    return replace(
        world,
        events={name: each for name, each in world.events.items() if name not in events},
        relations=frozenset(each for each in world.relations if told(each[1])),
        states=frozenset(each for each in world.states if told(each[1])),
        open_facts={key: so for key, so in world.open_facts.items() if told(key[1])},
        attributes={
            key: value
            for key, value in world.attributes.items()
            if told(key[1]) and value not in events
        },
    )
