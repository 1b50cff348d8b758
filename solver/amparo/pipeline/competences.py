"""From norm files to who may authorise what, on which object."""

import datetime
from collections.abc import Iterable
from pathlib import Path

from amparo.pipeline.load import load
from amparo.pipeline.prepare import misread, prepared
from amparo.pipeline.run import EFFORT_PER_SECOND, inquiry
from amparo.report.competences import Competences
from amparo.smt.search import Budget
from amparo.verify.competence import matrix


def competences(
    paths: Iterable[Path],
    bills: Iterable[Path] = (),
    *,
    as_of: datetime.date | None = None,
    seconds: float | None = None,
) -> tuple[Competences, ...]:
    """Return the matrix of every body of law in ``paths``, as amended by ``bills``.

    ``seconds`` is the limit, about, of one call of the solver.

    Raises:
        Unusable: there are no norm files.
        Rejected: with every fault of the texts.
    """
    ready = prepared(load(paths, bills, misread=misread))
    budget = Budget() if seconds is None else Budget(effort=round(seconds * EFFORT_PER_SECOND))
    return tuple(
        Competences(
            each.editions.body.name,
            tuple(bill.name.text for bill in each.editions.asked),
            as_of,
            each.head.law,
            matrix(inquiry(each.head.law, as_of, budget=budget)),
        )
        for each in ready
    )
