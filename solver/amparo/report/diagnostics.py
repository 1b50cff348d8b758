"""Diagnostics as text: what is wrong, the words underlined, the related place, what to do."""

from collections.abc import Iterable
from typing import Literal as OneOf

from rich.cells import cell_len

from amparo.diagnostics import Diagnostic
from amparo.report.escape import visible
from amparo.report.style import Paint, plainly
from amparo.text import Span

MOST_CELLS = 160
"""A longer line of source is shown as a window of this width around the words."""


def render_diagnostics(
    diagnostics: Iterable[Diagnostic],
    severity: OneOf["error", "warning"] = "error",
    paint: Paint = plainly,
) -> str:
    """Return ``diagnostics`` one after another, separated by blank lines."""
    return "\n".join(render_diagnostic(each, severity, paint) for each in diagnostics)


def render_diagnostic(
    diagnostic: Diagnostic,
    severity: OneOf["error", "warning"] = "error",
    paint: Paint = plainly,
) -> str:
    """Return ``diagnostic`` as lines, the last one ended."""
    head = paint(f"{severity}[{diagnostic.code}]", "bad" if severity == "error" else "doubt")
    lines = [f"{head}: {paint(visible(diagnostic.message), 'strong')}"]
    spans = [(diagnostic.primary, diagnostic.label)]
    spans += [(label.span, label.text) for label in diagnostic.related]
    for span, label in spans:
        lines.extend(_snippet(span, label, paint))
    if diagnostic.help is not None:
        lines.append(f"{paint('help', 'good')}: {visible(diagnostic.help)}")
    return "\n".join(lines) + "\n"


def place(span: Span) -> str:
    """Return ``file:line:column`` of the first character of ``span``."""
    return f"{visible(span.source.path)}:{span.line}:{span.column}"


def _snippet(span: Span, label: str, paint: Paint) -> list[str]:
    """Return the place, the first line of ``span``, and its words underlined."""
    arrow = paint(f" --> {place(span)}", "place")
    text = span.source.text
    if not text:
        return [arrow, *([f"  = {visible(label)}"] if label else [])]
    first = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    line = text[first : end if end >= 0 else len(text)].rstrip("\r")
    start = min(span.start - first, len(line))
    stop = max(start, min(span.end - first, len(line)))
    before, words, after = _window(line[:start], line[start:stop], line[stop:])
    number = str(span.line)
    carets = "^" * max(1, cell_len(words))
    underline = f"{' ' * len(number)} | {' ' * cell_len(before)}{paint(carets, 'bad')}"
    said = f" {visible(label)}" if label else ""
    return [
        arrow,
        f"{paint(f'{number} |', 'place')} {before}{words}{after}".rstrip(),
        f"{underline}{said}",
    ]


def _window(before: str, words: str, after: str) -> tuple[str, str, str]:
    """Return the three parts of a line, printable, the line cut to `MOST_CELLS` around ``words``."""
    before, words, after = (_printable(each) for each in (before, words, after))
    if cell_len(before + words + after) <= MOST_CELLS:
        return before, words, after
    room = MOST_CELLS // 3
    before = before if cell_len(before) <= room else "…" + before[-room:]
    words = words if cell_len(words) <= room else words[:room] + "…"
    after = after if cell_len(after) <= room else after[:room] + "…"
    return before, words, after


def _printable(text: str) -> str:
    return visible(text.replace("\t", "    "))
