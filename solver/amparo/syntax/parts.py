"""What one rule of the grammar was read from: its words, nodes and nested parts, in order."""

from dataclasses import dataclass
from typing import TypeVar, cast

from amparo.syntax.tree import Day, Expression, Name, Node, Text
from amparo.text import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark that is no name: a keyword, a number, a quoted piece, a comma."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Parts:
    """The items that a rule was read from. A rule without a class of its own stays like this."""

    rule: str
    span: Span
    items: "tuple[Word | Node | Parts, ...]"

    def every(self, kind: type[T]) -> tuple[T, ...]:
        """Return the items of one class, in order."""
        return tuple(each for each in self.items if isinstance(each, kind))

    def one(self, kind: type[T]) -> T:
        """Return the first item of one class, which the grammar promises."""
        return next(each for each in self.items if isinstance(each, kind))

    def maybe(self, kind: type[T]) -> T | None:
        """Return the first item of one class, if any."""
        return next((each for each in self.items if isinstance(each, kind)), None)

    @property
    def names(self) -> tuple[Name, ...]:
        """The names that stand in this rule itself."""
        return self.every(Name)

    def nested(self, rule: str) -> "tuple[Parts, ...]":
        """Return the nested parts that were read by ``rule``."""
        return tuple(e for e in self.items if isinstance(e, Parts) and e.rule == rule)

    def says(self, *keywords: str) -> bool:
        """Return whether one of ``keywords`` stands in this rule."""
        return any(isinstance(e, Word) and e.kind in keywords for e in self.items)

    def word(self, *kinds: str) -> Word:
        """Return the first word of one of these kinds, which the grammar promises."""
        return next(e for e in self.items if isinstance(e, Word) and e.kind in kinds)

    def after(self, *keywords: str) -> "Word | Node | Parts | None":
        """Return what stands right after the first of ``keywords``, or None without it."""
        for index, each in enumerate(self.items):
            if isinstance(each, Word) and each.kind in keywords:
                return self.items[index + 1]
        return None

    def expression(self, *keywords: str) -> Expression | None:
        """Return the expression after a keyword."""
        return cast("Expression | None", self.after(*keywords))

    def name(self, keyword: str) -> Name | None:
        """Return the name after a keyword."""
        return cast("Name | None", self.after(keyword))

    def text(self, keyword: str) -> Text | None:
        """Return the quoted text after a keyword."""
        return cast("Text | None", self.after(keyword))

    def day(self, keyword: str) -> Day | None:
        """Return the date after a keyword."""
        return cast("Day | None", self.after(keyword))

    def list(self, keyword: str) -> tuple[Name, ...]:
        """Return the names of the list after a keyword, none without it."""
        found = self.after(keyword)
        return found.names if isinstance(found, Parts) else ()
