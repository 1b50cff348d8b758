"""What scenarios and questions have in common: the law they ask, its bills, date and readings."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from amparo.core.case import Told
from amparo.core.decisions import declared, told
from amparo.core.law import Law, Provision
from amparo.core.relations import cited
from amparo.diagnostics import Diagnostic
from amparo.names.citations import Places, places_of
from amparo.names.places import covers, places
from amparo.names.problems import Problems, did_you_mean
from amparo.names.table import build_table
from amparo.sorts.context import Head, Language
from amparo.syntax.tree import (
    Act,
    AsOf,
    Bill,
    Citation,
    Decides,
    File,
    FixedReading,
    OfLaw,
    Setting,
    WithBills,
    WithoutBills,
)


@dataclass(frozen=True, slots=True)
class Bench:
    """A law ready to be asked: its words, its places, and the bills known."""

    law: Law
    language: Language
    index: Places
    bills: Mapping[str, Bill]
    decisions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Settings:
    """Which law is asked, and how it is read."""

    law: str
    bills: tuple[str, ...]
    as_of: datetime.date | None
    readings: Mapping[str, str]
    decides: Told | None


def bench(law: Law, files: Sequence[File]) -> Bench:
    """Return ``law`` with the names that ``files`` see."""
    items = [item for file in files for item in file.items]
    acts = [item for item in items if isinstance(item, Act)]
    table = build_table(files, acts, Problems())
    heads: dict[str, tuple[Head, ...]] = {}
    for rule, each in law.counts.items():
        head = Head(rule, each.variable, each.general, each.roles)
        heads[each.general] = (*heads.get(each.general, ()), head)
    language = Language(
        table,
        law.vocabulary,
        tuple(name for name, (word, *_) in table.words.items() if word.sort == "currency"),
        {name: clauses[0].parameters for name, clauses in law.definitions.items()},
        heads,
        count(1),
    )
    known = [norm.provision for norm in law.norms.values()]
    known += [each.provision for each in law.counts.values()]
    known += [each.provision for clauses in law.definitions.values() for each in clauses]
    known += [each.provision for each in law.transitions]
    known += [each.provision for each in law.untranslated]
    known += [each for each in law.titles if each.act in law.acts]
    known += [
        placed.provision for act in acts if act.name.text in law.acts for placed in places(act)
    ]
    bills = {item.name.text: item for item in items if isinstance(item, Bill)}
    index = places_of(each for each in known if each.act in law.acts)
    decided = frozenset(each.name.text for each in declared(files))
    return Bench(law, language, index, bills, decided)


def settings(trees: Sequence[Setting], at: Bench, problems: Problems) -> Settings:
    """Return what ``trees`` set."""
    law, as_of = at.law.name, None
    bills: list[str] = []
    readings: dict[str, str] = {}
    for tree in trees:
        match tree:
            case OfLaw(name):
                if name.text != at.law.name:
                    message = f"there is no body of law `{name.text}` here"
                    advice = did_you_mean(name.text, [at.law.name])
                    problems.error(Diagnostic("unknown-body", message, name.span, help=advice))
            case WithBills(names) | WithoutBills(names):
                for name in names:
                    if name.text not in at.bills:
                        message = f"there is no bill `{name.text}`"
                        advice = did_you_mean(name.text, at.bills)
                        problems.error(Diagnostic("unknown-bill", message, name.span, help=advice))
                    if isinstance(tree, WithBills):
                        bills.append(name.text)
            case AsOf(date):
                as_of = date.value
            case FixedReading():
                _fix(tree, at, readings, problems)
            case Decides():
                pass
    decides = told(trees, at.decisions, problems)
    return Settings(law, tuple(bills), as_of, readings, decides)


def _fix(tree: FixedReading, at: Bench, readings: dict[str, str], problems: Problems) -> None:
    word = at.language.table.find(tree.reading, problems, "reading")
    if word is None:
        return
    options = [option for option, _ in at.law.vocabulary.readings[tree.reading.text].options]
    if tree.option.text in options:
        readings[tree.reading.text] = tree.option.text
        return
    message = f"`{tree.option.text}` is no option of the reading `{tree.reading.text}`"
    advice = did_you_mean(tree.option.text, options)
    problems.error(Diagnostic("unknown-option", message, tree.option.span, help=advice))


def protected(citation: Citation, at: Bench, problems: Problems) -> Provision | None:
    """Return the place that ``citation`` names; report if there is no protection at it."""
    place = cited(citation, None, at.index, at.language.table, problems)
    if place is None or any(covers(place, norm.provision) for norm in at.law.protections()):
        return place
    message = f"there is no protection at `{place}`"
    advice = "a protection is a norm of the highest rank that forbids, requires or guarantees"
    problems.error(Diagnostic("not-a-protection", message, citation.span, help=advice))
    return None
