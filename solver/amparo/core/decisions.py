"""Decisions of courts: what each says of itself, and which of them a scenario or question tells.

A decision is no part of the law: no norm is known by it, and no verdict rests on it.
"""

import datetime
from collections.abc import Collection, Sequence
from typing import TypeVar

from amparo.core.case import Decision, Told
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import Problems, did_you_mean, known_ones
from amparo.names.table import twice
from amparo.syntax import tree as surface
from amparo.syntax.tree import Decides, File, Name, Setting

Part = TypeVar(
    "Part",
    surface.Court,
    surface.Decided,
    surface.Cites,
    surface.Graded,
    surface.Happened,
    surface.Held,
)

_EXAMPLES = {
    "court": 'court "Constitutional Court of South Africa"',
    "decided": "decided 2004-10-08`, or the year where the day is not known: `decided 2004",
    "cites": 'cites "[2004] ZACC 25"',
    "evidence": "evidence read`, `summary`, `inferred` or `unknown",
    "facts": 'facts "…"',
    "held": 'held inconsistent because "…"',
}


def declared(files: Sequence[File]) -> tuple[surface.Decision, ...]:
    """Return every decision that ``files`` declare."""
    items = (item for file in files for item in file.items)
    return tuple(item for item in items if isinstance(item, surface.Decision))


def decisions(files: Sequence[File], problems: Problems) -> tuple[Decision, ...]:
    """Return the decisions of ``files`` in the order of the text; report what is amiss."""
    named: dict[str, Name] = {}
    found = []
    for each in declared(files):
        if each.name.text in named:
            problems.error(twice(each.name, named[each.name.text]))
        named.setdefault(each.name.text, each.name)
        found.append(_decision(each, problems))
    return tuple(each for each in found if each is not None)


def told(trees: Sequence[Setting], known: Collection[str], problems: Problems) -> Told | None:
    """Return which decision ``trees`` name, and what of it is told; report what is amiss."""
    stated = [each for each in trees if isinstance(each, Decides)]
    for each in stated:
        name = each.decision
        if name.text not in known:
            message = f"there is no decision `{name.text}`"
            advice = did_you_mean(name.text, known) or known_ones(known)
            problems.error(Diagnostic("unknown-decision", message, name.span, help=advice))
    for each in stated[1:]:
        problems.error(
            Diagnostic(
                "two-decisions",
                "a scenario or question tells the outcome or the ground of one decision",
                each.span,
                related=(Label(stated[0].span, "this is told already"),),
                help="ask it a second time, for the other",
            )
        )
    return (stated[0].part, stated[0].decision.text) if stated else None


def _decision(tree: surface.Decision, problems: Problems) -> Decision | None:
    court = _only(tree, surface.Court, "court", problems)
    decided = _only(tree, surface.Decided, "decided", problems)
    cites = _only(tree, surface.Cites, "cites", problems)
    evidence = _only(tree, surface.Graded, "evidence", problems)
    facts = _only(tree, surface.Happened, "facts", problems)
    held = _only(tree, surface.Held, "held", problems)
    if decided is not None and isinstance(decided.on, surface.Year):
        _check_year(decided.on, problems)
    if (
        court is None
        or decided is None
        or cites is None
        or evidence is None
        or facts is None
        or held is None
    ):
        return None
    return Decision(
        tree.name.text,
        tree.title.text,
        court.text.text,
        decided.on.value,
        cites.text.text,
        evidence.grade,
        facts.text.text,
        held.holding,
        held.because.text,
        tuple(
            point.text
            for each in tree.said
            if isinstance(each, surface.About)
            for point in each.points
        ),
        tuple(
            (each.sentence.text, each.because.text)
            for each in tree.said
            if isinstance(each, surface.Untranslated)
        ),
        tree.span,
    )


def _only(tree: surface.Decision, part: type[Part], word: str, problems: Problems) -> Part | None:
    """Return what is said with ``word``; report if nothing is, or more than one thing."""
    found = [each for each in tree.said if isinstance(each, part)]
    if not found:
        message = f"the decision `{tree.name.text}` has no `{word}`"
        advice = f"write `{_EXAMPLES[word]}`"
        problems.error(Diagnostic("decision-incomplete", message, tree.name.span, help=advice))
        return None
    for each in found[1:]:
        message = f"the decision `{tree.name.text}` has `{word}` twice"
        first = Label(found[0].span, "first said here")
        problems.error(Diagnostic("said-twice", message, each.span, related=(first,)))
    return found[0]


def _check_year(year: surface.Year, problems: Problems) -> None:
    if not datetime.MINYEAR <= year.value <= datetime.MAXYEAR:
        message = f"there is no such year as `{year.span.text}`"
        problems.error(Diagnostic("invalid-date", message, year.span))
