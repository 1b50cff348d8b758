"""Norms: from a sentence of law to the acts it speaks of, what it says of them, and its exceptions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from amparo.core.condition import MOMENT, And, Condition, Holds, Value
from amparo.core.counting import is_act, unless_of
from amparo.core.entries import Entry
from amparo.core.law import (
    UNSEEN,
    Case,
    Clause,
    Deadline,
    Exception_,
    Fact,
    Limits,
    Modality,
    Norm,
    Obligation,
    Transition,
)
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import did_you_mean
from amparo.sorts.comparisons import kind_named
from amparo.sorts.conditions import Choice, condition, condition_or_true, over
from amparo.sorts.context import Bound, Context, phrase, sort_of
from amparo.sorts.lengths import length
from amparo.sorts.values import value
from amparo.sorts.words import parameters_of
from amparo.syntax import tree as surface
from amparo.syntax.tree import Define, Duration, Expression, LimitedBy, Name, UnknownRule

Built = TypeVar("Built")


@dataclass(frozen=True, slots=True)
class Read:
    """What a norm says of one kind of act: when, save when, and what is due."""

    condition: Condition
    exceptions: tuple[Exception_, ...]
    obligations: tuple[Obligation, ...] = ()


def plain_norm(
    entry: Entry,
    modality: Modality,
    rule: surface.Forbid | surface.Permit | surface.Guarantee,
    limits: Limits | None,
    context: Context,
) -> Norm | None:
    """Return a norm that forbids, permits or guarantees."""

    def build(inner: Context) -> Read | None:
        return _read(entry, rule.condition, inner)

    choices = _choices(rule.kind, rule.variable, build, context, general=modality == "forbid")
    if choices is None:
        return None
    cases = tuple(_case(each) for each in choices)
    if not cases:
        reaches_nothing(rule.kind, context)
    return _norm(entry, modality, cases, limits, _general(rule.kind, context))


def _general(name: Name, context: Context) -> str | None:
    kind = context.language.vocabulary.kinds[name.text]
    return kind.name if kind.category == "general act" else None


def reaches_nothing(kind: Name, context: Context) -> None:
    """Warn that no act counts as the general act that a norm speaks of."""
    context.problems.warn(
        Diagnostic(
            "reaches-nothing",
            f"no norm counts any act as `{kind.text}`, so this can reach nothing",
            kind.span,
            help=f"add `count … as {kind.text}` where an act is meant",
        )
    )


def duties(
    entry: Entry, rule: surface.Duty, limits: Limits | None, context: Context
) -> tuple[Norm, ...]:
    """Return the duty: one norm, or one per counting norm where its trigger is a general act."""

    def build(inner: Context) -> Read | None:
        read = _read(entry, rule.condition, inner)
        due = [_obligation(each, inner) for each in (rule.obligation, *rule.otherwise)]
        kept = tuple(each for each in due if each is not None)
        if read is None or len(kept) < len(due):
            return None
        return Read(read.condition, read.exceptions, kept)

    choices = _choices(rule.kind, rule.variable, build, context, general=True)
    if choices is not None and not choices:
        reaches_nothing(rule.kind, context)
    found = []
    for each in choices or ():
        identity = entry.id if each.head is None else f"{entry.id} via {each.head.rule}"
        due = each.built.obligations
        case = _case(each)
        norm = _norm(entry, "require", (case,), limits, _general(rule.kind, context))
        found.append(replace(norm, id=identity, obligations=due))
    return tuple(found)


def unknown_norms(
    entry: Entry, rule: UnknownRule, context: Context
) -> tuple[tuple[Norm, ...], tuple[Fact, ...]]:
    """Return what text that was not seen may say of an act: a basis, a prohibition, or nothing."""
    norms, facts = [], []
    for modality, says in (("permit", "permits"), ("forbid", "forbids")):
        fact = f"{UNSEEN}{entry.id}: {says}"

        def build(inner: Context, fact: str = fact) -> Read | None:
            bound = inner.variables[rule.variable.text].variable
            says = Holds(fact, (bound,), span=rule.span)
            if rule.condition is None:
                return Read(says, ())
            read = condition(rule.condition, inner)
            return None if read is None else Read(And((read, says), span=rule.span), ())

        choices = _choices(rule.kind, rule.variable, build, context, general=False)
        if choices is None:
            return (), ()
        kind = rule.kind.text
        parameter = context.language.fresh(rule.variable.text, kind)
        said = f"the text not seen {says} {{{rule.variable.text}}} ({rule.because.text})"
        facts.append(Fact(fact, "open", (parameter,), reads=said, span=rule.span))
        cases = tuple(_case(each) for each in choices)
        identity = f"{entry.id}: {says}"
        mode: Modality = "permit" if modality == "permit" else "forbid"
        norms.append(replace(_norm(entry, mode, cases), id=identity, unknown_text=True))
    return tuple(norms), tuple(facts)


def transitions(entry: Entry, rule: surface.Judges, context: Context) -> tuple[Transition, ...]:
    """Return by the law of which date acts are judged."""

    def build(inner: Context) -> tuple[Condition, Value] | None:
        read = _read(entry, rule.condition, inner)
        date = value(rule.date, inner)
        if date is not None and sort_of(date) != "date":
            message = f"a date is expected here, not {phrase(sort_of(date))}"
            advice = "the date of an event `e` is `e.on`"
            inner.problems.error(Diagnostic("wrong-sort", message, rule.date.span, help=advice))
            return None
        return None if read is None or date is None else (read.condition, date)

    choices = _choices(rule.kind, rule.variable, build, context, general=True)
    found = []
    for each in choices or ():
        when, date = each.built
        found.append(
            Transition(
                entry.id if each.head is None else f"{entry.id} via {each.head.rule}",
                entry.provision,
                each.variable,
                date,
                each.guarded(when),
                entry.ground.period,
                entry.ground.provenance,
            )
        )
    return tuple(found)


def clause(entry: Entry, node: Define, context: Context) -> Clause | None:
    """Return one clause of a definition."""
    parameters = parameters_of(node.params, context.language, context.muted().problems)
    bound = {
        param.name.text: Bound(variable, None, param.name)
        for param, variable in zip(node.params, parameters, strict=True)
    }
    if any(not each.sort.kind for each in parameters):
        return None
    inner = Context(context.language, context.problems, bound, MOMENT, context.used)
    read = _read(entry, node.condition, inner)
    if read is None:
        return None
    return Clause(
        entry.id,
        entry.provision,
        node.name.text,
        parameters,
        read.condition,
        read.exceptions,
        entry.ground.period,
        entry.ground.provenance,
    )


def limits_of(
    clauses: tuple[surface.Clause, ...], ranks: tuple[str, ...], context: Context
) -> Limits | None:
    """Return the rank and the aims that may limit a right."""
    for each in clauses:
        if isinstance(each, LimitedBy):
            if each.rank.text not in ranks:
                message = f"there is no rank `{each.rank.text}`"
                advice = did_you_mean(each.rank.text, ranks)
                problem = Diagnostic("unknown-rank", message, each.rank.span, help=advice)
                context.problems.error(problem)
                return None
            aims = tuple(name.text for name in each.aims)
            return Limits(ranks.index(each.rank.text), each.rank.text, aims)
    return None


def _choices(
    name: Name,
    variable: Name,
    build: Callable[[Context], Built | None],
    context: Context,
    *,
    general: bool,
) -> tuple[Choice[Built], ...] | None:
    kind = kind_named(name, context)
    if kind is None or not is_act(name, context):
        return None
    if kind.category == "general act" and not general:
        context.problems.error(
            Diagnostic(
                "general-act-not-allowed",
                f"`{kind.name}` is a general act: it can only be forbidden",
                name.span,
                related=(Label(kind.span, "declared here"),),
                help="speak of the acts that count as it",
            )
        )
        return None
    return over(kind, variable, context, build, judged=True)


def _read(entry: Entry, when: Expression | None, context: Context) -> Read | None:
    element = entry.placed.element
    assert element is not None
    met = condition_or_true(when, context, element.span)
    trees = unless_of(entry)
    found = [(tree, condition(tree, context)) for tree in trees]
    exceptions = tuple(Exception_(each, span=tree.span) for tree, each in found if each is not None)
    return None if met is None or len(exceptions) < len(trees) else Read(met, exceptions)


def _case(choice: Choice[Read]) -> Case:
    rules = () if choice.head is None else (choice.head.rule,)
    read = choice.built
    met = choice.guarded(read.condition)
    if isinstance(met, And) and isinstance(read.condition, And) and choice.head is not None:
        met = And((met.operands[0], *read.condition.operands), span=met.span)
    return Case(choice.variable, met, read.exceptions, rules)


def _norm(
    entry: Entry,
    modality: Modality,
    cases: tuple[Case, ...],
    limits: Limits | None = None,
    general: str | None = None,
) -> Norm:
    return Norm(
        entry.id,
        entry.provision,
        modality,
        cases,
        entry.rank,
        entry.ground.period,
        limited_by=limits,
        general=general,
        provenance=entry.ground.provenance,
    )


def _obligation(node: surface.Obligation, context: Context) -> Obligation | None:
    kind = kind_named(node.kind, context)
    if kind is None or not is_act(node.kind, context):
        return None
    if kind.category == "general act":
        message = f"`{kind.name}` is a general act: nobody can be required to do it as such"
        advice = "require one of the acts that count as it"
        problem = Diagnostic("general-act-not-allowed", message, node.kind.span, help=advice)
        context.problems.error(problem)
        return None
    deadline = _deadline(node, context)
    variable = context.language.fresh(node.variable.text, kind.name)
    due = condition_or_true(node.condition, context.bind(node.variable, variable), node.span)
    return None if due is None or deadline is None else Obligation(variable, due, deadline)


def _deadline(node: surface.Obligation, context: Context) -> Deadline | None:
    if node.deadline is None:
        context.problems.error(
            Diagnostic(
                "duty-without-deadline",
                f"the duty has no deadline: by when must the `{node.kind.text}` happen?",
                node.span,
                help="add `within 3 days` or `by` a date",
            )
        )
        return None
    if isinstance(node.deadline, Duration):
        found = length(node.deadline, context)
        return None if found is None else Deadline(found)
    until = value(node.deadline, context)
    if until is not None and sort_of(until) != "date":
        message = f"a date is expected here, not {phrase(sort_of(until))}"
        advice = "the date of an event `e` is `e.on`"
        context.problems.error(Diagnostic("wrong-sort", message, node.deadline.span, help=advice))
        return None
    return None if until is None else Deadline(until=until)
