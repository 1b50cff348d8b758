"""The words of the language, apart from its rules.

One grammar serves every language: a table says how each keyword is spelled. A keyword of one
word yields to a name wherever the keyword may not stand; a keyword of several words takes any
white space between them.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from amparo._resources import folder

_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Keywords:
    """The spellings of every keyword of one language; the first of each is the one printed.

    ``instead`` has words that are no keywords, with the keywords for which people write them.
    """

    language: str
    table: tuple[tuple[str, tuple[str, ...]], ...]
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def spelling(self, keyword: str) -> str:
        """Return how ``keyword`` is printed."""
        return spellings(self)[keyword][0]


@cache
def spellings(keywords: Keywords) -> Mapping[str, tuple[str, ...]]:
    """Return all spellings by the keyword's name in the grammar."""
    return dict(keywords.table)


@cache
def single_words(keywords: Keywords) -> Mapping[str, tuple[str, ...]]:
    """Return, by spelling, the keywords of one word: one word may spell several keywords."""
    found: dict[str, tuple[str, ...]] = {}
    for name, spelled in keywords.table:
        for each in spelled:
            if _WORD.fullmatch(each):
                found[each] = (*found.get(each, ()), name)
    return found


@cache
def written_for(keywords: Keywords) -> Mapping[str, tuple[str, ...]]:
    """Return, by the keyword's name, the words that people write for it."""
    found: dict[str, tuple[str, ...]] = {}
    for word, names in keywords.instead:
        for name in names:
            found[name] = (*found.get(name, ()), word)
    return found


@cache
def load(language: str = "en") -> Keywords:
    """Return the keywords of ``language``, from the grammar's folder."""
    path = folder("grammar") / "keywords" / f"{language}.toml"
    return read_table(path.read_text(encoding="utf-8"))


def read_table(text: str) -> Keywords:
    """Return the keywords that a table written in TOML spells."""
    table = tomllib.loads(text)
    return Keywords(table["language"], _rows(table["keywords"]), _rows(table.get("instead", {})))


def _rows(table: Mapping[str, str | list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (
        (name, (listed,) if isinstance(listed, str) else tuple(listed))
        for name, listed in table.items()
    )
    return tuple(sorted(rows))


def terminals(keywords: Keywords) -> str:
    """Return the terminals of the grammar that the keywords are.

    One word is a string, so that lark's contextual lexer prefers the keyword exactly where it
    may stand; several words are an expression of high priority, longer ones first.
    """
    return "".join(_terminal(name, spelled) for name, spelled in keywords.table)


def _terminal(name: str, spelled: tuple[str, ...]) -> str:
    if len(spelled) == 1 and (_WORD.fullmatch(spelled[0]) or not re.search(r"\w", spelled[0])):
        return f'{name}: "{spelled[0]}"\n'
    longest_first = sorted(spelled, key=len, reverse=True)
    pattern = "|".join(r"\s+".join(map(_escaped, each.split())) for each in longest_first)
    return f"{name}.5: /(?:{pattern})(?!\\w)/\n"


def _escaped(word: str) -> str:
    return re.escape(word).replace("/", r"\/")
