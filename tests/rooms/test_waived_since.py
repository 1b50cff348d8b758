"""Beside a base version, a waiver that stood there covers what was so there, and nothing new."""

import shutil
from pathlib import Path

import pytest

from expect import amparo
from versions import HOUSING, Project, started

LATER = HOUSING.replace(" and o before e", "")
"""An order is asked for, but may come after the eviction: the protection is broken."""
OPEN = HOUSING.replace(
    "        when some Order o has o.on_home = e.from and o before e.\n", ""
).replace("permit Eviction e\n", "permit Eviction e.\n")
"""No order is asked for at all: it is broken in a new way."""
WRITTEN = """
use home, charter.

waive licensed-violation of charter article 1
  because "It is being redrafted." by "The ministry" until 2200-01-01.
"""
CONFIGURED = """
[[waivers]]
body = "homes"
rule = "licensed-violation"
provision = "charter article 1"
reason = "It is being redrafted."
author = "The ministry"
until = 2200-01-01
"""
RENEWED = "2201-01-01"


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Stand in a checkout whose law breaks its protection."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NO_COLOR", "1")
    project = started(folder)
    project.write(housing=LATER)
    return project


def checked(*options: str, against: str = "main") -> tuple[int, str]:
    ended = amparo("check", "law", "--against", against, "--format", "concise", *options)
    assert ended.code in (0, 1), ended.err
    return ended.code, ended.out


@pytest.mark.slow
def test_a_waiver_that_stood_covers_the_old_fault_and_no_new_way_of_it(law: Project) -> None:
    law.write(waivers=WRITTEN)
    law.commit()
    assert amparo("check", "law", "--quiet").code == 0
    assert checked()[0] == 0

    law.write(housing=OPEN)
    code, out = checked()
    assert code == 1
    assert "introduced" in out
    assert "(waived until" not in out

    law.write(waivers=WRITTEN.replace("2200-01-01", RENEWED))
    code, out = checked()
    assert code == 0
    assert f"introduced (waived until {RENEWED}" in out


@pytest.mark.slow
def test_that_a_norm_commences_on_another_day_makes_no_waiver_new(law: Project) -> None:
    law.write(waivers=WRITTEN)
    law.commit()
    charter = Path("law/charter.norm")
    charter.write_text(charter.read_text().replace("2000-01-01", "2000-01-02"))
    law.write(housing=OPEN)

    assert checked()[0] == 1


def configure(name: str, text: str = CONFIGURED) -> None:
    """Have the file of this name, and no other, configure the project."""
    for each in ("amparo.toml", "pyproject.toml"):
        Path(each).unlink(missing_ok=True)
    shared = text.replace("[[waivers]]", "[[tool.amparo.waivers]]")
    Path(name).write_text(text if name == "amparo.toml" else shared)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kept", "first", "second"),
    [
        ("git", "amparo.toml", "pyproject.toml"),
        ("a folder", "pyproject.toml", "amparo.toml"),
    ],
)
def test_the_same_is_so_of_a_waiver_of_the_configuration(
    law: Project, kept: str, first: str, second: str
) -> None:
    configure(first)
    law.commit()
    against = "main"
    if kept == "a folder":
        shutil.copytree(".", "../base", ignore=shutil.ignore_patterns(".git"))
        against = "../base"
    law.write(housing=OPEN)
    assert checked(against=against)[0] == 1

    # In the other file it is still the one that stood.
    configure(second)
    assert checked(against=against)[0] == 1

    configure(second, CONFIGURED.replace("2200-01-01", RENEWED))
    code, out = checked(against=against)
    assert code == 0
    assert f"introduced (waived until {RENEWED}" in out


@pytest.mark.slow
def test_a_configuration_from_elsewhere_waives_nothing_new(law: Project) -> None:
    law.commit()
    law.write(housing=OPEN)
    Path("../mine.toml").write_text(CONFIGURED)

    assert checked("--config", "../mine.toml")[0] == 1
    assert amparo("check", "law", "--config", "../mine.toml", "--quiet").code == 0
