"""The command line. Exit codes are a contract: a failure never looks like a clean result.

0: all hold. 1: a protection is violated. 2: the text was rejected, the call was wrong, or amparo
failed. 3: undecided, depends, or holds only if read so. 130: interrupted.
"""

import os
import sys
import traceback

import click

from amparo.cli.commands import amparo
from amparo.cli.output import FAILED, complain
from amparo.diagnostics import Rejected
from amparo.pipeline.files import Unusable
from amparo.report.escape import visible

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
        code = amparo.main(arguments, prog_name="amparo", standalone_mode=False)
    except (KeyboardInterrupt, click.exceptions.Abort):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return FAILED
    except Rejected as rejected:
        count = len(rejected.diagnostics)
        complain(rejected.diagnostics)
        click.echo(f"\n{count} error{'s' if count != 1 else ''}: there is no verdict", err=True)
        return FAILED
    except (Unusable, OSError) as error:
        click.echo(f"error: {visible(str(error))}", err=True)
        return FAILED
    except SystemExit:  # click's answer to a reader that has gone away
        return FAILED
    except Exception:
        click.echo(traceback.format_exc(), err=True)
        click.echo(
            "error: this is a bug in amparo, not in your text, and there is no verdict\n"
            "help: report it to the project, with the lines above, the output of "
            "`amparo --version`, and the smallest norm files that show it",
            err=True,
        )
        return FAILED
    return code if isinstance(code, int) else 0
