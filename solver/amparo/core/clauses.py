"""Which clauses a norm may have: one that would mean nothing there is a fault, never ignored."""

from collections.abc import Mapping

from amparo.diagnostics import Diagnostic
from amparo.names.problems import Problems
from amparo.syntax.tree import (
    Clause,
    Counts,
    Duty,
    Effect,
    Excludes,
    Forbid,
    Guarantee,
    Interprets,
    Judges,
    LimitedBy,
    NormDecl,
    Permit,
    Precedes,
    Rule,
    UnknownRule,
    Unless,
)

FITTING: Mapping[type[Clause], tuple[type[Rule], ...]] = {
    Unless: (Forbid, Permit, Guarantee, Duty, Counts),
    Precedes: (Forbid, Permit, Guarantee, UnknownRule),
    LimitedBy: (Forbid, Guarantee, Duty),
    Effect: (Counts, Excludes, Interprets),
}


def check_clauses(norm: NormDecl, problems: Problems) -> None:
    """Report each clause of ``norm`` that means nothing beside its rule."""
    for clause in norm.clauses:
        fitting = FITTING.get(type(clause))
        if fitting is None or isinstance(norm.rule, fitting):
            continue
        message, advice = _said(clause, norm.rule)
        problems.error(Diagnostic("misplaced-clause", message, clause.span, help=advice))


def _said(clause: Clause, rule: Rule) -> tuple[str, str]:
    """Return what is wrong with ``clause``, and what to write instead."""
    what = _called(rule)
    match clause:
        case Unless() if isinstance(rule, Interprets):
            return (
                f"{what} states one exception, and this is a second",
                "join the two with `or`, or write two norms",
            )
        case Unless():
            return (
                f"{what} has no exceptions",
                "write it into the condition: `when … and not (…)`",
            )
        case Precedes(relation):
            return (
                f"`{relation}` means nothing here: {what} neither prevails nor gives way",
                "it stands beside `forbid`, `permit` and `guarantee`; elsewhere state an exception",
            )
        case LimitedBy():
            return (
                f"`may be limited by` means nothing here: {what} protects nothing",
                "it stands beside `guarantee`, `forbid` and `require`",
            )
        case _:
            return (
                f"`with effect from` means nothing here: {what} has no effect but while in force",
                "write `in force from`; `with effect from` stands beside `count` and `interpret`",
            )


def _called(rule: Rule) -> str:
    match rule:
        case Forbid():
            return "a prohibition"
        case Permit():
            return "a permission"
        case Guarantee():
            return "a guarantee"
        case Duty():
            return "a duty"
        case UnknownRule():
            return "text that was not seen"
        case Counts():
            return "a norm that counts"
        case Excludes():
            return "a norm that says what never counts"
        case Interprets():
            return "an interpretation"
        case Judges():
            return "a transitional norm"
