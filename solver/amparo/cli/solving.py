"""How the solver is asked: in how many processes, and where its answers are kept from run to run."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

import click

from amparo.pipeline.files import Unusable, root_of
from amparo.smt.memory import LEAST, bounded

OFF = "AMPARO_NO_CACHE"
"""The environment variable that does what --no-cache does."""
KEY = "AMPARO_CACHE_KEY"
"""That which holds the secret by which entries are signed, instead of a file of the user's."""


def solving(command: Callable[..., int]) -> Callable[..., int]:
    """Give ``command``, which asks the solver, the options that say how."""

    @click.option(
        "--jobs",
        type=click.IntRange(min=1),
        envvar="AMPARO_JOBS",
        metavar="NUMBER",
        help="Ask in so many processes; as many as there are processors if not said. The answers "
        "are the same.",
    )
    @click.option(
        "--memory",
        type=click.IntRange(min=LEAST),
        envvar="AMPARO_MEMORY",
        metavar="MEGABYTES",
        help="Take no more memory than this in each process. A question that takes more than half "
        "of it in the solver is `unknown`, and says so.",
    )
    @click.option("--no-cache", is_flag=True, envvar=OFF, help="Keep no answers, and use none.")
    @click.option(
        "--cache",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        envvar="AMPARO_CACHE",
        help="Keep what the solver answers here instead of in `.amparo-cache` of the project.",
    )
    @wraps(command)
    def solved(
        *,
        jobs: int | None,
        memory: int | None,
        no_cache: bool,
        folder: Path | None,
        **others: object,
    ) -> int:
        about = others.get("paths") or others.get("base")
        paths = about if isinstance(about, tuple) else (about,)
        quiet = others.get("quiet") is True
        with (
            bounded(memory),
            remembered(paths, folder, off=no_cache),
            at_work(jobs or processors(), quiet=quiet),
        ):
            return command(**others)

    return solved


@contextmanager
def remembered(paths: tuple[Path, ...], folder: Path | None, *, off: bool) -> Iterator[None]:
    """Remember within what the solver answers, and what it answered about this project before.

    Raises:
        Unusable: the folder named is a link, or has no place.
    """
    from amparo.smt.session import remembering

    project = None
    if paths and not off:
        project = root_of(paths[0].resolve() if paths[0].is_dir() else paths[0].resolve().parent)
    secret = None if project is None else _secret(project)
    if project is None or secret is None:
        with remembering():
            yield
        return
    from amparo.pipeline.answers import FOLDER, Answers

    if folder is not None and (folder.is_symlink() or not folder.absolute().parent.is_dir()):
        raise Unusable(f"`{folder}` cannot be a folder for answers")
    keeper = Answers(folder or project / FOLDER, secret)
    with remembering(keeper):
        yield
    keeper.shrink()


def processors() -> int:
    """Return how many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


@contextmanager
def at_work(jobs: int, *, quiet: bool) -> Iterator[None]:
    """Spread over ``jobs`` processes what is asked within; show how far it is on a terminal."""
    from amparo.verify.spread import workers

    if quiet or not sys.stderr.isatty():
        with workers(jobs):
            yield
        return
    from amparo.cli.progress import shown_progress

    with shown_progress() as progress, workers(jobs, progress):
        yield


def _secret(project: Path) -> bytes | None:
    """Return the user's secret; None where it would lie in ``project``, whose writer might know it.

    Where there is no home, the folder of a user's settings is one of where he stands.
    """
    from amparo.pipeline.answers import secret_in

    if told := os.environ.get(KEY):
        return told.encode()
    folder = Path(click.get_app_dir("amparo"))
    if not folder.is_absolute() or folder.resolve().is_relative_to(project):
        return None
    return secret_in(folder)
