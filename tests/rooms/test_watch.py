"""Asking again whenever a norm file changes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from expect import amparo

CALL = "from amparo.cli import main; main()"


@pytest.fixture
def watching(homes: Path) -> Iterator["subprocess.Popen[str]"]:
    """Watch the law of homes; both streams are one."""
    with subprocess.Popen(
        [sys.executable, "-c", CALL, "check", "law", "--format", "concise", "--watch"],
        cwd=homes,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        yield process
        process.kill()


def answer(process: "subprocess.Popen[str]") -> str:
    """Return what is printed until the watch goes on."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("watching "):
            return "".join(lines)
    raise AssertionError("".join(lines))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs signals as POSIX has them")
def test_every_change_is_answered_also_after_a_fault_until_an_interruption(
    homes: Path, watching: "subprocess.Popen[str]"
) -> None:
    housing = homes / "law" / "housing.norm"
    sound = housing.read_text()

    held = answer(watching)
    housing.write_text(sound.replace("permit Eviction e when some", "permit Eviction e when no"))
    broken = answer(watching)
    housing.write_text(sound.replace("permit", "permitt"))
    faulty = answer(watching)
    (homes / "law" / "notes.txt").write_text("no norm file")
    housing.write_text(sound)
    mended = answer(watching)
    (homes / "amparo.toml").write_text("frobnicate = 1\n")
    misconfigured = answer(watching)
    watching.send_signal(signal.SIGINT)
    rest, _ = watching.communicate()

    assert ": holds" in held
    assert held.endswith("\nwatching .: Ctrl-C ends it\n")
    assert broken.startswith("changed: law/housing.norm\n")
    assert ": violated" in broken
    assert "error[" in faulty
    assert "there is no verdict" in faulty
    assert mended.startswith("changed: law/housing.norm\n")
    assert ": holds" in mended
    assert misconfigured.startswith("changed: amparo.toml\n")
    assert "error[unknown-key]" in misconfigured
    assert (watching.returncode, rest.strip()) == (130, "")
    assert "\x1b" not in held + broken + faulty + mended


def test_where_watchfiles_is_not_installed_it_says_what_to_install(
    homes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)

    ended = amparo("check", "law", "--watch")

    assert (ended.code, ended.out) == (2, "")
    assert "install it, or `amparo[watch]`" in ended.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "`nowhere` does not exist"),
        (("law", "--bill", "missing.norm"), "`missing.norm` does not exist"),
        (("law", "--save-scenario", "kept.norm"), "give one of them"),
    ],
)
def test_a_call_that_could_never_be_answered_is_not_watched(
    homes: Path, arguments: tuple[str, ...], said: str
) -> None:
    ended = amparo("check", *arguments, "--watch")

    assert ended.code == 2
    assert said in ended.err
