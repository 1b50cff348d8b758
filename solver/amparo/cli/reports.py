"""`--report`: what a run found, in further formats, each to a file of its own."""

from pathlib import Path

import click


class Kept(click.ParamType[tuple[str, Path]]):
    """``FORMAT=FILE``, of the formats that outlive a run."""

    name = "report"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Return the format and the file."""
        from amparo.cli.results import KEPT

        found = readable([value])
        if not found:
            self.fail(f"{value!r} is not one of {', '.join(KEPT)}, then `=` and a file", param, ctx)
        return found[0]


REPORTS = click.option(
    "--report",
    "reports",
    type=Kept(),
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write it to this file too, in a format for programs or for a page: sarif=amparo.sarif. May "
    "be given several times; --quiet leaves it in place.",
)


def readable(written: object) -> tuple[tuple[str, Path], ...]:
    """Return those of the ``written`` values of the option that name a format and a file."""
    from amparo.cli.results import KEPT

    values = written if isinstance(written, list | tuple) else ()
    pairs = (str(each).partition("=")[::2] for each in values)
    return tuple((style, Path(file)) for style, file in pairs if style in KEPT and file)
