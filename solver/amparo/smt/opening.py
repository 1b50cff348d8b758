"""Whether somebody can, by steps of his own, still use a right: or that nothing he can do opens it.

The world is written down name by name (`fixed`) up to the act that the right is against; what is
added is grounded lazily like any question (`search`), so that "nothing" is a proof for steps of
any number. Which steps are his, and which acts of others he can count on, is told in
docs/decisions/0013.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace

from amparo.core.condition import Counted, Defined, Exists, ForAll, Holds, Individual, OpenTo
from amparo.core.law import Law, Norm
from amparo.core.limits import may_limit
from amparo.core.world import Ground as Told
from amparo.core.world import World, imagined
from amparo.smt import term as t
from amparo.smt.compile import Compiler
from amparo.smt.continuing import NEAR, preferred
from amparo.smt.decode import decode
from amparo.smt.fixed import Fixed
from amparo.smt.ground import CLOSING, LAST_DAY, Element, Somebody
from amparo.smt.norms import Duties
from amparo.smt.obey import (
    DOER,
    Demand,
    Side,
    controlled,
    obedience,
)
from amparo.smt.search import Budget, Result, correct_sums, question, solve
from amparo.smt.situation import MARGIN
from amparo.smt.term import FALSE, Term
from amparo.smt.values import Env


@dataclass(frozen=True, slots=True)
class Claim:
    """``holder`` is guaranteed an act of ``kind``, ``against`` somebody or something if at all."""

    kind: str
    holder: str
    against: str | None


@dataclass(slots=True)
class Opening:
    """One question: whether the holder can still do in ``world`` what is guaranteed to him.

    ``law`` is the law that judges what is added, all of ``demanded`` is obeyed. With ``valued``
    the open facts of the world are as it tells; else as serves him best.
    """

    law: Law
    readings: Mapping[str, str]
    duties: Duties
    budget: Budget
    world: World
    guarantee: Norm
    claim: Claim
    demanded: Side
    valued: bool
    fixed: Fixed = field(init=False)
    compiler: Compiler = field(init=False)
    after: str | None = field(init=False)
    """The event of the world after which the steps are taken."""
    since: datetime.date = field(init=False)
    remedy: Element = field(init=False)
    told: Mapping[Told, bool] = field(init=False)
    """What the world tells of acts only thought of, as open facts."""

    def __post_init__(self) -> None:
        """Fix the world, and let the remedy be used."""
        self.told = self.world.open_facts
        world = self.world = _without_imagined(self.world)
        against = self.claim.against
        acts = controlled(self.law)
        optional = frozenset[str]()
        if against is not None and against in world.events:
            self.after, self.since = against, world.events[against].on
            moment = world.events[against].moment
            later = (name for name, each in world.events.items() if each.moment > moment)
            optional = frozenset(name for name in later if self._answered_for(name, acts))
        else:
            order = sorted(world.events, key=lambda each: (world.events[each].moment, each))
            self.after, self.since = (order[-1] if order else None), world.closing
        self.fixed = Fixed(self.law.vocabulary, world, optional, self.valued)
        self.compiler = Compiler(self.law, self.guarantee.rank, self.readings, self.fixed.ground)
        key = "the remedy"
        self.remedy = self.fixed.ground.witness((key,), key, self.claim.kind)

    def decide(self) -> Result:
        """Return `Proved` iff nothing the holder can do opens the right."""
        return solve(self.fixed.ground, self.asserts, self.budget)

    def asserts(self) -> list[Term]:
        """Return asserts that are unsatisfiable iff nothing the holder can do opens the right."""
        found = [*self._used()]
        demands = obedience(self.compiler, self.duties, self.demanded, self._excused, positive=True)
        found += [*demands.values(), *self._steps(), *self._valued()]
        top = t.compare("<=", CLOSING, str(LAST_DAY - MARGIN))
        return [top, *found, *self.fixed.facts()]

    def shown(self) -> World | None:
        """Return the world in which he uses it, with few steps; None beyond the budget."""
        ground = self.fixed.ground
        for _ in range(self.budget.rounds * 2):
            script = question(ground, self.asserts)
            session = preferred(script, ground, self._wishes(), self.budget.effort)
            if session is None:
                return None
            if not correct_sums(ground, session):
                names = {each.name: name for name, each in self.fixed.elements.items()}
                return decode(ground, session, dict(self.readings), names)
        return None

    # -- what is asked ----------------------------------------------------------------------

    def _used(self) -> Iterator[Term]:
        """Yield that the remedy is used by the holder, against what it is a remedy against."""
        ground, remedy = self.fixed.ground, self.remedy
        yield remedy.active
        roles = dict(self.law.vocabulary.kinds[self.claim.kind].roles)
        for role, name in ((DOER, self.claim.holder), ("against", self.claim.against)):
            if name is not None:
                filler = ground.role(remedy, self.claim.kind, role, roles[role])
                yield t.equal(filler.name, self.fixed.elements[name].name)
        yield from self._in_time(remedy)

    def _excused(self, demand: Demand, somebody: Somebody) -> Term:
        """Return that ``demand`` is a limit of the right that the guarantee allows."""
        norm = self.law.norms.get(demand)
        if norm is None or norm.modality != "forbid" or not may_limit(norm, self.guarantee):
            return FALSE
        return self.fixed.ground.same(somebody, self.remedy)

    def _steps(self) -> Iterator[Term]:
        """Yield that what is added is the holder's own, or what others then have to do."""
        ground = self.fixed.ground
        known = {each.name for each in self.fixed.elements.values()}
        everybody = [each for each in tuple(ground.elements.values()) if each.name not in known]
        for each in everybody:
            if ground.is_event(each):
                says = [*self._in_time(each)]
                if each.name in ground.domain:
                    own = self._done_by(each, self.fixed.elements[self.claim.holder])
                    says.append(t.or_(own, self._owed(each), self._on_the_way(each)))
                yield t.implies(each.active, t.or_(self.fixed.is_fixed(each), t.conjunction(says)))

    def _in_time(self, act: Element) -> Iterator[Term]:
        ground = self.fixed.ground
        if self.after is not None:
            yield self.compiler.values.before(self.fixed.elements[self.after], act)
        yield t.compare("<=", str(self.since.toordinal()), ground.day(act))

    def _done_by(self, act: Element, doer: Element) -> Term:
        return t.disjunction(
            t.and_(self.fixed.ground.is_kind(act, kind), self.fixed.ground.same(filler, doer))
            for kind, filler in self._doers(act)
        )

    def _doers(self, act: Element) -> Iterator[tuple[str, Element]]:
        """Yield who acts, as each kind that the act may be of says."""
        kinds, ground = self.law.vocabulary.kinds, self.fixed.ground
        for kind in kinds.values():
            sort = dict(kind.roles).get(DOER)
            inherited = kind.parent is not None and DOER in dict(kinds[kind.parent].roles)
            if inherited or not isinstance(sort, Individual) or kind.category == "general act":
                continue
            if ground.is_kind(act, kind.name) != FALSE:
                filler = ground.role(act, kind.name, DOER, sort)
                assert isinstance(filler, Element)
                yield kind.name, filler

    def _owed(self, act: Element) -> Term:
        """Return that a duty demands ``act``, in time."""
        ground, says = self.fixed.ground, list[Term]()
        for norm in self.demanded.norms:
            for position, case in enumerate(norm.cases if norm.modality == "require" else ()):
                due = self.duties.of(norm.id, position)
                for number, (obligation, (_, by)) in enumerate(
                    zip(norm.obligations, due, strict=True)
                ):
                    kind = obligation.variable.sort.kind
                    if ground.is_kind(act, kind) == FALSE:
                        continue
                    key = ("owed", norm.id, position, number, act.name)
                    trigger = ground.witness(key, key, case.variable.sort.kind, key[:4], [act.name])
                    env: Env = {case.variable.name: trigger, obligation.variable.name: act}
                    last, _ = self.compiler.values.number(by, env)
                    says.append(
                        t.conjunction(
                            [
                                trigger.active,
                                ground.is_kind(trigger, case.variable.sort.kind),
                                ground.is_kind(act, kind),
                                self.compiler.applies(norm, case, trigger, positive=True),
                                t.compare("<=", ground.day(trigger), ground.day(act)),
                                t.compare("<=", ground.day(act), last),
                                self.compiler.formula(obligation.condition, env, positive=True),
                            ]
                        )
                    )
        return t.disjunction(says)

    def _on_the_way(self, act: Element) -> Term:
        """Return that whoever does ``act`` owes another act, which may rest on it."""
        ground, says = self.fixed.ground, list[Term]()
        for kind in self._resting_on(act):
            key = ("on the way", kind, act.name)
            owed = ground.witness(key, key, kind, key[:2], [act.name])
            doers = t.disjunction(
                t.and_(ground.is_kind(act, of), self._done_by(owed, doer))
                for of, doer in self._doers(act)
            )
            later = self.compiler.values.before(act, owed)
            says.append(t.conjunction([owed.active, doers, later, self._owed(owed)]))
        return t.disjunction(says)

    def _resting_on(self, act: Element) -> Iterator[str]:
        """Yield the kinds of acts that are owed, and that norms permit in view of such as ``act``."""
        compatible, quantified = self.law.vocabulary.compatible, _Quantified(self.law)
        owed = dict.fromkeys(
            each.variable.sort.kind for norm in self.demanded.norms for each in norm.obligations
        )
        for kind in owed:
            permits = [
                case
                for norm in self.law.lower(self.guarantee.rank)
                if norm.modality == "permit"
                for case in norm.cases
                if compatible(case.variable.sort.kind, kind)
            ]
            if any(compatible(each, act.kind) for each in quantified.by(permits)):
                yield kind

    def _valued(self) -> Iterator[Term]:
        """Yield of the remedy what the world tells of it as an act only thought of."""
        if not self.valued:
            return
        claim = self.claim
        names = {each.name: name for name, each in self.fixed.elements.items()}
        names[self.remedy.name] = imagined(claim.kind, claim.holder, claim.against)
        for (fact, of), atom in tuple(self.fixed.ground.atoms.items()):
            key = fact, tuple(names.get(each, "") for each in of)
            if self.remedy.name in of and key in self.told:
                yield t.signed(atom, self.told[key])

    # -- what is shown ----------------------------------------------------------------------

    def _wishes(self) -> Iterator[Term]:
        """Wish for no other change, few steps, and soon."""
        ground, fixed = self.fixed.ground, self.fixed.elements
        yield self.fixed.as_numbered()
        for (fact, names), truth in sorted(self.world.open_facts.items()):
            said = ground.atom(fact, tuple(fixed[name] for name in names))
            yield t.signed(said, truth)
        yield from (fixed[name].active for name in sorted(self.fixed.optional))
        known = {each.name for each in fixed.values()}
        added = [each for each in tuple(ground.domain.values()) if each.name not in known]
        events = [each for each in added if ground.is_event(each)]
        for each in (*events, *(one for one in added if not ground.is_event(one))):
            yield t.or_(t.not_(each.active), self.fixed.is_fixed(each))
        for each in events:
            new = t.and_(each.active, t.not_(self.fixed.is_fixed(each)))
            for count in (0, *NEAR):
                day = str(self.since.toordinal() + count)
                yield t.implies(new, t.compare("<=", ground.day(each), day))

    def _answered_for(self, event: str, acts: Iterable[str]) -> bool:
        lineage = self.law.vocabulary.lineage
        held = {each for kind in self.world.events[event].kinds for each in lineage(kind)}
        return not held.isdisjoint(acts)


def _without_imagined(world: World) -> World:
    """Return ``world`` with only what it tells of those who are there."""
    there = {*world.things, *world.events}
    return replace(
        world,
        open_facts={k: v for k, v in world.open_facts.items() if there.issuperset(k[1])},
        attributes={k: v for k, v in world.attributes.items() if there.issuperset(k[1])},
    )


@dataclass(slots=True)
class _Quantified:
    """The kinds that conditions speak of, through definitions, states and counting norms too."""

    law: Law
    _known: set[str] = field(default_factory=set)

    def by(self, part: object) -> Iterator[str]:
        """Yield the kinds of those over whom ``part`` quantifies."""
        match part:
            case tuple() | list():
                for each in part:
                    yield from self.by(each)
                return
            case Exists(variable) | ForAll(variable):
                yield variable.sort.kind
            case OpenTo(kind):
                yield kind
            case Holds(fact):
                declared = self.law.vocabulary.facts[fact]
                for opening in (*declared.begins, *declared.ends):
                    yield opening.variable.sort.kind
                    yield from self._once(
                        f"state {fact} {opening.variable.name}", opening.condition
                    )
            case Defined(definition):
                clauses = self.law.definitions.get(definition, ())
                yield from self._once(f"definition {definition}", clauses)
            case Counted(rule):
                yield from self._once(f"count {rule}", self.law.counts[rule].condition)
            case _:
                pass
        if is_dataclass(part):
            for each in fields(part):
                yield from self.by(getattr(part, each.name))

    def _once(self, name: str, part: object) -> Iterator[str]:
        if name not in self._known:
            self._known.add(name)
            yield from self.by(part)
