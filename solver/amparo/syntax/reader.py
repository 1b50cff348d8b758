"""From text to tree, word by word; where a word may not stand, on from the likeliest repair.

One mistake gives one problem: a repair is chosen by how far the text reads on after it. Where no
repair reads on, everything up to the next full stop or heading is passed over.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from amparo.diagnostics import MOST_FAULTS, Diagnostic, too_many_faults
from amparo.syntax import problems
from amparo.syntax.keywords import single_words, spellings
from amparo.syntax.machine import END, Cell, Token
from amparo.syntax.parts import Word
from amparo.syntax.repair import Repair, best_repair, meant_for
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

_DATE = "a date such as `2024-02-29`"
_MARKS = {"STOP": "a full stop", "LPAR": "`(`", "RPAR": "`)`", "LBRACE": "`{`", "RBRACE": "`}`"}
_MARKS |= {"COMMA": "a comma", "COLON": "a colon", "EQUAL": "`=`", "PLUS": "`+`", "MINUS": "`-`"}
_MARKS |= {"STAR": "`*`", "DOT": "a dot and a role", "NAME": "a name", "STRING": "a quoted text"}
_MARKS |= {"INT": "a number", "DECIMAL": "a number", "LABEL": "a number", "DATE": _DATE}
_SIGNS = frozenset(("PLUS", "MINUS", "STAR", "EQUAL"))
_MARKS |= {"LETTERS": "a letter", "RULE": "the name of a rule"}

_DUTY = "a duty begins with what it follows: `when Levy l require some Notice n …`"
_THOUSANDS = "thousands are set apart by `_`: `1_000_000`"
_NOT = "`not` stands before what it denies: `not p owns x`"
_ARTICLES = ("a", "an", "the")
_ARTICLE = "names stand without an article"
_NAME = "a name is one word of letters, digits and `_`"
_NUMBER = "the number of a provision is written without parentheses: `paragraph 2`"
_CITATION = "a citation leads from the act down: `code article 1 paragraph 2`"


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
            replaced = repair is not None and repair.change == "replaced"
            misread = None if replaced else self._misread(token) or self._name_missing(repair)
            problem = misread or self._problem(repair, token)
            harmless = misread is None and repair is not None and repair.harmless
            self._words.report(problem, harmless=harmless)
        if repair is None:
            self._pass_over(token.start)
            return
        self._cell, self._position = repair.cell, repair.position
        self._before.clear()
        self._forget_nesting()
        self._just_reported = repair.change == "deleted"

    def _problem(self, repair: Repair | None, token: Token) -> Diagnostic:
        words = self._words
        if repair is None or repair.change == "deleted" or self._says_something(repair):
            return self._unexpected(token)
        span = words.span(repair.token)
        if repair.change == "replaced":
            known = span.text == "," or span.text in single_words(words.machine.keywords)
            return problems.misspelt_keyword(span, repair.spelling, known=known)
        if repair.kind == "STOP":
            return problems.missing_full_stop(self._last_word(repair.token))
        return problems.missing_word(span, self._called(repair.kind))

    def _says_something(self, repair: Repair) -> bool:
        """Say whether a keyword was made up, of several that could stand there."""
        keyword = repair.kind in spellings(self._words.machine.keywords)
        return keyword and not repair.harmless and len(self._allowed()) > 1

    def _unexpected(self, token: Token) -> Diagnostic:
        """Return that ``token`` may not stand here, with what may, or how it is said otherwise."""
        span, advice = self._words.span(token), self._advice(token)
        return problems.unexpected_words(span, () if advice else self._allowed(), advice)

    def _advice(self, token: Token) -> str | None:
        """Return how to say otherwise what is often written so, None if nothing is known."""
        kinds = {kind for kind, _ in self._words.accepted(self._cell)}
        if {"FORBID", "WHEN"} <= kinds and meant_for(self._words, "REQUIRE", token):
            return _DUTY
        before = [each.kind for _, each in self._before][-2:]
        close = token.start == self._position
        match *before, token.kind:
            case [*_, "INT", "COMMA", "INT"]:
                return _THOUSANDS
            case [*_, "INT" | "LABEL", "STOP", "INT"] if close:
                return _CITATION
            case [*_, "OF" | "LPAR"] if "DEFINITION" in kinds:
                return _CITATION
            case [*_, "LPAR"] if "LABEL" in kinds:
                return _NUMBER
            case [*_, "NAME", "MINUS"] if close:
                return _NAME
            case _:
                return None

    def _misread(self, token: Token) -> Diagnostic | None:
        """Return what is wrong with a small word that was read as a name a little before."""
        words = self._words
        for each, following in pairwise((*(each for _, each in self._before), token)):
            span, behind = words.span(each), words.span(following)
            if each.kind != "NAME":
                continue
            if span.text in spellings(words.machine.keywords)["NOT"]:
                return problems.unexpected_words(span, (), _NOT)
            article = span.text in _ARTICLES and following.kind == "NAME"
            if article and (span.text != "a" or behind.text[0].isupper()):
                return problems.unexpected_words(span, (), _ARTICLE)
        return None

    def _name_missing(self, repair: Repair | None) -> Diagnostic | None:
        """Return that a name is missing, if a keyword was read as one, or all but a keyword."""
        words = self._words
        if not self._before or self._before[-1][1].kind != "NAME":
            return None
        if repair is None or repair.change != "inserted" or repair.kind == "STOP":
            return None
        last = self._before[-1][1]
        if any(meant_for(words, kind, last) for kind, _ in words.accepted(self._cell)):
            return problems.missing_word(words.span(last), _MARKS["NAME"])
        return None

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
        named = sorted(
            kinds, key=lambda kind: (kind in _SIGNS, kind not in _MARKS, self._called(kind))
        )
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
        # The row names words that may follow in other places too; only what is accepted may here.
        row = self._words.machine.actions[cell.state]
        named = any(kind in row for kind in _OPENING)
        return named and any(kind in _OPENING for kind, _ in self._words.accepted(cell))

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
