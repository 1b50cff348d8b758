"""How one act is judged, as terms: lawful or not, protected against, with what duties after it.

Each judgement comes with its denial. Where it takes that some norm does *not* apply, ``so``
wraps the term, so that a proof can name the norms that it took.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from amparo.core.judgement import Topic, asked
from amparo.core.law import Norm, NormId
from amparo.smt import term as t
from amparo.smt.compile import Compiler
from amparo.smt.ground import Element, Hypothetical
from amparo.smt.norms import Duties, Judged, kept
from amparo.smt.term import FALSE, TRUE, Term


@dataclass(frozen=True, slots=True)
class Judge:
    """One law judging one act. ``concerned`` are the norms in which another law may differ."""

    compiler: Compiler
    duties: Duties
    concerned: Callable[[Norm], bool]
    so: Callable[[NormId, Term], Term] = lambda _, term: term
    among: tuple[NormId, ...] = ()
    """The norms that alone are asked about; all, if there are none."""

    def unforbidden(self, act: Judged) -> Term:
        """Return that no norm of the lower law forbids ``act``."""
        return self._none(self.norms("forbid"), act)

    def forbidden(self, act: Judged) -> Term:
        """Return that one of those concerned does."""
        return self._any(filter(self.concerned, self.norms("forbid")), act)

    def based(self, act: Judged, among: Callable[[Norm], bool] = lambda _: True) -> Term:
        """Return that ``act`` has a basis ``among`` the norms of the lower law."""
        return self._any(filter(among, self.norms("permit")), act)

    def baseless(self, act: Judged) -> Term:
        """Return that ``act`` has no basis in the lower law."""
        return self._none(self.norms("permit"), act)

    def so_of(self, topic: Topic, act: Judged) -> Term:
        """Return that one of the norms concerned makes the judgement on ``act`` so."""
        norms = filter(self.concerned, self._asked(topic))
        if topic in ("duty", "safeguard"):
            assert isinstance(act, Element)
            return t.disjunction(self._breached(each, act) for each in norms)
        return self._any(norms, act)

    def not_so_of(self, topic: Topic, act: Judged) -> Term:
        """Return that no norm at all makes the judgement on ``act`` so."""
        norms = self._asked(topic)
        if topic in ("duty", "safeguard"):
            assert isinstance(act, Element)
            return t.conjunction(self._performed(each, act) for each in norms)
        return self._none(norms, act)

    def _asked(self, topic: Topic) -> tuple[Norm, ...]:
        return asked(topic, self.compiler.law, self.compiler.rank, self.among)

    def norms(self, modality: str) -> tuple[Norm, ...]:
        """Return the norms of the lower law with ``modality``."""
        lower = self.compiler.law.lower(self.compiler.rank)
        return tuple(each for each in lower if each.modality == modality)

    def _any(self, norms: Iterable[Norm], act: Judged) -> Term:
        return t.disjunction(
            self._applies(norm, position, act, True)
            for norm in norms
            for position in range(len(norm.cases))
        )

    def _none(self, norms: Iterable[Norm], act: Judged) -> Term:
        return t.conjunction(
            self.so(norm.id, self._applies(norm, position, act, False))
            for norm in norms
            for position in range(len(norm.cases))
        )

    def _applies(self, norm: Norm, position: int, act: Judged, positive: bool) -> Term:
        day = None
        if norm.modality == "guarantee" and isinstance(act, Hypothetical):
            anchor = act.anchor
            day = self.compiler.values.day(act) if anchor is None else self.compiler.law_day(anchor)
        return self.compiler.applies(norm, norm.cases[position], act, positive, day)

    def _breached(self, norm: Norm, act: Element) -> Term:
        def breached(position: int) -> Term:
            triggered = self._applies(norm, position, act, True)
            if triggered == FALSE:
                return FALSE
            unmet = kept(self.compiler, self.duties, norm, position, act, False)
            return t.and_(triggered, unmet)

        return t.disjunction(map(breached, range(len(norm.cases))))

    def _performed(self, norm: Norm, act: Element) -> Term:
        def performed(position: int) -> Term:
            released = self._applies(norm, position, act, False)
            if released == TRUE:
                return TRUE
            met = kept(self.compiler, self.duties, norm, position, act, True)
            return self.so(norm.id, t.or_(released, met))

        return t.conjunction(map(performed, range(len(norm.cases))))


def so_by_one(topic: Topic, act: Judged, law: Judge, other: Judge) -> Term:
    """Return that ``law`` judges ``act`` to be so, and ``other`` not.

    What both say alike cannot make the difference: of what makes it so, only the norms concerned
    are tried.
    """
    if topic not in ("act", "remedy"):
        return t.and_(law.so_of(topic, act), other.not_so_of(topic, act))
    free = not needs_basis(law.compiler, act)
    forbidden = t.and_(TRUE if free else law.based(act), other.forbidden(act))
    baseless = FALSE if free else t.and_(law.based(act, law.concerned), other.baseless(act))
    return t.and_(law.unforbidden(act), t.or_(forbidden, baseless))


def needs_basis(compiler: Compiler, act: Judged) -> bool:
    """Say whether ``act`` is unlawful without a permission."""
    kinds = compiler.law.vocabulary
    above = (kinds.kinds[each].category for each in kinds.lineage(act.kind))
    return any(each in ("official act", "power act") for each in above)
