"""Facts, states and definitions said of something, at a moment where they may change."""

from amparo.core.condition import (
    And,
    Condition,
    Defined,
    Holds,
    IsA,
    Value,
)
from amparo.diagnostics import Diagnostic, Label
from amparo.names.table import Word
from amparo.sorts.context import Context
from amparo.sorts.values import arguments, event_or_date, static_kind
from amparo.syntax.tree import Call, FactDecl, StateDecl


def call(tree: Call, context: Context) -> Condition | None:
    """Return that a fact, state or definition holds of the arguments of ``tree``."""
    word = context.language.table.find(tree.name, context.problems, "fact", "definition")
    if word is None:
        return None
    at = context.at
    if tree.at is not None:
        at = event_or_date(tree.at, context)
        if at is None:
            return None
    if word.sort == "definition":
        return _defined(tree, at, context)
    return _holds(tree, word, at, context)


def _defined(tree: Call, at: Value | None, context: Context) -> Condition | None:
    parameters = context.language.definitions.get(tree.name.text)
    if parameters is None:
        return None
    found = arguments(tree, parameters, context)
    if found is None:
        return None
    assert at is not None, tree
    defined = Defined(tree.name.text, found, at, span=tree.span)
    vocabulary = context.language.vocabulary
    tests = tuple(
        IsA(each, parameter.sort.kind, span=tree.span)
        for each, parameter in zip(found, parameters, strict=True)
        if parameter.sort.kind not in vocabulary.lineage(static_kind(each, context) or "")
    )
    return And((*tests, defined), span=tree.span) if tests else defined


def _holds(tree: Call, word: Word, at: Value | None, context: Context) -> Condition | None:
    fact = context.language.vocabulary.facts.get(tree.name.text)
    if fact is None:
        return None
    if isinstance(word.node, FactDecl) and word.node.sort is not None:
        context.problems.error(
            Diagnostic(
                "condition-expected",
                f"`{fact.name}` is a value; compare it with something",
                tree.span,
                related=(Label(word.node.name.span, "declared here"),),
            )
        )
        return None
    found = arguments(tree, fact.parameters, context)
    if found is None:
        return None
    if isinstance(word.node, StateDecl):
        assert at is not None, tree
        return Holds(fact.name, found, at, span=tree.span)
    if tree.at is not None:
        context.problems.error(
            Diagnostic(
                "does-not-change",
                f"`{fact.name}` does not change in time, so it is not asked at a moment",
                tree.at.span,
                related=(Label(word.node.name.span, "declared here"),),
                help="declare it as a `state`",
            )
        )
        return None
    return Holds(fact.name, found, span=tree.span)
