"""Norm files with some words changed: read or refused, and the same when printed and read again.

The long search with the same rules is `python tests/long fuzz`.
"""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expect import amparo
from hostile_texts import SEEDS, checked, judged, mutated

TEXTS = [each.read_text(encoding="utf-8") for each in SEEDS[:20]]


@pytest.mark.slow
@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(st.sampled_from(TEXTS), st.integers(0, 2**32))
def test_a_mutated_text_is_read_or_refused(text: str, seed: int) -> None:
    assert judged(mutated(text, random.Random(seed)))


@pytest.mark.slow
@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda each: each.decode("latin-1")))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert judged(text)


@pytest.mark.slow
def test_a_check_of_a_mutated_law_ends_with_a_verdict_or_a_refusal(homes: Path) -> None:
    whole = "".join(each.read_text() for each in sorted((homes / "law").glob("*.norm")))
    chance = random.Random(7)
    assert amparo("check", "law").code == 0

    codes = {checked(mutated(whole, chance), homes / "law" / "..") for _ in range(8)}

    assert codes <= {0, 1, 2, 3}
