"""Every provision of the law in its words, and within them what an amendment takes out and puts in.

`redline` tells what differs; here the same words stand among all others, in their place.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amparo.amend.history import Address
from amparo.amend.parts import Part
from amparo.amend.redline import Marked, compared, days_of_change, in_order, standing
from amparo.syntax.tree import Act
from amparo.syntax.unparse import unparse_node

Both = tuple[tuple[Act | Part, ...], tuple[Act | Part, ...]]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of the provision at ``address`` of ``act``, without what it holds.

    The act's own heading has an empty address. ``start`` and ``end`` are the days from and until
    which the words stand so (None: always, without end).
    """

    act: str
    address: Address
    words: tuple[Marked, ...]
    start: datetime.date | None = None
    end: datetime.date | None = None

    @property
    def changed(self) -> bool:
        """Say whether something in it goes or comes."""
        return any(mark != "keep" for mark, _ in self.words)


def passages(before: Sequence[Act], after: Sequence[Act]) -> tuple[Passage, ...]:
    """Return every provision of both laws, act by act, in the order of the text and of time."""
    old, new = ({each.name.text: each for each in acts} for acts in (before, after))
    return tuple(
        passage
        for name in dict.fromkeys((*new, *old))
        for passage in _of_act(name, old.get(name), new.get(name))
    )


def _of_act(name: str, old: Act | None, new: Act | None) -> Iterator[Passage]:
    order: list[Address] = []
    standing_so: dict[Address, list[tuple[datetime.date, Both]]] = {}
    for day in days_of_change(each for each in (old, new) if each is not None):
        was = standing(old, day)
        is_now = was if old == new else standing(new, day)
        order = in_order(order, in_order(list(was), list(is_now)))
        for address in order:
            both = was.get(address, ()), is_now.get(address, ())
            turns = standing_so.setdefault(address, [(datetime.date.min, ((), ()))])
            if turns[-1][1] != both:
                turns.append((day, both))
    for address in order:
        turns = standing_so[address]
        ends = [day for day, _ in turns[1:]] + [None]
        for (start, both), end in zip(turns, ends, strict=True):
            since = None if start == datetime.date.min else start
            for words in _words(*both):
                yield Passage(name, address, words, since, end)


def _words(was: Sequence[Act | Part], is_now: Sequence[Act | Part]) -> Iterator[tuple[Marked, ...]]:
    for each in is_now:
        if each in was:
            yield (("keep", unparse_node(each).strip()),)
    yield from compared(was, is_now)
