"""How much memory a run may take: the solver half of it, the whole process all of it.

Not the same on every machine, as effort is: so a budget of memory is only what was asked for, and
an answer that it prevented is remembered by nobody.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LEAST = 600
"""Megabytes in which the program and a small law have room."""

_MOST: ContextVar[int | None] = ContextVar("most memory", default=None)


class OutOfMemory(Exception):
    """A question takes more memory than there is: the answer is not known."""

    def __init__(self) -> None:
        """Name the limit, where one was set."""
        limit = "the memory" if most() is None else f"the memory of {most()} MB"
        super().__init__(f"{limit} is used up")


@contextmanager
def bounded(megabytes: int | None) -> Iterator[None]:
    """Take no more than ``megabytes`` within, in each process; as much as there is if None."""
    before = _MOST.set(megabytes)
    try:
        with _address_space(megabytes):
            yield
    finally:
        _MOST.reset(before)


def most() -> int | None:
    """Return how many megabytes may be taken."""
    return _MOST.get()


@contextmanager
def _address_space(megabytes: int | None) -> Iterator[None]:
    """Have the system refuse more, where it can."""
    if megabytes is None or not sys.platform.startswith("linux"):
        yield
        return
    resource = importlib.import_module("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    mine = megabytes << 20
    known = [each for each in (mine, soft, hard) if each != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
