"""The law of the files as they are, beside the law of a base version of them.

The base version is one that git keeps, or a folder. Faults of its texts are told as its own: what
cannot be read is no law to compare with.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from amparo.core.law import Law
from amparo.core.reliance import texts
from amparo.diagnostics import Diagnostic, Rejected
from amparo.pipeline import git
from amparo.pipeline.editions import Edition, Editions, is_enacted
from amparo.pipeline.files import (
    BODY,
    DISK,
    Tree,
    Unusable,
    body_of,
    is_norm_file,
    root_of,
    walk,
)
from amparo.pipeline.load import Body, load
from amparo.pipeline.prepare import Prepared, misread, prepared
from amparo.pipeline.waivers import stated_by
from amparo.syntax.parse import parse
from amparo.syntax.read import MOST_READ, decoded
from amparo.syntax.tree import Bill, BodyDecl


def sides(
    paths: Iterable[Path], bills: Iterable[Path], against: str | None
) -> tuple[Prepared, ...]:
    """Return the law in ``paths`` as amended by ``bills``, and what it is compared with.

    Raises:
        Unusable: there is nothing to check, or nothing of that name to compare with.
        Rejected: with every fault that the texts have.
    """
    if against is None:
        return prepared(load(paths, bills, misread=misread))
    return beside(paths, bills, against)


def beside(paths: Iterable[Path], bills: Iterable[Path], name: str) -> tuple[Prepared, ...]:
    """Return the law of every body in ``paths``, beside its law in the base version ``name``.

    With ``bills`` it is the law as amended by them; in the base version, by what they were there.
    Without, every bill that is no law yet, and is new or changed, is asked about by itself: that is
    what there is to judge. The law alone is then left out, unless it says something else.

    Raises:
        Unusable: there is no such version, or nothing to check.
        Rejected: with every fault of the texts; with those of the base version if only it has any.
    """
    paths, bills = tuple(paths), tuple(bills)
    corpus = load(paths, bills, misread=misread)
    # With a fault in the texts as they are there is nothing to compare.
    ready = prepared(corpus)
    version = _version(name, paths)
    try:
        pairs = _paired(tuple(each.editions.body for each in ready), version, bills)
    except Rejected as rejected:
        raise _of_the_base(rejected, name) from rejected
    found: list[Prepared] = []
    problems: list[Diagnostic] = []
    for each, was in zip(ready, pairs, strict=True):
        try:
            found += _beside(each, was, name)
        except Rejected as rejected:
            problems += rejected.diagnostics
    if problems:
        raise Rejected(problems)
    return tuple(found)


def texts_of(name: Path, other: Path | None) -> tuple[Prepared, ...]:
    """Return the law of ``name``: norm files, a folder, or a version that git keeps of ``other``.

    Of the folder in which one stands, where ``other`` is no file or folder either.

    Raises:
        Unusable: there is nothing of that name, or it holds no norm file.
        Rejected: with every fault that the texts have.
    """
    if _is_there(name) or _says_folder(str(name)):
        return prepared(load((name,), misread=misread))
    place = other if other is not None and _is_there(other) else Path()
    version = _version(str(name), (place,))
    if not version.paths:
        raise Unusable(f"`{name}` holds no norm file at `{place}`")
    return prepared(load(version.paths, misread=misread, tree=version.tree))


def counterpart(folder: Path, paths: Iterable[Path], name: str) -> tuple[Tree, Path] | None:
    """Return where the base version ``name`` of ``paths`` has what ``folder`` is here.

    None: it lies outside of what is compared.

    Raises:
        Unusable: there is no such version.
    """
    asked = tuple(paths)
    version = _version(name, asked)
    first = _folder(asked[0].resolve())
    root = root_of(first) if version.tree is DISK else version.whole
    if not folder.is_relative_to(root):
        return None
    return version.tree, version.whole / folder.relative_to(root)


# -- which version ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Base:
    """Where a base version is read, and what of it stands where the paths asked about do."""

    tree: Tree
    paths: tuple[Path, ...]
    whole: Path
    """The folder in which a body may be found that has moved."""


def _version(name: str, paths: tuple[Path, ...]) -> _Base:
    here = tuple(each.resolve() for each in paths)
    around = here[0] if here[0].is_dir() else here[0].parent
    if _says_folder(name) or (_is_folder(name) and not git.known(name, around)):
        if not _is_folder(name):
            raise Unusable(f"there is no folder `{name}` to compare with")
        there = Path(name).resolve()
        inside = tuple(there / each.relative_to(root_of(_folder(each))) for each in here)
        same = inside if all(each.exists() for each in inside) else (there,)
        return _Base(DISK, same, there)
    if _is_folder(name):
        raise Unusable(f"`{name}` is a folder and a version: say `./{name}` or `refs/heads/{name}`")
    version = git.version(name, around)
    for each in here:
        if not each.is_relative_to(version.root):
            raise Unusable(f"`{each}` lies outside the checkout at `{version.root}`")
    return _Base(version, tuple(_stood(here, version)), version.root)


def _says_folder(name: str) -> bool:
    """Say whether ``name`` can be meant as that of a folder only."""
    return (
        name in (".", "..")
        or name.startswith(("./", "../", "/", ".\\", "..\\"))
        or name.endswith("/")
        or Path(name).is_absolute()
    )


def _is_folder(name: str) -> bool:
    try:
        return bool(name) and Path(name).is_dir()
    except ValueError:  # a name that no file can have
        return False


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except ValueError:  # a name that no file can have
        return False


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _stood(paths: Iterable[Path], version: git.Version) -> Iterator[Path]:
    """Yield what of ``paths`` the version has, and the folder of a body in which a file was not yet."""
    for path in paths:
        folder = body_of(path) if path.is_file() else None
        for each in (path, folder):
            if each is not None and (
                is_norm_file(each, version)
                or (version.is_folder(each) and any(walk(each, version)))
            ):
                yield each
                break


# -- which body -------------------------------------------------------------------------------


def _paired(
    bodies: tuple[Body, ...], base: _Base, bills: tuple[Path, ...]
) -> tuple[Body | None, ...]:
    """Return what each of ``bodies`` was: in the same place, else of the same name; None if it is new.

    Raises:
        Unusable: several have its name.
        Rejected: with every fault of the texts.
    """
    named = tuple(each for each in map(base.tree.resolved, bills) if _is_bill(each, base.tree))
    then = load(base.paths, named, tree=base.tree).bodies if base.paths else ()
    if base.tree is DISK and len(bodies) == len(then) == 1:
        return then
    found: list[Body | None] = []
    for body in bodies:
        there = [each for each in then if body.folder and each.folder == body.folder]
        called = [each for each in then if each.name == body.name]
        if not there and not called and body.folder is not None:
            called = list(_moved(body, base, named))
        if len(there or called) > 1:
            raise Unusable(f"several bodies of law in the base version are called `{body.name}`")
        found.append(next(iter(there or called), None))
    return tuple(found)


def _moved(body: Body, base: _Base, bills: tuple[Path, ...]) -> Iterator[Body]:
    """Yield the bodies of the base version that are called as ``body`` is, wherever they stand."""
    for path in walk(base.whole, base.tree):
        if path.name != BODY:
            continue
        tree, _ = parse(decoded(base.tree.content(path, MOST_READ), base.tree.called(path)))
        names = (each.name.text for each in tree.items if isinstance(each, BodyDecl))
        if body.name in names:
            yield from load((path,), bills, tree=base.tree).bodies


def _is_bill(path: Path, tree: Tree) -> bool:
    if not is_norm_file(path, tree):
        return False
    read, _ = parse(decoded(tree.content(path, MOST_READ), tree.called(path)))
    return any(isinstance(each, Bill) for each in read.items)


# -- which law --------------------------------------------------------------------------------


def _beside(ready: Prepared, was: Body | None, name: str) -> Iterator[Prepared]:
    """Yield what is asked about one body, each beside what it is compared with.

    Raises:
        Rejected: with the faults of the base version, or those of a bill that does not fit.
    """
    body, bills = ready.editions.body, ready.editions.asked
    if was is None:
        note = f"nothing of the body of law `{body.name}` is in `{name}`: all of it is new"
        nothing = Law(body.name, ready.head.law.vocabulary, {}, {})
        base = Edition(nothing, (), notes=(note,))
        asked = bills or tuple(filter(is_enacted, body.bills))
        plain = ready.without
        yield Prepared(Editions(body, asked), ready.head, base, ready.waivers, name, (), plain)
        return
    if bills:
        yield _compared(ready, bills, was, name)
        return
    known = {each.name.text: each for each in was.bills}
    fresh = [each for each in body.bills if known.get(each.name.text) != each]
    enacted = tuple(filter(is_enacted, fresh))
    alone = _compared(ready, enacted, was, name)
    others = [each for each in fresh if not is_enacted(each)]
    assert alone.base is not None
    if not others or texts(alone.head.law) != texts(alone.base.law):
        yield alone
    for each in others:
        asked = (*enacted, each)
        head = _with_bill(Editions(body, asked))
        waived = stated_by(head.law, ready.head.law, body.files, [each.name.text])
        with_bill = replace(ready, head=head, base=ready.head, waivers=waived)
        yield _compared(with_bill, asked, was, name)


def _with_bill(editions: Editions) -> Edition:
    try:
        return editions.head()
    except Rejected as rejected:
        advice = "a bill that builds on another is asked about with it: name both with `--bill`"
        raise Rejected(
            replace(each, help=advice if each.help is None else f"{each.help}; {advice}")
            for each in rejected.diagnostics
        ) from rejected


def _compared(ready: Prepared, asked: tuple[Bill, ...], was: Body, name: str) -> Prepared:
    body = ready.editions.body
    base, were = _base(asked, was, name)
    names = [each.name.text for each in asked if not is_enacted(each)]
    try:
        known = stated_by(base.law, None, was.files, names)
    except Rejected as rejected:
        raise _of_the_base(rejected, name) from rejected
    editions, plain = Editions(body, asked), ready.without
    return Prepared(editions, ready.head, base, ready.waivers, name, known, plain, were)


def _base(asked: tuple[Bill, ...], was: Body, name: str) -> tuple[Edition, Editions]:
    """Return the law of the base version with what the bills asked about were there, and its editions.

    Those that are law by themselves are in it if they were law there.

    Raises:
        Rejected: it has faults.
    """
    known = {each.name.text: each for each in was.bills}
    applied: tuple[Bill, ...] = ()
    notes: list[str] = []
    try:
        edition = Editions(was).head()
    except Rejected as rejected:
        raise _of_the_base(rejected, name) from rejected
    for bill in asked:
        then = known.get(bill.name.text)
        if then is None:
            notes.append(f"the bill `{bill.name.text}` is new: in `{name}` there is no such bill")
            continue
        if is_enacted(bill) and not is_enacted(then):
            continue
        try:
            edition = Editions(was, (*applied, then)).head()
            applied = (*applied, then)
        except Rejected as rejected:
            why = rejected.diagnostics[0].message
            notes.append(f"the bill `{bill.name.text}` as it is in `{name}` is left out: {why}")
    return replace(edition, notes=tuple(notes)), Editions(was, applied)


def _of_the_base(rejected: Rejected, name: str) -> Rejected:
    advice = "with a base version that cannot be read as law nothing can be compared"
    return Rejected(
        replace(
            each,
            message=f"in the base version `{name}`: {each.message}",
            help=advice if each.help is None else f"{each.help}; {advice}",
        )
        for each in rejected.diagnostics
    )
