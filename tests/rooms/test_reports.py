"""Several reports of one run."""

import json
from pathlib import Path

import pytest

from expect import amparo

REPORTS = ("--report", "sarif=amparo.sarif", "--report", "markdown=comment.md")


def test_one_run_writes_what_a_run_in_each_format_would(homes: Path) -> None:
    asked = ("check", "law", "--bill", "bill.norm")

    ended = amparo(*asked, *REPORTS, "--quiet")

    assert (ended.code, ended.out, ended.err) == (1, "", "")
    for style, name in (("sarif", "amparo.sarif"), ("markdown", "comment.md")):
        alone = amparo(*asked, "--format", style, "--output", "alone")
        assert alone.code == 1
        assert (homes / name).read_text() == (homes / "alone").read_text()


def test_beside_reports_the_answer_is_told_as_ever(homes: Path) -> None:
    assert amparo("check", "law", *REPORTS) == amparo("check", "law")
    assert amparo("lint", "law", *REPORTS) == amparo("lint", "law")


def test_every_report_says_why_there_is_no_verdict(homes: Path) -> None:
    (homes / "law" / "faulty.norm").write_text("act ((")

    ended = amparo("check", "law", *REPORTS, "--report", "json=amparo.json")

    assert ended.code == 2
    (run,) = json.loads((homes / "amparo.sarif").read_text())["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert json.loads((homes / "amparo.json").read_text())["verdict"] == "undecided"
    assert "law/faulty.norm" in (homes / "comment.md").read_text()


def test_a_faulty_configuration_is_in_every_report_too(homes: Path) -> None:
    (homes / "amparo.toml").write_text("frobnicate = 1\n")

    ended = amparo("check", "law", *REPORTS)

    assert ended.code == 2
    assert "frobnicate" in (homes / "comment.md").read_text()
    assert "frobnicate" in (homes / "amparo.sarif").read_text()


@pytest.mark.parametrize("named", ["full=a.txt", "sarif", "sarif=", "pdf=a.pdf"])
def test_a_report_needs_a_format_that_is_kept_and_a_file(homes: Path, named: str) -> None:
    ended = amparo("check", "law", "--report", named)

    assert (ended.code, ended.out) == (2, "")
    assert "is not one of json, sarif, junit" in ended.err


def test_a_report_that_cannot_be_written_is_no_verdict(homes: Path) -> None:
    ended = amparo("check", "law", "--report", "json=nowhere/amparo.json")

    assert ended.code == 2
    assert "nowhere/amparo.json" in ended.err
