"""What can be wrong with the words of a norm file, said to the person who wrote them."""

from amparo.diagnostics import Diagnostic
from amparo.text import Span

_FEW = 10
"""How many of the words that may stand in a place are named."""
_SEMICOLON = "a sentence ends with a full stop, and what is listed is divided by commas"
_LONGEST = 100
"""How many characters of a text are said in a message."""


def number_too_large(span: Span, limit: int) -> Diagnostic:
    """Return the problem of a number with too many digits."""
    return Diagnostic(
        "number-too-large",
        f"a number may have at most {limit} digits",
        span,
        label=f"{sum(map(str.isdigit, span.text))} digits",
        help="check the digits: nothing that a law counts is as many",
    )


def name_too_long(span: Span, limit: int) -> Diagnostic:
    """Return the problem of a name that no line has room for."""
    return Diagnostic(
        "name-too-long",
        f"a name may have at most {limit} characters",
        span,
        label=f"{span.end - span.start} characters",
        help="name it briefly, and say the rest with `reads` or in a title",
    )


def invalid_date(span: Span) -> Diagnostic:
    """Return the problem of a date that no calendar has."""
    return Diagnostic(
        "invalid-date",
        f"there is no such day as `{span.text}`",
        span,
        help="dates are year, month and day: 2024-02-29",
    )


def empty_file(span: Span) -> Diagnostic:
    """Return the problem of a file without a single statement."""
    return Diagnostic(
        "empty-file",
        "the file says nothing",
        Span(span.source, span.start, span.start),
        help="begin with `vocabulary`, `act`, `bill`, `scenario` or `question`",
    )


def too_deep(span: Span, limit: int) -> Diagnostic:
    """Return the problem of a condition with too much inside."""
    return Diagnostic(
        "nested-too-deeply",
        f"more than {limit} conditions or parentheses inside one another",
        span,
        label=f"level {limit + 1} begins here",
        help="give a part of the condition a name with `define`",
    )


def unclosed_quote(span: Span) -> Diagnostic:
    """Return the problem of a text whose closing quote is missing."""
    return Diagnostic(
        "unclosed-quote",
        "this text has no closing quote",
        span,
        help='end it with `"` on the same line; a longer text is several quoted pieces in a row',
    )


def other_quotes(span: Span) -> Diagnostic:
    """Return the problem of typographic quotes."""
    return Diagnostic(
        "unexpected-character",
        f"`{span.text[0]}` does not open a text",
        span,
        help='use straight quotes: `"`',
    )


def unexpected_character(span: Span) -> Diagnostic:
    """Return the problem of a character that no sentence has."""
    return Diagnostic(
        "unexpected-character",
        f"`{_brief(span)}` has no meaning here",
        span,
        help=_SEMICOLON if span.text == ";" else None,
    )


def misspelt_keyword(span: Span, keyword: str, *, known: bool) -> Diagnostic:
    """Return the problem of a word that is almost a keyword, or is written for one.

    ``known``: the language has it, in other places.
    """
    advice = f"did you mean `{keyword}`?"
    if known:
        return unexpected_words(span, (), advice)
    return Diagnostic("misspelt-keyword", f"`{_brief(span)}` is no keyword", span, help=advice)


def missing_full_stop(last: Span) -> Diagnostic:
    """Return the problem of a sentence that does not end."""
    return Diagnostic(
        "missing-full-stop",
        f"the sentence does not end after `{_brief(last)}`",
        last,
        help="end it with a full stop",
    )


def missing_word(before: Span, word: str) -> Diagnostic:
    """Return the problem of a word that was left out."""
    found = f"`{_brief(before)}`" if before.text else "the end of the file"
    return Diagnostic("missing-word", f"{word} is missing before {found}", before)


def unexpected_words(span: Span, allowed: tuple[str, ...], advice: str | None = None) -> Diagnostic:
    """Return the problem of words that may not stand where they stand; ``advice`` knows better."""
    found = f"`{_brief(span)}` may not stand here" if span.text else "the text ends too soon"
    return Diagnostic("unexpected-words", found, span, help=advice or _may_stand(allowed))


def _may_stand(allowed: tuple[str, ...]) -> str | None:
    some = allowed[:_FEW]
    if not some:
        return None
    listed = " or ".join((", ".join(some[:-1]), some[-1]) if some[1:] else some)
    return f"here may stand {'' if allowed == some else 'for instance '}{listed}"


def _brief(span: Span) -> str:
    """Return the words of ``span``, or how they begin: a word may be as long as a file."""
    text = span.text
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
