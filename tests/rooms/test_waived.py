"""What is waived is shown by every format, and fails in none."""

import contextlib
import datetime
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from amparo.core.case import Waiver
from amparo.pipeline.run import examine
from amparo.report.github import render_github
from amparo.report.gitlab import render_gitlab
from amparo.report.json import render_json
from amparo.report.junit import render_junit
from amparo.report.plain import render_concise, render_plain
from amparo.report.result import Examined, Result
from amparo.report.sarif import render_sarif
from amparo.report.schemas import schema
from amparo.report.warnings import render_warnings
from amparo.text import Source, Span
from conftest import HOME
from expect import REPOSITORY

LOOSE = """
act housing "The housing act" rank law in force from 2001-01-01 evidence inferred
  article 1 "Eviction"
    norm eviction permit Eviction e.
"""
BILL = """
bill quick "Quick eviction" rank law in force from 2020-01-01 evidence inferred
  amend housing
    in article 1
      replace norm eviction with
        norm eviction permit Eviction e when 1 < 2.
"""
SARIF = json.loads(
    (REPOSITORY / "tests" / "data" / "sarif-2.1.0.schema.json").read_text("utf-8-sig")
)
SAID = "Waived until 2027-03-01 by The ministry (waivers.norm:2): It is being redrafted."


@pytest.fixture(scope="module")
def open_(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Return what is found of a law that breaks its only protection."""
    folder = tmp_path_factory.mktemp("homes")
    (folder / "law.norm").write_text(HOME + LOOSE)
    with contextlib.chdir(folder):
        return examine([Path("law.norm")])


@pytest.fixture(scope="module")
def waived(open_: Result) -> Result:
    """Return the same, and the fault waived."""
    return replace(open_, examined=tuple(map(quiet, open_.examined)))


def quiet(examined: Examined) -> Examined:
    findings = tuple(
        replace(
            each,
            waived=Waiver(
                each.rule,
                each.provision,
                None,
                "It is being redrafted",
                "The ministry",
                datetime.date(2027, 3, 1),
                span=Span(Source("waivers.norm", "\nwaive it."), 1, 6),
            ),
        )
        if each.verdict == "violated"
        else each
        for each in examined.report.findings
    )
    return replace(examined, report=replace(examined.report, findings=findings))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_what_is_waived_bears_on_no_verdict(open_: Result, waived: Result) -> None:
    assert (open_.verdict, waived.verdict) == ("violated", "holds")


def test_the_full_report_says_who_waived_what_and_why(waived: Result) -> None:
    told = flat(render_plain(waived))

    assert told.startswith("The law, but for 1 waived: no contradiction under this reading.")
    assert "CONTRADICTS (waived): The charter, article 1" in told
    assert SAID in told
    assert "This can happen" not in told


def test_with_a_bill_the_full_report_counts_what_is_waived(waived: Result) -> None:
    (only,) = waived.examined
    with_bill = replace(only, report=replace(only.report, bills=("quick",)))

    told = flat(render_plain(replace(waived, examined=(with_bill,))))

    assert "Cured by it: 0. Waived: 1." in told
    assert "CONTRADICTS (as before, waived): The charter" in told


def test_the_concise_report_says_it_in_the_line(waived: Result) -> None:
    assert re.search(
        r"^law\.norm:\d+: violated licensed-violation charter article 1 norm no_eviction "
        + re.escape(f"({SAID[0].lower()}{SAID[1:]})"),
        render_concise(waived),
        re.M,
    )


def test_json_says_it_and_keeps_to_its_schema(open_: Result, waived: Result) -> None:
    shape = json.loads(schema("check"))
    for each in (open_, waived):
        jsonschema.Draft202012Validator(shape).validate(json.loads(render_json(each)))
    (found,) = (
        each
        for each in json.loads(render_json(waived))["findings"]
        if each["rule"] == "licensed-violation"
    )

    assert (found["verdict"], found["counts"]) == ("violated", False)
    assert found["waived"] == {
        "reason": "It is being redrafted",
        "author": "The ministry",
        "until": "2027-03-01",
        "verdict": "violated",
        "bills": [],
        "file": "waivers.norm",
        "line": 2,
    }


def test_sarif_tells_it_in_a_notification_and_as_a_result_only_when_asked(waived: Result) -> None:
    (plain,) = json.loads(render_sarif(waived))["runs"]
    (asked,) = json.loads(render_sarif(waived, suppressed=True))["runs"]
    for run in (plain, asked):
        log = {"$schema": "x:y", "version": "2.1.0", "runs": [run]}
        jsonschema.Draft202012Validator(SARIF).validate(log)

    assert plain["results"] == []
    (told,) = plain["invocations"][0]["toolExecutionNotifications"]
    assert (told["level"], told["message"]["text"].endswith(SAID)) == ("note", True)
    (result,) = asked["results"]
    (suppression,) = result["suppressions"]
    assert (result["kind"], result["level"]) == ("fail", "note")
    assert (suppression["kind"], suppression["status"]) == ("inSource", "accepted")
    assert suppression["justification"] == SAID


def test_in_sarif_all_results_of_a_run_say_whether_they_are_suppressed(open_: Result) -> None:
    (run,) = json.loads(render_sarif(open_, suppressed=True))["runs"]

    assert [each["suppressions"] for each in run["results"]] == [[]]


def test_junit_skips_it(waived: Result) -> None:
    root = ET.fromstring(render_junit(waived))
    (skipped,) = root.iter("skipped")

    assert (root.get("failures"), root.get("errors")) == ("0", "0")
    assert SAID in skipped.get("message", "")


def test_github_and_gitlab_show_it_as_a_notice(waived: Result) -> None:
    (command,) = render_github(waived).splitlines()
    (issue,) = json.loads(render_gitlab(waived))

    assert command.startswith("::notice ")
    assert SAID in command
    assert (issue["severity"], SAID in issue["description"]) == ("info", True)


def test_lint_counts_it_apart(waived: Result) -> None:
    told = flat(render_warnings(waived))

    assert told.startswith("Waived: 1.")
    assert SAID in told
