"""The formats for programs: valid, read back by programs that are not ours, and never clean by mistake."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest
from lxml import etree

from amparo.cli.results import FOR_PROGRAMS, KEPT
from amparo.pipeline.run import examine
from amparo.report.github import MOST, render_github
from amparo.report.gitlab import render_gitlab
from amparo.report.identity import identified, identity
from amparo.report.junit import render_junit
from amparo.report.result import Refusal, Result
from amparo.report.said import details, summary
from amparo.report.sarif import render_sarif
from amparo.text import Source, Span
from amparo.verify.finding import Finding, Verdict
from expect import REPOSITORY, amparo
from results import (
    BILL,
    ENDED,
    EVERY,
    HOME,
    HOME_NORM,
    REFUSALS,
    UNPRINTABLE,
    finding,
    laid,
    result,
    span,
)

GOLDEN = REPOSITORY / "tests" / "golden" / "formats"
SARIF = json.loads(
    (REPOSITORY / "tests" / "data" / "sarif-2.1.0.schema.json").read_text("utf-8-sig")
)
JENKINS = etree.XMLSchema(etree.parse(REPOSITORY / "tests" / "data" / "junit-10.xsd"))
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""The properties of a code quality report as GitLab documents them."""


@pytest.fixture
def town(project: Path) -> Path:
    """Stand beside a law and a bill with which a protection is violated, one depends, one holds."""
    return laid(project)


def sarif(text: str) -> Any:  # noqa: ANN401 - a tree of JSON, read by its keys
    """Return the only run of a log that conforms to the standard's schema."""
    log = json.loads(text)
    jsonschema.Draft202012Validator(SARIF).validate(log)
    (run,) = log["runs"]
    for each in run["results"]:
        # The host of code refuses a whole log for one result without a place.
        assert each["locations"]
        assert {"primaryLocationLineHash", "amparo/v1"} == set(each["partialFingerprints"])
        assert each["kind"] == "fail" or each["level"] == "none"
        assert each["ruleId"] in {rule["id"] for rule in run["tool"]["driver"]["rules"]}
        for step in steps(each):
            assert step["location"]["message"]["text"]
    return run


def steps(result: Any) -> list[Any]:  # noqa: ANN401 - a tree of JSON
    flows = result.get("codeFlows", [])
    return [
        step for flow in flows for thread in flow["threadFlows"] for step in thread["locations"]
    ]


# -- a law, a bill, every format --------------------------------------------------------------------


@pytest.mark.parametrize("style", ["sarif", "junit", "github", "gitlab"])
def test_a_format_comes_out_as_it_was_read_and_found_right(
    towns: tuple[Result, Result], style: str, request: pytest.FixtureRequest
) -> None:
    shown = FOR_PROGRAMS[style](towns[0])
    if style == "sarif":
        log = json.loads(shown)
        del log["runs"][0]["tool"]  # the pages of all rules; tested by themselves
        shown = json.dumps(log, ensure_ascii=False, indent=2) + "\n"

    page = GOLDEN / style
    if request.config.getoption("--bless") and shown != page.read_text(encoding="utf-8"):
        page.write_text(shown, encoding="utf-8")
        pytest.fail(f"{page.name}: written anew; review the difference, then run again")
    assert shown == page.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("style", KEPT)
def test_the_command_prints_it_and_its_exit_code_is_that_of_any_format(
    homes: Path, style: str
) -> None:
    ended = amparo("check", "law", "--bill", "bill.norm", "--format", style)
    with_a_file = amparo("lint", "law", "--format", style, "--output", "out")

    assert ended.code == 1
    assert "licensed-violation" in ended.out
    assert (with_a_file.code, with_a_file.out) == (amparo("lint", "law").code, "")
    assert (homes / "out").exists()


def test_sarif_shows_the_bill_and_links_the_protection(towns: tuple[Result, Result]) -> None:
    run = sarif(render_sarif(towns[0]))

    broken, open_ = run["results"]
    assert (broken["kind"], broken["level"], broken["baselineState"]) == ("fail", "error", "new")
    assert (open_["kind"], open_["level"], open_["baselineState"]) == ("review", "none", "new")
    place = broken["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "bill.norm"
    assert place["region"]["startLine"] == place["region"]["endLine"] == 6
    (protection,) = broken["relatedLocations"]
    assert protection["physicalLocation"]["artifactLocation"]["uri"] == "law/charter.norm"
    assert f"]({protection['id']})" in broken["message"]["text"]
    told = steps(broken)
    assert [each["executionOrder"] for each in told] == list(range(1, len(told) + 1))
    assert told[0]["location"]["message"]["text"].startswith("1 January 2020: ")
    assert [each["importance"] for each in told].count("essential") == 1
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"][0]["executionSuccessful"] is True


def test_sarif_says_what_every_rule_is_about() -> None:
    rules = sarif(render_sarif(Result(())))["tool"]["driver"]["rules"]

    assert "licensed-violation" in {each["id"] for each in rules}
    for each in rules:
        assert each.get("name", "").lower() != each["id"]
        assert each["help"]["text"].startswith(f"# {each['id']}")
        assert 0 < len(each["shortDescription"]["text"]) <= 1024
        assert 0 < len(each["fullDescription"]["text"]) <= 1024


@pytest.mark.slow
def test_sarif_is_read_back_by_another_program(towns: tuple[Result, Result], project: Path) -> None:
    for name, each in zip(("bad.sarif", "good.sarif"), towns, strict=True):
        Path(name).write_text(render_sarif(each), encoding="utf-8")

    call = [sys.executable, "-m", "sarif", "--check", "error"]
    bad = subprocess.run(
        [*call, "summary", "bad.sarif"], capture_output=True, text=True, check=False
    )
    good = subprocess.run(
        [*call, "summary", "good.sarif"], capture_output=True, text=True, check=False
    )

    assert (bad.returncode, good.returncode) == (1, 0), bad.stderr + good.stderr
    assert "error: 1" in bad.stdout
    assert "licensed-violation The charter, article 1" in bad.stdout


def junit(text: str) -> junitparser.JUnitXml:
    """Return a report that Jenkins takes: its schema refuses what is not in it."""
    JENKINS.assertValid(etree.fromstring(text.encode()))
    return junitparser.JUnitXml.fromstring(text.encode())


def test_junit_is_read_back_by_another_program(towns: tuple[Result, Result]) -> None:
    read = junit(render_junit(towns[0]))

    (suite,) = read
    cases = list(suite)
    assert (suite.name, suite.tests, suite.failures, suite.errors) == ("town", len(cases), 2, 0)
    assert (read.tests, read.failures) == (suite.tests, 2)
    by_result = {
        each.name: each.result[0].type if each.result else "passed"
        for each in cases
        if each.classname == "town.licensed-violation"
    }
    assert by_result == {
        "charter article 1 norm no_eviction": "violated",
        "charter article 2 norm no_search": "depends",
        "charter article 3 norm no_demolition": "passed",
    }


def test_gitlab_gets_an_issue_for_each_that_does_not_hold(towns: tuple[Result, Result]) -> None:
    issues = json.loads(render_gitlab(towns[0]))

    jsonschema.validate(issues, CODE_QUALITY)
    assert [each["severity"] for each in issues] == ["critical", "major"]
    assert len({each["fingerprint"] for each in issues}) == 2
    assert json.loads(render_gitlab(towns[1])) == []


COMMAND = re.compile(r"::(?P<name>[a-z]+)(?: (?P<properties>[^:]*?))?::(?P<data>.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read commands as GitHub documents them: what they are, their properties, what they say.

    A line holds one; in it a per cent sign, a line break, and in a property also a colon and a comma
    stand as their codes.
    """
    read = []
    for line in text.splitlines():
        found = COMMAND.fullmatch(line)
        assert found, line
        stated = (each.partition("=") for each in (found["properties"] or "").split(","))
        properties = {name: _plain(value, property_=True) for name, _, value in stated}
        read.append((found["name"], properties, _plain(found["data"])))
    return read


def _plain(text: str, *, property_: bool = False) -> str:
    codes = {"%0D": "\r", "%0A": "\n", **({"%3A": ":", "%2C": ","} if property_ else {})}
    for code, letter in codes.items():
        text = text.replace(code, letter)
    assert "%" not in text.replace("%25", "")
    return text.replace("%25", "%")


def test_github_reads_what_a_drafter_is_to_read(towns: tuple[Result, Result]) -> None:
    (examined,) = towns[0].examined

    read = commands(render_github(towns[0]))

    for (kind, properties, said), found in zip(read, examined.findings, strict=False):
        assert kind == ("error" if found.verdict == "violated" else "warning")
        assert properties["title"] == f"amparo ({found.rule})"
        assert (properties["file"], properties["line"]) == ("bill.norm", properties["endLine"])
        assert said.split("\n") == [summary(examined, found), *details(examined, found)]


def test_github_gets_one_command_on_a_line_for_each(towns: tuple[Result, Result]) -> None:
    lines = render_github(towns[0]).splitlines()

    assert [each.split(" ")[0] for each in lines] == ["::error", "::warning"]
    assert lines[0].startswith("::error file=bill.norm,line=6,endLine=6,col=5,")
    assert render_github(towns[1]) == ""


def test_a_finding_keeps_its_identity_when_its_law_is_laid_out_anew(
    towns: tuple[Result, Result], town: Path
) -> None:
    (town / "law" / "housing.norm").rename(town / "law" / "houses.norm")
    (town / "bill.norm").rename(town / "other.norm")
    (town / "other.norm").write_text("\n\n# moved\n" + BILL)
    (town / "law" / "charter.norm").write_text(HOME.replace("Nobody is put", "No one is ever put"))

    after = ids(examine([Path("law")], [Path("other.norm")]))

    assert after == ids(towns[0])
    assert len(set(after)) == len(after) > 2
    assert all(re.fullmatch("[0-9a-f]{16}", each) for each in after)


def ids(ended: Result) -> list[str]:
    return [name for each in ended.examined for name, _ in identified(each)]


# -- what a run ends with, made by hand ---------------------------------------------------------------


@pytest.mark.parametrize("ended", ENDED)
@pytest.mark.parametrize("style", FOR_PROGRAMS)
def test_nothing_of_a_stranger_is_taken_for_anything_but_words(
    style: str, ended: Result | Refusal
) -> None:
    shown = FOR_PROGRAMS[style](ended)

    assert UNPRINTABLE.search(shown) is None
    match style:
        case "sarif":
            for each in sarif(shown)["results"]:
                assert not re.search(r"(?<!\\)\]\(http", each["message"]["text"])
                assert "{0}" not in each["message"]["text"].replace("{{0}}", "")
        case "junit":
            junit(shown)
        case "gitlab":
            jsonschema.validate(json.loads(shown), CODE_QUALITY)
        case "github":
            for kind, properties, _ in commands(shown):
                assert kind in ("error", "warning", "notice")
                assert list(properties) in (
                    ["title"],
                    ["file", "line", "endLine", "col", "endColumn", "title"],
                )
        case _:
            json.loads(shown)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_run_without_a_verdict_never_looks_clean(refusal: Refusal) -> None:
    run = sarif(render_sarif(refusal))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"
    assert [each["level"] for each in run["results"]] == ["error"] * len(refusal.diagnostics)
    assert junit(render_junit(refusal)).errors == 1
    assert render_github(refusal).startswith("::error ")
    assert [each["severity"] for each in json.loads(render_gitlab(refusal))] == ["blocker"]


@pytest.mark.parametrize("verdict", EVERY)
@pytest.mark.parametrize("counts", [True, False])
def test_a_format_fails_where_the_run_does(verdict: Verdict, counts: bool) -> None:
    bills = ("bill",)
    ended = result(finding(verdict, "introduced" if counts else "pre-existing"), bills=bills)
    clean = ended.verdict == "holds"

    read = junit(render_junit(ended))
    commands = render_github(ended)
    levels = [each["level"] for each in sarif(render_sarif(ended))["results"]]

    assert (read.failures + read.errors == 0) is clean
    assert (read.errors == 1) is (ended.verdict == "undecided")
    assert ("::error" in commands or "::warning" in commands) is not clean
    assert ("error" in levels) is (ended.verdict == "violated")


def test_what_could_not_be_decided_is_open_and_notified() -> None:
    run = sarif(render_sarif(result(finding("unknown"))))

    assert run["results"][0]["kind"] == "open"
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["associatedRule"]["id"] == "licensed-violation"
    assert "could not be decided" in told["message"]["text"]


def test_what_the_bill_cures_is_absent_and_what_it_betters_is_updated() -> None:
    def states(*several: Finding) -> list[str]:
        run = sarif(render_sarif(result(*several, bills=("bill",))))
        return [each["baselineState"] for each in run["results"]]

    assert states(finding("holds", "cured")) == []
    assert states(finding("depends", "cured")) == ["updated"]
    assert states(finding("violated", "pre-existing")) == ["unchanged"]
    assert "baselineState" not in sarif(render_sarif(result(finding("violated"))))["results"][0]


def test_columns_are_code_points_and_end_on_the_line() -> None:
    wide = replace(finding("violated"), span=span("libel\r\nnorm дом"))

    (first,) = sarif(render_sarif(result(wide)))["results"]
    (second,) = sarif(render_sarif(result(finding("violated"))))["results"]

    assert region(first) == {"startLine": 1, "startColumn": 6, "endLine": 1, "endColumn": 11}
    assert region(second) == {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 9}


def region(shown: Any) -> object:  # noqa: ANN401 - a tree of JSON
    return shown["locations"][0]["physicalLocation"]["region"]


@pytest.mark.parametrize(
    ("path", "uri", "relative"),
    [
        ("нормы/a b#1.norm", "%D0%BD%D0%BE%D1%80%D0%BC%D1%8B/a%20b%231.norm", True),
        ("a:b.norm", "a%3Ab.norm", True),
        ("/srv/law.norm", "file:///srv/law.norm", False),
        ("C:/law/a b.norm", "file:///C:/law/a%20b.norm", False),
    ],
)
def test_a_path_is_a_valid_reference(path: str, uri: str, relative: bool) -> None:
    there = replace(finding("violated"), span=Span(Source(path, "x"), 0, 1))

    (shown,) = sarif(render_sarif(result(there)))["results"]

    artifact = shown["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uri"] == uri
    assert ("uriBaseId" in artifact) is relative


def test_github_gets_at_most_ten_of_a_kind_the_worst_first() -> None:
    bad, doubt = finding("violated"), finding("depends")

    full = render_github(result(*[bad] * MOST)).splitlines()
    more = render_github(result(*[doubt] * 3, *[bad] * (MOST + 2))).splitlines()

    assert len(full) == MOST
    assert all("more" not in each for each in full)
    assert [each.split(" ")[0] for each in more] == ["::error"] * MOST + ["::warning"] * 3
    assert more[MOST - 1] == "::error title=amparo (more)::And 3 more."


def test_the_worst_of_all_bodies_comes_first() -> None:
    doubt, bad = (result(finding(each)).examined[0] for each in ("depends", "violated"))
    ended = Result((doubt, bad))

    assert [each["severity"] for each in json.loads(render_gitlab(ended))] == ["critical", "major"]
    assert [each["kind"] for each in sarif(render_sarif(ended))["results"]] == ["fail", "review"]


def test_an_identity_is_of_what_is_asked_and_not_of_how_it_is_told() -> None:
    one = finding("violated")

    def name(**other: object) -> str:
        changed: Callable[..., Finding] = replace
        return identity("law", changed(one, **other))

    same = (
        {"verdict": "depends"},
        {"notes": ("other words",)},
        {"span": span("libel")},
        {"norm": "home@2020-01-01"},
        {"status": "introduced"},
    )
    other = (
        {"rule": "denied-right"},
        {"provision": replace(HOME_NORM, article="2")},
        {"provision": replace(HOME_NORM, norm="house")},
        {"act": "Levy"},
        {"beside": ("y",)},
    )
    assert {name(**each) for each in same} == {identity("law", one)}
    assert len({name(), identity("other", one), *(name(**each) for each in other)}) == 7
    assert name(beside=("y@2020-01-01",)) == name(beside=("y",))


def test_findings_that_are_alike_have_a_number_in_the_order_of_the_law() -> None:
    early, late = replace(finding("holds"), notes=("1",)), finding("violated")

    (examined,) = result(early, late).examined
    named = {found.verdict: name for name, found in identified(examined)}

    assert named["violated"] == f"{named['holds']}-2"
    assert all(re.fullmatch("[0-9a-f]{16}(-2)?", each) for each in named.values())


# -- rejected, missing, broken ------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["check", "lint"])
@pytest.mark.parametrize("style", KEPT)
def test_a_rejected_text_is_shown_with_its_place(town: Path, style: str, command: str) -> None:
    (town / "law" / "housing.norm").write_text("use home.\n\nact housing")

    ended = amparo(command, "law", "--format", style)

    assert ended.code == 2
    assert "housing.norm" in ended.out
    assert "error[" in ended.err
    code = re.findall(r"error\[([a-z-]+)\]", ended.err)[0]
    assert code in ended.out
    if style == "sarif":
        (first, *_) = sarif(ended.out)["results"]
        assert first["ruleId"] == code
        assert first["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


@pytest.mark.parametrize("style", KEPT)
def test_a_call_that_cannot_be_carried_out_is_shown(town: Path, style: str) -> None:
    ended = amparo("check", "nowhere", "--format", style, "--output", "out")

    assert ended.code == 2
    assert re.search("nowhere(`|</code>) does not exist", (town / "out").read_text())


@pytest.mark.parametrize("style", KEPT)
def test_a_crash_is_shown(town: Path, style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("amparo.pipeline.run.examine", fail)

    ended = amparo("check", "law", "--format", style)

    assert ended.code == 2
    assert "mparo failed" in ended.out
    assert "secret" not in ended.out
