"""Scenarios and questions as items of pytest, whose words are those of `amparo test`.

Loaded by pytest through its entry point wherever amparo is installed: so nothing heavy is imported
before a norm file is collected. Items come in the order of the text, named by their titles, from
what stands in the files alone: every process that collects them finds the same.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from amparo.diagnostics import Diagnostic, Rejected
from amparo.pipeline.files import ENDINGS, Unusable, body_of, requested, shown
from amparo.report.escape import visible

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr

    from amparo.pipeline.trials import Court
    from amparo.syntax.tree import Question, Scenario


class Unmet(Exception):
    """A scenario or question did not come out as expected. Its arguments are the faults."""


@dataclass(slots=True)
class Bench:
    """The courts of the bodies whose files were collected so far, each read once.

    A body that was rejected is told of where its first file is collected, and is None here.
    """

    asked: tuple[Path, ...]
    courts: dict[Path | None, "Court | None"]

    def court(self, file: Path) -> "Court | None":
        """Return the court of the body that ``file`` lies in; None if it was rejected before.

        Raises:
            Rejected: with every fault of the body as a text, the first time that it is asked for.
        """
        from amparo.pipeline.load import load
        from amparo.pipeline.trials import Court, misread

        folder = body_of(file)
        if folder not in self.courts:
            self.courts[folder] = None
            (body,) = load((file,) if folder is not None else self.loose(), misread=misread).bodies
            self.courts[folder] = Court(body)
        return self.courts[folder]

    def loose(self) -> tuple[Path, ...]:
        """Return the files asked for that lie in no body: they form one together.

        A file that is named stands for its folder, so that an item can be run again by its name.
        """
        folders = (each if each.is_dir() else each.parent for each in self.asked)
        found: dict[Path, None] = {}
        for folder in folders:
            try:
                files = requested((folder,))
            except Unusable:  # no norm file there: pytest was asked about something else
                continue
            found.update(dict.fromkeys(file for file in files if body_of(file) is None))
        return tuple(found)


BENCH = pytest.StashKey[Bench]()


def pytest_configure(config: pytest.Config) -> None:
    """Say which marks the items carry."""
    config.addinivalue_line("markers", "scenario: a scenario of a norm file; needs no solver")
    config.addinivalue_line("markers", "question: a question of a norm file, asked of all worlds")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "NormFile | None":
    """Collect norm files, as `amparo test` does: no links."""
    if not file_path.name.endswith(ENDINGS) or file_path.is_symlink():
        return None
    file: NormFile = NormFile.from_parent(parent, path=file_path)
    return file


class NormFile(pytest.File):
    """A norm file with its scenarios and questions."""

    def collect(self) -> Iterator["TrialItem"]:
        """Yield what is to be tried.

        Raises:
            Rejected: the text of the body, or what is tried here, cannot be read as law.
        """
        court = self.bench().court(self.path.resolve())
        if court is None:
            return
        place = shown(self.path.resolve())
        trees = [each for each in court.body.trials if each.span.source.path == place]
        _read(court, trees)
        seen: Counter[str] = Counter()
        for tree in trees:
            # `::` parts the names in the id of an item.
            title = visible(tree.title.text).replace("::", ":")
            seen[title] += 1
            name = title if seen[title] == 1 else f"{title} ({seen[title]})"
            item: TrialItem = TrialItem.from_parent(self, name=name, court=court, tree=tree)
            yield item

    def bench(self) -> Bench:
        """Return the courts of this run of pytest."""
        if BENCH not in self.session.stash:
            named = (Path(each.partition("::")[0]) for each in self.config.args)
            here = self.config.invocation_params.dir
            self.session.stash[BENCH] = Bench(tuple((here / each).resolve() for each in named), {})
            self._remember()
        return self.session.stash[BENCH]

    def _remember(self) -> None:
        """Keep until the end of the run what the solver answers, as `amparo test` does."""
        from amparo.cli.solving import OFF, remembered

        kept = ExitStack()
        kept.enter_context(remembered((self.path,), None, off=bool(os.environ.get(OFF))))
        self.config.add_cleanup(kept.close)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None
    ) -> "str | TerminalRepr":
        """Return why there is nothing to try, in the words of `amparo test`."""
        match excinfo.value:
            case Rejected() as rejected:
                from amparo.report.diagnostics import render_diagnostics

                return render_diagnostics(rejected.diagnostics)
            case Unusable() | OSError() as failure:
                return f"error: {visible(str(failure))}"
            case _:
                return super().repr_failure(excinfo)


class TrialItem(pytest.Item):
    """A scenario or question as an item."""

    def __init__(
        self,
        *,
        name: str,
        parent: NormFile,
        court: "Court",
        tree: "Scenario | Question",
    ) -> None:
        """Mark the item by what it is."""
        super().__init__(name, parent)
        self.court = court
        self.tree = tree
        self.add_marker(type(tree).__name__.lower())

    def runtest(self) -> None:
        """Try it.

        Raises:
            Unmet: something is not as expected.
        """
        trial = self.court.tried(self.tree)
        if trial.faults:
            raise Unmet(*trial.faults)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None
    ) -> "str | TerminalRepr":
        """Return what is not as expected in the words of `amparo test`."""
        if isinstance(excinfo.value, Unmet):
            span = self.tree.span
            place = f"{visible(span.source.path)}:{span.line}: {visible(self.tree.title.text)}"
            return "\n".join((place, *(f"    {visible(each)}" for each in excinfo.value.args)))
        return super().repr_failure(excinfo)  # a fault of ours, told at length whatever the style

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the item stands, and its name."""
        return self.path, self.tree.span.line - 1, self.name


def _read(court: "Court", trees: Iterable["Scenario | Question"]) -> None:
    """Read ``trees`` and the laws that they are tried by.

    Raises:
        Rejected: with every fault in them.
    """
    from amparo.pipeline.trials import bills_of

    problems: list[Diagnostic] = []
    for tree in trees:
        try:
            court.read(tree, court.ready(bills_of(tree)))
        except Rejected as rejected:
            problems.extend(rejected.diagnostics)
    if problems:
        raise Rejected(problems)
