"""From norm files to a result: every body checked by itself, in the order of its path."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import compress
from pathlib import Path

from amparo.core.law import Law, Norm
from amparo.core.reliance import same_words
from amparo.explain.story import told
from amparo.pipeline.files import Unusable
from amparo.pipeline.orders import order_notes
from amparo.pipeline.prepare import Prepared, quieting
from amparo.pipeline.versions import sides
from amparo.pipeline.waivers import Stated, Terms, waived
from amparo.report.result import Examined, Result
from amparo.smt.search import Budget
from amparo.verify.altered import with_alterations
from amparo.verify.blame import blamed_whole
from amparo.verify.check import Wanted, check, everything, protects, questions
from amparo.verify.cure import cured
from amparo.verify.finding import Cause, Finding, Report
from amparo.verify.impossible import commanded, impossible
from amparo.verify.inquiry import Inquiry, latest, one_day
from amparo.verify.lost import lost
from amparo.verify.obstacles import obstacles
from amparo.verify.spread import spread
from amparo.verify.timeline import Question, segments, timeline
from amparo.verify.ways import with_ways

EFFORT_PER_SECOND = 2_000_000
"""About how much solver effort a second buys. Effort, not time, so that every machine answers alike."""


def examine(
    paths: Iterable[Path],
    bills: Iterable[Path] = (),
    *,
    against: str | None = None,
    as_of: datetime.date | None = None,
    timeline: bool = False,
    turn: datetime.date | None = None,
    gravest: bool = False,
    seconds: float | None = None,
    protection: Sequence[str] = (),
    waivers: bool = True,
    today: datetime.date | None = None,
    stated: Sequence[Stated] = (),
    whole: bool = False,
    keep: Callable[[Prepared, tuple[Finding, ...]], None] | None = None,
) -> Result:
    """Ask every question of every protection of the law in ``paths``, as amended by ``bills``.

    With bills, each finding is compared with the law without them, and bodies that they do not
    amend are left out. ``against`` names a version that git keeps, or a folder: then each finding
    is compared with the law as it was there (`pipeline.versions`). ``timeline`` asks for the answer over all time, stretch by stretch;
    with ``turn`` of that which ends on this day, and of that which begins.
    ``seconds`` is the limit, about, of one call of the solver. With ``protection``, citations, only
    the protections are asked about whose own begins with one of them; then no cure and no harmless part of
    the bills is looked for, since whether they spare the others is not known. Without ``waivers`` nothing is kept quiet;
    they expire by ``today``, None: by the clock. ``stated`` are those of the configuration, which
    must be for the bodies in ``paths`` where these are the ``whole`` project. ``keep`` is handed what was found about each body.

    Raises:
        Unusable: there is nothing to check.
        Rejected: with every fault that the texts have.
    """
    ready = sides(paths, bills, against)
    budget = Budget() if seconds is None else Budget(effort=round(seconds * EFFORT_PER_SECOND))
    everywhere = not protection and as_of is None and turn is None
    if turn is not None and not any(_turns(each.head.law, turn) for each in ready):
        raise Unusable(f"no part of the law commences, ends or changes on {turn}")
    terms = Terms(today or datetime.date.today(), "error", everywhere)
    kept_quiet = quieting(ready, stated, whole=whole) if waivers else [()] * len(ready)
    examined = []
    for each, quiet in zip(ready, kept_quiet, strict=True):
        findings = findings_of(
            each,
            as_of=as_of,
            gravest=gravest,
            budget=budget,
            ways=not timeline,
            over_time=timeline,
            turn=turn,
            only=partial(_at, protection) if protection else everything,
        )
        asked, part = inquiry(each.head.law, as_of, budget=budget), None
        if findings:
            drafts = each.editions.drafts()
            if each.base is not None and _blamable(each):
                blame = blamed_whole(asked, each.base.law, drafts, findings)
                findings, part = blame.findings, blame.adoptable
            if not timeline and not protection:
                findings = cured(asked, drafts, findings)
            if keep is not None:
                keep(each, findings)
        if not protection:
            base = None if each.base is None else each.base.law
            impossible = _impossible(asked, base, each.editions.instructions(), timeline, turn)
            findings += tuple(told(each.head.law, one) for one in impossible)
            part = _harmless(part, findings)
        else:
            part = None
        if each.base is not None:
            wanted = partial(_at, protection) if protection else everything
            gone = lost(asked, each.base.law)
            findings += tuple(
                told(each.base.law, one)
                for one in gone
                if wanted(each.base.law.norms[one.norm], one.act)
            )
        if each.against and each.base is not None:
            findings = tuple(with_alterations(asked, each.base.law, one) for one in findings)
        told_of = _examined(each, findings, as_of, part, protection, turn)
        told_of = waived(told_of, quiet, replace(terms, known=each.known))
        if told_of.findings:
            examined.append(told_of)
    if not examined and protection:
        raise Unusable(f"there is nothing to check: no protection at {_cited(protection)}")
    if not examined:
        raise Unusable(
            "there is nothing to check: no act of the highest rank forbids, requires or "
            "guarantees anything, and no act demands anything"
        )
    warnings = dict.fromkeys(warning for each in ready for warning in each.head.warnings)
    return Result(tuple(examined), tuple(warnings))


def findings_of(
    ready: Prepared,
    *,
    as_of: datetime.date | None,
    readings: Mapping[str, str] | None = None,
    gravest: bool = False,
    budget: Budget | None = None,
    ways: bool = False,
    over_time: bool = False,
    turn: datetime.date | None = None,
    only: Wanted = everything,
) -> tuple[Finding, ...]:
    """Return the findings about one body of law, compared with its base if it has one.

    ``ways`` asks for every other distinct way of what is violated, ``over_time`` for the answer of
    every stretch of time. ``only`` tells which protections are asked about.
    """
    asked = inquiry(ready.head.law, as_of, readings=readings, gravest=gravest, budget=budget)
    base = None if ready.base is None else ready.base.law
    wanted = questions(asked.law, base, only=only)
    found = timeline(asked, wanted, turn) if over_time else check(asked, base, only=only)
    if ways:
        # What was so before is told by one case: a reader of the bill looks for what is new.
        counts = [base is None or each.status == "introduced" for each in found]
        told_of = (partial(with_ways, asked, each) for each in compress(found, counts))
        others = iter(spread("ways", told_of))
        found = tuple(
            next(others) if is_new else each for each, is_new in zip(found, counts, strict=True)
        )
    return tuple(told(ready.head.law, each) for each in found)


def _blamable(ready: Prepared) -> bool:
    """Say whether what is worse can be blamed on instructions: of bills, over the same words."""
    assert ready.base is not None
    return bool(ready.editions.asked) and same_words(ready.head.law, ready.base.law)


def _at(citations: Sequence[str], norm: Norm, _: str | None) -> bool:
    return any(f"{norm.provision} ".startswith(f"{each} ") for each in citations)


def _cited(citations: Sequence[str]) -> str:
    return " or ".join(f"`{each}`" for each in citations)


def _turns(law: Law, day: datetime.date) -> bool:
    return any(each.start == day for each in segments(law))


def _harmless(
    part: tuple[Cause, ...] | None, findings: tuple[Finding, ...]
) -> tuple[Cause, ...] | None:
    """Return the ``part`` of the bills that keeps every protection, if it brings nothing else.

    A part may keep them and still hold a conflict that the bills bring: then none is named.
    """
    if part is None:
        return None
    brought = (
        each
        for each in findings
        if each.status == "introduced" and each.level == "error" and not protects(each.rule)
    )
    held = frozenset(part)
    clean = all(each.causes and not any(held >= set(c) for c in each.causes) for each in brought)
    return part if clean else None


def _impossible(
    asked: Inquiry,
    base: Law | None,
    instructions: tuple[Cause, ...],
    over_time: bool,
    turn: datetime.date | None,
) -> tuple[Finding, ...]:
    """Return what nobody can obey; of every stretch of time where ``over_time``."""
    if not over_time:
        return obstacles(asked, base, instructions)
    if base is not None:
        whole = Question(lambda each: obstacles(each, base, instructions))
        return timeline(asked, [whole], turn)
    # Without a base each duty is a question of its own, so that one found wanting is asked again
    # of every stretch, and not all.
    duties = (each for each in asked.law.norms.values() if each.modality == "require")
    each_duty = (Question(partial(_impossible_duty, each), each.period) for each in duties)
    return timeline(asked, [*each_duty, Question(commanded)], turn)


def _impossible_duty(duty: Norm, asked: Inquiry) -> tuple[Finding, ...]:
    return impossible(asked, duty)


def inquiry(
    law: Law,
    as_of: datetime.date | None,
    *,
    readings: Mapping[str, str] | None = None,
    gravest: bool = False,
    budget: Budget | None = None,
) -> Inquiry:
    """Return an inquiry into ``law`` about the acts of one day, or of any."""
    return Inquiry(
        law,
        as_of or latest(law),
        readings or {},
        one_day(as_of),
        budget or Budget(),
        gravest,
    )


def _examined(
    ready: Prepared,
    findings: tuple[Finding, ...],
    as_of: datetime.date | None,
    part: tuple[Cause, ...] | None,
    protection: Sequence[str],
    turn: datetime.date | None,
) -> Examined:
    only = (f"nothing was asked but of {_cited(protection)}",) if protection else ()
    if turn is not None:
        only = (*only, f"nothing was asked but of the time just before {turn} and from it on")
    report = Report(
        ready.editions.body.name,
        findings,
        ready.bills,
        as_of,
        only if ready.base is None else (*only, *ready.base.notes, *order_notes(ready, as_of)),
        part,
        turn=turn,
        against=ready.against,
    )
    return Examined(report, ready.head.law, ready.head.acts, (ready.base or ready.head).acts)
