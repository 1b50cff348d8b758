"""What is wrong with the competences: an act that nobody may authorise, or several may.

Only of measures that the law makes rest on somebody's act (`core.authority`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import Literal as OneOf

from amparo.core.authority import granted, weighed
from amparo.core.law import Law, NormId
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import governs, outcome
from amparo.verify.assume import assumptions
from amparo.verify.finding import Finding, Outcome
from amparo.verify.inquiry import Inquiry
from amparo.verify.powers import HIGHEST, Answer, Posed, Powers, Sort, Subject
from amparo.verify.rules import Rule

_VERDICTS: Mapping[Answer, OneOf["violated", "holds", "depends", "unknown"]] = {
    "yes": "violated",
    "no": "holds",
    "depends": "depends",
    "unknown": "unknown",
}


def gaps(inquiry: Inquiry) -> Iterable[Finding]:
    """Yield a finding for every measure that rests on an act which nobody may lawfully do.

    That is: on such an object it is never lawful, and would be if what authorises it were taken
    for granted. What is never lawful for another reason is a prohibition, not a gap. Where every
    answer is that there is none, one finding of a measure says so.

    Raises:
        InvalidModel: a case does not replay.
    """
    powers = Powers(inquiry)
    for measure in powers.measures():
        if powers.demanding(measure):
            yield from _of(powers, measure, "competence-gap", partial(_gaps, powers))


def overlaps(inquiry: Inquiry) -> Iterable[Finding]:
    """Yield a finding for every two authorities that may each alone authorise the same measure.

    In one case, on the same object: the act of either would do without that of the other. Where
    every answer is that there are none, one finding of a measure says so.

    Raises:
        InvalidModel: a case does not replay.
    """
    powers = Powers(inquiry)
    for measure in powers.measures():
        if powers.demanding(measure):
            yield from _of(powers, measure, "competence-overlap", partial(_overlaps, powers))


def _of(
    powers: Powers, measure: str, rule: Rule, search: Callable[[str], Iterator[Finding]]
) -> Iterator[Finding]:
    found = tuple(search(measure))
    if found:
        yield from found
    else:
        yield _finding(powers, measure, rule, "no")


def _gaps(powers: Powers, measure: str) -> Iterator[Finding]:
    law, subjects = powers.law, powers.subjects(measure)
    given = powers.to(weighed(law, measure, granted))
    sorts = [Sort(None, each.objects) for each in subjects]
    real = powers.asked(measure, (), ()).answers(sorts)
    if all(each == "yes" for each in real):
        return
    taken = given.asked(measure, (), ()).answers(sorts)
    met: set[Subject] = set()
    for each, answer, would in zip(subjects, real, taken, strict=True):
        if any(wider in met for wider in powers.wider(each)):
            continue
        if answer == "no" and would != "no":
            met.add(each)
            note = f"{said(law, each)} needs an act that nobody may lawfully do"
            posed = given.question(each, (), ())
            yield _finding(powers, measure, "competence-gap", would, posed, given.law, note)
        elif answer in ("unknown", "depends"):
            yield _finding(powers, measure, "competence-gap", answer, note=said(law, each))


def _overlaps(powers: Powers, measure: str) -> Iterator[Finding]:
    law, without = powers.law, powers.without(measure)
    subjects, pairs = powers.subjects(measure), [*combinations(powers.authorities(measure), 2)]
    sorts = [Sort(None, each.objects) for each in subjects]
    answers = {}
    for pair in pairs:
        both = powers.only(measure, pair[0]), powers.only(measure, pair[1])
        answers[pair] = both, powers.asked(measure, both, (without,)).answers(sorts)
    met: set[tuple[Subject, str, str]] = set()
    for number, each in enumerate(subjects):
        for pair in pairs:
            both, found = answers[pair]
            if found[number] == "no" or any((wider, *pair) in met for wider in powers.wider(each)):
                continue
            met.add((each, *pair))
            who = " and by ".join(_who(law, one) for one in pair)
            note = f"{said(law, each)} may be authorised by {who}, by each without the other"
            posed = powers.question(each, both, (without,))
            rule: Rule = "competence-overlap"
            yield _finding(powers, measure, rule, found[number], posed, without, note)


# -- what is found ----------------------------------------------------------------------------


def _finding(
    powers: Powers,
    measure: str,
    rule: Rule,
    answer: Answer,
    posed: Posed | None = None,
    other: Law | None = None,
    note: str = "",
) -> Finding:
    """Return a finding at the first norm that makes the measure rest on somebody's act.

    At the one that does so in the case of ``posed``, if there is one: it applies by the law or by
    the ``other`` law, and not by both.
    """
    verdict = _VERDICTS[answer]
    law, world = powers.law, None if posed is None else posed.case()
    norms = powers.demanding(measure)
    if world is not None and posed is not None and other is not None:
        norms = tuple(_hinges(law, other, world, posed.acts(world))) or norms
    norm = law.norms[norms[0]]
    told = () if verdict == "holds" else norms
    outcomes = (Outcome(powers.inquiry.readings, verdict, told, world),)
    return Finding(
        rule=rule,
        provision=norm.provision,
        norm=norm.id,
        verdict=verdict,
        outcomes=outcomes,
        beside=norms[1:] if told else (),
        notes=(note,) if note else (),
        assumptions=assumptions(powers.inquiry, norms, outcomes),
        span=norm.provenance.span,
    )


def _hinges(law: Law, other: Law, world: World, acts: Iterable[str]) -> Iterator[NormId]:
    """Yield the norms that apply to a measure by one law and not by the other."""
    first, second = Context(law, world, HIGHEST), Context(other, world, HIGHEST)
    for act in acts:
        for norm in law.norms.values():
            now = outcome(partial(governs, norm, act, first))
            if now is not outcome(partial(governs, other.norms[norm.id], act, second)):
                yield norm.id
        return


# -- in words ---------------------------------------------------------------------------------


def said(law: Law, subject: Subject) -> str:
    """Return a subject in words: `Levy` of a home from a person."""
    roles = (f"{role.replace('_', ' ')} {_who(law, kind)}" for role, kind in subject.objects)
    return " ".join([f"`{subject.measure}`", *roles])


def _who(law: Law, kind: str) -> str:
    return law.vocabulary.kinds[kind].reads or f"`{kind}`"
