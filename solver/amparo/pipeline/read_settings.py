"""From the table of a configuration to settings: every fault of it told, at its line."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal as OneOf
from typing import get_args, get_origin

import msgspec

from amparo.diagnostics import Diagnostic, Rejected
from amparo.names.problems import Problems, did_you_mean
from amparo.pipeline.settings import ConfiguredWaiver, Settings
from amparo.pipeline.toml_places import Key, places
from amparo.pipeline.waivers import Stated, anchored, misworded
from amparo.syntax import tree as surface
from amparo.syntax.parse import parse
from amparo.syntax.tree import Day, Name, Text
from amparo.text import Source, Span

Table = Mapping[str, object]

PATHS = ("paths", "bills")
_VERDICTS: Mapping[str, OneOf["violated", "depends", "holds if read so"]] = {
    "violated": "violated",
    "depends": "depends",
    "holds-if-read-so": "holds if read so",
}


class SettingsReader:
    """Reads one file once."""

    def __init__(self, source: Source, folder: Path, prefix: tuple[Key, ...]) -> None:
        """Prepare to read the table at ``prefix`` of ``source``, which lies in ``folder``."""
        self._problems = Problems()
        self._source = source
        self._folder = folder
        self._prefix = prefix
        self._places = places(source)

    def read(self, table: Table) -> tuple[Settings, tuple[Stated, ...]]:
        """Return what ``table`` sets.

        Raises:
            Rejected: with every fault of it.
        """
        plain = {name: value for name, value in table.items() if name != "waivers"}
        self._check(Settings, plain, ())
        for name in PATHS:
            listed = plain.get(name)
            for index, each in enumerate(listed if isinstance(listed, list) else ()):
                if isinstance(each, str):
                    self._check_path(each, (name, index))
        waivers = tuple(self._waivers(table.get("waivers", [])))
        if self._problems.errors:
            raise Rejected(self._problems.errors)
        return msgspec.convert(plain, Settings), waivers

    def _check(self, shape: type[msgspec.Struct], table: Table, path: tuple[Key, ...]) -> None:
        """Report every key of ``table`` that ``shape`` has not, or wants otherwise, or misses."""
        fields = {each.encode_name: each for each in msgspec.structs.fields(shape)}
        for name, value in table.items():
            if name not in fields:
                advice = did_you_mean(name, fields) or f"known here: {', '.join(fields)}"
                span = self._place((*path, name))
                self._report(
                    Diagnostic("unknown-key", f"there is no key `{name}`", span, help=advice)
                )
                continue
            wanted = fields[name].type
            try:
                msgspec.convert(value, wanted)
            except msgspec.ValidationError as error:
                said = f"`{name}`: {_expected(value, wanted, str(error))}"
                span = self._place((*path, name))
                self._report(Diagnostic("wrong-value", said, span, help=_described(wanted)))
        needed = [name for name, each in fields.items() if each.required]
        for name in needed:
            if name not in table:
                advice = f"there must be {', '.join(f'`{each}`' for each in needed)}"
                said, span = f"`{name}` is missing", self._place(path)
                self._report(Diagnostic("missing-key", said, span, help=advice))

    def _check_path(self, written: str, path: tuple[Key, ...]) -> None:
        """Report a path that leads out of the configuration's folder, by itself or by a link."""
        within = Path(written) if "\0" not in written else Path("..")
        inside = (self._folder / within).resolve().is_relative_to(self._folder)
        if within.is_absolute() or ".." in within.parts or not inside:
            said = f"`{written}` is outside the project"
            advice = (
                "a configuration names what lies below its own folder; name the rest in the call"
            )
            self._report(Diagnostic("outside-project", said, self._place(path), help=advice))

    def _waivers(self, listed: object) -> Iterator[Stated]:
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            said = "`waivers`: expected tables, each under `[[waivers]]`"
            self._report(Diagnostic("wrong-value", said, self._place(("waivers",))))
            return
        for index, table in enumerate(listed):
            path: tuple[Key, ...] = ("waivers", index)
            before = len(self._problems.errors)
            self._check(ConfiguredWaiver, table, path)
            if len(self._problems.errors) > before:
                continue
            entry = msgspec.convert(table, ConfiguredWaiver)
            tree = self._tree(entry, path)
            if tree is not None:
                self._problems.errors += anchored(misworded([tree]), tree.span)
                yield Stated(entry.body, tree, entry.finding, entry)

    def _tree(self, entry: ConfiguredWaiver, path: tuple[Key, ...]) -> surface.Waiver | None:
        """Return the sentence that says the same; report a citation that is none."""
        span = self._place(path)
        cited = []
        for name, text in (
            ("provision", entry.provision),
            *(("beside", each) for each in entry.beside),
        ):
            citation = _citation(text, self._source.path)
            if citation is None:
                said = f"`{name}`: expected a citation, got `{text}`"
                advice = "write it as in `some_act article 1`"
                there = self._place((*path, name))
                self._report(Diagnostic("wrong-value", said, there, help=advice))
                return None
            cited.append(citation)
        return surface.Waiver(
            Name(entry.rule, span=span),
            cited[0],
            Text(entry.reason, span=span),
            Text(entry.author, span=span),
            Day(entry.until, span=span),
            tuple(cited[1:]),
            None if entry.act is None else Name(entry.act, span=span),
            None if entry.as_of is None else Day(entry.as_of, span=span),
            _VERDICTS[entry.verdict],
            tuple(Name(each, span=span) for each in entry.bills),
            span=span,
        )

    def _report(self, fault: Diagnostic) -> None:
        self._problems.error(fault)

    def _place(self, path: tuple[Key, ...]) -> Span:
        return self._places.place((*self._prefix, *path))


def _citation(text: str, called: str) -> surface.Citation | None:
    """Return the citation that ``text`` is, None if it is none or more."""
    file, faults = parse(Source(called, f"never waive {text}."))
    match file.items:
        case (surface.Absolute(citation, None),) if not faults and not file.comments:
            return citation
        case _:
            return None


# -- what was expected --------------------------------------------------------------------------------

_TYPES: Mapping[str, str] = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date",
    "datetime": "a date with a time",
}


def _expected(value: object, wanted: object, said: str) -> str:
    """Return in words why ``value`` is not as ``wanted``, for which msgspec ``said`` a reason."""
    options = tuple(_options(wanted))
    if options and isinstance(value, str):
        near = did_you_mean(value, options)
        return f"`{value}` is none of {', '.join(options)}{f'; {near}' if near else ''}"
    reason, _, where = said.partition(" - at `$")
    if "RFC3339" in reason:
        reason = "Expected `date`, got `str`"
    reason = re.sub(" matching regex .*", " of the form that is described", reason)
    worded = re.sub("`([^`]+)`", lambda found: _in_words(found[1]), reason)
    entry = re.match(r"\[(\d+)\]", where)
    at = f"entry {int(entry[1]) + 1}: " if entry else ""
    return f"{at}{worded[:1].lower()}{worded[1:]}"


def _in_words(types: str) -> str:
    named = (each for each in types.split(" | ") if each != "null")
    return " or ".join(_TYPES.get(each, each) for each in named) or "nothing"


def _options(wanted: object) -> Iterator[str]:
    """Yield the words of which ``wanted`` is a choice, if it is one."""
    if get_origin(wanted) is OneOf:
        yield from get_args(wanted)
    else:
        for each in get_args(wanted):
            yield from _options(each)


def _described(wanted: object) -> str | None:
    """Return what is said of a key to whoever sets it."""
    notes = (each.description for each in get_args(wanted)[1:] if isinstance(each, msgspec.Meta))
    said = next((each.rstrip(".") for each in notes if each), None)
    return said and said[:1].lower() + said[1:]
