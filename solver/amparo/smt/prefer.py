"""The small and plausible case among those that satisfy a question.

In the order of the design, each settled before the next: the fewest events; the fewest double
roles (a debtor who is also the prosecutor); the fewest people and things; the fewest facts that
differ from the ordinary. These are counted, and the count is lowered until a check finds nothing
smaller. Then wishes are kept one by one where they can be: who of several is spared, ordinary
and round amounts, events in a sensible order on ordinary days near that of the check. A check is
skipped where the model at hand satisfies the wish already.

Which of several cases is shown is a matter of taste. So each stage may spend so much, and what it
has not settled by then stays as it is.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from amparo.core.condition import Constant, Enumerated, Money, Sort, WorkingDays
from amparo.core.law import Fact
from amparo.smt import term as t
from amparo.smt.ground import CLOSING, LAST_DAY, Element, Ground, Named, plain
from amparo.smt.search import (
    CLOSED,
    Budget,
    correct_sums,
    fewest_needed,
    is_active,
    present,
    question,
)
from amparo.smt.session import Session
from amparo.smt.term import Term

SATURDAY = 5
ROUND = (100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 100)
"""Hundredths that an amount had best be, or else be a multiple of, the roundest first."""
MOST_ROOM = 3
"""How often the domain grows for a smaller case."""
ROOMY = ("events", "double")
"""What may be fewer in a larger domain."""
TASTE = 8
"""What part of the effort for an answer a preference may cost."""
COUNTED = ("events", "double", "people", "unusual")
"""What is counted, in the order in which it is lowered."""
STAGES = 4
"""Into how many parts the effort is divided: for room, for counts, for wishes, and to end."""


def plausible(
    ground: Ground, assertions: Callable[[], list[Term]], budget: Budget, near: int
) -> Session | None:
    """Return a session whose last model is the preferred one; None when the budget ends first.

    ``near`` is the ordinal of the day of the check.
    """
    roomy = 0
    for _ in range(budget.rounds * 10):
        session = _preferred(ground, assertions, budget, near, room=roomy < MOST_ROOM)
        if isinstance(session, _Grown):
            roomy += 1
        elif session is None or not correct_sums(ground, session):
            return session
    return None


class _Grown:
    """The domain has grown, for those whom a smaller case needs."""


def _preferred(
    ground: Ground, assertions: Callable[[], list[Term]], budget: Budget, near: int, *, room: bool
) -> Session | _Grown | None:
    script = question(ground, assertions)
    declared = len(ground.symbols.declarations)
    counts = [_events(ground), _double(ground), _people(ground), _unusual(ground)]
    wishes = _Wishes()
    plain_ones = [wishes.name(each) for each in (*_spared(ground), *_amounts(ground, near))]
    order = [wishes.name(each) for each in _ordered(ground)]
    dates = _Dates(ground, near, wishes)
    lines = [
        # A wish may speak of a kind of which the question did not.
        *tuple(ground.symbols.declarations.values())[declared:],
        *(line for name, each in zip(COUNTED, counts, strict=True) for line in _count(name, each)),
        *wishes.lines,
    ]
    session = Session(script + "\n".join(lines), budget.effort // TASTE)
    stage = session.left // STAGES
    if room and _smaller(ground, _Trying(session, 3 * stage), budget, counts):
        return _Grown()
    session.add(CLOSED)
    if session.check() != "sat":
        return None
    counting, wishing = _Trying(session, 2 * stage), _Trying(session, stage)
    kept = (
        all(counting.least(name, len(each)) for name, each in zip(COUNTED, counts, strict=True))
        and wishing.keep(plain_ones)
        and wishing.keep(order)
        and wishing.keep(dates.chosen(session))
    )
    return session if kept else None


def _smaller(ground: Ground, trying: "_Trying", budget: Budget, counts: list[list[Term]]) -> bool:
    """Say whether less would do if somebody joined the domain; if so, he has joined it.

    The domain was made for some world, not for the smallest: in that, an open end may have to be
    somebody whom another event brings in, or one who has a part already.
    """
    session = trying.session
    settled: list[str] = []
    for name, terms in zip(ROOMY, counts, strict=False):
        if session.check([CLOSED, *settled]) != "sat":
            return False
        least = trying.fewest(name, [CLOSED, *settled])
        if least and trying.can([*settled, f"{name}{least - 1}"]):
            for each in (*settled, f"{name}{least - 1}"):
                session.add(each)
            return session.check() != "sat" or _joined(ground, session, budget)
        if least < len(terms):
            settled.append(f"{name}{least}")
    return False


def _joined(ground: Ground, session: Session, budget: Budget) -> bool:
    needed, unfolded = fewest_needed(ground, session)
    if len(ground.domain) + len(needed) <= budget.individuals:
        ground.domain.update((each.name, each) for each in needed)
        ground.unfolded.update(unfolded)
    return True


# -- counting, and wishing ------------------------------------------------------------------------


class _Wishes:
    """Conditions under names by which they can be assumed, each defined once."""

    def __init__(self) -> None:
        self._names: dict[Term, str] = {}
        self.lines: list[str] = []

    def name(self, wish: Term) -> str:
        """Return the name of ``wish``."""
        if wish not in self._names:
            name = self._names[wish] = f"wish{len(self._names)}"
            self.lines += [f"(declare-const {name} Bool)", f"(assert (= {name} {wish}))"]
        return self._names[wish]


def _count(name: str, terms: list[Term]) -> list[str]:
    """Return declarations of how many of ``terms`` hold, and of ``<name><k>``: at most k."""
    total = f"(+ 0 {' '.join(t.ite(each, '1', '0') for each in terms)})" if terms else "0"
    lines = [f"(declare-const {name} Int)", f"(assert (= {name} {total}))"]
    for number in range(len(terms)):
        lines.append(f"(declare-const {name}{number} Bool)")
        lines.append(f"(assert (= {name}{number} (<= {name} {number})))")
    return lines


@dataclass(slots=True)
class _Trying:
    """A session that tries for more while more than ``reserve`` of its effort is left.

    Its last model is always one of what is held: what was tried for in vain is given up.
    """

    session: Session
    reserve: int

    def can(self, names: list[str]) -> bool:
        """Say whether these can all be had, for half of what may be spent; no where nothing may."""
        most = (self.session.left - self.reserve) // 2
        return most > 0 and self.session.check(names, most=most) == "sat"

    def fewest(self, name: str, assumed: list[str]) -> int:
        """Return the least the count ``name`` is found to be, given a model; ``assumed`` holds."""
        count = int(self.session.number(name, "Int"))
        while count and self.can([*assumed, f"{name}{count - 1}"]):
            count = int(self.session.number(name, "Int"))
        return count

    def least(self, name: str, most: int) -> bool:
        """Hold the count ``name``, of ``most`` at the most, to the least; no if there is no model."""
        count = self.fewest(name, [])
        if count < most:
            self.session.add(f"{name}{count}")
        return self.session.check() == "sat"

    def keep(self, names: Iterable[str]) -> bool:
        """Keep every wish that can be had with those before it; no if there is no model."""
        for name in names:
            if self.session.truth(name):
                self.session.add(name)
            elif self.session.left <= self.reserve:
                continue
            elif self.can([name]):
                self.session.add(name)
            elif self.session.check() != "sat":
                return False
        return self.session.check() == "sat"


# -- what is counted ------------------------------------------------------------------------------


def _events(ground: Ground) -> list[Term]:
    return _distinct(ground, [e for e in ground.domain.values() if ground.is_event(e)])


def _people(ground: Ground) -> list[Term]:
    return _distinct(ground, [e for e in ground.domain.values() if not ground.is_event(e)])


def _distinct(ground: Ground, elements: list[Element]) -> list[Term]:
    """Return of each that he is there and is nobody who stands before him: so each counts once."""
    return [
        t.and_(
            each.active,
            *(
                t.not_(t.and_(other.active, ground.same(each, other)))
                for other in elements[:position]
            ),
        )
        for position, each in enumerate(elements)
    ]


def _double(ground: Ground) -> list[Term]:
    """Return of every two roles that one and the same fills both."""
    fillers: dict[str, dict[str, Element]] = {}
    for key, filler in ground.fillers.items():
        if not ground.is_event(filler):
            fillers.setdefault(ground.labels[key], {})[filler.name] = filler
    found = []
    for first, second in combinations(sorted(fillers), 2):
        both = t.disjunction(
            t.and_(a.active, b.active, ground.same(a, b))
            for a in fillers[first].values()
            for b in fillers[second].values()
        )
        if both != t.FALSE:
            found.append(both)
    return found


def _unusual(ground: Ground) -> list[Term]:
    """Return whatever may be so and ordinarily is not.

    A relation holds, somebody is of a more special kind than he is known to be, an amount lies
    beyond its ordinary range.
    """
    found = [
        t.and_(name, *(ground.elements[each].active for each in arguments))
        for (fact, arguments), name in ground.atoms.items()
        if ground.vocabulary.facts[fact].category != "open"
    ]
    for each in ground.domain.values():
        for kind in ground.narrower(each):
            found.append(t.and_(each.active, ground.is_kind(each, kind)))
    for (_, arguments), named, fact in _attributes(ground):
        there = (ground.elements[each].active for each in arguments)
        if fact is not None and (ordinary := _ordinary(ground, fact, named)) != t.TRUE:
            found.append(t.and_(*there, t.not_(ordinary)))
    return found


# -- what is wished -------------------------------------------------------------------------------


def _spared(ground: Ground) -> Iterator[Term]:
    """Wish, among what is counted alike, for the same on every run: whoever comes last is spared."""
    for each in ground.domain.values():
        yield t.not_(each.active)
    for (fact, _), name in ground.atoms.items():
        if ground.vocabulary.facts[fact].category != "open":
            yield t.not_(name)
    for each in ground.domain.values():
        for kind in ground.narrower(each):
            yield t.not_(ground.is_kind(each, kind))


def _attributes(
    ground: Ground,
) -> Iterator[tuple[tuple[str, tuple[str, ...]], Named, Fact | None]]:
    for key, named in ground.values.items():
        label = ground.labels[key]
        if label not in ("day", "order"):
            yield key, named, ground.vocabulary.facts.get(label) if key[0][0] == "f" else None


def _amounts(ground: Ground, near: int) -> Iterator[Term]:
    for key, named, fact in _attributes(ground):
        sort = fact.sort if fact is not None else _role(ground, *key)
        if fact is not None:
            yield from _declared(ground, fact, named)
        if isinstance(sort, Money):
            yield from (t.equal(named.name, str(each)) for each in ROUND)
            yield t.compare("<=", "100", named.name)
            yield from (t.equal(f"(mod {named.name} {each})", "0") for each in ROUND)
        elif isinstance(sort, Enumerated):
            yield t.equal(named.name, "0")
        elif sort == "share":
            yield from (t.equal(named.name, each) for each in ("1.0", "0.5", "0.25", "0.75"))
        elif sort == "date":
            yield t.equal(named.name, str(near))
            yield t.compare("<=", named.name, str(near))
            yield t.compare("<=", str(near - 400), named.name)
        else:
            yield from (t.equal(named.name, each) for each in ("1", "2"))
            yield from (t.equal(f"(mod {named.name} {each})", "0") for each in (100, 10, 5))


def _role(ground: Ground, function: str, arguments: tuple[str, ...]) -> Sort | None:
    """Return the sort of the values of a role."""
    vocabulary, kind = ground.vocabulary, ground.elements[arguments[0]].kind
    role = ground.labels[function, arguments]
    for each in (*vocabulary.lineage(kind), *vocabulary.below(kind)):
        if role in (roles := dict(vocabulary.kinds[each].roles)):
            return roles[role]
    return None


def _declared(ground: Ground, fact: Fact, named: Named) -> Iterator[Term]:
    """Wish for what the vocabulary calls ordinary: its value, or the lower end of its range."""
    ends = _ends(ground, fact)
    if ends:
        yield t.equal(named.name, ends[0])
        yield _ordinary(ground, fact, named)


def _ordinary(ground: Ground, fact: Fact, named: Named) -> Term:
    """Return that a value is as the vocabulary says that it ordinarily is."""
    match _ends(ground, fact):
        case [only]:
            return t.equal(named.name, only)
        case [low, high]:
            return t.and_(t.compare("<=", low, named.name), t.compare("<=", named.name, high))
        case _:
            return t.TRUE


def _ends(ground: Ground, fact: Fact) -> list[Term]:
    return [
        plain(each.value, each.sort, ground.vocabulary.enumerations)
        for each in fact.ordinary
        if isinstance(each, Constant)
    ]


def _ordered(ground: Ground) -> Iterator[Term]:
    """Wish that one thing happens after another, and after what it speaks of."""
    events = [each for each in ground.domain.values() if ground.is_event(each)]
    for first, second in combinations(events, 2):
        yield t.implies(
            t.and_(first.active, second.active, t.not_(ground.same(first, second))),
            t.not_(
                t.and_(
                    t.equal(ground.day(first), ground.day(second)),
                    t.equal(ground.order(first), ground.order(second)),
                )
            ),
        )
    spoken_of: list[tuple[Element, Element, Term]] = [
        (ground.elements[owner], each, t.and_(filler.active, ground.same(filler, each)))
        for (_, (owner, *_)), filler in ((k, f) for k, f in ground.fillers.items() if k[1])
        if owner in ground.domain and ground.is_event(filler)
        for each in events
        if owner != each.name and ground.same(filler, each) != t.FALSE
    ]
    # A sanction of a measure in proceedings comes when these were opened: the proceedings are
    # spoken of by the measure, which is what the question is about, and the measure by the sanction.
    before = [(each, so) for event, each, so in spoken_of if event is events[0]]
    after = [(event, so) for event, each, so in spoken_of if each is events[0]]
    spoken_of += [
        (event, earlier, t.and_(events[0].active, is_act, is_he))
        for (event, is_act), (earlier, is_he) in product(after, before)
        if event is not earlier
    ]
    for event, earlier, so in spoken_of:
        day, next_day = ground.day(earlier), ground.day(event)
        place, next_place = ground.order(earlier), ground.order(event)
        yield t.implies(
            t.and_(event.active, earlier.active, so),
            t.or_(
                t.compare("<", day, next_day),
                t.and_(t.equal(day, next_day), t.compare("<", place, next_place)),
            ),
        )


class _Dates:
    """Wishes for dates: the first event of the question near the check, the others by the week.

    Which of them apply is known once the order of events is: `chosen` reads it off the model.
    """

    def __init__(self, ground: Ground, near: int, wishes: _Wishes) -> None:
        self._ground = ground
        self._near = near
        self._events = [each for each in ground.domain.values() if ground.is_event(each)]
        self._wishes = wishes
        self._slots = {
            (each.name, place): wishes.name(t.equal(ground.day(each), str(self._day(place))))
            for each in self._events
            for place in range(-len(self._events), len(self._events) + 1)
        }
        self._soon = [wishes.name(each) for each in _soon(ground)]
        self._near_by = {each.name: self._nearness(each) for each in self._events}
        self._first = [wishes.name(t.equal(ground.order(each), "0")) for each in self._events]
        self._few = [
            wishes.name(t.compare("<", ground.order(each), str(len(self._events))))
            for each in self._events
        ]
        self._closing = [
            *(wishes.name(t.equal(CLOSING, ground.day(each))) for each in self._events),
            *(
                wishes.name(t.compare("<=", CLOSING, str(min(near + each, LAST_DAY))))
                for each in (0, 7, 31, 100, 400)
            ),
        ]

    def chosen(self, session: Session) -> Iterator[str]:
        """Yield the names of the wishes that suit the order of events in the last model."""
        if not self._events:
            yield from self._closing
            return
        places = self._places(session)
        if not places:
            return
        for name in sorted(places, key=lambda each: (abs(places[each]), places[each])):
            yield self._slots[name, places[name]]
            yield from self._near_by[name]
        yield from self._first
        yield from self._few
        yield from self._soon
        yield from self._closing

    def _places(self, session: Session) -> dict[str, int]:
        """Return how many places before (or after) the first event of the question each happens."""
        ground = self._ground
        there: dict[tuple[str, str], tuple[tuple[int, int], str]] = {}
        for each in self._events:
            if is_active(session, each):
                day, order = (
                    int(session.number(every, "Int"))
                    for every in (ground.day(each), ground.order(each))
                )
                there.setdefault(present(ground, session, each), ((day, order), each.name))
        names = [name for _, name in sorted(there.values(), key=lambda each: each[0])]
        if not names:
            return {}
        anchor = names.index(next(iter(there.values()))[1])
        return {name: place - anchor for place, name in enumerate(names)}

    def _day(self, place: int) -> int:
        """Return the day so many places from that of the check: weeks before it, days after it."""
        day = self._near + (7 * place if place < 0 else place)
        day = min(max(day, 1), LAST_DAY)
        weekday = datetime.date.fromordinal(day).weekday()
        if not place or weekday < SATURDAY:
            return day
        return max(day - (weekday - SATURDAY + 1), 1) if place < 0 else min(day + 2, LAST_DAY)

    def _nearness(self, event: Element) -> list[str]:
        near, day = self._near, self._ground.day(event)
        return [
            self._wishes.name(each)
            for reach in (7, 60, 400, 4_000)
            for each in (
                t.and_(
                    t.compare("<=", str(max(near - reach, 1)), day),
                    t.compare("<=", day, str(min(near + reach, LAST_DAY))),
                ),
            )
        ] + [
            # The first day of the calendar is a Monday.
            self._wishes.name(t.compare("<", f"(mod (- {day} 1) 7)", str(SATURDAY)))
        ]


def _soon(ground: Ground) -> Iterator[Term]:
    """Wish that working days beyond every calendar run as they do elsewhere."""
    for (length, backwards, _), (day, result, _) in ground.sums.items():
        first, last = (result, day) if backwards else (day, result)
        if isinstance(length, WorkingDays):
            yield t.compare("<=", last.name, f"(+ {first.name} {2 * length.count + 7})")
