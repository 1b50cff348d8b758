"""Where something stands, as the programs that show results beside a text want it."""

from dataclasses import dataclass

from amparo.text import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Spot:
    """Words on one line of a file: columns in code points from 1, the last one exclusive."""

    path: str
    line: int
    column: int
    end_column: int


NO_PLACE = Spot(".", 1, 1, 2)
"""Of what no text stands for: hosts refuse a whole report if one finding in it has no place."""


def spot(span: Span) -> Spot:
    """Return the first line of ``span``.

    The first line only: a host shows what stands on changed lines, and only if all of them are.
    """
    if span.source == NOWHERE.source:
        return NO_PLACE
    words = span.text.partition("\n")[0].rstrip("\r")
    return Spot(span.source.path, span.line, span.column, span.column + max(1, len(words)))
