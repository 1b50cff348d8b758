"""`--help`, completion, and what can be explained."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from amparo.cli.commands import amparo as command_line
from amparo.cli.manuals import MANUALS
from amparo.report.pages import names
from expect import REPOSITORY, amparo

COMMANDS = sorted(command_line.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_is_a_page_of_a_manual(name: str) -> None:
    command = command_line.commands[name]
    page = amparo(name, "--help").out
    usage = "".join(page.partition("\n\n")[0].split())

    assert command.help
    headings: list[str] = re.findall(r"^([A-Z][A-Za-z ,]+):$", page, re.M)
    assert headings[headings.index("Exit codes") + 1] == "Examples"
    for each in MANUALS[name].arguments:
        assert "".join(each.split()) in usage
        assert re.search(rf"^  {re.escape(each)}$|^  {re.escape(each)} ", page, re.M)
    for option in command.params:
        if isinstance(option, click.Option):
            assert page.count(f"  {option.opts[0]} ") == 1
    for code in ("0", "2", *(("3",) if name in ("check", "lint", "diff", "docket") else ())):
        assert re.search(rf"^  {code}    \S", page, re.M)
    assert all(len(line) <= 80 or "$ amparo" in line for line in page.splitlines())


@pytest.mark.parametrize("name", ["amparo", *COMMANDS])
def test_every_example_of_the_manual_is_a_call_that_parses(name: str) -> None:
    assert MANUALS[name].examples
    for purpose, call in MANUALS[name].examples:
        words = shlex.split(re.sub(r" >>? .*", "", call))
        assert words[0] == "amparo"
        assert name in ("amparo", words[1])
        assert purpose
        command = command_line.commands[words[1]]
        with command.make_context(words[1], words[2:]) as context:
            assert context.args == []


CALL = re.compile(r"^\s*\$ (?:\.venv/bin/)?(amparo .*?)(?:  +#.*| >>? .*)?$", re.M)


@pytest.mark.parametrize("page", ["README.md", "examples/ministry/README.md"])
def test_every_call_on_a_page_for_readers_parses(page: str) -> None:
    calls = CALL.findall((REPOSITORY / page).read_text(encoding="utf-8"))

    assert calls
    for call in calls:
        _, name, *words = shlex.split(call)
        with command_line.commands[name].make_context(name, words) as context:
            assert context.args == []


def test_every_reference_of_the_manual_leads_somewhere() -> None:
    for manual in MANUALS.values():
        for each in manual.see:
            words = each.split()
            if words[0] == "amparo" and words[1] != "COMMAND":
                assert words[1] in COMMANDS
                if words[1] == "explain" and len(words) > 2:
                    assert words[2] in names()
                for option in words[2:]:
                    known = {
                        flag for p in command_line.commands[words[1]].params for flag in p.opts
                    }
                    assert option in known or not option.startswith("--")


def test_the_help_of_the_whole_lists_every_command_with_its_whole_first_sentence() -> None:
    page = amparo("--help")

    assert page.code == 0
    assert "..." not in page.out.replace("[ARGS]...", "")
    for name in COMMANDS:
        assert re.search(rf"^  {name} +[A-Z]", page.out, re.M)
    assert "NO_COLOR" in page.out


def test_without_a_name_all_pages_are_listed() -> None:
    listed = amparo("explain")

    assert listed.code == 0
    assert re.findall(r"^  ([a-z0-9-]+)  ", listed.out, re.M) != []
    assert set(re.findall(r"^  ([a-z0-9-]+)  ", listed.out, re.M)) == set(names())
    assert all(len(line) <= 80 for line in listed.out.splitlines())


def test_what_has_no_page_is_told_with_a_near_name_and_where_to_look() -> None:
    near, far = amparo("explain", "licenced-violation"), amparo("explain", "xyz")

    assert (near.code, far.code) == (2, 2)
    assert "did you mean `licensed-violation`" in near.err
    assert "did you mean" not in far.err
    assert "`amparo explain` lists all pages" in far.err


def test_an_act_and_a_misspelt_act_are_explained_from_the_law_named(homes: Path) -> None:
    act, misspelt = amparo("explain", "charter", "law"), amparo("explain", "chartre", "law")

    assert act.code == 0
    assert "no_eviction" in act.out
    assert misspelt.code == 2
    assert "did you mean `charter`?" in misspelt.err


# -- completion -----------------------------------------------------------------------------


def offered(folder: Path, *words: str) -> list[str]:
    """Return what bash is told to offer for the last of ``words``."""
    ended = subprocess.run(
        [sys.executable, "-c", "from amparo.cli import main; main()"],
        cwd=folder,
        env={
            **os.environ,
            "_AMPARO_COMPLETE": "bash_complete",
            "COMP_WORDS": "\n".join(("amparo", *words)),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return [line for line in ended.stdout.splitlines() if line]


@pytest.mark.slow
def test_commands_options_paths_rules_and_citations_are_completed(homes: Path) -> None:
    assert offered(homes, "con") == ["plain,consolidate"]
    assert "plain,--protection" in offered(homes, "check", "--pro")
    assert offered(homes, "check", "la") == ["file,la"]
    assert offered(homes, "explain", "licensed") == ["plain,licensed-violation"]
    assert offered(homes, "check", "law", "--protection", "char") == [
        "plain,charter",
        r"plain,charter\\ article\\ 1",
    ]
    assert offered(homes, "check", "law", "--protection", '"charter a') == [
        "plain,charter article 1"
    ]
    assert "plain,sarif" in offered(homes, "check", "--format", "s")


def test_where_the_law_cannot_be_read_nothing_is_offered(homes: Path) -> None:
    (homes / "law" / "charter.norm").write_text("act ((")

    assert offered(homes, "check", "law", "--protection", "char") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_a_shell_reads_is_a_script_in_its_language(tmp_path: Path, shell: str) -> None:
    printed = amparo("completion", shell)
    found = shutil.which(shell)
    (tmp_path / "script").write_text(printed.out)

    assert printed.code == 0
    assert "_AMPARO_COMPLETE" in printed.out
    if found is None:
        pytest.skip(f"{shell} is not installed")
    assert subprocess.run([found, "-n", str(tmp_path / "script")], check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_takes_a_citation_as_one_word(homes: Path) -> None:
    """What bash puts into the line is split as bash splits a line."""
    script = homes / "amparo"
    script.write_text(f"#!{sys.executable}\nfrom amparo.cli import main\nmain()\n")
    script.chmod(0o755)
    program = r"""
        PATH=$PWD:$PATH
        source <(amparo completion bash)
        COMP_WORDS=(amparo check law --protection 'charter\ a') COMP_CWORD=4
        _amparo_completion amparo
        eval "words=(${COMPREPLY[0]})"
        printf '%s\n' "${#words[@]}" "${words[0]}"
    """

    ended = subprocess.run(
        ["bash", "-c", program], cwd=homes, capture_output=True, text=True, check=False
    )

    assert ended.stdout.splitlines() == ["1", "charter article 1"], ended.stderr
