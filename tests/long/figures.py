"""What a long search counted, kept as a line of JSON for each run."""

import datetime
import json
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
KEPT = REPOSITORY / "docs" / "evidence"
FAULTS = "faults"
"""What every command counts: how many of its trials came out wrong."""

Figures = Mapping[str, int]
"""What was counted, in words, to how many."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How much is tried, and from which seed; ``more`` is whatever else was written."""

    examples: int = 100
    seed: int = 0
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One recorded run of one command."""

    command: str
    asked: str
    on: str
    code: str
    python: str
    z3: str
    seconds: int
    figures: Figures


def made(command: str, asked: str, seconds: float, figures: Figures) -> Run:
    """Return the record of a run that has just ended."""
    return Run(
        command=command,
        asked=asked,
        on=datetime.datetime.now(datetime.UTC).date().isoformat(),
        code=_code(),
        python=platform.python_version(),
        z3=version("z3-solver"),
        seconds=round(seconds),
        figures=figures,
    )


def keep(run: Run, folder: Path = KEPT) -> None:
    """Append ``run`` to the file of its command."""
    folder.mkdir(exist_ok=True)
    with (folder / f"{run.command}.jsonl").open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(asdict(run), ensure_ascii=False) + "\n")


def kept(command: str, folder: Path = KEPT) -> tuple[Run, ...]:
    """Return the recorded runs of ``command``, in the order in which they were made."""
    file = folder / f"{command}.jsonl"
    if not file.exists():
        return ()
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(Run(**json.loads(each)) for each in lines)


def _code() -> str:
    """Return the content of `solver/amparo` as git names it, and whether it was committed."""
    name = _git("rev-parse", "--short=12", "HEAD:solver/amparo")
    return name + (" changed" if _git("status", "--porcelain", "--", "solver/amparo") else "")


def _git(*arguments: str) -> str:
    ended = subprocess.run(
        ["git", *arguments], cwd=REPOSITORY, check=True, capture_output=True, text=True
    )
    return ended.stdout.strip()
