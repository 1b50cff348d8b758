"""What went wrong and where, as data. Rendering is `report`'s business.

Messages are lower case, without a full stop or line break, with the user's words in backticks;
they speak of law, not of our types. Advice goes to ``help``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from amparo.text import Span

MOST_FAULTS = 200
"""How many faults are looked for before a text is given up: advice on each takes time."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words of the text, and what there is to say of them."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A fault of the text. ``code`` names it, as in ``unknown-name``; each has a page in the docs.

    ``once``: one correction ends all faults of one text that share it; only the first is told.
    """

    code: str
    message: str
    primary: Span
    label: str = ""
    related: tuple[Label, ...] = ()
    help: str | None = None
    once: str | None = None


def too_many_faults(span: Span) -> Diagnostic:
    """Return the problem of one fault too many, which begins at ``span``."""
    return Diagnostic(
        "too-many-faults",
        f"there are more than {MOST_FAULTS} faults: the rest was not looked for",
        Span(span.source, span.start, span.start),
        help="correct the first ones, then check again",
    )


class Rejected(Exception):
    """The user's text cannot be read as law. Carries every problem found, in text order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Sort ``diagnostics`` by file and place."""
        self.diagnostics = _told_once(
            sorted(
                dict.fromkeys(diagnostics),
                key=lambda each: (each.primary.source.path, each.primary.start, each.code),
            )
        )
        super().__init__("; ".join(each.message for each in self.diagnostics))


def _told_once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    found: dict[object, Diagnostic] = {}
    for each in diagnostics:
        found.setdefault(each if each.once is None else (each.primary.source, each.once), each)
    return tuple(found.values())
