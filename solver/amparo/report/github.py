"""A result as workflow commands, which GitHub shows beside the lines of a change.

It shows ten of each kind for one step and drops the rest without a word: the worst come first, and
the last of ten says how many more there are. Nothing but commands is printed, and no line break or
control character of a stranger, so that no text becomes a command.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amparo.report.escape import visible
from amparo.report.result import Refusal, Result
from amparo.report.said import NO_VERDICT, details, fault, first, found, summary
from amparo.report.spot import NO_PLACE, Spot, spot
from amparo.report.telling import sentence
from amparo.verify.rules import Level

MOST = 10
_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown beside a place."""

    level: Level
    topic: str
    at: Spot
    lines: Sequence[str]


def render_github(ended: Result | Refusal) -> str:
    """Return what a run ended with as commands, a line each; empty where there is nothing to say."""
    shown = list(_shown(ended))
    lines: list[str] = []
    for level in _COMMANDS:
        several = [each for each in shown if each.level == level]
        kept = several if len(several) <= MOST else several[: MOST - 1]
        lines += map(_command, kept)
        if more := len(several) - len(kept):
            lines.append(_command(_Shown(level, "more", NO_PLACE, (f"And {more} more.",))))
    return "".join(f"{line}\n" for line in lines)


def _shown(ended: Result | Refusal) -> Iterator[_Shown]:
    match ended:
        case Refusal(faults, message):
            for each in faults:
                yield _Shown("error", each.code, spot(each.primary), (fault(each),))
            if not faults:
                said = f"{NO_VERDICT} {visible(sentence(message))}"
                yield _Shown("error", "no verdict", NO_PLACE, (said,))
        case Result(_, warnings):
            for one in found(ended):
                lines = (summary(one.examined, one.finding), *details(one.examined, one.finding))
                yield _Shown(one.level, one.finding.rule, spot(first(one.finding)), lines)
            for each in warnings:
                yield _Shown("warning", each.code, spot(each.primary), (fault(each),))


def _command(shown: _Shown) -> str:
    properties = {"title": f"amparo ({shown.topic})"}
    if shown.at != NO_PLACE:
        properties = {
            "file": visible(shown.at.path),
            "line": str(shown.at.line),
            "endLine": str(shown.at.line),
            "col": str(shown.at.column),
            "endColumn": str(shown.at.end_column),
            **properties,
        }
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[shown.level]} {said}::{_data(chr(10).join(shown.lines))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
