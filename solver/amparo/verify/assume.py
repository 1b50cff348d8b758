"""What a verdict takes for granted. What it means in reality can be no more than this."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from amparo.core.citation import in_words, located, provenance
from amparo.core.condition import Individual
from amparo.core.law import Law, NormId, Period
from amparo.semantics.context import Context
from amparo.semantics.evaluate import governs, outcome
from amparo.verify.ask import Asking
from amparo.verify.finding import Outcome
from amparo.verify.inquiry import one_day

GRADES: Mapping[str, str] = {
    "summary": "rests on a summary of the text, not the text",
    "inferred": "rests on inference, not on a text that was read",
    "unknown": "rests on a text that was not seen",
}


def assumptions(asking: Asking, answers: tuple[Outcome, ...]) -> tuple[str, ...]:
    """Return the assumptions of a verdict, each a sentence without its full stop."""
    law = asking.law
    touched = tuple(dict.fromkeys([asking.norm.id, *_touched(asking, answers)]))
    found = [
        *_date(asking),
        *_open_facts(law, answers),
        *_readings(law, answers),
        *_evidence(law, touched),
        *_interpretations(asking),
        *_untranslated(law, touched),
        *_assumed(answers),
    ]
    return tuple(dict.fromkeys(found))


def _touched(asking: Asking, answers: Iterable[Outcome]) -> Iterator[NormId]:
    """Yield the norms that a proof relies on, and those on which the acts of a case rest."""
    law = asking.law
    for answer in answers:
        yield from answer.relies_on
        if answer.world is None:
            continue
        context = Context(law, answer.world, asking.norm.rank)
        for norm in law.norms.values():
            if norm.modality == "permit" and any(
                outcome(partial(governs, norm, event, context)) is True
                for event in answer.world.events
            ):
                yield norm.id


def _date(asking: Asking) -> Iterator[str]:
    when = asking.inquiry.when
    if when == Period():
        yield "the act may happen on any day; every provision is judged by its own period in force"
    elif when.start is not None and when == one_day(when.start):
        yield f"the act happens on {when.start}, and is judged by the law of that day"
    else:
        since = "" if when.start is None else f" from {when.start}"
        until = "" if when.end is None else f" before {when.end}"
        yield f"the act happens{since}{' and' if since and until else ''}{until}"


def _open_facts(law: Law, answers: Iterable[Outcome]) -> Iterator[str]:
    for answer in answers:
        for fact in answer.turns_on:
            declared = law.vocabulary.facts[fact]
            yield f"left open, for a person to decide: {plain_phrase(law, fact, declared.reads)}"


def plain_phrase(law: Law, name: str, reads: str | None) -> str:
    """Return a fact's phrase with its parameters in the words of their kinds."""
    fact = law.vocabulary.facts[name]
    phrase = reads or name
    for each in fact.parameters:
        said = law.vocabulary.kinds[each.sort.kind].reads or each.sort.kind
        name = each.name.split("#")[0]
        phrase = phrase.replace("{" + name + "}", said)
        kind = law.vocabulary.kinds[each.sort.kind]
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


def _interpretations(asking: Asking) -> Iterator[str]:
    for case in asking.norm.cases:
        for exception in case.exceptions:
            if exception.source is not None:
                name = in_words(asking.law, located(asking.law, exception.source))
                since = (
                    f"from {exception.start}"
                    if exception.start
                    else "from the commencement of what it interprets"
                )
                yield f"the interpretation in {name} has effect {since}"


def _untranslated(law: Law, touched: Iterable[NormId]) -> Iterator[str]:
    places = {(where.act, where.article) for where in (located(law, each) for each in touched)}
    for sentence in law.untranslated:
        if (sentence.provision.act, sentence.provision.article) in places:
            yield (
                f"not modelled, in {in_words(law, sentence.provision)}: {sentence.sentence} "
                f"(because {sentence.because})"
            )


def _assumed(answers: Iterable[Outcome]) -> Iterator[str]:
    for answer in answers:
        if answer.world is None:
            continue
        for calendar, day, count in answer.world.assumed_days:
            yield f"the calendar {calendar} does not cover {abs(count)} working days from {day}"
        for parameter, day in answer.world.assumed_parameters:
            yield f"no value of {parameter} is declared for {day}"
