"""What questions came to, as the commands that ask them give it: shown, refused, as a code."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from amparo.cli.output import HOLDS, OPEN, VIOLATED, complain, paint_for, put, width
from amparo.diagnostics import Rejected
from amparo.pipeline.files import Unusable
from amparo.report.comment import render_markdown
from amparo.report.github import render_github
from amparo.report.gitlab import render_gitlab
from amparo.report.json import render_ended
from amparo.report.junit import render_junit
from amparo.report.plain import render_concise
from amparo.report.result import Overall, Refusal, Result
from amparo.report.sarif import render_sarif
from amparo.report.statistics import render_statistics
from amparo.report.style import Paint, plainly

CODES: dict[Overall, int] = {
    "holds": HOLDS,
    "violated": VIOLATED,
    "depends": OPEN,
    "undecided": OPEN,
}
FOR_PROGRAMS: Mapping[str, Callable[[Result | Refusal], str]] = {
    "json": render_ended,
    "sarif": render_sarif,
    "junit": render_junit,
    "github": render_github,
    "gitlab": render_gitlab,
}
"""The formats that programs read."""


def _html(ended: Result | Refusal) -> str:
    from amparo.report.html import render_html  # what lays out a page takes long to load

    return render_html(ended)


PAGES: Mapping[str, Callable[[Result | Refusal], str]] = {
    "markdown": render_markdown,
    "html": _html,
}
"""The formats that are shown to people elsewhere."""
KEPT = {**FOR_PROGRAMS, **PAGES}
"""The formats that outlive a run: each says also why it came to no verdict."""


Reports = Sequence[tuple[str, Path]]
"""Formats that are kept, each with the file that it is written to."""


@contextmanager
def refusal(
    style: str, output: Path | None, *, quiet: bool = False, reports: Reports = ()
) -> Iterator[None]:
    """Say in a ``style`` that is kept, and in ``reports``, why there is no verdict; the failure goes on."""
    try:
        yield
    except Exception as failure:
        for form, file in reports:
            put(KEPT[form](_refusal(failure)), file)
        if style in KEPT and not quiet:
            put(KEPT[style](_refusal(failure)), output, style)
        raise


def _refusal(failure: Exception) -> Refusal:
    match failure:
        case Rejected():
            return Refusal(failure.diagnostics, str(failure))
        case Unusable() | OSError():
            return Refusal((), str(failure))
        case _:
            # Whoever reads only the report must not take a crash for a clean run.
            return Refusal((), "amparo failed; this is a bug in it, not in the text")


def keep(result: Result, reports: Reports, *, suppressed: bool = False) -> None:
    """Write ``result`` to the file of each of the ``reports``."""
    for form, file in reports:
        put(_kept(form, result, suppressed=suppressed), file)


def _kept(style: str, result: Result, *, suppressed: bool) -> str:
    return render_sarif(result, suppressed=suppressed) if style == "sarif" else KEPT[style](result)


def show(
    result: Result,
    style: str,
    output: Path | None,
    full: Callable[[Result, int, Paint], str],
    *,
    suppressed: bool = False,
) -> None:
    """Write ``result`` in a ``style``; ``full`` tells it at length.

    With ``suppressed`` what is waived is a result in SARIF too. What the run took, where that was
    asked for, goes to the standard error, but in JSON.
    """
    match style:
        case _ if style in KEPT:
            put(_kept(style, result, suppressed=suppressed), output, style)
        case "concise":
            put(render_concise(result), output)
        case _:
            paint = paint_for(sys.stdout) if output is None else plainly
            put(full(result, width(), paint), output)
            sys.stdout.flush()
            complain(result.warnings, "warning")
    if result.spent is not None and style != "json":
        sys.stdout.flush()
        sys.stderr.write(render_statistics(result, result.spent))
