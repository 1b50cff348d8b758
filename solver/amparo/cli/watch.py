"""`--watch`: the same question again whenever what it is about changes."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Never

import click

from amparo.cli.configured import called_anew
from amparo.cli.ending import ended
from amparo.pipeline.files import ENDINGS, MARKS, Unusable, requested, root_of, shown
from amparo.report.escape import visible

FIRST_WAIT = 100
"""Milliseconds until the watch stands, before the first answer is given: no change falls between."""
TOGETHER = 200
"""Milliseconds in which changes count as one: an editor that saves writes more than once."""


def watched(command: Callable[..., int]) -> Callable[..., int]:
    """Give ``command``, which asks about ``paths`` and ``bills``, the option to ask again and again."""

    @click.option(
        "--watch",
        is_flag=True,
        help="Ask again whenever a norm file or the configuration changes, until Ctrl-C.",
    )
    @wraps(command)
    def again(
        *,
        watch: bool,
        paths: tuple[Path, ...],
        bills: tuple[Path, ...],
        saved: Path | None = None,
        **others: object,
    ) -> int:
        if not watch:
            return command(paths=paths, bills=bills, saved=saved, **others)
        if saved is not None:
            raise Unusable(
                "--save-scenario writes a norm file, and --watch would answer it: give one of them"
            )
        context = click.get_current_context()

        def ask() -> int:
            with called_anew(context) as parameters:
                return command(**{k: v for k, v in parameters.items() if k != "watch"})

        _keep_asking(_roots(requested((*paths, *bills))), ask)

    return again


def _keep_asking(roots: Iterable[Path], ask: Callable[[], int]) -> Never:
    """Call ``ask`` now and after every change below ``roots``; what fails is said, and it goes on.

    Raises:
        KeyboardInterrupt: the user has seen enough.
    """
    changes = _changes(roots)
    next(changes)
    while True:
        ended(ask)
        places = ", ".join(visible(shown(each)) for each in roots)
        click.echo(f"\nwatching {places}: Ctrl-C ends it", err=True)
        changed = next(each for each in changes if each)
        click.clear()  # on a terminal only
        click.echo(f"changed: {', '.join(map(visible, changed))}\n", err=True)


def _changes(roots: Iterable[Path]) -> Iterator[tuple[str, ...]]:
    """Yield what changed below ``roots`` since the last time; nothing changed, at first."""
    try:
        from watchfiles import DefaultFilter, watch
    except ModuleNotFoundError as missing:
        raise Unusable(
            "--watch needs the package `watchfiles`: install it, or `amparo[watch]`"
        ) from missing
    passes = DefaultFilter()
    for found in watch(
        *roots,
        watch_filter=lambda change, path: _matters(path) and passes(change, path),
        debounce=TOGETHER,
        rust_timeout=FIRST_WAIT,
        yield_on_timeout=True,
    ):
        yield tuple(sorted({shown(Path(path)) for _, path in found}))


def _matters(path: str) -> bool:
    return path.endswith(ENDINGS) or Path(path).name in MARKS


def _roots(files: Iterable[Path]) -> tuple[Path, ...]:
    """Return the projects that ``files`` lie in: nothing else is read for them."""
    roots = {root_of(file.parent) for file in files}
    return tuple(sorted(each for each in roots if not roots.intersection(each.parents)))
