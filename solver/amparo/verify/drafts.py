"""What can be made of the bills asked about: parts of them, and other words for them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from amparo.core.law import Law
from amparo.syntax.tree import Act, File
from amparo.verify.finding import Cause

Kept = frozenset[tuple[str, int]]
"""Instructions, each as the name of its bill and its ordinal (from 1) in it."""


@dataclass(slots=True)
class Drafts:
    """The bills asked about, and how to make law of them. Every law is made once.

    ``files`` are the texts as written, ``acts`` the acts as amended by the bills. ``variant`` is
    the law with only some instructions, ``revised`` the law when a file stands in the place of the
    one of its path, or beside the others; both are None where that does not make law.
    """

    instructions: tuple[Cause, ...]
    files: tuple[File, ...]
    acts: tuple[Act, ...]
    variant: Callable[[Kept], Law | None]
    revised: Callable[[File], Law | None]
    _made: dict[Kept, Law | None] = field(default_factory=dict)

    @property
    def bills(self) -> tuple[str, ...]:
        """The names of the bills, in the order in which they were named."""
        return tuple(dict.fromkeys(each.bill for each in self.instructions))

    @property
    def whole(self) -> Kept:
        """All instructions."""
        return identities(self.instructions)

    def law(self, kept: Kept) -> Law | None:
        """Return the law with only the instructions ``kept``; None where they do not make law."""
        if kept not in self._made:
            self._made[kept] = self.variant(kept)
        return self._made[kept]

    def listed(self, kept: Kept) -> tuple[Cause, ...]:
        """Return the instructions ``kept``, in the order of the bills."""
        return tuple(each for each in self.instructions if identity(each) in kept)


def identity(cause: Cause) -> tuple[str, int]:
    """Return the bill and the ordinal of an instruction."""
    return cause.bill, cause.instruction


def identities(causes: tuple[Cause, ...]) -> Kept:
    """Return the bills and the ordinals of instructions."""
    return frozenset(map(identity, causes))
