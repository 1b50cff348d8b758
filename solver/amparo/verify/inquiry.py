"""One law, and on what terms it is asked about: what every question has in common."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from amparo.core.law import Law, Period
from amparo.semantics.context import TooManySteps
from amparo.smt import term as t
from amparo.smt.compile import Compiler, NotCompiled, ReadingNeeded
from amparo.smt.ground import Ground
from amparo.smt.memory import OutOfMemory
from amparo.smt.search import Budget
from amparo.smt.symbols import Symbols
from amparo.smt.term import Term
from amparo.verify.finding import Outcome

ALWAYS = Period()
ORDINARY = Budget()
MOST_CHOICES = 256
"""How many choices of readings one question is asked under."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One law under one choice of readings.

    ``when`` are the days of the judged act; ``near`` is a day that a plausible case is near to;
    ``gravest`` asks for the case that weighs heaviest.
    """

    law: Law
    near: datetime.date
    readings: Mapping[str, str] = field(default_factory=dict)
    when: Period = ALWAYS
    budget: Budget = ORDINARY
    gravest: bool = False

    def on(self, day: Term) -> Term:
        """Return that ``day`` is one of the days asked about."""
        start, end = self.when.start, self.when.end
        if start is not None and self.when == one_day(start):
            return t.equal(day, str(start.toordinal()))
        return t.and_(
            t.TRUE if start is None else t.compare("<=", str(start.toordinal()), day),
            t.TRUE if end is None else t.compare("<", day, str(end.toordinal())),
        )

    def ground(self) -> Ground:
        """Return a ground with nobody in it."""
        vocabulary = self.law.vocabulary
        return Ground(vocabulary, Symbols(vocabulary), room=self.budget.room)

    def compiler(self, ground: Ground, rank: int, *, guarded: bool = False) -> Compiler:
        """Return a compiler of the law as a protection of ``rank`` sees it."""
        return Compiler(self.law, rank, self.readings, ground, guarded=guarded)

    def to(self, law: Law) -> "Inquiry":
        """Return the same inquiry into another law."""
        return replace(self, law=law)

    def read(self, readings: Mapping[str, str]) -> "Inquiry":
        """Return the same inquiry under these readings."""
        return replace(self, readings=readings)


def latest(law: Law) -> datetime.date:
    """Return the day on which the newest provision of ``law`` commences."""
    starts = [norm.period.start for norm in law.norms.values() if norm.period.start is not None]
    return max(starts, default=datetime.date(2024, 1, 1))


def one_day(day: datetime.date | None) -> Period:
    """Return the period of that day alone; of all days where there is none."""
    return ALWAYS if day is None else Period(day, day + datetime.timedelta(days=1))


def in_every_reading(inquiry: Inquiry, says: Callable[[Inquiry], bool]) -> bool:
    """Say whether ``says`` is true under every choice of the declared readings that it turns on.

    What cannot be decided for all worlds is not true, nor what turns on more than `MOST_CHOICES`.
    """
    waiting = [inquiry]
    for _ in range(2 * MOST_CHOICES):
        if not waiting:
            return True
        read = waiting.pop()
        try:
            if not says(read):
                return False
        except (NotCompiled, TooManySteps, OutOfMemory):
            return False
        except ReadingNeeded as needed:
            waiting += choices(read, needed)
    return False


def by_reading(inquiry: Inquiry, ask: Callable[[Inquiry], Outcome]) -> Iterator[Outcome]:
    """Yield what ``ask`` answers under every choice of the declared readings that it turns on.

    Where there are more than `MOST_CHOICES` the rest is one answer: unknown.
    """
    waiting = [inquiry]
    answered = 0
    while waiting:
        read = waiting.pop()
        if answered == MOST_CHOICES:
            note = (
                f"it turns on more than {MOST_CHOICES} choices of readings; the rest was not asked"
            )
            yield Outcome(read.readings, "unknown", note=note)
            return
        try:
            found = ask(read)
        except NotCompiled as construct:
            note = f"cannot be decided for all worlds: {construct}"
            found = Outcome(read.readings, "unknown", note=note)
        except (TooManySteps, OutOfMemory) as limit:
            found = Outcome(read.readings, "unknown", note=str(limit))
        except ReadingNeeded as needed:
            waiting += reversed([*choices(read, needed)])
            continue
        answered += 1
        yield found


def choices(inquiry: Inquiry, needed: ReadingNeeded) -> Iterator[Inquiry]:
    """Yield ``inquiry`` under each of the readings of a text of which one is needed."""
    for option, _ in inquiry.law.vocabulary.readings[needed.reading].options:
        yield inquiry.read({**inquiry.readings, needed.reading: option})
