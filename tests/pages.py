r"""Pages that are read as documentation and run as tests.

Before the first `## ` stand the files that every example of the page begins with; under each `## `
stand the files that the example adds or writes anew, and in a `console` block what is typed and
what then appears. A fenced block belongs to the file that the line ``file: `name` `` above it
names. In a block `norm escaped`, `\xFF` is a byte, `\u202E` a character, and `⟨text × 9⟩` is
`text` nine times.
"""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from expect import amparo

EXAMPLE = "example.norm"
"""The file that a block without a name belongs to."""

_BLOCK = re.compile(
    r"(?:^file: `(?P<name>[^`\n]+)`\n\n?)?"
    r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
_REPEATED = re.compile(r"⟨(.*?) × (\d+)⟩", re.DOTALL)
_ESCAPED = re.compile(r"\\x([0-9A-F]{2})|\\u([0-9A-F]{4})")


@dataclass(frozen=True, slots=True)
class Example:
    """One example. ``calls`` are what is typed; ``shown`` is its console block as the page has it."""

    title: str
    files: dict[str, bytes]
    calls: tuple[str, ...]
    shown: str

    def write(self, folder: Path) -> None:
        """Write the files into ``folder``."""
        for name, content in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)

    def run(self) -> str:
        """Return what the console block must say, with the files in the current folder."""
        return "\n".join(_called(each) for each in self.calls)


def examples(page: str) -> tuple[Example, ...]:
    """Return the examples of ``page`` in order."""
    head, *sections = re.split(r"^## ", page, flags=re.MULTILINE)
    stage = _files(head)
    return tuple(_example(section, stage) for section in sections)


def files_of(page: str) -> dict[str, bytes]:
    """Return the files of a page that is one example."""
    return _files(page)


def blessed(page: str, title: str, shown: str) -> str:
    """Return ``page`` with ``shown`` as the console block of the example called ``title``."""
    start = page.index(f"## {title}\n")
    block = next(each for each in _BLOCK.finditer(page, start) if each["info"] == "console")
    return page[: block.start("text")] + shown + page[block.end("text") :]


def _example(section: str, stage: dict[str, bytes]) -> Example:
    title = section.partition("\n")[0]
    (shown,) = (each["text"] for each in _BLOCK.finditer(section) if each["info"] == "console")
    calls = tuple(line[2:] for line in shown.splitlines() if line.startswith("$ "))
    return Example(title, {**stage, **_files(section)}, calls, shown)


def _files(text: str) -> dict[str, bytes]:
    return {
        each["name"] or EXAMPLE: _content(each["text"], each["info"])
        for each in _BLOCK.finditer(text)
        if each["info"].split()[:1] == ["norm"] or each["name"]
    }


def _content(text: str, info: str) -> bytes:
    if info != "norm escaped":
        return text.encode()
    whole = _REPEATED.sub(lambda each: each[1] * int(each[2]), text)
    parts, position = [], 0
    for each in _ESCAPED.finditer(whole):
        byte, character = each.groups()
        parts.append(whole[position : each.start()].encode())
        parts.append(bytes([int(byte, 16)]) if byte else chr(int(character, 16)).encode())
        position = each.end()
    return b"".join((*parts, whole[position:].encode()))


def _called(call: str) -> str:
    name, *arguments = shlex.split(call)
    assert name == "amparo"
    ended = amparo(*arguments)
    return f"$ {call}\n{ended.out}{ended.err}[exit code {ended.code}]\n"
