"""Questions, stated and answered over all worlds, every counterexample replayed.

Each question is a list of asserts that are *unsatisfiable iff the property holds*. Rank never
decides between a protection and the law under test: the lower law is compiled as if the
protection did not exist.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from amparo.core.law import Denial, Law, Norm, NormId
from amparo.core.world import World
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies as obeyed
from amparo.semantics.judge import violations
from amparo.smt import term as t
from amparo.smt.compile import Compiler
from amparo.smt.ground import Ground, Hypothetical
from amparo.smt.known import declared
from amparo.smt.norms import Duties, Judged, anything, breaks, complies, situation
from amparo.smt.proofs import record
from amparo.smt.search import CLOSED, Found, Proved, Result, question, solve
from amparo.smt.session import Session
from amparo.smt.term import Term
from amparo.smt.turns import turning
from amparo.smt.values import Env
from amparo.verify.finding import Finding
from amparo.verify.inquiry import Inquiry
from amparo.verify.obeying import Part, pleasing, sought
from amparo.verify.rules import DENIALS


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
    """One protection of the law of an inquiry.

    ``declared``: asked only of worlds that need no working days beyond the calendars, and no value
    of a parameter before its first. A guarantee is asked about one ``denial``, or about either
    where none is given. A protection of a general act is asked about as far as it speaks of acts of
    one kind, ``act``, or of all.
    """

    inquiry: Inquiry
    norm: Norm
    denial: Denial | None = None
    act: str | None = None
    declared: bool = False
    duties: Duties = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the duties, and leave out the acts that are not asked about."""
        self.norm = self.norm.of_kind(self.act)
        self.duties = Duties(self.law)

    @staticmethod
    def of(inquiry: Inquiry, finding: Finding) -> "Asking":
        """Return what ``finding`` is about, asked of ``inquiry``."""
        norm = inquiry.law.norms[finding.norm]
        return Asking(inquiry, norm, DENIALS.get(finding.rule), finding.act)

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

    def part(self) -> Part:
        """Return the part of the lower law to begin with: what it says of what is protected against.

        All of it where the gravest case is asked for, for what weighs heaviest turns on all.
        """
        part = Part(self.law, self.norm.rank, whole=self.inquiry.gravest)
        for case in self.norm.cases:
            part.about(case.variable.sort.kind)
        return part

    def broken(
        self,
        compiler: Compiler,
        part: Part | None = None,
        of: Callable[[Judged], Term] = anything,
    ) -> list[Term]:
        """Return asserts unsatisfiable iff no world that obeys the lower law breaks the protection.

        Of that ``part`` of it, if one is given. ``of`` is what else the breaking act must be.
        """

        def such(act: Judged) -> Term:
            return t.and_(of(act), self._weighed(compiler, act) if self.inquiry.gravest else t.TRUE)

        asserts = [
            breaks(compiler, self.duties, self.norm, self.inquiry.on, of=such, denial=self.denial),
            self._obeyed(compiler, part),
        ]
        return [*asserts, *self._known(compiler.ground)]

    def _obeyed(self, compiler: Compiler, part: Part | None) -> Term:
        if part is None:
            return complies(compiler, self.duties, positive=True)
        return part.obeyed(compiler, self.duties)

    def _known(self, ground: Ground) -> list[Term]:
        return declared(ground) if self.declared else []

    def arising(self, compiler: Compiler, part: Part) -> list[Term]:
        """Return asserts of every world that obeys the lower law and has the situation spoken of."""
        return [
            situation(compiler, self.norm, self.inquiry.on),
            part.obeyed(compiler, self.duties),
        ]

    def broken_despite(
        self,
        compiler: Compiler,
        part: Part,
        rescues: Sequence[Mapping[str, bool]],
        of: Callable[[Judged], Term] = anything,
    ) -> Callable[[], list[Term]]:
        """Return asserts of every world that breaks the protection whatever its open facts.

        That is, under every valuation of them under which it obeys the lower law.
        Each of ``rescues`` gives some open facts one truth for everybody, and leaves the others
        as they are. What holds of every valuation holds of these: so when the asserts are
        unsatisfiable there is no such world. ``of`` is what else the breaking act must be, each
        time.
        """
        others = [
            (
                replace(compiler, tag=f"rescue {number}", valuation=rescue),
                turning(self.law, self.norm.rank, frozenset(rescue)),
            )
            for number, rescue in enumerate(rescues)
        ]

        def asserts() -> list[Term]:
            found = self.broken(compiler, part, of)
            for other, scope in others:
                found.append(
                    t.or_(
                        complies(other, self.duties, positive=False, scope=scope),
                        breaks(
                            other,
                            self.duties,
                            self.norm,
                            self.inquiry.on,
                            of=of,
                            denial=self.denial,
                        ),
                    )
                )
            return [*found, *self._known(compiler.ground)]

        return asserts

    # -- their answers -------------------------------------------------------------------

    def breakable(self, valuation: Mapping[str, bool] | None = None) -> Result:
        """Ask only whether the protection can be broken, its open facts as they may be.

        ``valuation`` gives some open facts one truth for everybody.
        """
        compiler, part = self.compiler(self.ground()), self.part()
        if valuation:
            # A case would be judged by its own open facts and not by these: all of the law is asked.
            valued = replace(compiler, valuation=valuation)
            return solve(valued.ground, partial(self.broken, valued), self.inquiry.budget)
        asserts = partial(self.broken, compiler, part)
        return sought(self.inquiry, compiler.ground, part, asserts)[0]

    def violated(self, *, brief: bool = False) -> Answer:
        """Ask whether the protection can be broken, its open facts as they may be.

        ``brief``: without what a proof relies on, and with any case.

        Raises:
            InvalidModel: the case does not obey the lower law, or keeps the protection.
        """
        compiler, part = self.compiler(self.ground()), self.part()
        answer = self._answered(compiler.ground, part, partial(self.broken, compiler, part), brief)
        if brief or not isinstance(answer.result, Proved):
            return answer
        return replace(answer, core=self.core(compiler.ground, partial(self.broken, part=part)))

    def kept(self) -> Answer:
        """Ask only whether the protection can be broken; of a proof, say what it relies on."""
        compiler, part = self.compiler(self.ground()), self.part()
        asserts = partial(self.broken, compiler, part)
        result, _ = sought(self.inquiry, compiler.ground, part, asserts)
        if not isinstance(result, Proved):
            return Answer(result)
        return Answer(result, core=self.core(compiler.ground, partial(self.broken, part=part)))

    def violated_despite(
        self, rescues: Sequence[Mapping[str, bool]], *, brief: bool = False
    ) -> Answer:
        """Ask whether it can be broken under these truths of open facts too; ``brief``: any case."""
        compiler, part = self.compiler(self.ground()), self.part()
        asserts = self.broken_despite(compiler, part, rescues)
        return self._answered(compiler.ground, part, asserts, brief)

    def lawful_case(self) -> Answer:
        """Ask for a world that obeys the lower law and has the situation the protection speaks of.

        The answer that there is none comes with the norms because of whose words there is none.
        """
        compiler, part = self.compiler(self.ground()), self.part()
        asserts = partial(self.arising, compiler, part)
        result, world = pleasing(self.inquiry, compiler.ground, part, asserts)
        if isinstance(result, Proved):
            return Answer(result, core=self.core(compiler.ground, partial(self.arising, part=part)))
        if world is not None:
            self._expect_obeyed(world)
        return Answer(result, world)

    # -- inside --------------------------------------------------------------------------

    def _answered(
        self, ground: Ground, part: Part, asserts: Callable[[], list[Term]], brief: bool
    ) -> Answer:
        if brief:
            result, world = sought(self.inquiry, ground, part, asserts)
            return Answer(result, None if world is None else self._replayed(world))
        if self.inquiry.gravest:
            result = solve(ground, asserts, self.inquiry.budget)
            if not isinstance(result, Found):
                return Answer(result)
            asserts = self._gravest(ground, asserts)
        return self.shown(ground, part, asserts)

    def shown(self, ground: Ground, part: Part, asserts: Callable[[], list[Term]]) -> Answer:
        """Ask for the small and plausible world of a question, replayed.

        Raises:
            InvalidModel: the world does not obey the lower law, or keeps the protection.
        """
        result, world = pleasing(self.inquiry, ground, part, asserts)
        return Answer(result, None if world is None else self._replayed(world))

    def _replayed(self, world: World) -> World:
        self._expect_obeyed(world)
        try:
            found = violations(self.law, world, self.norm, self.denial)
        except Unspecified as gap:
            raise InvalidModel(self.norm.id, world, str(gap)) from gap
        if not found:
            raise InvalidModel(self.norm.id, world, "the protection is kept")
        return world

    def _weighed(self, compiler: Compiler, act: Judged) -> Term:
        """Return that ``act`` is grave in each way whose weight is put on it.

        A right is broken by the act that it is against.
        """
        says = []
        for number, grave in enumerate(self.law.vocabulary.graves):
            weighs = compiler.ground.free(("grave", str(number)))
            judged = act.anchor if isinstance(act, Hypothetical) else act
            is_so = t.FALSE
            if judged is not None:
                env: Env = {grave.variable.name: judged}
                is_one = compiler.ground.is_kind(judged, grave.variable.sort.kind)
                if is_one != t.FALSE:
                    is_so = t.and_(is_one, compiler.formula(grave.condition, env, positive=True))
            says.append(t.implies(weighs, is_so))
        return t.conjunction(says)

    def _gravest(
        self, ground: Ground, asserts: Callable[[], list[Term]]
    ) -> Callable[[], list[Term]]:
        """Return ``asserts`` of the gravest cases: each weight is kept that those before it allow.

        In the order in which the vocabulary declares them.
        """
        kept: list[Term] = []
        for number in range(len(self.law.vocabulary.graves)):
            kept.append(ground.free(("grave", str(number))))
            if not isinstance(
                solve(ground, lambda: [*asserts(), *kept], self.inquiry.budget), Found
            ):
                kept.pop()
        return lambda: [*asserts(), *kept]

    def _expect_obeyed(self, world: World) -> None:
        try:
            faults = obeyed(self.law, world, self.norm.rank)
        except Unspecified as gap:
            raise InvalidModel(self.norm.id, world, str(gap)) from gap
        if faults:
            raise InvalidModel(self.norm.id, world, f"the lower law is breached: {faults}")

    def core(self, ground: Ground, asserts: Callable[[Compiler], list[Term]]) -> tuple[NormId, ...]:
        """Return norms of the lower law whose words prove the question, whatever the others say.

        Minimal for the individuals considered: leaving out one more lets the proof fail.
        """
        compiler = self.compiler(ground, guarded=True)
        script = question(ground, lambda: asserts(compiler))
        session = Session(script, self.inquiry.budget.effort)
        guards = {guard: norm for norm, guard in compiler.guards.items()}
        if session.check(sorted(guards)) != "unsat":
            return tuple(sorted(guards.values()))
        kept = list(session.core())
        for each in tuple(kept):
            without = [other for other in kept if other != each]
            if session.check(without) == "unsat":
                kept = [other for other in session.core() if other in without]
        record(script + "".join(f"(assert {each})\n" for each in kept))
        return tuple(sorted(guards[each] for each in kept if each != CLOSED))
