"""Small laws from their text, by the real road: parser, consolidation, core, engine."""

import datetime
import sys

from amparo.core.extent import FRAMES
from amparo.core.law import Law
from amparo.explain.story import told
from amparo.pipeline.editions import Editions
from amparo.pipeline.load import Body
from amparo.smt.search import Budget
from amparo.syntax.parse import parse
from amparo.syntax.tree import Bill, File
from amparo.text import Source
from amparo.verify.against import WORSE
from amparo.verify.blame import blamed
from amparo.verify.check import check, protects
from amparo.verify.finding import Finding
from amparo.verify.inquiry import ORDINARY, Inquiry, latest, one_day

RANKS = ("constitution", "law", "decree")
# A law that is read raises it; hypothesis would rather not see that in the midst of a test.
sys.setrecursionlimit(max(FRAMES, sys.getrecursionlimit()))


def read(text: str) -> File:
    """Return the tree of a text without faults."""
    tree, problems = parse(Source("law.norm", text))
    assert problems == (), problems
    return tree


def editions(text: str) -> Editions:
    """Return the law of ``text``; every bill in it that is not enacted is asked about."""
    file = read(text)
    body = Body("body", RANKS, (file,))
    return Editions(body, tuple(each for each in file.items if isinstance(each, Bill)))


def law(text: str) -> Law:
    """Return the law of ``text`` with its bills."""
    return editions(text).head().law


def on(text: str) -> datetime.date:
    """Return a date written as in the language."""
    return datetime.date.fromisoformat(text)


def inquiry(
    found: Law,
    as_of: str | None = None,
    *,
    near: str | None = None,
    gravest: bool = False,
    budget: Budget | None = None,
) -> Inquiry:
    """Return an inquiry into a law, as of a day if one is given."""
    day = None if as_of is None else on(as_of)
    around = day or latest(found) if near is None else on(near)
    return Inquiry(found, around, when=one_day(day), gravest=gravest, budget=budget or ORDINARY)


def findings(
    text: str, as_of: str | None = None, *, near: str | None = None, gravest: bool = False
) -> tuple[Finding, ...]:
    """Return what is found of the protections of ``text``, with the story of each case."""
    asked = editions(text)
    head = asked.head().law
    into = inquiry(head, as_of, near=near, gravest=gravest)
    base = asked.base().law if asked.asked else None
    found = check(into, base)
    if base is not None:
        found = blamed(into, base, asked.drafts(), found)
    return tuple(told(head, each) for each in found)


def finding(
    text: str, as_of: str | None = None, *, near: str | None = None, gravest: bool = False
) -> Finding:
    """Return the worst that is found of the only protection of ``text``."""
    several = findings(text, as_of, near=near, gravest=gravest)
    found = [each for each in several if protects(each.rule)]
    assert len({each.norm for each in found}) == 1, found
    return max(reversed(found), key=lambda each: WORSE[each.verdict])


def edited(text: str, old: str, new: str = "") -> str:
    """Return ``text`` with ``new`` in place of ``old``, which occurs in it once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)
