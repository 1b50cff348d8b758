"""Text of strangers, made safe to print.

Norm files arrive from strangers, and what they hold may reach a terminal or a workflow's log: no
control character of theirs passes, and none that turns the direction of the text.
"""

import re
import unicodedata
from collections.abc import Mapping

_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}

_COMMAND = re.compile(r"^(?P<before>\s*):(?=:)|#(?=#\[)", re.MULTILINE)
_WRITTEN: Mapping[str, str] = {
    **dict.fromkeys(("json", "sarif", "gitlab"), "\\u{:04x}"),
    **dict.fromkeys(("junit", "html", "markdown"), "&#{};"),
}
"""How a character is written otherwise in a format without being another."""


def visible(text: str) -> str:
    """Return ``text`` with every control and formatting character written as its code point."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_code(each) if unicodedata.category(each) in _UNSAFE else each for each in text)


def _code(character: str) -> str:
    return f"\\u{{{ord(character):02x}}}"


def uncommanded(text: str, style: str = "full") -> str:
    """Return ``text``, in the format ``style``, without what the log of a build takes for a command.

    GitHub's runner obeys a line that begins with `::`, blanks aside, and `##[` wherever it stands;
    a text that is broken into lines can begin one with any of its words.
    """
    written = _WRITTEN.get(style)

    def told(found: re.Match[str]) -> str:
        mark = found[0][-1]
        code = _code(mark) if written is None else written.format(ord(mark))
        return (found["before"] or "") + code

    return _COMMAND.sub(told, text)
