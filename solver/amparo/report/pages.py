"""The pages that explain diagnostics and rules, by name."""

from importlib.resources.abc import Traversable

from amparo._resources import folder

FOLDERS = ("docs/rules", "docs/diagnostics")
ENDING = ".md"


def page(name: str) -> str | None:
    """Return the text of the page about ``name``, None if there is none."""
    found = _pages().get(name)
    return None if found is None else found.read_text(encoding="utf-8")


def names() -> tuple[str, ...]:
    """Return every name that has a page, in order."""
    return tuple(sorted(_pages()))


def _pages() -> dict[str, Traversable]:
    folders = (folder(each) for each in FOLDERS)
    return {
        entry.name.removesuffix(ENDING): entry
        for each in folders
        if each.is_dir()
        for entry in each.iterdir()
        if entry.name.endswith(ENDING) and entry.name != "README.md"
    }
