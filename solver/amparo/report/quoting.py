"""The instructions of a bill in their own words."""

import textwrap

from amparo.text import NOWHERE
from amparo.verify.finding import Cause

MOST_LINES = 40
"""How many lines of an instruction are quoted."""


def quoted(cause: Cause) -> str:
    """Return an instruction as it is written in the bill, without its margin."""
    if cause.span.source == NOWHERE.source:
        return cause.text
    margin = " " * (cause.span.column - 1)
    lines = textwrap.dedent((margin + cause.span.text).expandtabs(4)).splitlines()
    if (more := len(lines) - MOST_LINES) > 0:
        lines = [*lines[:MOST_LINES], f"… ({more} more line{'s' * (more != 1)})"]
    return "\n".join(lines)
