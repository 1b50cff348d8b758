"""How far a run is, on a terminal: on the standard error, and gone when it ends."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

OFTEN = 0.1
"""Seconds between two pictures."""


@contextmanager
def shown_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show what is asked about; the function is told of every step."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    # No thread of its own: a process that has several cannot be forked safely.
    bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    task = bar.add_task("", total=None)
    last = 0.0

    def told(about: str, done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= OFTEN:
            last = time.monotonic()
            bar.update(task, description=about, completed=done, total=of, refresh=True)

    with bar:
        yield told
