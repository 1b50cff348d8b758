"""The documentation says what is so."""

import doctest
import json
import re
from pathlib import Path
from typing import get_args

import click
import pytest

import amparo
from amparo.cli.commands import amparo as commands
from amparo.report.pages import page
from amparo.verify.finding import Rule
from expect import REPOSITORY
from expect import amparo as run


def test_the_example_of_the_python_interface_runs() -> None:
    failed, tried = doctest.testmod(amparo)

    assert (failed, tried > 0) == (0, True)


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_and_every_option_has_help(name: str) -> None:
    command = commands.commands[name]

    assert command.help
    for each in command.params:
        if isinstance(each, click.Option) and each.name not in ("help", "style"):
            assert each.help, each.name


@pytest.mark.parametrize("rule", get_args(Rule))
def test_the_example_on_the_page_of_a_rule_shows_the_rule(project: Path, rule: str) -> None:
    text = page(rule)
    assert text is not None
    (example,) = re.findall(r"```norm\n(.*?)```", text, re.DOTALL)
    (project / "example.norm").write_text(example)

    ended = run("check", "example.norm", "--format", "json")

    (finding,) = json.loads(ended.out)["findings"]
    assert (finding["rule"], finding["verdict"]) == (rule, "violated")


def test_every_page_can_be_explained() -> None:
    for path in sorted((REPOSITORY / "docs").glob("*/*.md")):
        if path.parent.name in ("rules", "diagnostics") and path.name != "README.md":
            ended = run("explain", path.stem)

            assert (ended.code, ended.out) == (0, path.read_text(encoding="utf-8"))
            assert ended.out.startswith(f"# {path.stem}\n")


def test_an_unknown_page_suggests_a_near_one() -> None:
    ended = run("explain", "licenced-violation")

    assert "did you mean `licensed-violation`" in ended.err
