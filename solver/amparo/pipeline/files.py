"""Which files a run is about.

Folders are walked in sorted order; links are not followed, and nothing outside the project is
read. The project's root is the nearest folder upwards that holds one of `MARKS`, else the nearest
that holds a body of law, else the folder itself.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

MARKS = ("amparo.toml", "pyproject.toml", ".git")
BODY = "body.norm"
ENDINGS = (".norm", ".norm.md")
MOST_FILES = 20_000


class Unusable(Exception):
    """The call cannot be carried out: a path that is not there, nothing to check."""


def root_of(folder: Path) -> Path:
    """Return the root of the project that ``folder`` (resolved) lies in."""
    upwards = (folder, *folder.parents)
    for each in upwards:
        if any((each / mark).exists() for mark in MARKS):
            return each
    return next((each for each in upwards if (each / BODY).is_file()), folder)


def body_of(file: Path) -> Path | None:
    """Return the nearest folder upwards from ``file``, inside its project, that is a body of law."""
    root = root_of(file.parent)
    for each in (file.parent, *file.parent.parents):
        if (each / BODY).is_file():
            return each
        if each == root:
            return None
    return None


def requested(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the norm files that ``paths`` name or contain, resolved, each once.

    Raises:
        Unusable: a path does not exist, is no norm file, or holds none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        resolved = path.resolve()
        if resolved.is_dir():
            held = tuple(_limited(walk(resolved), path))
            if not held:
                raise Unusable(f"`{path}` holds no norm file (`*.norm` or `*.norm.md`)")
            found.update(dict.fromkeys(held))
        elif not resolved.exists():
            raise Unusable(f"`{path}` does not exist")
        elif not is_norm_file(resolved):
            raise Unusable(f"`{path}` is no norm file: its name must end in `.norm` or `.norm.md`")
        else:
            found[resolved] = None
    if not found:
        raise Unusable("no norm files were given")
    return tuple(found)


def is_norm_file(path: Path) -> bool:
    """Say whether ``path`` is a file whose name is that of a norm file."""
    return path.name.endswith(ENDINGS) and path.is_file()


def walk(folder: Path, *, into_bodies: bool = True) -> Iterator[Path]:
    """Yield the norm files under ``folder`` in sorted order; hidden folders and links are left out."""
    entries = sorted(folder.iterdir(), key=lambda each: each.name)
    for entry in entries:
        if entry.is_symlink() or entry.name.startswith("."):
            continue
        if entry.is_dir():
            if into_bodies or not (entry / BODY).is_file():
                yield from walk(entry, into_bodies=into_bodies)
        elif is_norm_file(entry):
            yield entry


def shown(path: Path) -> str:
    """Return ``path`` as the user knows it: relative to where they stand, if it lies below."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _limited(files: Iterator[Path], path: Path) -> Iterator[Path]:
    for count, file in enumerate(files):
        if count == MOST_FILES:
            raise Unusable(f"`{path}` holds more than {MOST_FILES} norm files")
        yield file
