"""What changes nothing changes no verdict; what takes a permission away breaks nothing."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import laws
from amparo.core.law import Law
from amparo.syntax.tree import Bill
from amparo.syntax.unparse import unparse
from amparo.verify.check import check, protects
from amparo.verify.finding import Verdict
from strategies.bills import is_read
from strategies.laws import Act, Placed, Written, texts, written
from tally import count
from trying import trying


def _verdicts(law: Law) -> Mapping[tuple[str, str, str | None], Verdict]:
    found = check(laws.inquiry(law))
    return {(each.rule, each.norm, each.act): each.verdict for each in found if protects(each.rule)}


@pytest.mark.slow
@trying(25)
@given(texts())
def test_a_law_that_is_laid_out_is_the_same_law_and_is_laid_out(text: str) -> None:
    printed = unparse(laws.read(text))

    assert unparse(laws.read(printed)) == printed
    assert laws.law(printed).norms == laws.law(text).norms
    count("laws printed and read again")


@pytest.mark.slow
@trying(12)
@given(texts(3))
def test_a_bill_without_instructions_changes_no_verdict(text: str) -> None:
    asked = laws.editions(
        text + 'bill idle "I" rank law in force from 2024-01-30 evidence read\n amend code\n'
    )
    assert all(isinstance(each, Bill) for each in asked.asked)
    head, base = asked.head().law, asked.base().law

    found = [each for each in check(laws.inquiry(head), base) if protects(each.rule)]

    assert {each.status for each in found} <= {"unchanged", "pre-existing"}
    assert {(f.rule, f.norm, f.act): f.verdict for f in found} == _verdicts(laws.law(text))
    count("laws with an idle bill")


@pytest.mark.slow
@trying(12)
@given(written(), st.randoms(use_true_random=False))
def test_the_order_of_norms_changes_no_verdict(law: Written, chance: Random) -> None:
    shuffled = replace(law, acts=tuple(_shuffled(each, chance) for each in law.acts))

    assert _verdicts(laws.law(shuffled.text)) == _verdicts(laws.law(law.text))
    count("laws in another order")


def _shuffled(act: Act, chance: Random) -> Act:
    """Return ``act`` in another order; of several transitions the first decides, so these stay."""
    placed = list(act.placed)
    if sum(each.norm.rule.startswith("judge") for each in placed) < 2:
        chance.shuffle(placed)
    return replace(act, placed=tuple(placed))


@pytest.mark.slow
@trying(20)
@given(written(), st.data())
def test_without_a_permission_no_prohibition_is_broken_that_held(
    law: Written, data: st.DataObject
) -> None:
    permits = [
        (act, each)
        for act in law.acts
        for each in act.placed
        if each.norm.rule.startswith(("permit", "empower"))
        and act.rank != "constitution"
        and not is_read(law, each.cited(act.name))
    ]
    # Where it is asked whether a remedy is open, that it is not may open another way.
    if not permits or "is open to" in law.text:
        return
    act, gone = data.draw(st.sampled_from(permits))
    left = replace(law, acts=tuple(_without(each, act, gone) for each in law.acts))
    before, after = _verdicts(laws.law(law.text)), _verdicts(laws.law(left.text))

    for key, said in before.items():
        if key[0] == "licensed-violation" and said == "holds":
            assert after[key] == "holds"
            count("prohibitions that hold without a permission too")


def _without(act: Act, of: Act, gone: Placed) -> Act:
    def uncited(placed: Placed) -> Placed:
        cites = tuple(each for each in placed.norm.cites if each[1] != gone.cited(of.name))
        return replace(placed, norm=replace(placed.norm, cites=cites))

    kept = (each for each in act.placed if not (act is of and each is gone))
    return replace(act, placed=tuple(uncited(each) for each in kept))
