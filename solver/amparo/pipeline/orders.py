"""Of every two bills asked about: whether they make the same law in either order."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from amparo.core.law import Law
from amparo.diagnostics import Rejected
from amparo.pipeline.editions import Editions, is_enacted
from amparo.pipeline.prepare import Prepared
from amparo.syntax.tree import Bill
from amparo.verify.commute import commute
from amparo.verify.inquiry import Inquiry, latest, one_day


def order_notes(ready: Prepared, as_of: datetime.date | None = None) -> tuple[str, ...]:
    """Return a remark on every two bills asked about, if their order is a choice.

    That of bills already enacted is not: it is the order of their commencement.
    """
    asked = [each for each in ready.editions.asked if not is_enacted(each)]
    pairs = combinations(asked, 2)
    return tuple(note for pair in pairs for note in _pair(ready.editions, *pair, as_of))


def _pair(
    editions: Editions, first: Bill, second: Bill, as_of: datetime.date | None
) -> Iterator[str]:
    one, other = (f"`{each.name.text}`" for each in (first, second))
    laws = list[Law]()
    for earlier, later in ((first, second), (second, first)):
        law, why = _carried_out(editions, earlier, later)
        if law is None:
            yield (
                f"the bills {one} and {other} do not commute: `{later.name.text}` cannot be carried "
                f"out after `{earlier.name.text}`: {why}"
            )
            continue
        laws.append(law)
    if len(laws) < 2:  # noqa: PLR2004 - two orders
        return
    inquiry = Inquiry(laws[0], as_of or latest(laws[0]), when=one_day(as_of))
    match commute(laws[0], laws[1], inquiry):
        case "same words":
            yield f"the bills {one} and {other} commute: in either order the text is the same"
        case "same law":
            yield (
                f"the bills {one} and {other} commute: the texts differ with the order, and every "
                "case is judged alike"
            )
        case "differs":
            yield (
                f"the bills {one} and {other} do not commute: some cases are judged differently if "
                f"{other} is carried out first; here {one} is"
            )
        case "undecided":
            yield f"it could not be decided whether the bills {one} and {other} commute"


def _carried_out(editions: Editions, earlier: Bill, later: Bill) -> tuple[Law | None, str]:
    """Return the law with both bills in this order; or None, and why it cannot be made."""
    try:
        return replace(editions, asked=(earlier, later)).head().law, ""
    except Rejected as rejected:
        return None, rejected.diagnostics[0].message
