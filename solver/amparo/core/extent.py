"""How large the law is where all that a sentence rests on is written out in its place.

A few short definitions that each speak twice of the next say as much as a library. Whoever judges
a case or compiles a question reads all of it; so how much it is, is worked out first, without
writing it out, and limited.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from amparo.core.condition import And, Condition, Exists, ForAll, Not, Or
from amparo.core.dependence import bases, moved, uses
from amparo.core.law import Case, Clause, Law
from amparo.diagnostics import Diagnostic
from amparo.names.problems import Problems
from amparo.text import Span

MOST_PARTS = 100_000
"""How many parts a condition may have, with all that it rests on written out."""
DEEPEST = 300
"""How many of them may stand inside one another; norms that prevail over one another count too."""
FRAMES = 9_000
"""Calls that stand inside one another where the deepest law is read; Python allows a thousand."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How many parts there are, and how many stand inside one another at the deepest."""

    parts: int = 1
    depth: int = 1


LEAF = Extent()


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said in one place: its conditions, and what it rests on besides.

    Norms that ``prevail`` over it are asked about beside it, once each, however often they are met.
    """

    span: Span
    conditions: tuple[Condition, ...]
    besides: tuple[str, ...] = ()
    prevail: tuple[str, ...] = ()

    @property
    def names(self) -> Iterator[str]:
        """What it rests on, each as often as it is spoken of."""
        for each in self.conditions:
            yield from uses(each)
        yield from self.besides
        yield from self.prevail


def check_extent(law: Law, problems: Problems) -> None:
    """Report every sentence that says too much, but for those that only rest on one that does.

    Relies on nothing resting on itself but states. A law that passes can be read by functions that
    call themselves for what stands inside.
    """
    sentences = {**dict(_words(law)), **dict(_norms(law))}
    known: dict[str, Extent] = {}
    beyond: set[str] = set()
    for key in _upwards(sentences):
        known[key] = found = _said(sentences[key], known)
        if not beyond.isdisjoint(sentences[key].names):
            beyond.add(key)
        elif found.parts > MOST_PARTS or found.depth > DEEPEST:
            beyond.add(key)
            problems.error(_too_much(key, sentences[key].span, found))
    sys.setrecursionlimit(max(FRAMES, sys.getrecursionlimit()))


def _words(law: Law) -> Iterator[tuple[str, Sentence]]:
    """Yield what can be rested on, under the names that `uses` gives."""
    for name, clauses in law.definitions.items():
        yield f"definition {name}", Sentence(clauses[0].provenance.span, _conditions(clauses))
    for rule, count in law.counts.items():
        besides = tuple(moved(law, count.variable.sort.kind))
        yield f"norm {rule}", Sentence(count.provenance.span, (count.condition,), besides)
    for fact in law.vocabulary.facts.values():
        if fact.category == "state":
            said = tuple(each.condition for each in (*fact.begins, *fact.ends))
            yield f"state {fact.name}", Sentence(fact.span, said)
    for transition in law.transitions:
        said = (transition.condition,)
        yield f"norm {transition.id}", Sentence(transition.provenance.span, said)
    for kind in law.vocabulary.kinds.values():
        if kind.category != "thing":
            besides = tuple(moved(law, kind.name))
            yield f"remedy {kind.name}", Sentence(kind.span, tuple(bases(law, kind)), besides)


def _norms(law: Law) -> Iterator[tuple[str, Sentence]]:
    for norm in law.norms.values():
        said = (*_conditions(norm.cases), *(each.condition for each in norm.obligations))
        prevail = tuple(f"norm {stronger}" for stronger, _ in norm.defeated_by)
        yield f"norm {norm.id}", Sentence(norm.provenance.span, said, prevail=prevail)


def _conditions(parts: Iterable[Case | Clause]) -> tuple[Condition, ...]:
    return tuple(
        said
        for part in parts
        for said in (part.condition, *(each.condition for each in part.exceptions))
    )


def _upwards(sentences: Mapping[str, Sentence]) -> Iterator[str]:
    """Yield the names of ``sentences``, each after what it rests on; a way round is cut.

    The walk keeps its own stack: a chain may be longer than Python's.
    """
    begun: set[str] = set()
    for start in sentences:
        waiting = [(start, iter(sentences[start].names))] if start not in begun else []
        begun.add(start)
        while waiting:
            key, names = waiting[-1]
            following = next((each for each in names if each not in begun), None)
            if following is None:
                waiting.pop()
                yield key
            elif following in sentences:
                begun.add(following)
                waiting.append((following, iter(sentences[following].names)))


def _said(sentence: Sentence, known: Mapping[str, Extent]) -> Extent:
    parts, depth = 1, 1
    for each in sentence.conditions:
        found = _extent(each, known)
        parts, depth = parts + found.parts, max(depth, found.depth)
    for name in sentence.besides:
        found = known.get(name, LEAF)
        parts, depth = parts + found.parts, max(depth, found.depth)
    above = max((known.get(each, LEAF).depth for each in sentence.prevail), default=0)
    return Extent(parts, 1 + max(depth, above))


def _extent(condition: Condition, known: Mapping[str, Extent]) -> Extent:
    """Return the extent of ``condition``, where that of what it rests on is ``known``."""
    match condition:
        case Not(operand):
            inside: Iterable[Condition] = (operand,)
        case And(operands) | Or(operands):
            inside = operands
        case Exists(_, body) | ForAll(_, body):
            inside = (body,)
        case _:
            return _of([known.get(each, LEAF) for each in uses(condition)])
    return _of([_extent(each, known) for each in inside])


def _of(inside: list[Extent]) -> Extent:
    parts, depth = (each.parts for each in inside), (each.depth for each in inside)
    return Extent(1 + sum(parts), 1 + max(depth, default=0))


def _too_much(key: str, span: Span, found: Extent) -> Diagnostic:
    if found.parts > MOST_PARTS:
        much = f"has more than {MOST_PARTS:,} parts"
    else:
        much = f"goes more than {DEEPEST} levels deep"
    return Diagnostic(
        "rests-on-too-much",
        f"written out with all that it rests on, `{key.split(' ', 1)[1]}` {much}",
        span,
        help="say it with fewer definitions that speak of one another",
    )
