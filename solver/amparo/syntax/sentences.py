"""From the tree to sentences: their lines, how deep they stand, and how they are set apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from amparo.syntax import tree
from amparo.syntax.print_expressions import Spell, closed, condition, quoted, term
from amparo.syntax.print_provisions import (
    absolute_line,
    citation,
    element_lines,
    heading,
    place,
    said_line,
    waiver_lines,
)
from amparo.syntax.print_words import names, word_lines
from amparo.syntax.tree import (
    Absolute,
    Act,
    Add,
    Amend,
    Article,
    AsOf,
    Bill,
    BodyDecl,
    Citation,
    Claim,
    Decides,
    Decision,
    Define,
    ExpectAct,
    ExpectDuty,
    ExpectObeyable,
    ExpectSecured,
    ExpectThat,
    FixedReading,
    GivenFact,
    GivenIndividual,
    Insert,
    Instruction,
    Label,
    Node,
    NormDecl,
    Occurrence,
    OfLaw,
    Outcome,
    Paragraph,
    Point,
    Question,
    Renumber,
    Repeal,
    Replace,
    Scenario,
    Substitute,
    Text,
    Untranslated,
    Use,
    Vocabulary,
    Waiver,
    WithBills,
    WithoutBills,
)
from amparo.text import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """Lines that stand together; the second and later ones stand deeper than the first.

    ``apart``: a blank line before it, always, never, or where the writer left one.
    """

    lines: tuple[str, ...]
    depth: int
    span: Span
    apart: bool | None = False


def sentences(node: Node, spell: Spell, depth: int = 0) -> Iterator[Sentence]:
    """Yield the sentences of an item, a provision, an instruction, or one sentence of these."""
    match node:
        case Use(listed, path):
            line = f"{spell('USE')} {names(listed)}"
            line += f" {spell('FROM')} {quoted(path)}" if path else ""
            yield Sentence((f"{line}.",), depth, node.span, apart=None)
        case BodyDecl(name, title, ranks):
            line = f"{spell('BODY')} {name.text} {quoted(title)}"
            line += f" {spell('RANKS')} {names(ranks)}" if ranks else ""
            yield Sentence((f"{line}.",), depth, node.span, apart=True)
        case Vocabulary(name, title, words):
            ends = [name, title] if title else [name]
            line = f"{spell('VOCABULARY')} {name.text}{f' {quoted(title)}' if title else ''}"
            yield Sentence((line,), depth, _opening(node, ends), apart=True)
            for index, word in enumerate(words):
                lines = (
                    element_lines(word, spell)
                    if isinstance(word, Define)
                    else word_lines(word, spell)
                )
                yield Sentence(_stopped(lines), depth, word.span, apart=index == 0 or None)
        case Act(name, title, headings, elements, articles):
            line = f"{spell('ACT')} {name.text} {quoted(title)}"
            yield Sentence((line,), depth, _opening(node, [title]), apart=True)
            yield from _inside((*headings, *elements, *articles), spell, depth + 1)
        case Article(number, heading_, headings, elements, points, paragraphs):
            yield _numbered(node, "ARTICLE", number, heading_, spell, depth)
            yield from _inside((*headings, *elements, *points, *paragraphs), spell, depth + 1)
        case Paragraph(number, heading_, headings, elements, points):
            yield _numbered(node, "PARAGRAPH", number, heading_, spell, depth)
            yield from _inside((*headings, *elements, *points), spell, depth + 1)
        case Point(number, heading_, headings, elements):
            yield _numbered(node, "POINT", number, heading_, spell, depth)
            yield from _inside((*headings, *elements), spell, depth + 1)
        case NormDecl() | Define() | Untranslated():
            yield Sentence(_stopped(element_lines(node, spell)), depth, node.span, apart=True)
        case Bill(name, title, headings, amends):
            line = f"{spell('BILL')} {name.text} {quoted(title)}"
            yield Sentence((line,), depth, _opening(node, [title]), apart=True)
            yield from _inside((*headings, *amends), spell, depth + 1)
        case Amend(act, instructions):
            line = f"{spell('AMEND')} {act.text}"
            yield Sentence((line,), depth, _opening(node, [act]), apart=True)
            yield from _inside(instructions, spell, depth + 1)
        case Instruction():
            yield from _instruction(node, spell, depth)
        case Scenario() | Question():
            yield from _test(node, spell, depth)
        case Decision() | Waiver() | Absolute():
            yield _beside(node, spell, depth)
        case _:
            yield Sentence((heading(_as_heading(node), spell),), depth, node.span)


def _beside(node: Decision | Waiver | Absolute, spell: Spell, depth: int) -> Sentence:
    match node:
        case Decision(name, title, said):
            lines = [f"{spell('DECISION')} {name.text} {quoted(title)}"]
            lines += [said_line(each, spell) for each in said]
        case Waiver():
            lines = waiver_lines(node, spell)
        case Absolute():
            return Sentence((f"{absolute_line(node, spell)}.",), depth, node.span, apart=None)
    return Sentence(_stopped(lines), depth, node.span, apart=True)


def _as_heading(node: Node) -> tree.Heading:
    assert isinstance(node, tree.Heading), node
    return node


def _inside(nodes: tuple[Node, ...], spell: Spell, depth: int) -> Iterator[Sentence]:
    """Yield the sentences under a heading; the first is not set apart from it."""
    for index, node in enumerate(nodes):
        for place_, sentence in enumerate(sentences(node, spell, depth)):
            close = index == 0 and place_ == 0
            yield _close(sentence) if close else sentence


def _close(sentence: Sentence) -> Sentence:
    return Sentence(sentence.lines, sentence.depth, sentence.span)


def _stopped(lines: list[str]) -> tuple[str, ...]:
    return (*lines[:-1], f"{lines[-1]}.")


def _opening(node: Node, ends: Sequence[Node]) -> Span:
    """Return where the heading of ``node`` stands, without what stands under it."""
    return Span(node.span.source, node.span.start, max(each.span.end for each in ends))


def _numbered(
    node: Node, keyword: str, number: Label, title: Text | None, spell: Spell, depth: int
) -> Sentence:
    line = f"{spell(keyword)} {number.text}{f' {quoted(title)}' if title else ''}"
    end = (title or number).span.end
    return Sentence((line,), depth, Span(node.span.source, node.span.start, end), apart=True)


# -- bills -----------------------------------------------------------------------------------


def _instruction(node: Instruction, spell: Spell, depth: int) -> Iterator[Sentence]:
    start = node.commencing
    before = [f"{spell('COMMENCING')} {start.value.isoformat()}"] if start else []
    before += [f"{spell('IN')} {place(node.within, spell)}"] if node.within else []
    match node.action:
        case Replace(target, content):
            action = f"{spell('REPLACE')} {place(target, spell)} {spell('WITH')}"
        case Insert(where, target, content):
            action = spell("INSERT")
            if target:
                action = f"{spell(where.upper())} {place(target, spell)} {action}"
        case Repeal(target):
            action, content = f"{spell('REPEAL')} {place(target, spell)}.", ()
        case Renumber(target, new):
            action = (
                f"{spell('RENUMBER')} {place(target, spell)} {spell('AS')} {place(new, spell)}."
            )
            content = ()
        case Substitute(old, new):
            by = f"{spell('WITH')} {condition(new, spell)}"
            action, content = f"{spell('SUBSTITUTE')} {condition(old, spell)} {by}.", ()
        case Add(clause):
            action = f"{spell('ADD')} {spell('UNLESS')} {condition(clause.condition, spell)}."
            content = ()
        case _:
            assert_never(node.action)
    if not content:
        yield Sentence((" ".join((*before, action)),), depth, node.span, apart=True)
        return
    span = Span(node.span.source, node.span.start, content[0].span.start)
    lines = (" ".join(before), action) if before else (action,)
    yield Sentence(lines, depth, span, apart=True)
    yield from _inside(content, spell, depth + len(lines))


# -- tests -----------------------------------------------------------------------------------


def _test(node: Scenario | Question, spell: Spell, depth: int) -> Iterator[Sentence]:
    keyword = "SCENARIO" if isinstance(node, Scenario) else "QUESTION"
    line = f"{spell(keyword)} {quoted(node.title)}"
    yield Sentence((line,), depth, _opening(node, [node.title]), apart=True)
    depth += 1
    expected: list[tuple[Node, str]]
    for each in node.settings:
        yield Sentence((_setting(each, spell),), depth, each.span)
    match node:
        case Scenario(given=given, occurrences=occurrences, expectations=expectations):
            yield from _listed("GIVEN", [(e, _given(e, spell)) for e in given], spell, depth)
            happened = [(each, _occurrence(each, spell)) for each in occurrences]
            yield from _listed("WHEN", happened, spell, depth)
            expected = [(each, _expectation(each, spell)) for each in expectations]
        case Question(outcomes=outcomes):
            expected = [(each, _answer(each, spell)) for each in outcomes]
    for one, said in expected:
        yield Sentence((f"{spell('EXPECT')} {said}.",), depth, one.span)


def _listed(
    keyword: str, listed: Sequence[tuple[Node, str]], spell: Spell, depth: int
) -> Iterator[Sentence]:
    for index, (node, said) in enumerate(listed):
        end = "." if index == len(listed) - 1 else ","
        if index == 0:
            yield Sentence((spell(keyword), f"{said}{end}"), depth, node.span)
        else:
            yield Sentence((f"{said}{end}",), depth + 1, node.span)


def _setting(setting: tree.Setting, spell: Spell) -> str:
    match setting:
        case OfLaw(name):
            return f"{spell('LAW')} {name.text}"
        case WithBills(listed):
            return f"{spell('BILL')} {names(listed)}"
        case WithoutBills(listed):
            return f"{spell('WITHOUT_BILL')} {names(listed)}"
        case AsOf(day):
            return f"{spell('AS_OF')} {day.value.isoformat()}"
        case FixedReading(reading, option):
            return f"{spell('READING')} {reading.text} {spell('IS')} {option.text}"
        case Decides(part, decision):
            return f"{spell(f'{part}_of'.upper())} {decision.text}"
        case _:
            assert_never(setting)


def _given(given: GivenIndividual | GivenFact, spell: Spell) -> str:
    match given:
        case GivenIndividual(name, kind):
            return f"{name.text}: {kind.text}"
        case GivenFact(statement):
            return closed(statement, spell)
        case _:
            assert_never(given)


def _occurrence(occurrence: Occurrence, spell: Spell) -> str:
    filled = [f"{name.text}: {term(value, spell)}" for name, value in occurrence.roles]
    if occurrence.on:
        filled.append(f"{spell('ON')}: {occurrence.on.value.isoformat()}")
    roles = f"{{ {', '.join(filled)} }}" if filled else "{}"
    return f"{occurrence.name.text}: {occurrence.kind.text} {roles}"


def _expectation(expectation: tree.Expectation, spell: Spell) -> str:
    denied = f"{spell('NOT')} " if expectation.negated else ""
    match expectation:
        case ExpectAct(act, outcome, by):
            said = f"{act.text} {spell(outcome.upper())}"
            said += f" {spell('BY')} {citation(by, spell)}" if by else ""
        case ExpectDuty(duty, outcome, trigger):
            said = f"{spell('DUTY')} {citation(duty, spell)} {spell(outcome.upper())}"
            said += f" {spell('FOR')} {trigger.text}" if trigger else ""
        case ExpectThat(said_condition):
            said = f"{spell('THAT')} {condition(said_condition, spell)}"
        case ExpectSecured(protection):
            said = f"{citation(protection, spell)} {spell('SECURED')}"
        case ExpectObeyable(possible, blamed):
            can = spell("CAN_BE_OBEYED" if possible else "CANNOT_BE_OBEYED")
            said = f"{spell('THE_LAW')} {can}"
            said += f", {spell('BECAUSE_OF')} {_cited(blamed, spell)}" if blamed else ""
        case _:
            assert_never(expectation)
    return denied + said


def _answer(answer: Outcome | Claim, spell: Spell) -> str:
    return _claim(answer, spell) if isinstance(answer, Claim) else _outcome(answer, spell)


def _outcome(outcome: Outcome, spell: Spell) -> str:
    verdict = spell(outcome.verdict.upper().replace(" ", "_"))
    act = f" {spell('FOR')} {outcome.act.text}" if outcome.act else ""
    said = f"{citation(outcome.protection, spell)}{act} {verdict}"
    if outcome.status:
        said += f" {spell(outcome.status.upper().replace('-', '_'))}"
    for cause in outcome.caused_by:
        said += f", {spell('CAUSED_BY')} {cause.bill.text}"
        said += f" {spell('IN')} {place(cause.place, spell)}" if cause.place else ""
    if outcome.relying_on:
        said += f", {spell('RELYING_ON')} {_cited(outcome.relying_on, spell)}"
    return said


def _claim(claim: Claim, spell: Spell) -> str:
    said = f"{citation(claim.provision, spell)} {spell(claim.claim.upper().replace(' ', '_'))}"
    return f"{said} {spell('WITH')} {citation(claim.other, spell)}" if claim.other else said


def _cited(citations: Sequence[Citation], spell: Spell) -> str:
    return f" {spell('AND')} ".join(citation(each, spell) for each in citations)
