"""The command line. Exit codes are a contract: a failure never looks like a clean result.

0: all hold. 1: a protection is violated. 2: the text was rejected, the call was wrong, or amparo
failed. 3: undecided, depends, or holds only if read so. 130: interrupted.
"""

import os
import sys

from amparo.cli.commands import amparo
from amparo.cli.ending import ended
from amparo.cli.output import FAILED

INTERRUPTED = 130


def main() -> None:
    """Run the command line of this process and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on. The interpreter would fail to flush again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAILED
    raise SystemExit(code)


def run(arguments: list[str]) -> int:
    """Run the command line ``arguments`` and return the exit code, whatever happens."""
    try:
        return ended(lambda: amparo.main(arguments, prog_name="amparo", standalone_mode=False))
    except KeyboardInterrupt:
        return INTERRUPTED
