"""Answers kept from run to run: believed only as far as this user signed them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from amparo.cli import run
from amparo.pipeline.answers import FOLDER, SECRET, Answers, secret_in

ASK = ["check", "law", "--bill", "bill.norm", "--statistics", "--format", "json"]


@pytest.fixture
def kept(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside a law whose answers are kept; return the folder."""
    monkeypatch.delenv("AMPARO_NO_CACHE")
    monkeypatch.setenv("AMPARO_CACHE_KEY", "the user's own")
    return homes / FOLDER


def asked(capsys: pytest.CaptureFixture[str], *options: str, code: int = 1) -> tuple[str, int]:
    """Ask; return what was found and how often the solver was called."""
    assert run([*ASK, *options]) == code
    told = json.loads(capsys.readouterr().out)
    calls = told.pop("statistics")["solver"]["calls"]
    return json.dumps(told), calls


def entries(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if len(each.name) == 64)


@pytest.mark.slow
def test_a_second_run_asks_the_solver_nothing_and_says_the_same(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, calls = asked(capsys)
    again, none = asked(capsys)

    assert calls > 0
    assert none == 0
    assert first == again
    assert (kept / ".gitignore").read_text() == "*\n"


@pytest.mark.slow
def test_an_entry_that_is_not_whole_or_not_signed_is_ignored_and_written_anew(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, _ = asked(capsys)
    whole = {each: each.read_bytes() for each in entries(kept)}
    one, two, *_ = whole
    spoilt = {
        "nothing": b"",
        "cut off": whole[one][:-1],
        "a bit turned": whole[one][:-1] + bytes([whole[one][-1] ^ 1]),
        "another's place": whole[two],
        "no answer": b"\0" * 40,
    }

    for content in spoilt.values():
        one.write_bytes(content)
        again, calls = asked(capsys)

        assert first == again
        assert calls > 0
        assert whole[one] == one.read_bytes()


@pytest.mark.slow
def test_what_another_signed_is_not_believed(
    kept: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger who writes that every question is proved makes no verdict better."""
    first, _ = asked(capsys)
    stranger = Answers(kept, b"somebody else's")
    for each in entries(kept):
        transcript = Answers(kept, b"the user's own").recalled(each.name)
        assert transcript is not None
        told = {place: dict.fromkeys(answers, "unsat 1") for place, answers in transcript.items()}
        stranger.keep(each.name, told)
        assert stranger.recalled(each.name) == told

    again, calls = asked(capsys)

    assert first == again
    assert calls > 0


@pytest.mark.slow
@pytest.mark.parametrize("planted", ["a link", "a file"])
def test_what_is_planted_where_answers_are_kept_is_left_alone(
    planted: str, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if planted == "a link":
        kept.symlink_to(elsewhere)
    else:
        kept.write_text("not a folder")

    _, first = asked(capsys)
    _, again = asked(capsys)

    assert first == again
    assert list(elsewhere.iterdir()) == []
    assert planted == "a link" or kept.read_text() == "not a folder"


@pytest.mark.slow
def test_an_entry_that_is_a_link_is_not_followed(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys)
    one, *_ = entries(kept)
    aside = tmp_path / "aside"
    one.rename(aside)
    one.symlink_to(aside)
    before = aside.read_bytes()

    _, calls = asked(capsys)

    assert calls > 0
    assert not one.is_symlink()
    assert before == aside.read_bytes()


@pytest.mark.slow
def test_nothing_is_kept_where_that_is_not_wanted(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, first = asked(capsys, "--no-cache")
    _, again = asked(capsys, "--no-cache")

    assert first == again > 0
    assert not kept.exists()


@pytest.mark.slow
def test_another_folder_can_be_named(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, "--cache", "answers")
    _, calls = asked(capsys, "--cache", "answers")

    assert calls == 0
    assert not kept.exists()
    assert run([*ASK, "--cache", "no/such/place"]) == 2


@pytest.mark.slow
def test_two_runs_at_once_leave_what_a_third_can_use(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-c", "from amparo.cli import main; main()", *ASK]
    several = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    said = [json.loads(each.communicate()[0]) for each in several]
    codes = [each.returncode for each in several]

    found, calls = asked(capsys)

    assert codes == [1, 1]
    assert calls == 0
    for each in said:
        del each["statistics"]
        assert found == json.dumps(each)


def test_the_secret_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    folder = tmp_path / "user"

    made = secret_in(folder)

    assert made is not None
    assert len(made) == SECRET
    assert made == secret_in(folder)
    assert (folder / "cache.key").stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_a_secret_that_is_not_whole_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "cache.key").write_bytes(b"short")

    assert secret_in(tmp_path) == (tmp_path / "cache.key").read_bytes() != b"short"


def test_where_no_secret_can_be_kept_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert secret_in(tmp_path / "file" / "below") is None


def test_what_is_unused_for_longest_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amparo.pipeline.answers.MOST_TOGETHER", 150)
    answers = Answers(tmp_path, b"secret")
    for number in range(3):
        name = f"{number:064}"
        answers.keep(name, {"": {f"check {number}": "sat 1"}})
        os.utime(tmp_path / name, (number, number))

    answers.shrink()

    assert [f"{number:064}" for number in (1, 2)] == [each.name for each in entries(tmp_path)]
