"""Characters that make a text read otherwise than it looks."""

import re
import unicodedata
from collections.abc import Iterator

from amparo.diagnostics import Diagnostic
from amparo.text import Source, Span

_HIDDEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LOOK_ALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]")


def hidden(source: Source) -> Iterator[Diagnostic]:
    """Yield a problem for each character that is not seen, in law, texts and comments alike."""
    for found in _HIDDEN.finditer(source.text):
        yield Diagnostic(
            "hidden-character",
            f"hidden character U+{ord(found[0]):04X} {_named(found[0])}",
            Span(source, found.start(), found.end()),
            label="the text may be read otherwise than it looks",
            help="delete it",
        )


def without_hidden(text: str) -> str:
    """Return ``text`` with each hidden character replaced by one that reads on from there."""
    return _HIDDEN.sub(_visible, text)


def _visible(found: re.Match[str]) -> str:
    text, end = found.string, found.end()
    around = text[found.start() - 1 : found.start()], text[end : end + 1]
    return "_" if all(each.isalnum() for each in around) else " "


def mixed_script(span: Span) -> Diagnostic | None:
    """Return a problem if the word mixes Latin with letters that look like Latin ones."""
    word = span.text
    if word.isascii() or not _LATIN.search(word):
        return None
    other = _LOOK_ALIKE.search(word)
    if other is None:
        return None
    return Diagnostic(
        "mixed-script-name",
        f"`{word}` mixes alphabets: `{other[0]}` is {_named(other[0])}",
        span,
        label="two names that look the same could be different",
        help="write the whole name in one alphabet",
    )


def _named(character: str) -> str:
    return unicodedata.name(character, "without a name")
