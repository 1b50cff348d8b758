"""Every declared name of a body of law, and which file may use it.

A name is looked up from where it is written: text that a bill inserts sees what the bill's own
file uses. A file sees what is declared in it, what it uses, and through a used vocabulary the
vocabularies that this one's file uses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal as OneOf

from amparo.diagnostics import Diagnostic, Label
from amparo.names.places import places
from amparo.names.problems import Problems, did_you_mean, known_ones, resembling
from amparo.syntax.tree import (
    Act,
    Bill,
    BodyDecl,
    CalendarDecl,
    CurrencyDecl,
    Define,
    EnumerationDecl,
    EventDecl,
    FactDecl,
    File,
    GraveDecl,
    KindDecl,
    Name,
    ParameterDecl,
    ReadingDecl,
    StateDecl,
    Use,
    Vocabulary,
)
from amparo.text import Source

Declaration = (
    KindDecl
    | EnumerationDecl
    | CurrencyDecl
    | FactDecl
    | StateDecl
    | EventDecl
    | ParameterDecl
    | CalendarDecl
    | ReadingDecl
    | Define
)
Class = OneOf[
    "kind",
    "enumeration",
    "currency",
    "fact",
    "parameter",
    "calendar",
    "reading",
    "definition",
]


@dataclass(frozen=True, slots=True)
class Word:
    """A declared name, and the vocabulary or act that declares it."""

    node: Declaration
    module: str

    @property
    def sort(self) -> Class:
        """What it is."""
        match self.node:
            case KindDecl() | EventDecl():
                return "kind"
            case FactDecl() | StateDecl():
                return "fact"
            case EnumerationDecl():
                return "enumeration"
            case CurrencyDecl():
                return "currency"
            case ParameterDecl() | CalendarDecl() | ReadingDecl() | Define():
                return _SIMPLE[type(self.node)]


_SIMPLE: Mapping[type, Class] = {
    ParameterDecl: "parameter",
    CalendarDecl: "calendar",
    ReadingDecl: "reading",
    Define: "definition",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Names to what they mean. ``words`` has several entries only for clauses of a definition."""

    words: Mapping[str, tuple[Word, ...]]
    modules: Mapping[str, Name]
    """Vocabularies, acts and bills, by name: where they are declared."""
    graves: tuple[GraveDecl, ...] = ()
    visible: Mapping[Source, frozenset[str]] = field(default_factory=dict)

    def sees(self, source: Source, module: str) -> bool:
        """Say whether a text may use what ``module`` declares. A text of no file may use all."""
        return source not in self.visible or module in self.visible[source]

    def peek(self, name: Name, *classes: Class) -> Word | None:
        """Return what ``name`` means where it stands, if it is one of ``classes``."""
        for word in self.words.get(name.text, ()):
            if word.sort in classes and self.sees(name.span.source, word.module):
                return word
        return None

    def find(
        self, name: Name, problems: Problems, *classes: Class, keywords: tuple[str, ...] = ()
    ) -> Word | None:
        """Return what ``name`` means, or report why it is none of ``classes``.

        ``keywords`` may stand here too, and are suggested to whoever misspelt one.
        """
        found = self.peek(name, *classes)
        if found is None:
            problems.error(self._unknown(name, classes, keywords))
        return found

    def known(self, source: Source, *classes: Class) -> tuple[str, ...]:
        """Return the names of ``classes`` that a text of ``source`` may use."""
        return tuple(
            name
            for name, (word, *_) in self.words.items()
            if word.sort in classes and self.sees(source, word.module)
        )

    def _unknown(
        self, name: Name, classes: tuple[Class, ...], keywords: tuple[str, ...]
    ) -> Diagnostic:
        wanted = classes[0]
        words = self.words.get(name.text, ())
        hidden = [each for each in words if each.sort in classes]
        if hidden:
            return not_in_use(name, wanted, hidden[0])
        for word in words:
            if self.sees(name.span.source, word.module):
                return Diagnostic(
                    f"unknown-{wanted}",
                    f"`{name.text}` is {_article(word.sort)}, not {_article(wanted)}",
                    name.span,
                    related=(Label(word.node.name.span, "declared here"),),
                    help=f"that there is one is said so: `some {name.text} …`"
                    if word.sort == "kind"
                    else None,
                )
        known = self.known(name.span.source, *classes)
        return Diagnostic(
            f"unknown-{wanted}",
            f"there is no {wanted} `{name.text}`",
            name.span,
            help=did_you_mean(name.text, (*known, *keywords)) or known_ones(known),
        )


def _article(sort: Class) -> str:
    return f"an {sort}" if sort == "enumeration" else f"a {sort}"


def not_in_use(name: Name, what: str, word: Word) -> Diagnostic:
    """Return that ``name`` is declared in a vocabulary or act that this file does not use."""
    return Diagnostic(
        "not-in-use",
        f"the {what} `{name.text}` is declared in `{word.module}`, which this file does not use",
        name.span,
        related=(Label(word.node.name.span, "declared here"),),
        help=f"add `use {word.module}.`",
        once=f"use {word.module}",
    )


def build_table(files: Sequence[File], acts: Sequence[Act], problems: Problems) -> Table:
    """Collect the names that ``files`` and ``acts`` declare; report what is declared twice."""
    modules: dict[str, Name] = {}
    words: dict[str, list[Word]] = {}
    graves: list[GraveDecl] = []
    for item in (item for file in files for item in file.items):
        match item:
            case Vocabulary(name):
                _module(name, modules, problems)
                for word in item.words:
                    if isinstance(word, GraveDecl):
                        graves.append(word)
                    else:
                        _declare(Word(word, name.text), words, problems)
            case Act(name) | Bill(name):
                _module(name, modules, problems)
            case _:
                pass
    for act in acts:
        modules.setdefault(act.name.text, act.name)
        for placed in places(act):
            if isinstance(placed.element, Define):
                _declare(Word(placed.element, act.name.text), words, problems)
    return Table(
        {name: tuple(found) for name, found in words.items()},
        modules,
        tuple(graves),
        _visibility(files, modules, problems),
    )


def _module(name: Name, modules: dict[str, Name], problems: Problems) -> None:
    if name.text in modules:
        problems.error(twice(name, modules[name.text]))
    modules.setdefault(name.text, name)


def _declare(word: Word, words: dict[str, list[Word]], problems: Problems) -> None:
    known = words.setdefault(word.node.name.text, [])
    if known and not (isinstance(word.node, Define) and isinstance(known[0].node, Define)):
        problems.error(twice(word.node.name, known[0].node.name))
    else:
        known.append(word)


def twice(name: Name, first: Name) -> Diagnostic:
    """Return that ``name`` is declared a second time."""
    return Diagnostic(
        "duplicate-name",
        f"`{name.text}` is declared twice",
        name.span,
        related=(Label(first.span, "first declared here"),),
        help="give one of them another name, or leave one out if both mean the same",
    )


def _visibility(
    files: Sequence[File], modules: Mapping[str, Name], problems: Problems
) -> dict[Source, frozenset[str]]:
    """Return the modules that each file sees."""
    own: dict[Source, set[str]] = {}
    home: dict[str, Source] = {}
    bodies = {item.name.text for f in files for item in f.items if isinstance(item, BodyDecl)}
    for file in files:
        seen = own.setdefault(file.span.source, set())
        for item in file.items:
            match item:
                case Use(names):
                    for name in names:
                        if name.text not in modules and name.text not in bodies:
                            problems.error(_unknown_module(name, modules))
                        seen.add(name.text)
                case Vocabulary(name):
                    seen.add(name.text)
                    home[name.text] = file.span.source
                case Bill():
                    seen.add(item.name.text)
                    seen.update(amend.act.text for amend in item.amends)
                case Act(name):
                    seen.add(name.text)
                case _:
                    pass
    return {source: _closure(seen, own, home) for source, seen in own.items()}


def _closure(
    seen: set[str], own: Mapping[Source, set[str]], home: Mapping[str, Source]
) -> frozenset[str]:
    found, waiting = set(seen), [each for each in seen if each in home]
    while waiting:
        for module in own[home[waiting.pop()]]:
            if module in home and module not in found:
                found.add(module)
                waiting.append(module)
    return frozenset(found)


def _unknown_module(name: Name, modules: Mapping[str, Name]) -> Diagnostic:
    meant = resembling(name.text, modules)
    return Diagnostic(
        "unknown-module",
        f"there is no vocabulary, act or bill `{name.text}`",
        name.span,
        help=did_you_mean(name.text, modules),
        once=None if meant is None else f"use {meant}",
    )
