"""What every command does with its results: where they go, in which colours, with which code."""

import os
import shutil
import sys
from pathlib import Path
from typing import Literal as OneOf
from typing import TextIO

from amparo.diagnostics import Diagnostic
from amparo.report.diagnostics import render_diagnostics
from amparo.report.style import Paint, in_colour, plainly

HOLDS, VIOLATED, FAILED, OPEN = 0, 1, 2, 3
WIDEST = 80


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


def put(text: str, output: Path | None = None) -> None:
    """Write ``text`` to ``output``, or to the standard output."""
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")


def complain(
    diagnostics: tuple[Diagnostic, ...], severity: OneOf["error", "warning"] = "error"
) -> None:
    """Write ``diagnostics`` to the standard error."""
    if diagnostics:
        sys.stderr.write(render_diagnostics(diagnostics, severity, paint_for(sys.stderr)))
