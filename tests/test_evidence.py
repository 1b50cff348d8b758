"""The page on the evidence says what the recorded runs counted, and nothing else."""

import re
from dataclasses import replace
from pathlib import Path

from long import report
from long.__main__ import COMMANDS
from long.figures import FAULTS, KEPT, Run, keep, kept

RUN = Run("search", "--seed 7", "2026-11-29", "abc", "3.11.2", "4.13.0", 3_700, {"laws": 1_000})


def test_the_tables_of_the_page_are_those_of_the_recorded_figures() -> None:
    page = report.PAGE.read_text(encoding="utf-8")

    assert report.with_tables(page) == page, "run `python tests/long report`"


def test_every_command_has_a_place_on_the_page() -> None:
    page = report.PAGE.read_text(encoding="utf-8")

    assert tuple(re.findall(r"<!-- figures: ([\w-]+) -->", page)) == COMMANDS


def test_every_recorded_run_is_of_a_command_and_counts_faults() -> None:
    for file in KEPT.glob("*"):
        assert file.suffix == ".jsonl"
        assert file.stem in COMMANDS
        for run in kept(file.stem):
            assert run.command == file.stem
            assert FAULTS in run.figures


def test_what_is_kept_is_read_again_and_added_up(tmp_path: Path) -> None:
    keep(RUN, tmp_path)
    keep(replace(RUN, figures={"laws": 500, FAULTS: 1, "worlds": 2}), tmp_path)

    page = report.with_tables("<!-- figures: search -->\nold\n<!-- end -->\n", tmp_path)

    assert kept("search", tmp_path)[0] == RUN
    assert "| | 2 recorded runs | the last of them |" in page
    assert "| laws | 1,500 | 500 |\n| worlds | 2 | 2 |\n| faults | 1 | 1 |" in page
    assert "| time | 2 h 3 min 20 s | 1 h 1 min 40 s |" in page
    assert "`python tests/long search --seed 7`" in page
    assert "old" not in page


def test_a_command_that_was_never_recorded_has_no_figures(tmp_path: Path) -> None:
    page = report.with_tables("<!-- figures: search -->\n<!-- end -->", tmp_path)

    assert "No run is recorded." in page
