"""What two laws are found to judge differently is what trying every small world finds.

Never a wrong `unchanged`, and no case that is judged alike. Judgements are compared here without
asking which of them may differ: of every act of every small world.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import brute
import laws
from amparo.core.judgement import Matter, Topic
from amparo.verify.compare import Change, compare
from strategies.bills import pairs, restated
from trying import each_shape, trying

EACH_SHAPE = each_shape(10)
TOPICS: tuple[Topic, ...] = ("act", "duty", "remedy", "protection", "safeguard", "right")


@pytest.mark.slow
@trying(30)
@given(st.one_of(pairs(), pairs(), restated()))
def test_no_small_world_is_judged_otherwise_than_the_comparison_says(
    texts: tuple[str, str],
) -> None:
    before, after = (laws.law(each) for each in texts)
    found = compare(laws.inquiry(before), laws.inquiry(after))
    readings = {name: each.options[0][0] for name, each in after.vocabulary.readings.items()}
    known = [*found.changes, *found.undecided]

    for law in (before, after):
        for world in brute.small_worlds(law, readings, most=EACH_SHAPE):
            for matter, gained in brute.differences(before, after, world):
                assert any(_tells(each, matter, gained) for each in known), (matter, gained, world)


def _tells(change: Change, matter: Matter, gained: bool) -> bool:
    """Say whether ``change`` is one that may be shown in this judgement."""
    told = change.matter
    if told.topic == "remedy" and matter.topic == "act":
        return (told.kind, change.gained) == (matter.kind, gained)
    if told.topic in ("duty", "safeguard"):
        # What all duties together leave undone may be left undone by another.
        return told.topic == matter.topic
    return (told.topic, told.kind, change.gained) == (matter.topic, matter.kind, gained)
