"""Text of strangers, made safe to print.

Norm files arrive from strangers, and what they hold may reach a terminal or a workflow's log: no
control character of theirs passes, and none that turns the direction of the text.
"""

import unicodedata

_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: str) -> str:
    """Return ``text`` with every control and formatting character written as its code point."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_code(each) if unicodedata.category(each) in _UNSAFE else each for each in text)


def _code(character: str) -> str:
    return f"\\u{{{ord(character):02x}}}"
