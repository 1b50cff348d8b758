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
from amparo.smt.ground import Day, Element, Entity, Ground, Hypothetical
from amparo.smt.term import FALSE, TRUE, Term
from amparo.smt.values import Bound, Env, Values, sort_of

DEEPEST = 4
"""How often a state or remedy is unfolded within itself."""


class NotCompiled(Exception):
    """The law uses a construct that only `semantics` can judge; its message names it."""


class ReadingNeeded(Exception):
    """The question turns on a declared reading that is not chosen yet."""

    def __init__(self, reading: str) -> None:
        """Keep the name of the reading."""
        self.reading = reading
        super().__init__(reading)


@dataclass(slots=True)
class Compiler:
    """One law, as a protection of ``rank`` sees it, over one `Ground`.

    ``valuation`` gives some open facts one truth for everybody. With
    ``guarded``, what each norm of the lower law says may be given up: its truth is free where
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
    values: Values = field(init=False)
    _states: dict[str, Condition] = field(default_factory=dict)
    _depths: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Compile values over the same ground."""
        self.values = Values(self.law.vocabulary, self.ground)

    # -- conditions ----------------------------------------------------------------------

    def formula(self, condition: Condition, env: Env, positive: bool) -> Term:
        """Return the truth of ``condition`` under ``env``, or that of its negation."""
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
        context = tuple(sorted((name, bound.name) for name, bound in env.items()))
        kind = variable.sort.kind
        witnesses = [
            self.ground.witness((self.tag, id(condition), positive, context, each), condition, kind)
            for each in range(number)
        ]
        return t.conjunction(
            [
                *(
                    t.and_(
                        each.active,
                        self.ground.is_kind(each, kind),
                        self.formula(body, {**env, variable.name: each}, positive),
                    )
                    for each in witnesses
                ),
                *(t.not_(self.ground.same(a, b)) for a, b in combinations(witnesses, 2)),
            ]
        )

    def _all(
        self, variable: Variable, body: Condition, number: int, env: Env, *, positive: bool
    ) -> Term:
        """Return that of every ``number`` distinct individuals one has ``body`` as told."""
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

    def every(
        self, key: str, kind: str, says: Callable[[Element, bool], Term], positive: bool
    ) -> Term:
        """Return that everybody of ``kind`` is as ``says``; or that a witness for ``key`` is not.

        ``says(element, positive)`` is the statement, or its negation.
        """
        if positive:
            return t.conjunction(
                t.implies(guard, says(each, True)) for each, guard in self.domain(kind)
            )
        witness = self.ground.witness((self.tag, key), key, kind)
        return t.and_(witness.active, self.ground.is_kind(witness, kind), says(witness, False))

    def domain(self, kind: str) -> Iterator[tuple[Element, Term]]:
        """Yield those of the domain who may be of ``kind``, each with the term that he is."""
        for each in self.ground.domain.values():
            if (is_one := self.ground.is_kind(each, kind)) != FALSE:
                yield each, t.and_(each.active, is_one)

    def _holds(
        self, fact: Fact, arguments: tuple[Value, ...], at: Value | None, env: Env, positive: bool
    ) -> Term:
        entities = tuple(self.values.entity(each, env) for each in arguments)
        if fact.category == "state" and at is not None:
            inner: dict[str, Bound] = dict(
                zip((each.name for each in fact.parameters), entities, strict=True)
            )
            inner[MOMENT.name] = self.values.moment(at, env)
            return self._nested(f"the state `{fact.name}`", self._state(fact), inner, positive)
        if fact.category == "open" and fact.name in self.valuation:
            return t.signed(TRUE if self.valuation[fact.name] else FALSE, positive)
        elements = tuple(each for each in entities if isinstance(each, Element))
        if len(elements) < len(entities):
            if fact.category != "open":
                return t.signed(FALSE, positive)
            key = ("open", fact.name, *(each.name for each in entities))
            return t.signed(self.ground.free(key), positive)
        return t.signed(self.ground.atom(fact.name, elements), positive)

    def _nested(self, what: str, condition: Condition, env: Env, positive: bool) -> Term:
        """Compile what may rest on itself, to a depth."""
        self._depths[what] = self._depths.get(what, 0) + 1
        if self._depths[what] > DEEPEST:
            raise NotCompiled(f"{what}, which rests on itself")
        found = self.formula(condition, env, positive)
        self._depths[what] -= 1
        return found

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
            fits = t.conjunction(
                self.ground.is_kind(each, parameter.sort.kind)
                for each, parameter in zip(bound, clause.parameters, strict=True)
            )
            covered = t.and_(fits, self.values.covers(clause.period, self.values.day(moment)))
            covered = t.signed(covered, positive)
            parts.append(t.and_(covered, meaning) if positive else t.or_(covered, meaning))
        return t.disjunction(parts) if positive else t.conjunction(parts)

    def _counted(self, rule: NormId, event: Entity, positive: bool) -> Term:
        count = self.law.counts[rule]
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
        env: Env = {case.variable.name: act}
        kind = self.ground.is_kind(act, case.variable.sort.kind)
        if kind == FALSE:
            return t.signed(FALSE, positive)
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
        assert isinstance(holder, Element)
        assert isinstance(against, Element)
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
        lower = self.law.lower(self.rank)
        needs_basis = self.law.vocabulary.kinds[act.kind].category != "private act"
        bases = (
            self._each_case(lower, "permit", act, positive)
            if needs_basis
            else [t.signed(TRUE, positive)]
        )
        bans = self._each_case(lower, "forbid", act, not positive)
        if positive:
            return t.and_(t.disjunction(bases), t.conjunction(bans))
        return t.or_(t.conjunction(bases), t.disjunction(bans))

    def _each_case(
        self, norms: tuple[Norm, ...], modality: str, act: Entity, positive: bool
    ) -> list[Term]:
        return [
            self.applies(norm, case, act, positive)
            for norm in norms
            if norm.modality == modality
            for case in norm.cases
        ]

    def _guard(self, norm: NormId, key: tuple[str, ...], meaning: Term, positive: bool) -> Term:
        """Leave what ``norm`` says of ``key`` free where its guard does not hold."""
        if not self.guarded:
            return meaning
        guard = self.guards.setdefault(norm, self.ground.free(("guard", norm)))
        free = self.ground.free(("free", self.tag, norm, *key))
        return t.ite(guard, meaning, t.signed(free, positive))
