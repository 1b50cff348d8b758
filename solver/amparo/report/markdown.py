"""Text of strangers in a page of Markdown: what would be markup in it is shown as it is."""

import html
import re

from amparo.report.escape import visible

_MARKUP = re.compile(r"[\\`*_\[\]<>|~$&#]")
_FENCE = re.compile(r"`{3,}")
_STARTS_A_BLOCK = re.compile(r"^(\d+(?=[.)])|(?=[-+=:]))")


def escaped(text: str) -> str:
    """Return ``text`` on one line, so that a page shows it as it is."""
    line = _MARKUP.sub(r"\\\g<0>", visible(" ".join(text.split())))
    return _STARTS_A_BLOCK.sub(r"\1\\", line)


def link(text: str, to: str) -> str:
    """Return a link that shows ``text``."""
    return f"[{escaped(text)}](<{re.sub(r'[<>]', '', visible(to))}>)"


def folded(about: str, lines: list[str]) -> list[str]:
    """Return ``lines`` folded away under ``about``."""
    # Within HTML a backslash would be shown.
    summary = html.escape(visible(" ".join(about.split())))
    return [f"<details><summary>{summary}</summary>", "", *lines, "", "</details>"]


def fenced(text: str, language: str) -> list[str]:
    """Return the lines of ``text`` as a block, fenced by more backticks than stand in it."""
    longest = max((len(found[0]) for found in _FENCE.finditer(text)), default=2)
    fence = "`" * (longest + 1)
    return [f"{fence}{language}", *(visible(line) for line in text.splitlines()), fence]
