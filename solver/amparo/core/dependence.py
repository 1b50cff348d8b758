"""Definitions, counting norms and states must not rest on themselves."""

from collections.abc import Iterator

from amparo.core.condition import (
    And,
    Before,
    Compare,
    Condition,
    Counted,
    Defined,
    Exists,
    ForAll,
    Holds,
    IsA,
    Not,
    OpenTo,
    Or,
    Read,
    Truth,
)
from amparo.core.cycles import cycle
from amparo.core.law import Law
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import Problems
from amparo.text import Span


def check_dependence(law: Law, problems: Problems) -> None:
    """Report a definition, counting norm or state that depends on itself, and the way round."""
    graph: dict[str, list[str]] = {}
    spans: dict[str, Span] = {}
    for name, clauses in law.definitions.items():
        key = f"definition {name}"
        spans[key] = clauses[0].provenance.span
        parts = [each.condition for each in clauses]
        parts += [each.condition for clause in clauses for each in clause.exceptions]
        graph[key] = [use for part in parts for use in uses(part)]
    for rule, count in law.counts.items():
        key = f"norm {rule}"
        spans[key] = count.provenance.span
        graph[key] = list(uses(count.condition))
    for fact in law.vocabulary.facts.values():
        if fact.category == "state":
            key = f"state {fact.name}"
            spans[key] = fact.span
            openings = (*fact.begins, *fact.ends)
            graph[key] = [use for opening in openings for use in uses(opening.condition)]
    way = cycle(graph)
    if way is None:
        return
    code = "definition-cycle" if way[0].startswith("definition") else "counting-cycle"
    if all(each.startswith("state") for each in way):
        return
    shown = " → ".join(f"`{each.split(' ', 1)[1]}`" for each in way)
    related = tuple(Label(spans[each], "which rests on the next") for each in way[1:-1])
    message = f"this depends on itself: {shown}"
    problems.error(Diagnostic(code, message, spans[way[0]], related=related))


def uses(found: Condition) -> Iterator[str]:
    """Yield the definitions, counting norms and states that ``found`` asks for."""
    match found:
        case Defined(name):
            yield f"definition {name}"
        case Counted(rule):
            yield f"norm {rule}"
        case Holds(fact, _, at):
            if at is not None:
                yield f"state {fact}"
        case Not(operand):
            yield from uses(operand)
        case And(operands) | Or(operands):
            for each in operands:
                yield from uses(each)
        case Exists(_, body) | ForAll(_, body):
            yield from uses(body)
        case Truth() | Compare() | IsA() | Before() | OpenTo() | Read():
            pass
