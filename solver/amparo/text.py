"""Source text, and spans into it.

A span carries its source, so that any room can point at the words it speaks of. Spans never
take part in the equality of what they belong to.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its path as the user knows it, and its text. Equal when the paths are."""

    path: str
    text: str = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``start`` (inclusive) to ``end`` (exclusive) of ``source``."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.source.text[self.start : self.end]

    @property
    def line(self) -> int:
        """Line of the first character, counted from 1."""
        return self.source.text.count("\n", 0, self.start) + 1

    @property
    def column(self) -> int:
        """Column of the first character in code points, counted from 1."""
        return self.start - self.source.text.rfind("\n", 0, self.start)

    def to(self, other: "Span") -> "Span":
        """Return the span from the start of this one to the end of ``other``."""
        return Span(self.source, self.start, max(self.end, other.end))


NOWHERE = Span(Source("<built>", ""), 0, 0)
"""The span of what no text stands for (a value built by a program)."""
