"""Law in a lawyer's text: the fenced blocks called ``norm`` of a Markdown file."""

import re

from amparo.diagnostics import Diagnostic
from amparo.text import Source, Span

_FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})[ \t]*(?P<name>[^\s`]*)[^\n`]*$", re.MULTILINE)


def is_literate(source: Source) -> bool:
    """Return whether only the fenced blocks of ``source`` are law."""
    return source.path.endswith(".norm.md")


def blocks(source: Source) -> tuple[tuple[Span, ...], tuple[Diagnostic, ...]]:
    """Return the law between the fences, and a problem for a fence that is never closed."""
    found: list[Span] = []
    opening: re.Match[str] | None = None
    for fence in _FENCE.finditer(source.text):
        if opening is None:
            opening = fence
        elif fence["mark"].startswith(opening["mark"]) and fence[0].strip() == fence["mark"]:
            if opening["name"] == "norm":
                found.append(Span(source, min(opening.end() + 1, fence.start()), fence.start()))
            opening = None
    if opening is None or opening["name"] != "norm":
        return tuple(found), ()
    end = len(source.text)
    found.append(Span(source, min(opening.end() + 1, end), end))
    problem = Diagnostic(
        "unclosed-fence",
        "this block of norms is never closed",
        Span(source, opening.start(), opening.end()),
        help=f"close it with a line of the same marks: {opening['mark']}",
    )
    return tuple(found), (problem,)


def law_alone(source: Source) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text with everything but law made blank, so that every place stays the same."""
    if not is_literate(source):
        return source.text, ()
    found, problems = blocks(source)
    pieces: list[str] = []
    position = 0
    for block in found:
        pieces += (_blank(source.text[position : block.start]), block.text)
        position = block.end
    pieces.append(_blank(source.text[position:]))
    return "".join(pieces), problems


def _blank(prose: str) -> str:
    return re.sub(r"[^\n]", " ", prose)
