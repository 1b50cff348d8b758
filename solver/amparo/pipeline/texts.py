"""Law as text again: consolidated, as a redline, laid out."""

import datetime
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from amparo.amend.history import sliced
from amparo.amend.redline import redline, render_plain
from amparo.diagnostics import Diagnostic, Rejected
from amparo.pipeline.editions import Editions, editions_of
from amparo.pipeline.files import shown
from amparo.pipeline.load import Body, Corpus, load
from amparo.report.escape import visible
from amparo.syntax.read import read
from amparo.syntax.tree import (
    Absolute,
    Act,
    Bill,
    Decision,
    File,
    Question,
    Scenario,
    Use,
    Vocabulary,
    Waiver,
)
from amparo.syntax.unparse import format_text, unparse
from amparo.text import Source

_BESIDE = (Bill, Scenario, Question, Decision, Waiver, Absolute)
"""What stands beside law and is none."""


def consolidated(
    paths: Iterable[Path], bills: Iterable[Path] = (), as_of: datetime.date | None = None
) -> str:
    """Return the files of the acts that ``bills`` amend (all, without bills), as amended.

    Scenarios, questions, decisions, waivers and bills that stand beside an act are left out. With ``as_of``, only
    what is in force on that day is printed.

    Raises:
        Rejected: with every fault of the texts, and every instruction that does not fit.
    """
    return "\n".join(
        f"# {visible(file.span.source.path)}\n\n{unparse(file)}"
        for editions, acts in _amended(load(paths, bills))
        for file in _files(editions.body, acts, editions.asked, as_of)
    )


def redlined(
    paths: Iterable[Path], bills: Iterable[Path] = (), as_of: datetime.date | None = None
) -> str:
    """Return what ``bills`` take out of the acts and put in, provision by provision.

    Raises:
        Rejected: with every fault of the texts, and every instruction that does not fit.
    """
    pages = []
    for editions, after in _amended(load(paths, bills)):
        before = editions.unamended().acts if editions.asked else editions.body.acts
        edits = redline(_on(before, as_of), _on(after, as_of))
        pages.append("\n".join(visible(line) for line in render_plain(edits).split("\n")))
    return "\n".join(pages)


def formatted(paths: Iterable[Path]) -> Iterator[tuple[Path, Source, str]]:
    """Yield each file with its text as it is and as it should be laid out.

    Raises:
        Rejected: with every fault of the files as texts, before anything is yielded.
    """
    found: list[tuple[Path, Source, str]] = []
    problems: list[Diagnostic] = []
    for path in paths:
        try:
            source = read(path, shown(path))
            found.append((path, source, format_text(source)))
        except Rejected as rejected:
            problems.extend(rejected.diagnostics)
    if problems:
        raise Rejected(problems)
    yield from found


def difference(before: Source, after: str) -> str:
    """Return how ``after`` differs from ``before`` as a unified diff."""
    lines = difflib.unified_diff(
        before.text.splitlines(), after.splitlines(), before.path, before.path, lineterm=""
    )
    return "".join(f"{visible(line)}\n" for line in lines)


def _amended(corpus: Corpus) -> list[tuple[Editions, tuple[Act, ...]]]:
    amended: list[tuple[Editions, tuple[Act, ...]]] = []
    problems: list[Diagnostic] = []
    for editions in editions_of(corpus):
        try:
            amended.append((editions, editions.consolidated().acts))
        except Rejected as rejected:
            problems.extend(rejected.diagnostics)
    if problems:
        raise Rejected(problems)
    return amended


def _on(acts: Iterable[Act], day: datetime.date | None) -> tuple[Act, ...]:
    return tuple(acts if day is None else (sliced(act, day) for act in acts))


def _files(
    body: Body, acts: tuple[Act, ...], asked: tuple[Bill, ...], day: datetime.date | None
) -> Iterator[File]:
    """Yield the files of ``body`` with the consolidated acts in place of the acts."""
    amended = {amend.act.text for bill in asked for amend in bill.amends}
    current = {act.name.text: act for act in _on(acts, day)}
    brought = tuple(
        item
        for file in body.files
        if any(bill in file.items for bill in asked)
        for item in file.items
        if isinstance(item, Use) and item.path is None
    )
    for file in body.files:
        own = {item.name.text for item in file.items if isinstance(item, Act)}
        if own & amended or (own and not asked):
            items = (
                current[item.name.text] if isinstance(item, Act) else item
                for item in file.items
                if not isinstance(item, _BESIDE)
            )
            yield replace(file, items=(*_new_uses(file, brought), *items), comments=())


def _new_uses(file: File, brought: Iterable[Use]) -> Iterator[Use]:
    """Yield those of the uses ``brought`` by a bill that say something new in ``file``."""
    known = {name for item in file.items if isinstance(item, Use) for name in item.names}
    known |= {item.name for item in file.items if isinstance(item, Act | Vocabulary)}
    for use in brought:
        names = tuple(name for name in use.names if name not in known)
        if names:
            known.update(names)
            yield replace(use, names=names)
