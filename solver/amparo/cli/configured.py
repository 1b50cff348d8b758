"""Commands whose options a project can set: what the call says wins, option by option.

What is asked (paths, bills, base version, day) is taken from the configuration only where the call names no
path: no file of the project changes what a build asks by its own call.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from amparo.cli.manual import Described
from amparo.cli.output import HOLDS, put

if TYPE_CHECKING:
    from amparo.pipeline.configuration import Configuration
    from amparo.pipeline.waivers import Stated
    from amparo.report.result import Result

Command = TypeVar("Command", bound=Callable[..., object])

OPTIONS: Mapping[str, str] = {
    "paths": "paths",
    "bills": "bills",
    "against": "against",
    "as-of": "as_of",
    "format": "style",
    "timeout": "timeout",
    "report-suppressed": "report_suppressed",
}
"""The parameter of a command that each key of the configuration sets."""

_CALL, _SHOW = "amparo.call", "amparo.show"


class Configured(Described):
    """A command that reads the configuration of the project before its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take from the configuration what ``args`` leave open."""
        ctx.meta[_CALL] = tuple(args)
        given, _, _ = self.make_parser(ctx).parse_args(list(args))
        if not ctx.resilient_parsing and not set(args) & set(ctx.help_option_names):
            ctx.obj = _configuration(given)
            ctx.default_map = {"paths": ["."], **_defaults(ctx.obj, given)}
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, or show its settings where these were asked for."""
        if not ctx.meta.get(_SHOW):
            return super().invoke(ctx)
        put("".join(_lines(ctx)))
        return HOLDS


def configured(command: Command) -> Command:
    """Give ``command`` the options that say which configuration is read."""
    for option in (
        click.option(
            "--show-settings",
            is_flag=True,
            expose_value=False,
            callback=lambda ctx, _, value: ctx.meta.__setitem__(_SHOW, value),
            help="Show what is set, and by what; ask nothing.",
        ),
        click.option(
            "--isolated",
            is_flag=True,
            expose_value=False,
            help="Read no configuration.",
        ),
        click.option(
            "--config",
            type=click.Path(path_type=Path, dir_okay=False),
            expose_value=False,
            metavar="FILE",
            help="Read this configuration, instead of the nearest `amparo.toml` or "
            "`pyproject.toml` upwards.",
        ),
    ):
        command = option(command)
    return command


@contextmanager
def called_anew(ctx: click.Context) -> Iterator[dict[str, Any]]:
    """Call the command of ``ctx`` once more: by the configuration as it is now."""
    call = list(ctx.meta[_CALL])
    with ctx.command.make_context(ctx.info_name, call, parent=ctx.parent) as anew:
        yield anew.params


def of_project() -> "Configuration | None":
    """Return the configuration that the running command has read."""
    found: Configuration | None = click.get_current_context().obj
    return found


def stated(paths: tuple[Path, ...], against: str | None) -> "tuple[Stated, ...]":
    """Return what the configuration waives, each told if it did in the version ``against``."""
    from amparo.pipeline.configuration import since

    found = of_project()
    return () if found is None else since(found, paths, against)


def is_whole() -> bool:
    """Say whether the running command is about all of its project."""
    ctx, found = click.get_current_context(), of_project()
    return found is not None and found.whole and not _is_called(ctx, "paths")


def noted(result: "Result") -> "Result":
    """Return ``result`` with the configuration that was read, and what it set."""
    from amparo.pipeline.configuration import noted as by

    found = of_project()
    return result if found is None else by(result, found, _in_effect(click.get_current_context()))


def _configuration(given: Mapping[str, object]) -> "Configuration | None":
    """Return the configuration that a call asks for; what is wrong is said in its own format."""
    try:
        return _wanted(given)
    except Exception:
        from amparo.cli.reports import readable
        from amparo.cli.results import refusal

        style, output = given.get("style"), given.get("output")
        told = style if isinstance(style, str) else "full"
        to = Path(output) if isinstance(output, str) else None
        reports = readable(given.get("reports"))
        with refusal(told, to, quiet=given.get("quiet") is True, reports=reports):
            raise


def _wanted(given: Mapping[str, object]) -> "Configuration | None":
    from amparo.pipeline.configuration import configuration
    from amparo.pipeline.files import Unusable

    named, isolated = given.get("config"), given.get("isolated") is True
    if isolated and isinstance(named, str):
        raise Unusable("--config names a configuration and --isolated reads none: give one of them")
    file = Path(named) if isinstance(named, str) else None
    return None if isolated else configuration(_paths(given), file)


def _paths(given: Mapping[str, object]) -> tuple[Path, ...]:
    named = given.get("paths")
    return tuple(map(Path, named)) if isinstance(named, tuple) else ()


def _defaults(found: "Configuration | None", given: Mapping[str, object]) -> dict[str, object]:
    """Return what the configuration says of the parameters that a call leaves open."""
    if found is None:
        return {}
    from amparo.pipeline.settings import ASKED

    left_out = set(ASKED) if _paths(given) else set()
    if given.get("timeline") is True:
        left_out.add("as-of")
    return {OPTIONS[key]: each for key, each in found.values.items() if key not in left_out}


def _in_effect(ctx: click.Context) -> dict[str, str]:
    """Return the settings of the configuration by which this call goes, as JSON."""
    found: Configuration | None = ctx.obj
    return {
        key: json.dumps(value, ensure_ascii=False)
        for key, value in ({} if found is None else found.values).items()
        if ctx.get_parameter_source(OPTIONS[key]) is ParameterSource.DEFAULT_MAP
    }


def _is_called(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE


def _lines(ctx: click.Context) -> list[str]:
    """Return the settings of this call, a line each, and what sets each."""
    found: Configuration | None = ctx.obj
    by_file = _in_effect(ctx)
    lines = [f"# {found.source if found else 'no configuration was found or read'}\n"]
    for key, name in OPTIONS.items():
        if name not in ctx.params:
            continue
        value = ctx.params[name]
        plain = list(map(str, value)) if isinstance(value, tuple) else value
        said = json.dumps(plain, ensure_ascii=False, default=str)
        by = (
            "the configuration"
            if key in by_file
            else "the call"
            if _is_called(ctx, name)
            else "default"
        )
        lines.append(f"{key} = {said}  # {by}\n")
    if found is not None and found.waivers:
        lines.append(f"# {len(found.waivers)} waivers\n")
    return lines
