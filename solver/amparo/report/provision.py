"""How a provision is decided, as text for a terminal."""

import textwrap
from collections.abc import Iterable, Iterator

from amparo.explain.provision import Entry
from amparo.report.escape import visible
from amparo.report.style import Paint, Role, plainly

NARROWEST = 40


def render_provisions(
    found: Iterable[tuple[str, tuple[Entry, ...]]], width: int = 80, paint: Paint = plainly
) -> str:
    """Return each place with what stands there, in at most ``width`` columns."""
    lines: list[str] = []
    for place, entries in found:
        lines += [*([""] if lines else []), paint(visible(place), "strong")]
        for entry in entries:
            lines += ["", *_said(entry.heading, "  ", "", width, paint, "strong")]
            lines += _said(entry.citation, "  ", "", width, paint, "faint")
            for each in entry.lines:
                mark = "- " if each.depth else ""
                lines += _said(each.text, "  " * (each.depth + 2), mark, width, paint)
    return "\n".join(lines) + "\n"


def _said(
    text: str, indent: str, mark: str, width: int, paint: Paint, role: Role | None = None
) -> Iterator[str]:
    lines = textwrap.wrap(
        visible(text),
        max(width, NARROWEST),
        initial_indent=indent + mark,
        subsequent_indent=indent + " " * len(mark),
        break_on_hyphens=False,
        break_long_words=False,
    )
    yield from (paint(line, role) if role else line for line in lines)
