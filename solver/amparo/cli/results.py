"""What questions came to, as the commands that ask them give it: shown, refused, as a code."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from amparo.cli.output import HOLDS, OPEN, VIOLATED, complain, paint_for, put, width
from amparo.diagnostics import Rejected
from amparo.pipeline.files import Unusable
from amparo.report.json import render_json, render_rejected
from amparo.report.plain import render_concise
from amparo.report.result import Overall, Result
from amparo.report.style import Paint, plainly

CODES: dict[Overall, int] = {
    "holds": HOLDS,
    "violated": VIOLATED,
    "depends": OPEN,
    "undecided": OPEN,
}


@contextmanager
def refusal(style: str, output: Path | None, *, quiet: bool = False) -> Iterator[None]:
    """Say as JSON, where that is the ``style``, why there is no verdict; the failure goes on."""
    try:
        yield
    except (Rejected, Unusable) as failure:
        if style == "json" and not quiet:
            faults = failure.diagnostics if isinstance(failure, Rejected) else ()
            put(render_rejected(faults, str(failure)), output)
        raise


def show(
    result: Result, style: str, output: Path | None, full: Callable[[Result, int, Paint], str]
) -> None:
    """Write ``result`` in a ``style``; ``full`` tells it at length."""
    match style:
        case "json":
            put(render_json(result), output)
        case "concise":
            put(render_concise(result), output)
        case _:
            paint = paint_for(sys.stdout) if output is None else plainly
            put(full(result, width(), paint), output)
            sys.stdout.flush()
            complain(result.warnings, "warning")
