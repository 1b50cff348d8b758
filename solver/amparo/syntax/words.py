"""The words of one text, as each state of the reading sees them, and what is wrong with them."""

import datetime
import re
from collections.abc import Iterator

from amparo.diagnostics import Diagnostic
from amparo.syntax import problems
from amparo.syntax.characters import mixed_script
from amparo.syntax.machine import END, Cell, Machine, Token, Value
from amparo.syntax.parts import Word
from amparo.syntax.tree import Day, Name
from amparo.text import Source, Span

DIGIT_LIMIT = 18
"""How many digits a number may have."""

NAME_LIMIT = 200
"""How many characters a name may have."""

_SKIP = re.compile(r"(?:\s+|#[^\n]*)+")
_COMMENT = re.compile(r"#([^\n]*)")


class Words:
    """Reads words at any place, in any order; what it learns of a place it learns once."""

    def __init__(self, machine: Machine, source: Source, text: str) -> None:
        """Prepare to read ``text``, whose places are those of ``source``."""
        self.machine = machine
        self.source = source
        self.text = text
        self.whole = True
        self._comments: dict[int, tuple[Span, str]] = {}
        self._problems: dict[int, Diagnostic] = {}

    def comments(self) -> tuple[tuple[Span, str], ...]:
        """Return the comments passed so far, in order of text."""
        return tuple(self._comments[start] for start in sorted(self._comments))

    def problems(self) -> tuple[Diagnostic, ...]:
        """Return the problems reported so far."""
        return tuple(self._problems.values())

    @property
    def faults(self) -> int:
        """How many problems were reported so far."""
        return len(self._problems)

    def report(self, problem: Diagnostic, *, harmless: bool = False) -> None:
        """Keep ``problem``, unless there is one at the same place.

        The text is read ``whole`` if all were ``harmless``: no word lost, none made up.
        """
        self.whole = self.whole and harmless
        self._problems.setdefault(problem.primary.start, problem)

    def give_up(self, problem: Diagnostic) -> None:
        """Keep ``problem`` beside any at the same place: nothing is read after it."""
        self.whole = False
        self._problems[-1] = problem

    def next_start(self, position: int) -> int:
        """Return where the next word starts: after white space and comments."""
        skipped = _SKIP.match(self.text, position)
        if skipped is None:
            return position
        if "#" in skipped[0]:
            self._keep_comments(position, skipped[0])
        return skipped.end()

    def scan(self, cell: Cell | None, position: int) -> Token | None:
        """Return the next word, as the state reads it or else as any would."""
        position = self.next_start(position)
        if position >= len(self.text):
            return Token(END, position, position)
        found = cell and self.machine.scan(cell.state, self.text, position)
        return found or self.machine.scan(None, self.text, position)

    def shift(self, cell: Cell, token: Token) -> Cell | None:
        """Return the stack after ``token``, or None if it may not stand there."""
        if token.kind not in self.machine.actions[cell.state]:
            return None
        return self.machine.advance(cell, token.kind, self._value(token), self.source)

    def accepted(self, cell: Cell) -> Iterator[tuple[str, Cell]]:
        """Yield each kind of word that may stand here, with the stack after an empty one."""
        nothing = Span(self.source, 0, 0)
        known: dict[tuple[int, int], Cell] = {}
        for kind in sorted(self.machine.actions[cell.state]):
            value: Value = Word(kind, "0", nothing)
            if kind == "NAME":
                value = Name("", span=nothing)
            elif kind == "DATE":
                value = Day(datetime.date.min, span=nothing)
            elif kind == "STRING":
                value = Word(kind, '""', nothing)
            after = self.machine.advance(cell, kind, value, self.source, known)
            if after is not None:
                yield kind, after

    def span(self, token: Token) -> Span:
        """Return where ``token`` stands."""
        return Span(self.source, token.start, token.end)

    def _value(self, token: Token) -> Value:
        span = self.span(token)
        text = self.text[token.start : token.end]
        match token.kind:
            case "NAME" if len(text) > NAME_LIMIT:
                self.report(problems.name_too_long(span, NAME_LIMIT))
                return Name(text[:NAME_LIMIT], span=span)
            case "NAME":
                if not text.isascii() and (mixed := mixed_script(span)):
                    self.report(mixed)
                return Name(text, span=span)
            case "DATE":
                return Day(self._date(text, span), span=span)
            case "INT" | "DECIMAL" | "LABEL" if sum(map(str.isdigit, text)) > DIGIT_LIMIT:
                self.report(problems.number_too_large(span, DIGIT_LIMIT))
                return Word(token.kind, "0", span)
            case "LABEL" | "LETTERS":
                if mixed := mixed_script(span):
                    self.report(mixed)
                return Word(token.kind, text, span)
            case _:
                return Word(token.kind, text, span)

    def _date(self, text: str, span: Span) -> datetime.date:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            self.report(problems.invalid_date(span))
            return datetime.date.min

    def _keep_comments(self, start: int, skipped: str) -> None:
        for found in _COMMENT.finditer(skipped):
            span = Span(self.source, start + found.start(), start + found.end())
            self._comments.setdefault(span.start, (span, found[1].strip()))
