"""The configuration of a project: which file it is, what it sets, what it cannot do."""

import datetime
import json
import re
import tomllib
from pathlib import Path
from typing import get_args

import jsonschema
import msgspec
import pytest

from amparo.cli.configured import OPTIONS
from amparo.cli.results import KEPT
from amparo.diagnostics import Rejected
from amparo.pipeline.configuration import Configuration, configuration
from amparo.pipeline.files import Unusable
from amparo.pipeline.settings import ASKED, ConfiguredWaiver, Settings
from amparo.pipeline.settings import schema as shape
from amparo.report.formats import FORMATS
from amparo.report.schemas import schema
from conftest import HOME
from expect import REPOSITORY, amparo

LOOSE = """
act housing "The housing act" rank law in force from 2001-01-01 evidence inferred
  article 1 "Eviction"
    norm eviction permit Eviction e.
"""
WAIVER = """
[[waivers]]
body = "homes"
rule = "licensed-violation"
provision = "charter article 1"
reason = "It is being redrafted."
author = "The ministry"
until = 2027-03-01
"""
BODY = 'body homes "Homes" ranks constitution, law.\n'
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def broken(project: Path) -> Path:
    """Stand beside a body of law whose only protection is broken."""
    law = project / "law"
    law.mkdir()
    (law / "body.norm").write_text(BODY)
    (law / "law.norm").write_text(HOME + LOOSE)
    return project


def read(text: str, name: str = "amparo.toml") -> Configuration:
    """Return the configuration of the current folder, with ``text`` in the file of this ``name``."""
    Path(name).write_text(text)
    found = configuration([])
    assert found is not None
    return found


def faults(text: str, name: str = "amparo.toml") -> list[tuple[str, str, str]]:
    with pytest.raises(Rejected) as caught:
        read(text, name)
    return [(each.code, each.message, each.primary.text) for each in caught.value.diagnostics]


def shown(*call: str) -> dict[str, str]:
    """Return the settings by which a call goes, and what sets each."""
    ended = amparo(*call, "--show-settings")
    assert ended.code == 0, ended.err
    lines = (re.fullmatch(r"(\S+) = (.*?)  # (.*)", each) for each in ended.out.splitlines())
    return {each[1]: f"{each[2]} by {each[3]}" for each in lines if each}


# -- which file ---------------------------------------------------------------------------------------


def test_the_nearest_file_upwards_is_read_and_its_own_name_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    (tmp_path / ".git").mkdir()
    assert configuration([]) is None

    def timeout() -> object:
        found = configuration([])
        return found and found.values.get("timeout")

    (tmp_path / "pyproject.toml").write_text("[tool.amparo]\ntimeout = 1\n")
    assert timeout() == 1
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\ntimeout = 2\n")
    assert timeout() == 1
    (tmp_path / "amparo.toml").write_text("timeout = 3\n")
    assert timeout() == 3
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.amparo]\ntimeout = 4\n")
    assert timeout() == 4
    (inner / "amparo.toml").write_text("")
    assert timeout() is None


def test_nothing_is_read_from_above_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "amparo.toml").write_text("timeout = 1\n")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "repository")

    assert configuration([]) is None


def test_the_paths_of_a_call_say_whose_configuration_it_is(project: Path) -> None:
    for name in ("first", "second"):
        (project / name).mkdir()
        (project / name / "amparo.toml").write_text("")
    (project / "first" / "law.norm").touch()

    assert configuration([Path("first/law.norm")]) == configuration([Path("first")])
    with pytest.raises(Unusable, match=r"`first/amparo.toml` and to `second/amparo.toml`"):
        configuration([Path("first"), Path("second")])


def test_a_file_that_is_named_is_read_and_none_where_none_is_wanted(project: Path) -> None:
    (project / "other").mkdir()
    (project / "other" / "mine.toml").write_text('timeout = 9\npaths = ["law"]\n')
    (project / "amparo.toml").write_text("timeout = 1\n")
    (project / "pyproject.toml").write_text("[project]\n")

    assert shown("check")["timeout"] == "1.0 by the configuration"
    assert shown("check", "--isolated")["timeout"] == "null by default"
    named = shown("check", "--config", "other/mine.toml")
    assert (named["timeout"], named["paths"]) == (
        "9.0 by the configuration",
        '["other/law"] by the configuration',
    )
    for call in (
        ("--config", "pyproject.toml"),
        ("--config", "nowhere.toml"),
        ("--isolated", "--config", "amparo.toml"),
    ):
        assert amparo("check", *call).code == 2


def test_a_link_out_of_the_project_is_not_followed(project: Path, tmp_path: Path) -> None:
    secret = tmp_path.parent / f"{tmp_path.name}-secret"
    secret.write_text("password = 'hunter2'\n")
    (project / "amparo.toml").unlink()
    (project / "amparo.toml").symlink_to(secret)

    ended = amparo("check", ".")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error[outside-project]: `amparo.toml` is a link that leads out")
    assert "hunter2" not in ended.err


# -- what is in it ------------------------------------------------------------------------------------


def test_every_key_that_is_read_sets_a_parameter_and_is_published(
    request: pytest.FixtureRequest,
) -> None:
    keys = {each.encode_name for each in msgspec.structs.fields(Settings)}

    assert keys == {*OPTIONS, "waivers"}
    assert set(ASKED) <= keys
    published = json.dumps(shape(), ensure_ascii=False, indent=2) + "\n"
    if request.config.getoption("--bless") and published != schema("config"):
        path = REPOSITORY / "solver" / "amparo" / "report" / "configuration.schema.json"
        path.write_text(published, encoding="utf-8")
        pytest.fail(f"{path.name}: written anew; review the difference, then run again")
    assert schema("config") == published
    for each in (*msgspec.structs.fields(Settings), *msgspec.structs.fields(ConfiguredWaiver)):
        notes = (one for one in get_args(each.type) if isinstance(one, msgspec.Meta))
        assert any(one.description for one in notes), each.encode_name


def test_the_example_of_the_readme_sets_what_it_says_and_keeps_to_the_schema(broken: Path) -> None:
    (example,) = re.findall(r"^```toml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    written = json.loads(json.dumps(tomllib.loads(example), default=str))

    jsonschema.Draft202012Validator(
        json.loads(schema("config")), format_checker=jsonschema.FormatChecker()
    ).validate(written)
    found = read(example)

    assert {*found.values, "waivers"} == set(written)
    assert len(found.waivers) == len(written["waivers"])


@pytest.mark.parametrize(
    "text",
    ["pahts = []", "paths = 'law'", "format = 'xml'", "timeout = 0", "[[waivers]]\nrule = 'x'"],
)
def test_what_is_rejected_does_not_keep_to_the_schema(project: Path, text: str) -> None:
    assert faults(text)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), json.loads(schema("config")))


@pytest.mark.parametrize(
    ("text", "code", "message", "underlined"),
    [
        ('pahts = ["law"]', "unknown-key", "there is no key `pahts`", 'pahts = ["law"]'),
        ('paths = "law"', "wrong-value", "`paths`: expected a list, got a text", 'paths = "law"'),
        (
            'paths = ["law", 3]',
            "wrong-value",
            "`paths`: entry 2: expected a text, got a whole number",
            'paths = ["law", 3]',
        ),
        (
            'format = "jsn"',
            "wrong-value",
            f"`format`: `jsn` is none of {', '.join(FORMATS)}; did you mean `json`?",
            'format = "jsn"',
        ),
        ("timeout = -1", "wrong-value", "`timeout`: expected a number > 0.0", "timeout = -1"),
        ("timeout = nan", "wrong-value", "`timeout`: expected a number > 0.0", "timeout = nan"),
        (
            'as-of = "yesterday"',
            "wrong-value",
            "`as-of`: expected a date, got a text",
            'as-of = "yesterday"',
        ),
        (
            "waivers = 3",
            "wrong-value",
            "`waivers`: expected tables, each under `[[waivers]]`",
            "waivers = 3",
        ),
        (
            'paths = ["law", "../elsewhere"]',
            "outside-project",
            "`../elsewhere` is outside the project",
            'paths = ["law", "../elsewhere"]',
        ),
        (
            'paths = ["law/../law"]',
            "outside-project",
            "`law/../law` is outside the project",
            'paths = ["law/../law"]',
        ),
        (
            'bills = ["/etc/passwd"]',
            "outside-project",
            "`/etc/passwd` is outside the project",
            'bills = ["/etc/passwd"]',
        ),
        (
            'paths = ["law\\u0000"]',
            "outside-project",
            "`law\0` is outside the project",
            'paths = ["law\\u0000"]',
        ),
        (
            'bills = ["out/bill.norm"]',
            "outside-project",
            "`out/bill.norm` is outside the project",
            'bills = ["out/bill.norm"]',
        ),
        ("paths = ", "invalid-toml", "this is no TOML: invalid value", ""),
        (
            "a" * 9 + " = " + "[" * 9999,
            "invalid-toml",
            "this is no TOML: it is nested too deeply",
            "",
        ),
        (
            WAIVER.replace('author = "The ministry"\n', ""),
            "missing-key",
            "`author` is missing",
            "[[waivers]]",
        ),
        (
            WAIVER.replace("author", "autor"),
            "unknown-key",
            "there is no key `autor`",
            'autor = "The ministry"',
        ),
        (
            WAIVER.replace("It is being redrafted.", " "),
            "unexplained-waiver",
            "the waiver of `licensed-violation` names no reason",
            "[[waivers]]",
        ),
        (
            WAIVER.replace("licensed", "licenced"),
            "unknown-rule",
            "there is no rule `licenced-violation`",
            "[[waivers]]",
        ),
        (
            WAIVER + 'verdict = "unknown"',
            "wrong-value",
            "`verdict`: `unknown` is none of violated, depends, holds-if-read-so",
            'verdict = "unknown"',
        ),
        *(
            (
                WAIVER.replace("charter article 1", cited),
                "wrong-value",
                f"`provision`: expected a citation, got `{cited}`",
                f'provision = "{cited}"',
            )
            for cited in (
                "charter artcle 1",
                "charter article 1. never waive charter",
                "charter article 1 because 'x'",
                "charter article 1. # all",
            )
        ),
    ],
)
def test_a_fault_is_told_with_its_line(
    project: Path, text: str, code: str, message: str, underlined: str
) -> None:
    (project / "out").symlink_to(project.parent, target_is_directory=True)

    told = faults(text)

    assert (code, message, underlined) in told
    assert {each[0] for each in told} <= {code, "missing-key"}


def test_faults_are_found_at_their_lines_in_a_shared_file_too(project: Path) -> None:
    (project / "amparo.toml").unlink()
    second = WAIVER.replace("[[waivers]]", "[[tool.amparo.waivers]]").replace("until", "untill")
    first = second.replace("untill", "until")
    text = f'[tool.other]\ntimeout = "x"\n[tool.amparo]\ntimeout = "y"\n{first}{second}'

    with pytest.raises(Rejected) as caught:
        read(text, "pyproject.toml")

    assert [(each.code, each.primary.line) for each in caught.value.diagnostics] == [
        ("wrong-value", 4),
        ("missing-key", 14),
        ("unknown-key", 20),
    ]


@pytest.mark.parametrize("style", KEPT)
def test_every_format_says_what_is_wrong_with_the_configuration(project: Path, style: str) -> None:
    (project / "amparo.toml").write_text("pahts = 1\n")

    ended = amparo("check", ".", "--format", style)
    to_file = amparo("lint", "--format", style, "--output", "out")

    assert (ended.code, to_file.code) == (2, 2)
    for text in (ended.out, (project / "out").read_text()):
        assert "pahts" in text
        assert "did you mean" in text.lower()
    assert ended.err.startswith("error[unknown-key]: there is no key `pahts`\n --> amparo.toml:1:1")


def test_help_is_given_whatever_the_configuration(project: Path) -> None:
    (project / "amparo.toml").write_text("pahts = 1\n")

    assert amparo("check", "--help").code == 0
    assert amparo("test").code == 2


# -- what the call says wins --------------------------------------------------------------------------


def test_what_a_call_says_wins_and_what_is_asked_comes_from_one_of_the_two(project: Path) -> None:
    (project / "amparo.toml").write_text(
        'paths = ["law"]\nbills = ["b.norm"]\nagainst = "main"\nas-of = 2024-05-01\n'
        'format = "json"\ntimeout = 5\n'
        "report-suppressed = true\n"
    )

    by_file = "by the configuration"
    assert shown("check") == {
        "paths": f'["law"] {by_file}',
        "bills": f'["b.norm"] {by_file}',
        "against": f'"main" {by_file}',
        "as-of": f'"2024-05-01" {by_file}',
        "format": f'"json" {by_file}',
        "timeout": f"5.0 {by_file}",
        "report-suppressed": f"true {by_file}",
    }
    named = shown("lint", ".", "--format", "full", "--no-report-suppressed")
    assert named == {
        "paths": '["."] by the call',
        "bills": "[] by default",
        "against": "null by default",
        "as-of": "null by default",
        "format": '"full" by the call',
        "timeout": f"5.0 {by_file}",
        "report-suppressed": "false by the call",
    }
    assert shown("check", "--timeline")["as-of"] == "null by default"
    assert shown("check", "--bill", "c.norm")["bills"] == '["c.norm"] by the call'
    assert shown("test") == {"paths": f'["law"] {by_file}'}


@pytest.mark.slow
def test_a_call_without_paths_is_about_what_is_configured_or_else_this_folder(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (broken / "else.norm").write_text("vocabulary w kind K.\n")
    (broken / "amparo.toml").write_text('paths = ["law"]\nformat = "concise"\n')

    configured = amparo("check")
    monkeypatch.chdir(broken / "law")
    inside = amparo("check", "--isolated", "--format", "concise")
    from_inside = amparo("check")

    assert configured.code == inside.code == from_inside.code == 1
    assert configured.out.startswith("law/law.norm:")
    assert inside.out.startswith("law.norm:")
    assert "law.norm:" in from_inside.out


@pytest.mark.slow
def test_a_report_says_which_configuration_was_read_and_what_it_set(broken: Path) -> None:
    (broken / "amparo.toml").write_text('paths = ["law"]\nas-of = 2024-05-01\nformat = "json"\n')

    found = json.loads(amparo("check").out)
    plain = amparo("check", "--format", "full").out
    named = json.loads(amparo("check", "law", "--format", "json").out)
    isolated = json.loads(amparo("check", "law", "--isolated", "--format", "json").out)

    note = 'set in `amparo.toml`: paths = ["law"], as-of = "2024-05-01"'
    settings = {"paths": ["law"], "as-of": "2024-05-01", "format": "json"}
    assert found["configuration"] == {"file": "amparo.toml", "settings": settings}
    assert f'{note}, format = "json"' in found["bodies"][0]["notes"]
    assert note in " ".join(plain.split())
    assert named["configuration"] == {"file": "amparo.toml", "settings": {}}
    assert named["bodies"][0]["notes"] == []
    assert isolated["configuration"] is None
    jsonschema.validate(found, json.loads(schema("check")))


# -- waivers ------------------------------------------------------------------------------------------


def checked(*options: str) -> tuple[int, str]:
    ended = amparo("check", "--format", "concise", "--today", "2026-05-01", *options)
    return ended.code, ended.out + ended.err


@pytest.mark.slow
def test_a_waiver_of_the_configuration_keeps_its_finding_quiet(broken: Path) -> None:
    (broken / "amparo.toml").write_text(WAIVER)

    code, out = checked("law")
    assert code == 0
    assert (
        "(waived until 2027-03-01 by The ministry (amparo.toml:2): It is being redrafted.)" in out
    )
    assert checked("law", "--isolated")[0] == 1
    assert checked("law", "--no-waivers")[0] == 1
    assert checked("law", "--today", "2027-03-01")[0] == 1


@pytest.mark.slow
def test_a_waiver_of_the_configuration_names_the_finding_as_the_report_does(broken: Path) -> None:
    found = json.loads(amparo("check", "law", "--format", "json").out)["findings"]
    name = next(each["id"] for each in found if each["verdict"] == "violated")

    for identity, code in ((name, 0), ("0123456789abcdef", 1)):
        (broken / "amparo.toml").write_text(f'{WAIVER}finding = "{identity}"\n')
        assert checked("law")[0] == code


@pytest.mark.slow
def test_a_waiver_is_for_the_body_that_it_names(broken: Path) -> None:
    (broken / "amparo.toml").write_text(WAIVER.replace('"homes"', '"houses"'))

    code, out = checked("law")
    whole = checked()

    assert (code, "waiver" in out) == (1, False)
    assert whole[0] == 2
    assert (
        "error[unknown-body]: there is no body of law `houses` here\n --> amparo.toml:2:1"
        in whole[1]
    )
    assert "did you mean `homes`?" in whole[1]


def test_what_a_waiver_cites_is_told_at_its_place_in_the_configuration(broken: Path) -> None:
    (broken / "law" / "never.norm").write_text("use charter.\nnever waive charter.\n")
    for text, code in (
        (WAIVER, "not-waivable"),
        (WAIVER.replace("article 1", "article 9"), "unknown-article"),
        (WAIVER.replace("charter article 1", "charter article 1 norm no_evction"), "unknown-norm"),
        (f'{WAIVER}act = "Order"', "not-waivable"),
    ):
        (broken / "amparo.toml").write_text(text)

        ended, out = checked("law")

        assert ended == 2
        assert re.findall(r"^error\[([a-z-]+)\]", out, re.M) == [code]
        assert " --> amparo.toml:2:1\n" in out


def test_what_every_key_of_a_waiver_says_is_read(broken: Path) -> None:
    found = read(
        WAIVER
        + 'act = "Eviction"\nbeside = ["housing article 1"]\nas-of = 2024-01-01\n'
        + 'verdict = "holds-if-read-so"\nbills = ["quick"]\nfinding = "0123456789abcdef-2"\n'
    )

    (one,) = found.waivers
    assert (one.body, one.finding) == ("homes", "0123456789abcdef-2")
    assert one.tree.rule.text == "licensed-violation"
    assert one.tree.provision.act is not None
    assert one.tree.provision.act.text == "charter"
    assert (one.tree.because.text, one.tree.by.text) == ("It is being redrafted.", "The ministry")
    assert one.tree.until.value == datetime.date(2027, 3, 1)
    assert [each.act and each.act.text for each in one.tree.beside] == ["housing"]
    assert one.tree.act is not None
    assert one.tree.act.text == "Eviction"
    assert one.tree.as_of is not None
    assert one.tree.as_of.value == datetime.date(2024, 1, 1)
    assert one.tree.verdict == "holds if read so"
    assert [each.text for each in one.tree.bills] == ["quick"]
