"""The tables of `docs/evidence.md`, made of the recorded figures and of nothing else."""

import re
from pathlib import Path

from long.figures import FAULTS, KEPT, REPOSITORY, Run, kept

PAGE = REPOSITORY / "docs" / "evidence.md"
PLACE = re.compile(r"(<!-- figures: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def write() -> None:
    """Write the tables of the page anew."""
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def with_tables(page: str, folder: Path = KEPT) -> str:
    """Return ``page`` with the table of every command that it has a place for."""
    return PLACE.sub(lambda found: found[1] + table(kept(found[2], folder)) + found[3], page)


def table(runs: tuple[Run, ...]) -> str:
    """Return what ``runs`` of one command counted: all of them together, and the last one."""
    if not runs:
        return "\nNo run is recorded.\n\n"
    last = runs[-1]
    counted = dict.fromkeys(what for run in runs for what in run.figures)
    # What went wrong stands last, whichever run counted something first.
    order = sorted(counted, key=lambda what: what == FAULTS)
    rows = [f"| {what} | {_sum(runs, what):,} | {last.figures.get(what, 0):,} |" for what in order]
    hours = sum(run.seconds for run in runs)
    lines = [
        "",
        f"| | {len(runs)} recorded {'run' if len(runs) == 1 else 'runs'} | the last of them |",
        "|---|---|---|",
        *rows,
        f"| time | {_time(hours)} | {_time(last.seconds)} |",
        "",
        f"The last: `python tests/long {last.command} {last.asked}`".rstrip("` ") + "`, "
        f"{last.on}, code `{last.code}`, Python {last.python}, z3 {last.z3}.",
        "",
        "",
    ]
    return "\n".join(lines)


def _sum(runs: tuple[Run, ...], what: str) -> int:
    return sum(run.figures.get(what, 0) for run in runs)


def _time(seconds: int) -> str:
    return f"{seconds // 3600} h {seconds % 3600 // 60} min {seconds % 60} s"
