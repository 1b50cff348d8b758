"""From declarations of words to the lines of their sentences."""

from amparo.syntax import tree
from amparo.syntax.layout import BREAK, CLAUSE
from amparo.syntax.print_expressions import Spell, condition, quoted, term
from amparo.syntax.tree import (
    CalendarDecl,
    CurrencyDecl,
    Day,
    EnumerationDecl,
    EventDecl,
    FactDecl,
    GraveDecl,
    KindDecl,
    Name,
    Opening,
    Param,
    ParameterDecl,
    ReadingDecl,
    SortName,
    StateDecl,
    Text,
)

Plain = (
    KindDecl
    | EnumerationDecl
    | CurrencyDecl
    | FactDecl
    | StateDecl
    | EventDecl
    | ParameterDecl
    | CalendarDecl
    | ReadingDecl
    | GraveDecl
)


def names(each: tuple[Name, ...], separator: str = ", ") -> str:
    """Return a list of names."""
    return separator.join(name.text for name in each)


def days(each: tuple[Day, ...]) -> str:
    """Return a list of dates."""
    return ", ".join(day.value.isoformat() for day in each)


def reads(text: Text | None, spell: Spell) -> str:
    """Return the phrase of a word with its keyword, or nothing."""
    return "" if text is None else f"{CLAUSE}{spell('READS')} {quoted(text)}"


def when(condition_: tree.Expression | None, spell: Spell) -> str:
    """Return a condition with its keyword, or nothing."""
    return "" if condition_ is None else f"{CLAUSE}{spell('WHEN')} {condition(condition_, spell)}"


def sort(written: SortName, spell: Spell) -> str:
    """Return a sort."""
    match written.kind:
        case "named":
            assert written.name is not None
            return written.name.text
        case "money" if written.name is not None:
            return f"{spell('MONEY_SORT')} {spell('IN')} {written.name.text}"
        case _:
            return spell(f"{written.kind.upper()}_SORT")


def param(each: Param, spell: Spell) -> str:
    """Return a parameter or role with its sort."""
    return f"{each.name.text}: {sort(each.sort, spell)}"


def params(each: tuple[Param, ...], spell: Spell) -> str:
    """Return parameters between parentheses."""
    return f"({', '.join(param(one, spell) for one in each)})"


def opening(keyword: str, each: Opening, spell: Spell) -> str:
    """Return how a state begins or ends."""
    act = f"{each.kind.text} {each.variable.text}"
    return f"{spell(keyword)} {act}{when(each.condition, spell)}"


def word_lines(word: Plain, spell: Spell) -> list[str]:
    """Return the lines of a declaration, without its full stop."""
    match word:
        case KindDecl(name, parent, overlaps, text):
            line = f"{spell('KIND')} {name.text}"
            line += f" {spell('IS')} {parent.text}" if parent else ""
            line += f" {spell('MAY_OVERLAP')} {names(overlaps)}" if overlaps else ""
            return [line + reads(text, spell)]
        case EnumerationDecl(name, options):
            listed = f",{BREAK}".join(
                option.text + reads(phrase, spell).replace(CLAUSE, " ")
                for option, phrase in options
            )
            return [f"{spell('ENUMERATION')} {name.text}: {listed}"]
        case CurrencyDecl(name, text):
            return [f"{spell('CURRENCY')} {name.text}{reads(text, spell)}"]
        case FactDecl():
            return [_fact(word, spell)]
        case StateDecl():
            return _state(word, spell)
        case EventDecl():
            return [_event(word, spell)]
        case ParameterDecl(name, written, text, values):
            first = f"{spell('PARAMETER')} {name.text}: {sort(written, spell)}{reads(text, spell)}"
            dated = [
                f"= {term(amount, spell)} {spell('FROM')} {day.value.isoformat()}"
                for amount, day in values
            ]
            return [first, *(f"{each}," for each in dated[:-1]), dated[-1]]
        case CalendarDecl():
            return _calendar(word, spell)
        case ReadingDecl(name, title, options):
            keywords = [spell("EITHER"), *(spell("OR") for _ in options[1:])]
            marked = f" {spell('AS_WRITTEN')}"
            return [
                f"{spell('READING')} {name.text} {quoted(title)}",
                *(
                    f"{keyword} {each.name.text}{marked if each.as_written else ''}"
                    f"{CLAUSE}{spell('BECAUSE')} {quoted(each.because)}"
                    for keyword, each in zip(keywords, options, strict=True)
                ),
            ]
        case GraveDecl(kind, variable, said):
            return [f"{spell('GRAVE')} {kind.text} {variable.text}{when(said, spell)}"]


def _fact(fact: FactDecl, spell: Spell) -> str:
    line = f"{spell('OPEN')} " if fact.open else ""
    line += f"{spell('FACT')} {fact.name.text}{params(fact.params, spell)}"
    line += f": {sort(fact.sort, spell)}" if fact.sort else ""
    line += reads(fact.reads, spell)
    match fact.ordinary:
        case (value,):
            line += f"{CLAUSE}{spell('ORDINARILY')} {term(value, spell)}"
        case (low, high):
            line += f"{CLAUSE}{spell('ORDINARILY_FROM')} {term(low, spell)}"
            line += f" {spell('TO')} {term(high, spell)}"
        case _:
            pass
    return line


def _state(state: StateDecl, spell: Spell) -> list[str]:
    return [
        f"{spell('STATE')} {state.name.text}{params(state.params, spell)}",
        *(opening("BEGINS_WITH", each, spell) for each in state.begins),
        *(opening("ENDS_WITH", each, spell) for each in state.ends),
        *([reads(state.reads, spell).removeprefix(CLAUSE)] if state.reads else []),
    ]


def _event(event: EventDecl, spell: Spell) -> str:
    line = f"{spell(event.category.upper().replace(' ', '_'))} {event.name.text}"
    line += f" {spell('IS')} {event.parent.text}" if event.parent else ""
    if event.roles:
        line += f" {{ {', '.join(param(each, spell) for each in event.roles)} }}"
    return line + reads(event.reads, spell)


def _calendar(calendar: CalendarDecl, spell: Spell) -> list[str]:
    period = f"{spell('FROM')} {calendar.start.value.isoformat()}"
    period += f" {spell('UNTIL')} {calendar.end.value.isoformat()}"
    lines = [
        f"{spell('CALENDAR')} {calendar.name.text} {period}",
        f"{spell('RESTS')} {names(calendar.rests)}",
    ]
    if calendar.holidays:
        lines.append(f"{spell('HOLIDAYS')} {days(calendar.holidays)}")
    if calendar.working:
        lines.append(f"{spell('WORKING')} {days(calendar.working)}")
    return lines
