"""The engine's verdict is that of trying every small world.

Never a wrong `holds`: that is what this program may not say. `AMPARO_EXAMPLES=2000 pytest
tests/properties` tries harder.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings

import laws
import random_laws
import worlds
from amparo.core.law import Law
from amparo.core.world import World
from amparo.diagnostics import Rejected
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies, violations
from amparo.verify.check import check
from amparo.verify.finding import Outcome

EXAMPLES = int(os.environ.get("AMPARO_EXAMPLES", "60"))
EACH_SHAPE = int(os.environ.get("AMPARO_WORLDS", "40"))
PROTECTION = "basic article 1 norm protection"


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(random_laws.laws())
def test_the_verdict_is_that_of_trying_every_small_world(text: str) -> None:
    try:
        law = laws.law(text)
    except Rejected:
        return

    for found in check(laws.inquiry(law)):
        for outcome in found.outcomes:
            _agrees(text, law, outcome)


def _agrees(text: str, law: Law, outcome: Outcome) -> None:
    if outcome.verdict in ("violated", "depends"):
        assert outcome.world is not None
        assert _broken(law, outcome.world)
    if outcome.verdict == "violated":
        assert outcome.world is not None
        assert not any(_rescued(law, each) for each in _revalued(outcome.world))
    if outcome.verdict not in ("holds", "depends"):
        return
    for world in worlds.worlds(law, _words(text), outcome.readings, most=EACH_SHAPE):
        if _broken(law, world):
            assert outcome.verdict != "holds", world
            assert any(_rescued(law, each) for each in _revalued(world)), world


def _words(text: str) -> frozenset[str]:
    """Return the words that the acts use, and those that their definitions and states rest on."""
    used = set(re.findall(r"\w+", text.removeprefix(random_laws.VOCABULARY)))
    if "sole" in used:
        used |= {"owns", "needed"}
    if "held" in used:
        used |= {"Judge", "Notice", "Levy"}
    return frozenset(used)


def _broken(law: Law, world: World) -> bool:
    """Say whether everybody obeys the lower law in ``world`` and the protection is broken."""
    return bool(violations(law, world, PROTECTION)) and not complies(law, world)


def _rescued(law: Law, world: World) -> bool:
    """Say whether everybody obeys the lower law in ``world`` and the protection is kept, for certain."""
    try:
        return not complies(law, world) and not violations(law, world, PROTECTION)
    except Unspecified:
        return False


def _revalued(world: World) -> Iterator[World]:
    """Yield ``world`` under every valuation of its open facts."""
    for values in product((False, True), repeat=len(world.open_facts)):
        yield replace(world, open_facts=dict(zip(world.open_facts, values, strict=True)))
