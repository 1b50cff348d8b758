"""What every test may ask for."""

from pathlib import Path

import pytest

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
