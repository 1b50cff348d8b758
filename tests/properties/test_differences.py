"""What two laws are found to judge differently is what trying every small world finds.

Never a wrong `unchanged`, and no case that is judged alike. Judgements are compared here without
asking which of them may differ: of every act of every small world.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import brute
import laws
import random_laws
from amparo.core.judgement import IMAGINED, Matter, Topic, is_remedy
from amparo.core.law import Law
from amparo.core.world import World
from amparo.diagnostics import Rejected
from amparo.semantics.conduct import says, subjects
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified
from amparo.verify.compare import Change, compare
from trying import each_shape, trying

EACH_SHAPE = each_shape(10)
TOPICS: tuple[Topic, ...] = ("act", "duty", "remedy", "protection", "safeguard", "right")


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Return a law, and the same without one norm of its lower acts, or with another instead."""
    text = draw(random_laws.laws())
    lines = text.split("\n")
    norms = [at for at, line in enumerate(lines) if line.startswith("  norm n")]
    at = draw(st.sampled_from(norms))
    other = [draw(random_laws.lower_norms(70)).rstrip("\n")] if draw(st.booleans()) else []
    changed = "\n".join([*lines[:at], *other, *lines[at + 1 :]])
    return (text, changed) if draw(st.booleans()) else (changed, text)


@pytest.mark.slow
@trying(40)
@given(pairs())
def test_no_small_world_is_judged_otherwise_than_the_comparison_says(
    texts: tuple[str, str],
) -> None:
    try:
        before, after = (laws.law(each) for each in texts)
    except Rejected:
        return
    found = compare(laws.inquiry(before), laws.inquiry(after))
    known = [*found.changes, *found.undecided]

    for law in (before, after):
        for world in brute.small_worlds(law, most=EACH_SHAPE):
            for matter, gained in _differences(before, after, world):
                assert any(_tells(each, matter, gained) for each in known), (matter, gained, world)


def _differences(before: Law, after: Law, world: World) -> Iterator[tuple[Matter, bool]]:
    """Yield what `semantics` judges of ``world`` by one law only, and whether by the second."""
    kinds = after.vocabulary.kinds
    for topic in TOPICS:
        for name, kind in kinds.items():
            right = topic == "right" and name == "Appeal"
            if topic in IMAGINED and not (is_remedy(kind) and topic == "remedy") and not right:
                continue
            if kind.category in ("thing", "general act") or kind.parent is not None:
                continue
            matter = Matter(topic, name, imagined=topic in IMAGINED)
            then, now = (Context(law, world) for law in (before, after))
            for each in subjects(matter, now):
                try:
                    was, is_so = says(matter, each, then), says(matter, each, now)
                except Unspecified:
                    continue
                if was != is_so:
                    yield matter, is_so


def _tells(change: Change, matter: Matter, gained: bool) -> bool:
    """Say whether ``change`` is one that may be shown in this judgement."""
    told = change.matter
    if told.topic == "remedy" and matter.topic == "act":
        return (told.kind, change.gained) == (matter.kind, gained)
    if told.topic in ("duty", "safeguard"):
        # What all duties together leave undone may be left undone by another.
        return told.topic == matter.topic
    return (told.topic, told.kind, change.gained) == (matter.topic, matter.kind, gained)
