"""The engine's verdict is that of trying every small world.

Never a wrong `holds`: that is what this program may not say. `python tests/long properties` tries
harder.
"""

from collections.abc import Mapping

import pytest
from hypothesis import given

import brute
import laws
import random_laws
from amparo.core.law import Denial, Law
from amparo.diagnostics import Rejected
from amparo.verify.check import check
from amparo.verify.finding import Outcome
from trying import each_shape, trying

EACH_SHAPE = each_shape(20)

BROKEN: Mapping[str, Denial | None] = {
    "licensed-violation": None,
    "missing-safeguard": None,
    "denied-right": "forbidden",
    "right-without-remedy": "no basis",
}
"""The rules of the protections, and how the right of each is denied."""


@pytest.mark.slow
@trying(60)
@given(random_laws.laws())
def test_the_verdict_is_that_of_trying_every_small_world(text: str) -> None:
    try:
        law = laws.law(text)
    except Rejected:
        return

    for found in check(laws.inquiry(law)):
        if found.rule in BROKEN:
            for outcome in found.outcomes:
                _agrees(law, found.norm, BROKEN[found.rule], outcome)


def _agrees(law: Law, norm: str, denial: Denial | None, outcome: Outcome) -> None:
    if outcome.verdict in ("violated", "depends"):
        assert outcome.world is not None
        assert brute.shows(law, outcome.world, norm, denial)
    if outcome.verdict == "violated":
        assert outcome.world is not None
        assert not any(
            brute.rescued(law, each, norm, denial) for each in brute.revalued(outcome.world)
        )
    if outcome.verdict not in ("holds", "depends"):
        return
    for world in brute.small_worlds(law, outcome.readings, most=EACH_SHAPE):
        if brute.shows(law, world, norm, denial):
            assert outcome.verdict != "holds", world
            assert any(brute.rescued(law, each, norm, denial) for each in brute.revalued(world)), (
                world
            )
