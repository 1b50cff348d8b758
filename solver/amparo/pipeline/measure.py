"""What a run took."""

import time
from collections.abc import Callable
from dataclasses import replace

from amparo.report.result import Result, Spent
from amparo.smt.tally import counted


def measured(ask: Callable[[], Result]) -> Result:
    """Return what ``ask`` finds, with what that took."""
    began = time.perf_counter()
    with counted() as tally:
        result = ask()
    seconds = time.perf_counter() - began
    spent = Spent(tally.calls, tally.effort, tally.seconds, seconds, tally.remembered)
    return replace(result, spent=spent)
