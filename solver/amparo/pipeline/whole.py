"""Files that are written whole or not at all.

A run may be killed at any moment, and the disk may be full. What it writes stands beside its place
until it is complete, and then takes it: whoever looks finds the file that was there, or the new
one. A link in that place is replaced and not followed, since it may come from a stranger and lead
anywhere; only what is no file (a terminal, a pipe, a device) is written to where it is.
"""

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".amparo-new-"
"""How the name of a file begins that is not complete."""
LEFT = 3600
"""Seconds after which an unfinished file is one of a run that was killed."""
ANYBODY = 0o666
"""What may be done with a new file, as far as the user's mask allows it."""


def write_whole(path: Path, text: str) -> None:
    """Put ``text``, as UTF-8, at ``path``; a file that was there keeps its permissions.

    Raises:
        OSError: it cannot be; of this path, whatever was written beside it.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        else:
            put_whole(path, text.encode("utf-8", "surrogatepass"), _mode(path))
            sweep(path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def put_whole(path: Path, content: bytes, mode: int | None = None) -> None:
    """Put ``content`` at ``path``, for its owner alone where no ``mode`` is given."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
            file.write(content)
        if mode is not None:
            Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Delete what runs that were killed left unfinished in ``folder``, as far as that can be."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(UNFINISHED) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > LEFT:
                        Path(entry.path).unlink()


def _mode(path: Path) -> int:
    if path.is_file() and not path.is_symlink():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return ANYBODY & ~mask
