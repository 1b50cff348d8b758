"""The same questions over all time: the law changes from day to day, and so does the answer.

Time is split at every day on which some part of the law commences, ends or changes. What holds of
a longer stretch holds of every part of it, so a stretch is asked about whole, and split only where
something was found. A case found in one part is moved to the others and judged again there: where
it breaks the protection too, the solver is not asked.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby, pairwise
from typing import TypeVar

from amparo.core.dates import DAY
from amparo.core.law import Law, NormId, Period, Provision
from amparo.core.world import Plain, World
from amparo.verify.against import WORSE
from amparo.verify.assume import dated
from amparo.verify.finding import Finding, Outcome, Stretch
from amparo.verify.inquiry import ALWAYS, Inquiry
from amparo.verify.resting import with_proofs
from amparo.verify.rules import Rule
from amparo.verify.spread import spread

K = TypeVar("K")
Identity = tuple[Rule, Provision, str | None, tuple[NormId, ...]]
"""What makes findings of several stretches one: rule, place, act, and what they take besides."""

OVER_TIME = (
    "the act happens in the stretch of time that is told, and is judged by the law of its day"
)


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask of an inquiry.

    Where every answer is ``holds``, it holds of every day asked, and so does what is noted of it.
    ``during`` is when it means anything; ``stands`` says whether an outcome found of other days
    stands in an inquiry about these, its case being moved (None: never, it is asked again).
    """

    ask: Callable[[Inquiry], tuple[Finding, ...]]
    during: Period = ALWAYS
    stands: Callable[[Inquiry, Outcome], bool] | None = None


def segments(law: Law) -> tuple[Period, ...]:
    """Return all time, split on every day on which a part of ``law`` commences, ends or changes."""
    days = sorted({day for period in _periods(law) for day in (period.start, period.end) if day})
    return tuple(Period(start, end) for start, end in pairwise((None, *days, None)))


def _periods(law: Law) -> Iterator[Period]:
    yield from (each.period for each in law.acts.values())
    yield from (each.period for each in law.norms.values())
    yield from (each.period for each in law.counts.values())
    yield from (each.period for each in law.transitions)
    yield from (each.period for each in law.untranslated)
    for interpretation in law.interpretations.values():
        yield from (interpretation.period, Period(interpretation.start))
    for clause in (each for clauses in law.definitions.values() for each in clauses):
        yield clause.period
        yield from (Period(each.start) for each in clause.exceptions)
    for parameter in law.vocabulary.parameters.values():
        yield from (Period(start) for start, _ in parameter.values)
    yield from (Period(each.start, each.end) for each in law.vocabulary.calendars.values())


def timeline(
    inquiry: Inquiry, questions: Iterable[Question], turn: datetime.date | None = None
) -> tuple[Finding, ...]:
    """Return a finding for every rule and provision, with its answer over all time.

    The finding is that of the stretch that weighs most; ``segments`` are all. With ``turn`` only
    the stretch that ends on that day is asked about, and the one that begins.
    """
    parts, asked = segments(inquiry.law), tuple(questions)
    if turn is not None:
        parts = tuple(each for each in parts if turn in (each.start, each.end))
    found: dict[Identity, list[tuple[Period, Finding]]] = {}
    bounded = set[Identity]()
    answers = spread("stretches", (partial(_run, inquiry, each, parts) for each in asked))
    for question, answer in zip(asked, answers, strict=True):
        for period, finding in answer:
            key = finding.rule, finding.provision, finding.act, finding.beside
            span = _in_force(inquiry.law, finding, period)
            found.setdefault(key, []).append((span, finding))
            if question.during != ALWAYS or span != period:
                bounded.add(key)
    return tuple(_over_time(answers, key in bounded) for key, answers in found.items())


def _run(
    inquiry: Inquiry, question: Question, parts: Sequence[Period]
) -> tuple[tuple[Period, Finding], ...]:
    run = [part for part in parts if part.meets(question.during)]
    return tuple(_answered(inquiry, question, run))


def _answered(
    inquiry: Inquiry, question: Question, run: Sequence[Period]
) -> Iterator[tuple[Period, Finding]]:
    """Yield what is found in each part of ``run``, parts of one answer together."""
    if not run:
        return
    span = Period(run[0].start, run[-1].end)
    asked = _during(inquiry, span)
    findings = _undated(with_proofs(partial(question.ask, asked)), asked)
    if len(run) == 1 or all(each.verdict == "holds" or each.level == "note" for each in findings):
        yield from ((span, each) for each in findings)
        return
    known: dict[int, Finding] = {}
    if question.stands is not None and len(findings) == 1:
        known = dict(_carried(inquiry, question.stands, findings[0], run))
    if known:
        for is_known, group in groupby(range(len(run)), known.__contains__):
            if is_known:
                yield from ((run[each], known[each]) for each in group)
            else:
                yield from _answered(inquiry, question, [run[each] for each in group])
        return
    middle = len(run) // 2
    yield from _answered(inquiry, question, run[:middle])
    yield from _answered(inquiry, question, run[middle:])


def _in_force(law: Law, finding: Finding, period: Period) -> Period:
    """Return the part of ``period`` in which the norm is in force that the finding is about."""
    own = law.norms[finding.norm].period if finding.norm in law.norms else ALWAYS
    if not own.meets(period):
        return period
    starts = [each for each in (own.start, period.start) if each is not None]
    ends = [each for each in (own.end, period.end) if each is not None]
    return Period(max(starts, default=None), min(ends, default=None))


def _undated(findings: Iterable[Finding], inquiry: Inquiry) -> tuple[Finding, ...]:
    """Return ``findings`` without saying of which days they are: their stretches say so."""
    said = tuple(dated(inquiry))
    return tuple(
        replace(each, assumptions=tuple(a for a in each.assumptions if a not in said))
        for each in findings
    )


def _during(inquiry: Inquiry, period: Period) -> Inquiry:
    """Return the inquiry about acts of ``period``, with a plausible day in it."""
    near = inquiry.near
    if period.end is not None:
        near = min(near, period.end - DAY)
    if period.start is not None:
        near = max(near, period.start)
    return replace(inquiry, when=period, near=near)


# -- a case moved to another time ---------------------------------------------------------------


def _carried(
    inquiry: Inquiry,
    stands: Callable[[Inquiry, Outcome], bool],
    finding: Finding,
    run: Sequence[Period],
) -> Iterator[tuple[int, Finding]]:
    """Yield in which parts of ``run`` the cases of ``finding`` are found broken too, moved there."""
    if finding.status != "unchanged" or finding.base_verdict is not None:
        return
    if any(each.verdict != "violated" or each.world is None for each in finding.outcomes):
        return
    for position, part in enumerate(run):
        there = _during(inquiry, part)
        moved = [_moved(there, stands, each) for each in finding.outcomes]
        outcomes = tuple(each for each in moved if each is not None)
        if len(outcomes) == len(moved):
            yield position, replace(finding, outcomes=outcomes)


def _moved(
    there: Inquiry, stands: Callable[[Inquiry, Outcome], bool], outcome: Outcome
) -> Outcome | None:
    """Return ``outcome`` with its case at the time of ``there``, if it is broken there too."""
    assert outcome.world is not None
    days = sorted(each.on for each in outcome.world.events.values())
    if not days:
        return outcome if stands(there, outcome) else None
    for delta in _deltas(days, there.when):
        try:
            world = shifted(outcome.world, delta)
        except OverflowError:
            continue
        moved = replace(outcome, world=world, others=())
        if stands(there, moved):
            return moved
    return None


def _deltas(days: Sequence[datetime.date], when: Period) -> Iterator[datetime.timedelta]:
    """Yield by how much to move a case of ``days``: not at all; until all of it, or its end, fits."""
    first, last = days[0], days[-1]
    found = [datetime.timedelta()]
    if when.start is not None and last < when.start:
        found += [when.start - first, when.start - last]
    elif when.start is not None and first < when.start:
        found.append(when.start - first)
    if when.end is not None and last >= when.end:
        found.append(when.end - DAY - last)
    yield from dict.fromkeys(found)


def shifted(world: World, delta: datetime.timedelta) -> World:
    """Return ``world`` with every day in it moved by ``delta``.

    Raises:
        OverflowError: a day leaves the years 1 to 9999.
    """

    def move(values: Mapping[K, Plain]) -> dict[K, Plain]:
        return {
            key: value + delta if isinstance(value, datetime.date) else value
            for key, value in values.items()
        }

    events = {
        name: replace(each, on=each.on + delta, roles=move(each.roles))
        for name, each in world.events.items()
    }
    return replace(
        world,
        events=events,
        closing=world.closing + delta,
        attributes=move(world.attributes),
        assumed_days={},
        assumed_parameters={},
    )


# -- one finding --------------------------------------------------------------------------------


def _over_time(answers: list[tuple[Period, Finding]], bounded: bool) -> Finding:
    """Return the finding that weighs most, with all stretches and all that they take for granted.

    ``bounded``: where there is no answer, what is asked about is not in force.
    """
    ordered = sorted(answers, key=lambda each: each[0].start or datetime.date.min)
    taken = (each for _, finding in ordered for each in finding.assumptions)
    return replace(
        max((finding for _, finding in ordered), key=_weight),
        segments=tuple(_stretches(ordered, bounded)),
        assumptions=tuple(dict.fromkeys([OVER_TIME, *taken])),
        notes=tuple(dict.fromkeys(note for _, finding in ordered for note in finding.notes)),
        proofs=_proofs([finding for _, finding in ordered]),
    )


def _proofs(findings: Sequence[Finding]) -> tuple[str, ...] | None:
    collected = [each.proofs for each in findings if each.proofs is not None]
    return tuple(dict.fromkeys(chain(*collected))) if collected else None


def _weight(finding: Finding) -> tuple[bool, int]:
    """Return how much a finding weighs: what a bill introduces before what was so, then the worse."""
    return finding.status == "introduced", WORSE[finding.verdict]


def _stretches(answers: Sequence[tuple[Period, Finding]], bounded: bool) -> Iterator[Stretch]:
    """Yield the answers in order of time, equal neighbours as one, with the times not in force."""
    current: Stretch | None = None
    for period, finding in answers:
        following = Stretch(period, finding.norm, finding.verdict, finding.status, finding.outcomes)
        if current is None:
            current = following
        elif current.period.end != period.start:
            yield current
            if bounded:
                yield Stretch(Period(current.period.end, period.start))
            current = following
        elif _answer(current) == _answer(following):
            current = replace(current, period=Period(current.period.start, period.end))
        else:
            yield current
            current = following
    if current is not None:
        yield current
        if bounded and current.period.end is not None:
            yield Stretch(Period(current.period.end))


def _answer(stretch: Stretch) -> object:
    told = [(dict(each.readings), each.verdict, each.turns_on) for each in stretch.outcomes]
    return stretch.verdict, stretch.status, told
