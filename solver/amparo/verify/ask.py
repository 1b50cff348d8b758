"""Questions, stated and answered over all worlds, every counterexample replayed.

Each question is a list of asserts that are *unsatisfiable iff the property holds*. Rank never
decides between a protection and the law under test: the lower law is compiled as if the
protection did not exist.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from amparo.core.law import Law, Norm, NormId
from amparo.core.world import World
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies as obeyed
from amparo.semantics.judge import violations
from amparo.smt import term as t
from amparo.smt.compile import Compiler
from amparo.smt.decode import decode
from amparo.smt.ground import Ground
from amparo.smt.norms import Duties, breaks, complies, situation
from amparo.smt.prefer import plausible
from amparo.smt.search import CLOSED, Found, Proved, Result, question, solve
from amparo.smt.term import Term
from amparo.smt.turns import turning
from amparo.smt.z3_backend import Session
from amparo.verify.inquiry import Inquiry


class InvalidModel(Exception):
    """A model does not replay: our bug, never a finding. Carries what reproduces it."""

    def __init__(self, norm: NormId, world: World, why: str) -> None:
        """Keep the protection, the world and what the replay found."""
        self.norm = norm
        self.world = world
        super().__init__(f"the case found for {norm} does not replay: {why}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question came to. ``world`` replays; ``core`` is of a proof."""

    result: Result
    world: World | None = None
    core: tuple[NormId, ...] = ()


@dataclass(slots=True)
class Asking:
    """One protection of the law of an inquiry."""

    inquiry: Inquiry
    norm: Norm
    duties: Duties = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the duties."""
        self.duties = Duties(self.law)

    @property
    def law(self) -> Law:
        """The law asked about."""
        return self.inquiry.law

    def ground(self) -> Ground:
        """Return a ground with nobody in it."""
        return self.inquiry.ground()

    def compiler(self, ground: Ground, *, guarded: bool = False) -> Compiler:
        """Return a compiler of the law as the protection sees it."""
        return self.inquiry.compiler(ground, self.norm.rank, guarded=guarded)

    # -- the questions -------------------------------------------------------------------

    def broken(self, compiler: Compiler) -> list[Term]:
        """Return asserts unsatisfiable iff no world that obeys the lower law breaks the protection."""
        return [
            breaks(compiler, self.duties, self.norm, self.inquiry.on),
            complies(compiler, self.duties, positive=True),
        ]

    def broken_despite(
        self, compiler: Compiler, rescues: Sequence[Mapping[str, bool]]
    ) -> Callable[[], list[Term]]:
        """Return asserts of every world that breaks the protection whatever its open facts.

        That is, under every valuation of them under which it obeys the lower law.
        Each of ``rescues`` gives some open facts one truth for everybody, and leaves the others
        as they are. What holds of every valuation holds of these: so when the asserts are
        unsatisfiable there is no such world.
        """
        others = [
            (
                replace(compiler, tag=f"rescue {number}", valuation=rescue),
                turning(self.law, self.norm.rank, frozenset(rescue)),
            )
            for number, rescue in enumerate(rescues)
        ]

        def asserts() -> list[Term]:
            found = self.broken(compiler)
            for other, scope in others:
                found.append(
                    t.or_(
                        complies(other, self.duties, positive=False, scope=scope),
                        breaks(other, self.duties, self.norm, self.inquiry.on),
                    )
                )
            return found

        return asserts

    # -- their answers -------------------------------------------------------------------

    def breakable(self, valuation: Mapping[str, bool] | None = None) -> Result:
        """Ask only whether the protection can be broken, its open facts as they may be.

        ``valuation`` gives some open facts one truth for everybody.
        """
        compiler = replace(self.compiler(self.ground()), valuation=valuation or {})
        return solve(compiler.ground, lambda: self.broken(compiler), self.inquiry.budget)

    def violated(self, *, brief: bool = False) -> Answer:
        """Ask whether the protection can be broken, its open facts as they may be.

        ``brief``: without what a proof relies on.
        """
        ground = self.ground()
        compiler = self.compiler(ground)
        result = solve(ground, lambda: self.broken(compiler), self.inquiry.budget)
        match result:
            case Proved():
                return Answer(result, core=() if brief else self._core(ground))
            case Found():
                return Answer(result, self.case(compiler, lambda: self.broken(compiler)))
            case _:
                return Answer(result)

    def violated_despite(self, rescues: Sequence[Mapping[str, bool]]) -> Answer:
        """Ask whether it can be broken under these truths of open facts too."""
        ground = self.ground()
        compiler = self.compiler(ground)
        asserts = self.broken_despite(compiler, rescues)
        result = solve(ground, asserts, self.inquiry.budget)
        if isinstance(result, Found):
            return Answer(result, self.case(compiler, asserts))
        return Answer(result)

    def lawful_case(self) -> Answer:
        """Ask for a world that obeys the lower law and has the situation the protection speaks of."""
        ground = self.ground()
        compiler = self.compiler(ground)

        def asserts() -> list[Term]:
            return [
                situation(compiler, self.norm, self.inquiry.on),
                complies(compiler, self.duties, positive=True),
            ]

        result = solve(ground, asserts, self.inquiry.budget)
        if not isinstance(result, Found):
            return Answer(result)
        session = plausible(ground, asserts, self.inquiry.budget, self.inquiry.near.toordinal())
        if session is None:
            return Answer(result)
        world = decode(ground, session, dict(self.inquiry.readings))
        self._expect_obeyed(world)
        return Answer(result, world)

    # -- inside --------------------------------------------------------------------------

    def case(self, compiler: Compiler, asserts: Callable[[], list[Term]]) -> World | None:
        """Return the small and plausible world of a satisfiable question, replayed.

        None when the budget ends first.

        Raises:
            InvalidModel: the world does not obey the lower law, or keeps the protection.
        """
        ground = compiler.ground
        first: tuple[Term, ...] = ()
        if self.inquiry.gravest:
            first = self._gravest(ground, compiler)
            result = solve(ground, asserts, self.inquiry.budget)
            if not isinstance(result, Found):
                return None
        session = plausible(
            ground, asserts, self.inquiry.budget, self.inquiry.near.toordinal(), first
        )
        if session is None:
            return None
        world = decode(ground, session, dict(self.inquiry.readings))
        self._expect_obeyed(world)
        try:
            found = violations(self.law, world, self.norm.id)
        except Unspecified as gap:
            raise InvalidModel(self.norm.id, world, str(gap)) from gap
        if not found:
            raise InvalidModel(self.norm.id, world, "the protection is kept")
        return world

    def _gravest(self, ground: Ground, compiler: Compiler) -> tuple[Term, ...]:
        """Return wishes for what weighs, with room in the domain for whom they speak of."""
        known = set(ground.elements)
        wishes = tuple(
            t.disjunction(
                t.and_(is_one, compiler.formula(grave.condition, {grave.variable.name: each}, True))
                for each, is_one in tuple(compiler.domain(grave.variable.sort.kind))
            )
            for grave in self.law.vocabulary.graves
        )
        ground.domain.update(
            (name, each) for name, each in ground.elements.items() if name not in known
        )
        return wishes

    def _expect_obeyed(self, world: World) -> None:
        try:
            faults = obeyed(self.law, world, self.norm.rank)
        except Unspecified as gap:
            raise InvalidModel(self.norm.id, world, str(gap)) from gap
        if faults:
            raise InvalidModel(self.norm.id, world, f"the lower law is breached: {faults}")

    def _core(self, ground: Ground) -> tuple[NormId, ...]:
        """Return norms of the lower law whose words prove the question, whatever the others say.

        Minimal for the individuals considered: leaving out one more lets the proof fail.
        """
        compiler = self.compiler(ground, guarded=True)
        script = question(ground, lambda: self.broken(compiler))
        session = Session(script, self.inquiry.budget.effort)
        guards = {guard: norm for norm, guard in compiler.guards.items()}
        if session.check(sorted(guards)) != "unsat":
            return tuple(sorted(guards.values()))
        kept = list(session.core())
        for each in tuple(kept):
            without = [other for other in kept if other != each]
            if session.check(without) == "unsat":
                kept = [other for other in session.core() if other in without]
        return tuple(sorted(guards[each] for each in kept if each != CLOSED))
