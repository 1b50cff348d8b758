"""Text of strangers in a page of Markdown: what would be markup in it is shown as it is.

A comment on a host of code is more than a page: the host makes links and notices of what it finds
in the text, after the markup is gone. In `prose` a space of no width stands where it would.
"""

import html
import re

from amparo.report.escape import visible

_MARKUP = re.compile(r"[\\`*_\[\]<>|~$&#]")
_FENCE = re.compile(r"`{3,}")
_STARTS_A_BLOCK = re.compile(r"^(\d+(?=[.)])|(?=[-+=:/]))")
_REFERS = re.compile(
    r"(?<=[@#!~%$^&*])(?=[\w\"\[])"  # people and teams, issues, requests, labels, milestones
    r"|(?<=GH-)(?=\d)"
    r"|(?=://)|(?<=www)(?=\.)"  # addresses
    r"|(?<=:)(?=[a-z+-])"  # pictures by their names
)
_QUOTED = re.compile("(?<!`)`([^`]+)`(?!`)")
NO_WIDTH = "&#8203;"


def escaped(text: str) -> str:
    """Return ``text`` on one line, so that a page shows it as it is."""
    return _STARTS_A_BLOCK.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", _line(text)))


def prose(text: str) -> str:
    """Return ``text`` on one line for a comment: what it quotes as code, and no part of it a link."""
    said, end = "", 0
    for quoted in _QUOTED.finditer(line := _line(text)):
        said += _unlinked(line[end : quoted.start()]) + code(quoted[1])
        end = quoted.end()
    return _STARTS_A_BLOCK.sub(r"\1\\", said + _unlinked(line[end:]))


def code(text: str) -> str:
    """Return ``text`` as a name is set: within more backticks than stand in it together."""
    line = _line(text)
    mark = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    # One space at each end is taken off again, and keeps backticks apart.
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{mark}{space}{line}{space}{mark}"


def _line(text: str) -> str:
    return visible(" ".join(text.split()))


def _unlinked(line: str) -> str:
    parts = _REFERS.split(line)
    return NO_WIDTH.join(_MARKUP.sub(r"\\\g<0>", each) for each in parts)


def link(text: str, to: str) -> str:
    """Return a link that shows ``text``."""
    return f"[{escaped(text)}](<{re.sub(r'[<>]', '', visible(to))}>)"


def folded(about: str, lines: list[str]) -> list[str]:
    """Return ``lines`` folded away under ``about``."""
    # Within HTML a backslash would be shown.
    summary = html.escape(_line(about))
    return [f"<details><summary>{summary}</summary>", "", *lines, "", "</details>"]


def fenced(text: str, language: str) -> list[str]:
    """Return the lines of ``text`` as a block, fenced by more backticks than stand in it."""
    longest = max((len(found[0]) for found in _FENCE.finditer(text)), default=2)
    fence = "`" * (longest + 1)
    return [f"{fence}{language}", *(visible(line) for line in text.splitlines()), fence]
