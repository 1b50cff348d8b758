"""The documentation says what is so."""

import ast
import doctest
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest

import amparo
from amparo.cli.commands import amparo as commands
from amparo.cli.manuals import GROUPS, MANUALS
from amparo.report.pages import page
from amparo.verify.rules import RULES, Rule
from expect import REPOSITORY
from expect import amparo as run
from pages import files_of

DIAGNOSTICS = REPOSITORY / "docs" / "diagnostics"
SOLVER = REPOSITORY / "solver" / "amparo"


def test_the_example_of_the_python_interface_runs() -> None:
    failed, tried = doctest.testmod(amparo)

    assert (failed, tried > 0) == (0, True)


def test_every_command_has_a_page_in_the_manual() -> None:
    assert set(MANUALS) == {"amparo", *commands.commands}


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_option_has_help_and_stands_under_a_heading_of_the_manual(name: str) -> None:
    grouped = {name for listed in GROUPS.values() for name in listed}

    for each in commands.commands[name].params:
        if isinstance(each, click.Option):
            assert each.help, each.name
            assert each.name in grouped, f"name `{each.name}` in GROUPS of cli/manuals.py"


def test_the_guide_to_modelling_is_a_law_whose_trials_pass(project: Path) -> None:
    guide = (REPOSITORY / "docs" / "modelling.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```norm\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    (project / "guide.norm").write_text("".join(blocks))

    ended = run("test", ".")

    assert ended.code == 0, ended.out + ended.err
    assert ended.out.count("ok ") == sum(
        len(re.findall(r"^(?:scenario|question) ", each, re.M)) for each in blocks
    )


def test_the_cases_that_the_guide_to_modelling_names_are_there() -> None:
    guide = (REPOSITORY / "docs" / "modelling.md").read_text(encoding="utf-8")
    named = re.findall(r"`(?:norms/docket/)?((?:[a-z]{2,4})-[a-z0-9-]+)`", guide)

    assert named
    assert all((REPOSITORY / "norms" / "docket" / each / "case.norm").exists() for each in named)


PATTERNS = (
    *("Who authorises, and when", "Hearing and notice", "Compensation", "Proportionality"),
    *("Third parties", "Exigency", "What a court read into the text"),
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_pattern_of_the_guide_to_modelling_names_a_case_that_shows_it(pattern: str) -> None:
    guide = (REPOSITORY / "docs" / "modelling.md").read_text(encoding="utf-8")
    (section,) = re.findall(rf"^### {pattern}\n(.*?)(?=^##)", guide, re.DOTALL | re.MULTILINE)

    assert re.search(r"`norms/docket/[a-z]+-", section)


@pytest.mark.parametrize("rule", get_args(Rule))
def test_the_example_on_the_page_of_a_rule_shows_the_rule_and_its_twin_does_not(
    project: Path, rule: Rule
) -> None:
    text = page(rule)
    assert text is not None
    example, twin = re.findall(r"^```norm\n(.*?)^```", text, re.DOTALL | re.MULTILINE)

    assert rule in _fired(project, rule, example)
    assert rule not in _fired(project, rule, twin)


def _fired(project: Path, rule: Rule, text: str) -> set[str]:
    """Return the rules that the command which asks about ``rule`` finds to be broken in ``text``."""
    (project / "example.norm").write_text(text)
    command = {"error": "check", "warning": "lint", "note": "check"}[RULES[rule].level]
    bills = ["--bill=example.norm"] if re.search(r"^bill ", text, re.MULTILINE) else []
    ended = run("diff" if rule == "change" else command, ".", *bills, "--format", "json")
    found = json.loads(ended.out)["findings"]
    return {each["rule"] for each in found if each["verdict"] in ("violated", "depends")}


@pytest.mark.parametrize("code", sorted(each.stem for each in DIAGNOSTICS.glob("*.md")))
def test_the_example_on_the_page_of_a_diagnostic_shows_it_and_nothing_else(
    project: Path, code: str
) -> None:
    text = page(code)
    assert text is not None
    files = files_of(text)
    for name, content in files.items():
        (project / name).write_bytes(content)
    bills = [name for name, content in files.items() if re.search(rb"^bill ", content, re.M)]
    asked = any(re.search(rb"^(scenario|question) ", each, re.M) for each in files.values())

    ended = run("test", ".") if asked else run("check", ".", *(f"--bill={each}" for each in bills))

    shown = set(re.findall(r"^(?:error|warning)\[([a-z0-9-]+)\]", ended.err, re.M))
    # Too many faults are never alone.
    assert shown - ({"missing-full-stop"} if code == "too-many-faults" else set()) == {code}


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    # A code with a part that is filled in, `unknown-{what}`, stands for the pages that fit it.
    pages = {each.stem for each in DIAGNOSTICS.glob("*.md")}
    codes = {code for path in SOLVER.rglob("*.py") for code in _codes(path)}
    fitting = {code: {each for each in pages if re.fullmatch(code, each)} for code in codes}

    assert [code for code, found in fitting.items() if not found] == []
    assert pages - set().union(*fitting.values()) == set()


def _codes(path: Path) -> Iterator[str]:
    """Yield every code that the module at ``path`` gives to a diagnostic, as a pattern."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    chosen: list[ast.expr] = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Name("Diagnostic" | "_problem"), [first, *_]):
                chosen.append(first)
            case ast.Call(ast.Attribute(_, "rejected"), [first, *_]):
                chosen.append(first)
            case ast.Assign([ast.Name("code")], value):
                chosen.append(value)
            case _:
                pass
    for each in chosen:
        for branch in (each.body, each.orelse) if isinstance(each, ast.IfExp) else (each,):
            match branch:
                case ast.Constant(str(code)):
                    yield re.escape(code)
                case ast.JoinedStr(parts):
                    yield "".join(
                        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z]+"
                        for part in parts
                    )
                case _:
                    pass


def test_every_page_can_be_explained() -> None:
    for path in sorted((REPOSITORY / "docs").glob("*/*.md")):
        if path.parent.name in ("rules", "diagnostics") and path.name != "README.md":
            ended = run("explain", path.stem)

            assert (ended.code, ended.out) == (0, path.read_text(encoding="utf-8"))
            assert ended.out.startswith(f"# {path.stem}\n")
