"""Law as text in the making: where a norm is written, and a bill or file with other words in it."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from amparo.amend.history import as_place, sites
from amparo.amend.instructions import instructions
from amparo.core.citation import located, provenance
from amparo.core.law import Law, NormId
from amparo.syntax import literate
from amparo.syntax.parse import parse
from amparo.syntax.tree import (
    Act,
    Add,
    Amend,
    Article,
    Bill,
    Content,
    Day,
    Define,
    Expression,
    File,
    Graded,
    InForce,
    Insert,
    Instruction,
    Name,
    NormDecl,
    Paragraph,
    Place,
    Point,
    Rank,
    Replace,
    Says,
    Text,
    Unless,
    Use,
    Vocabulary,
)
from amparo.syntax.unparse import unparse, unparse_node
from amparo.text import Source, Span
from amparo.verify.drafts import Drafts

P = TypeVar("P")

NEW_FILE = "cure.norm"
NEW_BILL = "cure"


@dataclass(frozen=True, slots=True)
class Standing:
    """A norm as written, and where it stands."""

    act: Act
    place: Place
    node: NormDecl


@dataclass(frozen=True, slots=True)
class Edit:
    """A file with other words in it; the words, with where they go; from which day they work."""

    file: File
    words: str
    start: datetime.date | None


@dataclass(frozen=True, slots=True)
class Desk:
    """The texts that a cure may change: those of the bills asked about, or a new bill.

    ``day`` is that on which a new bill commences.
    """

    drafts: Drafts
    law: Law
    day: datetime.date

    def standing(self, norm: NormId) -> Standing | None:
        """Return where a norm, counting norm or interpretation is written; None if nowhere."""
        place, span = located(self.law, norm), provenance(self.law, norm).span
        for act in self.drafts.acts:
            if act.name.text != place.act:
                continue
            for site in sites(act):
                node = site.part
                named = isinstance(node, NormDecl) and node.name.text == place.norm
                if isinstance(node, NormDecl) and named and node.span == span:
                    return Standing(act, as_place(site.address), node)
        return None

    def meanings(self, name: str) -> tuple[Define, ...]:
        """Return the clauses of a definition that stands in an act of the highest rank.

        Those are not words of the lower law: it must say them in its own.
        """
        return tuple(
            site.part
            for act in self.drafts.acts
            if self.law.acts[act.name.text].rank == 0
            for site in sites(act)
            if isinstance(site.part, Define) and site.part.name.text == name
            if site.period.covers(self.day)
        )

    def free_name(self, act: Act, wanted: str) -> Name:
        """Return ``wanted`` as the name of a new norm of ``act``, with a number if it is taken."""
        taken = {each.part.name.text for each in sites(act) if isinstance(each.part, NormDecl)}
        number = 2
        name = wanted
        while name in taken:
            name, number = f"{wanted}_{number}", number + 1
        return Name(name)

    # -- edits --------------------------------------------------------------------------------

    def excepted(self, norm: Standing, condition: Expression) -> Edit | None:
        """Return the edit that adds an exception to a norm; None where there is no such edit."""
        brought = self._brought(norm, lambda node: (_with_exception(node, condition),))
        if brought is not None:
            return brought
        clause = Unless(condition)
        return self._added(norm.act, Instruction(None, norm.place, Add(clause)))

    def beside(self, norm: Standing, new: NormDecl) -> tuple[Edit, ...]:
        """Return the edits that put a norm beside another: by an instruction of its own first."""
        place = replace(norm.place, norm=None)
        within = None if place == Place() else place
        own = self._added(norm.act, Instruction(None, within, Insert("in", None, (new,))))
        brought = self._brought(norm, lambda node: (node, new))
        return tuple(each for each in (own, brought) if each is not None)

    def _brought(
        self, norm: Standing, change: Callable[[NormDecl], tuple[NormDecl, ...]]
    ) -> Edit | None:
        """Return an edit of the instruction that brings ``norm``; None where none of a bill does."""
        for file, bill in self._bills():
            for ordinal, amend, instruction in instructions(bill):
                action = instruction.action
                if not isinstance(action, Replace | Insert) or not _within(norm.node.span, bill):
                    continue
                content = cast("Content", _changed(action.content, norm.node.span, change))
                if content == action.content:
                    continue
                new = replace(instruction, action=replace(action, content=content))
                whole = replace(
                    amend,
                    instructions=tuple(
                        new if each is instruction else each for each in amend.instructions
                    ),
                )
                amends = tuple(whole if each is amend else each for each in bill.amends)
                words = unparse_node(Amend(amend.act, (new,)))
                return _edit(
                    file,
                    bill,
                    replace(bill, amends=amends),
                    f"# in place of instruction {ordinal} of `{bill.name.text}`\n{words}",
                    instruction.commencing,
                )
        return None

    def _added(self, act: Act, instruction: Instruction) -> Edit | None:
        """Return the edit that gives the last bill one more instruction; or that makes a bill."""
        amend = Amend(act.name, (instruction,))
        bills = tuple(self._bills())
        if not bills:
            return self._new_bill(amend)
        file, bill = bills[-1]
        words = f"# at the end of `{bill.name.text}`\n{unparse_node(amend)}"
        return _edit(file, bill, replace(bill, amends=(*bill.amends, amend)), words, None)

    def _bills(self) -> Iterator[tuple[File, Bill]]:
        """Yield the bills asked about, in the order in which they were named."""
        for name in self.drafts.bills:
            for file in self.drafts.files:
                for item in file.items:
                    if isinstance(item, Bill) and item.name.text == name:
                        yield file, item

    def _new_bill(self, amend: Amend) -> Edit | None:
        taken = {
            item.name.text
            for file in self.drafts.files
            for item in file.items
            if isinstance(item, Bill | Act | Vocabulary)
        }
        name = NEW_BILL
        while name in taken:
            name += "_2"
        bill = Bill(
            Name(name),
            Text("A cure"),
            (
                Rank(Name(self.law.acts[amend.act.text].rank_name)),
                InForce(Day(self.day), None),
            ),
            (amend,),
        )
        use = Use(tuple(map(Name, self._names(amend.act.text))), None)
        text = unparse(File((use, bill)))
        file = _read(NEW_FILE, text)
        return None if file is None else Edit(file, text.rstrip("\n"), self.day)

    def _names(self, act: str) -> tuple[str, ...]:
        """Return what a file must use to speak as the file of ``act`` does."""
        found: dict[str, None] = {}
        for file in self.drafts.files:
            if any(isinstance(item, Act) and item.name.text == act for item in file.items):
                for item in file.items:
                    if isinstance(item, Use):
                        found.update((each.text, None) for each in item.names)
                    elif isinstance(item, Vocabulary):
                        found[item.name.text] = None
        found.pop(act, None)
        return (*found, act)


def _edit(file: File, bill: Bill, new: Bill, words: str, commencing: Day | None) -> Edit | None:
    items = tuple(new if each is bill else each for each in file.items)
    path = file.span.source.path
    text = unparse(replace(file, items=items))
    if literate.is_literate(file.span.source):
        text = f"```norm\n{text}```\n"
    made = _read(path, text)
    if made is None:
        return None
    start = next(
        (each.start for each in bill.headings if isinstance(each, InForce) and each.start), None
    )
    day = commencing or start
    return Edit(made, words, None if day is None else day.value)


def _read(path: str, text: str) -> File | None:
    file, problems = parse(Source(path, text))
    return None if problems else file


def _within(span: Span, bill: Bill) -> bool:
    same = span.source == bill.span.source
    return same and bill.span.start <= span.start and span.end <= bill.span.end


def _changed(
    content: tuple[P, ...], span: Span, change: Callable[[NormDecl], tuple[NormDecl, ...]]
) -> tuple[P, ...]:
    """Return ``content`` with the norm at ``span`` changed, however deep it stands."""
    found: list[object] = []
    for part in content:
        match part:
            case NormDecl() if part.span == span:
                found += change(part)
            case Point():
                found.append(replace(part, elements=_changed(part.elements, span, change)))
            case Paragraph(elements=elements, points=points):
                found.append(
                    replace(
                        part,
                        elements=_changed(elements, span, change),
                        points=_changed(points, span, change),
                    )
                )
            case Article(elements=elements, points=points, paragraphs=paragraphs):
                found.append(
                    replace(
                        part,
                        elements=_changed(elements, span, change),
                        points=_changed(points, span, change),
                        paragraphs=_changed(paragraphs, span, change),
                    )
                )
            case _:
                found.append(part)
    return cast("tuple[P, ...]", tuple(found))


def _with_exception(node: NormDecl, condition: Expression) -> NormDecl:
    """Return a norm with one more exception, after those it has.

    It is no longer the text that was read, nor what the paraphrase says.
    """
    kept = tuple(each for each in node.clauses if not isinstance(each, Says))
    graded = tuple(
        replace(each, grade="inferred") if isinstance(each, Graded) else each for each in kept
    )
    number = 1 + max((at for at, each in enumerate(graded) if isinstance(each, Unless)), default=-1)
    return replace(node, clauses=(*graded[:number], Unless(condition), *graded[number:]))
