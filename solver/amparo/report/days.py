"""What changes from one day to the next: read off the stretches of time of the findings.

Where a protection ends on the day on which another begins, under an article of the same title and
a norm of the same name, the second succeeds the first, and both are told side by side. Of a rule
that says once for all that nothing fired, a protection by itself begins and ends in silence.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from amparo.core.citation import in_words
from amparo.core.law import Law, Provision
from amparo.explain.breach import let_by
from amparo.explain.labels import a, noun
from amparo.report.result import Examined
from amparo.report.telling import verdict_in_words
from amparo.verify.finding import Finding, Stretch, Verdict
from amparo.verify.rules import DENIALS, RULES, Rule

CHANGES = "From day to day"
"""What stands over the days."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A protection and its answer just before a day, or from it on.

    ``let_by`` are the provisions of the lower law that let the case happen in which it is broken.
    """

    rule: Rule
    provision: Provision
    verdict: Verdict
    let_by: tuple[Provision, ...] = field(default=(), compare=False)

    @property
    def clear(self) -> bool:
        """Say whether the rule tells once for all provisions that nothing fired, as here."""
        return self.verdict == "holds" and RULES[self.rule].clear is not None


@dataclass(frozen=True, slots=True)
class _Change:
    """What a day changes; None: a protection is not in force then, or was not asked about."""

    before: _Side | None
    after: _Side | None
    act: str | None

    @property
    def silent(self) -> bool:
        """Say whether it only begins or ends that a rule finds nothing here."""
        return (self.before is None and self.after is not None and self.after.clear) or (
            self.after is None and self.before is not None and self.before.clear
        )


def by_day(examined: Examined) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return every day on which an answer changes, and what changes, a sentence for each change."""
    law = examined.law
    found: dict[datetime.date, list[_Change]] = {}
    for finding in examined.findings:
        if finding.level == "error" and not finding.waived:
            for day, change in _of(law, finding):
                found.setdefault(day, []).append(change)
    turn = examined.report.turn
    days = sorted(found) if turn is None else [turn] if turn in found else []
    told = ((f"On {day}", tuple(_told(law, _succeeding(law, found[day])))) for day in days)
    return tuple((day, changes) for day, changes in told if changes)


def _of(law: Law, finding: Finding) -> Iterator[tuple[datetime.date, _Change]]:
    before: Stretch | None = None
    for each in finding.segments:
        day, touching = each.period.start, before is not None and _touch(before, each)
        if before is not None and not touching and before.period.end is not None:
            yield before.period.end, _Change(_side(law, finding, before), None, finding.act)
        one = _side(law, finding, before) if before is not None and touching else None
        other = _side(law, finding, each)
        if day is not None and one != other:
            yield day, _Change(one, other, finding.act)
        before = each
    if before is not None and before.verdict is not None and before.period.end is not None:
        yield before.period.end, _Change(_side(law, finding, before), None, finding.act)


def _touch(before: Stretch, after: Stretch) -> bool:
    return before.period.end == after.period.start


def _side(law: Law, finding: Finding, stretch: Stretch) -> _Side | None:
    if stretch.verdict is None:
        return None
    through = tuple(_let_by(law, finding, stretch)) if stretch.verdict == "violated" else ()
    return _Side(finding.rule, finding.provision, stretch.verdict, through)


def _let_by(law: Law, finding: Finding, stretch: Stretch) -> Iterator[Provision]:
    if finding.beside:
        yield from (law.norms[each].provision for each in finding.beside)
        return
    assert stretch.norm is not None
    norm = law.norms[stretch.norm].of_kind(finding.act)
    for outcome in stretch.outcomes[:1]:
        if outcome.world is not None:
            yield from let_by(law, norm, outcome.world, DENIALS.get(finding.rule))


def _succeeding(law: Law, changes: list[_Change]) -> Iterator[_Change]:
    """Yield ``changes`` with what begins put beside what ends, where it takes its place."""
    begins = {_matter(law, e.after, e.act): e for e in changes if e.before is None and e.after}
    ends = {_matter(law, e.before, e.act): e for e in changes if e.after is None and e.before}
    for each in changes:
        if each.before is None and each.after is not None:
            gone = ends.get(_matter(law, each.after, each.act))
            yield replace(each, before=None if gone is None else gone.before)
        elif each.after is None and each.before is not None:
            if _matter(law, each.before, each.act) not in begins:
                yield each
        else:
            yield each


def _matter(law: Law, side: _Side, act: str | None) -> object:
    """Return what is the same of a protection and of the one that succeeds it."""
    where = side.provision
    titled = law.titles.get(Provision(where.act, where.article))
    return side.rule, titled or where, where.norm if titled else "", act


def _told(law: Law, changes: Iterator[_Change]) -> Iterator[str]:
    """Yield in sentences what changes, the worse first, kinds of act of one answer together."""
    together: dict[tuple[int, str, str], list[str]] = {}
    for each in (one for one in changes if not one.silent):
        turn, places = _turn(each), _places(law, each.before, each.after)
        acts = together.setdefault((turn, places, _words(law, each, turn)), [])
        acts += [] if each.act is None else [a(noun(law.vocabulary, each.act))]
    for (turn, places, words), acts in sorted(together.items(), key=lambda item: item[0][0]):
        yield f"{_TURNS[turn]}: {places}{_as_to(acts)}: {words}."


_TURNS = (
    "Becomes inconsistent",
    "Ceases to be inconsistent",
    "Other answer",
    "Protection begins",
    "Protection ends",
    "Same answer under what succeeds",
)


_TOLD_THROUGH = (0, 1)
"""The turns that tell which provisions of the law in force begin, or cease, to contradict."""


def _turn(change: _Change) -> int:
    match (
        None if change.before is None else change.before.verdict,
        None if change.after is None else change.after.verdict,
    ):
        case ("violated", "violated"):
            return 5
        case (_, "violated"):
            return 0
        case ("violated", "holds" | None):
            return 1
        case (None, _):
            return 3
        case (_, None):
            return 4
        case (before, after):
            return 5 if before == after else 2


def _places(law: Law, before: _Side | None, after: _Side | None) -> str:
    """Return the places told of; where one succeeds the other, both."""
    sides = [each.provision for each in (before, after) if each is not None]
    named = [
        f"{in_words(law, each)} ({each.norm})" if each.norm else in_words(law, each)
        for each in sides
    ]
    return " gives way to ".join(dict.fromkeys(named))


def _as_to(acts: list[str]) -> str:
    *first, last = acts or [""]
    said = f"{', '.join(first)} and {last}" if first else last
    return f", as to {said}" if said else ""


def _words(law: Law, change: _Change, turn: int) -> str:
    before, after = change.before, change.after
    until = "nothing was found of it" if before is None else _word(before)
    since = "nothing is found of it" if after is None else _word(after)
    if turn not in _TOLD_THROUGH:
        return f"{until} before, {since} then"
    return f"{until} before{_through(law, before)}, {since} then{_through(law, after)}"


def _word(side: _Side) -> str:
    return verdict_in_words(side.rule, side.verdict)[0]


def _through(law: Law, side: _Side | None) -> str:
    """Return by which provisions of the lower law the protection is broken in the case found."""
    through = () if side is None else side.let_by
    return f" (through {'; '.join(in_words(law, each) for each in through)})" if through else ""
