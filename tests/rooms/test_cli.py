import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from amparo.cli import commands
from expect import amparo

TRIALS = """
use home, charter, housing, quick_eviction.

scenario "An order comes first"
  given home: Dwelling, bailiff: Person.
  when order: Order { on_home: home, on: 2024-05-01 },
       levy: Eviction { by: bailiff, from: home, on: 2024-05-01 }.
  expect levy lawful.
  expect levy permitted by housing article 1.

question "The home in the law in force"
  law homes
  expect charter article 1 holds, relying on housing article 1.

question "The home with the bill"
  law homes bill quick_eviction
  expect charter article 1 violated introduced, caused by quick_eviction in article 1.
"""


def run(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `amparo` as a process of its own."""
    call = "from amparo.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", call, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_protection_that_holds_exits_0(homes: Path) -> None:
    ended = amparo("check", "law")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("The law: no contradiction under this reading.\n")


def test_a_bill_that_breaks_a_protection_exits_1_and_is_named(homes: Path) -> None:
    ended = amparo("check", "law", "--bill", "bill.norm")

    assert ended.code == 1
    assert ended.out.startswith("The law with the bill `quick_eviction` contradicts")
    assert "bill.norm:6" in ended.out


def test_the_edited_law_gives_the_same_verdict_as_the_bill(homes: Path) -> None:
    edited = amparo("consolidate", "law", "--bill", "bill.norm")
    (homes / "law" / "housing.norm").write_text(edited.out)

    assert edited.code == 0
    assert amparo("check", "law").code == 1


def test_one_protection_can_be_asked_about(homes: Path) -> None:
    one = amparo("check", "law", "--bill", "bill.norm", "--protection", "charter article 1")
    none = amparo("check", "law", "--protection", "charter article 2")

    assert one.code == 1
    assert "bill.norm:6" in one.out
    assert "A cure" not in one.out
    assert "You can adopt" not in one.out
    assert "nothing was asked but of `charter article 1`" in " ".join(one.out.split())
    assert none.code == 2
    assert "no protection at `charter article 2`" in none.err


def test_an_enacted_bill_is_compared_with_the_law_without_it(homes: Path) -> None:
    bill = (homes / "bill.norm").read_text().replace("rank law", "rank law enacted")
    (homes / "bill.norm").unlink()
    (homes / "law" / "bill.norm").write_text(bill)

    alone = json.loads(amparo("check", "law", "--format", "json").out)
    asked = amparo("check", "law", "--bill", "law/bill.norm", "--format", "json")

    assert (alone["verdict"], alone["findings"][0]["status"]) == ("violated", "unchanged")
    assert asked.code == 1
    assert json.loads(asked.out)["findings"][0]["status"] == "introduced"


def test_json_conforms_to_what_schema_prints(homes: Path) -> None:
    published = json.loads(amparo("schema").out)

    for arguments in (["law"], ["law", "--bill", "bill.norm"], ["bill.norm"]):
        printed = json.loads(amparo("check", *arguments, "--format", "json").out)
        jsonschema.validate(printed, published)


def test_json_names_the_cause_and_the_case(homes: Path) -> None:
    ended = amparo("check", "law", "--bill", "bill.norm", "--format", "json")

    finding = json.loads(ended.out)["findings"][0]
    assert finding["rule"] == "licensed-violation"
    assert finding["status"] == "introduced"
    assert finding["cause"][0]["bill"] == "quick_eviction"
    assert (finding["cause"][0]["file"], finding["cause"][0]["line"]) == ("bill.norm", 6)
    assert len(finding["world"]["events"]) == 1


def test_output_goes_to_a_file_and_quiet_says_nothing(homes: Path) -> None:
    written = amparo("check", "law", "--format", "json", "--output", "out.json")
    quiet = amparo("check", "law", "--bill", "bill.norm", "--quiet")

    assert written.out == ""
    assert json.loads((homes / "out.json").read_text())["verdict"] == "holds"
    assert (quiet.code, quiet.out) == (1, "")


def test_the_same_call_prints_the_same_bytes(homes: Path) -> None:
    runs = [
        run("check", "law", "--bill", "bill.norm", folder=homes, PYTHONHASHSEED=seed).stdout
        for seed in ("1", "2")
    ]

    assert runs[0] == runs[1] != ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["fmt"],
        ["check", "nowhere"],
        ["check", "empty"],
        ["check", "bill.norm", "--frobnicate"],
        ["check", "law", "--as-of", "yesterday"],
        ["check", "law", "--bill", "law/charter.norm"],
        ["check", "words.norm"],
        ["test", "law"],
        ["explain", "no-such-page"],
        ["frobnicate"],
    ],
)
def test_a_call_that_answers_nothing_exits_2_and_says_why(
    homes: Path, arguments: list[str]
) -> None:
    (homes / "empty").mkdir()
    (homes / "words.norm").write_text('vocabulary words\nkind Thing reads "a thing".\n')

    ended = amparo(*arguments)

    assert (ended.code, ended.out) == (2, "")
    assert "rror: " in ended.err


def test_rejected_text_exits_2_with_every_fault(homes: Path) -> None:
    (homes / "law" / "faulty.norm").write_text("use home.\nvocabulary x\nkind A is Bb.\nkind .\n")

    ended = amparo("check", "law", "--format", "json")

    assert ended.code == 2
    assert json.loads(ended.out)["verdict"] == "undecided"
    assert "law/faulty.norm:4" in ended.err


def test_a_bill_that_does_not_fit_is_rejected_by_its_instruction(homes: Path) -> None:
    bill = (homes / "bill.norm").read_text().replace("article 1", "article 7")
    (homes / "bill.norm").write_text(bill)

    ended = amparo("check", "law", "--bill", "bill.norm")

    assert ended.code == 2
    assert "instruction 1 of `quick_eviction`" in ended.err


def test_a_failure_of_our_own_exits_2_and_says_that_it_is_a_bug(
    homes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_paths: object) -> None:
        raise AssertionError("impossible")

    monkeypatch.setattr(commands, "requested", fail)

    ended = amparo("fmt", "law")

    assert ended.code == 2
    assert "bug in amparo" in ended.err


def test_an_interruption_exits_130(homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_paths: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "requested", interrupt)

    assert amparo("fmt", "law").code == 130


def test_scenarios_and_questions_are_tried(homes: Path) -> None:
    (homes / "bill.norm").rename(homes / "law" / "bill.norm")
    (homes / "law" / "trials.norm").write_text(TRIALS)

    ended = amparo("test", "law")

    assert ended.err == ""
    assert ended.out.splitlines()[-1] == "3 passed, 0 failed"
    assert ended.code == 0


def test_what_is_tried_can_be_chosen_by_its_title(homes: Path) -> None:
    (homes / "bill.norm").rename(homes / "law" / "bill.norm")
    (homes / "law" / "trials.norm").write_text(TRIALS)
    title = re.findall(r'"([^"]+)"', TRIALS)[0]

    ended = amparo("test", "law", "--only", title.upper())
    assert [each.split(": ")[-1] for each in ended.out.splitlines()] == [
        title,
        "1 passed, 0 failed",
    ]

    ended = amparo("test", "law", "--only", "no such words")
    assert ended.code == 2
    assert "`no such words` in its title" in ended.err


def test_what_fails_is_told_with_what_is_so_instead(homes: Path) -> None:
    (homes / "bill.norm").rename(homes / "law" / "bill.norm")
    wrong = (
        TRIALS.replace("levy lawful", "levy unlawful")
        .replace("article 1 holds", "article 1 depends")
        .replace("violated introduced", "violated pre-existing")
    )
    (homes / "law" / "trials.norm").write_text(wrong)

    ended = amparo("test", "law")

    assert ended.code == 1
    assert ended.out.splitlines()[-1] == "0 passed, 3 failed"
    assert "is holds" in ended.out
    assert "is violated, introduced" in ended.out


def test_fmt_checks_shows_and_writes(homes: Path) -> None:
    before = (homes / "bill.norm").read_text()

    assert amparo("fmt", "--check", "bill.norm").code == 1
    assert amparo("fmt", "--diff", "bill.norm").code == 1
    assert (homes / "bill.norm").read_text() == before
    assert amparo("fmt", "bill.norm").code == 0
    assert amparo("fmt", "--check", "bill.norm").code == 0


def test_a_redline_shows_what_goes_and_what_comes(homes: Path) -> None:
    ended = amparo("consolidate", "law", "--bill", "bill.norm", "--redline")

    assert ended.code == 0
    assert "housing article 1 norm eviction, from 2020-01-01" in ended.out
    assert "[-" in ended.out


def test_export_prints_what_the_solver_is_asked(homes: Path) -> None:
    ended = amparo("export", "law")

    assert ended.code == 0
    assert "(check-sat)" in ended.out


@pytest.mark.parametrize("command", [["--version"], ["schema"], ["check", "--help"]])
def test_what_needs_no_engine_loads_neither_parser_nor_solver(command: list[str]) -> None:
    code = (
        "import sys; from amparo.cli import run; run(sys.argv[1:]); "
        "sys.exit(bool({'z3', 'lark'} & set(sys.modules)))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stderr) == (0, "")


def test_formatting_loads_no_solver(homes: Path) -> None:
    code = (
        "import sys; from amparo.cli import run; run(sys.argv[1:]); sys.exit('z3' in sys.modules)"
    )

    ended = subprocess.run([sys.executable, "-c", code, "fmt", "--check", "law"], check=False)

    assert ended.returncode == 0


@pytest.mark.parametrize(("setting", "coloured"), [("", True), ("1", False)])
def test_colour_is_for_terminals_and_obeys_no_color(
    homes: Path, setting: str, coloured: bool
) -> None:
    pty = pytest.importorskip("pty", reason="needs a pseudo-terminal", exc_type=ImportError)
    ours, theirs = pty.openpty()
    call = "from amparo.cli import main; main()"
    environment = {**os.environ, "NO_COLOR": setting, "TERM": "xterm"}
    subprocess.run(
        [sys.executable, "-c", call, "check", "law"], stdout=theirs, env=environment, check=True
    )
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    os.close(theirs)

    assert ("\x1b[" in shown) is coloured


def test_the_edited_law_gets_the_verdict_that_the_bill_gets(homes: Path) -> None:
    with_bill = json.loads(amparo("check", "law", "--bill", "bill.norm", "--format", "json").out)
    edited = amparo("consolidate", "law", "--bill", "bill.norm").out
    name = edited.splitlines()[0].removeprefix("# ")
    (homes / name).write_text(edited, encoding="utf-8")

    by_branch = json.loads(amparo("check", "law", "--format", "json").out)

    assert with_bill["verdict"] == by_branch["verdict"] == "violated"
    bill_finding, branch_finding = with_bill["findings"][0], by_branch["findings"][0]
    assert bill_finding["world"] == branch_finding["world"]
    assert bill_finding["story"] == branch_finding["story"]


UNHAPPY = """
vocabulary notices
official act Taking {} reads "a taking".
private act Notice { of: Taking } reads "a notice is given of {of}".

act charter "The charter" rank constitution
  article 1 norm protection forbid Taking t when no Notice n has n.of = t and n before t.

act code "The code" rank law
  article 1 norm basis permit Taking t when some Notice n has n.of = t and n before t.

bill torn "Torn" rank law in force from 2025-01-01
  amend code
    in article 1 insert
      norm told when Taking t require some Notice n has n.of = t and n after t within 5 days.
      norm untold forbid Notice n when n after n.of.
"""


def test_a_part_of_a_bill_that_brings_a_conflict_is_not_called_adoptable(project: Path) -> None:
    (project / "law.norm").write_text(UNHAPPY)

    ended = amparo("check", ".", "--bill", "law.norm", "--format", "json")

    found = json.loads(ended.out)
    brought = {f["rule"] for f in found["findings"] if f["status"] == "introduced"}
    assert brought == {"conflict"}
    assert found["bodies"][0]["adoptable"] is None
