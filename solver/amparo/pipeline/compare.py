"""From norm files to what two laws judge differently: two texts of a law, or a law and a bill."""

import datetime
from collections.abc import Iterable
from pathlib import Path

from amparo.core.law import Law
from amparo.core.reliance import NORM
from amparo.diagnostics import Diagnostic
from amparo.explain.changes import told_changes
from amparo.pipeline.files import Unusable
from amparo.pipeline.load import load
from amparo.pipeline.orders import order_notes
from amparo.pipeline.prepare import Prepared, misread, prepared
from amparo.pipeline.versions import texts_of
from amparo.report.changes import Changes, Compared
from amparo.verify.compare import compare
from amparo.verify.inquiry import Inquiry, latest, one_day
from amparo.verify.united import unite


def changes(
    base: Path,
    head: Path | None = None,
    bills: Iterable[Path] = (),
    *,
    as_of: datetime.date | None = None,
) -> Changes:
    """Return what the law in ``head`` judges otherwise than that in ``base``.

    Each is norm files, a folder, or a version that git keeps of the other (`pipeline.versions`).

    With ``bills``, and no ``head``: what the law in ``base`` as amended by them judges otherwise.

    Raises:
        Unusable: there is nothing to compare, or the bodies of law cannot be told apart.
        Rejected: with every fault that the texts have.
    """
    bills = tuple(bills)
    if (head is None) == (not bills):
        raise Unusable("say what to compare with: the folder of another text of the law, or a bill")
    if head is None:
        ready = prepared(load((base,), bills, misread=misread))
        return Changes(tuple(_amended(each, as_of) for each in ready), _warnings(ready))
    before, after = texts_of(base, head), texts_of(head, base)
    pairs = _paired(before, after)
    return Changes(tuple(_rewritten(*pair, as_of) for pair in pairs), _warnings(after))


def _amended(ready: Prepared, as_of: datetime.date | None) -> Compared:
    assert ready.base is not None
    bills = tuple(bill.name.text for bill in ready.editions.asked)
    notes = (*ready.base.notes, *order_notes(ready, as_of))
    return _compared(ready.editions.body.name, ready.base.law, ready.head.law, bills, as_of, notes)


def _rewritten(before: Prepared, after: Prepared, as_of: datetime.date | None) -> Compared:
    name = after.editions.body.name
    return _compared(name, before.head.law, after.head.law, (), as_of, ())


def _compared(
    body: str,
    before: Law,
    after: Law,
    bills: tuple[str, ...],
    as_of: datetime.date | None,
    notes: tuple[str, ...],
) -> Compared:
    near = as_of or _commencement(before, after)
    terms = Inquiry(after, near, when=one_day(as_of))
    found = told_changes(compare(terms.to(before), terms), terms)
    return Compared(body, found, bills, as_of, notes)


def _commencement(before: Law, after: Law) -> datetime.date:
    """Return the last day on which anything commences that is not the same in both laws."""
    changed = unite(before, after).changed
    starts = [
        norm.period.start
        for norm in after.norms.values()
        if NORM + norm.id in changed and norm.period.start is not None
    ]
    return max(starts, default=latest(after))


def _paired(
    before: tuple[Prepared, ...], after: tuple[Prepared, ...]
) -> tuple[tuple[Prepared, Prepared], ...]:
    """Return the two texts of each body: by its name, or the only one in each place."""
    if len(before) == len(after) == 1:
        return ((before[0], after[0]),)
    was = {each.editions.body.name: each for each in before}
    now = {each.editions.body.name: each for each in after}
    alone = sorted(was.keys() ^ now.keys())
    if alone or len(was) < len(before) or len(now) < len(after):
        names = ", ".join(f"`{each}`" for each in alone)
        raise Unusable(
            f"each body of law must be in both places: {names} is in one only"
            if alone
            else "two bodies of law in one place have the same name"
        )
    return tuple((was[name], now[name]) for name in now)


def _warnings(ready: tuple[Prepared, ...]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(warning for each in ready for warning in each.head.warnings))
