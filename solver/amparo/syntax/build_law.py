"""From what the grammar read to provisions, bills and tests. Total: what parsed has a node."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, cast

from amparo.syntax import tree
from amparo.syntax.build_expressions import Build, label
from amparo.syntax.parts import Parts, Word
from amparo.syntax.tree import (
    About,
    Absolute,
    Act,
    Add,
    Aims,
    Amend,
    Article,
    AsOf,
    Bill,
    CausedBy,
    Citation,
    Cites,
    Claim,
    Claimed,
    Content,
    Counts,
    Court,
    Day,
    Decided,
    Decides,
    Decision,
    Duty,
    Effect,
    Enacted,
    Excludes,
    ExpectAct,
    ExpectDuty,
    ExpectObeyable,
    ExpectSecured,
    ExpectThat,
    Expression,
    File,
    FixedReading,
    Forbid,
    GivenFact,
    GivenIndividual,
    Graded,
    Guarantee,
    Happened,
    Held,
    InForce,
    Insert,
    Instruction,
    Interprets,
    Judges,
    Label,
    LimitedBy,
    MadeUnder,
    Name,
    Node,
    NormDecl,
    Obligation,
    Occurrence,
    OfLaw,
    Outcome,
    Paragraph,
    Permit,
    Place,
    Point,
    Precedes,
    Question,
    Rank,
    Renumber,
    Repeal,
    Replace,
    Says,
    Scenario,
    Substitute,
    Text,
    UnknownRule,
    Unless,
    Untranslated,
    Waiver,
    WithBills,
    WithoutBills,
    Year,
)

Verdict = Literal["holds", "violated", "depends", "unknown", "holds if read so"]


def _spelled(parts: Parts) -> str:
    """Return the keyword that a rule chose, as the tree names it."""
    return cast(Word, parts.items[0]).kind.lower().replace("_", " ")


# -- places and citations --------------------------------------------------------------------


def _place(parts: Parts) -> Place:
    steps = [e for e in parts.items if isinstance(e, Parts) and e.rule.startswith("in_")]
    labels: dict[str, Label] = {}
    names: dict[str, Name] = {}
    for each in steps:
        if each.names:
            names[each.rule] = each.names[0]
        else:
            labels[each.rule] = label(each)
    return Place(
        labels.get("in_article"),
        labels.get("in_paragraph"),
        labels.get("in_point"),
        names.get("in_norm"),
        names.get("in_definition"),
        span=steps[0].span.to(steps[-1].span) if steps else parts.span,
    )


def _citation(parts: Parts) -> Citation:
    act = parts.items[0]
    return Citation(act if isinstance(act, Name) else None, _place(parts), span=parts.span)


# -- provisions ------------------------------------------------------------------------------


def _headings(parts: Parts) -> tuple[tree.Heading, ...]:
    return tuple(each for each in parts.items if isinstance(each, tree.Heading))


def _elements(parts: Parts) -> tuple[tree.Element, ...]:
    return tuple(each for each in parts.items if isinstance(each, tree.Element))


def _act(parts: Parts) -> Act:
    return Act(
        parts.names[0],
        parts.one(Text),
        _headings(parts),
        _elements(parts),
        parts.every(Article),
        span=parts.span,
    )


def _article(parts: Parts) -> Article:
    return Article(
        label(parts),
        parts.maybe(Text),
        _headings(parts),
        _elements(parts),
        parts.every(Point),
        parts.every(Paragraph),
        span=parts.span,
    )


def _paragraph(parts: Parts) -> Paragraph:
    return Paragraph(
        label(parts),
        parts.maybe(Text),
        _headings(parts),
        _elements(parts),
        parts.every(Point),
        span=parts.span,
    )


def _point(parts: Parts) -> Point:
    return Point(
        label(parts), parts.maybe(Text), _headings(parts), _elements(parts), span=parts.span
    )


def _graded(parts: Parts) -> Graded:
    grade = _spelled(parts.nested("grade")[0]).removeprefix("grade ")
    return Graded(cast(tree.Evidence, grade), span=parts.span)


def _norm(parts: Parts) -> NormDecl:
    rule = cast(tree.Rule, parts.items[2])
    chain = tuple(each.one(Obligation) for each in parts.nested("otherwise"))
    if isinstance(rule, Duty):
        rule = replace(rule, otherwise=chain)
    clauses = tuple(each for each in parts.items if isinstance(each, tree.Clause))
    return NormDecl(parts.names[0], rule, clauses, span=parts.span)


def _rule(kind: type[Forbid] | type[Permit] | type[Guarantee], *, empower: bool = False) -> Build:
    def build(parts: Parts) -> Node:
        act, variable = parts.names
        condition = parts.expression("WHEN")
        if kind is Permit:
            return Permit(act, variable, condition, empower, span=parts.span)
        return kind(act, variable, condition, span=parts.span)

    return build


def _duty(parts: Parts) -> Duty:
    kind, variable = parts.names
    return Duty(kind, variable, parts.expression("HAS"), parts.one(Obligation), span=parts.span)


def _obligation(parts: Parts) -> Obligation:
    kind, variable = parts.names
    deadlines = (*parts.nested("deadline_within"), *parts.nested("deadline_by"))
    deadline = cast(Expression, deadlines[0].items[1]) if deadlines else None
    return Obligation(kind, variable, parts.expression("HAS"), deadline, span=parts.span)


def _counts(parts: Parts) -> Counts:
    kind, variable, general = parts.names
    bindings = tuple(
        (each.names[0], cast(Expression, each.items[2]))
        for group in parts.nested("bindings")
        for each in group.nested("binding")
    )
    condition = parts.expression("WHEN")
    return Counts(kind, variable, general, bindings, condition, span=parts.span)


def _excludes(parts: Parts) -> Excludes:
    kind, variable, general = parts.names
    return Excludes(kind, variable, general, parts.expression("WHEN"), span=parts.span)


def _interprets(parts: Parts) -> Interprets:
    kind, variable = parts.names
    exception = cast(Expression, parts.after("UNLESS"))
    return Interprets(parts.one(Citation), kind, variable, exception, span=parts.span)


def _judges(parts: Parts) -> Judges:
    kind, variable = parts.names
    date = cast(Expression, parts.after("BY_THE_LAW_ON"))
    return Judges(kind, variable, date, parts.expression("WHEN"), span=parts.span)


def _precedes(relation: Literal["despite", "subject to", "special to"]) -> Build:
    return lambda p: Precedes(relation, p.one(Citation), span=p.span)


def _untranslated(parts: Parts) -> Untranslated:
    sentence, because = parts.every(Text)
    return Untranslated(sentence, because, span=parts.span)


# -- bills -----------------------------------------------------------------------------------


def _content(parts: Parts, keyword: str) -> Content:
    start = next(
        index
        for index, each in enumerate(parts.items)
        if isinstance(each, Word) and each.kind == keyword
    )
    return cast(Content, parts.items[start + 1 :])


def _insert(where: Literal["in", "after", "before"]) -> Build:
    return lambda p: Insert(where, p.maybe(Place), _content(p, "INSERT"), span=p.span)


def _instruction(parts: Parts) -> Instruction:
    within = cast("Place | None", parts.after("IN"))
    action = cast(tree.Action, parts.items[-1])
    return Instruction(parts.day("COMMENCING"), within, action, span=parts.span)


def _substitute(parts: Parts) -> Substitute:
    old, new = parts.expression("SUBSTITUTE"), parts.expression("WITH")
    return Substitute(cast(Expression, old), cast(Expression, new), span=parts.span)


# -- tests -----------------------------------------------------------------------------------


def _occurrence(parts: Parts) -> Occurrence:
    name, kind = parts.names
    days = [each.one(Day) for each in parts.nested("filled_date")]
    roles = [(each.names[0], cast(Expression, each.items[2])) for each in parts.nested("filled")]
    # A second date is kept as a role, which no event has, so that it is reported, not lost.
    roles += [(Name("on", span=each.span), each) for each in days[1:]]
    return Occurrence(name, kind, tuple(roles), days[0] if days else None, span=parts.span)


def _expect_act(outcome: Literal["forbidden", "permitted", "lawful", "unlawful"]) -> Build:
    return lambda p: ExpectAct(p.names[0], outcome, p.maybe(Citation), span=p.span)


def _expect_duty(parts: Parts) -> ExpectDuty:
    outcome = cast(
        "Literal['met', 'breached', 'pending']", _spelled(parts.nested("duty_outcome")[0])
    )
    return ExpectDuty(parts.one(Citation), outcome, parts.name("FOR"), span=parts.span)


def _expect_not_obeyable(parts: Parts) -> ExpectObeyable:
    blamed = tuple(each for group in parts.nested("because_of") for each in group.every(Citation))
    return ExpectObeyable(False, blamed, span=parts.span)


def _expect_not(parts: Parts) -> Node:
    expectation = cast(tree.Expectation, parts.items[1])
    return replace(expectation, negated=not expectation.negated, span=parts.span)


def _scenario(parts: Parts) -> Scenario:
    return Scenario(
        parts.one(Text),
        tuple(each for each in parts.items if isinstance(each, tree.Setting)),
        tuple(each for each in parts.items if isinstance(each, GivenIndividual | GivenFact)),
        parts.every(Occurrence),
        tuple(each for each in parts.items if isinstance(each, tree.Expectation)),
        span=parts.span,
    )


def _question(parts: Parts) -> Question:
    return Question(
        parts.one(Text),
        tuple(each for each in parts.items if isinstance(each, tree.Setting)),
        tuple(each for each in parts.items if isinstance(each, Outcome | Claim)),
        span=parts.span,
    )


def _decision(parts: Parts) -> Decision:
    said = tuple(each for each in parts.items if isinstance(each, tree.Said))
    return Decision(parts.names[0], parts.one(Text), said, span=parts.span)


def _decided(parts: Parts) -> Decided:
    on = parts.items[1]
    if isinstance(on, Word):
        return Decided(Year(int(on.text.replace("_", "")), span=on.span), span=parts.span)
    return Decided(cast(Day, on), span=parts.span)


def _held(parts: Parts) -> Held:
    holding = _spelled(parts.nested("holding")[0])
    return Held(cast(tree.Holding, holding), parts.one(Text), span=parts.span)


def _waiver(parts: Parts) -> Waiver:
    rule = parts.word("RULE")
    verdicts = [_spelled(each) for each in parts.nested("verdict")]
    return Waiver(
        Name(rule.text, span=rule.span),
        parts.one(Citation),
        cast(Text, parts.text("BECAUSE")),
        cast(Text, parts.text("BY")),
        cast(Day, parts.day("UNTIL")),
        tuple(each for group in parts.nested("beside") for each in group.every(Citation)),
        parts.name("FOR"),
        parts.day("AS_OF"),
        cast("Verdict | None", verdicts[0] if verdicts else None),
        parts.list("CAUSED_BY"),
        span=parts.span,
    )


def _decides(part: Literal["outcome", "ground"]) -> Build:
    return lambda p: Decides(part, p.names[0], span=p.span)


def _outcome(parts: Parts) -> Outcome:
    verdict = _spelled(parts.nested("verdict")[0])
    statuses = [_spelled(each) for each in parts.nested("status")]
    status = statuses[0].replace("pre existing", "pre-existing") if statuses else None
    relied = parts.nested("relying_on")
    return Outcome(
        parts.one(Citation),
        cast(Verdict, verdict),
        cast("Literal['introduced', 'pre-existing', 'cured', 'unchanged'] | None", status),
        parts.every(CausedBy),
        tuple(citation for each in relied for citation in each.every(Citation)),
        parts.name("FOR"),
        span=parts.span,
    )


def _claim(parts: Parts) -> Claim:
    (chosen,) = (*parts.nested("claimed"), *parts.nested("conflicts"))
    provision, *others = parts.every(Citation)
    return Claim(provision, cast(Claimed, _spelled(chosen)), *others, span=parts.span)


LAW: Mapping[str, Build] = {
    "file": lambda p: File(
        tuple(each for each in p.items if isinstance(each, tree.Item)), span=p.span
    ),
    "place": _place,
    "citation_in": _citation,
    "citation_here": _citation,
    "act": _act,
    "article": _article,
    "paragraph": _paragraph,
    "point": _point,
    "rank": lambda p: Rank(p.names[0], span=p.span),
    "in_force_from": lambda p: InForce(p.day("FROM"), p.day("UNTIL"), span=p.span),
    "in_force_until": lambda p: InForce(None, p.one(Day), span=p.span),
    "cites": lambda p: Cites(p.one(Text), span=p.span),
    "evidence": _graded,
    "says": lambda p: Says(p.one(Text), span=p.span),
    "enacted": lambda p: Enacted(span=p.span),
    "made_under": lambda p: MadeUnder(p.one(Citation), span=p.span),
    "aim": lambda p: Aims(p.names, span=p.span),
    "untranslated": _untranslated,
    "left_unsaid": _untranslated,
    "norm": _norm,
    "forbid": _rule(Forbid),
    "permit": _rule(Permit),
    "empower": _rule(Permit, empower=True),
    "guarantee": _rule(Guarantee),
    "duty": _duty,
    "obligation": _obligation,
    "unknown": lambda p: UnknownRule(
        p.names[0], p.names[1], p.expression("WHEN"), p.one(Text), span=p.span
    ),
    "counts": _counts,
    "excludes": _excludes,
    "interprets": _interprets,
    "judges": _judges,
    "unless": lambda p: Unless(cast(Expression, p.after("UNLESS")), span=p.span),
    "despite": _precedes("despite"),
    "subject_to": _precedes("subject to"),
    "special_to": _precedes("special to"),
    "limits": lambda p: LimitedBy(p.names[0], p.names[1:], span=p.span),
    "effect": lambda p: Effect(p.one(Day), span=p.span),
    "bill": lambda p: Bill(p.names[0], p.one(Text), _headings(p), p.every(Amend), span=p.span),
    "amend": lambda p: Amend(p.names[0], p.every(Instruction), span=p.span),
    "instruction": _instruction,
    "replace": lambda p: Replace(p.one(Place), _content(p, "WITH"), span=p.span),
    "insert": _insert("in"),
    "insert_after": _insert("after"),
    "insert_before": _insert("before"),
    "repeal": lambda p: Repeal(p.one(Place), span=p.span),
    "renumber": lambda p: Renumber(*p.every(Place), span=p.span),
    "substitute": _substitute,
    "add": lambda p: Add(p.one(Unless), span=p.span),
    "scenario": _scenario,
    "law": lambda p: OfLaw(p.names[0], span=p.span),
    "with_bill": lambda p: WithBills(p.list("BILL"), span=p.span),
    "without_bill": lambda p: WithoutBills(p.list("WITHOUT_BILL"), span=p.span),
    "as_of": lambda p: AsOf(p.one(Day), span=p.span),
    "fixed_reading": lambda p: FixedReading(*p.names, span=p.span),
    "individual": lambda p: GivenIndividual(*p.names, span=p.span),
    "given_fact": lambda p: GivenFact(cast(Expression, p.items[0]), span=p.span),
    "occurrence": _occurrence,
    "expect_forbidden": _expect_act("forbidden"),
    "expect_permitted": _expect_act("permitted"),
    "expect_lawful": _expect_act("lawful"),
    "expect_unlawful": _expect_act("unlawful"),
    "expect_duty": _expect_duty,
    "expect_that": lambda p: ExpectThat(cast(Expression, p.after("THAT")), span=p.span),
    "expect_secured": lambda p: ExpectSecured(p.one(Citation), span=p.span),
    "expect_obeyable": lambda p: ExpectObeyable(True, span=p.span),
    "expect_not_obeyable": _expect_not_obeyable,
    "expect_not": _expect_not,
    "outcome_of": _decides("outcome"),
    "ground_of": _decides("ground"),
    "question": _question,
    "outcome": _outcome,
    "claim": _claim,
    "conflict": _claim,
    "decision": _decision,
    "court": lambda p: Court(p.one(Text), span=p.span),
    "decided": _decided,
    "happened": lambda p: Happened(p.one(Text), span=p.span),
    "held": _held,
    "about": lambda p: About(p.every(Text), span=p.span),
    "waiver": _waiver,
    "absolute": lambda p: Absolute(p.one(Citation), p.text("BECAUSE"), span=p.span),
    "caused_by": lambda p: CausedBy(p.names[0], p.maybe(Place), span=p.span),
}
