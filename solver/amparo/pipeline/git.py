"""A version of the files of a project, as git keeps it. Nothing is checked out or written.

Only objects are read, by commands that run no filter, hook, pager, monitor or remote: what the
checkout's own configuration names is a stranger's and is not run. Links and submodules are left
out. The user's and the machine's configuration is obeyed, so that a folder that git calls unsafe
stays so until its user says otherwise.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from amparo.pipeline.files import ENDINGS, MARKS, MOST_FILES, Unusable
from amparo.syntax.read import SIZE_LIMIT

MOST_ENTRIES = 2_000_000
"""Files of one version that are looked at."""
MOST_BYTES = 500_000_000
"""Bytes of norm files of one version that are read."""

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "protocol.allow": "never",
    # A folder of norm files may hold what looks like a repository, with a configuration of its own.
    "safe.bareRepository": "explicit",
}
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OF_ANOTHER = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
"""What a hook tells the commands it runs of its own repository, relative to its own folder."""


@dataclass(frozen=True, slots=True)
class Version:
    """The files of a project as they were in the version ``name``: norm files, and its marks.

    Paths are those that the files have, or would have, in the checkout at ``root``.
    """

    name: str
    root: Path
    files: Mapping[Path, bytes]
    folders: Mapping[Path, tuple[Path, ...]]

    def resolved(self, path: Path) -> Path:
        """Return ``path`` from the root of the file system, without links, which nobody follows."""
        return Path(os.path.normpath(path.absolute()))

    def is_file(self, path: Path) -> bool:
        """Say whether there was a file at ``path``."""
        return path in self.files

    def is_folder(self, path: Path) -> bool:
        """Say whether there was a folder at ``path``."""
        return path in self.folders

    def entries(self, folder: Path) -> Iterable[Path]:
        """Return what stood in ``folder``."""
        return self.folders[folder]

    def content(self, path: Path, most: int) -> bytes:
        """Return the first ``most`` bytes of the file at ``path``."""
        return self.files[path][:most]

    def called(self, path: Path) -> str:
        """Return ``path`` as git calls it: ``main:norms/kz/body.norm``."""
        inside = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        return f"{self.name}:{inside.as_posix()}"


def version(name: str, folder: Path) -> Version:
    """Return the version ``name`` of the project in whose checkout ``folder`` lies.

    Raises:
        Unusable: there is no such version, or git cannot say.
    """
    commit = _commit(name, folder)
    root = _root(folder)
    blobs = tuple(_blobs(folder, commit))
    files = dict(_read(folder, root, blobs))
    # What marks a checkout is in no version of it.
    folders: dict[Path, dict[Path, None]] = {root: {}, root / ".git": {}}
    for path in files:
        for each in (path, *path.parents):
            if each == root:
                break
            folders.setdefault(each.parent, {})[each] = None
    return Version(name, root, files, {each: tuple(held) for each, held in folders.items()})


def known(name: str, folder: Path) -> bool:
    """Say whether the project in whose checkout ``folder`` lies has a version ``name``."""
    if not _is_plain(name) or shutil.which("git") is None:
        return False
    return _asked(folder, *_VERIFY, f"{name}^{{commit}}").returncode == 0


_VERIFY = ("rev-parse", "--verify", "--quiet", "--end-of-options")


def _is_plain(name: str) -> bool:
    """Say whether ``name`` can be that of a version: no option, and nothing that is not seen."""
    return bool(name) and name.isprintable() and not name.startswith("-")


def _commit(name: str, folder: Path) -> str:
    if not _is_plain(name):
        raise Unusable(f"`{name}` is no name of a version: name a branch, a tag or a commit")
    found = _asked(folder, *_VERIFY, f"{name}^{{commit}}")
    if found.returncode == 0:
        return found.stdout.decode().strip()
    where = _asked(folder, "rev-parse", "--is-shallow-repository")
    if where.returncode != 0:
        raise Unusable(
            f"`{name}` is no folder here, and git does not say which version it is: {_said(where)}"
        )
    if where.stdout.strip() == b"true":
        raise Unusable(
            f"there is no version `{name}` in this clone, which is shallow: fetch its history "
            "(`git fetch --unshallow`; in a workflow, `fetch-depth: 0`)"
        )
    remote = f"origin/{name}"
    if known(remote, folder):
        raise Unusable(f"there is no version `{name}` here: say `{remote}`")
    raise Unusable(
        f"`{name}` is neither a folder nor a version that git knows: name a branch, a tag or a "
        "commit, and fetch it if it is elsewhere"
    )


def _root(folder: Path) -> Path:
    found = _asked(folder, "rev-parse", "--show-toplevel")
    told = os.fsdecode(found.stdout).removesuffix("\n")
    root = Path(told).resolve()
    if found.returncode != 0 or not told:
        raise Unusable(f"`{folder}` lies in no checkout: {_said(found)}")
    if not folder.is_relative_to(root):
        raise Unusable(f"git says that the checkout of `{folder}` is at `{root}`, where it is not")
    return root


@dataclass(frozen=True, slots=True)
class _Blob:
    path: PurePosixPath
    identity: str
    size: int


def _blobs(folder: Path, commit: str) -> Iterator[_Blob]:
    """Yield the norm files of a version, and what marks the root of a project."""
    total, number = 0, 0
    for entry in _entries(folder, commit):
        header, _, name = entry.partition(b"\t")
        mode, _, identity, size = header.decode().split()
        path = PurePosixPath(os.fsdecode(name))
        if not mode.startswith("100") or not (path.name.endswith(ENDINGS) or path.name in MARKS):
            continue
        if not size.isdecimal():
            raise _lacking(path)
        blob = _Blob(path, identity, int(size))
        total, number = total + min(blob.size, SIZE_LIMIT), number + 1
        if number > MOST_FILES:
            raise Unusable(f"the version holds more than {MOST_FILES} norm files")
        if total > MOST_BYTES:
            raise Unusable(f"the norm files of the version have more than {MOST_BYTES} bytes")
        yield blob


def _entries(folder: Path, commit: str) -> Iterator[bytes]:
    """Yield every file of a version, as `git ls-tree` describes it."""
    call = _call(folder, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
    with subprocess.Popen(
        call,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as git:
        assert git.stdout is not None
        assert git.stderr is not None
        try:
            rest, count = b"", 0
            while chunk := git.stdout.read(1 << 16):
                *entries, rest = (rest + chunk).split(b"\0")
                count += len(entries)
                if count > MOST_ENTRIES:
                    raise Unusable(f"the version holds more than {MOST_ENTRIES} files")
                yield from entries
            error = git.stderr.read()
        finally:
            git.kill()
    if git.returncode != 0:
        raise Unusable(f"git cannot read the version: {_first_line(error)}")


def _read(folder: Path, root: Path, blobs: tuple[_Blob, ...]) -> Iterator[tuple[Path, bytes]]:
    small = [each for each in blobs if each.size <= SIZE_LIMIT]
    wanted = "".join(f"{each.identity}\n" for each in small).encode()
    found = _asked(folder, "cat-file", "--batch", given=wanted)
    if found.returncode != 0:
        raise Unusable(f"git cannot read the version: {_said(found)}")
    at = 0
    for each in small:
        end = found.stdout.index(b"\n", at)
        header = found.stdout[at:end].split()
        if len(header) != 3:  # noqa: PLR2004 - name, kind, size
            raise _lacking(each.path)
        size = int(header[2])
        yield root / each.path, found.stdout[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    # What is too large is refused for its size by whoever reads it.
    yield from (
        (root / each.path, bytes(SIZE_LIMIT + 1)) for each in blobs if each.size > SIZE_LIMIT
    )


def _lacking(path: PurePosixPath) -> Unusable:
    return Unusable(f"the clone lacks what `{path}` was: fetch it whole (`git fetch --refetch`)")


def _asked(
    folder: Path, *arguments: str, given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    call = _call(folder, *arguments)
    return subprocess.run(
        call,
        env=_environment(),
        input=b"" if given is None else given,
        capture_output=True,
        check=False,
    )


def _call(folder: Path, *arguments: str) -> list[str]:
    git = shutil.which("git")
    if git is None:
        raise Unusable("git is not installed: name a folder with the base version instead")
    if not Path(git).is_absolute():
        # Named by a relative entry of the path: what lies there may be a stranger's.
        raise Unusable(f"git was found at `{git}`, which depends on the folder: put it on the path")
    settings = (part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}"))
    return [git, "--no-pager", *settings, "-C", str(folder), *arguments]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER}
    return {**kept, **_ENVIRONMENT}


def _said(ended: subprocess.CompletedProcess[bytes]) -> str:
    return _first_line(ended.stderr)


def _first_line(error: bytes) -> str:
    lines = error.decode(errors="replace").strip().splitlines()
    return lines[0] if lines else "it says nothing"
