"""Every body of law with the editions that a run compares; all faults of all bodies at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from amparo.core.case import Waiver
from amparo.core.law import Law
from amparo.core.waivers import written
from amparo.diagnostics import Diagnostic, Rejected
from amparo.pipeline.editions import Edition, Editions, editions_of, is_enacted
from amparo.pipeline.load import Corpus, load
from amparo.pipeline.waivers import Stated, configured, misworded, stated_by


@dataclass(frozen=True, slots=True)
class Prepared:
    """The law in force with the bills asked about, and what it is compared with.

    That is the law without them, if there are any; or the law as it was in the version ``against``.
    """

    editions: Editions
    head: Edition
    base: Edition | None
    waivers: tuple[Waiver, ...] = ()
    """What is waived for this comparison by the norm files."""
    against: str = ""
    known: tuple[Waiver, ...] = ()
    """What the norm files of the base version waived."""
    plain: Law | None = None
    """Beside a base version: the law of the files without the bills asked about, if there are any."""
    were: Editions | None = None
    """Beside a base version: its editions, of the bills asked about as far as it has them."""

    @property
    def without(self) -> Law | None:
        """The law of the files without the bills asked about, if there are any."""
        if self.against:
            return self.plain
        return None if self.base is None else self.base.law

    @property
    def bills(self) -> tuple[str, ...]:
        """The names of the bills that the answers are about.

        Beside a base version those that are law already are a part of the law, as new as they are.
        """
        asked = self.editions.asked
        return tuple(each.name.text for each in asked if not (self.against and is_enacted(each)))


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


def quieting(
    ready: Sequence[Prepared], stated: Sequence[Stated], *, whole: bool
) -> list[tuple[Waiver, ...]]:
    """Return what is waived in each of ``ready``, by the norm files and as a configuration ``stated``.

    Raises:
        Rejected: with every fault of what is stated; one is, of a ``whole`` project, that there is
            no such body of law.
    """
    faults: list[Diagnostic] = []
    found = []
    for each in ready:
        files = each.editions.body.files
        try:
            more = configured(stated, each.head.law, each.without, files, each.bills)
            found.append((*each.waivers, *more))
        except Rejected as rejected:
            faults += rejected.diagnostics
    bodies = {each.head.law.name for each in ready}
    if whole and not any(each.bills for each in ready):
        faults += (each.nowhere(bodies) for each in stated if each.body not in bodies)
    if faults:
        raise Rejected(faults)
    return found


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
            problems += (*rejected.diagnostics, *misworded(written(editions.body.files)))
    if problems:
        raise Rejected(problems)
    return ready


def _whole(editions: Editions) -> Prepared:
    base = editions.base() if editions.asked else None
    head = editions.head()
    names = [bill.name.text for bill in editions.asked]
    waived = stated_by(head.law, None if base is None else base.law, editions.body.files, names)
    return Prepared(editions, head, base, waived)
