"""Which changes of the law bring what is new since a base version.

Bills have instructions to blame; an edit of the files has none. Where a case was found, it is judged
by the law of the base version: what was breached there and is not now, or did not protect there and
does now, is what matters of the changes. Otherwise it is all of them that the question can turn on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from amparo.core.citation import located, provenance
from amparo.core.law import Law, NormId
from amparo.core.reliance import (
    COUNT,
    DEFINITION,
    FACT,
    KIND,
    NORM,
    OPENING,
    READING,
    Reliance,
)
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, governs, lower, outcome
from amparo.semantics.judge import Breach, complies
from amparo.text import NOWHERE, Span
from amparo.verify.against import before_in
from amparo.verify.ask import Asking
from amparo.verify.check import protects
from amparo.verify.finding import Alteration, Finding
from amparo.verify.inquiry import Inquiry
from amparo.verify.shared import relied
from amparo.verify.united import United, unite


def with_alterations(inquiry: Inquiry, base: Law, finding: Finding) -> Finding:
    """Return ``finding`` with what of the changes brings it, if it is new; as it is otherwise."""
    if finding.status != "introduced" or finding.norm not in inquiry.law.norms:
        return finding
    united = unite(base, inquiry.law)
    names = _brought(inquiry, base, finding, united)
    found = (_alteration(each, inquiry.law, base) for each in names)
    return replace(finding, altered=tuple(sorted(found, key=_order)))


def _brought(inquiry: Inquiry, base: Law, finding: Finding, united: United) -> frozenset[str]:
    """Return the names of what was changed and brings ``finding``."""
    if not protects(finding.rule):
        norms = (finding.norm, *finding.beside, *finding.outcome.relies_on)
        return _closure(united, norms) & united.changed
    asking = Asking.of(inquiry, finding)
    before = before_in(asking, base)
    if before is None:
        return frozenset({NORM + finding.norm})
    shown: frozenset[str] = frozenset()
    if not united.incomparable:
        for each in finding.outcomes:
            if each.world is not None and each.verdict != "holds":
                shown |= _shown(united, each.world, asking, before)
    return shown & united.changed or relied(asking, before, united) & united.changed


def _shown(united: United, world: World, asking: Asking, before: Asking) -> frozenset[str]:
    """Return on what it turns that ``world`` shows nothing wrong with the law of the base version."""
    try:
        breaches = complies(united.before, world, asking.norm.rank)
    except Unspecified:
        return frozenset()
    if not breaches:
        return _closure(united, (asking.norm.id, before.norm.id))
    context = Context(united.after, world, asking.norm.rank)
    norms = (norm for each in breaches for norm in _turning(each, context))
    return _closure(united, norms)


def _turning(breach: Breach, context: Context) -> Iterator[NormId]:
    """Yield the norm that was breached; or those that are now a basis where none was."""
    if breach.norm is not None:
        yield breach.norm
        return
    for norm in lower(context, "permit"):
        if outcome(lambda: governs(norm, breach.event, context)) is True:  # noqa: B023
            yield norm.id


def _closure(united: United, norms: Iterable[NormId]) -> frozenset[str]:
    names = [NORM + each for each in norms]
    several = (Reliance(united.before), Reliance(united.after))
    return frozenset().union(*(each.of(name) for each in several for name in names))


# -- where it is -------------------------------------------------------------------------------


def _alteration(name: str, law: Law, base: Law) -> Alteration:
    sort, _, what = name.partition(" ")
    now, was = _span(name, law), _span(name, base)
    said = what.partition("@")[0] if name.startswith((NORM, COUNT)) else f"{sort} {what}".strip()
    match now, was:
        case None, None:
            return Alteration(said, "changed")
        case None, _:
            return Alteration(said, "gone", _around(law, base, what) or NOWHERE)
        case _, None:
            return Alteration(said, "new", now)
        case _:
            return Alteration(said, "changed", _differing(now, was))


def _span(name: str, law: Law) -> Span | None:
    """Return where ``name`` stands in ``law``; None where it does not, or nobody knows where."""
    what = name.partition(" ")[2]
    words = law.vocabulary
    if name.startswith((NORM, COUNT)):
        known = what in law.norms or what in law.counts
        return provenance(law, what).span if known else None
    if name.startswith(DEFINITION):
        clauses = law.definitions.get(what, ())
        return clauses[0].provenance.span if clauses else None
    if name.startswith(KIND):
        return words.kinds[what].span if what in words.kinds else None
    if name.startswith((FACT, OPENING)):
        what = name.removeprefix(FACT).removeprefix(OPENING)
        return words.facts[what].span if what in words.facts else None
    if name.startswith(READING):
        return words.readings[what].span if what in words.readings else None
    return None


def _around(law: Law, base: Law, gone: NormId) -> Span | None:
    """Return where something stands in ``law`` that is nearest to where ``gone`` was."""
    place = located(base, gone)
    for around in (replace(place, norm=""), replace(place, norm="", point="", paragraph="")):
        for each in law.norms.values():
            here = each.provision
            if (here.act, here.article) == (around.act, around.article) and (
                not around.paragraph or here.paragraph == around.paragraph
            ):
                return each.provenance.span
    act = law.acts.get(place.act)
    return None if act is None else act.provenance.span


def _differing(now: Span, was: Span) -> Span:
    """Return the first line of ``now`` that ``was`` has not: hosts show what stands on changed lines."""
    new, old = now.text.splitlines(keepends=True), was.text.splitlines(keepends=True)
    matcher = SequenceMatcher(None, [each.strip() for each in old], [each.strip() for each in new])
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag in ("replace", "insert") and start < end:
            at = now.start + sum(map(len, new[:start]))
            line = new[start]
            at += len(line) - len(line.lstrip())
            return Span(now.source, at, now.end)
    return now


def _order(alteration: Alteration) -> tuple[bool, str, int, str]:
    span = alteration.span
    return span == NOWHERE, span.source.path, span.start, alteration.what
