"""Conditions and norms to terms, for all worlds at once.

Sound and complete for the individuals of the ground domain: every formula is made in negation
normal form as it is compiled. Where truth needs somebody (a positive ``some``, a negated
``every``) a witness of its own is registered; where truth must be had of everybody (the reverse)
the body is instantiated for the domain. So leaving individuals out of the domain can only make a
question easier to satisfy. A definition is compiled anew at each place with the polarity it has
there: two implications, each treated so. This module knows nothing of `semantics`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from amparo.core.condition import (
    MOMENT,
    And,
    Before,
    Compare,
    Condition,
    Counted,
    Defined,
    Exists,
    ForAll,
    Holds,
    Individual,
    IsA,
    Not,
    OpenTo,
    Or,
    Read,
    Truth,
    Value,
    Variable,
)
from amparo.core.law import Case, Fact, Law, Norm, NormId, Period
from amparo.smt import term as t
from amparo.smt.ground import (
    Day,
    Element,
    Entity,
    Ground,
    Hypothetical,
    Planned,
    Somebody,
    is_planned,
)
from amparo.smt.plan import NOTHING, Plan
from amparo.smt.term import FALSE, TRUE, Term
from amparo.smt.values import Bound, Env, Unfilled, Values, sort_of

DEEPEST = 4
"""How often a remedy is unfolded within itself."""
MOST_WITNESSES = 200
"""How many of a kind a case may need at least: each has to be told from all the others."""
LONG = 300
"""Characters of a term that is not repeated but named."""


class NotCompiled(Exception):
    """The law uses a construct that only `semantics` can judge; its message names it."""


class TooLarge(NotCompiled):
    """What is asked of the individuals considered is more than there is room for."""

    def __init__(self, ground: Ground) -> None:
        """Say how many they are, and which limit was hit."""
        count = len(ground.domain)
        super().__init__(
            f"asked of the {count} individual{'s' * (count != 1)} considered, the question takes "
            f"more than {ground.room:,} characters"
        )


class ReadingNeeded(Exception):
    """The question turns on a declared reading that is not chosen yet."""

    def __init__(self, reading: str) -> None:
        """Keep the name of the reading."""
        self.reading = reading
        super().__init__(reading)


@dataclass(slots=True)
class Compiler:
    """One law, as a protection of ``rank`` sees it, over one `Ground`.

    ``valuation`` gives some open facts one truth for everybody. With a ``plan``, those worlds are
    spoken of in which it is carried out: whoever is a ``member`` is there, and whom the plan adds.
    With ``guarded``, what each norm of the lower law says may be given up: its truth is free where
    its guard does not hold, so that an unsatisfiable core names the provisions relied upon.
    """

    law: Law
    rank: int
    readings: Mapping[str, str]
    ground: Ground
    tag: str = ""
    valuation: Mapping[str, bool] = field(default_factory=dict)
    guarded: bool = False
    guards: dict[NormId, str] = field(default_factory=dict)
    plan: Plan = NOTHING
    member: Callable[[Element], Term] = lambda _: TRUE
    values: Values = field(init=False)
    _states: dict[str, Condition] = field(default_factory=dict)
    _depths: dict[str, int] = field(default_factory=dict)
    _resting: set[str] = field(default_factory=set)
    _number: int = field(init=False)
    _said: dict[str, int] = field(init=False, default_factory=dict)
    _applied: dict[tuple[object, ...], Term] = field(init=False, default_factory=dict)
    _generation: int = field(init=False, default=-1)

    def __post_init__(self) -> None:
        """Compile values over the same ground."""
        self.values = Values(self.law.vocabulary, self.ground, self.plan)
        self._number = self.ground.compilers
        self.ground.compilers += 1

    # -- conditions ----------------------------------------------------------------------

    def formula(self, condition: Condition, env: Env, positive: bool) -> Term:
        """Return the truth of ``condition`` under ``env``, or that of its negation.

        What is inside one another is written once for each: the characters of all of it are what
        it costs, in time and room.
        """
        found = self._formula(condition, env, positive)
        self.ground.spent += len(found)
        if self.ground.spent > self.ground.room:
            raise TooLarge(self.ground)
        return found

    def _formula(self, condition: Condition, env: Env, positive: bool) -> Term:
        match condition:
            case Truth(value):
                return TRUE if value == positive else FALSE
            case Not(operand):
                return self.formula(operand, env, not positive)
            case And(operands):
                parts = (self.formula(each, env, positive) for each in operands)
                return t.conjunction(parts) if positive else t.disjunction(parts)
            case Or(operands):
                parts = (self.formula(each, env, positive) for each in operands)
                return t.disjunction(parts) if positive else t.conjunction(parts)
            case Exists(variable, body, number):
                if positive:
                    return self._some(condition, variable, body, number, env, positive=True)
                return self._all(variable, body, number, env, positive=False)
            case ForAll(variable, body):
                if positive:
                    return self._all(variable, body, 1, env, positive=True)
                return self._some(condition, variable, body, 1, env, positive=False)
            case Holds(fact, arguments, at):
                return self._holds(self.law.vocabulary.facts[fact], arguments, at, env, positive)
            case Defined(definition, arguments, at):
                return self._defined(definition, arguments, at, env, positive)
            case Compare(operator, left, right):
                return t.signed(self._compare(operator, left, right, env), positive)
            case IsA(value, kind):
                return t.signed(self.ground.is_kind(self.values.entity(value, env), kind), positive)
            case Before(left, right):
                first, second = self.values.moment(left, env), self.values.moment(right, env)
                return t.signed(self.values.before(first, second), positive)
            case OpenTo(kind, holder, against):
                by, anchor = self.values.entity(holder, env), self.values.entity(against, env)
                return self.open_to(kind, by, anchor, positive)
            case Read(reading, option):
                if reading not in self.readings:
                    raise ReadingNeeded(reading)
                return TRUE if (self.readings[reading] == option) == positive else FALSE
            case Counted(rule, event):
                return self._counted(rule, self.values.entity(event, env), positive)

    def _some(
        self,
        condition: Condition,
        variable: Variable,
        body: Condition,
        number: int,
        env: Env,
        *,
        positive: bool,
    ) -> Term:
        """Return that ``number`` distinct witnesses have ``body`` as ``positive`` says."""
        if number > MOST_WITNESSES:
            raise NotCompiled(f"`at least {number:,}`, which asks for more than {MOST_WITNESSES}")
        context = tuple(sorted((name, bound.name) for name, bound in env.items()))
        kind = variable.sort.kind
        witnesses = [
            self.ground.witness(
                (self.tag, id(condition), positive, context, each),
                condition,
                kind,
                (id(condition), positive),
                [each.name for each in env.values() if isinstance(each, Element)],
            )
            for each in range(number)
        ]
        planned = self._added(kind)
        if number == 1 and not planned and kind in self.ground.circling:
            first = self._first(witnesses[0], variable, body, env, positive)
        else:
            first = TRUE

        def chosen(among: tuple[Somebody, ...]) -> Term:
            return t.conjunction(
                [
                    *(
                        t.and_(
                            self._there(each, kind),
                            self.formula(body, {**env, variable.name: each}, positive),
                        )
                        for each in among
                    ),
                    *(t.not_(self.ground.same(a, b)) for a, b in combinations(among, 2)),
                ]
            )

        return t.disjunction(
            t.and_(chosen((*witnesses[: number - count], *some)), first)
            for count in range(min(number, len(planned)) + 1)
            for some in combinations(planned, count)
        )

    def _first(
        self, witness: Element, variable: Variable, body: Condition, env: Env, positive: bool
    ) -> Term:
        """Return that nobody who could be the witness happens before him; or after, in a forward way.

        Of finitely many who could be, the first will do, or the last.
        """
        forward = _forward(variable, body, positive)
        if forward is None:
            return TRUE
        said = []
        for each, guard in tuple(self.domain(variable.sort.kind)):
            other = self.formula(body, {**env, variable.name: each}, not positive)
            pair = (witness, each) if forward else (each, witness)
            said.append(t.disjunction([t.not_(guard), other, t.not_(self.values.before(*pair))]))
        return t.conjunction(said)

    def _there(self, somebody: Somebody, kind: str) -> Term:
        """Return that ``somebody`` is there and of ``kind``."""
        is_one = self.ground.is_kind(somebody, kind)
        if isinstance(somebody, Planned):
            return is_one
        return t.and_(somebody.active, self.member(somebody), is_one)

    def _added(self, kind: str) -> tuple[Planned, ...]:
        """Return whom the plan adds of ``kind``."""
        return tuple(each for each in self.plan.added if self.ground.is_kind(each, kind) == TRUE)

    def _all(
        self, variable: Variable, body: Condition, number: int, env: Env, *, positive: bool
    ) -> Term:
        """Return that of every ``number`` distinct individuals one has ``body`` as told."""
        if number > 1 and not self._added(variable.sort.kind):
            return self._all_but(variable, body, number - 1, env, positive=positive)
        return t.conjunction(
            t.disjunction(
                [
                    *(
                        t.or_(
                            t.not_(guard),
                            self.formula(body, {**env, variable.name: each}, positive),
                        )
                        for each, guard in group
                    ),
                    *(self.ground.same(a, b) for (a, _), (b, _) in combinations(group, 2)),
                ]
            )
            for group in combinations(tuple(self.domain(variable.sort.kind)), number)
        )

    def _all_but(
        self, variable: Variable, body: Condition, number: int, env: Env, *, positive: bool
    ) -> Term:
        """Return that everybody has ``body`` as told, but for ``number`` of them at the most.

        Who is spared is counted once, under however many terms he goes.
        """
        context = sorted(f"{name} {bound.name}" for name, bound in env.items())
        key = ("spared", str(self._number), variable.name, str(positive), *context)
        everybody = tuple(self.domain(variable.sort.kind))
        if len(everybody) <= number:
            return TRUE
        spared = [(each, self.ground.free((*key, each.name))) for each, _ in everybody]
        told = [
            t.or_(t.not_(guard), self.formula(body, {**env, variable.name: each}, positive), name)
            for (each, guard), (_, name) in zip(everybody, spared, strict=True)
        ]
        counted = (
            t.conjunction(
                [
                    name,
                    *(
                        t.not_(t.and_(other, self.ground.same(each, one)))
                        for one, other in spared[:position]
                    ),
                ]
            )
            for position, (each, name) in enumerate(spared)
        )
        total = f"(+ {' '.join(t.ite(each, '1', '0') for each in counted)})"
        return t.conjunction([*told, t.compare("<=", total, str(number))])

    def every(
        self,
        key: str,
        kind: str,
        says: Callable[[Somebody, bool], Term],
        positive: bool,
        *,
        known: bool = False,
    ) -> Term:
        """Return that everybody of ``kind`` is as ``says``; or that a witness for ``key`` is not.

        ``says(somebody, positive)`` is the statement, or its negation. ``known``: it is so of
        everybody but those whom the plan adds.
        """
        if positive:
            return t.conjunction(
                t.implies(guard, says(each, True)) for each, guard in self.domain(kind)
            )
        unlike: list[Somebody] = [*self._added(kind)]
        if not known:
            unlike.append(self.ground.witness((self.tag, key), key, kind))
        return t.disjunction(t.and_(self._there(each, kind), says(each, False)) for each in unlike)

    def domain(self, kind: str) -> Iterator[tuple[Somebody, Term]]:
        """Yield those of the domain who may be of ``kind``, each with the term that he is."""
        for each in self.ground.domain.values():
            if self.ground.is_kind(each, kind) != FALSE:
                yield each, self._there(each, kind)
        for added in self._added(kind):
            yield added, TRUE

    def _holds(
        self, fact: Fact, arguments: tuple[Value, ...], at: Value | None, env: Env, positive: bool
    ) -> Term:
        entities = tuple(self.values.entity(each, env) for each in arguments)
        if fact.category == "state" and at is not None:
            inner: dict[str, Bound] = dict(
                zip((each.name for each in fact.parameters), entities, strict=True)
            )
            inner[MOMENT.name] = self.values.moment(at, env)
            fits = t.conjunction(
                self.ground.is_kind(each, parameter.sort.kind)
                for each, parameter in zip(entities, fact.parameters, strict=True)
            )
            holds = self._unfolded(fact, inner, positive)
            return t.and_(fits, holds) if positive else t.or_(t.not_(fits), holds)
        if fact.category == "open" and fact.name in self.valuation:
            return t.signed(TRUE if self.valuation[fact.name] else FALSE, positive)
        if fact.category != "open" and any(isinstance(each, Hypothetical) for each in entities):
            return t.signed(FALSE, positive)
        if is_planned(entities) or fact.name in self.plan.overrides:
            return t.signed(self.plan.says(self.ground, fact, entities), positive)
        return t.signed(self.ground.atom(fact.name, entities), positive)

    def _unfolded(self, fact: Fact, env: Env, positive: bool) -> Term:
        """Return that a state holds at `MOMENT`, or that it does not; within itself, as a statement."""
        key = f"state {fact.name}"
        if self._depths.get(key):
            self._resting.add(fact.name)
            return self._statement(fact, env, positive)
        self._depths[key] = 1
        found = self.formula(self._state(fact), env, positive)
        self._depths[key] = 0
        return t.and_(found, self._truth(fact, env, positive))

    def _truth(self, fact: Fact, env: Env, positive: bool) -> Term:
        """Return that it is so, or not so: one and the same truth in every statement about it.

        Only of a state that rests on itself: of others all that there is to say is said.
        """
        at, entities = env[MOMENT.name], [env[each.name] for each in fact.parameters]
        told = [each for each in (*entities, at) if not isinstance(each, Day)]
        if fact.name not in self._resting or is_planned(told):
            return TRUE
        key = (str(self._number), fact.name)
        day = at.name if isinstance(at, Day) else None
        return t.signed(self.ground.predicate(key, told, day), positive)

    def _statement(self, fact: Fact, env: Env, positive: bool) -> Term:
        """Return a name for what a state that rests on itself says here.

        Whatever it stands for is demanded once a model relies on it (`search`); until then the
        name is an open end. It is only ever asserted, so it need imply what it stands for, no more.
        """
        key = ("state", str(self._number), fact.name, str(positive))
        name = self.ground.free((*key, *(each.name for each in env.values())))
        if name not in self.ground.unfolded:
            self.ground.postponed[name] = None
        elif self._said.get(name) != self.ground.generation:
            self._said[name] = self.ground.generation
            says = self.formula(self._state(fact), env, positive)
            self.ground.statements[name] = t.and_(says, self._truth(fact, env, positive))
        return name

    def _state(self, fact: Fact) -> Condition:
        """Return when ``fact`` holds at `MOMENT`: from the opening, or begun, and not yet ended."""
        if fact.name not in self._states:
            ended = Or(
                tuple(
                    Exists(each.variable, And((Before(each.variable, MOMENT), each.condition)))
                    for each in fact.ends
                )
            )
            begun = (
                Exists(
                    each.variable,
                    And(
                        (
                            Before(each.variable, MOMENT),
                            each.condition,
                            Not(
                                Or(
                                    tuple(
                                        Exists(
                                            end.variable,
                                            And(
                                                (
                                                    Not(Before(end.variable, each.variable)),
                                                    Before(end.variable, MOMENT),
                                                    end.condition,
                                                )
                                            ),
                                        )
                                        for end in fact.ends
                                    )
                                )
                            ),
                        )
                    ),
                )
                for each in fact.begins
            )
            initially = And((Holds(fact.name, fact.parameters), Not(ended)))
            self._states[fact.name] = Or((initially, *begun))
        return self._states[fact.name]

    def _defined(
        self, definition: str, arguments: tuple[Value, ...], at: Value, env: Env, positive: bool
    ) -> Term:
        moment = self.values.moment(at, env)
        bound = [self.values.entity(each, env) for each in arguments]
        parts: list[Term] = []
        for clause in self.law.definitions.get(definition, ()):
            fits = t.conjunction(
                self.ground.is_kind(each, parameter.sort.kind)
                for each, parameter in zip(bound, clause.parameters, strict=True)
            )
            if fits == FALSE:
                continue
            names = (each.name for each in clause.parameters)
            inner: dict[str, Bound] = dict(zip(names, bound, strict=True))
            inner[MOMENT.name] = moment
            says = [self.formula(clause.condition, inner, positive)]
            for each in clause.exceptions:
                in_effect = self.values.covers(Period(each.start), self.values.day(moment))
                says.append(self._except(in_effect, each.condition, inner, positive))
            meaning = t.conjunction(says) if positive else t.disjunction(says)
            key = tuple(each.name for each in inner.values())
            act = self.law.acts.get(clause.provision.act)
            lower = act is not None and act.rank > self.rank
            meaning = self._guard(clause.id, key, meaning, positive) if lower else meaning
            covered = t.and_(fits, self.values.covers(clause.period, self.values.day(moment)))
            covered = t.signed(covered, positive)
            parts.append(t.and_(covered, meaning) if positive else t.or_(covered, meaning))
        return t.disjunction(parts) if positive else t.conjunction(parts)

    def _counted(self, rule: NormId, event: Entity, positive: bool) -> Term:
        count = self.law.counts[rule]
        if self.ground.is_kind(event, count.variable.sort.kind) == FALSE:
            return t.signed(FALSE, positive)
        meaning = self.formula(count.condition, {count.variable.name: event}, positive)
        if count.rank > self.rank:
            meaning = self._guard(count.id, (event.name,), meaning, positive)
        covered = t.signed(self.values.covers(count.period, self.law_day(event)), positive)
        kind = t.signed(self.ground.is_kind(event, count.variable.sort.kind), positive)
        return t.and_(covered, kind, meaning) if positive else t.or_(covered, kind, meaning)

    def _compare(self, operator: str, left: Value, right: Value, env: Env) -> Term:
        if isinstance(sort_of(left), Individual):
            return self.ground.same(self.values.entity(left, env), self.values.entity(right, env))
        (first, first_real), (second, second_real) = (
            self.values.number(left, env),
            self.values.number(right, env),
        )
        if first_real != second_real:
            first = first if first_real else f"(to_real {first})"
            second = second if second_real else f"(to_real {second})"
        if operator == "=":
            return t.equal(first, second)
        return t.compare(operator, first, second)

    # -- periods ------------------------------------------------------------------------

    def law_day(self, moment: Bound) -> Term:
        """Return the day whose law judges ``moment``: its own, or what a transition says."""
        day = self.values.day(moment)
        if isinstance(moment, Day):
            return day
        found = day
        for transition in reversed(self.law.transitions):
            kind = self.ground.is_kind(moment, transition.variable.sort.kind)
            if kind == FALSE:
                continue
            env = {transition.variable.name: moment}
            says = self.ground.free((self.tag, transition.id, moment.name))
            covered = self.values.covers(transition.period, day)
            yes = t.and_(kind, covered, self.formula(transition.condition, env, positive=True))
            no = t.or_(
                t.not_(kind),
                t.not_(covered),
                self.formula(transition.condition, env, positive=False),
            )
            self.ground.axioms[t.implies(says, yes)] = None
            self.ground.axioms[t.implies(t.not_(says), no)] = None
            found = t.ite(says, self.values.number(transition.date, env)[0], found)
        return found

    # -- norms ---------------------------------------------------------------------------

    def applies(
        self, norm: Norm, case: Case, act: Entity, positive: bool, law_day: Term | None = None
    ) -> Term:
        """Return that ``norm`` applies to ``act`` as one of ``case``, or that it does not.

        ``law_day`` is the day whose law judges the act, where it is not that of the act itself.
        """
        kind = self.ground.is_kind(act, case.variable.sort.kind)
        if kind == FALSE:
            return t.signed(FALSE, positive)
        if self._generation != self.ground.generation:
            self._generation = self.ground.generation
            self._applied.clear()
        key = (norm.id, norm.cases.index(case), act.name, positive, law_day)
        if key not in self._applied:
            outer, self.ground.because = self.ground.because, norm.id
            try:
                meaning = self._applies(norm, case, act, positive, law_day)
            except Unfilled as gap:
                raise NotCompiled(str(gap)) from gap
            self.ground.because = outer
            self._applied[key] = self._named(("applies", *map(str, key)), meaning)
        return self._applied[key]

    def _named(self, key: tuple[str, ...], meaning: Term) -> Term:
        """Return ``meaning``, or where it is long a name that stands for it wherever it is asserted.

        What prevails over what is a stratified graph, not a tree: spelled out each time it would
        grow exponentially.
        """
        if len(meaning) < LONG:
            return meaning
        name = self.ground.free((*key, str(self._number)))
        self.ground.statements[name] = meaning
        return name

    def _applies(
        self, norm: Norm, case: Case, act: Entity, positive: bool, law_day: Term | None
    ) -> Term:
        env: Env = {case.variable.name: act}
        kind = self.ground.is_kind(act, case.variable.sort.kind)
        judged_by = law_day or self.law_day(act)
        in_force = t.and_(kind, self.values.covers(norm.period, judged_by))
        says = [self.formula(case.condition, env, positive)]
        for each in case.exceptions:
            in_effect = self.values.covers(Period(each.start), self.values.day(act))
            excepts = self._except(in_effect, each.condition, env, positive)
            if each.source is not None:
                excepts = self._guard(each.source, ("exception", act.name), excepts, positive)
            says.append(excepts)
        lower = norm.rank > self.rank
        for stronger, _ in norm.defeated_by:
            other = self.law.norms[stronger]
            if (other.rank > self.rank) == lower:
                says.extend(
                    self.applies(other, each, act, not positive, law_day) for each in other.cases
                )
        meaning = t.conjunction(says) if positive else t.disjunction(says)
        if lower:
            which = str(norm.cases.index(case))
            meaning = self._guard(norm.id, (which, act.name), meaning, positive)
        return t.and_(in_force, meaning) if positive else t.or_(t.not_(in_force), meaning)

    def _except(self, in_effect: Term, condition: Condition, env: Env, positive: bool) -> Term:
        """Return that an exception does not stand in the way; or, negated, that it does."""
        says = self.formula(condition, env, not positive)
        return t.implies(in_effect, says) if positive else t.and_(in_effect, says)

    def open_to(self, kind: str, holder: Entity, against: Entity, positive: bool) -> Term:
        """Return that the lower law gives ``holder`` the remedy ``kind`` against an act."""
        roles = dict(self.law.vocabulary.kinds[kind].roles)
        fits = t.conjunction(
            self.ground.is_kind(filler, sort.kind)
            for role, filler in (("by", holder), ("against", against))
            if isinstance(sort := roles[role], Individual)
        )
        act = Hypothetical(kind, (("by", holder), ("against", against)), against)
        what = f"the remedy `{kind}`"
        self._depths[what] = self._depths.get(what, 0) + 1
        if self._depths[what] > DEEPEST:
            raise NotCompiled(f"{what}, whose basis rests on itself")
        way = self.has_way(act, positive)
        self._depths[what] -= 1
        return t.and_(fits, way) if positive else t.or_(t.not_(fits), way)

    def has_way(self, act: Entity, positive: bool) -> Term:
        """Return that some norm of the lower law is a basis for ``act`` and none forbids it.

        A private act needs no basis.
        """
        parts = self.has_basis(act, positive), self.unforbidden(act, positive)
        return t.conjunction(parts) if positive else t.disjunction(parts)

    def has_basis(self, act: Entity, positive: bool) -> Term:
        """Return that some norm of the lower law is a basis for ``act``; a private act needs none."""
        if self.law.vocabulary.kinds[act.kind].category == "private act":
            return t.signed(TRUE, positive)
        bases = self._each_case("permit", act, positive, lambda _: False)
        return t.disjunction(bases) if positive else t.conjunction(bases)

    def unforbidden(
        self, act: Entity, positive: bool, passed_over: Callable[[Norm], bool] = lambda _: False
    ) -> Term:
        """Return that no norm of the lower law forbids ``act``, those ``passed_over`` aside."""
        bans = self._each_case("forbid", act, not positive, passed_over)
        return t.conjunction(bans) if positive else t.disjunction(bans)

    def _each_case(
        self, modality: str, act: Entity, positive: bool, passed_over: Callable[[Norm], bool]
    ) -> list[Term]:
        return [
            self.applies(norm, case, act, positive)
            for norm in self.law.lower(self.rank)
            if norm.modality == modality and not passed_over(norm)
            for case in norm.cases
        ]

    def _guard(self, norm: NormId, key: tuple[str, ...], meaning: Term, positive: bool) -> Term:
        """Leave what ``norm`` says of ``key`` free where its guard does not hold."""
        if not self.guarded:
            return meaning
        guard = self.guards.setdefault(norm, self.ground.free(("guard", norm)))
        free = self.ground.free(("free", self.tag, norm, *key))
        return t.ite(guard, meaning, t.signed(free, positive))


def _forward(variable: Variable, body: Condition, positive: bool) -> bool | None:
    """Say whether ``body`` asks that ``variable`` be after something, or before it; None: neither."""
    match body:
        case Before(left, right) if positive:
            if left == variable:
                return False
            return True if right == variable else None
        case Not(operand):
            return _forward(variable, operand, not positive)
        case And(operands) | Or(operands):
            found = (_forward(variable, each, positive) for each in operands)
            return next((each for each in found if each is not None), None)
        case _:
            return None
