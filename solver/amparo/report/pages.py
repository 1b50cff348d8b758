"""The pages that explain diagnostics and rules, by name."""

from importlib.resources.abc import Traversable
from textwrap import shorten

from amparo._resources import folder
from amparo.report.style import Paint, plainly

FOLDERS = {"Findings": "docs/rules", "Faults of a text": "docs/diagnostics"}
ENDING = ".md"


def page(name: str) -> str | None:
    """Return the text of the page about ``name``, None if there is none."""
    found = _pages().get(name)
    return None if found is None else found.read_text(encoding="utf-8")


def names() -> tuple[str, ...]:
    """Return every name that has a page, in order."""
    return tuple(sorted(_pages()))


def index(width: int, paint: Paint = plainly) -> str:
    """Return every name that has a page, with the page's first sentence, cut to ``width``."""
    lines: list[str] = []
    for heading, each in FOLDERS.items():
        found = _in(each)
        wide = max(map(len, found), default=0)
        lines += [*([""] if lines else []), paint(heading, "strong")]
        for name in sorted(found):
            about = found[name].read_text(encoding="utf-8").split("\n\n")[1]
            said = shorten(about.partition(". ")[0], width - wide - 4, placeholder=" …")
            lines.append(f"  {name:<{wide}}  {said}")
    return "\n".join(lines) + "\n"


def _pages() -> dict[str, Traversable]:
    return {name: found for each in FOLDERS.values() for name, found in _in(each).items()}


def _in(name: str) -> dict[str, Traversable]:
    """Return the pages in the folder called ``name``, by what they are about."""
    within = folder(name)
    return {
        entry.name.removesuffix(ENDING): entry
        for entry in (within.iterdir() if within.is_dir() else ())
        if entry.name.endswith(ENDING) and entry.name != "README.md"
    }
