"""From text to tree, word by word; where a word may not stand, on from the likeliest repair.

One mistake gives one problem: a repair is chosen by how far the text reads on after it. Where no
repair reads on, everything up to the next full stop or heading is passed over.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from amparo.diagnostics import MOST_FAULTS, Diagnostic, too_many_faults
from amparo.syntax import problems
from amparo.syntax.keywords import spellings
from amparo.syntax.machine import END, Cell, Token
from amparo.syntax.parts import Word
from amparo.syntax.repair import Repair, best_repair
from amparo.syntax.tree import File
from amparo.syntax.words import Words
from amparo.text import Span

NESTING_LIMIT = 100
"""How many conditions and parentheses may stand inside one another."""

_NESTING = frozenset(
    (
        *("LPAR", "NOT", "SOME", "NO", "EVERY", "AT_LEAST", "AT_MOST", "AND", "OR", "PERCENT"),
        *("PLUS", "MINUS", "STAR"),
    )
)
_AFRESH = frozenset(("STOP", "UNLESS", "WHEN", "OTHERWISE", "EXPECT", "MEANS"))

_OPENING = ("UNTRANSLATED", "DEFINE", "KIND", "AMEND", "ACT", "VOCABULARY", "REPEAL", "EXPECT")
"""Words that only open a sentence: where one may stand, the sentence before is whole."""

_HEADINGS = (
    *("WAIVE", "NEVER_WAIVE"),
    *("ACT", "ARTICLE", "PARAGRAPH", "POINT", "NORM", "DEFINE", "UNTRANSLATED", "VOCABULARY"),
    *("BILL", "AMEND", "SCENARIO", "QUESTION", "DECISION", "USE", "BODY"),
)

_CLOSING_QUOTES = {"“": "”", "„": "“”", "«": "»", "”": "”", "‘": "’", "‚": "‘’", "‹": "›"}

_MARKS = {"STOP": "a full stop", "LPAR": "`(`", "RPAR": "`)`", "LBRACE": "`{`", "RBRACE": "`}`"}
_MARKS |= {"COMMA": "a comma", "COLON": "a colon", "EQUAL": "`=`", "PLUS": "`+`", "MINUS": "`-`"}
_MARKS |= {"STAR": "`*`", "DOT": "a dot and a role", "NAME": "a name", "STRING": "a quoted text"}
_MARKS |= {"INT": "a number", "DECIMAL": "a number", "LABEL": "a number", "DATE": "a date"}
_MARKS |= {"LETTERS": "a letter", "RULE": "the name of a rule"}


class Reader:
    """Reads one text once."""

    def __init__(self, words: Words) -> None:
        """Prepare to read ``words``."""
        self._words = words
        self._cell = words.machine.bottom()
        self._position = 0
        self._before: deque[tuple[Cell, Token]] = deque(maxlen=3)
        self._nesting = 0
        self._outside: list[int] = []
        self._just_reported = False

    def read(self) -> File:
        """Return the tree of all that can be read."""
        while True:
            if self._words.faults > MOST_FAULTS:
                return self._given_up()
            token = self._words.scan(self._cell, self._position)
            if token is None:
                self._bad_character()
                continue
            after = self._words.shift(self._cell, token)
            if after is None:
                self._mistake(token)
                continue
            if token.kind == END:
                return self._file(after)
            self._before.append((self._cell, token))
            self._cell, self._position = after, token.end
            self._just_reported = False
            if self._nests_too_deeply(token):
                self._words.report(problems.too_deep(self._words.span(token), NESTING_LIMIT))
                self._pass_over(token.end)

    def _file(self, cell: Cell) -> File:
        file = cell.value
        assert isinstance(file, File)
        whole = Span(self._words.source, 0, len(self._words.text))
        if not file.items and not self._words.problems():
            self._words.report(problems.empty_file(whole))
        words = self._words
        return replace(file, comments=words.comments(), whole=words.whole, span=whole)

    def _given_up(self) -> File:
        """Return the tree of what was whole before one fault too many."""
        here = self._words.next_start(self._position)
        self._words.give_up(too_many_faults(Span(self._words.source, here, here)))
        cell = self._cell
        while (after := self._words.shift(cell, Token(END, here, here))) is None:
            assert cell.below is not None, "an empty file is a file"
            cell = cell.below
        return self._file(after)

    def _nests_too_deeply(self, token: Token) -> bool:
        kind = token.kind
        if kind in _NESTING:
            if kind == "LPAR":
                self._outside.append(self._nesting)
            self._nesting += 1
        elif kind in _AFRESH:
            self._forget_nesting()
        elif kind == "RPAR" and self._outside:
            self._nesting = self._outside.pop()
        elif kind == "COMMA":
            self._nesting = self._outside[-1] + 1 if self._outside else 0
        return self._nesting > NESTING_LIMIT

    def _forget_nesting(self) -> None:
        self._nesting = 0
        self._outside.clear()

    # -- characters that begin no word -----------------------------------------------------

    def _bad_character(self) -> None:
        text = self._words.text
        start = self._words.next_start(self._position)
        line_end = text.find("\n", start)
        line = text[start : line_end if line_end >= 0 else len(text)]
        if line[0] == '"':
            self._quoted(start, start + len(line.rstrip().rstrip(".,")), closing=0)
            return
        closing = [line.find(each, 1) for each in _CLOSING_QUOTES.get(line[0], "")]
        if ends := [each for each in closing if each > 0]:
            self._quoted(start, start + min(ends) + 1, closing=1)
            return
        end = start + 1
        while end < start + len(line) and not text[end].isspace() and not self._begins_word(end):
            end += 1
        self._words.report(problems.unexpected_character(Span(self._words.source, start, end)))
        self._position = end
        self._just_reported = True

    def _begins_word(self, position: int) -> bool:
        return self._words.scan(None, position) is not None

    def _quoted(self, start: int, end: int, *, closing: int) -> None:
        span = Span(self._words.source, start, end)
        problem = problems.other_quotes(span) if closing else problems.unclosed_quote(span)
        self._words.report(problem)
        inner = self._words.text[start + 1 : end - closing].rstrip("\\")
        value = Word("STRING", f'"{inner}"', span)
        after = self._words.machine.advance(self._cell, "STRING", value, self._words.source)
        self._cell = after or self._cell
        self._position = end
        self._just_reported = True

    # -- words that may not stand where they stand -----------------------------------------

    def _mistake(self, token: Token) -> None:
        repair = best_repair(self._words, self._cell, token, self._before)
        if not self._just_reported:
            harmless = repair is not None and repair.harmless
            self._words.report(self._problem(repair, token), harmless=harmless)
        if repair is None:
            self._pass_over(token.start)
            return
        self._cell, self._position = repair.cell, repair.position
        self._before.clear()
        self._forget_nesting()
        self._just_reported = repair.change == "deleted"

    def _problem(self, repair: Repair | None, token: Token) -> Diagnostic:
        words = self._words
        if repair is None or repair.change == "deleted":
            return problems.unexpected_words(words.span(token), self._allowed())
        span = words.span(repair.token)
        if repair.change == "replaced":
            return problems.misspelt_keyword(span, self._called(repair.kind).strip("`"))
        if repair.kind == "STOP":
            return problems.missing_full_stop(self._last_word(repair.token))
        return self._missing(repair, span)

    def _missing(self, repair: Repair, following: Span) -> Diagnostic:
        """Return which word is missing: a name, if a keyword was read as one."""
        words = self._words
        keywords = spellings(words.machine.keywords)
        if self._before and self._before[-1][1].kind == "NAME":
            last = words.span(self._before[-1][1])
            if any(last.text in keywords.get(kind, ()) for kind, _ in words.accepted(self._cell)):
                return problems.missing_word(last, _MARKS["NAME"])
        return problems.missing_word(following, self._called(repair.kind))

    def _last_word(self, following: Token) -> Span:
        ends = [token for _, token in self._before if token.end <= following.start]
        return self._words.span(ends[-1] if ends else following)

    def _called(self, kind: str) -> str:
        spelled = spellings(self._words.machine.keywords).get(kind)
        if spelled:
            return f"`{spelled[0]}`"
        return _MARKS.get(kind, "a comparison")

    def _allowed(self) -> tuple[str, ...]:
        kinds = {kind for kind, _ in self._words.accepted(self._cell) if kind != END}
        named = sorted(kinds, key=lambda kind: (kind not in _MARKS, self._called(kind)))
        return tuple(dict.fromkeys(map(self._called, named)))

    # -- going on after what cannot be read ------------------------------------------------

    def _pass_over(self, position: int) -> None:
        """Go on after the next full stop, or at the next heading, with what was whole before."""
        self._before.clear()
        self._forget_nesting()
        self._just_reported = False
        for place in self._resting_places(position):
            cell: Cell | None = self._cell
            while cell is not None:
                token = self._words.scan(cell, place) if self._rests(cell) else None
                if token is not None and self._words.shift(cell, token) is not None:
                    self._cell, self._position = cell, place
                    return
                cell = cell.below
        self._cell, self._position = self._words.machine.bottom(), len(self._words.text)

    def _rests(self, cell: Cell) -> bool:
        row = self._words.machine.actions[cell.state]
        return any(kind in row for kind in _OPENING)

    def _resting_places(self, position: int) -> Iterator[int]:
        """Yield where a sentence may begin after ``position``, the end of the text last."""
        words = spellings(self._words.machine.keywords)
        headings = "|".join(
            r"\s+".join(map(re.escape, each.split())) for kind in _HEADINGS for each in words[kind]
        )
        place = re.compile(
            r'"(?:\\.|[^"\\\n])*"|#[^\n]*|(?P<stop>\.(?![^\W\d]|\d))'
            rf"|(?P<heading>(?<=\n)[ \t]*(?:{headings})(?!\w))"
        )
        for found in place.finditer(self._words.text, position):
            if found["stop"]:
                yield found.end()
            elif found["heading"]:
                yield found.start()
        yield len(self._words.text)
