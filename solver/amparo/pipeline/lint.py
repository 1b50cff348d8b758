"""From norm files to what a drafter had better look at: dead letters, and other warnings."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from amparo.core.law import Law, Provision
from amparo.core.moved import first_place
from amparo.explain.story import told
from amparo.pipeline.editions import Editions
from amparo.pipeline.prepare import Prepared, quieting
from amparo.pipeline.run import EFFORT_PER_SECOND, inquiry
from amparo.pipeline.versions import sides
from amparo.pipeline.waivers import Stated, Terms, waived
from amparo.report.result import Examined, Result
from amparo.smt.search import Budget
from amparo.verify.altered import with_alterations
from amparo.verify.classify import unclassified
from amparo.verify.competence_gaps import gaps, overlaps
from amparo.verify.dead import dead, idle_instructions
from amparo.verify.finding import Cause, Finding, Report
from amparo.verify.inquiry import Inquiry
from amparo.verify.resting import resting_on, with_proofs

Places = Callable[[Provision], bool]
Question = Callable[[Inquiry, Places], Iterable[Finding]]
"""What is asked of a law, of these places of it at least."""


def wholly(ask: Callable[[Inquiry], Iterable[Finding]]) -> Question:
    """Return a question that is asked of the whole law, whatever the places."""
    return lambda inquiry, _: ask(inquiry)


QUESTIONS: tuple[Question, ...] = (
    lambda inquiry, places: dead(inquiry, only=places),
    wholly(unclassified),
    wholly(gaps),
    wholly(overlaps),
)
"""The questions whose rules warn (`verify.rules`)."""


def lint(
    paths: Iterable[Path],
    bills: Iterable[Path] = (),
    *,
    against: str | None = None,
    as_of: datetime.date | None = None,
    seconds: float | None = None,
    waivers: bool = True,
    today: datetime.date | None = None,
    stated: Sequence[Stated] = (),
    whole: bool = False,
) -> Result:
    """Ask the questions whose rules warn of the law in ``paths``, as amended by ``bills``.

    With bills, each finding is compared with the law without them, and instructions without
    effect are found; with ``against``, with the law of that version (`pipeline.versions`). Findings that are no warning are left out. ``seconds`` is the limit, about,
    of one call of the solver. Without ``waivers`` nothing is kept quiet; they expire by ``today``,
    None: by the clock. ``stated`` are those of the configuration, which must be for the bodies in
    ``paths`` where these are the ``whole`` project.

    Raises:
        Unusable: there are no norm files.
        Rejected: with every fault that the texts have.
    """
    ready = sides(paths, bills, against)
    budget = Budget() if seconds is None else Budget(effort=round(seconds * EFFORT_PER_SECOND))
    terms = Terms(today or datetime.date.today(), "warning", as_of is None)
    kept_quiet = quieting(ready, stated, whole=whole) if waivers else [()] * len(ready)
    examined = tuple(
        waived(_examined(each, as_of, budget), quiet, replace(terms, known=each.known))
        for each, quiet in zip(ready, kept_quiet, strict=True)
    )
    warnings = dict.fromkeys(warning for each in ready for warning in each.head.warnings)
    return Result(examined, tuple(warnings))


def _examined(ready: Prepared, as_of: datetime.date | None, budget: Budget) -> Examined:
    head = ready.head.law
    terms = inquiry(head, as_of, budget=budget)
    base = None if ready.base is None else terms.to(ready.base.law)
    found = tuple(each for ask in QUESTIONS for each in _asked(ask, terms, base))
    found = (*found, *_idle(ready, terms))
    if ready.against and ready.base is not None:
        found = tuple(with_alterations(terms, ready.base.law, each) for each in found)
    report = Report(
        ready.editions.body.name,
        tuple(_told(head, each) for each in found),
        ready.bills,
        as_of,
        () if ready.base is None else ready.base.notes,
        against=ready.against,
    )
    return Examined(report, head, ready.head.acts, (ready.base or ready.head).acts)


def _idle(ready: Prepared, terms: Inquiry) -> Iterator[Finding]:
    """Yield the instructions without effect of the bills asked about, with their status.

    It is new unless the base version had it in the same words, without effect there too.
    """
    if ready.base is None:
        return
    idle = tuple(_without_effect(ready.editions, terms, lambda _: True))
    before = set[tuple[str, str]]()
    if idle and ready.were is not None:
        same = {_words(each.cause[0]) for each in idle}
        then = terms.to(ready.base.law)
        asked = _without_effect(ready.were, then, lambda each: _words(each) in same)
        before = {_words(each.cause[0]) for each in asked}
    for each in idle:
        if _words(each.cause[0]) in before:
            yield replace(each, status="pre-existing", base_verdict="violated")
        else:
            yield replace(each, status="introduced")


def _without_effect(
    editions: Editions, terms: Inquiry, only: Callable[[Cause], bool]
) -> Iterator[Finding]:
    return idle_instructions(terms, editions.instructions(), editions.variant, only)


def _words(instruction: Cause) -> tuple[str, str]:
    return instruction.bill, " ".join(instruction.span.text.split())


def _asked(ask: Question, terms: Inquiry, base: Inquiry | None) -> Iterator[Finding]:
    """Yield what is found that is not proved to be in order, with its status against the base.

    The same rule at the same place and words is no news.
    """
    asked = with_proofs(lambda: ask(terms, lambda _: True))
    found = tuple(each for each in asked if each.verdict != "holds")
    if base is None or not found:
        yield from found
        return
    law, then = terms.law, base.law
    places = {first_place(law, each.provision, each.norm) for each in found}
    places |= {each.provision for each in found}
    asked = with_proofs(lambda: ask(base, places.__contains__))
    before = {_identity(then, each): each for each in asked}
    for each in found:
        same = before.get(_identity(law, each))
        if same is None or same.verdict == "holds":
            yield replace(each, status="introduced", base_verdict="holds")
        else:
            also = resting_on(each, same)
            yield replace(also, status="pre-existing", base_verdict=same.verdict)


def _identity(law: Law, finding: Finding) -> tuple[object, ...]:
    return finding.rule, first_place(law, finding.provision, finding.norm), finding.notes


def _told(law: Law, finding: Finding) -> Finding:
    return told(law, finding) if finding.norm in law.norms else finding
