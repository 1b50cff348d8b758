"""Counting norms: which acts count as a general act, and what fills its roles.

A general act that counts as a more general one is expanded, so that every head is of acts that
happen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from amparo.core.condition import (
    And,
    Compare,
    Condition,
    Constant,
    Counted,
    DateOf,
    Individual,
    IsA,
    Not,
    Value,
    Variable,
)
from amparo.core.entries import Entry
from amparo.core.law import Count, Exclusion, Period
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import did_you_mean
from amparo.sorts.comparisons import kind_named
from amparo.sorts.conditions import condition, condition_or_true, over
from amparo.sorts.context import Context, Head, phrase, sort_of
from amparo.sorts.values import static_kind, value
from amparo.syntax.tree import Counts, Excludes, Expression, Name, NormDecl, Path, Unless


@dataclass(frozen=True, slots=True)
class Counting:
    """A counting norm for one kind of act; ``under`` counts that act, when it is general itself."""

    entry: Entry
    rule: Counts
    head: Head
    under: Head | None


def unless_of(entry: Entry) -> tuple[Expression, ...]:
    """Return the exceptions of a norm or definition."""
    element = entry.placed.element
    assert element is not None
    clauses = getattr(element, "clauses", ())
    return tuple(each.condition for each in clauses if isinstance(each, Unless))


def read_heads(
    entries: Sequence[Entry], context: Context, heads: dict[str, tuple[Head, ...]]
) -> tuple[Counting, ...]:
    """Fill ``heads``, the mapping that the context's language looks into; report cycles."""
    waiting = _waiting(entries, context)
    found: list[Counting] = []
    vocabulary = context.language.vocabulary

    def expand(general: str, path: tuple[str, ...]) -> None:
        if general in heads:
            return
        if general in path:
            _report_cycle((*path[path.index(general) :], general), waiting, context)
            heads[general] = ()
            return
        mine: list[Counting] = []
        for entry, rule in waiting.get(general, ()):
            for below in vocabulary.below(rule.kind.text):
                if vocabulary.kinds[below].category == "general act":
                    expand(below, (*path, general))
            mine += _counting(entry, rule, context)
        heads.setdefault(general, tuple(each.head for each in mine))
        found.extend(mine)

    for general in waiting:
        expand(general, ())
    return tuple(found)


def _waiting(entries: Sequence[Entry], context: Context) -> dict[str, list[tuple[Entry, Counts]]]:
    """Return the counting norms of each general act."""
    waiting: dict[str, list[tuple[Entry, Counts]]] = {}
    for entry in entries:
        element = entry.placed.element
        if isinstance(element, NormDecl) and isinstance(element.rule, Counts):
            rule = element.rule
            kind, general = kind_named(rule.kind, context), general_named(rule.general, context)
            if kind is not None and general is not None and is_act(rule.kind, context):
                waiting.setdefault(general, []).append((entry, rule))
    return waiting


def general_named(name: Name, context: Context) -> str | None:
    """Return the general act that ``name`` means."""
    kind = kind_named(name, context)
    if kind is None:
        return None
    if kind.category != "general act":
        message = f"`{kind.name}` is no general act, so nothing counts as it"
        related = (Label(kind.span, "declared here"),)
        context.problems.error(Diagnostic("wrong-category", message, name.span, related=related))
        return None
    return kind.name


def is_act(name: Name, context: Context) -> bool:
    """Say whether ``name`` means a kind of event; report it if not."""
    kind = context.language.vocabulary.kinds[name.text]
    if kind.category == "thing":
        message = f"`{kind.name}` is no act or event"
        related = (Label(kind.span, "declared here"),)
        context.problems.error(Diagnostic("wrong-category", message, name.span, related=related))
    return kind.category != "thing"


def _report_cycle(
    way: tuple[str, ...], waiting: dict[str, list[tuple[Entry, Counts]]], context: Context
) -> None:
    shown = ", which counts ".join(f"`{each}`" for each in way)
    message = f"a general act counts as itself: {shown}"
    rule = waiting[way[0]][0][1]
    context.problems.error(Diagnostic("counting-cycle", message, rule.span))


def _counting(entry: Entry, rule: Counts, context: Context) -> list[Counting]:
    kind = context.language.vocabulary.kinds[rule.kind.text]

    def build(inner: Context) -> tuple[tuple[str, Value], ...] | None:
        return _roles(rule, inner)

    choices = over(kind, rule.variable, context, build, judged=True)
    found = []
    for each in choices or ():
        identity = entry.id if each.head is None else f"{entry.id} via {each.head.rule}"
        head = Head(identity, each.variable, rule.general.text, each.built)
        found.append(Counting(entry, rule, head, each.head))
    return found


def _roles(rule: Counts, context: Context) -> tuple[tuple[str, Value], ...] | None:
    """Return what fills the roles of the general act: what is bound, else the act's own."""
    vocabulary = context.language.vocabulary
    bound = {name.text: (name, tree) for name, tree in rule.bindings}
    wanted = dict(vocabulary.kinds[rule.general.text].roles)
    own = dict(vocabulary.kinds[rule.kind.text].roles)
    for name, _ in rule.bindings:
        if name.text not in wanted:
            message = f"`{rule.general.text}` has no role `{name.text}`"
            advice = did_you_mean(name.text, wanted)
            context.problems.error(Diagnostic("unknown-role", message, name.span, help=advice))
    found: dict[str, Value] = {}
    for role, sort in wanted.items():
        if role in bound:
            tree = bound[role][1]
        elif role in own:
            steps = (Name(role, span=rule.variable.span),)
            tree = Path(rule.variable, steps, span=rule.variable.span)
        else:
            context.problems.error(
                Diagnostic(
                    "unbound-role",
                    f"nothing fills the role `{role}` of `{rule.general.text}`",
                    rule.general.span,
                    help=f"add `{{ {role}: … }}`",
                )
            )
            continue
        filler = value(tree, context, sort)
        if filler is None:
            continue
        kind = static_kind(filler, context)
        fits = sort_of(filler) == sort
        if isinstance(sort, Individual) and kind is not None:
            fits = sort.kind in vocabulary.lineage(kind)
        if fits:
            found[role] = filler
        else:
            message = f"the role `{role}` takes {phrase(sort)}; this is {phrase(sort_of(filler))}"
            context.problems.error(Diagnostic("wrong-sort", message, tree.span))
    return tuple(found.items()) if len(found) == len(wanted) else None


def read_counts(
    countings: Sequence[Counting], entries: Sequence[Entry], context: Context
) -> dict[str, Count]:
    """Return the counting norms with what their exceptions and `never count` norms leave out."""
    excluding = [
        (entry, entry.placed.element.rule)
        for entry in entries
        if isinstance(entry.placed.element, NormDecl)
        and isinstance(entry.placed.element.rule, Excludes)
    ]
    sound = [(entry, rule) for entry, rule in excluding if _check_excluding(rule, context)]
    checked: set[str] = set()
    found = {}
    for each in countings:
        first = each.entry.id not in checked
        checked.add(each.entry.id)
        inner = context.muted() if each.under is not None else context
        if each.under is not None and first:
            _check_general(each, context)
        met = _count_condition(each, inner)
        if met is None:
            assert context.problems.errors, each.head.rule
            continue
        outside = [_excluded(each, entry, rule, context.muted()) for entry, rule in sound]
        left_out = [Not(one, span=one.span) for one in outside if one is not None]
        whole = And((*met, *left_out), span=each.rule.span)
        ground = each.entry.ground
        found[each.head.rule] = Count(
            each.head.rule,
            each.entry.provision,
            each.head.variable,
            each.head.general,
            whole.operands[0] if len(whole.operands) == 1 else whole,
            each.entry.rank,
            ground.period,
            ground.provenance,
            each.head.roles,
        )
    return found


def _check_general(each: Counting, context: Context) -> None:
    kind = context.language.vocabulary.kinds[each.rule.kind.text]

    def build(inner: Context) -> tuple[Condition, ...] | None:
        return _conditions(each, inner)

    over(kind, each.rule.variable, context, build, judged=True)


def _count_condition(each: Counting, context: Context) -> tuple[Condition, ...] | None:
    variable = each.head.variable
    inner = replace(context.bind(each.rule.variable, variable, each.under), at=variable)
    found = _conditions(each, inner)
    if found is None or each.under is None:
        return found
    return Counted(each.under.rule, variable, span=each.rule.span), *found


def _conditions(each: Counting, context: Context) -> tuple[Condition, ...] | None:
    met = condition_or_true(each.rule.condition, context, each.rule.span)
    exceptions = [condition(tree, context) for tree in unless_of(each.entry)]
    kept = [Not(one, span=one.span) for one in exceptions if one is not None]
    return None if met is None or len(kept) < len(exceptions) else (met, *kept)


def read_exclusions(entries: Sequence[Entry], context: Context) -> tuple[Exclusion, ...]:
    """Return the `never count` norms that have no faults; those that have are reported elsewhere."""
    found = []
    for entry in entries:
        element, muted = entry.placed.element, context.muted()
        if isinstance(element, NormDecl) and isinstance(element.rule, Excludes):
            rule = element.rule
            if _check_excluding(rule, muted):
                ground = entry.ground
                found.append(
                    Exclusion(
                        entry.id,
                        entry.provision,
                        rule.kind.text,
                        rule.general.text,
                        ground.period,
                        ground.provenance,
                    )
                )
    return tuple(found)


def _check_excluding(rule: Excludes, context: Context) -> bool:
    """Read a `never count` norm once by itself, for its faults."""
    kind, general = kind_named(rule.kind, context), general_named(rule.general, context)
    if kind is None or general is None or not is_act(rule.kind, context):
        return False
    if kind.category == "general act":
        message = f"`{kind.name}` is a general act; exclude the acts themselves"
        context.problems.error(Diagnostic("wrong-category", message, rule.kind.span))
        return False
    variable = context.language.fresh(rule.variable.text, kind.name)
    inner = replace(context.bind(rule.variable, variable), at=variable)
    return condition_or_true(rule.condition, inner, rule.span) is not None


def _excluded(each: Counting, entry: Entry, rule: Excludes, context: Context) -> Condition | None:
    """Return when the `never count` norm leaves out the acts of ``each``; None if it never does."""
    vocabulary, variable = context.language.vocabulary, each.head.variable
    kind = rule.kind.text
    if rule.general.text not in vocabulary.lineage(each.head.general):
        return None
    if not vocabulary.compatible(variable.sort.kind, kind):
        return None
    inner = replace(context.bind(rule.variable, variable), at=variable, narrowed={variable: kind})
    met = condition_or_true(rule.condition, inner, rule.span)
    if met is None:
        return None
    parts = [*within_period(variable, entry.ground.period), met]
    if kind not in vocabulary.lineage(variable.sort.kind):
        parts.insert(0, IsA(variable, kind, span=rule.span))
    return parts[0] if len(parts) == 1 else And(tuple(parts), span=rule.span)


def within_period(variable: Variable, period: Period) -> tuple[Condition, ...]:
    """Return that the event happens while ``period`` runs."""
    on = DateOf(variable)
    found: list[Condition] = []
    if period.start is not None:
        found.append(Compare("<=", Constant(period.start, "date"), on))
    if period.end is not None:
        found.append(Compare("<", on, Constant(period.end, "date")))
    return tuple(found)
