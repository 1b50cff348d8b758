"""Lengths of time: nothing is guessed, neither the rounding of a month nor the calendar."""

from amparo.core.condition import Days, Length, Months, WorkingDays
from amparo.diagnostics import Diagnostic
from amparo.sorts.context import Context
from amparo.syntax.tree import Duration

MONTHS_IN_YEAR = 12


def length(tree: Duration, context: Context) -> Length | None:
    """Return the length that ``tree`` states; None if it leaves something open."""
    match tree.unit:
        case "days":
            return Days(tree.count)
        case "working days":
            calendar = _calendar(tree, context)
            return None if calendar is None else WorkingDays(tree.count, calendar)
        case "months" | "years":
            if tree.rounding is None:
                context.problems.error(
                    Diagnostic(
                        "rounding-not-stated",
                        f"after {tree.count} {tree.unit}, which day is meant if that month has no such day?",
                        tree.span,
                        help="write `rounded down` for the last day of the month,"
                        " `rounded up` for the first of the next",
                    )
                )
                return None
            count = tree.count if tree.unit == "months" else tree.count * MONTHS_IN_YEAR
            return Months(count, tree.rounding)


def _calendar(tree: Duration, context: Context) -> str | None:
    table = context.language.table
    if tree.calendar is not None:
        word = table.find(tree.calendar, context.problems, "calendar")
        return None if word is None else word.node.name.text
    known = table.known(tree.span.source, "calendar")
    if len(known) == 1:
        return known[0]
    context.problems.error(
        Diagnostic(
            "ambiguous-calendar" if known else "no-calendar",
            "several calendars say what a working day is"
            if known
            else "no calendar says what a working day is",
            tree.span,
            help=f"write {' or '.join(f'`by calendar {each}`' for each in sorted(known))}"
            if known
            else "use or declare a `calendar`",
        )
    )
    return None
