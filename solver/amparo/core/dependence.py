"""Definitions, counting norms, transitions and remedies must not rest on themselves.

Nor states, but on what was so before.
"""

from collections.abc import Iterator, Mapping

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
from amparo.core.law import Kind, Law
from amparo.diagnostics import Diagnostic, Label
from amparo.names.problems import Problems
from amparo.text import Span


def check_dependence(law: Law, problems: Problems) -> None:
    """Report a definition, counting norm, transition or remedy that depends on itself, and how.

    States may rest on themselves and each other where they are asked of the event that begins or
    ends them: that is an earlier moment each time.
    """
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
        graph[key] = [*uses(count.condition), *moved(law, count.variable.sort.kind)]
    for fact in law.vocabulary.facts.values():
        if fact.category == "state":
            key = f"state {fact.name}"
            spans[key] = fact.span
            openings = (*fact.begins, *fact.ends)
            graph[key] = [use for opening in openings for use in uses(opening.condition)]
    for transition in law.transitions:
        key = f"norm {transition.id}"
        spans[key] = transition.provenance.span
        graph[key] = list(uses(transition.condition))
    waiting = [use for found in graph.values() for use in found if use.startswith("remedy")]
    while waiting:
        key = waiting.pop()
        if key not in graph:
            kind = law.vocabulary.kinds[key.removeprefix("remedy ")]
            spans[key] = kind.span
            graph[key] = [use for each in bases(law, kind) for use in uses(each)]
            graph[key] += moved(law, kind.name)
            waiting += (use for use in graph[key] if use.startswith("remedy"))
    _check_states(law, graph, problems)
    while (way := cycle(graph)) is not None:
        if not all(each.startswith("state") for each in way):
            _report(way, spans, problems)
            return
        graph[way[-2]] = [each for each in graph[way[-2]] if each != way[-1]]


def bases(law: Law, kind: Kind) -> Iterator[Condition]:
    """Yield the conditions of the lower law that decide whether an act of ``kind`` is open."""
    for norm in law.norms.values():
        deciding = {"forbid"} if kind.category == "private act" else {"forbid", "permit"}
        if norm.rank == 0 or norm.modality not in deciding:
            continue
        for case in norm.cases:
            if law.vocabulary.compatible(case.variable.sort.kind, kind.name):
                yield case.condition
                yield from (each.condition for each in case.exceptions)


def moved(law: Law, kind: str) -> Iterator[str]:
    """Yield the transitions that say which law judges an act of ``kind``."""
    for each in law.transitions:
        if law.vocabulary.compatible(each.variable.sort.kind, kind):
            yield f"norm {each.id}"


def _report(way: tuple[str, ...], spans: Mapping[str, Span], problems: Problems) -> None:
    """Report the way round ``way``, told from a definition or norm on it."""
    first = next(i for i, each in enumerate(way) if not each.startswith("state"))
    way = (*way[first:-1], *way[:first], way[first])
    code = "definition-cycle" if way[0].startswith("definition") else "counting-cycle"
    advice = "state one of them without the others"
    if any(each.startswith("remedy") for each in way):
        code = "remedy-cycle"
        advice = "say who has the remedy without asking whether it is open"
    shown = " → ".join(f"`{each.split(' ', 1)[1]}`" for each in way)
    related = tuple(Label(spans[each], "which rests on the next") for each in way[1:-1])
    message = f"this depends on itself: {shown}"
    problems.error(Diagnostic(code, message, spans[way[0]], "", related, advice))


def _check_states(law: Law, graph: Mapping[str, list[str]], problems: Problems) -> None:
    """Report where a state rests on itself as it is at another moment than that of the event."""
    for fact in law.vocabulary.facts.values():
        if fact.category != "state":
            continue
        for opening in (*fact.begins, *fact.ends):
            for asked in _parts(opening.condition):
                if not isinstance(asked, Holds) or asked.at in (None, opening.variable):
                    continue
                if f"state {fact.name}" in _reached(graph, f"state {asked.fact}"):
                    message = (
                        f"`{fact.name}` rests on itself here, as it is at another moment than that "
                        "of the event which begins or ends it"
                    )
                    advice = f"ask `{asked.fact}` of the moment of that event"
                    problems.error(Diagnostic("state-cycle", message, asked.span, help=advice))


def _reached(graph: Mapping[str, list[str]], start: str) -> set[str]:
    """Return ``start`` and all that it rests on."""
    reached, ahead = {start}, [start]
    while ahead:
        new = set(graph.get(ahead.pop(), ())) - reached
        reached |= new
        ahead += sorted(new)
    return reached


def uses(found: Condition) -> Iterator[str]:
    """Yield the definitions, counting norms, states and remedies that ``found`` asks for."""
    for each in _parts(found):
        match each:
            case Defined(name):
                yield f"definition {name}"
            case Counted(rule):
                yield f"norm {rule}"
            case Holds(fact, _, at) if at is not None:
                yield f"state {fact}"
            case OpenTo(remedy):
                yield f"remedy {remedy}"
            case (
                Truth()
                | Not()
                | And()
                | Or()
                | Exists()
                | ForAll()
                | Holds()
                | Compare()
                | IsA()
                | Before()
                | Read()
            ):
                pass


def _parts(found: Condition) -> Iterator[Condition]:
    """Yield ``found`` and every condition in it."""
    yield found
    match found:
        case Not(operand):
            yield from _parts(operand)
        case And(operands) | Or(operands):
            for each in operands:
                yield from _parts(each)
        case Exists(_, body) | ForAll(_, body):
            yield from _parts(body)
        case (
            Truth()
            | Compare()
            | IsA()
            | Before()
            | Read()
            | Defined()
            | Counted()
            | Holds()
            | OpenTo()
        ):
            pass
