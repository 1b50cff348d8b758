"""Protections that a change takes away."""

import datetime
from pathlib import Path

import pytest

from amparo.pipeline.run import examine
from amparo.report.result import Result
from amparo.verify.finding import Finding

BILL = """
use home, charter.

bill change "A change" rank constitution in force from 2020-01-01 evidence inferred
  amend charter
    {instruction}
"""


def lost(result: Result) -> list[Finding]:
    found = (finding for each in result.examined for finding in each.findings)
    return [each for each in found if each.rule == "lost-protection"]


@pytest.mark.parametrize(
    ("instruction", "is_lost"),
    [
        ("repeal article 1.", True),
        ("repeal norm no_eviction.", True),
        ("in article 1 replace norm no_eviction with norm no_eviction permit Eviction e.", True),
        ("in article 1 replace norm no_eviction with norm otherwise forbid Eviction e.", False),
        ("in article 1 replace norm no_eviction with norm no_eviction forbid Eviction e.", False),
        ("renumber article 1 as article 7.", False),
    ],
)
def test_a_protection_is_lost_where_nothing_takes_its_place(
    homes: Path, instruction: str, is_lost: bool
) -> None:
    (homes / "bill.norm").write_text(BILL.format(instruction=instruction))

    found = lost(examine([Path("law")], [Path("bill.norm")]))

    assert is_lost == bool(found)
    for each in found:
        assert (each.verdict, each.status) == ("depends", "introduced")
        assert each.outcome.note.endswith("no more with it from 2020-01-01 on.")


def test_it_is_lost_on_the_days_that_are_asked_about_only(homes: Path) -> None:
    (homes / "bill.norm").write_text(BILL.format(instruction="repeal article 1."))
    days = [datetime.date(2019, 12, 31), datetime.date(2020, 1, 1)]

    found = [lost(examine([Path("law")], [Path("bill.norm")], as_of=day)) for day in days]

    assert list(map(len, found)) == [0, 1]


def test_nothing_is_lost_without_a_change(homes: Path) -> None:
    assert lost(examine([Path("law")])) == []
