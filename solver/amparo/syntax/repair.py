"""The likeliest repair where a word may not stand.

After Burke and Fisher, "A practical method for LR and LL syntactic error diagnosis and
recovery", TOPLAS 9(2), 1987: one word is replaced, inserted or left out, here or a little
before; the change after which the text reads on furthest is taken.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from amparo.syntax.keywords import single_words, spellings, written_for
from amparo.syntax.machine import END, Cell, Token
from amparo.syntax.words import Words

_AHEAD = 12
_ENOUGH = 3
_LIKE = 0.7
"""How like a keyword a word must be, of 1, to be taken for it where the text then reads on."""
_LIKE_BESIDE = 0.6
"""How like each word of a keyword of several words must be, as those beside it confirm it."""
_ALIKE = 0.75
"""How like a keyword a word must be to be taken for it whatever stands behind it."""

_LIKELY = (
    *("STOP", "RPAR", "RBRACE", "COMMA", "COLON", "HAS", "IS_A", "WHEN", "MEANS", "BECAUSE", "AND"),
    *("IN", "FROM", "WITH", "AS"),
)


@dataclass(frozen=True, slots=True)
class Repair:
    """One change, and where the reading goes on. ``token`` is the word replaced or after it.

    ``spelling`` is the keyword that was meant, where a word is replaced, and ``alike`` says
    whether the word is all but that.
    """

    change: Literal["replaced", "inserted", "deleted"]
    kind: str
    token: Token
    cell: Cell
    position: int
    cost: float
    spelling: str = ""
    alike: bool = False

    @property
    def harmless(self) -> bool:
        """Whether no word is lost by it, and none made up that says something."""
        return self.change == "replaced" or (self.change == "inserted" and self.kind in _LIKELY)


def best_repair(
    words: Words, cell: Cell, token: Token, before: Iterable[tuple[Cell, Token]]
) -> Repair | None:
    """Return the change that reads on furthest beyond ``token``, or None if none reads on.

    A word that is all but a keyword is taken for it, however much is wrong behind it.
    """
    found = list(_repairs(words, cell, token, before))
    meant = [each for each in found if each.alike and each.token.start == token.start]
    if meant:
        found = [each for each in found if each.change == "replaced"]
    best: tuple[float, Repair] | None = None
    for repair in found:
        read = _reads_on(words, repair, token.start)
        score = read - repair.cost
        if (read >= _ENOUGH or repair in meant) and (best is None or score > best[0]):
            best = score, repair
    return best and best[1]


def _repairs(
    words: Words, cell: Cell, token: Token, before: Iterable[tuple[Cell, Token]]
) -> Iterator[Repair]:
    places = [(cell, token), *reversed(tuple(before))]
    for back, (stack, word) in enumerate(places):
        for kind, after in words.accepted(stack):
            if (word.kind, kind) == ("COMMA", "AND"):
                yield Repair("replaced", kind, word, after, word.end, 1.0 + 0.3 * back, "and")
            for spelling, end, like in _almost(words, kind, word):
                found = Token(word.kind, word.start, end)
                cost = 0.3 * back + 0.2 * (1 - like) - 0.3 * spelling.count(" ")
                yield Repair("replaced", kind, found, after, end, cost, spelling, like >= _ALIKE)
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


def meant_for(words: Words, kind: str, word: Token) -> bool:
    """Say whether ``word`` is the keyword ``kind``, or all but that."""
    written = words.text[word.start : word.end]
    if written in spellings(words.machine.keywords).get(kind, ()):
        return True
    return any(like >= _ALIKE for _, _, like in _almost(words, kind, word))


def _almost(words: Words, kind: str, word: Token) -> Iterator[tuple[str, int, float]]:
    """Yield what ``word`` and the words behind it may be meant for, of the keyword ``kind``.

    Each is the keyword's spelling, where the words end that are written for it, and how like it
    they are, up to 1.
    """
    keywords = words.machine.keywords
    spelled = spellings(keywords).get(kind, ())
    for spelling in spelled:
        written, end = _as_many(words.text, word.start, spelling)
        if written != spelling and (like := _likeness(written.lower(), spelling)):
            yield spelling, end, like
    for instead in written_for(keywords).get(kind, ()):
        written, end = _as_many(words.text, word.start, instead)
        if written.lower() == instead:
            yield spelled[0], end, _ALIKE


def _as_many(text: str, start: int, spelling: str) -> tuple[str, int]:
    """Return as many words as ``spelling`` has, from ``start`` on, and where they end.

    What is more than twice as long is too unlike it, and a word may be as long as a file.
    """
    found = _words(spelling.count(" ") + 1).match(text, start, start + 2 * len(spelling) + 1)
    if found is None or found.end() > start + 2 * len(spelling):
        return "", start
    return " ".join(found[0].split()), found.end()


@cache
def _words(count: int) -> re.Pattern[str]:
    return re.compile(rf"[^\W\d][\w-]*(?:\s+[\w-]+){{{count - 1}}}")


def _likeness(written: str, spelling: str) -> float:
    """Return how like ``spelling`` what is written is, word by word, of 1; 0 if it is too unlike."""
    pairs = tuple(zip(written.split(), spelling.split(), strict=False))
    enough = _LIKE if len(pairs) == 1 else _LIKE_BESIDE
    return min((_like(*each, enough) for each in pairs), default=0.0)


def _like(written: str, word: str, enough: float) -> float:
    matcher = SequenceMatcher(None, word, written)
    if sorted(written) == sorted(word):
        return matcher.ratio()
    if matcher.real_quick_ratio() < enough or matcher.quick_ratio() < enough:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= enough else 0.0


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
