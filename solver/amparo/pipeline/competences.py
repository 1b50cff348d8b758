"""From norm files to who may authorise what, on which object."""

import datetime
from collections.abc import Collection, Iterable
from pathlib import Path

from amparo.pipeline.files import Unusable
from amparo.pipeline.load import load
from amparo.pipeline.prepare import misread, prepared
from amparo.pipeline.run import EFFORT_PER_SECOND, inquiry
from amparo.report.competences import Competences
from amparo.smt.search import Budget
from amparo.verify.competence import matrix
from amparo.verify.powers import Powers


def competences(
    paths: Iterable[Path],
    bills: Iterable[Path] = (),
    *,
    as_of: datetime.date | None = None,
    seconds: float | None = None,
    measures: Collection[str] = (),
    cases: bool = True,
) -> tuple[Competences, ...]:
    """Return the matrix of every body of law in ``paths``, as amended by ``bills``.

    ``seconds`` is the limit, about, of one call of the solver; ``measures`` are the kinds asked
    about, all where none is named; ``cases``: with a case for every entry.

    Raises:
        Unusable: there are no norm files, or no law has a measure that is named.
        Rejected: with every fault of the texts.
    """
    ready = prepared(load(paths, bills, misread=misread))
    known = {each for law in ready for each in Powers(inquiry(law.head.law, as_of)).measures()}
    for name in measures:
        if name not in known:
            raise Unusable(f"no measure is called `{name}`; there are {', '.join(sorted(known))}")
    budget = Budget() if seconds is None else Budget(effort=round(seconds * EFFORT_PER_SECOND))
    return tuple(
        Competences(
            each.editions.body.name,
            tuple(bill.name.text for bill in each.editions.asked),
            as_of,
            each.head.law,
            matrix(inquiry(each.head.law, as_of, budget=budget), only=measures, cases=cases),
        )
        for each in ready
    )
