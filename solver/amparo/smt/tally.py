"""How often the solver was asked, and what that took.

Found by context like the listeners of `proofs`: a call that forgot to hand the tally on would be
missing from it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Calls of the solver: how many, in its units of effort, in seconds.

    ``remembered`` are those that were not needed, since their answers were known.
    """

    calls: int = 0
    effort: int = 0
    seconds: float = 0.0
    remembered: int = 0

    def add(self, other: "Tally") -> None:
        """Count what ``other`` counted too: in another process, for instance."""
        self.calls += other.calls
        self.effort += other.effort
        self.seconds += other.seconds
        self.remembered += other.remembered


_COUNTING: ContextVar[tuple[Tally, ...]] = ContextVar("counting", default=())


@contextmanager
def counted() -> Iterator[Tally]:
    """Count every call of the solver that is made within."""
    tally = Tally()
    before = _COUNTING.set((*_COUNTING.get(), tally))
    try:
        yield tally
    finally:
        _COUNTING.reset(before)


def tell(more: Tally) -> None:
    """Add ``more`` to every tally that is kept."""
    for each in _COUNTING.get():
        each.add(more)


@contextmanager
def one_call(spent: Callable[[], int]) -> Iterator[None]:
    """Count what is done within as one call; ``spent`` tells the effort spent up to now."""
    if not _COUNTING.get():
        yield
        return
    effort, began = spent(), time.perf_counter()
    yield
    tell(Tally(1, spent() - effort, time.perf_counter() - began))
