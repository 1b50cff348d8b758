"""`--help` as a page of a manual: arguments, options by what they are for, exit codes, examples."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import click

OTHER = "Other options"


@dataclass(frozen=True, slots=True)
class Manual:
    """What the page of a command says besides what the command says of itself.

    ``arguments``: by the name with which the usage line shows them. ``examples``: what each call is
    for, and the call. ``see``: other commands and pages.
    """

    examples: tuple[tuple[str, str], ...]
    codes: Mapping[int, str]
    arguments: Mapping[str, str] = field(default_factory=dict)
    see: tuple[str, ...] = ()


class Described(click.Command):
    """A command whose `--help` is the page of a manual."""

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the arguments, then the options by what they are for."""
        _write_options(self, context, formatter)

    def format_epilog(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the exit codes, the examples, and where to read on."""
        _write_rest(_manual(self), formatter)


class DescribedGroup(click.Group):
    """The command line itself, whose commands are described."""

    command_class = Described

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        _write_options(self, context, formatter)
        self.format_commands(context, formatter)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write every command with its first sentence, whole."""
        commands = (self.commands[name] for name in self.list_commands(context))
        rows = ((each.name or "", (each.help or "").partition("\n\n")[0]) for each in commands)
        _definitions("Commands", rows, formatter)

    def format_epilog(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the exit codes, the environment, the examples, and where to read on."""
        from amparo.cli.manuals import ENVIRONMENT

        _definitions("Environment", ENVIRONMENT.items(), formatter)
        _write_rest(_manual(self), formatter)


def _manual(command: click.Command) -> Manual:
    from amparo.cli.manuals import MANUALS

    return MANUALS[command.name or ""]


def _write_options(
    command: click.Command, context: click.Context, formatter: click.HelpFormatter
) -> None:
    from amparo.cli.manuals import GROUPS

    _definitions("Arguments", _manual(command).arguments.items(), formatter)
    headings = {name: heading for heading, names in GROUPS.items() for name in names}
    groups: dict[str, list[tuple[str, str]]] = {heading: [] for heading in (*GROUPS, OTHER)}
    for each in command.get_params(context):
        record = each.get_help_record(context) if isinstance(each, click.Option) else None
        if record is not None:
            groups[headings.get(each.name or "", OTHER)].append(record)
    for heading, records in groups.items():
        _definitions(heading, records, formatter)


def _write_rest(manual: Manual, formatter: click.HelpFormatter) -> None:
    codes = ((str(code), meaning) for code, meaning in manual.codes.items())
    _definitions("Exit codes", codes, formatter)
    with formatter.section("Examples"):
        for purpose, call in manual.examples:
            formatter.write_text(f"{purpose}:")
            formatter.write(f"{'':{formatter.current_indent}}  $ {call}\n")
    if manual.see:
        with formatter.section("See also"):
            formatter.write_text(", ".join(manual.see))


def _definitions(
    heading: str, records: Iterable[tuple[str, str]], formatter: click.HelpFormatter
) -> None:
    if rows := list(records):
        with formatter.section(heading):
            formatter.write_dl(rows)
