"""What happens in a case as a time line: from above down, the longer the time the longer the way."""

import datetime
from collections.abc import Iterator
from math import log2

from markupsafe import Markup

from amparo.explain.labels import day
from amparo.explain.scene import Scene
from amparo.report.drawing import LEADING, badge, number, picture, words, wrapped

WIDTH = 312
LINE = 100
"""Where the line stands: the dates are to its left, what happens to its right."""
TEXT = 118
CLOSED = "The case is closed."


def time_line(name: str, scene: Scene) -> Markup:
    """Return the events of ``scene`` as a picture called ``name``; nothing where nothing happens."""
    if not scene.happenings:
        return Markup("")
    parts: list[Markup] = []
    y, last = 0.0, None
    for order, (on, said, role) in enumerate(_moments(scene), start=1):
        if last is not None:
            parts += _gap(y, last, on)
            y += _distance(last, on)
        if on != last:
            parts.append(_date(on, y))
        lines = wrapped(said, WIDTH - TEXT, bold=role == "breaks")
        mark = "" if said == CLOSED else str(order)
        parts += [words(lines, TEXT, y, role), badge(mark, LINE, y + LEADING / 2)]
        end = y + LEADING / 2
        y += LEADING * max(len(lines), 2)
        last = on
    axis = Markup('<path class="axis" d="M{} {}V{}"/>').format(
        LINE, number(LEADING / 2), number(end)
    )
    told = (f"{day(on)}: {said}" for on, said, _ in _moments(scene))
    return picture(name, "Time line of the case", told, (WIDTH, y), (axis, *parts))


def _moments(scene: Scene) -> Iterator[tuple[datetime.date, str, str]]:
    """Yield what happens, on which day, and how it is marked."""
    for each in scene.happenings:
        yield each.on, each.what.said, "breaks" if each.name == scene.breaks else ""
    if scene.closing > scene.happenings[-1].on:
        yield scene.closing, CLOSED, "faint"


def _distance(start: datetime.date, end: datetime.date) -> float:
    return 8 + 5 * log2(1 + (end - start).days)


def _gap(y: float, start: datetime.date, end: datetime.date) -> Iterator[Markup]:
    """Yield how long it is from one day to the next, where there is room to say it."""
    days = (end - start).days
    if days:
        middle = y + _distance(start, end) / 2 - LEADING / 2
        said = f"{days} day{'s' * (days != 1)} later"
        yield words((said,), TEXT, middle, "faint", 11)


def _date(on: datetime.date, y: float) -> Markup:
    month, year = f"{on.day} {on:%B}", str(on.year)
    return words((month, year), 0, y, "date", 12)
