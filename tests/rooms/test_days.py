"""What changes from day to day, read off the answers over time: the new protection by the old."""

from pathlib import Path

import pytest

import amparo
from amparo.report.days import by_day
from amparo.report.plain import render_plain
from amparo.report.result import Result
from expect import amparo as run

LAW = """
body demo "Demo" ranks constitution, law.

vocabulary words
kind Person reads "a person".
official act Levy { from: Person } reads "{from} pays".
official act Eviction { from: Person } reads "{from} is put out".
official act Arrest { from: Person } reads "{from} is held".
private act Purchase { by: Person } reads "{by} buys".
enumeration Aim: order reads "public order".
event Order { of: Person } reads "a court decides about {of}".

act old "Old charter" rank constitution in force from 2000-01-01 until 2020-01-01 evidence read
  article 1 "The home"
    norm by_court forbid Levy l unless some Order o has o.of = l.from and o before l.
  article 2 "Liberty"
    norm no_arrest forbid Arrest a.
  article 3 "Property"
    norm purchase guarantee Purchase p.

act new "New charter" rank constitution in force from 2020-01-01 evidence read
  article 7 "The home"
    norm by_court forbid Levy l unless some Order o has o.of = l.from.
    norm no_eviction forbid Eviction e.
  article 8 "Property"
    norm purchase guarantee Purchase p may be limited by law for order.

act code "Code" rank law in force from 2000-01-01 evidence read
  article 1
    norm levy permit Levy l when some Order o has o.of = l.from and o before l.
    norm quick permit Levy l in force from 2005-01-01 until 2006-01-01.
  article 2
    norm evict permit Eviction e.
    norm arrest permit Arrest a.
  article 3
    aim order
    norm no_purchase forbid Purchase p.
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    there: Path = tmp_path_factory.mktemp("days")
    (there / "law.norm").write_text(LAW)
    return amparo.check(there, timeline=True)


def days(result: Result) -> dict[str, tuple[str, ...]]:
    (examined,) = result.examined
    return dict(by_day(examined))


@pytest.mark.slow
def test_a_day_on_which_the_law_breaks_a_protection_and_one_on_which_it_ceases(
    result: Result,
) -> None:
    told = days(result)

    place = "Old charter, article 1 (by_court)"
    assert told["On 2005-01-01"] == (
        f"Becomes inconsistent: {place}: no contradiction before, contradicts "
        "then (through Code, article 1).",
    )
    assert told["On 2006-01-01"] == (
        f"Ceases to be inconsistent: {place}: contradicts before (through Code, "
        "article 1), no contradiction then.",
    )


@pytest.mark.slow
def test_a_protection_and_its_successor_stand_side_by_side_and_what_has_none_by_itself(
    result: Result,
) -> None:
    assert days(result)["On 2020-01-01"] == (
        "Becomes inconsistent: New charter, article 7 (no_eviction): nothing was found of it before, "
        "contradicts then (through Code, article 2).",
        "Ceases to be inconsistent: Old charter, article 2 (no_arrest): contradicts before (through "
        "Code, article 2), nothing is found of it then.",
        "Ceases to be inconsistent: Old charter, article 3 (purchase) gives way to New charter, "
        "article 8 (purchase): denies a right before (through Code, article 3), no contradiction "
        "then.",
        "Same answer under what succeeds: Old charter, article 1 (by_court) gives way to New charter, "
        "article 7 (by_court): no contradiction before, no contradiction then.",
    )


@pytest.mark.slow
def test_no_other_day_is_told_and_the_full_report_ends_with_the_days(result: Result) -> None:
    assert list(days(result)) == [
        "On 2000-01-01",
        "On 2005-01-01",
        "On 2006-01-01",
        "On 2020-01-01",
    ]
    assert "From day to day:\n  On 2000-01-01:\n    - " in render_plain(result)


@pytest.fixture
def there(project: Path) -> Path:
    (project / "law.norm").write_text(LAW)
    return project


TURN = ("check", ".", "--timeline", "--turn", "2020-01-01")


@pytest.mark.slow
def test_one_day_is_asked_about_alone_and_says_so(there: Path) -> None:
    text = run(*TURN, "--protection", "old article 1", "--protection", "new article 7").out

    days_told = text.partition("From day to day:\n")[2]
    assert days_told.count("  On ") == 1
    assert "(by_court) gives way to New charter" in " ".join(days_told.split())
    assert "(no_eviction)" in days_told
    assert "Old charter, article 2" not in " ".join(text.split())
    assert "from 2005-01-01" not in text
    assert "just before 2020-01-01 and from it on" in " ".join(text.split())


def test_a_day_on_which_nothing_changes_is_refused(there: Path) -> None:
    ended = run("check", ".", "--timeline", "--turn", "2020-01-02")

    assert ended.code == 2
    assert "no part of the law commences, ends or changes on 2020-01-02" in ended.err


def test_a_day_narrows_the_time_line_only(there: Path) -> None:
    ended = run("check", ".", "--turn", "2020-01-01")

    assert ended.code == 2
    assert "give --timeline too" in ended.err
