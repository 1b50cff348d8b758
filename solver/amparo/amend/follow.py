"""Citations follow what a bill gives another number.

Who cites a provision means the provision and not its number. So what cited it before goes on to cite
it from the day of its new number on, in a version of its own; what the bill itself brings knows the
new numbers. Guarantees that a citation that was clear stays so: one that names no article gets it,
where the same words would fit the old place and the new one.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar, cast

from amparo.amend.history import Address, Site, Step, as_place, sites
from amparo.amend.instructions import Order
from amparo.amend.parts import Part, own_period, slots, with_slot
from amparo.amend.settle import Exchange, dated, end_of_group, settled, siblings_at
from amparo.syntax.tree import Act, Citation, Define, Name, Node, NormDecl, Place

Holder = TypeVar("Holder", bound=Act | Part)
Sentence = NormDecl | Define
LEVELS = ("article", "paragraph", "point", "norm", "definition")


@dataclass(frozen=True, slots=True)
class Move:
    """An order by which what stood at ``old`` of its act stands at ``new``."""

    order: Order
    old: Address
    new: Address

    @property
    def act(self) -> Name:
        """The act in which it moves."""
        return self.order.amend.act

    def holds(self, address: Address) -> bool:
        """Say whether ``address`` is what moves, or stands in it."""
        return address[: len(self.old)] == self.old

    def brought(self, address: Address) -> bool:
        """Say whether ``address`` is where it moves to, or stands in it."""
        return address[: len(self.new)] == self.new


def followed(before: Sequence[Act], law: Sequence[Act], moves: Sequence[Move]) -> list[Act]:
    """Return ``law``, as a bill made it of ``before``, where citations follow its ``moves``."""
    found = list(law)
    for day in sorted({each.order.day for each in moves}):
        together = [each for each in moves if each.order.day == day]
        for index, act in enumerate(found):
            found[index] = _followed(before, act, together, day)
    return found


def _followed(before: Sequence[Act], act: Act, moves: Sequence[Move], day: datetime.date) -> Act:
    own = [each for each in moves if each.act == act.name]
    done: set[tuple[Address, datetime.date | None]] = set()
    while True:
        for site in sites(act):
            key = (site.address, site.period.start)
            if key in done or not isinstance(site.part, Sentence) or _is_of(moves[0], site.part):
                continue
            done.add(key)
            here = next(
                (
                    each.old + site.address[len(each.new) :]
                    for each in own
                    if _came(each, site, day)
                ),
                site.address,
            )
            changes = list(_changes(before, act, here, site.part, moves))
            if changes:
                act = _versions(act, site, changes, day)
                done.add((site.address, day))
                break
        else:
            return act


def _came(move: Move, site: Site, day: datetime.date) -> bool:
    """Say whether ``site`` is the part of what ``move`` moved that stands there from ``day`` on."""
    start = site.period.start
    return move.brought(site.address) and start is not None and start >= day


def _is_of(move: Move, sentence: Sentence) -> bool:
    """Say whether the bill itself brings ``sentence``."""
    bill, span = move.order.bill.span, sentence.span
    return span.source == bill.source and bill.start <= span.start and span.end <= bill.end


@dataclass(frozen=True, slots=True)
class _Change:
    """What ``citation`` is called until the day, and from then on."""

    citation: Citation
    until: Citation
    since: Citation
    move: Move


def _changes(
    before: Sequence[Act], act: Act, here: Address, sentence: Sentence, moves: Sequence[Move]
) -> Iterator[_Change]:
    for citation in _citations(sentence):
        cited = act.name if citation.act is None else citation.act
        found = next((each for each in before if each.name == cited), None)
        beside = here if cited == act.name else ()
        target = None if found is None else _target(found, citation.place, beside)
        move = next((m for m in moves if m.act == cited and target and m.holds(target)), None)
        if move is None or target is None:
            continue
        if cited == act.name and move.holds(here) and not _names(citation, move.old):
            continue  # it stands in what moves and says nothing of its number
        until = _at(citation, target)
        since = _at(citation, move.new + target[len(move.old) :])
        explicit = _names(citation, move.old)
        yield _Change(citation, citation if explicit else until, since, move)


def _names(citation: Citation, old: Address) -> bool:
    """Say whether ``citation`` states every number on the way to ``old``."""
    return all(getattr(citation.place, level) is not None for level, _ in old)


def _at(citation: Citation, address: Address) -> Citation:
    place = as_place(address)
    return replace(citation, place=replace(place, span=citation.place.span))


def _target(act: Act, place: Place, here: Address) -> Address | None:
    """Return what ``place`` names in ``act``, seen from ``here``; None if that is not clear.

    What is left out is that of ``here``, if it fits; else that of the only place that fits.
    """
    wanted = [(level, _label(place, level)) for level in LEVELS]
    stated = tuple((level, label) for level, label in wanted if label is not None)
    fitting = {
        each.address
        for each in sites(act)
        if stated and each.address[-1] == stated[-1] and set(stated) <= set(each.address)
    }
    near = max((_shared(each, here) for each in fitting), default=0)
    fitting = {each for each in fitting if _shared(each, here) == near}
    if len(fitting) > 1:
        fitting = {each for each in fitting if len(each) == len(stated)} or fitting
    return fitting.pop() if len(fitting) == 1 else None


def _label(place: Place, level: str) -> str | None:
    label = getattr(place, level)
    return None if label is None else str(label.text)


def _shared(first: Address, second: Address) -> int:
    count = 0
    for mine, other in zip(first, second, strict=False):
        if mine != other:
            break
        count += 1
    return count


# -- in the text --------------------------------------------------------------------------------


def _versions(act: Act, site: Site, changes: Sequence[_Change], day: datetime.date) -> Act:
    """Return ``act`` with the sentence at ``site`` as it is until ``day``, and as it is from then on."""
    assert isinstance(site.part, Sentence)
    until = _said(site.part, {each.citation: each.until for each in changes})
    since = _said(site.part, {each.citation: each.since for each in changes})
    period, order = site.period, changes[0].move.order
    if period.start is not None and period.start >= day:
        return _put(act, site, since)
    act = _put(act, site, until)
    if period.end is not None and period.end <= day:
        return act
    *path, (_, last) = site.path
    new = replace(since, span=order.instruction.span)
    content = dated(order, (new,), own_period(site.part).end)
    siblings = siblings_at(act, site.path)
    ended = (replace(site, part=until),)
    exchange = Exchange(tuple(path), end_of_group(siblings, last), content, ended)
    return settled(order, act, exchange)


def _put(act: Act, site: Site, sentence: Sentence) -> Act:
    """Return ``act`` with ``sentence`` in the place of the one at ``site``."""
    return _put_in(act, site.path, sentence)


def _put_in(holder: Holder, path: Sequence[Step], sentence: Sentence) -> Holder:
    (slot, index), *rest = path
    parts = dict(slots(holder))[slot]
    new = _put_in(parts[index], rest, sentence) if rest else sentence
    return with_slot(holder, slot, (*parts[:index], new, *parts[index + 1 :]))


def _citations(part: object) -> Iterator[Citation]:
    if isinstance(part, tuple):
        for each in part:
            yield from _citations(each)
    elif isinstance(part, Citation):
        yield part
    elif isinstance(part, Node):
        for each in fields(part):
            yield from _citations(getattr(part, each.name))


def _said(sentence: Sentence, calls: Mapping[Citation, Citation]) -> Sentence:
    return cast("Sentence", _rewritten(sentence, calls))


def _rewritten(part: object, calls: Mapping[Citation, Citation]) -> object:
    if isinstance(part, tuple):
        return tuple(_rewritten(each, calls) for each in part)
    if isinstance(part, Citation):
        return calls.get(part, part)
    if not isinstance(part, Node):
        return part
    # Which field it is, and so its type, is known at run time only.
    changed: dict[str, Any] = {
        each.name: _rewritten(getattr(part, each.name), calls)
        for each in fields(part)
        if each.name != "span"
    }
    return replace(part, **changed)
