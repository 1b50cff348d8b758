"""Run one of the long searches: `python tests/long NAME`."""

import argparse
import importlib
import sys
import time
from pathlib import Path

COMMANDS = ("properties", "second", "mutants", "fuzz", "kills")
"""The modules of this folder that search, in the order of `docs/evidence.md`."""


def main() -> int:
    """Run the command that was named, print what it counted, and keep it where asked to."""
    sys.path[0] = str(Path(__file__).parents[1])
    figures = importlib.import_module("long.figures")
    if sys.argv[1:] == ["report"]:
        importlib.import_module("long.report").write()
        return 0
    modules = {name: importlib.import_module(f"long.{name}") for name in COMMANDS}
    if len(sys.argv) == 1:
        for name, module in modules.items():
            print(f"{name:14} {str(module.__doc__).splitlines()[0]}")
        print(f"{'report':14} Write the tables of docs/evidence.md.")
        return 0
    parser = argparse.ArgumentParser(prog="python tests/long", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--examples", type=int, default=100, help="how much is tried")
    parser.add_argument("--seed", type=int, default=0, help="from where chance begins")
    parser.add_argument("--record", action="store_true", help="keep the figures in docs/evidence")
    named, more = parser.parse_known_args()
    asked = figures.Asked(named.examples, named.seed, tuple(more))
    began = time.monotonic()
    counted = modules[named.command].run(asked)
    words = " ".join(each for each in sys.argv[2:] if each != "--record")
    run = figures.made(named.command, words, time.monotonic() - began, counted)
    for what, number in counted.items():
        print(f"{number:>12,}  {what}")
    print(f"{run.seconds:>12,}  seconds")
    if named.record:
        figures.keep(run)
    return 1 if counted[figures.FAULTS] else 0


if __name__ == "__main__":
    sys.exit(main())
