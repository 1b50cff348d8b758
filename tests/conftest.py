"""What every test may ask for."""

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import tally
from amparo.core.extent import FRAMES
from amparo.pipeline.run import examine
from amparo.report.result import Result
from expect import REPOSITORY
from pages import Example, blessed
from results import SHORTCUT, TAKING, laid

HOME = """
vocabulary home
kind Person reads "a person".
kind Dwelling reads "a dwelling".
official act Eviction { by: Person, from: Dwelling } reads "{by} clears {from}".
event Order { on_home: Dwelling } reads "a court orders that {on_home} be cleared".

act charter "The charter" rank constitution in force from 2000-01-01 evidence inferred
  article 1 "The home"
    norm no_eviction
      forbid Eviction e unless some Order o has o.on_home = e.from and o before e.
"""

HOUSING = """
use home, charter.

act housing "The housing act" rank law in force from 2001-01-01 evidence inferred
  article 1 "Eviction"
    norm eviction
      permit Eviction e when some Order o has o.on_home = e.from and o before e.
"""

BILL = """
use home, housing.

bill quick_eviction "Quick eviction" rank law in force from 2020-01-01 evidence inferred
  amend housing
    in article 1
      replace norm eviction with
        norm eviction permit Eviction e.
"""


@pytest.fixture(autouse=True, scope="session")
def _asked_here() -> None:
    """Let every test ask the solver itself, in its own process: tests run beside each other."""
    os.environ.setdefault("AMPARO_NO_CACHE", "1")
    os.environ.setdefault("AMPARO_JOBS", "1")


# As the first law does that is checked; Hypothesis minds if it happens within a test.
sys.setrecursionlimit(max(FRAMES, sys.getrecursionlimit()))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty project."""
    (tmp_path / "amparo.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


@pytest.fixture
def homes(project: Path) -> Path:
    """Stand beside a body of law whose protection holds, and a bill that breaks it."""
    law = project / "law"
    law.mkdir()
    (law / "body.norm").write_text('body homes "The law of homes" ranks constitution, law.\n')
    (law / "charter.norm").write_text(HOME)
    (law / "housing.norm").write_text(HOUSING)
    (project / "bill.norm").write_text(BILL)
    return project


@pytest.fixture(scope="session")
def towns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Result]:
    """Return what is found in the town (`results`) with its bill, and without it."""
    with contextlib.chdir(laid(tmp_path_factory.mktemp("town"))):
        return examine([Path("law")], [Path("bill.norm")]), examine([Path("law")])


@pytest.fixture(scope="session")
def taking(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Return what is found of a bill by which a home is taken on request (`results`)."""
    folder = tmp_path_factory.mktemp("taking")
    (folder / "law.norm").write_text(TAKING)
    (folder / "bill.norm").write_text(SHORTCUT)
    with contextlib.chdir(folder):
        return examine([Path("law.norm")], [Path("bill.norm")])


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--bless`, which no configuration turns on, and which a build refuses."""
    parser.addoption(
        "--bless",
        action="store_true",
        help="Write the console blocks of tests/golden anew; review the difference.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to bless where nobody would review the difference."""
    if config.getoption("--bless") and os.environ.get("CI"):
        raise pytest.UsageError("--bless is for a person who reviews the difference, not for CI")


@pytest.fixture
def golden(project: Path, request: pytest.FixtureRequest) -> Callable[[str, Example], None]:
    """Return a check that an example of a page in `tests/golden` comes out as the page says.

    With `--bless` the page is written anew where it differs, and the test fails all the same: a
    page is right when somebody has read it.
    """

    def check(name: str, example: Example) -> None:
        example.write(project)
        shown = example.run()
        if shown != example.shown and request.config.getoption("--bless"):
            page = REPOSITORY / "tests" / "golden" / name
            text = blessed(page.read_text(encoding="utf-8"), example.title, shown)
            page.write_text(text, encoding="utf-8")
            pytest.fail(f"{page.name}: written anew; review the difference, then run again")
        assert shown == example.shown

    return check


def pytest_sessionfinish() -> None:
    """Write down what the properties counted, where somebody asked for it."""
    tally.write()
