"""Laws and worlds at the edges of what norms say, each tried in every world around its edge.

What chance writes seldom meets the last day of a deadline, or an act that two norms judge both
ways: here each is met in most of the worlds.
"""

import datetime
from collections.abc import Iterator, Mapping
from itertools import combinations, product

from amparo.core.world import Event, World

DUE = datetime.date(2024, 5, 3)
"""The last day of a deadline of two days."""
_DAYS = tuple(DUE + datetime.timedelta(days=each) for each in (-1, 0, 1))

_WORDS = """
vocabulary words
kind Person.
event Alarm {}.
private act Report { by: Person }.
private act Remedy { by: Person }.
official act Levy { from: Person }.
power act Appeal { by: Person, against: Levy }.
"""
_BASIC = 'act basic "Basic" rank constitution in force from 2000-01-01 evidence read\narticle 1\n'
_CODE = 'act code "Code" rank law in force from 2000-01-01 evidence read\n'


def _law(code: str, basic: str = "norm p forbid Levy l.") -> str:
    return f"{_WORDS}{_BASIC}{basic}\n{_CODE}{code}\n"


DEADLINES: Mapping[str, str] = {
    "within": _law("article 1 norm d when Alarm a require some Report r within 2 days."),
    "by": _law("article 1 norm d when Alarm a require some Report r by 2024-05-03."),
    "protection": _law(
        "article 1 norm l permit Levy l.",
        "norm p when Alarm a require some Report r within 2 days.",
    ),
}
"""Laws with a duty whose last day is `DUE`, by what they are about."""

REPAIRS: Mapping[str, str] = {
    "otherwise": _law(
        "article 1 norm d when Alarm a require some Report r within 1 days "
        "otherwise require some Remedy m within 1 days."
    )
}
"""A law in which what is due by `DUE` makes good what was due the day before."""

CONFLICTS: Mapping[str, str] = {
    word: _law(
        f"article 1 norm ban forbid Levy l when some Alarm a{subject}.\n"
        f"article 2 norm basis permit Levy l.\n"
        f"article 3 norm urgent permit Levy l when some Report r{beyond}."
    )
    for word, subject, beyond in (
        ("nothing", "", ""),
        ("despite", "", " despite article 1"),
        ("special to", "", " special to article 1"),
        ("subject to", " subject to article 3", ""),
    )
}
"""Laws in which two norms judge a levy both ways, by the word that says which prevails."""

REMEDIES: Mapping[str, str] = {
    what: _law(
        f"article 1 norm l permit Levy l when Appeal is open to l.from against l.\n"
        f"article 2 norm a empower Appeal a when {when}.",
        "norm p guarantee Appeal a.",
    )
    for what, when in (
        ("after the act", "a after a.against"),
        ("not before an alarm", "no Alarm e has a before e"),
        ("after an alarm", "some Alarm e has a after e"),
        ("before an alarm", "some Alarm e has a before e"),
    )
}
"""Laws in which a remedy is open at some moments, by which: it is only thought of."""


def deadlines(*, repaired: tuple[datetime.date | None, ...] = (None,)) -> Iterator[World]:
    """Yield worlds around `DUE`: an alarm, and what follows or not, closed before, on and after it."""
    alarm = _event("Alarm", DUE - datetime.timedelta(days=2), 0)
    for closing, report, remedy in product(_DAYS, (None, *_DAYS), repaired):
        events = {"alarm": alarm}
        events |= {"report": _event("Report", report, 1)} if report else {}
        events |= {"remedy": _event("Remedy", remedy, 1)} if remedy else {}
        if all(each.on <= closing for each in events.values()):
            yield World({"person": frozenset({"Person"})}, events, closing)


def repairs() -> Iterator[World]:
    """Yield worlds around `DUE` in which a missed deadline is made good on each day, or not."""
    return deadlines(repaired=(None, *_DAYS))


def conflicts() -> Iterator[World]:
    """Yield worlds with a levy, and each part of what bears on it."""
    others = {"alarm": _event("Alarm", DUE, 0), "report": _event("Report", DUE, 1)}
    for number in range(len(others) + 1):
        for some in combinations(others.items(), number):
            events = {**dict(some), "levy": _event("Levy", DUE, 2)}
            yield World({"person": frozenset({"Person"})}, events, DUE)


def remedies() -> Iterator[World]:
    """Yield worlds with a levy, and an alarm before, with or after it, on its day or another."""
    moments = [(day, order) for day in _DAYS for order in (0, 1, 2)]
    for moment in (None, *moments):
        events = {"levy": _event("Levy", DUE, 1)}
        events |= {"alarm": _event("Alarm", *moment)} if moment else {}
        yield World({"person": frozenset({"Person"})}, events, _DAYS[-1])


def _event(kind: str, on: datetime.date, order: int) -> Event:
    role = {"Report": "by", "Remedy": "by", "Levy": "from"}.get(kind)
    roles = {} if role is None else {role: "person"}
    return Event(kind.lower(), frozenset({kind}), on, order, roles)
