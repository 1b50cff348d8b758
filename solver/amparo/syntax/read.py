"""From a file on disk to source text. What is no text is rejected, with the place of the fault."""

from pathlib import Path

from amparo.diagnostics import Diagnostic, Rejected
from amparo.text import Source, Span

SIZE_LIMIT = 5_000_000
"""How many bytes a norm file may have."""
MOST_READ = SIZE_LIMIT + 1
"""How many bytes need to be read to know whether a file has more."""

_ADVICE = {
    "file-too-large": "write it as several files",
    "not-utf-8": "open it in the encoding in which it was written, and save it as UTF-8",
    "nul-character": "save it as UTF-8 text",
}


def read(path: Path, shown: str) -> Source:
    """Return the text at ``path``, called ``shown`` in messages.

    Raises:
        Rejected: see `decoded`; faults of the file system pass through.
    """
    with path.open("rb") as file:
        return decoded(file.read(MOST_READ), shown)


def decoded(content: bytes, shown: str) -> Source:
    """Return the text that ``content`` is, called ``shown`` in messages, without a byte order mark.

    Raises:
        Rejected: it is too large, not UTF-8, or has a NUL character.
    """
    if len(content) > SIZE_LIMIT:
        raise Rejected([_problem("file-too-large", _too_large(), Source(shown, ""), 0)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind the byte order mark.
        mark = 3 if content.startswith(b"\xef\xbb\xbf") else 0
        source = Source(shown, content.decode("utf-8-sig", errors="replace"))
        place = len(content[mark : mark + error.start].decode("utf-8"))
        message = f"the file is not UTF-8 text: byte {mark + error.start} cannot be read"
        raise Rejected([_problem("not-utf-8", message, source, place)]) from error
    if "\0" in text:
        message = "the file has a NUL character, which no text has"
        raise Rejected([_problem("nul-character", message, Source(shown, text), text.index("\0"))])
    return Source(shown, text)


def _too_large() -> str:
    return f"the file is larger than {SIZE_LIMIT:_} bytes, the limit for one file".replace("_", ",")


def _problem(code: str, message: str, source: Source, place: int) -> Diagnostic:
    span = Span(source, place, min(place + 1, len(source.text)))
    return Diagnostic(code, message, span, help=_ADVICE.get(code))
