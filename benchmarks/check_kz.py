"""How long a drafter waits for `amparo check` on the law of Kazakhstan, from a standing start.

Each command runs in a process of its own, side by side with the import of the two libraries that
it cannot do without. The commands take turns, so that whatever slows the machine slows all.

    python benchmarks/check_kz.py [--rounds N]
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
AMPARO = ("-c", "from amparo.cli import main; main()")
CHECK = (*AMPARO, "check", "norms/kz", "--as-of", "2024-05-01")
BASELINE = "import z3, lark"
COMMANDS = {
    BASELINE: ("-c", BASELINE),
    "check": CHECK,
    "check --bill": (*CHECK, "--bill", "norms/kz/bills/217-VI.norm"),
}
VERDICTS = (0, 1, 3)
"""Exit codes of a check that came to its end."""


def main() -> None:
    """Measure every command and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=10, help="how often each runs (default: 10)")
    rounds = max(1, parser.parse_args().rounds)
    for arguments in COMMANDS.values():
        seconds(arguments)  # once unmeasured: files in the cache, modules compiled
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, arguments in COMMANDS.items():
            times[name].append(seconds(arguments))
    print(
        f"Python {platform.python_version()}, z3-solver {version('z3-solver')}, "
        f"lark {version('lark')}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores; {rounds} rounds"
    )
    print(f"{'':<16} {'min':>7} {'median':>7} {'max':>7}   median / import")
    baseline = statistics.median(times[BASELINE])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(
            f"{name:<16} {min(taken):6.2f}s {median:6.2f}s {max(taken):6.2f}s"
            f"   {median / baseline:.1f}"
        )


def seconds(arguments: tuple[str, ...]) -> float:
    """Return how long a Python process with ``arguments`` takes, from its start to its end."""
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(REPOSITORY / "solver"), *([known] if known else [])])
    started = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - started
    if ended.returncode not in VERDICTS or (arguments[1] == BASELINE and ended.returncode):
        sys.exit(f"{' '.join(arguments)} ended with {ended.returncode}:\n{ended.stderr}")
    return taken


if __name__ == "__main__":
    main()
