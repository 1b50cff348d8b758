"""Which files a run is about.

Folders are walked in sorted order; links are not followed, and nothing outside the project is
read. The project's root is the nearest folder upwards that holds one of `MARKS`, else the nearest
that holds a body of law, else the folder itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

MARKS = ("amparo.toml", "pyproject.toml", ".git")
BODY = "body.norm"
ENDINGS = (".norm", ".norm.md")
MOST_FILES = 20_000


class Unusable(Exception):
    """The call cannot be carried out: a path that is not there, nothing to check."""


class Tree(Protocol):
    """Where files are read from: the disk as it is, or a version of it. Paths are resolved."""

    def resolved(self, path: Path) -> Path:
        """Return ``path`` as every other question here takes it."""

    def is_file(self, path: Path) -> bool:
        """Say whether there is a file at ``path``."""

    def is_folder(self, path: Path) -> bool:
        """Say whether there is a folder at ``path``."""

    def entries(self, folder: Path) -> Iterable[Path]:
        """Return what stands in ``folder``, without links."""

    def content(self, path: Path, most: int) -> bytes:
        """Return the first ``most`` bytes of the file at ``path``."""

    def called(self, path: Path) -> str:
        """Return ``path`` as the user knows it."""


@dataclass(frozen=True, slots=True)
class Disk:
    """The files as they are."""

    def resolved(self, path: Path) -> Path:
        """Return where ``path`` leads, whatever links are on the way."""
        return path.resolve()

    def is_file(self, path: Path) -> bool:
        """Say whether there is a file at ``path``."""
        return path.is_file()

    def is_folder(self, path: Path) -> bool:
        """Say whether there is a folder at ``path``."""
        return path.is_dir()

    def entries(self, folder: Path) -> Iterable[Path]:
        """Return what stands in ``folder``, without links."""
        return (each for each in folder.iterdir() if not each.is_symlink())

    def content(self, path: Path, most: int) -> bytes:
        """Return the first ``most`` bytes of the file at ``path``."""
        with path.open("rb") as file:
            return file.read(most)

    def called(self, path: Path) -> str:
        """Return ``path`` as the user knows it: relative to where they stand, if it lies below."""
        return shown(path)


DISK = Disk()


def root_of(folder: Path, tree: Tree = DISK) -> Path:
    """Return the root of the project that ``folder`` (resolved) lies in."""
    upwards = (folder, *folder.parents)
    for each in upwards:
        marks = [each / mark for mark in MARKS]
        if any(tree.is_file(mark) or tree.is_folder(mark) for mark in marks):
            return each
    return next((each for each in upwards if tree.is_file(each / BODY)), folder)


def body_of(file: Path, tree: Tree = DISK) -> Path | None:
    """Return the nearest folder upwards from ``file``, inside its project, that is a body of law."""
    root = root_of(file.parent, tree)
    for each in (file.parent, *file.parent.parents):
        if tree.is_file(each / BODY):
            return each
        if each == root:
            return None
    return None


def requested(paths: Iterable[Path], tree: Tree = DISK) -> tuple[Path, ...]:
    """Return the norm files that ``paths`` name or contain, resolved, each once.

    Raises:
        Unusable: a path does not exist, is no norm file, or holds none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        resolved = tree.resolved(path)
        if tree.is_folder(resolved):
            held = tuple(_limited(walk(resolved, tree), path))
            if not held:
                raise Unusable(f"`{path}` holds no norm file (`*.norm` or `*.norm.md`)")
            found.update(dict.fromkeys(held))
        elif not tree.is_file(resolved):
            raise Unusable(f"`{path}` does not exist")
        elif not is_norm_file(resolved, tree):
            raise Unusable(f"`{path}` is no norm file: its name must end in `.norm` or `.norm.md`")
        else:
            found[resolved] = None
    if not found:
        raise Unusable("no norm files were given")
    return tuple(found)


def is_norm_file(path: Path, tree: Tree = DISK) -> bool:
    """Say whether ``path`` is a file whose name is that of a norm file."""
    return path.name.endswith(ENDINGS) and tree.is_file(path)


def walk(folder: Path, tree: Tree = DISK, *, into_bodies: bool = True) -> Iterator[Path]:
    """Yield the norm files under ``folder`` in sorted order; hidden folders and links are left out."""
    for entry in sorted(tree.entries(folder), key=lambda each: each.name):
        if entry.name.startswith("."):
            continue
        if tree.is_folder(entry):
            if into_bodies or not tree.is_file(entry / BODY):
                yield from walk(entry, tree, into_bodies=into_bodies)
        elif is_norm_file(entry, tree):
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
