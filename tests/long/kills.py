"""A check killed at random moments: whole output, whole answers, no litter, and the same again.

`--examples` is how many runs are killed, each with two processes and a folder of answers that is
kept from one to the next, now and then taken away. After each kill the output is whole or as it
was, and no process is left; after every tenth a run that is let be says what the first one said,
and leaves nothing but its answers.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from long.figures import FAULTS, REPOSITORY, Asked, Figures

LAW = REPOSITORY / "norms" / "docket" / "za-jaftha"
CALL = [sys.executable, "-P", "-c", "from amparo.cli import main; main()"]
CHECK = [*CALL, "check", "law", "--format", "json", "--output", "out.json", "--jobs", "2"]
OFTEN = 10
GONE = 5.0
"""Seconds in which the processes of a run that was killed are gone."""


def run(asked: Asked) -> Figures:
    """Kill that many runs, and count what was found after them."""
    chance, found = random.Random(asked.seed), Counter[str]({"runs killed": 0})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(LAW, folder / "law")
        (folder / "amparo.toml").touch()
        began = time.monotonic()
        first = _let_be(folder)
        took = time.monotonic() - began
        whole = (folder / "out.json").read_bytes()
        for number in range(1, asked.examples + 1):
            if chance.random() < 0.5:
                shutil.rmtree(folder / ".amparo-cache", ignore_errors=True)
            if chance.random() < 0.5:
                (folder / "out.json").unlink(missing_ok=True)
            found[_killed(folder, chance.uniform(0, took))] += 1
            for fault in _after(folder, whole):
                _tell(number, fault, found)
            if number % OFTEN == 0:
                found["runs let be"] += 1
                found["unfinished files that were left"] += _aged(folder)
                again = _let_be(folder)
                if (again, (folder / "out.json").read_bytes()) != (first, whole):
                    _tell(number, "another answer than the first", found)
                for each in _litter(folder):
                    _tell(number, f"left behind: {each}", found)
    faults = found.pop(FAULTS, 0)
    return {**found, FAULTS: faults}


def _tell(number: int, fault: str, found: Counter[str]) -> None:
    found[FAULTS] += 1
    print(f"kill {number}: {fault}", file=sys.stderr, flush=True)


def _environment() -> dict[str, str]:
    return {**os.environ, "AMPARO_CACHE_KEY": "secret"}


def _let_be(folder: Path) -> int:
    ended = subprocess.run(CHECK, cwd=folder, env=_environment(), check=False, capture_output=True)
    return ended.returncode


def _killed(folder: Path, seconds: float) -> str:
    """Kill a run after ``seconds``, and return how it ended."""
    process = subprocess.Popen(
        CHECK,
        cwd=folder,
        env=_environment(),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return "runs killed" if process.wait() < 0 else "ended before they were killed"


def _after(folder: Path, whole: bytes) -> list[str]:
    """Return what is wrong after a kill."""
    faults = []
    output = folder / "out.json"
    if output.exists() and output.read_bytes() != whole:
        faults.append("the output is neither whole nor absent")
    until = time.monotonic() + GONE
    while (running := _running_in(folder)) and time.monotonic() < until:
        time.sleep(0.02)
    return [*faults, *(f"still runs: {each}" for each in running)]


def _running_in(folder: Path) -> list[str]:
    """Return the processes that stand in ``folder``."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if (each / "cwd").resolve() == folder.resolve():
                found.append(each.name)
        except OSError:
            continue
    return found


def _aged(folder: Path) -> int:
    """Make what was left unfinished look an hour old; return how much there is."""
    left = [*folder.glob(".amparo-new-*"), *folder.glob(".amparo-cache/.amparo-new-*")]
    for each in left:
        os.utime(each, (1, 1))
    return len(left)


def _litter(folder: Path) -> list[str]:
    """Return what a run left that is no answer, no output and no law."""
    known = {"law", "amparo.toml", "out.json", ".amparo-cache"}
    stray = [each.name for each in folder.iterdir() if each.name not in known]
    for each in (folder / ".amparo-cache").glob("*"):
        if each.name not in (".gitignore", "CACHEDIR.TAG") and len(each.name) != 64:
            stray.append(each.name)
    return stray
