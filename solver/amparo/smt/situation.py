"""Situations in which a duty falls due, and what plans come to in them.

A *situation* is the part of a world that nobody answers for: people, things, every fact about
them, events that just happen, whatever these speak of; and, where the duty was triggered by an act
that somebody answers for, whatever was done up to then. The rest of the world is *conduct*. The
question is whether some situation has conduct with which all is obeyed but the duty at this
trigger, and none with which all is obeyed. The first is a world, and is asked for as one. The
second is for every plan tried so far that it fails: it leaves some demand unmet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from amparo.core.condition import Days, Individual, Months
from amparo.core.law import Law, Norm
from amparo.smt import term as t
from amparo.smt.attention import Attention, Touched
from amparo.smt.compile import Compiler
from amparo.smt.ground import CLOSING, LAST_DAY, Element, Ground, Planned, Somebody
from amparo.smt.norms import Dates, Duties, kept
from amparo.smt.obey import (
    BASIS,
    Demand,
    Side,
    controlled,
    event_roles,
    is_controlled,
    obedience,
)
from amparo.smt.plan import NOTHING, Plan
from amparo.smt.term import FALSE, TRUE, Term
from amparo.smt.turns import Turns
from amparo.smt.values import Env

MARGIN = 73_000
"""Days (about 200 years) that are left before and after all that happens in a situation."""
MONTH, WORKING = 31, 3
"""At most so many days are a month; so many are taken for a working day, with `REST` in all."""
REST = 14


@dataclass(slots=True)
class Situation:
    """The question about one case of the duty ``norm``, over the ground of ``compiler``.

    ``obeyed`` is what everybody obeys but the duty at its trigger; ``demanded``, a part of it,
    what no conduct can obey. ``proved`` are duties, of one case each, of which it was proved
    that what everybody obeys but one of them at a trigger on days ``proved_on`` can be obeyed with it.
    """

    compiler: Compiler
    duties: Duties
    norm: Norm
    position: int
    obeyed: Side
    demanded: Side
    on: Dates
    proved_on: Dates
    proved: frozenset[Demand] = frozenset()
    plans: list[Plan] = field(default_factory=lambda: [NOTHING])
    asked: frozenset[Demand] = field(init=False)
    """The part of ``obeyed`` that is asked for: the rest is known to be met by what is found."""
    trigger: Element = field(init=False)
    acts: tuple[str, ...] = field(init=False)
    attention: Attention = field(init=False)
    _compilers: dict[int, Compiler] = field(default_factory=dict)
    last: Term = field(init=False)
    """The last day on which the duty can be met."""

    def __post_init__(self) -> None:
        """Let the duty be triggered."""
        law, case = self.compiler.law, self.norm.cases[self.position]
        self.acts = controlled(law)
        self.attention = Attention(law, Turns(law, self.compiler.rank))
        self.asked = frozenset(self._near())
        key = ("the trigger", self.norm.id, self.position)
        self.trigger = self.compiler.ground.witness(key, key, case.variable.sort.kind)
        env: Env = {case.variable.name: self.trigger}
        due = self.duties.of(self.norm.id, self.position)
        self.last, _ = self.compiler.values.number(due[-1][1], env)

    @property
    def ground(self) -> Ground:
        """The ground of the question."""
        return self.compiler.ground

    def _near(self) -> Iterator[Demand]:
        """Yield what is demanded of acts of the kinds of which the duty speaks."""
        case, compatible = self.norm.cases[self.position], self.compiler.law.vocabulary.compatible
        kinds = {case.variable.sort.kind}
        kinds |= {each.variable.sort.kind for each in self.norm.obligations}
        for norm in self.obeyed.norms:
            judged = (each.variable.sort.kind for each in norm.cases)
            near = any(compatible(one, each) for one in judged for each in kinds)
            if near and norm.period.meets(self.norm.period):
                yield norm.id
        for kind in self.obeyed.based:
            if any(compatible(kind, each) for each in kinds):
                yield BASIS + kind

    def try_also(self, plan: Plan) -> tuple[Demand, ...]:
        """Let ``plan`` fail too; return what it might breach by acts of others, now asked for."""
        self.plans.append(plan)
        touched, demands = self.touched(plan), self.obeyed.demands()
        anew = tuple(each for each in demands if self._is_judged_anew(each, plan, touched))
        self.ask_also(anew)
        return anew

    def ask_also(self, demands: Iterable[Demand]) -> None:
        """Ask that ``demands`` are obeyed."""
        self.asked |= frozenset(demands)

    def asserts(self) -> list[Term]:
        """Return asserts that are unsatisfiable iff in every situation some plan succeeds."""
        compiler, trigger = self.compiler, self.trigger
        case = self.norm.cases[self.position]
        horizon = f"(+ {self.last} {horizon_of(compiler.law)})"
        asked = self.obeyed.only(self.asked)
        conduct = obedience(compiler, self.duties, asked, self._excused_or_asked, True)
        found = [
            trigger.active,
            self.ground.is_kind(trigger, case.variable.sort.kind),
            self.situated(trigger),
            self.on(self.ground.day(trigger)),
            compiler.applies(self.norm, case, trigger, positive=True),
            t.not_(self.excused(self.norm.id, trigger)),
            t.compare("<=", self.last, CLOSING),
            t.compare("<=", CLOSING, horizon),
            *conduct.values(),
            *(self._fails(number, plan) for number, plan in enumerate(self.plans)),
        ]
        return [*found, *self._bounds(), *self._parts()]

    # -- the situation and the conduct in it ----------------------------------------------

    def situated(self, somebody: Somebody) -> Term:
        """Return that ``somebody`` belongs to the situation, and is not conduct."""
        if isinstance(somebody, Planned):
            return FALSE
        if not self.ground.is_event(somebody) or self._controlled(somebody) == FALSE:
            return TRUE
        return f"({self.situation_of(somebody)} {somebody.name})"

    def situation_of(self, event: Element) -> str:
        """Return the predicate of belonging to the situation."""
        sort = self.ground.symbols.sort(event.kind)
        return self.ground.symbols.function("s", ("situation", sort), sort, "Bool")

    def excused(self, demand: Demand, somebody: Somebody) -> Term:
        """Return that a duty triggered in the situation is not asked about, and need not be met."""
        if isinstance(somebody, Planned) or demand not in self.excusable():
            return FALSE
        return f"({self.excused_by(demand, somebody)} {somebody.name})"

    def excused_by(self, demand: Demand, event: Element) -> str:
        """Return the predicate of being excused from ``demand``."""
        sort = self.ground.symbols.sort(event.kind)
        return self.ground.symbols.function("x", ("excused", demand, sort), sort, "Bool")

    def excusable(self) -> frozenset[Demand]:
        """Return the duties from which a trigger in the situation may be excused."""
        return frozenset(each.id for each in self.obeyed.norms if each.modality == "require")

    def _excused_or_asked(self, demand: Demand, somebody: Somebody) -> Term:
        asked = FALSE
        if demand == self.norm.id:
            asked = self.ground.same(somebody, self.trigger)
        return t.or_(asked, self.excused(demand, somebody))

    def _excused_or_proved(self, demand: Demand, somebody: Somebody) -> Term:
        """Return that a duty need not be met by a plan: from what this leaves, some way is left."""
        return t.or_(self.excused(demand, somebody), self._proved_of(demand, somebody))

    def _proved_of(self, demand: Demand, somebody: Somebody) -> Term:
        """Return that a duty is due in the situation, and was asked about at this very trigger."""
        if isinstance(somebody, Planned) or demand not in self.proved:
            return FALSE
        (case,) = self.compiler.law.norms[demand].cases
        env: Env = {case.variable.name: somebody}
        last, _ = self.compiler.values.number(self.duties.of(demand, 0)[-1][1], env)
        horizon = f"(+ {last} {horizon_of(self.compiler.law)})"
        return t.conjunction(
            (
                self.situated(somebody),
                t.not_(self._controlled(self.trigger)),
                self.proved_on(self.ground.day(somebody)),
                t.compare("<=", CLOSING, horizon),
            )
        )

    def _controlled(self, event: Element) -> Term:
        return is_controlled(self.compiler, event, self.acts)

    def _so_far(self, event: Element) -> Term:
        """Return that ``event`` is history: up to a trigger that somebody answers for."""
        later = self.compiler.values.before(self.trigger, event)
        return t.and_(self._controlled(self.trigger), t.not_(later))

    def _parts(self) -> Iterator[Term]:
        """Tell the situation from the conduct, for everybody of the domain."""
        for each in tuple(self.ground.domain.values()):
            if not self.ground.is_event(each):
                continue
            here = self.situated(each)
            for demand in sorted(self.excusable()):
                yield t.implies(self.excused(demand, each), here)
            for kind, role, _ in event_roles(self.compiler.law):
                if self.ground.is_kind(each, kind) != FALSE:
                    filler = self._filler(each, kind, role)
                    yield t.implies(
                        t.and_(each.active, self.ground.is_kind(each, kind), here),
                        self.situated(filler),
                    )
            if here != TRUE:
                given = t.or_(t.not_(self._controlled(each)), self._so_far(each))
                yield t.implies(given, here)
                yield t.implies(t.and_(each.active, here), t.or_(given, self._spoken_of(each)))

    def _spoken_of(self, act: Element) -> Term:
        """Return that an event of the situation has ``act`` for a role, and so on to firm ground."""
        says = []
        for kind, role, filler_kind in event_roles(self.compiler.law):
            if not self.compiler.law.vocabulary.compatible(filler_kind, act.kind):
                continue
            key = ("speaks of", kind, role, act.name)
            by = self.ground.witness(key, key, kind)
            says.append(
                t.and_(
                    by.active,
                    self.situated(by),
                    self.ground.same(self._filler(by, kind, role), act),
                    t.compare("<", self._depth(by), self._depth(act)),
                )
            )
        return t.disjunction(says)

    def _depth(self, event: Element) -> Term:
        sort = self.ground.symbols.sort(event.kind)
        function = self.ground.symbols.function("d", ("depth", sort), sort, "Int")
        return f"({function} {event.name})"

    def _filler(self, event: Element, kind: str, role: str) -> Element:
        sort = dict(self.compiler.law.vocabulary.kinds[kind].roles)[role]
        filler = self.ground.role(event, kind, role, sort)
        assert isinstance(filler, Element)
        return filler

    def _bounds(self) -> Iterator[Term]:
        """Keep away from the first and last days of the calendar."""
        yield t.compare("<=", CLOSING, str(LAST_DAY - MARGIN))
        for each in tuple(self.ground.domain.values()):
            if self.ground.is_event(each):
                yield t.compare("<=", str(MARGIN), self.ground.day(each))

    # -- plans ----------------------------------------------------------------------------

    def _fails(self, number: int, plan: Plan) -> Term:
        """Return that ``plan`` cannot be carried out, or leaves a demand unmet."""
        compiler = self._carrying_out(number, plan)
        touched = self.touched(plan)
        unmet = obedience(
            compiler,
            self.duties,
            self.demanded,
            self._excused_or_proved,
            positive=False,
            known=lambda demand: not self._is_judged_anew(demand, plan, touched),
        )
        case = self.norm.cases[self.position]
        asked = t.and_(
            compiler.applies(self.norm, case, self.trigger, positive=True),
            kept(compiler, self.duties, self.norm, self.position, self.trigger, positive=False),
        )
        return t.or_(asked, *unmet.values(), *self._impossible(compiler, plan))

    def _is_judged_anew(self, demand: Demand, plan: Plan, touched: Touched) -> bool:
        """Say whether ``plan`` might breach ``demand`` by acts that are not its own."""
        return self.attention.heeds(demand, touched) or (
            bool(plan.overrides) and self.attention.is_open(demand)
        )

    def _carrying_out(self, number: int, plan: Plan) -> Compiler:
        """Return the compiler of what is so where ``plan`` is carried out."""
        if number in self._compilers:
            return self._compilers[number]

        def member(somebody: Element) -> Term:
            if not plan.dropped or not self.ground.is_event(somebody):
                return TRUE
            return t.or_(self.situated(somebody), plan.keeps(self.ground, somebody))

        found = replace(self.compiler, tag=f"plan {number}", plan=plan, member=member)
        self._compilers[number] = found
        return found

    def touched(self, plan: Plan) -> Touched:
        """Return the kinds of those whom ``plan`` adds or leaves out."""
        added = frozenset(kind for each in plan.added for kind in each.kinds)
        return Touched(added, frozenset(each.kind for each in plan.dropped))

    def _impossible(self, compiler: Compiler, plan: Plan) -> Iterator[Term]:
        """Return why ``plan`` cannot be carried out: who it needs is not there, or no time is left."""
        kinds = self.compiler.law.vocabulary.kinds
        for each in plan.added:
            if kinds[each.kind].category == "thing":
                continue
            day = plan.days[each.name]
            yield t.compare("<", day, str(MARGIN))
            yield t.compare("<", CLOSING, day)
            yield t.and_(
                self._controlled(self.trigger),
                t.not_(compiler.values.before(self.trigger, each)),
            )
            for kind in sorted(each.kinds):
                for role, sort in kinds[kind].roles:
                    filler = plan.fillers.get((each.name, role))
                    if isinstance(filler, Element) and isinstance(sort, Individual):
                        yield t.not_(t.and_(filler.active, compiler.member(filler)))
                        yield t.not_(self.ground.is_kind(filler, sort.kind))
        if plan.dropped:
            yield from self._dangling(compiler)

    def _dangling(self, compiler: Compiler) -> Iterator[Term]:
        """Return that somebody who stays speaks of one who is left out."""
        for kind, role, _ in event_roles(self.compiler.law):
            key = ("dangling", compiler.tag, kind, role)
            by = self.ground.witness(key, key, kind)
            filler = self._filler(by, kind, role)
            yield t.and_(by.active, compiler.member(by), t.not_(compiler.member(filler)))


def horizon_of(law: Law) -> int:
    """Return the days that all the obligations of ``law`` take when each falls due once in turn."""
    days = 0
    for norm in law.norms.values():
        for each in norm.obligations:
            match each.deadline.duration:
                case None:
                    pass
                case Days(count):
                    days += count
                case Months(count):
                    days += MONTH * count
                case length:
                    days += WORKING * length.count + REST
    return days
