"""What a judgement is made in: a law, a world, a side, and the acts that are only imagined.

An imagined act is what "is open to" and a guarantee speak of: it is judged, but it is not in the
world. No quantifier ranges over it and no state is begun or ended by it.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from amparo.core.law import Law, NormId
from amparo.core.world import Event, Plain, World
from amparo.core.world import imagined as name_of

Binding = Mapping[str, Plain]
"""Names of variables to names of individuals; that of `MOMENT` to an event or a date."""
Moment = tuple[datetime.date, int, int]
"""Day, order within the day, and how many imagined acts later."""

MOST_STEPS = 2_000_000
"""Steps that the judgements of one world may take."""


class TooManySteps(Exception):
    """A world is too large for what the law asks of it: nothing is said of it."""

    def __init__(self) -> None:
        """Name the limit."""
        super().__init__(f"judging one case takes more than {MOST_STEPS:,} steps")


@dataclass(slots=True)
class Steps:
    """Counts the steps of one judged world: conditions, values, and looks at an individual.

    Quantifiers inside one another take the product of their sizes. What is counted is the same
    on every machine.
    """

    taken: int = 0

    def take(self) -> None:
        """Count one more.

        Raises:
            TooManySteps: it is more than `MOST_STEPS`.
        """
        self.taken += 1
        if self.taken > MOST_STEPS:
            raise TooManySteps


@dataclass(frozen=True, slots=True)
class Context:
    """``rank`` is that of the protection asked about: the lower law is the norms of lower rank.

    ``memory`` keeps what was judged; it belongs to this law, world and rank, as ``steps`` do.
    """

    law: Law
    world: World
    rank: int = 0
    imagined: Mapping[str, tuple[Event, int]] = field(default_factory=dict)
    memory: dict[tuple[NormId, str, datetime.date | None], bool] = field(
        default_factory=dict, compare=False, repr=False
    )
    steps: Steps = field(default_factory=Steps, compare=False, repr=False)

    def event(self, name: str) -> Event:
        """Return the event called ``name``, imagined or not."""
        return self.imagined[name][0] if name in self.imagined else self.world.events[name]

    def moment(self, name: str) -> Moment:
        """Return when the event called ``name`` happens."""
        self.steps.take()
        if name in self.imagined:
            act, tick = self.imagined[name]
            return act.on, act.order, tick
        return *self.world.events[name].moment, 0

    def is_event(self, name: str) -> bool:
        """Say whether ``name`` is an event, imagined or not."""
        return name in self.imagined or name in self.world.events

    def is_a(self, name: str, kind: str) -> bool:
        """Say whether the individual called ``name`` is of ``kind``."""
        self.steps.take()
        kinds = self.event(name).kinds if self.is_event(name) else self.world.things[name]
        return any(kind in self.law.vocabulary.lineage(each) for each in kinds)

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Return the names of the individuals of ``kind`` in the world, sorted."""
        names = sorted({*self.world.things, *self.world.events})
        return tuple(name for name in names if self.is_a(name, kind))

    def same_side(self, first: int, second: int) -> bool:
        """Say whether norms of these ranks are both lower law, or both not."""
        return (first > self.rank) == (second > self.rank)


def imagine(kind: str, holder: str, against: str | None, context: Context) -> tuple[str, Context]:
    """Return the name of an act of ``kind`` by ``holder``, and the context in which it is judged.

    It happens straight after the act ``against``, on its day; where there is no such act, at the
    end of the closing date.
    """
    name = name_of(kind, holder, against)
    roles = {"by": holder} if against is None else {"by": holder, "against": against}
    day, order, tick = _anchor(against, context)
    act = Event(name, frozenset({kind}), day, order, roles)
    return name, replace(context, imagined={**context.imagined, name: (act, tick + 1)})


def _anchor(against: str | None, context: Context) -> Moment:
    if against is not None and context.is_event(against):
        return context.moment(against)
    closing, events = context.world.closing, context.world.events.values()
    return closing, max((each.order for each in events if each.on == closing), default=0), 0
