"""What the words of the law were and what they become, provision by provision.

The texts compared are those in force: on each day on which something commences or ends, what one
law says is set against what the other says. So the words show, not how history is kept.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal as OneOf

from amparo.amend.history import Address, as_place, sites, sliced
from amparo.amend.instructions import cite
from amparo.amend.parts import Part, own_period, slots, with_slot
from amparo.syntax.tree import Act, Place
from amparo.syntax.unparse import unparse_node

Mark = OneOf["keep", "delete", "insert"]
Marked = tuple[Mark, str]
"""Words, with the white space between them, and whether they stay, go or come."""


@dataclass(frozen=True, slots=True)
class Edit:
    """The words of one provision of ``act`` before and after ``day`` (None: at all times).

    The words kept and deleted are the old text, those kept and inserted the new one, which also
    decides where lines break.
    """

    act: str
    place: Place
    day: datetime.date | None
    words: tuple[Marked, ...]


def redline(before: Sequence[Act], after: Sequence[Act]) -> tuple[Edit, ...]:
    """Return how the words of ``after`` differ from those of ``before``: by act, place and day.

    A difference that lasts is told once, on the first day of it.
    """
    edits: dict[tuple[str, Place, tuple[Marked, ...]], Edit] = {}
    old, new = ({each.name.text: each for each in acts} for acts in (before, after))
    for name in dict.fromkeys((*new, *old)):
        for day in days_of_change(each[name] for each in (old, new) if name in each):
            was, is_now = (standing(each.get(name), day) for each in (old, new))
            for address in in_order(list(was), list(is_now)):
                for words in compared(was.get(address, ()), is_now.get(address, ())):
                    stated = None if day == datetime.date.min else day
                    edit = Edit(name, as_place(address), stated, words)
                    edits.setdefault((name, edit.place, words), edit)
    return tuple(edits.values())


def render_plain(edits: Iterable[Edit]) -> str:
    """Return ``edits`` as text, with ``[-what goes-]`` and ``{+what comes+}``."""
    return "\n\n".join(_plain(each) for each in edits) + "\n" if edits else ""


def _plain(edit: Edit) -> str:
    marks: dict[Mark, tuple[str, str]] = {
        "keep": ("", ""),
        "delete": ("[-", "-]"),
        "insert": ("{+", "+}"),
    }
    place = cite(edit.place)
    day = f", from {edit.day}" if edit.day else ""
    text = "".join(f"{marks[mark][0]}{words}{marks[mark][1]}" for mark, words in edit.words)
    return f"{edit.act}{' ' if place else ''}{place}{day}\n{text}"


def days_of_change(acts: Iterable[Act]) -> list[datetime.date]:
    """Return the days on which the text of some act changes, and the beginning of time."""
    days = {datetime.date.min}
    for act in acts:
        for part in (act, *(each.part for each in sites(act))):
            period = own_period(part)
            days |= {each for each in (period.start, period.end) if each}
    return sorted(days)


def standing(act: Act | None, day: datetime.date) -> dict[Address, tuple[Act | Part, ...]]:
    """Return the provisions of ``act`` on ``day``, each without what it holds, in text order."""
    if act is None or not own_period(act).covers(day):
        return {}
    found: dict[Address, tuple[Act | Part, ...]] = {}
    now = sliced(act, day)
    for address, part in ((), now), *((each.address, each.part) for each in sites(now)):
        found[address] = (*found.get(address, ()), _alone(part))
    return found


def _alone(part: Act | Part) -> Act | Part:
    for slot, _ in slots(part):
        part = with_slot(part, slot, ())
    return part


def in_order(old: Sequence[Address], new: Sequence[Address]) -> list[Address]:
    """Return all addresses: the new order, with what is no more after what it stood behind."""
    order, known = list(new), set(new)
    for index, address in enumerate(old):
        if address not in known:
            order.insert(order.index(old[index - 1]) + 1 if index else 0, address)
            known.add(address)
    return order


def compared(old: Sequence[Act | Part], new: Sequence[Act | Part]) -> Iterator[tuple[Marked, ...]]:
    """Yield what differs of one place, word by word: a definition may have several clauses."""
    gone = [unparse_node(each).strip() for each in old if each not in new]
    come = [unparse_node(each).strip() for each in new if each not in old]
    for was, is_now in zip_longest(gone, come, fillvalue=""):
        yield _words(was, is_now)


def _words(old: str, new: str) -> tuple[Marked, ...]:
    before, after = (re.findall(r"\w+(?:\.\w+)*\s*|[^\w\s]\s*", each) for each in (old, new))
    found: list[Marked] = []
    # Where a line breaks is layout, no change of words.
    was, is_now = ([each.strip() for each in words] for words in (before, after))
    matcher = SequenceMatcher(None, was, is_now, autojunk=False)
    for mark, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        gone, come = "".join(before[old_start:old_end]), "".join(after[new_start:new_end])
        if mark == "equal":
            found.append(("keep", come))
        elif mark == "replace":
            space = come[len(come.rstrip()) :]
            found += (("delete", gone.rstrip()), ("insert", come.rstrip()), ("keep", space))
        else:
            found += (("delete", gone), ("insert", come))
    return tuple(each for each in found if each[1])
