"""Facts, states and definitions said of something, at a moment where they may change."""

from amparo.core.condition import (
    And,
    Condition,
    Defined,
    Holds,
    IsA,
    Truth,
    Value,
)
from amparo.diagnostics import Diagnostic, Label
from amparo.names.table import Word
from amparo.sorts.context import Context
from amparo.sorts.values import arguments, event_or_date, static_kind, value
from amparo.syntax.tree import Call, FactDecl, StateDecl

_BETWEEN = ("before", "after", "is", "and", "or")
"""Keywords that stand between two values, as the name of a relation does."""


def call(tree: Call, context: Context) -> Condition | None:
    """Return that a fact, state or definition holds of the arguments of ``tree``."""
    infix = tree.name.span.start > tree.span.start
    word = context.language.table.find(
        tree.name, context.problems, "fact", "definition", keywords=_BETWEEN if infix else ()
    )
    if word is None:
        return None
    if context.again and never_of_such(tree, word, context):
        return Truth(False, span=tree.span)
    at = context.at
    if tree.at is not None:
        at = event_or_date(tree.at, context)
        if at is None:
            return None
    if word.sort == "definition":
        return _defined(tree, at, context)
    return _holds(tree, word, at, context)


def never_of_such(tree: Call, word: Word, context: Context) -> bool:
    """Say whether an argument can never be of the kind that the fact or definition is about."""
    language, name = context.language, tree.name.text
    if word.sort == "definition":
        wanted = language.definitions.get(name, ())
    else:
        wanted = (
            language.vocabulary.facts[name].parameters if name in language.vocabulary.facts else ()
        )
    for each, parameter in zip(tree.arguments, wanted, strict=False):
        found = value(each, context)
        kind = None if found is None else static_kind(found, context)
        if kind is not None and not language.vocabulary.compatible(kind, parameter.sort.kind):
            return True
    return False


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
