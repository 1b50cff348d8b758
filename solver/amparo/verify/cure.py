"""Words that cure a violation, each verified.

A proposal is applied to the texts, which are read and checked whole again. It is a cure if then
the protection holds under every reading, the basis that it restricts can still apply lawfully
wherever it could (inside of what the protection speaks of, and outside), and no protection is
worse than without it. Nothing is proposed that was not verified so.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from amparo.core.law import Law, Norm, Period
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, governs, outcome
from amparo.semantics.judge import complies as breaches
from amparo.smt import term as t
from amparo.smt.applying import applying
from amparo.smt.compile import Compiler, NotCompiled, ReadingNeeded
from amparo.smt.decode import decode
from amparo.smt.norms import Duties, Judged, complies
from amparo.smt.search import Found, Proved, solve
from amparo.smt.spare import sparing
from amparo.smt.term import Term
from amparo.verify.against import WORSE, counterpart, read_as
from amparo.verify.ask import Asking
from amparo.verify.blame import about, worse
from amparo.verify.draft import Desk, Edit
from amparo.verify.drafts import Drafts
from amparo.verify.finding import Finding
from amparo.verify.inquiry import Inquiry
from amparo.verify.outcome import outcomes
from amparo.verify.proposals import Proposal, proposals

MOST_CURES = 2
"""Cures that are shown."""
MOST_TRIED = 8
"""Proposals that are checked for one finding."""


def cured(inquiry: Inquiry, drafts: Drafts, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return ``findings`` with cures of the violations that count, and how many were tried.

    With bills, those count that they bring; without, all do.
    """
    found = tuple(findings)
    return tuple(
        _cured(_Trial.of(inquiry, drafts, each, found), each)
        if each.verdict == "violated"
        and each.rule in _PROTECTING
        and (not drafts.bills or about(each))
        else _read_so(inquiry.law, each)
        for each in found
    )


_PROTECTING = ("licensed-violation", "missing-safeguard", "denied-right", "right-without-remedy")


def _cured(trial: "_Trial", finding: Finding) -> Finding:
    cures, tried = trial.cures()
    if not cures:
        return finding
    several = "1 wording was" if tried == 1 else f"{tried} wordings were"
    note = (
        f"{several} tried; with what is shown the protection holds under every reading, no other "
        "protection is worse, and the norm still has cases to apply to"
    )
    return replace(finding, cure=cures, notes=(*finding.notes, note))


def _read_so(law: Law, finding: Finding) -> Finding:
    """Return ``finding`` with the reading by which no change of the text is needed, if one does."""
    if finding.verdict != "holds-if-read-so":
        return finding
    notes = []
    for outcome_ in finding.outcomes:
        if outcome_.verdict == "holds" and outcome_.world is not None:
            chosen = " and ".join(
                f"`{law.vocabulary.readings[reading].title}` is answered by {option.replace('_', ' ')}"
                for reading, option in outcome_.readings.items()
            )
            notes.append(f"no change of the text is needed if {chosen}")
    return replace(finding, notes=(*finding.notes, *notes))


@dataclass(frozen=True, slots=True)
class _Trial:
    """One violation, and what a cure must keep: ``others`` are the protections besides."""

    asking: Asking
    finding: Finding
    desk: Desk
    others: tuple[tuple[Asking, Finding], ...]

    @staticmethod
    def of(
        inquiry: Inquiry, drafts: Drafts, finding: Finding, findings: tuple[Finding, ...]
    ) -> "_Trial":
        plain = replace(inquiry, gravest=False)

        def asked(each: Finding) -> Asking:
            return Asking.of(plain, each)

        others = tuple(
            (asked(each), each)
            for each in findings
            if each is not finding and each.rule in _PROTECTING
        )
        day = inquiry.when.start or inquiry.near
        return _Trial(asked(finding), finding, Desk(drafts, inquiry.law, day), others)

    def cures(self) -> tuple[tuple[str, ...], int]:
        """Return the cures, the weakest restriction first, and how many proposals were checked."""
        cures: dict[str, str] = {}
        tried: list[str] = []
        for each in self._proposals():
            if each.form in cures or each.edit.words in tried:
                continue
            if each.form == "exclusion" and cures:
                continue
            tried.append(each.edit.words)
            if self._cures(each):
                cures[each.form] = each.edit.words
            if len(cures) == MOST_CURES or len(tried) == MOST_TRIED:
                break
        return tuple(cures.values()), len(tried)

    def _proposals(self) -> Iterator[Proposal]:
        first = self.finding.outcome
        if first.world is not None:
            yield from proposals(read_as(self.asking, first), first.world, self.desk)

    def _cures(self, proposal: Proposal) -> bool:
        law = self.desk.drafts.revised(proposal.edit.file)
        if law is None:
            return False
        now = self._since(self.asking, law, proposal.edit)
        try:
            return (
                now is not None
                and all(each.verdict == "holds" for each in outcomes(now, brief=True))
                and self._still_applies(now, proposal)
                and not any(self._worse(*each, law, proposal) for each in self.others)
            )
        except (NotCompiled, ReadingNeeded):
            return False

    @staticmethod
    def _since(asking: Asking, law: Law, edit: Edit) -> Asking | None:
        """Return the same question to ``law``, of the days from which the cure works."""
        norm = counterpart(law, asking)
        if norm is None:
            return None
        when = asking.inquiry.when
        start = max((each for each in (when.start, edit.start) if each), default=None)
        inquiry = replace(asking.inquiry.to(law), when=Period(start, when.end))
        if when.start is not None and when.start == start:
            inquiry = asking.inquiry.to(law)
        return replace(asking, inquiry=inquiry, norm=norm)

    def _still_applies(self, now: Asking, proposal: Proposal) -> bool:
        """Say whether there is still a lawful case: on the basis restricted, within and without."""
        within = read_as(now, self.finding.outcome)
        if proposal.basis is None:
            return isinstance(within.lawful_case().result, Found)
        before = read_as(self.asking, self.finding.outcome)
        old = before.law.norms[proposal.basis]
        new = _version(now.law, old, proposal.edit.start or self.desk.day)
        if new is None:
            return False
        inside = _applies(within, new, inside=True)
        outside = _applies(within, new, inside=False)
        if proposal.form == "exclusion":
            return outside
        return inside and (outside or not _applies(before, old, inside=False))

    def _worse(self, other: Asking, finding: Finding, law: Law, proposal: Proposal) -> bool:
        """Say whether another protection is worse in ``law`` than it is without the cure.

        What only restricts lets nothing happen that could not happen before: then nothing is
        broken in a new way, and it remains to see that nothing that saved a case is gone.
        """
        now = self._since(other, law, proposal.edit)
        if now is None:
            return True
        if not self._restricts(proposal) or other.norm.modality == "guarantee":
            return worse(replace(other, inquiry=self._days(now, other)), law, other.law)
        try:
            return any(
                not isinstance(read_as(now, each).breakable(), Proved)
                if each.verdict == "holds"
                else any(
                    WORSE[new.verdict] > WORSE[each.verdict]
                    for new in outcomes(read_as(now, each), brief=True)
                )
                for each in finding.outcomes
                if each.verdict != "violated"
            )
        except (NotCompiled, ReadingNeeded):
            return worse(replace(other, inquiry=self._days(now, other)), law, other.law)

    @staticmethod
    def _days(now: Asking, other: Asking) -> Inquiry:
        """Return the inquiry of ``other``, of the days from which the cure works."""
        return replace(other.inquiry, when=now.inquiry.when)

    def _restricts(self, proposal: Proposal) -> bool:
        """Say whether fewer worlds obey the law with ``proposal``, and no remedy is touched."""
        kinds = self.asking.law.vocabulary.kinds
        official = (
            kinds[case.variable.sort.kind].category == "official act"
            for case in self.asking.norm.cases
        )
        return proposal.form in ("exception", "safeguard", "exclusion") and all(official)


def _version(law: Law, norm: Norm, day: datetime.date) -> Norm | None:
    """Return what stands in ``law`` on ``day`` where ``norm`` does."""
    found = (
        each
        for each in law.norms.values()
        if each.provision == norm.provision and each.modality == norm.modality
    )
    return next((each for each in found if each.period.covers(day)), None)


def _applies(asking: Asking, basis: Norm, *, inside: bool) -> bool:
    """Say whether ``basis`` can apply in a lawful world to an act of which the protection speaks.

    Or, not ``inside``, to one of which it does not. What cannot be decided counts as not.
    """
    ground = asking.ground()
    compiler = asking.compiler(ground)
    duties = Duties(asking.law)

    def asserts() -> list[Term]:
        found = (
            t.and_(there, _concerned(compiler, asking.norm, act, inside))
            for _, act, there in applying(compiler, basis, asking.inquiry.on)
        )
        return [t.disjunction(found), complies(compiler, duties, positive=True)]

    if not isinstance(solve(ground, asserts, asking.inquiry.budget), Found):
        return False
    session = sparing(ground, asserts, asking.inquiry.budget)
    if session is None:
        return False
    world = decode(ground, session, dict(asking.inquiry.readings))
    context = Context(asking.law, world, asking.norm.rank)
    try:
        return not breaches(asking.law, world, asking.norm.rank) and any(
            outcome(partial(governs, basis, event, context)) is True for event in world.events
        )
    except Unspecified:
        return False


def _concerned(compiler: Compiler, protection: Norm, act: Judged, inside: bool) -> Term:
    """Return that ``act`` is one of those that ``protection`` speaks of, exceptions aside; or not."""
    parts = []
    for case in protection.cases:
        kind = compiler.ground.is_kind(act, case.variable.sort.kind)
        if kind == t.FALSE:
            continue
        said = compiler.formula(case.condition, {case.variable.name: act}, inside)
        parts.append(t.and_(kind, said) if inside else t.or_(t.not_(kind), said))
    return t.disjunction(parts) if inside else t.conjunction(parts)
