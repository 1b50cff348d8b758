"""From norm files to what depends on which safeguard, behind `amparo mutate`."""

import datetime
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from amparo.core.case import Scenario as Case
from amparo.core.law import Law, Norm, Provision
from amparo.pipeline.load import load
from amparo.pipeline.prepare import Prepared, misread, prepared
from amparo.pipeline.run import EFFORT_PER_SECOND, inquiry
from amparo.pipeline.trials import Court, bills_of
from amparo.report.mutations import Mutated
from amparo.semantics.scenario import run
from amparo.smt.search import Budget
from amparo.syntax.tree import Scenario
from amparo.verify.mutate import as_it_is, can_be_worse, mutants

Trials = tuple[tuple[str, Case], ...]
"""Scenarios by their titles."""


def mutations(
    paths: Iterable[Path],
    bills: Iterable[Path] = (),
    *,
    as_of: datetime.date | None = None,
    seconds: float | None = None,
    protection: str | None = None,
    under: str | None = None,
    holding: bool = False,
) -> tuple[Mutated, ...]:
    """Take away every safeguard of the law in ``paths``, as amended by ``bills``, and ask again.

    ``seconds`` is the limit, about, of one call of the solver. With ``protection``, a citation,
    only the protections are asked about whose own begins with it; with ``under``, only the
    safeguards are taken away that stand there. ``holding``: only the protections are asked about
    that hold with all safeguards, for which few have to be asked again.

    Raises:
        Unusable: there are no norm files.
        Rejected: with every fault of the texts.
    """
    budget = Budget() if seconds is None else Budget(effort=round(seconds * EFFORT_PER_SECOND))
    ready = prepared(load(paths, bills, misread=misread))
    return tuple(_mutated(each, as_of, budget, protection, under, holding) for each in ready)


def _mutated(
    ready: Prepared,
    as_of: datetime.date | None,
    budget: Budget,
    protection: str | None,
    under: str | None,
    holding: bool,
) -> Mutated:
    law, trials = ready.head.law, tuple(_passing(ready))
    terms = inquiry(law, as_of, budget=budget)

    def wanted(norm: Norm, _: str | None) -> bool:
        return _at(protection, norm.provision)

    found = as_it_is(terms, only=wanted)
    held = tuple(filter(can_be_worse, found))
    if holding:
        held = tuple(each for each in held if each.verdict == "holds")
    return Mutated(
        ready.editions.body.name,
        tuple(bill.name.text for bill in ready.editions.asked),
        as_of,
        law,
        held,
        tuple(each for each in found if each not in held),
        len(trials),
        tuple(mutants(terms, held, only=partial(_at, under), failing=partial(_failing, trials))),
    )


def _at(citation: str | None, place: Provision) -> bool:
    return citation is None or f"{place} ".startswith(f"{citation} ")


def _passing(ready: Prepared) -> Iterator[tuple[str, Case]]:
    """Yield the scenarios about the law as it is asked about, that come out as expected."""
    asked = tuple(bill.name.text for bill in ready.editions.asked)
    court = Court(ready.editions.body)
    for tree in ready.editions.body.trials:
        if isinstance(tree, Scenario) and bills_of(tree) == (asked, ()):
            case = court.read(tree, ready)
            assert isinstance(case, Case)
            if not _fails(ready.head.law, case):
                yield tree.title.text, case


def _failing(trials: Trials, law: Law) -> tuple[str, ...]:
    return tuple(title for title, case in trials if _fails(law, case))


def _fails(law: Law, case: Case) -> bool:
    return not all(result.ok for result in run(law, case))
