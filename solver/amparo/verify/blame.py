"""Which instructions of the bills bring a finding, and which part of the bills brings none.

A cause is a minimal set of instructions such that every part of the bills that contains it, and
makes law, brings the finding. One instruction may bring it, another take it away and a third undo
that, so it is not enough to try a set by itself. What contains a cause is the complement of what
is safe: a cause is a minimal set that is contained in no largest safe part. The two are found
against each other, as minimal unsatisfiable and maximal satisfiable sets are (Reiter, "A Theory of
Diagnosis from First Principles", 1987; Liffiton, Previti, Malik, Marques-Silva, "Fast, Flexible
MUS Enumeration", Constraints 21, 2016).
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import combinations
from typing import Literal as OneOf

from amparo.core.law import Law, Norm, NormId
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies as breaches
from amparo.semantics.judge import violations
from amparo.smt.compile import NotCompiled, ReadingNeeded
from amparo.smt.reach import Reach, Said, reach
from amparo.smt.search import Found, Proved, Result
from amparo.verify.against import (
    WORSE,
    before_in,
    combined,
    compared,
    counterpart,
    newly,
    read_as,
)
from amparo.verify.ask import Asking
from amparo.verify.drafts import Drafts, Kept, identities, identity
from amparo.verify.finding import Cause, Finding, Outcome, Verdict
from amparo.verify.inquiry import Inquiry
from amparo.verify.novelty import directly, introduced
from amparo.verify.outcome import outcomes

MOST_PARTS = 256
"""Parts of the bills that are tried for one finding."""
Part = OneOf["safe", "brings it", "unknown", "no law"]


class TooMany(Exception):
    """More parts would have to be tried than the limit allows."""


@dataclass(frozen=True, slots=True)
class Blamed:
    """``findings`` with the causes of those that the bills bring, and with what is safe of each.

    ``adoptable`` is the largest part of the bills under which no protection is worse than without
    them, what could not be decided counting as worse; None where none was found within the limit.
    """

    findings: tuple[Finding, ...]
    adoptable: tuple[Cause, ...] | None


def blamed(
    inquiry: Inquiry, base: Law, drafts: Drafts, findings: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Return ``findings`` with the causes of those that the bills bring, and what is safe of each."""
    within = cache(partial(_within, drafts, base, inquiry.law))
    return tuple(
        _blamed(Suspicion.of(inquiry, base, drafts, each, within), each) if about(each) else each
        for each in findings
    )


def blamed_whole(
    inquiry: Inquiry, base: Law, drafts: Drafts, findings: Iterable[Finding]
) -> Blamed:
    """Return `blamed` findings, and which part of the bills can be adopted for all of them."""
    found, within = tuple(findings), cache(partial(_within, drafts, base, inquiry.law))
    suspicions = {
        at: Suspicion.of(inquiry, base, drafts, each, within)
        for at, each in enumerate(found)
        if about(each)
    }
    told = tuple(
        _blamed(suspicions[at], each) if at in suspicions else each for at, each in enumerate(found)
    )
    protections = [
        _Standard.of(inquiry, base, each, suspicions.get(at), within)
        for at, each in enumerate(told)
        if each.rule in _PROTECTING
    ]
    return Blamed(told, _adoptable(drafts, protections, told))


def about(finding: Finding) -> bool:
    """Say whether ``finding`` is one whose cause is looked for: a protection that is worse."""
    return finding.status == "introduced" and finding.rule in _PROTECTING


_PROTECTING = ("licensed-violation", "missing-safeguard", "denied-right", "right-without-remedy")


def _blamed(suspicion: "Suspicion", finding: Finding) -> Finding:
    notes = list(finding.notes)
    try:
        causes, adoptable = suspicion.causes()
        if suspicion.undecided:
            notes.append("some parts of the bills could not be decided: there may be other causes")
    except TooMany:
        causes, adoptable = (suspicion.narrowed(),), None
        notes.append(
            f"{len(suspicion.suspects)} instructions bear on this, and not every part of the bills "
            f"was tried (the limit is {MOST_PARTS}): those named bring it where no other of these is "
            "adopted, and with one fewer they do not; there may be other causes"
        )
    notes += suspicion.together()
    listed = suspicion.drafts.listed
    return replace(
        finding,
        # What comes about whatever is adopted is not the doing of these bills.
        causes=tuple(listed(each) for each in causes if each),
        adoptable=None if adoptable is None else listed(adoptable),
        notes=tuple(notes),
    )


@dataclass(slots=True)
class Suspicion:
    """One finding that is worse than in the base, and the parts of the bills tried for it.

    Asked under one choice of readings: the first under which it is worse. ``before`` is the same
    question to the base where the protection could be broken there too: then only what could not
    be done before counts, by the acts themselves if some of them are new (``direct``). An instruction that changes nothing within the reach of the question,
    neither by itself nor when all others stand, is no suspect: it stays in every part.
    """

    asking: Asking
    before: Asking | None
    drafts: Drafts
    world: Finding
    within: Reach
    direct: bool = False
    suspects: tuple[Cause, ...] = ()
    undecided: bool = False
    _parts: dict[Kept, Part] = field(default_factory=dict)
    _same: dict[Hashable, Part] = field(default_factory=dict)

    @staticmethod
    def of(
        inquiry: Inquiry,
        base: Law,
        drafts: Drafts,
        finding: Finding,
        within: Callable[[NormId], Reach],
    ) -> "Suspicion":
        """Return the suspicion that ``finding`` raises; ``within`` gives a question's reach."""
        whole = Asking.of(inquiry, finding)
        base_asking = before_in(whole, base)
        asking, before = read_as(whole, finding.outcome), None
        if base_asking is not None:
            for outcome in finding.outcomes:
                if outcome.verdict == "holds":
                    continue
                then = read_as(base_asking, outcome)
                if isinstance(_breakable(then), Proved):
                    asking, before = read_as(whole, outcome), None
                    break
                before = before or read_as(base_asking, finding.outcome)
        found = Suspicion(asking, before, drafts, finding, within(finding.norm))
        found.direct = before is not None and isinstance(found.asked(asking, directly), Found)
        found.suspects = tuple(found._suspected(base))
        return found

    # -- the question -----------------------------------------------------------------------

    def part(self, kept: Kept) -> Part:
        """Say what the part of the bills with only these suspects brings, and all who are none.

        Raises:
            TooMany: the limit was reached.
        """
        if kept not in self._parts:
            if len(self._parts) == MOST_PARTS:
                raise TooMany
            law = self.drafts.law(kept | self.beside)
            found = "no law" if law is None else self.brought(law)
            self.undecided = self.undecided or found == "unknown"
            self._parts[kept] = found
        return self._parts[kept]

    @property
    def beside(self) -> Kept:
        """The instructions that are no suspects."""
        return self.drafts.whole - identities(self.suspects)

    def brought(self, law: Law) -> Part:
        """Say what ``law``, made by a part of the bills, brings."""
        said = self.within.says(law)
        if said not in self._same:
            self._same[said] = self._asked(law)
        return self._same[said]

    def _asked(self, law: Law) -> Part:
        norm = counterpart(law, self.asking)
        if norm is None:
            return "safe"
        part = asked_of(self.asking, law)
        assert part is not None
        if self.before is None and self._replays(law, part.norm):
            return "brings it"
        then = self.world.base_verdict
        if self.before is not None and part.denial == "no basis" and then not in (None, "violated"):
            # The steps of the holder decide, and no case that straight after the act is new.
            verdict, _ = combined(part, tuple(outcomes(part, brief=True)))
            return "brings it" if WORSE[verdict] > WORSE[then] else "safe"
        match self.asked(part, directly if self.direct else introduced):
            case Proved():
                return "safe"
            case Found():
                return "brings it"
            case _:
                return "unknown"

    def asked(self, part: Asking, new: Callable[[Asking, Asking], Result]) -> Result | None:
        """Return whether ``part`` can be broken, in a ``new`` way if it could be before.

        None where that cannot be decided for all worlds.
        """
        try:
            return part.breakable() if self.before is None else new(part, self.before)
        except (NotCompiled, ReadingNeeded):
            return None

    def _replays(self, law: Law, norm: Norm) -> bool:
        """Say whether the case that was found breaks it under ``law`` as well."""
        readings = self.asking.inquiry.readings
        for outcome in self.world.outcomes:
            if outcome.world is None or dict(outcome.readings) != dict(readings):
                continue
            try:
                obeyed = not breaches(law, outcome.world, self.asking.norm.rank)
                return obeyed and bool(violations(law, outcome.world, norm, self.asking.denial))
            except Unspecified:
                return False
        return False

    # -- the search ---------------------------------------------------------------------------

    def causes(self) -> tuple[tuple[Kept, ...], Kept | None]:
        """Return every cause, and the largest part that is safe.

        Raises:
            TooMany: more parts would have to be tried than the limit allows.
        """
        found: list[Kept] = []
        safe: list[Kept] = []
        suspects = tuple(map(identity, self.suspects))
        if 2 ** len(suspects) > MOST_PARTS**2:
            raise TooMany
        for several in _by_size(suspects):
            if any(each <= several for each in found) or any(several <= each for each in safe):
                continue
            larger = self._largest(several, suspects)
            if larger is None:
                found.append(several)
            else:
                safe.append(larger)
        return tuple(found), safe[0] | self.beside if safe else None

    def _largest(self, within: Kept, suspects: tuple[tuple[str, int], ...]) -> Kept | None:
        """Return the largest safe part that contains ``within``: every one is tried."""
        others = tuple(each for each in suspects if each not in within)
        for left_out in _by_size(others):
            kept = frozenset(suspects) - left_out
            if self.part(kept) == "safe":
                return kept
        return None

    def narrowed(self) -> Kept:
        """Return suspects that bring it when no other suspect is adopted, and with one fewer do not."""
        kept = identities(self.suspects)
        for each in map(identity, self.suspects):
            law = self.drafts.law((kept - {each}) | self.beside)
            if law is not None and self.brought(law) == "brings it":
                kept -= {each}
        return kept

    def together(self) -> Iterator[str]:
        """Yield that several bills bring it only together, where that is so."""
        bills = self.drafts.bills
        each_alone = [
            frozenset(each for each in self.drafts.whole if each[0] == bill) for bill in bills
        ]
        if len(bills) <= 1:
            return
        laws = [self.drafts.law(kept) for kept in each_alone]
        if all(law is not None and self.brought(law) == "safe" for law in laws):
            named = " and ".join(f"`{bill}`" for bill in bills)
            yield f"each of the bills {named} keeps it by itself; together they break it"

    def _suspected(self, base: Law) -> Iterator[Cause]:
        whole, head = self.drafts.whole, self.asking.law
        now, then = self.within.says(head), self.within.says(base)
        for each in self.drafts.instructions:
            without, alone = (
                self.drafts.law(kept)
                for kept in (whole - {identity(each)}, frozenset({identity(each)}))
            )
            if not (_says(self.within, without, now) and _says(self.within, alone, then)):
                yield each


def _within(drafts: Drafts, base: Law, head: Law, norm: NormId) -> Reach:
    """Return the reach of the question in the base, in the head, and in what is between them."""
    laws = [head, base]
    for each in drafts.instructions:
        for kept in (drafts.whole - {identity(each)}, frozenset({identity(each)})):
            law = drafts.law(kept)
            if law is not None:
                laws.append(law)
    return reach(laws, norm)


def _says(within: Reach, law: Law | None, said: Said) -> bool:
    return law is not None and within.says(law) == said


def _by_size(items: tuple[tuple[str, int], ...]) -> Iterator[Kept]:
    """Yield every set of ``items``, the smallest first."""
    for number in range(len(items) + 1):
        for several in combinations(items, number):
            yield frozenset(several)


def _breakable(asking: Asking) -> Result | None:
    try:
        return asking.breakable()
    except (NotCompiled, ReadingNeeded):
        return None


# -- over all protections -------------------------------------------------------------------------


def _adoptable(
    drafts: Drafts, protections: "Iterable[_Standard]", findings: Iterable[Finding]
) -> tuple[Cause, ...] | None:
    """Search the parts of the bills that contain no cause, the largest first."""
    kept_to = tuple(protections)
    causes = [identities(cause) for each in findings for cause in each.causes]
    tried = 0
    for left_out in _by_size(tuple(map(identity, drafts.instructions))):
        kept = drafts.whole - left_out
        if any(cause <= kept for cause in causes):
            continue
        tried += 1
        law = drafts.law(kept)
        if law is not None and not any(each.is_worse(law) for each in kept_to):
            return drafts.listed(kept)
        if tried == MOST_PARTS:
            return None
    return None


@dataclass(slots=True)
class _Standard:
    """What a part of the bills is held to for one protection: not to be worse than the base."""

    asking: Asking
    base: Law
    within: Reach
    suspicion: Suspicion | None
    _same: dict[Said, bool] = field(default_factory=dict)
    _before: tuple[Verdict, tuple[Outcome, ...]] | None = None

    @staticmethod
    def of(
        inquiry: Inquiry,
        base: Law,
        finding: Finding,
        suspicion: Suspicion | None,
        within: Callable[[NormId], Reach],
    ) -> "_Standard":
        reached = within(finding.norm)
        found = _Standard(Asking.of(inquiry, finding), base, reached, suspicion)
        found._same[reached.says(inquiry.law)] = finding.status == "introduced"
        found._same[reached.says(base)] = False
        return found

    def is_worse(self, law: Law) -> bool:
        """Say whether the protection is worse in ``law`` than in the base."""
        said = self.within.says(law)
        if said not in self._same:
            self._same[said] = self._worse(law)
        return self._same[said]

    def _worse(self, law: Law) -> bool:
        part = None if self.suspicion is None else self.suspicion.brought(law)
        if part == "brings it":
            return True
        now = asked_of(self.asking, law)
        if now is None:
            return False
        verdict, answers = combined(now, tuple(outcomes(now, brief=True)))
        if verdict == "holds":
            return False
        base = before_in(self.asking, self.base)
        if base is None:
            return True
        if self._before is None:
            self._before = combined(base, tuple(outcomes(base, brief=True)))
        if WORSE[verdict] != WORSE[self._before[0]]:
            return WORSE[verdict] > WORSE[self._before[0]]
        return newly(now, base, answers) == "introduced"


def asked_of(asking: Asking, law: Law) -> Asking | None:
    """Return the same question to another law; None if that does not have the protection."""
    norm = counterpart(law, asking)
    if norm is None:
        return None
    return replace(asking, inquiry=replace(asking.inquiry.to(law), gravest=False), norm=norm)


def worse(asking: Asking, law: Law, base: Law) -> bool:
    """Say whether the protection asked about is worse in ``law`` than in ``base``.

    What could not be decided counts as worse. A protection that ``law`` does not have is not.
    """
    now = asked_of(asking, law)
    if now is None:
        return False
    verdict, answers = combined(now, tuple(outcomes(now, brief=True)))
    _, status = compared(now, before_in(now, base), verdict, answers)
    return status == "introduced"
