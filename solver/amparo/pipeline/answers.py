"""Answers of the solver, kept from run to run in a folder of the project.

An entry is a transcript (`smt.session`) under the digest of its script, so an answer can be stale
for no text. A project's folder comes from whoever wrote the project: an entry is believed only if
it is signed with a secret that lies outside of it, and is otherwise as good as none, and written
anew. Each entry is a file, put in place whole: two runs at once, or one that is killed, leave
nothing half written. Where nothing can be kept, nothing is: a run is only slower for it.
"""

import hashlib
import hmac
import os
import re
import secrets
import stat
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from amparo.pipeline.whole import put_whole, sweep
from amparo.smt.session import Transcript

FOLDER = ".amparo-cache"
MOST = 64 * 2**20
"""Bytes of one entry."""
MOST_TOGETHER = 512 * 2**20
"""Bytes of all; beyond, the longest unused go."""
SECRET = 32
"""Bytes of the secret."""
IGNORED = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made by amparo: can be deleted.\n",
}
_ENTRY = re.compile(r"[0-9a-f]{64}")
"""The name of an entry."""


@dataclass(slots=True)
class Answers:
    """Keeps transcripts in ``folder``, signed with ``secret``."""

    folder: Path
    secret: bytes
    _unusable: bool = field(default=False, init=False)

    def recalled(self, key: str) -> Transcript | None:
        """Return what is kept under ``key``; None where nothing is that this user has signed."""
        try:
            signed = _content(self.folder / key)
            os.utime(self.folder / key)
        except OSError:
            return None
        mark, body = signed[:SECRET], signed[SECRET:]
        if not hmac.compare_digest(mark, self._mark(key, body)):
            return None
        return msgspec.json.decode(zlib.decompress(body), type=Transcript)

    def keep(self, key: str, transcript: Transcript) -> None:
        """Keep ``transcript`` under ``key`` if it can be kept."""
        body = zlib.compress(msgspec.json.encode(transcript), 1)
        if self._unusable or len(body) + SECRET > MOST:
            return
        try:
            self._prepare()
            put_whole(self.folder / key, self._mark(key, body) + body)
        except OSError:
            self._unusable = True

    def shrink(self) -> None:
        """Delete what has been unused for longest, as far as there is too much, and what is left over."""
        sweep(self.folder)
        with suppress(OSError):
            kept = [(each.stat(), each) for each in os.scandir(self.folder) if _is_entry(each)]
            kept.sort(key=lambda pair: pair[0].st_mtime, reverse=True)
            total = 0
            for status, entry in kept:
                total += status.st_size
                if total > MOST_TOGETHER:
                    os.unlink(entry.path)  # noqa: PTH108 - what `scandir` found

    def _mark(self, key: str, body: bytes) -> bytes:
        return hmac.digest(self.secret, key.encode() + b"\n" + body, hashlib.sha256)

    def _prepare(self) -> None:
        if self.folder.is_symlink():
            raise OSError(f"{self.folder} is a link")
        if not self.folder.is_dir():
            self.folder.mkdir()
            for name, text in IGNORED.items():
                put_whole(self.folder / name, text.encode())


def secret_in(folder: Path) -> bytes | None:
    """Return the secret kept in ``folder``, making it the first time; None where none can be kept."""
    path = folder / "cache.key"
    with suppress(OSError):
        kept = path.read_bytes()
        if len(kept) == SECRET:
            return kept
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = secrets.token_bytes(SECRET)
        put_whole(path, made)
    except OSError:
        return None
    return made


def _is_entry(entry: "os.DirEntry[str]") -> bool:
    """Say whether ``entry`` is ours to delete: a folder that was named may hold a user's files."""
    return _ENTRY.fullmatch(entry.name) is not None and entry.is_file(follow_symlinks=False)


def _content(path: Path) -> bytes:
    """Return what is in a file, which is one of its own and not too large."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:  # noqa: PTH123 - it is open already
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > MOST:
            raise OSError(f"{path} is no entry")
        return file.read(MOST)
