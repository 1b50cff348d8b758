"""In which worlds two laws judge differently: what became lawful, unlawful, due, open, protected.

A judgement is about one act, not about a whole world: so a case shows what changed and not what
else was amiss. For each judgement that may differ one question is asked over all worlds; that two
laws say the same is said only where every one of them was answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from amparo.core.judgement import Matter
from amparo.smt.search import Found, Proved
from amparo.verify.differ import Differing
from amparo.verify.finding import Outcome
from amparo.verify.inquiry import Inquiry, by_reading
from amparo.verify.matters import comparable, each_protection, matters, moved
from amparo.verify.reach import Reach, reach
from amparo.verify.united import United, unite


@dataclass(frozen=True, slots=True)
class Change:
    """One judgement of which it was asked whether the laws differ in it, and the answer.

    ``gained``: whether it is so by the second law and not by the first, rather than the reverse.
    An outcome is `violated` where some case is judged differently, `holds` where none is. The
    first is the one that decides.
    """

    matter: Matter
    gained: bool
    outcomes: tuple[Outcome, ...]
    reach: tuple[Reach, ...] = ()
    """Under the reading of the first outcome."""

    @property
    def outcome(self) -> Outcome:
        """The outcome that decides: one with a case, else one that is undecided."""
        return self.outcomes[0]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two laws judge differently. ``united`` are the laws as they were compared."""

    united: United
    changes: tuple[Change, ...]
    """Those found, each with a case."""
    undecided: tuple[Change, ...]
    """Those that could not be decided, with the reason as the note of the outcome."""
    asked: int
    """How many questions there were."""
    differing: int
    """Of how many the answer is that some case is judged differently; some tell the same change."""

    @property
    def unchanged(self) -> bool:
        """Say whether it is proved that every case is judged alike."""
        return not self.changes and not self.undecided


def compare(before: Inquiry, after: Inquiry) -> Comparison:
    """Return what the law of ``after`` judges otherwise than that of ``before``.

    The terms are those of ``after``: its days, its readings, its budget.
    """
    united = unite(before.law, after.law)
    inquiry = after.to(united.after)
    found = [
        _change(united, inquiry, matter, gained)
        for matter in chain(matters(united), each_protection(united), moved(united))
        for gained in (True, False)
    ]
    differing = [each for each in found if each.outcome.verdict == "violated"]
    return Comparison(
        united,
        tuple(each for each in differing if not _told_again(each, differing)),
        tuple(each for each in found if each.outcome.verdict == "unknown"),
        len(found),
        len(differing),
    )


def _told_again(change: Change, found: list[Change]) -> bool:
    """Say whether ``change`` is of one protection and the same is told of all of them together.

    Or of an act that is a remedy, and the same is told of whether the remedy is open.
    """
    matter = change.matter
    for other in found:
        if other.gained != change.gained:
            continue
        same = other.matter.topic, other.matter.kind
        if matter.among and not other.matter.among:
            if same == (matter.topic, matter.kind):
                return True
        elif matter.topic == "act" and same == ("remedy", matter.kind):
            return True
    return False


def alike(before: Inquiry, after: Inquiry) -> bool:
    """Say whether it is proved that both laws judge every case alike. Shows no case."""
    return not any(differences(unite(before.law, after.law), after))


def differences(united: United, inquiry: Inquiry) -> Iterator[Outcome]:
    """Yield the outcomes that are not `holds`, without cases; empty iff the laws are proved alike."""
    for matter in chain(matters(united), each_protection(united)):
        yield from (
            each
            for each in by_reading(inquiry.to(united.after), lambda i: _briefly(united, i, matter))  # noqa: B023
            if each.verdict != "holds"
        )


def _briefly(united: United, inquiry: Inquiry, matter: Matter) -> Outcome:
    if not comparable(united, matter):
        return Outcome(inquiry.readings, "unknown", note=_clash(united))
    match Differing(united, inquiry, matter).differs(None):
        case Proved():
            return Outcome(inquiry.readings, "holds")
        case Found():
            return Outcome(inquiry.readings, "violated")
        case limit:
            return Outcome(inquiry.readings, "unknown", note=limit.reason)


def _change(united: United, inquiry: Inquiry, matter: Matter, gained: bool) -> Change:
    if not comparable(united, matter):
        return Change(matter, gained, (Outcome({}, "unknown", note=_clash(united)),))
    answers = by_reading(inquiry, lambda read: _asked(Differing(united, read, matter), gained))
    order = ("violated", "unknown", "depends", "holds")
    outcomes = tuple(sorted(answers, key=lambda each: order.index(each.verdict)))
    if outcomes[0].verdict != "violated":
        return Change(matter, gained, outcomes)
    reached = reach(Differing(united, inquiry.read(outcomes[0].readings), matter), gained)
    return Change(matter, gained, outcomes, reached)


def _asked(differing: Differing, gained: bool) -> Outcome:
    readings = differing.inquiry.readings
    match differing.differs(gained):
        case Proved():
            return Outcome(readings, "holds")
        case Found():
            result, world, note = differing.case(gained)
            if world is not None:
                return Outcome(readings, "violated", world=world, note=note)
            reason = "" if isinstance(result, Proved | Found) else result.reason
            return Outcome(readings, "unknown", note=reason)
        case limit:
            return Outcome(readings, "unknown", note=limit.reason)


def _clash(united: United) -> str:
    words = ", ".join(f"`{each.split(' ', 1)[1]}`" for each in sorted(united.incomparable))
    return f"not comparable: the two laws declare {words} differently"
