"""Norm files to bodies of law as written: every file read once, every fault of every file reported.

A body is the nearest folder upwards that holds a `body.norm`, with every norm file in it and
every file that these name in a `use … from`. Files of no such folder form one body together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from amparo.diagnostics import MOST_FAULTS, Diagnostic, Label, Rejected, too_many_faults
from amparo.pipeline.files import (
    BODY,
    DISK,
    Tree,
    Unusable,
    body_of,
    is_norm_file,
    requested,
    root_of,
    walk,
)
from amparo.syntax.parse import parse
from amparo.syntax.read import MOST_READ, decoded
from amparo.syntax.tree import Act, Bill, BodyDecl, File, Question, Scenario, Text, Use
from amparo.text import Source, Span

DEFAULT_NAME = "law"
MOST_BYTES = 50_000_000
"""How much text one run reads."""
DEFAULT_RANKS = ("constitution", "law", "decree")


@dataclass(frozen=True, slots=True)
class Body:
    """A body of law as written. ``ranks``: highest first. ``files`` are in order of their paths.

    ``folder`` is that of its `body.norm`, None where there is none.
    """

    name: str
    ranks: tuple[str, ...]
    files: tuple[File, ...]
    folder: Path | None = None

    @property
    def acts(self) -> tuple[Act, ...]:
        """Every act, as enacted first."""
        return tuple(item for file in self.files for item in file.items if isinstance(item, Act))

    @property
    def bills(self) -> tuple[Bill, ...]:
        """Every bill, enacted or not."""
        return tuple(item for file in self.files for item in file.items if isinstance(item, Bill))

    def holds(self, item: Bill) -> bool:
        """Say whether ``item`` stands in a file of this body."""
        return any(file.span.source == item.span.source for file in self.files)

    @property
    def trials(self) -> tuple[Scenario | Question, ...]:
        """Every scenario and question."""
        return tuple(
            item
            for file in self.files
            for item in file.items
            if isinstance(item, Scenario | Question)
        )


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was loaded. ``bills`` are those in the files that were named as bills, in that order."""

    bodies: tuple[Body, ...]
    bills: tuple[Bill, ...] = ()


def load(
    paths: Iterable[Path],
    bills: Iterable[Path] = (),
    *,
    misread: Callable[[Corpus], Iterable[Diagnostic]] = lambda _: (),
    tree: Tree = DISK,
) -> Corpus:
    """Return the bodies of law that ``paths`` lie in or contain in ``tree``, and the bills in ``bills``.

    A file of bills joins every body that holds an act it amends; every body, if none does.
    ``misread`` returns the faults of what is said in a corpus. It is asked where the files have
    faults as texts that took no word away: so those and these are reported at once.

    Raises:
        Unusable: a path is not there, or is no norm file; a file named as a bill has no bill.
        Rejected: with every fault that the files have as texts.
    """
    shelf = _Shelf(tree)
    bills = tuple(bills)
    groups = _groups(requested(paths, tree), tree)
    gathered = {folder: _gather(shelf, members) for folder, members in groups.items()}
    named = {path: _gather(shelf, (path,)) for path in (requested(bills, tree) if bills else ())}
    if not shelf.whole():
        raise Rejected(shelf.problems)
    for path in named:
        if not any(isinstance(item, Bill) for item in shelf.files[path].items):
            raise Unusable(f"`{tree.called(path)}` is named as a bill, but holds none")
    problems: list[Diagnostic] = []
    bodies = []
    for folder, members in gathered.items():
        own = {path for path in members if folder is None or path.is_relative_to(folder)}
        name, ranks = _declared(shelf, folder, sorted(own), problems)
        joined = set(members).union(
            *(named[path] for path in _concerning(shelf, folder, gathered, named))
        )
        files = tuple(shelf.files[each] for each in sorted(joined))
        bodies.append(Body(name, ranks, files, folder))
    if problems:
        raise Rejected((*shelf.problems, *problems))
    asked = tuple(
        item for path in named for item in shelf.files[path].items if isinstance(item, Bill)
    )
    corpus = Corpus(tuple(bodies), asked)
    if shelf.problems:
        raise Rejected((*shelf.problems, *misread(corpus)))
    return corpus


@dataclass(slots=True)
class _Shelf:
    """The files read so far, by resolved path, and the faults found in them."""

    tree: Tree
    files: dict[Path, File] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    unreadable: set[Path] = field(default_factory=set)
    read: int = 0
    """Bytes read so far."""
    mended: int = 0
    """How many of the faults are in files from which no word was taken away."""

    def whole(self) -> bool:
        """Say whether everything that the files declare was read."""
        return len(self.problems) == self.mended

    def take(self, path: Path) -> File | None:
        """Return the tree of what can be read of ``path``, None if it is no text."""
        if path not in self.files and path not in self.unreadable:
            try:
                content = self.tree.content(path, MOST_READ)
                self.read += len(content)
                if self.read > MOST_BYTES:
                    raise Unusable(f"the norm files hold more than {MOST_BYTES:,} bytes together")
                self.files[path], problems = parse(decoded(content, self.tree.called(path)))
                self.problems.extend(problems)
                self.mended += len(problems) if self.files[path].whole else 0
            except Rejected as rejected:
                self.unreadable.add(path)
                self.problems.extend(rejected.diagnostics)
            if len(self.problems) > MOST_FAULTS:
                raise Rejected((*self.problems, too_many_faults(self.problems[-1].primary)))
        return self.files.get(path)


def _groups(files: tuple[Path, ...], tree: Tree) -> dict[Path | None, tuple[Path, ...]]:
    """Return the files to load per body folder; None stands for the files of no body."""
    folders = {file: body_of(file, tree) for file in files}
    groups: dict[Path | None, tuple[Path, ...]] = {}
    for file in files:
        folder = folders[file]
        if folder is None:
            groups[None] = (*groups.get(None, ()), file)
        elif folder not in groups:
            groups[folder] = tuple(walk(folder, tree, into_bodies=False))
    return groups


def _gather(shelf: _Shelf, start: Iterable[Path]) -> tuple[Path, ...]:
    """Return ``start`` and every file that these name, and those again, in order of their paths."""
    found: set[Path] = set()
    waiting = list(start)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        tree = shelf.take(path)
        if tree is not None:
            named = (item.path for item in tree.items if isinstance(item, Use))
            targets = (_target(shelf, path, text) for text in named if text is not None)
            waiting.extend(target for target in targets if target is not None)
    return tuple(sorted(found))


def _target(shelf: _Shelf, file: Path, text: Text) -> Path | None:
    """Return the file that ``text`` names as seen from ``file``, None if there is no such."""
    root = root_of(file.parent, shelf.tree)
    written = Path(text.text) if "\0" not in text.text else Path()
    target = shelf.tree.resolved(file.parent / written)
    if written.is_absolute() or not target.is_relative_to(root):
        shelf.problems.append(
            Diagnostic(
                "outside-project",
                f"`{text.text}` is outside the project",
                text.span,
                help=f"files are read from below `{shelf.tree.called(root)}` only; name one there by its path "
                "as seen from this file",
            )
        )
        return None
    if not is_norm_file(target, shelf.tree):
        shelf.problems.append(
            Diagnostic(
                "unknown-file",
                f"there is no norm file `{text.text}`",
                text.span,
                help="the path is taken as seen from this file, and ends in `.norm` or `.norm.md`",
            )
        )
        return None
    return target


def _declared(
    shelf: _Shelf, folder: Path | None, paths: list[Path], problems: list[Diagnostic]
) -> tuple[str, tuple[str, ...]]:
    """Return the name and the ranks that the files of one body declare for it."""
    items = (item for path in paths for item in shelf.files[path].items)
    found = [item for item in items if isinstance(item, BodyDecl)]
    for extra in found[1:]:
        problems.append(
            Diagnostic(
                "duplicate-body",
                f"a second body of law `{extra.name.text}` is declared among the files of one",
                extra.span,
                related=(Label(found[0].span, "first declared here"),),
                help=f"give each body a folder of its own, with its declaration in `{BODY}`",
            )
        )
    if found:
        return found[0].name.text, tuple(each.text for each in found[0].ranks) or DEFAULT_RANKS
    if folder is not None:
        start = Span(Source(shelf.tree.called(folder / BODY), ""), 0, 0)
        problems.append(
            Diagnostic(
                "missing-body",
                f"`{BODY}` declares no body of law",
                start,
                help='write: body NAME "title" ranks constitution, law.',
            )
        )
    return DEFAULT_NAME, DEFAULT_RANKS


def _concerning(
    shelf: _Shelf,
    folder: Path | None,
    gathered: dict[Path | None, tuple[Path, ...]],
    named: dict[Path, tuple[Path, ...]],
) -> tuple[Path, ...]:
    """Return the files named as bills that amend an act of the body in ``folder``, or of none."""
    acts = {
        each: {
            item.name.text
            for path in members
            for item in shelf.files[path].items
            if isinstance(item, Act)
        }
        for each, members in gathered.items()
    }
    amended = {
        path: {
            amend.act.text
            for item in shelf.files[path].items
            if isinstance(item, Bill)
            for amend in item.amends
        }
        for path in named
    }
    return tuple(
        path
        for path in named
        if amended[path] & acts[folder] or not any(amended[path] & each for each in acts.values())
    )
