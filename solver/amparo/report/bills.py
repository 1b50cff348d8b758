"""Sentences on what of the bills brings a finding, and what of them can stand."""

from collections.abc import Iterable

from amparo.report.result import Examined
from amparo.verify.finding import Cause


def adoptable(examined: Examined) -> str:
    """Return in a sentence which part of the bills makes nothing worse; empty where all of it is."""
    part = examined.report.adoptable
    if part is None or not any(each.causes for each in examined.findings):
        return ""
    if not part:
        return (
            "No instruction can be adopted as it is: each part of the bill makes something worse."
        )
    stand, them = ("they stand", "them") if len(part) > 1 else ("it stands", "it")
    return f"You can adopt {listed(part)} as {stand}: no protection is worse with {them}."


def listed(part: Iterable[Cause]) -> str:
    """Return instructions by their numbers, bill by bill."""
    numbers: dict[str, list[int]] = {}
    for each in part:
        numbers.setdefault(each.bill, []).append(each.instruction)
    return "; ".join(
        f"instruction{'s' if len(each) > 1 else ''} {_enumerated(each)} of `{bill}`"
        for bill, each in numbers.items()
    )


def heading(causes: tuple[tuple[Cause, ...], ...]) -> str:
    """Return what stands over the causes of a finding."""
    if len(causes) > 1:
        return "The causes in the bill, each of which brings it by itself:"
    if len(causes[0]) > 1:
        return "The cause in the bill, these instructions together:"
    return "The cause in the bill:"


def _enumerated(numbers: Iterable[int]) -> str:
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}" if first else last
