"""A finding as a short story: who there is, what happens on which day, and what breaks.

Everything told is read off the world and the trace of its replay, so it is true by construction.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from amparo.core.citation import in_words, provenance
from amparo.core.law import Law, Norm
from amparo.core.world import Event, World
from amparo.explain.labels import Labels, day, label
from amparo.explain.words import Speaker
from amparo.semantics.context import Context, imagine
from amparo.semantics.evaluate import governs
from amparo.semantics.evaluate import outcome as outcome_of
from amparo.semantics.judge import Violation, guarantee_date, needs_basis, violations
from amparo.semantics.trace import Step, explain
from amparo.verify.finding import Finding, Outcome


def told(law: Law, finding: Finding) -> Finding:
    """Return ``finding`` with the story of each outcome that has a case."""
    norm = law.norms[finding.norm]
    return replace(finding, outcomes=tuple(_told(law, norm, each) for each in finding.outcomes))


def _told(law: Law, norm: Norm, outcome: Outcome) -> Outcome:
    if outcome.world is None:
        return outcome
    if outcome.verdict == "holds":
        return replace(outcome, story=tuple(_sentences(_lawful(law, norm, outcome.world))))
    return replace(outcome, story=tuple(_sentences(_broken(law, norm, outcome))))


def _sentences(clauses: Iterator[str]) -> Iterator[str]:
    for each in clauses:
        stopped = each if each.endswith((".", ":", "?", "!")) else f"{each}."
        yield stopped[0].upper() + stopped[1:]


def _lawful(law: Law, norm: Norm, world: World) -> Iterator[str]:
    """Tell a case in which the law is obeyed and the protection kept."""
    labels = label(law.vocabulary, world)
    yield from _setting(law, world, labels)
    yield from _events(law, world, labels)
    yield from _bases(law, norm, world, labels)


def _broken(law: Law, norm: Norm, outcome: Outcome) -> Iterator[str]:
    """Tell a case in which the law is obeyed and the protection broken."""
    world = outcome.world
    assert world is not None
    labels = label(law.vocabulary, world)
    yield from _setting(law, world, labels)
    yield from _events(law, world, labels)
    yield from _bases(law, norm, world, labels)
    for violation in violations(law, world, norm.id)[:1]:
        yield from _against(law, norm, world, labels, violation)
    yield from _left_open(law, world, labels, outcome.turns_on)


def _setting(law: Law, world: World, labels: Labels) -> Iterator[str]:
    """Tell what is so from the beginning."""
    for fact, arguments in sorted(world.relations | world.states):
        declared = law.vocabulary.facts[fact]
        names = [each.name for each in declared.parameters]
        reads = declared.reads or f"{fact}: " + ", ".join("{" + each + "}" for each in names)
        fillers = {
            name.split("#")[0]: filler for name, filler in zip(names, arguments, strict=True)
        }
        yield labels.phrase(reads, fillers)


def _in_order(world: World) -> list[Event]:
    return sorted(world.events.values(), key=lambda each: (each.moment, each.name))


def _events(law: Law, world: World, labels: Labels) -> Iterator[str]:
    """Tell what happens, in the order of time."""
    for event in _in_order(world):
        kind = min(sorted(event.kinds))
        reads = law.vocabulary.kinds[kind].reads
        if reads is None:
            reads = f"{labels.individual(event.name)} happens"
        said = reads
        for role, filler in event.roles.items():
            sort = dict(law.vocabulary.kinds[kind].roles)[role]
            said = said.replace("{" + role + "}", labels.value(filler, sort))
        yield f"{day(event.on)}: {said}"


def _bases(law: Law, norm: Norm, world: World, labels: Labels) -> Iterator[str]:
    """Tell on which provision each act of authority rests."""
    context = Context(law, world, norm.rank)
    permits = [each for each in law.lower(norm.rank) if each.modality == "permit"]
    rests = []
    for event in _in_order(world):
        if needs_basis(event.name, context):
            basis = next(
                each
                for each in permits
                if outcome_of(partial(governs, each, event.name, context)) is True
            )
            rests.append(
                f"{labels.individual(event.name)} rests on {in_words(law, basis.provision)}"
            )
    if rests:
        yield f"everybody obeys the law: {'; '.join(rests)}"


def _against(
    law: Law, norm: Norm, world: World, labels: Labels, violation: Violation
) -> Iterator[str]:
    """Tell what the protection says of the case, and why no exception of it helps."""
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
        against = f" against {labels.individual(violation.event)}" if violation.event else ""
        yield f"{where} gives {who} a right{against}{quoted}"
        yield f"the law under test gives {who} no way to use it"
        yield from _exceptions(law, labels, step)
        return
    assert violation.event is not None
    step = explain(norm, violation.event, context)
    act = labels.individual(violation.event)
    verb = "forbids" if norm.modality == "forbid" else "demands more than was done after"
    yield f"{where} {verb} {act}{quoted}"
    yield from _exceptions(law, labels, step)


def _exceptions(law: Law, labels: Labels, step: Step) -> Iterator[str]:
    speaker = Speaker(law, labels)
    for tried in step.exceptions:
        names = dict(tried.because.bindings)
        yield f"its exception does not apply: {speaker.says(tried.exception.condition, names, so=False)}"


def _left_open(law: Law, world: World, labels: Labels, turns_on: tuple[str, ...]) -> Iterator[str]:
    """Tell what only a person can decide, where the outcome turns on it."""
    for (fact, arguments), truth in sorted(world.open_facts.items()):
        if fact not in turns_on:
            continue
        declared = law.vocabulary.facts[fact]
        fillers = {
            each.name.split("#")[0]: filler
            for each, filler in zip(declared.parameters, arguments, strict=True)
        }
        reads = declared.reads or fact
        said = labels.phrase(reads, fillers)
        taken = "it is so" if truth else "it is not so"
        yield f"the law leaves open, and only a person can decide, whether {said}: here {taken}"
