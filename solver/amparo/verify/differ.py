"""One judgement by two laws over all worlds: where they differ, or the proof that they do not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from amparo.core.judgement import Matter, Subject
from amparo.core.law import UNSEEN, Law, NormId
from amparo.core.world import World
from amparo.semantics.conduct import says, subjects
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies as breaches
from amparo.smt import term as t
from amparo.smt.applying import subject
from amparo.smt.conduct import Judge, so_by_one
from amparo.smt.ground import Ground
from amparo.smt.norms import Duties, Judged
from amparo.smt.proofs import record
from amparo.smt.search import CLOSED, Found, Proved, Result, question, solve
from amparo.smt.session import Session
from amparo.smt.symbols import Symbols
from amparo.smt.term import Term
from amparo.verify.ask import InvalidModel
from amparo.verify.inquiry import Inquiry
from amparo.verify.matters import HIGHEST
from amparo.verify.obeying import Part, pleasing
from amparo.verify.seek import witness
from amparo.verify.united import United

Sort = Callable[[Ground, Judged], Term]
"""What else the judged act must be."""
BREACH_NEEDED = "in every such case somebody else does not obey the law"


@dataclass(frozen=True, slots=True)
class Differing:
    """``matter`` as both laws of ``united`` judge it, on the terms of ``inquiry``."""

    united: United
    inquiry: Inquiry
    matter: Matter

    def differs(self, gained: bool | None) -> Result:
        """Ask whether some act is judged so by the second law only (``gained``) or by the first only.

        None asks for either.
        """
        both = self._both()
        return solve(both.ground, lambda: both.asserts(gained), self.inquiry.budget)

    def among(self, gained: bool, sorts: Sequence[Sort]) -> tuple[Result, ...]:
        """Ask the same of acts of each of ``sorts``; the question is compiled once for all of them."""
        both = self._both()
        ground, effort = both.ground, self.inquiry.budget.effort
        flags = [ground.free(("sort", str(number))) for number in range(len(sorts))]

        def asserts() -> list[Term]:
            act, _, _ = both.subject()
            said = (
                t.equal(flag, sort(ground, act)) for flag, sort in zip(flags, sorts, strict=True)
            )
            return [*both.asserts(gained), *said]

        solve(ground, asserts, self.inquiry.budget)
        script = question(ground, asserts)
        session = Session(script, effort)
        found = list[Result]()
        for flag in flags:
            # Unsatisfiable is a proof whoever is left out; closed on those there are, a world.
            if session.check([flag]) == "unsat":
                record(f"{script}(assert {flag})\n")
                found.append(Proved())
            elif session.check([flag, CLOSED]) == "sat":
                found.append(Found())
            else:
                found.append(
                    solve(ground, lambda: [*asserts(), flag], self.inquiry.budget)  # noqa: B023
                )
        return tuple(found)

    def instance(self) -> tuple[Result, World | None]:
        """Ask whether any act is judged otherwise by the second law; return any world with one.

        Raises:
            InvalidModel: `semantics` judges every act of it alike by both laws.
        """
        both = self._both()
        result, world = witness(self.inquiry, both.ground, lambda: both.asserts(None))
        if world is not None and not any(self.subjects(world, each) for each in (True, False)):
            raise InvalidModel(self._name(), world, "both laws judge it alike")
        return result, world

    def case(self, gained: bool) -> tuple[Result, World | None, str]:
        """Return the smallest plausible case that is judged so by one law only, and a note on it.

        One in which everybody obeys the law, if there is any.

        Raises:
            InvalidModel: `semantics` judges the case alike by both laws, or finds a breach in it.
        """
        comparable = not self.united.incomparable
        seen = not any(norm.unknown_text for norm in self.united.after.norms.values())
        lawful: Result | None = None
        for obeying, quiet in ((True, True), (True, False), (False, False)):
            if (obeying and not comparable) or (quiet and seen):
                continue
            both = self._both()
            part = Part(self.obeyed(gained), HIGHEST) if obeying else None
            asserts = partial(self._wished, both, gained, part, quiet)
            result, world = pleasing(self.inquiry, both.ground, part, asserts)
            if world is not None:
                note = "" if obeying or not isinstance(lawful, Proved) else BREACH_NEEDED
                return result, self._replayed(world, gained, obeyed=obeying), note
            lawful = result
        assert lawful is not None
        return lawful, None, ""

    def _wished(self, both: "_Both", gained: bool, part: Part | None, quiet: bool) -> list[Term]:
        """Return asserts of a case: one that everybody's obedience and only texts seen bring about."""
        asserts = both.asserts(gained)
        if part is not None:
            asserts.append(both.obeying(part))
        if quiet:
            asserts += (
                t.not_(name)
                for (fact, _), name in both.ground.atoms.items()
                if fact.startswith(UNSEEN)
            )
        return asserts

    def reasons(self) -> tuple[NormId, ...]:
        """Return norms by whose words no case is judged otherwise, whatever others do not say.

        Minimal: leaving out that one more does not apply, the proof fails. Relies on the question
        having been proved.
        """
        taken: dict[NormId, str] = {}
        both = self._both(taken)
        solve(both.ground, lambda: [*both.asserts(None), *taken.values()], self.inquiry.budget)
        script = question(both.ground, lambda: both.asserts(None))
        names = {literal: norm for norm, literal in taken.items()}
        found = minimal(Session(script, self.inquiry.budget.effort), sorted(names))
        return tuple(sorted(names[each] for each in found))

    def obeyed(self, gained: bool) -> Law:
        """Return the law that a case had best obey: what is newly so is shown under the second law.

        What a duty demands is shown by those who obey the other law.
        """
        duty = self.matter.topic in ("duty", "safeguard")
        return self.united.after if gained != duty else self.united.before

    def subjects(self, world: World, gained: bool) -> tuple[Subject, ...]:
        """Return the acts of ``world`` that `semantics` judges so by one law only, for certain."""
        before, after = (
            Context(law, world, HIGHEST) for law in (self.united.before, self.united.after)
        )
        found = []
        for each in subjects(self.matter, after):
            try:
                now, then = says(self.matter, each, after), says(self.matter, each, before)
            except Unspecified:
                continue
            if now != then and now == gained and self._asked_about(each, world):
                found.append(each)
        return tuple(found)

    # -- inside --------------------------------------------------------------------------

    def _both(self, taken: dict[NormId, str] | None = None) -> "_Both":
        vocabulary = self.united.vocabulary
        ground = Ground(vocabulary, Symbols(vocabulary))

        def so(norm: NormId, term: Term) -> Term:
            if taken is None or term == t.TRUE:
                return term
            literal = taken.setdefault(norm, ground.free(("taken", norm)))
            return t.or_(t.not_(literal), term)

        def judge(law: Law, tag: str) -> Judge:
            compiler = replace(self.inquiry.to(law).compiler(ground, HIGHEST), tag=tag)
            return Judge(compiler, Duties(law), self.united.concerns, so, self.matter.among)

        before, after = judge(self.united.before, "before"), judge(self.united.after, "after")
        return _Both(ground, self.inquiry, self.matter, before, after)

    def _name(self) -> str:
        return " and ".join(self.matter.among) or f"{self.matter.topic} {self.matter.kind}"

    def _asked_about(self, each: Subject, world: World) -> bool:
        event = world.events.get(each.act or "")
        day = world.closing if event is None else event.on
        return self.inquiry.when.covers(day)

    def _replayed(self, world: World, gained: bool, *, obeyed: bool) -> World:
        """Return ``world`` without the open facts and values that play no part, replayed."""
        law = self.obeyed(gained)

        def shows(each: World) -> bool:
            try:
                orderly = not obeyed or not breaches(law, each, HIGHEST)
            except Unspecified:
                return False
            return orderly and bool(self.subjects(each, gained))

        if not shows(world):
            why = "both laws judge it alike, or it is no orderly case"
            raise InvalidModel(self._name(), world, why)
        for key in tuple(world.open_facts):
            facts = {each: value for each, value in world.open_facts.items() if each != key}
            fewer = replace(world, open_facts=facts)
            world = fewer if shows(fewer) else world
        for key in tuple(world.attributes):
            rest = {each: value for each, value in world.attributes.items() if each != key}
            fewer = replace(world, attributes=rest)
            world = fewer if shows(fewer) else world
        return world


@dataclass(frozen=True, slots=True)
class _Both:
    """Both laws over one ground."""

    ground: Ground
    inquiry: Inquiry
    matter: Matter
    before: Judge
    after: Judge
    key: tuple[str, ...] = field(default=("judged",))

    def subject(self) -> tuple[Judged, Term, Term]:
        """Return the act that is judged, that it is there, and its day."""
        matter = self.matter
        return subject(self.after.compiler, self.key, matter.kind, imagined=matter.imagined)

    def asserts(self, gained: bool | None) -> list[Term]:
        """Return asserts unsatisfiable iff no act is judged otherwise."""
        matter = self.matter
        act, there, day = self.subject()
        ways = [
            so_by_one(matter.topic, act, law, other)
            for way, law, other in (
                (True, self.after, self.before),
                (False, self.before, self.after),
            )
            if gained in (None, way)
        ]
        return [there, self.inquiry.on(day), t.disjunction(ways)]

    def obeying(self, part: Part) -> Term:
        """Return that everybody obeys a part of one of the laws."""
        judge = self.after if part.law is self.after.compiler.law else self.before
        return part.obeyed(judge.compiler, judge.duties)


def minimal(session: Session, literals: list[str]) -> tuple[str, ...]:
    """Return literals that make the script of ``session`` unsatisfiable, none of them to spare.

    All of them, where the effort ends before that is known.
    """
    if session.check(literals) != "unsat":
        return tuple(literals)
    kept = [each for each in session.core() if each in literals]
    for each in tuple(kept):
        fewer = [other for other in kept if other != each]
        if session.check(fewer) == "unsat":
            kept = [other for other in session.core() if other in fewer]
    return tuple(kept)
