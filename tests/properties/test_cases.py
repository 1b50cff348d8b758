"""Cases of random laws: written down they are judged the same; each way is one, and another."""

from itertools import islice

import pytest
from hypothesis import given

import brute
import laws
from amparo.core.from_tree import elaborate_scenario
from amparo.core.law import Denial, Law, NormId
from amparo.core.world import World
from amparo.explain.written import Unwritable, citation, scenarios
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies, violations
from amparo.syntax.tree import ExpectSecured, File, Name, OfLaw, Scenario
from amparo.syntax.unparse import unparse
from amparo.verify.ask import Asking
from amparo.verify.check import check
from amparo.verify.rules import DENIALS
from amparo.verify.ways import MOST_WAYS, norms_of, with_ways
from strategies.laws import texts
from trying import trying

WORLDS = 60


def _judged(law: Law, world: World, norm: NormId) -> tuple[object, ...]:
    """Return what `semantics` says of ``world``, without the names of those in it."""
    said: list[object] = []
    for judge in (
        lambda: sorted((each.fault, each.norm or "") for each in complies(law, world, 0)),
        lambda: len(violations(law, world, law.norms[norm])),
    ):
        try:
            said.append(judge())
        except Unspecified:
            said.append("open")
    return tuple(said)


@pytest.mark.slow
@trying(12)
@given(texts(3))
def test_a_world_written_down_is_judged_the_same(text: str) -> None:
    law = laws.law(text)
    file = laws.read(text)
    norm = law.norms["basic article 1 norm protection"]
    readings = {name: each.options[0][0] for name, each in law.vocabulary.readings.items()}
    expected = ExpectSecured(citation(norm.provision))
    worlds = list(islice(brute.small_worlds(law, readings, most=6), WORLDS))
    for world in worlds:
        moments = [each.moment for each in world.events.values()]
        if not moments or len(set(moments)) < len(moments):
            continue
        try:
            (tree,) = scenarios(law, world, "T", (OfLaw(Name(law.name)),), expected)
        except Unwritable:
            continue
        read = laws.read(text + "\n" + unparse(File((tree,))))
        (scenario,) = (each for each in read.items if isinstance(each, Scenario))
        back = elaborate_scenario(law, scenario, (file,)).world
        assert _judged(law, back, norm.id) == _judged(law, world, norm.id)


@pytest.mark.slow
@trying(12)
@given(texts(3))
def test_every_way_is_broken_whatever_is_open_and_is_another(text: str) -> None:
    law = laws.law(text)
    for found in check(laws.inquiry(law)):
        denial: Denial | None = DENIALS.get(found.rule)
        first = found.outcome
        others = with_ways(laws.inquiry(law), found).outcome.others
        assert len(others) <= MOST_WAYS
        if not others:
            continue
        assert first.world is not None
        inquiry = laws.inquiry(law).read(first.readings)
        asking = Asking.of(inquiry, found)
        known = [frozenset(norms_of(asking, first.world))]
        for each in others:
            assert brute.shows(law, each.world, found.norm, denial, found.act)
            revalued = brute.revalued(each.world)
            assert not any(brute.rescued(law, w, found.norm, denial, found.act) for w in revalued)
            norms = frozenset(each.norms)
            assert norms == frozenset(norms_of(asking, each.world))
            assert not any(earlier <= norms for earlier in known)
            known.append(norms)
