"""Files, folders and programs that a stranger plants where Amparo is started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from amparo.pipeline.answers import Answers
from amparo.pipeline.files import MOST_FILES, Unusable, requested
from amparo.pipeline.whole import put_whole, write_whole
from expect import REPOSITORY, amparo

SCRIPT = Path(sys.executable).with_name("amparo")
PLANTED = ("sitecustomize", "usercustomize", "lark", "z3", "click", "amparo", "msgspec", "conftest")
LAW_HOLDS = ("The law: no contradiction", 0)


def started(folder: Path, *call: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "AMPARO"))
    }
    return subprocess.run(
        [*call],
        cwd=folder,
        env={**kept, "AMPARO_NO_CACHE": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.skipif(not SCRIPT.exists(), reason="amparo is not installed")
def test_no_module_that_is_planted_in_the_checkout_runs(homes: Path) -> None:
    for name in PLANTED:
        (homes / f"{name}.py").write_text(f"raise SystemExit('the false {name} runs')\n")
        (homes / "law" / f"{name}.py").write_text("raise SystemExit('the false one runs')\n")
    for name in ("rich", "jinja2", "cvc5"):
        (homes / name).mkdir()
        (homes / name / "__init__.py").write_text("raise SystemExit('the false one runs')\n")
    (homes / "evil.pth").write_text("import os; os._exit(66)\n")

    safe = started(homes, str(SCRIPT), "check", "law")
    isolated = started(
        homes, sys.executable, "-P", "-c", "from amparo.cli import main; main()", "check", "law"
    )

    for ended in (safe, isolated):
        assert (ended.stdout[:25], ended.returncode) == LAW_HOLDS, ended.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_or_a_device_is_no_norm_file(homes: Path) -> None:
    os.mkfifo(homes / "law" / "pipe.norm")
    (homes / "law" / "zero.norm").symlink_to("/dev/zero")
    (homes / "law" / "loop.norm").symlink_to("loop.norm")
    (homes / "law" / "up").symlink_to("..")

    assert amparo("check", "law").code == 0
    assert "does not exist" in amparo("check", "law/pipe.norm").err
    assert "does not exist" in amparo("check", "law/zero.norm").err
    assert amparo("check", "law/loop.norm").code == 2


def test_files_that_use_each_other_are_read_once_each(project: Path) -> None:
    for one, other in ("ab", "ba"):
        (project / f"{one}.norm").write_text(
            f'use {other} from "{other}.norm".\nvocabulary {one}\nkind K{one} reads "a thing".\n'
        )

    ended = amparo("check", ".")

    assert (ended.code, "there is nothing to check" in ended.err) == (2, True)


def test_there_is_a_limit_to_files(tmp_path: Path) -> None:
    class Endless:
        def resolved(self, path: Path) -> Path:
            return path

        def is_file(self, path: Path) -> bool:
            return path.suffix == ".norm"

        def is_folder(self, path: Path) -> bool:
            return not path.suffix

        def entries(self, folder: Path) -> list[Path]:
            return [folder / f"{each:06}.norm" for each in range(MOST_FILES + 1)]

        def content(self, path: Path, most: int) -> bytes:
            raise AssertionError(path, most)

        def called(self, path: Path) -> str:
            return str(path)

    with pytest.raises(Unusable, match=f"more than {MOST_FILES} norm files"):
        requested([tmp_path], Endless())


def test_there_is_a_limit_to_what_all_files_hold(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amparo.pipeline.load.MOST_BYTES", 100)
    for name in "ab":
        (project / f"{name}.norm").write_text(f"vocabulary {name}\n" + "# note\n" * 10)

    ended = amparo("check", ".")

    assert (ended.code, "more than 100 bytes together" in ended.err) == (2, True)


# -- what is written ------------------------------------------------------------------------------


def test_output_replaces_a_link_and_leaves_alone_where_it_leads(homes: Path) -> None:
    (homes / "mine").write_text("mine")
    (homes / "out.json").symlink_to(homes / "mine")

    assert amparo("check", "law", "--format", "json", "--output", "out.json").code == 0

    assert (homes / "mine").read_text() == "mine"
    assert not (homes / "out.json").is_symlink()


def test_output_to_what_is_no_file_is_written_there(homes: Path) -> None:
    assert amparo("check", "law", "--output", os.devnull).code == 0
    assert not Path(os.devnull).is_file()


def test_a_file_that_cannot_be_written_whole_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("before")
    (tmp_path / "out").chmod(0o640)

    with pytest.raises(TypeError):
        put_whole(tmp_path / "out", "no bytes")  # type: ignore[arg-type]
    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_text() == "before"

    write_whole(tmp_path / "out", "after")
    assert (tmp_path / "out").read_text() == "after"
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o640


# -- what is kept ---------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("home", ["~", "", "."])
def test_no_secret_is_read_from_the_project(homes: Path, home: str) -> None:
    """Whoever writes the project would know it, and could sign a proof of his own."""
    environment = {"HOME": str(homes) if home == "." else home, "XDG_CONFIG_HOME": ""}
    planted = homes / ".config" / "amparo"
    planted.mkdir(parents=True)
    (planted / "cache.key").write_bytes(b"k" * 32)
    code = (
        "import sys; from pathlib import Path; from amparo.cli.solving import _secret; "
        "print(_secret(Path.cwd().resolve()) == b'k' * 32)"
    )

    ended = started(homes, sys.executable, "-P", "-c", code, **environment)

    assert ended.stdout == "False\n", ended.stderr


def test_a_folder_named_for_answers_keeps_what_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amparo.pipeline.answers.MOST_TOGETHER", 1)
    (tmp_path / "thesis.txt").write_text("years of work")
    answers = Answers(tmp_path, b"secret")
    answers.keep("0" * 64, {"": {"check": "sat 1"}})

    answers.shrink()

    assert [each.name for each in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_repository_plants_nothing_itself() -> None:
    assert [each for each in PLANTED if (REPOSITORY / f"{each}.py").exists()] == []
