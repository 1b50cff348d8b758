"""The LALR(1) machine: which word may follow, and what is then complete.

Knows the table, not where it came from. A stack shares its tail with the stacks before it, so
that going back is forgetting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from amparo.syntax.keywords import Keywords
from amparo.syntax.parts import Parts, Word
from amparo.syntax.tree import Node
from amparo.text import Source, Span

END = "$END"

Value = Any  # Word | Node | Parts | tuple of values: mypy knows no recursive alias of a tuple here


class Token(NamedTuple):
    """A word of the text, as the state read it."""

    kind: str
    start: int
    end: int


class Cell(NamedTuple):
    """The top of a stack, and the stack below."""

    state: int
    value: Value
    below: "Cell | None"


@dataclass(frozen=True, slots=True)
class Reduction:
    """What is complete: ``size`` values become one. Without ``build`` they stay a tuple."""

    rule: str
    size: int
    goto: str
    inline: bool
    alone: bool
    build: Callable[[Parts], Node] | None


@dataclass(frozen=True, slots=True, eq=False)
class Machine:
    """The table of one keyword language. ``scan(state, text, position)`` reads one token."""

    keywords: Keywords
    actions: Mapping[int, Mapping[str, int | Reduction]]
    gotos: Mapping[int, Mapping[str, int]]
    start: int
    end: int
    scan: Callable[[int | None, str, int], Token | None]

    def bottom(self) -> Cell:
        """Return the empty stack."""
        return Cell(self.start, None, None)

    def advance(
        self,
        cell: Cell,
        kind: str,
        value: Value,
        source: Source,
        known: dict[tuple[int, int], Cell] | None = None,
    ) -> Cell | None:
        """Return the stack after one word, or None if it may not stand here.

        ``known`` keeps what stacks came to, for whoever tries many words after the same one.
        """
        while True:
            action = self.actions[cell.state].get(kind)
            if action is None:
                return None
            if isinstance(action, int):
                return Cell(action, value, cell)
            if known is None:
                cell = self._reduce(cell, action, source)
            else:
                key = id(cell), id(action)
                if key not in known:
                    known[key] = self._reduce(cell, action, source)
                cell = known[key]
            if kind == END and cell.state == self.end:
                return cell

    def _reduce(self, cell: Cell, reduction: Reduction, source: Source) -> Cell:
        if reduction.size == 1 and (reduction.inline or reduction.alone):
            assert cell.below is not None
            goto = self.gotos[cell.below.state][reduction.goto]
            return Cell(goto, cell.value, cell.below)
        values: list[Value] = []
        for _ in range(reduction.size):
            values.append(cell.value)
            assert cell.below is not None
            cell = cell.below
        values.reverse()
        built: Value
        if reduction.inline:
            built = tuple(values)
        else:
            items = tuple(_flat(values))
            if items:
                span = Span(source, items[0].span.start, items[-1].span.end)
            else:
                span = Span(source, 0, 0)
            parts = Parts(reduction.rule, span, items)
            built = parts if reduction.build is None else reduction.build(parts)
        return Cell(self.gotos[cell.state][reduction.goto], built, cell)


def _flat(values: list[Value]) -> list[Word | Node | Parts]:
    if tuple not in map(type, values):
        return values
    found: list[Word | Node | Parts] = []
    waiting = values[::-1]
    while waiting:
        value = waiting.pop()
        if type(value) is tuple:
            waiting.extend(value[::-1])
        else:
            found.append(value)
    return found
