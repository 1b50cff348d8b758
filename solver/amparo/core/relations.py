"""What provisions say of other provisions: which prevails, what is interpreted, whose power it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from amparo.core.condition import And, Condition, IsA
from amparo.core.counting import within_period
from amparo.core.entries import Entry, Text
from amparo.core.law import (
    ActInfo,
    Case,
    Exception_,
    Interpretation,
    Norm,
    NormId,
    Period,
    Provision,
)
from amparo.core.precedence import Relation
from amparo.diagnostics import Diagnostic, Label
from amparo.names.citations import Places, locate
from amparo.names.places import covers
from amparo.names.problems import Problems
from amparo.names.table import Table
from amparo.sorts.comparisons import kind_named
from amparo.sorts.conditions import condition, over
from amparo.sorts.context import Context
from amparo.syntax.tree import Act, Citation, Effect, Interprets, MadeUnder, NormDecl, Precedes

GROUNDS: Mapping[str, str] = {
    "despite": "despite",
    "subject to": "subject to",
    "special to": "special",
}


def cited(
    citation: Citation, here: Provision | None, index: Places, table: Table, problems: Problems
) -> Provision | None:
    """Return the place that ``citation`` names; report what is wrong with it."""
    found = locate(citation, index, here)
    if isinstance(found, Diagnostic):
        problems.error(found)
        return None
    name = citation.act
    if name is not None and not table.sees(name.span.source, name.text):
        related: tuple[Label, ...] = ()
        if name.text in table.modules:
            related = (Label(table.modules[name.text].span, "declared here"),)
        message = f"the act `{name.text}` is declared in a file that this one does not use"
        advice = f"add `use {name.text}.`"
        once = f"use {name.text}"
        problems.error(
            Diagnostic("not-in-use", message, name.span, related=related, help=advice, once=once)
        )
        return None
    return found


def precedences(
    entries: Sequence[Entry], index: Places, table: Table, problems: Problems
) -> tuple[Relation, ...]:
    """Return which provisions prevail over which by their own words."""
    found = []
    for entry in entries:
        element = entry.placed.element
        if not isinstance(element, NormDecl):
            continue
        for clause in element.clauses:
            if not isinstance(clause, Precedes):
                continue
            other = cited(clause.citation, entry.provision, index, table, problems)
            if other is None:
                continue
            mine = entry.provision
            winner, loser = (other, mine) if clause.relation == "subject to" else (mine, other)
            ground = GROUNDS[clause.relation]
            found.append(Relation(winner, loser, ground, clause.span, entry.id))
    return tuple(found)


def incompetent_acts(
    acts: Sequence[Act], text: Text, index: Places, table: Table, problems: Problems
) -> frozenset[str]:
    """Return the acts made under a provision that was not in force when they commenced."""
    found = set()
    for act in acts:
        for heading in act.headings:
            if not isinstance(heading, MadeUnder):
                continue
            here = Provision(act.name.text)
            place = cited(heading.citation, here, index, table, problems)
            start = text.acts[act.name.text].period.start
            if place is None or start is None:
                continue
            periods = [
                entry.ground.period
                for entry in (*text.containers, *text.entries)
                if entry.provision == place
            ]
            if not any(period.covers(start) for period in periods):
                found.add(act.name.text)
    return frozenset(found)


def with_interpretations(
    norms: Mapping[NormId, Norm],
    entries: Sequence[Entry],
    acts: Mapping[str, ActInfo],
    index: Places,
    context: Context,
) -> dict[NormId, Norm]:
    """Return ``norms`` with the exceptions that courts read into them; warn of those without power.

    Nobody reads an exception into what is of a higher rank than the act in which it is said.
    """
    found = dict(norms)
    for entry in entries:
        element = entry.placed.element
        if not isinstance(element, NormDecl) or not isinstance(element.rule, Interprets):
            continue
        for target in _targets(entry, element.rule, found, index, context):
            if acts[entry.provision.act].rank > target.rank:
                context.problems.warn(_powerless(element.rule, acts[target.provision.act]))
                continue
            cases = tuple(_interpreted(case, entry, element.rule, context) for case in target.cases)
            found[target.id] = replace(target, cases=cases)
    return found


def _powerless(rule: Interprets, act: ActInfo) -> Diagnostic:
    message = f"these words have no effect: `{act.name}` is of a higher rank ({act.rank_name})"
    advice = "let an act of its rank interpret it"
    return Diagnostic("overrides-higher-rank", message, rule.span, help=advice)


def interpretations(
    norms: Mapping[NormId, Norm], entries: Sequence[Entry]
) -> dict[NormId, Interpretation]:
    """Return the norms by which courts read exceptions into ``norms``, in the order of the text."""
    targets = {
        exception.source: (norm.provision, exception.start)
        for norm in norms.values()
        for case in norm.cases
        for exception in case.exceptions
        if exception.source is not None
    }
    return {
        each.id: Interpretation(
            each.id,
            each.provision,
            *targets[each.id],
            provenance=each.ground.provenance,
            period=each.ground.period,
        )
        for each in entries
        if each.id in targets
    }


def _targets(
    entry: Entry,
    rule: Interprets,
    norms: Mapping[NormId, Norm],
    index: Places,
    context: Context,
) -> list[Norm]:
    """Return the norms that ``rule`` interprets; report if there are none."""
    table, problems = context.language.table, context.problems
    place = cited(rule.target, entry.provision, index, table, problems)
    kind = kind_named(rule.kind, context)
    if place is None or kind is None:
        return []
    checked = over(
        kind, rule.variable, context, lambda inner: condition(rule.exception, inner), judged=True
    )
    if checked is None:
        return []
    there = [norm for norm in norms.values() if covers(place, norm.provision)]
    if not there:
        message = f"there is no norm at `{place}` into which an exception can be read"
        problems.error(Diagnostic("unknown-norm", message, rule.target.span))
        return []
    fitting = [norm for norm in there if any(_speaks(c, kind.name, context) for c in norm.cases)]
    silent = [norm for norm in there if not norm.cases]
    if not fitting and not silent:
        problems.error(
            Diagnostic(
                "interprets-another-act",
                f"`{place}` does not speak of `{kind.name}`",
                rule.kind.span,
                related=(Label(there[0].provenance.span, "this norm"),),
            )
        )
    return fitting


def _speaks(case: Case, kind: str, context: Context) -> bool:
    vocabulary = context.language.vocabulary
    if vocabulary.kinds[kind].category == "general act":
        heads = {head.rule for head in context.language.heads_of(kind)}
        return any(rule in heads for rule in case.rules)
    return vocabulary.compatible(case.variable.sort.kind, kind)


def _interpreted(case: Case, entry: Entry, rule: Interprets, context: Context) -> Case:
    kind = rule.kind.text
    if not _speaks(case, kind, context):
        return case
    language, variable = context.language, case.variable
    inner = context.muted()
    test: tuple[Condition, ...] = ()
    if language.vocabulary.kinds[kind].category == "general act":
        head = next(each for each in language.heads_of(kind) if each.rule in case.rules)
        inner = inner.bind(rule.variable, variable, head)
    else:
        inner = replace(inner.bind(rule.variable, variable), narrowed={variable: kind})
        if kind not in language.vocabulary.lineage(variable.sort.kind):
            test = (IsA(variable, kind, span=rule.span),)
    found = condition(rule.exception, replace(inner, at=variable))
    if found is None:
        assert context.problems.errors, entry.id
        return case
    until = within_period(variable, Period(None, entry.ground.period.end))
    parts = (*test, *until, found)
    whole = parts[0] if len(parts) == 1 else And(parts, span=rule.span)
    element = entry.placed.element
    assert isinstance(element, NormDecl)
    starts = [each.start.value for each in element.clauses if isinstance(each, Effect)]
    exception = Exception_(whole, entry.id, starts[0] if starts else None, rule.span)
    return replace(case, exceptions=(*case.exceptions, exception))
