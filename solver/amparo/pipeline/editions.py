"""The law with some bills applied and others not: what a question compares.

A bill that is not enacted is applied only when it is asked about. Enacted bills are law from
their commencement, and are applied in the order of it.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from amparo.amend.consolidate import Consolidated, consolidate
from amparo.amend.instructions import instructions, parts, words
from amparo.amend.parts import key, own_period
from amparo.core.from_tree import elaborate
from amparo.core.law import Law, Move, Provision
from amparo.diagnostics import Diagnostic, Rejected
from amparo.pipeline.load import Body, Corpus
from amparo.syntax.tree import Act, Bill, Enacted, File, InForce, Place
from amparo.verify.drafts import Drafts, Kept
from amparo.verify.finding import Cause


@dataclass(frozen=True, slots=True)
class Edition:
    """The law with some bills applied, as checked and as written.

    ``notes`` name bills that were left out, and why.
    """

    law: Law
    acts: tuple[Act, ...]
    warnings: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions of one body that a question about ``asked`` compares, without ``left_out``."""

    body: Body
    asked: tuple[Bill, ...] = ()
    left_out: tuple[Bill, ...] = ()

    def head(self) -> Edition:
        """Return the law in force, with the bills asked about.

        Raises:
            Rejected: a bill does not fit the law, or the law has faults.
        """
        if self.left_out:
            return self._with(frozenset(_identities(self.instructions())))
        return _edition(self.body, self._sequence())

    def base(self) -> Edition:
        """Return the law in force without the bills asked about, and without what hangs on them.

        Raises:
            Rejected: the law has faults.
        """
        return self._with(frozenset())

    def variant(self, kept: Kept) -> Law | None:
        """Return the law with only those instructions of the bills asked about; None if it is none."""
        try:
            return self._with(kept).law
        except Rejected:
            return None

    def revised(self, file: File) -> Law | None:
        """Return the law with ``file`` in the place of the one of its path, or beside the others.

        Its bills are asked about too. None if it is no law.
        """
        path = file.span.source.path
        others = [each for each in self.body.files if each.span.source.path != path]
        known = len(others) < len(self.body.files)
        kept = (file if each.span.source.path == path else each for each in self.body.files)
        body = replace(self.body, files=tuple(kept) if known else (*others, file))
        brought = () if known else (each for each in file.items if isinstance(each, Bill))
        asked, left_out = (
            tuple(each for name in named for each in body.bills if each.name == name)
            for named in (
                (*(each.name for each in self.asked), *(each.name for each in brought)),
                [each.name for each in self.left_out],
            )
        )
        try:
            return Editions(body, asked, left_out).head().law
        except Rejected:
            return None

    def drafts(self) -> Drafts:
        """Return what can be made of the bills asked about.

        Raises:
            Rejected: a bill does not fit the law.
        """
        acts = self.consolidated().acts
        return Drafts(self.instructions(), self.body.files, acts, self.variant, self.revised)

    def faults_of_other_bills(self) -> tuple[Diagnostic, ...]:
        """Return the faults in the words of bills that are not applied, each read by itself.

        Where such a bill fits is not looked at: it may build on another that is not applied either.
        """
        applied = self._sequence()
        faults: list[Diagnostic] = []
        for bill in self.body.bills:
            if bill in applied:
                continue
            try:
                acts = consolidate(self.body.acts, (*applied, bill)).acts
            except Rejected:
                continue
            try:
                elaborate(self.body.name, self.body.ranks, self.body.files, acts, (*applied, bill))
            except Rejected as rejected:
                faults += (each for each in rejected.diagnostics if _within(each, bill))
        return tuple(faults)

    def consolidated(self) -> Consolidated:
        """Return the acts of the law in force with the bills asked about, as trees."""
        bills, _ = self._fitting(frozenset(_identities(self.instructions())))
        return consolidate(self.body.acts, bills)

    def unamended(self) -> Consolidated:
        """Return the acts of the law in force without the bills asked about, as trees."""
        before, _ = self._fitting(frozenset())
        return consolidate(self.body.acts, before)

    def instructions(self) -> tuple[Cause, ...]:
        """Return every instruction of the bills asked about."""
        return tuple(
            Cause(
                bill.name.text,
                ordinal,
                f"amend {amend.act.text} {words(instruction)}",
                instruction.span,
            )
            for bill in self.asked
            for ordinal, amend, instruction in instructions(bill)
        )

    def _sequence(self) -> tuple[Bill, ...]:
        """Return the enacted bills in order of commencement, then the others asked about."""
        in_force = (each for each in self.body.bills if each not in self.left_out)
        enacted = sorted(filter(is_enacted, in_force), key=_commencement)
        return (*enacted, *(bill for bill in self.asked if bill not in enacted))

    def _with(self, kept: Kept) -> Edition:
        try:
            return _edition(self.body, self._cut_down(kept))
        except Rejected:
            bills, notes = self._fitting(kept)
            edition = _edition(self.body, bills)
            return replace(edition, notes=notes)

    def _cut_down(self, kept: Kept) -> tuple[Bill, ...]:
        """Return all bills to apply, those asked about cut down to ``kept``."""
        found = []
        for bill in self._sequence():
            if bill in self.asked:
                own = frozenset(ordinal for name, ordinal in kept if name == bill.name.text)
                found += [parts(bill, own)] if own else []
            else:
                found.append(bill)
        return tuple(found)

    def _fitting(self, kept: Kept) -> tuple[tuple[Bill, ...], tuple[str, ...]]:
        """Return the bills to apply, those asked about cut down to ``kept``, and what is left out.

        A bill that commences after one asked about may build on it: it is tried, and left out
        when the law has no place for it without what was cut.
        """
        whole = self._cut_down(kept)
        if _misfit(self.body, whole) is None:
            return whole, ()
        applied: tuple[Bill, ...] = ()
        notes: list[str] = []
        cut = bool(self.left_out)
        for bill in self._sequence():
            if bill in self.asked:
                own = frozenset(ordinal for name, ordinal in kept if name == bill.name.text)
                cut = cut or len(own) < len(instructions(bill))
                applied = (*applied, parts(bill, own)) if own else applied
            elif cut and (reason := _misfit(self.body, (*applied, bill))) is not None:
                notes.append(
                    f"`{bill.name.text}` builds on the bill in question, and was left out of the "
                    f"law without it: {reason}"
                )
            else:
                applied = (*applied, bill)
        return applied, tuple(notes)


def _identities(causes: Iterable[Cause]) -> Iterator[tuple[str, int]]:
    return ((each.bill, each.instruction) for each in causes)


def editions_of(corpus: Corpus) -> tuple[Editions, ...]:
    """Return the editions of every body that the bills asked about amend; of all, without bills."""
    return tuple(
        Editions(body, asked)
        for body in corpus.bodies
        if (asked := tuple(filter(body.holds, corpus.bills))) or not corpus.bills
    )


def is_enacted(bill: Bill) -> bool:
    """Say whether ``bill`` is law from its commencement."""
    return any(isinstance(heading, Enacted) for heading in bill.headings)


def _within(fault: Diagnostic, bill: Bill) -> bool:
    place = fault.primary
    same = place.source == bill.span.source
    return same and bill.span.start <= place.start and place.end <= bill.span.end


def _commencement(bill: Bill) -> datetime.date:
    dates = (
        heading.start.value
        for heading in bill.headings
        if isinstance(heading, InForce) and heading.start is not None
    )
    return next(dates, datetime.date.min)


def _edition(body: Body, bills: Iterable[Bill]) -> Edition:
    applied = tuple(bills)
    found = consolidate(body.acts, applied)
    acts = found.acts
    checked = elaborate(body.name, body.ranks, body.files, acts, applied)
    law = replace(checked.law, moves=tuple(_moves(found)))
    return Edition(law, acts, tuple(checked.warnings))


def _moves(consolidated: Consolidated) -> Iterator[Move]:
    """Yield what was given another number or name."""
    for each in consolidated.changes:
        if each.manner == "renumbered" and each.old is not None and each.new is not None:
            start = own_period(each.new).start
            assert start is not None, "what an instruction brings has a day from which it is there"
            new = _provision(each.act, each.place)
            level, name = key(each.old)
            old = replace(new, **{"norm" if level == "definition" else level: name})
            yield Move(old, new, start)


def _provision(act: str, place: Place) -> Provision:
    parts = (place.article, place.paragraph, place.point, place.norm or place.definition)
    return Provision(act, *(each.text if each else "" for each in parts))


def _misfit(body: Body, bills: tuple[Bill, ...]) -> str | None:
    """Return why the last of ``bills`` does not fit the law with those before it; None if it does."""
    try:
        _edition(body, bills)
    except Rejected as rejected:
        return rejected.diagnostics[0].message
    return None
