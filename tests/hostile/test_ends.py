"""However a run ends: killed, out of room or memory, without a home, a terminal or an ear."""

import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ends as Linux has them")

CALL = [sys.executable, "-P", "-c", "from amparo.cli import main; main()"]
CHECK = [*CALL, "check", "law", "--bill", "bill.norm"]
AS_JSON = [*CHECK, "--format", "json"]
KILLS = 12
FRACTIONS = (0.1, 0.8)


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "AMPARO_CACHE_KEY": "secret", "AMPARO_NO_CACHE": "", **more}


def ended(
    folder: Path,
    call: list[str],
    *,
    before: Callable[[], None] | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        call,
        cwd=folder,
        env=environment(**more),
        preexec_fn=before,
        capture_output=True,
        text=True,
        errors="strict",
        check=False,
        timeout=120,
    )


@pytest.mark.slow
def test_a_run_that_is_killed_at_any_moment_leaves_nothing_that_misleads(homes: Path) -> None:
    """The answers it kept, its output and its processes: the next run says what a first one says."""
    call = [*AS_JSON, "--output", "out.json", "--jobs", "2"]
    start = time.monotonic()
    first = ended(homes, [*call, "--no-cache"])
    took = time.monotonic() - start
    whole = (homes / "out.json").read_text()
    assert (first.returncode, json.loads(whole)["verdict"]) == (1, "violated")
    chance = random.Random(6)

    for _ in range(KILLS):
        process = subprocess.Popen(call, cwd=homes, env=environment(), start_new_session=True)
        time.sleep(chance.uniform(*FRACTIONS) * took)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (homes / "out.json").read_text() == whole

    again = ended(homes, call)
    assert (again.returncode, (homes / "out.json").read_text()) == (1, whole), again.stderr
    for _ in range(50):
        if not _running_in(homes):
            break
        time.sleep(0.1)
    assert _running_in(homes) == []


@pytest.mark.slow
def test_what_a_killed_run_left_unfinished_goes_when_it_is_old(homes: Path) -> None:
    kept = homes / ".amparo-cache"
    kept.mkdir()
    old = [homes / ".amparo-new-a", kept / ".amparo-new-a"]
    young = [homes / ".amparo-new-b", kept / ".amparo-new-b"]
    for each in (*old, *young):
        each.write_text("half")
    for each in old:
        os.utime(each, (1, 1))

    assert ended(homes, [*AS_JSON, "--output", "out.json"]).returncode == 1

    assert [each for each in old if each.exists()] == []
    assert [each for each in young if not each.exists()] == []


def _running_in(folder: Path) -> list[str]:
    """Return the processes that still stand in ``folder``."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if (each / "cwd").resolve() == folder and int(each.name) != os.getpid():
                found.append((each / "cmdline").read_text())
        except OSError:
            continue
    return [each for each in found if each]


def _little_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


@pytest.mark.slow
def test_a_full_disk_is_told_and_leaves_what_was_there(homes: Path) -> None:
    (homes / "out.json").write_text("before")

    full = ended(homes, [*AS_JSON, "--output", "out.json"], before=_little_disk)
    device = ended(homes, [*AS_JSON, "--output", "/dev/full"])
    with Path("/dev/full").open("w") as nowhere:
        said = subprocess.run(
            AS_JSON, cwd=homes, env=environment(), stdout=nowhere, stderr=subprocess.PIPE,
            text=True, check=False,
        )  # fmt: skip

    for each in (full, device, said):
        assert each.returncode == 2
        assert each.stderr.startswith("error: ")
        assert "this is a bug" not in each.stderr
    assert (homes / "out.json").read_text() == "before"
    assert list(homes.glob(".amparo-new-*")) == []


@pytest.mark.slow
def test_the_verdict_needs_no_home_no_room_to_write_and_no_language(homes: Path) -> None:
    homes.chmod(0o555)
    plain = ended(homes, [*CHECK, "--no-cache"])

    for more in ({"HOME": "/nowhere"}, {"HOME": ""}, {"LANG": "C", "LC_ALL": "C"}, {"TERM": ""}):
        found = ended(homes, CHECK, more=more)
        assert found.returncode == plain.returncode == 1, found.stderr
        assert len(found.stdout) >= len(plain.stdout) or more.get("LANG"), found.stderr

    narrow = ended(homes, CHECK, more={"COLUMNS": "1"})
    assert narrow.returncode == 1
    homes.chmod(0o755)


@pytest.mark.slow
@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_closed_streams_change_no_exit_code(homes: Path, closed: tuple[int, ...]) -> None:
    def close() -> None:
        for each in closed:
            os.close(each)

    assert ended(homes, [*CHECK, "--no-cache"], before=close).returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [60, 200])
def test_too_little_memory_is_never_a_verdict(homes: Path, megabytes: int) -> None:
    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    found = ended(homes, [*CALL, "check", "law", "--jobs", "1", "--no-cache"], before=little)

    assert found.returncode != 0 or "no contradiction" in found.stdout
    assert "this is a bug in amparo" not in found.stderr
    assert found.returncode == 0 or re.search("out of memory|lack of memory", found.stderr)
