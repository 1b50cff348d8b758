"""What every command does with its results: where they go, in which colours, with which code."""

import os
import shutil
import sys
from pathlib import Path
from typing import Literal as OneOf
from typing import TextIO

from amparo.diagnostics import Diagnostic
from amparo.pipeline.whole import write_whole
from amparo.report.diagnostics import render_diagnostics
from amparo.report.escape import uncommanded
from amparo.report.style import Paint, in_colour, plainly

HOLDS, VIOLATED, FAILED, OPEN = 0, 1, 2, 3
WIDEST = 80
EXACT = ("github", "norm", "smt-lib")
"""Formats that are commands by design, or text that must not be changed."""


def paint_for(stream: TextIO) -> Paint:
    """Return how to mark text on ``stream``; `NO_COLOR` wins over `FORCE_COLOR`."""
    if os.environ.get("NO_COLOR"):
        return plainly
    if os.environ.get("FORCE_COLOR"):
        return in_colour
    return in_colour if stream.isatty() and os.environ.get("TERM") != "dumb" else plainly


def width(widest: int = WIDEST) -> int:
    """Return how many columns to write, ``widest`` at most."""
    return min(shutil.get_terminal_size((widest, 24)).columns, widest)


def put(text: str, output: Path | None = None, style: str = "full") -> None:
    """Write ``text`` to ``output``, whole or not at all, or to the standard output.

    In a format of `EXACT` it is written there as it is, else without commands to a build's log.
    """
    if output is None:
        sys.stdout.write(text if style in EXACT else uncommanded(text, style))
    else:
        write_whole(output, text)


def complain(
    diagnostics: tuple[Diagnostic, ...], severity: OneOf["error", "warning"] = "error"
) -> None:
    """Write ``diagnostics`` to the standard error."""
    if diagnostics:
        text = render_diagnostics(diagnostics, severity, paint_for(sys.stderr))
        sys.stderr.write(uncommanded(text))
