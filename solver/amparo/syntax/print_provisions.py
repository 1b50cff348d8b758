"""From norms, clauses, citations and headings to the lines of their sentences."""

from typing import assert_never

from amparo.syntax import tree
from amparo.syntax.layout import BREAK, CLAUSE
from amparo.syntax.print_expressions import Spell, condition, length, quoted, term
from amparo.syntax.print_words import names, params, reads, when
from amparo.syntax.tree import (
    About,
    Absolute,
    Aims,
    Citation,
    Cites,
    Counts,
    Court,
    Decided,
    Define,
    Duration,
    Duty,
    Effect,
    Enacted,
    Excludes,
    Forbid,
    Graded,
    Guarantee,
    Happened,
    Held,
    InForce,
    Interprets,
    Judges,
    LimitedBy,
    MadeUnder,
    Name,
    NormDecl,
    Obligation,
    Permit,
    Place,
    Precedes,
    Rank,
    Says,
    UnknownRule,
    Unless,
    Untranslated,
    Waiver,
)


def place(each: Place, spell: Spell) -> str:
    """Return a path within an act."""
    steps = (
        ("ARTICLE", each.article),
        ("PARAGRAPH", each.paragraph),
        ("POINT", each.point),
        ("NORM", each.norm),
        ("DEFINITION", each.definition),
    )
    return " ".join(f"{spell(keyword)} {step.text}" for keyword, step in steps if step)


def citation(each: Citation, spell: Spell) -> str:
    """Return a citation."""
    within = place(each.place, spell)
    return " ".join(part for part in (each.act.text if each.act else "", within) if part)


def heading(each: tree.Heading, spell: Spell) -> str:
    """Return a heading's line."""
    match each:
        case Rank(name):
            return f"{spell('RANK')} {name.text}"
        case InForce(None, end):
            return f"{spell('IN_FORCE_UNTIL')} {end.value.isoformat()}" if end else ""
        case InForce(start, end):
            line = f"{spell('IN_FORCE')} {spell('FROM')} {start.value.isoformat()}" if start else ""
            return line + (f" {spell('UNTIL')} {end.value.isoformat()}" if end else "")
        case Cites(text):
            return f"{spell('CITES')} {quoted(text)}"
        case Graded(grade):
            return f"{spell('EVIDENCE')} {spell('GRADE_' + grade.upper())}"
        case Says(text):
            return f"{spell('SAYS')} {quoted(text)}"
        case Enacted():
            return spell("ENACTED")
        case MadeUnder(cited):
            return f"{spell('MADE_UNDER')} {citation(cited, spell)}."
        case Aims(aims):
            return f"{spell('AIM')} {_aims(aims, spell)}"
        case _:
            assert_never(each)


def _aims(aims: tuple[Name, ...], spell: Spell) -> str:
    return names(aims, f" {spell('AND')} ")


def clause(each: tree.Clause, spell: Spell) -> str:
    """Return a clause's line."""
    match each:
        case Unless(exception):
            return f"{spell('UNLESS')} {condition(exception, spell)}"
        case Precedes(relation, cited):
            return f"{spell(relation.upper().replace(' ', '_'))} {citation(cited, spell)}"
        case LimitedBy(rank, aims):
            line = f"{spell('MAY_BE_LIMITED_BY')} {rank.text}"
            return f"{line} {spell('FOR')} {_aims(aims, spell)}" if aims else line
        case Effect(start):
            return f"{spell('WITH_EFFECT_FROM')} {start.value.isoformat()}"
        case InForce() | Cites() | Graded() | Says() | Aims():
            return heading(each, spell)
        case _:
            assert_never(each)


def rule(each: tree.Rule, spell: Spell) -> list[str]:
    """Return the lines of what a norm says, before its clauses."""
    act = f"{each.kind.text} {each.variable.text}"
    match each:
        case Forbid(condition=said):
            return [f"{spell('FORBID')} {act}{when(said, spell)}"]
        case Permit(condition=said, empower=empower):
            return [f"{spell('EMPOWER' if empower else 'PERMIT')} {act}{when(said, spell)}"]
        case Guarantee(condition=said):
            return [f"{spell('GUARANTEE')} {act}{when(said, spell)}"]
        case Duty(condition=said, obligation=first, otherwise=chain):
            return [
                f"{spell('WHEN')} {act}{_has(said, spell)}",
                f"{spell('REQUIRE')} {obligation(first, spell)}",
                *(
                    f"{spell('OTHERWISE')} {spell('REQUIRE')} {obligation(next_, spell)}"
                    for next_ in chain
                ),
            ]
        case UnknownRule(condition=said, because=because):
            line = f"{spell('UNKNOWN')} {act}{when(said, spell)}"
            return [line, f"{spell('BECAUSE')} {quoted(because)}"]
        case Counts(general=general, bindings=bindings, condition=said):
            line = f"{spell('COUNT')} {act} {spell('AS')} {general.text}"
            if bindings:
                bound = ", ".join(f"{name.text}: {term(value, spell)}" for name, value in bindings)
                line += f" {{ {bound} }}"
            return [line + when(said, spell)]
        case Excludes(general=general, condition=said):
            line = f"{spell('NEVER_COUNT')} {act} {spell('AS')} {general.text}"
            return [line + when(said, spell)]
        case Interprets(target=target, exception=exception):
            return [
                f"{spell('INTERPRET')} {citation(target, spell)} {spell('FOR')} {act}",
                f"{spell('UNLESS')} {condition(exception, spell)}",
            ]
        case Judges(date=date, condition=said):
            line = f"{spell('JUDGE')} {act} {spell('BY_THE_LAW_ON')} {term(date, spell)}"
            return [line + when(said, spell)]
        case _:
            assert_never(each)


def obligation(each: Obligation, spell: Spell) -> str:
    """Return what a duty requires."""
    line = f"{spell('SOME')} {each.kind.text} {each.variable.text}{_has(each.condition, spell)}"
    match each.deadline:
        case None:
            return line
        case Duration():
            return f"{line}{BREAK}{spell('WITHIN')} {length(each.deadline, spell)}"
        case date:
            return f"{line}{BREAK}{spell('BY')} {term(date, spell)}"


def _has(said: tree.Expression | None, spell: Spell) -> str:
    return "" if said is None else f"{BREAK}{spell('HAS')} {condition(said, spell)}"


def waiver_lines(waiver: Waiver, spell: Spell) -> list[str]:
    """Return the lines of a waiver, without its full stop."""
    first = f"{spell('WAIVE')} {waiver.rule.text} {spell('OF')} {citation(waiver.provision, spell)}"
    for index, each in enumerate(waiver.beside):
        first += f"{CLAUSE}{spell('AND' if index else 'WITH')} {citation(each, spell)}"
    first += f"{CLAUSE}{spell('FOR')} {waiver.act.text}" if waiver.act else ""
    first += f"{CLAUSE}{spell('AS_OF')} {waiver.as_of.value.isoformat()}" if waiver.as_of else ""
    if waiver.verdict:
        first += f"{CLAUSE}{spell('AS')} {spell(waiver.verdict.upper().replace(' ', '_'))}"
    if waiver.bills:
        first += f"{CLAUSE}{spell('CAUSED_BY')} {', '.join(each.text for each in waiver.bills)}"
    return [
        first,
        f"{spell('BECAUSE')} {quoted(waiver.because)}",
        f"{spell('BY')} {quoted(waiver.by)}",
        f"{spell('UNTIL')} {waiver.until.value.isoformat()}",
    ]


def absolute_line(absolute: Absolute, spell: Spell) -> str:
    """Return what can never be waived, without its full stop."""
    line = f"{spell('NEVER_WAIVE')} {citation(absolute.provision, spell)}"
    if absolute.because is None:
        return line
    return f"{line}{CLAUSE}{spell('BECAUSE')} {quoted(absolute.because)}"


def said_line(each: tree.Said, spell: Spell) -> str:
    """Return the line of what is said of a decision."""
    match each:
        case Court(text):
            return f"{spell('COURT')} {quoted(text)}"
        case Decided(on):
            return f"{spell('DECIDED')} {on.value}"
        case Cites() | Graded():
            return heading(each, spell)
        case Happened(text):
            return f"{spell('FACTS')} {quoted(text)}"
        case Held(holding, because):
            said = spell(holding.upper().replace(" ", "_"))
            return f"{spell('HELD')} {said}{BREAK}{spell('BECAUSE')} {quoted(because)}"
        case About(points):
            return f"{spell('ABOUT')} {f',{BREAK}'.join(map(quoted, points))}"
        case Untranslated():
            return BREAK.join(element_lines(each, spell))
        case _:
            assert_never(each)


def element_lines(each: tree.Element, spell: Spell) -> list[str]:
    """Return the lines of a norm, a definition or an untranslated sentence, without full stop."""
    match each:
        case NormDecl(name, said, clauses):
            lines = [f"{spell('NORM')} {name.text}", *rule(said, spell)]
            return [*lines, *(clause(one, spell) for one in clauses)]
        case Define(name, parameters, text, said, clauses):
            return [
                f"{spell('DEFINE')} {name.text}{params(parameters, spell)}{reads(text, spell)}",
                f"{spell('MEANS')} {condition(said, spell)}",
                *(clause(one, spell) for one in clauses),
            ]
        case Untranslated(sentence, because):
            return [
                f"{spell('UNTRANSLATED')} {quoted(sentence)}",
                f"{spell('BECAUSE')} {quoted(because)}",
            ]
        case _:
            assert_never(each)
