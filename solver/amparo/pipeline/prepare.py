"""Every body of law with the editions that a run compares; all faults of all bodies at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from amparo.core.case import Waiver
from amparo.core.law import Law
from amparo.diagnostics import Diagnostic, Rejected
from amparo.pipeline.editions import Edition, Editions, editions_of
from amparo.pipeline.load import Corpus, load
from amparo.pipeline.waivers import misworded, stated


@dataclass(frozen=True, slots=True)
class Prepared:
    """The law in force with the bills asked about, and without them if there are any."""

    editions: Editions
    head: Edition
    base: Edition | None
    waivers: tuple[Waiver, ...] = ()
    """What is waived for this comparison by the norm files."""


def prepared(corpus: Corpus) -> tuple[Prepared, ...]:
    """Return the editions of every body that the bills asked about amend; of all, without bills.

    Raises:
        Rejected: with every fault of every edition.
    """
    return tuple(_each(editions_of(corpus)))


def laws(paths: Iterable[Path], bills: Iterable[Path] = ()) -> tuple[Law, ...]:
    """Return the law of every body in ``paths``, as amended by ``bills``.

    Raises:
        Unusable: there are no norm files.
        Rejected: with every fault of the texts.
    """
    return tuple(each.head.law for each in prepared(load(paths, bills, misread=misread)))


def misread(corpus: Corpus) -> tuple[Diagnostic, ...]:
    """Return every fault of every edition that a run compares."""
    try:
        prepared(corpus)
    except Rejected as rejected:
        return rejected.diagnostics
    return ()


def _each(several: Iterable[Editions]) -> list[Prepared]:
    ready: list[Prepared] = []
    problems: list[Diagnostic] = []
    for editions in several:
        try:
            ready.append(_whole(editions))
            if not editions.asked:
                problems.extend(editions.faults_of_other_bills())
        except Rejected as rejected:
            problems += (*rejected.diagnostics, *misworded(editions.body.files))
    if problems:
        raise Rejected(problems)
    return ready


def _whole(editions: Editions) -> Prepared:
    base = editions.base() if editions.asked else None
    head = editions.head()
    names = [bill.name.text for bill in editions.asked]
    waived = stated(head.law, None if base is None else base.law, editions.body.files, names)
    return Prepared(editions, head, base, waived)
