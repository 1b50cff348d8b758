"""Vocabularies: every declared word with its sort. States and graves keep their conditions for last.

Signatures come first, so that the conditions of states may speak of every word.
"""

from collections.abc import Mapping
from dataclasses import replace

from amparo.core.condition import Enumerated, Individual, Money, Sort, Variable
from amparo.core.law import Fact, Grave, Kind, Opening, Vocabulary
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import Problems
from amparo.names.table import Table, twice
from amparo.sorts.comparisons import kind_named
from amparo.sorts.conditions import condition_or_true
from amparo.sorts.context import Bound, Context, Language
from amparo.sorts.data import calendars, enumerations, parameters, phrases, readings
from amparo.sorts.values import value
from amparo.syntax import tree as surface
from amparo.syntax.tree import (
    Define,
    EventDecl,
    FactDecl,
    KindDecl,
    Name,
    Param,
    SortName,
    StateDecl,
)
from amparo.text import Span


def declare(table: Table, problems: Problems) -> Language:
    """Return the language whose words ``table`` lists; conditions of states are still missing."""
    kinds = _kinds(table, problems)
    options = enumerations(table, problems)
    currencies = tuple(
        word.node.name.text for word, *_ in table.words.values() if word.sort == "currency"
    )
    vocabulary = Vocabulary(kinds, {}, enumerations=options)
    bare = Language(table, vocabulary, currencies)
    kinds = {name: _with_roles(name, kinds, bare, problems) for name in kinds}
    bare = replace(bare, vocabulary=replace(vocabulary, kinds=kinds))
    facts = {
        word.node.name.text: _fact(word.node, bare, problems)
        for word, *_ in table.words.values()
        if isinstance(word.node, (FactDecl, StateDecl))
    }
    definitions = _definitions(bare, problems)
    known = replace(
        bare.vocabulary,
        facts=facts,
        calendars=calendars(table, problems),
        readings=readings(table, problems),
        phrases=phrases(table),
    )
    language = replace(bare, vocabulary=known, definitions=definitions)
    sorts = {
        name: sort_named(word.node.sort, bare, problems)
        for name, (word, *_) in table.words.items()
        if isinstance(word.node, surface.ParameterDecl)
    }
    known = replace(known, parameters=parameters(language, sorts, problems))
    return replace(language, vocabulary=known)


def complete(language: Language, problems: Problems) -> Vocabulary:
    """Return the vocabulary of ``language`` with the conditions of states, graves, ordinary values."""
    facts = dict(language.vocabulary.facts)
    for word, *_ in language.table.words.values():
        node = word.node
        if isinstance(node, StateDecl):
            facts[node.name.text] = _with_openings(node, facts[node.name.text], language, problems)
        elif isinstance(node, FactDecl) and node.ordinary:
            fact = facts[node.name.text]
            context = Context(language, problems)
            ordinary = (value(each, context, fact.sort) for each in node.ordinary)
            kept = tuple(each for each in ordinary if each is not None)
            facts[node.name.text] = replace(fact, ordinary=kept)
    return replace(language.vocabulary, facts=facts, graves=_graves(language, problems))


_SORTS = ("number", "share", "date", "duration", "money")


def sort_named(tree: SortName, language: Language, problems: Problems) -> Sort | None:
    """Return the sort that ``tree`` names."""
    match tree.kind:
        case "number" | "share" | "date" | "duration":
            return tree.kind
        case "money":
            return _money(tree, language, problems)
        case "named":
            assert tree.name is not None
            word = language.table.find(tree.name, problems, "kind", "enumeration", keywords=_SORTS)
            if word is None:
                return None
            name = word.node.name.text
            return Enumerated(name) if word.sort == "enumeration" else Individual(name)


def individual(param: Param, language: Language, problems: Problems) -> Variable | None:
    """Return the variable for a parameter of a fact or definition: always an individual."""
    sort = sort_named(param.sort, language, problems)
    if sort is None:
        return None
    if isinstance(sort, Individual):
        kind = language.vocabulary.kinds[sort.kind]
        if kind.category != "general act":
            return language.fresh(param.name.text, sort.kind)
        message = f"`{kind.name}` is a general act: nothing can be said of it as such"
        advice = "speak of the acts that count as it"
    else:
        message, advice = "only persons, things and events can stand here", None
    problems.error(Diagnostic("wrong-sort", message, param.sort.span, help=advice))
    return None


def _money(tree: SortName, language: Language, problems: Problems) -> Sort | None:
    table = language.table
    if tree.name is not None:
        word = table.find(tree.name, problems, "currency")
        return None if word is None else Money(word.node.name.text)
    known = table.known(tree.span.source, "currency")
    if len(known) == 1:
        return Money(known[0])
    problems.error(
        Diagnostic(
            "currency-not-stated",
            "money of which currency?" if known else "no currency is declared",
            tree.span,
            help=f"write `money in {known[0]}`" if known else "use or declare a `currency`",
        )
    )
    return None


DEEPEST_KIND = 100
"""How many kinds may stand above one: more than any classification has."""


def _kinds(table: Table, problems: Problems) -> dict[str, Kind]:
    """Return the kinds without their roles, every parent known and none above itself."""
    nodes = {
        name: word.node
        for name, (word, *_) in table.words.items()
        if isinstance(word.node, (KindDecl, EventDecl))
    }
    parents: dict[str, str | None] = {}
    for name, node in nodes.items():
        parents[name] = _parent(node, nodes, table, problems)
    _cut_cycles(parents, nodes, problems)
    found = {}
    for name, node in nodes.items():
        overlaps = frozenset[str]()
        if isinstance(node, KindDecl):
            words = (table.find(each, problems, "kind") for each in node.overlaps)
            overlaps = frozenset(each.node.name.text for each in words if each is not None)
        category = node.category if isinstance(node, EventDecl) else "thing"
        reads = node.reads.text if node.reads is not None else None
        found[name] = Kind(name, parents[name], category, (), overlaps, reads, node.name.span)
    return found


def _parent(
    node: KindDecl | EventDecl,
    nodes: Mapping[str, KindDecl | EventDecl],
    table: Table,
    problems: Problems,
) -> str | None:
    if node.parent is None:
        return None
    if table.find(node.parent, problems, "kind") is None:
        return None
    parent = nodes[node.parent.text]
    mine = node.category if isinstance(node, EventDecl) else "thing"
    other = parent.category if isinstance(parent, EventDecl) else "thing"
    if mine != other:
        problems.error(
            Diagnostic(
                "wrong-category",
                f"`{node.name.text}` is of category `{mine}`, `{parent.name.text}` of `{other}`",
                node.parent.span,
                related=(Label(parent.name.span, "declared here"),),
            )
        )
        return None
    return parent.name.text


def _too_deep(kind: str, span: Span) -> Diagnostic:
    return Diagnostic(
        "kinds-too-deep",
        f"`{kind}` has more than {DEEPEST_KIND} kinds above it",
        span,
        help="leave out the kinds between that no sentence speaks of",
    )


def _cut_cycles(
    parents: dict[str, str | None],
    nodes: Mapping[str, KindDecl | EventDecl],
    problems: Problems,
) -> None:
    told = False
    for start in parents:
        path = [start]
        while (above := parents[path[-1]]) is not None and above not in path:
            path.append(above)
            if len(path) > DEEPEST_KIND + 1:
                break
        if len(path) > DEEPEST_KIND + 1:
            if not told:
                problems.error(_too_deep(start, nodes[start].name.span))
            told, parents[start] = True, None
        elif above == start:
            shown = " is ".join(f"`{each}`" for each in (*path, start))
            span = nodes[start].name.span
            problems.error(
                Diagnostic(
                    "kind-cycle", f"`{start}` is declared as a kind of itself: {shown}", span
                )
            )
            parents[path[-1]] = None


def _with_roles(
    name: str, kinds: Mapping[str, Kind], language: Language, problems: Problems
) -> Kind:
    """Return the kind ``name`` with the roles it inherits first, then its own."""
    roles: dict[str, Sort] = {}
    quiet = Problems()
    for each in reversed(language.vocabulary.lineage(name)):
        node = language.table.words[each][0].node
        if not isinstance(node, EventDecl):
            continue
        found = problems if each == name else quiet
        seen: dict[str, Name] = {}
        for role in node.roles:
            if role.name.text == "on":
                found.error(_hides_the_day(role.name))
            if role.name.text in roles or role.name.text in seen:
                found.error(twice(role.name, seen.get(role.name.text, role.name)))
            seen[role.name.text] = role.name
            sort = sort_named(role.sort, language, found)
            if sort is not None:
                roles[role.name.text] = sort
    return replace(kinds[name], roles=tuple(roles.items()))


def _hides_the_day(role: Name) -> Diagnostic:
    return Diagnostic(
        "duplicate-name",
        "`on` is the day of every event, so that no role can be called so",
        role.span,
        help="give the role another name",
    )


def _fact(node: FactDecl | StateDecl, language: Language, problems: Problems) -> Fact:
    reads = node.reads.text if node.reads is not None else None
    sort, span = None, node.name.span
    found = parameters_of(node.params, language, problems)
    if isinstance(node, StateDecl):
        return Fact(node.name.text, "state", found, None, reads, span=span)
    if node.sort is not None:
        sort = sort_named(node.sort, language, problems)
        if node.open:
            message = f"`{node.name.text}` is open, so it is true or false, not a value"
            problems.error(Diagnostic("wrong-sort", message, node.sort.span))
        return Fact(node.name.text, "attribute", found, sort, reads, span=span)
    return Fact(node.name.text, "open" if node.open else "relation", found, None, reads, span=span)


def parameters_of(
    params: tuple[Param, ...], language: Language, problems: Problems
) -> tuple[Variable, ...]:
    """Return fresh variables for ``params``; one whose kind is faulty gets none."""
    seen: dict[str, Name] = {}
    for each in params:
        if each.name.text in seen:
            problems.error(twice(each.name, seen[each.name.text]))
        seen[each.name.text] = each.name
    found = (individual(each, language, problems) for each in params)
    return tuple(
        each if each is not None else language.fresh(param.name.text, "")
        for each, param in zip(found, params, strict=True)
    )


def _definitions(language: Language, problems: Problems) -> dict[str, tuple[Variable, ...]]:
    """Return the parameters of every definition; clauses of one name must agree."""
    found: dict[str, tuple[Variable, ...]] = {}
    for name, words in language.table.words.items():
        for word in words:
            if not isinstance(word.node, Define):
                continue
            mine = parameters_of(word.node.params, language, problems)
            known = found.setdefault(name, mine)
            if [each.sort for each in known] != [each.sort for each in mine]:
                first = words[0].node.name
                problems.error(
                    Diagnostic(
                        "definition-mismatch",
                        f"the clauses of `{name}` must have parameters of the same kinds",
                        word.node.name.span,
                        related=(Label(first.span, "first clause here"),),
                    )
                )
    return found


def _with_openings(node: StateDecl, fact: Fact, language: Language, problems: Problems) -> Fact:
    bound = {
        param.name.text: Bound(variable, None, param.name)
        for param, variable in zip(node.params, fact.parameters, strict=True)
    }
    if any(each.sort.kind not in language.vocabulary.kinds for each in fact.parameters):
        return fact
    context = Context(language, problems, bound)
    begins = tuple(_opening(each, context) for each in node.begins)
    ends = tuple(_opening(each, context) for each in node.ends)
    return replace(
        fact,
        begins=tuple(each for each in begins if each is not None),
        ends=tuple(each for each in ends if each is not None),
    )


def _opening(node: surface.Opening | surface.GraveDecl, context: Context) -> Opening | None:
    kind = kind_named(node.kind, context)
    if kind is None:
        return None
    if kind.category in {"thing", "general act"}:
        message = f"`{kind.name}` is no kind of event that happens"
        context.problems.error(Diagnostic("wrong-category", message, node.kind.span))
        return None
    variable = context.language.fresh(node.variable.text, kind.name)
    inner = replace(context.bind(node.variable, variable), at=variable)
    found = condition_or_true(node.condition, inner, node.span)
    return None if found is None else Opening(variable, found)


def _graves(language: Language, problems: Problems) -> tuple[Grave, ...]:
    context = Context(language, problems)
    found = (_opening(each, context) for each in language.table.graves)
    return tuple(Grave(each.variable, each.condition) for each in found if each is not None)
