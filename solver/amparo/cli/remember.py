"""`--no-cache` and `--cache`: what the solver answered, kept from run to run."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

import click

from amparo.pipeline.files import Unusable, root_of

OFF = "AMPARO_NO_CACHE"
"""The environment variable that does what --no-cache does."""
KEY = "AMPARO_CACHE_KEY"
"""That which holds the secret by which entries are signed, instead of a file of the user's."""


def answers_kept(command: Callable[..., int]) -> Callable[..., int]:
    """Give ``command``, which asks the solver, the options that say where answers are kept."""

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
    def remembering(*, no_cache: bool, folder: Path | None, **others: object) -> int:
        about = others.get("paths") or others.get("base")
        paths = about if isinstance(about, tuple) else (about,)
        with remembered(paths, folder, off=no_cache):
            return command(**others)

    return remembering


@contextmanager
def remembered(paths: tuple[Path, ...], folder: Path | None, *, off: bool) -> Iterator[None]:
    """Remember within what the solver answers, and what it answered about this project before.

    Raises:
        Unusable: the folder named is a link, or has no place.
    """
    from amparo.smt.session import remembering

    secret = None if off else _secret()
    if secret is None or not paths:
        with remembering():
            yield
        return
    from amparo.pipeline.answers import FOLDER, Answers

    if folder is not None and (folder.is_symlink() or not folder.absolute().parent.is_dir()):
        raise Unusable(f"`{folder}` cannot be a folder for answers")
    project = root_of(paths[0].resolve() if paths[0].is_dir() else paths[0].resolve().parent)
    keeper = Answers(folder or project / FOLDER, secret)
    with remembering(keeper):
        yield
    keeper.shrink()


def _secret() -> bytes | None:
    from amparo.pipeline.answers import secret_in

    if told := os.environ.get(KEY):
        return told.encode()
    return secret_in(Path(click.get_app_dir("amparo")))
