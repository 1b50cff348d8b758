"""The command line. Exit codes are a contract: a failure never looks like a clean result.

0: all hold. 1: a protection is violated. 2: the text was rejected, the call was wrong, or amparo
failed. 3: undecided, depends, or holds only if read so. 130: interrupted.
"""

import os
import sys
from pathlib import Path

import click

from amparo.cli.commands import amparo
from amparo.cli.ending import ended
from amparo.cli.output import FAILED
from amparo.report.escape import visible

INTERRUPTED = 130


def main() -> None:
    """Run the command line of this process and exit with its code."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Whoever closed it wants nothing of it; left closed, the next file would take its place.
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for as long as the process lives
        elif (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="backslashreplace")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # then nobody reads on
            click.echo(f"error: the answer could not be written: {visible(str(error))}", err=True)
        # The interpreter would fail to flush again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAILED
    raise SystemExit(code)


def run(arguments: list[str]) -> int:
    """Run the command line ``arguments`` and return the exit code, whatever happens."""
    try:
        return ended(lambda: amparo.main(arguments, prog_name="amparo", standalone_mode=False))
    except KeyboardInterrupt:
        return INTERRUPTED
