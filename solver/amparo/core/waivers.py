"""Waivers: what each is for, and what never can be waived.

A waiver is no part of the law: no norm is known by it, and no verdict rests on it.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amparo.core.case import Waived, Waiver
from amparo.core.citation import parts
from amparo.core.law import Law, Period, Provision
from amparo.core.relations import cited
from amparo.core.settings import Bench, bench
from amparo.diagnostics import Diagnostic, Label
from amparo.names.places import covers
from amparo.names.problems import Problems, a, did_you_mean, known_ones
from amparo.sorts.comparisons import kind_named
from amparo.sorts.context import Context
from amparo.syntax import tree as surface
from amparo.syntax.tree import Absolute, Citation, File

OF_PLACES = "protection-gap"
"""The rule whose findings are about a place, whatever stands there when."""

_VERDICTS: Mapping[str | None, Waived] = {
    None: "violated",
    "violated": "violated",
    "depends": "depends",
    "holds if read so": "holds-if-read-so",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The names of all rules, of those whose findings can be waived, and of those about protections."""

    known: Collection[str]
    waivable: Collection[str]
    protecting: Collection[str]


def written(files: Sequence[File]) -> tuple[surface.Waiver, ...]:
    """Return every waiver that stands in ``files``."""
    items = (item for file in files for item in file.items)
    return tuple(item for item in items if isinstance(item, surface.Waiver))


def check_words(trees: Sequence[surface.Waiver], rules: Rules, problems: Problems) -> None:
    """Report what is wrong with waivers, whatever the law."""
    for each in trees:
        _check_rule(each, rules, problems)
        for text, what in ((each.because, "reason"), (each.by, "author")):
            if not text.text.strip():
                message = f"the waiver of `{each.rule.text}` names no {what}"
                advice = 'write: because "why this may stay so" by "who takes it on" until DATE'
                problems.error(Diagnostic("unexplained-waiver", message, text.span, help=advice))
        if each.verdict not in _VERDICTS:
            problems.error(
                Diagnostic(
                    "not-waivable",
                    f"what is `{each.verdict}` cannot be waived",
                    each.span,
                    help="of what is unknown nothing is known that could be justified"
                    if each.verdict == "unknown"
                    else "what holds needs no waiver",
                )
            )


def waivers(
    law: Law,
    base: Law | None,
    files: Sequence[File],
    trees: Sequence[surface.Waiver],
    bills: Collection[str],
    rules: Rules,
    problems: Problems,
) -> tuple[Waiver, ...]:
    """Return what ``trees`` are for in ``law``, which is asked about with ``bills``.

    ``base`` is the law without these. A waiver for other bills is left out. Report what is amiss.
    """
    never = [i for file in files for i in file.items if isinstance(i, Absolute)]
    if not trees and not never:
        return ()
    at = bench(law, files)
    absolutes = _absolutes(at, never, problems)
    concerned = (each for each in trees if not each.bills or _names(each) == frozenset(bills))
    found = (_waiver(each, at, base, absolutes, rules, problems) for each in concerned)
    return tuple(each for each in found if each is not None)


def versions(law: Law, provision: Provision) -> tuple[Period, ...]:
    """Return when what stands at ``provision`` is in force, version by version."""
    return tuple(each.period for each in parts(law) if each.provision == provision)


def _names(tree: surface.Waiver) -> frozenset[str]:
    return frozenset(each.text for each in tree.bills)


def _check_rule(tree: surface.Waiver, rules: Rules, problems: Problems) -> None:
    name = tree.rule
    if name.text not in rules.known:
        message = f"there is no rule `{name.text}`"
        advice = did_you_mean(name.text, rules.waivable) or "the report names the rule"
        problems.error(Diagnostic("unknown-rule", message, name.span, help=advice))
    elif name.text not in rules.waivable:
        message = f"`{name.text}` cannot be waived"
        advice = "only what fails a build can be, and no fault of a waiver"
        problems.error(Diagnostic("not-waivable", message, name.span, help=advice))


def _absolutes(
    at: Bench, never: Sequence[Absolute], problems: Problems
) -> tuple[tuple[Provision, Absolute], ...]:
    """Return the places at which nothing can be waived."""
    found = ((_cited(each.provision, at, problems), each) for each in never)
    return tuple((place, each) for place, each in found if place is not None)


def _waiver(
    tree: surface.Waiver,
    at: Bench,
    base: Law | None,
    absolutes: Sequence[tuple[Provision, Absolute]],
    rules: Rules,
    problems: Problems,
) -> Waiver | None:
    before = len(problems.errors)
    of_places = tree.rule.text == OF_PLACES
    only = {each.provision for each in at.law.protections()}
    asked = only if tree.rule.text in rules.protecting else None
    provision = (
        _cited(tree.provision, at, problems)
        if of_places
        else _one_norm(tree.provision, asked, at, problems)
    )
    beside = [_one_norm(each, None, at, problems) for each in tree.beside]
    if provision is None or len(problems.errors) > before:
        return None
    for place, absolute in absolutes:
        if covers(place, provision):
            said = "" if absolute.because is None else f": {absolute.because.text}"
            problems.error(
                Diagnostic(
                    "not-waivable",
                    f"nothing at `{place}` can be waived",
                    tree.provision.span,
                    related=(Label(absolute.span, f"never waive{said}"),),
                )
            )
            return None
    law = base if base is not None and not tree.bills else at.law
    start = _start(tree, provision, law, problems)
    act = None if tree.act is None else _act(tree, provision, at, problems)
    verdict = _VERDICTS.get(tree.verdict)
    if verdict is None or len(problems.errors) > before:
        return None
    return Waiver(
        tree.rule.text,
        provision,
        start,
        tree.because.text,
        tree.by.text,
        tree.until.value,
        verdict,
        act,
        frozenset(each for each in beside if each is not None),
        tuple(each.text for each in tree.bills),
        span=tree.span,
    )


def _cited(citation: Citation, at: Bench, problems: Problems) -> Provision | None:
    return cited(citation, None, at.index, at.language.table, problems)


def _one_norm(
    citation: Citation, asked: Collection[Provision] | None, at: Bench, problems: Problems
) -> Provision | None:
    """Return the norm that ``citation`` names, or the only one of those ``asked`` about at the place.

    So nothing that is added there later is waived with it. None ``asked``: all are.
    """
    place = _cited(citation, at, problems)
    if place is None or place.norm:
        return place
    norms = [each for each in at.index.by_act[place.act] if each.norm and covers(place, each)]
    there = [each for each in norms if asked is None or each in asked]
    if len(there) == 1:
        return there[0]
    names = ", ".join(f"`{each}`" for each in there[:_FEW])
    problems.error(
        Diagnostic(
            "ambiguous-waiver",
            f"`{place}` has {len(there) or 'no'} such norms, and a waiver is for one",
            citation.span,
            help=f"name one of them: {names}" if there else "name the norm that is found wanting",
        )
    )
    return None


_FEW = 4


def _start(
    tree: surface.Waiver, provision: Provision, law: Law, problems: Problems
) -> datetime.date | None:
    """Return when the version of ``provision`` that is meant commences."""
    day = None if tree.as_of is None else tree.as_of.value
    periods = versions(law, provision)
    meant = {each.start for each in periods if day is None or each.covers(day)}
    if len(meant) > 1:
        problems.error(
            Diagnostic(
                "ambiguous-waiver",
                f"`{provision}` has {len(meant)} versions, and a waiver is for one",
                tree.provision.span,
                help=f"name a day on which it is in force: as of {_latest(meant)}",
            )
        )
    elif day is not None and periods and not meant:
        assert tree.as_of is not None
        message = f"`{provision}` is not in force on {day}"
        problems.error(Diagnostic("ambiguous-waiver", message, tree.as_of.span))
    return next(iter(meant), None)


def _latest(starts: Collection[datetime.date | None]) -> datetime.date:
    return max(each for each in starts if each is not None)


def _act(tree: surface.Waiver, provision: Provision, at: Bench, problems: Problems) -> str | None:
    """Return the kind of act that is meant; report if the norm does not speak of it."""
    assert tree.act is not None
    kind = kind_named(tree.act, Context(at.language, problems))
    if kind is None:
        return None
    spoken = set(_kinds(at.law, provision))
    if spoken and kind.name not in spoken:
        message = f"no protection at `{provision}` is asked of {a(kind.name)}"
        advice = did_you_mean(kind.name, spoken) or known_ones(spoken)
        problems.error(Diagnostic("act-not-protected", message, tree.act.span, help=advice))
    return kind.name


def _kinds(law: Law, provision: Provision) -> Iterator[str]:
    for norm in law.norms.values():
        if norm.provision == provision:
            yield from norm.kinds
