"""Faults collected on the way, so that every problem of a text is reported, not only the first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from amparo.diagnostics import MOST_FAULTS, Diagnostic, Rejected, too_many_faults

_FEW = 6
_LONGEST = 100
_MOST = 5_000
"""Beyond these no name is compared with others: that takes longer than its advice is worth."""


@dataclass(slots=True)
class Problems:
    """What a pass has found so far: errors reject the text, warnings do not."""

    errors: list[Diagnostic] = field(default_factory=list)
    warnings: list[Diagnostic] = field(default_factory=list)

    def error(self, diagnostic: Diagnostic) -> None:
        """Add an error.

        Raises:
            Rejected: it is one fault too many.
        """
        self.errors.append(diagnostic)
        if len(self.errors) > MOST_FAULTS:
            raise Rejected((*self.errors, too_many_faults(diagnostic.primary)))

    def warn(self, diagnostic: Diagnostic) -> None:
        """Add a warning."""
        self.warnings.append(diagnostic)


def a(name: str) -> str:
    """Return ``name``, marked as the user's word, with the article that it is read with."""
    return f"{'an' if name[:1] in 'AEIOUaeiou' else 'a'} `{name}`"


def known_ones(known: Iterable[str]) -> str | None:
    """Return the words that would be known here, if they are few."""
    words = sorted(set(known))
    if not 0 < len(words) <= _FEW:
        return None
    return f"known here: {', '.join(f'`{each}`' for each in words)}"


def resembling(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that ``word`` most resembles, if any does."""
    others = sorted(set(known))
    if len(word) > _LONGEST or len(others) > _MOST:
        return None
    close = get_close_matches(word, others, n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return advice naming the known word that ``word`` most resembles, if any does."""
    close = resembling(word, known)
    return f"did you mean `{close}`?" if close else None
