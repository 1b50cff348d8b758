"""How a call ends: whatever happens becomes an exit code, and is said."""

import traceback
from collections.abc import Callable

import click

from amparo.cli.output import FAILED, HOLDS, complain
from amparo.diagnostics import Rejected
from amparo.pipeline.files import Unusable
from amparo.report.escape import uncommanded, visible
from amparo.semantics.context import TooManySteps
from amparo.smt.memory import OutOfMemory


def ended(call: Callable[[], object]) -> int:
    """Return the exit code of ``call``; an interruption goes on."""
    try:
        code = call()
    except click.exceptions.Abort as abort:
        raise KeyboardInterrupt from abort
    except click.ClickException as error:
        error.show()
        return FAILED
    except Rejected as rejected:
        count = len(rejected.diagnostics)
        complain(rejected.diagnostics)
        click.echo(f"\n{count} error{'s' if count != 1 else ''}: there is no verdict", err=True)
        return FAILED
    except (Unusable, OSError) as error:
        click.echo(uncommanded(f"error: {visible(str(error))}"), err=True)
        return FAILED
    except (TooManySteps, OutOfMemory) as limit:
        click.echo(f"error: {limit}: there is no verdict", err=True)
        return FAILED
    except SystemExit as end:  # click's answer to a shell, or to a reader that has gone away
        return FAILED if end.code else HOLDS
    except Exception as failure:
        if _out_of_memory(failure):
            click.echo(
                "error: out of memory: there is no verdict\n"
                "help: give it more, or ask about less: `--jobs 1`, `--protection CITATION`",
                err=True,
            )
            return FAILED
        lines = traceback.format_exc().splitlines()
        click.echo(uncommanded("\n".join(map(visible, lines))), err=True)
        click.echo(
            "error: this is a bug in amparo, not in your text, and there is no verdict\n"
            "help: report it to the project, with the lines above, the output of "
            "`amparo --version`, and the smallest norm files that show it",
            err=True,
        )
        return FAILED
    return code if isinstance(code, int) else HOLDS


def _out_of_memory(failure: BaseException) -> bool:
    """Say whether ``failure`` comes of too little memory: Python, a library and threads say it so."""
    said = str(failure)
    return (
        isinstance(failure, MemoryError)
        or "can't start new thread" in said
        or "out of memory" in said
        or "failed to map segment" in said
        or any(map(_out_of_memory, filter(None, (failure.__cause__, failure.__context__))))
    )
