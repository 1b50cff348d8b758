"""What a verdict takes for granted. What it means in reality can be no more than this."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from amparo.core.citation import in_words, located, provenance
from amparo.core.condition import Individual
from amparo.core.law import UNSEEN, Clause, Count, Law, NormId, Period
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import governs, outcome
from amparo.smt.search import Budget
from amparo.smt.turns import Turns
from amparo.verify.finding import Outcome
from amparo.verify.inquiry import Inquiry, one_day

HIGHEST = 0
"""The rank of protections, as which the law is seen."""
GRADES: Mapping[str, str] = {
    "summary": "rests on a summary of the text, not the text",
    "inferred": "rests on inference, not on a text that was read",
    "unknown": "rests on a text that was not seen",
}


def assumptions(
    inquiry: Inquiry, norms: Iterable[NormId], answers: tuple[Outcome, ...]
) -> tuple[str, ...]:
    """Return the assumptions of a verdict about ``norms``, each a sentence without its full stop.

    What the answers themselves rely on, and what the acts of their cases rest on, is looked into
    with the norms asked about.
    """
    law, asked = inquiry.law, tuple(norms)
    touched = tuple(dict.fromkeys([*asked, *_touched(law, answers)]))
    found = [
        *dated(inquiry),
        *_open_facts(law, answers),
        *_readings(law, answers),
        *_evidence(law, touched),
        *_interpretations(law, asked),
        *_closed(law, touched),
        *_untranslated(law, touched),
        *_assumed(answers),
        *_effort(inquiry.budget, answers),
    ]
    return tuple(dict.fromkeys(found))


def _touched(law: Law, answers: Iterable[Outcome]) -> Iterator[NormId]:
    """Yield the norms that a proof relies on, and those on which the acts of a case rest."""
    for answer in answers:
        yield from answer.relies_on
        for way in answer.others:
            yield from way.norms
        for world in _worlds(answer):
            context = Context(law, world, HIGHEST)
            for norm in law.lower(HIGHEST):
                if norm.modality == "permit" and any(
                    outcome(partial(governs, norm, event, context)) is True
                    for event in world.events
                ):
                    yield norm.id


def _worlds(answer: Outcome) -> Iterator[World]:
    if answer.world is not None:
        yield answer.world
    yield from (way.world for way in answer.others)


def dated(inquiry: Inquiry) -> Iterator[str]:
    """Yield on which days the act may happen, and by the law of which it is judged."""
    when = inquiry.when
    by_another = ", or of the day that a transitional clause names" * bool(inquiry.law.transitions)
    if when == Period():
        yield "the act may happen on any day; every provision is judged by its own period in force"
    elif when.start is not None and when == one_day(when.start):
        yield f"the act happens on {when.start}, and is judged by the law of that day{by_another}"
    else:
        since = "" if when.start is None else f" from {when.start}"
        until = "" if when.end is None else f" before {when.end}"
        yield f"the act happens{since}{' and' if since and until else ''}{until}"


def _open_facts(law: Law, answers: Iterable[Outcome]) -> Iterator[str]:
    for answer in answers:
        for fact in answer.turns_on:
            if fact in law.vocabulary.facts:
                phrase = plain_phrase(law, fact, law.vocabulary.facts[fact].reads)
                unseen = fact.startswith(UNSEEN)
                yield f"{'not known' if unseen else 'left open, for a person to decide'}: {phrase}"


def plain_phrase(law: Law, name: str, reads: str | None) -> str:
    """Return a fact's phrase with its parameters in the words of their kinds."""
    fact = law.vocabulary.facts[name]
    phrase = reads or name
    for each in fact.parameters:
        kind = law.vocabulary.kinds[each.sort.kind]
        # An event's phrase is a sentence: its name stands for it.
        words = "".join(f" {c.lower()}" if c.isupper() else c for c in kind.name).strip()
        said = (kind.reads or kind.name) if kind.category == "thing" else f"the {words}"
        name = each.name.split("#")[0]
        phrase = phrase.replace("{" + name + "}", said)
        for role, sort in kind.roles:
            if isinstance(sort, Individual):
                filler = law.vocabulary.kinds[sort.kind].reads or sort.kind
                phrase = phrase.replace("{" + f"{name}.{role}" + "}", filler)
    return phrase


def _readings(law: Law, answers: Iterable[Outcome]) -> Iterator[str]:
    chosen: dict[str, list[str]] = {}
    for answer in answers:
        for reading, option in answer.readings.items():
            if option not in chosen.setdefault(reading, []):
                chosen[reading].append(option)
    for reading, options in chosen.items():
        declared = law.vocabulary.readings[reading]
        grounds = "; ".join(
            f"{option.replace('_', ' ')}, because {because}"
            for option, because in declared.options
            if option in options
        )
        how = "asked for each way to read it" if len(options) > 1 else "read in one way"
        yield f"{how}: {declared.title} {grounds}"


def _evidence(law: Law, touched: Iterable[NormId]) -> Iterator[str]:
    for each in touched:
        grade = provenance(law, each).evidence
        if grade is not None and grade in GRADES:
            yield f"{in_words(law, located(law, each))} {GRADES[grade]}"


def _interpretations(law: Law, asked: Iterable[NormId]) -> Iterator[str]:
    norms = (law.norms[each] for each in asked if each in law.norms)
    cases = (case for norm in norms for case in norm.cases)
    for exception in (each for case in cases for each in case.exceptions):
        if exception.source is not None:
            name = in_words(law, located(law, exception.source))
            since = (
                f"from {exception.start}"
                if exception.start
                else "from the commencement of what it interprets"
            )
            yield f"the interpretation in {name} has effect {since}"


def _closed(law: Law, touched: Iterable[NormId]) -> Iterator[str]:
    """Tell which words are taken to cover no more than the law says that they do."""
    turns, names = Turns(law, HIGHEST), set[str]()
    clauses = {each.id: each for several in law.definitions.values() for each in several}
    for each in touched:
        if each in law.norms:
            names |= turns.norm(law.norms[each])
        else:
            part: Clause | Count | None = clauses.get(each) or law.counts.get(each)
            names |= frozenset() if part is None else turns.part(part)
    for definition in law.definitions:
        if f"definition {definition}" in names:
            yield f"what no definition of `{definition}` covers is taken not to be so"
    generals = (law.counts[each].general for each in law.counts if f"count {each}" in names)
    for general in dict.fromkeys(generals):
        yield f"what no norm counts as `{general}` is taken not to be one"


def _untranslated(law: Law, touched: Iterable[NormId]) -> Iterator[str]:
    places = {(where.act, where.article) for where in (located(law, each) for each in touched)}
    for sentence in law.untranslated:
        if (sentence.provision.act, sentence.provision.article) in places:
            yield (
                f"not modelled, in {in_words(law, sentence.provision)}: {sentence.sentence} "
                f"(because {sentence.because})"
            )


def _assumed(answers: Iterable[Outcome]) -> Iterator[str]:
    for world in (world for answer in answers for world in _worlds(answer)):
        for calendar, day, count in world.assumed_days:
            yield f"the calendar {calendar} does not cover {abs(count)} working days from {day}"
        for parameter, day in world.assumed_parameters:
            yield f"no value of {parameter} is declared for {day}"


def _effort(budget: Budget, answers: Iterable[Outcome]) -> Iterator[str]:
    """Tell how much was spent before a question was left undecided."""
    if any(answer.verdict == "unknown" for answer in answers):
        yield (
            f"undecided within a budget of {budget.effort:,} units of effort for each call of the "
            f"solver, {budget.rounds} rounds and {budget.individuals} individuals"
        )
