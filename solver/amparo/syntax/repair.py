"""The likeliest repair where a word may not stand.

After Burke and Fisher, "A practical method for LR and LL syntactic error diagnosis and
recovery", TOPLAS 9(2), 1987: one word is replaced, inserted or left out, here or a little
before; the change after which the text reads on furthest is taken.
"""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from amparo.syntax.keywords import single_words, spellings
from amparo.syntax.machine import END, Cell, Token
from amparo.syntax.words import Words

_AHEAD = 12
_ENOUGH = 3

_LIKELY = ("STOP", "RPAR", "RBRACE", "COMMA", "COLON", "HAS", "IS_A", "WHEN", "MEANS", "BECAUSE")


@dataclass(frozen=True, slots=True)
class Repair:
    """One change, and where the reading goes on. ``token`` is the word replaced or after it."""

    change: Literal["replaced", "inserted", "deleted"]
    kind: str
    token: Token
    cell: Cell
    position: int
    cost: float

    @property
    def harmless(self) -> bool:
        """Whether no word is lost by it, and none made up that says something."""
        return self.change == "replaced" or (self.change == "inserted" and self.kind in _LIKELY)


def best_repair(
    words: Words, cell: Cell, token: Token, before: Iterable[tuple[Cell, Token]]
) -> Repair | None:
    """Return the change that reads on furthest beyond ``token``, or None if none reads on."""
    best: tuple[float, Repair] | None = None
    for repair in _repairs(words, cell, token, before):
        read = _reads_on(words, repair, token.start)
        score = read - repair.cost
        if read >= _ENOUGH and (best is None or score > best[0]):
            best = score, repair
    return best and best[1]


def _repairs(
    words: Words, cell: Cell, token: Token, before: Iterable[tuple[Cell, Token]]
) -> Iterator[Repair]:
    places = [(cell, token), *reversed(tuple(before))]
    for back, (stack, word) in enumerate(places):
        for kind, after in words.accepted(stack):
            almost = _almost(words, kind, word)
            if almost is not None:
                end, unlike = almost
                found = Token(word.kind, word.start, end)
                yield Repair("replaced", kind, found, after, end, 0.3 * back + 0.2 * unlike)
        for kind, after in words.accepted(stack):
            if kind != END and (back == 0 or kind == "STOP"):
                cost = _cost(words, kind, word, after) + 0.3 * back
                yield Repair("inserted", kind, word, after, word.start, cost)
        if word.kind == END:
            return
    yield Repair("deleted", token.kind, token, cell, token.end, 1.9)


def _cost(words: Words, kind: str, word: Token, after: Cell) -> float:
    if kind == "STOP":
        line = words.text[words.text.rfind("\n", 0, word.start) + 1 : word.start]
        return 2.5 if line.strip() else 0.5
    if kind in _LIKELY:
        return 1 + _LIKELY.index(kind) / 100
    if kind in {"NAME", "STRING", "INT", "DATE", "DECIMAL", "LABEL", "LETTERS", "RULE"}:
        return 2.2
    # A keyword is hardly meant where it lets the keyword behind it be read as a name, or a word as
    # the letter of a provision.
    return 2.5 if _misread(words, word, after) else 1.5


def _misread(words: Words, word: Token, cell: Cell) -> bool:
    """Say whether after ``cell`` a keyword is read as a name, or any word as a letter."""
    spelled = words.text[word.start : word.end] in single_words(words.machine.keywords)
    read = words.scan(cell, word.start)
    return read is not None and (read.kind == "LETTERS" or (spelled and read.kind == "NAME"))


def _almost(words: Words, kind: str, word: Token) -> tuple[int, float] | None:
    """Return where the words end that are almost the keyword ``kind``, and how unlike it they are."""
    for spelling in spellings(words.machine.keywords).get(kind, ()):
        end = word.end
        for _ in spelling.split()[1:]:
            following = words.machine.scan(None, words.text, words.next_start(end))
            end = following.end if following else end
        written = " ".join(words.text[word.start : end].split())
        if written != spelling and written[:1].isalpha() and _like(written, spelling):
            return end, 1 - difflib.SequenceMatcher(None, written, spelling).ratio()
    return None


def _like(written: str, spelling: str) -> bool:
    if len(written) > 2 * len(spelling):
        return False  # too unlike by its length alone, and a word may be as long as a file
    if sorted(written) == sorted(spelling):
        return True
    return bool(difflib.get_close_matches(written, [spelling], cutoff=0.7))


def _reads_on(words: Words, repair: Repair, start: int) -> int:
    """Return how many words from ``start`` on can be read after the repair."""
    cell, position, read, ended = repair.cell, repair.position, 0, repair.kind == "STOP"
    while read < _AHEAD:
        token = words.scan(cell, position)
        if token is None:
            return read
        after = words.shift(cell, token)
        if after is None:
            return read
        if token.kind == END:
            return _AHEAD
        if token.start >= start:
            read += 1
        cell, position = after, token.end
        if token.kind == "STOP" and not ended:
            ended = True
            read = max(read, _ENOUGH)
    return read
