"""Where a key stands in a TOML text. `tomllib` reads values and forgets their places."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from amparo.text import Source, Span

Key = str | int
"""A key, or the number (from 0) of a table among those of one name."""

_HEADER = re.compile(r"^[ \t]*(?P<open>\[\[?)(?P<name>[^\[\]\n]+)\]\]?")
_KEY = re.compile(r"""^[ \t]*(?P<name>"[^"\n]+"|'[^'\n]+'|[\w-]+)[ \t]*=""")


@dataclass(frozen=True, slots=True)
class Places:
    """The lines of a text on which its keys and the headings of its tables stand."""

    source: Source
    lines: Mapping[tuple[Key, ...], Span]

    def place(self, path: tuple[Key, ...]) -> Span:
        """Return the line of the key at ``path``; of the innermost table around it that has one.

        Of tables and arrays written within a value, that of the value.
        """
        for length in range(len(path), 0, -1):
            if (found := self.lines.get(path[:length])) is not None:
                return found
        return Span(self.source, 0, 0)


def places(source: Source) -> Places:
    """Return where the keys of ``source`` stand."""
    found: dict[tuple[Key, ...], Span] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[Key, ...] = ()
    start = 0
    for line in source.text.splitlines(keepends=True):
        here: tuple[Key, ...] | None = None
        if header := _HEADER.match(line):
            names = tuple(_bare(each) for each in header["name"].split("."))
            if header["open"] == "[[":
                counts[names] = counts.get(names, -1) + 1
            table = here = _numbered(names, counts)
        elif key := _KEY.match(line):
            here = (*table, _bare(key["name"]))
        if here is not None:
            words = line.strip()
            first = start + line.index(words)
            found.setdefault(here, Span(source, first, first + len(words)))
        start += len(line)
    return Places(source, found)


def _bare(name: str) -> str:
    return name.strip().strip("\"'")


def _numbered(names: tuple[str, ...], counts: dict[tuple[str, ...], int]) -> tuple[Key, ...]:
    """Return ``names`` with its number behind every name of an array of tables."""
    path: list[Key] = []
    for length, name in enumerate(names, start=1):
        path.append(name)
        if names[:length] in counts:
            path.append(counts[names[:length]])
    return tuple(path)
