"""What tests say about runs of the command line."""

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

from amparo.cli import run

REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Run:
    """How one call of `amparo` ended."""

    code: int
    out: str
    err: str


def amparo(*arguments: str | Path) -> Run:
    """Run `amparo` in this process with ``arguments``."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(each) for each in arguments])
    return Run(code, out.getvalue(), err.getvalue())
