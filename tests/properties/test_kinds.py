"""What is said of kinds says neither too much nor too little, by trying every combination."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.core.law import Kind, Vocabulary
from amparo.smt.kinds import excluded, included, possible


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    kinds = {"K0": Kind("K0", None, "thing")}
    for number in range(1, draw(st.integers(2, 7))):
        parent = draw(st.sampled_from(sorted(kinds)))
        siblings = sorted(name for name, each in kinds.items() if each.parent == parent)
        overlaps = draw(st.frozensets(st.sampled_from(siblings))) if siblings else frozenset()
        kinds[f"K{number}"] = Kind(f"K{number}", parent, "thing", overlaps=overlaps)
    return Vocabulary(kinds, {})


@pytest.mark.slow
@given(vocabularies(), st.data())
@settings(deadline=None)
def test_an_individual_can_be_of_just_the_kinds_that_go_together(
    words: Vocabulary, data: st.DataObject
) -> None:
    """He is spoken of by terms of the ``known`` kinds; a term of no root's kind has it spoken of."""
    everything = sorted(words.kinds)
    known = data.draw(st.lists(st.sampled_from(everything), min_size=1, max_size=2))
    others = data.draw(st.frozensets(st.sampled_from(everything)))
    spoken = [each for each in everything if each in {*others, *known} and each != "K0"]

    allowed = set()
    for truths in product((False, True), repeat=len(spoken)):
        held = {kind for kind, so in zip(spoken, truths, strict=True) if so}
        if _is_said(words, spoken, known, held):
            # What a case is told with: the kinds that some term of him may be of.
            allowed.add(
                frozenset(held.intersection(*(possible(words, spoken, each) for each in known)))
            )
            for each in known:
                seen = held.intersection(possible(words, spoken, each))
                assert all(words.compatible(a, b) for a, b in combinations(sorted(seen), 2))

    real = {
        frozenset(whole & set(spoken))
        for number in range(len(everything))
        for chosen in combinations(everything[1:], number)
        if _is_whole(words, whole := {"K0", *chosen}) and whole.issuperset(known)
    }
    assert real == allowed


def _is_said(words: Vocabulary, spoken: list[str], known: list[str], held: set[str]) -> bool:
    return all(
        (each == "K0" or each in held)
        and all(above in held for kind, above in included(words, spoken, each) if kind in held)
        and not any(a in held and b in held for a, b in excluded(words, spoken, each))
        for each in known
    )


def _is_whole(words: Vocabulary, kinds: set[str]) -> bool:
    return all(kinds.issuperset(words.lineage(each)) for each in kinds) and all(
        words.compatible(first, second) for first, second in combinations(sorted(kinds), 2)
    )
