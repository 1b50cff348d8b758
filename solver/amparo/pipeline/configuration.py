"""The configuration of a project: which file it is, and what it sets.

It is `amparo.toml`, or the table `[tool.amparo]` of `pyproject.toml`: the nearest one upwards, up
to the folder of the repository. A link that leads out of its folder is not followed.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from amparo.diagnostics import Diagnostic, Rejected
from amparo.pipeline.files import Tree, Unusable, shown
from amparo.pipeline.read_settings import PATHS, SettingsReader, Table
from amparo.pipeline.settings import ConfiguredWaiver
from amparo.pipeline.versions import counterpart
from amparo.pipeline.waivers import Stated
from amparo.report.result import Configured, Examined, Result
from amparo.syntax.read import MOST_READ, decoded, read
from amparo.text import Source, Span

OWN = "amparo.toml"
SHARED = "pyproject.toml"
TABLE = ("tool", "amparo")

Value = bool | float | str | list[str]


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the file called ``source`` sets: the ``values`` by key, paths as seen from here."""

    source: str
    file: Path
    folder: Path
    values: Mapping[str, Value]
    waivers: tuple[Stated, ...] = ()

    @property
    def whole(self) -> bool:
        """Say whether a call without paths is about the whole project."""
        return "paths" in self.values or self.folder == Path.cwd()


def configuration(paths: Iterable[Path], named: Path | None = None) -> Configuration | None:
    """Return the configuration of the project of ``paths`` (of none: of this folder), or ``named``.

    None: the project has none.

    Raises:
        Unusable: the paths lie in projects that are configured apart.
        Rejected: with every fault of the file.
    """
    if named is not None:
        return _configured(named, read(named, shown(named.resolve())))
    starts = dict.fromkeys(_folder(each.resolve()) for each in (tuple(paths) or (Path(),)))
    found = dict.fromkeys(file for start in starts if (file := _nearest(start)) is not None)
    if len(found) > 1:
        first, second, *_ = map(shown, found)
        raise Unusable(
            f"the paths belong to `{first}` and to `{second}`, which configure them apart: name "
            "one with --config, or neither with --isolated"
        )
    return next((_configured(each, _contained(each)) for each in found), None)


def since(found: Configuration, paths: Iterable[Path], against: str | None) -> tuple[Stated, ...]:
    """Return the waivers of ``found``, each told if it stood so in the version ``against`` already.

    Of a file that lies outside of what is compared, all did.
    """
    if against is None or not found.waivers:
        return found.waivers
    there = counterpart(found.folder, paths, against)
    stood = None if there is None else tuple(_entries(*there))
    return tuple(
        replace(each, known=stood is None or each.entry in stood) for each in found.waivers
    )


def _entries(tree: Tree, folder: Path) -> Iterator[ConfiguredWaiver]:
    """Yield the waivers that are configured in ``folder``, as far as they can be read."""
    for name in (OWN, SHARED):
        if not tree.is_file(folder / name):
            continue
        try:
            table = _toml(decoded(tree.content(folder / name, MOST_READ), name))
        except Rejected:
            continue
        ours = _ours(table) if name == SHARED else table
        listed = None if ours is None else ours.get("waivers")
        for each in listed if isinstance(listed, list) else ():
            with suppress(msgspec.ValidationError):
                yield msgspec.convert(each, ConfiguredWaiver)


def noted(result: Result, found: Configuration, settings: Mapping[str, str]) -> Result:
    """Return ``result``, which went by these ``settings`` of the configuration, with a note of it."""
    with_file = replace(result, configured=Configured(found.source, settings))
    if not settings:
        return with_file
    said = ", ".join(f"{key} = {value}" for key, value in settings.items())
    note = f"set in `{found.source}`: {said}"
    return replace(with_file, examined=tuple(_with_note(each, note) for each in result.examined))


def _with_note(examined: Examined, note: str) -> Examined:
    return replace(examined, report=replace(examined.report, notes=(note, *examined.report.notes)))


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _nearest(start: Path) -> Path | None:
    """Return the configuration file nearest upwards from ``start``, in its repository."""
    for folder in (start, *start.parents):
        own, shared = folder / OWN, folder / SHARED
        if own.is_file():
            return own
        if shared.is_file() and _ours(_toml(_contained(shared))) is not None:
            return shared
        if (folder / ".git").exists():
            return None
    return None


def _configured(file: Path, source: Source) -> Configuration:
    is_shared = file.name == SHARED
    whole = _toml(source)
    table = _ours(whole) if is_shared else whole
    if table is None:
        raise Unusable(f"`{source.path}` has no table `[tool.amparo]`")
    folder = file.resolve().parent
    settings, waivers = SettingsReader(source, folder, TABLE if is_shared else ()).read(table)
    values: dict[str, Value] = {}
    for key, value in msgspec.to_builtins(settings).items():
        if key in table and key != "waivers":
            is_path = key in PATHS
            values[key] = [shown(folder / each) for each in value] if is_path else value
    return Configuration(source.path, file.resolve(), folder, values, waivers)


def _contained(file: Path) -> Source:
    """Return the text of ``file``.

    Raises:
        Rejected: it is no text; or a link out of its folder, of whose target nothing is shown.
    """
    if not file.resolve().is_relative_to(file.parent.resolve()):
        span = Span(Source(shown(file), ""), 0, 0)
        message = f"`{file.name}` is a link that leads out of its folder"
        advice = "put the file itself there, or name the other with --config"
        raise Rejected([Diagnostic("outside-project", message, span, help=advice)])
    return read(file, shown(file))


def _toml(source: Source) -> Table:
    try:
        return tomllib.loads(source.text)
    except RecursionError:
        said = "it is nested too deeply"
    except ValueError as error:
        said = str(error)
    at = re.search(r"\(at line (\d+), column (\d+)\)", said)
    start = 0
    if at is not None:
        lines = source.text.splitlines(keepends=True)
        start = min(sum(map(len, lines[: int(at[1]) - 1])) + int(at[2]) - 1, len(source.text))
    what = re.sub(r" \(at [^)]*\)", "", said).rstrip(".")
    message = f"this is no TOML: {what[:1].lower()}{what[1:]}"
    raise Rejected([Diagnostic("invalid-toml", message, Span(source, start, start))])


def _ours(whole: Table) -> Table | None:
    """Return the part of a `pyproject.toml` that is ours."""
    found: object = whole
    for name in TABLE:
        if not isinstance(found, dict) or name not in found:
            return None
        found = found[name]
    return found if isinstance(found, dict) else None
