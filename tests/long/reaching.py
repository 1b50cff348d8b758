"""Which tests run which lines of a module, and what each takes: seen by running them once."""

import json
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest


@dataclass(frozen=True, slots=True)
class Reach:
    """A test, its seconds of processor time, and the lines of the module that it runs."""

    test: str
    seconds: float
    lines: frozenset[int]


def reaching(known: Sequence[Reach], lines: Collection[int]) -> tuple[Reach, ...]:
    """Return those that run any of ``lines``, the quickest first.

    All, where none does: what runs as the module is loaded is run before any.
    """
    found = [each for each in known if not each.lines.isdisjoint(lines)] or known
    return tuple(sorted(found, key=lambda each: (each.seconds, each.test)))


def write(file: Path, known: Sequence[Reach]) -> None:
    """Keep what was seen in ``file``, for another process."""
    said = [(each.test, each.seconds, sorted(each.lines)) for each in known]
    file.write_text(json.dumps(said), encoding="utf-8")


def read(file: Path) -> tuple[Reach, ...]:
    """Return what was kept in ``file``."""
    said = json.loads(file.read_text(encoding="utf-8"))
    return tuple(Reach(test, seconds, frozenset(lines)) for test, seconds, lines in said)


class Watch:
    """A plugin of pytest that sees which lines of ``module``, a file, each test runs."""

    def __init__(self, module: Path) -> None:
        """Look at nothing else."""
        self._module = module
        self._seen = coverage.Coverage(data_file=None, config_file=False, include=[str(module)])
        self._seconds: dict[str, float] = {}

    def pytest_sessionstart(self) -> None:
        """Begin to look, before anything is imported."""
        self._seen.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Say whose the lines are that are run."""
        self._seen.switch_context(item.nodeid)
        began = time.process_time()
        told = yield
        self._seconds[item.nodeid] = time.process_time() - began
        self._seen.switch_context("")
        return told

    def seen(self) -> Iterator[Reach]:
        """Yield what was seen."""
        self._seen.stop()
        data = self._seen.get_data()
        for test, seconds in self._seconds.items():
            data.set_query_context(test)
            yield Reach(test, seconds, frozenset(data.lines(str(self._module)) or ()))
