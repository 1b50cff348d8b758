"""The exit codes, as a process that calls `amparo` sees them."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from amparo.cli.manuals import MANUALS
from expect import REPOSITORY
from town import CHARTER, HOUSING, WORDS

CALL = [sys.executable, "-c", "from amparo.cli import main; main()"]

ORDERED = "some Order o has o.clears = e.from and o before e"
OPEN = """
open fact fair(e: Eviction) reads "{e} is fair".
reading paper "Is a parade an order?"
  either strict as written because "an order is an order" or loose because "it is so used".
"""
LAWS = {
    "holds": WORDS + CHARTER + HOUSING,
    "violated": WORDS + CHARTER + HOUSING.replace(f" when {ORDERED}", ""),
    "depends": WORDS + OPEN + CHARTER.replace("unless", "unless fair(e) and") + HOUSING,
    "holds-if-read-so": WORDS
    + OPEN
    + CHARTER.replace("unless", "unless paper is loose and some Parade p has p before e or")
    + HOUSING.replace(ORDERED, "some Parade p has p before e"),
    "rejected": WORDS + "act ((",
}


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stand in a project with a law for every verdict, a bill, and a folder without law."""
    folder = tmp_path_factory.mktemp("laws")
    (folder / "amparo.toml").write_text("")
    (folder / "empty").mkdir()
    for name, text in LAWS.items():
        (folder / f"{name}.norm").write_text(text)
    return folder


def ended(laws: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*CALL, *arguments], cwd=laws, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("holds.norm",), 0, ": holds"),
        (("violated.norm",), 1, ": violated"),
        (("depends.norm",), 3, ": depends"),
        (("holds-if-read-so.norm",), 3, ": holds-if-read-so"),
        (("violated.norm", "--timeout", "0.00001"), 3, ": unknown"),
    ],
)
def test_a_verdict_is_an_exit_code(
    laws: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    run = ended(laws, "check", *arguments, "--format", "concise")

    assert (run.returncode, run.stderr) == (code, "")
    assert said in run.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "rejected.norm"), "there is no verdict"),
        (("check", "nowhere"), "`nowhere` does not exist"),
        (("check", "empty"), "`empty` holds no norm file"),
        (("check", "holds.norm", "--frobnicate"), "No such option"),
        (("check", "holds.norm", "--as-of", "yesterday"), "does not match the format"),
        (("frobnicate",), "No such command"),
    ],
)
@pytest.mark.slow
def test_where_there_is_no_verdict_the_code_is_2_and_the_reason_is_on_the_standard_error(
    laws: Path, arguments: tuple[str, ...], said: str
) -> None:
    run = ended(laws, *arguments)

    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.slow
def test_an_answer_that_cannot_be_written_is_none(laws: Path) -> None:
    run = ended(laws, "check", "holds.norm", "--output", "nowhere/report.txt")

    assert run.returncode == 2
    assert "nowhere/report.txt" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("check", "holds.norm"), ("schema",)])
def test_a_full_disk_is_no_verdict_whether_the_answer_is_short_or_long(
    laws: Path, arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [*CALL, *arguments],
            cwd=laws,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert run.returncode == 2
    assert "error: " in run.stderr
    assert "No space left" in run.stderr
    assert "Traceback" not in run.stderr
    assert "Exception ignored" not in run.stderr


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
@pytest.mark.parametrize(
    ("redirected", "code"),
    [("holds.norm >&-", 0), ("violated.norm >&- 2>&-", 1), ("nowhere 2>&-", 2)],
)
def test_a_stream_that_was_closed_beforehand_changes_no_code(
    laws: Path, redirected: str, code: int
) -> None:
    line = f'"$0" -c "from amparo.cli import main; main()" check {redirected}'

    run = subprocess.run(
        ["sh", "-c", line, sys.executable], cwd=laws, capture_output=True, check=False
    )

    assert (run.returncode, run.stderr) == (code, b"" if "2>" in redirected else run.stderr)
    assert b"Traceback" not in run.stderr


@pytest.mark.slow
def test_a_reader_that_goes_away_gets_no_verdict_and_no_trace(laws: Path) -> None:
    read, write = os.pipe()
    os.close(read)

    run = subprocess.run(
        [*CALL, "check", "holds.norm"], cwd=laws, stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)

    assert (run.returncode, run.stderr) == (2, b"")


PLANTED = """
import amparo.pipeline.run
def examine(*_arguments, **_options):
    {fault}
amparo.pipeline.run.examine = examine
from amparo.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("assert 1 == 2", "this is a bug in amparo"),
        ("examine()", "this is a bug in amparo"),
        ("raise MemoryError", "out of memory: there is no verdict"),
    ],
)
def test_a_fault_of_our_own_is_no_verdict_and_says_so(laws: Path, fault: str, said: str) -> None:
    program = PLANTED.format(fault=fault)

    run = subprocess.run(
        [sys.executable, "-c", program, "check", "holds.norm"],
        cwd=laws,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs signals as POSIX has them")
def test_an_interruption_ends_with_130_and_without_a_trace(laws: Path) -> None:
    waiting = "print('asked', flush=True); import signal; signal.pause()"
    with subprocess.Popen(
        [sys.executable, "-c", PLANTED.format(fault=waiting), "check", "holds.norm"],
        cwd=laws,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "asked\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()

    assert (process.returncode, out) == (130, "")
    assert err.strip() == ""


def test_every_code_is_documented_with_the_same_words() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## Exit codes")[2].partition("\n## ")[0]

    for code in MANUALS["check"].codes:
        assert f"| {code} |" in table
    assert set(MANUALS["check"].codes) == {0, 1, 2, 3, 130}
