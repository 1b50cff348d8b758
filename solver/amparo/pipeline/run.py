"""From norm files to a result: every body checked by itself, in the order of its path."""

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

from amparo.core.law import Law
from amparo.explain.story import told
from amparo.pipeline.files import Unusable
from amparo.pipeline.load import load
from amparo.pipeline.prepare import Prepared, prepared
from amparo.report.result import Examined, Result
from amparo.smt.search import Budget
from amparo.verify.check import check
from amparo.verify.export import export
from amparo.verify.finding import Finding, Report
from amparo.verify.inquiry import Inquiry, latest, one_day

EFFORT_PER_SECOND = 2_000_000
"""About how much solver effort a second buys. Effort, not time, so that every machine answers alike."""


def examine(
    paths: Iterable[Path],
    bills: Iterable[Path] = (),
    *,
    as_of: datetime.date | None = None,
    gravest: bool = False,
    seconds: float | None = None,
) -> Result:
    """Ask every question of every protection of the law in ``paths``, as amended by ``bills``.

    With bills, each finding is compared with the law without them, and bodies that they do not
    amend are left out. ``seconds`` is the limit, about, of one call of the solver.

    Raises:
        Unusable: there is nothing to check.
        Rejected: with every fault that the texts have.
    """
    ready = prepared(load(paths, bills))
    budget = Budget() if seconds is None else Budget(effort=round(seconds * EFFORT_PER_SECOND))
    examined = []
    for each in ready:
        findings = findings_of(each, as_of=as_of, gravest=gravest, budget=budget)
        if findings:
            examined.append(_examined(each, findings, as_of))
    if not examined:
        raise Unusable(
            "there is nothing to check: no act of the highest rank forbids, requires or "
            "guarantees anything"
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
) -> tuple[Finding, ...]:
    """Return the findings about one body of law, compared with its base if it has one."""
    found = check(
        inquiry(ready.head.law, as_of, readings=readings, gravest=gravest, budget=budget),
        None if ready.base is None else ready.base.law,
        variant=None if ready.base is None else ready.editions.variant,
        instructions=ready.editions.instructions(),
    )
    return tuple(told(ready.head.law, each) for each in found)


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


def obligations(
    paths: Iterable[Path],
    bills: Iterable[Path] = (),
    *,
    as_of: datetime.date | None = None,
    protection: str | None = None,
) -> str:
    """Return what the solver is asked about the law in ``paths``, as SMT-LIB text.

    Raises:
        Unusable: there is no such question.
        Rejected: with every fault that the texts have.
    """
    ready = prepared(load(paths, bills))
    texts = [export(inquiry(each.head.law, as_of), protection=protection) for each in ready]
    if not any(texts):
        raise Unusable("there is nothing to export: no such protection")
    return "\n".join(text for text in texts if text)


def _examined(
    ready: Prepared, findings: tuple[Finding, ...], as_of: datetime.date | None
) -> Examined:
    report = Report(
        ready.editions.body.name,
        findings,
        tuple(bill.name.text for bill in ready.editions.asked),
        as_of,
        () if ready.base is None else ready.base.notes,
    )
    return Examined(report, ready.head.law)
