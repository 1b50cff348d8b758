"""A finding as a short story: who there is, what happens on which day, and what breaks.

Everything told is read off the world and the trace of its replay, so it is true by construction.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from amparo.core.citation import in_words, provenance, title
from amparo.core.condition import Exists
from amparo.core.law import UNSEEN, Denial, Law, Norm, NormId, Provision
from amparo.core.limits import may_limit
from amparo.core.world import Event, World
from amparo.explain.impossible import IMPOSSIBLE, reasons
from amparo.explain.labels import Labels, day, label
from amparo.explain.words import Speaker, settled
from amparo.semantics.context import Context, imagine
from amparo.semantics.evaluate import applies, governs
from amparo.semantics.evaluate import outcome as outcome_of
from amparo.semantics.judge import Violation, dues, guarantee_date, needs_basis, violations
from amparo.semantics.trace import Step, explain
from amparo.verify.finding import Finding, Outcome, Stretch
from amparo.verify.improper import limited
from amparo.verify.rules import DENIALS


def told(law: Law, finding: Finding) -> Finding:
    """Return ``finding`` with the story of each outcome that has a case."""
    tell = partial(_told, law, denial=DENIALS.get(finding.rule))
    if finding.rule == "competence-gap":
        tell = partial(_told_barred, law)
    elif finding.rule in IMPOSSIBLE:
        tell = partial(_told_impossible, law)
    elif finding.rule in ALLOWED:
        tell = partial(_told_allowed, law, limits=finding.beside)
    norm = law.norms[finding.norm].of_kind(finding.act)
    outcomes = tuple(tell(norm, each) for each in finding.outcomes)
    segments = tuple(_over_time(law, each, finding.act, tell) for each in finding.segments)
    return replace(finding, outcomes=outcomes, segments=segments)


def _over_time(
    law: Law, stretch: Stretch, act: str | None, tell: Callable[[Norm, Outcome], Outcome]
) -> Stretch:
    if stretch.norm is None:
        return stretch
    norm = law.norms[stretch.norm].of_kind(act)
    return replace(stretch, outcomes=tuple(tell(norm, each) for each in stretch.outcomes))


ALLOWED = ("improper-limit", "unclassified-act", "competence-overlap")
"""The rules whose cases show what the law lets happen; the notes say what is wrong with it."""


def _told_allowed(law: Law, norm: Norm, outcome: Outcome, limits: tuple[NormId, ...]) -> Outcome:
    if outcome.world is None:
        return outcome
    clauses = list(_lawful(law, 0, outcome.world))
    for each in limits if norm.modality == "guarantee" else ():
        clauses += _limited(law, norm, law.norms[each], outcome.world)
    return replace(outcome, story=tuple(_sentences(iter(clauses))))


def _told_impossible(law: Law, _: Norm, outcome: Outcome) -> Outcome:
    """Tell a situation, and why nothing can be done in it."""
    if outcome.world is None:
        return outcome
    story = told_with(law, outcome.world, partial(reasons, law, outcome))
    return replace(outcome, story=story)


def _told_barred(law: Law, _: Norm, outcome: Outcome) -> Outcome:
    """Tell what cannot lawfully happen."""
    if outcome.world is None:
        return outcome
    labels = label(law.vocabulary, outcome.world)
    clauses = [*_setting(law, outcome.world, labels), *_happening(law, outcome.world, labels)]
    return replace(outcome, story=tuple(_sentences(iter(clauses))))


def _limited(law: Law, guarantee: Norm, limit: Norm, world: World) -> Iterator[str]:
    """Tell who is forbidden what is guaranteed, and by which provisions."""
    found = limited(law, guarantee, limit, world)
    if found is not None:
        labels = label(law.vocabulary, world)
        yield _given(law, guarantee, labels, *found, world)
        yield _forbidden(law, limit)


def _told(law: Law, norm: Norm, outcome: Outcome, denial: Denial | None) -> Outcome:
    if outcome.world is None:
        return outcome
    if outcome.verdict == "holds":
        return replace(outcome, story=tuple(_sentences(_lawful(law, norm.rank, outcome.world))))
    others = tuple(
        replace(each, story=tuple(_sentences(_differing(law, norm, outcome.world, each.world))))
        for each in outcome.others
    )
    story = tuple(_sentences(_broken(law, norm, outcome, denial)))
    return replace(outcome, story=story, others=others)


def told_with(law: Law, world: World, more: Callable[[Labels], Iterator[str]]) -> tuple[str, ...]:
    """Return a case in sentences: what is so, what happens, what is left open, and ``more``."""
    labels = label(law.vocabulary, world)
    open_facts = tuple({fact for fact, _ in world.open_facts})
    clauses = (
        *_setting(law, world, labels),
        *_happening(law, world, labels),
        *_left_open(law, world, labels, open_facts),
        *more(labels),
    )
    return tuple(_sentences(iter(clauses)))


def _sentences(clauses: Iterator[str]) -> Iterator[str]:
    for each in clauses:
        stopped = each if each.endswith((".", ":", "?", "!")) else f"{each}."
        yield stopped[0].upper() + stopped[1:]


def allowed(law: Law, world: World) -> tuple[str, ...]:
    """Return the story of a case in which the law below the highest rank is obeyed."""
    return tuple(_sentences(_lawful(law, 0, world)))


def _lawful(law: Law, rank: int, world: World) -> Iterator[str]:
    """Tell a case in which the law is obeyed and the protection kept."""
    labels = label(law.vocabulary, world)
    yield from _setting(law, world, labels)
    yield from _happening(law, world, labels)
    yield from _obeying(law, rank, world, labels)


def _broken(law: Law, norm: Norm, outcome: Outcome, denial: Denial | None) -> Iterator[str]:
    """Tell a case in which the law is obeyed and the protection broken."""
    world = outcome.world
    assert world is not None
    labels = label(law.vocabulary, world)
    yield from _setting(law, world, labels)
    yield from _happening(law, world, labels)
    yield from _obeying(law, norm.rank, world, labels)
    for violation in violations(law, world, norm, denial)[:1]:
        final = denial == "no basis" and outcome.verdict in ("violated", "depends")
        yield from _against(law, norm, world, labels, violation, denial, final=final)
    yield from _left_open(law, world, labels, outcome.turns_on)


def _differing(law: Law, norm: Norm, first: World, world: World) -> Iterator[str]:
    """Tell what is other in ``world`` than in the ``first`` case."""
    before, now = label(law.vocabulary, first), label(law.vocabulary, world)
    known = {*_setting(law, first, before), *(said for _, said in events_said(law, first, before))}
    yield from (each for each in _setting(law, world, now) if each not in known)
    yield from (f"{on}: {said}" for on, said in events_said(law, world, now) if said not in known)
    rested = {
        (act, in_words(law, place)) for act, place in _named_bases(law, norm.rank, first, before)
    }
    rests = [
        (act, place)
        for act, place in _named_bases(law, norm.rank, world, now)
        if (act, in_words(law, place)) not in rested
    ]
    if rests:
        yield _resting(law, rests)


def _setting(law: Law, world: World, labels: Labels) -> Iterator[str]:
    """Tell what is so from the beginning."""
    for fact, arguments in sorted(world.relations | world.states):
        yield fact_said(law, labels, fact, arguments)
    for (fact, arguments), value in sorted(world.attributes.items(), key=lambda each: each[0]):
        sort = law.vocabulary.facts[fact].sort
        assert sort is not None
        yield fact_said(law, labels, fact, arguments, labels.value(value, sort))


def fact_said(
    law: Law, labels: Labels, fact: str, arguments: tuple[str, ...], value: str | None = None
) -> str:
    """Return that a fact is so; of an attribute, that it is ``value``."""
    declared = law.vocabulary.facts[fact]
    names = [each.name.split("#")[0] for each in declared.parameters]
    fillers = dict(zip(names, arguments, strict=True))
    if declared.reads is not None:
        said = labels.phrase(declared.reads, fillers)
        if value is None:
            return said
        return said.replace("{value}", value) if "{value}" in said else f"{said} is {value}"
    of = ", ".join(map(labels.individual, arguments))
    said = fact.replace("_", " ")
    return f"the {said} of {of} is {value}" if value is not None else f"“{said}” is true of {of}"


def in_order(world: World) -> list[Event]:
    """Return what happens, in the order of time."""
    return sorted(world.events.values(), key=lambda each: (each.moment, each.name))


def events_said(law: Law, world: World, labels: Labels) -> Iterator[tuple[str, str]]:
    """Yield what happens, in the order of time: the day, and the event."""
    for event in in_order(world):
        kind = min(sorted(event.kinds))
        reads = law.vocabulary.kinds[kind].reads
        if reads is None:
            reads = f"{labels.individual(event.name)} happens"
        said = reads
        for role, filler in event.roles.items():
            sort = dict(law.vocabulary.kinds[kind].roles)[role]
            said = said.replace("{" + role + "}", labels.value(filler, sort))
        yield day(event.on), said


def _happening(law: Law, world: World, labels: Labels) -> Iterator[str]:
    """Tell what happens on which day."""
    yield from (f"{on}: {said}" for on, said in events_said(law, world, labels))


def _obeying(law: Law, rank: int, world: World, labels: Labels) -> Iterator[str]:
    """Tell on which provision each act of authority rests."""
    rests = tuple(_named_bases(law, rank, world, labels))
    if rests:
        yield f"everybody obeys the law: {_resting(law, rests)}"


def _resting(law: Law, rests: Sequence[tuple[str, Provision]]) -> str:
    """Return that each of these acts rests on its provision; an act of law is named once in a row."""
    said: list[str] = []
    previous = ""
    for act, place in rests:
        where = in_words(law, place)
        if place.act == previous and place.article:
            where = f"{where.removeprefix(f'{law.acts[place.act].title}, ')} of the same act"
        said.append(f"{act} {'' if said else 'rests '}on {where}")
        previous = place.act
    return "; ".join(said)


def bases(law: Law, rank: int, world: World) -> Iterator[tuple[str, Norm]]:
    """Yield every act of authority that has a basis, with the norm on which it rests."""
    context = Context(law, world, rank)
    permits = [each for each in law.lower(rank) if each.modality == "permit"]
    for event in in_order(world):
        if needs_basis(event.name, context):
            found = (
                (event.name, each)
                for each in permits
                if outcome_of(partial(governs, each, event.name, context)) is True
            )
            yield from islice(found, 1)


def _named_bases(
    law: Law, rank: int, world: World, labels: Labels
) -> Iterator[tuple[str, Provision]]:
    yield from ((labels.individual(act), norm.provision) for act, norm in bases(law, rank, world))


def _against(
    law: Law,
    norm: Norm,
    world: World,
    labels: Labels,
    violation: Violation,
    denial: Denial | None,
    *,
    final: bool,
) -> Iterator[str]:
    """Tell what the protection says of the case, and why no exception of it helps.

    ``final``: no later step of the holder of a right opens it.
    """
    context = Context(law, world, norm.rank)
    says = provenance(law, norm.id).says or law.titles.get(replace(norm.provision, norm=""), "")
    quoted = f": {says.rstrip('.')}" if says else ""
    where = in_words(law, norm.provision)
    if norm.modality == "guarantee":
        assert violation.holder is not None
        kind = norm.cases[0].variable.sort.kind
        who = labels.individual(violation.holder)
        act, imagined = imagine(kind, violation.holder, violation.event, context)
        step = explain(norm, act, imagined, guarantee_date(violation.event, context))
        yield _given(law, norm, labels, violation.holder, violation.event, world)
        if denial == "forbidden":
            yield from _forbidding(law, norm, act, imagined)
        else:
            yield f"the law below gives {who} no way to use that right"
            if final:
                yield f"no step that {who} can take afterwards opens one"
        yield from _exceptions(law, labels, step)
        return
    assert violation.event is not None
    step = explain(norm, violation.event, context)
    act = labels.individual(violation.event)
    if norm.modality == "forbid":
        yield f"{where} forbids {act}{quoted}"
    else:
        yield f"{where} demands something after {act}{quoted}"
        yield from _missed(law, norm, violation.event, context, labels)
    yield from _exceptions(law, labels, step)


def _given(
    law: Law, guarantee: Norm, labels: Labels, holder: str, against: str | None, world: World
) -> str:
    """Return that ``guarantee`` gives ``holder`` a right: against something, or on a day."""
    says = title(law, guarantee.provision).rstrip(".")
    when = (
        f"on {day(world.closing)}" if against is None else f"against {labels.individual(against)}"
    )
    where, who = in_words(law, guarantee.provision), labels.individual(holder)
    return f"{where} gives {who} a right {when}{f': {says}' if says else ''}"


def _forbidden(law: Law, norm: Norm) -> str:
    says = title(law, norm.provision).rstrip(".")
    return f"{in_words(law, norm.provision)} forbids it{f': {says}' if says else ''}"


def _missed(law: Law, norm: Norm, trigger: str, context: Context, labels: Labels) -> Iterator[str]:
    """Tell what a duty demands in turn, by when, and that it is not done."""
    speaker = Speaker(law, labels)
    case = next(
        each
        for each in norm.cases
        if outcome_of(partial(applies, norm, each, trigger, context)) is True
    )
    names = {each.variable.name: trigger for each in norm.cases} | {case.variable.name: trigger}
    for number, due in enumerate(dues(norm, trigger, context)):
        demanded = Exists(due.obligation.variable, due.obligation.condition)
        otherwise = "failing that, " if number else ""
        yield (
            f"{otherwise}by {day(due.by)} this is due, and is not done: "
            f"{speaker.says(demanded, names)}"
        )


def _forbidding(law: Law, guarantee: Norm, act: str, context: Context) -> Iterator[str]:
    """Tell which provisions forbid what is guaranteed, though it does not let them limit it."""
    for norm in law.lower(guarantee.rank):
        if (
            norm.modality == "forbid"
            and not may_limit(norm, guarantee)
            and outcome_of(partial(governs, norm, act, context)) is True
        ):
            yield _forbidden(law, norm)


def _exceptions(law: Law, labels: Labels, step: Step) -> Iterator[str]:
    speaker = Speaker(law, labels)
    # What can never be so of such an act is no exception to it.
    possible = (each for each in step.exceptions if settled(each.exception.condition) is not False)
    for number, tried in enumerate(possible):
        names = dict(tried.because.bindings)
        said = speaker.says(tried.exception.condition, names, so=False)
        which = "nor does another" if number else "its exception does not apply"
        yield f"{which}: {said}"


def _left_open(law: Law, world: World, labels: Labels, turns_on: tuple[str, ...]) -> Iterator[str]:
    """Tell what only a person can decide, where the outcome turns on it."""
    for (fact, arguments), truth in sorted(world.open_facts.items()):
        if fact not in turns_on:
            continue
        said = fact_said(law, labels, fact, arguments)
        taken = "it is so" if truth else "it is not so"
        open_ = "the law leaves open, and only a person can decide,"
        if fact.startswith(UNSEEN):
            open_ = "it is not known"
        yield f"{open_} whether {said}: here {taken}"
