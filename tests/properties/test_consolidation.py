"""The law as amended judges as the same law written by hand, every version in its own time."""

from dataclasses import replace
from functools import partial
from itertools import islice

import pytest
from hypothesis import given

import brute
import laws
from amparo.core.law import UNSEEN, Law
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import governs, outcome
from strategies.bills import OLD, Amended, amended
from tally import count
from trying import each_shape, trying

WORLDS = each_shape(400)


@pytest.mark.slow
@trying(40)
@given(amended())
def test_the_consolidated_law_judges_as_the_law_written_by_hand(written: Amended) -> None:
    head, by_hand = laws.law(written.text), laws.law(written.by_hand.text)

    for law in (head, by_hand):
        for world in islice(brute.small_worlds(law, _readings(law), most=6), WORLDS):
            said, expected = _judged(head, world), _judged(by_hand, world)
            assert said == expected, (said ^ expected, world, written.text, written.by_hand.text)
            count("worlds judged by a consolidated law")
    count("bills consolidated")


@pytest.mark.slow
@trying(15)
@given(amended())
def test_a_bill_that_is_not_asked_about_changes_nothing(written: Amended) -> None:
    editions = laws.editions(written.text)
    alone = laws.law(written.before.text)

    for law in (editions.base().law, editions.variant(frozenset())):
        assert law is not None
        for world in islice(brute.small_worlds(alone, _readings(alone), most=4), 100):
            assert _judged(law, world) == _judged(alone, world)


def _readings(law: Law) -> dict[str, str]:
    return {name: each.options[0][0] for name, each in law.vocabulary.readings.items()}


def _judged(law: Law, world: World) -> set[tuple[str, str, str]]:
    """Return which norms apply to which acts, by their places; versions are one norm.

    What a text not seen says is left open: it has another name in each law.
    """
    told = {key: so for key, so in world.open_facts.items() if not key[0].startswith(UNSEEN)}
    world = replace(world, open_facts=told)
    context = Context(law, world)
    found = set()
    for norm in law.norms.values():
        kind = norm.id.partition(": ")[2].partition(" via ")[0]
        for event in world.events:
            said = outcome(partial(governs, norm, event, context))
            if said is not False:
                place = f"{norm.provision}".removesuffix(OLD)
                found.add((f"{place} {kind}", event, "so" if said is True else "open"))
    broken = brute.obeyed(law, world)
    found.add(("obeyed", "", f"{broken}"))
    return found
