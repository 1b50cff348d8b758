"""One protection in two editions of a law: which norm it is there, and whether it is worse.

The order of verdicts, and what a bill made of one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from amparo.core.law import Law, Norm
from amparo.core.moved import origin
from amparo.core.reliance import NORM, READING, Reliance, same_words
from amparo.smt.compile import NotCompiled, ReadingNeeded
from amparo.smt.search import Found, Proved
from amparo.verify.applicable import applicable
from amparo.verify.ask import Asking
from amparo.verify.finding import Outcome, Status, Verdict
from amparo.verify.inquiry import Inquiry, in_every_reading
from amparo.verify.novelty import introduced, new_case
from amparo.verify.outcome import outcomes, stands, told
from amparo.verify.shared import shared_words

WORSE: Mapping[Verdict, int] = {
    "holds": 0,
    "holds-if-read-so": 1,
    "depends": 2,
    "unknown": 3,
    "violated": 4,
}


def combined(asking: Asking, answers: tuple[Outcome, ...]) -> tuple[Verdict, tuple[Outcome, ...]]:
    """Return the verdict over all readings, and the outcomes with the deciding one first."""
    ranked = tuple(sorted(answers, key=lambda each: -WORSE[each.verdict]))
    verdicts = {each.verdict for each in answers}
    if len(verdicts) == 1:
        return ranked[0].verdict, ranked
    if "unknown" in verdicts:
        return "unknown", ranked
    if _holds_if_read_so(asking, answers):
        return "holds-if-read-so", ranked
    return "depends", ranked


def _holds_if_read_so(asking: Asking, answers: tuple[Outcome, ...]) -> bool:
    """Say whether it is violated as written, and holds, with a case to apply to, if read otherwise."""
    declared = asking.law.vocabulary.readings

    def as_written(outcome: Outcome) -> bool:
        return all(
            declared[reading].as_written in (None, option)
            for reading, option in outcome.readings.items()
        )

    literal = [each for each in answers if as_written(each)]
    others = [each for each in answers if not as_written(each)]
    return (
        all(each.verdict == "violated" for each in literal)
        and bool(literal)
        and any(each.verdict == "holds" and _leaves_a_case(asking, each) for each in others)
    )


def _leaves_a_case(asking: Asking, outcome: Outcome) -> bool:
    """Say whether, so read, the law still has a case to apply to.

    Either of those the protection speaks of; or every permission that is so read can still be used.
    """
    if outcome.world is not None:
        return True
    law, inquiry = asking.law, asking.inquiry.read(outcome.readings)
    read = {READING + each for each in outcome.readings}
    reliance = Reliance(law)
    permits = [
        each
        for each in law.lower(asking.norm.rank)
        if each.modality == "permit"
        and each.period.meets(inquiry.when)
        and not read.isdisjoint(reliance.of(NORM + each.id))
    ]
    try:
        return bool(permits) and all(
            isinstance(applicable(inquiry, each.id)[0], Found) for each in permits
        )
    except (NotCompiled, ReadingNeeded):
        return False


# -- against the law without the bill -----------------------------------------------------------


def before_in(asking: Asking, base: Law) -> Asking | None:
    """Return the same question to the base law, if it has the protection."""
    norm = counterpart(base, asking)
    if norm is None:
        return None
    return replace(asking, inquiry=replace(asking.inquiry.to(base), gravest=False), norm=norm)


def counterpart(law: Law, asking: Asking) -> Norm | None:
    """Return the protection of ``law`` that stands where the one asked about does, on that day.

    Its identity may differ: a bill that amends it makes versions of it, or gives it another
    number. What stands there and says
    something of another sort, or of another rank, is not the same protection.
    """
    norm, inquiry = asking.norm, asking.inquiry
    place = origin(asking.law, norm)
    versions = [
        each
        for each in law.norms.values()
        if origin(law, each) == place
        and (each.modality, each.rank, each.unknown_text)
        == (norm.modality, norm.rank, norm.unknown_text)
    ]
    same = next((each for each in versions if each.id == norm.id), None)
    if same is not None:
        return same
    day = inquiry.when.start or asking.norm.period.start or inquiry.near
    return next((each for each in versions if each.period.covers(day)), None)


def compared(
    asking: Asking, before: Asking | None, verdict: Verdict, answers: tuple[Outcome, ...]
) -> tuple[Verdict | None, Status]:
    """Return the verdict of the base law, and what became of it."""
    if before is None:
        return None, "introduced" if verdict != "holds" else "unchanged"
    shared = shared_words(asking, before)
    if shared.untouched:
        return verdict, "unchanged" if verdict == "holds" else "pre-existing"
    cases = [each.world for each in answers if each.world is not None and each.verdict != "holds"]
    if shared.clash:
        cases = []
    else:
        before = shared.before
    base_answers = tuple(outcomes(before, brief=True, cases=cases))
    base_verdict, _ = combined(before, base_answers)
    if WORSE[verdict] < WORSE[base_verdict]:
        return base_verdict, "cured"
    if WORSE[verdict] > WORSE[base_verdict]:
        return base_verdict, "introduced"
    if verdict == "holds":
        return base_verdict, "unchanged"
    if shared.clash:
        return base_verdict, "introduced"
    return base_verdict, newly(shared.now, shared.before, answers)


def unlike(asking: Asking, before: Asking) -> Iterator[str]:
    """Yield why what was so before could not be told from what is new, where that is so."""
    if clash := shared_words(asking, before).clash:
        words = ", ".join(f"`{each}`" for each in clash)
        yield (
            f"what is compared declares {words} differently: no case can be judged by both, so "
            "this is taken for new"
        )


def newly(asking: Asking, before: Asking, answers: tuple[Outcome, ...]) -> Status:
    """Say whether it can be broken in a new way, so that no old fault hides a new one.

    What could not be decided counts as new: it is never taken for harmless.
    """
    for each in answers:
        if each.verdict == "holds":
            continue
        read = asking.inquiry.read(each.readings)
        if not in_every_reading(read, partial(_is_old, asking, before)):
            return "introduced"
    return "pre-existing"


def with_new_cases(
    asking: Asking, before: Asking, answers: tuple[Outcome, ...]
) -> tuple[Outcome, ...]:
    """Return ``answers``, each case that was one before exchanged for one that was not.

    Of what can be broken in a new way: an old case would not show it. It stays where no other is
    found within the budget, or where the two laws have different words.
    """
    if not same_words(asking.law, before.law):
        return answers
    return tuple(_with_new_case(asking, before, each) for each in answers)


def _with_new_case(asking: Asking, before: Asking, outcome: Outcome) -> Outcome:
    now, then = read_as(asking, outcome), read_as(before, outcome)
    if outcome.verdict != "violated" or outcome.world is None or not stands(then, outcome.world):
        return outcome
    world = new_case(now, then)
    if world is None or not stands(now, world):
        return outcome
    return replace(outcome, world=told(now, world))


def _is_old(asking: Asking, before: Asking, inquiry: Inquiry) -> bool:
    then = replace(before, inquiry=before.inquiry.read(inquiry.readings))
    return isinstance(introduced(replace(asking, inquiry=inquiry), then), Proved)


def read_as(asking: Asking, outcome: Outcome) -> Asking:
    """Return the same question under the readings of ``outcome``."""
    return replace(asking, inquiry=asking.inquiry.read(outcome.readings))
