"""The proofs that are made, as text: the scripts that were found unsatisfiable.

Whoever wants them hears of every one that is made meanwhile, however deep. The listener is found by
context and not handed from call to call: a call that forgot to hand it on would leave a proof
unheard, and whoever counts them would not know.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_LISTENING: ContextVar[tuple[dict[str, None], ...]] = ContextVar("listening", default=())


@contextmanager
def recorded() -> Iterator[Mapping[str, None]]:
    """Collect the script of every proof that is made within, each once, in order."""
    scripts: dict[str, None] = {}
    before = _LISTENING.set((*_LISTENING.get(), scripts))
    try:
        yield scripts
    finally:
        _LISTENING.reset(before)


def are_wanted() -> bool:
    """Say whether anybody collects proofs."""
    return bool(_LISTENING.get())


def record(script: str) -> None:
    """Tell whoever listens that ``script`` is unsatisfiable."""
    for each in _LISTENING.get():
        each[script] = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof by the second solver that a script is unsatisfiable, as text in its calculus (CPC).

    Its solver checked each step, and that it starts from the script alone; but for ``trusted``
    steps, for which the calculus has no rule.
    """

    text: str
    trusted: int
