"""How printed text may be marked: plain, or with the colours of a terminal."""

from collections.abc import Callable
from typing import Literal as OneOf

Role = OneOf["bad", "good", "doubt", "strong", "faint", "place"]
Paint = Callable[[str, Role], str]
"""Marks text by the role it plays. No meaning is carried by the mark alone."""

_CODES: dict[Role, str] = {
    "bad": "1;31",
    "good": "1;32",
    "doubt": "1;33",
    "strong": "1",
    "faint": "2",
    "place": "36",
}


def plainly(text: str, role: Role) -> str:  # noqa: ARG001 - one shape for every painter
    """Return ``text`` as it is."""
    return text


def in_colour(text: str, role: Role) -> str:
    """Return ``text`` in the colour of its role, by ANSI codes."""
    return f"\x1b[{_CODES[role]}m{text}\x1b[0m"
