"""What the compiler says of a world that is wholly known is what `semantics` says of it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import laws
from amparo.core.condition import Condition, Individual, Sort
from amparo.core.law import Case, Fact, Law, Norm
from amparo.core.world import Plain, World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, applies, holds, outcome
from amparo.semantics.judge import complies, violations
from amparo.smt import norms as smt_norms
from amparo.smt import term as t
from amparo.smt.compile import Compiler, NotCompiled
from amparo.smt.ground import CLOSING, Element, Ground, plain
from amparo.smt.norms import Duties
from amparo.smt.search import CLOSED, correct_sums, question
from amparo.smt.session import Session
from amparo.smt.symbols import Symbols
from amparo.smt.term import Term
from amparo.smt.values import Env
from strategies import edges, worlds
from strategies.laws import texts
from tally import count
from trying import trying

EFFORT = 5_000_000
UNFOLDINGS = 6


class _Known:
    """A ground in which everybody and everything is as in ``world``."""

    def __init__(self, law: Law, world: World) -> None:
        self.law, self.world = law, world
        self.ground = Ground(law.vocabulary, Symbols(law.vocabulary))
        self.elements: dict[str, Element] = {}
        self.kinds: dict[str, frozenset[str]] = {}
        for name, kinds in world.things.items():
            self._meet(name, kinds)
        for name, event in world.events.items():
            self._meet(name, event.kinds)
        for name in self.elements:
            self.ground.close(self.elements[name])

    def _meet(self, name: str, kinds: frozenset[str]) -> None:
        element = self.ground.witness((name,), name, min(kinds))
        self.kinds[element.name] = kinds
        self.elements[name] = self.ground.domain[element.name] = element

    def facts(self) -> list[Term]:
        """Return that the world is so: who there is, what happens, and every fact."""
        ground, vocabulary, world = self.ground, self.law.vocabulary, self.world
        said = [t.equal(CLOSING, str(world.closing.toordinal()))]
        everybody = list(self.elements.values())
        for number, each in enumerate(everybody):
            said.append(each.active)
            said += [t.not_(ground.same(each, other)) for other in everybody[:number]]
            held = {above for kind in self.kinds[each.name] for above in vocabulary.lineage(kind)}
            for kind in vocabulary.below(vocabulary.root(each.kind)):
                said.append(t.signed(ground.is_kind(each, kind), kind in held))
        for name, event in world.events.items():
            element = self.elements[name]
            said.append(t.equal(ground.day(element), str(event.on.toordinal())))
            said.append(t.equal(ground.order(element), str(event.order)))
            for role, sort in vocabulary.kinds[element.kind].roles:
                filler = ground.role(element, element.kind, role, sort)
                said.append(t.equal(filler.name, self._plain(event.roles[role], sort)))
        for fact in vocabulary.facts.values():
            for names in product(self.elements, repeat=len(fact.parameters)):
                arguments = tuple(self.elements[each] for each in names)
                roots = [vocabulary.root(each.kind) for each in arguments]
                if roots != [vocabulary.root(each.sort.kind) for each in fact.parameters]:
                    continue
                if not self._fit(fact, names):
                    continue
                key = (fact.name, names)
                if fact.category == "attribute":
                    assert fact.sort is not None
                    if key in world.attributes:
                        value = ground.attribute(fact.name, arguments, fact.sort)
                        said.append(
                            t.equal(value.name, self._plain(world.attributes[key], fact.sort))
                        )
                elif fact.category != "open" or key in world.open_facts:
                    so = key in world.relations | world.states or world.open_facts.get(key, False)
                    said.append(t.signed(ground.atom(fact.name, arguments), so))
        return said

    def _fit(self, fact: Fact, names: tuple[str, ...]) -> bool:
        """Say whether these are such as ``fact`` is about."""
        lineage = self.law.vocabulary.lineage
        of = [
            {above for kind in self.kinds[self.elements[each].name] for above in lineage(kind)}
            for each in names
        ]
        return all(each.sort.kind in kinds for each, kinds in zip(fact.parameters, of, strict=True))

    def _plain(self, value: Plain, sort: Sort) -> Term:
        if isinstance(sort, Individual):
            return self.elements[str(value)].name
        return plain(value, sort, self.law.vocabulary.enumerations)

    def satisfiable(self, said: Callable[[], list[Term]]) -> bool | None:
        """Say whether ``said`` can be, everything being as it is; None if that takes too long."""
        for _ in range(UNFOLDINGS):
            script = question(self.ground, lambda: [*self.facts(), *said()])
            session = Session(script, EFFORT)
            answer = session.check([CLOSED])
            if answer == "unknown":
                return None
            if answer == "unsat":
                if not self.ground.postponed or session.check() == "unsat":
                    return False
                # A state that rests on a state goes back from event to event.
                self.ground.unfolded.update(self.ground.postponed)
            elif not correct_sums(self.ground, session):
                return True
        return None


@pytest.mark.slow
@trying(25)
@given(texts(), st.integers(0, 2**20))
def test_compiled_norms_say_of_a_known_world_what_semantics_says(text: str, seed: int) -> None:
    law = laws.law(text)
    words = frozenset({*law.vocabulary.kinds, *law.vocabulary.facts})
    readings = {name: each.options[seed % 2][0] for name, each in law.vocabulary.readings.items()}
    several = list(islice(worlds.worlds(law, words, readings, most=1, seed=seed), 40))
    for world in random.Random(seed).sample(several, 3):
        _agree(law, _without_the_imagined(world))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "around"),
    [
        pytest.param(text, around, id=f"{around.__name__}: {what}")
        for laws_of, around in (
            (edges.DEADLINES, edges.deadlines),
            (edges.REPAIRS, edges.repairs),
            (edges.CONFLICTS, edges.conflicts),
            (edges.REMEDIES, edges.remedies),
        )
        for what, text in laws_of.items()
    ],
)
def test_they_agree_at_the_edges(text: str, around: Callable[[], Iterator[World]]) -> None:
    law = laws.law(text)
    for world in around():
        _agree(law, world)


def _without_the_imagined(world: World) -> World:
    """Return ``world`` without what it tells of acts that are only thought of, which have no element."""

    def real(key: tuple[str, tuple[str, ...]]) -> bool:
        return all(each in world.things or each in world.events for each in key[1])

    return replace(
        world,
        open_facts={key: value for key, value in world.open_facts.items() if real(key)},
        attributes={key: value for key, value in world.attributes.items() if real(key)},
    )


def _agree(law: Law, world: World) -> None:
    context, duties = Context(law, world), Duties(law)

    try:
        _compare(
            lambda: not complies(law, world),
            lambda compiler, so: smt_norms.complies(compiler, duties, so),
            _Known(law, world),
        )
        for norm in law.protections():
            _compare(
                partial(_breaks, law, world, norm),
                partial(_broken, duties, norm),
                _Known(law, world),
            )
        for each in law.norms.values():
            for case in each.cases:
                for name in context.of_kind(case.variable.sort.kind):
                    _case_agrees(each, case, name, context)
    except NotCompiled:
        return


def _case_agrees(norm: Norm, case: Case, name: str, context: Context) -> None:
    known = _Known(context.law, context.world)
    env = {case.variable.name: known.elements[name]}
    binding = {case.variable.name: name}
    for condition in (case.condition, *(each.condition for each in case.exceptions)):
        _compare(
            partial(holds, condition, binding, context),
            partial(_stated, condition, env),
            known,
        )
    _compare(
        partial(applies, norm, case, name, context),
        lambda compiler, so: compiler.applies(norm, case, known.elements[name], so),
        known,
    )


def _stated(condition: Condition, env: Env, compiler: Compiler, so: bool) -> Term:
    return compiler.formula(condition, env, so)


def _breaks(law: Law, world: World, norm: Norm) -> bool:
    return bool(violations(law, world, norm))


def _broken(duties: Duties, norm: Norm, compiler: Compiler, so: bool) -> Term:
    return smt_norms.breaks(compiler, duties, norm, lambda _: t.TRUE, so)


def _compare(
    judged: Callable[[], bool], says: Callable[[Compiler, bool], Term], known: _Known
) -> None:
    expected = outcome(judged)
    if isinstance(expected, Unspecified):
        count("judgements that the world leaves open, passed over")
        return
    for positive in (True, False):
        compiler = Compiler(known.law, 0, known.world.readings, known.ground, tag=str(positive))
        said = known.satisfiable(partial(_both, says, compiler, positive))
        if said is None:
            count("judgements that take too long, passed over")
            return
        assert said == (expected is positive), (positive, known.world)
    count("judgements compared with what is compiled")


def _both(says: Callable[[Compiler, bool], Term], compiler: Compiler, positive: bool) -> list[Term]:
    return [says(compiler, positive)]
