"""One instruction carried out on one act.

History is kept: what an instruction ends is in force until the day it commences, what it brings
is in force from that day, until what it takes the place of would have ended.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal as OneOf

from amparo.amend.desk import Desk, Touch, check_overlap, ending, standing, versions
from amparo.amend.history import Address, Site, sites, sites_under, versions_of
from amparo.amend.parts import Part, Slot, in_slot, key, own_period, slot_of
from amparo.amend.place import SENTENCES, route, writer, written
from amparo.amend.place import Step as Word
from amparo.amend.settle import Exchange, dated, end_of_group, settled, siblings_at
from amparo.amend.substitute import substituted
from amparo.diagnostics import Label
from amparo.syntax.tree import (
    Act,
    Add,
    Article,
    Content,
    Define,
    Duration,
    Insert,
    NormDecl,
    Paragraph,
    Place,
    Point,
    Renumber,
    Repeal,
    Replace,
    Substitute,
    Unless,
    Untranslated,
)
from amparo.text import Span

Manner = OneOf["replaced", "inserted", "repealed", "renumbered", "substituted", "excepted"]
Turned = tuple[Address, Part | None, Part | None]
"""Where a part changed, what it was, and what it is."""


@dataclass(frozen=True, slots=True)
class Work:
    """What an instruction made of the act."""

    act: Act
    manner: Manner
    turned: tuple[Turned, ...]
    touch: Touch


def carry_out(desk: Desk) -> Work:
    """Return what the instruction makes of the act.

    Raises:
        Rejected: the instruction does not fit the act.

    """
    match desk.order.instruction.action:
        case Replace(target=target, content=content):
            work = _replace(desk, target, content)
        case Insert(where="in", content=content):
            work = _insert_at_end(desk, content)
        case Insert(where=where, target=target, content=content):
            assert target is not None
            work = _insert_beside(desk, where == "after", target, content)
        case Repeal(target=target):
            work = _renew(desk, ending(desk, target), (), "repealed")
        case Renumber(target=target, new=new):
            work = _renumber(desk, target, new)
        case Substitute() as action:
            work = _substitute(desk, action)
        case Add(clause=clause):
            work = _add(desk, clause)
    return work


# -- instructions --------------------------------------------------------------------------


def _replace(desk: Desk, target: Place, content: Content) -> Work:
    ended = ending(desk, target)
    _check_level(desk, slot_of(ended[0].part), content, target.span)
    return _renew(desk, ended, content, "replaced")


def _insert_at_end(desk: Desk, content: Content) -> Work:
    way = route(desk.order, None)
    site = standing(desk, way)[0] if way else None
    holder = site.part if site else desk.act
    siblings = in_slot(holder, slot_of(content[0]))
    within = desk.order.instruction.within
    span = within.span if within else desk.order.amend.act.span
    if siblings is None:
        where = written(way) if way else "an act"
        message = f"{_kind(content[0])} cannot stand in {where} by itself"
        raise desk.order.rejected("wrong-level", message, span, [_brought(content[0])])
    address, path = (site.address, site.path) if site else ((), ())
    check_overlap(desk, Touch(desk.order, (), (), address), span)
    exchange = Exchange(path, len(siblings), dated(desk.order, content, None))
    return _settle(desk, exchange, address, "inserted")


def _insert_beside(desk: Desk, after: bool, target: Place, content: Content) -> Work:
    way = route(desk.order, target)
    anchors = versions(desk, way)
    _check_level(desk, slot_of(anchors[0].part), content, target.span)
    address, path = anchors[0].address[:-1], anchors[0].path[:-1]
    check_overlap(desk, Touch(desk.order, (), (), address), target.span)
    places = [each.path[-1][1] for each in anchors]
    index = max(places) + 1 if after else min(places)
    exchange = Exchange(path, index, dated(desk.order, content, None))
    return _settle(desk, exchange, address, "inserted")


def _renumber(desk: Desk, target: Place, new: Place) -> Work:
    ended = ending(desk, target)
    old, goal = route(desk.order, target), route(desk.order, new)
    same_way = [(each.level, each.name) for each in old[:-1]] == [
        (each.level, each.name) for each in goal[:-1]
    ]
    if not same_way or old[-1].level != goal[-1].level:
        message = f"{written(old)} cannot become {written(goal)}: only the last number may change"
        raise desk.order.rejected("wrong-level", message, new.span)
    return _renew(desk, ended, tuple(_relabelled(each.part, new) for each in ended), "renumbered")


def _substitute(desk: Desk, action: Substitute) -> Work:
    way = route(desk.order, None)
    if isinstance(action.old, Duration) != isinstance(action.new, Duration):
        message = "a length of time can only be put in the place of another"
        raise desk.order.rejected("wrong-level", message, action.old.span)
    hits = _hits(_sentences(desk, way), action)
    where = written(way) if way else f"`{desk.act.name.text}`"
    if not hits:
        message = f"{where} does not say `{_said(action.old.span)}`"
        related = [
            Label(each.part.span, "these words stand here")
            for each, _, _ in _hits(_sentences(desk, ()), action)
        ]
        related += [
            Label(each.part.span, f"`{bill.name.text}` changed it")
            for each in _sentences(desk, way)
            if (bill := writer(desk.applied, each.part.span))
        ]
        advice = None if related else "substitute a whole condition or term, or replace the norm"
        raise desk.order.rejected(
            "nothing-to-substitute", message, action.old.span, related, advice
        )
    spans = [span for _, _, found in hits for span in found]
    if len(spans) > 1:
        message = f"{where} says `{_said(action.old.span)}` {len(spans)} times"
        related = [Label(each, "here") for each in spans]
        advice = "name the provision or the norm, or write more of the words around"
        raise desk.order.rejected(
            "several-to-substitute", message, action.old.span, related, advice
        )
    site, sentence, _ = hits[0]
    return _rewritten(desk, site, sentence, "substituted", action.old.span)


def _sentences(desk: Desk, way: Sequence[Word]) -> list[Site]:
    """Return the norms and definitions in force on the day that are, or stand in, the place."""
    found = standing(desk, way) if way else ()
    below = (part for each in found for part in (each, *sites_under(desk.act, each)))
    return [
        each
        for each in (below if way else sites(desk.act))
        if isinstance(each.part, NormDecl | Define) and each.period.covers(desk.order.day)
    ]


def _hits(
    within: Iterable[Site], action: Substitute
) -> list[tuple[Site, NormDecl | Define, tuple[Span, ...]]]:
    hits: list[tuple[Site, NormDecl | Define, tuple[Span, ...]]] = []
    for each in within:
        assert isinstance(each.part, NormDecl | Define)
        sentence, found = substituted(each.part, action.old, action.new)
        if found:
            hits.append((each, sentence, tuple(node.span for node in found)))
    return hits


def _add(desk: Desk, clause: Unless) -> Work:
    way = route(desk.order, None)
    within = desk.order.instruction.within
    span = within.span if within else desk.order.amend.act.span
    named = bool(way) and way[-1].level in SENTENCES
    found = [each for each in _sentences(desk, way) if named or isinstance(each.part, NormDecl)]
    where = written(way) if way else f"`{desk.act.name.text}`"
    if not found:
        message = f"{where} has no norm to which an exception could be added"
        raise desk.order.rejected("unknown-place", message, span)
    if len(found) > 1:
        message = f"{where} has {len(found)} norms to which the exception could be added"
        related = [Label(each.part.span, "one of them") for each in found]
        raise desk.order.rejected(
            "ambiguous-target", message, span, related, "name the norm: `in … norm NAME`"
        )
    (site,) = found
    assert isinstance(site.part, NormDecl | Define)
    clauses = site.part.clauses
    last = max((i for i, each in enumerate(clauses) if isinstance(each, Unless)), default=-1)
    clauses = (*clauses[: last + 1], clause, *clauses[last + 1 :])
    return _rewritten(desk, site, replace(site.part, clauses=clauses), "excepted", span)


def _rewritten(
    desk: Desk, site: Site, sentence: NormDecl | Define, manner: Manner, at: Span
) -> Work:
    created = not versions_of(desk.before, site.address)
    touch = Touch(desk.order, (site.address,), (), site.address[:-1])
    check_overlap(desk, touch, at, created=created)
    # The words of the sentence are now partly the bill's: its span says which instruction it was.
    new = replace(sentence, span=desk.order.instruction.span)
    return _renew(desk, (site,), (new,), manner)


# -- what comes of it ----------------------------------------------------------------------


def _renew(desk: Desk, ended: Sequence[Site], content: Sequence[Part], manner: Manner) -> Work:
    """End ``ended`` and put ``content`` in their place."""
    *path, (_, last) = ended[-1].path
    siblings = siblings_at(desk.act, ended[-1].path)
    ends = [own_period(each.part).end for each in ended]
    end = None if None in ends else max(each for each in ends if each)
    brought = dated(desk.order, content, end)
    exchange = Exchange(tuple(path), end_of_group(siblings, last), brought, tuple(ended))
    return _settle(desk, exchange, ended[0].address[:-1], manner)


def _settle(desk: Desk, exchange: Exchange, into: Address, manner: Manner) -> Work:
    act = settled(desk.order, desk.act, exchange)
    turned = tuple(
        ((*into, key(new or old)), old, new)
        for old, new in zip_longest((each.part for each in exchange.ended), exchange.content)
    )
    touch = Touch(
        desk.order,
        tuple(each.address for each in exchange.ended),
        tuple((*into, key(each)) for each in exchange.content),
        into,
    )
    return Work(act, manner, turned, touch)


def _relabelled(part: Part, new: Place) -> Part:
    match part:
        case Article() if new.article:
            return replace(part, label=new.article)
        case Paragraph() if new.paragraph:
            return replace(part, label=new.paragraph)
        case Point() if new.point:
            return replace(part, label=new.point)
        case NormDecl() if new.norm:
            return replace(part, name=new.norm)
        case Define() if new.definition:
            return replace(part, name=new.definition)
        case _:
            raise AssertionError("a new place is of the level of the old one")


def _check_level(desk: Desk, slot: Slot, content: Content, at: Span) -> None:
    if slot_of(content[0]) != slot:
        old = {"articles": "an article", "paragraphs": "a paragraph", "points": "a point"}
        message = f"{_kind(content[0])} cannot stand in the place of {old.get(slot, 'a norm')}"
        raise desk.order.rejected("wrong-level", message, at, [_brought(content[0])])


def _kind(part: Part) -> str:
    if isinstance(part, Untranslated):
        return "an untranslated sentence"
    return f"{'an' if isinstance(part, Article) else 'a'} {key(part)[0]}"


def _brought(part: Part) -> Label:
    return Label(part.span, f"this is {_kind(part)}")


def _said(span: Span) -> str:
    return " ".join(span.text.split())
