"""The pass into core: from the surface trees of a body of law to the law as checked.

Every problem of every file is found in one run. What comes out is closed: every name bound, every
sort known, general acts expanded, precedence worked out.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from amparo.core.case import Decision, Question, Scenario
from amparo.core.counting import read_counts, read_exclusions, read_heads
from amparo.core.decisions import decisions
from amparo.core.dependence import check_dependence
from amparo.core.entries import Entry, check_bills, read_acts
from amparo.core.extent import check_extent
from amparo.core.ground import Ground, instructions
from amparo.core.law import (
    Clause,
    Fact,
    Law,
    Norm,
    NormId,
    Period,
    Provenance,
    Provision,
    Transition,
    Untranslated,
)
from amparo.core.precedence import with_precedence
from amparo.core.questions import question
from amparo.core.relations import (
    incompetent_acts,
    interpretations,
    precedences,
    with_interpretations,
)
from amparo.core.rules import clause, duties, limits_of, plain_norm, transitions, unknown_norms
from amparo.core.scenarios import scenario
from amparo.core.settings import bench
from amparo.diagnostics import Diagnostic, Rejected
from amparo.names.citations import places_of
from amparo.names.places import Placed
from amparo.names.problems import Problems
from amparo.names.table import build_table
from amparo.sorts.context import Context, Head
from amparo.sorts.words import complete, declare
from amparo.syntax import tree as surface
from amparo.syntax.tree import Act, Bill, Define, File, NormDecl, Rule

MOST_ENTRIES = 20_000
"""How many norms, definitions and untranslated sentences a body of law may have."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A law without faults, and what there is to remark on it."""

    law: Law
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the sentences of the law come to, before they are related to each other."""

    norms: dict[NormId, Norm]
    definitions: dict[str, tuple[Clause, ...]]
    transitions: tuple[Transition, ...]
    unseen: tuple[Fact, ...]


def elaborate(
    name: str,
    ranks: tuple[str, ...],
    files: Sequence[File],
    acts: Sequence[Act],
    bills: Sequence[Bill],
) -> Checked:
    """Return the law that ``acts`` state in the words of ``files``, as amended by ``bills``.

    Raises:
        Rejected: with every problem of every file.
    """
    problems = Problems()
    one_too_many = next(islice(_elements(acts), MOST_ENTRIES, None), None)
    if one_too_many is not None:
        raise Rejected([_too_many(one_too_many)])
    table = build_table(files, acts, problems)
    heads: dict[str, tuple[Head, ...]] = {}
    language = replace(declare(table, problems), heads=heads)
    text = read_acts(acts, ranks, instructions(bills), problems)
    entries = text.entries
    check_bills(
        (item for f in files for item in f.items if isinstance(item, Bill)), ranks, problems
    )
    countings = read_heads(entries, Context(language, problems), heads)
    language = replace(language, vocabulary=complete(language, problems))
    context = Context(language, problems)
    counts = read_counts(countings, entries, context)
    sentences = _sentences(entries, ranks, files, context)
    index = places_of(each.provision for each in (*text.containers, *entries))
    relations = precedences(entries, index, table, problems)
    incompetent = incompetent_acts(acts, text, index, table, problems)
    norms = with_interpretations(sentences.norms, entries, text.acts, index, context)
    facts = {**language.vocabulary.facts, **{each.name: each for each in sentences.unseen}}
    law = Law(
        name,
        replace(language.vocabulary, facts=facts),
        text.acts,
        norms,
        counts,
        sentences.definitions,
        sentences.transitions,
        interpretations(norms, entries),
        _untranslated(entries),
        read_exclusions(entries, context),
        text.titles,
    )
    law = with_precedence(law, relations, incompetent, problems)
    check_dependence(law, problems)
    if not problems.errors:
        check_extent(law, problems)
    decisions(files, problems)
    if problems.errors:
        raise Rejected(problems.errors)
    return Checked(law, Rejected(problems.warnings).diagnostics)


def elaborate_cases(
    law: Law, files: Sequence[File]
) -> tuple[tuple[Scenario, ...], tuple[Question, ...]]:
    """Return every scenario and question of ``files``, all asked of ``law``.

    Raises:
        Rejected: with every problem of all of them.
    """
    problems, at = Problems(), bench(law, files)
    items = [item for file in files for item in file.items]
    scenarios = [scenario(i, at, problems) for i in items if isinstance(i, surface.Scenario)]
    questions = [question(i, at, problems) for i in items if isinstance(i, surface.Question)]
    if problems.errors:
        raise Rejected(problems.errors)
    return (
        tuple(each for each in scenarios if each is not None),
        tuple(each for each in questions if each is not None),
    )


def elaborate_decisions(files: Sequence[File]) -> tuple[Decision, ...]:
    """Return every decision of a court that ``files`` declare, in the order of the text.

    Raises:
        Rejected: with every problem of all of them.
    """
    problems = Problems()
    found = decisions(files, problems)
    if problems.errors:
        raise Rejected(problems.errors)
    return found


def elaborate_scenario(law: Law, tree: surface.Scenario, files: Sequence[File]) -> Scenario:
    """Return the scenario ``tree`` asked of ``law``, in the words that ``files`` declare and use.

    Raises:
        Rejected: with every problem of the scenario.
    """
    problems = Problems()
    found = scenario(tree, bench(law, files), problems)
    if found is None:
        raise Rejected(problems.errors)
    return found


def elaborate_question(law: Law, tree: surface.Question, files: Sequence[File]) -> Question:
    """Return the question ``tree`` asked of ``law``, in the words that ``files`` declare and use.

    Raises:
        Rejected: with every problem of the question.
    """
    problems = Problems()
    found = question(tree, bench(law, files), problems)
    if found is None:
        raise Rejected(problems.errors)
    return found


def _elements(
    parts: Sequence[Act | surface.Article | surface.Paragraph | surface.Point],
) -> Iterator[surface.Element]:
    for part in parts:
        yield from part.elements
        if isinstance(part, Act):
            yield from _elements(part.articles)
        elif not isinstance(part, surface.Point):
            yield from _elements(part.points)
        if isinstance(part, surface.Article):
            yield from _elements(part.paragraphs)


def _too_many(element: surface.Element) -> Diagnostic:
    return Diagnostic(
        "too-many-norms",
        f"there are more than {MOST_ENTRIES:,} norms in one body of law",
        element.span,
        help="leave out what no protection can turn on, or make it several bodies of law",
    )


def _sentences(
    entries: Sequence[Entry], ranks: tuple[str, ...], files: Sequence[File], context: Context
) -> Sentences:
    norms: dict[NormId, Norm] = {}
    clauses: defaultdict[str, list[Clause]] = defaultdict(list)
    moved: list[Transition] = []
    unseen: list[Fact] = []
    for entry in (*_vocabulary_definitions(files), *entries):
        match entry.placed.element:
            case NormDecl(_, rule):
                if isinstance(rule, surface.UnknownRule):
                    found, facts = unknown_norms(entry, rule, context)
                    unseen += facts
                elif isinstance(rule, surface.Judges):
                    moved += transitions(entry, rule, context)
                    continue
                else:
                    found = _norms(entry, rule, ranks, context)
                norms |= {norm.id: norm for norm in found}
            case Define() as node:
                one = clause(entry, node, context)
                if one is not None:
                    clauses[node.name.text].append(one)
            case surface.Untranslated() | None:
                pass
    definitions = {each: tuple(found) for each, found in clauses.items()}
    return Sentences(norms, definitions, tuple(moved), tuple(unseen))


def _norms(entry: Entry, rule: Rule, ranks: tuple[str, ...], context: Context) -> tuple[Norm, ...]:
    element = entry.placed.element
    assert isinstance(element, NormDecl)
    limits = limits_of(element.clauses, ranks, context)
    match rule:
        case surface.Forbid():
            found = plain_norm(entry, "forbid", rule, limits, context)
        case surface.Permit():
            found = plain_norm(entry, "permit", rule, limits, context)
        case surface.Guarantee():
            found = plain_norm(entry, "guarantee", rule, limits, context)
        case surface.Duty():
            return duties(entry, rule, limits, context)
        case surface.Counts() | surface.Excludes() | surface.Interprets():
            return ()
        case surface.UnknownRule() | surface.Judges():
            raise AssertionError(rule)
    return () if found is None else (found,)


def _vocabulary_definitions(files: Sequence[File]) -> list[Entry]:
    """Return the definitions that stand in vocabularies, in force at all times."""
    found = []
    for item in (item for file in files for item in file.items):
        if not isinstance(item, surface.Vocabulary):
            continue
        count = 0
        for word in item.words:
            if isinstance(word, Define):
                count += 1
                place = Provision(item.name.text, norm=word.name.text)
                ground = Ground(Period(), Provenance(word.span))
                identity = f"{item.name.text} definition {word.name.text}#{count}"
                found.append(Entry(Placed(place, (), word), ground, 0, identity))
    return found


def _untranslated(entries: Sequence[Entry]) -> tuple[Untranslated, ...]:
    return tuple(
        Untranslated(
            entry.provision,
            element.sentence.text,
            element.because.text,
            entry.ground.period,
            element.span,
        )
        for entry in entries
        if isinstance(element := entry.placed.element, surface.Untranslated)
    )
