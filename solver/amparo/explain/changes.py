"""What two laws judge differently, in words: a headline for each change, and a case for it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from amparo.core.citation import in_words, title
from amparo.core.judgement import Matter, Subject, Topic
from amparo.core.law import Law, NormId, Provision
from amparo.explain.labels import Labels, a, noun
from amparo.explain.story import told_with
from amparo.semantics.conduct import grounds
from amparo.semantics.context import Context
from amparo.verify.compare import Change, Comparison
from amparo.verify.differ import Differing
from amparo.verify.finding import Outcome
from amparo.verify.inquiry import Inquiry
from amparo.verify.matters import HIGHEST
from amparo.verify.reach import Reach
from amparo.verify.united import United

HEADLINES: Mapping[Topic, tuple[str, str]] = {
    "duty": ("newly required after {}", "no longer required after {}"),
    "remedy": ("newly open: {}", "no longer open: {}"),
    "protection": ("newly protected against: {}", "no longer protected against: {}"),
    "safeguard": (
        "newly demanded by the highest law after {}",
        "no longer demanded by the highest law after {}",
    ),
    "right": ("newly guaranteed: {}", "no longer guaranteed: {}"),
    "norm": (
        "in the same words, it now applies to {} to which it did not",
        "in the same words, it no longer applies to {} to which it did",
    ),
}
"""Where something is gained, and where it is lost."""


def told_changes(comparison: Comparison, inquiry: Inquiry) -> Comparison:
    """Return ``comparison`` with the story of each case. ``inquiry`` is what it was asked with."""
    tell = partial(_told, comparison.united, inquiry)
    return replace(comparison, changes=tuple(map(tell, comparison.changes)))


def _told(united: United, inquiry: Inquiry, change: Change) -> Change:
    outcomes = tuple(_outcome(united, inquiry, change, each) for each in change.outcomes)
    return replace(change, outcomes=outcomes)


def _outcome(united: United, inquiry: Inquiry, change: Change, outcome: Outcome) -> Outcome:
    world = outcome.world
    if world is None:
        return outcome
    differing = Differing(united, inquiry.read(outcome.readings), change.matter)
    subject = differing.subjects(world, change.gained)[0]

    def judged(labels: Labels) -> Iterator[str]:
        act = labels.individual(subject.act) if subject.act else "what happens"
        holder = labels.individual(subject.holder) if subject.holder else ""
        for when, law, so in (
            ("before", united.before, not change.gained),
            ("after", united.after, change.gained),
        ):
            norms = grounds(change.matter, subject, Context(law, world, HIGHEST))
            yield f"{when}: {_judged(law, change.matter, subject, norms, act, holder, so=so)}"

    return replace(outcome, story=told_with(united.after, world, judged))


def _judged(
    law: Law,
    matter: Matter,
    subject: Subject,
    norms: tuple[NormId, ...],
    act: str,
    holder: str,
    *,
    so: bool,
) -> str:
    """Return what ``law`` says of the act of a case."""
    by = _cited(law, norms)
    against = f" against {act}" if subject.act else ""
    kind = a(noun(law.vocabulary, matter.kind))
    match matter.topic:
        case "act" if so:
            return f"{act} is lawful{f', by {by}' if by else ': nothing forbids it'}"
        case "act":
            return f"{act} is unlawful: {f'{by} forbids it' if by else 'no provision permits it'}"
        case "remedy" if so:
            return f"{kind} is open to {holder}{against}{f', by {by}' if by else ''}"
        case "remedy":
            why = f"{by} forbids it" if by else "no provision gives it"
            return f"{kind} is not open to {holder}{against}: {why}"
        case "duty" | "safeguard" if so:
            return f"what {by} requires after {act} has not been done in time"
        case "duty" | "safeguard":
            return f"nothing that is required after {act} has been left undone"
        case "protection":
            return f"{by} forbids {act}" if so else f"no provision of the highest law forbids {act}"
        case "right" if so:
            return f"{by} guarantees {holder} {kind}{against}"
        case "right":
            return f"{kind}{against} is not guaranteed to {holder}"
        case "norm":
            return f"it {'applies' if so else 'does not apply'} to {act}"


def _cited(law: Law, norms: tuple[NormId, ...]) -> str:
    places = dict.fromkeys(in_words(law, law.norms[each].provision) for each in norms)
    return " and ".join(places)


def headline(united: United, change: Change) -> str:
    """Return what changed in a few words: ``newly permitted: a levy``."""
    matter, vocabulary = change.matter, united.vocabulary
    kind = a(noun(vocabulary, matter.kind))
    if matter.topic == "act":
        owned = vocabulary.kinds[vocabulary.root(matter.kind)].category
        if owned in ("official act", "power act"):
            return f"{'newly' if change.gained else 'no longer'} permitted: {kind}"
        return f"{'no longer' if change.gained else 'newly'} forbidden: {kind}"
    said = HEADLINES[matter.topic][0 if change.gained else 1].format(kind)
    where = place(united, change)
    return said if where is None else f"{in_words(united.after, where)}: {said}"


def about(united: United, change: Change) -> str:
    """Return what the norm says of which a change tells, if it is of one norm."""
    where = place(united, change)
    if where is None:
        return ""
    laws = (united.after, united.before) if change.gained else (united.before, united.after)
    return next((said for law in laws if (said := title(law, where))), "")


def place(united: United, change: Change) -> Provision | None:
    """Return where the norm stands that a change is about, if it is about one provision."""
    norms = {**united.before.norms, **united.after.norms}
    places = {norms[each].provision for each in change.matter.among}
    return places.pop() if len(places) == 1 else None


def extent(united: United, change: Change) -> Iterator[str]:
    """Yield a sentence for each role in which a change spares somebody: whom it reaches, whom not."""
    yield from (_extent(united, each) for each in change.reach)


def _extent(united: United, reach: Reach) -> str:
    reached, spared = (_listed(united, each) for each in (reach.reached, reach.spared))
    where = f"where “{reach.role}” is" if reach.role else "for"
    if not reached:
        return f"Not {where} {spared}." if spared else f"Only {where} of no kind named here."
    if not spared:
        return f"Only {where} {reached}."
    return f"Only {where} {reached}; not {where} {spared}."


def _listed(united: United, kinds: tuple[str, ...]) -> str:
    words = united.vocabulary
    said = [
        words.kinds[each].reads or a(noun(words, each))
        if words.kinds[each].category == "thing"
        else a(noun(words, each))
        for each in kinds
    ]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}" if said else ""
